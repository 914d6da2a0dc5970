/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-task-list.h"
#include "store-fixture.h"

/* Follows a list as a view does, and knows what it must hold. */
typedef struct
{
  AssayTaskList *list;
  GArray *rows; /* of gint64: what the changes made of it */
  guint n_changes;
  guint last_position;
  guint last_removed;
  guint last_added;
} Follower;

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  Follower *follower = user_data;

  follower->n_changes++;
  follower->last_position = position;
  follower->last_removed = removed;
  follower->last_added = added;

  g_assert_cmpuint (position + removed, <=, follower->rows->len);
  if (removed > 0)
    g_array_remove_range (follower->rows, position, removed);
  for (guint i = 0; i < added; i++)
    {
      gint64 row = assay_task_list_get_row_id (follower->list, position + i);

      g_assert_cmpint (row, !=, 0);
      g_array_insert_val (follower->rows, position + i, row);
    }
  /* At each single change the model is already what it says. */
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, follower->rows->len);
}

static void
wait_for_list (AssayTaskList *list)
{
  while (assay_task_list_get_loading (list))
    g_main_context_iteration (NULL, TRUE);
}

static void
follow (Follower *follower, TestStore *test)
{
  follower->list = assay_task_list_new (test->store);
  follower->rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_signal_connect (follower->list, "items-changed", G_CALLBACK (items_changed_cb), follower);
  g_assert_true (assay_task_list_get_loading (follower->list));
  wait_for_list (follower->list);
}

static void
unfollow (Follower *follower)
{
  g_array_unref (follower->rows);
  g_assert_finalize_object (follower->list);
}

static void
assert_followed (Follower *follower)
{
  for (guint i = 0; i < follower->rows->len; i++)
    g_assert_cmpint (g_array_index (follower->rows, gint64, i), ==,
                     assay_task_list_get_row_id (follower->list, i));
  g_assert_cmpint (assay_task_list_get_row_id (follower->list, follower->rows->len), ==, 0);
}

static void
wait_for_summary (AssayTaskSummary *summary)
{
  while (!assay_task_summary_get_loaded (summary))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_items (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  Follower follower = { NULL };
  g_autoptr (AssayTaskSummary) first = NULL;
  g_autoptr (AssayTaskSummary) same = NULL;

  test_store_add_many (test, 5);
  follow (&follower, test);
  g_assert_cmpuint (follower.n_changes, ==, 1);
  g_assert_cmpuint (follower.last_added, ==, 5);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (follower.list))
                 == ASSAY_TYPE_TASK_SUMMARY);

  first = g_list_model_get_item (G_LIST_MODEL (follower.list), 0);
  same = g_list_model_get_item (G_LIST_MODEL (follower.list), 0);
  g_assert_true (first == same);
  g_assert_false (assay_task_summary_get_loaded (first));
  wait_for_summary (first);
  g_assert_cmpstr (assay_task_summary_get_data (first)->title, ==, "Question number0");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (follower.list), 5));

  g_assert_cmpuint (assay_task_list_find (follower.list, assay_task_summary_get_row (first)), ==,
                    0);
  g_assert_cmpuint (assay_task_list_find (follower.list, 4711), ==, G_MAXUINT);
  unfollow (&follower);
  /* The object outlives the list. */
  g_assert_cmpstr (assay_task_summary_get_data (first)->title, ==, "Question number0");
}

static void
count_notify_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_follows (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  Follower follower = { NULL };
  g_autoptr (AssayTaskSummary) summary = NULL;
  g_autoptr (AssayTask) late = test_task_new ("late", "Late", "a", "b");
  guint n_notifications = 0;
  AssayTaskQuery ready = { .states = 1u << ASSAY_TASK_READY };
  gint64 row;

  test_store_add_many (test, 10);
  follow (&follower, test);
  summary = g_list_model_get_item (G_LIST_MODEL (follower.list), 3);
  wait_for_summary (summary);
  row = assay_task_summary_get_row (summary);

  /* A new state is shown in its row, and nothing else moves. */
  g_signal_connect (summary, "notify::loaded", G_CALLBACK (count_notify_cb), &n_notifications);
  follower.n_changes = 0;
  test_store_write (test, row, "Mine.");
  while (assay_task_summary_get_data (summary)->state != ASSAY_TASK_STARTED)
    g_main_context_iteration (NULL, TRUE);
  wait_for_list (follower.list);
  g_assert_cmpuint (follower.n_changes, ==, 0);
  g_assert_cmpuint (n_notifications, ==, 1);

  /* Added at the end. */
  test_store_add (test, late);
  wait_for_list (follower.list);
  g_assert_cmpuint (follower.n_changes, ==, 1);
  g_assert_cmpuint (follower.last_position, ==, 10);
  g_assert_cmpuint (follower.last_removed, ==, 0);
  g_assert_cmpuint (follower.last_added, ==, 1);

  /* Where the state counts, its row goes, and only that. */
  assay_task_list_set_query (follower.list, &ready);
  wait_for_list (follower.list);
  g_assert_cmpuint (follower.n_changes, ==, 2);
  g_assert_cmpuint (follower.last_position, ==, 3);
  g_assert_cmpuint (follower.last_removed, ==, 1);
  g_assert_cmpuint (follower.last_added, ==, 0);
  test_store_write (test, assay_task_list_get_row_id (follower.list, 0), "Mine.");
  wait_for_list (follower.list);
  g_assert_cmpuint (follower.n_changes, ==, 3);
  g_assert_cmpuint (follower.last_position, ==, 0);
  g_assert_cmpuint (follower.last_removed, ==, 1);
  assert_followed (&follower);
  unfollow (&follower);
}

/* Rows that change many at once are told of without naming each. */
static void
test_changed_together (void)
{
  static const char *const nothing[] = { NULL };
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayTaskSummary) first = NULL;
  g_autofree AssayRemovals *removals = NULL;
  Follower follower = { NULL };

  test_store_add_many (test, 20);
  follow (&follower, test);
  first = g_list_model_get_item (G_LIST_MODEL (follower.list), 0);
  wait_for_summary (first);
  g_assert_cmpint (assay_task_summary_get_data (first)->state, ==, ASSAY_TASK_READY);

  removals = test_await_boxed (
      assay_store_apply_removals (test->store, assay_project_get_id (test->project), nothing));
  g_assert_cmpuint (removals->n_withdrawn, ==, 20);
  while (assay_task_summary_get_data (first)->state != ASSAY_TASK_WITHDRAWN)
    g_main_context_iteration (NULL, TRUE);
  unfollow (&follower);
}

static void
test_other_project (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  Follower follower = { NULL };
  AssayTaskQuery other = { .project = 4711 };

  follow (&follower, test);
  assay_task_list_set_query (follower.list, &other);
  wait_for_list (follower.list);
  test_store_add_many (test, 3);
  /* It is none of this list's business. */
  g_assert_false (assay_task_list_get_loading (follower.list));
  g_assert_cmpuint (follower.n_changes, ==, 0);
  unfollow (&follower);
}

/* Whatever becomes of the rows, following the changes gives the same list. */
static void
test_changes (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  Follower follower = { NULL };
  g_autoptr (GArray) rows = NULL;
  AssayTaskQuery queries[6] = { { 0 } };

  test_store_add_many (test, 400);
  rows = test_store_query (test, NULL);
  /* Every third is a draft, the first half has another word in it. */
  for (guint i = 0; i < rows->len; i += 3)
    test_store_write (test, g_array_index (rows, gint64, i), "Mine.");
  queries[1].states = 1u << ASSAY_TASK_STARTED;
  queries[2].states = 1u << ASSAY_TASK_READY;
  queries[3].sort = ASSAY_SORT_NEWEST;
  queries[4].text = (char *) "number1";
  queries[5].text = (char *) "nothing like it";

  follow (&follower, test);
  for (guint i = 0; i < 200; i++)
    {
      assay_task_list_set_query (follower.list,
                                 &queries[g_test_rand_int_range (0, G_N_ELEMENTS (queries))]);
      /* Sometimes the next comes before the answer. */
      if (g_test_rand_bit ())
        wait_for_list (follower.list);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (follower.list)), ==,
                        follower.rows->len);
    }
  assay_task_list_set_query (follower.list, &queries[0]);
  wait_for_list (follower.list);
  g_assert_cmpuint (follower.rows->len, ==, 400);
  assert_followed (&follower);

  /* What stays is not reported: a handful of rows that go are a handful of changes. */
  assay_task_list_set_query (follower.list, &queries[4]);
  wait_for_list (follower.list);
  follower.n_changes = 0;
  test_store_write (test, assay_task_list_get_row_id (follower.list, 1), "Mine.");
  queries[4].states = 1u << ASSAY_TASK_READY;
  assay_task_list_set_query (follower.list, &queries[4]);
  wait_for_list (follower.list);
  g_assert_cmpuint (follower.n_changes, <=, 64);
  g_assert_cmpuint (follower.n_changes, >, 1);
  assert_followed (&follower);
  unfollow (&follower);
}

static void
test_hundred_thousand (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  Follower follower = { NULL };
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);
  guint64 before;

  /* Rows as an import leaves them, without the time that their texts take. */
  test_store_execute (
      test, "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99999)"
            " INSERT INTO task (project, task_id, position, title, kind, n_responses, est_minutes,"
            " pay_minor, digest, added_at)"
            " SELECT 1, 't' || i, i, 'Task ' || i, 'pairwise.overall', 2, 0, 0, 'd', 1 FROM n");

  before = test_store_count_statements (test);
  follow (&follower, test);
  g_assert_cmpuint (follower.rows->len, ==, 100000);
  g_assert_cmpuint (follower.n_changes, ==, 1);

  /* A first screenful, as GTK asks for it. */
  for (guint i = 0; i < 206; i++)
    g_ptr_array_add (shown, g_list_model_get_item (G_LIST_MODEL (follower.list), i));
  wait_for_summary (shown->pdata[205]);
  /* One for the ids, two for the rows. */
  g_assert_cmpuint (test_store_count_statements (test) - before, ==, 3);
  g_assert_cmpstr (assay_task_summary_get_data (shown->pdata[205])->title, ==, "Task 205");

  /* A jump: the objects of the first screen go, those of the last come. */
  g_ptr_array_set_size (shown, 0);
  for (guint i = 99794; i < 100000; i++)
    g_ptr_array_add (shown, g_list_model_get_item (G_LIST_MODEL (follower.list), i));
  wait_for_summary (shown->pdata[205]);
  g_assert_cmpstr (assay_task_summary_get_data (shown->pdata[205])->title, ==, "Task 99999");

  /* One row of a hundred thousand goes: one change of one row. */
  follower.n_changes = 0;
  test_store_execute (test, "DELETE FROM task WHERE position = 50000");
  {
    g_autoptr (AssayTask) late = test_task_new ("late", "Late", "a", "b");

    test_store_add (test, late);
  }
  wait_for_list (follower.list);
  g_assert_cmpuint (follower.n_changes, ==, 2);
  g_assert_cmpuint (follower.rows->len, ==, 100000);
  assert_followed (&follower);
  unfollow (&follower);
}

static void
test_dropped_while_loading (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  AssayTaskList *list;
  AssayTaskQuery query = { .text = (char *) "a" };

  test_store_add_many (test, 3);
  list = assay_task_list_new (test->store);
  assay_task_list_set_query (list, &query);
  g_object_unref (list);
  test_store_wait_for_upkeep (test);

  list = assay_task_list_new (test->store);
  wait_for_list (list);
  g_object_unref (g_list_model_get_item (G_LIST_MODEL (list), 0));
  g_object_unref (list);
}

static void
test_closed_store (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayTaskList) list = NULL;
  AssayTaskQuery query = { .project = 1 };

  test_store_add_many (test, 3);
  list = assay_task_list_new (test->store);
  wait_for_list (list);
  test_await (assay_store_close (test->store));
  assay_task_list_set_query (list, &query);
  wait_for_list (list);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 3);
  g_clear_object (&list);
  test_store_wait_for_upkeep (test);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

  g_test_add_func ("/task-list/items", test_items);
  g_test_add_func ("/task-list/follows", test_follows);
  g_test_add_func ("/task-list/changed-together", test_changed_together);
  g_test_add_func ("/task-list/other-project", test_other_project);
  g_test_add_func ("/task-list/changes", test_changes);
  g_test_add_func ("/task-list/hundred-thousand", test_hundred_thousand);
  g_test_add_func ("/task-list/dropped-while-loading", test_dropped_while_loading);
  g_test_add_func ("/task-list/closed-store", test_closed_store);

  return g_test_run ();
}
