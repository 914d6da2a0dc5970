/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-cell-text.h"

#include "assay-visible-text.h"

static void
add_run (AssayCellText *self, AssayMarkdown *markdown, const AssayRun *run)
{
  gboolean exact = assay_markdown_run_is_exact (markdown, run);
  g_autoptr (GArray) pieces = assay_visible_text_split (run->text, run->length_bytes);

  for (guint i = 0; i < pieces->len; i++)
    {
      AssayVisiblePiece *piece = &g_array_index (pieces, AssayVisiblePiece, i);
      AssayCellStretch stretch = { .start = self->text->len, .exact = exact, .style = run->style };

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

AssayCellText *
assay_cell_text_new (AssayMarkdown *markdown, const AssayTableCell *source)
{
  AssayCellText *self;

  g_return_val_if_fail (markdown != NULL && source != NULL, NULL);

  self = g_new0 (AssayCellText, 1);
  self->text = g_string_new (NULL);
  self->stretches = g_array_new (FALSE, FALSE, sizeof (AssayCellStretch));
  for (guint i = 0; i < source->runs->len; i++)
    add_run (self, markdown, &g_array_index (source->runs, AssayRun, i));
  return self;
}

void
assay_cell_text_free (AssayCellText *self)
{
  g_return_if_fail (self != NULL);

  g_string_free (self->text, TRUE);
  g_array_unref (self->stretches);
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
