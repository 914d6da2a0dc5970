/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-markdown-private.h"

#include <string.h>

#include "assay-front-matter.h"
#include "assay-limits.h"

/* A plain block holds as many whole lines as come to this. */
#define PLAIN_BLOCK_BYTES 4096
/* How a text begins is looked for in this much of it. */
#define BEGINNING_BYTES 2048

G_DEFINE_BOXED_TYPE (AssayMarkdown, assay_markdown, assay_markdown_ref, assay_markdown_unref)

static void
cell_free (gpointer data)
{
  AssayTableCell *cell = data;

  g_array_unref (cell->runs);
  g_free (cell);
}

static void
row_free (gpointer data)
{
  g_ptr_array_unref (data);
}

static void
block_clear (gpointer data)
{
  _assay_block_clear (data);
}

static void
markdown_clear (gpointer data)
{
  AssayMarkdown *self = data;

  g_clear_pointer (&self->blocks, g_array_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
  g_clear_pointer (&self->source, g_free);
}

static void
fill_plain (AssayMarkdown *self)
{
  gsize start = 0;

  self->is_plain = TRUE;
  while (start < self->length_bytes)
    {
      gsize end = self->length_bytes;
      gsize text_end;
      AssayBlock block;
      AssayRun run = { 0 };

      if (end - start > PLAIN_BLOCK_BYTES)
        {
          gsize from = start + PLAIN_BLOCK_BYTES;
          const char *newline = memchr (self->source + from, '\n', end - from);

          end = newline ? newline + 1 - self->source : end;
        }
      /* The line break that ends a block is not part of its text. */
      text_end = end;
      if (text_end > start && self->source[text_end - 1] == '\n')
        text_end--;

      _assay_block_init (&block, ASSAY_BLOCK_PARAGRAPH);
      block.source_start = start;
      block.source_end = end;
      run.text = self->source + start;
      run.length_bytes = text_end - start;
      run.source_start = start;
      run.source_end = text_end;
      g_array_append_val (block.runs, run);
      g_array_append_val (self->blocks, block);
      start = end;
    }
}

AssayMarkdown *
_assay_markdown_alloc (const char *source, gsize length_bytes)
{
  AssayMarkdown *self = g_atomic_rc_box_new0 (AssayMarkdown);

  self->source = g_strndup (source, length_bytes);
  self->length_bytes = length_bytes;
  _assay_markdown_clear_blocks (self);
  return self;
}

void
_assay_markdown_clear_blocks (AssayMarkdown *self)
{
  g_clear_pointer (&self->blocks, g_array_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
  self->blocks = g_array_new (FALSE, FALSE, sizeof (AssayBlock));
  g_array_set_clear_func (self->blocks, block_clear);
  self->strings = g_string_chunk_new (256);
  self->n_dropped = 0;
  self->size = (AssayMarkdownSize) { 0 };
}

void
_assay_block_init (AssayBlock *block, AssayBlockKind kind)
{
  *block = (AssayBlock) { .kind = kind };
  block->marks = g_array_new (FALSE, FALSE, sizeof (AssayListMark));
  block->runs = g_array_new (FALSE, FALSE, sizeof (AssayRun));
  if (kind == ASSAY_BLOCK_TABLE)
    block->rows = g_ptr_array_new_with_free_func (row_free);
}

void
_assay_block_clear (AssayBlock *block)
{
  g_clear_pointer (&block->marks, g_array_unref);
  g_clear_pointer (&block->runs, g_array_unref);
  g_clear_pointer (&block->rows, g_ptr_array_unref);
}

AssayTableCell *
_assay_block_add_cell (AssayBlock *block, int align)
{
  AssayTableCell *cell = g_new0 (AssayTableCell, 1);
  GPtrArray *row = g_ptr_array_index (block->rows, block->rows->len - 1);

  cell->runs = g_array_new (FALSE, FALSE, sizeof (AssayRun));
  cell->align = align;
  g_ptr_array_add (row, cell);
  return cell;
}

void
_assay_block_add_row (AssayBlock *block)
{
  g_ptr_array_add (block->rows, g_ptr_array_new_with_free_func (cell_free));
}

void
_assay_runs_add (AssayMarkdown *self, GArray *runs, const AssayRun *run)
{
  AssayRun *last = runs->len > 0 ? &g_array_index (runs, AssayRun, runs->len - 1) : NULL;

  if (last != NULL && last->style == run->style && last->target == run->target
      && last->source_end == run->source_start && assay_markdown_run_is_exact (self, last)
      && assay_markdown_run_is_exact (self, run))
    {
      last->length_bytes += run->length_bytes;
      last->source_end = run->source_end;
      return;
    }
  g_array_append_vals (runs, run, 1);
}

static AssayMarkdown *
parse (const char *source, gssize length, gboolean is_prose)
{
  gsize length_bytes = length < 0 ? strlen (source) : (gsize) length;
  AssayMarkdown *self = _assay_markdown_alloc (source, length_bytes);

  self->is_prose = is_prose;
  if (length_bytes > ASSAY_LIMIT_DOCUMENT_BYTES || !_assay_markdown_fill (self)
      || self->n_dropped > 0)
    {
      guint n_dropped = self->n_dropped;
      AssayMarkdownSize size = self->size;

      _assay_markdown_clear_blocks (self);
      fill_plain (self);
      self->n_dropped = n_dropped;
      self->size = size;
    }
  return self;
}

AssayMarkdown *
assay_markdown_parse (const char *source, gssize length)
{
  g_return_val_if_fail (source != NULL, NULL);

  return parse (source, length, FALSE);
}

AssayMarkdown *
assay_markdown_parse_prose (const char *source, gssize length)
{
  g_return_val_if_fail (source != NULL, NULL);

  return parse (source, length, TRUE);
}

AssayMarkdown *
assay_markdown_plain (const char *source, gssize length)
{
  AssayMarkdown *self;

  g_return_val_if_fail (source != NULL, NULL);

  self = _assay_markdown_alloc (source, length < 0 ? strlen (source) : (gsize) length);
  fill_plain (self);
  return self;
}

AssayMarkdown *
assay_markdown_ref (AssayMarkdown *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
assay_markdown_unref (AssayMarkdown *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, markdown_clear);
}

const char *
assay_markdown_get_source (AssayMarkdown *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->source;
}

guint
assay_markdown_get_n_blocks (AssayMarkdown *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->blocks->len;
}

const AssayBlock *
assay_markdown_get_block (AssayMarkdown *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->blocks->len, NULL);

  return &g_array_index (self->blocks, AssayBlock, index);
}

guint
assay_markdown_get_n_dropped (AssayMarkdown *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_dropped;
}

const AssayMarkdownSize *
assay_markdown_get_size (AssayMarkdown *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->size;
}

gboolean
assay_markdown_get_is_plain (AssayMarkdown *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_plain;
}

gboolean
assay_markdown_run_is_exact (AssayMarkdown *self, const AssayRun *run)
{
  g_return_val_if_fail (self != NULL && run != NULL, FALSE);

  return run->text == self->source + run->source_start
         && run->length_bytes == run->source_end - run->source_start;
}

static char *
dup_first_line (GArray *runs)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; runs != NULL && i < runs->len; i++)
    {
      const AssayRun *run = &g_array_index (runs, AssayRun, i);

      g_string_append_len (line, run->text, run->length_bytes);
    }
  g_strchug (line->str);
  line->str[strcspn (line->str, "\n")] = '\0';
  return g_string_free_and_steal (g_steal_pointer (&line));
}

char *
assay_markdown_make_beginning (const char *source)
{
  g_autoptr (AssayMarkdown) self = NULL;
  const char *end;

  g_return_val_if_fail (source != NULL, NULL);

  end = source + strnlen (source, BEGINNING_BYTES);
  if (*end != '\0')
    end = g_utf8_find_prev_char (source, end + 1);
  self = assay_markdown_parse (source, end - source);
  for (guint i = 0; i < assay_markdown_get_n_blocks (self); i++)
    {
      const AssayBlock *block = assay_markdown_get_block (self, i);
      GArray *runs = block->runs;
      g_autofree char *line = NULL;

      if (block->source_start == 0 && assay_front_matter_find (source, end - source) > 0)
        continue;
      if (block->rows != NULL && block->rows->len > 0)
        {
          GPtrArray *head = g_ptr_array_index (block->rows, 0);

          runs = head->len > 0 ? ((AssayTableCell *) g_ptr_array_index (head, 0))->runs : NULL;
        }
      line = dup_first_line (runs);
      if (*line != '\0')
        return g_steal_pointer (&line);
    }
  return g_strdup ("");
}
