/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * AssayImportResult:
 *
 * What an import brought. The tasks are counted by the importer.
 *
 * @n_judgements: judgements that were submitted elsewhere: done here, and never sent from here.
 * @n_left_out: judgements of tasks that have a draft or a judgement here.
 */
typedef struct
{
  gint64 project;
  guint n_judgements;
  guint n_drafts;
  guint n_left_out;
} AssayImportResult;

#define ASSAY_TYPE_IMPORT_RESULT (assay_import_result_get_type ())
GType assay_import_result_get_type (void);
AssayImportResult *assay_import_result_copy (const AssayImportResult *self);
void assay_import_result_free (AssayImportResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayImportResult, assay_import_result_free)
/* What came beside the tasks: a sentence for each count that is not 0, translated. (transfer full)
 */
GStrv assay_import_result_describe (const AssayImportResult *self);

G_END_DECLS
