/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>

#include "assay-json.h"
#include "store-fixture.h"

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

TestFolder *
test_folder_new (void)
{
  TestFolder *self = g_new0 (TestFolder, 1);
  g_autoptr (GError) error = NULL;

  self->path = g_dir_make_tmp ("assay-store-XXXXXX", &error);
  g_assert_no_error (error);
  return self;
}

void
test_folder_free (TestFolder *self)
{
  g_chmod (self->path, 0700);
  remove_tree (self->path);
  g_free (self->path);
  g_free (self);
}

char *
test_folder_file (TestFolder *self, const char *name)
{
  return g_build_filename (self->path, name, NULL);
}

void
test_file_overwrite (const char *path, gint64 offset, gsize n)
{
  g_autofree char *garbage = g_malloc (n);
  FILE *file = g_fopen (path, "r+");

  memset (garbage, 0xff, n);
  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, offset, SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite (garbage, 1, n, file), ==, n);
  g_assert_cmpint (fclose (file), ==, 0);
}

static DexFuture *
wake_cb (DexFuture *future, gpointer user_data)
{
  g_main_context_wakeup (NULL);
  return NULL;
}

/* What another thread settles wakes nobody by itself. */
static const GValue *
settle (DexFuture *future, GError **error)
{
  DexFuture *waiting = dex_future_finally (dex_ref (future), wake_cb, NULL, NULL);

  while (dex_future_is_pending (waiting))
    g_main_context_iteration (NULL, TRUE);
  dex_unref (waiting);
  return dex_future_get_value (future, error);
}

void
test_await (DexFuture *future)
{
  g_autoptr (GError) error = NULL;

  settle (future, &error);
  g_assert_no_error (error);
  dex_unref (future);
}

gpointer
test_await_object (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = settle (future, &error);
  gpointer object;

  g_assert_no_error (error);
  object = g_value_dup_object (value);
  g_assert_nonnull (object);
  dex_unref (future);
  return object;
}

gpointer
test_await_boxed (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = settle (future, &error);
  gpointer boxed;

  g_assert_no_error (error);
  boxed = g_value_dup_boxed (value);
  g_assert_nonnull (boxed);
  dex_unref (future);
  return boxed;
}

char *
test_await_string (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = settle (future, &error);
  char *string;

  g_assert_no_error (error);
  string = g_value_dup_string (value);
  g_assert_nonnull (string);
  dex_unref (future);
  return string;
}

gint64
test_await_int64 (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = settle (future, &error);
  gint64 number;

  g_assert_no_error (error);
  number = g_value_get_int64 (value);
  dex_unref (future);
  return number;
}

guint
test_await_uint (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = settle (future, &error);
  guint number;

  g_assert_no_error (error);
  number = g_value_get_uint (value);
  dex_unref (future);
  return number;
}

void
test_await_error (DexFuture *future, AssayStoreError code)
{
  g_autoptr (GError) error = NULL;

  settle (future, &error);
  g_assert_error (error, ASSAY_STORE_ERROR, (int) code);
  /* A sentence, not a code. */
  g_assert_true (g_str_has_suffix (error->message, "."));
  dex_unref (future);
}

void
test_drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static gboolean
query_int (AssayDatabase *database, const char *sql, gint64 *number, GError **error)
{
  AssayStatement *statement = assay_database_prepare (database, sql, error);

  if (statement == NULL || !assay_statement_step (statement, error))
    return FALSE;
  *number = assay_statement_get_int (statement, 0);
  assay_statement_reset (statement);
  return TRUE;
}

gint64
test_query_int (AssayDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 number = 0;
  gboolean found = query_int (database, sql, &number, &error);

  g_assert_no_error (error);
  g_assert_true (found);
  return number;
}

char *
test_query_text (AssayDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;
  AssayStatement *statement = assay_database_prepare (database, sql, &error);
  char *text;

  g_assert_no_error (error);
  g_assert_true (assay_statement_step (statement, &error));
  text = assay_statement_dup_text (statement, 0);
  assay_statement_reset (statement);
  return text;
}

void
test_execute (AssayDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;

  assay_database_execute (database, sql, &error);
  g_assert_no_error (error);
}

void
test_store_open (TestStore *self)
{
  g_assert_null (self->store);
  self->store = test_await_object (assay_store_open (self->folder->path));
}

TestStore *
test_store_new (void)
{
  TestStore *self = g_new0 (TestStore, 1);

  self->folder = test_folder_new ();
  self->project = assay_project_new ("files", "p", "Project");
  test_store_open (self);
  test_await (assay_store_ensure_account (self->store, "files", "files", "Files"));
  test_await (assay_store_save_project (self->store, self->project));
  g_assert_cmpint (assay_project_get_id (self->project), >, 0);
  /* What it writes and reads is not counted. */
  test_store_wait_for_upkeep (self);
  return self;
}

void
test_store_remove_copies (TestStore *self)
{
  g_autofree char *path = test_folder_file (self->folder, "backup");

  remove_tree (path);
}

void
test_store_wait_for_upkeep (TestStore *self)
{
  while (G_OBJECT (self->store)->ref_count > 1)
    g_main_context_iteration (NULL, TRUE);
}

void
test_store_drop (TestStore *self)
{
  test_store_wait_for_upkeep (self);
  g_assert_finalize_object (g_steal_pointer (&self->store));
}

void
test_store_close (TestStore *self)
{
  test_await (assay_store_close (self->store));
  test_store_wait_for_upkeep (self);
  g_assert_finalize_object (g_steal_pointer (&self->store));
}

void
test_store_free (TestStore *self)
{
  if (self->store != NULL)
    test_store_close (self);
  g_clear_object (&self->project);
  g_clear_pointer (&self->folder, test_folder_free);
  g_free (self);
}

static AssayTask *
parse_task (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = assay_json_parse (text, -1, &error);
  AssayTask *task;

  g_assert_no_error (error);
  task = assay_task_new_from_json (node, &error);
  g_assert_no_error (error);
  return task;
}

#define FORM                                                                                       \
  "\"form\":{\"kind\":\"pairwise.overall\",\"rationale\":{\"use\":\"optional\"},\"questions\":["   \
  "{\"id\":\"note\",\"type\":\"text\",\"label\":\"Note\"},"                                        \
  "{\"id\":\"accuracy\",\"type\":\"scale\",\"label\":\"Accuracy\",\"min\":1,\"max\":5,"            \
  "\"scope\":\"each-response\"}]}"

AssayTask *
test_task_new (const char *id, const char *prompt, const char *a, const char *b)
{
  g_autofree char *text = g_strdup_printf (
      "{\"id\":\"%s\",\"prompt\":\"%s\",\"responses\":[{\"id\":\"r1\",\"content\":\"%s\"},"
      "{\"id\":\"r2\",\"content\":\"%s\"}]," FORM "}",
      id, prompt, a, b);

  return parse_task (text);
}

AssayTask *
test_task_new_with (const char *id, const char *members)
{
  g_autofree char *text = g_strdup_printf (
      "{\"id\":\"%s\",%s\"prompt\":\"Which?\",\"responses\":[{\"id\":\"r1\",\"content\":\"One.\"},"
      "{\"id\":\"r2\",\"content\":\"Two.\"}]," FORM "}",
      id, members);

  return parse_task (text);
}

gint64
test_store_add (TestStore *self, AssayTask *task)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) rows = NULL;
  AssayTaskQuery newest = { .sort = ASSAY_SORT_NEWEST };

  g_ptr_array_add (tasks, g_object_ref (task));
  g_assert_cmpuint (test_await_uint (assay_store_add_tasks (
                        self->store, assay_project_get_id (self->project), tasks)),
                    ==, 1);
  rows = test_store_query (self, &newest);
  return g_array_index (rows, gint64, 0);
}

void
test_store_add_many (TestStore *self, guint n)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("t%u", i);
      g_autofree char *prompt = g_strdup_printf ("Question number%u", i);

      g_ptr_array_add (tasks, test_task_new (id, prompt, "One.", "Two."));
    }
  g_assert_cmpuint (test_await_uint (assay_store_add_tasks (
                        self->store, assay_project_get_id (self->project), tasks)),
                    ==, n);
}

GArray *
test_store_query (TestStore *self, const AssayTaskQuery *query)
{
  AssayTaskQuery all = { 0 };

  return test_await_boxed (assay_store_query_tasks (self->store, query != NULL ? query : &all));
}

gint64
test_store_first_row (TestStore *self)
{
  g_autoptr (GArray) rows = test_store_query (self, NULL);

  g_assert_cmpuint (rows->len, >, 0);
  return g_array_index (rows, gint64, 0);
}

AssayOpenTask *
test_store_load (TestStore *self, gint64 row)
{
  return test_await_object (assay_store_load_task (self->store, row));
}

AssayTaskState
test_store_get_state (TestStore *self, gint64 row)
{
  g_autoptr (AssayOpenTask) open = test_store_load (self, row);

  return assay_open_task_get_state (open);
}

guint
test_store_count (TestStore *self, AssayTaskState state)
{
  g_autoptr (GArray) counts = test_await_boxed (assay_store_count_tasks (self->store, 0));

  g_assert_cmpuint (counts->len, ==, ASSAY_N_TASK_STATES);
  return g_array_index (counts, guint, state);
}

GBytes *
test_draft_bytes (AssayJudgement *judgement)
{
  g_autoptr (JsonNode) node = assay_judgement_to_draft_json (judgement);
  char *text = assay_json_to_string (node);

  return g_bytes_new_take (text, strlen (text));
}

void
test_store_save (TestStore *self, gint64 row, AssayJudgement *judgement)
{
  g_autoptr (GBytes) draft = test_draft_bytes (judgement);

  test_await (assay_store_save_draft (self->store, row, assay_judgement_get_id (judgement),
                                      assay_task_get_digest (assay_judgement_get_task (judgement)),
                                      draft, assay_judgement_is_empty (judgement)));
}

void
test_store_write (TestStore *self, gint64 row, const char *rationale)
{
  g_autoptr (AssayOpenTask) open = test_store_load (self, row);

  assay_judgement_set_rationale (assay_open_task_get_judgement (open), rationale);
  test_store_save (self, row, assay_open_task_get_judgement (open));
}

AssayOutboxItem *
test_store_submit (TestStore *self, gint64 row, const char *rationale, gint64 undo_window_us)
{
  g_autoptr (AssayOpenTask) open = test_store_load (self, row);
  AssayJudgement *judgement = assay_open_task_get_judgement (open);
  g_autoptr (GBytes) draft = NULL;

  assay_judgement_set_rationale (judgement, rationale);
  draft = test_draft_bytes (judgement);
  assay_judgement_finalize_submission (judgement, g_get_real_time () / 1000);
  return test_await_object (
      assay_store_submit (self->store, row, judgement, draft, undo_window_us));
}

void
test_store_deliver (TestStore *self, AssayOutboxItem *item, AssayOutboxState state)
{
  gint64 id = assay_outbox_item_get_id (item);

  test_await (assay_store_outbox_begin (self->store, id));
  test_await (assay_store_outbox_end (self->store, id, state, "test", 0,
                                      state == ASSAY_OUTBOX_ACCEPTED ? "receipt" : NULL, 0));
}

typedef struct
{
  const char *sql;
  gint64 number;
  gboolean execute;
} Question;

static gboolean
run_question (AssayJob *job, AssayDatabase *database, GError **error)
{
  Question *question = job->data;

  if (question->execute)
    {
      test_execute (database, question->sql);
      return TRUE;
    }
  /* A read gives way to what a person did, and is asked again. */
  return query_int (database, question->sql, &question->number, error);
}

gint64
test_store_query_int (TestStore *self, const char *sql)
{
  Question question = { sql, 0, FALSE };

  test_await (_assay_store_push (self->store, assay_job_new (ASSAY_JOB_READ, ASSAY_JOB_PLAIN,
                                                             run_question, &question, NULL)));
  return question.number;
}

void
test_store_execute (TestStore *self, const char *sql)
{
  Question question = { sql, 0, TRUE };

  test_await (_assay_store_push (self->store, assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_PLAIN,
                                                             run_question, &question, NULL)));
}

static gboolean
run_count_statements (AssayJob *job, AssayDatabase *database, GError **error)
{
  *(guint64 *) job->data = assay_database_get_n_statements (database);
  return TRUE;
}

static gboolean
run_count_commits (AssayJob *job, AssayDatabase *database, GError **error)
{
  *(guint64 *) job->data = assay_database_get_n_commits (database);
  return TRUE;
}

guint64
test_store_count_statements (TestStore *self)
{
  guint64 n = 0;

  test_await (_assay_store_push (self->store, assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_PLAIN,
                                                             run_count_statements, &n, NULL)));
  return n;
}

guint64
test_store_count_commits (TestStore *self)
{
  guint64 n = 0;

  test_await (_assay_store_push (self->store, assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_PLAIN,
                                                             run_count_commits, &n, NULL)));
  return n;
}

gboolean
test_store_has_spool (TestStore *self, const char *submission)
{
  g_autofree char *name = g_strconcat (submission, ".json", NULL);
  g_autofree char *path = g_build_filename (self->folder->path, "spool", name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}
