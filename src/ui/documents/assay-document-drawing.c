/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-document-drawing.h"

#define CODE_RADIUS 8
#define BAR_WIDTH 3
/* What is cut off by the edge of the view is drawn so far beyond it that its rounded end is not
 * seen. */
#define BEYOND 32

typedef struct
{
  AssayRendition *rendition;
  AssayDocumentStyles *styles;
  const AssayDocumentMetrics *metrics;
  const AssayDocumentPalette *palette;
  GtkSnapshot *snapshot;
  int width;

  /* The code block that the lines drawn last belong to. */
  gboolean in_code;
  guint code_block;
  graphene_rect_t code;
} Drawing;

static void
append_frame (Drawing *self)
{
  GskRoundedRect frame;

  if (!self->in_code)
    return;
  self->in_code = FALSE;
  gsk_rounded_rect_init_from_rect (&frame, &self->code, CODE_RADIUS);
  gtk_snapshot_push_rounded_clip (self->snapshot, &frame);
  gtk_snapshot_append_color (self->snapshot, &self->palette->tint, &self->code);
  gtk_snapshot_pop (self->snapshot);
  gtk_snapshot_append_border (self->snapshot, &frame, (float[4]) { 1, 1, 1, 1 },
                              (GdkRGBA[4]) { self->palette->border, self->palette->border,
                                             self->palette->border, self->palette->border });
}

static int
get_start (Drawing *self, const AssayLine *line, guint levels)
{
  return self->metrics->page_margin + (int) levels * self->metrics->level_width;
}

static void
draw_code (Drawing *self, const AssayLine *line, int y, int height, int gap)
{
  int top = line->is_first ? y + gap : y;
  int bottom = y + height;
  int start = get_start (self, line, line->margin_levels);

  if (self->in_code && self->code_block == line->block)
    {
      self->code.size.height = bottom - self->code.origin.y;
    }
  else
    {
      append_frame (self);
      self->in_code = TRUE;
      self->code_block = line->block;
      /* Scrolled out at the top. */
      if (!line->is_first)
        top -= BEYOND;
      graphene_rect_init (&self->code, start, top, self->width - start - self->metrics->page_margin,
                          bottom - top);
    }
}

static void
draw_bars (Drawing *self, const AssayLine *line, int y, int height, int gap)
{
  const AssayBlock *block = assay_rendition_get_block (self->rendition, line);

  for (guint i = 0; i < block->marks->len; i++)
    {
      const AssayListMark *mark = &g_array_index (block->marks, AssayListMark, i);
      int top = mark->first && line->is_first ? y + gap : y;
      int x = get_start (self, line, i) + self->metrics->level_width / 4;

      if (!mark->is_quote)
        continue;
      if (line->direction < 0)
        x = self->width - x - BAR_WIDTH;
      gtk_snapshot_append_color (self->snapshot, &self->palette->bar,
                                 &GRAPHENE_RECT_INIT (x, top, BAR_WIDTH, y + height - top));
    }
}

static void
draw_rule (Drawing *self, const AssayLine *line, int y, int height, int gap)
{
  int start = get_start (self, line, line->margin_levels);
  int end = self->metrics->page_margin;

  gtk_snapshot_append_color (self->snapshot, &self->palette->bar,
                             &GRAPHENE_RECT_INIT (line->direction < 0 ? end : start,
                                                  y + gap + (height - gap) / 2,
                                                  self->width - start - end, 1));
}

void
assay_document_drawing_snapshot (GtkTextView *view,
                                 AssayRendition *rendition,
                                 AssayDocumentStyles *styles,
                                 GtkSnapshot *snapshot)
{
  Drawing self = { .rendition = rendition,
                   .styles = styles,
                   .metrics = assay_document_styles_get_metrics (styles),
                   .palette = assay_document_styles_get_palette (styles),
                   .snapshot = snapshot,
                   .width = gtk_widget_get_width (GTK_WIDGET (view)) };
  guint n_lines = assay_rendition_get_n_lines (rendition);
  GdkRectangle visible;
  GtkTextIter iter;

  /* What is not wrapped stands in a frame as wide as its longest line. */
  if (!assay_document_styles_get_wrap_code (styles))
    self.width =
        MAX (self.width,
             gtk_adjustment_get_upper (gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (view))));

  gtk_text_view_get_visible_rect (view, &visible);
  gtk_text_view_get_line_at_y (view, &iter, visible.y, NULL);
  for (;;)
    {
      guint index = gtk_text_iter_get_line (&iter);
      const AssayLine *line;
      int y, height, gap;

      if (index >= n_lines)
        break;
      gtk_text_view_get_line_yrange (view, &iter, &y, &height);
      if (y > visible.y + visible.height)
        break;

      line = assay_rendition_get_line (rendition, index);
      gap = line->is_first ? assay_document_styles_get_gap (styles, rendition, index) : 0;
      draw_bars (&self, line, y, height, gap);
      if (line->is_code)
        draw_code (&self, line, y, height, gap);
      else if (!line->is_marker
               && assay_rendition_get_block (rendition, line)->kind == ASSAY_BLOCK_RULE)
        draw_rule (&self, line, y, height, gap);
      if (!gtk_text_iter_forward_line (&iter))
        break;
    }
  if (self.in_code)
    {
      const AssayLine *line;
      guint next = gtk_text_iter_get_line (&iter);

      /* Goes on below the edge. */
      line = next < n_lines ? assay_rendition_get_line (rendition, next) : NULL;
      if (line != NULL && line->is_code && line->block == self.code_block
          && self.code.origin.y + self.code.size.height >= visible.y + visible.height)
        self.code.size.height += BEYOND;
      append_frame (&self);
    }
}
