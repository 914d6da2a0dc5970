/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <errno.h>
#include <sqlite3.h>
#include <string.h>

#include "fault-vfs.h"

/* A file is the system's file behind a header of ours; both lie in the memory that SQLite gives. */
typedef struct
{
  sqlite3_file base;
  sqlite3_file *real;
} FaultFile;

static sqlite3_vfs vfs;
static sqlite3_vfs *real_vfs;
static sqlite3_io_methods methods;

/* Set by the test's thread, read by the store's. */
static int armed_kind;
static int armed_errno;
static int lasts;
static int countdown;
static int struck;
static int last_errno;
static int n_syncs;
static gsize n_bytes;
static FaultWatch watch;

static gboolean
strikes (FaultKind kind)
{
  if (g_atomic_int_get (&armed_kind) != (int) kind)
    return FALSE;
  if (g_atomic_int_get (&struck) == 0 && !g_atomic_int_dec_and_test (&countdown))
    return FALSE;
  if (!g_atomic_int_get (&lasts))
    g_atomic_int_set (&armed_kind, FAULT_NONE);
  g_atomic_int_set (&struck, 1);
  g_atomic_int_set (&last_errno, g_atomic_int_get (&armed_errno));
  return TRUE;
}

static void
tell_watch (void)
{
  if (watch != NULL)
    watch ();
}

static sqlite3_file *
get_real (sqlite3_file *file)
{
  return ((FaultFile *) file)->real;
}

static int
fault_close (sqlite3_file *file)
{
  return get_real (file)->pMethods->xClose (get_real (file));
}

static int
fault_read (sqlite3_file *file, void *buffer, int amount, sqlite3_int64 offset)
{
  if (strikes (FAULT_READ))
    return SQLITE_IOERR_READ;
  return get_real (file)->pMethods->xRead (get_real (file), buffer, amount, offset);
}

static int
fault_write (sqlite3_file *file, const void *buffer, int amount, sqlite3_int64 offset)
{
  int result;

  /* As the system's layer does: only a full disk is told from other failures. */
  if (strikes (FAULT_WRITE))
    return g_atomic_int_get (&armed_errno) == ENOSPC ? SQLITE_FULL : SQLITE_IOERR_WRITE;
  g_atomic_pointer_add (&n_bytes, amount);
  result = get_real (file)->pMethods->xWrite (get_real (file), buffer, amount, offset);
  tell_watch ();
  return result;
}

static int
fault_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  int result;

  if (strikes (FAULT_TRUNCATE))
    return SQLITE_IOERR_TRUNCATE;
  result = get_real (file)->pMethods->xTruncate (get_real (file), size);
  tell_watch ();
  return result;
}

static int
fault_sync (sqlite3_file *file, int flags)
{
  g_atomic_int_inc (&n_syncs);
  if (strikes (FAULT_SYNC))
    return SQLITE_IOERR_FSYNC;
  return get_real (file)->pMethods->xSync (get_real (file), flags);
}

static int
fault_file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return get_real (file)->pMethods->xFileSize (get_real (file), size);
}

static int
fault_lock (sqlite3_file *file, int level)
{
  return get_real (file)->pMethods->xLock (get_real (file), level);
}

static int
fault_unlock (sqlite3_file *file, int level)
{
  return get_real (file)->pMethods->xUnlock (get_real (file), level);
}

static int
fault_check_reserved_lock (sqlite3_file *file, int *result)
{
  return get_real (file)->pMethods->xCheckReservedLock (get_real (file), result);
}

static int
fault_file_control (sqlite3_file *file, int operation, void *argument)
{
  return get_real (file)->pMethods->xFileControl (get_real (file), operation, argument);
}

static int
fault_sector_size (sqlite3_file *file)
{
  return get_real (file)->pMethods->xSectorSize (get_real (file));
}

static int
fault_device_characteristics (sqlite3_file *file)
{
  return get_real (file)->pMethods->xDeviceCharacteristics (get_real (file));
}

static int
fault_shm_map (sqlite3_file *file, int page, int size, int extend, void volatile **memory)
{
  return get_real (file)->pMethods->xShmMap (get_real (file), page, size, extend, memory);
}

static int
fault_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  return get_real (file)->pMethods->xShmLock (get_real (file), offset, n, flags);
}

static void
fault_shm_barrier (sqlite3_file *file)
{
  get_real (file)->pMethods->xShmBarrier (get_real (file));
}

static int
fault_shm_unmap (sqlite3_file *file, int remove)
{
  return get_real (file)->pMethods->xShmUnmap (get_real (file), remove);
}

static int
fault_open (sqlite3_vfs *self, sqlite3_filename name, sqlite3_file *file, int flags, int *out_flags)
{
  FaultFile *fault = (FaultFile *) file;
  int result;

  fault->base.pMethods = NULL;
  fault->real = (sqlite3_file *) (fault + 1);
  if (strikes (FAULT_OPEN))
    return SQLITE_CANTOPEN;
  result = real_vfs->xOpen (real_vfs, name, fault->real, flags, out_flags);
  if (result == SQLITE_OK)
    fault->base.pMethods = &methods;
  return result;
}

static int
fault_get_last_error (sqlite3_vfs *self, int n, char *text)
{
  int number = g_atomic_int_get (&last_errno);

  return number != 0 ? number : real_vfs->xGetLastError (real_vfs, n, text);
}

void
fault_vfs_install (void)
{
  if (real_vfs != NULL)
    return;

  real_vfs = sqlite3_vfs_find (NULL);
  vfs = *real_vfs;
  vfs.pNext = NULL;
  vfs.zName = "assay-fault";
  vfs.szOsFile = sizeof (FaultFile) + real_vfs->szOsFile;
  vfs.xOpen = fault_open;
  vfs.xGetLastError = fault_get_last_error;
  methods = (sqlite3_io_methods) {
    .iVersion = 2,
    .xClose = fault_close,
    .xRead = fault_read,
    .xWrite = fault_write,
    .xTruncate = fault_truncate,
    .xSync = fault_sync,
    .xFileSize = fault_file_size,
    .xLock = fault_lock,
    .xUnlock = fault_unlock,
    .xCheckReservedLock = fault_check_reserved_lock,
    .xFileControl = fault_file_control,
    .xSectorSize = fault_sector_size,
    .xDeviceCharacteristics = fault_device_characteristics,
    .xShmMap = fault_shm_map,
    .xShmLock = fault_shm_lock,
    .xShmBarrier = fault_shm_barrier,
    .xShmUnmap = fault_shm_unmap,
  };
  g_assert_cmpint (sqlite3_vfs_register (&vfs, TRUE), ==, SQLITE_OK);
}

void
fault_vfs_arm (FaultKind kind, int nth)
{
  fault_vfs_arm_full (kind, nth, EIO, FALSE);
}

void
fault_vfs_arm_full (FaultKind kind, int nth, int number, gboolean for_good)
{
  g_atomic_int_set (&armed_kind, FAULT_NONE);
  g_atomic_int_set (&struck, 0);
  g_atomic_int_set (&last_errno, 0);
  g_atomic_int_set (&countdown, nth);
  g_atomic_int_set (&armed_errno, number);
  g_atomic_int_set (&lasts, for_good);
  g_atomic_int_set (&armed_kind, kind);
}

void
fault_vfs_set_watch (FaultWatch function)
{
  watch = function;
}

gboolean
fault_vfs_struck (void)
{
  return g_atomic_int_get (&struck) != 0;
}

guint
fault_vfs_get_n_syncs (void)
{
  return g_atomic_int_get (&n_syncs);
}

guint64
fault_vfs_get_n_bytes (void)
{
  return (gsize) g_atomic_pointer_get (&n_bytes);
}
