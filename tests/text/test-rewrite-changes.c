/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-rewrite-changes.h"

#include <string.h>

#include "assay-words.h"

#define N_ROUNDS 400
#define MIXED                                                                                                                                 \
  "Cafe\u0301 👩‍👩‍👧‍👦 ist gut.\r\nمرحبا بالعالم 🇩🇪, ok? We met.\r\n\r\n- Z̃̈ the end 𝔘𝔫𝔦.\n- " \
  "The cat sat on the mat, and the dog did not."

/* "old → new | …" of what is not white space. */
static void
check (const char *original, const char *edited, const char *expected)
{
  g_autoptr (AssayRewriteChanges) changes = assay_rewrite_changes_new (original, edited);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < changes->regions->len; i++)
    {
      const AssayRewriteRegion *region = &g_array_index (changes->regions, AssayRewriteRegion, i);
      g_autofree char *from = g_utf8_substring (original, region->from_start, region->from_end);
      g_autofree char *to = g_utf8_substring (edited, region->to_start, region->to_end);

      if (!region->is_space)
        g_string_append_printf (found, "%s%s→%s", found->len > 0 ? "|" : "", from, to);
    }
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_regions (void)
{
  check ("", "", "");
  check ("", "New.", "→New.");
  check ("Old.", "", "Old.→");
  check ("The moon is square.", "The moon is round.", "square→round");
  check ("One two three.", "One  two\nthree.", "");
  check ("One two three.", "One three.", "two →");
  check ("One three.", "One two three.", "→two ");
  check ("🙂 قمر means sun.", "🙂 قمر means moon.", "sun→moon");
  /* A comma between two changes does not part them. */
  check ("It is big, red and old.", "It is small, green and old.", "big, red→small, green");
  /* Nor do two words that both long passages happen to have. */
  check (
      "We saw the big old house of the young king there.",
      "They had many new books of the wide sea here.",
      "We saw the big old house of the young king there→They had many new books of the wide sea here");
  /* Sentences are joined and parted. */
  check ("It is near, and small. In short, it is good to know that it is red.",
         "It is near, and good to know that it is red.", "small. In short, it is →");
  check ("- a house for one\n- two rooms\n", "- a house for 1\n- 2 rooms\n", "one→1|two→2");
}

static void
test_counts (void)
{
  g_autoptr (AssayRewriteChanges) changes =
      assay_rewrite_changes_new ("The moon is square. It shines.", "The full moon is round.");
  g_autoptr (AssayRewriteChanges) none = assay_rewrite_changes_new ("Same here.", "Same  here.");
  g_autoptr (AssayRewriteChanges) empty = assay_rewrite_changes_new ("Old.", "");

  g_assert_cmpuint (changes->n_words, ==, 5);
  g_assert_cmpuint (changes->n_words_inserted, ==, 2);
  g_assert_cmpuint (changes->n_words_deleted, ==, 3);
  g_assert_cmpuint (changes->n_word_edits, ==, 4);
  g_assert_cmpfloat (assay_rewrite_changes_get_hter (changes), ==, 0.8);
  g_assert_cmpfloat (assay_rewrite_changes_get_hter (none), ==, 0);
  g_assert_cmpuint (none->regions->len, ==, 1);
  g_assert_cmpfloat (assay_rewrite_changes_get_hter (empty), ==, 0);
  g_assert_cmpuint (empty->n_characters_deleted, ==, 4);
}

static char *
random_edit (GRand *random, const char *text)
{
  static const char *const inserted[] = {
    "x", "👍🏽", "\r\n", "é", "ألف ", "Two words. ", "\n", ",", "the cat sat on", "  ", ""
  };
  glong length = g_utf8_strlen (text, -1);
  glong start = g_rand_int_range (random, 0, (gint32) length + 1);
  glong wanted = start + g_rand_int_range (random, 0, 12);
  glong end = MIN (length, wanted);
  g_autofree char *before = g_utf8_substring (text, 0, start);
  g_autofree char *after = g_utf8_substring (text, end, -1);

  return g_strconcat (before, inserted[g_rand_int_range (random, 0, G_N_ELEMENTS (inserted))],
                      after, NULL);
}

/* Put in their places in the original, all regions give the edited text to the last character, and
 * those that a person is shown all but white space. Regions ascend and are apart. */
static void
test_property (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autofree char *edited = g_strdup (MIXED);
      g_autoptr (GString) made = g_string_new (NULL);
      g_autoptr (AssayRewriteChanges) changes = NULL;
      g_autoptr (GPtrArray) none = g_ptr_array_new ();
      g_autoptr (GPtrArray) listed = NULL;
      guint done = 0;
      guint done_to = 0;

      for (gint i = g_rand_int_range (random, 0, 8); i > 0; i--)
        {
          char *next = random_edit (random, edited);

          g_free (edited);
          edited = next;
        }
      changes = assay_rewrite_changes_new (MIXED, edited);
      for (guint i = 0; i < changes->regions->len; i++)
        {
          const AssayRewriteRegion *region =
              &g_array_index (changes->regions, AssayRewriteRegion, i);
          g_autofree char *kept = g_utf8_substring (MIXED, done, region->from_start);
          g_autofree char *now = g_utf8_substring (edited, region->to_start, region->to_end);

          g_assert_cmpuint (region->from_start, >=, done);
          g_assert_cmpuint (region->to_start, >=, done_to);
          g_assert_true (region->from_end > region->from_start
                         || region->to_end > region->to_start);
          g_string_append (made, kept);
          g_string_append (made, now);
          done = region->from_end;
          done_to = region->to_end;
        }
      g_string_append (made, g_utf8_offset_to_pointer (MIXED, done));
      g_assert_cmpstr (made->str, ==, edited);

      listed = assay_rewrite_changes_carry (changes, none, MIXED, NULL, edited);
      g_assert_true (assay_rewrite_changes_explain (listed, MIXED, edited));
      g_assert_true (listed->len > 0 || !assay_rewrite_differs (MIXED, edited));
      /* One after the other, all of them can be taken back. */
      for (guint i = listed->len; i > 0; i--)
        {
          char *restored = assay_rewrite_change_restore (listed->pdata[i - 1], MIXED, edited);

          g_free (edited);
          edited = restored;
        }
      g_assert_false (assay_rewrite_differs (MIXED, edited));
    }
}

static GPtrArray *
carry (GPtrArray *known, const char *original, const char *before, const char *edited)
{
  g_autoptr (AssayRewriteChanges) changes = assay_rewrite_changes_new (original, edited);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  return assay_rewrite_changes_carry (changes, known != NULL ? known : none, original, before,
                                      edited);
}

static void
type (GPtrArray *changes, guint index, const char *category)
{
  g_set_str (&((AssayRewriteChange *) changes->pdata[index])->category, category);
}

static void
assert_change (GPtrArray *changes, guint index, const char *id, const char *category)
{
  const AssayRewriteChange *change = changes->pdata[index];

  g_assert_cmpstr (change->id, ==, id);
  g_assert_cmpstr (change->category, ==, category);
}

/* What was said of a change stays with it while the text around it, and its own, is edited. */
static void
test_carry (void)
{
  const char *original = "The moon is square. It orbits Mars. It is near.";
  const char *first = "The moon is round. It orbits Earth. It is near.";
  const char *more = "The old moon is quite round. It orbits our Earth. It is near.";
  const char *split = "The moon is round. It orbits Mars. It is far.";
  g_autoptr (GPtrArray) one = carry (NULL, original, NULL, first);
  g_autoptr (GPtrArray) two = NULL;
  g_autoptr (GPtrArray) three = NULL;

  g_assert_cmpuint (one->len, ==, 2);
  type (one, 0, "factual");
  type (one, 1, "tone");
  two = carry (one, original, first, more);
  g_assert_cmpuint (two->len, ==, 3);
  assert_change (two, 0, "c3", NULL);
  assert_change (two, 1, "c1", "factual");
  assert_change (two, 2, "c2", "tone");
  three = carry (two, original, more, split);
  g_assert_cmpuint (three->len, ==, 2);
  assert_change (three, 0, "c1", "factual");
  assert_change (three, 1, "c4", NULL);
}

/* Key by key, a change that is written over keeps what was said of it. */
static void
test_typing (void)
{
  static const char *const steps[] = { "The 🙂 full moon is round.", "The 🙂 wmoon is round.",
                                       "The 🙂 wholmoon is round.", "The 🙂 wholemoon is round.",
                                       "The 🙂 whole moon is round." };
  g_autoptr (GPtrArray) changes = carry (NULL, "The 🙂 moon is round.", NULL, steps[0]);

  type (changes, 0, "clarity");
  for (guint i = 1; i < G_N_ELEMENTS (steps); i++)
    {
      GPtrArray *next = carry (changes, "The 🙂 moon is round.", steps[i - 1], steps[i]);

      g_assert_cmpuint (next->len, ==, 1);
      assert_change (next, 0, "c1", "clarity");
      g_ptr_array_unref (changes);
      changes = next;
    }
}

static void
test_long (void)
{
  g_autoptr (GString) original = g_string_new (NULL);
  g_autofree char *edited = NULL;
  g_autoptr (AssayRewriteChanges) changes = NULL;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (original, "Line %u of a long text, much like the one before.\n", i);
  edited = g_strdup (original->str);
  memcpy (strstr (edited, "Line 17 of"), "Part", 4);
  memcpy (strstr (edited, "Line 19999 of"), "Part", 4);
  changes = assay_rewrite_changes_new (original->str, edited);
  g_assert_cmpuint (changes->regions->len, ==, 2);
  g_assert_cmpuint (changes->n_words_inserted, ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rewrite-changes/regions", test_regions);
  g_test_add_func ("/rewrite-changes/counts", test_counts);
  g_test_add_func ("/rewrite-changes/property", test_property);
  g_test_add_func ("/rewrite-changes/carry", test_carry);
  g_test_add_func ("/rewrite-changes/typing", test_typing);
  g_test_add_func ("/rewrite-changes/long", test_long);
  return g_test_run ();
}
