/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-constraint-review.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-answer-places.h"
#include "assay-bidi.h"
#include "assay-checklist-question.h"
#include "assay-constraint.h"
#include "assay-json-read.h"
#include "assay-limits.h"
#include "assay-rewrite-question.h"
#include "assay-words.h"

static gboolean
disagrees (AssayMet met, AssayConstraintResult result)
{
  return (met == ASSAY_MET_YES && result == ASSAY_CONSTRAINT_FAIL)
         || (met == ASSAY_MET_NO && result == ASSAY_CONSTRAINT_PASS);
}

static void
review_item (AssayQuestion *question,
             const AssayChecklistItem *item,
             AssayJudgement *judgement,
             const char *id,
             AssayDocument *response,
             GPtrArray *issues)
{
  JsonNode *answer = assay_judgement_get_answer (judgement, assay_question_get_id (question), id);
  const char *comment = assay_checklist_answer_get_comment (answer, item->id);
  g_autofree char *evidence = NULL;
  g_autofree char *name = NULL;
  g_autofree char *message = NULL;
  AssayConstraintResult result;

  if (comment != NULL && assay_characters_count_trimmed (comment) > 0)
    return;
  result = assay_constraint_check (
      item->check, item->check_args != NULL ? assay_json_node_object (item->check_args) : NULL,
      assay_document_get_text (response), &evidence);
  if (!disagrees (assay_checklist_answer_get (answer, item->id), result))
    return;
  name = assay_bidi_isolate (item->text);
  /* Translators: an instruction, and what a check found, as in "214 words; asked for: at most 150".
   */
  message =
      g_strdup_printf (_ ("“%s”: the check comes to another result (%s). Say why in a comment."),
                       name, evidence);
  g_ptr_array_add (issues,
                   assay_issue_new (ASSAY_ISSUE_WARNING, "constraint.disagreement",
                                    assay_question_get_id (question), id, item->id, message));
}

static void
review_question (AssayChecklistQuestion *question, AssayJudgement *judgement, GPtrArray *issues)
{
  AssayTask *task = assay_judgement_get_task (judgement);
  AssayPresentation *presentation = assay_judgement_get_presentation (judgement);

  for (guint i = 0; i < assay_checklist_question_get_n_items (question); i++)
    {
      const AssayChecklistItem *item = assay_checklist_question_get_item (question, i);

      /* A fault is present where what it names is not kept to: a check cannot speak of it. */
      if (item->check == NULL || item->points < 0)
        continue;
      for (guint k = 0; k < assay_presentation_get_n (presentation); k++)
        {
          const char *id = assay_presentation_get_response (presentation, k);
          AssayDocument *response = assay_task_find_response (task, id);

          if (assay_document_get_length_bytes (response) <= ASSAY_LIMIT_DOCUMENT_SOFT_BYTES)
            review_item (ASSAY_QUESTION (question), item, judgement, id, response, issues);
        }
    }
}

static void
review_written (AssayQuestion *question,
                const AssayTextConstraint *constraint,
                const char *response,
                const char *text,
                GPtrArray *issues)
{
  g_autofree char *evidence = NULL;
  g_autofree char *name = NULL;
  g_autofree char *message = NULL;

  if (constraint->check == NULL
      || assay_constraint_check (constraint->check,
                                 constraint->check_args != NULL
                                     ? assay_json_node_object (constraint->check_args)
                                     : NULL,
                                 text, &evidence)
             != ASSAY_CONSTRAINT_FAIL)
    return;
  name = assay_bidi_isolate (constraint->text);
  /* Translators: what a text has to keep to, and what a check found in it, as in "214 words; asked
   * for: at most 150". */
  message = g_strdup_printf (_ ("“%s”: your text does not keep to this (%s)."), name, evidence);
  g_ptr_array_add (issues,
                   assay_issue_new (constraint->required ? ASSAY_ISSUE_ERROR : ASSAY_ISSUE_WARNING,
                                    "constraint.failed", assay_question_get_id (question), response,
                                    constraint->id, message));
}

/* What a person wrote, or left as it was. */
static void
review_writing (AssayRewriteQuestion *question, AssayJudgement *judgement, GPtrArray *issues)
{
  AssayTask *task = assay_judgement_get_task (judgement);
  const char *id = assay_question_get_id (ASSAY_QUESTION (question));
  g_autoptr (GPtrArray) places = assay_judgement_list_places (judgement, ASSAY_QUESTION (question));

  for (guint i = 0; i < places->len; i++)
    {
      const char *response = places->pdata[i];
      JsonNode *answer = assay_judgement_get_answer (judgement, id, response);
      const char *text;

      if (!assay_judgement_question_applies (judgement, ASSAY_QUESTION (question), response)
          || !assay_question_is_answered (ASSAY_QUESTION (question), answer))
        continue;
      text = assay_rewrite_question_get_text (question, task, response, answer);
      for (guint k = 0; strlen (text) <= ASSAY_LIMIT_DOCUMENT_SOFT_BYTES
                        && k < assay_rewrite_question_get_n_constraints (question);
           k++)
        review_written (ASSAY_QUESTION (question),
                        assay_rewrite_question_get_constraint (question, k), response, text,
                        issues);
    }
}

GPtrArray *
assay_constraint_review (AssayJudgement *judgement)
{
  GPtrArray *issues = g_ptr_array_new_with_free_func (g_object_unref);
  AssayForm *form;

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (judgement), issues);

  form = assay_task_get_form (assay_judgement_get_task (judgement));
  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);

      if (ASSAY_IS_CHECKLIST_QUESTION (question)
          && assay_question_get_scope (question) == ASSAY_SCOPE_EACH_RESPONSE)
        review_question (ASSAY_CHECKLIST_QUESTION (question), judgement, issues);
      if (ASSAY_IS_REWRITE_QUESTION (question))
        review_writing (ASSAY_REWRITE_QUESTION (question), judgement, issues);
    }
  return issues;
}
