/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-spans-question.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_SPAN_ROW (assay_span_row_get_type ())
/**
 * AssaySpanRow:
 *
 * One mark of a text in the form: what was marked, its type, its severity, what is said about it.
 *
 * Signals: `shown` when the person wants to see the place in its text; `type-chosen (index)` and
 * `severity-chosen (index)`, -1 for none; `comment-clicked`; `removed`.
 */
G_DECLARE_FINAL_TYPE (AssaySpanRow, assay_span_row, ASSAY, SPAN_ROW, GtkWidget)

/* @types and @severities: what can be chosen, the first entry for none. */
GtkWidget *assay_span_row_new (const char *id, GListModel *types, GListModel *severities);
const char *assay_span_row_get_id (AssaySpanRow *self);
/* What takes the focus from field to field. */
GtkWidget *assay_span_row_get_stop (AssaySpanRow *self);
/* @type and @severity: -1 for none. @is_detached: it has no place in the text any more. */
void assay_span_row_show (AssaySpanRow *self,
                          const AssaySpanMark *mark,
                          int type,
                          int severity,
                          gboolean is_detached);
/* @issues: (element-type AssayIssue): of this mark. */
void assay_span_row_set_issues (AssaySpanRow *self, GPtrArray *issues);

G_END_DECLS
