/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-document-table-private.h"

#include <string.h>

/* The links and images of the cells, and the menu that asks for them. */

void
assay_document_table_set_menu (AssayDocumentTable *self, GMenuModel *menu)
{
  g_return_if_fail (ASSAY_IS_DOCUMENT_TABLE (self));
  g_return_if_fail (G_IS_MENU_MODEL (menu));

  for (guint c = 0; c < self->cells->len; c++)
    gtk_label_set_extra_menu (g_array_index (self->cells, Cell, c).label, menu);
}

static const char *
find_target (const Cell *cell, guint start, guint end, gboolean *is_image, char **text)
{
  const AssayCellStretch *stretch = assay_cell_text_find_target (cell->text, start, end);

  if (stretch == NULL)
    return NULL;
  *is_image = (stretch->style & ASSAY_SPAN_IMAGE) != 0;
  *text = assay_cell_text_dup_target_text (cell->text, stretch);
  return stretch->target;
}

const char *
assay_document_table_get_target_at (AssayDocumentTable *self,
                                    GtkWidget *relative_to,
                                    double x,
                                    double y,
                                    gboolean *is_image,
                                    char **text)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT_TABLE (self), NULL);
  g_return_val_if_fail (is_image != NULL && text != NULL, NULL);

  for (guint c = 0; c < self->cells->len; c++)
    {
      const Cell *cell = &g_array_index (self->cells, Cell, c);
      graphene_point_t point;
      int left, top, index;

      if (!gtk_widget_compute_point (relative_to, GTK_WIDGET (cell->label),
                                     &GRAPHENE_POINT_INIT ((float) x, (float) y), &point)
          || !gtk_widget_contains (GTK_WIDGET (cell->label), point.x, point.y))
        continue;
      gtk_label_get_layout_offsets (cell->label, &left, &top);
      if (!pango_layout_xy_to_index (gtk_label_get_layout (cell->label),
                                     (int) (point.x - left) * PANGO_SCALE,
                                     (int) (point.y - top) * PANGO_SCALE, &index, NULL))
        return NULL;
      return find_target (cell, (guint) index, (guint) index, is_image, text);
    }
  return NULL;
}

const char *
assay_document_table_get_focused_target (AssayDocumentTable *self, gboolean *is_image, char **text)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT_TABLE (self), NULL);
  g_return_val_if_fail (is_image != NULL && text != NULL, NULL);

  for (guint c = 0; c < self->cells->len; c++)
    {
      const Cell *cell = &g_array_index (self->cells, Cell, c);
      const char *shown = cell->text->text->str;
      int start, end;

      if (!gtk_widget_is_focus (GTK_WIDGET (cell->label)))
        continue;
      /* Without a selection both are where the cursor is. */
      gtk_label_get_selection_bounds (cell->label, &start, &end);
      return find_target (cell, (guint) (g_utf8_offset_to_pointer (shown, start) - shown),
                          (guint) (g_utf8_offset_to_pointer (shown, end) - shown), is_image, text);
    }
  return NULL;
}
