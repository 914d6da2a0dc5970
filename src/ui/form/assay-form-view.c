/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-form-view-private.h"

#include "assay-form-builder.h"
#include "assay-form-key.h"
#include "assay-form-section.h"
#include "assay-rubric-grid.h"
#include "assay-text-area.h"
#include "assay-widget.h"

G_DEFINE_FINAL_TYPE (AssayFormView, assay_form_view, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_JUDGEMENT = 1,
  PROP_BY_RESPONSE,
  PROP_FOCUSED_QUESTION,
  PROP_FOCUSED_RESPONSE,
  PROP_CHECK_SPELLING,
  PROP_SPELLING_LANGUAGE,
} AssayFormViewProperty;

static GParamSpec *properties[PROP_SPELLING_LANGUAGE + 1];

enum
{
  CRITERION_FOCUSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

void
_assay_form_view_set_current (AssayFormView *self, GtkWidget *stop)
{
  AssayQuestion *question = NULL;
  const char *response = NULL;
  gboolean other_question, other_response;

  if (self->current != stop)
    {
      _assay_form_view_set_parked (self, FALSE);
      g_set_weak_pointer (&self->current, stop);
    }
  if (stop == NULL)
    return;
  assay_form_section_locate (_assay_form_view_find_section (self, stop), stop, &question,
                             &response);
  if (question == NULL)
    return;
  other_question = g_set_str (&self->focused_question, assay_question_get_id (question));
  other_response = g_set_str (&self->focused_response, response);
  if (other_response)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOCUSED_RESPONSE]);
  if (other_question)
    {
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOCUSED_QUESTION]);
      g_signal_emit (self, signals[CRITERION_FOCUSED], 0, self->focused_question);
    }
}

/* Actions on the stop that has the focus */

static void
clear_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AssayFormView *self = ASSAY_FORM_VIEW (widget);

  if (self->current == NULL)
    return;
  assay_judgement_break_undo_group (self->judgement);
  assay_form_section_clear (_assay_form_view_find_section (self, self->current), self->current);
}

static void
comment_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AssayFormView *self = ASSAY_FORM_VIEW (widget);
  const AssayFormKey key = { .digit = -1, .symbol = GDK_KEY_c };

  if (self->current != NULL
      && !assay_form_section_handle_key (_assay_form_view_find_section (self, self->current),
                                         self->current, &key))
    gtk_widget_error_bell (widget);
}

static void
open_menu (AssayFormView *self, const GdkRectangle *at)
{
  if (self->menu == NULL)
    {
      g_autoptr (GMenu) menu = g_menu_new ();

      g_menu_append (menu, _ ("C_omment…"), "form.comment");
      g_menu_append (menu, _ ("_Clear Answer"), "form.clear");
      self->menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
      assay_widget_name_menu (GTK_POPOVER (self->menu));
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/* Text fields have a menu of their own, and so has what is no stop. */
static void
menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AssayFormView *self = ASSAY_FORM_VIEW (widget);
  graphene_rect_t bounds;

  if (self->current == NULL || _assay_form_view_is_text (self->current)
      || !gtk_widget_compute_bounds (self->current, widget, &bounds))
    return;
  open_menu (self, &(GdkRectangle) { bounds.origin.x, bounds.origin.y + bounds.size.height, 1, 1 });
}

static void
secondary_pressed_cb (AssayFormView *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  GtkWidget *stop = picked != NULL ? _assay_form_view_find_stop_around (self, picked) : NULL;

  if (stop == NULL || _assay_form_view_is_text (stop))
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (stop);
  _assay_form_view_set_current (self, stop);
  open_menu (self, &(GdkRectangle) { x, y, 1, 1 });
}

static void
long_pressed_cb (AssayFormView *self, double x, double y, GtkGesture *gesture)
{
  secondary_pressed_cb (self, 1, x, y, gesture);
}

/* Focus */

static void
focus_changed_cb (AssayFormView *self)
{
  GtkWidget *focus = _assay_form_view_get_focus (self);
  GtkWidget *stop;

  if (focus == GTK_WIDGET (self))
    return;
  _assay_form_view_set_parked (self, FALSE);
  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return;
  stop = _assay_form_view_find_stop_around (self, focus);
  if (stop != NULL)
    _assay_form_view_set_current (self, stop);
}

/* The view became smaller or larger, perhaps because of what the focus brought up beside it. */
static void
page_size_changed_cb (AssayFormView *self)
{
  if (self->current != NULL
      && (gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0)
    _assay_form_view_scroll_to (self, self->current);
}

static void
follow_viewport (AssayFormView *self)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_VIEWPORT);
  GtkAdjustment *adjustment =
      viewport != NULL ? gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport)) : NULL;

  if (self->adjustment == adjustment)
    return;
  if (self->adjustment != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustment, self);
  g_set_object (&self->adjustment, adjustment);
  if (adjustment != NULL)
    g_signal_connect_object (adjustment, "notify::page-size", G_CALLBACK (page_size_changed_cb),
                             self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
assay_form_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (assay_form_view_parent_class)->map (widget);
  follow_viewport (ASSAY_FORM_VIEW (widget));
}

static void
assay_form_view_root (GtkWidget *widget)
{
  AssayFormView *self = ASSAY_FORM_VIEW (widget);

  GTK_WIDGET_CLASS (assay_form_view_parent_class)->root (widget);
  self->root = GTK_WIDGET (gtk_widget_get_root (widget));
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (self->root), "focus-widget") != NULL)
    self->root_handler = g_signal_connect_swapped (self->root, "notify::focus-widget",
                                                   G_CALLBACK (focus_changed_cb), self);
}

static void
assay_form_view_unroot (GtkWidget *widget)
{
  AssayFormView *self = ASSAY_FORM_VIEW (widget);

  g_clear_signal_handler (&self->root_handler, self->root);
  self->root = NULL;
  GTK_WIDGET_CLASS (assay_form_view_parent_class)->unroot (widget);
}

/* The view itself takes the focus only to hold it for a text field; Tab passes it by. */
static gboolean
assay_form_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  AssayFormView *self = ASSAY_FORM_VIEW (widget);
  gboolean backward = direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_UP;
  GtkWidget *child = gtk_widget_get_focus_child (widget);

  if (gtk_widget_is_focus (widget) && self->current != NULL)
    {
      if (!backward)
        return _assay_form_view_go_to_stop (self, self->current, TRUE);
      child = GTK_WIDGET (_assay_form_view_find_section (self, self->current));
      child = gtk_widget_get_prev_sibling (child);
    }
  else if (child == NULL)
    {
      child = backward ? gtk_widget_get_last_child (widget) : gtk_widget_get_first_child (widget);
    }
  for (; child != NULL;
       child = backward ? gtk_widget_get_prev_sibling (child) : gtk_widget_get_next_sibling (child))
    {
      if (gtk_widget_get_visible (child) && gtk_widget_child_focus (child, direction))
        return TRUE;
    }
  return FALSE;
}

static void
build (AssayFormView *self)
{
  g_ptr_array_unref (self->sections);
  self->sections = assay_form_build (self->judgement, GTK_WIDGET (self));
  for (guint i = 0; i < self->sections->len; i++)
    {
      GtkWidget *section = g_ptr_array_index (self->sections, i);

      g_signal_connect_object (section, "advance", G_CALLBACK (_assay_form_view_advance_cb), self,
                               G_CONNECT_SWAPPED);
      if (ASSAY_IS_RUBRIC_GRID (section))
        g_object_bind_property (self, "by-response", section, "by-response",
                                G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
    }
  assay_widget_keep_words (GTK_WIDGET (self));
}

static void
clear (AssayFormView *self)
{
  GtkWidget *child;

  _assay_form_view_set_current (self, NULL);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_ptr_array_set_size (self->sections, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    {
      assay_removal_queue_push (self->removed, child);
      gtk_widget_unparent (child);
    }
}

static void
judgement_changed_cb (AssayFormView *self, const char *question, const char *response)
{
  for (guint i = 0; i < self->sections->len; i++)
    {
      AssayFormSection *section = g_ptr_array_index (self->sections, i);

      if (question == NULL || assay_form_section_has_question (section, question)
          || assay_form_section_is_conditional (section))
        assay_form_section_refresh (section);
    }
}

static void
final_changed_cb (AssayFormView *self)
{
  judgement_changed_cb (self, NULL, NULL);
}

static void
assay_form_view_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  AssayFormView *self = ASSAY_FORM_VIEW (object);

  switch ((AssayFormViewProperty) property)
    {
    case PROP_JUDGEMENT:
      g_value_set_object (value, self->judgement);
      break;
    case PROP_BY_RESPONSE:
      g_value_set_boolean (value, self->by_response);
      break;
    case PROP_FOCUSED_QUESTION:
      g_value_set_string (value, self->focused_question);
      break;
    case PROP_FOCUSED_RESPONSE:
      g_value_set_string (value, self->focused_response);
      break;
    case PROP_CHECK_SPELLING:
      g_value_set_boolean (value, self->check_spelling);
      break;
    case PROP_SPELLING_LANGUAGE:
      g_value_set_string (value, self->spelling_language);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
assay_form_view_set_property (GObject *object,
                              guint property,
                              const GValue *value,
                              GParamSpec *pspec)
{
  AssayFormView *self = ASSAY_FORM_VIEW (object);

  switch ((AssayFormViewProperty) property)
    {
    case PROP_JUDGEMENT:
      assay_form_view_set_judgement (self, g_value_get_object (value));
      break;
    case PROP_BY_RESPONSE:
      assay_form_view_set_by_response (self, g_value_get_boolean (value));
      break;
    case PROP_CHECK_SPELLING:
      if (self->check_spelling == g_value_get_boolean (value))
        break;
      self->check_spelling = !self->check_spelling;
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_SPELLING_LANGUAGE:
      if (g_set_str (&self->spelling_language, g_value_get_string (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_FOCUSED_QUESTION:
    case PROP_FOCUSED_RESPONSE:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
assay_form_view_dispose (GObject *object)
{
  AssayFormView *self = ASSAY_FORM_VIEW (object);

  if (self->removed != NULL)
    clear (self);
  g_clear_pointer (&self->removed, assay_removal_queue_free);
  if (self->judgement != NULL)
    g_signal_handlers_disconnect_by_data (self->judgement, self);
  g_clear_object (&self->judgement);
  g_clear_object (&self->adjustment);
  g_clear_weak_pointer (&self->current);

  G_OBJECT_CLASS (assay_form_view_parent_class)->dispose (object);
}

static void
assay_form_view_finalize (GObject *object)
{
  AssayFormView *self = ASSAY_FORM_VIEW (object);

  g_ptr_array_unref (self->sections);
  g_free (self->focused_question);
  g_free (self->spelling_language);
  g_free (self->focused_response);

  G_OBJECT_CLASS (assay_form_view_parent_class)->finalize (object);
}

static void
assay_form_view_class_init (AssayFormViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = assay_form_view_get_property;
  object_class->set_property = assay_form_view_set_property;
  object_class->dispose = assay_form_view_dispose;
  object_class->finalize = assay_form_view_finalize;
  widget_class->map = assay_form_view_map;
  widget_class->root = assay_form_view_root;
  widget_class->unroot = assay_form_view_unroot;
  widget_class->focus = assay_form_view_focus;

  properties[PROP_JUDGEMENT] =
      g_param_spec_object ("judgement", NULL, NULL, ASSAY_TYPE_JUDGEMENT, flags);
  properties[PROP_BY_RESPONSE] = g_param_spec_boolean ("by-response", NULL, NULL, FALSE, flags);
  properties[PROP_FOCUSED_QUESTION] =
      g_param_spec_string ("focused-question", NULL, NULL, NULL,
                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FOCUSED_RESPONSE] =
      g_param_spec_string ("focused-response", NULL, NULL, NULL,
                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CHECK_SPELLING] =
      g_param_spec_boolean ("check-spelling", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SPELLING_LANGUAGE] =
      g_param_spec_string ("spelling-language", NULL, NULL, "",
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[CRITERION_FOCUSED] =
      g_signal_new ("criterion-focused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_install_action (widget_class, "form.clear", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "form.comment", NULL, comment_action);
  gtk_widget_class_install_action (widget_class, "form.menu", NULL, menu_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_BackSpace, GDK_CONTROL_MASK,
                                       "form.clear", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "form.menu",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "form.menu", NULL);

  gtk_widget_class_set_css_name (widget_class, "assay-form");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_FORM);
}

static void
assay_form_view_init (AssayFormView *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 14);
  self->sections = g_ptr_array_new ();
  self->removed = assay_removal_queue_new ();
  self->spelling_language = g_strdup ("");
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  C_ ("form", "Judgement"), -1);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (_assay_form_view_key_pressed_cb),
                            self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (secondary_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect_swapped (press, "pressed", G_CALLBACK (long_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
}

GtkWidget *
assay_form_view_new (void)
{
  return g_object_new (ASSAY_TYPE_FORM_VIEW, NULL);
}

AssayJudgement *
assay_form_view_get_judgement (AssayFormView *self)
{
  g_return_val_if_fail (ASSAY_IS_FORM_VIEW (self), NULL);

  return self->judgement;
}

void
assay_form_view_set_judgement (AssayFormView *self, AssayJudgement *judgement)
{
  g_return_if_fail (ASSAY_IS_FORM_VIEW (self));
  g_return_if_fail (judgement == NULL || ASSAY_IS_JUDGEMENT (judgement));

  if (self->judgement == judgement)
    return;
  clear (self);
  if (self->judgement != NULL)
    g_signal_handlers_disconnect_by_data (self->judgement, self);
  g_set_object (&self->judgement, judgement);
  if (g_set_str (&self->focused_response, NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOCUSED_RESPONSE]);
  if (judgement != NULL)
    {
      build (self);
      g_signal_connect_swapped (judgement, "changed", G_CALLBACK (judgement_changed_cb), self);
      g_signal_connect_swapped (judgement, "notify::final", G_CALLBACK (final_changed_cb), self);
      judgement_changed_cb (self, NULL, NULL);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JUDGEMENT]);
  if (g_set_str (&self->focused_question, NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOCUSED_QUESTION]);
}

gboolean
assay_form_view_get_by_response (AssayFormView *self)
{
  g_return_val_if_fail (ASSAY_IS_FORM_VIEW (self), FALSE);

  return self->by_response;
}

void
assay_form_view_set_by_response (AssayFormView *self, gboolean by_response)
{
  g_return_if_fail (ASSAY_IS_FORM_VIEW (self));

  if (self->by_response == by_response)
    return;
  self->by_response = by_response;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BY_RESPONSE]);
}

const char *
assay_form_view_get_focused_question (AssayFormView *self)
{
  g_return_val_if_fail (ASSAY_IS_FORM_VIEW (self), NULL);

  return self->focused_question;
}

const char *
assay_form_view_get_focused_response (AssayFormView *self)
{
  g_return_val_if_fail (ASSAY_IS_FORM_VIEW (self), NULL);

  return self->focused_response;
}

void
assay_form_view_set_issues (AssayFormView *self, GPtrArray *issues)
{
  g_return_if_fail (ASSAY_IS_FORM_VIEW (self));

  for (guint i = 0; i < self->sections->len; i++)
    assay_form_section_set_issues (g_ptr_array_index (self->sections, i), issues);
}

static gboolean
focus_place (AssayFormView *self, const char *question, const char *response, const char *item)
{
  for (guint i = 0; i < self->sections->len; i++)
    {
      GtkWidget *stop = assay_form_section_find_stop (g_ptr_array_index (self->sections, i),
                                                      question, response, item);

      if (stop != NULL)
        return _assay_form_view_go_to_stop (self, stop, TRUE);
    }
  return FALSE;
}

gboolean
assay_form_view_point_at (AssayFormView *self,
                          const char *question,
                          const char *response,
                          const char *item)
{
  g_return_val_if_fail (ASSAY_IS_FORM_VIEW (self), FALSE);
  g_return_val_if_fail (question != NULL && item != NULL, FALSE);

  for (guint i = 0; i < self->sections->len; i++)
    {
      AssayFormSection *section = g_ptr_array_index (self->sections, i);
      GtkWidget *stop = assay_form_section_find_stop (section, question, response, item);

      if (stop == NULL)
        continue;
      assay_form_section_reveal (section, stop);
      /* A focus that is in the form comes along; one in a text stays there. */
      if (gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL)
        gtk_widget_grab_focus (stop);
      _assay_form_view_set_current (self, stop);
      _assay_form_view_scroll_to (self, stop);
      return TRUE;
    }
  return FALSE;
}

const char *
assay_form_view_get_focused_item (AssayFormView *self,
                                  AssayQuestion **question,
                                  const char **response)
{
  GtkWidget *focus;
  GtkWidget *stop;
  AssayFormSection *section;
  const char *item;

  g_return_val_if_fail (ASSAY_IS_FORM_VIEW (self), NULL);
  g_return_val_if_fail (question != NULL && response != NULL, NULL);

  focus = _assay_form_view_get_focus (self);
  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return NULL;
  stop = _assay_form_view_find_stop_around (self, focus);
  if (stop == NULL)
    return NULL;
  section = _assay_form_view_find_section (self, stop);
  item = assay_form_section_get_item (section, stop);
  if (item != NULL)
    assay_form_section_locate (section, stop, question, response);
  return item;
}

gboolean
assay_form_view_focus_issue (AssayFormView *self, AssayIssue *issue)
{
  g_return_val_if_fail (ASSAY_IS_FORM_VIEW (self), FALSE);
  g_return_val_if_fail (ASSAY_IS_ISSUE (issue), FALSE);

  if (assay_issue_get_question (issue) == NULL)
    return FALSE;
  return focus_place (self, assay_issue_get_question (issue), assay_issue_get_response (issue),
                      assay_issue_get_item (issue));
}

gboolean
assay_form_view_focus_question (AssayFormView *self, const char *question, const char *response)
{
  g_return_val_if_fail (ASSAY_IS_FORM_VIEW (self), FALSE);
  g_return_val_if_fail (question != NULL, FALSE);

  return focus_place (self, question, response, NULL);
}

static gboolean
wants_answer (AssayFormView *self, AssayQuestion *question, const char *response)
{
  JsonNode *answer;

  if (!assay_question_get_required (question))
    return FALSE;
  answer = assay_judgement_get_answer (self->judgement, assay_question_get_id (question), response);
  return !assay_question_is_answered (question, answer);
}

gboolean
assay_form_view_focus_first (AssayFormView *self)
{
  g_autoptr (GPtrArray) stops = NULL;
  AssayQuestion *last_question = NULL;
  const char *last_response = NULL;

  g_return_val_if_fail (ASSAY_IS_FORM_VIEW (self), FALSE);

  stops = _assay_form_view_list_stops (self);
  for (guint i = 0; i < stops->len; i++)
    {
      GtkWidget *stop = g_ptr_array_index (stops, i);
      AssayQuestion *question;
      const char *response;

      assay_form_section_locate (_assay_form_view_find_section (self, stop), stop, &question,
                                 &response);
      /* A question has several stops. */
      if (question == NULL
          || (question == last_question && g_strcmp0 (response, last_response) == 0))
        continue;
      if (wants_answer (self, question, response))
        return _assay_form_view_go_to_stop (self, stop, FALSE);
      last_question = question;
      last_response = response;
    }
  return stops->len > 0 && _assay_form_view_go_to_stop (self, g_ptr_array_index (stops, 0), FALSE);
}

/* A text that is read, not written. */
static gboolean
is_read_only (GtkWidget *widget)
{
  return GTK_IS_TEXT_VIEW (widget) && !gtk_text_view_get_editable (GTK_TEXT_VIEW (widget));
}

gboolean
assay_form_view_handle_key (AssayFormView *self, GdkEvent *event)
{
  GtkWidget *focus, *stop;
  AssayFormKey key;

  g_return_val_if_fail (ASSAY_IS_FORM_VIEW (self), FALSE);
  g_return_val_if_fail (gdk_event_get_event_type (event) == GDK_KEY_PRESS, FALSE);

  focus = _assay_form_view_get_focus (self);
  if ((focus != NULL && _assay_form_view_is_text (focus) && !is_read_only (focus))
      || !assay_form_key_init (&key, gdk_key_event_get_keyval (event),
                               gdk_key_event_get_keycode (event),
                               gdk_event_get_modifier_state (event))
      || !_assay_form_view_is_plain (&key))
    return FALSE;
  stop = self->current;
  if (stop == NULL)
    {
      g_autoptr (GPtrArray) stops = _assay_form_view_list_stops (self);

      if (stops->len == 0)
        return FALSE;
      stop = g_ptr_array_index (stops, 0);
    }
  return _assay_form_view_handle_key (self, stop, &key);
}
