/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-issue.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_ISSUE_LIST (assay_issue_list_get_type ())
/**
 * AssayIssueList:
 *
 * What checks have to say, one small line each, the graver the plainer: an icon and words, never
 * colour alone. Empty, it takes no room.
 */
G_DECLARE_FINAL_TYPE (AssayIssueList, assay_issue_list, ASSAY, ISSUE_LIST, GtkWidget)

GtkWidget *assay_issue_list_new (void);
/* @issues: (nullable) (element-type AssayIssue). */
void assay_issue_list_set_issues (AssayIssueList *self, GPtrArray *issues);
/* Whether an error is among them. */
gboolean assay_issue_list_has_error (AssayIssueList *self);
/* The words of an issue, which name what comes from outside, safe to show. (transfer full) */
char *assay_issue_dup_shown (AssayIssue *issue);

G_END_DECLS
