/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-workbench-page-private.h"

#include "assay-gold-dialog.h"
#include "assay-json.h"
#include "assay-practice.h"
#include "assay-rationale-checks.h"
#include "assay-constraint-review.h"
#include "assay-rubric-checks.h"

#define EARLIER_RATIONALES 50

/* A submission that is under way. */
typedef struct
{
  AssayWorkbenchPage *page; /* (owned) */
  AssayOpenTask *task;      /* (owned) */
  AssayJudgement
      *judgement; /* (owned) the final copy; the draft stays as it is until the copy is stored */
  GBytes *draft;  /* (owned) what an undo goes back to */
} Submission;

static void
submission_free (gpointer data)
{
  Submission *submission = data;

  g_clear_object (&submission->page);
  g_clear_object (&submission->task);
  g_clear_object (&submission->judgement);
  g_clear_pointer (&submission->draft, g_bytes_unref);
  g_free (submission);
}

/* All that stands against a submission, and what is worth a look. A way out stands on its own
 * reasons. */
static GPtrArray *
collect_issues (AssayWorkbenchPage *self)
{
  GPtrArray *issues = assay_judgement_validate (self->judgement);
  g_autoptr (GPtrArray) more = NULL;

  if (assay_judgement_get_outcome (self->judgement) != ASSAY_OUTCOME_ANSWERED)
    return issues;
  if (_assay_workbench_page_is_guideline_stale (self))
    g_ptr_array_add (issues, assay_issue_new (ASSAY_ISSUE_WARNING, "guide.stale", NULL, NULL, NULL,
                                              _ ("The guideline changed since this was begun; "
                                                 "the change is not acknowledged.")));
  more = assay_rationale_check (self->judgement, (const char *const *) self->earlier);
  g_ptr_array_extend_and_steal (issues, g_steal_pointer (&more));
  g_ptr_array_extend_and_steal (issues, assay_rubric_check (self->judgement));
  g_ptr_array_extend_and_steal (issues, assay_constraint_review (self->judgement));
  return issues;
}

static AssayIssueLevel
get_worst (GPtrArray *issues)
{
  AssayIssueLevel worst = ASSAY_ISSUE_HINT;

  for (guint i = 0; i < issues->len; i++)
    worst = MAX (worst, assay_issue_get_level (g_ptr_array_index (issues, i)));
  return worst;
}

void
_assay_workbench_page_go_on (AssayWorkbenchPage *self)
{
  gint64 row = assay_task_sequence_find_open (self->sequence);

  if (row == 0)
    _assay_workbench_page_emit_finished (self);
  else
    _assay_workbench_page_load (self, row, TRUE);
}

/* Where the person asked to go while the judgement was on its way, or as it was submitted. */
static void
leave_submitted (AssayWorkbenchPage *self)
{
  if (self->next_row != 0)
    _assay_workbench_page_load (self, self->next_row, FALSE);
  else if (self->stay)
    _assay_workbench_page_load (self, assay_open_task_get_row (self->task), FALSE);
  else
    _assay_workbench_page_go_on (self);
}

static void
gold_closed_cb (AssayWorkbenchPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && self->task != NULL)
    leave_submitted (self);
}

static void
gold_again_cb (AssayWorkbenchPage *self, AdwDialog *dialog)
{
  g_signal_handlers_disconnect_by_func (dialog, gold_closed_cb, self);
  gtk_widget_activate_action (GTK_WIDGET (self), "workbench.reopen", NULL);
}

/* Where there is a reference, it stands beside the answer before anything else happens. */
static gboolean
show_gold (AssayWorkbenchPage *self, Submission *submission)
{
  AssayTask *task = assay_open_task_get_task (submission->task);
  AdwDialog *dialog;

  if (assay_task_get_gold (task) == NULL)
    return FALSE;
  dialog = assay_gold_dialog_new (task, submission->judgement);
  g_signal_connect_object (dialog, "try-again", G_CALLBACK (gold_again_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "closed", G_CALLBACK (gold_closed_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
  return TRUE;
}

static DexFuture *
submitted_cb (DexFuture *future, gpointer user_data)
{
  Submission *submission = user_data;
  AssayWorkbenchPage *self = submission->page;
  gint64 row = assay_open_task_get_row (submission->task);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (value == NULL)
    {
      self->submitting = FALSE;
      gtk_widget_set_sensitive (GTK_WIDGET (self->pane), TRUE);
      assay_judgement_pane_focus_form (self->pane);
      _assay_workbench_page_update (self);
      _assay_workbench_page_say (self, error->message);
      return NULL;
    }

  /* The draft is the store's now; a later undo brings it back from there. */
  if (self->task == submission->task)
    g_clear_object (&self->keeper);
  assay_session_drop_draft (self->session, row);
  self->submitting = FALSE;
  _assay_workbench_page_update (self);
  if (self->sequence != NULL)
    assay_task_sequence_set_settled (self->sequence, row, TRUE);
  if (self->task == submission->task && show_gold (self, submission))
    return NULL;

  _assay_workbench_page_emit_submitted (
      self, row, assay_outbox_item_get_submission (g_value_get_object (value)));
  if (self->task == submission->task)
    leave_submitted (self);
  return NULL;
}

/* The newest draft is on disk: no write of it can come after the submission. */
static DexFuture *
flushed_cb (DexFuture *future, gpointer user_data)
{
  Submission *submission = user_data;
  AssayWorkbenchPage *self = submission->page;
  AssayStore *store = assay_session_get_store (self->session);
  AssayJudgement *draft = assay_open_task_get_judgement (submission->task);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  char *text;

  if (store == NULL)
    return dex_future_new_reject (ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CLOSED, "%s",
                                  _ ("The workspace is closed."));
  node = assay_judgement_to_draft_json (draft);
  text = assay_json_to_string (node);
  submission->draft = g_bytes_new_take (text, strlen (text));
  submission->judgement =
      assay_judgement_new_from_json (assay_open_task_get_task (submission->task), node, &error);
  if (submission->judgement == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  assay_judgement_finalize_submission (submission->judgement, g_get_real_time () / 1000);
  return assay_engine_submit (assay_session_get_engine (self->session), submission->task,
                              submission->judgement, submission->draft,
                              g_settings_get_uint (self->settings, "undo-window") * G_USEC_PER_SEC);
}

/* What is on its way to the disk is not changed any more. The focus goes to the page meanwhile:
 * where nothing has it, a key that is pressed reaches nobody. */
static void
close_pane (AssayWorkbenchPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_widget_set_sensitive (GTK_WIDGET (self->pane), FALSE);
  if (root != NULL && gtk_root_get_focus (root) == NULL)
    gtk_root_set_focus (root, GTK_WIDGET (self));
}

static void
begin_submission (AssayWorkbenchPage *self, gboolean stay)
{
  Submission *submission = g_new0 (Submission, 1);
  DexFuture *future;

  submission->page = g_object_ref (self);
  submission->task = g_object_ref (self->task);
  self->submitting = TRUE;
  self->stay = stay;
  self->next_row = 0;
  assay_judgement_pane_set_issues (self->pane, NULL);
  assay_workbench_page_keep_place (self);
  assay_judgement_break_undo_group (self->judgement);
  close_pane (self);
  _assay_workbench_page_update (self);

  /* The record of the submission is freed once, by the last of the two steps. */
  future = dex_future_then (assay_draft_keeper_flush (self->keeper), flushed_cb, submission, NULL);
  dex_future_disown (dex_future_finally (future, submitted_cb, submission, submission_free));
}

void
_assay_workbench_page_submit (AssayWorkbenchPage *self, gboolean stay)
{
  g_autoptr (GPtrArray) issues = NULL;

  if (self->judgement == NULL || self->keeper == NULL || self->submitting)
    return;
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "task") != 0)
    return;

  issues = collect_issues (self);
  switch (get_worst (issues))
    {
    case ASSAY_ISSUE_ERROR:
      _assay_workbench_page_show_judgement (self);
      assay_judgement_pane_set_issues (self->pane, issues);
      assay_judgement_pane_focus_next_issue (self->pane);
      return;
    case ASSAY_ISSUE_WARNING:
      if (!self->warned)
        {
          self->warned = TRUE;
          _assay_workbench_page_show_judgement (self);
          assay_judgement_pane_set_issues (self->pane, issues);
          return;
        }
      break;
    case ASSAY_ISSUE_HINT:
    default:
      break;
    }
  begin_submission (self, stay);
}

void
_assay_workbench_page_submit_outcome (AssayWorkbenchPage *self)
{
  if (self->judgement == NULL || self->keeper == NULL || self->submitting)
    return;
  begin_submission (self, FALSE);
}

void
_assay_workbench_page_show_issues (AssayWorkbenchPage *self)
{
  g_autoptr (GPtrArray) issues = collect_issues (self);

  assay_judgement_pane_set_issues (self->pane, issues);
}

void
_assay_workbench_page_refresh_issues (AssayWorkbenchPage *self)
{
  if (self->judgement != NULL && !self->submitting
      && assay_judgement_pane_get_issues_shown (self->pane))
    _assay_workbench_page_show_issues (self);
}

static DexFuture *
earlier_read_cb (DexFuture *future, gpointer user_data)
{
  AssayWorkbenchPage *self = user_data;
  const GValue *value = dex_future_get_value (future, NULL);

  if (value == NULL || self->task == NULL)
    return NULL;
  g_clear_pointer (&self->earlier, g_strfreev);
  self->earlier = g_value_dup_boxed (value);
  assay_rationale_editor_set_earlier (assay_judgement_pane_get_rationale (self->pane),
                                      (const char *const *) self->earlier);
  return NULL;
}

void
_assay_workbench_page_read_earlier (AssayWorkbenchPage *self)
{
  AssayStore *store = assay_session_get_store (self->session);

  if (store != NULL)
    dex_future_disown (dex_future_finally (
        assay_store_list_rationales (
            store, assay_project_get_id (assay_open_task_get_project (self->task)),
            EARLIER_RATIONALES),
        earlier_read_cb, g_object_ref (self), g_object_unref));
}
