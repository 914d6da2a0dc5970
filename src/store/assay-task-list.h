/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "assay-store.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_TASK_LIST (assay_task_list_get_type ())
/**
 * AssayTaskList:
 *
 * The inbox as a [iface@Gio.ListModel] of AssayTaskSummary: an ordered id list, and objects only
 * for the rows that a view asks for; their data is read in pages of 200 and fills in afterwards.
 * Follows the store: a change of one row refreshes that row; added and removed rows emit the
 * smallest range.
 *
 * Properties: `store`, `query` (AssayTaskQuery), `loading`, `n-items`.
 */
G_DECLARE_FINAL_TYPE (AssayTaskList, assay_task_list, ASSAY, TASK_LIST, GObject)

AssayTaskList *assay_task_list_new (AssayStore *store);
const AssayTaskQuery *assay_task_list_get_query (AssayTaskList *self);
/* Keeps the rows that stand in both results, so that a view keeps its place. */
void assay_task_list_set_query (AssayTaskList *self, const AssayTaskQuery *query);
gboolean assay_task_list_get_loading (AssayTaskList *self);
/* The row id at a position, without making an object; 0 beyond the end. */
gint64 assay_task_list_get_row_id (AssayTaskList *self, guint position);
/* GTK_INVALID_LIST_POSITION (G_MAXUINT) if it is not in the list. */
guint assay_task_list_find (AssayTaskList *self, gint64 row);

G_END_DECLS
