/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "power-disk.h"
#include "power-run.h"

/* The power is cut while a damaged store is rescued. Opened again, it is rescued all the same, with
 * everything that could be read before, and the damaged files are kept. */

#define N_RUNS 3
#define N_RUNS_LONG 30
#define GAP 40
#define N_TASKS 400

typedef enum
{
  DAMAGE_INDEX,           /* every row can still be read */
  DAMAGE_HEADER,          /* nothing can be read: the copy and the spool */
  DAMAGE_HEADER_WITH_LOG, /* nothing can be read without the log, which has the newest */
} Damage;

typedef struct
{
  TestFolder *folder;
  Damage damage;
  AssayOutboxItem *before;    /* submitted before the copy was made, and accepted after it */
  AssayOutboxItem *withdrawn; /* submitted before, taken back after */
  AssayOutboxItem *after;     /* submitted after */
} Specimen;

static void G_GNUC_NORETURN
rescue (const PowerVictim *victim)
{
  g_autoptr (AssayStore) store = NULL;

  power_victim_begin (victim);
  /* What goes wrong goes wrong between them. */
  power_disk_cut_at_names ();
  store = test_await_object (assay_store_open (victim->folder));
  while (G_OBJECT (store)->ref_count > 1)
    g_main_context_iteration (NULL, TRUE);
  power_disk_end ();
}

static void
copy_tree (const char *from, const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  g_mkdir (to, 0700);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *contents = NULL;
      g_autoptr (GError) error = NULL;
      gsize size;

      if (g_file_test (source, G_FILE_TEST_IS_DIR))
        {
          copy_tree (source, target);
          continue;
        }
      if (g_str_has_suffix (name, "-shm"))
        continue;
      g_file_get_contents (source, &contents, &size, &error);
      g_assert_no_error (error);
      g_file_set_contents (target, contents, size, &error);
      g_assert_no_error (error);
    }
}

static void
specimen_init (Specimen *self, Damage damage)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autofree char *path = NULL;
  gint64 page, page_size;

  self->damage = damage;
  self->folder = test_folder_new ();
  path = test_folder_file (self->folder, "assay.db");
  test_store_add_many (test, N_TASKS);
  test_store_write (test, 1, "In the copy.");
  self->before = test_store_submit (test, 2, "Sent before the copy.", 0);
  self->withdrawn = test_store_submit (test, 4, "Taken back.", 0);
  g_free (test_await_string (assay_store_back_up (test->store)));

  /* From here on only in the log. */
  test_store_close (test);
  test_store_open (test);
  test_store_wait_for_upkeep (test);
  test_store_write (test, 1, "Newer than the copy.");
  test_store_deliver (test, self->before, ASSAY_OUTBOX_ACCEPTED);
  test_await (
      assay_store_withdraw (test->store, assay_outbox_item_get_submission (self->withdrawn)));
  self->after = test_store_submit (test, 3, "Sent after the copy.", 0);
  /* The file grows, so that the log has its first page. */
  for (gint64 row = 10; row < 40; row++)
    {
      g_autofree char *text = g_strnfill (3000, 'x');

      test_store_write (test, row, text);
    }
  page =
      test_store_query_int (test, "SELECT rootpage FROM sqlite_schema WHERE name = 'task_order'");
  page_size = test_store_query_int (test, "PRAGMA page_size");
  test_store_execute (test, "UPDATE meta SET value = 0 WHERE key = 'checked_at'");

  if (damage != DAMAGE_HEADER_WITH_LOG)
    test_store_close (test);
  copy_tree (test->folder->path, self->folder->path);
  if (damage == DAMAGE_INDEX)
    test_file_overwrite (path, (page - 1) * page_size + 8, 8);
  else
    test_file_overwrite (path, 0, 4096);
}

static void
specimen_clear (Specimen *self)
{
  test_folder_free (self->folder);
  g_object_unref (self->before);
  g_object_unref (self->withdrawn);
  g_object_unref (self->after);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Specimen, specimen_clear)

static void
check_rationale (PowerCut *cut, TestStore *store, gint64 row, const char *text)
{
  g_autoptr (AssayOpenTask) open = test_store_load (store, row);
  const char *rationale = assay_judgement_get_rationale (assay_open_task_get_judgement (open));

  if (!g_str_equal (rationale, text))
    power_cut_lose (cut, "row %d has “%s”, not “%s”", (int) row, rationale, text);
}

static void
check_state (PowerCut *cut, TestStore *store, AssayOutboxItem *item, const char *state)
{
  if (power_cut_count (store, "outbox", "submission = '%s' AND state = '%s'",
                       assay_outbox_item_get_submission (item), state)
      != 1)
    power_cut_lose (cut, "a submission is not there or not “%s”", state);
}

/* One of them has the whole of it; others may be of rescues that were cut off. */
static void
check_kept (PowerCut *cut)
{
  g_autofree char *damaged = test_folder_file (&cut->folder, "damaged");
  g_autoptr (GDir) dir = g_dir_open (damaged, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (damaged, name, "assay.db", NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return;
    }
  power_cut_lose (cut, "the damaged file is not kept");
}

static void
check (PowerCut *cut, gpointer user_data)
{
  Specimen *specimen = user_data;
  gboolean has_rows = specimen->damage != DAMAGE_HEADER;
  TestStore *store = power_cut_open (cut, NULL);
  g_autofree char *found = test_await_string (assay_store_check (store->store));

  if (!g_str_equal (found, "ok"))
    power_cut_lose (cut, "the rescued file is damaged: %s", found);
  if (power_cut_count (store, "task", "1") != N_TASKS
      || power_cut_count (store, "search_task", "1") != N_TASKS)
    power_cut_lose (cut, "tasks");
  check_rationale (cut, store, 1, has_rows ? "Newer than the copy." : "In the copy.");
  check_rationale (cut, store, 3, "Sent after the copy.");
  check_state (cut, store, specimen->before, has_rows ? "accepted" : "unknown");
  /* Its rescue copy was removed when it was taken back. */
  check_state (cut, store, specimen->withdrawn, has_rows ? "withdrawn" : "unknown");
  check_state (cut, store, specimen->after, has_rows ? "queued" : "unknown");
  check_kept (cut);
  power_cut_close (store);
}

static void
test_cuts (gconstpointer data)
{
  guint n_runs = g_strcmp0 (g_getenv ("ASSAY_TEST_LONG"), "1") == 0 ? N_RUNS_LONG : N_RUNS;
  g_auto (Specimen) specimen = { 0 };
  guint n_cuts = 0, n_lost = 0;

  specimen_init (&specimen, GPOINTER_TO_INT (data));
  for (guint i = 0; i < n_runs; i++)
    {
      g_autoptr (PowerRun) run = power_run_new (g_test_rand_int ());

      copy_tree (specimen.folder->path, run->profile);
      power_run_start (run, "rescue", GAP);
      n_cuts += power_run_check (run, check, &specimen, &n_lost);
    }
  g_test_message ("%u cuts, %u with a loss", n_cuts, n_lost);
  g_assert_cmpuint (n_lost, ==, 0);
}

/* Each rescue is a warning in the log. */
static void
ignore_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
}

int
main (int argc, char *argv[])
{
  PowerVictim victim;

  if (power_victim_parse (&victim, argc, argv))
    rescue (&victim);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_log_set_handler ("Assay", G_LOG_LEVEL_WARNING, ignore_cb, NULL);

  g_test_add_data_func ("/power-rescue/index", GINT_TO_POINTER (DAMAGE_INDEX), test_cuts);
  g_test_add_data_func ("/power-rescue/header", GINT_TO_POINTER (DAMAGE_HEADER), test_cuts);
  g_test_add_data_func ("/power-rescue/header-with-log", GINT_TO_POINTER (DAMAGE_HEADER_WITH_LOG),
                        test_cuts);

  return g_test_run ();
}
