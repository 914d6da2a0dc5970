/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-markdown.h"

G_BEGIN_DECLS

/* A stretch of a cell's shown text. */
typedef struct
{
  guint start; /* bytes in the cell's text */
  guint end;
  gsize source_start;
  gsize source_end;
  gboolean exact;   /* the source's own characters */
  gboolean is_mark; /* a label in place of characters that cannot be seen */
  AssaySpanStyle style;
} AssayCellStretch;

/* What one cell of a table shows. */
typedef struct
{
  GString *text;
  GArray *stretches; /* AssayCellStretch, ascending */
} AssayCellText;

AssayCellText *assay_cell_text_new (AssayMarkdown *markdown, const AssayTableCell *source);
void assay_cell_text_free (AssayCellText *self);

/* The byte of the source that a byte of the text stands for. */
gsize assay_cell_text_map_to_source (const AssayCellText *self, guint offset, gboolean at_end);

G_END_DECLS
