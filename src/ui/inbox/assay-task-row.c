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

struct _AssayTaskRow
{
  GtkWidget parent_instance;

  /* Children: title and state above, particulars and due time below, each pair as one column. There
   * are two hundred rows whatever the list: what is not needed by all is not in all. */
  GtkLabel *title;
  GtkLabel *particulars;
  GtkLabel *state;
  GtkLabel *due; /* (nullable): of the first task with a due time */

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

static void
set_text (GtkLabel *label, const char *text)
{
  if (text == NULL)
    text = "";
  if (strcmp (gtk_label_get_text (label), text) != 0)
    gtk_label_set_text (label, text);
}

static GtkLabel *
add_label (AssayTaskRow *self, float xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return GTK_LABEL (label);
}

static void
show_due (AssayTaskRow *self, const char *due)
{
  if (self->due == NULL && due != NULL)
    {
      self->due = add_label (self, 1);
      gtk_widget_add_css_class (GTK_WIDGET (self->due), "particulars");
    }
  if (self->due != NULL)
    set_text (self->due, due);
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
      gtk_widget_add_css_class (GTK_WIDGET (self), "loading");
      set_text (self->title, NULL);
      set_text (self->particulars, NULL);
      set_text (self->state, NULL);
      show_due (self, NULL);
      gtk_widget_queue_draw (GTK_WIDGET (self));
      return;
    }

  data = assay_task_summary_get_data (self->summary);
  title = assay_visible_line (data->title, TITLE_CHARACTERS);
  particulars = describe_particulars (data);
  due = describe_due (data);
  if (gtk_widget_has_css_class (GTK_WIDGET (self), "loading"))
    gtk_widget_remove_css_class (GTK_WIDGET (self), "loading");
  set_text (self->title, title);
  set_text (self->particulars, particulars);
  set_text (self->state, assay_task_state_get_title (data->state));
  show_due (self, due);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static int
get_text_width (GtkLabel *label, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (label), text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static int
get_least (GtkLabel *label, GtkOrientation orientation)
{
  int minimum;

  gtk_widget_measure (GTK_WIDGET (label), orientation, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

static void
measure_sizes (AssayTaskRow *self, RowSizes *sizes)
{
  sizes->title_width = get_least (self->title, GTK_ORIENTATION_HORIZONTAL);
  sizes->state_width = 0;
  for (AssayTaskState state = 0; state < ASSAY_N_TASK_STATES; state++)
    sizes->state_width =
        MAX (sizes->state_width, get_text_width (self->state, assay_task_state_get_title (state)));
  sizes->upper_height = MAX (get_least (self->title, GTK_ORIENTATION_VERTICAL),
                             get_least (self->state, GTK_ORIENTATION_VERTICAL));
  sizes->upper_height = MAX (sizes->upper_height, ICON_PX);
  sizes->lower_height = get_least (self->particulars, GTK_ORIENTATION_VERTICAL);
}

/* A view of the list measures and places two hundred rows in each frame of a jump, of which it
 * shows fifteen. None of it lays out a text: labels of a single line are as high as their font. */
static const RowSizes *
get_sizes (AssayTaskRow *self)
{
  static RowSizes sizes;
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self->title));
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

  if (self->due != NULL && *gtk_label_get_text (self->due) != '\0')
    gtk_widget_measure (GTK_WIDGET (self->due), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &due, NULL,
                        NULL);
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

static void
place (AssayTaskRow *self, gpointer child, int width, GtkAllocation at)
{
  at.width = MAX (at.width, 0);
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    at.x = width - at.x - at.width;
  gtk_widget_size_allocate (child, &at, -1);
}

static void
assay_task_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  AssayTaskRow *self = ASSAY_TASK_ROW (widget);
  int end = get_end_width (self);
  int start = width - COLUMN_SPACING - end;
  int upper = get_sizes (self)->upper_height;
  int top = upper + ROW_SPACING;

  place (self, self->title, width, (GtkAllocation) { 0, 0, start, upper });
  place (self, self->state, width,
         (GtkAllocation) { width - end + ICON_PX + COLUMN_SPACING, 0,
                           end - ICON_PX - COLUMN_SPACING, upper });
  place (self, self->particulars, width, (GtkAllocation) { 0, top, start, height - top });
  if (self->due != NULL)
    place (self, self->due, width, (GtkAllocation) { width - end, top, end, height - top });
}

/* The sign before the state, in its colour. */
static void
assay_task_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  AssayTaskRow *self = ASSAY_TASK_ROW (widget);
  graphene_point_t place;
  GdkRGBA color;
  int before;

  GTK_WIDGET_CLASS (assay_task_row_parent_class)->snapshot (widget, snapshot);
  if (self->summary == NULL || !assay_task_summary_get_loaded (self->summary))
    return;
  pango_layout_get_pixel_size (gtk_label_get_layout (self->state), &before, NULL);
  before += COLUMN_SPACING + ICON_PX;
  place.x = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL
                ? before - ICON_PX
                : gtk_widget_get_width (widget) - before;
  place.y = (get_sizes (self)->upper_height - ICON_PX) / 2;
  gtk_widget_get_color (GTK_WIDGET (self->state), &color);
  assay_widget_snapshot_icon (widget, snapshot,
                              get_state_icon (assay_task_summary_get_data (self->summary)->state),
                              ICON_PX, &place, &color);
}

static void
assay_task_row_dispose (GObject *object)
{
  AssayTaskRow *self = ASSAY_TASK_ROW (object);
  GtkWidget *child;

  assay_task_row_set_summary (self, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (assay_task_row_parent_class)->dispose (object);
}

static void
assay_task_row_class_init (AssayTaskRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = assay_task_row_dispose;

  widget_class->measure = assay_task_row_measure;
  widget_class->size_allocate = assay_task_row_size_allocate;
  widget_class->snapshot = assay_task_row_snapshot;

  gtk_widget_class_set_css_name (widget_class, "task-row");
}

static void
assay_task_row_init (AssayTaskRow *self)
{
  self->title = add_label (self, 0);
  gtk_label_set_ellipsize (self->title, PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (self->title, MIN_TITLE_CHARS);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "title");

  self->state = add_label (self, 1);
  gtk_widget_add_css_class (GTK_WIDGET (self->state), "state");

  self->particulars = add_label (self, 0);
  gtk_label_set_ellipsize (self->particulars, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->particulars), "particulars");
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
