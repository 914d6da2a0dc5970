/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A judgement with its task, `{"task": …, "judgement": …}`: refused with a sentence, or loss-free,
 * as a record and as a draft; and everything that a page asks of it has an answer. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-json.h"
#include "assay-judgement.h"
#include "assay-answer-places.h"
#include "fuzz.h"

static void
check_reads_back (AssayTask *task, JsonNode *written, gboolean is_draft)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) copy = assay_json_copy (written);
  g_autoptr (AssayJudgement) again = assay_judgement_new_from_json (task, copy, &error);
  g_autoptr (JsonNode) written_again = NULL;

  g_assert_no_error (error);
  written_again =
      is_draft ? assay_judgement_to_draft_json (again) : assay_judgement_to_json (again, TRUE);
  fuzz_check_equal (written, written_again);
}

static void
check_answers (AssayJudgement *judgement)
{
  AssayTask *task = assay_judgement_get_task (judgement);
  AssayForm *form = assay_task_get_form (task);
  g_autoptr (GPtrArray) issues = assay_judgement_validate (judgement);
  guint answered, required;
  double mean;

  for (guint i = 0; i < issues->len; i++)
    fuzz_check_text (assay_issue_get_message (issues->pdata[i]));
  for (guint q = 0; q < assay_form_get_n_questions (form); q++)
    {
      AssayQuestion *question = assay_form_get_question (form, q);
      g_autoptr (GPtrArray) places = assay_judgement_list_places (judgement, question);

      for (guint r = 0; r < places->len; r++)
        {
          const char *response = places->pdata[r];
          JsonNode *answer =
              assay_judgement_get_answer (judgement, assay_question_get_id (question), response);
          g_autofree char *words =
              assay_question_describe_answer (question,
                                              assay_judgement_get_presentation (judgement), answer);
          g_autoptr (JsonNode) value = assay_question_short_value (question, answer);

          fuzz_check_text (words);
          assay_judgement_question_applies (judgement, question, response);
        }
    }
  for (guint r = 0; r < assay_task_get_n_responses (task); r++)
    {
      const char *response = assay_document_get_key (assay_task_get_response (task, r));
      int place =
          assay_presentation_get_place (assay_judgement_get_presentation (judgement), response);

      g_assert_cmpint (place, >=, 0);
      assay_judgement_get_weighted_mean (judgement, response, &mean);
    }
  assay_judgement_get_progress (judgement, &answered, &required);
  g_assert_cmpuint (answered, <=, required);
}

static JsonNode *
dup_content (AssayJudgement *judgement)
{
  JsonNode *node = assay_judgement_to_json (judgement, TRUE);

  /* Counts what was done, undoing included. */
  json_object_remove_member (json_node_get_object (node), "effort");
  json_object_remove_member (json_node_get_object (node), "composition");
  json_object_remove_member (json_node_get_object (node), "times");
  return node;
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_autoptr (JsonNode) root = fuzz_parse_object (data, size);
  g_autoptr (AssayTask) task = NULL;
  g_autoptr (AssayJudgement) judgement = NULL;
  g_autoptr (JsonNode) record = NULL;
  g_autoptr (JsonNode) draft = NULL;
  g_autoptr (JsonNode) before = NULL;
  g_autoptr (JsonNode) after = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *object;

  if (root == NULL)
    return 0;
  object = json_node_get_object (root);
  if (!assay_json_has (object, "task") || !assay_json_has (object, "judgement"))
    return 0;
  task = assay_task_new_from_json (json_object_get_member (object, "task"), NULL);
  if (task == NULL)
    return 0;
  judgement =
      assay_judgement_new_from_json (task, json_object_get_member (object, "judgement"), &error);
  if (judgement == NULL)
    {
      fuzz_check_error (&error);
      return 0;
    }

  record = assay_judgement_to_json (judgement, TRUE);
  check_reads_back (task, record, FALSE);
  draft = assay_judgement_to_draft_json (judgement);
  check_reads_back (task, draft, TRUE);
  check_answers (judgement);

  /* An undo stack from outside may say anything; what it does can be taken back. */
  fuzz_check_text (assay_judgement_get_rationale (judgement));
  while (assay_judgement_can_undo (judgement))
    assay_judgement_undo (judgement);
  fuzz_check_text (assay_judgement_get_rationale (judgement));
  check_answers (judgement);
  while (assay_judgement_can_redo (judgement))
    assay_judgement_redo (judgement);
  before = dup_content (judgement);
  while (assay_judgement_can_undo (judgement))
    assay_judgement_undo (judgement);
  while (assay_judgement_can_redo (judgement))
    assay_judgement_redo (judgement);
  after = dup_content (judgement);
  fuzz_check_equal (before, after);
  return 0;
}
