/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-judgement.h"
#include "assay-scale-question.h"

G_BEGIN_DECLS

/**
 * AssayRubricLayout:
 *
 * What the rows of one grid share: the width that a column of cells needs (0: to be measured
 * again), and whether only the cells of one response are shown.
 */
typedef struct
{
  GPtrArray *rows; /* AssayRubricRow */
  int column_width;
  gboolean single;
  guint shown;
} AssayRubricLayout;

#define ASSAY_TYPE_RUBRIC_ROW (assay_rubric_row_get_type ())
/**
 * AssayRubricRow:
 *
 * One criterion of a rubric with a cell for each response: side by side where there is room for all
 * points, one below the other where there is not. A cell is a single widget.
 *
 * Signals: `chosen (cell, index, advance)`, `comment-clicked (cell)`.
 */
G_DECLARE_FINAL_TYPE (AssayRubricRow, assay_rubric_row, ASSAY, RUBRIC_ROW, GtkWidget)

/* @responses: ids, as shown; NULL for one cell for the task as a whole. @layout: outlives the row.
 */
GtkWidget *assay_rubric_row_new (AssayJudgement *judgement,
                                 AssayScaleQuestion *question,
                                 GPtrArray *responses,
                                 AssayRubricLayout *layout);
AssayScaleQuestion *assay_rubric_row_get_question (AssayRubricRow *self);
/* The criterion's label, safe to show. */
const char *assay_rubric_row_get_title (AssayRubricRow *self);
guint assay_rubric_row_get_n_cells (AssayRubricRow *self);
GtkWidget *assay_rubric_row_get_cell (AssayRubricRow *self, guint place);
/* Whether the criterion applies to the response. */
gboolean assay_rubric_row_cell_applies (AssayRubricRow *self, guint place);
/* -1 if @cell is none of the row's. */
int assay_rubric_row_find_cell (AssayRubricRow *self, GtkWidget *cell);
/* Whether cells stand side by side at the present width. */
gboolean assay_rubric_row_get_has_columns (AssayRubricRow *self);
/* Shows what the judgement holds; hides what does not apply. */
void assay_rubric_row_refresh (AssayRubricRow *self);
/* Says why the person's last key did nothing, until the next change. @notice: "" for nothing. */
void assay_rubric_row_show_notice (AssayRubricRow *self, const char *notice);
/* @issues: all of the judgement, or NULL. */
void assay_rubric_row_set_issues (AssayRubricRow *self, GPtrArray *issues);

G_END_DECLS
