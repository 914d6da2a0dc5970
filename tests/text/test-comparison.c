/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-comparison.h"

#include <string.h>

#include "assay-json.h"
#include "assay-limits.h"
#include "assay-words.h"

static AssayComparison *
compare (const char *a, const char *b)
{
  g_autoptr (AssayMarkdown) one = assay_markdown_parse (a, -1);
  g_autoptr (AssayMarkdown) other = assay_markdown_parse (b, -1);

  return assay_comparison_new (one, other);
}

static char *
dup_only (AssayComparison *comparison, AssaySide side, const char *source)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n;
  const AssayStretch *only = assay_comparison_get_only (comparison, side, &n);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%.*s", i > 0 ? "|" : "", (int) (only[i].end - only[i].start),
                            source + only[i].start);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
check (const char *a, const char *b, const char *only_a, const char *only_b)
{
  g_autoptr (AssayComparison) comparison = compare (a, b);
  g_autofree char *in_a = dup_only (comparison, ASSAY_SIDE_A, a);
  g_autofree char *in_b = dup_only (comparison, ASSAY_SIDE_B, b);

  g_assert_cmpstr (in_a, ==, only_a);
  g_assert_cmpstr (in_b, ==, only_b);
}

/* The words of a plain source that are not within the stretches. */
static char *
dup_rest (AssayComparison *comparison, AssaySide side, const char *source)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (AssayToken));
  guint n;
  guint i = 0;
  const AssayStretch *only = assay_comparison_get_only (comparison, side, &n);

  assay_tokens_append (source, strlen (source), 0, tokens);
  for (guint t = 0; t < tokens->len; t++)
    {
      const AssayToken *token = &g_array_index (tokens, AssayToken, t);

      while (i < n && only[i].end <= token->start)
        i++;
      if (i < n && only[i].start <= token->start)
        {
          g_assert_cmpuint (token->end, <=, only[i].end);
          continue;
        }
      g_string_append_len (text, source + token->start, token->end - token->start);
      g_string_append_c (text, ' ');
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
check_map (AssayComparison *comparison, AssaySide from, const char *source, gsize other_length)
{
  gsize last = 0;

  for (gsize offset = 0; offset <= strlen (source); offset += 1 + strlen (source) / 500)
    {
      gsize mapped = assay_comparison_map (comparison, from, offset);

      g_assert_cmpuint (mapped, >=, last);
      g_assert_cmpuint (mapped, <=, other_length);
      last = mapped;
    }
}

/* What moved is in no other pair, and neither is what was added. */
static void
check_moved (AssayComparison *comparison, AssayComparison *mirrored, const char *const *sources)
{
  guint n_moved, n_mirrored, n_passages;
  const AssayPassage *moved = assay_comparison_get_moved (comparison, &n_moved);
  const AssayPassage *passages = assay_comparison_get_passages (comparison, &n_passages);

  assay_comparison_get_moved (mirrored, &n_mirrored);
  g_assert_cmpuint (n_moved, ==, n_mirrored);
  for (guint i = 0; i < n_moved; i++)
    for (guint s = 0; s < 2; s++)
      {
        g_assert_cmpuint (moved[i].sides[s].start, <, moved[i].sides[s].end);
        g_assert_cmpuint (moved[i].sides[s].end, <=, strlen (sources[s]));
        for (guint k = 0; k < n_passages; k++)
          g_assert_true (moved[i].sides[s].end <= passages[k].sides[s].start
                         || moved[i].sides[s].start >= passages[k].sides[s].end);
      }
  for (guint s = 0; s < 2; s++)
    {
      guint n, n_in_mirror;
      const AssayStretch *added = assay_comparison_get_added (comparison, s, &n);
      const AssayStretch *in_mirror = assay_comparison_get_added (mirrored, 1 - s, &n_in_mirror);

      g_assert_cmpmem (added, n * sizeof *added, in_mirror, n_in_mirror * sizeof *in_mirror);
      for (guint i = 0; i < n; i++)
        {
          g_assert_cmpuint (added[i].start, <, added[i].end);
          g_assert_cmpuint (added[i].end, <=, strlen (sources[s]));
          for (guint k = 0; k < n_passages; k++)
            g_assert_true (added[i].end <= passages[k].sides[s].start
                           || added[i].start >= passages[k].sides[s].end);
          for (guint k = 0; k < n_moved; k++)
            g_assert_true (added[i].end <= moved[k].sides[s].start
                           || added[i].start >= moved[k].sides[s].end);
        }
    }
}

/* What holds of any two texts; of plain ones also that what is left is the same on both sides. */
static void
check_properties (const char *a, const char *b, gboolean plain)
{
  g_autoptr (AssayMarkdown) one =
      plain ? assay_markdown_plain (a, -1) : assay_markdown_parse (a, -1);
  g_autoptr (AssayMarkdown) other =
      plain ? assay_markdown_plain (b, -1) : assay_markdown_parse (b, -1);
  g_autoptr (AssayComparison) comparison = assay_comparison_new (one, other);
  g_autoptr (AssayComparison) mirrored = assay_comparison_new (other, one);
  const char *sources[] = { a, b };
  const AssayPassage *passages;
  guint n_passages;

  for (guint s = 0; s < 2; s++)
    {
      guint n, n_mirrored;
      gsize last = 0;
      const AssayStretch *only = assay_comparison_get_only (comparison, s, &n);
      const AssayStretch *in_mirror = assay_comparison_get_only (mirrored, 1 - s, &n_mirrored);

      for (guint i = 0; i < n; i++)
        {
          g_assert_cmpuint (only[i].start, >=, last);
          g_assert_cmpuint (only[i].start, <, only[i].end);
          g_assert_cmpuint (only[i].end, <=, strlen (sources[s]));
          g_assert_true ((sources[s][only[i].start] & 0xC0) != 0x80);
          g_assert_true ((sources[s][only[i].end] & 0xC0) != 0x80);
          last = only[i].end;
        }
      g_assert_cmpmem (only, n * sizeof *only, in_mirror, n_mirrored * sizeof *in_mirror);
      g_assert_cmpuint (assay_comparison_get_n_words_only (comparison, s), ==,
                        assay_comparison_get_n_words_only (mirrored, 1 - s));
      check_map (comparison, s, sources[s], strlen (sources[1 - s]));
    }
  check_moved (comparison, mirrored, sources);
  passages = assay_comparison_get_passages (comparison, &n_passages);
  for (guint i = 1; i < n_passages; i++)
    for (guint s = 0; s < 2; s++)
      g_assert_cmpuint (passages[i].sides[s].start, >=, passages[i - 1].sides[s].end);

  if (plain && !assay_comparison_get_too_long (comparison))
    {
      g_autofree char *rest_a = dup_rest (comparison, ASSAY_SIDE_A, a);
      g_autofree char *rest_b = dup_rest (comparison, ASSAY_SIDE_B, b);

      g_assert_cmpstr (rest_a, ==, rest_b);
    }
}

static void
test_words (void)
{
  check ("The red fox ran home.", "The grey fox ran home.", "red", "grey");
  check ("The fox ran.", "The fox ran home.", "", "home");
  check ("سلام دنیا خوب", "سلام دنیا بد", "خوب", "بد");
  check ("x = 1", "x == 1", "", "=");
  check ("a **bold** word", "a *bold* word", "", "");
}

static void
test_sentences (void)
{
  check ("Boil the lentils. Chop three onions finely. Serve with bread.",
         "Boil the lentils. Serve with bread.", "Chop three onions finely.", "");
  check ("- Boil it\n- Serve with fresh bread", "1. Serve with fresh bread\n2. Boil it", "Boil it",
         "Boil it");
  check ("One thing here. Another thing there.", "Quite unlike it.",
         "One thing here.|Another thing there.", "Quite unlike it.");
  check ("```c\nint x;\nint y = 2;\n```", "```c\nint x;\nint y = 3;\n```", "2", "3");
  check ("|a|b|\n|-|-|\n|one|two|", "|a|b|\n|-|-|\n|one|three|", "two", "three");
}

/* "a→b; …": what moved, and what each side adds, joined by bars. */
static void
check_order (const char *a,
             const char *b,
             const char *moved,
             const char *added_a,
             const char *added_b)
{
  g_autoptr (AssayComparison) comparison = compare (a, b);
  const char *sources[] = { a, b };
  const char *added[] = { added_a, added_b };
  g_autoptr (GString) text = g_string_new (NULL);
  guint n;
  const AssayPassage *passages = assay_comparison_get_moved (comparison, &n);

  for (guint i = 0; i < n; i++)
    {
      const AssayStretch *sides = passages[i].sides;

      g_string_append_printf (text, "%s%.*s→%.*s", i > 0 ? "; " : "",
                              (int) (sides[0].end - sides[0].start), a + sides[0].start,
                              (int) (sides[1].end - sides[1].start), b + sides[1].start);
    }
  g_assert_cmpstr (text->str, ==, moved);
  for (guint s = 0; s < 2; s++)
    {
      const AssayStretch *stretches = assay_comparison_get_added (comparison, s, &n);

      g_string_truncate (text, 0);
      for (guint i = 0; i < n; i++)
        g_string_append_printf (text, "%s%.*s", i > 0 ? "|" : "",
                                (int) (stretches[i].end - stretches[i].start),
                                sources[s] + stretches[i].start);
      g_assert_cmpstr (text->str, ==, added[s]);
    }
}

static void
test_moved (void)
{
#define TIDES "The moon pulls the water of the sea."
#define WIND "Wind drives waves across the open ocean."
#define SALT "Rivers carry salt from the rocks inland."
  check_order (TIDES " " WIND " " SALT, WIND " " SALT " " TIDES, TIDES "→" TIDES, "", "");
  check_order (TIDES "\n\n" WIND "\n\n" SALT, SALT "\n\n" TIDES "\n\n" WIND, SALT "→" SALT, "", "");
  /* Said anew, in another place. */
  check_order (TIDES " " WIND " " SALT, WIND " " SALT " The moon pulls all water of the sea.",
               TIDES "→The moon pulls all water of the sea.", "", "");
  check_order (TIDES " " WIND, TIDES " " SALT " " WIND " Nobody knows why that is so.", "", "",
               SALT "|Nobody knows why that is so.");
  check_order (TIDES " It is so.", "It is not. " TIDES, "", "It is so.", "It is not.");
  check_order ("", TIDES, "", "", TIDES);
}

static void
test_same (void)
{
  g_autoptr (AssayComparison) identical = compare ("One *two*.", "One *two*.");
  g_autoptr (AssayComparison) same_words = compare ("One *two*.", "One two.");
  g_autoptr (AssayComparison) different = compare ("One two.", "One three.");
  g_autoptr (AssayComparison) empty = compare ("", "One.");

  g_assert_true (assay_comparison_get_identical (identical));
  g_assert_true (assay_comparison_get_same_words (identical));
  g_assert_false (assay_comparison_get_identical (same_words));
  g_assert_true (assay_comparison_get_same_words (same_words));
  g_assert_false (assay_comparison_get_same_words (different));
  g_assert_cmpuint (assay_comparison_get_n_words_only (different, ASSAY_SIDE_A), ==, 1);
  g_assert_cmpuint (assay_comparison_get_n_words_only (empty, ASSAY_SIDE_A), ==, 0);
  g_assert_cmpuint (assay_comparison_get_n_words_only (empty, ASSAY_SIDE_B), ==, 1);
}

static void
test_map (void)
{
  const char *a = "Begin here now. Middle part stays. The end comes.";
  const char *b = "Begin here now. Some more that is new, and rather long. Middle part stays. "
                  "The end comes.";
  g_autoptr (AssayComparison) comparison = compare (a, b);

  g_assert_cmpuint (assay_comparison_map (comparison, ASSAY_SIDE_A, strstr (a, "Middle") - a), ==,
                    strstr (b, "Middle") - b);
  g_assert_cmpuint (assay_comparison_map (comparison, ASSAY_SIDE_B, strstr (b, "The end") - b), ==,
                    strstr (a, "The end") - a);
  g_assert_cmpuint (assay_comparison_map (comparison, ASSAY_SIDE_A, strlen (a)), ==, strlen (b));
}

static char *
make_text (GRand *rand, guint n_words, guint n_different)
{
  static const char *const words[] = { "fox",     "سلام",  "日本",  "👩‍👩‍👧",
                                       "e\u0301", "**b**", "x=1;",  "\n\n",
                                       "# h",     "`c`",   "&amp;", "- i",
                                       ".",       "A. ",   "|" };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_words; i++)
    g_string_append_printf (
        text, "%s%s", words[g_rand_int_range (rand, 0, MIN (n_different, G_N_ELEMENTS (words)))],
        g_rand_boolean (rand) ? " " : "");
  return g_string_free_and_steal (text);
}

static void
test_random (void)
{
  for (guint seed = 0; seed < 300; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autofree char *a = make_text (rand, g_rand_int_range (rand, 0, 120), 2 + seed % 14);
      g_autofree char *b = make_text (rand, g_rand_int_range (rand, 0, 120), 2 + seed % 14);

      check_properties (a, b, FALSE);
      check_properties (a, b, TRUE);
    }
}

static char *
repeat (const char *unit, gsize n_bytes)
{
  GString *text = g_string_sized_new (n_bytes + 64);

  while (text->len < n_bytes)
    g_string_append (text, unit);
  return g_string_free_and_steal (text);
}

/* Texts made to be slow: each pair would take hours by the table of all prefixes, so that a bound
 * which does not hold ends in the test's own time limit. */
static void
test_hostile (void)
{
  static const char *const units[] = {
    "a",
    "a ",
    "a b ",
    "b a ",
    "a. ",
    "Same words here. ",
    ".",
    "x=1;",
    "日",
    "\n",
    "- a\n",
    "|a|b|\n",
    "c d e f g h i j k l m n o p. ",
  };
  const gsize n_bytes = 200 * 1024;

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autofree char *a = repeat (units[i], n_bytes);
      g_autofree char *b = repeat (units[(i + 1) % G_N_ELEMENTS (units)], n_bytes);
      g_autofree char *shifted = g_strconcat ("q ", a, " z", NULL);
      g_autofree char *shifted_too = g_strconcat ("w ", a, units[i], " y", NULL);

      check_properties (a, b, TRUE);
      check_properties (shifted, shifted_too, TRUE);
    }
}

/* A permutation: everything is unique, and almost nothing is in the same order. */
static void
test_permuted (void)
{
  g_autoptr (GString) a = g_string_new (NULL);
  g_autoptr (GString) b = g_string_new (NULL);

  for (guint i = 0; i < 20011; i++)
    {
      g_string_append_printf (a, "w%u%s", i, i % 9 == 0 ? ". " : " ");
      g_string_append_printf (b, "w%u%s", (i * 7919u) % 20011, i % 7 == 0 ? ". " : " ");
    }
  check_properties (a->str, b->str, TRUE);
}

#define ANSWERS_MAX 60

/* The answers of one model, by question. */
static GHashTable *
read_answers (const char *name)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("ASSAY_SOURCE_DIR"), "..", "shared", "data", "arena-hard",
                        "arena-hard-v0.1", "model_answer", name, NULL);
  GHashTable *answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &contents, NULL, NULL))
    return answers;
  lines = g_strsplit (contents, "\n", ANSWERS_MAX + 1);
  for (guint i = 0; i < ANSWERS_MAX && lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = assay_json_parse (lines[i], -1, &error);
      JsonArray *choices;
      JsonArray *turns;

      g_assert_no_error (error);
      choices = assay_json_get_array (assay_json_node_object (node), "choices");
      turns = assay_json_get_array (assay_json_node_object (json_array_get_element (choices, 0)),
                                    "turns");
      g_hash_table_insert (
          answers, g_strdup (assay_json_get_string (assay_json_node_object (node), "question_id")),
          g_strdup (assay_json_get_string (
              assay_json_node_object (json_array_get_element (turns, 0)), "content")));
    }
  return answers;
}

static void
test_answers (void)
{
  g_autoptr (GHashTable) one = read_answers ("gpt-4-0613.jsonl");
  g_autoptr (GHashTable) other = read_answers ("gpt-3.5-turbo-0125.jsonl");
  GHashTableIter iter;
  gpointer question, a;

  if (g_hash_table_size (one) == 0 || g_hash_table_size (other) == 0)
    {
      g_test_skip ("arena-hard is not beside the source");
      return;
    }
  g_hash_table_iter_init (&iter, one);
  while (g_hash_table_iter_next (&iter, &question, &a))
    {
      const char *b = g_hash_table_lookup (other, question);

      if (b == NULL)
        continue;
      check_properties (a, b, FALSE);
      check_properties (a, b, TRUE);
    }
}

/* The longer of the two decides. */
static void
test_limit (void)
{
  for (int delta = -1; delta <= 1; delta++)
    {
      g_autofree char *text = repeat ("one two three ", ASSAY_LIMIT_COMPARISON_BYTES + 1);
      g_autoptr (AssayComparison) comparison = NULL;

      text[ASSAY_LIMIT_COMPARISON_BYTES + delta] = '\0';
      comparison = compare ("one two", text);
      g_assert_cmpint (assay_comparison_get_too_long (comparison), ==, delta > 0);
    }
}

static void
test_too_long (void)
{
  g_autofree char *a = repeat ("one two three ", ASSAY_LIMIT_COMPARISON_BYTES + 1);
  g_autoptr (AssayComparison) comparison = compare (a, "one two");
  g_autoptr (AssayComparison) identical = compare (a, a);

  g_assert_true (assay_comparison_get_too_long (comparison));
  g_assert_false (assay_comparison_get_same_words (comparison));
  g_assert_true (assay_comparison_get_identical (identical));
  check_map (comparison, ASSAY_SIDE_A, a, strlen ("one two"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/text/comparison/words", test_words);
  g_test_add_func ("/text/comparison/sentences", test_sentences);
  g_test_add_func ("/text/comparison/moved", test_moved);
  g_test_add_func ("/text/comparison/same", test_same);
  g_test_add_func ("/text/comparison/map", test_map);
  g_test_add_func ("/text/comparison/random", test_random);
  g_test_add_func ("/text/comparison/hostile", test_hostile);
  g_test_add_func ("/text/comparison/permuted", test_permuted);
  g_test_add_func ("/text/comparison/answers", test_answers);
  g_test_add_func ("/text/comparison/limit", test_limit);
  g_test_add_func ("/text/comparison/too-long", test_too_long);

  return g_test_run ();
}
