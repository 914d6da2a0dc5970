/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How many responses make an order by eye too much to ask (task-kinds 7.3). */
#define ASSAY_RANK_MERGE_MIN 9

/* Orders by comparing two at a time: a merge sort of which each comparison is asked, so that at
 * most N·log2 N are needed. Knows nothing of widgets; what was compared comes from the answer.
 *
 * @responses: all, as shown. @comparisons: (nullable): see assay_rank_answer_get_comparisons ().
 * @first, @second: (out) (transfer none): the next two to compare.
 * Returns the order, a GPtrArray of GStrv, (transfer full); NULL while a comparison is missing. */
GPtrArray *assay_rank_merge (const char *const *responses,
                             JsonArray *comparisons,
                             const char **first,
                             const char **second);
/* The most comparisons that @n responses can need. */
guint assay_rank_merge_get_max (guint n);

G_END_DECLS
