/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * AssayRankOrder:
 *
 * The rows of a ranking while they are moved: those with a rank first, best on top, ties together,
 * then those without. Knows nothing of widgets. Places count from 0.
 */
typedef struct _AssayRankOrder AssayRankOrder;

/* @responses: all, as shown. @order: (nullable) (element-type GStrv): the answer so far. @places:
 * how many ranks there are to give; 0 for all. */
AssayRankOrder *assay_rank_order_new (const char *const *responses, GPtrArray *order, guint places);
void assay_rank_order_free (AssayRankOrder *self);

guint assay_rank_order_get_n (AssayRankOrder *self);
guint assay_rank_order_get_n_ranked (AssayRankOrder *self);
const char *assay_rank_order_get_response (AssayRankOrder *self, guint place);
/* -1 if there is no such response. */
int assay_rank_order_find (AssayRankOrder *self, const char *response);
/* Competition rank, 1 for the best; 0 for none. */
guint assay_rank_order_get_rank (AssayRankOrder *self, guint place);
/* Whether it shares its rank with a neighbour. */
gboolean assay_rank_order_is_tied (AssayRankOrder *self, guint place);

/* The order as it is: everything gets the rank of its place (as far as there are ranks to give). */
void assay_rank_order_confirm (AssayRankOrder *self);
/* One step up or down. Whoever leaves a tie ends beside it, not beyond it. */
void assay_rank_order_move_up (AssayRankOrder *self, guint place);
void assay_rank_order_move_down (AssayRankOrder *self, guint place);
/* Before what is now at @before, or behind all. */
void assay_rank_order_move_before (AssayRankOrder *self, guint place, guint before);
void assay_rank_order_set_rank (AssayRankOrder *self, guint place, guint rank);
/* Shares the rank of the one above, or takes that back. */
void assay_rank_order_toggle_tie (AssayRankOrder *self, guint place);

/* (transfer full) (element-type GStrv) */
GPtrArray *assay_rank_order_to_answer (AssayRankOrder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayRankOrder, assay_rank_order_free)

G_END_DECLS
