/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-rendition-builder.h"

#include <string.h>

#include "assay-limits.h"
#include "assay-typesetting.h"

/* What stays on the line of a displayed formula. */
#define CLOSING ".,;:!?)"

/* The runs of neighbouring formulas, as one text. */
typedef struct
{
  GArray *runs;
  guint first;
  guint end;
  GString *text;
} Formulas;

static gsize
get_source_offset (Builder *self, const Formulas *formulas, gsize offset)
{
  for (guint i = formulas->first; i < formulas->end; i++)
    {
      const AssayRun *run = &g_array_index (formulas->runs, AssayRun, i);

      if (offset < run->length_bytes)
        return assay_markdown_run_is_exact (self->markdown, run) ? run->source_start + offset
                                                                 : run->source_start;
      offset -= run->length_bytes;
    }
  return g_array_index (formulas->runs, AssayRun, formulas->end - 1).source_end;
}

/* The bytes @start … @end of the text as it stands in the source. */
static void
add_source (Builder *self, const Formulas *formulas, gsize start, gsize end, AssayLine *line)
{
  gsize place = 0;

  for (guint i = formulas->first; i < formulas->end; i++)
    {
      const AssayRun *run = &g_array_index (formulas->runs, AssayRun, i);
      gsize from = MAX (start, place);
      gsize to = MIN (end, place + run->length_bytes);
      AssayRun part = *run;

      if (from < to)
        {
          part.text += from - place;
          part.length_bytes = to - from;
          if (assay_markdown_run_is_exact (self->markdown, run))
            {
              part.source_start += from - place;
              part.source_end = part.source_start + part.length_bytes;
            }
          _assay_builder_add_run (self, &part, line);
        }
      place += run->length_bytes;
    }
}

/* Says what stands in the way, behind the source. */
static void
add_reason (Builder *self, gsize source_offset, const GError *error)
{
  g_autofree char *reason = assay_typeset_dup_reason (error);
  g_autofree char *label = NULL;

  label = g_strconcat (FIRST_STRONG_ISOLATE THIN_SPACE, reason, THIN_SPACE POP_ISOLATE, NULL);
  _assay_builder_add_piece (self, THIN_SPACE, strlen (THIN_SPACE), ASSAY_PART_DECORATION,
                            ASSAY_SPAN_PLAIN, NULL, 0, 0);
  _assay_builder_add_piece (self, label, strlen (label), ASSAY_PART_MARK, ASSAY_SPAN_PLAIN, NULL,
                            source_offset, source_offset);
}

static gboolean
line_is_blank (Builder *self)
{
  for (guint i = 0; i < self->pieces->len; i++)
    {
      Piece *piece = &g_array_index (self->pieces, Piece, i);

      if (piece->part.kind == ASSAY_PART_MARKER)
        continue;
      for (gsize j = 0; j < piece->length; j++)
        if (!g_ascii_isspace (self->line->str[piece->start + j]))
          return FALSE;
    }
  return TRUE;
}

/* There is no break in the source. */
static void
break_line (Builder *self, AssayLine *line)
{
  _assay_builder_finish_line (self, line);
  line->margin_levels += line->hang_levels;
  line->hang_levels = 0;
  self->line_continues = TRUE;
}

static void
add_pieces (Builder *self,
            const Formulas *formulas,
            gsize start,
            gsize content,
            gsize end,
            AssayMathLayout *layout)
{
  const AssayRun *run = &g_array_index (formulas->runs, AssayRun, formulas->first);
  const AssayMathPiece *pieces;
  guint n_pieces;

  pieces = assay_math_layout_get_pieces (layout, &n_pieces);
  _assay_builder_change_target (self, run->style, run->target);
  g_ptr_array_add (self->layouts, assay_math_layout_ref (layout));
  for (guint i = 0; i < n_pieces; i++)
    {
      gsize from = i == 0 ? start : content + pieces[i].source_start;
      gsize to = i + 1 < n_pieces ? content + pieces[i].source_end : end;
      Piece *piece;

      _assay_builder_add_piece (self, OBJECT_REPLACEMENT, strlen (OBJECT_REPLACEMENT),
                                ASSAY_PART_FORMULA, run->style, run->target,
                                get_source_offset (self, formulas, from),
                                get_source_offset (self, formulas, to));
      piece = &g_array_index (self->pieces, Piece, self->pieces->len - 1);
      piece->layout = layout;
      piece->layout_piece = i;
    }
}

/* What closes the sentence of a displayed formula stays on its line; anything else begins another.
 */
static void
end_display (Builder *self, const Formulas *formulas, gboolean is_last, AssayLine *line)
{
  AssayRun *next = is_last && formulas->end < formulas->runs->len
                       ? &g_array_index (formulas->runs, AssayRun, formulas->end)
                       : NULL;
  gsize n = 0;

  if (next != NULL && !(next->style & ASSAY_SPAN_MATH)
      && assay_markdown_run_is_exact (self->markdown, next))
    {
      AssayRun closing = *next;

      while (n < next->length_bytes && strchr (CLOSING, next->text[n]) != NULL)
        n++;
      while (n < next->length_bytes && next->text[n] == ' ')
        n++;
      if (n > 0 && n < next->length_bytes && next->text[n] != '\n')
        {
          closing.length_bytes = n;
          closing.source_end = closing.source_start + n;
          _assay_builder_add_run (self, &closing, line);
          self->skip = n;
          break_line (self, line);
        }
      else if (n == 0 && next->text[0] != '\n')
        {
          break_line (self, line);
        }
    }
  else if (!is_last)
    {
      break_line (self, line);
    }
}

/* One formula; FALSE where its source has to be shown. */
static gboolean
add_formula (Builder *self,
             const Formulas *formulas,
             gsize start,
             gsize length,
             gsize content_start,
             gsize content_end,
             gboolean is_display,
             AssayLine *line)
{
  g_autoptr (AssayMathLayout) layout = NULL;
  g_autoptr (GError) error = NULL;
  gsize end = start + length;

  self->rendition->n_formulas++;
  if (self->rendition->n_formulas > ASSAY_LIMIT_DOCUMENT_FORMULAS
      || assay_math_font_get_default () == NULL)
    {
      add_source (self, formulas, start, end, line);
      return FALSE;
    }
  layout = assay_typeset (formulas->text->str + start + content_start, content_end - content_start,
                          is_display, &error);
  if (layout == NULL)
    {
      add_source (self, formulas, start, end, line);
      add_reason (self, get_source_offset (self, formulas, end), error);
      return FALSE;
    }
  if (is_display)
    {
      if (!line_is_blank (self))
        break_line (self, line);
      self->line_is_formula = TRUE;
    }
  add_pieces (self, formulas, start, start + content_start, end, layout);
  return TRUE;
}

guint
_assay_builder_add_formulas (Builder *self, GArray *runs, guint first, AssayLine *line)
{
  Formulas formulas = { .runs = runs, .first = first, .end = first };
  const AssayRun *run = &g_array_index (runs, AssayRun, first);
  gsize start = 0;

  formulas.text = g_string_new (NULL);
  while (formulas.end < runs->len)
    {
      const AssayRun *next = &g_array_index (runs, AssayRun, formulas.end);

      if (!(next->style & ASSAY_SPAN_MATH) || next->target != run->target)
        break;
      g_string_append_len (formulas.text, next->text, next->length_bytes);
      formulas.end++;
    }
  while (start < formulas.text->len)
    {
      AssayMathDelimiter delimiter = ASSAY_MATH_DOLLAR;
      gsize content_start, content_end;
      gsize length = assay_math_split (formulas.text->str + start, formulas.text->len - start,
                                       &delimiter, &content_start, &content_end);
      gboolean is_display =
          delimiter == ASSAY_MATH_DOUBLE_DOLLAR || delimiter == ASSAY_MATH_BRACKET;

      if (length == 0)
        {
          add_source (self, &formulas, start, formulas.text->len, line);
          break;
        }
      if (add_formula (self, &formulas, start, length, content_start, content_end, is_display, line)
          && is_display)
        end_display (self, &formulas, start + length == formulas.text->len, line);
      start += length;
    }
  g_string_free (formulas.text, TRUE);
  return formulas.end - first;
}
