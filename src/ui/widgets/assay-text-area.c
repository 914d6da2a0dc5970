/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-text-area.h"

#include "assay-announce.h"
#include "assay-limits.h"
#include "assay-paste-guard.h"
#include "assay-spelling.h"
#include "assay-wrap-guard.h"

#define LINE_HEIGHT_PX 22
/* A line alone needs its margins. */
#define ONE_LINE_PX 32

struct _AssayTextArea
{
  GtkWidget parent_instance;

  GtkWidget *frame;
  GtkWidget *scroller;
  GtkWidget *view;
  GtkWidget *placeholder;
  GtkWidget *message;

  AssayJudgement *judgement;
  AssayPasteGuard *guard;
  AssaySpelling *spelling; /* (owned) (nullable) */
  gboolean with_spelling;
  gboolean check_spelling;
  guint spelling_source;
  gboolean showing;
  gboolean editing;
};

G_DEFINE_FINAL_TYPE (AssayTextArea, assay_text_area, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_PLACEHOLDER = 1,
  PROP_LINES,
  PROP_WITH_SPELLING,
  PROP_CHECK_SPELLING,
  PROP_SPELLING_LANGUAGE,
} AssayTextAreaProperty;

static GParamSpec *properties[PROP_SPELLING_LANGUAGE + 1];

enum
{
  EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

void
assay_text_buffer_show (GtkTextBuffer *buffer, const char *text)
{
  g_autofree char *held = NULL;
  GtkTextIter start, end;
  const char *a, *b, *a_end, *b_end;

  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer));
  g_return_if_fail (text != NULL);

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  held = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  if (strcmp (held, text) == 0)
    return;

  for (a = held, b = text; *a != '\0' && g_utf8_get_char (a) == g_utf8_get_char (b);)
    {
      a = g_utf8_next_char (a);
      b = g_utf8_next_char (b);
    }
  a_end = a + strlen (a);
  b_end = b + strlen (b);
  while (a_end > a && b_end > b)
    {
      const char *a_last = g_utf8_prev_char (a_end);
      const char *b_last = g_utf8_prev_char (b_end);

      if (g_utf8_get_char (a_last) != g_utf8_get_char (b_last))
        break;
      a_end = a_last;
      b_end = b_last;
    }

  gtk_text_buffer_get_iter_at_offset (buffer, &start, g_utf8_pointer_to_offset (held, a));
  gtk_text_buffer_get_iter_at_offset (buffer, &end, g_utf8_pointer_to_offset (held, a_end));
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, b, b_end - b);
  gtk_text_buffer_end_user_action (buffer);
}

static void
update_placeholder (AssayTextArea *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  const char *text = gtk_label_get_text (GTK_LABEL (self->placeholder));

  gtk_widget_set_visible (self->placeholder,
                          gtk_text_buffer_get_char_count (buffer) == 0 && *text != '\0');
}

static void
show_message (AssayTextArea *self, const char *message)
{
  gtk_label_set_text (GTK_LABEL (self->message), message);
  gtk_widget_set_visible (self->message, *message != '\0');
  if (*message != '\0')
    assay_announce (GTK_WIDGET (self), message);
}

static void
insert_text_cb (AssayTextArea *self, GtkTextIter *where, const char *text, int length)
{
  if (!self->showing && self->judgement != NULL && !assay_paste_guard_get_inserting (self->guard))
    assay_judgement_count_composition (self->judgement, g_utf8_strlen (text, length), 0, 0, 0);
}

static void
delete_range_cb (AssayTextArea *self, GtkTextIter *start, GtkTextIter *end)
{
  if (!self->showing && self->judgement != NULL)
    assay_judgement_count_composition (self->judgement, 0, 0, 0,
                                       ABS (gtk_text_iter_get_offset (end)
                                            - gtk_text_iter_get_offset (start)));
}

static void
update_spelling (AssayTextArea *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->view);

  if (self->spelling == NULL)
    return;
  assay_spelling_set_wanted (self->spelling,
                             self->check_spelling && gtk_text_view_get_editable (view)
                                 && gtk_widget_get_mapped (GTK_WIDGET (self))
                                 && gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (view))
                                        <= ASSAY_LIMIT_SPELLING_CHARACTERS);
}

static gboolean
spelling_cb (gpointer user_data)
{
  AssayTextArea *self = user_data;

  self->spelling_source = 0;
  update_spelling (self);
  return G_SOURCE_REMOVE;
}

/* A dictionary takes longer to load than a window to show. */
static void
queue_spelling (AssayTextArea *self)
{
  if (self->spelling != NULL && self->spelling_source == 0)
    self->spelling_source = g_idle_add_full (G_PRIORITY_LOW, spelling_cb, self, NULL);
}

static void
spelling_language_cb (AssayTextArea *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPELLING_LANGUAGE]);
}

static void
changed_cb (AssayTextArea *self)
{
  update_placeholder (self);
  queue_spelling (self);
  if (self->showing)
    return;
  show_message (self, "");
  self->editing = TRUE;
  g_signal_emit (self, signals[EDITED], 0);
  self->editing = FALSE;
}

static void
focus_leave_cb (AssayTextArea *self)
{
  show_message (self, "");
}

static gboolean
assay_text_area_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (ASSAY_TEXT_AREA (widget)->view);
}

static void
assay_text_area_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  AssayTextArea *self = ASSAY_TEXT_AREA (object);

  switch ((AssayTextAreaProperty) property)
    {
    case PROP_PLACEHOLDER:
      g_value_set_string (value, gtk_label_get_text (GTK_LABEL (self->placeholder)));
      break;
    case PROP_LINES:
      g_value_set_int (value, gtk_scrolled_window_get_min_content_height (
                                  GTK_SCROLLED_WINDOW (self->scroller))
                                  / LINE_HEIGHT_PX);
      break;
    case PROP_WITH_SPELLING:
      g_value_set_boolean (value, self->with_spelling);
      break;
    case PROP_CHECK_SPELLING:
      g_value_set_boolean (value, self->check_spelling);
      break;
    case PROP_SPELLING_LANGUAGE:
      g_value_set_string (value, self->spelling != NULL
                                     ? assay_spelling_get_language (self->spelling)
                                     : "");
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
assay_text_area_set_property (GObject *object,
                              guint property,
                              const GValue *value,
                              GParamSpec *pspec)
{
  AssayTextArea *self = ASSAY_TEXT_AREA (object);

  switch ((AssayTextAreaProperty) property)
    {
    case PROP_PLACEHOLDER:
      assay_text_area_set_placeholder (self, g_value_get_string (value));
      break;
    case PROP_LINES:
      {
        int lines = g_value_get_int (value);
        int height = lines == 1 ? ONE_LINE_PX : lines * LINE_HEIGHT_PX;

        /* A scroll bar alone is higher than a line. */
        gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                        lines == 1 ? GTK_POLICY_EXTERNAL : GTK_POLICY_AUTOMATIC);
        gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller),
                                                    height * 3);
        gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scroller), height);
        break;
      }
    case PROP_WITH_SPELLING:
      self->with_spelling = g_value_get_boolean (value);
      break;
    case PROP_CHECK_SPELLING:
      if (self->check_spelling == g_value_get_boolean (value))
        break;
      self->check_spelling = !self->check_spelling;
      queue_spelling (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_SPELLING_LANGUAGE:
      if (self->spelling != NULL)
        assay_spelling_set_language (self->spelling, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
assay_text_area_dispose (GObject *object)
{
  AssayTextArea *self = ASSAY_TEXT_AREA (object);

  g_clear_handle_id (&self->spelling_source, g_source_remove);
  g_clear_object (&self->spelling);
  g_clear_object (&self->guard);
  g_clear_object (&self->judgement);
  g_clear_pointer (&self->frame, gtk_widget_unparent);
  g_clear_pointer (&self->message, gtk_widget_unparent);

  G_OBJECT_CLASS (assay_text_area_parent_class)->dispose (object);
}

static void
assay_text_area_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (assay_text_area_parent_class)->map (widget);
  queue_spelling (ASSAY_TEXT_AREA (widget));
}

static void build (AssayTextArea *self);

static void
assay_text_area_constructed (GObject *object)
{
  G_OBJECT_CLASS (assay_text_area_parent_class)->constructed (object);
  build (ASSAY_TEXT_AREA (object));
}

static void
assay_text_area_class_init (AssayTextAreaClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = assay_text_area_get_property;
  object_class->set_property = assay_text_area_set_property;
  object_class->constructed = assay_text_area_constructed;
  object_class->dispose = assay_text_area_dispose;
  widget_class->grab_focus = assay_text_area_grab_focus;
  widget_class->map = assay_text_area_map;

  properties[PROP_PLACEHOLDER] =
      g_param_spec_string ("placeholder", NULL, NULL, "",
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_LINES] =
      g_param_spec_int ("lines", NULL, NULL, 1, 20, 3,
                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_WITH_SPELLING] =
      g_param_spec_boolean ("with-spelling", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_CHECK_SPELLING] =
      g_param_spec_boolean ("check-spelling", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SPELLING_LANGUAGE] =
      g_param_spec_string ("spelling-language", NULL, NULL, "",
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "assay-text-area");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
assay_text_area_init (AssayTextArea *self)
{
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
}

static gboolean
prepare_cb (gpointer user_data)
{
  gtk_source_style_scheme_manager_get_scheme_ids (gtk_source_style_scheme_manager_get_default ());
  return G_SOURCE_REMOVE;
}

void
assay_text_area_prepare_soon (void)
{
  g_idle_add_full (G_PRIORITY_LOW, prepare_cb, NULL, NULL);
}

/* A view for code where spelling needs it: it is slower. */
static void
make_view (AssayTextArea *self)
{
  GtkSourceBuffer *buffer;

  if (!self->with_spelling)
    {
      self->view = gtk_text_view_new ();
      return;
    }
  self->view = gtk_source_view_new ();
  buffer = GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)));
  gtk_source_buffer_set_highlight_matching_brackets (buffer, FALSE);
  gtk_source_buffer_set_highlight_syntax (buffer, FALSE);
  gtk_source_buffer_set_style_scheme (buffer, NULL);
  self->spelling = assay_spelling_new (GTK_SOURCE_VIEW (self->view), NULL);
  g_signal_connect_object (self->spelling, "notify::language", G_CALLBACK (spelling_language_cb),
                           self, G_CONNECT_SWAPPED);
}

static void
build (AssayTextArea *self)
{
  GtkTextBuffer *buffer;
  GtkEventController *focus;
  GtkWidget *overlay;

  make_view (self);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->view), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (self->view), 9);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (self->view), 9);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (self->view), 6);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (self->view), 6);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  gtk_text_buffer_set_enable_undo (buffer, FALSE);
  assay_wrap_guard_attach (buffer);
  g_signal_connect_object (buffer, "insert-text", G_CALLBACK (insert_text_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "delete-range", G_CALLBACK (delete_range_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  self->guard = assay_paste_guard_new (self->view);
  g_signal_connect_object (self->guard, "refused", G_CALLBACK (show_message), self,
                           G_CONNECT_SWAPPED);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->view);

  self->placeholder =
      g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                    "can-target", FALSE, "halign", GTK_ALIGN_START, "valign", GTK_ALIGN_START,
                    "xalign", 0.0, "wrap", TRUE, "margin-start", 9, "margin-end", 9, "margin-top",
                    6, "visible", FALSE, "css-classes", (const char *[]) { "dim-label", NULL },
                    NULL);

  overlay = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->scroller);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->placeholder);
  self->frame = overlay;
  gtk_widget_add_css_class (self->frame, "assay-text-frame");
  gtk_widget_set_overflow (self->frame, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_parent (self->frame, GTK_WIDGET (self));

  self->message =
      g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "visible", FALSE, "css-classes",
                    (const char *[]) { "caption", "warning", NULL }, NULL);
  gtk_widget_set_parent (self->message, GTK_WIDGET (self));

  focus = gtk_event_controller_focus_new ();
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);

  g_object_set (self, "lines", 3, NULL);
}

GtkWidget *
assay_text_area_new (void)
{
  return g_object_new (ASSAY_TYPE_TEXT_AREA, NULL);
}

GtkWidget *
assay_text_area_new_with_spelling (void)
{
  return g_object_new (ASSAY_TYPE_TEXT_AREA, "with-spelling", TRUE, NULL);
}

void
assay_text_area_show_text (AssayTextArea *self, const char *text)
{
  g_return_if_fail (ASSAY_IS_TEXT_AREA (self));

  /* While the person types, the text comes from here; nothing may pull it from under the cursor. */
  if (self->showing || self->editing)
    return;
  self->showing = TRUE;
  assay_text_buffer_show (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)),
                          text != NULL ? text : "");
  self->showing = FALSE;
}

char *
assay_text_area_dup_text (AssayTextArea *self)
{
  GtkTextIter start, end;
  GtkTextBuffer *buffer;

  g_return_val_if_fail (ASSAY_IS_TEXT_AREA (self), NULL);

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

void
assay_text_area_set_judgement (AssayTextArea *self, AssayJudgement *judgement)
{
  g_return_if_fail (ASSAY_IS_TEXT_AREA (self));
  g_return_if_fail (judgement == NULL || ASSAY_IS_JUDGEMENT (judgement));

  g_set_object (&self->judgement, judgement);
  assay_paste_guard_set_judgement (self->guard, judgement);
}

void
assay_text_area_set_editable (AssayTextArea *self, gboolean editable)
{
  g_return_if_fail (ASSAY_IS_TEXT_AREA (self));

  gtk_text_view_set_editable (GTK_TEXT_VIEW (self->view), editable);
  queue_spelling (self);
}

void
assay_text_area_set_placeholder (AssayTextArea *self, const char *placeholder)
{
  g_return_if_fail (ASSAY_IS_TEXT_AREA (self));

  if (placeholder == NULL)
    placeholder = "";
  if (strcmp (gtk_label_get_text (GTK_LABEL (self->placeholder)), placeholder) == 0)
    return;
  gtk_label_set_text (GTK_LABEL (self->placeholder), placeholder);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER,
                                  placeholder, -1);
  update_placeholder (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLACEHOLDER]);
}

GtkWidget *
assay_text_area_get_text_view (AssayTextArea *self)
{
  g_return_val_if_fail (ASSAY_IS_TEXT_AREA (self), NULL);

  return self->view;
}

void
assay_text_area_set_invalid (AssayTextArea *self, gboolean invalid, GtkWidget *message)
{
  g_return_if_fail (ASSAY_IS_TEXT_AREA (self));
  g_return_if_fail (message == NULL || GTK_IS_WIDGET (message));

  if (invalid)
    gtk_widget_add_css_class (self->frame, "error");
  else
    gtk_widget_remove_css_class (self->frame, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_STATE_INVALID,
                               invalid ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  if (invalid && message != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (self->view),
                                    GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE, message, NULL, -1);
  else
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->view),
                                   GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE);
}
