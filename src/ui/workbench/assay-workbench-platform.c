/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-workbench-page-private.h"

#include "assay-dispute-dialog.h"
#include "assay-format.h"

/* What the platform has to do with a task: for how long it is ours, what came back, giving it back,
 * disputing, acknowledging. */

#define SOON_US (30 * G_TIME_SPAN_MINUTE)

static const AssayLease *
get_lease (AssayWorkbenchPage *self)
{
  return self->task != NULL && self->keeper != NULL ? assay_open_task_get_lease (self->task) : NULL;
}

AssayAccountSync *
_assay_workbench_page_find_account (AssayWorkbenchPage *self)
{
  AssayEngine *engine = assay_session_get_engine (self->session);

  return engine != NULL && self->task != NULL
             ? assay_engine_find (engine, assay_project_get_account (
                                              assay_open_task_get_project (self->task)))
             : NULL;
}

static gboolean
has_ability (AssayWorkbenchPage *self, AssayPlatformAbilities ability)
{
  AssayAccountSync *account = _assay_workbench_page_find_account (self);

  return account != NULL
         && (assay_platform_get_abilities (assay_account_sync_get_platform (account)) & ability)
                != 0;
}

/* The lease */

void
_assay_workbench_page_update_lease (AssayWorkbenchPage *self)
{
  const AssayLease *lease = get_lease (self);
  gint64 left = lease != NULL && lease->expires_at > 0 ? lease->expires_at - g_get_real_time () : 0;
  g_autofree char *span = left > 0 ? assay_format_span (left / G_TIME_SPAN_SECOND) : NULL;
  g_autofree char *text = NULL;

  if (span != NULL)
    /* Translators: how long a task is reserved for the person; %s is "3 h 10 min". Follows "Saved".
     */
    text = g_strdup_printf (_ ("· yours for %s"), span);
  if (g_strcmp0 (gtk_label_get_text (self->lease_label), text != NULL ? text : "") != 0)
    gtk_label_set_text (self->lease_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->lease_label), text != NULL);
  if (text != NULL && left < SOON_US)
    gtk_widget_add_css_class (GTK_WIDGET (self->lease_label), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->lease_label), "warning");
  /* Once, at the moment when it ends. */
  if (lease != NULL && _assay_workbench_page_is_lease_over (self) != self->lease_over)
    _assay_workbench_page_update_banner (self);
}

gboolean
_assay_workbench_page_is_lease_over (AssayWorkbenchPage *self)
{
  const AssayLease *lease = get_lease (self);

  /* What is revised was submitted under it, by this person. */
  return lease != NULL && assay_judgement_get_revision (self->judgement) <= 1
         && !assay_lease_is_held (lease, g_get_real_time ());
}

char *
_assay_workbench_page_dup_lease_notice (AssayWorkbenchPage *self)
{
  const AssayLease *lease = get_lease (self);

  self->lease_over = _assay_workbench_page_is_lease_over (self);
  if (!self->lease_over)
    return NULL;
  switch (lease->state)
    {
    case ASSAY_LEASE_WITHDRAWN:
      return g_strdup (_ ("The platform withdrew this task. What you wrote is kept here."));
    case ASSAY_LEASE_SUBMITTED:
    case ASSAY_LEASE_SKIPPED:
      return g_strdup (_ ("This task was finished elsewhere. What you wrote is kept here."));
    case ASSAY_LEASE_RELEASED:
      return g_strdup (_ ("This task was given back. What you wrote is kept here."));
    case ASSAY_LEASE_HELD:
    case ASSAY_LEASE_EXPIRED:
    default:
      return g_strdup (_ ("The time for this task is over. It can still be submitted while nobody "
                          "else has it."));
    }
}

/* Giving it back */

static DexFuture *
given_back_cb (DexFuture *future, gpointer user_data)
{
  AssayWorkbenchPage *self = user_data;
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    {
      _assay_workbench_page_say (self, error->message);
      return NULL;
    }
  _assay_workbench_page_say (self, _ ("The task was given back"));
  if (self->sequence != NULL)
    assay_task_sequence_set_settled (self->sequence, assay_task_sequence_get_row (self->sequence),
                                     TRUE);
  _assay_workbench_page_go_on (self);
  return NULL;
}

/* The newest draft is on disk: it is what is kept of the work. */
static DexFuture *
flushed_cb (DexFuture *future, gpointer user_data)
{
  AssayWorkbenchPage *self = user_data;
  AssayAccountSync *account = _assay_workbench_page_find_account (self);

  if (account == NULL)
    return dex_future_new_for_boolean (FALSE);
  return assay_account_sync_release (account, assay_open_task_get_row (self->task));
}

static void
give_back (AssayWorkbenchPage *self)
{
  if (self->keeper == NULL)
    return;
  dex_future_disown (
      dex_future_finally (dex_future_then (assay_draft_keeper_flush (self->keeper), flushed_cb,
                                           g_object_ref (self), g_object_unref),
                          given_back_cb, g_object_ref (self), g_object_unref));
}

static void
give_back_response_cb (AssayWorkbenchPage *self, const char *response)
{
  if (g_str_equal (response, "give-back"))
    give_back (self);
}

void
_assay_workbench_page_confirm_give_back (AssayWorkbenchPage *self)
{
  AdwDialog *dialog;

  if (!_assay_workbench_page_can_give_back (self))
    return;
  if (assay_judgement_is_empty (self->judgement))
    {
      give_back (self);
      return;
    }
  dialog = adw_alert_dialog_new (_ ("Give This Task Back?"),
                                 _ ("Somebody else may get it. What you wrote stays on this "
                                    "computer, but it cannot be submitted unless you get the task "
                                    "again."));
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"));
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "give-back", _ ("_Give Back"));
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "give-back",
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (give_back_response_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

gboolean
_assay_workbench_page_can_give_back (AssayWorkbenchPage *self)
{
  return get_lease (self) != NULL && !self->submitting
         && !_assay_workbench_page_is_lease_over (self)
         && has_ability (self, ASSAY_PLATFORM_LEASES);
}

/* What came back */

typedef struct
{
  AssayWorkbenchPage *page; /* (owned) */
  gint64 row;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_object_unref (reading->page);
  g_free (reading);
}

static DexFuture *
feedback_read_cb (DexFuture *future, gpointer user_data)
{
  Reading *reading = user_data;
  AssayWorkbenchPage *self = reading->page;
  AssayStore *store = assay_session_get_store (self->session);
  const GValue *value = dex_future_get_value (future, NULL);
  GPtrArray *feedback = value != NULL ? g_value_get_boxed (value) : NULL;

  /* Perhaps of a task that is no longer shown. */
  if (self->task == NULL || assay_open_task_get_row (self->task) != reading->row)
    return NULL;
  assay_judgement_pane_set_feedback (self->pane, feedback, self->judgement,
                                     has_ability (self, ASSAY_PLATFORM_DISPUTES));
  if (feedback != NULL && feedback->len > 0 && store != NULL)
    dex_future_disown (assay_store_mark_feedback_seen (store, reading->row));
  return NULL;
}

void
_assay_workbench_page_read_feedback (AssayWorkbenchPage *self)
{
  AssayStore *store = assay_session_get_store (self->session);
  Reading *reading;

  if (store == NULL || self->task == NULL || _assay_workbench_page_find_account (self) == NULL)
    return;
  reading = g_new0 (Reading, 1);
  reading->page = g_object_ref (self);
  reading->row = assay_open_task_get_row (self->task);
  dex_future_disown (dex_future_finally (assay_store_list_feedback (store, reading->row),
                                         feedback_read_cb, reading, reading_free));
}

static DexFuture *
disputed_cb (DexFuture *future, gpointer user_data)
{
  AssayWorkbenchPage *self = user_data;
  g_autoptr (GError) error = NULL;

  _assay_workbench_page_say (self, dex_future_get_value (future, &error) != NULL
                                       ? _ ("The dispute waits to be sent")
                                       : error->message);
  return NULL;
}

static void
dispute_written_cb (AssayWorkbenchPage *self, const char *text, AssayDisputeDialog *dialog)
{
  AssayEngine *engine = assay_session_get_engine (self->session);

  if (engine == NULL || self->task == NULL)
    return;
  dex_future_disown (dex_future_finally (
      assay_engine_dispute (
          engine, assay_project_get_account (assay_open_task_get_project (self->task)),
          assay_feedback_get_id (assay_dispute_dialog_get_feedback (dialog)), text),
      disputed_cb, g_object_ref (self), g_object_unref));
}

void
_assay_workbench_page_dispute (AssayWorkbenchPage *self, AssayFeedback *feedback)
{
  AdwDialog *dialog = assay_dispute_dialog_new (feedback);

  g_signal_connect_object (dialog, "written", G_CALLBACK (dispute_written_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* Acknowledging */

static DexFuture *
acknowledged_cb (DexFuture *future, gpointer user_data)
{
  AssayWorkbenchPage *self = user_data;
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    _assay_workbench_page_say (self, error->message);
  return NULL;
}

void
_assay_workbench_page_tell_acknowledgement (AssayWorkbenchPage *self)
{
  AssayStore *store = assay_session_get_store (self->session);
  AssayEngine *engine = assay_session_get_engine (self->session);
  const char *id = assay_guideline_get_id (self->newest_guideline);
  int version = assay_guideline_get_version (self->newest_guideline);

  if (store != NULL)
    dex_future_disown (assay_store_acknowledge_guideline (store, id, version));
  if (engine != NULL && has_ability (self, ASSAY_PLATFORM_ACKNOWLEDGES))
    dex_future_disown (
        dex_future_finally (assay_engine_acknowledge (engine,
                                                      assay_project_get_account (
                                                          assay_open_task_get_project (self->task)),
                                                      id, version),
                            acknowledged_cb, g_object_ref (self), g_object_unref));
}

/* A pull may bring another version of the guideline while its task is worked on. */
static void
projects_changed_cb (AssayWorkbenchPage *self)
{
  if (self->task != NULL)
    _assay_workbench_page_read_newest_guideline (self);
}

/* That work came back may be known before what was said of it. */
static void
tasks_changed_cb (AssayWorkbenchPage *self)
{
  if (self->task != NULL)
    _assay_workbench_page_read_feedback (self);
}

void
_assay_workbench_page_follow_store (AssayWorkbenchPage *self, gboolean follow)
{
  AssayStore *store = assay_session_get_store (self->session);
  AssayEngine *engine = assay_session_get_engine (self->session);

  if (store == NULL || engine == NULL)
    return;
  if (follow)
    {
      g_signal_connect_object (store, "projects-changed", G_CALLBACK (projects_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (store, "tasks-changed", G_CALLBACK (tasks_changed_cb), self,
                               G_CONNECT_SWAPPED);
      /* Another draft comes with a round; after a start it is known once one began. */
      g_signal_connect_object (engine, "notify::busy",
                               G_CALLBACK (_assay_workbench_page_update_banner), self,
                               G_CONNECT_SWAPPED);
    }
  else
    {
      g_signal_handlers_disconnect_by_func (engine, _assay_workbench_page_update_banner, self);
      g_signal_handlers_disconnect_by_func (store, projects_changed_cb, self);
      g_signal_handlers_disconnect_by_func (store, tasks_changed_cb, self);
    }
}
