/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-import-group.h"
#include "assay-importer.h"

G_BEGIN_DECLS

/* @problem: (transfer full) */
typedef void (*AssayImportProblemFunc) (AssayImportProblem *problem, gpointer user_data);
/* @fraction: 0…1 */
typedef void (*AssayImportProgressFunc) (double fraction, gpointer user_data);

/**
 * AssayImportRun:
 *
 * One reading of all files by one mapping, task by task. Blocking; one thread at a time.
 */
typedef struct _AssayImportRun AssayImportRun;

/* @samples: GPtrArray of AssayFileSample, which must outlive the run. @index_limit: how many bytes
 * of each file are looked at for joins (0: all), for a preview. @task_limit: how many tasks are
 * made of each file or set of joined files (0: all). */
AssayImportRun *assay_import_run_new (GPtrArray *samples,
                                      AssayImportMapping *mapping,
                                      gsize record_limit,
                                      guint64 index_limit,
                                      guint task_limit,
                                      AssayImportProblemFunc problem_func,
                                      AssayImportProgressFunc progress_func,
                                      gpointer user_data);
void assay_import_run_free (AssayImportRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayImportRun, assay_import_run_free)

/* The next task, (transfer full); NULL without an error at the end. An error ends the run: it was
 * cancelled. */
AssayTask *assay_import_run_next (AssayImportRun *self, GCancellable *cancellable, GError **error);

/* Whether the files have something beside the tasks that were read so far. */
gboolean assay_import_run_has_companions (AssayImportRun *self);
/* The next of these, (transfer full), after the last task; NULL without an error at the end.
 * @length: of its text, in bytes. */
AssayImportCompanion *assay_import_run_next_companion (AssayImportRun *self,
                                                       gsize *length,
                                                       GCancellable *cancellable,
                                                       GError **error);

G_END_DECLS
