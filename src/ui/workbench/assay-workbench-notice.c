/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-workbench-page-private.h"

#include "assay-format.h"
#include "assay-guideline-dialog.h"
#include "assay-pairwise-question.h"
#include "assay-rank-question.h"
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

/* A ranking that parts two responses that are the same; what they are is in @pair. */
static AssayQuestion *
find_parting_ranking (AssayWorkbenchPage *self, AssayIssue **pair)
{
  AssayForm *form = assay_task_get_form (assay_judgement_get_task (self->judgement));

  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);
      JsonNode *answer;

      if (!ASSAY_IS_RANK_QUESTION (question)
          || !assay_rank_question_get_allow_ties (ASSAY_RANK_QUESTION (question))
          || assay_rank_question_get_mode (ASSAY_RANK_QUESTION (question)) == ASSAY_RANK_BEST_WORST)
        continue;
      answer = assay_judgement_get_answer (self->judgement, assay_question_get_id (question), NULL);
      for (guint j = 0; answer != NULL && self->notices != NULL && j < self->notices->len; j++)
        {
          AssayIssue *issue = g_ptr_array_index (self->notices, j);
          int first, second;

          if (!g_str_equal (assay_issue_get_rule (issue), "doc.identical"))
            continue;
          first = assay_rank_answer_get_rank (answer, assay_issue_get_item (issue));
          second = assay_rank_answer_get_rank (answer, assay_issue_get_response (issue));
          if (first != 0 && second != 0 && first != second)
            {
              *pair = issue;
              return question;
            }
        }
    }
  return NULL;
}

/* A task names the version that was in force when it came; what was seen of it stands against the
 * newest. */
gboolean
_assay_workbench_page_is_guideline_stale (AssayWorkbenchPage *self)
{
  const char *seen = assay_judgement_get_guideline_sha256 (self->judgement);

  return self->keeper != NULL && self->newest_guideline != NULL && seen != NULL && *seen != '\0'
         && g_strcmp0 (seen, assay_guideline_get_sha256 (self->newest_guideline)) != 0;
}

/* What was acknowledged is what is read. */
static void
show_newest_guideline (AssayWorkbenchPage *self)
{
  assay_judgement_pane_set_guideline (self->pane, self->newest_guideline);
  _assay_workbench_page_update_guideline (self);
}

static void
acknowledged_cb (AssayWorkbenchPage *self)
{
  if (self->judgement == NULL || !_assay_workbench_page_is_guideline_stale (self))
    return;
  assay_judgement_set_guideline_seen (self->judgement,
                                      assay_guideline_get_version (self->newest_guideline),
                                      assay_guideline_get_sha256 (self->newest_guideline),
                                      g_get_real_time () / 1000);
  show_newest_guideline (self);
  _assay_workbench_page_tell_acknowledgement (self);
  _assay_workbench_page_update (self);
}

static DexFuture *
changes_loaded_cb (DexFuture *future, gpointer user_data)
{
  AssayWorkbenchPage *self = user_data;
  const GValue *value = dex_future_get_value (future, NULL);
  AdwDialog *dialog = value != NULL ? g_value_get_object (value) : NULL;

  /* Another task may have come meanwhile, or another version. */
  if (dialog == NULL || self->judgement == NULL || !_assay_workbench_page_is_guideline_stale (self)
      || assay_guideline_dialog_get_guideline (ASSAY_GUIDELINE_DIALOG (dialog))
             != self->newest_guideline)
    return NULL;
  g_signal_connect_object (dialog, "acknowledged", G_CALLBACK (acknowledged_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
  return NULL;
}

void
_assay_workbench_page_show_guideline_changes (AssayWorkbenchPage *self)
{
  AssayStore *store = assay_session_get_store (self->session);

  if (store == NULL || !_assay_workbench_page_is_guideline_stale (self))
    return;
  dex_future_disown (dex_future_finally (
      assay_guideline_dialog_load (store, self->newest_guideline,
                                   assay_judgement_get_guideline_version (self->judgement),
                                   assay_project_get_id (assay_open_task_get_project (self->task))),
      changes_loaded_cb, g_object_ref (self), g_object_unref));
}

static DexFuture *
newest_guideline_cb (DexFuture *future, gpointer user_data)
{
  AssayWorkbenchPage *self = user_data;
  const GValue *value = dex_future_get_value (future, NULL);
  AssayGuideline *newest = value != NULL ? g_value_get_object (value) : NULL;
  AssayGuideline *own = self->task != NULL ? assay_open_task_get_guideline (self->task) : NULL;

  /* Perhaps of a task that is no longer shown. */
  if (newest == NULL || own == NULL
      || !g_str_equal (assay_guideline_get_id (newest), assay_guideline_get_id (own)))
    return NULL;
  g_set_object (&self->newest_guideline, newest);
  if (!_assay_workbench_page_is_guideline_stale (self))
    show_newest_guideline (self);
  _assay_workbench_page_update (self);
  return NULL;
}

void
_assay_workbench_page_read_newest_guideline (AssayWorkbenchPage *self)
{
  AssayStore *store = assay_session_get_store (self->session);
  AssayGuideline *guideline = assay_open_task_get_guideline (self->task);

  if (store != NULL && guideline != NULL && self->keeper != NULL)
    dex_future_disown (dex_future_finally (
        assay_store_load_guideline (store, assay_guideline_get_id (guideline), 0),
        newest_guideline_cb, g_object_ref (self), g_object_unref));
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
  AssayIssue *parted;

  *button = NULL;
  if (assay_task_get_forgotten (assay_judgement_get_task (self->judgement)))
    return g_strdup (_ ("The texts of this task were removed from this computer after it was "
                        "delivered. Your judgement is kept."));
  if (_assay_workbench_page_has_two_drafts (self))
    {
      *button = _ ("_Choose…");
      return g_strdup (_ ("This task was also worked on at another device. Both drafts are kept."));
    }
  if (_assay_workbench_page_is_guideline_stale (self))
    {
      *button = _ ("_Show Changes…");
      /* Translators: versions of a guideline. */
      return g_strdup_printf (
          _ ("The guideline changed since this was begun: version %1$d, now %2$d."),
          assay_judgement_get_guideline_version (self->judgement),
          assay_guideline_get_version (self->newest_guideline));
    }
  if (identical != NULL && find_open_comparison (self) != NULL)
    {
      *button = _ ("They Are the _Same…");
      return g_strdup (assay_issue_get_message (identical));
    }
  if (identical != NULL && find_parting_ranking (self, &parted) != NULL)
    {
      *button = _ ("Rank Them _Together");
      return g_strdup (assay_issue_get_message (parted));
    }
  if (identical != NULL
      && assay_task_get_n_responses (assay_judgement_get_task (self->judgement)) > 2)
    return g_strdup (assay_issue_get_message (identical));
  if (empty != NULL)
    /* Translators: %s is a sentence: “Response B is empty.” */
    return g_strdup_printf (_ ("%s It can be judged all the same."),
                            assay_issue_get_message (empty));
  return assay_format_large_task (assay_open_task_get_n_bytes (self->task));
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

/* @order without @moved, which comes beside @stays. (transfer full) */
static GPtrArray *
bring_together (GPtrArray *order, const char *stays, const char *moved)
{
  GPtrArray *result = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  for (guint i = 0; i < order->len; i++)
    {
      const char *const *rank = g_ptr_array_index (order, i);
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
      g_auto (GStrv) kept = NULL;

      for (gsize j = 0; rank[j] != NULL; j++)
        if (!g_str_equal (rank[j], moved))
          g_strv_builder_add (builder, rank[j]);
      if (g_strv_contains (rank, stays))
        g_strv_builder_add (builder, moved);
      kept = g_strv_builder_end (builder);
      if (kept[0] != NULL)
        g_ptr_array_add (result, g_steal_pointer (&kept));
    }
  return result;
}

/* The worse of the two rises to the better one. */
static void
rank_together (AssayWorkbenchPage *self)
{
  AssayQuestion *question;
  AssayIssue *pair;

  while ((question = find_parting_ranking (self, &pair)) != NULL)
    {
      const char *id = assay_question_get_id (question);
      JsonNode *before = assay_judgement_get_answer (self->judgement, id, NULL);
      const char *first = assay_issue_get_item (pair);
      const char *second = assay_issue_get_response (pair);
      gboolean in_order =
          assay_rank_answer_get_rank (before, first) < assay_rank_answer_get_rank (before, second);
      g_autoptr (GPtrArray) order = assay_rank_answer_dup_order (before);
      g_autoptr (GPtrArray) together =
          bring_together (order, in_order ? first : second, in_order ? second : first);
      g_autoptr (JsonNode) answer = assay_rank_answer_with_order (before, together);

      assay_judgement_set_answer (self->judgement, id, NULL, answer);
    }
}

void
_assay_workbench_page_confirm_same (AssayWorkbenchPage *self)
{
  AssayPairwiseQuestion *question = find_open_comparison (self);
  AdwDialog *dialog;

  if (question == NULL)
    {
      rank_together (self);
      return;
    }
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
