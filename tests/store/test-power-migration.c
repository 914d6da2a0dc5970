/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "power-disk.h"
#include "power-run.h"
#include "version-fixture.h"

/* The power is cut in the middle of a migration. What is left is of the one version or of the
 * other, whole; and the other follows. */

/* What is stored: all steps since then are taken at once, and one more that no release has. */
#define OLD_VERSION 1
#define N_CUTS 50
#define N_CUTS_LONG 500
#define GAP 4

static int new_version;

static GBytes *
load_step (int version, GError **error)
{
  static const char second[] =
      "CREATE TABLE ledger (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;"
      "INSERT INTO ledger SELECT task, body FROM judgement;"
      "ALTER TABLE task ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;"
      "UPDATE task SET priority = id;";

  if (version < new_version)
    return assay_migrations_get_own ()->load (version, error);
  return g_bytes_new_static (second, strlen (second));
}

static AssayMigrations new_migrations = { 0, load_step };

static void G_GNUC_NORETURN
migrate (const PowerVictim *victim)
{
  g_autoptr (AssayStore) store = NULL;

  power_victim_begin (victim);
  store = test_await_object (_assay_store_open_with (victim->folder, &new_migrations));
  power_disk_end ();
}

static void
check_version (PowerCut *cut)
{
  g_autofree char *path = test_folder_file (&cut->folder, "assay.db");
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayDatabase) database = assay_database_open (path, FALSE, new_version, &error);

  g_assert_no_error (error);
  if (assay_database_get_version (database) == 0)
    power_cut_lose (cut, "the whole file");
  else if (test_query_int (database, "SELECT count(*) FROM sqlite_schema"
                                     " WHERE name IN ('lease', 'feedback', 'ledger')")
           != (assay_database_get_version (database) == new_version ? 3 : 0))
    power_cut_lose (cut, "half a migration");
  else if (test_query_int (database, "SELECT count(*) FROM judgement") != 4
           || test_query_int (database, "SELECT count(*) FROM outbox") != 5
           || test_query_int (database, "SELECT count(*) FROM task") != 8)
    power_cut_lose (cut, "rows");
}

static void
check (PowerCut *cut, gpointer user_data)
{
  TestStore *store;

  power_cut_check_sound (cut);
  if (cut->losses->len == 0)
    check_version (cut);
  if (cut->losses->len > 0)
    return;

  store = power_cut_open (cut, &new_migrations);
  if (power_cut_count (store, "ledger", "1") != 4
      || power_cut_count (store, "task", "priority = id") != 8
      || power_cut_count (store, "draft", "active") != 2
      || power_cut_count (store, "account", "address IS NULL") != 1)
    power_cut_lose (cut, "what the migration makes");
  power_cut_close (store);
}

static void
test_cuts (void)
{
  guint n_wanted = g_strcmp0 (g_getenv ("ASSAY_TEST_LONG"), "1") == 0 ? N_CUTS_LONG : N_CUTS;
  guint n_cuts = 0, n_lost = 0;

  while (n_cuts < n_wanted)
    {
      g_autoptr (PowerRun) run = power_run_new (g_test_rand_int ());
      g_autofree char *database = g_build_filename (run->profile, "assay.db", NULL);

      version_fixture_unpack (OLD_VERSION, database);
      power_run_start (run, "migrate", GAP);
      n_cuts += power_run_check (run, check, NULL, &n_lost);
    }
  g_test_message ("%u cuts, %u with a loss", n_cuts, n_lost);
  g_assert_cmpuint (n_lost, ==, 0);
}

int
main (int argc, char *argv[])
{
  PowerVictim victim;

  new_version = assay_migrations_get_own ()->newest_version + 1;
  new_migrations.newest_version = new_version;
  if (power_victim_parse (&victim, argc, argv))
    migrate (&victim);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

  g_test_add_func ("/power-migration/cuts", test_cuts);

  return g_test_run ();
}
