/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The status that a process ends with when its power was cut. */
#define POWER_DISK_CUT 77

/**
 * A disk whose power can be cut. A killed process cannot show a missing sync: what it wrote is in
 * the kernel's memory and comes out all the same. So this keeps, for every file in a folder, what
 * it held when it was last synced, and which names its folder held when that was last synced. A cut
 * leaves each file as that image with some of the sectors that were changed since, in the old or
 * the new length, and each name that was made, renamed or removed since in its old or its new
 * state; then the process ends. Another process looks at what is left.
 *
 * Syncs, renames and removals are seen where they reach the C library, so that what GLib writes is
 * treated like what SQLite writes; writes and truncations of SQLite are counted by its file layer.
 */

/* Everything in @root now is on the disk. The power goes at the @nth operation (0: never). */
void power_disk_start (const char *root, guint32 seed, guint nth);
/* Ends the process in good order: a cut that another thread is making comes to its end before. */
void power_disk_end (void) G_GNUC_NORETURN;
guint power_disk_get_n_operations (void);
/* One write more: the power may go here. */
void power_disk_operation (void);
/* Syncs of what lies in this folder of the root are not done, though they say so. */
void power_disk_ignore_syncs (const char *folder);
/* Nothing here waits for the real disk from now on. */
void power_disk_skip_real_syncs (void);

/* For what stands in for the C library's functions. */
gboolean power_disk_is_real_sync_skipped (void);
void power_disk_synced (int fd);
/* Before the name is removed or replaced. */
void power_disk_forget (const char *path);

G_END_DECLS
