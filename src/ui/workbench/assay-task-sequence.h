/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "assay-task-list.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_TASK_SEQUENCE (assay_task_sequence_get_type ())
/**
 * AssayTaskSequence:
 *
 * The order in which a person goes through tasks: the list as it stood when the first of them was
 * opened. Tasks leave the list while they are worked on (a started task is no longer a ready one);
 * the sequence stays, so that "previous" and "3 of 41" mean something. What comes into the list
 * later is added at the end.
 *
 * Signal: `grown`.
 */
G_DECLARE_FINAL_TYPE (AssayTaskSequence, assay_task_sequence, ASSAY, TASK_SEQUENCE, GObject)

/* Begins at @row, which is a sequence of its own where @list (nullable) does not hold it. */
AssayTaskSequence *assay_task_sequence_new (AssayTaskList *list, gint64 row);
guint assay_task_sequence_get_n_tasks (AssayTaskSequence *self);
/* From 0. */
guint assay_task_sequence_get_position (AssayTaskSequence *self);
gint64 assay_task_sequence_get_row (AssayTaskSequence *self);
/* The row @offset steps on, without going there; 0 beyond either end. */
gint64 assay_task_sequence_peek (AssayTaskSequence *self, int offset);
/* FALSE beyond either end. */
gboolean assay_task_sequence_move (AssayTaskSequence *self, int offset);
/* To @row, which is put after the present one if the sequence does not hold it. */
void assay_task_sequence_move_to (AssayTaskSequence *self, gint64 row);

/* A settled task is passed over by assay_task_sequence_find_open (). */
void assay_task_sequence_set_settled (AssayTaskSequence *self, gint64 row, gboolean settled);
/* The next row that is not known to be settled: after the present one, then from the start; 0 if
 * there is none. */
gint64 assay_task_sequence_find_open (AssayTaskSequence *self);

G_END_DECLS
