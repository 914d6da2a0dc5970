/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-rendition-builder.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-limits.h"
#include "assay-link.h"
#include "assay-paragraphs.h"

/* A table is a widget of its own only where that is quick to lay out. */
#define TABLE_CELLS 600
#define TABLE_CHARACTERS 40000
#define TABLE_CELL_CHARACTERS 2000

/* Wrapped code is indented by so much more than the line itself, and never beyond the second
 * number. */
#define CODE_HANG_COLUMNS 4
#define CODE_HANG_COLUMNS_MAX 28
#define CODE_HANG_COLUMNS_DEEP 20

#define LEFT_TO_RIGHT_MARK "\u200E"
#define RIGHT_TO_LEFT_MARK "\u200F"
#define SPLIT_MARK " ↵"

void
_assay_builder_add_piece (Builder *self,
                          const char *text,
                          gsize length,
                          AssayPartKind kind,
                          AssaySpanStyle style,
                          const char *target,
                          gsize source_start,
                          gsize source_end)
{
  Piece piece = {
    .start = self->line->len,
    .length = length,
    .part = { .kind = kind,
              .style = style,
              .target = target,
              .source_start = source_start,
              .source_end = source_end },
  };

  if (length == 0)
    return;
  g_string_append_len (self->line, text, length);
  g_array_append_val (self->pieces, piece);
  self->last_source_end = MAX (self->last_source_end, source_end);
}

static void
add_decoration (Builder *self, const char *text, AssaySpanStyle style, const char *target)
{
  _assay_builder_add_piece (self, text, strlen (text), ASSAY_PART_DECORATION, style, target, 0, 0);
}

/* Text of a run without a line break: what cannot be seen becomes a mark. */
static void
add_visible (Builder *self, const AssayRun *run, const char *text, gsize length)
{
  gboolean exact = assay_markdown_run_is_exact (self->markdown, run);
  gsize origin = exact ? text - self->source : run->source_start;
  g_autoptr (GArray) pieces = assay_visible_text_split (text, length);

  for (guint i = 0; i < pieces->len; i++)
    {
      AssayVisiblePiece *piece = &g_array_index (pieces, AssayVisiblePiece, i);
      gsize start = exact ? origin + piece->start : run->source_start;
      gsize end = exact ? origin + piece->end : run->source_end;

      if (piece->label == NULL)
        {
          _assay_builder_add_piece (self, text + piece->start, piece->end - piece->start,
                                    exact ? ASSAY_PART_EXACT : ASSAY_PART_ATOMIC, run->style,
                                    run->target, start, end);
        }
      else
        {
          g_autofree char *label = g_strconcat (FIRST_STRONG_ISOLATE THIN_SPACE, piece->label,
                                                THIN_SPACE POP_ISOLATE, NULL);

          _assay_builder_add_piece (self, label, strlen (label), ASSAY_PART_MARK, run->style,
                                    run->target, start, end);
        }
    }
}

/* The first strong direction of what the model wrote, and of all that is shown. */
static void
get_directions (Builder *self, int *own, int *shown)
{
  *own = 0;
  *shown = 0;
  for (guint i = 0; i < self->pieces->len && *own == 0; i++)
    {
      Piece *piece = &g_array_index (self->pieces, Piece, i);
      int direction = assay_text_direction (self->line->str + piece->start, piece->length);

      if (*shown == 0)
        *shown = direction;
      if (piece->part.kind == ASSAY_PART_EXACT || piece->part.kind == ASSAY_PART_ATOMIC)
        *own = direction;
    }
}

static void
emit_part (Builder *self, const Piece *piece, gsize start, gsize end)
{
  AssayRendition *rendition = self->rendition;
  AssayPart part = piece->part;
  gsize offset = start - piece->start;

  part.start = rendition->n_characters;
  part.n_characters = g_utf8_strlen (self->line->str + start, end - start);
  if (part.kind == ASSAY_PART_EXACT)
    {
      part.source_end = part.source_start + offset + (end - start);
      part.source_start += offset;
    }
  if (piece->layout != NULL)
    {
      AssayFormulaPlace place = { .layout = assay_math_layout_ref (piece->layout),
                                  .piece = piece->layout_piece,
                                  .part = rendition->parts->len,
                                  .line = rendition->lines->len,
                                  .text_start = rendition->text->len };

      g_array_append_val (rendition->formulas, place);
    }
  g_string_append_len (rendition->text, self->line->str + start, end - start);
  rendition->n_characters += part.n_characters;
  g_array_append_val (rendition->parts, part);
}

static void
emit_text (Builder *self, const char *text)
{
  AssayRendition *rendition = self->rendition;
  AssayPart part = { .start = rendition->n_characters,
                     .n_characters = g_utf8_strlen (text, -1),
                     .kind = ASSAY_PART_DECORATION };

  g_string_append (rendition->text, text);
  rendition->n_characters += part.n_characters;
  g_array_append_val (rendition->parts, part);
}

static guint
count_hang_columns (Builder *self)
{
  guint columns = 0;

  for (gsize i = 0; i < self->line->len && g_ascii_isspace (self->line->str[i]); i++)
    columns += self->line->str[i] == '\t' ? 4 : 1;
  /* Even numbers halve the number of tags. */
  return MIN ((columns + CODE_HANG_COLUMNS) & ~1u, CODE_HANG_COLUMNS_MAX);
}

static void
emit_line (Builder *self,
           const AssayParagraphPiece *stretch,
           const AssayLine *pattern,
           const char *prefix,
           gboolean is_split)
{
  AssayRendition *rendition = self->rendition;
  AssayLine line = *pattern;

  if (rendition->lines->len > 0)
    {
      g_string_append_c (rendition->text, '\n');
      rendition->n_characters++;
    }
  line.text_start = rendition->text->len;
  line.start = rendition->n_characters;
  line.first_part = rendition->parts->len;
  line.wrap_by_character = stretch->wrap_by_character;
  line.is_slow = stretch->is_slow;
  line.continues = stretch->continues || self->line_continues;
  self->line_continues = FALSE;

  if (prefix != NULL)
    emit_text (self, prefix);
  for (guint i = 0; i < self->pieces->len; i++)
    {
      Piece *piece = &g_array_index (self->pieces, Piece, i);
      gsize start = MAX (piece->start, stretch->start);
      gsize end = MIN (piece->start + piece->length, stretch->end);

      if (start < end)
        emit_part (self, piece, start, end);
      else if (piece->start >= stretch->end)
        break;
    }
  if (is_split)
    emit_text (self, SPLIT_MARK);

  line.text_end = rendition->text->len;
  line.n_parts = rendition->parts->len - line.first_part;
  g_array_append_val (rendition->lines, line);
}

void
_assay_builder_finish_line (Builder *self, const AssayLine *pattern)
{
  g_autoptr (GArray) stretches = NULL;
  AssayParagraphPiece empty = { 0 };
  const char *prefix = NULL;
  AssayLine line = *pattern;
  int own, shown;

  get_directions (self, &own, &shown);
  line.block = self->block_index;
  line.is_code = self->is_code && !line.is_marker;
  line.is_formula = self->line_is_formula;
  line.direction = line.is_code ? 1 : own ? own : self->block_direction;
  line.is_first = !self->block_is_begun && !line.is_marker;
  line.hang_columns = line.is_code ? count_hang_columns (self) : 0;
  self->block_is_begun = self->block_is_begun || !line.is_marker;

  /* A paragraph's direction is decided by its first strong character: where that is a label's, or
   * where there is none and the neighbours run the other way, an invisible mark says what the text
   * itself says. */
  if (shown != line.direction && (shown != 0 || self->mixed))
    prefix = line.direction < 0 ? RIGHT_TO_LEFT_MARK : LEFT_TO_RIGHT_MARK;

  stretches = assay_paragraph_classify (self->line->str, self->line->len);
  /* Deeply indented code is better broken within a word than behind its indentation. */
  if (line.hang_columns >= CODE_HANG_COLUMNS_DEEP)
    for (guint i = 0; i < stretches->len; i++)
      g_array_index (stretches, AssayParagraphPiece, i).wrap_by_character = TRUE;
  if (stretches->len == 0)
    emit_line (self, &empty, &line, NULL, FALSE);
  for (guint i = 0; i < stretches->len; i++)
    {
      emit_line (self, &g_array_index (stretches, AssayParagraphPiece, i), &line, prefix,
                 i + 1 < stretches->len);
      /* Markers stand before the first stretch only. */
      line.margin_levels += line.hang_levels;
      line.hang_levels = 0;
      line.is_first = FALSE;
    }

  g_string_truncate (self->line, 0);
  g_array_set_size (self->pieces, 0);
  g_ptr_array_set_size (self->layouts, 0);
  self->line_is_formula = FALSE;
}

static guint
get_list_depth (const AssayBlock *block, guint level)
{
  guint depth = 0;

  for (guint i = 0; i < level; i++)
    depth += !g_array_index (block->marks, AssayListMark, i).is_quote;
  return depth;
}

/* The markers of the items that begin with this block, one column for each level. */
static void
add_markers (Builder *self, AssayLine *line)
{
  static const char *const bullets[] = { "•", "◦", "▪" };
  GArray *marks = self->block->marks;
  guint first = marks->len;

  for (guint i = marks->len; i > 0; i--)
    {
      AssayListMark *mark = &g_array_index (marks, AssayListMark, i - 1);

      if (mark->first && !mark->is_quote)
        first = i - 1;
    }
  line->margin_levels = first;
  line->hang_levels = marks->len - first;
  for (guint i = first; i < marks->len; i++)
    {
      AssayListMark *mark = &g_array_index (marks, AssayListMark, i);
      g_autofree char *marker = NULL;

      if (mark->is_quote || !mark->first)
        marker = g_strdup ("\t");
      else if (mark->task != 0)
        marker = g_strconcat (mark->task == 2 ? "☑" : "☐", "\t", NULL);
      else if (mark->is_ordered)
        marker = g_strdup_printf ("%u.\t", mark->ordinal);
      else
        marker =
            g_strconcat (bullets[MIN (get_list_depth (self->block, i), G_N_ELEMENTS (bullets) - 1)],
                         "\t", NULL);
      _assay_builder_add_piece (self, marker, strlen (marker), ASSAY_PART_MARKER, ASSAY_SPAN_PLAIN,
                                NULL, 0, 0);
    }
}

/* What follows a link or an image, and what comes before the next. */
void
_assay_builder_change_target (Builder *self, AssaySpanStyle style, const char *target)
{
  const AssaySpanStyle mask = ASSAY_SPAN_LINK | ASSAY_SPAN_IMAGE;

  style &= mask;
  if (self->last_style == style && self->last_target == target)
    return;

  if (self->last_target != NULL)
    {
      gboolean is_warning;
      gsize offset = self->last_source_end;
      g_autofree char *after = assay_link_dup_after (self->last_style, self->last_target,
                                                     self->link_text->str, &is_warning);

      if (after != NULL && !is_warning)
        add_decoration (self, after, self->last_style, self->last_target);
      if (after != NULL && is_warning)
        {
          add_decoration (self, THIN_SPACE, ASSAY_SPAN_PLAIN, NULL);
          _assay_builder_add_piece (self, after, strlen (after), ASSAY_PART_MARK, ASSAY_SPAN_PLAIN,
                                    NULL, offset, offset);
        }
    }
  if (target != NULL)
    {
      g_autofree char *before = assay_link_dup_before (style);

      if (before != NULL)
        add_decoration (self, before, style, target);
    }

  self->last_style = style;
  self->last_target = target;
  g_string_truncate (self->link_text, 0);
}

void
_assay_builder_add_run (Builder *self, const AssayRun *run, AssayLine *line)
{
  const char *end = run->text + run->length_bytes;
  const char *p = run->text;

  _assay_builder_change_target (self, run->style, run->target);
  if (run->style & (ASSAY_SPAN_LINK | ASSAY_SPAN_IMAGE))
    g_string_append_len (self->link_text, run->text, run->length_bytes);
  for (;;)
    {
      gsize length = 0;

      while (p + length < end && p[length] != '\n' && p[length] != '\r')
        length++;
      add_visible (self, run, p, length);
      p += length;
      if (p >= end)
        break;
      _assay_builder_finish_line (self, line);
      /* Wherever the first line began, the others stand under its text. */
      line->margin_levels += line->hang_levels;
      line->hang_levels = 0;
      p += p[0] == '\r' && p + 1 < end && p[1] == '\n' ? 2 : 1;
    }
}

static gboolean
table_fits_widget (Builder *self)
{
  GPtrArray *rows = self->block->rows;
  guint n_columns = rows->len > 0 ? ((GPtrArray *) g_ptr_array_index (rows, 0))->len : 0;
  gsize total = 0;

  if (n_columns == 0 || n_columns > ASSAY_LIMIT_TABLE_SOFT_COLUMNS
      || rows->len > ASSAY_LIMIT_TABLE_SOFT_ROWS || n_columns * rows->len > TABLE_CELLS
      || self->rendition->tables->len >= ASSAY_LIMIT_CHILD_WIDGETS)
    return FALSE;
  for (guint r = 0; r < rows->len; r++)
    {
      GPtrArray *row = g_ptr_array_index (rows, r);

      for (guint c = 0; c < row->len; c++)
        {
          AssayTableCell *cell = g_ptr_array_index (row, c);
          gsize in_cell = 0;

          for (guint i = 0; i < cell->runs->len; i++)
            in_cell += g_array_index (cell->runs, AssayRun, i).length_bytes;
          if (in_cell > TABLE_CELL_CHARACTERS)
            return FALSE;
          total += in_cell;
        }
    }
  return total <= TABLE_CHARACTERS;
}

static void
add_table (Builder *self)
{
  AssayTableText *table = g_new0 (AssayTableText, 1);

  table->block = self->block;
  table->cells = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_cell_text_free);
  for (guint r = 0; r < self->block->rows->len; r++)
    {
      GPtrArray *row = g_ptr_array_index (self->block->rows, r);

      for (guint c = 0; c < row->len; c++)
        g_ptr_array_add (table->cells,
                         assay_cell_text_new (self->markdown, g_ptr_array_index (row, c),
                                              &self->rendition->n_formulas));
    }
  g_ptr_array_add (self->rendition->tables, table);
}

/* A block that is not lines of text has its markers on a line of their own. */
static void
emit_marker_line (Builder *self, AssayLine *line)
{
  AssayLine marker = *line;

  marker.is_marker = TRUE;
  _assay_builder_finish_line (self, &marker);
  line->margin_levels += line->hang_levels;
  line->hang_levels = 0;
}

static void
count_code (Builder *self, guint first)
{
  AssayRendition *rendition = self->rendition;
  gsize n_bytes = rendition->text->len - assay_rendition_get_line (rendition, first)->text_start;

  rendition->n_long_codes += n_bytes > ASSAY_LIMIT_HIGHLIGHT_SOFT_BYTES;
  rendition->n_plain_codes += n_bytes > ASSAY_LIMIT_HIGHLIGHT_BYTES;
}

static void
add_block (Builder *self)
{
  const AssayBlock *block = self->block;
  AssayLine line = { 0 };
  guint first;
  int own = 0;

  self->is_code = block->kind == ASSAY_BLOCK_CODE || block->kind == ASSAY_BLOCK_HTML;
  self->block_is_begun = FALSE;
  if (block->kind == ASSAY_BLOCK_TABLE && !table_fits_widget (self))
    {
      self->is_code = TRUE;
      self->rendition->n_text_tables++;
    }
  for (guint i = 0; i < block->runs->len && own == 0; i++)
    {
      const AssayRun *run = &g_array_index (block->runs, AssayRun, i);

      own = assay_text_direction (run->text, run->length_bytes);
    }
  self->block_direction = own ? own : self->rendition->direction;

  add_markers (self, &line);
  if (line.hang_levels > 0
      && (self->is_code || block->kind == ASSAY_BLOCK_TABLE || block->kind == ASSAY_BLOCK_RULE))
    emit_marker_line (self, &line);
  first = self->rendition->lines->len;

  if (block->kind == ASSAY_BLOCK_TABLE && !self->is_code)
    {
      add_table (self);
      _assay_builder_add_piece (self, OBJECT_REPLACEMENT, strlen (OBJECT_REPLACEMENT),
                                ASSAY_PART_ATOMIC, ASSAY_SPAN_PLAIN, NULL, block->source_start,
                                block->source_end);
    }
  else if (block->kind == ASSAY_BLOCK_TABLE)
    {
      AssayRun run = { .text = self->source + block->source_start,
                       .length_bytes = block->source_end - block->source_start,
                       .source_start = block->source_start,
                       .source_end = block->source_end };

      _assay_builder_add_run (self, &run, &line);
    }
  for (guint i = 0; i < block->runs->len; i++)
    {
      const AssayRun *run = &g_array_index (block->runs, AssayRun, i);

      AssayRun rest = *run;

      /* What closes a displayed formula was added with it. */
      rest.text += self->skip;
      rest.length_bytes -= self->skip;
      rest.source_start += self->skip;
      self->skip = 0;
      if (run->style & ASSAY_SPAN_MATH && !self->is_code)
        i += _assay_builder_add_formulas (self, block->runs, i, &line) - 1;
      else
        _assay_builder_add_run (self, &rest, &line);
    }
  _assay_builder_change_target (self, ASSAY_SPAN_PLAIN, NULL);
  _assay_builder_finish_line (self, &line);

  g_array_index (self->rendition->lines, AssayLine, self->rendition->lines->len - 1).is_last = TRUE;
  if (block->language != NULL)
    count_code (self, first);
}

static gboolean
has_both_directions (const char *text, int direction)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if ((guchar) *p >= 0x80 || direction < 0)
      {
        int strong = assay_text_direction (p, g_utf8_next_char (p) - p);

        if (strong != 0 && strong != direction)
          return TRUE;
      }
  return FALSE;
}

void
_assay_rendition_build (AssayRendition *rendition)
{
  Builder self = { .rendition = rendition, .markdown = rendition->markdown };

  self.source = assay_markdown_get_source (rendition->markdown);
  self.mixed = has_both_directions (self.source, rendition->direction);
  self.line = g_string_new (NULL);
  self.link_text = g_string_new (NULL);
  self.pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  self.layouts = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_math_layout_unref);

  for (guint i = 0; i < assay_markdown_get_n_blocks (rendition->markdown); i++)
    {
      self.block_index = i;
      self.block = assay_markdown_get_block (rendition->markdown, i);
      add_block (&self);
    }

  g_string_free (self.line, TRUE);
  g_string_free (self.link_text, TRUE);
  g_array_unref (self.pieces);
  g_ptr_array_unref (self.layouts);
}
