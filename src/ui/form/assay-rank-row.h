/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-rank-question.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_RANK_ROW (assay_rank_row_get_type ())
/**
 * AssayRankRow:
 *
 * One response in a ranking: its rank, its letter and how its text begins; what the question asks
 * beside the rank below.
 *
 * Signals: `moved (direction)` by its buttons, -1 up and 1 down; `quality-chosen (acceptable)`;
 * `end-chosen (best)` in a best-and-worst question; `bucket-chosen (id)` with NULL for none.
 */
G_DECLARE_FINAL_TYPE (AssayRankRow, assay_rank_row, ASSAY, RANK_ROW, GtkWidget)

GtkWidget *assay_rank_row_new (AssayRankQuestion *question,
                               const char *response,
                               const char *letter,
                               const char *beginning);
const char *assay_rank_row_get_response (AssayRankRow *self);
/* @rank: 0 for none yet. @tied: shares it. @can_move_…: sensitivity of the buttons. */
void assay_rank_row_show_rank (AssayRankRow *self,
                               guint rank,
                               gboolean tied,
                               guint place,
                               guint n,
                               gboolean can_move_up,
                               gboolean can_move_down);
/* -1 for not said. */
void assay_rank_row_show_quality (AssayRankRow *self, int acceptable);
/* 0 best, 1 worst, -1 neither. */
void assay_rank_row_show_end (AssayRankRow *self, int end);
void assay_rank_row_show_bucket (AssayRankRow *self, const char *bucket);
/* Picked up by the keyboard: arrows move it. */
void assay_rank_row_set_held (AssayRankRow *self, gboolean held);
gboolean assay_rank_row_get_held (AssayRankRow *self);

G_END_DECLS
