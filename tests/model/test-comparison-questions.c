/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "assay-model-error.h"
#include "assay-questions.h"
#include "question-testing.h"

static void
test_pairwise (void)
{
  g_autoptr (AssayTask) two = task_with_form (2, "'fixed_order': true");
  g_autoptr (AssayPresentation) presentation = assay_presentation_new (two, 0);
  g_autoptr (AssayQuestion) self = question (
      "{'id': 'q', 'type': 'pairwise', 'reasons': [{'id': 'acc', 'label': 'More accurate'}, 'short']}");
  g_autoptr (AssayQuestion) strict = question (
      "{'id': 'q', 'type': 'pairwise', 'points': 4, 'allow_na': true, 'comment': 'required'}");
  g_autoptr (AssayQuestion) loose =
      question ("{'id': 'q', 'type': 'pairwise', 'points': 3, 'ask_both': false}");
  AssayPairwiseQuestion *pairwise = ASSAY_PAIRWISE_QUESTION (self);
  int strength;

  g_assert_cmpint (assay_pairwise_question_get_points (pairwise), ==, 7);
  g_assert_cmpint (assay_pairwise_question_get_max_strength (pairwise), ==, 3);
  g_assert_true (assay_pairwise_question_get_allow_tie (pairwise));
  g_assert_false (assay_pairwise_question_get_allow_tie (ASSAY_PAIRWISE_QUESTION (strict)));
  g_assert_false (assay_pairwise_question_get_ask_both (ASSAY_PAIRWISE_QUESTION (strict)));
  g_assert_cmpstr (assay_pairwise_question_get_reason_ids (pairwise)[1], ==, "short");
  g_assert_null (assay_pairwise_question_get_reason_ids (pairwise)[2]);
  g_assert_cmpstr (assay_pairwise_question_get_reason_label (pairwise, "acc"), ==, "More accurate");
  g_assert_null (assay_pairwise_question_get_reason_label (pairwise, "x"));

  assert_rules (self, two, NULL, "req");
  assert_rules (self, two, "{'choice': 'r1', 'strength': 3}", "");
  assert_rules (self, two, "{'choice': 'r1', 'strength': 4}", "grid");
  assert_rules (self, two, "{'choice': 'r1', 'strength': 0}", "grid");
  assert_rules (self, two, "{'choice': 'r9', 'strength': 1}", "option");
  assert_rules (self, two, "{'choice': 'tie', 'strength': 0}", "req");
  assert_rules (self, two, "{'choice': 'tie', 'both': 'neutral'}", "");
  assert_rules (self, two, "{'choice': 'both-bad', 'strength': 0}", "");
  assert_rules (self, two, "{'na': true}", "na");
  assert_rules (self, two, "{'reasons': ['acc']}", "req");
  assert_rules (strict, two, "{'choice': 'tie', 'strength': 0, 'comment': 'x'}", "tie");
  assert_rules (strict, two, "{'choice': 'r2', 'strength': 2}", "comment");
  assert_rules (strict, two, "{'na': true, 'comment': 'x'}", "");
  assert_rules (loose, two, "{'choice': 'tie', 'strength': 0}", "");

  assert_described (self, presentation, "{'choice': 'r1', 'strength': 1}", "A is slightly better");
  assert_described (self, presentation, "{'choice': 'r2', 'strength': 3}", "B is much better");
  assert_described (self, presentation, "{'choice': 'both-good'}", "Equal, both good");
  assert_described (self, NULL, "{'choice': 'r2', 'strength': 3}", "r2 is better");
  assert_short (self, "{'choice': 'r2', 'strength': 3}", "'r2'");
  assert_short (self, "{'choice': 'tie', 'both': 'bad'}", "'both-bad'");
  assert_short (self, "{'choice': 'tie', 'both': 'neutral'}", "'tie'");

  {
    static const struct
    {
      const char *answer;
      gboolean there;
      int strength;
    } cases[] = {
      { "{'choice': 'r1', 'strength': 2}", TRUE, -2 },
      { "{'choice': 'r2', 'strength': 2}", TRUE, 2 },
      { "{'choice': 'tie', 'strength': 0}", TRUE, 0 },
      { "{'choice': 'both-good'}", TRUE, 0 },
      { "{'choice': 'gone', 'strength': 1}", FALSE, 0 },
      { "{'na': true}", FALSE, 0 },
      { "{'choice': 'r2'}", TRUE, 1 },
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
      {
        g_autoptr (JsonNode) node = json (cases[i].answer);

        strength = 0;
        g_assert_cmpint (assay_pairwise_answer_get_signed (node, two, &strength), ==,
                         cases[i].there);
        g_assert_cmpint (strength, ==, cases[i].strength);
      }
  }
}

/* A response may be called like one of our words. */
static void
test_pairwise_odd_ids (void)
{
  g_autoptr (JsonNode) tie = assay_pairwise_answer_new ("tie", 2, ASSAY_BOTH_UNSET);
  const char *choice;
  int strength;
  AssayBoth both;

  g_assert_true (assay_pairwise_answer_get (tie, &choice, &strength, &both));
  g_assert_cmpstr (choice, ==, "tie");
  g_assert_cmpint (strength, ==, 2);
  g_assert_cmpint (both, ==, ASSAY_BOTH_UNSET);
}

static void
test_pairwise_answers (void)
{
  const char *const reasons[] = { "acc", "short", NULL };
  g_autoptr (JsonNode) answer = assay_pairwise_answer_new ("r1", 2, ASSAY_BOTH_UNSET);
  g_autoptr (JsonNode) reasoned = assay_pairwise_answer_with_reasons (answer, reasons);
  g_autoptr (JsonNode) noted = assay_pairwise_answer_with_comment (reasoned, "c");
  g_auto (GStrv) read = assay_pairwise_answer_dup_reasons (noted);

  assert_json (assay_json_copy (noted),
               "{'choice': 'r1', 'strength': 2, 'reasons': ['acc', 'short'], 'comment': 'c'}");
  assert_json (
      assay_pairwise_answer_with_choice (noted, NULL, 0, ASSAY_BOTH_NEUTRAL),
      "{'choice': 'tie', 'strength': 0, 'both': 'neutral', 'reasons': ['acc', 'short'], 'comment': 'c'}");
  assert_json (assay_pairwise_answer_with_na (noted),
               "{'na': true, 'reasons': ['acc', 'short'], 'comment': 'c'}");
  assert_json (assay_pairwise_answer_with_reasons (answer, NULL),
               "{'choice': 'r1', 'strength': 2}");
  assert_json (assay_pairwise_answer_with_comment (NULL, ""), NULL);
  assert_json (assay_pairwise_answer_new (NULL, 0, ASSAY_BOTH_BAD),
               "{'choice': 'both-bad', 'strength': 0}");
  assert_json (assay_pairwise_answer_new_na (), "{'na': true}");
  g_assert_cmpuint (g_strv_length (read), ==, 2);
  g_assert_cmpstr (assay_pairwise_answer_get_comment (noted), ==, "c");
}

static void
test_pairwise_labels (void)
{
  for (int points = 2; points <= 8; points++)
    {
      g_autofree char *text =
          g_strdup_printf ("{'id': 'q', 'type': 'pairwise', 'points': %d}", points);
      g_autoptr (AssayQuestion) self = question (text);
      AssayPairwiseQuestion *pairwise = ASSAY_PAIRWISE_QUESTION (self);
      int max = assay_pairwise_question_get_max_strength (pairwise);
      g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
      int n = 0;

      for (int position = -max; position <= max; position++)
        if (position != 0 || points % 2 == 1)
          {
            n++;
            g_assert_true (g_hash_table_add (
                seen, (gpointer) assay_pairwise_question_get_label_for (pairwise, position)));
          }
      g_assert_cmpint (n, ==, points);
    }
  {
    g_autoptr (AssayQuestion) self = question (
        "{'id': 'q', 'type': 'pairwise', 'points': 4, 'labels': ['L2', 'L1', 'R1', 'R2']}");
    g_autoptr (AssayQuestion) odd = question (
        "{'id': 'q', 'type': 'pairwise', 'points': 3, 'allow_tie': false, 'labels': ['L', 'R']}");

    g_assert_cmpstr (assay_pairwise_question_get_label_for (ASSAY_PAIRWISE_QUESTION (self), -2), ==,
                     "L2");
    g_assert_cmpstr (assay_pairwise_question_get_label_for (ASSAY_PAIRWISE_QUESTION (self), 1), ==,
                     "R1");
    g_assert_cmpstr (assay_pairwise_question_get_label_for (ASSAY_PAIRWISE_QUESTION (odd), -1), ==,
                     "L");
    g_assert_cmpstr (assay_pairwise_question_get_label_for (ASSAY_PAIRWISE_QUESTION (odd), 1), ==,
                     "R");
  }
  assert_refused ("{'id': 'q', 'type': 'pairwise', 'points': 1}", ASSAY_MODEL_ERROR_RANGE,
                  "/questions/0/points");
  assert_refused ("{'id': 'q', 'type': 'pairwise', 'points': 9}", ASSAY_MODEL_ERROR_RANGE,
                  "/questions/0/points");
  assert_refused ("{'id': 'q', 'type': 'pairwise', 'labels': ['a']}", ASSAY_MODEL_ERROR_RANGE,
                  "/questions/0/labels");
  assert_refused ("{'id': 'q', 'type': 'pairwise', 'points': 2, 'labels': ['a', 1]}",
                  ASSAY_MODEL_ERROR_TYPE, "/questions/0/labels/1");
  assert_refused ("{'id': 'q', 'type': 'pairwise', 'reasons': ['a', 'a']}",
                  ASSAY_MODEL_ERROR_DUPLICATE, "/questions/0/reasons");
}

static void
test_rank (void)
{
  g_autoptr (AssayTask) four = task_with_form (4, "'fixed_order': true");
  g_autoptr (AssayPresentation) presentation = assay_presentation_new (four, 0);
  g_autoptr (AssayQuestion) full = question ("{'id': 'q', 'type': 'rank'}");
  g_autoptr (AssayQuestion) strict = question ("{'id': 'q', 'type': 'rank', 'allow_ties': false}");
  g_autoptr (AssayQuestion) top = question ("{'id': 'q', 'type': 'rank', 'mode': 'top_k', 'k': 2}");
  g_autoptr (AssayQuestion) ends = question ("{'id': 'q', 'type': 'rank', 'mode': 'best_worst'}");

  assert_rules (full, four, NULL, "req");
  assert_rules (full, four, "{'order': []}", "req");
  assert_rules (full, four, "{'order': [['r2'], ['r1', 'r3'], ['r4']]}", "");
  assert_rules (full, four, "{'order': [['r2'], ['r1', 'r3']]}", "ranks");
  assert_rules (full, four, "{'order': [['r2'], ['r1', 'r3'], ['r4'], ['r2']]}", "ranks");
  assert_rules (full, four, "{'order': [['r2'], ['r1', 'r3'], ['r4'], ['r9']]}", "option");
  assert_rules (strict, four, "{'order': [['r2'], ['r1', 'r3'], ['r4']]}", "tie");
  assert_rules (strict, four, "{'order': [['r2'], ['r1'], ['r3'], ['r4']]}", "");
  assert_rules (top, four, "{'order': [['r2'], ['r1']]}", "");
  assert_rules (top, four, "{'order': [['r2']]}", "ranks");
  assert_rules (top, four, "{'order': [['r2'], ['r1', 'r3']]}", "");
  assert_rules (top, four, "{'order': [['r2', 'r3'], ['r1']]}", "ranks");
  assert_rules (top, four, "{'order': [['r2'], ['r1'], ['r3']]}", "ranks");
  assert_rules (ends, four, NULL, "req");
  assert_rules (ends, four, "{'best': 'r1'}", "req");
  assert_rules (ends, four, "{'best': 'r1', 'worst': 'r1'}", "ranks");
  assert_rules (ends, four, "{'best': 'r1', 'worst': 'r9'}", "option");
  assert_rules (ends, four, "{'best': 'r1', 'worst': 'r2'}", "");
  assert_rules (full, four,
                "{'order': [['r1', 'r2', 'r3', 'r4']], 'buckets': {'x': ['r1'], 'y': ['r1']}}",
                "buckets");

  assert_described (full, presentation, "{'order': [['r2'], ['r1', 'r3'], ['r4']]}",
                    "B > A = C > D");
  assert_described (ends, presentation, "{'best': 'r4', 'worst': 'r2'}", "D is best, B is worst");
  assert_short (full, "{'order': [['r2'], ['r1', 'r3'], ['r4']]}", "'r2'");
  assert_short (ends, "{'best': 'r4', 'worst': 'r2'}", "'r4'");
  assert_refused ("{'id': 'q', 'type': 'rank', 'mode': 'half'}", ASSAY_MODEL_ERROR_RANGE,
                  "/questions/0/mode");
  assert_refused ("{'id': 'q', 'type': 'rank', 'k': 0}", ASSAY_MODEL_ERROR_RANGE, "/questions/0/k");
}

static void
test_rank_answers (void)
{
  g_autoptr (GPtrArray) order = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (JsonNode) judged = NULL;
  g_autoptr (JsonNode) grouped = NULL;
  g_autoptr (JsonNode) moved = NULL;
  gboolean acceptable;

  g_ptr_array_add (order, g_strsplit ("r2", " ", 0));
  g_ptr_array_add (order, g_strsplit ("r1 r3", " ", 0));
  g_ptr_array_add (order, g_strsplit ("r4", " ", 0));
  answer = assay_rank_answer_new (order);
  assert_json (assay_json_copy (answer), "{'order': [['r2'], ['r1', 'r3'], ['r4']]}");
  g_assert_cmpint (assay_rank_answer_get_rank (answer, "r2"), ==, 1);
  g_assert_cmpint (assay_rank_answer_get_rank (answer, "r1"), ==, 2);
  g_assert_cmpint (assay_rank_answer_get_rank (answer, "r3"), ==, 2);
  g_assert_cmpint (assay_rank_answer_get_rank (answer, "r4"), ==, 4);
  g_assert_cmpint (assay_rank_answer_get_rank (answer, "r5"), ==, 0);
  g_assert_cmpint (assay_rank_answer_get_rank (NULL, "r5"), ==, 0);

  judged = assay_rank_answer_with_quality (answer, "r2", TRUE);
  assert_json (assay_json_copy (judged),
               "{'order': [['r2'], ['r1', 'r3'], ['r4']], 'quality': {'r2': 'acceptable'}}");
  g_assert_true (assay_rank_answer_get_quality (judged, "r2", &acceptable));
  g_assert_true (acceptable);
  g_assert_false (assay_rank_answer_get_quality (judged, "r1", &acceptable));
  assert_json (assay_rank_answer_without_quality (judged, "r2"),
               "{'order': [['r2'], ['r1', 'r3'], ['r4']]}");

  grouped = assay_rank_answer_with_bucket (NULL, "r1", "good");
  moved = assay_rank_answer_with_bucket (grouped, "r1", "bad");
  assert_json (assay_json_copy (moved), "{'buckets': {'bad': ['r1']}}");
  g_assert_cmpstr (assay_rank_answer_get_bucket (moved, "r1"), ==, "bad");
  g_assert_null (assay_rank_answer_get_bucket (moved, "r2"));
  assert_json (assay_rank_answer_with_bucket (moved, "r1", NULL), NULL);
  g_ptr_array_set_size (order, 1);
  assert_json (assay_rank_answer_with_order (judged, order),
               "{'order': [['r2']], 'quality': {'r2': 'acceptable'}}");
  assert_json (assay_rank_answer_new_best_worst ("a", "b"), "{'best': 'a', 'worst': 'b'}");
  assert_json (assay_rank_answer_with_best_worst (NULL, NULL, NULL), NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/question/pairwise", test_pairwise);
  g_test_add_func ("/question/pairwise/odd-ids", test_pairwise_odd_ids);
  g_test_add_func ("/question/pairwise/answers", test_pairwise_answers);
  g_test_add_func ("/question/pairwise/labels", test_pairwise_labels);
  g_test_add_func ("/question/rank", test_rank);
  g_test_add_func ("/question/rank/answers", test_rank_answers);

  return g_test_run ();
}
