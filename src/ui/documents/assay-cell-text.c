/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-cell-text.h"

#include "assay-limits.h"
#include "assay-link.h"
#include "assay-typesetting.h"
#include "assay-visible-text.h"

#define THIN_SPACE "\u2009"

/* The link or the image that the runs so far belong to. */
typedef struct
{
  AssaySpanStyle style;
  const char *target; /* (nullable) */
  guint start;        /* byte in the cell's text where its words begin */
  gsize source_end;
} Target;

static void
add_run (AssayCellText *self, AssayMarkdown *markdown, const AssayRun *run)
{
  gboolean exact = assay_markdown_run_is_exact (markdown, run);
  g_autoptr (GArray) pieces = assay_visible_text_split (run->text, run->length_bytes);

  for (guint i = 0; i < pieces->len; i++)
    {
      AssayVisiblePiece *piece = &g_array_index (pieces, AssayVisiblePiece, i);
      AssayCellStretch stretch = {
        .start = self->text->len, .exact = exact, .style = run->style, .target = run->target
      };

      stretch.source_start = exact ? run->source_start + piece->start : run->source_start;
      stretch.source_end = exact ? run->source_start + piece->end : run->source_end;
      if (piece->label != NULL)
        {
          g_string_append (self->text, piece->label);
          stretch.exact = FALSE;
          stretch.is_mark = TRUE;
        }
      else
        {
          g_string_append_len (self->text, run->text + piece->start, piece->end - piece->start);
        }
      stretch.end = self->text->len;
      g_array_append_val (self->stretches, stretch);
    }
}

static gboolean
has_mark (const AssayCellText *self, guint first_stretch)
{
  for (guint i = first_stretch; i < self->stretches->len; i++)
    if (g_array_index (self->stretches, AssayCellStretch, i).is_mark)
      return TRUE;
  return FALSE;
}

/* Behind the source: what stands in the way. */
static void
add_reason (AssayCellText *self, const GError *error)
{
  const AssayCellStretch *last =
      &g_array_index (self->stretches, AssayCellStretch, self->stretches->len - 1);
  g_autofree char *reason = assay_typeset_dup_reason (error);
  AssayCellStretch stretch = { .start = self->text->len,
                               .source_start = last->source_end,
                               .source_end = last->source_end,
                               .is_mark = TRUE };

  g_string_append_printf (self->text, THIN_SPACE "%s" THIN_SPACE, reason);
  stretch.end = self->text->len;
  g_array_append_val (self->stretches, stretch);
}

/* One formula; with an error its source is shown. */
static void
add_formula (AssayCellText *self,
             guint start,
             guint content,
             guint content_end,
             guint end,
             GError **error)
{
  /* As within a line, also what would stand on one of its own. */
  g_autoptr (AssayMathLayout) layout =
      assay_typeset (self->text->str + content, content_end - content, FALSE, error);
  const AssayMathPiece *pieces;
  guint n_pieces;

  if (layout == NULL)
    return;
  pieces = assay_math_layout_get_pieces (layout, &n_pieces);
  for (guint i = 0; i < n_pieces; i++)
    {
      AssayCellFormula formula = { .start = i == 0 ? start : content + pieces[i].source_start,
                                   .end = i + 1 < n_pieces ? content + pieces[i].source_end : end,
                                   .layout = assay_math_layout_ref (layout),
                                   .piece = i };

      g_array_append_val (self->formulas, formula);
    }
}

/* Those that the text has from @start on, which its stretches from @first_stretch on show. */
static void
add_formulas (AssayCellText *self, guint start, guint first_stretch, guint *n_formulas)
{
  guint end = self->text->len;
  g_autoptr (GError) error = NULL;

  if (has_mark (self, first_stretch) || assay_math_font_get_default () == NULL)
    return;
  while (start < end && *n_formulas < ASSAY_LIMIT_DOCUMENT_FORMULAS)
    {
      AssayMathDelimiter delimiter = ASSAY_MATH_DOLLAR;
      gsize content_start, content_end;
      gsize length = assay_math_split (self->text->str + start, end - start, &delimiter,
                                       &content_start, &content_end);

      if (length == 0)
        break;
      (*n_formulas)++;
      add_formula (self, start, start + content_start, start + content_end, start + length,
                   error == NULL ? &error : NULL);
      start += length;
    }
  if (error != NULL)
    add_reason (self, error);
}

/* What the program says of a link or an image, around its words. */
static void
add_note (AssayCellText *self, const char *note, const AssayCellStretch *like)
{
  AssayCellStretch stretch = *like;

  if (note == NULL)
    return;
  stretch.start = self->text->len;
  g_string_append (self->text, note);
  stretch.end = self->text->len;
  g_array_append_val (self->stretches, stretch);
}

static void
change_target (AssayCellText *self, Target *last, AssaySpanStyle style, const AssayRun *run)
{
  const char *target = run != NULL ? run->target : NULL;

  style &= ASSAY_SPAN_LINK | ASSAY_SPAN_IMAGE;
  if (last->style == style && last->target == target)
    return;
  if (last->target != NULL)
    {
      const AssayCellStretch nothing = { .source_start = last->source_end,
                                         .source_end = last->source_end };
      gboolean is_warning;
      g_autofree char *after = assay_link_dup_after (last->style, last->target,
                                                     self->text->str + last->start, &is_warning);

      if (after != NULL && is_warning)
        add_note (self, THIN_SPACE, &nothing);
      add_note (self, after,
                &(AssayCellStretch) { .source_start = last->source_end,
                                      .source_end = last->source_end,
                                      .is_mark = is_warning,
                                      .style = is_warning ? ASSAY_SPAN_PLAIN : last->style,
                                      .target = last->target });
    }
  if (target != NULL)
    {
      g_autofree char *before = assay_link_dup_before (style);

      add_note (self, before,
                &(AssayCellStretch) { .source_start = run->source_start,
                                      .source_end = run->source_start,
                                      .style = style,
                                      .target = target });
    }
  last->style = style;
  last->target = target;
  last->start = self->text->len;
}

static void
clear_formula (gpointer data)
{
  assay_math_layout_unref (((AssayCellFormula *) data)->layout);
}

AssayCellText *
assay_cell_text_new (AssayMarkdown *markdown, const AssayTableCell *source, guint *n_formulas)
{
  AssayCellText *self;
  GArray *runs;
  Target target = { ASSAY_SPAN_PLAIN };

  g_return_val_if_fail (markdown != NULL && source != NULL, NULL);
  g_return_val_if_fail (n_formulas != NULL, NULL);

  self = g_new0 (AssayCellText, 1);
  self->text = g_string_new (NULL);
  self->stretches = g_array_new (FALSE, FALSE, sizeof (AssayCellStretch));
  self->formulas = g_array_new (FALSE, FALSE, sizeof (AssayCellFormula));
  g_array_set_clear_func (self->formulas, clear_formula);
  runs = source->runs;
  for (guint i = 0; i < runs->len;)
    {
      const AssayRun *first = &g_array_index (runs, AssayRun, i);
      const AssayRun *run = first;
      guint start, first_stretch;

      change_target (self, &target, first->style, first);
      start = self->text->len;
      first_stretch = self->stretches->len;
      /* Where a bar is written with a backslash, a formula is several runs. */
      do
        {
          add_run (self, markdown, run);
          target.source_end = run->source_end;
          run = ++i < runs->len ? &g_array_index (runs, AssayRun, i) : NULL;
        }
      while (run != NULL && first->style & run->style & ASSAY_SPAN_MATH
             && first->target == run->target);
      if (first->style & ASSAY_SPAN_MATH)
        add_formulas (self, start, first_stretch, n_formulas);
    }
  change_target (self, &target, ASSAY_SPAN_PLAIN, NULL);
  return self;
}

void
assay_cell_text_free (AssayCellText *self)
{
  g_return_if_fail (self != NULL);

  g_string_free (self->text, TRUE);
  g_array_unref (self->stretches);
  g_array_unref (self->formulas);
  g_free (self);
}

gsize
assay_cell_text_map_to_source (const AssayCellText *self, guint offset, gboolean at_end)
{
  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->stretches->len; i++)
    {
      const AssayCellStretch *stretch = &g_array_index (self->stretches, AssayCellStretch, i);

      if (offset > stretch->end || (offset == stretch->end && !at_end))
        continue;
      if (stretch->exact)
        return stretch->source_start + (offset - stretch->start);
      return at_end ? stretch->source_end : stretch->source_start;
    }
  return 0;
}

const AssayCellStretch *
assay_cell_text_find_target (const AssayCellText *self, guint start, guint end)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->stretches->len; i++)
    {
      const AssayCellStretch *stretch = &g_array_index (self->stretches, AssayCellStretch, i);

      if (stretch->target != NULL && stretch->start < MAX (end, start + 1) && stretch->end > start)
        return stretch;
    }
  return NULL;
}

char *
assay_cell_text_dup_target_text (const AssayCellText *self, const AssayCellStretch *stretch)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL && stretch != NULL, NULL);

  for (guint i = 0; i < self->stretches->len; i++)
    {
      const AssayCellStretch *other = &g_array_index (self->stretches, AssayCellStretch, i);

      if (other->target == stretch->target && other->style == stretch->style)
        g_string_append_len (text, self->text->str + other->start, other->end - other->start);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}
