/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How well sentences of two answers are aligned, against pairs that were judged by hand: which
 * sentence of the one says what which sentence of the other says. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-comparison.h"
#include "assay-json.h"
#include "assay-sentences.h"

/* What was measured when the pairs were judged, less what a change of taste may cost. */
#define PRECISION_MIN 0.80
#define RECALL_MIN 0.65
#define CODE_MIN 0.90

/* A sentence may say what two of the other text say; one of them is enough. */
typedef struct
{
  guint n_found;
  guint n_right;
  guint n_judged; /* sentences of the first text that have a counterpart */
  guint n_met;    /* those of which one was found */
} Score;

static char *
build_path (const char *name)
{
  return g_build_filename (g_getenv ("ASSAY_SOURCE_DIR"), "..", "shared", "data", "arena-hard",
                           "arena-hard-v0.1", "model_answer", name, NULL);
}

/* question id → text */
static GHashTable *
read_answers (const char *name)
{
  g_autofree char *path = build_path (name);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GHashTable *answers;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_autoptr (JsonNode) node = assay_json_parse (lines[i], -1, NULL);
      JsonObject *object = json_node_get_object (node);
      JsonArray *choices = json_object_get_array_member (object, "choices");
      JsonArray *turns =
          json_object_get_array_member (json_array_get_object_element (choices, 0), "turns");
      JsonObject *turn = json_array_get_object_element (turns, 0);

      g_hash_table_insert (answers,
                           g_strdup (json_object_get_string_member (object, "question_id")),
                           g_strdup (json_object_get_string_member (turn, "content")));
    }
  return answers;
}

/* -1 if no sentence holds it. */
static int
find_sentence (GArray *sentences, AssayStretch stretch)
{
  for (guint i = 0; i < sentences->len; i++)
    {
      const AssayStretch *sentence = &g_array_index (sentences, AssayStretch, i);

      if (stretch.start < sentence->end && sentence->start < stretch.end)
        return (int) i;
    }
  return -1;
}

static gboolean
is_judged (JsonArray *pairs, int a, int b)
{
  for (guint i = 0; i < json_array_get_length (pairs); i++)
    {
      JsonArray *pair = json_array_get_array_element (pairs, i);

      if (json_array_get_int_element (pair, 0) == a && json_array_get_int_element (pair, 1) == b)
        return TRUE;
    }
  return FALSE;
}

/* @met: the sentences of the first text that were rightly aligned. */
static void
count (Score *score,
       GArray *const *sentences,
       const AssayPassage *passages,
       guint n,
       JsonArray *pairs,
       GHashTable *met)
{
  for (guint i = 0; i < n; i++)
    {
      int a = find_sentence (sentences[0], passages[i].sides[0]);
      int b = find_sentence (sentences[1], passages[i].sides[1]);

      if (a < 0 || b < 0)
        continue;
      score->n_found++;
      if (!is_judged (pairs, a, b))
        continue;
      score->n_right++;
      g_hash_table_add (met, GINT_TO_POINTER (a));
    }
}

static void
compare (Score *score, const char *a, const char *b, JsonArray *pairs)
{
  g_autoptr (AssayMarkdown) one = assay_markdown_parse (a, -1);
  g_autoptr (AssayMarkdown) other = assay_markdown_parse (b, -1);
  g_autoptr (AssayComparison) comparison = assay_comparison_new (one, other);
  g_autoptr (GArray) first = assay_sentences_find (one);
  g_autoptr (GArray) second = assay_sentences_find (other);
  GArray *const sentences[] = { first, second };
  g_autoptr (GHashTable) met = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) judged = g_hash_table_new (NULL, NULL);
  guint n;
  const AssayPassage *passages = assay_comparison_get_passages (comparison, &n);

  count (score, sentences, passages, n, pairs, met);
  passages = assay_comparison_get_moved (comparison, &n);
  count (score, sentences, passages, n, pairs, met);
  for (guint i = 0; i < json_array_get_length (pairs); i++)
    g_hash_table_add (judged, GINT_TO_POINTER ((int) json_array_get_int_element (
                                  json_array_get_array_element (pairs, i), 0)));
  score->n_judged += g_hash_table_size (judged);
  score->n_met += g_hash_table_size (met);
  for (guint s = 0; s < 2 && g_getenv ("ASSAY_PRINT_SENTENCES") != NULL; s++)
    for (guint i = 0; i < sentences[s]->len; i++)
      {
        const AssayStretch *stretch = &g_array_index (sentences[s], AssayStretch, i);

        g_test_message ("%c%u %.*s", s == 0 ? 'a' : 'b', i, (int) (stretch->end - stretch->start),
                        (s == 0 ? a : b) + stretch->start);
      }
}

static void
test_arena (void)
{
  static const char *const names[] = { "gpt-3.5-turbo-0125", "gpt-4-0314", "gpt-4-0613" };
  g_autofree char *path = g_build_filename (g_getenv ("ASSAY_SOURCE_DIR"), "tests", "text", "data",
                                            "alignment-judged.json", NULL);
  g_autoptr (GHashTable) models =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_hash_table_unref);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) judged = NULL;
  JsonArray *list;
  Score score = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *file = g_strconcat (names[i], ".jsonl", NULL);
      GHashTable *answers = read_answers (file);

      if (answers == NULL)
        {
          g_test_skip ("../shared/data/arena-hard is not there");
          return;
        }
      g_hash_table_insert (models, (gpointer) names[i], answers);
    }
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  judged = assay_json_parse (text, -1, NULL);
  list = json_node_get_array (judged);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *one = json_array_get_object_element (list, i);
      const char *id = json_object_get_string_member (one, "question");
      const char *texts[2];

      for (guint s = 0; s < 2; s++)
        {
          const char *model = json_object_get_string_member (one, s == 0 ? "a" : "b");

          texts[s] = g_hash_table_lookup (g_hash_table_lookup (models, model), id);
          g_assert_nonnull (texts[s]);
        }
      g_test_message ("question %s", id);
      compare (&score, texts[0], texts[1], json_object_get_array_member (one, "pairs"));
    }
  g_test_message ("%u pairs of answers: %u sentences have a counterpart, of %u one was found; %u "
                  "found, %u of them right: precision %.2f, recall %.2f",
                  json_array_get_length (list), score.n_judged, score.n_met, score.n_found,
                  score.n_right, (double) score.n_right / MAX (score.n_found, 1),
                  (double) score.n_met / MAX (score.n_judged, 1));
  g_assert_cmpuint (json_array_get_length (list), >=, 30);
  g_assert_cmpfloat (score.n_right, >=, PRECISION_MIN * score.n_found);
  g_assert_cmpfloat (score.n_met, >=, RECALL_MIN * score.n_judged);
}

/* Code as it was and as somebody repaired it: a line that stands in both, and once in each, is one
 * line. Lines are told apart by what they say, not by how far they are indented. */

static char *
make_code_block (const char *code)
{
  g_auto (GStrv) parts = g_strsplit (code, "\r\n", -1);
  g_autofree char *lines = g_strjoinv ("\n", parts);

  return g_strdup_printf ("```python\n%s\n```\n", lines);
}

static char *
dup_line (const char *text, AssayStretch stretch)
{
  return g_strstrip (g_strndup (text + stretch.start, stretch.end - stretch.start));
}

/* line → 1 + its index, or 0 if there are several */
static GHashTable *
index_lines (const char *text, GArray *lines)
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      char *line = dup_line (text, g_array_index (lines, AssayStretch, i));
      gboolean again = g_hash_table_contains (index, line);

      g_hash_table_replace (index, line, GUINT_TO_POINTER (again ? 0 : i + 1));
    }
  return index;
}

static void
count_lines (Score *score, const char *const *texts)
{
  g_autoptr (AssayMarkdown) one = assay_markdown_parse (texts[0], -1);
  g_autoptr (AssayMarkdown) other = assay_markdown_parse (texts[1], -1);
  g_autoptr (AssayComparison) comparison = assay_comparison_new (one, other);
  g_autoptr (GArray) before = assay_sentences_find (one);
  g_autoptr (GArray) after = assay_sentences_find (other);
  g_autoptr (GHashTable) in_before = index_lines (texts[0], before);
  g_autoptr (GHashTable) in_after = index_lines (texts[1], after);
  GHashTableIter iter;
  gpointer line, place;
  guint n;
  const AssayPassage *passages = assay_comparison_get_passages (comparison, &n);

  g_hash_table_iter_init (&iter, in_before);
  while (g_hash_table_iter_next (&iter, &line, &place))
    score->n_judged += place != NULL && g_hash_table_lookup (in_after, line) != NULL;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *a = dup_line (texts[0], passages[i].sides[0]);
      g_autofree char *b = dup_line (texts[1], passages[i].sides[1]);

      if (g_hash_table_lookup (in_before, a) == NULL || g_hash_table_lookup (in_after, a) == NULL)
        continue;
      score->n_found++;
      score->n_right += g_str_equal (a, b);
    }
  /* Nothing is aligned of texts that are one. */
  if (assay_comparison_get_identical (comparison))
    {
      score->n_found += g_hash_table_size (in_before);
      score->n_right += g_hash_table_size (in_before);
    }
}

static void
test_code (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("ASSAY_SOURCE_DIR"), "..", "shared", "data",
                                            "ilf-code-feedback", "surge_annotations.jsonl", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) records = NULL;
  Score score = { 0 };
  guint n_pairs = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    {
      g_test_skip ("../shared/data/ilf-code-feedback is not there");
      return;
    }
  records = g_strsplit (text, "\n", -1);
  for (guint i = 0; records[i] != NULL && *records[i] != '\0'; i++)
    {
      g_autoptr (JsonNode) node = assay_json_parse (records[i], -1, NULL);
      JsonObject *object = json_node_get_object (node);
      g_autofree char *before =
          make_code_block (assay_json_get_string_or (object, "original_model_completion", ""));
      g_autofree char *after =
          make_code_block (assay_json_get_string_or (object, "unedited_annotator_completion", ""));

      if (g_str_equal (before, after))
        continue;
      count_lines (&score, (const char *const[]) { before, after });
      n_pairs++;
    }
  g_test_message (
      "%u pairs: %u lines stand once in both, of %u the place was found; %u found, %u of "
      "them right: precision %.3f, recall %.3f",
      n_pairs, score.n_judged, score.n_right, score.n_found, score.n_right,
      (double) score.n_right / MAX (score.n_found, 1),
      (double) score.n_right / MAX (score.n_judged, 1));
  g_assert_cmpuint (n_pairs, >, 0);
  g_assert_cmpfloat (score.n_right, >=, CODE_MIN * score.n_found);
  g_assert_cmpfloat (score.n_right, >=, CODE_MIN * score.n_judged);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text/alignment-judged/arena", test_arena);
  g_test_add_func ("/text/alignment-judged/code", test_code);

  return g_test_run ();
}
