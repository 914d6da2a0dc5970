/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An export in which the disk fails at the k-th operation of a kind, for every k there is: the
 * older file stays as it was, nothing else is left, and the sentence says what the system says. */

#define G_LOG_DOMAIN "Assay"
#define _GNU_SOURCE

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "assay-exporter.h"
#include "assay-json.h"

typedef enum
{
  FAULT_NONE,
  FAULT_WRITE,
  FAULT_SYNC,
  FAULT_RENAME,
  FAULT_READ,
  FAULT_OPEN,
} Fault;

/* What is to fail: the test has one thread. */
static Fault armed;
static guint countdown;
static int code;
static gboolean lasts;
static gboolean struck;
/* Only what lies in the folder of the test fails, and what was opened there. */
static char *watched;
static gboolean ours[1024];

static gboolean
strikes (Fault fault)
{
  if (armed != fault || (struck && !lasts))
    return FALSE;
  if (!struck && --countdown > 0)
    return FALSE;
  struck = TRUE;
  errno = code;
  return TRUE;
}

static gboolean
is_ours (int fd)
{
  return fd >= 0 && fd < (int) G_N_ELEMENTS (ours) && ours[fd];
}

/* Functions of the C library, which a program that has them itself takes from there. */

ssize_t
write (int fd, const void *data, size_t length)
{
  return is_ours (fd) && strikes (FAULT_WRITE) ? -1 : syscall (SYS_write, fd, data, length);
}

ssize_t
pread (int fd, void *data, size_t length, off_t offset)
{
  return is_ours (fd) && strikes (FAULT_READ) ? -1
                                              : syscall (SYS_pread64, fd, data, length, offset);
}

int
fsync (int fd)
{
  return is_ours (fd) && strikes (FAULT_SYNC) ? -1 : (int) syscall (SYS_fsync, fd);
}

int
rename (const char *from, const char *to)
{
  if (watched != NULL && g_str_has_prefix (to, watched) && strikes (FAULT_RENAME))
    return -1;
  return (int) syscall (SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int
open (const char *path, int flags, ...)
{
  gboolean watch = watched != NULL && g_str_has_prefix (path, watched);
  mode_t mode = 0;
  int fd;

  if (flags & (O_CREAT | O_TMPFILE))
    {
      va_list args;

      va_start (args, flags);
      mode = va_arg (args, mode_t);
      va_end (args);
    }
  if (watch && (flags & O_CREAT) != 0 && strikes (FAULT_OPEN))
    return -1;
  fd = (int) syscall (SYS_openat, AT_FDCWD, path, flags, mode);
  if (fd >= 0 && fd < (int) G_N_ELEMENTS (ours))
    ours[fd] = watch;
  return fd;
}

static const char record[] =
    "{\"id\":\"t\",\"prompt\":\"P\",\"responses\":[{\"id\":\"r1\",\"content\":\"One\"},"
    "{\"id\":\"r2\",\"content\":\"Two\"}],\"form\":{\"id\":\"f\",\"version\":1,\"kind\":"
    "\"pairwise.overall\",\"questions\":[{\"id\":\"preference\",\"type\":\"pairwise\",\"points\":7}]}}";

/* TRUE if it was written. */
static gboolean
export_once (const char *path, AssayExporter **kept, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (AssayProject) project = assay_project_new ("files", "p", "P");
  const AssayExportOptions options = { .created_at_ms = 1 };
  g_autoptr (AssayExporter) exporter =
      assay_exporter_new (assay_export_format_find ("assay"), file, project, &options);
  g_autoptr (JsonNode) node = assay_json_parse (record, -1, NULL);
  g_autoptr (AssayTask) task = assay_task_new_from_json (node, NULL);
  gboolean done;

  done = assay_exporter_begin (exporter, error)
         && assay_exporter_add (exporter, task, NULL, FALSE, error)
         && assay_exporter_finish (exporter, error);
  if (!done)
    assay_exporter_abort (exporter);
  *kept = g_steal_pointer (&exporter);
  return done;
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
check_kind (Fault fault, gboolean goes_on, const char *folder)
{
  static const int codes[] = { ENOSPC, EIO, EROFS };
  g_autofree char *path = g_build_filename (folder, "out.jsonl", NULL);
  g_autofree char *report = g_strconcat (path, ".report.json", NULL);
  guint n_failed = 0;

  for (guint k = 1;; k++)
    {
      g_autoptr (AssayExporter) exporter = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;
      g_auto (GStrv) sentences = NULL;
      g_autofree char *said = NULL;
      gboolean done;

      g_assert_true (g_file_set_contents (path, "older", -1, NULL));
      g_assert_true (g_file_set_contents (report, "of the older", -1, NULL));
      code = codes[k % G_N_ELEMENTS (codes)];
      countdown = k;
      lasts = goes_on;
      struck = FALSE;
      armed = fault;
      done = export_once (path, &exporter, &error);
      armed = FAULT_NONE;

      g_file_get_contents (path, &text, NULL, NULL);
      if (!done)
        {
          g_assert_error (error, ASSAY_EXPORT_ERROR, ASSAY_EXPORT_ERROR_WRITE);
          g_assert_nonnull (strstr (error->message, path));
          g_assert_nonnull (strstr (error->message, g_strerror (code)));
          g_assert_cmpstr (text, ==, "older");
          g_assert_cmpuint (count_files (folder), ==, 2);
          n_failed++;
          continue;
        }
      /* The rows are whole; a report that could not be written is said, and that of the older file
       * does not stand beside the new one. */
      g_assert_true (g_str_has_prefix (text, "{\"format\":"));
      g_assert_true (g_str_has_suffix (text, "}\n"));
      sentences = assay_exporter_dup_report (exporter);
      said = g_strjoinv ("\n", sentences);
      if (g_file_test (report, G_FILE_TEST_EXISTS))
        {
          g_autofree char *written = NULL;

          g_assert_null (strstr (said, "The report could not be saved"));
          g_assert_true (g_file_get_contents (report, &written, NULL, NULL));
          g_assert_cmpstr (written, !=, "of the older");
        }
      else
        {
          g_assert_nonnull (strstr (said, "The report could not be saved"));
          g_assert_cmpuint (count_files (folder), ==, 1);
        }
      if (!struck)
        break;
    }
  g_assert_cmpuint (n_failed, >, 0);
}

static void
test_faults (gconstpointer data)
{
  Fault fault = GPOINTER_TO_UINT (data);
  g_autofree char *folder = g_dir_make_tmp ("assay-export-faults-XXXXXX", NULL);
  const char *names[] = { "out.jsonl", "out.jsonl.report.json" };

  watched = folder;
  for (guint i = 0; i < 2; i++)
    check_kind (fault, i == 1, folder);
  watched = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    Fault fault;
    const char *path;
  } faults[] = {
    { FAULT_WRITE, "/export-faults/write" },   { FAULT_SYNC, "/export-faults/sync" },
    { FAULT_RENAME, "/export-faults/rename" }, { FAULT_READ, "/export-faults/read" },
    { FAULT_OPEN, "/export-faults/open" },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    g_test_add_data_func (faults[i].path, GUINT_TO_POINTER (faults[i].fault), test_faults);
  return g_test_run ();
}
