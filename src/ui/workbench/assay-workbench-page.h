/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-session.h"
#include "assay-task-sequence.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_WORKBENCH_PAGE (assay_workbench_page_get_type ())
/**
 * AssayWorkbenchPage:
 *
 * One task, the whole window: its documents on one side, the judgement on the other, and what a
 * person does with them as actions named `workbench.*`. Goes from task to task of a sequence.
 *
 * Signals: `submitted (row, submission)` (gint64, string) after a judgement is in the outbox;
 * `finished` when the sequence has no open task left; `failed (message)` when a task cannot be
 * opened; `message (text)` for what a toast should say.
 */
G_DECLARE_FINAL_TYPE (AssayWorkbenchPage,
                      assay_workbench_page,
                      ASSAY,
                      WORKBENCH_PAGE,
                      AdwNavigationPage)

AssayWorkbenchPage *assay_workbench_page_new (AssaySession *session);
/* Opens the task at which @sequence stands. */
void assay_workbench_page_open (AssayWorkbenchPage *self, AssayTaskSequence *sequence);
/* Opens a task out of turn, for example one whose submission was taken back. */
void assay_workbench_page_open_row (AssayWorkbenchPage *self, gint64 row);
/* 0 while there is none. */
gint64 assay_workbench_page_get_row (AssayWorkbenchPage *self);
/* Puts the cursor and the time into the draft. */
void assay_workbench_page_keep_place (AssayWorkbenchPage *self);
/* The page was left: the draft is written, and the task let go. */
void assay_workbench_page_leave (AssayWorkbenchPage *self);

G_END_DECLS
