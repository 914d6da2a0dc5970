/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * AssayProfileFolder:
 *
 * The folder of a profile, held for this process alone by a lock that the kernel gives back when
 * the process ends.
 */
typedef struct
{
  char *path;
  char *database;
  char *backups;
  char *spool;
  /* NFS, SMB, FUSE …: locks and syncs are not what they are on a disk. */
  gboolean network;
  int lock_fd;
} AssayProfileFolder;

/* Makes the folder (0700) if needed. BUSY if another process has it. */
AssayProfileFolder *assay_profile_folder_open (const char *path, GError **error);
void assay_profile_folder_free (AssayProfileFolder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayProfileFolder, assay_profile_folder_free)

G_END_DECLS
