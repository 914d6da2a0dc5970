/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "page-fixture.h"

static void
tasks_changed_cb (AssayStore *store, gint64 project, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
projects_changed_cb (AssayStore *store, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_page (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (TestPage) page = test_page_new (test, "open");
  g_autoptr (AssayAccount) account = assay_account_new ("open", "open", "P", "https://p.example");
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GPtrArray) projects = NULL;
  g_autoptr (AssayOpenTask) open = NULL;
  const AssayLease *lease;
  AssayLease *given;

  test_await (assay_store_save_account (test->store, account));
  test_page_add_project (page, "q");
  test_page_add_guideline (page, "q", 3);
  given = test_page_add_task (page, "q", "t0", "l0", ASSAY_LEASE_HELD);
  given->expires_at = G_MAXINT64 / 2;
  given->training = TRUE;
  test_page_add_task (page, "q", "t1", NULL, ASSAY_LEASE_HELD);
  assay_page_set_cursor (page->page, "here");
  g_assert_cmpuint (test_page_apply (page), ==, 2);

  accounts = test_await_boxed (assay_store_list_accounts (test->store));
  g_assert_cmpuint (accounts->len, ==, 2);
  g_assert_cmpstr (assay_account_get_cursor (accounts->pdata[1]), ==, "here");
  projects = test_await_boxed (assay_store_list_projects (test->store));
  g_assert_cmpuint (projects->len, ==, 2);
  g_assert_cmpint (json_object_get_int_member (assay_project_get_terms (projects->pdata[1]),
                                               "available"),
                   ==, 12);
  open = test_store_load (test, test_store_find (test, "t0"));
  lease = assay_open_task_get_lease (open);
  g_assert_nonnull (lease);
  g_assert_cmpstr (lease->id, ==, "l0");
  g_assert_cmpint (lease->expires_at, ==, G_MAXINT64 / 2);
  g_assert_true (lease->training);
  g_assert_cmpuint (lease->renewals_left, ==, 2);
  g_assert_cmpstr (lease->form, ==, "form");
  g_assert_cmpint (assay_guideline_get_version (assay_open_task_get_guideline (open)), ==, 3);
  g_clear_object (&open);
  open = test_store_load (test, test_store_find (test, "t1"));
  g_assert_null (assay_open_task_get_lease (open));
}

/* A platform says the same again and again. */
static void
test_twice (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (TestPage) page = test_page_new (test, "open");
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  guint n_changes = 0;

  test_store_add_account (test, "open");
  item = test_store_submit_framed (test, test_store_claim (test, "open", "judged"), "Mine.", 0);
  test_store_deliver (test, item, ASSAY_OUTBOX_ACCEPTED);

  test_page_add_project (page, "q");
  test_page_add_guideline (page, "q", 1)->acknowledged = TRUE;
  test_page_add_task (page, "q", "t0", "l0", ASSAY_LEASE_HELD);
  test_page_add_task (page, "q", "gone", "l1", ASSAY_LEASE_EXPIRED);
  test_page_add_lease (page, "l0", ASSAY_LEASE_HELD);
  assay_page_add_submission (page->page, assay_outbox_item_get_submission (item), "returned");
  test_page_add_feedback (page, "f", assay_outbox_item_get_submission (item), "returned");
  assay_page_set_cursor (page->page, "here");
  g_assert_cmpuint (test_page_apply (page), ==, 1);
  before = test_store_describe (test);

  g_signal_connect (test->store, "tasks-changed", G_CALLBACK (tasks_changed_cb), &n_changes);
  g_signal_connect (test->store, "projects-changed", G_CALLBACK (projects_changed_cb), &n_changes);
  g_assert_cmpuint (test_page_apply (page), ==, 0);
  after = test_store_describe (test);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (n_changes, ==, 0);
}

/* Nothing of it is there without its cursor, nor the cursor without all of it. */
static void
test_all_or_nothing (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (TestPage) page = test_page_new (test, "open");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  test_store_add_account (test, "open");
  before = test_store_describe (test);
  test_store_execute (test, "CREATE TRIGGER no_more BEFORE INSERT ON lease WHEN NEW.id = 'l1'"
                            " BEGIN SELECT RAISE (ABORT, 'no more'); END");
  test_page_add_task (page, "q", "t0", "l0", ASSAY_LEASE_HELD);
  test_page_add_task (page, "q", "t1", "l1", ASSAY_LEASE_HELD);
  assay_page_set_cursor (page->page, "beyond");
  test_await_error (assay_store_apply_page (test->store, "open", page->page),
                    ASSAY_STORE_ERROR_CONFLICT);
  after = test_store_describe (test);
  g_assert_cmpstr (after, ==, before);
  test_await_error (assay_store_apply_page (test->store, "nobody", page->page),
                    ASSAY_STORE_ERROR_NOT_FOUND);
}

/* The person removed the project; what is held in it comes all the same. */
static void
test_removed_project (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (TestPage) page = test_page_new (test, "open");
  g_autoptr (GPtrArray) projects = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GPtrArray) known = NULL;

  test_store_add_account (test, "open");
  projects = test_await_boxed (assay_store_list_projects (test->store));
  test_await (assay_store_remove_project (test->store, assay_project_get_id (projects->pdata[1])));
  test_store_claim (test, "open", "t0");
  again = test_await_boxed (assay_store_list_projects (test->store));
  g_assert_cmpuint (again->len, ==, 2);
  g_assert_cmpstr (assay_project_get_title (again->pdata[1]), ==, "q");

  test_page_add_project (page, "q");
  test_page_apply (page);
  known = test_await_boxed (assay_store_list_projects (test->store));
  g_assert_cmpuint (known->len, ==, 2);
  g_assert_cmpstr (assay_project_get_title (known->pdata[1]), ==, "Project q");
  g_assert_cmpuint (assay_project_get_n_tasks (known->pdata[1]), ==, 1);
}

static char *
dup_cursor (TestStore *test)
{
  g_autoptr (GPtrArray) accounts = test_await_boxed (assay_store_list_accounts (test->store));

  for (guint i = 0; i < accounts->len; i++)
    if (g_str_equal (assay_account_get_id (accounts->pdata[i]), "open"))
      return g_strdup (assay_account_get_cursor (accounts->pdata[i]));
  g_assert_not_reached ();
}

static void
test_cursor (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (TestPage) page = test_page_new (test, "open");
  g_autofree char *claimed = NULL;
  g_autofree char *last = NULL;
  g_autofree char *forgotten = NULL;

  test_store_add_account (test, "open");
  /* What was claimed has no cursor, and the pull goes on where it was. */
  test_store_claim (test, "open", "t0");
  claimed = dup_cursor (test);
  g_assert_cmpstr (claimed, ==, "first");

  /* The last page of a platform that can only list everything. */
  assay_page_set_whole (page->page, TRUE);
  test_page_apply (page);
  last = dup_cursor (test);
  g_assert_null (last);

  test_page_clear (page);
  assay_page_set_cursor (page->page, "second");
  test_page_apply (page);
  test_await (assay_store_forget_cursor (test->store, "open"));
  forgotten = dup_cursor (test);
  g_assert_null (forgotten);
}

/* What the person chose for a project is not the platform's. */
static void
test_settings_stay (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (TestPage) page = test_page_new (test, "open");
  g_autoptr (GPtrArray) projects = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (JsonObject) settings = json_object_new ();
  AssayProject *project;

  test_store_add_account (test, "open");
  projects = test_await_boxed (assay_store_list_projects (test->store));
  project = projects->pdata[1];
  json_object_set_int_member (settings, "claim_ahead", 7);
  assay_project_set_settings (project, settings);
  assay_project_set_terms (project, NULL);
  test_await (assay_store_save_project (test->store, project));

  test_page_add_project (page, "q");
  test_page_apply (page);
  again = test_await_boxed (assay_store_list_projects (test->store));
  g_assert_cmpuint (again->len, ==, 2);
  g_assert_cmpint (json_object_get_int_member (assay_project_get_settings (again->pdata[1]),
                                               "claim_ahead"),
                   ==, 7);
  g_assert_cmpint (
      json_object_get_int_member (assay_project_get_terms (again->pdata[1]), "available"), ==, 12);
}

/* A task that is worked on keeps the text that it is worked on for; its lease is new all the same.
 */
static void
test_work_stays (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (TestPage) page = test_page_new (test, "open");
  g_autoptr (AssayTask) other = test_task_new ("t0", "Another question?", "One.", "Two.");
  g_autoptr (AssayLease) lease = assay_lease_new ("l-t0");
  g_autoptr (AssayOpenTask) open = NULL;
  gint64 row;

  test_store_add_account (test, "open");
  row = test_store_claim (test, "open", "t0");
  test_store_write (test, row, "Begun.");
  lease->expires_at = 77;
  lease->renewals_left = 9;
  assay_page_add_task (page->page, "q", other, lease);
  g_assert_cmpuint (test_page_apply (page), ==, 0);
  open = test_store_load (test, row);
  g_assert_cmpstr (assay_task_get_digest (assay_open_task_get_task (open)), !=,
                   assay_task_get_digest (other));
  g_assert_cmpstr (assay_judgement_get_rationale (assay_open_task_get_judgement (open)), ==,
                   "Begun.");
  g_assert_cmpuint (assay_open_task_get_lease (open)->renewals_left, ==, 9);
}

static GHashTable *
present_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                (GDestroyNotify) g_ptr_array_unref);
}

static void
list (GHashTable *present, const char *project, guint from, guint to)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = from; i < to; i++)
    g_ptr_array_add (ids, g_strdup_printf ("%s%u", project, i));
  g_hash_table_insert (present, g_strdup (project), ids);
}

static void
pull_tasks (TestPage *page, const char *project, guint n, gint64 expires_at)
{
  test_page_clear (page);
  test_page_add_project (page, project);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("%s%u", project, i);
      g_autofree char *lease = g_strdup_printf ("l-%s", id);

      test_page_add_task (page, project, id, lease, ASSAY_LEASE_HELD)->expires_at = expires_at;
    }
  test_page_apply (page);
}

static void
test_whole_pull (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (TestPage) page = test_page_new (test, "open");
  g_autoptr (GHashTable) present = present_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (GPtrArray) projects = NULL;
  AssayRemovals *removals;

  test_store_add_account (test, "open");
  test_store_add_many (test, 3);
  pull_tasks (page, "q", 8, 0);
  pull_tasks (page, "r", 2, 0);
  pull_tasks (page, "s", 2, 0);
  test_store_write (test, test_store_find (test, "q7"), "Begun.");
  item = test_store_submit_framed (test, test_store_find (test, "s0"), "Mine.", 0);
  test_store_deliver (test, item, ASSAY_OUTBOX_ACCEPTED);

  list (present, "q", 0, 4);
  removals = test_await_boxed (assay_store_end_whole_pull (test->store, "open", present));
  g_assert_cmpuint (removals->n_removed, ==, 3 + 2 + 1);
  g_assert_cmpuint (removals->n_withdrawn, ==, 1);
  g_assert_false (removals->in_doubt);
  g_free (removals);

  g_assert_cmpint (test_store_find (test, "q3"), >, 0);
  g_assert_cmpint (test_store_find (test, "q4"), ==, 0);
  g_assert_cmpint (test_store_get_state (test, test_store_find (test, "q7")), ==,
                   ASSAY_TASK_WITHDRAWN);
  g_assert_cmpint (test_store_get_state (test, test_store_find (test, "s0")), ==, ASSAY_TASK_SENT);
  /* That of a person's work is still there, the other is not; and another account's is not asked
   * about. */
  projects = test_await_boxed (assay_store_list_projects (test->store));
  g_assert_cmpuint (projects->len, ==, 3);
  g_assert_cmpstr (assay_project_get_external_id (projects->pdata[0]), ==, "p");
  g_assert_cmpstr (assay_project_get_external_id (projects->pdata[1]), ==, "q");
  g_assert_cmpstr (assay_project_get_external_id (projects->pdata[2]), ==, "s");
  g_assert_cmpuint (assay_project_get_n_tasks (projects->pdata[0]), ==, 3);
}

/* A server that suddenly lists nothing is not believed, project by project. */
static void
test_empty_server (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (TestPage) page = test_page_new (test, "open");
  g_autoptr (GHashTable) nothing = present_new ();
  g_autoptr (GHashTable) all = present_new ();
  AssayRemovals *removals;

  test_store_add_account (test, "open");
  pull_tasks (page, "q", 11, 0);
  removals = test_await_boxed (assay_store_end_whole_pull (test->store, "open", nothing));
  g_assert_true (removals->in_doubt);
  g_assert_cmpint (removals->project, ==,
                   test_store_query_int (test, "SELECT id FROM project WHERE external_id = 'q'"));
  g_assert_cmpuint (removals->n_removed, ==, 0);
  g_assert_cmpuint (removals->n_withdrawn, ==, 11);
  g_free (removals);
  g_assert_cmpuint (test_store_count (test, ASSAY_TASK_WITHDRAWN), ==, 11);

  /* It was a fault, and is over. */
  list (all, "q", 0, 11);
  removals = test_await_boxed (assay_store_end_whole_pull (test->store, "open", all));
  g_assert_false (removals->in_doubt);
  g_free (removals);
  g_assert_cmpuint (test_store_count (test, ASSAY_TASK_READY), ==, 11);
}

/* After a night offline all leases are over, and nobody need be asked about that; but twelve that
 * are held are another matter. */
static void
test_ended_leases (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (TestPage) page = test_page_new (test, "open");
  g_autoptr (GHashTable) nothing = present_new ();
  gint64 begun;
  AssayRemovals *removals;

  test_store_add_account (test, "open");
  pull_tasks (page, "q", 40, 5);
  begun = test_store_find (test, "q0");
  test_store_write (test, begun, "Begun.");
  removals = test_await_boxed (assay_store_end_whole_pull (test->store, "open", nothing));
  g_assert_false (removals->in_doubt);
  g_assert_cmpuint (removals->n_removed, ==, 39);
  g_assert_cmpuint (removals->n_withdrawn, ==, 0);
  g_free (removals);
  /* The platform took nothing back: the time was over. */
  g_assert_cmpint (test_store_get_state (test, begun), ==, ASSAY_TASK_STARTED);
  g_assert_cmpint (
      test_store_query_int (test, "SELECT count(*) FROM lease WHERE state = 'expired'"), ==, 1);

  pull_tasks (page, "q", 40, 5);
  pull_tasks (page, "q", 12, G_MAXINT64);
  removals = test_await_boxed (assay_store_end_whole_pull (test->store, "open", nothing));
  g_assert_true (removals->in_doubt);
  g_assert_cmpuint (removals->n_removed, ==, 28);
  g_free (removals);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

  g_test_add_func ("/pull/page", test_page);
  g_test_add_func ("/pull/twice", test_twice);
  g_test_add_func ("/pull/all-or-nothing", test_all_or_nothing);
  g_test_add_func ("/pull/removed-project", test_removed_project);
  g_test_add_func ("/pull/cursor", test_cursor);
  g_test_add_func ("/pull/settings-stay", test_settings_stay);
  g_test_add_func ("/pull/work-stays", test_work_stays);
  g_test_add_func ("/pull/whole-pull", test_whole_pull);
  g_test_add_func ("/pull/empty-server", test_empty_server);
  g_test_add_func ("/pull/ended-leases", test_ended_leases);

  return g_test_run ();
}
