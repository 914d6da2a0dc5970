/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-database.h"

G_BEGIN_DECLS

/* Copies of the database as `<version>-<time>.db`. Copies that an older version of the program left
 * behind before a migration are never thinned. */
#define ASSAY_BACKUPS_DAILY 7
#define ASSAY_BACKUPS_WEEKLY 4

/* A copy that was synced and checked, in @folder (made if needed). Its path, or NULL. (transfer
 * full) */
char *assay_backups_make (AssayDatabase *database, const char *folder, GError **error);
/* A copy of @database at @path, synced and checked. */
gboolean assay_backups_copy (AssayDatabase *database, const char *path, GError **error);
/* Makes @path from the newest copy that is sound and not newer than @newest_version. Its path, or
 * NULL if there is none. (transfer full) */
char *assay_backups_restore (const char *folder, const char *path, int newest_version);
/* The path of the newest copy that is sound, of whatever version; NULL if there is none. (transfer
 * full) */
char *assay_backups_find_newest (const char *folder);
/* When the copy at @path was made, by its name: UTC us; 0 if it is none. */
gint64 assay_backups_get_time (const char *path);
/* Of the copies of @version keeps the newest of each of the last 7 days and of the last 4 weeks
 * that have one. */
void assay_backups_thin (const char *folder, int version);

G_END_DECLS
