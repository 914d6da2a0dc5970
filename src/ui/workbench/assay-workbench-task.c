/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-workbench-page-private.h"

#include "assay-bench.h"
#include "assay-memory.h"

/* How a task comes onto the page, and leaves it. */

/* The first two responses are painted before the form is made, which takes as long as either of
 * them. The first tick comes before the frame that shows what was filled last. */
#define FRAMES_BEFORE_FORM 3

static void
stop_waiting (AssayWorkbenchPage *self)
{
  g_clear_handle_id (&self->texts_source, g_source_remove);
  if (self->form_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->form_tick);
  self->form_tick = 0;
}

void
_assay_workbench_page_finish_opening (AssayWorkbenchPage *self)
{
  if (self->form_tick == 0)
    return;
  stop_waiting (self);
  assay_judgement_pane_show_form (self->pane);
  _assay_workbench_page_read_notices (self);
  _assay_workbench_page_restore_place (self);
  _assay_workbench_page_show_writing (self);
  _assay_workbench_page_update (self);
  assay_bench_mark_painted (GTK_WIDGET (self), "task-ready*");
  assay_memory_give_back_soon ();
}

static gboolean
form_tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  AssayWorkbenchPage *self = ASSAY_WORKBENCH_PAGE (widget);

  if (!assay_documents_pane_get_begun (self->documents) || --self->n_frames > 0)
    return G_SOURCE_CONTINUE;
  _assay_workbench_page_finish_opening (self);
  return G_SOURCE_REMOVE;
}

static void
show_texts (AssayWorkbenchPage *self)
{
  assay_documents_pane_set_task (self->documents, assay_open_task_get_task (self->task),
                                 assay_judgement_get_presentation (self->judgement));
  _assay_workbench_page_update_marks (self);
  gtk_stack_set_visible_child_name (self->stack, "task");
  _assay_workbench_page_apply_split (self);
  _assay_workbench_page_restore_reading (self);
  _assay_workbench_page_hold_focus (self);
  _assay_workbench_page_update (self);
  /* Where the columns are made for it, the first text waits for them, and the second for both. */
  self->n_frames = FRAMES_BEFORE_FORM + !assay_documents_pane_get_begun (self->documents);
  self->form_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), form_tick_cb, NULL, NULL);
}

static gboolean
texts_cb (gpointer user_data)
{
  AssayWorkbenchPage *self = user_data;

  self->texts_source = 0;
  show_texts (self);
  return G_SOURCE_REMOVE;
}

static void
veil_lifted_cb (AssayWorkbenchPage *self)
{
  show_texts (self);
}

static void
veil_declined_cb (AssayWorkbenchPage *self)
{
  assay_judgement_set_outcome (self->judgement, ASSAY_OUTCOME_DECLINED_CONTENT, NULL, NULL);
  _assay_workbench_page_submit_outcome (self);
}

static void
raise_veil (AssayWorkbenchPage *self, const char *const *warnings)
{
  if (self->veil == NULL)
    {
      self->veil = g_object_new (ASSAY_TYPE_VEIL, NULL);
      g_signal_connect_swapped (self->veil, "lifted", G_CALLBACK (veil_lifted_cb), self);
      g_signal_connect_swapped (self->veil, "declined", G_CALLBACK (veil_declined_cb), self);
      gtk_stack_add_named (self->stack, GTK_WIDGET (self->veil), "veil");
    }
  assay_documents_pane_set_task (self->documents, NULL, NULL);
  assay_veil_set_warnings (self->veil, warnings);
  gtk_stack_set_visible_child_name (self->stack, "veil");
  gtk_widget_grab_focus (GTK_WIDGET (self->veil));
  _assay_workbench_page_update (self);
}

void
_assay_workbench_page_let_go (AssayWorkbenchPage *self)
{
  if (self->task == NULL)
    return;
  stop_waiting (self);
  _assay_workbench_page_follow_store (self, FALSE);
  assay_workbench_page_keep_place (self);
  self->placed = FALSE;
  assay_effort_clock_set_effort (self->clock, NULL);
  if (self->split_applied)
    _assay_workbench_page_keep_split (self);
  _assay_workbench_page_leave_writing (self);
  g_clear_pointer (&self->current_mark, g_strfreev);
  assay_judgement_pane_set_judgement (self->pane, NULL);
  if (self->keeper != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->keeper, self);
      assay_session_leave_task (self->session, assay_open_task_get_row (self->task));
    }
  g_clear_object (&self->keeper);
  if (self->judgement != NULL)
    g_signal_handlers_disconnect_by_data (self->judgement, self);
  g_clear_object (&self->judgement);
  g_clear_object (&self->task);
  g_clear_object (&self->newest_guideline);
  g_clear_pointer (&self->notices, g_ptr_array_unref);
}

static void
judgement_changed_cb (AssayWorkbenchPage *self)
{
  _assay_workbench_page_refresh_issues (self);
  _assay_workbench_page_update_marks (self);
  _assay_workbench_page_writing_changed (self);
  _assay_workbench_page_update (self);
}

static DexFuture *
foreseen_cb (DexFuture *future, gpointer user_data)
{
  AssayOpenTask *task = g_value_get_object (dex_future_get_value (future, NULL));

  assay_documents_pane_prepare (assay_open_task_get_task (task));
  assay_bench_mark ("task-foreseen*");
  return NULL;
}

/* What is probably wanted next is read and parsed while this task is worked on. */
static void
foresee_next (AssayWorkbenchPage *self)
{
  gint64 row = assay_task_sequence_find_open (self->sequence);

  if (row != 0)
    dex_future_disown (
        dex_future_then (assay_session_foresee_task (self->session, row), foreseen_cb, NULL, NULL));
}

static void
take_task (AssayWorkbenchPage *self, AssayOpenTask *task)
{
  AssayGuideline *guideline = assay_open_task_get_guideline (task);
  const char *const *warnings = assay_task_get_content_warning (assay_open_task_get_task (task));
  gboolean final;

  _assay_workbench_page_let_go (self);
  self->task = g_object_ref (task);
  _assay_workbench_page_follow_store (self, TRUE);
  self->judgement = g_object_ref (assay_open_task_get_judgement (task));
  self->warned = FALSE;
  self->submitting = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->pane), TRUE);
  final = assay_judgement_get_final (self->judgement);

  if (!final)
    {
      AssayEffort *effort = assay_judgement_get_effort (self->judgement);

      self->keeper = g_object_ref (assay_session_keep_draft (self->session, task));
      g_signal_connect_object (self->keeper, "notify",
                               G_CALLBACK (_assay_workbench_page_update_saved), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->keeper, "writing",
                               G_CALLBACK (assay_workbench_page_keep_place), self,
                               G_CONNECT_SWAPPED);
      effort->opens++;
      if (effort->first_opened_at == 0)
        effort->first_opened_at = g_get_real_time () / 1000;
      assay_effort_clock_set_paused (self->clock, FALSE);
      assay_effort_clock_set_effort (self->clock, effort);
      /* A newer one than was seen is to be acknowledged. */
      if (guideline != NULL && assay_judgement_get_guideline_version (self->judgement) == 0)
        assay_judgement_set_guideline_seen (self->judgement,
                                            assay_guideline_get_version (guideline),
                                            assay_guideline_get_sha256 (guideline), 0);
    }
  g_signal_connect_object (self->judgement, "notify", G_CALLBACK (judgement_changed_cb), self,
                           G_CONNECT_SWAPPED);

  _assay_workbench_page_restore_upper_height (self);
  assay_judgement_pane_set_guideline (self->pane, guideline);
  _assay_workbench_page_apply_settings (self);
  assay_judgement_pane_set_judgement (self->pane, self->judgement);
  _assay_workbench_page_read_newest_guideline (self);
  assay_judgement_pane_set_feedback (self->pane, NULL, NULL, FALSE);
  _assay_workbench_page_read_feedback (self);
  _assay_workbench_page_read_earlier (self);
  _assay_workbench_page_update_title (self);
  _assay_workbench_page_update_guideline (self);
  _assay_workbench_page_update_clock (self);
  adw_bottom_sheet_set_open (self->sheet, FALSE);
  if (!self->split_applied)
    _assay_workbench_page_apply_split (self);

  if (warnings != NULL && warnings[0] != NULL && !final
      && assay_judgement_is_empty (self->judgement))
    raise_veil (self, warnings);
  else
    /* In a turn of its own, before anything else happens: what goes takes as long as what comes. */
    self->texts_source = g_idle_add_full (G_PRIORITY_HIGH, texts_cb, self, NULL);

  foresee_next (self);
}

/* A task that is being loaded. */
typedef struct
{
  AssayWorkbenchPage *page; /* (owned) */
  guint serial;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_object_unref (load->page);
  g_free (load);
}

static gboolean
is_settled (AssayOpenTask *task)
{
  return assay_judgement_get_final (assay_open_task_get_judgement (task));
}

static DexFuture *
loaded_cb (DexFuture *future, gpointer user_data)
{
  Load *load = user_data;
  AssayWorkbenchPage *self = load->page;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (load->serial != self->load_serial || self->sequence == NULL)
    return NULL;
  if (value == NULL)
    {
      _assay_workbench_page_emit_failed (self, error->message);
      return NULL;
    }
  if (self->skip_settled && is_settled (g_value_get_object (value)))
    {
      assay_task_sequence_set_settled (self->sequence, assay_task_sequence_get_row (self->sequence),
                                       TRUE);
      _assay_workbench_page_go_on (self);
      return NULL;
    }
  take_task (self, g_value_get_object (value));
  return NULL;
}

void
_assay_workbench_page_load (AssayWorkbenchPage *self, gint64 row, gboolean skip_settled)
{
  Load *load = g_new0 (Load, 1);

  assay_bench_mark ("task-open*");
  load->page = g_object_ref (self);
  load->serial = ++self->load_serial;
  self->skip_settled = skip_settled;
  assay_task_sequence_move_to (self->sequence, row);
  dex_future_disown (dex_future_finally (assay_session_load_task (self->session, row), loaded_cb,
                                         load, load_free));
}
