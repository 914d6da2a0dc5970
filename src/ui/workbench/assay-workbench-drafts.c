/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-workbench-page-private.h"

#include "assay-draft-choice-dialog.h"

/* Unfinished work on the task from another device, beside what is written here. */

static AssayRemoteDraft *
dup_other (AssayWorkbenchPage *self)
{
  AssayAccountSync *account = _assay_workbench_page_find_account (self);

  return account != NULL && self->keeper != NULL
             ? assay_account_sync_dup_other_draft (account, assay_open_task_get_row (self->task))
             : NULL;
}

gboolean
_assay_workbench_page_has_two_drafts (AssayWorkbenchPage *self)
{
  g_autoptr (AssayRemoteDraft) other = dup_other (self);

  return other != NULL;
}

/* One choice under way: the page may go on to another task meanwhile. */
typedef struct
{
  AssayWorkbenchPage *page;  /* (owned) */
  AssayAccountSync *account; /* (owned) */
  gint64 row;
  gboolean take;
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_object_unref (choice->page);
  g_object_unref (choice->account);
  g_free (choice);
}

static DexFuture *
settled_cb (DexFuture *future, gpointer user_data)
{
  Choice *choice = user_data;
  AssayWorkbenchPage *self = choice->page;
  g_autoptr (GError) error = NULL;
  gboolean settled = dex_future_get_value (future, &error) != NULL;

  if (!settled)
    _assay_workbench_page_say (self, error->message);
  if (self->task == NULL || assay_open_task_get_row (self->task) != choice->row)
    return NULL;
  if (choice->take)
    {
      self->submitting = FALSE;
      gtk_widget_set_sensitive (GTK_WIDGET (self->pane), TRUE);
      _assay_workbench_page_load (self, choice->row, FALSE);
    }
  else
    _assay_workbench_page_update_banner (self);
  if (settled)
    _assay_workbench_page_say (self, choice->take ? _ ("The other device’s draft goes on")
                                                  : _ ("This computer’s draft goes on"));
  return NULL;
}

/* What is written here is on disk, and becomes an earlier version with what replaces it. */
static DexFuture *
flushed_cb (DexFuture *future, gpointer user_data)
{
  Choice *choice = user_data;
  AssayWorkbenchPage *self = choice->page;

  if (choice->take)
    {
      if (self->keeper != NULL && assay_open_task_get_row (self->task) == choice->row)
        {
          g_signal_handlers_disconnect_by_data (self->keeper, self);
          g_clear_object (&self->keeper);
        }
      assay_session_drop_draft (self->session, choice->row);
    }
  return assay_account_sync_settle_draft (choice->account, choice->row, choice->take);
}

static void
chosen_cb (AssayWorkbenchPage *self, gboolean take)
{
  AssayAccountSync *account = _assay_workbench_page_find_account (self);
  Choice *choice;

  if (account == NULL || self->keeper == NULL)
    return;
  choice = g_new0 (Choice, 1);
  choice->page = g_object_ref (self);
  choice->account = g_object_ref (account);
  choice->row = assay_open_task_get_row (self->task);
  choice->take = take;
  /* What would be typed now belongs to neither. */
  if (take)
    {
      self->submitting = TRUE;
      gtk_widget_set_sensitive (GTK_WIDGET (self->pane), FALSE);
    }
  dex_future_disown (dex_future_finally (dex_future_then (assay_draft_keeper_flush (self->keeper),
                                                          flushed_cb, choice, NULL),
                                         settled_cb, choice, choice_free));
}

void
_assay_workbench_page_choose_draft (AssayWorkbenchPage *self)
{
  g_autoptr (AssayRemoteDraft) other = dup_other (self);
  AdwDialog *dialog = other != NULL ? assay_draft_choice_dialog_new (self->judgement, other) : NULL;

  if (dialog == NULL)
    return;
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}
