/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-rewrite-answer.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_CHANGE_ROW (assay_change_row_get_type ())
/**
 * AssayChangeRow:
 *
 * One change to a text in the form: what was there and what is there now, told apart by a sign and
 * a line through or below it; its category, and what is said about it.
 *
 * Signals: `shown` when the person wants to see the place in the text; `category-chosen (index)`,
 * -1 for none; `note-clicked`; `restored` when the original is wanted back.
 */
G_DECLARE_FINAL_TYPE (AssayChangeRow, assay_change_row, ASSAY, CHANGE_ROW, GtkWidget)

/* @categories: (nullable): what can be chosen, the first entry for none; NULL asks for none. */
GtkWidget *assay_change_row_new (const char *id, GListModel *categories);
const char *assay_change_row_get_id (AssayChangeRow *self);
/* What takes the focus from field to field. */
GtkWidget *assay_change_row_get_stop (AssayChangeRow *self);
/* @was and @now: the two texts, either may be empty. @category: -1 for none. */
void assay_change_row_show (AssayChangeRow *self,
                            const char *was,
                            const char *now,
                            int category,
                            const char *note);
/* @issues: (element-type AssayIssue): of this change. */
void assay_change_row_set_issues (AssayChangeRow *self, GPtrArray *issues);

G_END_DECLS
