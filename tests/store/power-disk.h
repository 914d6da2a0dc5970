/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <sys/stat.h>

G_BEGIN_DECLS

/**
 * A disk whose power can be cut. A killed process cannot show a missing sync: what it wrote is in
 * the kernel's memory and comes out all the same. So this keeps, for every file in a folder, what
 * it held when it was last synced, and which names its folder held when that was last synced. A cut
 * is a copy of the folder in which each file is that image with some of the sectors that were
 * changed since, in the old or the new length, and each name that was made, renamed or removed
 * since is in its old or its new state. The process goes on, and another one looks at its cuts.
 *
 * Syncs, renames and removals are seen where they reach the C library, so that what GLib writes is
 * treated like what SQLite writes; writes and truncations of SQLite are counted by its file layer.
 */

/* Everything in @root now is on the disk. From then on a cut is made every @gap operations or so
 * (0: never): the folders 1, 2 … in the folder @cuts. When one is made, "cut NUMBER" is written to
 * the standard output; what was written there before was said before the power went. */
void power_disk_start (const char *root, const char *cuts, guint32 seed, guint gap);
/* Ends the process in good order: a cut that another thread is making comes to its end before. */
void power_disk_end (void) G_GNUC_NORETURN;
/* One write more: the power may go here. */
void power_disk_operation (void);
/* Syncs of what lies in this folder of the root are not done, though they say so. */
void power_disk_ignore_syncs (const char *folder);
/* And before each removal, renaming and sync of a folder. */
void power_disk_cut_at_names (void);
/* Nothing here waits for the real disk from now on. */
void power_disk_skip_real_syncs (void);

/* For what stands in for the C library's functions. */
gboolean power_disk_is_real_sync_skipped (void);
void power_disk_synced (int fd);
/* Around a removal (@new_path is NULL) or a renaming of @path. @old_path: NULL if it failed. @gone:
 * the file that lost a name, or NULL. */
void power_disk_lock_names (const char *path);
void power_disk_unlock_names (const char *old_path, const char *new_path, const struct stat *gone);

G_END_DECLS
