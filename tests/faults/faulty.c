/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "faulty.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/mman.h>
#include <unistd.h>

#include "assay-driver-script.h"
#include "fault-shim.h"

struct _Faulty
{
  TestFolder *folder; /* (owned) of everything */
  char *root;
  FaultShim *shim;         /* mapped */
  AssayDriver *driver;     /* (owned) */
  AtspiAccessible *editor; /* (owned) (nullable) */
  GString *typed;
};

/* The settings are not on the disk that fails. */
static void
set_undo_window (Faulty *self, guint seconds)
{
  g_autofree char *from =
      g_build_filename (assay_driver_get_profile (self->driver), "glib-2.0", NULL);
  g_autofree char *to = test_folder_file (self->folder, "glib-2.0");

  assay_driver_set_undo_window (self->driver, seconds);
  g_assert_no_errno (g_rename (from, to));
  assay_driver_setenv (self->driver, "XDG_CONFIG_HOME", self->folder->path);
}

Faulty *
faulty_new (guint n_tasks, guint undo_window_s)
{
  Faulty *self = g_new0 (Faulty, 1);
  g_autofree char *map = NULL;
  g_autofree char *profile = NULL;
  g_autofree char *preload = g_build_filename (g_getenv ("ASSAY_BUILD_ROOT"), "tests", "faults",
                                               "libassay-fault-preload.so", NULL);
  g_autofree char *options = NULL;
  g_autofree char *tasks = NULL;
  int fd;

  self->folder = test_folder_new ();
  self->root = test_folder_file (self->folder, "disk");
  self->typed = g_string_new (NULL);
  profile = g_build_filename (self->root, "profile", NULL);
  g_assert_no_errno (g_mkdir_with_parents (profile, 0700));

  map = test_folder_file (self->folder, "shim");
  fd = open (map, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  g_assert_no_errno (fd);
  g_assert_no_errno (ftruncate (fd, sizeof (FaultShim)));
  self->shim = mmap (NULL, sizeof (FaultShim), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  g_assert_true (self->shim != MAP_FAILED);
  close (fd);

  self->driver = assay_driver_new (NULL, profile);
  set_undo_window (self, undo_window_s);
  assay_driver_setenv (self->driver, "LD_PRELOAD", preload);
  assay_driver_setenv (self->driver, FAULT_SHIM_FILE, map);
  assay_driver_setenv (self->driver, FAULT_SHIM_ROOT, self->root);
  /* A sanitizer wants to come first; what is preloaded is not instrumented and uses none of it. */
  options = g_strconcat (g_getenv ("ASAN_OPTIONS") != NULL ? g_getenv ("ASAN_OPTIONS") : "",
                         ":verify_asan_link_order=0", NULL);
  assay_driver_setenv (self->driver, "ASAN_OPTIONS", options);

  tasks = faulty_write_tasks (self, 1, n_tasks);
  g_free (assay_driver_run (self->driver, "--import", "--project", "Tasks", tasks, NULL));
  return self;
}

void
faulty_free (Faulty *self)
{
  g_clear_object (&self->editor);
  assay_driver_free (self->driver);
  munmap (self->shim, sizeof (FaultShim));
  test_folder_free (self->folder);
  g_string_free (self->typed, TRUE);
  g_free (self->root);
  g_free (self);
}

AssayDriver *
faulty_get_driver (Faulty *self)
{
  return self->driver;
}

const char *
faulty_get_folder (Faulty *self)
{
  return self->root;
}

char *
faulty_write_tasks (Faulty *self, guint first, guint n)
{
  char *file = test_folder_file (self->folder, "tasks.jsonl");
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = first; i < first + n; i++)
    g_string_append_printf (
        lines,
        "{\"type\":\"task\",\"id\":\"t%03u\",\"title\":\"Task %03u\","
        "\"kind\":\"pairwise.overall\",\"prompt\":\"Which of the two is shorter?\","
        "\"responses\":[{\"id\":\"r1\",\"content\":\"One word.\"},"
        "{\"id\":\"r2\",\"content\":\"A few more words than that.\"}],"
        "\"form\":{\"id\":\"f\",\"version\":1,\"kind\":\"pairwise.overall\","
        "\"title\":\"Preference\",\"rationale\":{\"use\":\"optional\"},"
        "\"questions\":[{\"id\":\"overall\",\"type\":\"pairwise\",\"label\":\"Overall\","
        "\"required\":true,\"points\":7,\"ask_both\":false}]}}\n",
        i, i);
  g_file_set_contents (file, lines->str, lines->len, &error);
  g_assert_no_error (error);
  return file;
}

void
faulty_arm (Faulty *self, guint nth, int number, gboolean for_good)
{
  self->shim->struck = 0;
  self->shim->countdown = nth;
  self->shim->for_good = for_good;
  __atomic_store_n (&self->shim->number, number, __ATOMIC_SEQ_CST);
}

gboolean
faulty_disarm (Faulty *self)
{
  __atomic_store_n (&self->shim->number, 0, __ATOMIC_SEQ_CST);
  return faulty_has_struck (self);
}

gboolean
faulty_has_struck (Faulty *self)
{
  return __atomic_load_n (&self->shim->struck, __ATOMIC_SEQ_CST) != 0;
}

void
faulty_set_clock (Faulty *self, gint64 offset_s)
{
  __atomic_store_n (&self->shim->clock_offset_s, offset_s, __ATOMIC_SEQ_CST);
}

void
faulty_focus_rationale (Faulty *self)
{
  g_clear_object (&self->editor);
  self->editor = assay_driver_find (self->driver, ATSPI_ROLE_TEXT, "Rationale");
  assay_driver_press (self->driver, "<Control>r");
  assay_driver_wait_focused (self->driver, self->editor);
}

void
faulty_open_task (Faulty *self)
{
  g_autoptr (AtspiAccessible) row = NULL;

  assay_driver_launch (self->driver, NULL, NULL);
  row = assay_driver_find (self->driver, ATSPI_ROLE_LIST_ITEM, "Task …");
  assay_driver_press (self->driver, "Return");
  faulty_focus_rationale (self);
  g_string_truncate (self->typed, 0);
}

char *
faulty_get_task (Faulty *self)
{
  g_autoptr (AtspiAccessible) page =
      assay_driver_peek (self->driver, ATSPI_ROLE_GROUPING, "Task …");

  return page != NULL ? assay_driver_get_name (page) : NULL;
}

static gboolean
has_typed (AssayDriver *driver, gpointer user_data)
{
  Faulty *self = user_data;
  g_autofree char *text = assay_driver_get_text (self->editor);

  return g_strcmp0 (text, self->typed->str) == 0;
}

void
faulty_type (Faulty *self, const char *text)
{
  g_string_append (self->typed, text);
  assay_driver_type (self->driver, text);
  assay_driver_wait (self->driver, "the text in the editor", has_typed, self);
}

const char *
faulty_get_typed (Faulty *self)
{
  return self->typed->str;
}

/* A second process may read while the first one writes. */
static sqlite3_stmt *
ask (Faulty *self, sqlite3 **handle, const char *sql)
{
  g_autofree char *path =
      g_build_filename (assay_driver_get_profile (self->driver), "assay.db", NULL);
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, handle, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  sqlite3_busy_timeout (*handle, 60000);
  if (sqlite3_prepare_v2 (*handle, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (*handle));
  return statement;
}

gint64
faulty_query (Faulty *self, const char *format, ...)
{
  g_autofree char *sql = NULL;
  sqlite3 *handle = NULL;
  sqlite3_stmt *statement;
  va_list arguments;
  gint64 number;

  va_start (arguments, format);
  sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  statement = ask (self, &handle, sql);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  return number;
}

char *
faulty_read_draft (Faulty *self, const char *title)
{
  sqlite3 *handle = NULL;
  sqlite3_stmt *statement =
      ask (self, &handle,
           "SELECT json_extract (d.body, '$.rationale') FROM draft d JOIN task t"
           " ON t.id = d.task WHERE t.title = ?1");
  char *text = NULL;

  sqlite3_bind_text (statement, 1, title, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  return text;
}

gboolean
faulty_says_saved (AssayDriver *driver, gpointer user_data)
{
  g_autoptr (AtspiAccessible) dot = assay_driver_peek (driver, ATSPI_ROLE_LABEL, "Saved");

  return dot != NULL;
}
