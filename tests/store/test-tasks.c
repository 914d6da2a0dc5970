/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-limits.h"
#include "assay-scale-question.h"
#include "assay-store-limits.h"
#include "store-fixture.h"

static guint
add_all (TestStore *test, GPtrArray *tasks)
{
  return test_await_uint (
      assay_store_add_tasks (test->store, assay_project_get_id (test->project), tasks));
}

/* The ids of the tasks that a query finds, as "a b". */
static char *
list (TestStore *test, const AssayTaskQuery *query)
{
  g_autoptr (GArray) rows = test_store_query (test, query);
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (AssayOpenTask) open = test_store_load (test, g_array_index (rows, gint64, i));

      g_string_append_printf (ids, "%s%s", i > 0 ? " " : "",
                              assay_task_get_id (assay_open_task_get_task (open)));
    }
  return g_string_free_and_steal (g_steal_pointer (&ids));
}

static void
assert_lists (TestStore *test, const AssayTaskQuery *query, const char *ids)
{
  g_autofree char *listed = list (test, query);

  g_assert_cmpstr (listed, ==, ids);
}

static void
assert_finds (TestStore *test, const char *text, const char *ids)
{
  AssayTaskQuery query = { .text = (char *) text };

  assert_lists (test, &query, ids);
}

static void
note_tasks_cb (AssayStore *store, gint64 project, gpointer user_data)
{
  g_array_append_val ((GArray *) user_data, project);
}

static void
test_add (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GArray) signals = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_signal_connect (test->store, "tasks-changed", G_CALLBACK (note_tasks_cb), signals);
  g_ptr_array_add (tasks, test_task_new ("b", "second", "1", "2"));
  g_ptr_array_add (tasks, test_task_new ("a", "first", "1", "2"));
  g_assert_cmpuint (add_all (test, tasks), ==, 2);
  g_assert_cmpuint (signals->len, ==, 1);
  g_assert_cmpint (g_array_index (signals, gint64, 0), ==, assay_project_get_id (test->project));
  assert_lists (test, NULL, "b a");

  /* Again: nothing new, in the same places. */
  g_assert_cmpuint (add_all (test, tasks), ==, 0);
  g_ptr_array_add (tasks, test_task_new ("c", "third", "1", "2"));
  g_assert_cmpuint (add_all (test, tasks), ==, 1);
  assert_lists (test, NULL, "b a c");

  g_assert_cmpuint (add_all (test, none), ==, 0);
  g_assert_cmpuint (test_store_count (test, ASSAY_TASK_READY), ==, 3);
  test_await_error (assay_store_add_tasks (test->store, 999, tasks), ASSAY_STORE_ERROR_NOT_FOUND);
}

typedef struct
{
  GString *order;
  char name;
} Note;

static DexFuture *
note_cb (DexFuture *future, gpointer user_data)
{
  Note *note = user_data;

  g_string_append_c (note->order, note->name);
  return NULL;
}

/* A large page leaves room for what a person does meanwhile. */
static void
test_slices (void)
{
  g_autoptr (GString) order = g_string_new (NULL);
  Note page = { order, 'p' }, value = { order, 'v' };
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) rows = NULL;
  DexFuture *adding;
  guint64 before = test_store_count_commits (test);

  for (guint i = 0; i < 350; i++)
    {
      g_autofree char *id = g_strdup_printf ("t%u", i);

      g_ptr_array_add (tasks, test_task_new (id, "p", "a", "b"));
    }
  adding = dex_future_finally (assay_store_add_tasks (test->store,
                                                      assay_project_get_id (test->project), tasks),
                               note_cb, &page, NULL);
  test_await (
      dex_future_finally (assay_store_set_value (test->store, "key", "1"), note_cb, &value, NULL));
  g_assert_cmpuint (test_await_uint (adding), ==, 350);
  g_assert_cmpstr (order->str, ==, "vp");
  g_assert_cmpuint (test_store_count_commits (test) - before, ==, 4 + 1);

  /* In their order. */
  rows = test_store_query (test, NULL);
  g_assert_cmpuint (rows->len, ==, 350);
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpint (g_array_index (rows, gint64, i), ==, i + 1);
}

/* What a person worked on keeps the text that it was written for. */
static void
test_replace (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func (g_object_unref);
  static const char *const ids[] = { "untouched", "drafted", "submitted" };
  g_autoptr (GArray) rows = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_ptr_array_add (tasks, test_task_new (ids[i], "before", "1", "2"));
      g_ptr_array_add (changed, test_task_new (ids[i], "after", "1", "2"));
    }
  add_all (test, tasks);
  rows = test_store_query (test, NULL);
  {
    g_autoptr (AssayOpenTask) open = test_store_load (test, g_array_index (rows, gint64, 1));

    assay_judgement_set_rationale (assay_open_task_get_judgement (open), "Mine.");
    test_store_save (test, g_array_index (rows, gint64, 1), assay_open_task_get_judgement (open));
  }
  g_object_unref (test_store_submit (test, g_array_index (rows, gint64, 2), "Mine.", 0));

  g_assert_cmpuint (add_all (test, changed), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (AssayOpenTask) open = test_store_load (test, g_array_index (rows, gint64, i));

      g_assert_cmpstr (assay_task_get_prompt_text (assay_open_task_get_task (open)), ==,
                       i == 0 ? "after" : "before");
    }
  assert_finds (test, "after", "untouched");
  assert_finds (test, "before", "drafted submitted");
}

static void
assert_values (DexFuture *future, const char *values)
{
  g_auto (GStrv) listed = test_await_boxed (future);
  g_autofree char *joined = g_strjoinv (" ", listed);

  g_assert_cmpstr (joined, ==, values);
}

static void
test_filters (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayProject) other = assay_project_new ("practice", "q", "Other");
  g_autoptr (GPtrArray) here = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) there = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) rows = NULL;
  AssayTaskQuery query = { 0 };

  test_await (assay_store_ensure_account (test->store, "practice", "practice", "Practice"));
  test_await (assay_store_save_project (test->store, other));
  g_ptr_array_add (here, test_task_new_with ("a", "\"language\":\"en\","));
  g_ptr_array_add (here, test_task_new_with ("b", "\"language\":\"de\","));
  g_ptr_array_add (here, test_task_new_with ("c", "\"kind\":\"rubric.scale\","));
  g_ptr_array_add (there, test_task_new_with ("d", "\"language\":\"en\","));
  add_all (test, here);
  test_await (assay_store_add_tasks (test->store, assay_project_get_id (other), there));

  assert_values (assay_store_list_kinds (test->store), "pairwise.overall rubric.scale");
  assert_values (assay_store_list_languages (test->store), "de en");
  assert_lists (test, &query, "a b c d");
  query.project = assay_project_get_id (other);
  assert_lists (test, &query, "d");
  query.project = 0;
  query.account = (char *) "files";
  assert_lists (test, &query, "a b c");
  query.language = (char *) "en";
  assert_lists (test, &query, "a");
  query.account = NULL;
  assert_lists (test, &query, "a d");
  query.language = NULL;
  query.kind = (char *) "rubric.scale";
  assert_lists (test, &query, "c");
  query.kind = NULL;

  rows = test_store_query (test, NULL);
  {
    g_autoptr (AssayOpenTask) open = test_store_load (test, g_array_index (rows, gint64, 0));

    assay_judgement_set_rationale (assay_open_task_get_judgement (open), "Mine.");
    test_store_save (test, g_array_index (rows, gint64, 0), assay_open_task_get_judgement (open));
  }
  g_object_unref (test_store_submit (test, g_array_index (rows, gint64, 1), "Mine.", 0));
  query.states = 1u << ASSAY_TASK_READY;
  assert_lists (test, &query, "c d");
  query.states = 1u << ASSAY_TASK_STARTED;
  assert_lists (test, &query, "a");
  query.states = (1u << ASSAY_TASK_STARTED) | (1u << ASSAY_TASK_QUEUED);
  assert_lists (test, &query, "a b");
  query.states = 1u << ASSAY_TASK_SENT;
  assert_lists (test, &query, "");

  /* Everything at once. */
  query = (AssayTaskQuery) { .project = assay_project_get_id (test->project),
                             .account = (char *) "files",
                             .states = 1u << ASSAY_TASK_STARTED,
                             .kind = (char *) "pairwise.overall",
                             .language = (char *) "en",
                             .text = (char *) "mine",
                             .sort = ASSAY_SORT_DEADLINE };
  assert_lists (test, &query, "a");
}

static void
test_sorts (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);
  AssayTaskQuery query = { 0 };

  g_ptr_array_add (tasks, test_task_new_with ("none", ""));
  g_ptr_array_add (
      tasks,
      test_task_new_with (
          "late", "\"deadline_at\":2000,\"est_minutes\":10,"
                  "\"pay\":{\"model\":\"per_task\",\"amount_minor\":100,\"currency\":\"EUR\"},"));
  g_ptr_array_add (
      tasks,
      test_task_new_with (
          "early", "\"deadline_at\":1000,\"est_minutes\":30,"
                   "\"pay\":{\"model\":\"hourly\",\"amount_minor\":700,\"currency\":\"EUR\"},"));
  add_all (test, tasks);

  assert_lists (test, &query, "none late early");
  query.sort = ASSAY_SORT_NEWEST;
  assert_lists (test, &query, "early late none");
  query.sort = ASSAY_SORT_DEADLINE;
  assert_lists (test, &query, "early late none");
  query.sort = ASSAY_SORT_PAY;
  assert_lists (test, &query, "early late none");
}

static void
test_summaries (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayTask) task = test_task_new_with (
      "t", "\"title\":\"A title\",\"language\":\"de\",\"deadline_at\":2000,\"est_minutes\":10,"
           "\"pay\":{\"model\":\"per_task\",\"amount_minor\":450,\"currency\":\"USD\"},");
  gint64 row = test_store_add (test, task);
  g_autoptr (GPtrArray) summaries = g_ptr_array_new_with_free_func (g_object_unref);
  const AssayTaskSummaryData *data;
  guint64 before;

  g_ptr_array_add (summaries, assay_task_summary_new (row));
  g_ptr_array_add (summaries, assay_task_summary_new (row + 1000));
  g_ptr_array_add (summaries, assay_task_summary_new (row));
  before = test_store_count_statements (test);
  test_await (assay_store_fill_summaries (test->store, summaries));
  g_assert_cmpuint (test_store_count_statements (test) - before, ==, 1);

  g_assert_true (assay_task_summary_get_loaded (summaries->pdata[0]));
  g_assert_false (assay_task_summary_get_loaded (summaries->pdata[1]));
  g_assert_true (assay_task_summary_get_loaded (summaries->pdata[2]));
  data = assay_task_summary_get_data (summaries->pdata[0]);
  g_assert_cmpstr (data->title, ==, "A title");
  g_assert_cmpstr (data->kind, ==, "pairwise.overall");
  g_assert_cmpstr (data->language, ==, "de");
  g_assert_cmpstr (data->project_title, ==, "Project");
  g_assert_cmpstr (data->account, ==, "files");
  g_assert_cmpint (data->project, ==, assay_project_get_id (test->project));
  g_assert_cmpint (data->state, ==, ASSAY_TASK_READY);
  g_assert_cmpuint (data->n_responses, ==, 2);
  g_assert_cmpuint (data->est_minutes, ==, 10);
  g_assert_cmpint (data->pay_minor, ==, 450);
  g_assert_cmpstr (data->currency, ==, "USD");
  g_assert_cmpint (data->deadline_ms, ==, 2000);
  g_assert_cmpint (data->changed_at_us, >, 0);
}

static void
test_load (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayGuideline) guideline = assay_guideline_new ("g", 1, "Rules", "# One");
  g_autoptr (AssayTask) task = test_task_new ("t", "Which?", "One.", "Two.");
  g_autoptr (AssayOpenTask) fresh = NULL;
  g_autoptr (AssayOpenTask) again = NULL;
  AssayJudgement *judgement;
  gint64 row;
  guint64 before;

  test_await (
      assay_store_save_guideline (test->store, assay_project_get_id (test->project), guideline));
  row = test_store_add (test, task);

  before = test_store_count_statements (test);
  fresh = test_store_load (test, row);
  g_assert_cmpuint (test_store_count_statements (test) - before, <=, 6);
  g_assert_cmpint (assay_open_task_get_row (fresh), ==, row);
  g_assert_cmpint (assay_open_task_get_state (fresh), ==, ASSAY_TASK_READY);
  g_assert_cmpstr (assay_task_get_digest (assay_open_task_get_task (fresh)), ==,
                   assay_task_get_digest (task));
  g_assert_cmpint (assay_project_get_id (assay_open_task_get_project (fresh)), ==,
                   assay_project_get_id (test->project));
  judgement = assay_open_task_get_judgement (fresh);
  g_assert_true (assay_judgement_is_empty (judgement));
  g_assert_cmpuint (assay_judgement_get_generation (judgement), ==, 0);
  /* Opening leaves no trace. */
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM draft"), ==, 0);

  assay_judgement_set_rationale (judgement, "@A is better.");
  test_store_save (test, row, judgement);
  before = test_store_count_statements (test);
  again = test_store_load (test, row);
  g_assert_cmpuint (test_store_count_statements (test) - before, <=, 6);
  g_assert_cmpstr (assay_judgement_get_id (assay_open_task_get_judgement (again)), ==,
                   assay_judgement_get_id (judgement));
  g_assert_cmpstr (assay_judgement_get_rationale (assay_open_task_get_judgement (again)), ==,
                   "@A is better.");
  g_assert_true (assay_judgement_can_undo (assay_open_task_get_judgement (again)));

  test_await_error (assay_store_load_task (test->store, row + 1), ASSAY_STORE_ERROR_NOT_FOUND);
}

/* Many tasks, one form. */
static void
test_forms (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOpenTask) open = NULL;
  g_autoptr (AssayTask) task = test_task_new ("t0", "Question number0", "One.", "Two.");
  g_autoptr (GPtrArray) rows = NULL;
  AssayExportRow *first, *last;

  test_store_add_many (test, 20);
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM form"), ==, 1);
  g_assert_cmpint (
      test_store_query_int (test, "SELECT count(*) FROM task_content WHERE json LIKE '%accuracy%'"),
      ==, 0);
  open = test_store_load (test, test_store_first_row (test));
  g_assert_cmpstr (assay_task_get_digest (assay_open_task_get_task (open)), ==,
                   assay_task_get_digest (task));
  g_assert_cmpstr (assay_form_get_canonical_text (
                       assay_task_get_form (assay_open_task_get_task (open))),
                   ==, assay_form_get_canonical_text (assay_task_get_form (task)));

  rows = test_await_boxed (assay_store_list_export_rows (
      test->store, assay_project_get_id (test->project), 0, 20, FALSE));
  first = rows->pdata[0];
  last = rows->pdata[19];
  g_assert_true (assay_task_get_form (first->task) == assay_task_get_form (last->task));
}

static void
test_search (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayTask) dinner =
      test_task_new ("dinner", "Plan a week of dinners", "Lentil soup", "Pasta");
  g_autoptr (AssayTask) tower =
      test_task_new ("tower", "東京タワーへの行き方", "電車で行きます", "Walk");
  g_autoptr (AssayTask) titled = test_task_new_with ("titled", "\"title\":\"Quarterly numbers\",");
  gint64 row;
  g_autoptr (AssayOpenTask) open = NULL;
  AssayJudgement *judgement;
  guint64 commits;

  row = test_store_add (test, dinner);
  test_store_add (test, tower);
  test_store_add (test, titled);
  assert_finds (test, "dinners", "dinner");
  assert_finds (test, "lentil", "dinner");
  assert_finds (test, "電車", "tower");
  assert_finds (test, "quarter", "titled");
  assert_finds (test, "", "dinner tower titled");
  assert_finds (test, "?!", "dinner tower titled");
  assert_finds (test, "nowhere", "");

  /* Own words, as they are now. */
  open = test_store_load (test, row);
  judgement = assay_open_task_get_judgement (open);
  assay_judgement_set_rationale (judgement, "The zucchini argument");
  test_store_save (test, row, judgement);
  assert_finds (test, "zucchini", "dinner");
  assay_judgement_set_rationale (judgement, "The aubergine argument");
  test_store_save (test, row, judgement);
  assert_finds (test, "zucchini", "");
  assert_finds (test, "aubergine", "dinner");

  /* A search that finds nothing new to index writes nothing. */
  commits = test_store_count_commits (test);
  assert_finds (test, "aubergine", "dinner");
  g_assert_cmpuint (test_store_count_commits (test), ==, commits);

  /* And after they were settled, and taken back. */
  {
    g_autoptr (AssayOutboxItem) item = test_store_submit (test, row, "The celery argument", 0);

    assert_finds (test, "celery", "dinner");
    assert_finds (test, "aubergine", "");
    test_store_deliver (test, item, ASSAY_OUTBOX_ACCEPTED);
    assert_finds (test, "celery", "dinner");
  }
  test_store_close (test);
  test_store_open (test);
  assert_finds (test, "celery", "dinner");
  assert_finds (test, "lentil", "dinner");
}

static void
test_hostile_search (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  static const char *const typed[] = { "\"",    "'; DROP TABLE task; --", "NEAR(",
                                       "a AND", "* ^ - : ( ) { }",        "\xFF\xFE",
                                       "\x01" };

  test_store_add_many (test, 2);
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      AssayTaskQuery query = { .text = (char *) typed[i] };
      g_autoptr (GArray) rows = test_store_query (test, &query);

      g_assert_cmpuint (rows->len, <=, 2);
    }
  g_assert_cmpuint (test_store_count (test, ASSAY_TASK_READY), ==, 2);
}

static void
test_query_value (void)
{
  AssayTaskQuery query = { .project = 3,
                           .account = (char *) "a",
                           .states = 5,
                           .kind = (char *) "k",
                           .language = (char *) "l",
                           .text = (char *) "t",
                           .sort = ASSAY_SORT_PAY };
  g_autoptr (AssayTaskQuery) copy = assay_task_query_copy (&query);
  g_autoptr (AssayTaskQuery) empty = assay_task_query_new ();
  AssayTaskQuery no_text = { .text = (char *) "" };

  g_assert_true (assay_task_query_equal (&query, copy));
  g_set_str (&copy->text, "u");
  g_assert_false (assay_task_query_equal (&query, copy));
  g_assert_true (assay_task_query_equal (empty, &no_text));
}

/* Numbers go on where tasks were removed; there is room again all the same. */
static void
test_room (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autofree char *path = NULL;
  g_autoptr (AssayDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  test_store_add_many (test, 300);
  test_store_execute (test, "DELETE FROM task WHERE id <= 100");
  test_store_close (test);
  path = test_folder_file (test->folder, "assay.db");
  database = assay_database_open (path, FALSE, G_MAXINT, &error);
  g_assert_no_error (error);
  for (int delta = -1; delta <= 1; delta++)
    {
      guint room;

      _assay_store_count_room (database, 200 + delta, &room, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (room, ==, MAX (delta, 0));
    }
}

/* One slice of an import ends where there is no more room, with a reason. */
static void
test_inbox_limit (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *fill = g_strdup_printf (
      "INSERT INTO task (project, task_id, position, title, kind, n_responses, est_minutes,"
      " pay_minor, digest, added_at) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
      " WHERE i < %d) SELECT %d, 'x' || i, i, '', '', 0, 0, 0, '', 0 FROM n",
      ASSAY_LIMIT_INBOX_TASKS - 1, (int) assay_project_get_id (test->project));

  if (g_strcmp0 (g_getenv ("ASSAY_TEST_LONG"), "1") != 0)
    {
      g_test_skip ("A million tasks take a while");
      return;
    }
  test_store_execute (test, fill);
  g_ptr_array_add (tasks, test_task_new ("a", "last", "1", "2"));
  g_assert_cmpuint (add_all (test, tasks), ==, 1);
  g_assert_cmpuint (add_all (test, tasks), ==, 0);
  g_ptr_array_add (tasks, test_task_new ("b", "one too many", "1", "2"));
  test_await_error (assay_store_add_tasks (test->store, assay_project_get_id (test->project),
                                           tasks),
                    ASSAY_STORE_ERROR_LIMIT);
}

static void
test_size (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autofree char *text = g_strnfill (5000, 'x');
  g_autoptr (AssayTask) task = test_task_new ("a", text, "1", "2");
  gint64 row = test_store_add (test, task);
  g_autoptr (AssayOpenTask) open = test_store_load (test, row);

  g_assert_cmpuint (assay_open_task_get_n_bytes (open), >, 5000);
  g_assert_cmpuint (assay_open_task_get_n_bytes (open), <, 10000);
}

static AssayRemovals *
apply_removals (TestStore *test, const char *const *present)
{
  return test_await_boxed (
      assay_store_apply_removals (test->store, assay_project_get_id (test->project), present));
}

static gint64
count_tasks (TestStore *test)
{
  return test_store_query_int (test, "SELECT count(*) FROM task");
}

static void
work_on (TestStore *test, gint64 row)
{
  g_autoptr (AssayOpenTask) open = test_store_load (test, row);

  assay_judgement_set_rationale (assay_open_task_get_judgement (open), "Work.");
  test_store_save (test, row, assay_open_task_get_judgement (open));
}

/* A platform takes back some tasks: what was begun, sent or judged stays. */
static void
test_removals (void)
{
  static const char *const present[] = { "t0", "t1", "t2", "t3", "t4", "t5", "t6", NULL };
  static const char *const again[] = { "t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7", NULL };
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) waiting = NULL;
  g_autoptr (AssayOutboxItem) sent = NULL;
  g_autoptr (AssayTask) task = test_task_new ("t11", "Which?", "One.", "Two.");
  g_autofree AssayRemovals *removals = NULL;
  g_autofree AssayRemovals *back = NULL;

  test_store_add_many (test, 12);
  work_on (test, 8);
  waiting = test_store_submit (test, 9, "Waits.", 0);
  sent = test_store_submit (test, 10, "Sent.", 0);
  test_store_deliver (test, sent, ASSAY_OUTBOX_ACCEPTED);

  removals = apply_removals (test, present);
  g_assert_false (removals->in_doubt);
  g_assert_cmpuint (removals->n_removed, ==, 2);
  g_assert_cmpuint (removals->n_withdrawn, ==, 1);
  g_assert_cmpint (count_tasks (test), ==, 10);
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM search_task"), ==, 10);
  g_assert_cmpint (test_store_get_state (test, 8), ==, ASSAY_TASK_WITHDRAWN);
  g_assert_cmpint (test_store_get_state (test, 9), ==, ASSAY_TASK_QUEUED);
  g_assert_cmpint (test_store_get_state (test, 10), ==, ASSAY_TASK_SENT);
  /* And can be read, and written on. */
  work_on (test, 8);

  back = apply_removals (test, again);
  g_assert_cmpuint (back->n_removed, ==, 0);
  g_assert_cmpint (test_store_get_state (test, 8), ==, ASSAY_TASK_STARTED);

  /* What is listed anew has a number of its own: a page may still show what had the last one. */
  g_assert_cmpint (test_store_add (test, task), >, 12);
}

/* A server that lists nothing is not believed: it is asked about, and nothing goes before that. */
static void
test_empty_server (void)
{
  static const char *const nothing[] = { NULL };
  static const char *const twenty[] = { "t0",  "t1",  "t2",  "t3",  "t4",  "t5",  "t6",
                                        "t7",  "t8",  "t9",  "t10", "t11", "t12", "t13",
                                        "t14", "t15", "t16", "t17", "t18", "t19", NULL };
  g_autoptr (TestStore) test = test_store_new ();
  g_autofree AssayRemovals *doubted = NULL;
  g_autofree AssayRemovals *again = NULL;
  g_autofree AssayRemovals *listed = NULL;
  g_autofree AssayRemovals *last = NULL;
  gint64 project = 0;

  test_store_add_many (test, 20);
  project = assay_project_get_id (test->project);
  work_on (test, 1);
  doubted = apply_removals (test, nothing);
  g_assert_true (doubted->in_doubt);
  g_assert_cmpuint (doubted->n_removed, ==, 0);
  g_assert_cmpuint (doubted->n_withdrawn, ==, 20);
  g_assert_cmpint (count_tasks (test), ==, 20);
  g_assert_cmpuint (test_store_count (test, ASSAY_TASK_WITHDRAWN), ==, 20);

  /* Saying it twice does not make it truer. */
  again = apply_removals (test, nothing);
  g_assert_cmpuint (again->n_removed, ==, 0);
  g_assert_cmpint (count_tasks (test), ==, 20);

  listed = apply_removals (test, twenty);
  g_assert_cmpuint (test_store_count (test, ASSAY_TASK_READY), ==, 19);
  g_assert_cmpuint (test_store_count (test, ASSAY_TASK_STARTED), ==, 1);

  last = apply_removals (test, nothing);
  g_assert_true (last->in_doubt);
  test_await (assay_store_settle_removals (test->store, project, FALSE));
  g_assert_cmpuint (test_store_count (test, ASSAY_TASK_WITHDRAWN), ==, 0);

  g_free (last);
  last = apply_removals (test, nothing);
  test_await (assay_store_settle_removals (test->store, project, TRUE));
  g_assert_cmpint (count_tasks (test), ==, 1);
  g_assert_cmpint (test_store_get_state (test, 1), ==, ASSAY_TASK_WITHDRAWN);
}

/* At the limit: ten are believed, however few there are; so is half. */
static void
test_believed_removals (void)
{
  static const char *const nothing[] = { NULL };

  for (guint n = ASSAY_STORE_BELIEVED_REMOVALS - 1; n <= ASSAY_STORE_BELIEVED_REMOVALS + 1; n++)
    {
      g_autoptr (TestStore) test = test_store_new ();
      g_autofree AssayRemovals *removals = NULL;

      test_store_add_many (test, n);
      removals = apply_removals (test, nothing);
      g_assert_cmpint (removals->in_doubt, ==, n > ASSAY_STORE_BELIEVED_REMOVALS);
      g_assert_cmpint (count_tasks (test), ==, n > ASSAY_STORE_BELIEVED_REMOVALS ? n : 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

  g_test_add_func ("/tasks/add", test_add);
  g_test_add_func ("/tasks/slices", test_slices);
  g_test_add_func ("/tasks/replace", test_replace);
  g_test_add_func ("/tasks/filters", test_filters);
  g_test_add_func ("/tasks/sorts", test_sorts);
  g_test_add_func ("/tasks/summaries", test_summaries);
  g_test_add_func ("/tasks/load", test_load);
  g_test_add_func ("/tasks/forms", test_forms);
  g_test_add_func ("/tasks/search", test_search);
  g_test_add_func ("/tasks/hostile-search", test_hostile_search);
  g_test_add_func ("/tasks/query-value", test_query_value);
  g_test_add_func ("/tasks/removals", test_removals);
  g_test_add_func ("/tasks/empty-server", test_empty_server);
  g_test_add_func ("/tasks/believed-removals", test_believed_removals);

  g_test_add_func ("/store/tasks/room", test_room);
  g_test_add_func ("/store/tasks/inbox-limit", test_inbox_limit);
  g_test_add_func ("/store/tasks/size", test_size);
  return g_test_run ();
}
