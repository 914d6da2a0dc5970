/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "assay-point-bar.h"

#define POINT_PADDING_PX 4
#define POINT_COMFORTABLE_PX 25
#define POINT_NATURAL_PX 36
#define END_GAP_PX 6
#define MARK_WIDTH_PX 26
#define MARK_ICON_PX 16
#define TRACK_MIN_PX 60
#define TRACK_HEIGHT_PX 6
#define RADIUS_PX 7

struct _AssayPointBar
{
  GtkWidget parent_instance;

  AssayPoints *points;
  char *start;
  char *end;
  GtkWidget *thumb; /* made when a point is first chosen */
  AssayCommentMark mark;
  gboolean neutral;
  int selected;
  int hovered;
  int previewed; /* while a track is dragged */
  GString *typed;

  /* measured with the present font */
  int label_width;
  int other_width; /* of a point that is no value, 0 if there is none */
  int label_height;
  int start_width;
  int end_width;
};

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

static gboolean
is_track (AssayPointBar *self)
{
  return assay_points_get_n_values (self->points) > ASSAY_POINT_BAR_MAX_BUTTONS;
}

static gboolean
is_mirrored (AssayPointBar *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

static void
measure_text (AssayPointBar *self, const char *text, int *width, int *height)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);

  pango_layout_get_pixel_size (layout, width, height);
}

/* What stands at an end; between two sides with an arrow that points at it. (transfer full) */
static char *
describe_end (AssayPointBar *self, gboolean at_end)
{
  const char *text = at_end ? self->end : self->start;
  gboolean on_left = at_end == is_mirrored (self);

  if (self->start == NULL || self->end == NULL)
    return g_strdup (text);
  return on_left ? g_strdup_printf ("%s ◂", text) : g_strdup_printf ("▸ %s", text);
}

/* The widest of some labels, judged by their length: measuring each would cost more than all else.
 * (transfer full) */
static char *
find_longest (AssayPointBar *self, guint first, guint end)
{
  char *longest = g_strdup ("");

  for (guint i = first; i < end; i++)
    {
      g_autofree char *label = assay_points_dup_label (self->points, i);

      if (g_utf8_strlen (label, -1) > g_utf8_strlen (longest, -1))
        {
          g_free (longest);
          longest = g_steal_pointer (&label);
        }
    }
  return longest;
}

static void
ensure_measured (AssayPointBar *self)
{
  g_autofree char *longest = NULL;
  guint n = assay_points_get_n (self->points);
  guint n_values = assay_points_get_n_values (self->points);

  if (self->label_height > 0)
    return;
  if (is_track (self))
    {
      g_autofree char *first = assay_points_dup_label (self->points, 0);
      g_autofree char *last = assay_points_dup_label (self->points, n_values - 1);

      longest = g_strdup (strlen (first) > strlen (last) ? first : last);
    }
  else
    {
      longest = find_longest (self, 0, n_values);
    }
  measure_text (self, longest, &self->label_width, &self->label_height);

  self->other_width = self->start_width = self->end_width = 0;
  if (n > n_values)
    {
      g_autofree char *other = find_longest (self, n_values, n);

      measure_text (self, other, &self->other_width, NULL);
      self->other_width += 3 * POINT_PADDING_PX;
    }
  if (self->start != NULL)
    {
      g_autofree char *text = describe_end (self, FALSE);

      measure_text (self, text, &self->start_width, NULL);
    }
  if (self->end != NULL)
    {
      g_autofree char *text = describe_end (self, TRUE);

      measure_text (self, text, &self->end_width, NULL);
    }
}

static void
forget_measures (AssayPointBar *self)
{
  self->label_height = 0;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static int
extra_width (AssayPointBar *self)
{
  int width = 0;

  if (self->start != NULL)
    width += self->start_width + END_GAP_PX;
  if (self->end != NULL)
    width += self->end_width + END_GAP_PX;
  if (self->mark != ASSAY_COMMENT_MARK_NONE)
    width += MARK_WIDTH_PX;
  if (is_track (self))
    width += self->label_width + 2 * END_GAP_PX;
  return width;
}

/* Where the row of points (or the track) lies, from left to right as drawn. */
static void
get_row (AssayPointBar *self, double *x, double *width)
{
  double before, after = 0;

  ensure_measured (self);
  before = self->start != NULL ? self->start_width + END_GAP_PX : 0;
  if (self->end != NULL)
    after += self->end_width + END_GAP_PX;
  if (self->mark != ASSAY_COMMENT_MARK_NONE)
    after += MARK_WIDTH_PX;
  if (is_track (self))
    after += self->label_width + 2 * END_GAP_PX;
  *width = MAX (gtk_widget_get_width (GTK_WIDGET (self)) - before - after, 1);
  *x = is_mirrored (self) ? after : before;
}

/* The points that are values share what the others leave. */
static double
get_values_width (AssayPointBar *self, double width)
{
  guint n = assay_points_get_n (self->points);
  guint n_values = assay_points_get_n_values (self->points);

  return MAX (width - (double) (n - n_values) * self->other_width, 1);
}

static double
get_point_edge (AssayPointBar *self, guint index, double width)
{
  guint n_values = assay_points_get_n_values (self->points);
  double values_width = get_values_width (self, width);

  if (index <= n_values)
    return round (values_width * index / MAX (n_values, 1));
  return round (values_width) + (double) (index - n_values) * self->other_width;
}

static void
get_point_box (AssayPointBar *self, guint index, graphene_rect_t *box)
{
  double x, width, left, right;

  get_row (self, &x, &width);
  left = get_point_edge (self, index, width);
  right = get_point_edge (self, index + 1, width);
  graphene_rect_init (box, is_mirrored (self) ? x + width - right : x + left, 0, right - left,
                      gtk_widget_get_height (GTK_WIDGET (self)));
}

static int
find_point_at (AssayPointBar *self, double pointer_x)
{
  guint n = assay_points_get_n (self->points);
  double x, width, place;

  get_row (self, &x, &width);
  if (is_track (self))
    {
      n = assay_points_get_n_values (self->points);
      /* A little beyond the ends still means the ends. */
      if (pointer_x < x - END_GAP_PX || pointer_x > x + width + END_GAP_PX)
        return -1;
      place = CLAMP ((pointer_x - x) / width, 0, 1);
      if (is_mirrored (self))
        place = 1 - place;
      return (int) round (place * (n - 1));
    }
  if (pointer_x < x || pointer_x >= x + width)
    return -1;
  place = is_mirrored (self) ? x + width - pointer_x : pointer_x - x;
  for (guint i = 0; i < n; i++)
    {
      if (place < get_point_edge (self, i + 1, width))
        return i;
    }
  return -1;
}

static gboolean
is_on_mark (AssayPointBar *self, double pointer_x)
{
  if (self->mark == ASSAY_COMMENT_MARK_NONE)
    return FALSE;
  if (is_mirrored (self))
    return pointer_x < MARK_WIDTH_PX;
  return pointer_x >= gtk_widget_get_width (GTK_WIDGET (self)) - MARK_WIDTH_PX;
}

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

  if (!is_track (self))
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
  if (self->selected >= 0 && !is_track (self))
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
  set_hovered (self, find_point_at (self, x));
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
  if (is_track (self))
    {
      self->previewed = find_point_at (self, x);
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
  get_row (self, &row_x, &row_width);
  self->previewed = find_point_at (self, CLAMP (x + dx, row_x, row_x + row_width));
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
  if (is_on_mark (self, x))
    {
      if (is_on_mark (self, x + dx))
        g_signal_emit (self, signals[COMMENT_CLICKED], 0);
      return;
    }
  /* As with any button: what counts is that it is released where it was pressed. */
  index = find_point_at (self, x);
  if (index >= 0 && index == find_point_at (self, x + dx) && y + dy >= 0
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
  int index = keyboard ? self->selected : find_point_at (self, x);

  if (!keyboard && is_on_mark (self, x))
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
assay_point_bar_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  AssayPointBar *self = ASSAY_POINT_BAR (widget);

  ensure_measured (self);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = self->label_height + 2 * POINT_PADDING_PX;
      return;
    }
  if (is_track (self))
    {
      *minimum = TRACK_MIN_PX + extra_width (self);
      *natural = 3 * TRACK_MIN_PX + extra_width (self);
    }
  else
    {
      int n = assay_points_get_n (self->points);

      *minimum = n * (self->label_width + POINT_PADDING_PX) + extra_width (self);
      *natural =
          n * MAX (POINT_NATURAL_PX, self->label_width + 4 * POINT_PADDING_PX) + extra_width (self);
    }
  if (self->thumb != NULL)
    gtk_widget_measure (self->thumb, orientation, -1, NULL, NULL, NULL, NULL);
}

static void
assay_point_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  AssayPointBar *self = ASSAY_POINT_BAR (widget);
  graphene_rect_t box;
  GtkAllocation allocation;
  int minimum;

  if (self->thumb == NULL || !gtk_widget_get_child_visible (self->thumb))
    return;
  get_point_box (self, self->selected, &box);
  gtk_widget_measure (self->thumb, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  allocation.width = MAX ((int) box.size.width, minimum);
  allocation.x = box.origin.x - (allocation.width - (int) box.size.width) / 2;
  allocation.y = 0;
  gtk_widget_measure (self->thumb, GTK_ORIENTATION_VERTICAL, allocation.width, &minimum, NULL, NULL,
                      NULL);
  allocation.height = MAX (height, minimum);
  gtk_widget_size_allocate (self->thumb, &allocation, -1);
}

static gboolean
is_high_contrast (AssayPointBar *self)
{
  return adw_style_manager_get_high_contrast (
      adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self))));
}

/* How strongly what is less important is drawn. */
static float
dim (AssayPointBar *self, float alpha)
{
  return is_high_contrast (self) ? 1.0f : alpha;
}

static void
draw_text (AssayPointBar *self,
           GtkSnapshot *snapshot,
           const char *text,
           const graphene_rect_t *box,
           float alpha)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  GdkRGBA color;
  int width, height;

  gtk_widget_get_color (GTK_WIDGET (self), &color);
  color.alpha *= alpha;
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT (box->origin.x + round ((box->size.width - width) / 2),
                                      box->origin.y + round ((box->size.height - height) / 2)));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
fill (AssayPointBar *self, GtkSnapshot *snapshot, const graphene_rect_t *box, float alpha)
{
  GdkRGBA color;

  gtk_widget_get_color (GTK_WIDGET (self), &color);
  color.alpha *= alpha;
  gtk_snapshot_append_color (snapshot, &color, box);
}

static void
outline (AssayPointBar *self, GtkSnapshot *snapshot, const GskRoundedRect *shape)
{
  GdkRGBA color;

  if (!is_high_contrast (self))
    return;
  gtk_widget_get_color (GTK_WIDGET (self), &color);
  color.alpha *= 0.5f;
  gtk_snapshot_append_border (snapshot, shape, (float[4]) { 1, 1, 1, 1 },
                              (GdkRGBA[4]) { color, color, color, color });
}

static void
draw_points (AssayPointBar *self, GtkSnapshot *snapshot)
{
  int n = assay_points_get_n (self->points);
  GskRoundedRect shape;
  graphene_rect_t row, box;
  double x, width;

  get_row (self, &x, &width);
  graphene_rect_init (&row, x, 0, width, gtk_widget_get_height (GTK_WIDGET (self)));
  gsk_rounded_rect_init_from_rect (&shape, &row, RADIUS_PX);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  fill (self, snapshot, &row, 0.08f);
  for (int i = 0; i < n; i++)
    {
      g_autofree char *label = NULL;

      if (i == self->selected)
        continue;
      get_point_box (self, i, &box);
      if (i == self->hovered)
        fill (self, snapshot, &box, 0.07f);
      if (i > 0 && i - 1 != self->selected && i != self->hovered && i - 1 != self->hovered)
        {
          double edge = is_mirrored (self) ? box.origin.x + box.size.width : box.origin.x;

          fill (self, snapshot,
                &GRAPHENE_RECT_INIT (edge, round (row.size.height * 0.28), 1,
                                     round (row.size.height * 0.44)),
                0.14f);
        }
      label = assay_points_dup_label (self->points, i);
      draw_text (self, snapshot, label, &box, self->selected >= 0 ? dim (self, 0.7f) : 1.0f);
    }
  gtk_snapshot_pop (snapshot);
  outline (self, snapshot, &shape);
}

static void
draw_track (AssayPointBar *self, GtkSnapshot *snapshot)
{
  int n = assay_points_get_n_values (self->points);
  int shown = self->previewed >= 0 ? self->previewed : self->selected;
  double x, width, height = gtk_widget_get_height (GTK_WIDGET (self));
  GskRoundedRect shape;
  graphene_rect_t track, label_box;
  g_autofree char *label = NULL;

  get_row (self, &x, &width);
  graphene_rect_init (&track, x, round ((height - TRACK_HEIGHT_PX) / 2), width, TRACK_HEIGHT_PX);
  gsk_rounded_rect_init_from_rect (&shape, &track, TRACK_HEIGHT_PX / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  fill (self, snapshot, &track, 0.15f);
  if (shown >= 0 && shown < n)
    {
      double part = round (width * shown / (n - 1));
      GdkRGBA *accent = NULL;

      if (is_mirrored (self))
        track.origin.x += width - part;
      track.size.width = part;
      if (!self->neutral)
        accent = adw_style_manager_get_accent_color_rgba (
            adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self))));
      if (accent != NULL)
        gtk_snapshot_append_color (snapshot, accent, &track);
      else
        fill (self, snapshot, &track, 0.5f);
      if (accent != NULL)
        gdk_rgba_free (accent);
    }
  gtk_snapshot_pop (snapshot);
  outline (self, snapshot, &shape);

  if (shown >= 0)
    {
      label = assay_points_dup_label (self->points, shown);
      if (shown < n)
        {
          double place = width * shown / (n - 1);
          graphene_rect_t knob;

          if (is_mirrored (self))
            place = width - place;
          graphene_rect_init (&knob, round (x + place - 6), round (height / 2 - 6), 12, 12);
          gsk_rounded_rect_init_from_rect (&shape, &knob, 6);
          gtk_snapshot_push_rounded_clip (snapshot, &shape);
          fill (self, snapshot, &knob, 1.0f);
          gtk_snapshot_pop (snapshot);
        }
    }
  graphene_rect_init (&label_box,
                      is_mirrored (self) ? x - END_GAP_PX - self->label_width
                                         : x + width + END_GAP_PX + 4,
                      0, self->label_width, height);
  draw_text (self, snapshot, label != NULL ? label : "–", &label_box,
             self->selected >= 0 ? 1.0f : dim (self, 0.55f));
}

static void
draw_ends (AssayPointBar *self, GtkSnapshot *snapshot)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  double mark = self->mark != ASSAY_COMMENT_MARK_NONE ? MARK_WIDTH_PX : 0;
  gboolean mirrored = is_mirrored (self);

  if (self->start != NULL)
    {
      g_autofree char *text = describe_end (self, FALSE);

      draw_text (self, snapshot, text,
                 &GRAPHENE_RECT_INIT (mirrored ? width - self->start_width : 0, 0,
                                      self->start_width, height),
                 1.0f);
    }
  if (self->end != NULL)
    {
      g_autofree char *text = describe_end (self, TRUE);

      draw_text (self, snapshot, text,
                 &GRAPHENE_RECT_INIT (mirrored ? mark : width - mark - self->end_width, 0,
                                      self->end_width, height),
                 1.0f);
    }
}

static void
draw_mark (AssayPointBar *self, GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  g_autoptr (GtkIconPaintable) icon = NULL;
  GdkRGBA colors[4];
  const char *name = self->mark == ASSAY_COMMENT_MARK_WRITTEN ? "assay-comment-written-symbolic"
                                                              : "assay-comment-symbolic";
  double x;

  icon = gtk_icon_theme_lookup_icon (theme, name, NULL, MARK_ICON_PX,
                                     gtk_widget_get_scale_factor (widget),
                                     gtk_widget_get_direction (widget), 0);
  for (int i = 0; i < 4; i++)
    {
      gtk_widget_get_color (widget, &colors[i]);
      if (self->mark == ASSAY_COMMENT_MARK_EMPTY)
        colors[i].alpha *= dim (self, 0.45f);
    }
  x = is_mirrored (self) ? (MARK_WIDTH_PX - MARK_ICON_PX) / 2 - 3
                         : gtk_widget_get_width (widget) - (MARK_WIDTH_PX + MARK_ICON_PX) / 2 + 3;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot,
      &GRAPHENE_POINT_INIT (x, round ((gtk_widget_get_height (widget) - MARK_ICON_PX) / 2.0)));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, MARK_ICON_PX,
                                            MARK_ICON_PX, colors, 4);
  gtk_snapshot_restore (snapshot);
}

static void
assay_point_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  AssayPointBar *self = ASSAY_POINT_BAR (widget);

  ensure_measured (self);
  if (is_track (self))
    draw_track (self, snapshot);
  else
    draw_points (self, snapshot);
  draw_ends (self, snapshot);
  if (self->mark != ASSAY_COMMENT_MARK_NONE)
    draw_mark (self, snapshot);
  if (self->thumb != NULL)
    gtk_widget_snapshot_child (widget, self->thumb, snapshot);
}

static void
assay_point_bar_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  AssayPointBar *self = ASSAY_POINT_BAR (widget);

  GTK_WIDGET_CLASS (assay_point_bar_parent_class)->css_changed (widget, change);
  forget_measures (self);
}

static void
assay_point_bar_direction_changed (GtkWidget *widget, GtkTextDirection direction)
{
  GTK_WIDGET_CLASS (assay_point_bar_parent_class)->direction_changed (widget, direction);
  forget_measures (ASSAY_POINT_BAR (widget));
}

static void
assay_point_bar_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (assay_point_bar_parent_class)->system_setting_changed (widget, setting);
  forget_measures (ASSAY_POINT_BAR (widget));
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
  widget_class->measure = assay_point_bar_measure;
  widget_class->size_allocate = assay_point_bar_size_allocate;
  widget_class->snapshot = assay_point_bar_snapshot;
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
  forget_measures (self);
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
    forget_measures (self);
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

int
assay_point_bar_get_comfortable_width (AssayPointBar *self)
{
  g_return_val_if_fail (ASSAY_IS_POINT_BAR (self), 0);

  ensure_measured (self);
  if (is_track (self))
    return 2 * TRACK_MIN_PX + extra_width (self);
  return (int) assay_points_get_n_values (self->points)
             * MAX (POINT_COMFORTABLE_PX, self->label_width + 2 * POINT_PADDING_PX)
         + (int) (assay_points_get_n (self->points) - assay_points_get_n_values (self->points))
               * self->other_width
         + extra_width (self);
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
      step (self, is_mirrored (self) ? steps : -steps);
      return TRUE;
    case GDK_KEY_Right:
      step (self, is_mirrored (self) ? -steps : steps);
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
      if (!is_track (self) || self->selected < 0)
        return FALSE;
      choose (self, self->selected, TRUE);
      return TRUE;
    default:
      return FALSE;
    }
}
