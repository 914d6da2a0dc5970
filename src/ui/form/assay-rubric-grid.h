/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-form-section.h"
#include "assay-judgement.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_RUBRIC_GRID (assay_rubric_grid_get_type ())
/**
 * AssayRubricGrid:
 *
 * Consecutive scale questions of one scope: criteria as rows, responses or sources as columns. It
 * is read criterion by criterion across the responses, or response by response with one of them
 * shown at a time.
 *
 * Keys beside the digits: `n` not applicable, `c` comment; Tab goes to the next response for the
 * same criterion.
 *
 * Properties: `by-response`, `shown-place` (the response that is shown then), `show-mean`.
 */
G_DECLARE_FINAL_TYPE (AssayRubricGrid, assay_rubric_grid, ASSAY, RUBRIC_GRID, GtkWidget)

/* @questions: (element-type AssayScaleQuestion), all of one scope. */
GtkWidget *assay_rubric_grid_new (AssayJudgement *judgement, GPtrArray *questions);
gboolean assay_rubric_grid_get_by_response (AssayRubricGrid *self);
void assay_rubric_grid_set_by_response (AssayRubricGrid *self, gboolean by_response);
/* FALSE where sources or the task as a whole are scored. */
gboolean assay_rubric_grid_get_has_responses (AssayRubricGrid *self);
/* Whether the weighted means are shown below; FALSE at first. */
void assay_rubric_grid_set_show_mean (AssayRubricGrid *self, gboolean show_mean);

G_END_DECLS
