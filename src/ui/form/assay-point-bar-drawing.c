/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <adwaita.h>
#include <math.h>

#include "assay-point-bar-private.h"
#include "assay-widget.h"

#define POINT_PADDING_PX 4
#define POINT_COMFORTABLE_PX 25
#define POINT_NATURAL_PX 36
#define END_GAP_PX 6
#define MARK_WIDTH_PX 26
#define MARK_ICON_PX 16
#define TRACK_MIN_PX 60
#define TRACK_HEIGHT_PX 6
#define RADIUS_PX 7

gboolean
_assay_point_bar_is_track (AssayPointBar *self)
{
  return assay_points_get_n_values (self->points) > ASSAY_POINT_BAR_MAX_BUTTONS;
}

gboolean
_assay_point_bar_is_mirrored (AssayPointBar *self)
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
  gboolean on_left = at_end == _assay_point_bar_is_mirrored (self);

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

void
_assay_point_bar_ensure_measured (AssayPointBar *self)
{
  g_autofree char *longest = NULL;
  guint n = assay_points_get_n (self->points);
  guint n_values = assay_points_get_n_values (self->points);

  if (self->label_height > 0)
    return;
  if (_assay_point_bar_is_track (self))
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

void
_assay_point_bar_forget_measures (AssayPointBar *self)
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
  if (_assay_point_bar_is_track (self))
    width += self->label_width + 2 * END_GAP_PX;
  return width;
}

/* Where the row of points (or the track) lies, from left to right as drawn. */
void
_assay_point_bar_get_row (AssayPointBar *self, double *x, double *width)
{
  double before, after = 0;

  _assay_point_bar_ensure_measured (self);
  before = self->start != NULL ? self->start_width + END_GAP_PX : 0;
  if (self->end != NULL)
    after += self->end_width + END_GAP_PX;
  if (self->mark != ASSAY_COMMENT_MARK_NONE)
    after += MARK_WIDTH_PX;
  if (_assay_point_bar_is_track (self))
    after += self->label_width + 2 * END_GAP_PX;
  *width = MAX (gtk_widget_get_width (GTK_WIDGET (self)) - before - after, 1);
  *x = _assay_point_bar_is_mirrored (self) ? after : before;
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

void
_assay_point_bar_get_point_box (AssayPointBar *self, guint index, graphene_rect_t *box)
{
  double x, width, left, right;

  _assay_point_bar_get_row (self, &x, &width);
  left = get_point_edge (self, index, width);
  right = get_point_edge (self, index + 1, width);
  graphene_rect_init (box, _assay_point_bar_is_mirrored (self) ? x + width - right : x + left, 0,
                      right - left, gtk_widget_get_height (GTK_WIDGET (self)));
}

int
_assay_point_bar_find_point_at (AssayPointBar *self, double pointer_x)
{
  guint n = assay_points_get_n (self->points);
  double x, width, place;

  _assay_point_bar_get_row (self, &x, &width);
  if (_assay_point_bar_is_track (self))
    {
      n = assay_points_get_n_values (self->points);
      /* A little beyond the ends still means the ends. */
      if (pointer_x < x - END_GAP_PX || pointer_x > x + width + END_GAP_PX)
        return -1;
      place = CLAMP ((pointer_x - x) / width, 0, 1);
      if (_assay_point_bar_is_mirrored (self))
        place = 1 - place;
      return (int) round (place * (n - 1));
    }
  if (pointer_x < x || pointer_x >= x + width)
    return -1;
  place = _assay_point_bar_is_mirrored (self) ? x + width - pointer_x : pointer_x - x;
  for (guint i = 0; i < n; i++)
    {
      if (place < get_point_edge (self, i + 1, width))
        return i;
    }
  return -1;
}

gboolean
_assay_point_bar_is_on_mark (AssayPointBar *self, double pointer_x)
{
  if (self->mark == ASSAY_COMMENT_MARK_NONE)
    return FALSE;
  if (_assay_point_bar_is_mirrored (self))
    return pointer_x < MARK_WIDTH_PX;
  return pointer_x >= gtk_widget_get_width (GTK_WIDGET (self)) - MARK_WIDTH_PX;
}

void
_assay_point_bar_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  AssayPointBar *self = ASSAY_POINT_BAR (widget);

  _assay_point_bar_ensure_measured (self);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = self->label_height + 2 * POINT_PADDING_PX;
      return;
    }
  if (_assay_point_bar_is_track (self))
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

void
_assay_point_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  AssayPointBar *self = ASSAY_POINT_BAR (widget);
  graphene_rect_t box;
  GtkAllocation allocation;
  int minimum;

  if (self->thumb == NULL || !gtk_widget_get_child_visible (self->thumb))
    return;
  _assay_point_bar_get_point_box (self, self->selected, &box);
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

  _assay_point_bar_get_row (self, &x, &width);
  graphene_rect_init (&row, x, 0, width, gtk_widget_get_height (GTK_WIDGET (self)));
  gsk_rounded_rect_init_from_rect (&shape, &row, RADIUS_PX);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  fill (self, snapshot, &row, 0.08f);
  for (int i = 0; i < n; i++)
    {
      g_autofree char *label = NULL;

      if (i == self->selected)
        continue;
      _assay_point_bar_get_point_box (self, i, &box);
      if (i == self->hovered)
        fill (self, snapshot, &box, 0.07f);
      if (i > 0 && i - 1 != self->selected && i != self->hovered && i - 1 != self->hovered)
        {
          double edge =
              _assay_point_bar_is_mirrored (self) ? box.origin.x + box.size.width : box.origin.x;

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

  _assay_point_bar_get_row (self, &x, &width);
  graphene_rect_init (&track, x, round ((height - TRACK_HEIGHT_PX) / 2), width, TRACK_HEIGHT_PX);
  gsk_rounded_rect_init_from_rect (&shape, &track, TRACK_HEIGHT_PX / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  fill (self, snapshot, &track, 0.15f);
  if (shown >= 0 && shown < n)
    {
      double part = round (width * shown / (n - 1));
      GdkRGBA *accent = NULL;

      if (_assay_point_bar_is_mirrored (self))
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

          if (_assay_point_bar_is_mirrored (self))
            place = width - place;
          graphene_rect_init (&knob, round (x + place - 6), round (height / 2 - 6), 12, 12);
          gsk_rounded_rect_init_from_rect (&shape, &knob, 6);
          gtk_snapshot_push_rounded_clip (snapshot, &shape);
          fill (self, snapshot, &knob, 1.0f);
          gtk_snapshot_pop (snapshot);
        }
    }
  graphene_rect_init (&label_box,
                      _assay_point_bar_is_mirrored (self) ? x - END_GAP_PX - self->label_width
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
  gboolean mirrored = _assay_point_bar_is_mirrored (self);

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
  GdkRGBA color;
  const char *name = self->mark == ASSAY_COMMENT_MARK_WRITTEN ? "assay-comment-written-symbolic"
                                                              : "assay-comment-symbolic";
  double x;

  gtk_widget_get_color (widget, &color);
  if (self->mark == ASSAY_COMMENT_MARK_EMPTY)
    color.alpha *= dim (self, 0.45f);
  x = _assay_point_bar_is_mirrored (self)
          ? (MARK_WIDTH_PX - MARK_ICON_PX) / 2 - 3
          : gtk_widget_get_width (widget) - (MARK_WIDTH_PX + MARK_ICON_PX) / 2 + 3;
  assay_widget_snapshot_icon (
      widget, snapshot, name, MARK_ICON_PX,
      &GRAPHENE_POINT_INIT (x, round ((gtk_widget_get_height (widget) - MARK_ICON_PX) / 2.0)),
      &color);
}

void
_assay_point_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  AssayPointBar *self = ASSAY_POINT_BAR (widget);

  _assay_point_bar_ensure_measured (self);
  if (_assay_point_bar_is_track (self))
    draw_track (self, snapshot);
  else
    draw_points (self, snapshot);
  draw_ends (self, snapshot);
  if (self->mark != ASSAY_COMMENT_MARK_NONE)
    draw_mark (self, snapshot);
  if (self->thumb != NULL)
    gtk_widget_snapshot_child (widget, self->thumb, snapshot);
}

int
assay_point_bar_get_comfortable_width (AssayPointBar *self)
{
  g_return_val_if_fail (ASSAY_IS_POINT_BAR (self), 0);

  _assay_point_bar_ensure_measured (self);
  if (_assay_point_bar_is_track (self))
    return 2 * TRACK_MIN_PX + extra_width (self);
  return (int) assay_points_get_n_values (self->points)
             * MAX (POINT_COMFORTABLE_PX, self->label_width + 2 * POINT_PADDING_PX)
         + (int) (assay_points_get_n (self->points) - assay_points_get_n_values (self->points))
               * self->other_width
         + extra_width (self);
}
