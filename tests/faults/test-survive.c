/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a day has in store for the real program: the disk is full, the computer sleeps, the session
 * ends, another version was here before. Nothing that was typed is lost, and nothing is claimed
 * that the disk does not know. */

#define G_LOG_DOMAIN "Assay"
#define _GNU_SOURCE

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "assay-driver.h"
#include "store-fixture.h"

#define DISK_MIB 16
/* The log has room for a few more drafts when the disk has none. */
#define MAX_CHARACTERS_ON_FULL_DISK 400

static const char tasks[] =
    "{\"type\":\"task\",\"id\":\"one\",\"title\":\"Only task\",\"kind\":\"pairwise.overall\","
    "\"prompt\":\"Which of the two is shorter?\","
    "\"responses\":[{\"id\":\"r1\",\"content\":\"One word.\"},"
    "{\"id\":\"r2\",\"content\":\"A few more words than that.\"}],"
    "\"form\":{\"id\":\"survive\",\"version\":1,\"kind\":\"pairwise.overall\","
    "\"title\":\"Preference\",\"rationale\":{\"use\":\"optional\"},"
    "\"questions\":[{\"id\":\"overall\",\"type\":\"pairwise\",\"label\":\"Overall\","
    "\"required\":true,\"points\":7,\"ask_both\":false}]}}\n";

/* A program with one task open, and the cursor in its rationale. */
static AtspiAccessible *
open_rationale (AssayDriver *driver)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *file = test_folder_file (folder, "tasks.jsonl");
  g_autoptr (AtspiAccessible) row = NULL;
  AtspiAccessible *editor;
  g_autoptr (GError) error = NULL;

  g_file_set_contents (file, tasks, -1, &error);
  g_assert_no_error (error);
  g_free (assay_driver_run (driver, "--import", file, NULL));
  assay_driver_launch (driver, NULL, NULL);
  row = assay_driver_find (driver, ATSPI_ROLE_LIST_ITEM, "Only task…");
  assay_driver_press (driver, "Return");
  editor = assay_driver_find (driver, ATSPI_ROLE_TEXT, "Rationale");
  assay_driver_press (driver, "<Control>r");
  assay_driver_wait_focused (driver, editor);
  return editor;
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

static void
type (AssayDriver *driver, AtspiAccessible *editor, GString *typed, const char *text)
{
  Expected expected = { editor, NULL };

  g_string_append (typed, text);
  expected.text = typed->str;
  assay_driver_type (driver, text);
  assay_driver_wait (driver, "the text in the editor", has_text, &expected);
}

static gboolean
says_saved (AssayDriver *driver, gpointer user_data)
{
  g_autoptr (AtspiAccessible) dot = assay_driver_peek (driver, ATSPI_ROLE_LABEL, "Saved");

  return dot != NULL;
}

static gboolean
says_no_failure (AssayDriver *driver, gpointer user_data)
{
  return !assay_driver_has_text (driver, "The last changes are not saved.");
}

static gboolean
has_ended (AssayDriver *driver, gpointer user_data)
{
  return !assay_driver_is_running (driver);
}

/* What the profile keeps, after the program is gone. */
static void
check_stored (AssayDriver *driver, const char *text, gboolean is_submitted)
{
  g_autoptr (AssayStore) store =
      test_await_object (assay_store_open (assay_driver_get_profile (driver)));
  TestStore test = { NULL, store, NULL };
  g_autofree char *integrity = test_await_string (assay_store_check (store));
  g_autoptr (AssayOpenTask) task = test_store_load (&test, test_store_first_row (&test));

  g_assert_cmpstr (integrity, ==, "ok");
  g_assert_cmpint (test_store_query_int (&test, "SELECT count(*) FROM judgement"), ==,
                   is_submitted);
  g_assert_cmpstr (assay_judgement_get_rationale (assay_open_task_get_judgement (task)), ==, text);
  test_await (assay_store_close (store));
}

/* Takes all the room that there is. */
static void
fill_disk (const char *path)
{
  static const char block[4096];
  int fd = g_open (path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  while (write (fd, block, sizeof block) > 0)
    ;
  g_assert_cmpint (errno, ==, ENOSPC);
  close (fd);
}

static void
test_full_disk (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *options = g_strdup_printf ("size=%dm", DISK_MIB);
  g_autofree char *ballast = test_folder_file (folder, "ballast");

  /* The mount is this process's own, and goes with it. */
  if (unshare (CLONE_NEWNS) != 0 || mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0
      || mount ("assay-test", folder->path, "tmpfs", 0, options) != 0)
    {
      g_test_skip_printf ("no disk of its own can be mounted: %s", g_strerror (errno));
      return;
    }

  {
    g_autoptr (AssayDriver) driver = assay_driver_new (NULL, folder->path);
    g_autoptr (AtspiAccessible) editor = open_rationale (driver);
    g_autoptr (GString) typed = g_string_new (NULL);
    const char *shots = g_getenv ("ASSAY_SHOTS");

    type (driver, editor, typed, "There was room. ");
    assay_driver_wait (driver, "the saved dot", says_saved, NULL);

    fill_disk (ballast);
    while (!assay_driver_has_text (driver, "is full") && typed->len < MAX_CHARACTERS_ON_FULL_DISK)
      type (driver, editor, typed, "No room. ");
    assay_driver_wait_text (driver, "The last changes are not saved.");
    g_assert_false (says_saved (driver, NULL));
    /* Typing goes on, and is not called saved. */
    type (driver, editor, typed, "On it goes. ");
    g_assert_false (says_saved (driver, NULL));
    {
      g_autoptr (AtspiAccessible) button =
          assay_driver_find (driver, ATSPI_ROLE_BUTTON, "What to Do…");
      g_autoptr (AtspiAccessible) room = NULL;
      g_autoptr (AtspiAccessible) copy = NULL;

      assay_driver_click (driver, button);
      room = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Free Space…");
      copy = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Export…");
      if (shots != NULL)
        {
          g_autofree char *file = g_build_filename (shots, "unsaved.png", NULL);

          assay_driver_screenshot (driver, file);
        }
      assay_driver_press (driver, "Escape");
      assay_driver_wait_gone (driver, ATSPI_ROLE_BUTTON, "Free Space…");
    }
    if (shots != NULL)
      {
        g_autofree char *file = g_build_filename (shots, "full-disk.png", NULL);

        assay_driver_screenshot (driver, file);
      }

    /* Submitting is refused, with the reason, and nothing else changes. */
    assay_driver_press (driver, "<Control>r");
    assay_driver_wait_focused (driver, editor);
    assay_driver_press (driver, "Escape");
    assay_driver_press (driver, "3");
    assay_driver_press (driver, "<Control>Return");
    assay_driver_wait_announced (driver, "The disk is full");
    g_assert_false (assay_driver_has_text (driver, "Submitted"));
    g_assert_false (says_saved (driver, NULL));

    g_unlink (ballast);
    assay_driver_wait (driver, "the saved dot", says_saved, NULL);
    assay_driver_wait (driver, "the banner to go", says_no_failure, NULL);
    assay_driver_press (driver, "<Control>Return");
    assay_driver_wait_text (driver, "Submitted");
    assay_driver_kill (driver);
    check_stored (driver, typed->str, TRUE);
  }
  umount (folder->path);
}

/* The session ends: what was typed a moment ago is written before the program goes. */
static void
test_signal (gconstpointer data)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (AtspiAccessible) editor = open_rationale (driver);
  g_autoptr (GString) typed = g_string_new (NULL);

  type (driver, editor, typed, "A last word");
  assay_driver_signal (driver, GPOINTER_TO_INT (data));
  assay_driver_wait (driver, "the end", has_ended, NULL);
  check_stored (driver, typed->str, FALSE);
}

/* A login manager that lets the test say when the computer sleeps. */
typedef struct
{
  GDBusConnection *bus;
  int lock; /* our end of the program's inhibitor */
  gboolean has_name;
} Login;

static void
login_call (GDBusConnection *bus,
            const char *sender,
            const char *path,
            const char *interface,
            const char *method,
            GVariant *parameters,
            GDBusMethodInvocation *invocation,
            gpointer user_data)
{
  Login *login = user_data;
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  int ends[2];

  g_assert_cmpint (pipe2 (ends, O_CLOEXEC | O_NONBLOCK), ==, 0);
  g_unix_fd_list_append (fds, ends[1], NULL);
  close (ends[1]);
  login->lock = ends[0];
  g_dbus_method_invocation_return_value_with_unix_fd_list (invocation, g_variant_new ("(h)", 0),
                                                           fds);
}

static void
name_acquired_cb (GDBusConnection *bus, const char *name, gpointer user_data)
{
  ((Login *) user_data)->has_name = TRUE;
}

static gboolean
is_inhibited (AssayDriver *driver, gpointer user_data)
{
  return ((Login *) user_data)->lock >= 0;
}

static gboolean
is_let_go (AssayDriver *driver, gpointer user_data)
{
  char byte;

  return read (((Login *) user_data)->lock, &byte, 1) == 0;
}

/* GTestDBus would take the session's place. */
static GSubprocess *
start_bus (char **address)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  GSubprocess *bus =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "dbus-daemon", "--session",
                        "--nofork", "--nopidfile", "--print-address", NULL);

  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (bus));
  *address = g_data_input_stream_read_line_utf8 (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (*address);
  return bus;
}

static void
test_sleep (void)
{
  static const char interface[] =
      "<node><interface name='org.freedesktop.login1.Manager'><method name='Inhibit'>"
      "<arg type='s' direction='in'/><arg type='s' direction='in'/>"
      "<arg type='s' direction='in'/><arg type='s' direction='in'/>"
      "<arg type='h' direction='out'/></method></interface></node>";
  static const GDBusInterfaceVTable vtable = { .method_call = login_call };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface, NULL);
  g_autofree char *address = NULL;
  g_autoptr (GSubprocess) system_bus = start_bus (&address);
  g_autoptr (GError) error = NULL;
  Login login = { NULL, -1, FALSE };

  login.bus =
      g_dbus_connection_new_for_address_sync (address,
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                                  | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (login.bus, "/org/freedesktop/login1", node->interfaces[0],
                                     &vtable, &login, NULL, &error);
  g_assert_no_error (error);
  g_bus_own_name_on_connection (login.bus, "org.freedesktop.login1", G_BUS_NAME_OWNER_FLAGS_NONE,
                                name_acquired_cb, NULL, &login, NULL);
  while (!login.has_name)
    g_main_context_iteration (NULL, TRUE);

  {
    g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
    g_autoptr (AtspiAccessible) editor = NULL;
    g_autoptr (GString) typed = g_string_new (NULL);

    assay_driver_setenv (driver, "DBUS_SYSTEM_BUS_ADDRESS", address);
    editor = open_rationale (driver);
    assay_driver_wait (driver, "the inhibitor", is_inhibited, &login);
    type (driver, editor, typed, "Before the lid was closed");
    g_assert_false (is_let_go (driver, &login));
    g_dbus_connection_emit_signal (login.bus, NULL, "/org/freedesktop/login1",
                                   "org.freedesktop.login1.Manager", "PrepareForSleep",
                                   g_variant_new ("(b)", TRUE), &error);
    g_assert_no_error (error);
    assay_driver_wait (driver, "the inhibitor to be let go", is_let_go, &login);
    /* The battery was empty before it woke up. */
    assay_driver_kill (driver);
    check_stored (driver, typed->str, FALSE);
  }
  close (login.lock);
  g_object_unref (login.bus);
  g_subprocess_force_exit (system_bus);
}

/* A profile of a version to come is left as it is, and the page says whose it is. */
static void
test_newer (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  const char *shots = g_getenv ("ASSAY_SHOTS");

  {
    g_autoptr (AssayStore) store =
        test_await_object (assay_store_open (assay_driver_get_profile (driver)));
    TestStore test = { NULL, store, NULL };

    test_store_execute (&test, "PRAGMA user_version = 9999");
    test_store_execute (&test, "INSERT OR REPLACE INTO meta (key, value)"
                               " VALUES ('written_by', '77.5')");
    test_await (assay_store_close (store));
  }
  assay_driver_launch (driver, NULL, NULL);
  assay_driver_wait_text (driver, "77.5");
  if (shots != NULL)
    {
      g_autofree char *file = g_build_filename (shots, "newer.png", NULL);

      assay_driver_screenshot (driver, file);
    }
  assay_driver_quit (driver);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_data_func ("/faults/sigterm", GINT_TO_POINTER (SIGTERM), test_signal);
  g_test_add_data_func ("/faults/sighup", GINT_TO_POINTER (SIGHUP), test_signal);
  g_test_add_data_func ("/faults/sigint", GINT_TO_POINTER (SIGINT), test_signal);
  g_test_add_func ("/faults/sleep", test_sleep);
  g_test_add_func ("/faults/newer", test_newer);
  /* Last: from then on the process has mounts of its own. */
  g_test_add_func ("/faults/full-disk", test_full_disk);
  return g_test_run ();
}
