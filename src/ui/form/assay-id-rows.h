/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The id that a row of a list shows, and a new row for one; (transfer floating). */
typedef const char *(*AssayIdRowsGetId) (gpointer row);
typedef GtkWidget *(*AssayIdRowsCreate) (gpointer user_data, const char *id);

/* Puts one row for each of @ids into @box, in that order, and takes the others away. Rows keep
 * their ids, so that the focus stays where it is. @rows: the rows before, (transfer full). Returns
 * the rows now, borrowed from the box; (transfer container). */
GPtrArray *assay_id_rows_arrange (GtkBox *box,
                                  GPtrArray *rows,
                                  const char *const *ids,
                                  guint n_ids,
                                  AssayIdRowsGetId get_id,
                                  AssayIdRowsCreate create,
                                  gpointer user_data);

/* The row of @id; NULL if there is none. */
gpointer assay_id_rows_find (GPtrArray *rows, const char *id, AssayIdRowsGetId get_id);

typedef void (*AssayIdRowsSetIssues) (gpointer row, GPtrArray *issues);

/* Gives each row the issues of its item. @issues: (element-type AssayIssue). */
void assay_id_rows_set_issues (GPtrArray *rows,
                               GPtrArray *issues,
                               AssayIdRowsGetId get_id,
                               AssayIdRowsSetIssues set_issues);
/* The issues that are about no item of an answer. (transfer container) */
GPtrArray *assay_id_rows_list_other_issues (GPtrArray *issues);

G_END_DECLS
