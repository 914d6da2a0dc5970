/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes @path and what is missing above it (0700). A folder that is made is there after a power cut
 * too: syncing what lies in it says nothing about its own name. Sets errno and is FALSE on failure.
 */
gboolean assay_folder_make (const char *path);
/* The names in @path are on the disk when it returns. Sets errno and is FALSE on failure. */
gboolean assay_folder_sync (const char *path);

G_END_DECLS
