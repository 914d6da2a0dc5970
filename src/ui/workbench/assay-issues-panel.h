/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-issue.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_ISSUES_PANEL (assay_issues_panel_get_type ())
/**
 * AssayIssuesPanel:
 *
 * What stands against a submission, as a list whose rows lead to the fields. It shows nothing while
 * there is nothing.
 *
 * Signal: `issue-activated (issue)`.
 */
G_DECLARE_FINAL_TYPE (AssayIssuesPanel, assay_issues_panel, ASSAY, ISSUES_PANEL, GtkWidget)

GtkWidget *assay_issues_panel_new (void);
/* @issues: (nullable) (element-type AssayIssue): hints are left out; errors hide the warnings
 * behind them. */
void assay_issues_panel_set_issues (AssayIssuesPanel *self, GPtrArray *issues);
gboolean assay_issues_panel_get_shown (AssayIssuesPanel *self);
/* The issue after the one that was activated last, from the start again at the end; borrowed, NULL
 * if there is none. */
AssayIssue *assay_issues_panel_next (AssayIssuesPanel *self);

G_END_DECLS
