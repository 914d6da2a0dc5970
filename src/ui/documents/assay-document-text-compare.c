/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-document-text-private.h"

#include <string.h>

/* Of a main-loop turn, looked at after so many parts. */
#define TURN_USEC (8 * G_TIME_SPAN_MILLISECOND)
#define SLICE_PARTS 200

static GtkTextBuffer *
get_buffer (AssayDocumentText *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
}

void
_assay_document_text_tag_part (AssayDocumentText *self,
                               const AssayPart *part,
                               gsize source_start,
                               gsize source_end,
                               GtkTextTag *tag)
{
  const char *source = assay_markdown_get_source (assay_rendition_get_markdown (self->rendition));
  guint start = part->start;
  guint end = part->start + part->n_characters;

  if (part->kind == ASSAY_PART_EXACT)
    {
      gsize from = MAX (source_start, part->source_start);
      gsize to = MIN (source_end, part->source_end);

      start += g_utf8_strlen (source + part->source_start, from - part->source_start);
      end = start + g_utf8_strlen (source + from, to - from);
    }
  _assay_document_text_apply_tag (self, tag, start, end);
}

static gboolean
difference_cb (gpointer user_data)
{
  AssayDocumentText *self = user_data;
  gint64 deadline = g_get_monotonic_time () + TURN_USEC;
  guint n_parts = assay_rendition_get_n_parts (self->rendition);
  guint n;
  const AssayDifference *places = assay_differences_get_places (self->differences, &n);

  for (guint i = 1; self->next_part < n_parts && self->next_stretch < n; self->next_part++, i++)
    {
      const AssayPart *part = assay_rendition_get_part (self->rendition, self->next_part);

      if (i % SLICE_PARTS == 0 && g_get_monotonic_time () > deadline)
        return G_SOURCE_CONTINUE;
      if (part->kind > ASSAY_PART_MARK)
        continue;
      while (self->next_stretch < n && places[self->next_stretch].stretch.end <= part->source_start)
        self->next_stretch++;
      /* The cells of a table have marks of their own. */
      if (assay_rendition_part_is_table (self->rendition, self->next_part))
        continue;
      for (guint s = self->next_stretch; s < n && places[s].stretch.start < part->source_end; s++)
        _assay_document_text_tag_part (
            self, part, places[s].stretch.start, places[s].stretch.end,
            assay_document_styles_get_difference_tag (
                self->styles, places[s].displaced ? ASSAY_DIFFERENCE_DISPLACED : self->own_look));
    }
  self->difference_source = 0;
  return G_SOURCE_REMOVE;
}

void
_assay_document_text_queue_differences (AssayDocumentText *self)
{
  guint n = 0;
  const AssayDifference *places = NULL;

  g_clear_handle_id (&self->difference_source, g_source_remove);
  if (!assay_document_text_get_filled (self))
    {
      if (self->differences != NULL)
        assay_document_text_fill (self);
      return;
    }
  if (self->differences != NULL)
    places = assay_differences_get_places (self->differences, &n);
  for (guint t = 0; t < self->tables->len; t++)
    assay_document_table_set_differences (g_array_index (self->tables, Table, t).widget,
                                          self->styles, places, n, self->own_look);
  if (n == 0)
    return;
  self->next_part = 0;
  self->next_stretch = 0;
  self->difference_source = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, difference_cb, self, NULL);
}

void
assay_document_text_set_differences (AssayDocumentText *self,
                                     AssayDifferences *differences,
                                     AssayDifferenceLook own_look)
{
  GtkTextIter start, end;

  g_return_if_fail (ASSAY_IS_DOCUMENT_TEXT (self));

  if (self->differences == differences && self->own_look == own_look)
    return;
  if (differences != NULL)
    assay_differences_ref (differences);
  g_clear_handle_id (&self->difference_source, g_source_remove);
  g_clear_pointer (&self->differences, assay_differences_unref);
  self->differences = differences;
  self->own_look = own_look;
  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);
  for (AssayDifferenceLook look = 0; look < ASSAY_N_DIFFERENCE_LOOKS; look++)
    gtk_text_buffer_remove_tag (get_buffer (self),
                                assay_document_styles_get_difference_tag (self->styles, look),
                                &start, &end);
  _assay_document_text_queue_differences (self);
}

gboolean
assay_document_text_get_place_at (AssayDocumentText *self,
                                  double height,
                                  gsize *source_offset,
                                  double *within)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GdkRectangle visible, place;
  GtkTextIter iter;
  gsize end;
  guint shown;
  int y;

  g_return_val_if_fail (ASSAY_IS_DOCUMENT_TEXT (self), FALSE);
  g_return_val_if_fail (source_offset != NULL && within != NULL, FALSE);

  /* While it is filled, nothing has its place yet. */
  if (self->rendition == NULL || self->fill_source != 0)
    return FALSE;
  gtk_text_view_get_visible_rect (view, &visible);
  y = visible.y + (int) (height * visible.height);
  gtk_text_view_get_iter_at_location (view, &iter, 0, y);
  gtk_text_view_backward_display_line_start (view, &iter);
  gtk_text_view_get_iter_location (view, &iter, &place);
  *within = y - place.y;
  shown = gtk_text_iter_get_offset (&iter);
  return assay_rendition_map_to_source (self->rendition, shown,
                                        assay_rendition_get_n_characters (self->rendition),
                                        source_offset, &end);
}

void
assay_document_text_set_place_at (AssayDocumentText *self,
                                  double height,
                                  gsize source_offset,
                                  double within)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkAdjustment *adjustment;
  GdkRectangle visible, place;
  GtkTextIter iter;
  guint shown;

  g_return_if_fail (ASSAY_IS_DOCUMENT_TEXT (self));

  if (self->rendition == NULL || self->fill_source != 0)
    return;
  shown = assay_rendition_map_to_shown (self->rendition, source_offset);
  if (shown > (guint) gtk_text_buffer_get_char_count (get_buffer (self)))
    {
      assay_document_text_fill (self);
      return;
    }
  gtk_text_buffer_get_iter_at_offset (get_buffer (self), &iter, shown);
  gtk_text_view_get_iter_location (view, &iter, &place);
  gtk_text_view_get_visible_rect (view, &visible);
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + place.y
                                            + CLAMP (within, 0, MAX (place.height, 1)) - visible.y
                                            - (int) (height * visible.height));
}
