/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-markdown-private.h"

#include <md4c.h>
#include <string.h>

#include "assay-entities.h"
#include "assay-limits.h"
#include "assay-markdown-html.h"
#include "assay-math-spans.h"

/* md4c hands out pieces of its input, so their addresses say where they stand. What it reads is
 * `shadow`: the source, or a copy of the same length in which some delimiters are replaced, so that
 * formulas survive and money is no formula. Runs always take their bytes from the source. */

/* How often a document is read again because something that looked like a formula was none. */
#define ATTEMPTS 3

/* Lines of a paragraph that somebody wrapped by hand are joined; all others are kept as the model
 * wrote them. */
#define WRAPPED_LINES_MIN 3
#define WRAPPED_COLUMNS_MIN 56
#define WRAPPED_COLUMNS_MAX 100

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

typedef struct
{
  const char *target; /* NULL for a link beyond the limit */
  gboolean is_image;
  guint n_runs; /* of the document when it began */
} Target;

typedef struct
{
  gsize start;
  gsize end;
} Range;

typedef struct
{
  AssayMarkdown *document;
  const char *source;
  const char *shadow;
  gsize length;
  gboolean last_attempt;
  GArray *rejected; /* Range: delimiters that are none */

  GArray *levels;  /* Level */
  GArray *lists;   /* List */
  GArray *targets; /* Target */

  gsize cursor;    /* the end of what was taken from the source */
  gsize block_end; /* the end of the last finished block */

  gboolean block_is_open;
  gboolean block_is_implicit; /* a tight item's text, for which md4c has no block */
  gboolean block_is_fenced;
  AssayBlock block;
  AssayTableCell *cell;
  gboolean table_is_text;
  guint n_soft_breaks;
  gsize indent;         /* spaces of a code line that are still to be added */
  gboolean after_break; /* <br>: spaces behind it are not shown */

  guint emphasis;
  guint strong;
  guint strike;
  guint code;
  guint n_links;  /* open ones */
  guint n_images; /* open ones */
  guint links_total;
  guint runs_total;
  AssayHtmlState html;

  gboolean in_formula;
  gboolean formula_pending; /* the delimiter was not seen yet */
  AssaySpanStyle formula_style;
  AssayMathDelimiter formula_delimiter;
  gsize formula_start;
  gsize formula_content;
  guint formula_run;
} Parser;

static GArray *
get_runs (Parser *self)
{
  return self->cell ? self->cell->runs : self->block.runs;
}

static gsize
find_line_start (Parser *self, gsize offset)
{
  while (offset > 0 && self->source[offset - 1] != '\n' && self->source[offset - 1] != '\r')
    offset--;
  return offset;
}

static gsize
find_line_end (Parser *self, gsize offset)
{
  return offset + _assay_span_to (self->source, self->length, offset, "\n\r");
}

static gsize
skip_line_break (Parser *self, gsize offset)
{
  if (self->source[offset] == '\r' && self->source[offset + 1] == '\n')
    return offset + 2;
  return self->source[offset] != '\0' ? offset + 1 : offset;
}

static gsize
find_next_line (Parser *self, gsize offset)
{
  return skip_line_break (self, find_line_end (self, offset));
}

/* Whether @n or more of @c stand in the line at @offset, perhaps behind list and quotation marks.
 */
static gboolean
line_has (Parser *self, gsize offset, const char *characters, guint n)
{
  gsize end = find_line_end (self, offset);

  for (gsize i = offset; i < end; i++)
    if (_assay_span (self->source, MIN (end, i + n), i, characters) >= n)
      return TRUE;
  return FALSE;
}

static gboolean
line_is_empty (Parser *self, gsize offset)
{
  gsize end = find_line_end (self, offset);

  return _assay_span (self->source, end, offset, " \t>") == end - offset;
}

/* A block without text of its own (a rule, an empty code block) has no place in what md4c says: it
 * is the next line after the last block that looks like it. */
static gsize
find_bare_block (Parser *self, const char *characters, guint n)
{
  gsize offset = self->block_end;

  if (offset > 0 && self->source[offset - 1] != '\n')
    offset = find_next_line (self, offset);
  for (guint i = 0; i < 64 && offset < self->length; i++)
    {
      if (characters ? line_has (self, offset, characters, n) : !line_is_empty (self, offset))
        return offset;
      offset = find_next_line (self, offset);
    }
  return MIN (self->block_end, self->length);
}

static void
add_run (Parser *self, const char *text, gsize length, gsize start, gsize end)
{
  AssayRun run = { .text = text, .length_bytes = length };

  if (!self->block_is_open || self->table_is_text)
    {
      self->cursor = MAX (self->cursor, end);
      return;
    }

  run.source_start = start;
  run.source_end = end;
  if (self->in_formula)
    {
      run.style = self->formula_style;
    }
  else
    {
      run.style = (self->emphasis ? ASSAY_SPAN_EMPHASIS : 0)
                  | (self->strong ? ASSAY_SPAN_STRONG : 0) | (self->strike ? ASSAY_SPAN_STRIKE : 0)
                  | (self->code ? ASSAY_SPAN_CODE : 0) | assay_html_state_get_style (&self->html);
    }
  if (self->targets->len > 0)
    {
      run.style |= (self->n_links ? ASSAY_SPAN_LINK : 0) | (self->n_images ? ASSAY_SPAN_IMAGE : 0);
      run.target = g_array_index (self->targets, Target, self->targets->len - 1).target;
    }

  _assay_runs_add (self->document, get_runs (self), &run);
  self->runs_total++;
  self->cursor = end;
}

/* What the source has between the last run and this one (the mark of a quotation, the indentation
 * of a list) belongs to the line break before it. */
static void
stretch_to (Parser *self, gsize start)
{
  GArray *runs = get_runs (self);
  AssayRun *last = runs->len > 0 ? &g_array_index (runs, AssayRun, runs->len - 1) : NULL;

  if (last != NULL && last->source_end < start
      && (last->text == soft_break || last->text[0] == '\0'
          || !assay_markdown_run_is_exact (self->document, last)))
    last->source_end = start;
}

static void
add_indent (Parser *self, gsize offset)
{
  gsize n = self->indent;
  g_autofree char *spaces = NULL;

  if (n == 0)
    return;
  self->indent = 0;
  if (offset >= self->cursor + n && _assay_span (self->source, offset, offset - n, " ") == n)
    {
      stretch_to (self, offset - n);
      add_run (self, self->source + offset - n, n, offset - n, offset);
      return;
    }
  spaces = g_strnfill (n, ' ');
  add_run (self, g_string_chunk_insert_const (self->document->strings, spaces), n, self->cursor,
           MAX (self->cursor, offset));
}

static void
add_source (Parser *self, gsize start, gsize length)
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
  stretch_to (self, start);
  add_run (self, self->source + start, length, start, start + length);
}

static void
add_line_break (Parser *self, const char *text)
{
  gsize start = self->cursor;
  gsize end;

  add_indent (self, self->cursor);
  end = skip_line_break (self, find_line_end (self, start));
  if (text == soft_break)
    self->n_soft_breaks++;
  else if (end == start + 1 && text[0] == '\n' && self->source[start] == '\n')
    text = self->source + start;
  add_run (self, text, 1, start, end);
}

/* Whether a person wrapped the paragraph at a column: then the first word of each line would not
 * have fitted the line before it. */
static gboolean
is_wrapped_by_hand (Parser *self, const AssayBlock *block)
{
  gsize first = g_array_index (block->runs, AssayRun, 0).source_start;
  gsize last = self->cursor;
  gsize longest = 0;

  for (int pass = 0; pass < 2; pass++)
    {
      gsize line = find_line_start (self, first);

      while (line < last)
        {
          gsize end = find_line_end (self, line);
          gsize next = find_next_line (self, line);
          gsize n = g_utf8_strlen (self->source + line, end - line);

          if (pass == 0)
            longest = MAX (longest, n);
          else if (next < last)
            {
              gsize word = next + _assay_span (self->source, self->length, next, " \t>");
              gsize word_length = _assay_span_to (self->source, self->length, word, " \t\r\n");

              if (n + 1 + g_utf8_strlen (self->source + word, word_length) <= longest)
                return FALSE;
            }
          line = next > line ? next : last;
        }
      if (longest < WRAPPED_COLUMNS_MIN || longest > WRAPPED_COLUMNS_MAX)
        return FALSE;
    }
  return TRUE;
}

static void
settle_soft_breaks (Parser *self, AssayBlock *block)
{
  gboolean join = FALSE;

  if (self->n_soft_breaks == 0)
    return;
  if (self->document->is_prose)
    join = TRUE;
  else if (self->n_soft_breaks + 1 >= WRAPPED_LINES_MIN)
    join = is_wrapped_by_hand (self, block);
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

/* The lines that a block was made from, its fences and underlines included. */
static void
set_extent (Parser *self, AssayBlock *block)
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
  start = self->block_is_fenced ? block->source_start : find_line_start (self, start);
  end = find_line_end (self, MIN (end, self->length));

  if (self->block_is_fenced)
    {
      gsize next = find_next_line (self, end);

      if (next < self->length && line_has (self, next, "`~", 3))
        end = find_line_end (self, next);
    }
  else if (block->kind == ASSAY_BLOCK_TABLE)
    {
      gsize delimiter_row = find_next_line (self, start);

      end = MAX (end, find_line_end (self, delimiter_row));
    }
  else if (block->kind == ASSAY_BLOCK_HEADING && !line_has (self, start, "#", 1))
    {
      end = find_line_end (self, find_next_line (self, end));
    }

  block->source_start = CLAMP (start, self->block_end, self->length);
  block->source_end = CLAMP (end, block->source_start, self->length);
}

static void
open_block (Parser *self, AssayBlockKind kind)
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
make_table_text (Parser *self)
{
  AssayRun run = { 0 };
  AssayBlock *block = &self->block;

  g_clear_pointer (&block->rows, g_ptr_array_unref);
  block->kind = ASSAY_BLOCK_CODE;
  block->source_end = find_line_end (self, self->cursor);
  run.source_start = block->source_start;
  run.source_end = block->source_end;
  run.text = self->source + run.source_start;
  run.length_bytes = run.source_end - run.source_start;
  g_array_append_val (block->runs, run);
}

static void
close_block (Parser *self)
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
  assay_html_state_reset (&self->html);
  self->emphasis = self->strong = self->strike = self->code = 0;
  self->n_links = self->n_images = 0;
  self->in_formula = self->formula_pending = FALSE;
  g_array_set_size (self->targets, 0);
  if (block->kind == ASSAY_BLOCK_HTML && block->runs->len == 0)
    {
      _assay_block_clear (block);
    }
  else if (self->document->blocks->len >= ASSAY_LIMIT_DOCUMENT_BLOCKS
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

static void
close_implicit (Parser *self)
{
  if (self->block_is_open && self->block_is_implicit)
    close_block (self);
}

static void
need_block (Parser *self)
{
  if (self->block_is_open)
    return;
  open_block (self, ASSAY_BLOCK_PARAGRAPH);
  self->block_is_implicit = TRUE;
}

static void
open_code (Parser *self, const MD_BLOCK_CODE_DETAIL *detail)
{
  open_block (self, ASSAY_BLOCK_CODE);
  if (detail->fence_char != '\0')
    {
      const char fence[2] = { detail->fence_char, '\0' };

      self->block_is_fenced = TRUE;
      self->block.source_start = find_bare_block (self, fence, 3);
      self->cursor = MAX (self->cursor, find_next_line (self, self->block.source_start));
    }
  if (detail->lang.size > 0 && detail->lang.size < 64)
    self->block.language =
        g_string_chunk_insert_len (self->document->strings, detail->lang.text, detail->lang.size);
}

static void
open_table (Parser *self, const MD_BLOCK_TABLE_DETAIL *detail)
{
  open_block (self, ASSAY_BLOCK_TABLE);
  if (detail->col_count > ASSAY_LIMIT_TABLE_COLUMNS
      || detail->head_row_count + detail->body_row_count > ASSAY_LIMIT_TABLE_ROWS)
    {
      self->table_is_text = TRUE;
      self->block.source_start = find_bare_block (self, "|", 1);
    }
}

static void
open_level (Parser *self, const AssayListMark *mark)
{
  Level level = { .mark = *mark };

  g_array_append_val (self->levels, level);
}

static void
open_item (Parser *self, const MD_BLOCK_LI_DETAIL *detail)
{
  List *list = &g_array_index (self->lists, List, self->lists->len - 1);
  AssayListMark mark = { .is_ordered = list->is_ordered, .is_tight = list->is_tight };

  if (list->is_ordered)
    mark.ordinal = list->next++;
  if (detail->is_task)
    mark.task = detail->task_mark == ' ' ? 1 : 2;
  open_level (self, &mark);
}

static void
close_level (Parser *self)
{
  Level *level = &g_array_index (self->levels, Level, self->levels->len - 1);

  /* An item without text still has its bullet. */
  if (!level->used && !level->mark.is_quote)
    {
      open_block (self, ASSAY_BLOCK_PARAGRAPH);
      close_block (self);
    }
  g_array_set_size (self->levels, self->levels->len - 1);
}

static int
enter_block_cb (MD_BLOCKTYPE type, void *detail, void *user_data)
{
  Parser *self = user_data;

  close_implicit (self);
  switch (type)
    {
    case MD_BLOCK_QUOTE:
      open_level (self, &(AssayListMark) { .is_quote = TRUE });
      break;

    case MD_BLOCK_UL:
      {
        List list = { .is_tight = ((MD_BLOCK_UL_DETAIL *) detail)->is_tight };

        g_array_append_val (self->lists, list);
        break;
      }

    case MD_BLOCK_OL:
      {
        MD_BLOCK_OL_DETAIL *ordered = detail;
        List list = { .is_ordered = TRUE, .is_tight = ordered->is_tight, .next = ordered->start };

        g_array_append_val (self->lists, list);
        break;
      }

    case MD_BLOCK_LI:
      open_item (self, detail);
      break;

    case MD_BLOCK_HR:
      open_block (self, ASSAY_BLOCK_RULE);
      break;

    case MD_BLOCK_H:
      open_block (self, ASSAY_BLOCK_HEADING);
      self->block.level = ((MD_BLOCK_H_DETAIL *) detail)->level;
      break;

    case MD_BLOCK_CODE:
      open_code (self, detail);
      break;

    case MD_BLOCK_HTML:
      open_block (self, ASSAY_BLOCK_HTML);
      break;

    case MD_BLOCK_P:
      open_block (self, ASSAY_BLOCK_PARAGRAPH);
      break;

    case MD_BLOCK_TABLE:
      open_table (self, detail);
      break;

    case MD_BLOCK_TR:
      if (!self->table_is_text)
        _assay_block_add_row (&self->block);
      break;

    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
      if (!self->table_is_text)
        {
          MD_ALIGN align = ((MD_BLOCK_TD_DETAIL *) detail)->align;

          self->cell = _assay_block_add_cell (&self->block, align == MD_ALIGN_CENTER  ? 0
                                                            : align == MD_ALIGN_RIGHT ? 1
                                                                                      : -1);
        }
      break;

    case MD_BLOCK_DOC:
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY:
    default:
      break;
    }
  return 0;
}

static int
leave_block_cb (MD_BLOCKTYPE type, void *detail, void *user_data)
{
  Parser *self = user_data;

  switch (type)
    {
    case MD_BLOCK_QUOTE:
    case MD_BLOCK_LI:
      close_implicit (self);
      close_level (self);
      break;

    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
      close_implicit (self);
      g_array_set_size (self->lists, self->lists->len - 1);
      break;

    case MD_BLOCK_HR:
    case MD_BLOCK_H:
    case MD_BLOCK_CODE:
    case MD_BLOCK_HTML:
    case MD_BLOCK_P:
    case MD_BLOCK_TABLE:
      close_block (self);
      break;

    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
      self->cell = NULL;
      self->after_break = FALSE;
      assay_html_state_reset (&self->html);
      break;

    case MD_BLOCK_DOC:
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY:
    case MD_BLOCK_TR:
    default:
      break;
    }
  return 0;
}

/* An address with its entities resolved. */
static const char *
make_target (Parser *self, const MD_ATTRIBUTE *attribute)
{
  g_autoptr (GString) target = g_string_sized_new (attribute->size);
  gboolean from_shadow =
      attribute->text >= self->shadow && attribute->text < self->shadow + self->length;
  const char *text =
      from_shadow ? self->source + (attribute->text - self->shadow) : attribute->text;

  for (guint i = 0; attribute->size > 0 && attribute->substr_offsets[i] < attribute->size; i++)
    {
      const char *part = text + attribute->substr_offsets[i];
      gsize length = attribute->substr_offsets[i + 1] - attribute->substr_offsets[i];
      gunichar c = 0;

      if (attribute->substr_types[i] == MD_TEXT_ENTITY)
        c = assay_entity_decode (part, length);
      if (c != 0)
        g_string_append_unichar (target, c);
      else
        g_string_append_len (target, part, length);
    }
  return g_string_chunk_insert_const (self->document->strings, target->str);
}

static void
open_target (Parser *self, const MD_ATTRIBUTE *attribute, gboolean is_image)
{
  Target target = { .is_image = is_image, .n_runs = self->runs_total };

  if (self->links_total < ASSAY_LIMIT_DOCUMENT_LINKS)
    {
      self->links_total++;
      target.target = make_target (self, attribute);
      self->n_links += !is_image;
      self->n_images += is_image;
    }
  g_array_append_val (self->targets, target);
}

static void
close_target (Parser *self)
{
  Target target;

  /* md4c 0.5 can leave a link that it never entered. */
  if (self->targets->len == 0)
    return;
  target = g_array_index (self->targets, Target, self->targets->len - 1);

  /* An image without a description still has its place. */
  if (target.is_image && target.target != NULL && target.n_runs == self->runs_total)
    {
      const char *mark =
          g_strstr_len (self->source + self->cursor, MIN (256, self->length - self->cursor), "![");
      gsize start = mark ? mark - self->source : self->cursor;

      stretch_to (self, start);
      add_run (self, "", 0, start, start);
    }
  if (target.target != NULL)
    {
      self->n_links -= !target.is_image;
      self->n_images -= target.is_image;
    }
  g_array_set_size (self->targets, self->targets->len - 1);
}

static void
open_formula (Parser *self, AssayMathDelimiter delimiter)
{
  self->in_formula = TRUE;
  self->formula_pending = FALSE;
  self->formula_delimiter = delimiter;
  self->formula_style = delimiter == ASSAY_MATH_DOUBLE_DOLLAR || delimiter == ASSAY_MATH_BRACKET
                            ? ASSAY_SPAN_MATH | ASSAY_SPAN_MATH_DISPLAY
                            : ASSAY_SPAN_MATH;
  self->formula_run = get_runs (self)->len;
}

/* The first text of a formula, or of a code span that may be one, says where its delimiter stands.
 */
static void
find_formula_start (Parser *self, gsize offset)
{
  gsize content = offset;
  gsize n;

  self->formula_pending = FALSE;
  while (content > 0 && strchr (" \r\n", self->shadow[content - 1]) != NULL)
    content--;
  if (self->in_formula)
    {
      n = self->formula_delimiter == ASSAY_MATH_DOLLAR ? 1 : 2;
      if (content < n || self->shadow[content - 1] != '$')
        {
          self->in_formula = FALSE;
          return;
        }
    }
  else
    {
      n = 2;
      if (content < n || self->shadow[content - 1] != '`' || self->source[content - 2] != '\\')
        return;
      self->code--;
      open_formula (self,
                    self->source[content - 1] == '[' ? ASSAY_MATH_BRACKET : ASSAY_MATH_PARENTHESIS);
    }
  self->formula_start = content - n;
  self->formula_content = content;
  add_source (self, content - n, offset - content + n);
}

static void
reject_formula (Parser *self, gsize closing, gsize n)
{
  Range ranges[2] = { { self->formula_start, self->formula_content }, { closing, closing + n } };

  if (!self->last_attempt)
    {
      g_array_append_vals (self->rejected, ranges, 2);
      return;
    }
  for (guint i = self->formula_run; i < get_runs (self)->len; i++)
    g_array_index (get_runs (self), AssayRun, i).style &=
        ~(ASSAY_SPAN_MATH | ASSAY_SPAN_MATH_DISPLAY);
}

static void
close_formula (Parser *self)
{
  static const char *const closings[] = { "$", "$$", "\\)", "\\]" };
  const char *closing = closings[self->formula_delimiter];
  gsize n = strlen (closing);
  gsize at = self->cursor;
  gunichar before, after;
  gboolean complete;

  while (at < self->length && strchr (" \r\n", self->shadow[at]) != NULL)
    at++;
  complete = at + n <= self->length && memcmp (self->source + at, closing, n) == 0;
  if (!complete)
    n = self->formula_content - self->formula_start;

  before = self->formula_start > 0
               ? g_utf8_get_char (g_utf8_prev_char (self->source + self->formula_start))
               : 0;
  after = at + n < self->length ? g_utf8_get_char (self->source + at + n) : 0;
  if (at + n <= self->length)
    add_source (self, self->cursor, at + n - self->cursor);
  if (!complete
      || !assay_math_is_formula (self->formula_delimiter, self->source + self->formula_content,
                                 at - self->formula_content, before, after))
    reject_formula (self, MIN (at, self->length - n), n);
  self->in_formula = FALSE;
}

static int
enter_span_cb (MD_SPANTYPE type, void *detail, void *user_data)
{
  Parser *self = user_data;

  need_block (self);
  switch (type)
    {
    case MD_SPAN_EM:
      self->emphasis++;
      break;
    case MD_SPAN_STRONG:
      self->strong++;
      break;
    case MD_SPAN_DEL:
      self->strike++;
      break;
    case MD_SPAN_CODE:
      self->code++;
      self->formula_pending = TRUE;
      break;
    case MD_SPAN_A:
      open_target (self, &((MD_SPAN_A_DETAIL *) detail)->href, FALSE);
      break;
    case MD_SPAN_IMG:
      open_target (self, &((MD_SPAN_IMG_DETAIL *) detail)->src, TRUE);
      break;
    case MD_SPAN_LATEXMATH:
    case MD_SPAN_LATEXMATH_DISPLAY:
      open_formula (self, type == MD_SPAN_LATEXMATH ? ASSAY_MATH_DOLLAR : ASSAY_MATH_DOUBLE_DOLLAR);
      self->formula_pending = TRUE;
      break;
    case MD_SPAN_WIKILINK:
    case MD_SPAN_U:
    default:
      break;
    }
  return 0;
}

static void
leave_style (guint *depth)
{
  if (*depth > 0)
    *depth -= 1;
}

static int
leave_span_cb (MD_SPANTYPE type, void *detail, void *user_data)
{
  Parser *self = user_data;

  self->formula_pending = FALSE;
  switch (type)
    {
    case MD_SPAN_EM:
      leave_style (&self->emphasis);
      break;
    case MD_SPAN_STRONG:
      leave_style (&self->strong);
      break;
    case MD_SPAN_DEL:
      leave_style (&self->strike);
      break;
    case MD_SPAN_CODE:
      if (self->in_formula)
        close_formula (self);
      else
        leave_style (&self->code);
      break;
    case MD_SPAN_A:
    case MD_SPAN_IMG:
      close_target (self);
      break;
    case MD_SPAN_LATEXMATH:
    case MD_SPAN_LATEXMATH_DISPLAY:
      if (self->in_formula)
        close_formula (self);
      break;
    case MD_SPAN_WIKILINK:
    case MD_SPAN_U:
    default:
      break;
    }
  return 0;
}

static void
add_entity (Parser *self, gsize offset, gsize length)
{
  gunichar c = assay_entity_decode (self->source + offset, length);
  char text[7] = { 0 };

  if (c == 0)
    {
      add_source (self, offset, length);
      return;
    }
  stretch_to (self, offset);
  add_run (self, g_string_chunk_insert_const (self->document->strings, text),
           g_unichar_to_utf8 (c, text), offset, offset + length);
}

static void
add_html (Parser *self, gsize offset, gsize length)
{
  AssayHtmlTag tag = assay_html_state_take (&self->html, self->source, self->length, offset, length,
                                            self->cell != NULL);

  if (tag == ASSAY_HTML_TEXT)
    {
      add_source (self, offset, length);
    }
  else if (tag == ASSAY_HTML_BREAK)
    {
      stretch_to (self, offset);
      add_run (self, "\n", 1, offset, offset + length);
      self->after_break = TRUE;
    }
  /* A tag that gives a style is not shown; what follows begins behind it. */
}

static int
text_cb (MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *user_data)
{
  Parser *self = user_data;
  gboolean in_source = text >= self->shadow && text < self->shadow + self->length;
  gsize offset = in_source ? text - self->shadow : self->cursor;

  if (size == 0)
    return 0;
  need_block (self);
  if (self->formula_pending)
    find_formula_start (self, in_source ? offset : find_line_end (self, self->cursor));

  switch (type)
    {
    case MD_TEXT_SOFTBR:
      add_line_break (self, soft_break);
      break;

    case MD_TEXT_BR:
      add_line_break (self, "\n");
      break;

    case MD_TEXT_ENTITY:
      add_entity (self, offset, size);
      break;

    case MD_TEXT_HTML:
      if (self->block.kind != ASSAY_BLOCK_HTML && in_source)
        {
          add_html (self, offset, size);
          break;
        }
      G_GNUC_FALLTHROUGH;
    case MD_TEXT_CODE:
    case MD_TEXT_LATEXMATH:
      if (in_source)
        add_source (self, offset, size);
      else if (text[0] == '\n')
        add_line_break (self, "\n");
      else if (self->block.kind == ASSAY_BLOCK_CODE || self->block.kind == ASSAY_BLOCK_HTML)
        self->indent += size;
      else
        add_line_break (self, self->formula_style & ASSAY_SPAN_MATH_DISPLAY && self->in_formula
                                  ? "\n"
                                  : " ");
      break;

    case MD_TEXT_NULLCHAR:
      add_run (self, "\uFFFD", 3, self->cursor, MIN (self->cursor + 1, self->length));
      break;

    case MD_TEXT_NORMAL:
    default:
      if (in_source)
        add_source (self, offset, size);
      break;
    }
  return 0;
}

static gboolean
parse_once (Parser *self)
{
  static const MD_PARSER parser = {
    .flags = MD_DIALECT_GITHUB | MD_FLAG_LATEXMATHSPANS,
    .enter_block = enter_block_cb,
    .leave_block = leave_block_cb,
    .enter_span = enter_span_cb,
    .leave_span = leave_span_cb,
    .text = text_cb,
  };
  gboolean success;

  self->levels = g_array_new (FALSE, FALSE, sizeof (Level));
  self->lists = g_array_new (FALSE, FALSE, sizeof (List));
  self->targets = g_array_new (FALSE, FALSE, sizeof (Target));

  success = md_parse (self->shadow, self->length, &parser, self) == 0;

  if (self->block_is_open)
    _assay_block_clear (&self->block);
  g_array_unref (self->levels);
  g_array_unref (self->lists);
  g_array_unref (self->targets);
  return success;
}

/* Takes away the meaning of delimiters that are none, without changing the length. */
static void
patch_rejected (char *shadow, const char *source, GArray *rejected)
{
  for (guint i = 0; i < rejected->len; i++)
    {
      Range *range = &g_array_index (rejected, Range, i);

      for (gsize at = range->start; at < range->end; at++)
        shadow[at] = source[at] == '$' ? '%' : source[at];
    }
}

gboolean
_assay_markdown_fill (AssayMarkdown *document)
{
  g_autofree char *shadow = g_strndup (document->source, document->length_bytes);

  assay_math_mark_brackets (shadow, document->length_bytes);
  for (guint attempt = 0; attempt < ATTEMPTS; attempt++)
    {
      g_autoptr (GArray) rejected = g_array_new (FALSE, FALSE, sizeof (Range));
      Parser parser = {
        .document = document,
        .source = document->source,
        .shadow = shadow,
        .length = document->length_bytes,
        .last_attempt = attempt + 1 == ATTEMPTS,
        .rejected = rejected,
      };

      _assay_markdown_clear_blocks (document);
      if (!parse_once (&parser))
        return FALSE;
      if (rejected->len == 0)
        break;
      patch_rejected (shadow, document->source, rejected);
    }
  return TRUE;
}
