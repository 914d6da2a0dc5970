/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-document-text-private.h"
#include "assay-words.h"

/* Selecting as what is marked wants it. With the pointer, whole words; with Alt held, or by
 * keyboard, exactly what was selected. */

#define SENTENCE_MODIFIERS (GDK_ALT_MASK | GDK_SHIFT_MASK)

/* To the words that the ends are in, and over white space. */
static void
widen (GtkTextIter *start, GtkTextIter *end)
{
  GtkTextIter line = *start;
  GtkTextIter last = *end;
  g_autofree char *text = NULL;
  guint from, to;

  gtk_text_iter_set_line_offset (&line, 0);
  if (!gtk_text_iter_ends_line (&last))
    gtk_text_iter_forward_to_line_end (&last);
  text = gtk_text_iter_get_slice (&line, &last);
  from = (guint) (gtk_text_iter_get_offset (start) - gtk_text_iter_get_offset (&line));
  to = (guint) (gtk_text_iter_get_offset (end) - gtk_text_iter_get_offset (&line));
  assay_words_widen (text, &from, &to);
  gtk_text_iter_set_offset (start, gtk_text_iter_get_offset (&line) + (int) from);
  gtk_text_iter_set_offset (end, gtk_text_iter_get_offset (&line) + (int) to);
}

void
assay_document_text_snap_selection (AssayDocumentText *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end, caret;
  gboolean is_forward;

  g_return_if_fail (ASSAY_IS_DOCUMENT_TEXT (self));

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  if (!self->snaps || !gtk_text_buffer_get_selection_bounds (buffer, &start, &end))
    return;
  gtk_text_buffer_get_iter_at_mark (buffer, &caret, gtk_text_buffer_get_insert (buffer));
  is_forward = gtk_text_iter_equal (&caret, &end);
  widen (&start, &end);
  if (is_forward)
    gtk_text_buffer_select_range (buffer, &end, &start);
  else
    gtk_text_buffer_select_range (buffer, &start, &end);
}

static gboolean
event_cb (AssayDocumentText *self, GdkEvent *event)
{
  if (gdk_event_get_event_type (event) == GDK_BUTTON_RELEASE
      && gdk_button_event_get_button (event) == GDK_BUTTON_PRIMARY
      && (gdk_event_get_modifier_state (event) & GDK_ALT_MASK) == 0)
    assay_document_text_snap_selection (self);
  return GDK_EVENT_PROPAGATE;
}

/* The view's own gestures take what they follow for themselves; this only looks on. */
void
_assay_document_text_watch_selection (AssayDocumentText *self)
{
  GtkEventController *events = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (events, "event", G_CALLBACK (event_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), events);
}

/* @args: whether towards the right. */
static gboolean
extend_by_sentence (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  GtkTextView *view = GTK_TEXT_VIEW (widget);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextMark *caret = gtk_text_buffer_get_insert (buffer);
  gboolean is_forward =
      g_variant_get_boolean (args) == (gtk_widget_get_direction (widget) != GTK_TEXT_DIR_RTL);
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (buffer, &iter, caret);
  if (is_forward)
    gtk_text_iter_forward_sentence_end (&iter);
  else
    gtk_text_iter_backward_sentence_start (&iter);
  gtk_text_buffer_move_mark (buffer, caret, &iter);
  gtk_text_view_scroll_mark_onscreen (view, caret);
  return GDK_EVENT_STOP;
}

void
_assay_document_text_install_selection (GtkWidgetClass *widget_class)
{
  static const guint keys[] = { GDK_KEY_Left, GDK_KEY_KP_Left, GDK_KEY_Right, GDK_KEY_KP_Right };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i], SENTENCE_MODIFIERS, extend_by_sentence,
                                  "b", i >= 2);
}

void
assay_document_text_set_snaps (AssayDocumentText *self, gboolean snaps)
{
  g_return_if_fail (ASSAY_IS_DOCUMENT_TEXT (self));

  self->snaps = !!snaps;
}
