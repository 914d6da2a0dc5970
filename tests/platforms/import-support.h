/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-importer.h"

G_BEGIN_DECLS

/* The files of the public sample data, or NULL if it is not there. @paths: at most 8. */
GPtrArray *import_support_find_data (const char *const *paths);
/* Waits for @future on the main context; consumes it. */
const GValue *import_support_wait (DexFuture *future, GError **error);

AssayImportMapping *import_support_detect (AssayImporter *importer, GError **error);
GPtrArray *import_support_preview (AssayImporter *importer,
                                   AssayImportMapping *mapping,
                                   guint limit,
                                   GError **error);
GPtrArray *
import_support_read_all (AssayImporter *importer, AssayImportMapping *mapping, GError **error);
/* Prints the problems as messages of the test. */
void import_support_report (AssayImporter *importer);

/* An importer of one file with this text, named @name in a folder that is removed with it; detected
 * and read. */
typedef struct
{
  char *folder;
  AssayImporter *importer;
  AssayImportMapping *mapping; /* NULL if there was an error */
  GPtrArray *tasks;
  GError *error;
} ImportTrial;

ImportTrial *import_trial_new (void);
void import_trial_free (ImportTrial *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImportTrial, import_trial_free)
void import_trial_write (ImportTrial *self, const char *name, const char *text, gssize length);
/* Opens the folder; or with @name, that file alone. */
void import_trial_open (ImportTrial *self, const char *name);
/* Detects and reads everything. */
void import_trial_run (ImportTrial *self);
AssayTask *import_trial_get (ImportTrial *self, guint index);
/* The text of a response, or NULL. */
const char *import_trial_get_response (ImportTrial *self, guint task, guint response);
AssayImportProblem *import_trial_get_problem (ImportTrial *self, guint index);

G_END_DECLS
