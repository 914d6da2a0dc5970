/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <linux/magic.h>
#include <sys/file.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "assay-bidi.h"
#include "assay-folder.h"
#include "assay-profile-folder.h"
#include "assay-store-error.h"

/* Not in linux/magic.h everywhere. */
#define FUSE_MAGIC 0x65735546
#define CIFS_MAGIC 0xff534d42
#define SMB2_MAGIC 0xfe534d42
#define CEPH_MAGIC 0x00c36400
#define AFS_MAGIC 0x6b414653
#define LUSTRE_MAGIC 0x0bd00bd0
#define GPFS_MAGIC 0x47504653
#define VBOXSF_MAGIC 0x786f4256
#define VMHGFS_MAGIC 0xbacbacbc

static guint32
get_kind (const char *path)
{
  struct statfs info;

#if ASSAY_FIXTURES
  /* Tests have no network of their own. */
  const char *kind = g_getenv ("ASSAY_FILE_SYSTEM");

  if (kind != NULL)
    return (guint32) g_ascii_strtoull (kind, NULL, 16);
#endif
  return statfs (path, &info) == 0 ? (guint32) info.f_type : 0;
}

static gboolean
is_network (const char *path)
{
  static const guint32 kinds[] = { NFS_SUPER_MAGIC, SMB_SUPER_MAGIC, CIFS_MAGIC,       SMB2_MAGIC,
                                   FUSE_MAGIC,      CEPH_MAGIC,      CODA_SUPER_MAGIC, V9FS_MAGIC,
                                   AFS_SUPER_MAGIC, AFS_MAGIC,       LUSTRE_MAGIC,     GPFS_MAGIC,
                                   VBOXSF_MAGIC,    VMHGFS_MAGIC };
  guint32 kind = get_kind (path);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kind == kinds[i])
      return TRUE;
  return FALSE;
}

static AssayStoreError
code_for_errno (int number)
{
  switch (number)
    {
    case ENOSPC:
    case EDQUOT:
      return ASSAY_STORE_ERROR_FULL;
    case EIO:
      return ASSAY_STORE_ERROR_IO;
    default:
      return ASSAY_STORE_ERROR_READ_ONLY;
    }
}

static gboolean
take_lock (AssayProfileFolder *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->path, "lock", NULL);
  g_autofree char *shown = assay_bidi_isolate (self->path);

  self->lock_fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock_fd < 0)
    {
      int saved_errno = errno;

      g_set_error (error, ASSAY_STORE_ERROR, code_for_errno (saved_errno),
                   _ ("The folder “%s” cannot be written (%s)."), shown, g_strerror (saved_errno));
      return FALSE;
    }
  if (flock (self->lock_fd, LOCK_EX | LOCK_NB) != 0)
    {
      int saved_errno = errno;

      if (saved_errno == EWOULDBLOCK)
        g_set_error (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_BUSY,
                     _ ("Another running Assay uses the folder “%s”."), shown);
      else
        g_set_error (error, ASSAY_STORE_ERROR, code_for_errno (saved_errno),
                     _ ("The folder “%s” cannot be locked (%s)."), shown, g_strerror (saved_errno));
      return FALSE;
    }
  return TRUE;
}

AssayProfileFolder *
assay_profile_folder_open (const char *path, GError **error)
{
  g_autoptr (AssayProfileFolder) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (AssayProfileFolder, 1);
  self->lock_fd = -1;
  self->path = g_strdup (path);
  self->database = g_build_filename (path, "assay.db", NULL);
  self->backups = g_build_filename (path, "backup", NULL);
  self->spool = g_build_filename (path, "spool", NULL);

  if (!assay_folder_make (path))
    {
      int saved_errno = errno;
      g_autofree char *shown = assay_bidi_isolate (path);

      g_set_error (error, ASSAY_STORE_ERROR, code_for_errno (saved_errno),
                   _ ("The folder “%s” cannot be made (%s)."), shown, g_strerror (saved_errno));
      return NULL;
    }
  if (!take_lock (self, error))
    return NULL;
  self->network = is_network (path);
  return g_steal_pointer (&self);
}

void
assay_profile_folder_free (AssayProfileFolder *self)
{
  if (self == NULL)
    return;
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  g_free (self->path);
  g_free (self->database);
  g_free (self->backups);
  g_free (self->spool);
  g_free (self);
}
