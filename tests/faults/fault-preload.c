/* SPDX-License-Identifier: GPL-3.0-or-later */

/* With it the headers give one name to open () and open64 (). */
#undef _FILE_OFFSET_BITS
#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "fault-shim.h"

/* Functions of the C library for a program under test, whose disk fails and whose clock is wrong
 * when the test says so. Only what changes the disk is counted, in the order in which it happens.
 * It uses nothing but the kernel: other libraries may not be ready yet. */

static FaultShim *shim;
static const char *root;

__attribute__ ((constructor)) static void
prepare (void)
{
  const char *path = getenv (FAULT_SHIM_FILE);
  int fd = path != NULL ? syscall (SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC, 0) : -1;
  void *map;

  root = getenv (FAULT_SHIM_ROOT);
  if (fd < 0)
    return;
  map = mmap (NULL, sizeof (FaultShim), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (map != MAP_FAILED)
    shim = map;
  close (fd);
}

static int
is_armed (void)
{
  return shim != NULL && root != NULL && __atomic_load_n (&shim->number, __ATOMIC_SEQ_CST) != 0;
}

static int
is_inside (const char *path)
{
  size_t length = strlen (root);

  return strncmp (path, root, length) == 0 && path[length] == '/';
}

/* Sets errno. */
static int
strikes (void)
{
  int struck = __atomic_load_n (&shim->struck, __ATOMIC_SEQ_CST);

  if (struck && !shim->for_good)
    return 0;
  if (!struck && __atomic_sub_fetch (&shim->countdown, 1, __ATOMIC_SEQ_CST) != 0)
    return 0;
  __atomic_store_n (&shim->struck, 1, __ATOMIC_SEQ_CST);
  errno = shim->number;
  return 1;
}

static int
path_strikes (const char *path)
{
  return is_armed () && path != NULL && is_inside (path) && strikes ();
}

static int
descriptor_strikes (int fd)
{
  char link[64];
  char path[4096];
  ssize_t length;

  if (!is_armed ())
    return 0;
  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink (link, path, sizeof path - 1);
  if (length <= 0)
    return 0;
  path[length] = '\0';
  return is_inside (path) && strikes ();
}

ssize_t
write (int fd, const void *buffer, size_t size)
{
  return descriptor_strikes (fd) ? -1 : syscall (SYS_write, fd, buffer, size);
}

ssize_t
pwrite (int fd, const void *buffer, size_t size, off_t offset)
{
  return descriptor_strikes (fd) ? -1 : syscall (SYS_pwrite64, fd, buffer, size, offset);
}

ssize_t
pwrite64 (int fd, const void *buffer, size_t size, off_t offset)
{
  return pwrite (fd, buffer, size, offset);
}

int
ftruncate (int fd, off_t size)
{
  return descriptor_strikes (fd) ? -1 : syscall (SYS_ftruncate, fd, size);
}

int
ftruncate64 (int fd, off_t size)
{
  return ftruncate (fd, size);
}

int
fsync (int fd)
{
  return descriptor_strikes (fd) ? -1 : syscall (SYS_fsync, fd);
}

int
fdatasync (int fd)
{
  return descriptor_strikes (fd) ? -1 : syscall (SYS_fdatasync, fd);
}

static int
open_file (int folder, const char *path, int flags, int mode)
{
  if ((flags & (O_WRONLY | O_RDWR | O_CREAT)) != 0 && path_strikes (path))
    return -1;
  return syscall (SYS_openat, folder, path, flags, mode);
}

/* The mode is there only if a file may be made. */
#define READ_MODE(mode, flags, last)                                                               \
  do                                                                                               \
    {                                                                                              \
      if (((flags) & (O_CREAT | O_TMPFILE)) != 0)                                                  \
        {                                                                                          \
          va_list arguments;                                                                       \
          va_start (arguments, last);                                                              \
          (mode) = va_arg (arguments, int);                                                        \
          va_end (arguments);                                                                      \
        }                                                                                          \
    }                                                                                              \
  while (0)

int
open (const char *path, int flags, ...)
{
  int mode = 0;

  READ_MODE (mode, flags, flags);
  return open_file (AT_FDCWD, path, flags, mode);
}

int
open64 (const char *path, int flags, ...)
{
  int mode = 0;

  READ_MODE (mode, flags, flags);
  return open_file (AT_FDCWD, path, flags, mode);
}

int
openat (int folder, const char *path, int flags, ...)
{
  int mode = 0;

  READ_MODE (mode, flags, flags);
  return open_file (folder, path, flags, mode);
}

int
openat64 (int folder, const char *path, int flags, ...)
{
  int mode = 0;

  READ_MODE (mode, flags, flags);
  return open_file (folder, path, flags, mode);
}

int
rename (const char *old_path, const char *new_path)
{
  if (path_strikes (new_path))
    return -1;
  return syscall (SYS_renameat2, AT_FDCWD, old_path, AT_FDCWD, new_path, 0);
}

int
unlink (const char *path)
{
  return path_strikes (path) ? -1 : syscall (SYS_unlinkat, AT_FDCWD, path, 0);
}

int
mkdir (const char *path, mode_t mode)
{
  return path_strikes (path) ? -1 : syscall (SYS_mkdirat, AT_FDCWD, path, mode);
}

static int64_t
get_offset (void)
{
  return shim != NULL ? __atomic_load_n (&shim->clock_offset_s, __ATOMIC_SEQ_CST) : 0;
}

int
clock_gettime (clockid_t clock, struct timespec *time)
{
  int result = syscall (SYS_clock_gettime, clock, time);

  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
    time->tv_sec += get_offset ();
  return result;
}

int
gettimeofday (struct timeval *restrict time, void *restrict zone)
{
  struct timespec precise;

  clock_gettime (CLOCK_REALTIME, &precise);
  time->tv_sec = precise.tv_sec;
  time->tv_usec = precise.tv_nsec / 1000;
  return 0;
}

time_t
time (time_t *result)
{
  struct timespec precise;

  clock_gettime (CLOCK_REALTIME, &precise);
  if (result != NULL)
    *result = precise.tv_sec;
  return precise.tv_sec;
}
