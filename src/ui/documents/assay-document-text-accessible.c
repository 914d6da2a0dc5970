/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-document-text-private.h"

#include <string.h>

/* What stands in the buffer for a formula, or for a table. */
#define OBJECT_CHARACTER 0xfffc

/* A formula is one character of the buffer, and is read out as its source. What is told to
 * assistive technology counts the characters of the text that is read. */

static GtkAccessibleTextInterface *parent;

static guint
get_place (AssayDocumentText *self, guint formula)
{
  return assay_rendition_get_part (self->rendition,
                                   assay_rendition_get_formula (self->rendition, formula)->part)
      ->start;
}

/* How many formulas begin before an offset of the buffer, or of what is read. */
static guint
count_before (AssayDocumentText *self, guint offset, gboolean read)
{
  guint low = 0;
  guint high = self->formulas->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      guint start = read ? g_array_index (self->formulas, Formula, middle).read_start
                         : get_place (self, middle);

      if (start < offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static guint
to_read (AssayDocumentText *self, guint offset)
{
  guint n = count_before (self, offset, FALSE);
  const Formula *last;

  if (n == 0)
    return offset;
  last = &g_array_index (self->formulas, Formula, n - 1);
  return last->read_start + last->n_read + (offset - get_place (self, n - 1) - 1);
}

/* Within a formula: its beginning, or its end. */
static guint
to_shown (AssayDocumentText *self, guint offset, gboolean is_end)
{
  guint n = count_before (self, offset, TRUE);
  const Formula *last;

  if (n == 0)
    return offset;
  last = &g_array_index (self->formulas, Formula, n - 1);
  if (offset >= last->read_start + last->n_read)
    return get_place (self, n - 1) + 1 + (offset - last->read_start - last->n_read);
  return get_place (self, n - 1) + is_end;
}

static char *
dup_read (AssayDocumentText *self, guint start, guint end)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  const char *source = assay_markdown_get_source (assay_rendition_get_markdown (self->rendition));
  guint first = to_shown (self, start, FALSE);
  guint last = to_shown (self, end, TRUE);
  g_autoptr (GString) text = g_string_new (NULL);
  guint skip = start - MIN (start, to_read (self, first));
  guint n_all, from, to;
  GtkTextIter at, stop;

  gtk_text_buffer_get_iter_at_offset (buffer, &at, (int) first);
  for (guint i = count_before (self, first, FALSE);
       i < self->formulas->len && get_place (self, i) < last; i++)
    {
      const AssayPart *part =
          assay_rendition_get_part (self->rendition,
                                    assay_rendition_get_formula (self->rendition, i)->part);
      g_autofree char *before = NULL;

      gtk_text_buffer_get_iter_at_offset (buffer, &stop, (int) part->start);
      before = gtk_text_buffer_get_slice (buffer, &at, &stop, TRUE);
      g_string_append (text, before);
      g_string_append_len (text, source + part->source_start,
                           part->source_end - part->source_start);
      at = stop;
      gtk_text_iter_forward_char (&at);
    }
  gtk_text_buffer_get_iter_at_offset (buffer, &stop, (int) MIN (last, (guint) G_MAXINT));
  if (gtk_text_iter_compare (&at, &stop) < 0)
    {
      g_autofree char *rest = gtk_text_buffer_get_slice (buffer, &at, &stop, TRUE);

      g_string_append (text, rest);
    }

  /* The ends may lie within a formula. */
  n_all = g_utf8_strlen (text->str, text->len);
  from = MIN (skip, n_all);
  to = MIN (n_all, from + (end - MIN (start, end)));
  return g_utf8_substring (text->str, from, to);
}

static GBytes *
get_contents (GtkAccessibleText *accessible, guint start, guint end)
{
  AssayDocumentText *self = ASSAY_DOCUMENT_TEXT (accessible);
  char *text;

  if (self->formulas->len == 0)
    return parent->get_contents (accessible, start, end);
  text = dup_read (self, start, end);
  return g_bytes_new_take (text, strlen (text));
}

static gboolean
is_formula (const GtkTextIter *iter)
{
  return gtk_text_iter_get_char (iter) == OBJECT_CHARACTER;
}

/* A word or a sentence reaches to where the next begins, so that what is read piece by piece is
 * read whole. A formula is a word by itself. */
static gboolean
begins_piece (const GtkTextIter *iter, GtkAccessibleTextGranularity granularity)
{
  GtkTextIter before = *iter;

  if (gtk_text_iter_starts_line (iter))
    return TRUE;
  if (granularity == GTK_ACCESSIBLE_TEXT_GRANULARITY_SENTENCE)
    return gtk_text_iter_starts_sentence (iter);
  return gtk_text_iter_starts_word (iter) || is_formula (iter)
         || (gtk_text_iter_backward_char (&before) && is_formula (&before));
}

static void
get_range_at (AssayDocumentText *self,
              const GtkTextIter *at,
              GtkAccessibleTextGranularity granularity,
              GtkTextIter *start,
              GtkTextIter *end)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);

  *start = *end = *at;
  switch (granularity)
    {
    case GTK_ACCESSIBLE_TEXT_GRANULARITY_WORD:
    case GTK_ACCESSIBLE_TEXT_GRANULARITY_SENTENCE:
      while (!begins_piece (start, granularity) && gtk_text_iter_backward_char (start))
        ;
      while (gtk_text_iter_forward_char (end) && !begins_piece (end, granularity))
        ;
      break;
    case GTK_ACCESSIBLE_TEXT_GRANULARITY_LINE:
      if (!gtk_text_view_starts_display_line (view, start))
        gtk_text_view_backward_display_line_start (view, start);
      gtk_text_view_forward_display_line (view, end);
      if (!gtk_text_view_starts_display_line (view, end))
        gtk_text_view_backward_display_line_start (view, end);
      if (gtk_text_iter_compare (end, at) <= 0)
        gtk_text_buffer_get_end_iter (gtk_text_view_get_buffer (view), end);
      break;
    case GTK_ACCESSIBLE_TEXT_GRANULARITY_PARAGRAPH:
    default:
      gtk_text_iter_set_line_offset (start, 0);
      gtk_text_iter_forward_line (end);
      break;
    }
}

/* GTK's own keeps the layout of each line that it was asked for. */
static GBytes *
get_contents_at (GtkAccessibleText *accessible,
                 guint offset,
                 GtkAccessibleTextGranularity granularity,
                 guint *start,
                 guint *end)
{
  AssayDocumentText *self = ASSAY_DOCUMENT_TEXT (accessible);
  GtkTextIter at, from, to;

  if (granularity == GTK_ACCESSIBLE_TEXT_GRANULARITY_CHARACTER)
    {
      *start = offset;
      *end = offset + 1;
      return get_contents (accessible, *start, *end);
    }
  gtk_text_buffer_get_iter_at_offset (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)), &at,
                                      (int) to_shown (self, offset, FALSE));
  get_range_at (self, &at, granularity, &from, &to);
  *start = to_read (self, (guint) gtk_text_iter_get_offset (&from));
  *end = to_read (self, (guint) gtk_text_iter_get_offset (&to));
  return get_contents (accessible, *start, *end);
}

static guint
get_caret_position (GtkAccessibleText *accessible)
{
  return to_read (ASSAY_DOCUMENT_TEXT (accessible), parent->get_caret_position (accessible));
}

static void
read_ranges (AssayDocumentText *self, gsize n_ranges, GtkAccessibleTextRange *ranges)
{
  for (gsize i = 0; i < n_ranges; i++)
    {
      guint start = to_read (self, ranges[i].start);
      guint end = to_read (self, ranges[i].start + ranges[i].length);

      ranges[i].start = start;
      ranges[i].length = end - start;
    }
}

static gboolean
get_selection (GtkAccessibleText *accessible, gsize *n_ranges, GtkAccessibleTextRange **ranges)
{
  if (!parent->get_selection (accessible, n_ranges, ranges))
    return FALSE;
  if (ranges != NULL && *ranges != NULL)
    read_ranges (ASSAY_DOCUMENT_TEXT (accessible), *n_ranges, *ranges);
  return TRUE;
}

static gboolean
get_attributes (GtkAccessibleText *accessible,
                guint offset,
                gsize *n_ranges,
                GtkAccessibleTextRange **ranges,
                char ***names,
                char ***values)
{
  AssayDocumentText *self = ASSAY_DOCUMENT_TEXT (accessible);

  if (!parent->get_attributes (accessible, to_shown (self, offset, FALSE), n_ranges, ranges, names,
                               values))
    return FALSE;
  if (ranges != NULL && *ranges != NULL)
    read_ranges (self, *n_ranges, *ranges);
  return TRUE;
}

static gboolean
get_extents (GtkAccessibleText *accessible, guint start, guint end, graphene_rect_t *extents)
{
  AssayDocumentText *self = ASSAY_DOCUMENT_TEXT (accessible);

  return parent->get_extents (accessible, to_shown (self, start, FALSE), to_shown (self, end, TRUE),
                              extents);
}

static gboolean
get_offset (GtkAccessibleText *accessible, const graphene_point_t *point, guint *offset)
{
  if (!parent->get_offset (accessible, point, offset))
    return FALSE;
  *offset = to_read (ASSAY_DOCUMENT_TEXT (accessible), *offset);
  return TRUE;
}

void
_assay_document_text_init_accessible (GtkAccessibleTextInterface *iface)
{
  parent = g_type_interface_peek_parent (iface);
  iface->get_contents = get_contents;
  iface->get_contents_at = get_contents_at;
  iface->get_caret_position = get_caret_position;
  iface->get_selection = get_selection;
  iface->get_attributes = get_attributes;
  iface->get_extents = get_extents;
  iface->get_offset = get_offset;
}
