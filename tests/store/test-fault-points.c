/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "page-fixture.h"

/* A second process goes through everything that the store does in steps; it is killed once at each
 * of the borders that the sources name. */

static int new_version;

static GBytes *
load_step (int version, GError **error)
{
  static const char second[] = "CREATE TABLE ledger (id INTEGER PRIMARY KEY) STRICT;";

  if (version < new_version)
    return assay_migrations_get_own ()->load (version, error);
  return g_bytes_new_static (second, strlen (second));
}

static AssayMigrations new_migrations = { 0, load_step };

static void
submitted (AssayOutboxItem *item)
{
  printf ("%s\n", assay_outbox_item_get_submission (item));
  fflush (stdout);
}

/* Two of what a platform may be sent. */
static void
pull (TestStore *test)
{
  g_autoptr (AssayAccount) account = assay_account_new ("open", "open", "Platform", "https://x");
  g_autoptr (TestPage) page = test_page_new (test, "open");
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  g_autoptr (AssayFrame) frame =
      assay_frame_new (ASSAY_FRAME_KIND_ACKNOWLEDGEMENT, "PUT", "ack", body);
  g_autoptr (AssayOutboxItem) third = NULL;
  g_autoptr (AssayOutboxItem) fourth = NULL;

  test_await (assay_store_save_account (test->store, account));
  test_page_add_project (page, "q");
  test_page_add_task (page, "q", "leased", "l", ASSAY_LEASE_HELD);
  test_page_add_feedback (page, "f", "of-another-device", "pass");
  assay_page_set_cursor (page->page, "first");
  test_page_apply (page);
  third = test_store_submit_framed (test, test_store_find (test, "leased"), "Three.", 0);
  submitted (third);
  fourth = test_await_object (assay_store_queue (test->store, "open", "g", frame));
  submitted (fourth);
}

static int
be_victim (const char *path)
{
  g_autoptr (TestStore) test = g_new0 (TestStore, 1);
  g_autoptr (AssayOutboxItem) first = NULL;
  g_autoptr (AssayOutboxItem) second = NULL;
  g_autofree char *file = NULL;
  FILE *damaged;

  test->folder = g_new0 (TestFolder, 1);
  test->folder->path = g_strdup (path);
  file = test_folder_file (test->folder, "assay.db");
  test->project = assay_project_new ("files", "p", "Project");

  test_store_open (test);
  test_await (assay_store_ensure_account (test->store, "files", "files", "Files"));
  test_await (assay_store_save_project (test->store, test->project));
  test_store_add_many (test, 3);
  first = test_store_submit (test, 1, "One.", 0);
  submitted (first);
  second = test_store_submit (test, 2, "Two.", 0);
  submitted (second);
  test_await (assay_store_withdraw (test->store, assay_outbox_item_get_submission (first)));
  test_store_deliver (test, second, ASSAY_OUTBOX_ACCEPTED);
  pull (test);
  g_free (test_await_string (assay_store_back_up (test->store)));
  test_store_close (test);

  test->store = test_await_object (_assay_store_open_with (path, &new_migrations));
  test_store_close (test);

  damaged = g_fopen (file, "r+");
  g_assert_cmpuint (fwrite ("\xff\xff\xff\xff\xff\xff\xff\xff", 1, 8, damaged), ==, 8);
  fclose (damaged);
  test->store = test_await_object (_assay_store_open_with (path, &new_migrations));
  test_store_close (test);
  g_clear_object (&test->project);
  /* The folder is the other process's. */
  _exit (0);
}

static void
ignore_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
}

/* One rescue came to its end, and of those that did not nothing lies about: beside the damaged
 * files there is nothing. */
static void
check_damaged (TestFolder *folder)
{
  g_autofree char *damaged = test_folder_file (folder, "damaged");
  g_autoptr (GDir) dir = g_dir_open (damaged, 0, NULL);
  g_autofree char *keep = NULL;
  g_autoptr (GDir) files = NULL;
  const char *name;
  gboolean found = FALSE;

  g_assert_nonnull (dir);
  name = g_dir_read_name (dir);
  g_assert_nonnull (name);
  keep = g_build_filename (damaged, name, NULL);
  g_assert_null (g_dir_read_name (dir));
  files = g_dir_open (keep, 0, NULL);
  while ((name = g_dir_read_name (files)) != NULL)
    {
      found = found || g_str_equal (name, "assay.db");
      if (!g_str_equal (name, "assay.db") && !g_str_equal (name, "assay.db-wal")
          && !g_str_equal (name, "assay.db-shm"))
        g_error ("“%s” was left", name);
    }
  g_assert_true (found);
}

static void
check (TestFolder *folder, GPtrArray *submissions)
{
  g_autoptr (TestStore) test = g_new0 (TestStore, 1);
  g_autofree char *found = NULL;

  test->folder = folder;
  test->store = test_await_object (_assay_store_open_with (folder->path, &new_migrations));
  found = test_await_string (assay_store_check (test->store));
  g_assert_cmpstr (found, ==, "ok");
  for (guint i = 0; i < submissions->len; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM outbox WHERE submission = '%s'",
                                              (char *) submissions->pdata[i]);

      g_assert_cmpint (test_store_query_int (test, sql), ==, 1);
    }
  g_assert_cmpint (
      test_store_query_int (test, "SELECT count(*) FROM outbox WHERE state = 'sending'"), ==, 0);
  g_assert_cmpint (test_store_query_int (test,
                                         "SELECT count(*) FROM outbox WHERE state <> 'withdrawn'"
                                         " AND kind = 'judgement'"),
                   ==, test_store_query_int (test, "SELECT count(*) FROM judgement"));
  /* A page is there with the cursor behind it, or not at all; a rescue forgets that one. */
  if (assay_store_get_rescue_report (test->store) == NULL)
    g_assert_cmpint (test_store_query_int (test,
                                           "SELECT count(*) FROM account WHERE cursor IS NOT NULL"),
                     ==, test_store_query_int (test, "SELECT count(*) FROM lease"));
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM lease"), ==,
                   test_store_query_int (test, "SELECT count(*) FROM feedback"));
  /* What waits has a rescue copy, once upkeep was there. */
  test_store_wait_for_upkeep (test);
  for (guint i = 0; i < submissions->len; i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "SELECT count(*) FROM outbox WHERE submission = '%s' AND state IN ('queued', 'unknown')",
          (char *) submissions->pdata[i]);

      if (test_store_query_int (test, sql) > 0)
        g_assert_true (test_store_has_spool (test, submissions->pdata[i]));
    }
  test_store_close (test);
  test->folder = NULL;
}

/* (transfer full) The submissions that the victim knew of. */
static GPtrArray *
kill_at (TestFolder *folder, const char *point)
{
  g_autoptr (GPtrArray) submissions = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) victim = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  g_auto (GStrv) lines = NULL;

  g_subprocess_launcher_setenv (launcher, "ASSAY_FAULTPOINT", point, TRUE);
  victim = g_subprocess_launcher_spawn (launcher, &error, "/proc/self/exe", "--victim",
                                        folder->path, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (victim, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  /* A point that is never reached proves nothing. */
  g_assert_true (g_subprocess_get_if_signaled (victim));
  g_assert_cmpint (g_subprocess_get_term_sig (victim), ==, SIGKILL);

  lines = g_strsplit (output, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      g_ptr_array_add (submissions, g_strdup (lines[i]));
  return g_steal_pointer (&submissions);
}

static void
test_point (gconstpointer data)
{
  const char *point = data;
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GPtrArray) submissions = kill_at (folder, point);

  check (folder, submissions);
  if (g_str_has_prefix (point, "rescue:"))
    check_damaged (folder);
}

static void
empty_folder (TestFolder *folder, const char *name)
{
  g_autofree char *path = test_folder_file (folder, name);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_assert_cmpint (g_unlink (file), ==, 0);
    }
}

/* All was read when the rescue was killed. It is not read once more: the disk may not give it
 * again. */
static void
test_rescue_goes_on (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GPtrArray) submissions = kill_at (folder, "rescue:filled");
  g_autofree char *database = test_folder_file (folder, "assay.db");

  g_assert_cmpuint (submissions->len, ==, 4);
  g_assert_true (g_file_set_contents (database, "nothing", -1, NULL));
  empty_folder (folder, "backup");
  empty_folder (folder, "spool");
  check (folder, submissions);
  check_damaged (folder);
}

/* Every point there is, so that none is forgotten. */
static void
add_points (const char *folder)
{
  g_autoptr (GRegex) regex = g_regex_new ("ASSAY_FAULTPOINT \\(\"([^\"]+)\"\\)", 0, 0, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      g_autoptr (GMatchInfo) match = NULL;

      if (!g_str_has_suffix (name, ".c") || !g_file_get_contents (path, &text, NULL, NULL))
        continue;
      for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match);
           g_match_info_next (match, NULL))
        {
          char *point = g_match_info_fetch (match, 1);
          g_autofree char *test_path = g_strconcat ("/fault-points/", point, NULL);

          g_test_add_data_func_full (test_path, point, test_point, g_free);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_autofree char *sources = NULL;

  new_version = assay_migrations_get_own ()->newest_version + 1;
  new_migrations.newest_version = new_version;
  if (argc == 3 && g_str_equal (argv[1], "--victim"))
    {
      dex_init ();
      return be_victim (argv[2]);
    }

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();
  /* Some kills leave a damaged store, which is rescued with a word. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_log_set_handler ("Assay", G_LOG_LEVEL_WARNING, ignore_cb, NULL);

  sources = g_build_filename (g_getenv ("ASSAY_SOURCE_DIR"), "src", "store", NULL);
  add_points (sources);
  g_test_add_func ("/fault-points/rescue-goes-on", test_rescue_goes_on);

  return g_test_run ();
}
