/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-workbench-page-private.h"

#include "assay-form-key.h"
#include "assay-shortcuts.h"
#include "assay-ways-out-dialog.h"

static gboolean
is_editable (AssayWorkbenchPage *self)
{
  return _assay_workbench_page_is_open (self) && self->keeper != NULL;
}

static void
submit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _assay_workbench_page_submit (ASSAY_WORKBENCH_PAGE (widget), FALSE);
}

static void
submit_and_stay_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _assay_workbench_page_submit (ASSAY_WORKBENCH_PAGE (widget), TRUE);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AssayWorkbenchPage *self = ASSAY_WORKBENCH_PAGE (widget);

  if (self->keeper == NULL)
    return;
  assay_workbench_page_keep_place (self);
  dex_future_disown (assay_draft_keeper_flush (self->keeper));
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AssayWorkbenchPage *self = ASSAY_WORKBENCH_PAGE (widget);

  if (is_editable (self))
    assay_judgement_undo (self->judgement);
}

static void
redo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AssayWorkbenchPage *self = ASSAY_WORKBENCH_PAGE (widget);

  if (is_editable (self))
    assay_judgement_redo (self->judgement);
}

static void
reset_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AssayWorkbenchPage *self = ASSAY_WORKBENCH_PAGE (widget);

  if (!is_editable (self))
    return;
  assay_judgement_reset (self->judgement);
  _assay_workbench_page_say (self, _ ("All answers cleared. Ctrl+Z brings them back."));
}

static void
step (AssayWorkbenchPage *self, int offset)
{
  gint64 row = self->sequence != NULL ? assay_task_sequence_peek (self->sequence, offset) : 0;

  if (row == 0)
    _assay_workbench_page_say (self, offset > 0 ? _ ("This is the last task of the list")
                                                : _ ("This is the first task of the list"));
  else if (self->submitting)
    self->next_row = row;
  else
    _assay_workbench_page_load (self, row, FALSE);
}

static void
next_task_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  step (ASSAY_WORKBENCH_PAGE (widget), 1);
}

static void
previous_task_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  step (ASSAY_WORKBENCH_PAGE (widget), -1);
}

static AssayWorkbenchStop
find_stop (AssayWorkbenchPage *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *rationale = GTK_WIDGET (assay_judgement_pane_get_rationale (self->pane));

  if (focus == NULL)
    return self->stop;
  if (gtk_widget_is_ancestor (focus, rationale))
    return ASSAY_STOP_RATIONALE;
  if (gtk_widget_is_ancestor (focus, GTK_WIDGET (self->pane)))
    return ASSAY_STOP_FORM;
  if (gtk_widget_is_ancestor (focus, GTK_WIDGET (self->documents)))
    return self->stop == ASSAY_STOP_PROMPT ? ASSAY_STOP_PROMPT : ASSAY_STOP_RESPONSES;
  return self->stop;
}

static gboolean
go_to_stop (AssayWorkbenchPage *self, AssayWorkbenchStop stop)
{
  GtkWidget *rationale = GTK_WIDGET (assay_judgement_pane_get_rationale (self->pane));
  guint response = assay_documents_pane_get_current_response (self->documents);

  switch (stop)
    {
    case ASSAY_STOP_PROMPT:
      _assay_workbench_page_show_documents (self);
      return assay_documents_pane_focus_prompt (self->documents);
    case ASSAY_STOP_RESPONSES:
      _assay_workbench_page_show_documents (self);
      return assay_documents_pane_focus_response (self->documents, response);
    case ASSAY_STOP_FORM:
      _assay_workbench_page_show_judgement (self);
      assay_judgement_pane_focus_form (self->pane);
      return TRUE;
    case ASSAY_STOP_RATIONALE:
      if (!gtk_widget_get_visible (rationale))
        return FALSE;
      _assay_workbench_page_show_judgement (self);
      assay_judgement_pane_focus_rationale (self->pane);
      return TRUE;
    default:
      g_return_val_if_reached (FALSE);
    }
}

static void
move_pane (AssayWorkbenchPage *self, int direction)
{
  int stop = (int) find_stop (self);

  if (!_assay_workbench_page_is_open (self))
    return;
  for (int i = 1; i <= ASSAY_N_STOPS; i++)
    {
      AssayWorkbenchStop next =
          (AssayWorkbenchStop) ((stop + i * direction + i * ASSAY_N_STOPS) % ASSAY_N_STOPS);

      self->stop = next;
      if (go_to_stop (self, next))
        return;
    }
}

static void
next_pane_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_pane (ASSAY_WORKBENCH_PAGE (widget), 1);
}

static void
previous_pane_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_pane (ASSAY_WORKBENCH_PAGE (widget), -1);
}

static void
focus_response_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AssayWorkbenchPage *self = ASSAY_WORKBENCH_PAGE (widget);
  int number = g_variant_get_int32 (parameter);

  if (!_assay_workbench_page_is_open (self) || number < 1)
    return;
  _assay_workbench_page_show_documents (self);
  self->stop = ASSAY_STOP_RESPONSES;
  if (!assay_documents_pane_focus_response (self->documents, (guint) number - 1))
    {
      guint n = assay_task_get_n_responses (assay_open_task_get_task (self->task));
      g_autofree char *message =
          g_strdup_printf (ngettext ("This task has %u response", "This task has %u responses", n),
                           n);

      _assay_workbench_page_say (self, message);
    }
}

static void
show_pair_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  int first;
  int second;

  g_variant_get (parameter, "(ii)", &first, &second);
  if (first >= 0 && second >= 0)
    assay_documents_pane_show_pair (ASSAY_WORKBENCH_PAGE (widget)->documents, (guint) first,
                                    (guint) second);
}

static void
show_mark_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *question;
  const char *response;
  const char *id;

  g_variant_get (parameter, "(&s&s&s)", &question, &response, &id);
  _assay_workbench_page_show_mark (ASSAY_WORKBENCH_PAGE (widget), question, response, id);
}

static void
remove_mark_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AssayWorkbenchPage *self = ASSAY_WORKBENCH_PAGE (widget);

  if (is_editable (self) && !_assay_workbench_page_remove_mark (self))
    gtk_widget_error_bell (widget);
}

static void
rationale_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AssayWorkbenchPage *self = ASSAY_WORKBENCH_PAGE (widget);

  if (!_assay_workbench_page_is_open (self))
    return;
  if (!gtk_widget_get_visible (GTK_WIDGET (assay_judgement_pane_get_rationale (self->pane))))
    {
      _assay_workbench_page_say (self, _ ("This task asks for no rationale"));
      return;
    }
  _assay_workbench_page_show_judgement (self);
  assay_judgement_pane_focus_rationale (self->pane);
}

static void
next_error_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AssayWorkbenchPage *self = ASSAY_WORKBENCH_PAGE (widget);

  if (!is_editable (self))
    return;
  _assay_workbench_page_show_judgement (self);
  _assay_workbench_page_show_issues (self);
  if (!assay_judgement_pane_focus_next_issue (self->pane))
    _assay_workbench_page_say (self, _ ("Nothing stands against submitting"));
}

static void
guideline_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AssayWorkbenchPage *self = ASSAY_WORKBENCH_PAGE (widget);

  if (!_assay_workbench_page_is_open (self))
    return;
  if (assay_open_task_get_guideline (self->task) == NULL)
    {
      _assay_workbench_page_say (self, _ ("This project has no guideline"));
      return;
    }
  if (g_strcmp0 (assay_judgement_pane_get_page (self->pane), "guideline") == 0)
    {
      assay_judgement_pane_focus_form (self->pane);
      return;
    }
  _assay_workbench_page_show_judgement (self);
  assay_judgement_pane_show_guideline (self->pane);
}

static void
find_in_guideline_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AssayWorkbenchPage *self = ASSAY_WORKBENCH_PAGE (widget);

  if (!_assay_workbench_page_is_open (self))
    return;
  _assay_workbench_page_show_judgement (self);
  assay_judgement_pane_search_guideline (self->pane);
}

static void
find_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AssayWorkbenchPage *self = ASSAY_WORKBENCH_PAGE (widget);

  if (!_assay_workbench_page_is_open (self))
    return;
  _assay_workbench_page_show_documents (self);
  assay_documents_pane_find (self->documents);
}

static void
quote_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AssayWorkbenchPage *self = ASSAY_WORKBENCH_PAGE (widget);

  if (is_editable (self) && !assay_documents_pane_take_selection (self->documents))
    _assay_workbench_page_say (self, _ ("Select a passage of a text first"));
}

static void
way_out_applied_cb (AssayWorkbenchPage *self)
{
  /* What is handed in unfinished is still checked for what is wrong in it. */
  if (assay_judgement_get_outcome (self->judgement) == ASSAY_OUTCOME_ANSWERED)
    _assay_workbench_page_submit (self, FALSE);
  else
    _assay_workbench_page_submit_outcome (self);
}

static void
ways_out_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AssayWorkbenchPage *self = ASSAY_WORKBENCH_PAGE (widget);
  AdwDialog *dialog;

  if (self->judgement == NULL || self->keeper == NULL || self->submitting)
    return;
  dialog = assay_ways_out_dialog_new (self->judgement);
  g_signal_connect_object (dialog, "applied", G_CALLBACK (way_out_applied_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
give_back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _assay_workbench_page_confirm_give_back (ASSAY_WORKBENCH_PAGE (widget));
}

static void
larger_text_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  assay_documents_pane_zoom (ASSAY_WORKBENCH_PAGE (widget)->documents, 1);
}

static void
smaller_text_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  assay_documents_pane_zoom (ASSAY_WORKBENCH_PAGE (widget)->documents, -1);
}

static void
normal_text_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  assay_documents_pane_zoom (ASSAY_WORKBENCH_PAGE (widget)->documents, 0);
}

static DexFuture *
reopened_cb (DexFuture *future, gpointer user_data)
{
  AssayWorkbenchPage *self = user_data;
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    _assay_workbench_page_say (self, error->message);
  else if (self->task != NULL)
    assay_workbench_page_open_row (self, assay_open_task_get_row (self->task));
  return NULL;
}

/* What waits is withdrawn; what was accepted becomes the draft of another revision. */
static DexFuture *
reopen_fiber (gpointer user_data)
{
  AssayWorkbenchPage *self = user_data;
  AssayStore *store = assay_session_get_store (self->session);
  gint64 row = assay_workbench_page_get_row (self);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;

  if (store == NULL)
    return dex_future_new_for_boolean (FALSE);
  items = dex_await_boxed (assay_store_list_outbox (store), &error);
  if (items == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  for (guint i = 0; i < items->len; i++)
    {
      AssayOutboxItem *item = g_ptr_array_index (items, i);

      if (assay_outbox_item_get_task_row (item) == row)
        return assay_store_withdraw (store, assay_outbox_item_get_submission (item));
    }
  return assay_store_reopen (store, row);
}

static void
reopen_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AssayWorkbenchPage *self = ASSAY_WORKBENCH_PAGE (widget);

  if (self->judgement == NULL || self->submitting)
    return;
  if (self->keeper != NULL)
    {
      assay_judgement_set_outcome (self->judgement, ASSAY_OUTCOME_ANSWERED, NULL, NULL);
      assay_judgement_set_salvage (self->judgement, NULL);
      return;
    }
  dex_future_disown (dex_future_finally (dex_scheduler_spawn (NULL, 0, reopen_fiber,
                                                              g_object_ref (self), g_object_unref),
                                         reopened_cb, g_object_ref (self), g_object_unref));
}

static void
show_flags (AssayWorkbenchPage *self)
{
  _assay_workbench_page_show_judgement (self);
  assay_judgement_pane_set_page (self->pane, "notes");
  assay_notes_view_focus_flags (assay_judgement_pane_get_notes (self->pane));
}

static void
step_context (AssayWorkbenchPage *self, int direction)
{
  _assay_workbench_page_show_documents (self);
  self->stop = ASSAY_STOP_PROMPT;
  if (!assay_documents_pane_step_context (self->documents, direction))
    _assay_workbench_page_say (self, direction > 0
                                         ? _ ("This is the last text before the responses")
                                         : _ ("This is the first text"));
}

static gboolean
say_not_here (AssayWorkbenchPage *self, guint symbol)
{
  const AssayShortcut *shortcut =
      symbol > GDK_KEY_space && symbol < 0x7f ? assay_shortcuts_find_plain (symbol) : NULL;
  g_autofree char *message = NULL;

  if (shortcut == NULL)
    return GDK_EVENT_PROPAGATE;
  /* Translators: what a key is for, as in “Not applicable”. */
  message = g_strdup_printf (_ ("“%s” is not possible here"), assay_shortcut_get_title (shortcut));
  _assay_workbench_page_say (self, message);
  return GDK_EVENT_STOP;
}

gboolean
_assay_workbench_page_handle_plain_key (AssayWorkbenchPage *self,
                                        guint keyval,
                                        guint keycode,
                                        GdkModifierType state)
{
  AssayFormKey key;

  if (!assay_form_key_init (&key, keyval, keycode, state) || (state & GDK_ALT_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (key.symbol)
    {
    case GDK_KEY_f:
      show_flags (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_m:
      gtk_widget_activate_action (GTK_WIDGET (self), "workbench.show-source", NULL);
      return GDK_EVENT_STOP;
    case GDK_KEY_d:
      gtk_widget_activate_action (GTK_WIDGET (self), "workbench.differences", NULL);
      return GDK_EVENT_STOP;
    case GDK_KEY_y:
      gtk_widget_activate_action (GTK_WIDGET (self), "workbench.linked-scrolling", NULL);
      return GDK_EVENT_STOP;
    case GDK_KEY_plus:
      assay_documents_pane_zoom (self->documents, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_minus:
      assay_documents_pane_zoom (self->documents, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_bracketright:
      if (!_assay_workbench_page_step_mark (self, 1))
        step_context (self, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_bracketleft:
      if (!_assay_workbench_page_step_mark (self, -1))
        step_context (self, -1);
      return GDK_EVENT_STOP;
    default:
      return say_not_here (self, key.symbol);
    }
}

void
_assay_workbench_page_install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *name;
    const char *type;
    GtkWidgetActionActivateFunc activate;
  } entries[] = {
    { "workbench.submit", NULL, submit_action },
    { "workbench.submit-and-stay", NULL, submit_and_stay_action },
    { "workbench.save", NULL, save_action },
    { "workbench.undo", NULL, undo_action },
    { "workbench.redo", NULL, redo_action },
    { "workbench.reset", NULL, reset_action },
    { "workbench.next-task", NULL, next_task_action },
    { "workbench.previous-task", NULL, previous_task_action },
    { "workbench.next-pane", NULL, next_pane_action },
    { "workbench.previous-pane", NULL, previous_pane_action },
    { "workbench.focus-response", "i", focus_response_action },
    { "workbench.remove-mark", NULL, remove_mark_action },
    { "workbench.show-mark", "(sss)", show_mark_action },
    { "workbench.show-pair", "(ii)", show_pair_action },
    { "workbench.rationale", NULL, rationale_action },
    { "workbench.next-error", NULL, next_error_action },
    { "workbench.guideline", NULL, guideline_action },
    { "workbench.find", NULL, find_action },
    { "workbench.find-in-guideline", NULL, find_in_guideline_action },
    { "workbench.quote", NULL, quote_action },
    { "workbench.ways-out", NULL, ways_out_action },
    { "workbench.give-back", NULL, give_back_action },
    { "workbench.larger-text", NULL, larger_text_action },
    { "workbench.smaller-text", NULL, smaller_text_action },
    { "workbench.normal-text", NULL, normal_text_action },
    { "workbench.reopen", NULL, reopen_action },
  };

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    gtk_widget_class_install_action (widget_class, entries[i].name, entries[i].type,
                                     entries[i].activate);
  gtk_widget_class_install_property_action (widget_class, "workbench.pause-clock", "clock-paused");
  gtk_widget_class_install_property_action (widget_class, "workbench.show-source", "show-source");
  gtk_widget_class_install_property_action (widget_class, "workbench.differences", "differences");
  gtk_widget_class_install_property_action (widget_class, "workbench.preview", "preview");
  gtk_widget_class_install_property_action (widget_class, "workbench.linked-scrolling",
                                            "linked-scrolling");
}

/* What stands against an action, as a sentence; NULL where it can act. */
static const char *
find_refusal (AssayWorkbenchPage *self, const char *action)
{
  if (self->judgement == NULL)
    return _ ("The task is not open yet");
  if (self->submitting)
    return _ ("The judgement is being submitted");
  if (self->keeper == NULL)
    return assay_open_task_get_state (self->task) == ASSAY_TASK_QUEUED
               ? _ ("This judgement was submitted. Take it back to change it.")
               : _ ("This judgement was submitted. Revise it to change it.");
  if (g_str_equal (action, "workbench.undo") && !assay_judgement_can_undo (self->judgement))
    return _ ("There is nothing to undo");
  if (g_str_equal (action, "workbench.redo") && !assay_judgement_can_redo (self->judgement))
    return _ ("There is nothing to redo");
  if (g_str_equal (action, "workbench.reset") && assay_judgement_is_empty (self->judgement))
    return _ ("There is nothing to clear");
  return NULL;
}

/* Those that change or submit the judgement. */
static const char *const judging_actions[] = {
  "workbench.submit",
  "workbench.submit-and-stay",
  "workbench.ways-out",
  "workbench.reset",
  "workbench.undo",
  "workbench.redo",
  NULL,
};

void
_assay_workbench_page_update_actions (AssayWorkbenchPage *self)
{
  for (guint i = 0; judging_actions[i] != NULL; i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), judging_actions[i],
                                   find_refusal (self, judging_actions[i]) == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "workbench.give-back",
                                 _assay_workbench_page_can_give_back (self));
}

gboolean
_assay_workbench_page_refuse (GtkWidget *widget, const char *action)
{
  AssayWorkbenchPage *self = ASSAY_WORKBENCH_PAGE (widget);
  const char *refusal = NULL;

  if (g_strv_contains (judging_actions, action))
    refusal = find_refusal (self, action);
  if (refusal == NULL)
    return FALSE;
  _assay_workbench_page_say (self, refusal);
  return TRUE;
}
