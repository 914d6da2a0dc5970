/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-form-key.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_RANK_PAIRS (assay_rank_pairs_get_type ())
/**
 * AssayRankPairs:
 *
 * Asks which of two responses is better, pair after pair, where there are too many to order by eye.
 *
 * Signals: `chosen (sign)`: negative for the first, positive for the second, 0 for equal.
 */
G_DECLARE_FINAL_TYPE (AssayRankPairs, assay_rank_pairs, ASSAY, RANK_PAIRS, GtkWidget)

GtkWidget *assay_rank_pairs_new (gboolean allow_ties);
/* The letters of the next two, and how far it is. */
void assay_rank_pairs_show (AssayRankPairs *self,
                            const char *first,
                            const char *second,
                            guint number,
                            guint most);
gboolean assay_rank_pairs_handle_key (AssayRankPairs *self, const AssayFormKey *key);

G_END_DECLS
