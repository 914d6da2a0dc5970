/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "assay-exporter.h"
#include "assay-import-result.h"
#include "assay-importer.h"
#include "assay-store.h"

G_BEGIN_DECLS

#define ASSAY_FILES_ACCOUNT "files"

/* What knows both the store and the platforms: moves tasks in and judgements out. All functions
 * return futures and run as fibers; none touches a widget. */

/* Puts the practice sets into the store if they are not there or are older. Resolves to guint: the
 * number of new tasks. */
DexFuture *assay_workspace_install_practice (AssayStore *store);
/* The same, but only for who practises already: after an update the sets are those of the new
 * version. What was removed does not come back. Resolves to guint. */
DexFuture *assay_workspace_renew_practice (AssayStore *store);

/* Imports everything that @importer reads into a project named by the mapping, in pages of 500;
 * remembers the mapping. Assay's own form brings guidelines and judgements along, for tasks that
 * nobody worked on here. Resolves to an AssayImportResult. Rejects when nothing could be imported;
 * problems of single records are in the importer. @cancellable keeps the pages that were stored. */
DexFuture *assay_workspace_import (AssayStore *store,
                                   AssayImporter *importer,
                                   AssayImportMapping *mapping,
                                   GCancellable *cancellable);
/* The mapping that the person last used for files of this layout, or the detected one. Resolves to
 * AssayImportMapping. */
DexFuture *assay_workspace_recall_mapping (AssayStore *store, AssayImportMapping *detected);

/* Streams a project through @exporter. Resolves to TRUE; on error or cancellation nothing is left
 * under the target's name. */
DexFuture *assay_workspace_export (AssayStore *store,
                                   AssayProject *project,
                                   AssayExporter *exporter,
                                   gboolean with_drafts,
                                   GCancellable *cancellable);

G_END_DECLS
