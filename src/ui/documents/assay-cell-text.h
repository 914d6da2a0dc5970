/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-markdown.h"
#include "assay-math-layout.h"

G_BEGIN_DECLS

/* A stretch of a cell's shown text. */
typedef struct
{
  guint start; /* bytes in the cell's text */
  guint end;
  gsize source_start;
  gsize source_end;
  gboolean exact;   /* the source's own characters */
  gboolean is_mark; /* a label in place of characters that cannot be seen, or a warning */
  AssaySpanStyle style;
  const char *target; /* the address of a link or an image, or NULL; borrowed from the Markdown */
} AssayCellStretch;

/* A piece of a typeset formula, in place of its source, which the text has. */
typedef struct
{
  guint start; /* bytes in the cell's text */
  guint end;
  AssayMathLayout *layout;
  guint piece;
} AssayCellFormula;

/* What one cell of a table shows. */
typedef struct
{
  GString *text;
  GArray *stretches; /* AssayCellStretch, ascending */
  GArray *formulas;  /* AssayCellFormula, ascending */
} AssayCellText;

/* @n_formulas: (inout): how many formulas the document had so far. */
AssayCellText *
assay_cell_text_new (AssayMarkdown *markdown, const AssayTableCell *source, guint *n_formulas);
void assay_cell_text_free (AssayCellText *self);

/* The byte of the source that a byte of the text stands for. */
gsize assay_cell_text_map_to_source (const AssayCellText *self, guint offset, gboolean at_end);
/* The first link or image that lies in the bytes from @start to @end; NULL if none does. */
const AssayCellStretch *
assay_cell_text_find_target (const AssayCellText *self, guint start, guint end);
/* All that the cell says of the link or image that @stretch belongs to; (transfer full). */
char *assay_cell_text_dup_target_text (const AssayCellText *self, const AssayCellStretch *stretch);

G_END_DECLS
