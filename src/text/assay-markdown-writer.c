/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-markdown-writer.h"

#include <string.h>

#include "assay-limits.h"
#include "assay-markdown-html.h"
#include "assay-source-lines.h"

/* The longest name of a code block's language; what is longer is no language. */
#define LANGUAGE_BYTES_MAX 64

/* Lines of a paragraph that somebody wrapped by hand are joined; all others are kept as the model
 * wrote them. */
#define WRAPPED_LINES_MIN 3

static const char soft_break[] = "\n";

typedef struct
{
  AssayListMark mark;
  gboolean used; /* a block stands in it already */
} Level;

typedef struct
{
  gboolean is_ordered;
  gboolean is_tight;
  guint next;
} List;

void
_assay_markdown_writer_init (AssayMarkdownWriter *self, AssayMarkdown *document)
{
  *self = (AssayMarkdownWriter) {
    .document = document,
    .source = document->source,
    .length = document->length_bytes,
    .levels = g_array_new (FALSE, FALSE, sizeof (Level)),
    .lists = g_array_new (FALSE, FALSE, sizeof (List)),
  };
}

void
_assay_markdown_writer_clear (AssayMarkdownWriter *self)
{
  if (self->block_is_open)
    _assay_block_clear (&self->block);
  g_array_unref (self->levels);
  g_array_unref (self->lists);
}

GArray *
_assay_markdown_writer_get_runs (AssayMarkdownWriter *self)
{
  return self->cell ? self->cell->runs : self->block.runs;
}

/* A block without text of its own (a rule, an empty code block) has no place in what md4c says: it
 * is the next line after the last block that looks like it. */
static gsize
find_bare_block (AssayMarkdownWriter *self, const char *characters, guint n)
{
  gsize offset = self->block_end;

  if (offset > 0 && self->source[offset - 1] != '\n')
    offset = _assay_source_find_next_line (self->source, self->length, offset);
  for (guint i = 0; i < 64 && offset < self->length; i++)
    {
      if (characters ? _assay_source_line_has (self->source, self->length, offset, characters, n)
                     : !_assay_source_line_is_empty (self->source, self->length, offset))
        return offset;
      offset = _assay_source_find_next_line (self->source, self->length, offset);
    }
  return MIN (self->block_end, self->length);
}

void
_assay_markdown_writer_add_run (AssayMarkdownWriter *self,
                                const char *text,
                                gsize length,
                                gsize start,
                                gsize end)
{
  AssayRun run = { .text = text, .length_bytes = length };

  if (!self->block_is_open || self->table_is_text)
    {
      self->cursor = MAX (self->cursor, end);
      return;
    }

  run.source_start = start;
  run.source_end = end;
  run.style = self->style;
  run.target = self->target;
  _assay_runs_add (self->document, _assay_markdown_writer_get_runs (self), &run);
  self->runs_total++;
  self->cursor = end;
}

/* What the source has between the last run and this one (the mark of a quotation, the indentation
 * of a list) belongs to the line break before it. */
void
_assay_markdown_writer_stretch_to (AssayMarkdownWriter *self, gsize start)
{
  GArray *runs = _assay_markdown_writer_get_runs (self);
  AssayRun *last = runs->len > 0 ? &g_array_index (runs, AssayRun, runs->len - 1) : NULL;

  if (last != NULL && last->source_end < start
      && (last->text == soft_break || last->text[0] == '\0'
          || !assay_markdown_run_is_exact (self->document, last)))
    last->source_end = start;
}

static void
add_indent (AssayMarkdownWriter *self, gsize offset)
{
  gsize n = self->indent;
  g_autofree char *spaces = NULL;

  if (n == 0)
    return;
  self->indent = 0;
  if (offset >= self->cursor + n && _assay_span (self->source, offset, offset - n, " ") == n)
    {
      _assay_markdown_writer_stretch_to (self, offset - n);
      _assay_markdown_writer_add_run (self, self->source + offset - n, n, offset - n, offset);
      return;
    }
  /* Tabs stay tabs, where all of them are the code's own. */
  if (self->cursor < offset
      && _assay_source_find_line_start (self->source, self->length, self->cursor) == self->cursor
      && _assay_span (self->source, offset, self->cursor, " \t") == offset - self->cursor
      && _assay_source_count_columns (self->source, self->cursor, offset) == n)
    {
      _assay_markdown_writer_add_run (self, self->source + self->cursor, offset - self->cursor,
                                      self->cursor, offset);
      return;
    }
  spaces = g_strnfill (n, ' ');
  _assay_markdown_writer_add_run (self,
                                  g_string_chunk_insert_const (self->document->strings, spaces), n,
                                  MIN (self->cursor, offset), offset);
}

void
_assay_markdown_writer_add_source (AssayMarkdownWriter *self, gsize start, gsize length)
{
  while (self->after_break && length > 0 && self->source[start] == ' ')
    {
      start++;
      length--;
    }
  self->after_break = FALSE;
  if (length == 0)
    return;
  add_indent (self, start);
  _assay_markdown_writer_stretch_to (self, start);
  _assay_markdown_writer_add_run (self, self->source + start, length, start, start + length);
}

void
_assay_markdown_writer_add_line_break (AssayMarkdownWriter *self, const char *text)
{
  gsize start = self->cursor;
  gsize end;

  add_indent (self, self->cursor);
  end = _assay_source_skip_line_break (
      self->source, self->length, _assay_source_find_line_end (self->source, self->length, start));
  if (text == soft_break)
    self->n_soft_breaks++;
  else if (end == start + 1 && text[0] == '\n' && self->source[start] == '\n')
    text = self->source + start;
  _assay_markdown_writer_add_run (self, text, 1, start, end);
}

void
_assay_markdown_writer_add_soft_break (AssayMarkdownWriter *self)
{
  _assay_markdown_writer_add_line_break (self, soft_break);
}

static void
settle_soft_breaks (AssayMarkdownWriter *self, AssayBlock *block)
{
  gboolean join = FALSE;

  if (self->n_soft_breaks == 0)
    return;
  if (self->document->is_prose)
    join = TRUE;
  else if (self->n_soft_breaks + 1 >= WRAPPED_LINES_MIN)
    join = _assay_source_is_wrapped_by_hand (self->source, self->length,
                                             g_array_index (block->runs, AssayRun, 0).source_start,
                                             self->cursor);
  for (guint i = 0; i < block->runs->len; i++)
    {
      AssayRun *run = &g_array_index (block->runs, AssayRun, i);

      if (run->text != soft_break)
        continue;
      if (join)
        run->text = " ";
      else if (run->source_end == run->source_start + 1 && self->source[run->source_start] == '\n')
        run->text = self->source + run->source_start;
    }
}

/* Takes the line break off the end of a code block. */
static void
trim_line_break (AssayBlock *block)
{
  AssayRun *last;

  if (block->runs->len == 0)
    return;
  last = &g_array_index (block->runs, AssayRun, block->runs->len - 1);
  if (last->length_bytes == 0 || last->text[last->length_bytes - 1] != '\n')
    return;
  if (last->length_bytes == 1)
    {
      g_array_set_size (block->runs, block->runs->len - 1);
    }
  else
    {
      last->length_bytes--;
      last->source_end--;
    }
}

static gboolean
get_text_range (const AssayBlock *block, gsize *start, gsize *end)
{
  gboolean found = FALSE;
  guint n_cells = 0;

  if (block->kind != ASSAY_BLOCK_TABLE && block->runs->len > 0)
    {
      *start = g_array_index (block->runs, AssayRun, 0).source_start;
      *end = g_array_index (block->runs, AssayRun, block->runs->len - 1).source_end;
      return TRUE;
    }
  for (guint i = 0; block->rows != NULL && i < block->rows->len; i++)
    {
      GPtrArray *row = g_ptr_array_index (block->rows, i);

      n_cells = row->len;
      for (guint j = 0; j < n_cells; j++)
        {
          AssayTableCell *cell = g_ptr_array_index (row, j);

          if (cell->runs->len == 0)
            continue;
          if (!found)
            *start = g_array_index (cell->runs, AssayRun, 0).source_start;
          *end = g_array_index (cell->runs, AssayRun, cell->runs->len - 1).source_end;
          found = TRUE;
        }
    }
  return found;
}

/* What looked like the end of the last block is where this one begins. The place of a block
 * without text is a guess as a whole, and perhaps that of the one before it. */
static void
pull_back (AssayMarkdownWriter *self, gsize start)
{
  GArray *blocks = self->document->blocks;
  guint first = blocks->len;
  gsize latest = start;

  if (start >= self->block_end || blocks->len == 0)
    return;
  for (; first > 0; first--)
    {
      AssayBlock *block = &g_array_index (blocks, AssayBlock, first - 1);
      gsize text_start, text_end;

      if (block->source_end <= start)
        break;
      if (!get_text_range (block, &text_start, &text_end))
        continue;
      latest = MAX (start, text_end);
      block->source_end = MIN (block->source_end, latest);
      break;
    }
  for (guint i = first; i < blocks->len; i++)
    {
      AssayBlock *block = &g_array_index (blocks, AssayBlock, i);

      block->source_start = MIN (block->source_start, latest);
      block->source_end = MIN (block->source_end, latest);
    }
  self->block_end = g_array_index (blocks, AssayBlock, blocks->len - 1).source_end;
}

static gboolean
is_closing_fence (AssayMarkdownWriter *self, gsize opening, gsize offset)
{
  g_autofree gboolean *are_quotes = g_new (gboolean, self->levels->len);

  for (guint i = 0; i < self->levels->len; i++)
    are_quotes[i] = g_array_index (self->levels, Level, i).mark.is_quote;
  return _assay_source_line_closes_fence (self->source, self->length, opening, offset, are_quotes,
                                          self->levels->len);
}

/* The lines that a block was made from, its fences and underlines included. */
static void
set_extent (AssayMarkdownWriter *self, AssayBlock *block)
{
  static const char *const bare[ASSAY_BLOCK_TABLE + 1] = {
    [ASSAY_BLOCK_HEADING] = "#",
    [ASSAY_BLOCK_RULE] = "-_*",
    [ASSAY_BLOCK_TABLE] = "|",
  };
  gsize start, end;

  if (!get_text_range (block, &start, &end))
    {
      start = self->block_is_fenced ? block->source_start
                                    : find_bare_block (self, bare[block->kind], 1);
      end = start;
    }
  /* A head without text has its line nevertheless. */
  if (block->kind == ASSAY_BLOCK_TABLE)
    start = MIN (start, find_bare_block (self, bare[block->kind], 1));
  start = _assay_source_find_line_start (self->source, self->length, start);
  if (self->block_is_fenced)
    start = MIN (start, block->source_start);
  end = _assay_source_find_line_end (self->source, self->length, MIN (end, self->length));

  if (self->block_is_fenced)
    {
      gsize next = _assay_source_find_next_line (self->source, self->length, end);

      if (next < self->length && is_closing_fence (self, start, next))
        end = _assay_source_find_line_end (self->source, self->length, next);
    }
  else if (block->kind == ASSAY_BLOCK_TABLE)
    {
      gsize delimiter_row = _assay_source_find_next_line (self->source, self->length, start);
      gsize row_end = _assay_source_find_line_end (self->source, self->length, delimiter_row);

      if (_assay_span (self->source, row_end, delimiter_row, " \t>|:-") == row_end - delimiter_row)
        end = MAX (end, row_end);
    }
  else if (block->kind == ASSAY_BLOCK_HEADING
           && !_assay_source_line_has (self->source, self->length, start, "#", 1))
    {
      end = _assay_source_find_line_end (self->source, self->length,
                                         _assay_source_find_next_line (self->source, self->length,
                                                                       end));
    }

  pull_back (self, start);
  block->source_start = CLAMP (start, self->block_end, self->length);
  block->source_end = CLAMP (end, block->source_start, self->length);
}

void
_assay_markdown_writer_open_block (AssayMarkdownWriter *self, AssayBlockKind kind)
{
  guint depth = MIN (self->levels->len, ASSAY_LIMIT_DOCUMENT_DEPTH_LEVELS);

  g_assert (!self->block_is_open);

  _assay_block_init (&self->block, kind);
  for (guint i = 0; i < depth; i++)
    {
      Level *level = &g_array_index (self->levels, Level, i);
      AssayListMark mark = level->mark;

      mark.first = !level->used;
      g_array_append_val (self->block.marks, mark);
    }
  /* The levels that hold nothing yet are always the innermost. */
  for (guint i = self->levels->len; i > 0; i--)
    {
      Level *level = &g_array_index (self->levels, Level, i - 1);

      if (level->used)
        break;
      level->used = TRUE;
    }
  self->block_is_open = TRUE;
  self->block_is_implicit = FALSE;
  self->block_is_fenced = FALSE;
  self->table_is_text = FALSE;
  self->n_soft_breaks = 0;
  self->indent = 0;
  self->after_break = FALSE;
}

static void
make_table_text (AssayMarkdownWriter *self)
{
  AssayRun run = { 0 };
  AssayBlock *block = &self->block;

  g_clear_pointer (&block->rows, g_ptr_array_unref);
  block->kind = ASSAY_BLOCK_CODE;
  block->source_end = _assay_source_find_line_end (self->source, self->length, self->cursor);
  run.source_start = block->source_start;
  run.source_end = block->source_end;
  run.text = self->source + run.source_start;
  run.length_bytes = run.source_end - run.source_start;
  g_array_append_val (block->runs, run);
}

void
_assay_markdown_writer_close_block (AssayMarkdownWriter *self)
{
  AssayBlock *block = &self->block;

  if (!self->block_is_open)
    return;
  self->block_is_open = FALSE;
  self->cell = NULL;

  if (self->table_is_text)
    {
      make_table_text (self);
    }
  else
    {
      if (block->kind == ASSAY_BLOCK_HTML)
        {
          trim_line_break (block);
          set_extent (self, block);
          assay_html_convert_block (self->document, block);
        }
      else
        {
          if (block->kind == ASSAY_BLOCK_CODE)
            trim_line_break (block);
          set_extent (self, block);
          settle_soft_breaks (self, block);
        }
    }

  self->block_end = block->source_end;
  self->cursor = MAX (self->cursor, self->block_end);
  self->style = 0;
  self->target = NULL;
  if (block->kind == ASSAY_BLOCK_HTML && block->runs->len == 0)
    {
      _assay_block_clear (block);
    }
  else
    {
      self->document->size.n_blocks++;
      if (self->document->blocks->len >= ASSAY_LIMIT_DOCUMENT_BLOCKS
          || self->runs_total > ASSAY_LIMIT_DOCUMENT_RUNS)
        {
          self->document->n_dropped++;
          _assay_block_clear (block);
        }
      else
        {
          g_array_append_vals (self->document->blocks, block, 1);
        }
    }
}

void
_assay_markdown_writer_close_implicit (AssayMarkdownWriter *self)
{
  if (self->block_is_open && self->block_is_implicit)
    _assay_markdown_writer_close_block (self);
}

void
_assay_markdown_writer_need_block (AssayMarkdownWriter *self)
{
  if (self->block_is_open)
    return;
  _assay_markdown_writer_open_block (self, ASSAY_BLOCK_PARAGRAPH);
  self->block_is_implicit = TRUE;
}

void
_assay_markdown_writer_open_code (AssayMarkdownWriter *self,
                                  char fence_char,
                                  const char *language,
                                  gsize language_length)
{
  _assay_markdown_writer_open_block (self, ASSAY_BLOCK_CODE);
  if (fence_char != '\0')
    {
      const char fence[2] = { fence_char, '\0' };

      self->block_is_fenced = TRUE;
      self->block.source_start = find_bare_block (self, fence, 3);
      self->cursor = MAX (self->cursor, _assay_source_find_next_line (self->source, self->length,
                                                                      self->block.source_start));
    }
  if (language_length > 0 && language_length < LANGUAGE_BYTES_MAX)
    self->block.language =
        g_string_chunk_insert_len (self->document->strings, language, language_length);
}

void
_assay_markdown_writer_add_front_matter (AssayMarkdownWriter *self, gsize end)
{
  static const char language[] = "yaml";

  _assay_markdown_writer_open_code (self, '\0', language, strlen (language));
  _assay_markdown_writer_add_run (self, self->source, end, 0, end);
  _assay_markdown_writer_close_block (self);
}

void
_assay_markdown_writer_open_table (AssayMarkdownWriter *self, guint n_columns, guint n_rows)
{
  _assay_markdown_writer_open_block (self, ASSAY_BLOCK_TABLE);
  if (n_columns > ASSAY_LIMIT_TABLE_COLUMNS || n_rows > ASSAY_LIMIT_TABLE_ROWS)
    {
      self->table_is_text = TRUE;
      self->document->size.n_text_tables++;
      self->block.source_start = find_bare_block (self, "|", 1);
    }
}

void
_assay_markdown_writer_open_level (AssayMarkdownWriter *self, const AssayListMark *mark)
{
  Level level = { .mark = *mark };

  g_array_append_val (self->levels, level);
  self->document->size.depth = MAX (self->document->size.depth, self->levels->len);
}

void
_assay_markdown_writer_open_item (AssayMarkdownWriter *self, guint task)
{
  List *list = &g_array_index (self->lists, List, self->lists->len - 1);
  AssayListMark mark = { .is_ordered = list->is_ordered, .is_tight = list->is_tight, .task = task };

  if (list->is_ordered)
    mark.ordinal = list->next++;
  _assay_markdown_writer_open_level (self, &mark);
}

void
_assay_markdown_writer_close_level (AssayMarkdownWriter *self)
{
  Level *level = &g_array_index (self->levels, Level, self->levels->len - 1);

  /* An item without text still has its bullet. */
  if (!level->used && !level->mark.is_quote)
    {
      _assay_markdown_writer_open_block (self, ASSAY_BLOCK_PARAGRAPH);
      _assay_markdown_writer_close_block (self);
    }
  g_array_set_size (self->levels, self->levels->len - 1);
}

void
_assay_markdown_writer_open_list (AssayMarkdownWriter *self,
                                  gboolean is_ordered,
                                  gboolean is_tight,
                                  guint first)
{
  List list = { .is_ordered = is_ordered, .is_tight = is_tight, .next = first };

  g_array_append_val (self->lists, list);
}

void
_assay_markdown_writer_close_list (AssayMarkdownWriter *self)
{
  g_array_set_size (self->lists, self->lists->len - 1);
}
