/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-document-text-private.h"

#include <glib/gi18n.h>

#include "assay-code-dialog.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

/* From the corner of the frame. */
#define INSET 4
#define LANGUAGE_CHARACTERS 24

static int
find_line_at (AssayDocumentText *self, double y)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextIter iter;
  int buffer_y, top, height;

  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, 0, y, NULL, &buffer_y);
  gtk_text_view_get_line_at_y (view, &iter, buffer_y, NULL);
  gtk_text_view_get_line_yrange (view, &iter, &top, &height);
  return buffer_y < top + height ? gtk_text_iter_get_line (&iter) : -1;
}

static void
copy_clicked_cb (AssayDocumentText *self)
{
  _assay_document_text_copy_code (self, self->code_first);
}

static void
present_clicked_cb (AssayDocumentText *self)
{
  _assay_document_text_present_code (self, self->code_first);
}

static GtkWidget *
make_button (AssayDocumentText *self, const char *icon, const char *tooltip, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  assay_widget_set_tooltip (button, tooltip);
  gtk_widget_add_css_class (button, "flat");
  /* Without a pointer there is the menu; a stop for the Tab key that comes and goes would only
   * confuse. */
  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_set_focus_on_click (button, FALSE);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_bar (AssayDocumentText *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->code_language = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->code_language), "caption");
  gtk_widget_set_cursor_from_name (bar, "default");
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->code_language));
  if (assay_document_styles_get_wrap_code (self->styles))
    gtk_box_append (GTK_BOX (bar), make_button (self, "view-fullscreen-symbolic",
                                                _ ("Show the Code Without Wrapping"),
                                                G_CALLBACK (present_clicked_cb)));
  gtk_box_append (GTK_BOX (bar), make_button (self, "edit-copy-symbolic", _ ("Copy the Code"),
                                              G_CALLBACK (copy_clicked_cb)));
  gtk_widget_add_css_class (bar, "assay-code-bar");
  return bar;
}

static void
place_bar (AssayDocumentText *self, guint first)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  const AssayLine *line = assay_rendition_get_line (self->rendition, first);
  const AssayBlock *block = assay_rendition_get_block (self->rendition, line);
  g_autofree char *language = NULL;
  GtkTextIter iter;
  GdkRectangle visible;
  int top, width, x, y;

  if (block->language != NULL)
    language = assay_visible_line (block->language, LANGUAGE_CHARACTERS);
  if (self->code_bar == NULL)
    {
      self->code_bar = make_bar (self);
      gtk_text_view_add_overlay (view, self->code_bar, 0, 0);
    }
  gtk_label_set_text (self->code_language, language ? language : "");
  gtk_widget_set_visible (GTK_WIDGET (self->code_language), language != NULL);
  gtk_widget_set_visible (self->code_bar, TRUE);

  gtk_widget_measure (self->code_bar, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  gtk_text_view_get_visible_rect (view, &visible);
  gtk_text_buffer_get_iter_at_line (gtk_text_view_get_buffer (view), &iter, first);
  gtk_text_view_get_line_yrange (view, &iter, &top, NULL);
  x = gtk_widget_get_width (GTK_WIDGET (self))
      - assay_document_styles_get_metrics (self->styles)->page_margin - width - INSET;
  y = top + assay_document_styles_get_gap (self->styles, self->rendition, first) + INSET;
  gtk_text_view_move_overlay (view, self->code_bar, x, MAX (y, visible.y + INSET));
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, AssayDocumentText *self)
{
  guint first, last;
  int line = find_line_at (self, y);

  if (self->rendition == NULL || line < 0
      || !assay_rendition_find_code (self->rendition, line, &first, &last))
    {
      _assay_document_text_hide_code_bar (self);
      return;
    }
  if (self->code_bar != NULL && gtk_widget_get_visible (self->code_bar)
      && self->code_first == first)
    return;
  self->code_first = first;
  place_bar (self, first);
}

void
_assay_document_text_watch_code (AssayDocumentText *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, 0);
  g_signal_connect_object (motion, "leave", G_CALLBACK (_assay_document_text_hide_code_bar), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}

void
_assay_document_text_hide_code_bar (AssayDocumentText *self)
{
  if (self->code_bar != NULL)
    gtk_widget_set_visible (self->code_bar, FALSE);
}

int
_assay_document_text_find_code (AssayDocumentText *self, guint line)
{
  guint first, last;

  return self->rendition != NULL && assay_rendition_find_code (self->rendition, line, &first, &last)
             ? (int) first
             : -1;
}

int
_assay_document_text_find_code_at (AssayDocumentText *self, double y)
{
  int line = find_line_at (self, y);

  return line >= 0 ? _assay_document_text_find_code (self, line) : -1;
}

void
_assay_document_text_copy_code (AssayDocumentText *self, guint first)
{
  g_autofree char *text =
      self->rendition != NULL ? assay_rendition_dup_block_text (self->rendition, first) : NULL;

  if (text == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

void
_assay_document_text_present_code (AssayDocumentText *self, guint first)
{
  if (self->rendition != NULL && first < assay_rendition_get_n_lines (self->rendition))
    assay_code_dialog_present (self->rendition, first, self->text_scale, GTK_WIDGET (self));
}
