/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-workbench-page-private.h"

#include "assay-pairwise-question.h"
#include "assay-response-checks.h"

/* What is to be said of the responses before they are judged: that two are the same text, that one
 * is empty (task-kinds 7.1). */

static AssayIssue *
find_notice (AssayWorkbenchPage *self, const char *rule)
{
  for (guint i = 0; self->notices != NULL && i < self->notices->len; i++)
    {
      AssayIssue *issue = g_ptr_array_index (self->notices, i);

      if (g_str_equal (assay_issue_get_rule (issue), rule))
        return issue;
    }
  return NULL;
}

/* The comparison of two that is not yet made, where a tie is an answer. */
static AssayPairwiseQuestion *
find_open_comparison (AssayWorkbenchPage *self)
{
  AssayTask *task = assay_judgement_get_task (self->judgement);
  AssayForm *form = assay_task_get_form (task);

  if (assay_task_get_n_responses (task) != 2)
    return NULL;
  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);

      if (ASSAY_IS_PAIRWISE_QUESTION (question)
          && assay_pairwise_question_get_allow_tie (ASSAY_PAIRWISE_QUESTION (question))
          && assay_judgement_question_applies (self->judgement, question, NULL)
          && assay_judgement_get_answer (self->judgement, assay_question_get_id (question), NULL)
                 == NULL)
        return ASSAY_PAIRWISE_QUESTION (question);
    }
  return NULL;
}

gboolean
_assay_workbench_page_is_guideline_stale (AssayWorkbenchPage *self)
{
  AssayGuideline *guideline = assay_open_task_get_guideline (self->task);
  const char *seen = assay_judgement_get_guideline_sha256 (self->judgement);

  return guideline != NULL && seen != NULL && *seen != '\0'
         && g_strcmp0 (seen, assay_guideline_get_sha256 (guideline)) != 0;
}

void
_assay_workbench_page_acknowledge_guideline (AssayWorkbenchPage *self)
{
  AssayGuideline *guideline = assay_open_task_get_guideline (self->task);

  assay_judgement_set_guideline_seen (self->judgement, assay_guideline_get_version (guideline),
                                      assay_guideline_get_sha256 (guideline),
                                      g_get_real_time () / 1000);
  _assay_workbench_page_update (self);
}

void
_assay_workbench_page_read_notices (AssayWorkbenchPage *self)
{
  g_clear_pointer (&self->notices, g_ptr_array_unref);
  self->notices = assay_response_check (self->judgement);
}

char *
_assay_workbench_page_dup_notice (AssayWorkbenchPage *self, const char **button)
{
  AssayIssue *identical = find_notice (self, "doc.identical");
  AssayIssue *empty = find_notice (self, "doc.empty");

  *button = NULL;
  if (_assay_workbench_page_is_guideline_stale (self))
    {
      *button = _ ("_Acknowledge");
      /* Translators: versions of a guideline. */
      return g_strdup_printf (
          _ ("The guideline changed since this was begun: version %1$d, now %2$d."),
          assay_judgement_get_guideline_version (self->judgement),
          assay_guideline_get_version (assay_open_task_get_guideline (self->task)));
    }
  if (identical != NULL && find_open_comparison (self) != NULL)
    {
      *button = _ ("They Are the _Same…");
      return g_strdup (assay_issue_get_message (identical));
    }
  if (identical != NULL
      && assay_task_get_n_responses (assay_judgement_get_task (self->judgement)) > 2)
    return g_strdup (assay_issue_get_message (identical));
  if (empty != NULL)
    /* Translators: %s is a sentence: “Response B is empty.” */
    return g_strdup_printf (_ ("%s It can be judged all the same."),
                            assay_issue_get_message (empty));
  return NULL;
}

static void
same_response_cb (AssayWorkbenchPage *self, const char *response)
{
  AssayPairwiseQuestion *question;
  AssayBoth both = g_str_equal (response, "good")  ? ASSAY_BOTH_GOOD
                   : g_str_equal (response, "bad") ? ASSAY_BOTH_BAD
                                                   : ASSAY_BOTH_NEUTRAL;

  if (g_str_equal (response, "cancel") || self->judgement == NULL || self->keeper == NULL)
    return;
  /* All comparisons: what is the same is the same in every respect. One undo for each. */
  while ((question = find_open_comparison (self)) != NULL)
    {
      g_autoptr (JsonNode) answer = assay_pairwise_answer_new (
          NULL, 0, assay_pairwise_question_get_ask_both (question) ? both : ASSAY_BOTH_NEUTRAL);

      assay_judgement_set_answer (self->judgement,
                                  assay_question_get_id (ASSAY_QUESTION (question)), NULL, answer);
    }
}

void
_assay_workbench_page_confirm_same (AssayWorkbenchPage *self)
{
  AssayPairwiseQuestion *question = find_open_comparison (self);
  AdwDialog *dialog;

  if (question == NULL)
    return;
  dialog =
      adw_alert_dialog_new (_ ("Call Them Equal?"), _ ("The texts differ in white space alone."));
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"));
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "equal", C_ ("tie", "_Equal"));
  if (assay_pairwise_question_get_ask_both (question))
    {
      adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "good", C_ ("tie", "Both _Good"));
      adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "bad", C_ ("tie", "Both _Bad"));
    }
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "equal");
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "equal",
                                            ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (same_response_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}
