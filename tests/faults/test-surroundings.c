/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the real program finds around itself, and does not find: a folder that cannot be written, a
 * profile that somebody else has open, no dictionary, no session bus, no display. Each is said in
 * plain words, and what can go on goes on. */

#define G_LOG_DOMAIN "Assay"
#define _GNU_SOURCE

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>

#include "assay-driver.h"
#include "store-fixture.h"

#define DICTIONARIES "/usr/share/hunspell"

static const char tasks[] =
    "{\"type\":\"task\",\"id\":\"one\",\"title\":\"Only task\",\"kind\":\"pairwise.overall\","
    "\"prompt\":\"Which of the two is shorter?\","
    "\"responses\":[{\"id\":\"r1\",\"content\":\"One word.\"},"
    "{\"id\":\"r2\",\"content\":\"A few more words than that.\"}],"
    "\"form\":{\"id\":\"around\",\"version\":1,\"kind\":\"pairwise.overall\","
    "\"title\":\"Preference\",\"rationale\":{\"use\":\"optional\"},"
    "\"questions\":[{\"id\":\"overall\",\"type\":\"pairwise\",\"label\":\"Overall\","
    "\"required\":true,\"points\":7,\"ask_both\":false}]}}\n";

static char *
write_tasks (TestFolder *folder)
{
  char *file = test_folder_file (folder, "tasks.jsonl");
  g_autoptr (GError) error = NULL;

  g_file_set_contents (file, tasks, -1, &error);
  g_assert_no_error (error);
  return file;
}

/* Mounts are this process's own, and go with it. */
static gboolean
own_mounts (void)
{
  static int state = -1;

  if (state < 0)
    state = unshare (CLONE_NEWNS) == 0 && mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
  if (!state)
    g_test_skip_printf ("no mounts of its own: %s", g_strerror (errno));
  return state;
}

/* Also for those whom permissions do not stop. */
static gboolean
make_read_only (const char *path)
{
  if (!own_mounts ())
    return FALSE;
  if (mount (path, path, NULL, MS_BIND, NULL) == 0
      && mount (NULL, path, NULL, MS_BIND | MS_REMOUNT | MS_RDONLY, NULL) == 0)
    return TRUE;
  g_test_skip_printf ("“%s” cannot be made read-only: %s", path, g_strerror (errno));
  return FALSE;
}

typedef struct
{
  int status; /* -1 if it did not exit by itself */
  char *out;
  char *err;
} Result;

static void
result_clear (Result *result)
{
  g_free (result->out);
  g_free (result->err);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Result, result_clear)

/* A sanitizer says once that it does not know fibers well. */
static void
drop_sanitizer_words (char *text)
{
  char *begin = strstr (text, "WARNING: ASan doesn't fully support makecontext");
  char *end;

  if (begin == NULL)
    return;
  while (begin > text && begin[-1] != '\n')
    begin--;
  end = strchr (begin, '\n');
  memmove (begin, end != NULL ? end + 1 : "", end != NULL ? strlen (end + 1) + 1 : 1);
}

/* Runs the program to its end, as in a session that lacks what is named in @without. */
static Result
run_without (const char *profile, const char *const *without, const char *first, ...)
{
  g_auto (GStrv) environment = g_get_environ ();
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  Result result = { 0 };
  int status;
  va_list args;

  environment = g_environ_setenv (environment, "ASSAY_PROFILE", profile, TRUE);
  for (guint i = 0; without != NULL && without[i] != NULL; i++)
    {
      if (g_str_equal (without[i], "DBUS_SESSION_BUS_ADDRESS"))
        environment = g_environ_setenv (environment, without[i], "disabled:", TRUE);
      else
        environment = g_environ_unsetenv (environment, without[i]);
    }
  g_ptr_array_add (argv, g_build_filename (g_getenv ("ASSAY_BUILD_ROOT"), "src", "assay", NULL));
  va_start (args, first);
  for (const char *argument = first; argument != NULL; argument = va_arg (args, const char *))
    g_ptr_array_add (argv, g_strdup (argument));
  va_end (args);
  g_ptr_array_add (argv, NULL);

  g_spawn_sync (NULL, (char **) argv->pdata, environment, G_SPAWN_DEFAULT, NULL, NULL, &result.out,
                &result.err, &status, &error);
  g_assert_no_error (error);
  drop_sanitizer_words (result.err);
  result.status = WIFEXITED (status) ? WEXITSTATUS (status) : -1;
  g_test_message ("status %d: %s", result.status, result.err);
  return result;
}

static void
screenshot (AssayDriver *driver, const char *name)
{
  const char *shots = g_getenv ("ASSAY_SHOTS");
  g_autofree char *file = shots != NULL ? g_build_filename (shots, name, NULL) : NULL;

  if (file != NULL)
    assay_driver_screenshot (driver, file);
}

/* The words on the page are those of the error, and there is a way on. */
static void
wait_for_trouble (AssayDriver *driver, const char *title, const char *sentence)
{
  g_autoptr (AtspiAccessible) again = NULL;

  assay_driver_wait_text (driver, title);
  assay_driver_wait_text (driver, sentence);
  again = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Try Again");
}

/* One sentence, another status than 0, and the work without a window goes on. */
static void
test_no_display (void)
{
  static const char *const lacking[][4] = {
    { "DISPLAY", "WAYLAND_DISPLAY" },
    { "DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lacking); i++)
    {
      g_autoptr (TestFolder) folder = test_folder_new ();
      g_autofree char *profile = test_folder_file (folder, "profile");
      g_autofree char *file = write_tasks (folder);
      g_autofree char *target = test_folder_file (folder, "out.eval.jsonl");
      g_auto (Result) window = run_without (profile, lacking[i], NULL, NULL);
      g_auto (Result) opened = run_without (profile, lacking[i], file, NULL);
      g_auto (Result) read =
          run_without (profile, lacking[i], "--import", "--project", "P", file, NULL);
      g_auto (Result) written = run_without (profile, lacking[i], "--export", "assay", "--project",
                                             "P", "-o", target, NULL);
      const char *line_end = strchr (window.err, '\n');

      g_assert_cmpint (window.status, ==, 1);
      g_assert_cmpstr (window.out, ==, "");
      g_assert_nonnull (strstr (window.err, "no display was found"));
      g_assert_nonnull (strstr (window.err, "--help"));
      g_assert_nonnull (line_end);
      g_assert_cmpstr (line_end, ==, "\n");
      g_assert_cmpint (opened.status, ==, 1);
      g_assert_cmpint (read.status, ==, 0);
      g_assert_cmpstr (read.err, ==, "");
      g_assert_cmpint (written.status, ==, 0);
      g_assert_true (g_file_test (target, G_FILE_TEST_IS_REGULAR));
    }
}

static char *
find_accessibility_bus (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_autoptr (GVariant) reply = NULL;
  char *address = NULL;

  g_assert_no_error (error);
  reply = g_dbus_connection_call_sync (bus, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus",
                                       "GetAddress", NULL, G_VARIANT_TYPE ("(s)"),
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  g_variant_get (reply, "(s)", &address);
  return address;
}

typedef struct
{
  AtspiAccessible *editor;
  const char *text;
} Expected;

static gboolean
has_text (AssayDriver *driver, gpointer user_data)
{
  Expected *expected = user_data;
  g_autofree char *text = assay_driver_get_text (expected->editor);

  return g_strcmp0 (text, expected->text) == 0;
}

static gboolean
says_saved (AssayDriver *driver, gpointer user_data)
{
  g_autoptr (AtspiAccessible) dot = assay_driver_peek (driver, ATSPI_ROLE_LABEL, "Saved");

  return dot != NULL;
}

/* Opens the only task of an imported file, writes a rationale and waits until it is saved. */
static void
write_rationale (AssayDriver *driver, const char *text)
{
  g_autoptr (AtspiAccessible) row = assay_driver_find (driver, ATSPI_ROLE_LIST_ITEM, "Only task…");
  g_autoptr (AtspiAccessible) editor = NULL;
  Expected expected = { NULL, text };

  assay_driver_press (driver, "Return");
  editor = assay_driver_find (driver, ATSPI_ROLE_TEXT, "Rationale");
  assay_driver_press (driver, "<Control>r");
  assay_driver_wait_focused (driver, editor);
  assay_driver_type (driver, text);
  expected.editor = editor;
  assay_driver_wait (driver, "the text in the editor", has_text, &expected);
  assay_driver_wait (driver, "the saved dot", says_saved, NULL);
}

/* No bus, and so no secret service either: one sentence, and the work goes on. What assistive
 * technology says comes over the bus of its own. */
static void
test_no_session_bus (void)
{
  g_autofree char *accessibility = find_accessibility_bus ();
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *file = write_tasks (folder);
  g_autofree char *script = test_folder_file (folder, "assay");
  g_autofree char *log = test_folder_file (folder, "log");
  g_autofree char *text = NULL;
  g_autofree char *command = NULL;
  g_autoptr (GError) error = NULL;

  command = g_strdup_printf ("#!/bin/sh\nexec '%s/src/assay' \"$@\" 2>>'%s'\n",
                             g_getenv ("ASSAY_BUILD_ROOT"), log);
  g_file_set_contents (script, command, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (script, 0700), ==, 0);

  {
    g_autoptr (AssayDriver) driver = assay_driver_new (script, NULL);

    g_free (assay_driver_run (driver, "--import", file, NULL));
    assay_driver_setenv (driver, "DBUS_SESSION_BUS_ADDRESS", "disabled:");
    assay_driver_setenv (driver, "AT_SPI_BUS_ADDRESS", accessibility);
    assay_driver_launch (driver, NULL, NULL);
    write_rationale (driver, "Without a bus");
    assay_driver_quit (driver);
  }
  g_file_get_contents (log, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "no session bus was found"));
  g_assert_null (strstr (text, "CRITICAL"));
}

/* Another session has the profile: nothing is touched, and once it is free the window goes on. */
static void
test_profile_in_use (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (AssayStore) store =
      test_await_object (assay_store_open (assay_driver_get_profile (driver)));
  g_autoptr (AtspiAccessible) again = NULL;
  g_autoptr (AtspiAccessible) trouble = NULL;

  assay_driver_launch (driver, NULL, NULL);
  wait_for_trouble (driver, "Assay Is Already Open", "Another running Assay uses the folder");
  screenshot (driver, "in-use.png");
  test_await (assay_store_close (store));
  again = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Try Again");
  assay_driver_click (driver, again);
  assay_driver_wait_gone (driver, ATSPI_ROLE_BUTTON, "Try Again");
  assay_driver_quit (driver);
}

/* A second start opens its files in the window that is there, and ends. */
static void
test_second_start (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *file = write_tasks (folder);
  g_autoptr (AtspiAccessible) import = NULL;

  assay_driver_launch (driver, NULL, NULL);
  {
    g_auto (Result) second = run_without (assay_driver_get_profile (driver), NULL, file, NULL);

    g_assert_cmpint (second.status, ==, 0);
    g_assert_cmpstr (second.err, ==, "");
  }
  import = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Import");
  assay_driver_wait_text (driver, "A few more words than that.");
  screenshot (driver, "second-start.png");
  g_assert_true (assay_driver_is_running (driver));
}

/* No dictionary: the note says so, and writing works. */
static void
test_no_dictionary (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *file = write_tasks (folder);

  if (!own_mounts ())
    return;
  if (mount ("assay-test", DICTIONARIES, "tmpfs", MS_RDONLY, NULL) != 0)
    {
      g_test_skip_printf ("“%s” cannot be hidden: %s", DICTIONARIES, g_strerror (errno));
      return;
    }
  {
    g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);

    g_free (assay_driver_run (driver, "--import", file, NULL));
    assay_driver_launch (driver, NULL, NULL);
    write_rationale (driver, "Wrod by wrod");
    assay_driver_wait_text (driver, "no dictionary is installed");
    screenshot (driver, "no-dictionary.png");
    assay_driver_quit (driver);
  }
  umount (DICTIONARIES);
}

/* A profile in a folder that nobody may write: with window and without. */
static void
test_read_only_profile (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *home = test_folder_file (folder, "home");
  g_autofree char *profile = g_build_filename (home, "profile", NULL);
  g_autofree char *used = g_build_filename (home, "used", NULL);
  g_autofree char *file = write_tasks (folder);

  g_assert_cmpint (g_mkdir (home, 0700), ==, 0);
  /* One that was written to before, and one that is still to be made. */
  {
    g_auto (Result) read = run_without (used, NULL, "--import", "--project", "P", file, NULL);

    g_assert_cmpint (read.status, ==, 0);
  }
  if (!make_read_only (home))
    return;

  for (guint i = 0; i < 2; i++)
    {
      const char *path = i == 0 ? profile : used;
      g_auto (Result) list = run_without (path, NULL, "--list-projects", NULL);
      g_auto (Result) read = run_without (path, NULL, "--import", file, NULL);
      g_autoptr (AssayDriver) driver = assay_driver_new (NULL, path);

      g_assert_cmpint (list.status, ==, 3);
      g_assert_cmpstr (list.out, ==, "");
      g_assert_nonnull (strstr (list.err, path));
      g_assert_cmpint (read.status, ==, 3);
      g_assert_cmpstr (read.out, ==, "");
      assay_driver_launch (driver, NULL, NULL);
      wait_for_trouble (driver, "The Workspace Cannot Be Written To", path);
      screenshot (driver, "read-only-profile.png");
      assay_driver_quit (driver);
    }
  umount (home);
}

/* The profile is sound, and the folder for the export is not: nothing is lost, and the sentence
 * names the file. */
static void
test_read_only_target (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *profile = test_folder_file (folder, "profile");
  g_autofree char *closed = test_folder_file (folder, "closed");
  g_autofree char *target = g_build_filename (closed, "out.csv", NULL);
  g_autofree char *file = write_tasks (folder);
  g_auto (Result) read = run_without (profile, NULL, "--import", "--project", "P", file, NULL);

  g_assert_cmpint (read.status, ==, 0);
  g_assert_cmpint (g_mkdir (closed, 0700), ==, 0);
  g_assert_true (g_file_set_contents (target, "older", -1, NULL));
  if (!make_read_only (closed))
    return;
  {
    g_autofree char *text = NULL;
    g_auto (Result) written =
        run_without (profile, NULL, "--export", "csv", "--project", "P", "-o", target, NULL);

    g_assert_cmpint (written.status, ==, 3);
    g_assert_cmpstr (written.out, ==, "");
    g_assert_nonnull (strstr (written.err, target));
    g_assert_nonnull (strstr (written.err, g_strerror (EROFS)));
    g_assert_true (g_file_get_contents (target, &text, NULL, NULL));
    g_assert_cmpstr (text, ==, "older");
  }
  umount (closed);
}

/* More than the small disk below has room for. */
static char *
write_long_tasks (TestFolder *folder)
{
  char *path = test_folder_file (folder, "long.jsonl");
  g_autofree char *words = g_strnfill (200000, 'w');
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 10; i++)
    g_string_append_printf (text,
                            "{\"id\":\"t%u\",\"prompt\":\"%s\",\"responses\":[{\"id\":\"r1\","
                            "\"content\":\"a\"},{\"id\":\"r2\",\"content\":\"b\"}]}\n",
                            i, words);
  g_file_set_contents (path, text->str, -1, &error);
  g_assert_no_error (error);
  return path;
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

/* A disk of one MiB that the rows do not fit on, or only once: the older file stays, nothing else
 * is left, and with room there is the export is whole. */
static void
test_full_target (void)
{
  static const char *const sizes[] = { "size=1m", "size=3m" };
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *profile = test_folder_file (folder, "profile");
  g_autofree char *small = test_folder_file (folder, "small");
  g_autofree char *target = g_build_filename (small, "out.jsonl", NULL);
  g_autofree char *file = write_long_tasks (folder);
  g_auto (Result) read = run_without (profile, NULL, "--import", "--project", "P", file, NULL);

  g_assert_cmpint (read.status, ==, 0);
  g_assert_cmpint (g_mkdir (small, 0700), ==, 0);
  if (!own_mounts ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_auto (Result) full = { 0 };
      g_auto (Result) whole = { 0 };
      g_autofree char *text = NULL;

      if (mount ("assay-test", small, "tmpfs", 0, sizes[i]) != 0)
        {
          g_test_skip_printf ("no small disk: %s", g_strerror (errno));
          return;
        }
      g_assert_true (g_file_set_contents (target, "older", -1, NULL));
      full = run_without (profile, NULL, "--export", "assay", "--project", "P", "-o", target, NULL);
      g_assert_cmpint (full.status, ==, 3);
      g_assert_cmpstr (full.out, ==, "");
      g_assert_nonnull (strstr (full.err, target));
      g_assert_nonnull (strstr (full.err, g_strerror (ENOSPC)));
      g_assert_true (g_file_get_contents (target, &text, NULL, NULL));
      g_assert_cmpstr (text, ==, "older");
      g_assert_cmpuint (count_files (small), ==, 1);

      g_assert_cmpint (mount (NULL, small, NULL, MS_REMOUNT, "size=16m"), ==, 0);
      whole =
          run_without (profile, NULL, "--export", "assay", "--project", "P", "-o", target, NULL);
      g_assert_cmpint (whole.status, ==, 0);
      g_assert_cmpuint (count_files (small), ==, 2);
      umount (small);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/faults/no-display", test_no_display);
  g_test_add_func ("/faults/no-session-bus", test_no_session_bus);
  g_test_add_func ("/faults/profile-in-use", test_profile_in_use);
  g_test_add_func ("/faults/second-start", test_second_start);
  /* Last: from then on the process has mounts of its own. */
  g_test_add_func ("/faults/no-dictionary", test_no_dictionary);
  g_test_add_func ("/faults/read-only-profile", test_read_only_profile);
  g_test_add_func ("/faults/read-only-target", test_read_only_target);
  g_test_add_func ("/faults/full-target", test_full_target);
  return g_test_run ();
}
