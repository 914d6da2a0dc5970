/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-import-mapping.h"

G_BEGIN_DECLS

/* What files are called and how they are described before they are imported. @opened: of GFile,
 * what the person chose; @files: of AssayImportFile; @samples: of AssayFileSample. */

/* A name that says where the tasks came from, where the file's own says nothing. (transfer full) */
char *assay_import_description_suggest_title (GPtrArray *opened, GPtrArray *files);
/* A line that tells the layout, the responses to a prompt, the files and what joins them,
 * translated. (transfer full) */
char *assay_import_description_make (GPtrArray *files,
                                     GPtrArray *samples,
                                     AssayImportMapping *mapping,
                                     guint n_files,
                                     guint n_responses_min,
                                     guint n_responses_max);

G_END_DECLS
