/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>

#include "assay-backups.h"
#include "assay-database.h"
#include "assay-migrations.h"
#include "store-fixture.h"

/* The real steps, and one more that is what each test makes of it. */
static const char *next_step;
static int own_version;

static GBytes *
load (int version, GError **error)
{
  if (version <= own_version)
    return assay_migrations_get_own ()->load (version, error);
  return g_bytes_new_static (next_step, strlen (next_step));
}

static AssayMigrations with_next = { 0, load };

static AssayDatabase *
open_first (TestFolder *folder)
{
  g_autofree char *path = test_folder_file (folder, "assay.db");
  g_autofree char *backups = test_folder_file (folder, "backup");
  g_autoptr (GError) error = NULL;
  AssayDatabase *database = assay_database_open (path, FALSE, own_version + 1, &error);

  g_assert_no_error (error);
  g_assert_true (assay_migrations_run (assay_migrations_get_own (), database, backups, &error));
  g_assert_no_error (error);
  test_execute (
      database,
      "INSERT INTO account (id, kind, title, created_at) VALUES ('files', 'files', 'Files', 1)");
  test_execute (database,
                "INSERT INTO project (account, external_id, title, created_at, changed_at)"
                " VALUES ('files', 'p', 'P', 1, 1)");
  test_execute (database, "INSERT INTO task (project, task_id, position, title, kind, n_responses,"
                          " est_minutes, pay_minor, digest, added_at)"
                          " VALUES (1, 't', 0, 'T', 'k', 2, 0, 0, 'd', 1)");
  test_execute (database,
                "INSERT INTO judgement (task, revision, id, submission, digest, outcome, rationale,"
                " submitted_at, body) VALUES (1, 1, 'j', 's', 'd', 'answered', 'r', 1, '{}')");
  return database;
}

static GPtrArray *
list_backups (TestFolder *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path = test_folder_file (folder, "backup");
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  return names;
}

static gboolean
migrate (TestFolder *folder, AssayDatabase *database, GError **error)
{
  g_autofree char *backups = test_folder_file (folder, "backup");

  return assay_migrations_run (&with_next, database, backups, error);
}

static void
test_new (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (AssayDatabase) database = open_first (folder);
  g_autoptr (GPtrArray) backups = list_backups (folder);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (assay_database_get_version (database), ==, own_version);
  /* There was nothing to keep. */
  g_assert_cmpuint (backups->len, ==, 0);
  /* Again is nothing. */
  g_assert_true (assay_migrations_run (assay_migrations_get_own (), database, "/nowhere", &error));
}

static void
test_step (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (AssayDatabase) database = open_first (folder);
  g_autoptr (AssayDatabase) backup = NULL;
  g_autoptr (GPtrArray) backups = NULL;
  g_autofree char *prefix = NULL;
  g_autoptr (GError) error = NULL;

  next_step = "CREATE TABLE ledger (id INTEGER PRIMARY KEY) STRICT;"
              "ALTER TABLE task ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;";
  g_assert_true (migrate (folder, database, &error));
  g_assert_no_error (error);
  g_assert_cmpint (assay_database_get_version (database), ==, own_version + 1);
  g_assert_cmpint (test_query_int (database, "SELECT priority FROM task"), ==, 0);
  g_assert_cmpint (test_query_int (database, "PRAGMA foreign_keys"), ==, 1);

  /* The copy is what it was before, and whole. */
  backups = list_backups (folder);
  g_assert_cmpuint (backups->len, ==, 1);
  prefix = g_strdup_printf ("/%d-", own_version);
  g_assert_nonnull (strstr (backups->pdata[0], prefix));
  backup = assay_database_open (backups->pdata[0], FALSE, own_version, &error);
  g_assert_no_error (error);
  g_assert_cmpint (assay_database_get_version (backup), ==, own_version);
  g_assert_cmpint (test_query_int (backup, "SELECT count(*) FROM judgement"), ==, 1);
}

static void
assert_unchanged (TestFolder *folder, AssayDatabase *database)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = assay_database_check (database, TRUE, &error);

  g_assert_cmpstr (found, ==, "ok");
  g_assert_cmpint (assay_database_get_version (database), ==, own_version);
  g_assert_cmpint (test_query_int (database, "SELECT count(*) FROM judgement"), ==, 1);
  g_assert_cmpint (
      test_query_int (database, "SELECT count(*) FROM sqlite_schema WHERE name = 'ledger'"), ==, 0);
  g_assert_cmpint (test_query_int (database, "PRAGMA foreign_keys"), ==, 1);
}

static void
test_bad_step (gconstpointer data)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (AssayDatabase) database = open_first (folder);
  g_autoptr (GError) error = NULL;

  next_step = data;
  g_assert_false (migrate (folder, database, &error));
  g_assert_nonnull (error);
  assert_unchanged (folder, database);
}

static void
test_backup_fails (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (AssayDatabase) database = open_first (folder);
  g_autofree char *in_the_way = test_folder_file (folder, "backup");
  g_autoptr (GError) error = NULL;

  next_step = "CREATE TABLE ledger (id INTEGER PRIMARY KEY) STRICT;";
  g_assert_true (g_file_set_contents (in_the_way, "a file", -1, &error));
  g_assert_false (migrate (folder, database, &error));
  g_assert_nonnull (error);
  assert_unchanged (folder, database);
}

static void
touch (TestFolder *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder->path, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, "x", -1, &error);
  g_assert_no_error (error);
}

static gboolean
exists (TestFolder *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder->path, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
test_thinning (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();

  /* Two on the same day, then one for each of 40 days back. */
  touch (folder, "2-20260630T080000.000000Z.db");
  touch (folder, "2-20260630T200000.000000Z.db");
  for (int i = 1; i <= 40; i++)
    {
      g_autoptr (GDateTime) newest = g_date_time_new_utc (2026, 6, 30, 12, 0, 0);
      g_autoptr (GDateTime) day = g_date_time_add_days (newest, -i);
      g_autofree char *name = g_date_time_format (day, "2-%Y%m%dT%H%M%S.000000Z.db");

      touch (folder, name);
    }
  touch (folder, "1-20250101T000000.000000Z.db");
  touch (folder, "2-20260601T000000.000000Z.db.part");
  touch (folder, "notes.txt");

  assay_backups_thin (folder->path, 2);

  g_assert_true (exists (folder, "2-20260630T200000.000000Z.db"));
  g_assert_false (exists (folder, "2-20260630T080000.000000Z.db"));
  for (int i = 1; i <= 6; i++)
    {
      g_autofree char *name = g_strdup_printf ("2-202606%dT120000.000000Z.db", 30 - i);

      g_assert_true (exists (folder, name));
    }
  g_assert_false (exists (folder, "2-20260623T120000.000000Z.db"));
  /* The newest of each of four weeks: Tuesday 30 June, and the Sundays before. */
  g_assert_true (exists (folder, "2-20260628T120000.000000Z.db"));
  g_assert_true (exists (folder, "2-20260621T120000.000000Z.db"));
  g_assert_true (exists (folder, "2-20260614T120000.000000Z.db"));
  g_assert_false (exists (folder, "2-20260607T120000.000000Z.db"));
  /* Not ours to thin, and what was cut off. */
  g_assert_true (exists (folder, "1-20250101T000000.000000Z.db"));
  g_assert_true (exists (folder, "notes.txt"));
  g_assert_false (exists (folder, "2-20260601T000000.000000Z.db.part"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  own_version = assay_migrations_get_own ()->newest_version;
  with_next.newest_version = own_version + 1;

  g_test_add_func ("/migrations/new", test_new);
  g_test_add_func ("/migrations/step", test_step);
  g_test_add_data_func ("/migrations/bad-syntax",
                        "CREATE TABLE ledger (id INTEGER) STRICT; NONSENSE;", test_bad_step);
  g_test_add_data_func ("/migrations/loses-judgements",
                        "CREATE TABLE ledger (id INTEGER) STRICT; DELETE FROM judgement;",
                        test_bad_step);
  g_test_add_data_func ("/migrations/breaks-references",
                        "CREATE TABLE ledger (id INTEGER) STRICT; DELETE FROM project;",
                        test_bad_step);
  g_test_add_func ("/migrations/backup-fails", test_backup_fails);
  g_test_add_func ("/migrations/thinning", test_thinning);

  return g_test_run ();
}
