/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-importer.h"

G_BEGIN_DECLS

/* @line and @record: 0 where there is none. */
AssayImportProblem *assay_import_problem_new (const char *file,
                                              guint64 line,
                                              guint64 record,
                                              const char *field,
                                              const char *message);
void assay_import_problem_free (AssayImportProblem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayImportProblem, assay_import_problem_free)

G_END_DECLS
