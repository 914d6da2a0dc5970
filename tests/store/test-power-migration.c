/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "power-disk.h"
#include "power-run.h"

/* The power is cut in the middle of a migration. What is left is of the one version or of the
 * other, whole; and the other follows. */

/* A version that no release has, above the one that is stored. */
#define NEW_VERSION 2
#define N_CUTS 50
#define N_CUTS_LONG 500
#define GAP 4

static GBytes *
load_step (int version, GError **error)
{
  static const char second[] =
      "CREATE TABLE ledger (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;"
      "INSERT INTO ledger SELECT task, body FROM judgement;"
      "ALTER TABLE task ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;"
      "UPDATE task SET priority = id;";

  if (version < NEW_VERSION)
    return assay_migrations_get_own ()->load (version, error);
  return g_bytes_new_static (second, strlen (second));
}

static const AssayMigrations new_migrations = { NEW_VERSION, load_step };

static void G_GNUC_NORETURN
migrate (const PowerVictim *victim)
{
  g_autoptr (AssayStore) store = NULL;

  power_victim_begin (victim);
  store = test_await_object (_assay_store_open_with (victim->folder, &new_migrations));
  power_disk_end ();
}

/* A store of the released version, with work in every state. */
static void
fill (const char *folder)
{
  g_autoptr (AssayOutboxItem) sent = NULL;
  g_autoptr (AssayOutboxItem) waiting = NULL;
  g_autoptr (AssayOpenTask) open = NULL;
  TestFolder profile = { (char *) folder };
  TestStore test = { .folder = &profile };

  test.project = assay_project_new ("files", "p", "Project");
  test_store_open (&test);
  test_await (assay_store_ensure_account (test.store, "files", "files", "Files"));
  test_await (assay_store_save_project (test.store, test.project));
  test_store_add_many (&test, 100);
  open = test_store_load (&test, 1);
  assay_judgement_set_rationale (assay_open_task_get_judgement (open), "A draft.");
  test_store_save (&test, 1, assay_open_task_get_judgement (open));
  sent = test_store_submit (&test, 2, "Sent.", 0);
  test_store_deliver (&test, sent, ASSAY_OUTBOX_ACCEPTED);
  waiting = test_store_submit (&test, 3, "Waiting.", 0);
  test_store_close (&test);
  g_object_unref (test.project);
}

static void
check_version (PowerCut *cut)
{
  g_autofree char *path = test_folder_file (&cut->folder, "assay.db");
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayDatabase) database = assay_database_open (path, FALSE, NEW_VERSION, &error);

  g_assert_no_error (error);
  if (assay_database_get_version (database) == 0)
    power_cut_lose (cut, "the whole file");
  else if (test_query_int (database, "SELECT count(*) FROM sqlite_schema WHERE name = 'ledger'")
           != (assay_database_get_version (database) == NEW_VERSION))
    power_cut_lose (cut, "half a migration");
  else if (test_query_int (database, "SELECT count(*) FROM judgement") != 2
           || test_query_int (database, "SELECT count(*) FROM outbox") != 2
           || test_query_int (database, "SELECT count(*) FROM task") != 100)
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
  if (power_cut_count (store, "ledger", "1") != 2
      || power_cut_count (store, "task", "priority = id") != 100
      || power_cut_count (store, "draft", "active") != 1)
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

      fill (run->profile);
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

  if (power_victim_parse (&victim, argc, argv))
    migrate (&victim);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

  g_test_add_func ("/power-migration/cuts", test_cuts);

  return g_test_run ();
}
