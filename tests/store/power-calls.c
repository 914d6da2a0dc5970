/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "power-disk.h"

/* Functions of the C library with a look aside: a program that links this has them in place of the
 * library's, and so have SQLite and GLib in it. */

static int
sync_descriptor (int fd, long call)
{
  power_disk_synced (fd);
  return power_disk_is_real_sync_skipped () ? 0 : syscall (call, fd);
}

int
fsync (int fd)
{
  return sync_descriptor (fd, SYS_fsync);
}

int
fdatasync (int fd)
{
  return sync_descriptor (fd, SYS_fdatasync);
}

static int
change_names (const char *old_path, const char *new_path)
{
  struct stat gone;
  gboolean is_gone;
  int result;

  power_disk_lock_names (old_path);
  is_gone = lstat (new_path != NULL ? new_path : old_path, &gone) == 0;
  if (new_path != NULL)
    result = syscall (SYS_renameat2, AT_FDCWD, old_path, AT_FDCWD, new_path, 0);
  else
    result = syscall (SYS_unlinkat, AT_FDCWD, old_path, 0);
  power_disk_unlock_names (result == 0 ? old_path : NULL, new_path, is_gone ? &gone : NULL);
  return result;
}

int
unlink (const char *path)
{
  return change_names (path, NULL);
}

int
rename (const char *old_path, const char *new_path)
{
  return change_names (old_path, new_path);
}
