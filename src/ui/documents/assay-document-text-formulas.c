/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-document-text-private.h"

#include <string.h>

static GtkTextBuffer *
get_buffer (AssayDocumentText *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
}

/* Whether it has another size than before. */
static gboolean
style_formula (AssayDocumentText *self, const AssayFormulaPlace *place, Formula *formula)
{
  const AssayDocumentMetrics *metrics = assay_document_styles_get_metrics (self->styles);
  const AssayDocumentPalette *palette = assay_document_styles_get_palette (self->styles);
  const AssayLine *line = assay_rendition_get_line (self->rendition, place->line);
  GdkPaintable *paintable = GDK_PAINTABLE (formula->paintable);
  int width = gdk_paintable_get_intrinsic_width (paintable);
  int height = gdk_paintable_get_intrinsic_height (paintable);
  double em = metrics->em
              * assay_document_styles_get_line_scale (self->styles, self->rendition, place->line);

  formula->width = _assay_document_text_knows_width (self)
                       ? _assay_document_text_get_width (self, line)
                             - (int) line->hang_levels * metrics->level_width
                       : G_MAXINT;
  assay_formula_set_style (formula->paintable, gtk_widget_get_pango_context (GTK_WIDGET (self)), em,
                           formula->width, &palette->text);
  return width != gdk_paintable_get_intrinsic_width (paintable)
         || height != gdk_paintable_get_intrinsic_height (paintable);
}

/* What is drawn below the baseline is told to the line by a tag; changing it, or setting it anew,
 * lays the line out with the present size. */
static void
apply_depth (AssayDocumentText *self, const AssayFormulaPlace *place, Formula *formula)
{
  GtkTextTag *tag =
      assay_document_styles_get_depth_tag (self->styles,
                                           assay_formula_get_depth (formula->paintable));
  guint start = assay_rendition_get_part (self->rendition, place->part)->start;
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_offset (get_buffer (self), &from, (int) start);
  to = from;
  gtk_text_iter_forward_char (&to);
  if (formula->depth != NULL)
    gtk_text_buffer_remove_tag (get_buffer (self), formula->depth, &from, &to);
  formula->depth = tag;
  if (tag != NULL)
    gtk_text_buffer_apply_tag (get_buffer (self), tag, &from, &to);
}

static void
count_read (AssayDocumentText *self, const AssayFormulaPlace *place, Formula *formula)
{
  const char *source = assay_markdown_get_source (assay_rendition_get_markdown (self->rendition));
  const AssayPart *part = assay_rendition_get_part (self->rendition, place->part);

  formula->n_read =
      g_utf8_strlen (source + part->source_start, part->source_end - part->source_start);
  formula->read_start = part->start;
  if (self->formulas->len > 0)
    {
      const Formula *last = &g_array_index (self->formulas, Formula, self->formulas->len - 1);
      const AssayFormulaPlace *last_place =
          assay_rendition_get_formula (self->rendition, self->formulas->len - 1);

      formula->read_start = last->read_start + last->n_read + part->start
                            - assay_rendition_get_part (self->rendition, last_place->part)->start
                            - 1;
    }
}

void
_assay_document_text_insert_formula (AssayDocumentText *self)
{
  const AssayFormulaPlace *place =
      assay_rendition_get_formula (self->rendition, self->formulas->len);
  g_autoptr (AssayFormula) paintable = assay_formula_new (place->layout, place->piece);
  Formula formula = { .paintable = paintable };
  GtkTextIter iter;

  count_read (self, place, &formula);
  style_formula (self, place, &formula);
  gtk_text_buffer_get_end_iter (get_buffer (self), &iter);
  gtk_text_buffer_insert_paintable (get_buffer (self), &iter, GDK_PAINTABLE (paintable));
  self->next_byte += strlen ("\uFFFC");
  apply_depth (self, place, &formula);
  g_array_append_val (self->formulas, formula);
}

void
_assay_document_text_update_formulas (AssayDocumentText *self, gboolean all)
{
  if (!all && !_assay_document_text_knows_width (self))
    return;
  for (guint i = 0; i < self->formulas->len; i++)
    {
      const AssayFormulaPlace *place = assay_rendition_get_formula (self->rendition, i);
      Formula *formula = &g_array_index (self->formulas, Formula, i);
      const AssayLine *line = assay_rendition_get_line (self->rendition, place->line);

      if (!all
          && formula->width
                 == _assay_document_text_get_width (self, line)
                        - (int) line->hang_levels
                              * assay_document_styles_get_metrics (self->styles)->level_width)
        continue;
      if (style_formula (self, place, formula))
        apply_depth (self, place, formula);
    }
}
