/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>

#include "assay-database.h"
#include "assay-migrations.h"
#include "fault-vfs.h"
#include "store-fixture.h"

#define NEWEST (assay_migrations_get_own ()->newest_version)

static AssayDatabase *
open_new (TestFolder *folder)
{
  g_autofree char *path = test_folder_file (folder, "assay.db");
  g_autofree char *backups = test_folder_file (folder, "backup");
  g_autoptr (GError) error = NULL;
  AssayDatabase *database = assay_database_open (path, FALSE, NEWEST, &error);

  g_assert_no_error (error);
  assay_migrations_run (assay_migrations_get_own (), database, backups, &error);
  g_assert_no_error (error);
  return database;
}

static void
assert_refused (AssayDatabase *database, const char *sql, AssayStoreError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (assay_database_execute (database, sql, &error));
  g_assert_error (error, ASSAY_STORE_ERROR, (int) code);
}

static void
test_pragmas (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (AssayDatabase) database = open_new (folder);
  g_autofree char *mode = test_query_text (database, "PRAGMA journal_mode");

  g_assert_cmpstr (mode, ==, "wal");
  g_assert_cmpint (test_query_int (database, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (test_query_int (database, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (test_query_int (database, "PRAGMA trusted_schema"), ==, 0);
  g_assert_cmpint (test_query_int (database, "PRAGMA cell_size_check"), ==, 1);
  g_assert_cmpint (test_query_int (database, "PRAGMA mmap_size"), ==, 0);
  g_assert_cmpint (test_query_int (database, "PRAGMA busy_timeout"), ==, 5000);
  g_assert_cmpint (test_query_int (database, "PRAGMA wal_autocheckpoint"), ==, 1000);
  g_assert_cmpint (test_query_int (database, "PRAGMA journal_size_limit"), ==, 8 * 1024 * 1024);
  g_assert_cmpint (test_query_int (database, "PRAGMA application_id"), ==, 0x41534159);
  g_assert_cmpint (test_query_int (database, "PRAGMA user_version"), ==, NEWEST);

  /* Defensive: nobody writes the schema or the index's own tables. Double quotes are names, never
   * strings. */
  assert_refused (database, "INSERT INTO search_task_config VALUES ('a', 1)",
                  ASSAY_STORE_ERROR_INTERNAL);
  assert_refused (database, "SELECT \"no such column\"", ASSAY_STORE_ERROR_INTERNAL);
}

static void
test_network (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_folder_file (folder, "assay.db");
  g_autofree char *mode = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayDatabase) database = assay_database_open (path, TRUE, NEWEST, &error);

  g_assert_no_error (error);
  mode = test_query_text (database, "PRAGMA journal_mode");
  g_assert_cmpstr (mode, ==, "delete");
  g_assert_cmpint (test_query_int (database, "PRAGMA synchronous"), ==, 3);

  /* There is no cheap commit without a log. */
  g_assert_true (assay_database_begin (database, ASSAY_DURABILITY_BULK, &error));
  g_assert_cmpint (test_query_int (database, "PRAGMA synchronous"), ==, 3);
  assay_database_rollback (database);
}

static void
test_durability (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (AssayDatabase) database = open_new (folder);
  g_autoptr (GError) error = NULL;
  guint before;

  before = fault_vfs_get_n_syncs ();
  g_assert_true (assay_database_begin (database, ASSAY_DURABILITY_BULK, &error));
  g_assert_cmpint (test_query_int (database, "PRAGMA synchronous"), ==, 1);
  test_execute (database, "INSERT INTO meta VALUES ('a', '1')");
  g_assert_true (assay_database_commit (database, &error));
  g_assert_cmpuint (fault_vfs_get_n_syncs (), ==, before);

  g_assert_true (assay_database_begin (database, ASSAY_DURABILITY_PERSON, &error));
  g_assert_cmpint (test_query_int (database, "PRAGMA synchronous"), ==, 2);
  test_execute (database, "INSERT INTO meta VALUES ('b', '1')");
  g_assert_true (assay_database_commit (database, &error));
  g_assert_cmpuint (fault_vfs_get_n_syncs (), >, before);
}

static void
test_rollback (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (AssayDatabase) database = open_new (folder);
  g_autoptr (GError) error = NULL;

  g_assert_true (assay_database_begin (database, ASSAY_DURABILITY_PERSON, &error));
  test_execute (database, "INSERT INTO meta VALUES ('a', '1')");
  assay_database_rollback (database);
  g_assert_cmpint (test_query_int (database, "SELECT count(*) FROM meta"), ==, 0);
  /* Once more is harmless. */
  assay_database_rollback (database);
}

static void
insert_outbox (AssayDatabase *database, int id, const char *submission)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO outbox (id, submission, account, task, kind, method, target, body, body_sha256,"
      " created_at, changed_at) VALUES (%d, '%s', 'files', '%d', 'judgement', 'PUT', 't', x'00',"
      " x'00', 1, 1)",
      id, submission, id);

  test_execute (database, sql);
}

static void
test_outbox_guards (void)
{
  static const char *const frozen[] = { "submission = 'x'", "account = 'x'",      "task = 'x'",
                                        "kind = 'x'",       "method = 'x'",       "target = 'x'",
                                        "body = x'01'",     "body_sha256 = x'01'" };
  static const char *const illegal_from_queued[] = { "accepted", "refused", "unknown" };
  static const char *const final_states[] = { "queued", "sending", "unknown", "refused",
                                              "withdrawn" };
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (AssayDatabase) database = open_new (folder);

  insert_outbox (database, 1, "a");
  for (guint i = 0; i < G_N_ELEMENTS (frozen); i++)
    {
      g_autofree char *sql = g_strconcat ("UPDATE outbox SET ", frozen[i], " WHERE id = 1", NULL);

      assert_refused (database, sql, ASSAY_STORE_ERROR_CONFLICT);
    }
  for (guint i = 0; i < G_N_ELEMENTS (illegal_from_queued); i++)
    {
      g_autofree char *sql = g_strconcat ("UPDATE outbox SET receipt = 'r', state = '",
                                          illegal_from_queued[i], "' WHERE id = 1", NULL);

      assert_refused (database, sql, ASSAY_STORE_ERROR_CONFLICT);
    }

  /* Unsent work is never deleted, in any state before the end. */
  assert_refused (database, "DELETE FROM outbox", ASSAY_STORE_ERROR_CONFLICT);
  test_execute (database, "UPDATE outbox SET state = 'sending'");
  assert_refused (database, "DELETE FROM outbox", ASSAY_STORE_ERROR_CONFLICT);
  assert_refused (database, "UPDATE outbox SET state = 'withdrawn'", ASSAY_STORE_ERROR_CONFLICT);
  test_execute (database, "UPDATE outbox SET state = 'unknown'");
  assert_refused (database, "DELETE FROM outbox", ASSAY_STORE_ERROR_CONFLICT);
  assert_refused (database, "UPDATE outbox SET state = 'withdrawn'", ASSAY_STORE_ERROR_CONFLICT);

  /* No acceptance without a receipt, and none is taken back. */
  assert_refused (database, "UPDATE outbox SET state = 'accepted'", ASSAY_STORE_ERROR_INTERNAL);
  test_execute (database, "UPDATE outbox SET state = 'accepted', receipt = 'r'");
  for (guint i = 0; i < G_N_ELEMENTS (final_states); i++)
    {
      g_autofree char *sql =
          g_strconcat ("UPDATE outbox SET state = '", final_states[i], "' WHERE id = 1", NULL);

      assert_refused (database, sql, ASSAY_STORE_ERROR_CONFLICT);
    }
  test_execute (database, "DELETE FROM outbox");

  /* What was refused may only be withdrawn. */
  insert_outbox (database, 2, "b");
  test_execute (database, "UPDATE outbox SET state = 'sending'");
  test_execute (database, "UPDATE outbox SET state = 'refused'");
  assert_refused (database, "DELETE FROM outbox", ASSAY_STORE_ERROR_CONFLICT);
  assert_refused (database, "UPDATE outbox SET state = 'queued'", ASSAY_STORE_ERROR_CONFLICT);
  test_execute (database, "UPDATE outbox SET state = 'withdrawn'");
  test_execute (database, "DELETE FROM outbox");

  assert_refused (
      database,
      "INSERT INTO outbox (submission, account, task, kind, method, target, body, body_sha256,"
      " created_at, changed_at, state) VALUES ('s', 'a', 't', 'k', 'm', 't', x'', x'', 1, 1, 'lost')",
      ASSAY_STORE_ERROR_INTERNAL);
}

static void
test_one_live_submission (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (AssayDatabase) database = open_new (folder);
  static const char second[] =
      "INSERT INTO outbox (id, submission, account, task, kind, method, target, body, body_sha256,"
      " created_at, changed_at) VALUES (2, 'b', 'files', '1', 'judgement', 'PUT', 't', x'', x'', 1, 1)";

  insert_outbox (database, 1, "a");
  assert_refused (database, second, ASSAY_STORE_ERROR_CONFLICT);
  test_execute (database, "UPDATE outbox SET state = 'withdrawn' WHERE id = 1");
  test_execute (database, second);
}

static void
test_strict (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (AssayDatabase) database = open_new (folder);
  gint64 loose = test_query_int (
      database, "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
                " AND NOT strict AND name NOT LIKE 'sqlite_%'");

  g_assert_cmpint (loose, ==, 0);
  assert_refused (database,
                  "INSERT INTO project (account, external_id, title, created_at, changed_at)"
                  " VALUES ('nobody', 'x', 'x', 1, 1)",
                  ASSAY_STORE_ERROR_NOT_FOUND);
}

static void
test_newer_is_left_alone (gconstpointer in_log)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_folder_file (folder, "assay.db");
  g_autofree char *log_path = test_folder_file (folder, "assay.db-wal");
  g_autofree char *copy_path = test_folder_file (folder, "copy.db");
  g_autofree char *copy_log_path = test_folder_file (folder, "copy.db-wal");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *before_log = NULL;
  g_autofree char *after_log = NULL;
  g_autoptr (GError) error = NULL;
  gsize before_size, after_size, before_log_size = 0, after_log_size = 0;
  g_autoptr (AssayDatabase) database = open_new (folder);
  AssayDatabase *refused;

  test_execute (database, "INSERT INTO meta VALUES ('written_by', '9.9')");
  test_execute (database, "PRAGMA wal_checkpoint(TRUNCATE)");
  test_execute (database, "PRAGMA user_version = 99");
  if (!GPOINTER_TO_INT (in_log))
    test_execute (database, "PRAGMA wal_checkpoint(TRUNCATE)");

  /* As a crash leaves it, with the version in the log alone or in the file. */
  g_assert_true (g_file_get_contents (path, &before, &before_size, &error));
  g_assert_true (g_file_set_contents (copy_path, before, before_size, &error));
  if (GPOINTER_TO_INT (in_log))
    {
      g_assert_true (g_file_get_contents (log_path, &before_log, &before_log_size, &error));
      g_assert_true (g_file_set_contents (copy_log_path, before_log, before_log_size, &error));
    }

  refused = assay_database_open (copy_path, FALSE, NEWEST, &error);
  g_assert_null (refused);
  g_assert_error (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_NEWER);
  g_assert_nonnull (strstr (error->message, "9.9"));
  g_clear_error (&error);

  g_assert_true (g_file_get_contents (copy_path, &after, &after_size, &error));
  g_assert_cmpmem (before, before_size, after, after_size);
  if (GPOINTER_TO_INT (in_log))
    {
      g_assert_true (g_file_get_contents (copy_log_path, &after_log, &after_log_size, &error));
      g_assert_cmpmem (before_log, before_log_size, after_log, after_log_size);
    }
}

static void
test_foreign_is_left_alone (void)
{
  static const char words[] =
      "Dear diary, this is not a database, and it is longer than a header of "
      "one hundred bytes, which is what is looked at.";
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_folder_file (folder, "assay.db");
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, words, -1, &error));
  g_assert_null (assay_database_open (path, FALSE, NEWEST, &error));
  g_assert_error (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (path, &after, NULL, &error));
  g_assert_cmpstr (after, ==, words);
}

static void
test_full (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (AssayDatabase) database = open_new (folder);
  g_autoptr (GError) error = NULL;
  g_autofree char *limit = NULL;

  test_execute (database, "INSERT INTO meta VALUES ('a', 'acknowledged')");
  limit = g_strdup_printf ("PRAGMA max_page_count = %" G_GINT64_FORMAT,
                           test_query_int (database, "PRAGMA page_count"));
  test_execute (database, limit);

  g_assert_true (assay_database_begin (database, ASSAY_DURABILITY_PERSON, &error));
  g_assert_false (assay_database_execute (
      database, "INSERT INTO meta VALUES ('b', hex (zeroblob (100000)))", &error));
  g_assert_error (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_FULL);
  g_clear_error (&error);
  assay_database_rollback (database);

  /* What was there stays, and the same connection goes on when there is room again. */
  g_assert_cmpint (test_query_int (database, "SELECT count(*) FROM meta"), ==, 1);
  test_execute (database, "PRAGMA max_page_count = 100000");
  test_execute (database, "INSERT INTO meta VALUES ('b', hex (zeroblob (100000)))");
  g_assert_false (assay_database_get_broken (database));
}

static void
test_failed_sync (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (AssayDatabase) database = open_new (folder);
  g_autoptr (GError) error = NULL;

  g_assert_true (assay_database_begin (database, ASSAY_DURABILITY_PERSON, &error));
  test_execute (database, "INSERT INTO meta VALUES ('a', '1')");
  fault_vfs_arm (FAULT_SYNC, 1);
  g_assert_false (assay_database_commit (database, &error));
  g_assert_true (fault_vfs_struck ());
  g_assert_error (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_IO);
  g_assert_true (assay_database_get_broken (database));
}

static gboolean
always (gpointer user_data)
{
  return TRUE;
}

static void
test_interrupt (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (AssayDatabase) database = open_new (folder);
  g_autoptr (GError) error = NULL;

  assay_database_set_interrupt (database, always, NULL);
  g_assert_false (assay_database_execute (
      database,
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max (i) FROM n",
      &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  assay_database_set_interrupt (database, NULL, NULL);
  g_assert_cmpint (test_query_int (database, "SELECT 7"), ==, 7);
}

static void
test_values (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (AssayDatabase) database = open_new (folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new ("a\0b", 3);
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) read = NULL;
  AssayStatement *statement =
      assay_database_prepare (database, "SELECT ?1, ?2, ?3, ?4, ?5, typeof (?6)", &error);

  g_assert_no_error (error);
  assay_statement_bind_int (statement, 1, G_MAXINT64);
  assay_statement_bind_text (statement, 2, "ħéllo");
  assay_statement_bind_text (statement, 3, NULL);
  assay_statement_bind_blob (statement, 4, bytes);
  assay_statement_bind_blob (statement, 5, empty);
  assay_statement_bind_json (statement, 6, empty);
  g_assert_true (assay_statement_step (statement, &error));
  g_assert_cmpint (assay_statement_get_int (statement, 0), ==, G_MAXINT64);
  g_assert_cmpstr (assay_statement_get_text (statement, 1), ==, "ħéllo");
  g_assert_true (assay_statement_is_null (statement, 2));
  read = assay_statement_dup_bytes (statement, 3);
  g_assert_true (g_bytes_equal (read, bytes));
  g_assert_false (assay_statement_is_null (statement, 4));
  g_assert_cmpstr (assay_statement_get_text (statement, 5), ==, "text");
  g_assert_false (assay_statement_step (statement, &error));
  g_assert_no_error (error);

  /* A place that is not there is an error, not a crash. */
  statement = assay_database_prepare (database, "SELECT 1", &error);
  assay_statement_bind_int (statement, 3, 1);
  g_assert_false (assay_statement_run (statement, &error));
  g_assert_error (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_INTERNAL);
}

/* No thread waits for a disk that must not. */
static void
test_kept_off (void)
{
  if (g_test_subprocess ())
    {
      assay_database_keep_off_this_thread ();
      assay_database_open ("unused.db", FALSE, 1, NULL);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*kept_off*");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  fault_vfs_install ();

  g_test_add_func ("/database/pragmas", test_pragmas);
  g_test_add_func ("/database/network", test_network);
  g_test_add_func ("/database/durability", test_durability);
  g_test_add_func ("/database/rollback", test_rollback);
  g_test_add_func ("/database/outbox-guards", test_outbox_guards);
  g_test_add_func ("/database/one-live-submission", test_one_live_submission);
  g_test_add_func ("/database/strict", test_strict);
  g_test_add_data_func ("/database/newer", GINT_TO_POINTER (FALSE), test_newer_is_left_alone);
  g_test_add_data_func ("/database/newer-in-log", GINT_TO_POINTER (TRUE), test_newer_is_left_alone);
  g_test_add_func ("/database/foreign", test_foreign_is_left_alone);
  g_test_add_func ("/database/full", test_full);
  g_test_add_func ("/database/failed-sync", test_failed_sync);
  g_test_add_func ("/database/interrupt", test_interrupt);
  g_test_add_func ("/database/values", test_values);

  g_test_add_func ("/database/kept-off", test_kept_off);
  return g_test_run ();
}
