/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A store of each version of the schema, as that version wrote it, is opened by this one and by the
 * next, also when the power goes in between; and a newer one is left alone.
 *
 * tests/store/fixtures/ holds one for each: ASSAY_UPDATE_FIXTURES=1 writes that of the newest
 * version. Once a version was released its file is never written again. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fault-vfs.h"
#include "page-fixture.h"
#include "version-fixture.h"

#define N_KILLS 50

/* --- What each fixture holds --- */

static void
fill (TestStore *test)
{
  g_autoptr (AssayOutboxItem) accepted = NULL;
  g_autoptr (AssayOutboxItem) waiting = NULL;
  g_autoptr (AssayOutboxItem) unknown = NULL;
  g_autoptr (AssayOutboxItem) refused = NULL;
  g_autoptr (AssayOutboxItem) withdrawn = NULL;
  g_autoptr (AssayGuideline) guideline = assay_guideline_new ("g", 1, "Guideline", "# Rules");

  test_store_add_many (test, 8);
  test_await (
      assay_store_save_guideline (test->store, assay_project_get_id (test->project), guideline));
  test_await (assay_store_set_value (test->store, "a-setting", "{\"kept\":true}"));
  test_store_write (test, 1, "First.\n\nSecond.");
  test_store_write (test, 1, "A draft.");
  accepted = test_store_submit (test, 2, "Accepted.", 0);
  test_store_deliver (test, accepted, ASSAY_OUTBOX_ACCEPTED);
  waiting = test_store_submit (test, 3, "Waiting.", 0);
  unknown = test_store_submit (test, 4, "Unknown.", 0);
  test_store_deliver (test, unknown, ASSAY_OUTBOX_UNKNOWN);
  refused = test_store_submit (test, 5, "Refused.", 0);
  test_store_deliver (test, refused, ASSAY_OUTBOX_REFUSED);
  withdrawn = test_store_submit (test, 6, "Taken back.", 0);
  test_await (assay_store_withdraw (test->store, assay_outbox_item_get_submission (withdrawn)));
}

/* Since version 2. */
static void
fill_account (TestStore *test)
{
  g_autoptr (TestPage) page = test_page_new (test, "open");
  g_autoptr (AssayAccount) account = assay_account_new ("open", "open", "Platform", "https://x");
  g_autoptr (AssayOutboxItem) item = NULL;

  test_await (assay_store_save_account (test->store, account));
  test_page_add_project (page, "q");
  test_page_add_guideline (page, "q", 3);
  test_page_add_task (page, "q", "u0", "l0", ASSAY_LEASE_HELD);
  test_page_add_task (page, "q", "u1", "l1", ASSAY_LEASE_HELD);
  test_page_add_task (page, "q", "u2", "l2", ASSAY_LEASE_HELD);
  assay_page_set_cursor (page->page, "cursor");
  g_assert_cmpuint (test_page_apply (page), ==, 3);
  item = test_store_submit_framed (test, test_store_find (test, "u1"), "Given back.", 0);
  test_store_deliver (test, item, ASSAY_OUTBOX_ACCEPTED);
  test_page_clear (page);
  assay_page_set_cursor (page->page, "cursor");
  assay_page_add_submission (page->page, assay_outbox_item_get_submission (item), "returned");
  test_page_add_feedback (page, "f", assay_outbox_item_get_submission (item), "returned");
  test_page_apply (page);
}

static void
assert_account (TestStore *test)
{
  g_autoptr (GPtrArray) accounts = test_await_boxed (assay_store_list_accounts (test->store));
  g_autoptr (GPtrArray) leases = test_await_boxed (assay_store_list_leases (test->store, "open"));
  g_autoptr (GPtrArray) feedback = test_await_boxed (assay_store_list_feedback (test->store, 0));
  g_autofree char *terms =
      test_await_string (assay_store_get_guideline_terms (test->store, "open/g", 3));

  g_assert_cmpuint (accounts->len, ==, 2);
  g_assert_cmpstr (assay_account_get_cursor (accounts->pdata[1]), ==, "cursor");
  g_assert_cmpuint (leases->len, ==, 2);
  g_assert_cmpuint (feedback->len, ==, 1);
  g_assert_cmpint (test_store_get_state (test, test_store_find (test, "u1")), ==,
                   ASSAY_TASK_RETURNED);
}

static void
assert_rationale (TestStore *test, gint64 row, const char *text)
{
  g_autoptr (AssayOpenTask) open = test_store_load (test, row);

  g_assert_cmpstr (assay_judgement_get_rationale (assay_open_task_get_judgement (open)), ==, text);
}

/* Whatever version wrote it: all of the person's work is there, and can go on. */
static void
assert_filled (TestStore *test, int version)
{
  g_autofree char *found = test_await_string (assay_store_check (test->store));
  g_autofree char *setting = test_await_string (assay_store_get_value (test->store, "a-setting"));
  g_autoptr (AssayGuideline) guideline =
      test_await_object (assay_store_load_guideline (test->store, "g", 0));
  g_autoptr (GPtrArray) outbox = test_await_boxed (assay_store_list_outbox (test->store));
  g_autoptr (GPtrArray) revisions =
      test_await_boxed (assay_store_list_draft_revisions (test->store, 1));
  AssayTaskQuery words = { .text = (char *) "number3" };
  g_autoptr (GArray) searched = test_store_query (test, &words);

  g_assert_cmpstr (found, ==, "ok");
  g_assert_cmpstr (setting, ==, "{\"kept\":true}");
  g_assert_cmpstr (assay_guideline_get_text (guideline), ==, "# Rules");
  g_assert_cmpint (
      test_store_query_int (test, "SELECT count(*) FROM task t JOIN project p ON p.id = t.project"
                                  " WHERE p.account = 'files'"),
      ==, 8);
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM attempt a JOIN outbox o"
                                               " ON o.id = a.outbox WHERE o.account = 'files'"),
                   ==, 3);
  if (version >= 2)
    assert_account (test);
  g_assert_cmpuint (outbox->len, ==, 3);
  g_assert_cmpuint (revisions->len, >, 0);
  g_assert_cmpuint (searched->len, ==, 1);
  assert_rationale (test, 1, "A draft.");
  assert_rationale (test, 2, "Accepted.");
  assert_rationale (test, 3, "Waiting.");
  assert_rationale (test, 5, "Refused.");
  assert_rationale (test, 6, "Taken back.");
  g_assert_cmpint (test_store_get_state (test, 1), ==, ASSAY_TASK_STARTED);
  g_assert_cmpint (test_store_get_state (test, 2), ==, ASSAY_TASK_SENT);
  g_assert_cmpint (test_store_get_state (test, 3), ==, ASSAY_TASK_QUEUED);
  g_assert_cmpint (test_store_get_state (test, 5), ==, ASSAY_TASK_REFUSED);
  g_assert_cmpint (test_store_get_state (test, 7), ==, ASSAY_TASK_READY);
}

/* --- The files --- */

/* As that version left it, in a folder of its own. */
static TestStore *
unpack (int version)
{
  TestStore *test = g_new0 (TestStore, 1);
  g_autofree char *path = NULL;

  test->folder = test_folder_new ();
  test->project = assay_project_new ("files", "p", "Project");
  path = test_folder_file (test->folder, "assay.db");
  version_fixture_unpack (version, path);
  return test;
}

static void
write_fixture (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autofree char *copy = NULL;

  fill (test);
  fill_account (test);
  copy = test_await_string (assay_store_back_up (test->store));
  version_fixture_pack (assay_migrations_get_own ()->newest_version, copy);
}

/* --- The versions --- */

static int new_version;

static GBytes *
load_step (int version, GError **error)
{
  static const char step[] =
      "CREATE TABLE later (task INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;"
      "INSERT INTO later SELECT task, body FROM judgement;"
      "ALTER TABLE task ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;";

  if (version < new_version)
    return assay_migrations_get_own ()->load (version, error);
  return g_bytes_new_static (step, strlen (step));
}

static AssayMigrations next = { 0, load_step };

static char *
describe_schema (AssayDatabase *database)
{
  return test_query_text (database,
                          "SELECT group_concat (type || ' ' || name || ' ' || coalesce (sql, ''),"
                          " char (10) ORDER BY type, name) FROM sqlite_schema");
}

/* What was released does not change any more: neither the file nor the steps that make it. */
static void
test_frozen (gconstpointer data)
{
  int version = GPOINTER_TO_INT (data);
  g_autoptr (TestStore) test = unpack (version);
  g_autoptr (TestFolder) other = test_folder_new ();
  g_autofree char *path = test_folder_file (test->folder, "assay.db");
  g_autofree char *new_path = test_folder_file (other, "assay.db");
  g_autofree char *backups = test_folder_file (other, "backup");
  AssayMigrations until = { version, assay_migrations_get_own ()->load };
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayDatabase) fixture = assay_database_open (path, FALSE, version, &error);
  g_autoptr (AssayDatabase) made = assay_database_open (new_path, FALSE, version, &error);
  g_autofree char *frozen = NULL;
  g_autofree char *now = NULL;

  g_assert_no_error (error);
  g_assert_true (assay_migrations_run (&until, made, backups, &error));
  g_assert_cmpint (assay_database_get_version (fixture), ==, version);
  frozen = describe_schema (fixture);
  now = describe_schema (made);
  g_assert_cmpstr (now, ==, frozen);
}

static void
test_opens (gconstpointer data)
{
  int version = GPOINTER_TO_INT (data);
  g_autoptr (TestStore) test = unpack (version);

  test_store_open (test);
  assert_filled (test, version);
  test_store_write (test, 7, "And on.");
  assert_rationale (test, 7, "And on.");
}

static void
assert_upgraded (TestStore *test, int version)
{
  assert_filled (test, version);
  g_assert_cmpint (test_store_query_int (test, "PRAGMA user_version"), ==, next.newest_version);
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM later"), ==,
                   test_store_query_int (test, "SELECT count(*) FROM judgement"));
}

static void
test_upgrades (gconstpointer data)
{
  g_autoptr (TestStore) test = unpack (GPOINTER_TO_INT (data));
  g_autofree char *backups = test_folder_file (test->folder, "backup");
  g_autofree char *prefix = g_strdup_printf ("%d-", GPOINTER_TO_INT (data));
  g_autoptr (GDir) dir = NULL;
  const char *name;
  gboolean kept = FALSE;

  test->store = test_await_object (_assay_store_open_with (test->folder->path, &next));
  assert_upgraded (test, GPOINTER_TO_INT (data));
  /* The way back. */
  dir = g_dir_open (backups, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    kept |= g_str_has_prefix (name, prefix) && g_str_has_suffix (name, "Z.db");
  g_assert_true (kept);
}

static char *
digest_file (const char *path)
{
  g_autofree char *contents = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) contents, size);
}

static void
test_refuses (gconstpointer data)
{
  int version = GPOINTER_TO_INT (data);
  g_autoptr (TestStore) test = unpack (version);
  g_autofree char *path = test_folder_file (test->folder, "assay.db");
  g_autofree char *before = digest_file (path);
  g_autofree char *after = NULL;
  const AssayMigrations older = { version - 1, assay_migrations_get_own ()->load };

  test_await_error (_assay_store_open_with (test->folder->path, &older), ASSAY_STORE_ERROR_NEWER);
  after = digest_file (path);
  g_assert_cmpstr (after, ==, before);
}

/* The newer program starts while the older one is at work. */
static void
test_second_instance (void)
{
  g_autoptr (TestStore) test = test_store_new ();

  fill (test);
  fill_account (test);
  test_await_error (_assay_store_open_with (test->folder->path, &next), ASSAY_STORE_ERROR_BUSY);
  assert_filled (test, new_version - 1);
  g_assert_cmpint (test_store_query_int (test, "PRAGMA user_version"), ==, new_version - 1);
  test_store_close (test);
  test->store = test_await_object (_assay_store_open_with (test->folder->path, &next));
  assert_upgraded (test, new_version - 1);
}

/* --- Kills --- */

static guint n_operations;
static guint last_operation;

static void
count_operation (void)
{
  if (++n_operations == last_operation)
    kill (getpid (), SIGKILL);
}

static int
be_victim (const char *folder, guint operation)
{
  g_autoptr (AssayStore) store = NULL;

  last_operation = operation;
  fault_vfs_install ();
  fault_vfs_set_watch (count_operation);
  store = test_await_object (_assay_store_open_with (folder, &next));
  printf ("%u\n", n_operations);
  fflush (stdout);
  _exit (0);
}

/* Returns how many operations there were, 0 if it was killed. */
static guint
run_victim (TestStore *test, guint operation)
{
  g_autofree char *number = g_strdup_printf ("%u", operation);
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  g_autoptr (GSubprocess) victim =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "/proc/self/exe", "--victim",
                        test->folder->path, number, NULL);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (victim, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_if_signaled (victim))
    {
      g_assert_cmpint (g_subprocess_get_term_sig (victim), ==, SIGKILL);
      return 0;
    }
  g_assert_cmpint (g_subprocess_get_exit_status (victim), ==, 0);
  return g_ascii_strtoull (output, NULL, 10);
}

static void
test_killed (gconstpointer data)
{
  guint total;

  {
    g_autoptr (TestStore) whole = unpack (GPOINTER_TO_INT (data));

    total = run_victim (whole, 0);
    g_assert_cmpuint (total, >, 10);
  }
  for (guint i = 0; i < N_KILLS; i++)
    {
      g_autoptr (TestStore) test = unpack (GPOINTER_TO_INT (data));
      guint operation = g_test_rand_int_range (1, total + 1);

      g_test_message ("killed at operation %u of %u", operation, total);
      g_assert_cmpuint (run_victim (test, operation), ==, 0);
      test->store = test_await_object (_assay_store_open_with (test->folder->path, &next));
      assert_upgraded (test, GPOINTER_TO_INT (data));
    }
}

static void
add (const char *name, int version, GTestDataFunc function)
{
  g_autofree char *path = g_strdup_printf ("/versions/%d/%s", version, name);

  g_test_add_data_func (path, GINT_TO_POINTER (version), function);
}

int
main (int argc, char *argv[])
{
  new_version = assay_migrations_get_own ()->newest_version + 1;
  next.newest_version = new_version;
  if (argc == 4 && g_str_equal (argv[1], "--victim"))
    {
      dex_init ();
      return be_victim (argv[2], g_ascii_strtoull (argv[3], NULL, 10));
    }

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();
  if (g_getenv ("ASSAY_UPDATE_FIXTURES") != NULL)
    write_fixture ();

  for (int version = 1; version < new_version; version++)
    {
      add ("frozen", version, test_frozen);
      add ("opens", version, test_opens);
      add ("upgrades", version, test_upgrades);
      add ("refuses", version, test_refuses);
      add ("killed", version, test_killed);
    }
  g_test_add_func ("/versions/second-instance", test_second_instance);
  return g_test_run ();
}
