/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-rendition-private.h"

#include <string.h>

#include "assay-limits.h"
#include "assay-words.h"

G_DEFINE_BOXED_TYPE (AssayRendition, assay_rendition, assay_rendition_ref, assay_rendition_unref)

static void
rendition_clear (gpointer data)
{
  AssayRendition *self = data;

  g_clear_pointer (&self->markdown, assay_markdown_unref);
  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->parts, g_array_unref);
  g_clear_pointer (&self->formulas, g_array_unref);
  g_clear_pointer (&self->tables, g_ptr_array_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
  g_string_free (self->text, TRUE);
}

static void
table_free (gpointer data)
{
  AssayTableText *table = data;

  g_ptr_array_unref (table->cells);
  g_free (table);
}

static void
place_clear (gpointer data)
{
  AssayFormulaPlace *place = data;

  assay_math_layout_unref (place->layout);
}

static void
append_cells (GString *text, const AssayBlock *block)
{
  for (guint r = 0; r < block->rows->len; r++)
    {
      GPtrArray *row = g_ptr_array_index (block->rows, r);

      for (guint c = 0; c < row->len; c++)
        {
          AssayTableCell *cell = g_ptr_array_index (row, c);

          for (guint i = 0; i < cell->runs->len; i++)
            {
              AssayRun *run = &g_array_index (cell->runs, AssayRun, i);

              g_string_append_len (text, run->text, run->length_bytes);
            }
          g_string_append_c (text, '\n');
        }
    }
}

/* As a reader counts: without addresses, markers and labels. */
static AssayTextCounts
count (AssayMarkdown *markdown)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) sentences = NULL;
  AssayTextCounts counts = { 0 };

  for (guint i = 0; i < assay_markdown_get_n_blocks (markdown); i++)
    {
      const AssayBlock *block = assay_markdown_get_block (markdown, i);

      if (block->kind == ASSAY_BLOCK_TABLE)
        append_cells (text, block);
      for (guint r = 0; r < block->runs->len; r++)
        {
          AssayRun *run = &g_array_index (block->runs, AssayRun, r);

          g_string_append_len (text, run->text, run->length_bytes);
        }
      g_string_append_c (text, '\n');
    }
  sentences = assay_sentences_split (text->str);
  counts.n_words = assay_words_count (text->str);
  counts.n_sentences = sentences->len / 2;
  for (const char *p = text->str; *p != '\0'; p = g_utf8_next_char (p))
    counts.n_characters += *p != '\n' && *p != '\r';
  return counts;
}

static guint
find_part_index (AssayRendition *self, guint offset)
{
  guint low = 0;
  guint high = self->parts->len;

  /* The first part that ends behind the offset. */
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      AssayPart *part = &g_array_index (self->parts, AssayPart, middle);

      if (part->start + part->n_characters <= offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static guint
find_line_index (AssayRendition *self, guint offset)
{
  guint low = 0;
  guint high = self->lines->len;

  /* The last line that begins at the offset or before it. */
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->lines, AssayLine, middle).start <= offset)
        low = middle;
      else
        high = middle;
    }
  return low;
}

static gboolean
comes_from_source (const AssayPart *part)
{
  return part->kind <= ASSAY_PART_MARK;
}

static gsize
advance (const char *text, gsize start, guint n_characters)
{
  return g_utf8_offset_to_pointer (text + start, n_characters) - text;
}

static void
append_part (AssayRendition *self,
             const AssayLine *line,
             const AssayPart *part,
             guint start,
             guint end,
             GString *text)
{
  const char *source = assay_markdown_get_source (self->markdown);
  const char *from, *to;

  switch (part->kind)
    {
    case ASSAY_PART_FORMULA:
    case ASSAY_PART_MARK:
      g_string_append_len (text, source + part->source_start,
                           part->source_end - part->source_start);
      return;
    case ASSAY_PART_DECORATION:
      return;
    case ASSAY_PART_ATOMIC:
      if (assay_rendition_line_is_table (self, line))
        {
          g_string_append_len (text, source + part->source_start,
                               part->source_end - part->source_start);
          return;
        }
      break;
    case ASSAY_PART_EXACT:
    case ASSAY_PART_MARKER:
    default:
      break;
    }

  from = g_utf8_offset_to_pointer (self->text->str + line->text_start, start - line->start);
  to = g_utf8_offset_to_pointer (from, end - start);
  for (const char *p = from; p < to; p++)
    g_string_append_c (text, part->kind == ASSAY_PART_MARKER && *p == '\t' ? ' ' : *p);
}

AssayRendition *
assay_rendition_new (AssayMarkdown *markdown, int direction)
{
  AssayRendition *self;
  const char *source;

  g_return_val_if_fail (markdown != NULL, NULL);

  source = assay_markdown_get_source (markdown);
  self = g_atomic_rc_box_new0 (AssayRendition);
  self->markdown = assay_markdown_ref (markdown);
  self->text = g_string_sized_new (strlen (source) + 64);
  self->lines = g_array_new (FALSE, FALSE, sizeof (AssayLine));
  self->parts = g_array_new (FALSE, FALSE, sizeof (AssayPart));
  self->formulas = g_array_new (FALSE, FALSE, sizeof (AssayFormulaPlace));
  g_array_set_clear_func (self->formulas, place_clear);
  self->tables = g_ptr_array_new_with_free_func (table_free);
  self->strings = g_string_chunk_new (256);
  self->direction = direction ? direction : assay_text_direction (source, -1);
  if (self->direction == 0)
    self->direction = 1;
  assay_visible_text_count (source, strlen (source), self->marks);
  self->counts = count (markdown);
  _assay_rendition_build (self);
  return self;
}

AssayRendition *
assay_rendition_ref (AssayRendition *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
assay_rendition_unref (AssayRendition *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, rendition_clear);
}

AssayMarkdown *
assay_rendition_get_markdown (AssayRendition *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->markdown;
}

const char *
assay_rendition_get_text (AssayRendition *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text->str;
}

guint
assay_rendition_get_n_characters (AssayRendition *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_characters;
}

guint
assay_rendition_get_n_lines (AssayRendition *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->lines->len;
}

const AssayLine *
assay_rendition_get_line (AssayRendition *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->lines->len, NULL);

  return &g_array_index (self->lines, AssayLine, index);
}

guint
assay_rendition_get_n_parts (AssayRendition *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->parts->len;
}

const AssayPart *
assay_rendition_get_part (AssayRendition *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->parts->len, NULL);

  return &g_array_index (self->parts, AssayPart, index);
}

const AssayBlock *
assay_rendition_get_block (AssayRendition *self, const AssayLine *line)
{
  g_return_val_if_fail (self != NULL && line != NULL, NULL);

  return assay_markdown_get_block (self->markdown, line->block);
}

gboolean
assay_rendition_line_is_table (AssayRendition *self, const AssayLine *line)
{
  g_return_val_if_fail (self != NULL && line != NULL, FALSE);

  return !line->is_code && !line->is_marker
         && assay_rendition_get_block (self, line)->kind == ASSAY_BLOCK_TABLE;
}

guint
assay_rendition_get_n_tables (AssayRendition *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->tables->len;
}

const AssayBlock *
assay_rendition_get_table (AssayRendition *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->tables->len, NULL);

  return ((AssayTableText *) g_ptr_array_index (self->tables, index))->block;
}

GPtrArray *
assay_rendition_get_cells (AssayRendition *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->tables->len, NULL);

  return ((AssayTableText *) g_ptr_array_index (self->tables, index))->cells;
}

gboolean
assay_rendition_part_is_table (AssayRendition *self, guint index)
{
  const AssayPart *part = assay_rendition_get_part (self, index);
  guint line;

  g_return_val_if_fail (part != NULL, FALSE);

  if (part->kind != ASSAY_PART_ATOMIC)
    return FALSE;
  line = find_line_index (self, part->start);
  return assay_rendition_line_is_table (self, &g_array_index (self->lines, AssayLine, line));
}

gboolean
assay_rendition_code_has_colors (AssayRendition *self, guint first, guint last)
{
  const AssayLine *line = assay_rendition_get_line (self, first);
  gsize start;

  g_return_val_if_fail (line != NULL && first <= last, FALSE);

  if (!line->is_code || assay_rendition_get_block (self, line)->language == NULL)
    return FALSE;
  start = line->text_start;
  for (guint l = first; l <= last; l++)
    {
      line = assay_rendition_get_line (self, l);
      if (line->text_end - line->text_start > ASSAY_LIMIT_HIGHLIGHT_LINE_BYTES
          || line->text_end - start > ASSAY_LIMIT_HIGHLIGHT_BYTES)
        return FALSE;
    }
  return TRUE;
}

guint
assay_rendition_get_n_formulas (AssayRendition *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->formulas->len;
}

const AssayFormulaPlace *
assay_rendition_get_formula (AssayRendition *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->formulas->len, NULL);

  return &g_array_index (self->formulas, AssayFormulaPlace, index);
}

int
assay_rendition_get_direction (AssayRendition *self)
{
  g_return_val_if_fail (self != NULL, 1);

  return self->direction;
}

const AssayTextCounts *
assay_rendition_get_counts (AssayRendition *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->counts;
}

gboolean
assay_rendition_map_to_source (AssayRendition *self,
                               guint start,
                               guint end,
                               gsize *source_start,
                               gsize *source_end)
{
  const char *source;
  gboolean found = FALSE;

  g_return_val_if_fail (self != NULL && source_start != NULL && source_end != NULL, FALSE);

  source = assay_markdown_get_source (self->markdown);
  for (guint i = find_part_index (self, start); i < self->parts->len; i++)
    {
      AssayPart *part = &g_array_index (self->parts, AssayPart, i);

      if (part->start >= end)
        break;
      if (!comes_from_source (part))
        continue;
      if (!found)
        {
          *source_start = part->source_start;
          if (part->kind == ASSAY_PART_EXACT && start > part->start)
            *source_start = advance (source, part->source_start, start - part->start);
        }
      *source_end = part->source_end;
      if (part->kind == ASSAY_PART_EXACT && end < part->start + part->n_characters)
        *source_end = advance (source, part->source_start, end - part->start);
      found = TRUE;
    }
  return found;
}

guint
assay_rendition_map_to_shown (AssayRendition *self, gsize source_offset)
{
  const char *source;

  g_return_val_if_fail (self != NULL, 0);

  source = assay_markdown_get_source (self->markdown);
  for (guint i = 0; i < self->parts->len; i++)
    {
      AssayPart *part = &g_array_index (self->parts, AssayPart, i);

      if (!comes_from_source (part) || part->source_end <= source_offset)
        continue;
      if (part->kind != ASSAY_PART_EXACT || part->source_start >= source_offset)
        return part->start;
      return part->start
             + (guint) g_utf8_pointer_to_offset (source + part->source_start,
                                                 source + source_offset);
    }
  return self->parts->len > 0 ? assay_rendition_get_n_characters (self) : 0;
}

char *
assay_rendition_dup_text (AssayRendition *self, guint start, guint end)
{
  g_autoptr (GString) text = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_string_new (NULL);
  for (guint l = find_line_index (self, start); l < self->lines->len; l++)
    {
      AssayLine *line = &g_array_index (self->lines, AssayLine, l);

      if (line->start >= end)
        break;
      if (line->start > start && !line->continues)
        g_string_append_c (text, '\n');
      for (guint i = line->first_part; i < line->first_part + line->n_parts; i++)
        {
          AssayPart *part = &g_array_index (self->parts, AssayPart, i);
          guint from = MAX (start, part->start);
          guint to = MIN (end, part->start + part->n_characters);

          if (from < to)
            append_part (self, line, part, from, to, text);
        }
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

gboolean
assay_rendition_find_code (AssayRendition *self, guint line, guint *first, guint *last)
{
  g_return_val_if_fail (self != NULL && first != NULL && last != NULL, FALSE);

  if (line >= self->lines->len || !g_array_index (self->lines, AssayLine, line).is_code)
    return FALSE;
  *first = *last = line;
  while (*first > 0 && !g_array_index (self->lines, AssayLine, *first).is_first)
    *first -= 1;
  while (*last + 1 < self->lines->len && !g_array_index (self->lines, AssayLine, *last).is_last)
    *last += 1;
  return TRUE;
}

char *
assay_rendition_dup_block_text (AssayRendition *self, guint line)
{
  guint first, last, end;

  g_return_val_if_fail (self != NULL, NULL);

  if (!assay_rendition_find_code (self, line, &first, &last))
    return NULL;
  end = last + 1 < self->lines->len ? g_array_index (self->lines, AssayLine, last + 1).start - 1
                                    : self->n_characters;
  return assay_rendition_dup_text (self, g_array_index (self->lines, AssayLine, first).start, end);
}

const AssayPart *
assay_rendition_find_part (AssayRendition *self, guint offset)
{
  guint index;
  AssayPart *part;

  g_return_val_if_fail (self != NULL, NULL);

  index = find_part_index (self, offset);
  if (index >= self->parts->len)
    return NULL;
  part = &g_array_index (self->parts, AssayPart, index);
  return part->start <= offset ? part : NULL;
}
