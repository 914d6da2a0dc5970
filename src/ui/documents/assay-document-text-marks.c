/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-document-text-private.h"

static int
compare_marks (gconstpointer a, gconstpointer b)
{
  const AssayDocumentMark *one = a;
  const AssayDocumentMark *other = b;

  return one->start < other->start ? -1 : one->start > other->start;
}

static gboolean
is_equal (GArray *a, GArray *b)
{
  for (guint i = 0; a->len == b->len && i < a->len; i++)
    {
      const AssayDocumentMark *one = &g_array_index (a, AssayDocumentMark, i);
      const AssayDocumentMark *other = &g_array_index (b, AssayDocumentMark, i);

      if (one->start != other->start || one->end != other->end || one->line != other->line
          || one->is_current != other->is_current)
        return FALSE;
    }
  return a->len == b->len;
}

static void
remove_tags (AssayDocumentText *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  for (guint line = 0; line < ASSAY_N_MARK_LINES; line++)
    for (guint current = 0; current < 2; current++)
      gtk_text_buffer_remove_tag (buffer,
                                  assay_document_styles_get_mark_tag (self->styles, line, current),
                                  &start, &end);
}

static void
draw_in_tables (AssayDocumentText *self)
{
  for (guint t = 0; t < self->tables->len; t++)
    assay_document_table_set_marks (g_array_index (self->tables, Table, t).widget, self->styles,
                                    (const AssayDocumentMark *) self->marks->data,
                                    self->marks->len);
}

void
_assay_document_text_draw_marks (AssayDocumentText *self)
{
  guint first = 0;

  if (self->marks->len == 0)
    return;
  if (!assay_document_text_get_filled (self))
    {
      assay_document_text_fill (self);
      return;
    }
  draw_in_tables (self);
  for (guint p = 0; p < assay_rendition_get_n_parts (self->rendition); p++)
    {
      const AssayPart *part = assay_rendition_get_part (self->rendition, p);

      if (part->kind > ASSAY_PART_MARK)
        continue;
      while (first < self->marks->len
             && g_array_index (self->marks, AssayDocumentMark, first).end <= part->source_start)
        first++;
      for (guint m = first; m < self->marks->len; m++)
        {
          const AssayDocumentMark *mark = &g_array_index (self->marks, AssayDocumentMark, m);

          if (mark->start >= part->source_end)
            break;
          if (mark->end > part->source_start)
            _assay_document_text_tag_part (
                self, part, mark->start, mark->end,
                assay_document_styles_get_mark_tag (self->styles, mark->line, mark->is_current));
        }
    }
}

void
assay_document_text_set_marks (AssayDocumentText *self, const AssayDocumentMark *marks, guint n)
{
  g_autoptr (GArray) sorted = NULL;

  g_return_if_fail (ASSAY_IS_DOCUMENT_TEXT (self));
  g_return_if_fail (marks != NULL || n == 0);

  sorted = g_array_sized_new (FALSE, FALSE, sizeof (AssayDocumentMark), n);
  if (n > 0)
    g_array_append_vals (sorted, marks, n);
  g_array_sort (sorted, compare_marks);
  if (is_equal (self->marks, sorted))
    return;
  if (self->marks->len > 0)
    remove_tags (self);
  g_array_unref (self->marks);
  self->marks = g_steal_pointer (&sorted);
  if (self->marks->len == 0)
    draw_in_tables (self);
  if (self->rendition != NULL)
    _assay_document_text_draw_marks (self);
}
