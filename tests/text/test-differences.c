/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-differences.h"

#include <string.h>

/* The first text compared with each of the others, which a NULL ends. */
static AssayDifferences *
compare (const char *const *texts)
{
  g_autoptr (AssayMarkdown) base = assay_markdown_parse (texts[0], -1);
  g_autoptr (GPtrArray) comparisons =
      g_ptr_array_new_with_free_func ((GDestroyNotify) assay_comparison_unref);
  g_autoptr (GArray) sides = g_array_new (FALSE, FALSE, sizeof (AssaySide));

  for (guint i = 1; texts[i] != NULL; i++)
    {
      g_autoptr (AssayMarkdown) other = assay_markdown_parse (texts[i], -1);
      /* The side must not matter. */
      AssaySide side = i % 2 ? ASSAY_SIDE_A : ASSAY_SIDE_B;

      g_ptr_array_add (comparisons, side == ASSAY_SIDE_A ? assay_comparison_new (base, other)
                                                         : assay_comparison_new (other, base));
      g_array_append_val (sides, side);
    }
  return assay_differences_new ((AssayComparison *const *) comparisons->pdata,
                                (const AssaySide *) sides->data, sides->len);
}

/* "own|own|~displaced", in the order of the text. */
static char *
dup_places (AssayDifferences *differences, const char *text)
{
  g_autoptr (GString) places = g_string_new (NULL);
  guint n;
  const AssayDifference *all = assay_differences_get_places (differences, &n);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (places, "%s%s%.*s", i > 0 ? "|" : "", all[i].displaced ? "~" : "",
                            (int) (all[i].stretch.end - all[i].stretch.start),
                            text + all[i].stretch.start);
  return g_string_free_and_steal (g_steal_pointer (&places));
}

static void
check (const char *const *texts, const char *expected, guint n_own, guint n_displaced)
{
  g_autoptr (AssayDifferences) differences = compare (texts);
  g_autofree char *places = dup_places (differences, texts[0]);

  g_assert_cmpstr (places, ==, expected);
  g_assert_cmpuint (assay_differences_get_n_own_words (differences), ==, n_own);
  g_assert_cmpuint (assay_differences_get_n_displaced_words (differences), ==, n_displaced);
}

#define TIDES "The moon pulls the water of the sea."
#define WIND "Wind drives waves across the open ocean."
#define SALT "Rivers carry salt from the rocks inland."

static void
test_pair (void)
{
  check ((const char *const[]) { "The **red** fox.", "The grey fox.", NULL }, "red", 1, 0);
  check ((const char *const[]) { "The fox.", "The fox.", NULL }, "", 0, 0);
  /* What moved is told from what is new, word by word. */
  check ((const char *const[]) { TIDES " " WIND " " SALT, WIND " " SALT " " TIDES, NULL },
         "~" TIDES, 0, 8);
  check ((const char *const[]) { "The moon pulls all water of the sea. " WIND " " SALT,
                                 WIND " " SALT " " TIDES, NULL },
         "~The moon pulls|all|~water of the sea.", 1, 7);
}

static void
test_against_all (void)
{
  /* What one of the others says is not its own. */
  check ((const char *const[]) { "The old red fox.", "The old fox.", "The red fox.", NULL }, "", 0,
         0);
  check ((const char *const[]) { "The sly red fox.", "The old fox.", "The red fox.", NULL }, "sly",
         1, 0);
  check ((const char *const[]) { "The red fox ran.", "The red fox ran.", "Else.", NULL }, "", 0, 0);
  /* In one of them it stands elsewhere, and in the other not at all. */
  check ((const char *const[]) { TIDES " " WIND " " SALT, WIND " " SALT " " TIDES, WIND " " SALT,
                                 NULL },
         "~" TIDES, 0, 8);
}

static void
test_added (void)
{
  const char *const texts[] = { TIDES " " WIND " " SALT, TIDES, TIDES " " SALT, NULL };
  g_autoptr (AssayDifferences) differences = compare (texts);
  guint n;
  const AssayStretch *added = assay_differences_get_added (differences, &n);

  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (added[0].start, ==, strstr (texts[0], WIND) - texts[0]);
  g_assert_cmpuint (added[0].end, ==, added[0].start + strlen (WIND));
}

static char *
make_text (GRand *rand)
{
  static const char *const sentences[] = { TIDES " ",     WIND " ",           SALT "\n\n",
                                           "سلام دنیا. ", "日本語です。",     "- **b** ",
                                           "&amp; x ",    "|a|\n|-|\n|b|\n\n" };
  GString *text = g_string_new (NULL);
  int n = g_rand_int_range (rand, 0, 12);

  for (int i = 0; i < n; i++)
    g_string_append (text, sentences[g_rand_int_range (rand, 0, G_N_ELEMENTS (sentences))]);
  return g_string_free_and_steal (text);
}

/* What is marked against several is marked against each of them; it ascends and does not overlap.
 */
static void
test_random (void)
{
  for (guint seed = 0; seed < 300; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autofree char *base = make_text (rand);
      g_autofree char *one = make_text (rand);
      g_autofree char *other = make_text (rand);
      g_autoptr (AssayDifferences) all = compare ((const char *const[]) { base, one, other, NULL });
      g_autoptr (AssayDifferences) pair = compare ((const char *const[]) { base, one, NULL });
      guint n, n_pair;
      const AssayDifference *places = assay_differences_get_places (all, &n);
      const AssayDifference *in_pair = assay_differences_get_places (pair, &n_pair);
      gsize last = 0;

      for (guint i = 0; i < n; i++)
        {
          gsize covered = places[i].stretch.start;

          g_assert_cmpuint (places[i].stretch.start, >=, last);
          g_assert_cmpuint (places[i].stretch.start, <, places[i].stretch.end);
          g_assert_cmpuint (places[i].stretch.end, <=, strlen (base));
          last = places[i].stretch.end;
          for (guint k = 0; k < n_pair; k++)
            if (in_pair[k].stretch.start <= covered && in_pair[k].stretch.end > covered
                && (places[i].displaced || !in_pair[k].displaced))
              covered = in_pair[k].stretch.end;
          g_assert_cmpuint (covered, >=, places[i].stretch.end);
        }
      g_assert_cmpuint (assay_differences_get_n_own_words (all), <=,
                        assay_differences_get_n_own_words (pair));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text/differences/pair", test_pair);
  g_test_add_func ("/text/differences/against-all", test_against_all);
  g_test_add_func ("/text/differences/added", test_added);
  g_test_add_func ("/text/differences/random", test_random);

  return g_test_run ();
}
