/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-document-table.h"
#include "assay-formula.h"

G_BEGIN_DECLS

typedef struct
{
  GtkLabel *label;           /* borrowed */
  const AssayCellText *text; /* borrowed from the rendition */
  GPtrArray *formulas;       /* (nullable): AssayFormula, as in the text */
} Cell;

struct _AssayDocumentTable
{
  GtkWidget parent_instance;

  GtkWidget *grid;
  GtkWidget *scroller; /* around the grid; NULL while there is room for it */
  guint scroller_tick;
  AssayRendition *rendition;
  const AssayBlock *block; /* of the rendition's Markdown */
  GArray *cells;           /* Cell, row by row */
  guint n_columns;
  int last_cell; /* that had the focus */
  int *minima;   /* of the columns; NULL until they are measured */
  int *naturals;
  GArray *differences; /* AssayDifference: what other documents do not say here */
  AssayDifferenceLook own_look;
  GArray *marks;   /* AssayDocumentMark */
  GArray *matches; /* AssayFoundPlace */
  int current_match;
  double text_scale;
  int width;
};

/* How the words of every cell look: as they were written, and what was marked and found of them. */
void _assay_document_table_update_looks (AssayDocumentTable *self, AssayDocumentStyles *styles);

G_END_DECLS
