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

static GtkTextTag *
get_tag (AssayDocumentText *self, guint look)
{
  return assay_document_styles_get_mark_tag (self->styles, look / 2, look % 2);
}

/* Marks that look the same and touch are drawn as one. */
static void
cover (AssayDocumentText *self, guint look)
{
  GArray *covered = self->covered[look];

  g_array_set_size (covered, 0);
  for (guint i = 0; i < self->marks->len; i++)
    {
      const AssayDocumentMark *mark = &g_array_index (self->marks, AssayDocumentMark, i);
      AssayStretch *last =
          covered->len > 0 ? &g_array_index (covered, AssayStretch, covered->len - 1) : NULL;
      AssayStretch stretch = { mark->start, mark->end };

      if (mark->line != look / 2 || mark->is_current != look % 2)
        continue;
      if (last != NULL && stretch.start <= last->end)
        last->end = MAX (last->end, stretch.end);
      else
        g_array_append_val (covered, stretch);
    }
}

static guint
find_first (GArray *covered, gsize source_start)
{
  guint low = 0;
  guint high = covered->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (covered, AssayStretch, middle).end <= source_start)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
draw_look (AssayDocumentText *self, guint look, guint first_part, guint end_part)
{
  GArray *covered = self->covered[look];

  for (guint p = first_part; p < end_part; p++)
    {
      const AssayPart *part = assay_rendition_get_part (self->rendition, p);

      /* The cells of a table have marks of their own. */
      if (part->kind > ASSAY_PART_MARK || assay_rendition_part_is_table (self->rendition, p))
        continue;
      for (guint i = find_first (covered, part->source_start); i < covered->len; i++)
        {
          const AssayStretch *stretch = &g_array_index (covered, AssayStretch, i);

          if (stretch->start >= part->source_end)
            break;
          _assay_document_text_tag_part (self, part, stretch->start, stretch->end,
                                         get_tag (self, look));
        }
    }
}

static void
remove_tags (AssayDocumentText *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  for (guint look = 0; look < N_MARK_LOOKS; look++)
    if (self->covered[look]->len > 0)
      gtk_text_buffer_remove_tag (buffer, get_tag (self, look), &start, &end);
}

void
_assay_document_text_draw_marks_in_table (AssayDocumentText *self, AssayDocumentTable *table)
{
  assay_document_table_set_marks (table, self->styles,
                                  (const AssayDocumentMark *) self->marks->data, self->marks->len);
}

void
_assay_document_text_draw_marks (AssayDocumentText *self, guint first_line, guint end_line)
{
  const AssayLine *last;

  if (self->marks->len == 0 || first_line >= end_line)
    return;
  last = assay_rendition_get_line (self->rendition, end_line - 1);
  for (guint look = 0; look < N_MARK_LOOKS; look++)
    if (self->covered[look]->len > 0)
      draw_look (self, look, assay_rendition_get_line (self->rendition, first_line)->first_part,
                 last->first_part + last->n_parts);
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
  remove_tags (self);
  g_array_unref (self->marks);
  self->marks = g_steal_pointer (&sorted);
  for (guint look = 0; look < N_MARK_LOOKS; look++)
    cover (self, look);
  for (guint t = 0; t < self->tables->len; t++)
    _assay_document_text_draw_marks_in_table (self, g_array_index (self->tables, Table, t).widget);
  /* What is filled later brings its own along. */
  if (self->rendition != NULL)
    _assay_document_text_draw_marks (self, 0, self->next_line);
}
