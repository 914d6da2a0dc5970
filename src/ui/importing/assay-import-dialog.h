/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-store.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_IMPORT_DIALOG (assay_import_dialog_get_type ())
/**
 * AssayImportDialog:
 *
 * The import sheet: says what was found in task files, shows the first tasks as they will look,
 * lets the person choose the form and correct where things are, imports, and lists what could not
 * be read. What was stored stays when the import is stopped.
 *
 * Signal: `imported (project)` with the project's id (gint64) when at least one task is there.
 */
G_DECLARE_FINAL_TYPE (AssayImportDialog, assay_import_dialog, ASSAY, IMPORT_DIALOG, AdwDialog)

/* @files: GPtrArray of GFile; folders are read recursively. */
AdwDialog *assay_import_dialog_new (AssayStore *store, GPtrArray *files);

G_END_DECLS
