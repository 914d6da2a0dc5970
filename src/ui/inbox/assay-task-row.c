/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-task-row.h"

#include "assay-format.h"
#include "assay-preset.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

/* What of a title is worth the work; the row ellipsises it anyway. */
#define TITLE_CHARACTERS 200
#define PROJECT_CHARACTERS 60
#define MIN_TITLE_CHARS 12
#define COLUMN_SPACING 6
#define ROW_SPACING 3
#define ICON_PX 16
#define LOADING_HEIGHT 14
#define LOADING_RADIUS 6
#define LOADING_ALPHA 0.1

/* A layout takes its font from a style, which is looked up twice for a row that is not in the
 * window yet: it is made when it is needed. */
typedef struct
{
  char *string;        /* (owned) (nullable) */
  PangoLayout *layout; /* (owned) (nullable) */
} Text;

struct _AssayTaskRow
{
  GtkWidget parent_instance;

  /* Title and state above, particulars and due time below, each pair as one column. There are two
   * hundred rows whatever the list, and GTK looks up the style of each widget in them by itself:
   * there is none for the texts. The title looks like what the row is in, the others like the row.
   */
  Text title;
  Text state;
  Text particulars;
  Text due; /* NULL for most */

  AssayTaskSummary *summary; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (AssayTaskRow, assay_task_row, GTK_TYPE_WIDGET)

/* What is the same for all rows of a font. */
typedef struct
{
  PangoFontDescription *font; /* (owned) (nullable) that it was measured with */
  double resolution;
  int title_width;
  int state_width; /* of the longest */
  int upper_height;
  int lower_height;
} RowSizes;

static const char *
get_state_icon (AssayTaskState state)
{
  switch (state)
    {
    case ASSAY_TASK_STARTED:
      return "assay-started-symbolic";
    case ASSAY_TASK_QUEUED:
      return "assay-to-send-symbolic";
    case ASSAY_TASK_SENT:
      return "assay-sent-symbolic";
    case ASSAY_TASK_RETURNED:
      return "assay-returned-symbolic";
    case ASSAY_TASK_REFUSED:
    case ASSAY_TASK_WITHDRAWN:
      return "assay-refused-symbolic";
    case ASSAY_TASK_READY:
    default:
      return "assay-ready-symbolic";
    }
}

static void
append (GString *string, char *part)
{
  g_autofree char *owned = part;

  if (owned == NULL || *owned == '\0')
    return;
  if (string->len > 0)
    /* Translators: stands between particulars of a task, as in "Compare two · English · about 10
     * min". */
    g_string_append (string, C_ ("between particulars", " · "));
  g_string_append (string, owned);
}

/* "Compare two · Helpfulness B · English · about 10 min · USD 4.50" */
static char *
describe_particulars (const AssayTaskSummaryData *data)
{
  GString *string = g_string_new (NULL);

  if (data->kind != NULL)
    append (string, g_strdup (assay_kind_get_title (data->kind)));
  if (data->project_title != NULL)
    append (string, assay_visible_line (data->project_title, PROJECT_CHARACTERS));
  if (data->language != NULL && *data->language != '\0')
    append (string, assay_format_language (data->language));
  if (data->est_minutes > 0)
    append (string, assay_format_minutes (data->est_minutes));
  if (data->pay_minor > 0 && data->currency != NULL)
    append (string, assay_format_money (data->pay_minor, data->currency));
  return g_string_free (string, FALSE);
}

static char *
describe_due (const AssayTaskSummaryData *data)
{
  if (data->state != ASSAY_TASK_READY && data->state != ASSAY_TASK_STARTED
      && data->state != ASSAY_TASK_RETURNED)
    return NULL;
  return assay_format_due (data->deadline_ms, g_get_real_time () / 1000);
}

/* Whether it is another than before. */
static gboolean
set_text (Text *text, const char *string)
{
  if (!g_set_str (&text->string, string))
    return FALSE;
  if (text->layout != NULL)
    pango_layout_set_text (text->layout, string != NULL ? string : "", -1);
  return TRUE;
}

static PangoLayout *
get_layout (Text *text, GtkWidget *looks)
{
  if (text->layout == NULL)
    {
      text->layout = gtk_widget_create_pango_layout (looks, text->string);
      pango_layout_set_single_paragraph_mode (text->layout, TRUE);
      pango_layout_set_ellipsize (text->layout, PANGO_ELLIPSIZE_END);
    }
  return text->layout;
}

static void
clear_text (Text *text)
{
  g_clear_pointer (&text->string, g_free);
  g_clear_object (&text->layout);
}

static void
show_due (AssayTaskRow *self, const char *due)
{
  if (set_text (&self->due, due))
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
update (AssayTaskRow *self)
{
  const AssayTaskSummaryData *data;
  g_autofree char *title = NULL;
  g_autofree char *particulars = NULL;
  g_autofree char *due = NULL;

  if (self->summary == NULL)
    return;
  if (!assay_task_summary_get_loaded (self->summary))
    {
      set_text (&self->title, NULL);
      set_text (&self->particulars, NULL);
      set_text (&self->state, NULL);
      show_due (self, NULL);
      gtk_widget_queue_draw (GTK_WIDGET (self));
      return;
    }

  data = assay_task_summary_get_data (self->summary);
  title = assay_visible_line (data->title, TITLE_CHARACTERS);
  particulars = describe_particulars (data);
  due = describe_due (data);
  set_text (&self->title, title);
  set_text (&self->particulars, particulars);
  set_text (&self->state, assay_task_state_get_title (data->state));
  show_due (self, due);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static int
get_text_width (AssayTaskRow *self, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static int
get_line_height (PangoFontMetrics *metrics)
{
  return PANGO_PIXELS_CEIL (pango_font_metrics_get_ascent (metrics)
                            + pango_font_metrics_get_descent (metrics));
}

/* Whose font and colour the title has. */
static GtkWidget *
get_title_looks (AssayTaskRow *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  return parent != NULL ? parent : GTK_WIDGET (self);
}

static PangoFontMetrics *
get_metrics (GtkWidget *widget)
{
  return pango_context_get_metrics (gtk_widget_get_pango_context (widget), NULL, NULL);
}

static void
measure_sizes (AssayTaskRow *self, RowSizes *sizes)
{
  PangoFontMetrics *upper = get_metrics (get_title_looks (self));
  PangoFontMetrics *lower = get_metrics (GTK_WIDGET (self));

  sizes->title_width =
      PANGO_PIXELS_CEIL (MIN_TITLE_CHARS * pango_font_metrics_get_approximate_char_width (upper));
  sizes->state_width = 0;
  for (AssayTaskState state = 0; state < ASSAY_N_TASK_STATES; state++)
    sizes->state_width =
        MAX (sizes->state_width, get_text_width (self, assay_task_state_get_title (state)));
  sizes->lower_height = get_line_height (lower);
  sizes->upper_height = MAX (MAX (get_line_height (upper), sizes->lower_height), ICON_PX);
  pango_font_metrics_unref (upper);
  pango_font_metrics_unref (lower);
}

/* A view of the list measures and places two hundred rows in each frame of a jump, of which it
 * shows fifteen. None of it lays out a text: labels of a single line are as high as their font. */
static const RowSizes *
get_sizes (AssayTaskRow *self)
{
  static RowSizes sizes;
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double resolution = pango_cairo_context_get_resolution (context);

  if (sizes.font == NULL || sizes.resolution != resolution
      || !pango_font_description_equal (sizes.font, font))
    {
      g_clear_pointer (&sizes.font, pango_font_description_free);
      sizes.font = pango_font_description_copy (font);
      sizes.resolution = resolution;
      measure_sizes (self, &sizes);
    }
  return &sizes;
}

/* Of the column of state and due time, which is never cut. */
static int
get_end_width (AssayTaskRow *self)
{
  int width = ICON_PX + COLUMN_SPACING + get_sizes (self)->state_width;
  int due = 0;

  if (self->due.string != NULL)
    pango_layout_get_pixel_size (get_layout (&self->due, GTK_WIDGET (self)), &due, NULL);
  return MAX (width, due);
}

static void
assay_task_row_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  AssayTaskRow *self = ASSAY_TASK_ROW (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = *natural = get_sizes (self)->title_width + COLUMN_SPACING + get_end_width (self);
    }
  else
    {
      const RowSizes *sizes = get_sizes (self);

      *minimum = *natural = sizes->upper_height + ROW_SPACING + sizes->lower_height;
    }
}

static int
get_start_width (AssayTaskRow *self)
{
  return MAX (gtk_widget_get_width (GTK_WIDGET (self)) - COLUMN_SPACING - get_end_width (self), 0);
}

static gboolean
is_mirrored (AssayTaskRow *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

/* Draws it in the middle of its line, and returns how wide it is. */
static int
snapshot_text (AssayTaskRow *self,
               GtkSnapshot *snapshot,
               Text *text,
               GtkWidget *looks,
               gboolean at_end,
               int top,
               int height)
{
  PangoLayout *layout = get_layout (text, looks);
  PangoRectangle extents;
  GdkRGBA color;
  int x = 0;

  pango_layout_set_width (layout, at_end ? -1 : get_start_width (self) * PANGO_SCALE);
  pango_layout_get_pixel_extents (layout, NULL, &extents);
  if (at_end != is_mirrored (self))
    x = gtk_widget_get_width (GTK_WIDGET (self)) - extents.width;
  gtk_widget_get_color (looks, &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x - extents.x,
                                                          top + (height - extents.height) / 2));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
  return extents.width;
}

/* A bar where the title will stand. A style class for it would have all two hundred rows styled
 * anew twice in each jump. */
static void
snapshot_loading (AssayTaskRow *self, GtkSnapshot *snapshot)
{
  int width = get_start_width (self);
  int x = is_mirrored (self) ? gtk_widget_get_width (GTK_WIDGET (self)) - width : 0;
  graphene_rect_t bounds =
      GRAPHENE_RECT_INIT (x, (get_sizes (self)->upper_height - LOADING_HEIGHT) / 2, width,
                          LOADING_HEIGHT);
  GskRoundedRect bar;
  GdkRGBA color;

  gsk_rounded_rect_init_from_rect (&bar, &bounds, LOADING_RADIUS);
  gtk_widget_get_color (get_title_looks (self), &color);
  color.alpha *= LOADING_ALPHA;
  gtk_snapshot_push_rounded_clip (snapshot, &bar);
  gtk_snapshot_append_color (snapshot, &color, &bounds);
  gtk_snapshot_pop (snapshot);
}

/* The sign before the state, in its colour. */
static void
snapshot_sign (AssayTaskRow *self, GtkSnapshot *snapshot, int state_width)
{
  int before = state_width + COLUMN_SPACING + ICON_PX;
  graphene_point_t place;
  GdkRGBA color;

  place.x =
      is_mirrored (self) ? before - ICON_PX : gtk_widget_get_width (GTK_WIDGET (self)) - before;
  place.y = (get_sizes (self)->upper_height - ICON_PX) / 2;
  gtk_widget_get_color (GTK_WIDGET (self), &color);
  assay_widget_snapshot_icon (GTK_WIDGET (self), snapshot,
                              get_state_icon (assay_task_summary_get_data (self->summary)->state),
                              ICON_PX, &place, &color);
}

static void
assay_task_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  AssayTaskRow *self = ASSAY_TASK_ROW (widget);
  const RowSizes *sizes = get_sizes (self);
  int top = sizes->upper_height + ROW_SPACING;
  int state_width;

  if (self->summary == NULL)
    return;
  if (!assay_task_summary_get_loaded (self->summary))
    {
      snapshot_loading (self, snapshot);
      return;
    }
  snapshot_text (self, snapshot, &self->title, get_title_looks (self), FALSE, 0,
                 sizes->upper_height);
  state_width = snapshot_text (self, snapshot, &self->state, widget, TRUE, 0, sizes->upper_height);
  snapshot_sign (self, snapshot, state_width);
  snapshot_text (self, snapshot, &self->particulars, widget, FALSE, top, sizes->lower_height);
  if (self->due.string != NULL)
    snapshot_text (self, snapshot, &self->due, widget, TRUE, top, sizes->lower_height);
}

static void
assay_task_row_dispose (GObject *object)
{
  AssayTaskRow *self = ASSAY_TASK_ROW (object);

  assay_task_row_set_summary (self, NULL);
  clear_text (&self->title);
  clear_text (&self->state);
  clear_text (&self->particulars);
  clear_text (&self->due);

  G_OBJECT_CLASS (assay_task_row_parent_class)->dispose (object);
}

static void
assay_task_row_class_init (AssayTaskRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = assay_task_row_dispose;

  widget_class->measure = assay_task_row_measure;
  widget_class->snapshot = assay_task_row_snapshot;

  gtk_widget_class_set_css_name (widget_class, "task-row");
}

static void
assay_task_row_init (AssayTaskRow *self)
{
}

GtkWidget *
assay_task_row_new (void)
{
  return g_object_new (ASSAY_TYPE_TASK_ROW, NULL);
}

void
assay_task_row_set_summary (AssayTaskRow *self, AssayTaskSummary *summary)
{
  g_return_if_fail (ASSAY_IS_TASK_ROW (self));

  if (self->summary == summary)
    return;
  if (self->summary != NULL)
    g_signal_handlers_disconnect_by_data (self->summary, self);
  g_set_object (&self->summary, summary);
  if (summary == NULL)
    return;
  g_signal_connect_swapped (summary, "notify::loaded", G_CALLBACK (update), self);
  update (self);
}

AssayTaskSummary *
assay_task_row_get_summary (AssayTaskRow *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK_ROW (self), NULL);

  return self->summary;
}

const char *
assay_task_row_get_title (AssayTaskRow *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK_ROW (self), NULL);

  return self->title.string;
}

char *
assay_task_row_describe (AssayTaskSummary *summary)
{
  const AssayTaskSummaryData *data;
  g_autofree char *title = NULL;
  g_autofree char *particulars = NULL;
  g_autofree char *due = NULL;

  g_return_val_if_fail (ASSAY_IS_TASK_SUMMARY (summary), NULL);

  if (!assay_task_summary_get_loaded (summary))
    return g_strdup (_ ("Loading…"));
  data = assay_task_summary_get_data (summary);
  title = assay_visible_line (data->title, TITLE_CHARACTERS);
  particulars = describe_particulars (data);
  due = describe_due (data);
  if (due != NULL)
    /* Translators: a task as it is read out: title, particulars, due time, state. */
    return g_strdup_printf (_ ("%1$s, %2$s, %3$s, %4$s"), title, particulars, due,
                            assay_task_state_get_title (data->state));
  /* Translators: a task as it is read out: title, particulars, state. */
  return g_strdup_printf (_ ("%1$s, %2$s, %3$s"), title, particulars,
                          assay_task_state_get_title (data->state));
}
