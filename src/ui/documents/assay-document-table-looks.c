/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-document-table-private.h"

/* How the words in the cells of an AssayDocumentTable look. */

static void
add_attribute (PangoAttrList *attributes, PangoAttribute *attribute, guint start, guint end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (attributes, attribute);
}

static void
add_color (PangoAttrList *attributes,
           const GdkRGBA *color,
           gboolean background,
           guint start,
           guint end)
{
  guint16 red = color->red * 65535;
  guint16 green = color->green * 65535;
  guint16 blue = color->blue * 65535;
  guint16 alpha = MAX (color->alpha * 65535, 1);

  add_attribute (attributes,
                 background ? pango_attr_background_new (red, green, blue)
                            : pango_attr_foreground_new (red, green, blue),
                 start, end);
  add_attribute (attributes,
                 background ? pango_attr_background_alpha_new (alpha)
                            : pango_attr_foreground_alpha_new (alpha),
                 start, end);
}

static void
add_stretch_attributes (PangoAttrList *attributes,
                        const AssayCellStretch *stretch,
                        const AssayDocumentPalette *palette)
{
  AssaySpanStyle style = stretch->style;
  guint start = stretch->start;
  guint end = stretch->end;

  if (style & ASSAY_SPAN_EMPHASIS)
    add_attribute (attributes, pango_attr_style_new (PANGO_STYLE_ITALIC), start, end);
  if (style & ASSAY_SPAN_STRONG)
    add_attribute (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start, end);
  if (style & ASSAY_SPAN_STRIKE)
    add_attribute (attributes, pango_attr_strikethrough_new (TRUE), start, end);
  if (style & (ASSAY_SPAN_UNDERLINE | ASSAY_SPAN_LINK))
    add_attribute (attributes, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), start, end);
  if (style & (ASSAY_SPAN_CODE | ASSAY_SPAN_MATH))
    add_attribute (attributes, pango_attr_family_new ("monospace"), start, end);
  if (style & (ASSAY_SPAN_CODE | ASSAY_SPAN_IMAGE))
    add_color (attributes, &palette->tint, TRUE, start, end);
  if (style & ASSAY_SPAN_MATH)
    add_color (attributes, &palette->formula, FALSE, start, end);
  if (style & ASSAY_SPAN_LINK)
    add_color (attributes, &palette->link, FALSE, start, end);
  if (style & ASSAY_SPAN_SUBSCRIPT)
    add_attribute (attributes, pango_attr_font_scale_new (PANGO_FONT_SCALE_SUBSCRIPT), start, end);
  if (style & ASSAY_SPAN_SUPERSCRIPT)
    add_attribute (attributes, pango_attr_font_scale_new (PANGO_FONT_SCALE_SUPERSCRIPT), start,
                   end);
  if (stretch->is_mark)
    {
      add_color (attributes, &palette->mark, FALSE, start, end);
      add_color (attributes, &palette->mark_tint, TRUE, start, end);
    }
}

/* More than colour: a line under the words or through them as well. */
static void
add_difference (PangoAttrList *attributes,
                AssayDifferenceLook look,
                const AssayDocumentPalette *palette,
                guint start,
                guint end)
{
  const GdkRGBA *color = look == ASSAY_DIFFERENCE_GONE ? &palette->gone : &palette->only;
  guint16 red = color->red * 65535;
  guint16 green = color->green * 65535;
  guint16 blue = color->blue * 65535;

  if (look != ASSAY_DIFFERENCE_DISPLACED)
    add_color (attributes,
               look == ASSAY_DIFFERENCE_GONE ? &palette->gone_tint : &palette->only_tint, TRUE,
               start, end);
  if (look == ASSAY_DIFFERENCE_GONE)
    {
      add_attribute (attributes, pango_attr_strikethrough_new (TRUE), start, end);
      add_attribute (attributes, pango_attr_strikethrough_color_new (red, green, blue), start, end);
      return;
    }
  add_attribute (attributes,
                 pango_attr_underline_new (look == ASSAY_DIFFERENCE_DISPLACED
                                               ? PANGO_UNDERLINE_DOUBLE
                                               : PANGO_UNDERLINE_SINGLE),
                 start, end);
  add_attribute (attributes, pango_attr_underline_color_new (red, green, blue), start, end);
}

/* What of a stretch of the source stands in @stretch, in its cell; FALSE if nothing does. */
static gboolean
find_in_cell (const AssayCellStretch *stretch,
              gsize source_start,
              gsize source_end,
              guint *start,
              guint *end)
{
  if (source_end <= stretch->source_start || source_start >= stretch->source_end)
    return FALSE;
  *start = stretch->start;
  *end = stretch->end;
  if (stretch->exact)
    {
      *start += MAX (source_start, stretch->source_start) - stretch->source_start;
      *end -= stretch->source_end - MIN (source_end, stretch->source_end);
    }
  return TRUE;
}

static void
add_mark (PangoAttrList *attributes,
          const AssayDocumentMark *mark,
          const AssayDocumentPalette *palette,
          guint start,
          guint end)
{
  PangoUnderline underline = assay_document_styles_get_mark_underline (mark->line);
  guint16 red = palette->marked.red * 65535;
  guint16 green = palette->marked.green * 65535;
  guint16 blue = palette->marked.blue * 65535;

  add_color (attributes, mark->is_current ? &palette->current_tint : &palette->marked_tint, TRUE,
             start, end);
  if (underline != PANGO_UNDERLINE_NONE)
    {
      add_attribute (attributes, pango_attr_underline_new (underline), start, end);
      add_attribute (attributes, pango_attr_underline_color_new (red, green, blue), start, end);
    }
  if (mark->line == ASSAY_MARK_LINE_STRENGTH)
    {
      add_attribute (attributes, pango_attr_overline_new (PANGO_OVERLINE_SINGLE), start, end);
      add_attribute (attributes, pango_attr_overline_color_new (red, green, blue), start, end);
    }
}

/* A formula is drawn in place of its first character; of the others nothing is seen, so that it is
 * selected, copied and read out as its source. */
static void
add_formulas (const Cell *cell,
              PangoAttrList *attributes,
              double em,
              double scale,
              const AssayDocumentPalette *palette)
{
  static const PangoRectangle nothing = { 0, 0, 0, 0 };
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (cell->label));
  PangoFontMetrics *metrics;
  int ascent, descent;

  if (cell->formulas == NULL)
    return;
  metrics = pango_context_get_metrics (context, NULL, NULL);
  ascent = (int) (scale * pango_font_metrics_get_ascent (metrics));
  descent = (int) (scale * pango_font_metrics_get_descent (metrics));
  pango_font_metrics_unref (metrics);
  for (guint i = 0; i < cell->formulas->len; i++)
    {
      const AssayCellFormula *place = &g_array_index (cell->text->formulas, AssayCellFormula, i);
      AssayFormula *formula = g_ptr_array_index (cell->formulas, i);
      const char *text = cell->text->text->str;
      guint second = g_utf8_next_char (text + place->start) - text;
      PangoRectangle box = { 0 };
      PangoRectangle room;

      assay_formula_set_style (formula, context, em, G_MAXINT, &palette->text);
      box.width = gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (formula)) * PANGO_SCALE;
      box.height = gdk_paintable_get_intrinsic_height (GDK_PAINTABLE (formula)) * PANGO_SCALE;
      box.y = assay_formula_get_depth (formula) * PANGO_SCALE - box.height;
      /* A line of formulas alone is no lower than one of words beside it. */
      room = box;
      room.y = MIN (box.y, -ascent);
      room.height = MAX (box.y + box.height, descent) - room.y;
      add_attribute (attributes,
                     pango_attr_shape_new_with_data (&box, &room, g_object_ref (formula),
                                                     (PangoAttrDataCopyFunc) g_object_ref,
                                                     g_object_unref),
                     place->start, second);
      add_attribute (attributes, pango_attr_shape_new (&nothing, &nothing), second, place->end);
      add_attribute (attributes, pango_attr_allow_breaks_new (FALSE), place->start, place->end);
    }
}

static void
add_marks (AssayDocumentTable *self,
           PangoAttrList *attributes,
           const Cell *cell,
           const AssayDocumentPalette *palette)
{
  guint start, end;

  for (guint i = 0; i < cell->text->stretches->len && self->marks->len > 0; i++)
    for (guint m = 0; m < self->marks->len; m++)
      {
        const AssayDocumentMark *mark = &g_array_index (self->marks, AssayDocumentMark, m);

        if (find_in_cell (&g_array_index (cell->text->stretches, AssayCellStretch, i), mark->start,
                          mark->end, &start, &end))
          add_mark (attributes, mark, palette, start, end);
      }
}

static void
add_differences (AssayDocumentTable *self,
                 PangoAttrList *attributes,
                 const Cell *cell,
                 const AssayDocumentPalette *palette)
{
  for (guint i = 0; i < cell->text->stretches->len; i++)
    {
      const AssayCellStretch *stretch = &g_array_index (cell->text->stretches, AssayCellStretch, i);

      for (guint d = 0; d < self->differences->len; d++)
        {
          const AssayDifference *difference =
              &g_array_index (self->differences, AssayDifference, d);
          const AssayStretch *only = &difference->stretch;
          guint start, end;

          if (!find_in_cell (stretch, only->start, only->end, &start, &end))
            continue;
          add_difference (attributes,
                          difference->displaced ? ASSAY_DIFFERENCE_DISPLACED : self->own_look,
                          palette, start, end);
        }
    }
}

void
_assay_document_table_update_looks (AssayDocumentTable *self, AssayDocumentStyles *styles)
{
  const AssayDocumentPalette *palette = assay_document_styles_get_palette (styles);
  double em = assay_document_styles_get_metrics (styles)->em;
  guint next = 0;

  for (guint c = 0; c < self->cells->len; c++)
    {
      const Cell *cell = &g_array_index (self->cells, Cell, c);
      g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

      add_attribute (attributes, pango_attr_scale_new (self->text_scale), 0, G_MAXUINT);
      add_attribute (attributes, pango_attr_insert_hyphens_new (FALSE), 0, G_MAXUINT);
      for (guint i = 0; i < cell->text->stretches->len; i++)
        add_stretch_attributes (attributes,
                                &g_array_index (cell->text->stretches, AssayCellStretch, i),
                                palette);
      add_formulas (cell, attributes, em, self->text_scale, palette);
      add_marks (self, attributes, cell, palette);
      add_differences (self, attributes, cell, palette);
      for (; next < self->matches->len; next++)
        {
          const AssayFoundPlace *match = &g_array_index (self->matches, AssayFoundPlace, next);
          gboolean is_current = self->current_match == (int) next;

          if (match->cell != c)
            break;
          add_color (attributes, is_current ? &palette->current_match : &palette->match, TRUE,
                     match->cell_start, match->cell_end);
          add_color (attributes, &palette->match_text, FALSE, match->cell_start, match->cell_end);
        }
      gtk_label_set_attributes (cell->label, attributes);
    }
}

void
assay_document_table_show_matches (AssayDocumentTable *self,
                                   AssayDocumentStyles *styles,
                                   const AssayFoundPlace *matches,
                                   guint n_matches,
                                   int current)
{
  g_return_if_fail (ASSAY_IS_DOCUMENT_TABLE (self));
  g_return_if_fail (ASSAY_IS_DOCUMENT_STYLES (styles));

  g_array_set_size (self->matches, 0);
  if (n_matches > 0)
    g_array_append_vals (self->matches, matches, n_matches);
  self->current_match = current;
  _assay_document_table_update_looks (self, styles);
}

void
assay_document_table_set_differences (AssayDocumentTable *self,
                                      AssayDocumentStyles *styles,
                                      const AssayDifference *differences,
                                      guint n_differences,
                                      AssayDifferenceLook own_look)
{
  gboolean had_any;

  g_return_if_fail (ASSAY_IS_DOCUMENT_TABLE (self));
  g_return_if_fail (ASSAY_IS_DOCUMENT_STYLES (styles));

  had_any = self->differences->len > 0;
  self->own_look = own_look;
  g_array_set_size (self->differences, 0);
  for (guint i = 0; i < n_differences; i++)
    if (differences[i].stretch.end > self->block->source_start
        && differences[i].stretch.start < self->block->source_end)
      g_array_append_val (self->differences, differences[i]);
  /* New attributes lay every cell out anew. */
  if (had_any || self->differences->len > 0)
    _assay_document_table_update_looks (self, styles);
}

void
assay_document_table_set_marks (AssayDocumentTable *self,
                                AssayDocumentStyles *styles,
                                const AssayDocumentMark *marks,
                                guint n_marks)
{
  gboolean had_any;

  g_return_if_fail (ASSAY_IS_DOCUMENT_TABLE (self));
  g_return_if_fail (ASSAY_IS_DOCUMENT_STYLES (styles));

  had_any = self->marks->len > 0;
  g_array_set_size (self->marks, 0);
  for (guint i = 0; i < n_marks; i++)
    if (marks[i].end > self->block->source_start && marks[i].start < self->block->source_end)
      g_array_append_val (self->marks, marks[i]);
  /* New attributes lay every cell out anew. */
  if (had_any || self->marks->len > 0)
    _assay_document_table_update_looks (self, styles);
}
