/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-document-view-private.h"

#include <adwaita.h>
#include <libdex.h>
#include <string.h>

#include "assay-document-render.h"

/* Longer lines are tiring to read; in sp, at text scale 1. */
#define LINE_WIDTH 760
/* With `fit-content`, a larger document still scrolls by itself, so that only what is seen of it is
 * laid out. */
#define FIT_BYTES (32 * 1024)
#define FIT_HEIGHT 640
#define END_TOLERANCE 8.0
/* Above the text and below it; a text that is no taller than it must be stands close to its
 * heading. */
#define MARGIN 10
/* The height at which a place that is shown comes to stand. */
#define PLACE_HEIGHT 0.05
#define FIT_MARGIN_TOP 0

G_DEFINE_FINAL_TYPE (AssayDocumentView, assay_document_view, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_DOCUMENT = 1,
  PROP_SHOW_SOURCE,
  PROP_TEXT_SCALE,
  PROP_FIT_CONTENT,
  PROP_READ_TO_END,
  PROP_N_WORDS,
  PROP_NOTICE,
} AssayDocumentViewProperty;

enum
{
  BEGUN,
  SEARCHED,
  N_SIGNALS
};

static GParamSpec *properties[PROP_NOTICE + 1];
static guint signals[N_SIGNALS];

static gboolean
end_cb (gpointer user_data)
{
  AssayDocumentView *self = user_data;

  self->end_source = 0;
  self->read_to_end = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READ_TO_END]);
  return G_SOURCE_REMOVE;
}

/* Whether the last line was laid out, and stands in what is painted. Until then the adjustment
 * tells of lines that have no height yet, or of a text that was empty. */
static gboolean
shows_end (AssayDocumentView *self)
{
  GtkAdjustment *adjustment = assay_document_view_get_adjustment (self);
  double bottom = gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment);
  GtkTextIter end;
  int y;
  int height;

  if (!assay_document_text_get_filled (self->text)
      || bottom < gtk_adjustment_get_upper (adjustment) - END_TOLERANCE)
    return FALSE;
  gtk_text_buffer_get_end_iter (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), &end);
  gtk_text_view_get_line_yrange (GTK_TEXT_VIEW (self->text), &end, &y, &height);
  return height > 0 && y + height <= bottom + END_TOLERANCE;
}

static void
scrolled_cb (AssayDocumentView *self)
{
  GtkAdjustment *adjustment =
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  double page = gtk_adjustment_get_page_size (adjustment);

  if (gtk_adjustment_get_value (adjustment) > 0
      && gtk_adjustment_get_value (adjustment) + 3 * page >= gtk_adjustment_get_upper (adjustment))
    assay_document_text_fill (self->text);
}

static gboolean
place_cb (gpointer user_data)
{
  AssayDocumentView *self = user_data;

  self->place_source = 0;
  if (self->place_pending && !self->place_wanted)
    assay_document_text_set_place_at (self->text, PLACE_HEIGHT, self->place_start, 0);
  return G_SOURCE_REMOVE;
}

static gboolean
fit_cb (gpointer user_data)
{
  AssayDocumentView *self = user_data;

  self->fit_source = 0;
  gtk_widget_queue_resize (GTK_WIDGET (self->text));
  return G_SOURCE_REMOVE;
}

/* Lines are broken anew once the text has its width, and has been given a height; a resize that is
 * asked for then, while it is allocated, is not heard. */
static void
fit_height (AssayDocumentView *self)
{
  GtkWidget *text = GTK_WIDGET (self->text);
  int width = gtk_widget_get_width (text);
  int height;

  if (!self->fit_content || width == 0 || self->fit_source != 0)
    return;
  gtk_widget_measure (text, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  if (height != gtk_widget_get_height (text))
    self->fit_source = g_idle_add (fit_cb, self);
}

/* Heights are guessed until the lines were laid out, and a place moves with what is above it. */
static void
height_changed_cb (AssayDocumentView *self)
{
  fit_height (self);
  if (self->place_pending && self->place_source == 0)
    self->place_source = g_idle_add (place_cb, self);
}

static void
leave_place (AssayDocumentView *self)
{
  self->place_pending = FALSE;
}

static gboolean
event_cb (AssayDocumentView *self, GdkEvent *event)
{
  switch (gdk_event_get_event_type (event))
    {
    case GDK_SCROLL:
    case GDK_BUTTON_PRESS:
    case GDK_TOUCH_BEGIN:
    case GDK_KEY_PRESS:
      leave_place (self);
      break;
    default:
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
show_wanted_place (AssayDocumentView *self)
{
  AssayRendition *rendition = assay_document_text_get_rendition (self->text);
  guint start;
  guint end;

  if (!self->place_wanted || rendition == NULL)
    return;
  if (!assay_document_text_get_filled (self->text))
    {
      assay_document_text_fill (self->text);
      return;
    }
  self->place_wanted = FALSE;
  start = assay_rendition_map_to_shown (rendition, self->place_start);
  end = self->place_length > 0
            ? assay_rendition_map_to_shown (rendition, self->place_start + self->place_length)
            : start;
  assay_document_text_show_place (self->text, start, end);
}

static void
begun_cb (AssayDocumentView *self)
{
  show_wanted_place (self);
  g_signal_emit (self, signals[BEGUN], 0);
}

static void
filled_cb (AssayDocumentView *self)
{
  show_wanted_place (self);
  /* A text without a height lays out nothing, and so would never have one. */
  if (self->fit_content)
    gtk_widget_queue_resize (GTK_WIDGET (self->text));
}

static void
searched_cb (AssayDocumentView *self)
{
  g_signal_emit (self, signals[SEARCHED], 0);
}

static void
describe_words (AssayDocumentView *self, char *notice, const AssayTextCounts *counts)
{
  g_free (self->notice);
  self->notice = notice;
  self->counts = *counts;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTICE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_WORDS]);
}

static void
show_rendition (AssayDocumentView *self, AssayRendition *rendition)
{
  assay_document_text_set_rendition (self->text, rendition);
  /* The words do not change with the way of showing; what is counted is what is read. */
  if (!self->show_source)
    describe_words (self, assay_rendition_dup_notice (rendition),
                    assay_rendition_get_counts (rendition));
}

typedef struct
{
  GWeakRef view;
  guint generation;
} Rendering;

static void
rendering_free (gpointer data)
{
  Rendering *rendering = data;

  g_weak_ref_clear (&rendering->view);
  g_free (rendering);
}

static DexFuture *
rendered_cb (DexFuture *future, gpointer user_data)
{
  Rendering *rendering = user_data;
  g_autoptr (AssayDocumentView) self = g_weak_ref_get (&rendering->view);
  const GValue *value = dex_future_get_value (future, NULL);

  if (self != NULL && value != NULL && self->generation == rendering->generation)
    show_rendition (self, g_value_get_boxed (value));
  return dex_future_new_true ();
}

static void
render (AssayDocumentView *self)
{
  Rendering *rendering;

  self->generation++;
  dex_clear (&self->rendering);
  if (self->document == NULL)
    {
      assay_document_text_set_rendition (self->text, NULL);
      return;
    }
  rendering = g_new0 (Rendering, 1);
  g_weak_ref_init (&rendering->view, self);
  rendering->generation = self->generation;
  self->rendering = dex_future_finally (assay_document_render (self->document, self->show_source),
                                        rendered_cb, rendering, rendering_free);
}

static void
update_fit (AssayDocumentView *self)
{
  GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (self->scroller);
  gboolean large =
      self->document != NULL && assay_document_get_length_bytes (self->document) > FIT_BYTES;

  gtk_scrolled_window_set_policy (scroller, GTK_POLICY_NEVER,
                                  self->fit_content && !large ? GTK_POLICY_NEVER
                                                              : GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (scroller, self->fit_content);
  gtk_scrolled_window_set_max_content_height (scroller,
                                              self->fit_content && large ? FIT_HEIGHT : -1);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (self->text),
                                self->fit_content ? FIT_MARGIN_TOP : MARGIN);
}

static int
get_line_width (AssayDocumentView *self)
{
  return LINE_WIDTH * self->text_scale;
}

static void
update_clamp (AssayDocumentView *self)
{
  int width = get_line_width (self);

  adw_clamp_scrollable_set_maximum_size (ADW_CLAMP_SCROLLABLE (self->clamp), width);
  adw_clamp_scrollable_set_tightening_threshold (ADW_CLAMP_SCROLLABLE (self->clamp), width);
}

static GtkSizeRequestMode
assay_document_view_get_request_mode (GtkWidget *widget)
{
  return gtk_widget_get_request_mode (ASSAY_DOCUMENT_VIEW (widget)->scroller);
}

static void
assay_document_view_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  AssayDocumentView *self = ASSAY_DOCUMENT_VIEW (widget);

  if (self->fit_content && orientation == GTK_ORIENTATION_VERTICAL && for_size > 0)
    for_size = MIN (for_size, get_line_width (self));
  gtk_widget_measure (self->scroller, orientation, for_size, minimum, natural, NULL, NULL);
}

/* What scrolls by itself has its bar at the edge and its text in the middle; what does not stands
 * under its heading. */
static void
assay_document_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  AssayDocumentView *self = ASSAY_DOCUMENT_VIEW (widget);
  GtkAllocation allocation = { 0, 0, width, height };

  if (self->fit_content)
    allocation.width = MIN (width, get_line_width (self));
  if (gtk_widget_get_direction (GTK_WIDGET (self->text)) == GTK_TEXT_DIR_RTL)
    allocation.x = width - allocation.width;
  gtk_widget_size_allocate (self->scroller, &allocation, baseline);
}

static gboolean
assay_document_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (ASSAY_DOCUMENT_VIEW (widget)->text));
}

/* A page that nobody saw is not read. */
static void
assay_document_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  AssayDocumentView *self = ASSAY_DOCUMENT_VIEW (widget);

  GTK_WIDGET_CLASS (assay_document_view_parent_class)->snapshot (widget, snapshot);
  if (!self->read_to_end && self->end_source == 0 && shows_end (self))
    self->end_source = g_idle_add (end_cb, self);
}

static void
assay_document_view_dispose (GObject *object)
{
  AssayDocumentView *self = ASSAY_DOCUMENT_VIEW (object);

  self->generation++;
  g_clear_handle_id (&self->place_source, g_source_remove);
  g_clear_handle_id (&self->fit_source, g_source_remove);
  g_clear_handle_id (&self->end_source, g_source_remove);
  dex_clear (&self->rendering);
  g_clear_pointer (&self->removed, assay_removal_queue_free);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  self->text = NULL;
  g_clear_pointer (&self->label, g_free);
  g_clear_object (&self->document);
  g_clear_pointer (&self->notice, g_free);

  G_OBJECT_CLASS (assay_document_view_parent_class)->dispose (object);
}

static void
assay_document_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  AssayDocumentView *self = ASSAY_DOCUMENT_VIEW (object);

  switch ((AssayDocumentViewProperty) prop_id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    case PROP_SHOW_SOURCE:
      g_value_set_boolean (value, self->show_source);
      break;
    case PROP_TEXT_SCALE:
      g_value_set_double (value, self->text_scale);
      break;
    case PROP_FIT_CONTENT:
      g_value_set_boolean (value, self->fit_content);
      break;
    case PROP_READ_TO_END:
      g_value_set_boolean (value, self->read_to_end);
      break;
    case PROP_N_WORDS:
      g_value_set_uint (value, self->counts.n_words);
      break;
    case PROP_NOTICE:
      g_value_set_string (value, self->notice);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_document_view_set_property (GObject *object,
                                  guint prop_id,
                                  const GValue *value,
                                  GParamSpec *pspec)
{
  AssayDocumentView *self = ASSAY_DOCUMENT_VIEW (object);

  switch ((AssayDocumentViewProperty) prop_id)
    {
    case PROP_DOCUMENT:
      assay_document_view_set_document (self, g_value_get_object (value));
      break;
    case PROP_SHOW_SOURCE:
      assay_document_view_set_show_source (self, g_value_get_boolean (value));
      break;
    case PROP_TEXT_SCALE:
      assay_document_view_set_text_scale (self, g_value_get_double (value));
      break;
    case PROP_FIT_CONTENT:
      assay_document_view_set_fit_content (self, g_value_get_boolean (value));
      break;
    case PROP_READ_TO_END:
    case PROP_N_WORDS:
    case PROP_NOTICE:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_document_view_class_init (AssayDocumentViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags read_write =
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags read_only = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = assay_document_view_dispose;
  object_class->get_property = assay_document_view_get_property;
  object_class->set_property = assay_document_view_set_property;
  widget_class->grab_focus = assay_document_view_grab_focus;
  widget_class->snapshot = assay_document_view_snapshot;
  widget_class->get_request_mode = assay_document_view_get_request_mode;
  widget_class->measure = assay_document_view_measure;
  widget_class->size_allocate = assay_document_view_size_allocate;

  properties[PROP_DOCUMENT] =
      g_param_spec_object ("document", NULL, NULL, ASSAY_TYPE_DOCUMENT, read_write);
  properties[PROP_SHOW_SOURCE] =
      g_param_spec_boolean ("show-source", NULL, NULL, FALSE, read_write);
  properties[PROP_TEXT_SCALE] =
      g_param_spec_double ("text-scale", NULL, NULL, 0.5, 4, 1, read_write);
  properties[PROP_FIT_CONTENT] =
      g_param_spec_boolean ("fit-content", NULL, NULL, FALSE, read_write);
  properties[PROP_READ_TO_END] = g_param_spec_boolean ("read-to-end", NULL, NULL, FALSE, read_only);
  properties[PROP_N_WORDS] = g_param_spec_uint ("n-words", NULL, NULL, 0, G_MAXUINT, 0, read_only);
  properties[PROP_NOTICE] = g_param_spec_string ("notice", NULL, NULL, NULL, read_only);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[BEGUN] = g_signal_new ("begun", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[SEARCHED] = g_signal_new ("searched", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "assay-document-view");
}

static void
show_label (AssayDocumentView *self)
{
  if (self->label != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    self->label, -1);
}

static void
set_text (AssayDocumentView *self, GtkWidget *text)
{
  self->text = ASSAY_DOCUMENT_TEXT (text);
  adw_clamp_scrollable_set_child (ADW_CLAMP_SCROLLABLE (self->clamp), text);
  g_signal_connect_object (text, "begun", G_CALLBACK (begun_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (text, "filled", G_CALLBACK (filled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (text, "searched", G_CALLBACK (searched_cb), self, G_CONNECT_SWAPPED);
}

/* A text that had tables is not shown anew in the same text view: GTK may go on with lines that it
 * freed. */
static void
renew_text (AssayDocumentView *self)
{
  AssayDocumentText *before = self->text;

  g_signal_handlers_disconnect_by_data (before, self);
  assay_removal_queue_push (self->removed, GTK_WIDGET (before));
  set_text (self, assay_document_text_new_like (before));
  /* A text view that is gone still hears of the adjustments that it had. */
  gtk_scrollable_set_hadjustment (GTK_SCROLLABLE (before), NULL);
  gtk_scrollable_set_vadjustment (GTK_SCROLLABLE (before), NULL);
  show_label (self);
  gtk_adjustment_set_value (assay_document_view_get_adjustment (self), 0);
}

static void
assay_document_view_init (AssayDocumentView *self)
{
  GtkAdjustment *adjustment;
  GtkEventController *events;

  self->text_scale = 1;
  self->removed = assay_removal_queue_new ();
  self->scroller = gtk_scrolled_window_new ();
  self->clamp = adw_clamp_scrollable_new ();
  set_text (self, assay_document_text_new ());
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->clamp);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  update_clamp (self);
  update_fit (self);

  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (height_changed_cb), self,
                           G_CONNECT_SWAPPED);
  events = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_object (events, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), events);
}

GtkWidget *
assay_document_view_new (void)
{
  return g_object_new (ASSAY_TYPE_DOCUMENT_VIEW, NULL);
}

void
assay_document_view_set_label (AssayDocumentView *self, const char *label)
{
  g_return_if_fail (ASSAY_IS_DOCUMENT_VIEW (self));
  g_return_if_fail (label != NULL);

  if (g_set_str (&self->label, label))
    show_label (self);
}

AssayDocument *
assay_document_view_get_document (AssayDocumentView *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT_VIEW (self), NULL);

  return self->document;
}

void
assay_document_view_set_document (AssayDocumentView *self, AssayDocument *document)
{
  gboolean had_document;

  g_return_if_fail (ASSAY_IS_DOCUMENT_VIEW (self));
  g_return_if_fail (document == NULL || ASSAY_IS_DOCUMENT (document));

  had_document = self->document != NULL;
  /* A place in the text before is none in this one; one that is wanted may be, of a text that is
   * still to come. */
  if (document == NULL)
    self->place_wanted = FALSE;
  if (!self->place_wanted && (document == NULL || document != self->document))
    leave_place (self);
  if (!g_set_object (&self->document, document))
    return;
  if (had_document)
    renew_text (self);
  if (document == NULL)
    describe_words (self, NULL, &(const AssayTextCounts) { 0 });
  g_clear_handle_id (&self->end_source, g_source_remove);
  if (self->read_to_end)
    {
      self->read_to_end = FALSE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READ_TO_END]);
    }
  update_fit (self);
  render (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}

gboolean
assay_document_view_get_show_source (AssayDocumentView *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT_VIEW (self), FALSE);

  return self->show_source;
}

void
assay_document_view_set_show_source (AssayDocumentView *self, gboolean show_source)
{
  g_return_if_fail (ASSAY_IS_DOCUMENT_VIEW (self));

  if (self->show_source == !!show_source)
    return;
  self->show_source = !!show_source;
  render (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_SOURCE]);
}

double
assay_document_view_get_text_scale (AssayDocumentView *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT_VIEW (self), 1);

  return self->text_scale;
}

void
assay_document_view_set_text_scale (AssayDocumentView *self, double text_scale)
{
  g_return_if_fail (ASSAY_IS_DOCUMENT_VIEW (self));

  text_scale = CLAMP (text_scale, 0.5, 4);
  if (self->text_scale == text_scale)
    return;
  self->text_scale = text_scale;
  assay_document_text_set_text_scale (self->text, text_scale);
  update_clamp (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT_SCALE]);
}

gboolean
assay_document_view_get_fit_content (AssayDocumentView *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT_VIEW (self), FALSE);

  return self->fit_content;
}

void
assay_document_view_set_fit_content (AssayDocumentView *self, gboolean fit_content)
{
  g_return_if_fail (ASSAY_IS_DOCUMENT_VIEW (self));

  if (self->fit_content == !!fit_content)
    return;
  self->fit_content = !!fit_content;
  update_fit (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FIT_CONTENT]);
}

gboolean
assay_document_view_get_read_to_end (AssayDocumentView *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT_VIEW (self), FALSE);

  return self->read_to_end;
}

const AssayTextCounts *
assay_document_view_get_counts (AssayDocumentView *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT_VIEW (self), NULL);

  return &self->counts;
}

const char *
assay_document_view_get_notice (AssayDocumentView *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT_VIEW (self), NULL);

  return self->notice;
}

char *
assay_document_view_dup_selection (AssayDocumentView *self, gsize *start, gsize *end)
{
  const char *text;
  gsize start_byte, end_byte;

  g_return_val_if_fail (ASSAY_IS_DOCUMENT_VIEW (self), NULL);

  if (self->document == NULL
      || !assay_document_text_get_selection (self->text, &start_byte, &end_byte))
    return NULL;
  text = assay_document_get_text (self->document);
  if (start != NULL)
    *start = g_utf8_strlen (text, start_byte);
  if (end != NULL)
    *end = g_utf8_strlen (text, end_byte);
  return g_strndup (text + start_byte, end_byte - start_byte);
}

void
assay_document_view_show_place (AssayDocumentView *self, gsize start, gsize length)
{
  g_return_if_fail (ASSAY_IS_DOCUMENT_VIEW (self));

  self->place_wanted = TRUE;
  self->place_pending = TRUE;
  self->place_start = start;
  self->place_length = length;
  show_wanted_place (self);
}

void
assay_document_view_show_match (AssayDocumentView *self, int index)
{
  g_return_if_fail (ASSAY_IS_DOCUMENT_VIEW (self));

  leave_place (self);
  if (index >= 0 && (guint) index < assay_document_view_get_n_matches (self))
    assay_document_text_show_match (self->text, index);
  else
    assay_document_text_leave_match (self->text);
}

GtkAdjustment *
assay_document_view_get_adjustment (AssayDocumentView *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT_VIEW (self), NULL);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
}

gboolean
assay_document_view_get_place_at (AssayDocumentView *self,
                                  double height,
                                  gsize *offset,
                                  double *within)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT_VIEW (self), FALSE);

  return assay_document_text_get_place_at (self->text, height, offset, within);
}

void
assay_document_view_set_place_at (AssayDocumentView *self,
                                  double height,
                                  gsize offset,
                                  double within)
{
  g_return_if_fail (ASSAY_IS_DOCUMENT_VIEW (self));

  leave_place (self);
  assay_document_text_set_place_at (self->text, height, offset, within);
}

gsize
assay_document_view_get_reading_place (AssayDocumentView *self)
{
  gsize offset;
  double within;

  g_return_val_if_fail (ASSAY_IS_DOCUMENT_VIEW (self), 0);

  /* One that was not reached yet is still the place. */
  if (self->place_wanted || self->place_pending)
    return self->place_start;
  if (gtk_adjustment_get_value (assay_document_view_get_adjustment (self)) <= 0
      || !assay_document_text_get_place_at (self->text, PLACE_HEIGHT, &offset, &within))
    return 0;
  return offset;
}
