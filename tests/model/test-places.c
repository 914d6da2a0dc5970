/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Questions that are asked for each source of a task. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-answer-comparison.h"
#include "assay-answer-places.h"
#include "question-testing.h"

#define TASK                                                                                        \
  "{'id': 't', 'prompt': 'p', 'sources': [{'id': 'r1', 'content': 'One'}, {'id': 's2', 'content': " \
  "'Two'}], 'responses': [{'id': 'r1', 'content': 'A'}, {'id': 'r2', 'content': 'B'}, {'id': "      \
  "'r3', 'content': 'C'}], 'form': {'questions': [{'id': 'relevance', 'type': 'scale', 'scope': "   \
  "'each-source', 'min': 0, 'max': 3}, {'id': 'good', 'type': 'scale', 'scope': 'each-response', "  \
  "'min': 1, 'max': 5, 'required': false, 'when': {'question': 'relevance', 'in': [3]}}]}}"

static AssayTask *
make_task (void)
{
  g_autoptr (JsonNode) node = json (TASK);
  g_autoptr (GError) error = NULL;
  AssayTask *task = assay_task_new_from_json (node, &error);

  g_assert_no_error (error);
  return task;
}

static AssayQuestion *
get_question (AssayTask *task, guint index)
{
  return assay_form_get_question (assay_task_get_form (task), index);
}

static void
give (AssayJudgement *judgement, const char *place, int value)
{
  g_autoptr (JsonNode) answer = assay_scale_answer_with_value (NULL, value);

  assay_judgement_set_answer (judgement, "relevance", place, answer);
}

static void
test_list (void)
{
  g_autoptr (AssayTask) task = make_task ();
  g_autoptr (AssayJudgement) judgement = assay_judgement_new (task);
  AssayQuestion *relevance = get_question (task, 0);
  g_autoptr (GPtrArray) places = assay_task_list_places (task, relevance);
  g_autoptr (GPtrArray) shown = assay_judgement_list_places (judgement, relevance);

  g_assert_cmpuint (places->len, ==, 2);
  g_assert_cmpstr (places->pdata[0], ==, "r1");
  g_assert_cmpstr (places->pdata[1], ==, "s2");
  g_assert_cmpuint (shown->len, ==, 2);
  g_assert_cmpstr (shown->pdata[0], ==, "r1");
  g_assert_true (assay_task_has_place (task, relevance, "s2"));
  g_assert_false (assay_task_has_place (task, relevance, "r2"));
  g_assert_false (assay_task_has_place (task, relevance, NULL));
  assert_string (assay_judgement_dup_place_name (judgement, relevance, "s2", "Relevance"),
                 "Relevance, source 2");
}

/* Each source is asked about, once, whatever the responses are called. */
static void
test_progress (void)
{
  g_autoptr (AssayTask) task = make_task ();
  g_autoptr (AssayJudgement) judgement = assay_judgement_new (task);
  g_autoptr (GPtrArray) issues = NULL;
  guint answered;
  guint required;

  give (judgement, "r1", 2);
  assay_judgement_get_progress (judgement, &answered, &required);
  g_assert_cmpuint (answered, ==, 1);
  g_assert_cmpuint (required, ==, 2);
  issues = assay_judgement_validate (judgement);
  g_assert_cmpuint (issues->len, ==, 1);
  g_assert_cmpstr (assay_issue_get_rule (issues->pdata[0]), ==, "req");
  g_assert_cmpstr (assay_issue_get_response (issues->pdata[0]), ==, "s2");
}

/* A response is asked about where any source says enough, not only one of its own name. */
static void
test_condition (void)
{
  g_autoptr (AssayTask) task = make_task ();
  g_autoptr (AssayJudgement) judgement = assay_judgement_new (task);
  AssayQuestion *good = get_question (task, 1);

  give (judgement, "r1", 2);
  g_assert_false (assay_judgement_question_applies (judgement, good, "r1"));
  give (judgement, "s2", 3);
  g_assert_true (assay_judgement_question_applies (judgement, good, "r1"));
  g_assert_true (assay_judgement_question_applies (judgement, good, "r2"));
}

static void
test_json (void)
{
  g_autoptr (AssayTask) task = make_task ();
  g_autoptr (AssayJudgement) judgement = assay_judgement_new (task);
  g_autoptr (AssayJudgement) back = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) again = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *answers;

  give (judgement, "r1", 2);
  give (judgement, "gone", 1);
  node = assay_judgement_to_json (judgement, TRUE);
  answers = json_object_get_object_member (json_node_get_object (node), "answers");
  answers = json_object_get_object_member (answers, "relevance");
  g_assert_true (json_object_has_member (answers, "r1"));
  g_assert_true (json_object_has_member (answers, "gone"));
  back = assay_judgement_new_from_json (task, node, &error);
  g_assert_no_error (error);
  again = assay_judgement_to_json (back, TRUE);
  g_assert_true (assay_json_equal (node, again));
}

static void
test_compare (void)
{
  g_autoptr (AssayTask) task = make_task ();
  g_autoptr (AssayJudgement) own = assay_judgement_new (task);
  g_autoptr (AssayJudgement) other = assay_judgement_new (task);
  g_autoptr (GPtrArray) lines = NULL;
  const AssayAnswerComparison *line;

  give (own, "s2", 3);
  give (other, "s2", 1);
  lines = assay_judgement_compare (own, other, NULL);
  g_assert_cmpuint (lines->len, ==, 1);
  line = lines->pdata[0];
  g_assert_nonnull (strstr (line->label, "· 2"));
  g_assert_false (line->agrees);
  g_assert_cmpfloat (line->distance, ==, 2);
}

/* Other types are not asked for each source, and are kept as they are. */
static void
test_types (void)
{
  g_autoptr (JsonNode) node = json ("{'id': 'q', 'type': 'text', 'scope': 'each-source'}");
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayQuestion) question = assay_question_new_from_json (node, "/questions/0", &error);
  g_autoptr (JsonNode) back = NULL;

  g_assert_no_error (error);
  g_assert_true (ASSAY_IS_UNKNOWN_QUESTION (question));
  back = assay_question_to_json (question);
  g_assert_true (assay_json_equal (node, back));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/places/list", test_list);
  g_test_add_func ("/places/progress", test_progress);
  g_test_add_func ("/places/condition", test_condition);
  g_test_add_func ("/places/json", test_json);
  g_test_add_func ("/places/compare", test_compare);
  g_test_add_func ("/places/types", test_types);
  return g_test_run ();
}
