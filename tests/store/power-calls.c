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

int
unlink (const char *path)
{
  power_disk_forget (path);
  return syscall (SYS_unlinkat, AT_FDCWD, path, 0);
}

int
rename (const char *old_path, const char *new_path)
{
  power_disk_forget (new_path);
  return syscall (SYS_renameat2, AT_FDCWD, old_path, AT_FDCWD, new_path, 0);
}
