/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-project.h"
#include "assay-store.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_EXPORT_DIALOG (assay_export_dialog_get_type ())
/**
 * AssayExportDialog:
 *
 * Exports the judgements of a project: format, what goes in, where to; then what was written, and
 * what the format could not hold.
 */
G_DECLARE_FINAL_TYPE (AssayExportDialog, assay_export_dialog, ASSAY, EXPORT_DIALOG, AdwDialog)

AdwDialog *assay_export_dialog_new (AssayStore *store, AssayProject *project);

/* Writes to @file, as when the person has chosen it. */
void assay_export_dialog_write (AssayExportDialog *self, GFile *file);

G_END_DECLS
