/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-json.h"
#include "assay-judgement.h"
#include "assay-pairwise-question.h"
#include "assay-scale-question.h"
#include "assay-text-question.h"

static const char task_text[] =
    "{\"id\":\"t1\",\"prompt\":\"Which?\",\"responses\":["
    "{\"id\":\"r1\",\"content\":\"One.\"},{\"id\":\"r2\",\"content\":\"Two.\"}],"
    "\"form\":{\"kind\":\"pairwise.overall\",\"rationale\":{\"use\":\"required\",\"min\":10},"
    "\"questions\":["
    "{\"id\":\"preference\",\"type\":\"pairwise\",\"label\":\"Preference\",\"required\":true},"
    "{\"id\":\"why\",\"type\":\"text\",\"label\":\"Why a tie\",\"required\":true,"
    "\"when\":{\"question\":\"preference\",\"in\":[\"tie\",\"both-good\",\"both-bad\"]}},"
    "{\"id\":\"accuracy\",\"type\":\"scale\",\"label\":\"Accuracy\",\"min\":1,\"max\":5,"
    "\"scope\":\"each-response\",\"required\":true},"
    "{\"id\":\"future\",\"type\":\"hologram\",\"label\":\"Later\",\"required\":false,\"depth\":3}]}}";

static AssayTask *
make_task (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = assay_json_parse (task_text, -1, &error);
  AssayTask *task;

  g_assert_no_error (error);
  task = assay_task_new_from_json (node, &error);
  g_assert_no_error (error);
  return task;
}

static AssayJudgement *
reload (AssayJudgement *judgement)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) draft = assay_judgement_to_draft_json (judgement);
  g_autofree char *text = assay_json_to_string (draft);
  g_autoptr (JsonNode) read = assay_json_parse (text, -1, &error);
  AssayJudgement *reloaded;
  g_autoptr (JsonNode) again = NULL;
  g_autofree char *again_text = NULL;

  g_assert_no_error (error);
  reloaded = assay_judgement_new_from_json (assay_judgement_get_task (judgement), read, &error);
  g_assert_no_error (error);
  again = assay_judgement_to_draft_json (reloaded);
  again_text = assay_json_to_string (again);
  g_assert_cmpstr (again_text, ==, text);
  return reloaded;
}

static void
type_text (AssayJudgement *judgement, const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      g_autofree char *one = g_strndup (p, g_utf8_next_char (p) - p);

      assay_judgement_splice_rationale (
          judgement, g_utf8_strlen (assay_judgement_get_rationale (judgement), -1), 0, one);
    }
}

static void
test_undo (void)
{
  g_autoptr (AssayTask) task = make_task ();
  g_autoptr (AssayJudgement) judgement = assay_judgement_new_with_seed (task, 7);
  g_autoptr (JsonNode) preference = assay_pairwise_answer_new ("r2", 2, ASSAY_BOTH_UNSET);
  g_autoptr (JsonNode) score = assay_scale_answer_new (4);

  g_assert_true (assay_judgement_is_empty (judgement));
  g_assert_false (assay_judgement_can_undo (judgement));

  assay_judgement_set_answer (judgement, "preference", NULL, preference);
  assay_judgement_set_answer (judgement, "accuracy", "r1", score);
  type_text (judgement, "one two");
  assay_judgement_set_confidence (judgement, 2);
  assay_judgement_set_flag (judgement, "edge_case", "");
  assay_judgement_set_outcome (judgement, ASSAY_OUTCOME_SKIPPED, "other", "why not");
  g_assert_cmpint (assay_judgement_get_outcome (judgement), ==, ASSAY_OUTCOME_SKIPPED);

  assay_judgement_undo (judgement);
  g_assert_cmpint (assay_judgement_get_outcome (judgement), ==, ASSAY_OUTCOME_ANSWERED);
  assay_judgement_undo (judgement);
  g_assert_null (assay_judgement_get_flag (judgement, "edge_case"));
  assay_judgement_undo (judgement);
  g_assert_cmpint (assay_judgement_get_confidence (judgement), ==, 0);
  /* Typing is undone word by word. */
  assay_judgement_undo (judgement);
  g_assert_cmpstr (assay_judgement_get_rationale (judgement), ==, "one ");
  assay_judgement_undo (judgement);
  g_assert_cmpstr (assay_judgement_get_rationale (judgement), ==, "");
  assay_judgement_undo (judgement);
  g_assert_null (assay_judgement_get_answer (judgement, "accuracy", "r1"));
  assay_judgement_undo (judgement);
  g_assert_true (assay_judgement_is_empty (judgement));
  g_assert_false (assay_judgement_can_undo (judgement));

  while (assay_judgement_can_redo (judgement))
    assay_judgement_redo (judgement);
  g_assert_cmpstr (assay_judgement_get_rationale (judgement), ==, "one two");
  g_assert_cmpint (assay_judgement_get_outcome (judgement), ==, ASSAY_OUTCOME_SKIPPED);
  g_assert_true (
      assay_json_equal (assay_judgement_get_answer (judgement, "accuracy", "r1"), score));
}

static void
test_undo_outlives (void)
{
  g_autoptr (AssayTask) task = make_task ();
  g_autoptr (AssayJudgement) judgement = assay_judgement_new (task);
  g_autoptr (AssayJudgement) reloaded = NULL;
  g_autoptr (JsonNode) score = assay_scale_answer_new (4);

  assay_judgement_set_answer (judgement, "accuracy", "r2", score);
  type_text (judgement, "naïve 😀 words @A");
  assay_judgement_undo (judgement);
  reloaded = reload (judgement);
  g_assert_cmpstr (assay_judgement_get_rationale (reloaded), ==, "naïve 😀 words ");
  assay_judgement_redo (reloaded);
  g_assert_cmpstr (assay_judgement_get_rationale (reloaded), ==, "naïve 😀 words @A");
  while (assay_judgement_can_undo (reloaded))
    assay_judgement_undo (reloaded);
  g_assert_true (assay_judgement_is_empty (reloaded));
}

static void
test_reset (void)
{
  g_autoptr (AssayTask) task = make_task ();
  g_autoptr (AssayJudgement) judgement = assay_judgement_new (task);
  g_autoptr (JsonNode) score = assay_scale_answer_new (4);

  assay_judgement_set_answer (judgement, "accuracy", "r2", score);
  assay_judgement_set_rationale (judgement, "kept");
  assay_judgement_reset (judgement);
  g_assert_null (assay_judgement_get_answer (judgement, "accuracy", "r2"));
  g_assert_cmpstr (assay_judgement_get_rationale (judgement), ==, "");
  assay_judgement_undo (judgement);
  g_assert_nonnull (assay_judgement_get_answer (judgement, "accuracy", "r2"));
  g_assert_cmpstr (assay_judgement_get_rationale (judgement), ==, "kept");
}

static gboolean
has_issue (AssayJudgement *judgement, const char *rule, const char *question)
{
  g_autoptr (GPtrArray) issues = assay_judgement_validate (judgement);

  for (guint i = 0; i < issues->len; i++)
    {
      AssayIssue *issue = g_ptr_array_index (issues, i);

      if (g_str_equal (assay_issue_get_rule (issue), rule)
          && g_strcmp0 (assay_issue_get_question (issue), question) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
test_validation (void)
{
  g_autoptr (AssayTask) task = make_task ();
  g_autoptr (AssayJudgement) judgement = assay_judgement_new (task);
  g_autoptr (JsonNode) tie = assay_pairwise_answer_new (NULL, 0, ASSAY_BOTH_GOOD);
  g_autoptr (JsonNode) first = assay_pairwise_answer_new ("r1", 1, ASSAY_BOTH_UNSET);
  g_autoptr (JsonNode) low = assay_scale_answer_new (2);
  g_autoptr (JsonNode) high = assay_scale_answer_new (3);
  guint answered;
  guint required;

  g_assert_true (has_issue (judgement, "req", "preference"));
  g_assert_true (has_issue (judgement, "req", "accuracy"));
  g_assert_true (has_issue (judgement, "req", "rationale"));
  /* A question whose condition does not hold is not asked. */
  g_assert_false (has_issue (judgement, "req", "why"));
  assay_judgement_set_answer (judgement, "preference", NULL, tie);
  g_assert_true (has_issue (judgement, "req", "why"));

  assay_judgement_set_answer (judgement, "preference", NULL, first);
  assay_judgement_set_answer (judgement, "accuracy", "r1", low);
  assay_judgement_set_answer (judgement, "accuracy", "r2", high);
  assay_judgement_set_rationale (judgement, " 123456789 ");
  g_assert_true (has_issue (judgement, "rat.min", "rationale"));
  assay_judgement_set_rationale (judgement, "1234567890");
  g_assert_false (has_issue (judgement, "rat.min", "rationale"));
  g_assert_true (has_issue (judgement, "rub.contradiction", "preference"));
  assay_judgement_get_progress (judgement, &answered, &required);
  g_assert_cmpuint (answered, ==, 3);
  g_assert_cmpuint (required, ==, 3);

  assay_judgement_set_outcome (judgement, ASSAY_OUTCOME_NOT_RATABLE, NULL, "short");
  g_assert_true (has_issue (judgement, "out.reason", NULL));
  g_assert_true (has_issue (judgement, "out.note", NULL));
  assay_judgement_set_outcome (judgement, ASSAY_OUTCOME_DECLINED_CONTENT, NULL, NULL);
  g_assert_false (has_issue (judgement, "out.reason", NULL));
}

/* The order in which the responses were shown never enters what is stored. */
static void
test_order (void)
{
  g_autoptr (AssayTask) task = make_task ();
  g_autofree char *expected = NULL;

  for (guint seed = 0; seed < 100; seed++)
    {
      g_autoptr (AssayJudgement) judgement = assay_judgement_new_with_seed (task, seed);
      AssayPresentation *presentation = assay_judgement_get_presentation (judgement);
      g_autoptr (JsonNode) preference = assay_pairwise_answer_new ("r2", 3, ASSAY_BOTH_UNSET);
      g_autofree char *shown =
          g_strdup_printf ("@%s wins", assay_presentation_get_letter (presentation, "r2"));
      g_autoptr (JsonNode) node = NULL;
      g_autofree char *text = NULL;
      JsonObject *object;

      for (guint place = 0; place < assay_presentation_get_n (presentation); place++)
        {
          g_autoptr (JsonNode) score = NULL;
          const char *response = assay_presentation_get_response (presentation, place);

          score = assay_scale_answer_new (g_str_equal (response, "r1") ? 1 : 5);
          assay_judgement_set_answer (judgement, "accuracy", response, score);
        }
      assay_judgement_set_answer (judgement, "preference", NULL, preference);
      assay_judgement_set_rationale (judgement, shown);
      node = assay_judgement_to_json (judgement, FALSE);
      object = assay_json_node_object (node);
      {
        g_autofree char *answers =
            assay_json_to_string (json_object_get_member (object, "answers"));

        text = g_strconcat (answers, assay_json_get_string (object, "rationale"), NULL);
      }
      if (expected == NULL)
        expected = g_steal_pointer (&text);
      else
        g_assert_cmpstr (text, ==, expected);
    }
}

static void
test_unknown (void)
{
  g_autoptr (AssayTask) task = make_task ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node =
      assay_json_parse ("{\"id\":\"j\",\"answers\":{\"future\":{\"x\":1},\"gone\":[1,2]},"
                        "\"rationale\":\"@{r2} and @{r9}\",\"mood\":{\"a\":1}}",
                        -1, &error);
  g_autoptr (AssayJudgement) judgement = NULL;
  g_autoptr (JsonNode) written = NULL;
  JsonObject *object;
  JsonObject *answers;

  g_assert_no_error (error);
  judgement = assay_judgement_new_from_json (task, node, &error);
  g_assert_no_error (error);
  written = assay_judgement_to_json (judgement, FALSE);
  object = assay_json_node_object (written);
  answers = assay_json_get_object (object, "answers");
  g_assert_nonnull (assay_json_get_object (object, "mood"));
  g_assert_nonnull (assay_json_get_object (answers, "future"));
  g_assert_nonnull (assay_json_get_array (answers, "gone"));
  g_assert_cmpstr (assay_json_get_string (object, "rationale"), ==, "@{r2} and @{r9}");
}

static void
test_final (void)
{
  g_autoptr (AssayTask) task = make_task ();
  g_autoptr (AssayJudgement) judgement = assay_judgement_new (task);
  g_autoptr (AssayJudgement) reloaded = NULL;

  assay_judgement_set_rationale (judgement, "done");
  assay_judgement_finalize_submission (judgement, 1000);
  assay_judgement_set_rationale (judgement, "changed");
  assay_judgement_undo (judgement);
  g_assert_cmpstr (assay_judgement_get_rationale (judgement), ==, "done");
  reloaded = reload (judgement);
  g_assert_true (assay_judgement_get_final (reloaded));
  assay_judgement_reopen (reloaded);
  g_assert_cmpint (assay_judgement_get_revision (reloaded), ==, 2);
  assay_judgement_set_rationale (reloaded, "changed");
  g_assert_cmpstr (assay_judgement_get_rationale (reloaded), ==, "changed");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/judgement/undo", test_undo);
  g_test_add_func ("/judgement/undo-outlives", test_undo_outlives);
  g_test_add_func ("/judgement/reset", test_reset);
  g_test_add_func ("/judgement/validation", test_validation);
  g_test_add_func ("/judgement/order", test_order);
  g_test_add_func ("/judgement/unknown", test_unknown);
  g_test_add_func ("/judgement/final", test_final);

  return g_test_run ();
}
