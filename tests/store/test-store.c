/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "assay-draft-keeper.h"
#include "store-fixture.h"

static void
test_open_and_close (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_folder_file (folder, "a/b");
  g_autoptr (AssayStore) store = test_await_object (assay_store_open (path));
  g_autofree char *found = NULL;
  struct stat info;

  g_assert_cmpstr (assay_store_get_folder (store), ==, path);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  found = test_await_string (assay_store_check (store));
  g_assert_cmpstr (found, ==, "ok");

  test_await (assay_store_close (store));
  test_await (assay_store_close (store));
  test_await_error (assay_store_list_projects (store), ASSAY_STORE_ERROR_CLOSED);

  /* Nothing but the database itself is left: the log is in it. */
  {
    g_autofree char *log = g_build_filename (path, "assay.db-wal", NULL);

    g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  }
}

static void
test_close_finishes (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autofree char *value = NULL;

  /* Called before and answered after. */
  dex_unref (assay_store_set_value (test->store, "key", "1"));
  test_store_close (test);
  test_store_open (test);
  value = test_await_string (assay_store_get_value (test->store, "key"));
  g_assert_cmpstr (value, ==, "1");
}

static void
test_default_folder (void)
{
  g_autofree char *normal = NULL;
  g_autofree char *profile = NULL;

  g_unsetenv ("ASSAY_PROFILE");
  normal = assay_store_dup_default_folder ();
  g_assert_true (g_str_has_prefix (normal, g_get_user_data_dir ()));
  g_setenv ("ASSAY_PROFILE", "/somewhere/else", TRUE);
  profile = assay_store_dup_default_folder ();
  g_assert_cmpstr (profile, ==, "/somewhere/else");
  g_unsetenv ("ASSAY_PROFILE");
}

static void
test_busy (void)
{
  g_autoptr (TestStore) test = test_store_new ();

  test_await_error (assay_store_open (test->folder->path), ASSAY_STORE_ERROR_BUSY);
  test_store_close (test);
  test_store_open (test);
}

static void
test_cannot_be_written (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *file = test_folder_file (folder, "file");
  g_autofree char *below = g_build_filename (file, "profile", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "x", -1, &error));
  test_await_error (assay_store_open (below), ASSAY_STORE_ERROR_READ_ONLY);
}

static void
test_damaged (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_folder_file (folder, "assay.db");
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "short", -1, &error));
  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*damaged*");
  g_object_unref (test_await_object (assay_store_open (folder->path)));
  g_test_assert_expected_messages ();
}

static void
test_newer (void)
{
  g_autoptr (TestStore) test = test_store_new ();

  test_store_execute (test, "PRAGMA user_version = 1000");
  test_store_close (test);
  test_await_error (assay_store_open (test->folder->path), ASSAY_STORE_ERROR_NEWER);
}

static void
count_cb (gpointer object, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_projects (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (GPtrArray) projects = NULL;
  g_autoptr (AssayProject) other = assay_project_new ("files", "q", "another");
  g_autoptr (AssayProject) renamed = assay_project_new ("files", "p", "Renamed");
  g_autoptr (AssayProject) homeless = assay_project_new ("nobody", "p", "Homeless");
  JsonObject *settings = json_object_new ();
  gint64 id = assay_project_get_id (test->project);
  guint n_changes = 0;

  g_signal_connect (test->store, "projects-changed", G_CALLBACK (count_cb), &n_changes);

  json_object_set_boolean_member (settings, "spelling", TRUE);
  assay_project_set_settings (renamed, settings);
  json_object_unref (settings);
  g_assert_cmpint (test_await_int64 (assay_store_save_project (test->store, renamed)), ==, id);
  g_assert_cmpint (assay_project_get_id (renamed), ==, id);
  test_await (assay_store_save_project (test->store, other));
  g_assert_cmpuint (n_changes, ==, 2);
  test_await_error (assay_store_save_project (test->store, homeless), ASSAY_STORE_ERROR_NOT_FOUND);
  g_assert_cmpuint (n_changes, ==, 2);

  test_store_add_many (test, 3);
  projects = test_await_boxed (assay_store_list_projects (test->store));
  g_assert_cmpuint (projects->len, ==, 2);
  g_assert_cmpstr (assay_project_get_title (projects->pdata[0]), ==, "another");
  g_assert_cmpstr (assay_project_get_title (projects->pdata[1]), ==, "Renamed");
  g_assert_cmpuint (assay_project_get_n_tasks (projects->pdata[0]), ==, 0);
  g_assert_cmpuint (assay_project_get_n_tasks (projects->pdata[1]), ==, 3);
  g_assert_true (
      json_object_get_boolean_member (assay_project_get_settings (projects->pdata[1]), "spelling"));
}

static void
test_remove_project (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayProject) next = assay_project_new ("files", "next", "Next");
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (AssayOpenTask) open = NULL;
  g_autofree char *submission = NULL;
  gint64 id = assay_project_get_id (test->project);
  gint64 row;

  test_store_add_many (test, 3);
  row = test_store_first_row (test);
  open = test_store_load (test, row + 1);
  assay_judgement_set_rationale (assay_open_task_get_judgement (open), "A draft.");
  test_store_save (test, row + 1, assay_open_task_get_judgement (open));
  item = test_store_submit (test, row, "Because.", 0);
  submission = g_strdup (assay_outbox_item_get_submission (item));

  test_await_error (assay_store_remove_project (test->store, id), ASSAY_STORE_ERROR_CONFLICT);
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM task"), ==, 3);
  test_store_deliver (test, item, ASSAY_OUTBOX_ACCEPTED);

  test_await (assay_store_remove_project (test->store, id));
  g_assert_false (test_store_has_spool (test, submission));
  g_assert_cmpint (test_store_query_int (
                       test,
                       "SELECT (SELECT count(*) FROM task) + (SELECT count(*) FROM task_content)"
                       " + (SELECT count(*) FROM draft) + (SELECT count(*) FROM judgement)"
                       " + (SELECT count(*) FROM outbox) + (SELECT count(*) FROM attempt)"
                       " + (SELECT count(*) FROM search_stale) + (SELECT count(*) FROM form)"),
                   ==, 0);
  g_assert_cmpint (test_store_query_int (
                       test, "SELECT count(*) FROM search_task WHERE search_task MATCH 'question'"),
                   ==, 0);
  test_await_error (assay_store_remove_project (test->store, id), ASSAY_STORE_ERROR_NOT_FOUND);

  /* What is still open somewhere, or was left in the spool, is not of the tasks that come next. */
  g_set_object (&test->project, next);
  g_assert_cmpint (test_await_int64 (assay_store_save_project (test->store, next)), >, id);
  test_store_add_many (test, 3);
  g_assert_cmpint (test_store_first_row (test), >, row + 2);
  g_assert_cmpint (test_store_get_state (test, test_store_first_row (test)), ==, ASSAY_TASK_READY);
}

static void
test_guidelines (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayGuideline) first = assay_guideline_new ("g", 1, "Rules", "# One");
  g_autoptr (AssayGuideline) second = assay_guideline_new ("g", 2, "Rules", "# Two");
  g_autoptr (AssayGuideline) newest = NULL;
  g_autoptr (AssayGuideline) oldest = NULL;
  g_autoptr (AssayTask) bound =
      test_task_new_with ("bound", "\"guideline\":{\"id\":\"g\",\"version\":1},");
  g_autoptr (AssayTask) unbound = test_task_new ("unbound", "p", "a", "b");
  g_autoptr (AssayOpenTask) open_bound = NULL;
  g_autoptr (AssayOpenTask) open_unbound = NULL;
  gint64 id = assay_project_get_id (test->project);

  test_await (assay_store_save_guideline (test->store, id, first));
  test_await (assay_store_save_guideline (test->store, id, second));
  test_await_error (assay_store_save_guideline (test->store, id + 100, second),
                    ASSAY_STORE_ERROR_NOT_FOUND);

  newest = test_await_object (assay_store_load_guideline (test->store, "g", 0));
  g_assert_cmpint (assay_guideline_get_version (newest), ==, 2);
  g_assert_cmpstr (assay_guideline_get_text (newest), ==, "# Two");
  oldest = test_await_object (assay_store_load_guideline (test->store, "g", 1));
  g_assert_cmpstr (assay_guideline_get_sha256 (oldest), ==, assay_guideline_get_sha256 (first));
  test_await_error (assay_store_load_guideline (test->store, "g", 3), ASSAY_STORE_ERROR_NOT_FOUND);
  test_await_error (assay_store_load_guideline (test->store, "h", 0), ASSAY_STORE_ERROR_NOT_FOUND);

  /* A task that names its version has that one, the others have the one in force. */
  open_bound = test_store_load (test, test_store_add (test, bound));
  open_unbound = test_store_load (test, test_store_add (test, unbound));
  g_assert_cmpint (assay_guideline_get_version (assay_open_task_get_guideline (open_bound)), ==, 1);
  g_assert_cmpint (assay_guideline_get_version (assay_open_task_get_guideline (open_unbound)), ==,
                   2);
}

static void
test_values (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autofree char *value = NULL;

  test_await_error (assay_store_get_value (test->store, "key"), ASSAY_STORE_ERROR_NOT_FOUND);
  test_await (assay_store_set_value (test->store, "key", "{\"a\":1}"));
  test_await (assay_store_set_value (test->store, "key", "{\"a\":2}"));
  value = test_await_string (assay_store_get_value (test->store, "key"));
  g_assert_cmpstr (value, ==, "{\"a\":2}");
}

static void
test_back_up (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autofree char *path = NULL;
  g_autoptr (AssayDatabase) copy = NULL;
  g_autoptr (GError) error = NULL;
  struct stat info;

  test_store_add_many (test, 5);
  path = test_await_string (assay_store_back_up (test->store));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  copy = assay_database_open (path, FALSE, assay_migrations_get_own ()->newest_version, &error);
  g_assert_no_error (error);
  g_assert_cmpint (test_query_int (copy, "SELECT count(*) FROM task"), ==, 5);
  /* The index goes along. */
  g_assert_cmpint (
      test_query_int (copy, "SELECT count(*) FROM search_task WHERE search_task MATCH 'number3'"),
      ==, 1);
}

static guint
count_backups (TestStore *test)
{
  g_autofree char *path = test_folder_file (test->folder, "backup");
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_daily_backup (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOpenTask) open = NULL;
  gint64 row, before;

  test_store_add_many (test, 1);
  test_store_close (test);

  /* Nothing that a person made: nothing to keep. */
  test_store_open (test);
  test_store_wait_for_upkeep (test);
  g_assert_cmpuint (count_backups (test), ==, 0);

  row = test_store_first_row (test);
  open = test_store_load (test, row);
  assay_judgement_set_rationale (assay_open_task_get_judgement (open), "Mine.");
  test_store_save (test, row, assay_open_task_get_judgement (open));
  test_store_drop (test);
  g_assert_cmpuint (count_backups (test), ==, 0);

  test_store_open (test);
  test_store_wait_for_upkeep (test);
  g_assert_cmpuint (count_backups (test), ==, 1);
  /* Not twice on one day. */
  assay_judgement_set_rationale (assay_open_task_get_judgement (open), "Mine, changed.");
  test_store_save (test, row, assay_open_task_get_judgement (open));
  test_store_close (test);
  test_store_open (test);
  test_store_wait_for_upkeep (test);
  g_assert_cmpuint (count_backups (test), ==, 1);

  /* The day after, as the store sees it; the calendar does not, so the older one of today goes. */
  test_store_execute (test,
                      "UPDATE meta SET value = value - 90000000000 WHERE key = 'backed_up_at'");
  before = g_get_real_time ();
  test_store_close (test);
  test_store_open (test);
  test_store_wait_for_upkeep (test);
  g_assert_cmpuint (count_backups (test), ==, 1);
  g_assert_cmpint (test_store_query_int (test, "SELECT value FROM meta WHERE key = 'backed_up_at'"),
                   >=, before);
}

/* The only copy there is. (transfer full) (nullable) */
static char *
find_backup (TestStore *test)
{
  g_autofree char *path = test_folder_file (test->folder, "backup");
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name = dir != NULL ? g_dir_read_name (dir) : NULL;

  return name != NULL ? g_build_filename (path, name, NULL) : NULL;
}

/* One number from the only copy there is. */
static gint64
count_in_backup (TestStore *test, const char *sql)
{
  g_autofree char *path = find_backup (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayDatabase) copy = NULL;

  g_assert_nonnull (path);
  copy = assay_database_open (path, FALSE, assay_migrations_get_own ()->newest_version, &error);
  g_assert_no_error (error);
  return test_query_int (copy, sql);
}

/* Whoever begins today does not wait for a copy until the next round of upkeep. */
static void
test_first_copy (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) first = NULL;
  g_autoptr (AssayOutboxItem) second = NULL;
  gint64 row;

  test_store_add_many (test, 2);
  row = test_store_first_row (test);
  test_store_wait_for_upkeep (test);
  /* There is nothing that cannot be had again. */
  g_assert_cmpuint (count_backups (test), ==, 0);

  first = test_store_submit (test, row, "The first.", 0);
  test_store_wait_for_upkeep (test);
  g_assert_cmpuint (count_backups (test), ==, 1);

  /* That was the copy of today. */
  second = test_store_submit (test, row + 1, "The second.", 0);
  test_store_wait_for_upkeep (test);
  g_assert_cmpuint (count_backups (test), ==, 1);

  g_assert_cmpint (
      count_in_backup (test, "SELECT count(*) FROM judgement WHERE rationale = 'The first.'"), ==,
      1);
}

/* What is submitted while upkeep goes on is not overlooked. */
static void
test_first_copy_meanwhile (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;

  test_store_add_many (test, 1);
  test_store_close (test);
  test->store = test_await_object (assay_store_open (test->folder->path));
  item = test_store_submit (test, test_store_first_row (test), "At once.", 0);
  test_store_wait_for_upkeep (test);
  g_assert_cmpuint (count_backups (test), ==, 1);
}

#define COUNT_DRAFTS(text)                                                                         \
  "SELECT count(*) FROM draft WHERE json_extract (body, '$.rationale') = '" text "'"

/* A draft is copied when its task is left, whole, and not while it is written. */
static void
test_first_copy_of_draft (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOpenTask) open = NULL;
  AssayDraftKeeper *keeper;
  AssayJudgement *judgement;
  gint64 row;

  test_store_add_many (test, 2);
  row = test_store_first_row (test);
  test_store_wait_for_upkeep (test);
  test_store_write (test, row, "The fir");
  test_store_wait_for_upkeep (test);
  g_assert_cmpuint (count_backups (test), ==, 0);

  /* Looked at and left: nothing new. */
  open = test_store_load (test, row + 1);
  keeper = assay_draft_keeper_new (test->store, row + 1, assay_open_task_get_judgement (open));
  test_await (assay_draft_keeper_flush (keeper));
  g_assert_finalize_object (keeper);
  test_store_wait_for_upkeep (test);
  g_assert_cmpuint (count_backups (test), ==, 0);

  g_clear_object (&open);
  open = test_store_load (test, row);
  judgement = assay_open_task_get_judgement (open);
  keeper = assay_draft_keeper_new (test->store, row, judgement);
  assay_judgement_set_rationale (judgement, "The first.");
  test_await (assay_draft_keeper_flush (keeper));
  g_assert_finalize_object (keeper);
  test_store_wait_for_upkeep (test);
  g_assert_cmpuint (count_backups (test), ==, 1);
  g_assert_cmpint (count_in_backup (test, COUNT_DRAFTS ("The first.")), ==, 1);

  /* That was the copy of today. */
  test_store_write (test, row, "The first, and more.");
  test_store_close (test);
  g_assert_cmpuint (count_backups (test), ==, 1);
  g_assert_cmpint (count_in_backup (test, COUNT_DRAFTS ("The first.")), ==, 1);
}

/* Whoever drops a keeper without a flush has a copy of the last word too. */
static void
test_first_copy_unflushed (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOpenTask) open = NULL;
  AssayDraftKeeper *keeper;
  gint64 row;

  test_store_add_many (test, 1);
  row = test_store_first_row (test);
  test_store_wait_for_upkeep (test);
  open = test_store_load (test, row);
  keeper = assay_draft_keeper_new (test->store, row, assay_open_task_get_judgement (open));
  assay_judgement_set_rationale (assay_open_task_get_judgement (open), "Dropped.");
  g_assert_finalize_object (keeper);
  test_store_wait_for_upkeep (test);
  g_assert_cmpint (count_in_backup (test, COUNT_DRAFTS ("Dropped.")), ==, 1);
}

/* A task that is open until the end is not left before. */
static void
test_first_copy_at_close (void)
{
  g_autoptr (TestStore) test = test_store_new ();

  test_store_add_many (test, 1);
  test_store_wait_for_upkeep (test);
  test_store_close (test);
  g_assert_cmpuint (count_backups (test), ==, 0);

  test_store_open (test);
  test_store_wait_for_upkeep (test);
  test_store_write (test, test_store_first_row (test), "Until the end.");
  test_store_close (test);
  g_assert_cmpuint (count_backups (test), ==, 1);
  g_assert_cmpint (count_in_backup (test, COUNT_DRAFTS ("Until the end.")), ==, 1);
}

/* That no copy can be made keeps nobody from closing. */
static void
test_no_copy_at_close (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autofree char *path = test_folder_file (test->folder, "backup");

  test_store_add_many (test, 1);
  test_store_wait_for_upkeep (test);
  test_store_write (test, test_store_first_row (test), "Mine.");
  g_assert_true (g_file_set_contents (path, "In the way.", -1, NULL));
  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*daily copy*");
  test_store_close (test);
  g_test_assert_expected_messages ();

  g_assert_cmpint (g_unlink (path), ==, 0);
  test_store_open (test);
  test_store_wait_for_upkeep (test);
  g_assert_cmpint (count_in_backup (test, COUNT_DRAFTS ("Mine.")), ==, 1);
}

static gint64
checked_at (TestStore *test)
{
  return test_store_query_int (
      test, "SELECT COALESCE ((SELECT value FROM meta WHERE key = 'checked_at'), 0)");
}

static void
test_check_after_crash (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  gint64 first, second;

  test_store_wait_for_upkeep (test);
  first = checked_at (test);
  g_assert_cmpint (first, >, 0);

  test_store_close (test);
  test_store_open (test);
  test_store_wait_for_upkeep (test);
  g_assert_cmpint (checked_at (test), ==, first);

  test_store_drop (test);
  test_store_open (test);
  test_store_wait_for_upkeep (test);
  second = checked_at (test);
  g_assert_cmpint (second, >, first);
}

typedef struct
{
  AssayStore *store;
  int n_interruptions;
} Interrupter;

static gboolean
run_nothing (AssayJob *job, AssayDatabase *database, GError **error)
{
  return TRUE;
}

static gboolean
request_cb (gpointer user_data)
{
  Interrupter *self = user_data;

  dex_future_disown (_assay_store_push (self->store, assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_PLAIN,
                                                                    run_nothing, NULL, NULL)));
  g_atomic_int_inc (&self->n_interruptions);
  return G_SOURCE_REMOVE;
}

/* A person's request comes as soon as a check begins, and the check waits for it, so that it never
 * comes too late. */
static int
interrupt_cb (unsigned int type, gpointer user_data, gpointer statement, gpointer sql)
{
  Interrupter *self = user_data;
  int n = g_atomic_int_get (&self->n_interruptions);

  if (strstr (sql, "_check") == NULL)
    return 0;
  /* g_main_context_invoke() would run it here while nobody iterates the context. */
  g_idle_add_full (G_PRIORITY_HIGH, request_cb, self, NULL);
  while (g_atomic_int_get (&self->n_interruptions) == n)
    g_thread_yield ();
  return 0;
}

/* A NULL interrupter ends it. */
static gboolean
run_watch (AssayJob *job, AssayDatabase *database, GError **error)
{
  sqlite3_trace_v2 (assay_database_get_handle (database), job->data != NULL ? SQLITE_TRACE_STMT : 0,
                    job->data != NULL ? interrupt_cb : NULL, job->data);
  return TRUE;
}

static void
watch (TestStore *test, Interrupter *interrupter)
{
  test_await (_assay_store_push (test->store, assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_PLAIN,
                                                             run_watch, interrupter, NULL)));
}

/* Until upkeep has come to an end and says when it comes again. Nothing is asked of the store
 * meanwhile: that would stop it. */
static GSource *
wait_for_timer (TestStore *test)
{
  for (;;)
    {
      GSource *source = g_main_context_find_source_by_user_data (NULL, test->store);

      /* What begins it at first, or is due, tells nothing. */
      if (source != NULL && g_source_get_ready_time (source) > 0)
        return source;
      g_main_context_iteration (NULL, TRUE);
    }
}

/* Upkeep that always gave way comes again, and not only after hours. */
static void
test_upkeep_comes_again (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  Interrupter interrupter = { 0 };
  GSource *source;
  gint64 last;

  test_store_add_many (test, 2000);
  test_store_wait_for_upkeep (test);
  last = checked_at (test);
  test_store_drop (test);
  test_store_open (test);
  interrupter.store = test->store;
  watch (test, &interrupter);

  source = wait_for_timer (test);
  g_assert_cmpint (g_atomic_int_get (&interrupter.n_interruptions), >, 1);
  g_assert_cmpint (g_source_get_ready_time (source) - g_get_monotonic_time (), <,
                   120 * G_USEC_PER_SEC);
  g_assert_cmpint (checked_at (test), ==, last);

  watch (test, NULL);
  g_source_set_ready_time (source, 0);
  source = wait_for_timer (test);
  g_assert_cmpint (g_source_get_ready_time (source) - g_get_monotonic_time (), >,
                   G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC);
  g_assert_cmpint (checked_at (test), >, last);
}

/* What the person is shown, and that it is asked anew each time. */
static void
test_health (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayStoreHealth) before = NULL;
  g_autoptr (AssayStoreHealth) after = NULL;
  g_autofree char *found = NULL;
  gint64 start = g_get_real_time ();

  test_store_wait_for_upkeep (test);
  test_store_execute (test, "DELETE FROM meta WHERE key = 'checked_at'");
  before = test_await_boxed (assay_store_get_health (test->store));
  g_assert_cmpuint (before->n_bytes, >, 0);
  g_assert_cmpuint (before->n_backups, ==, 0);
  g_assert_cmpint (before->backed_up_at, ==, 0);
  g_assert_cmpint (before->checked_at, ==, 0);
  g_assert_false (before->network);
  g_assert_null (before->rescue);

  g_free (test_await_string (assay_store_back_up (test->store)));
  found = test_await_string (assay_store_check (test->store));
  g_assert_cmpstr (found, ==, "ok");
  after = test_await_boxed (assay_store_get_health (test->store));
  g_assert_cmpuint (after->n_backups, ==, 1);
  g_assert_cmpuint (after->n_backup_bytes, >, 0);
  g_assert_cmpint (after->backed_up_at, >=, start);
  g_assert_cmpint (after->checked_at, >=, start);
}

/* NFS. */
#define NETWORK "6969"

/* The folder was on a disk, and then on a network: without a log, without shared memory, and for
 * nobody else. */
static void
test_network (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autofree char *path = test_folder_file (test->folder, "assay.db");
  g_autofree char *log = test_folder_file (test->folder, "assay.db-wal");
  g_autofree char *shared = test_folder_file (test->folder, "assay.db-shm");
  g_autoptr (AssayStoreHealth) health = NULL;
  sqlite3 *other = NULL;

  test_store_add_many (test, 3);
  /* As a crash leaves it, with its log. */
  test_store_drop (test);
  g_setenv ("ASSAY_FILE_SYSTEM", NETWORK, TRUE);
  test_store_open (test);
  test_store_wait_for_upkeep (test);

  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM task"), ==, 3);
  g_assert_cmpint (test_store_query_int (test,
                                         "SELECT journal_mode = 'delete' FROM pragma_journal_mode"),
                   ==, 1);
  g_assert_cmpint (test_store_query_int (test, "PRAGMA synchronous"), ==, 3);
  g_assert_cmpint (
      test_store_query_int (test, "SELECT locking_mode = 'exclusive' FROM pragma_locking_mode"), ==,
      1);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (shared, G_FILE_TEST_EXISTS));
  health = test_await_boxed (assay_store_get_health (test->store));
  g_assert_true (health->network);

  g_assert_cmpint (sqlite3_open_v2 (path, &other, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "SELECT * FROM task", NULL, NULL, NULL), ==, SQLITE_BUSY);
  sqlite3_close (other);

  /* And back. */
  test_store_close (test);
  g_unsetenv ("ASSAY_FILE_SYSTEM");
  test_store_open (test);
  g_assert_cmpint (
      test_store_query_int (test, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), ==, 1);
}

static void
note_damage_cb (AssayStore *store, AssayRescueReport *report, gpointer user_data)
{
  AssayRescueReport **found = user_data;

  g_set_object (found, report);
}

static void
test_damage_is_found (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayRescueReport) found = NULL;
  g_autofree char *path = test_folder_file (test->folder, "assay.db");
  gint64 root, page_size;
  FILE *file;

  test_store_add_many (test, 200);
  root =
      test_store_query_int (test, "SELECT rootpage FROM sqlite_schema WHERE name = 'task_order'");
  page_size = test_store_query_int (test, "PRAGMA page_size");
  test_store_execute (test, "UPDATE meta SET value = 0 WHERE key = 'checked_at'");
  test_store_close (test);

  file = g_fopen (path, "r+");
  g_assert_cmpint (fseek (file, (root - 1) * page_size + 8, SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite ("\xff\xff\xff\xff\xff\xff\xff\xff", 1, 8, file), ==, 8);
  g_assert_cmpint (fclose (file), ==, 0);

  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*opened again*");
  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*put together again*");
  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "The store is damaged*");
  test_store_open (test);
  g_signal_connect (test->store, "damage-found", G_CALLBACK (note_damage_cb), &found);
  while (found == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_test_assert_expected_messages ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

  g_test_add_func ("/store/open-and-close", test_open_and_close);
  g_test_add_func ("/store/close-finishes", test_close_finishes);
  g_test_add_func ("/store/default-folder", test_default_folder);
  g_test_add_func ("/store/busy", test_busy);
  g_test_add_func ("/store/cannot-be-written", test_cannot_be_written);
  g_test_add_func ("/store/damaged", test_damaged);
  g_test_add_func ("/store/newer", test_newer);
  g_test_add_func ("/store/projects", test_projects);
  g_test_add_func ("/store/remove-project", test_remove_project);
  g_test_add_func ("/store/guidelines", test_guidelines);
  g_test_add_func ("/store/values", test_values);
  g_test_add_func ("/store/back-up", test_back_up);
  g_test_add_func ("/store/first-copy", test_first_copy);
  g_test_add_func ("/store/first-copy-meanwhile", test_first_copy_meanwhile);
  g_test_add_func ("/store/first-copy-of-draft", test_first_copy_of_draft);
  g_test_add_func ("/store/first-copy-unflushed", test_first_copy_unflushed);
  g_test_add_func ("/store/first-copy-at-close", test_first_copy_at_close);
  g_test_add_func ("/store/no-copy-at-close", test_no_copy_at_close);
  g_test_add_func ("/store/daily-backup", test_daily_backup);
  g_test_add_func ("/store/health", test_health);
  g_test_add_func ("/store/network", test_network);
  g_test_add_func ("/store/check-after-crash", test_check_after_crash);
  g_test_add_func ("/store/upkeep-comes-again", test_upkeep_comes_again);
  g_test_add_func ("/store/damage-is-found", test_damage_is_found);

  return g_test_run ();
}
