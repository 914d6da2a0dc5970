/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-widget.h"
#include "assay-workbench-page-private.h"

#include "assay-announce.h"
#include "assay-settings.h"
#include "assay-shortcuts.h"

G_DEFINE_FINAL_TYPE (AssayWorkbenchPage, assay_workbench_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_CLOCK_PAUSED = 1,
  PROP_SHOW_SOURCE,
  PROP_DIFFERENCES,
  PROP_LINKED_SCROLLING,
  PROP_PREVIEW,
} AssayWorkbenchPageProperty;

static GParamSpec *properties[PROP_PREVIEW + 1];

enum
{
  SIGNAL_SUBMITTED,
  SIGNAL_FINISHED,
  SIGNAL_FAILED,
  SIGNAL_MESSAGE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

void
_assay_workbench_page_update (AssayWorkbenchPage *self)
{
  _assay_workbench_page_update_saved (self);
  _assay_workbench_page_update_banner (self);
  _assay_workbench_page_update_sheet (self);
  _assay_workbench_page_update_actions (self);
}

gboolean
_assay_workbench_page_is_open (AssayWorkbenchPage *self)
{
  return self->judgement != NULL && !self->submitting
         && g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "task") == 0;
}

void
_assay_workbench_page_say (AssayWorkbenchPage *self, const char *message)
{
  g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, message);
}

void
_assay_workbench_page_emit_submitted (AssayWorkbenchPage *self, gint64 row, const char *submission)
{
  g_signal_emit (self, signals[SIGNAL_SUBMITTED], 0, row, submission);
}

void
_assay_workbench_page_emit_failed (AssayWorkbenchPage *self, const char *message)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, message);
}

void
_assay_workbench_page_emit_finished (AssayWorkbenchPage *self)
{
  g_signal_emit (self, signals[SIGNAL_FINISHED], 0);
}

/* Each sign of the person, wherever in the window, keeps the clock going. */
static gboolean
watch_cb (AssayWorkbenchPage *self, GdkEvent *event)
{
  switch (gdk_event_get_event_type (event))
    {
    case GDK_KEY_PRESS:
      /* A form that is still to be made would miss it. */
      _assay_workbench_page_finish_opening (self);
      assay_effort_clock_poke (self->clock);
      break;
    case GDK_BUTTON_PRESS:
    case GDK_MOTION_NOTIFY:
    case GDK_SCROLL:
    case GDK_TOUCH_BEGIN:
    case GDK_TOUCH_UPDATE:
      assay_effort_clock_poke (self->clock);
      break;
    default:
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
window_active_cb (AssayWorkbenchPage *self, GParamSpec *pspec, GtkWindow *window)
{
  assay_effort_clock_set_focused (self->clock, gtk_window_is_active (window));
  if (!gtk_window_is_active (window) && self->keeper != NULL)
    dex_future_disown (assay_draft_keeper_flush (self->keeper));
}

/* Another question or field is no change of the judgement, but a place to come back to. */
static void
focus_changed_cb (AssayWorkbenchPage *self)
{
  _assay_workbench_page_unfold_focus (self);
  if (self->keeper != NULL && self->placed)
    dex_future_disown (assay_draft_keeper_flush (self->keeper));
}

static void
assay_workbench_page_map (GtkWidget *widget)
{
  AssayWorkbenchPage *self = ASSAY_WORKBENCH_PAGE (widget);
  GtkWidget *root;

  GTK_WIDGET_CLASS (assay_workbench_page_parent_class)->map (widget);

  root = GTK_WIDGET (gtk_widget_get_root (widget));
  if (self->watcher != NULL || !GTK_IS_WINDOW (root))
    return;
  self->window = GTK_WINDOW (root);
  self->watcher = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (self->watcher, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (self->watcher, "event", G_CALLBACK (watch_cb), self);
  gtk_widget_add_controller (root, self->watcher);
  g_signal_connect_swapped (root, "notify::is-active", G_CALLBACK (window_active_cb), self);
  g_signal_connect_swapped (root, "notify::focus-widget", G_CALLBACK (focus_changed_cb), self);
  assay_effort_clock_set_focused (self->clock, gtk_window_is_active (self->window));
}

static void
stop_watching (AssayWorkbenchPage *self)
{
  if (self->watcher == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->window, self);
  gtk_widget_remove_controller (GTK_WIDGET (self->window), self->watcher);
  self->watcher = NULL;
  self->window = NULL;
}

static void
assay_workbench_page_unmap (GtkWidget *widget)
{
  AssayWorkbenchPage *self = ASSAY_WORKBENCH_PAGE (widget);

  stop_watching (self);
  assay_effort_clock_set_focused (self->clock, FALSE);

  GTK_WIDGET_CLASS (assay_workbench_page_parent_class)->unmap (widget);
}

static void
paned_resized_cb (AssayWorkbenchPage *self)
{
  _assay_workbench_page_apply_split (self);
}

static void
layout_changed_cb (AssayWorkbenchPage *self)
{
  _assay_workbench_page_layout_changed (self);
}

static void
sheet_opened_cb (AssayWorkbenchPage *self)
{
  _assay_workbench_page_cover_texts (self);
}

static void
dispute_requested_cb (AssayWorkbenchPage *self, AssayFeedback *feedback)
{
  _assay_workbench_page_dispute (self, feedback);
}

static void
banner_clicked_cb (AssayWorkbenchPage *self)
{
  if (assay_judgement_get_final (self->judgement)
      || assay_judgement_get_outcome (self->judgement) != ASSAY_OUTCOME_ANSWERED
      || assay_judgement_get_salvage (self->judgement) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "workbench.reopen", NULL);
  else if (_assay_workbench_page_has_two_drafts (self))
    _assay_workbench_page_choose_draft (self);
  else if (_assay_workbench_page_is_guideline_stale (self))
    _assay_workbench_page_show_guideline_changes (self);
  else
    _assay_workbench_page_confirm_same (self);
}

/* Escape leaves a text field for the form, and the form for the list. */
static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  AssayWorkbenchPage *self = ASSAY_WORKBENCH_PAGE (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if (GTK_IS_EDITABLE (focus)
      || (GTK_IS_TEXT_VIEW (focus) && gtk_text_view_get_editable (GTK_TEXT_VIEW (focus))))
    {
      assay_judgement_pane_focus_form (self->pane);
      return GDK_EVENT_STOP;
    }
  return gtk_widget_activate_action (widget, "navigation.pop", NULL);
}

/* Plain keys act on the form, wherever on the page the focus is, but never while a text is written.
 */
static gboolean
key_pressed_cb (AssayWorkbenchPage *self,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                GtkEventController *controller)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (!_assay_workbench_page_is_open (self) || GTK_IS_EDITABLE (focus)
      || (GTK_IS_TEXT_VIEW (focus) && gtk_text_view_get_editable (GTK_TEXT_VIEW (focus))))
    return GDK_EVENT_PROPAGATE;
  if (assay_form_view_handle_key (assay_judgement_pane_get_form (self->pane),
                                  gtk_event_controller_get_current_event (controller)))
    {
      /* What is answered is seen. */
      if (assay_documents_pane_get_narrow (self->documents))
        _assay_workbench_page_show_judgement (self);
      return GDK_EVENT_STOP;
    }
  return _assay_workbench_page_handle_plain_key (self, keyval, keycode, state);
}

static void
clock_paused_cb (AssayWorkbenchPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CLOCK_PAUSED]);
}

static void
show_source_cb (AssayWorkbenchPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_SOURCE]);
}

static void
mark_requested_cb (AssayWorkbenchPage *self, AssayDocument *document, guint start, guint end)
{
  _assay_workbench_page_mark (self, document, start, end);
}

static void
quote_requested_cb (AssayWorkbenchPage *self, const char *letter, const char *text)
{
  if (self->keeper == NULL || !_assay_workbench_page_is_open (self))
    return;
  _assay_workbench_page_show_judgement (self);
  assay_judgement_pane_set_page (self->pane, "judgement");
  assay_rationale_editor_insert_quotation (assay_judgement_pane_get_rationale (self->pane), letter,
                                           text);
}

static void
read_to_end_cb (AssayWorkbenchPage *self, const char *response)
{
  if (self->judgement != NULL && self->keeper != NULL)
    assay_judgement_set_read_to_end (self->judgement, response);
}

/* A text of normal size is 100 in the settings and 1 in the pane. */
static gboolean
get_text_scale (GValue *value, GVariant *variant, gpointer user_data)
{
  g_value_set_double (value, g_variant_get_uint32 (variant) / 100.0);
  return TRUE;
}

static GVariant *
set_text_scale (const GValue *value, const GVariantType *type, gpointer user_data)
{
  return g_variant_new_uint32 ((guint32) CLAMP (g_value_get_double (value) * 100 + 0.5, 50, 300));
}

static void
linked_scrolling_cb (AssayWorkbenchPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LINKED_SCROLLING]);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    assay_announce (GTK_WIDGET (self), assay_documents_pane_get_linked_scrolling (self->documents)
                                           ? _ ("Linked scrolling on")
                                           : _ ("Linked scrolling off"));
}

static void
assay_workbench_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  AssayWorkbenchPage *self = ASSAY_WORKBENCH_PAGE (object);

  switch ((AssayWorkbenchPageProperty) prop_id)
    {
    case PROP_CLOCK_PAUSED:
      if (self->clock != NULL)
        g_object_get_property (G_OBJECT (self->clock), "paused", value);
      break;
    case PROP_SHOW_SOURCE:
      /* Asked for while the template is made, too. */
      g_value_set_boolean (value, self->documents != NULL
                                      && assay_documents_pane_get_show_source (self->documents));
      break;
    case PROP_DIFFERENCES:
      g_value_set_boolean (value,
                           self->documents != NULL && _assay_workbench_page_get_differences (self));
      break;
    case PROP_LINKED_SCROLLING:
      g_value_set_boolean (value,
                           self->documents != NULL
                               && assay_documents_pane_get_linked_scrolling (self->documents));
      break;
    case PROP_PREVIEW:
      g_value_set_boolean (value, _assay_workbench_page_get_preview (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_workbench_page_set_property (GObject *object,
                                   guint prop_id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  AssayWorkbenchPage *self = ASSAY_WORKBENCH_PAGE (object);

  switch ((AssayWorkbenchPageProperty) prop_id)
    {
    case PROP_CLOCK_PAUSED:
      assay_effort_clock_set_paused (self->clock, g_value_get_boolean (value));
      break;
    case PROP_SHOW_SOURCE:
      assay_documents_pane_set_show_source (self->documents, g_value_get_boolean (value));
      break;
    case PROP_DIFFERENCES:
      _assay_workbench_page_set_differences (self, g_value_get_boolean (value));
      break;
    case PROP_LINKED_SCROLLING:
      assay_documents_pane_set_linked_scrolling (self->documents, g_value_get_boolean (value));
      break;
    case PROP_PREVIEW:
      _assay_workbench_page_set_preview (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_workbench_page_dispose (GObject *object)
{
  AssayWorkbenchPage *self = ASSAY_WORKBENCH_PAGE (object);

  self->load_serial++;
  stop_watching (self);
  if (self->session != NULL && self->pane != NULL)
    {
      _assay_workbench_page_let_go (self);
      assay_documents_pane_set_task (self->documents, NULL, NULL);
    }
  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_WORKBENCH_PAGE);
  g_clear_object (&self->clock);
  g_clear_object (&self->sequence);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->earlier, g_strfreev);
  g_clear_pointer (&self->notices, g_ptr_array_unref);
  g_clear_object (&self->newest_guideline);

  G_OBJECT_CLASS (assay_workbench_page_parent_class)->dispose (object);
}

static void
assay_workbench_page_class_init (AssayWorkbenchPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = assay_workbench_page_get_property;
  object_class->set_property = assay_workbench_page_set_property;
  object_class->dispose = assay_workbench_page_dispose;
  widget_class->map = assay_workbench_page_map;
  widget_class->unmap = assay_workbench_page_unmap;

  properties[PROP_CLOCK_PAUSED] =
      g_param_spec_boolean ("clock-paused", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SHOW_SOURCE] =
      g_param_spec_boolean ("show-source", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_DIFFERENCES] =
      g_param_spec_boolean ("differences", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_LINKED_SCROLLING] =
      g_param_spec_boolean ("linked-scrolling", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_PREVIEW] =
      g_param_spec_boolean ("preview", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_SUBMITTED] =
      g_signal_new ("submitted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRING);
  signals[SIGNAL_FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_MESSAGE] = g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (ASSAY_TYPE_DOCUMENTS_PANE);
  g_type_ensure (ASSAY_TYPE_JUDGEMENT_PANE);
  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/workbench/assay-workbench-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayWorkbenchPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, AssayWorkbenchPage, layout_toggle);
  gtk_widget_class_bind_template_child (widget_class, AssayWorkbenchPage, clock_button);
  gtk_widget_class_bind_template_child (widget_class, AssayWorkbenchPage, clock_label);
  gtk_widget_class_bind_template_child (widget_class, AssayWorkbenchPage, clock_icon);
  gtk_widget_class_bind_template_child (widget_class, AssayWorkbenchPage, banner);
  gtk_widget_class_bind_template_child (widget_class, AssayWorkbenchPage, stack);
  gtk_widget_class_bind_template_child (widget_class, AssayWorkbenchPage, layouts);
  gtk_widget_class_bind_template_child (widget_class, AssayWorkbenchPage, paned);
  gtk_widget_class_bind_template_child (widget_class, AssayWorkbenchPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, AssayWorkbenchPage, task_menu);
  gtk_widget_class_bind_template_child (widget_class, AssayWorkbenchPage, sheet);
  gtk_widget_class_bind_template_child (widget_class, AssayWorkbenchPage, sheet_label);
  gtk_widget_class_bind_template_child (widget_class, AssayWorkbenchPage, documents);
  gtk_widget_class_bind_template_child (widget_class, AssayWorkbenchPage, pane);
  gtk_widget_class_bind_template_child (widget_class, AssayWorkbenchPage, saved_icon);
  gtk_widget_class_bind_template_child (widget_class, AssayWorkbenchPage, saved_label);
  gtk_widget_class_bind_template_child (widget_class, AssayWorkbenchPage, guideline_label);
  gtk_widget_class_bind_template_child (widget_class, AssayWorkbenchPage, lease_label);
  gtk_widget_class_bind_template_child (widget_class, AssayWorkbenchPage, submit_button);
  gtk_widget_class_bind_template_callback (widget_class, banner_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, dispute_requested_cb);
  gtk_widget_class_bind_template_callback (widget_class, layout_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, sheet_opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, paned_resized_cb);
  gtk_widget_class_bind_template_callback (widget_class, mark_requested_cb);
  gtk_widget_class_bind_template_callback (widget_class, quote_requested_cb);
  gtk_widget_class_bind_template_callback (widget_class, read_to_end_cb);
  gtk_widget_class_bind_template_callback (widget_class, _assay_workbench_page_query_saved_cb);

  _assay_workbench_page_install_actions (widget_class);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
assay_workbench_page_init (AssayWorkbenchPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  assay_widget_set_menu (self->menu_button, self->task_menu);
  assay_widget_keep_words (GTK_WIDGET (self->banner));

  self->settings = assay_settings_new ();
  self->clock = assay_effort_clock_new ();
  g_settings_bind (self->settings, "idle-time", self->clock, "idle-time", G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "show-clock", self->clock_button, "visible",
                   G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "response-layout", self->layout_toggle, "active-name",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "by-response", assay_judgement_pane_get_form (self->pane),
                   "by-response", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "check-spelling",
                   assay_judgement_pane_get_rationale (self->pane), "spelling-enabled",
                   G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "spelling-language",
                   assay_judgement_pane_get_rationale (self->pane), "spelling-language",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "response-layout", self->documents, "view-mode",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "linked-scrolling", self->documents, "linked-scrolling",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (self->settings, "text-size", self->documents, "text-scale",
                                G_SETTINGS_BIND_DEFAULT, get_text_scale, set_text_scale, NULL,
                                NULL);
  g_object_bind_property (self->documents, "text-scale", self->pane, "text-scale",
                          G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->documents, "notify::show-source", G_CALLBACK (show_source_cb),
                           self, G_CONNECT_SWAPPED);
  _assay_workbench_page_watch_writing (self);
  g_signal_connect_object (self->documents, "notify::linked-scrolling",
                           G_CALLBACK (linked_scrolling_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->clock, "notify", G_CALLBACK (_assay_workbench_page_update_clock),
                           self, G_CONNECT_SWAPPED);

  g_signal_connect_object (self->clock, "notify::paused", G_CALLBACK (clock_paused_cb), self,
                           G_CONNECT_SWAPPED);

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  assay_shortcuts_add_to_widget (GTK_WIDGET (self), "workbench.", _assay_workbench_page_refuse);
}

AssayWorkbenchPage *
assay_workbench_page_new (AssaySession *session)
{
  AssayWorkbenchPage *self;

  g_return_val_if_fail (ASSAY_IS_SESSION (session), NULL);

  self = g_object_new (ASSAY_TYPE_WORKBENCH_PAGE, NULL);
  self->session = g_object_ref (session);
  return self;
}

static void
sequence_grown_cb (AssayWorkbenchPage *self)
{
  if (self->task != NULL)
    _assay_workbench_page_update_title (self);
}

void
assay_workbench_page_open (AssayWorkbenchPage *self, AssayTaskSequence *sequence)
{
  g_return_if_fail (ASSAY_IS_WORKBENCH_PAGE (self));
  g_return_if_fail (ASSAY_IS_TASK_SEQUENCE (sequence));

  if (self->sequence != NULL)
    g_signal_handlers_disconnect_by_data (self->sequence, self);
  g_set_object (&self->sequence, sequence);
  g_signal_connect_object (sequence, "grown", G_CALLBACK (sequence_grown_cb), self,
                           G_CONNECT_SWAPPED);
  _assay_workbench_page_load (self, assay_task_sequence_get_row (sequence), FALSE);
}

void
assay_workbench_page_open_row (AssayWorkbenchPage *self, gint64 row)
{
  g_return_if_fail (ASSAY_IS_WORKBENCH_PAGE (self));

  if (self->sequence == NULL)
    self->sequence = assay_task_sequence_new (NULL, row);
  assay_task_sequence_set_settled (self->sequence, row, FALSE);
  _assay_workbench_page_load (self, row, FALSE);
}

gint64
assay_workbench_page_get_row (AssayWorkbenchPage *self)
{
  g_return_val_if_fail (ASSAY_IS_WORKBENCH_PAGE (self), 0);

  return self->task != NULL ? assay_open_task_get_row (self->task) : 0;
}

void
assay_workbench_page_leave (AssayWorkbenchPage *self)
{
  g_return_if_fail (ASSAY_IS_WORKBENCH_PAGE (self));

  self->load_serial++;
  _assay_workbench_page_let_go (self);
  assay_documents_pane_set_task (self->documents, NULL, NULL);
  gtk_stack_set_visible_child_name (self->stack, "loading");
}
