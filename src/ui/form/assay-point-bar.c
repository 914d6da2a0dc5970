/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-point-bar-private.h"

static void assay_point_bar_range_init (GtkAccessibleRangeInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AssayPointBar,
                               assay_point_bar,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_ACCESSIBLE_RANGE,
                                                      assay_point_bar_range_init))

enum
{
  CHOSEN,
  COMMENT_CLICKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
choose (AssayPointBar *self, int index, gboolean advance)
{
  if (index >= 0 && index < (int) assay_points_get_n (self->points))
    g_signal_emit (self, signals[CHOSEN], 0, index, advance);
}

/* Without a value a step begins in the middle, and leans to neither side. */
static void
step (AssayPointBar *self, int steps)
{
  int n = assay_points_get_n_values (self->points);
  int index;

  if (self->selected < 0 || self->selected >= n)
    index = steps < 0 ? (n - 1) / 2 : n / 2;
  else
    index = CLAMP (self->selected + steps, 0, n - 1);
  if (index != self->selected)
    choose (self, index, FALSE);
}

static gboolean
type_digit (AssayPointBar *self, int digit)
{
  int index;

  if (!_assay_point_bar_is_track (self))
    {
      index = assay_points_find_digit (self->points, digit);
      choose (self, index, TRUE);
      return index >= 0;
    }

  g_string_append_c (self->typed, '0' + digit);
  index = assay_points_find_label (self->points, self->typed->str);
  if (index < 0)
    {
      g_string_printf (self->typed, "%d", digit);
      index = assay_points_find_label (self->points, self->typed->str);
    }
  choose (self, index, FALSE);
  return TRUE;
}

static void
update_accessible (AssayPointBar *self)
{
  guint n_values = assay_points_get_n_values (self->points);
  g_autofree char *text = NULL;

  if (n_values == 0)
    return;
  if (self->selected >= 0)
    {
      text = assay_points_dup_text (self->points, self->selected);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                      assay_points_get_value (self->points, self->selected), -1);
    }
  else
    {
      /* Translators: the value of a field that has none yet, for screen readers */
      text = g_strdup (C_ ("score", "not set"));
      gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN,
                                  assay_points_get_value (self->points, 0),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX,
                                  assay_points_get_value (self->points, n_values - 1),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
update_thumb (AssayPointBar *self)
{
  if (self->selected >= 0 && !_assay_point_bar_is_track (self))
    {
      g_autofree char *label = assay_points_dup_label (self->points, self->selected);

      if (self->thumb == NULL)
        {
          self->thumb = g_object_new (GTK_TYPE_LABEL, "accessible-role",
                                      GTK_ACCESSIBLE_ROLE_PRESENTATION, "can-target", FALSE,
                                      "css-name", "thumb", "ellipsize", PANGO_ELLIPSIZE_END, NULL);
          gtk_widget_set_parent (self->thumb, GTK_WIDGET (self));
        }
      gtk_label_set_text (GTK_LABEL (self->thumb), label);
      gtk_widget_set_child_visible (self->thumb, TRUE);
    }
  else if (self->thumb != NULL)
    {
      gtk_widget_set_child_visible (self->thumb, FALSE);
    }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
set_hovered (AssayPointBar *self, int index)
{
  if (self->hovered == index)
    return;
  self->hovered = index;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
key_pressed_cb (AssayPointBar *self, guint keyval, guint keycode, GdkModifierType state)
{
  AssayFormKey key;

  return assay_form_key_init (&key, keyval, keycode, state)
         && assay_point_bar_handle_key (self, &key);
}

static void
focus_enter_cb (AssayPointBar *self)
{
  g_string_truncate (self->typed, 0);
}

static void
motion_cb (AssayPointBar *self, double x, double y)
{
  set_hovered (self, _assay_point_bar_find_point_at (self, x));
}

static void
motion_leave_cb (AssayPointBar *self)
{
  set_hovered (self, -1);
}

static void
drag_begin_cb (AssayPointBar *self, double x, double y, GtkGesture *gesture)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (_assay_point_bar_is_track (self))
    {
      self->previewed = _assay_point_bar_find_point_at (self, x);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
}

static void
drag_update_cb (AssayPointBar *self, double dx, double dy, GtkGestureDrag *gesture)
{
  double x, y, row_x, row_width;

  if (self->previewed < 0)
    return;
  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  _assay_point_bar_get_row (self, &row_x, &row_width);
  self->previewed = _assay_point_bar_find_point_at (self, CLAMP (x + dx, row_x, row_x + row_width));
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_end_cb (AssayPointBar *self, double dx, double dy, GtkGestureDrag *gesture)
{
  double x, y;
  int index;

  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  if (self->previewed >= 0)
    {
      index = self->previewed;
      self->previewed = -1;
      choose (self, index, FALSE);
      gtk_widget_queue_draw (GTK_WIDGET (self));
      return;
    }
  if (_assay_point_bar_is_on_mark (self, x))
    {
      if (_assay_point_bar_is_on_mark (self, x + dx))
        g_signal_emit (self, signals[COMMENT_CLICKED], 0);
      return;
    }
  /* As with any button: what counts is that it is released where it was pressed. */
  index = _assay_point_bar_find_point_at (self, x);
  if (index >= 0 && index == _assay_point_bar_find_point_at (self, x + dx) && y + dy >= 0
      && y + dy < gtk_widget_get_height (GTK_WIDGET (self)))
    choose (self, index, FALSE);
}

static void
drag_cancel_cb (AssayPointBar *self)
{
  self->previewed = -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
assay_point_bar_query_tooltip (GtkWidget *widget,
                               int x,
                               int y,
                               gboolean keyboard,
                               GtkTooltip *tooltip)
{
  AssayPointBar *self = ASSAY_POINT_BAR (widget);
  g_autofree char *text = NULL;
  int index = keyboard ? self->selected : _assay_point_bar_find_point_at (self, x);

  if (!keyboard && _assay_point_bar_is_on_mark (self, x))
    {
      gtk_tooltip_set_text (tooltip, self->mark == ASSAY_COMMENT_MARK_WRITTEN ? _ ("Edit Comment")
                                                                              : _ ("Add Comment"));
      return TRUE;
    }
  if (index < 0 || assay_points_get_description (self->points, index) == NULL)
    return FALSE;
  text = assay_points_dup_text (self->points, index);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
assay_point_bar_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  AssayPointBar *self = ASSAY_POINT_BAR (widget);

  GTK_WIDGET_CLASS (assay_point_bar_parent_class)->css_changed (widget, change);
  _assay_point_bar_forget_measures (self);
}

static void
assay_point_bar_direction_changed (GtkWidget *widget, GtkTextDirection direction)
{
  GTK_WIDGET_CLASS (assay_point_bar_parent_class)->direction_changed (widget, direction);
  _assay_point_bar_forget_measures (ASSAY_POINT_BAR (widget));
}

static void
assay_point_bar_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (assay_point_bar_parent_class)->system_setting_changed (widget, setting);
  _assay_point_bar_forget_measures (ASSAY_POINT_BAR (widget));
}

static gboolean
assay_point_bar_set_current_value (GtkAccessibleRange *range, double value)
{
  AssayPointBar *self = ASSAY_POINT_BAR (range);

  choose (self, assay_points_find_value (self->points, value), FALSE);
  return TRUE;
}

static void
assay_point_bar_range_init (GtkAccessibleRangeInterface *interface)
{
  interface->set_current_value = assay_point_bar_set_current_value;
}

static void
assay_point_bar_dispose (GObject *object)
{
  AssayPointBar *self = ASSAY_POINT_BAR (object);

  g_clear_pointer (&self->thumb, gtk_widget_unparent);

  G_OBJECT_CLASS (assay_point_bar_parent_class)->dispose (object);
}

static void
assay_point_bar_finalize (GObject *object)
{
  AssayPointBar *self = ASSAY_POINT_BAR (object);

  g_clear_pointer (&self->points, assay_points_unref);
  g_free (self->start);
  g_free (self->end);
  g_string_free (self->typed, TRUE);

  G_OBJECT_CLASS (assay_point_bar_parent_class)->finalize (object);
}

static void
assay_point_bar_class_init (AssayPointBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = assay_point_bar_dispose;
  object_class->finalize = assay_point_bar_finalize;
  widget_class->measure = _assay_point_bar_measure;
  widget_class->size_allocate = _assay_point_bar_size_allocate;
  widget_class->snapshot = _assay_point_bar_snapshot;
  widget_class->css_changed = assay_point_bar_css_changed;
  widget_class->system_setting_changed = assay_point_bar_system_setting_changed;
  widget_class->direction_changed = assay_point_bar_direction_changed;
  widget_class->query_tooltip = assay_point_bar_query_tooltip;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_BOOLEAN);
  signals[COMMENT_CLICKED] = g_signal_new ("comment-clicked", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "assay-point-bar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
assay_point_bar_init (AssayPointBar *self)
{
  GtkEventController *controller;
  GtkGesture *drag;

  self->points = assay_points_new ();
  self->selected = self->hovered = self->previewed = -1;
  self->typed = g_string_new (NULL);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);

  drag = gtk_gesture_drag_new ();
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (drag_cancel_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));

  controller = gtk_event_controller_motion_new ();
  g_signal_connect_swapped (controller, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (controller, "leave", G_CALLBACK (motion_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);

  controller = gtk_event_controller_key_new ();
  g_signal_connect_swapped (controller, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);

  controller = gtk_event_controller_focus_new ();
  g_signal_connect_swapped (controller, "enter", G_CALLBACK (focus_enter_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

GtkWidget *
assay_point_bar_new (AssayPoints *points)
{
  AssayPointBar *self = g_object_new (ASSAY_TYPE_POINT_BAR, NULL);

  assay_point_bar_set_points (self, points);
  return GTK_WIDGET (self);
}

AssayPoints *
assay_point_bar_get_points (AssayPointBar *self)
{
  g_return_val_if_fail (ASSAY_IS_POINT_BAR (self), NULL);

  return self->points;
}

void
assay_point_bar_set_points (AssayPointBar *self, AssayPoints *points)
{
  g_return_if_fail (ASSAY_IS_POINT_BAR (self));
  g_return_if_fail (points != NULL);

  if (self->points == points)
    return;
  assay_points_ref (points);
  assay_points_unref (self->points);
  self->points = points;
  self->selected = -1;
  update_thumb (self);
  update_accessible (self);
  _assay_point_bar_forget_measures (self);
}

int
assay_point_bar_get_selected (AssayPointBar *self)
{
  g_return_val_if_fail (ASSAY_IS_POINT_BAR (self), -1);

  return self->selected;
}

void
assay_point_bar_set_selected (AssayPointBar *self, int index)
{
  g_return_if_fail (ASSAY_IS_POINT_BAR (self));

  if (index < 0 || index >= (int) assay_points_get_n (self->points))
    index = -1;
  if (self->selected == index)
    return;
  self->selected = index;
  update_thumb (self);
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
assay_point_bar_set_ends (AssayPointBar *self, const char *start, const char *end)
{
  gboolean changed;

  g_return_if_fail (ASSAY_IS_POINT_BAR (self));

  changed = g_set_str (&self->start, start);
  changed |= g_set_str (&self->end, end);
  if (changed)
    _assay_point_bar_forget_measures (self);
}

void
assay_point_bar_set_comment_mark (AssayPointBar *self, AssayCommentMark mark)
{
  g_return_if_fail (ASSAY_IS_POINT_BAR (self));

  if (self->mark == mark)
    return;
  if ((self->mark == ASSAY_COMMENT_MARK_NONE) != (mark == ASSAY_COMMENT_MARK_NONE))
    gtk_widget_queue_resize (GTK_WIDGET (self));
  self->mark = mark;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
assay_point_bar_set_neutral (AssayPointBar *self, gboolean neutral)
{
  g_return_if_fail (ASSAY_IS_POINT_BAR (self));

  self->neutral = neutral;
  if (neutral)
    gtk_widget_add_css_class (GTK_WIDGET (self), "neutral");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "neutral");
}

void
assay_point_bar_set_invalid (AssayPointBar *self, gboolean invalid, GtkWidget *message)
{
  g_return_if_fail (ASSAY_IS_POINT_BAR (self));
  g_return_if_fail (message == NULL || GTK_IS_WIDGET (message));

  if (invalid)
    gtk_widget_add_css_class (GTK_WIDGET (self), "assay-invalid");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "assay-invalid");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_INVALID,
                               invalid ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  if (invalid && message != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE,
                                    message, NULL, -1);
  else
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE);
}

gboolean
assay_point_bar_handle_key (AssayPointBar *self, const AssayFormKey *key)
{
  int steps;

  g_return_val_if_fail (ASSAY_IS_POINT_BAR (self), FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  if ((key->modifiers & GDK_ALT_MASK) != 0 || assay_points_get_n (self->points) == 0)
    return FALSE;
  if (key->digit >= 0)
    return type_digit (self, key->digit);

  steps = (key->modifiers & GDK_SHIFT_MASK) != 0 ? 10 : 1;
  switch (key->symbol)
    {
    case GDK_KEY_Left:
      step (self, _assay_point_bar_is_mirrored (self) ? steps : -steps);
      return TRUE;
    case GDK_KEY_Right:
      step (self, _assay_point_bar_is_mirrored (self) ? -steps : steps);
      return TRUE;
    case GDK_KEY_h:
      step (self, -1);
      return TRUE;
    case GDK_KEY_l:
      step (self, 1);
      return TRUE;
    case GDK_KEY_Home:
      choose (self, 0, FALSE);
      return TRUE;
    case GDK_KEY_End:
      choose (self, assay_points_get_n_values (self->points) - 1, FALSE);
      return TRUE;
    case GDK_KEY_Return:
      if (!_assay_point_bar_is_track (self) || self->selected < 0)
        return FALSE;
      choose (self, self->selected, TRUE);
      return TRUE;
    default:
      return FALSE;
    }
}
