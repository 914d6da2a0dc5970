/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "assay-folder.h"

gboolean
assay_folder_sync (const char *path)
{
  gboolean done;
  int saved_errno;
  int fd;

  g_return_val_if_fail (path != NULL, FALSE);

  fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return FALSE;
  done = fsync (fd) == 0;
  saved_errno = errno;
  close (fd);
  errno = saved_errno;
  return done;
}

gboolean
assay_folder_make (const char *path)
{
  g_autofree char *parent = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return TRUE;
  parent = g_path_get_dirname (path);
  if (!g_str_equal (parent, path) && !assay_folder_make (parent))
    return FALSE;
  if (g_mkdir (path, 0700) != 0)
    return FALSE;
  /* A folder above that may not be read is not ours to sync. */
  return assay_folder_sync (parent) || errno == EACCES;
}
