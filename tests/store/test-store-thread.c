/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-store-thread.h"
#include "fault-vfs.h"
#include "store-fixture.h"

/* Opens a thread's database in a folder of its own. */
typedef struct
{
  TestFolder *folder;
  AssayStoreThread *thread;
  GMutex gate; /* held by a test that wants jobs to pile up */
} Fixture;

static gboolean
run_open (AssayJob *job, AssayDatabase *database, GError **error)
{
  Fixture *fixture = job->data;

  return assay_store_thread_open (fixture->thread, &job->rescued, error);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->folder = test_folder_new ();
  g_mutex_init (&fixture->gate);
  fixture->thread = assay_store_thread_new (fixture->folder->path, assay_migrations_get_own ());
  test_await (assay_store_thread_push (
      fixture->thread, assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_PLAIN, run_open, fixture, NULL)));
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_clear_pointer (&fixture->thread, assay_store_thread_free);
  test_drain ();
  g_clear_pointer (&fixture->folder, test_folder_free);
  g_mutex_clear (&fixture->gate);
}

static gboolean
run_wait (AssayJob *job, AssayDatabase *database, GError **error)
{
  Fixture *fixture = job->data;

  g_mutex_lock (&fixture->gate);
  g_mutex_unlock (&fixture->gate);
  return TRUE;
}

static GString *order; /* only the store's thread writes it while jobs run */

static gboolean
run_note (AssayJob *job, AssayDatabase *database, GError **error)
{
  g_string_append_c (order, GPOINTER_TO_INT (job->data));
  return TRUE;
}

static DexFuture *
push_note (Fixture *fixture, AssayJobPriority priority, char name)
{
  return assay_store_thread_push (fixture->thread,
                                  assay_job_new (priority, ASSAY_JOB_PLAIN, run_note,
                                                 GINT_TO_POINTER (name), NULL));
}

static void
test_order (Fixture *fixture, gconstpointer unused)
{
  DexFuture *futures[8];

  order = g_string_new (NULL);
  g_mutex_lock (&fixture->gate);
  futures[0] =
      assay_store_thread_push (fixture->thread, assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_PLAIN,
                                                               run_wait, fixture, NULL));
  futures[1] = push_note (fixture, ASSAY_JOB_IDLE, 'i');
  futures[2] = push_note (fixture, ASSAY_JOB_BULK, 'b');
  futures[3] = push_note (fixture, ASSAY_JOB_BULK, 'c');
  futures[4] = push_note (fixture, ASSAY_JOB_READ, 'r');
  futures[5] = push_note (fixture, ASSAY_JOB_WORK, 'v');
  futures[6] = push_note (fixture, ASSAY_JOB_WORK, 'w');
  futures[7] = push_note (fixture, ASSAY_JOB_OPEN, 'o');
  g_mutex_unlock (&fixture->gate);

  for (guint i = 0; i < G_N_ELEMENTS (futures); i++)
    test_await (futures[i]);
  g_assert_cmpstr (order->str, ==, "vworbci");
  g_string_free (order, TRUE);
}

static gboolean
run_insert (AssayJob *job, AssayDatabase *database, GError **error)
{
  AssayStatement *statement =
      assay_database_prepare (database, "INSERT INTO meta VALUES (?1, '1')", error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, job->data);
  return assay_statement_run (statement, error);
}

static gboolean
run_count (AssayJob *job, AssayDatabase *database, GError **error)
{
  g_value_init (&job->result, G_TYPE_INT64);
  g_value_set_int64 (&job->result, test_query_int (database, "SELECT count(*) FROM meta"));
  return TRUE;
}

static DexFuture *
push_insert (Fixture *fixture, const char *key)
{
  return assay_store_thread_push (fixture->thread,
                                  assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE, run_insert,
                                                 g_strdup (key), g_free));
}

static gint64
count_rows (Fixture *fixture)
{
  return test_await_int64 (assay_store_thread_push (
      fixture->thread, assay_job_new (ASSAY_JOB_READ, ASSAY_JOB_PLAIN, run_count, NULL, NULL)));
}

static void
test_transaction (Fixture *fixture, gconstpointer unused)
{
  test_await (push_insert (fixture, "a"));
  test_await_error (push_insert (fixture, "a"), ASSAY_STORE_ERROR_CONFLICT);
  test_await (push_insert (fixture, "b"));
  g_assert_cmpint (count_rows (fixture), ==, 2);
}

/* Dropping the future of a write must not drop the write. */
static void
test_dropped_write (Fixture *fixture, gconstpointer unused)
{
  dex_unref (push_insert (fixture, "a"));
  g_assert_cmpint (count_rows (fixture), ==, 1);
}

static DexFuture *
pass_on (DexFuture *future, gpointer user_data)
{
  return dex_ref (future);
}

/* A list that nobody waits for any more is not read. */
static void
test_dropped_read (Fixture *fixture, gconstpointer unused)
{
  DexFuture *waiting, *dropped, *last;

  order = g_string_new (NULL);
  g_mutex_lock (&fixture->gate);
  waiting =
      assay_store_thread_push (fixture->thread, assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_PLAIN,
                                                               run_wait, fixture, NULL));
  dropped = dex_future_then (push_note (fixture, ASSAY_JOB_READ, 'x'), pass_on, NULL, NULL);
  last = push_note (fixture, ASSAY_JOB_READ, 'y');
  dex_clear (&dropped);
  g_mutex_unlock (&fixture->gate);

  test_await (waiting);
  test_await (last);
  g_assert_cmpstr (order->str, ==, "y");
  g_string_free (order, TRUE);
}

static int n_endless_runs;

/* Counts for ever until something else waits; the second time it is quick. */
static gboolean
run_endless (AssayJob *job, AssayDatabase *database, GError **error)
{
  if (g_atomic_int_add (&n_endless_runs, 1) > 0)
    return TRUE;
  return assay_database_execute (
      database,
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max (i) FROM n",
      error);
}

static void
test_upkeep_gives_way (Fixture *fixture, gconstpointer unused)
{
  DexFuture *upkeep =
      assay_store_thread_push (fixture->thread, assay_job_new (ASSAY_JOB_IDLE, ASSAY_JOB_PLAIN,
                                                               run_endless, NULL, NULL));

  /* Would hang if it did not. */
  while (g_atomic_int_get (&n_endless_runs) == 0)
    g_thread_yield ();
  test_await (push_insert (fixture, "a"));
  test_await (upkeep);
  g_assert_cmpint (g_atomic_int_get (&n_endless_runs), ==, 2);
}

/* However long a list takes, what a person made does not wait for it. */
static void
test_list_gives_way (Fixture *fixture, gconstpointer unused)
{
  DexFuture *list;

  g_atomic_int_set (&n_endless_runs, 0);
  list = assay_store_thread_push (fixture->thread, assay_job_new (ASSAY_JOB_READ, ASSAY_JOB_PLAIN,
                                                                  run_endless, NULL, NULL));
  /* Would hang if it did not. */
  while (g_atomic_int_get (&n_endless_runs) == 0)
    g_thread_yield ();
  test_await (push_insert (fixture, "a"));
  test_await (list);
  g_assert_cmpint (g_atomic_int_get (&n_endless_runs), ==, 2);
}

static void
test_failed_disk (Fixture *fixture, gconstpointer kind)
{
  test_await (push_insert (fixture, "a"));

  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*failed and is opened again*");
  fault_vfs_arm (GPOINTER_TO_INT (kind), 1);
  test_await_error (push_insert (fixture, "b"), ASSAY_STORE_ERROR_IO);
  g_assert_true (fault_vfs_struck ());

  /* The next one waits for the connection to be opened anew. */
  test_await (push_insert (fixture, "c"));
  g_test_assert_expected_messages ();
  /* Whether "b" reached the disk is not known; that it was not promised is. */
  g_assert_cmpint (count_rows (fixture), >=, 2);
}

static gboolean
run_copy (AssayJob *job, AssayDatabase *database, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("VACUUM INTO '%s.rescued'", (const char *) job->data);

  return assay_database_execute (database, sql, error);
}

/* The store of a rescue that could not be put in place, and whose program went on. */
static void
test_rescue_in_waiting (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = test_folder_file (fixture->folder, "assay.db");
  g_autofree char *rescued = g_strconcat (path, ".rescued", NULL);

  test_await (push_insert (fixture, "a"));
  test_await (assay_store_thread_push (
      fixture->thread, assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_PLAIN, run_copy, path, NULL)));
  test_await (push_insert (fixture, "not rescued"));

  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*failed and is opened again*");
  fault_vfs_arm (FAULT_SYNC, 1);
  test_await_error (push_insert (fixture, "b"), ASSAY_STORE_ERROR_IO);
  test_await (push_insert (fixture, "c"));
  g_test_assert_expected_messages ();
  /* What is written is written to the store that will be there at the next start. */
  g_assert_false (g_file_test (rescued, G_FILE_TEST_EXISTS));
  g_assert_cmpint (count_rows (fixture), ==, 2);
}

static void
test_after_close (Fixture *fixture, gconstpointer unused)
{
  DexFuture *late;

  order = g_string_new (NULL);
  g_mutex_lock (&fixture->gate);
  dex_unref (assay_store_thread_push (
      fixture->thread, assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_PLAIN, run_wait, fixture, NULL)));
  late = push_note (fixture, ASSAY_JOB_READ, 'x');
  g_mutex_unlock (&fixture->gate);

  g_clear_pointer (&fixture->thread, assay_store_thread_free);
  /* Either it came in time or it was told. */
  while (dex_future_is_pending (late))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (order->len == 1 || dex_future_is_rejected (late));
  dex_unref (late);
  g_string_free (order, TRUE);
}

static void
test_second_process (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (assay_profile_folder_open (fixture->folder->path, &error));
  g_assert_error (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, fixture->folder->path));

  g_clear_pointer (&fixture->thread, assay_store_thread_free);
  g_clear_error (&error);
  assay_profile_folder_free (assay_profile_folder_open (fixture->folder->path, &error));
  g_assert_no_error (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();
  fault_vfs_install ();

#define ADD(name, data, function)                                                                  \
  g_test_add ("/store-thread/" name, Fixture, data, set_up, function, tear_down)
  ADD ("order", NULL, test_order);
  ADD ("transaction", NULL, test_transaction);
  ADD ("dropped-write", NULL, test_dropped_write);
  ADD ("dropped-read", NULL, test_dropped_read);
  ADD ("upkeep-gives-way", NULL, test_upkeep_gives_way);
  ADD ("list-gives-way", NULL, test_list_gives_way);
  ADD ("failed-sync", GINT_TO_POINTER (FAULT_SYNC), test_failed_disk);
  ADD ("failed-write", GINT_TO_POINTER (FAULT_WRITE), test_failed_disk);
  ADD ("rescue-in-waiting", NULL, test_rescue_in_waiting);
  ADD ("after-close", NULL, test_after_close);
  ADD ("second-process", NULL, test_second_process);
#undef ADD

  return g_test_run ();
}
