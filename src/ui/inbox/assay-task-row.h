/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-task-summary.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_TASK_ROW (assay_task_row_get_type ())
/**
 * AssayTaskRow:
 *
 * A task in the list. Lists keep some two hundred of these, whatever their length, and give them
 * other tasks while they scroll: there are few widgets in it, and a text is set only where it
 * differs.
 *
 * # CSS nodes
 *
 * `task-row`, which draws a bar in place of the title until the store has read the task.
 */
G_DECLARE_FINAL_TYPE (AssayTaskRow, assay_task_row, ASSAY, TASK_ROW, GtkWidget)

GtkWidget *assay_task_row_new (void);
/* @summary: NULL to let go of it. */
void assay_task_row_set_summary (AssayTaskRow *self, AssayTaskSummary *summary);
AssayTaskSummary *assay_task_row_get_summary (AssayTaskRow *self);
/* As it is drawn, but for where it is cut; NULL until the store has read the task. */
const char *assay_task_row_get_title (AssayTaskRow *self);

/* The task in one sentence, for assistive technology; (transfer full). */
char *assay_task_row_describe (AssayTaskSummary *summary);

G_END_DECLS
