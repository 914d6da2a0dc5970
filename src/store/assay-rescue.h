/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-migrations.h"
#include "assay-profile-folder.h"
#include "assay-rescue-report.h"

G_BEGIN_DECLS

/**
 * What is done about a damaged store. The newest sound copy becomes the store; what is newer is
 * read row by row from the damaged file, past what cannot be read; then the rescue copies of
 * submissions are merged, as *unknown* where nothing says that they were accepted. The damaged
 * files are kept together in `damaged/<time>/`.
 *
 * The damaged files stay where they are until the new store is complete, so that a rescue that is
 * cut off begins again, or goes on where all was read.
 */

/* Whether the file is a sound database of somebody else, which is not ours to move. */
gboolean assay_rescue_is_foreign (const char *path);
/* Says in @report what was done. (transfer full) The store holds it too, as untold. */
gboolean assay_rescue_run (AssayProfileFolder *folder,
                           const AssayMigrations *migrations,
                           AssayRescueReport **report,
                           GError **error);
/* What a rescue that was cut off left, before the store is opened: one that had come to its end
 * becomes the store, with the damaged files kept; of one that had not, nothing stays that is not in
 * a backup or in the damaged file, for that is rescued anew. What is in doubt is kept beside the
 * damaged files. */
gboolean assay_rescue_finish (AssayProfileFolder *folder, int newest_version, GError **error);

G_END_DECLS
