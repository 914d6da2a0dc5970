/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "account-fixture.h"

static void
lease_near_cb (AssayAccountSync *sync,
               gint64 row,
               const char *title,
               gint64 seconds,
               GPtrArray *signals)
{
  g_ptr_array_add (signals, g_strdup_printf ("lease-near %" G_GINT64_FORMAT, row));
}

static void
returned_cb (AssayAccountSync *sync, gint64 row, const char *title, GPtrArray *signals)
{
  g_ptr_array_add (signals, g_strdup_printf ("returned %" G_GINT64_FORMAT, row));
}

static void
removals_cb (AssayAccountSync *sync,
             gint64 project,
             const AssayRemovals *removals,
             GPtrArray *signals)
{
  g_ptr_array_add (signals, g_strdup_printf ("removals %u", removals->n_withdrawn));
}

void
account_start (AccountFixture *fixture)
{
  g_autoptr (GPtrArray) accounts = NULL;
  AssayAccount *account = NULL;

  accounts = test_await_boxed (assay_store_list_accounts (fixture->test->store));
  for (guint i = 0; i < accounts->len; i++)
    if (g_str_equal (assay_account_get_id (accounts->pdata[i]), ACCOUNT))
      account = accounts->pdata[i];
  g_assert_nonnull (account);
  fixture->worker = assay_outbox_worker_new (fixture->test->store);
  assay_outbox_worker_add_platform (fixture->worker, ACCOUNT, ASSAY_PLATFORM (fixture->vendor));
  assay_outbox_worker_start (fixture->worker);
  fixture->sync = assay_account_sync_new (fixture->test->store, fixture->worker, account,
                                          ASSAY_PLATFORM (fixture->vendor));
  assay_account_sync_follow (fixture->sync, fixture->reachability);
  g_signal_connect (fixture->sync, "lease-near", G_CALLBACK (lease_near_cb), fixture->signals);
  g_signal_connect (fixture->sync, "returned", G_CALLBACK (returned_cb), fixture->signals);
  g_signal_connect (fixture->sync, "removals", G_CALLBACK (removals_cb), fixture->signals);
}

void
account_stop (AccountFixture *fixture)
{
  assay_account_sync_stop (fixture->sync);
  assay_outbox_worker_stop (fixture->worker);
  g_clear_object (&fixture->sync);
  g_clear_object (&fixture->worker);
}

void
account_set_up (AccountFixture *fixture, gconstpointer unused)
{
  g_autoptr (AssayAccount) account =
      assay_account_new (ACCOUNT, ASSAY_ACCOUNT_KIND_OPEN, "Vendor", "https://vendor.example/v1");

  fixture->test = test_store_new ();
  fixture->signals = g_ptr_array_new_with_free_func (g_free);
  fixture->network = fake_network_new (TRUE);
  fixture->reachability = assay_reachability_new (G_NETWORK_MONITOR (fixture->network));
  assay_reachability_set_longest_delay_ms (fixture->reachability, 0);
  fixture->vendor = mock_vendor_new ();
  test_await (assay_store_save_account (fixture->test->store, account));
  account_start (fixture);
}

void
account_tear_down (AccountFixture *fixture, gconstpointer unused)
{
  mock_vendor_let_go (fixture->vendor);
  account_stop (fixture);
  test_drain ();
  g_clear_object (&fixture->reachability);
  g_clear_object (&fixture->network);
  g_clear_pointer (&fixture->test, test_store_free);
  g_clear_object (&fixture->vendor);
  g_clear_pointer (&fixture->signals, g_ptr_array_unref);
}

int
account_run_round (AccountFixture *fixture)
{
  g_autoptr (DexFuture) future = assay_account_sync_run (fixture->sync);
  g_autoptr (GError) error = NULL;

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  if (dex_future_get_value (future, &error) != NULL)
    return -1;
  g_assert_true (error->domain == ASSAY_PLATFORM_ERROR);
  return error->code;
}

void
account_wait_for_log (AccountFixture *fixture, const char *beginning, guint n)
{
  while (mock_vendor_count (fixture->vendor, beginning) < n)
    g_main_context_iteration (NULL, TRUE);
}

void
account_begin (AccountFixture *fixture)
{
  assay_account_sync_begin (fixture->sync);
  while (assay_account_sync_get_busy (fixture->sync))
    g_main_context_iteration (NULL, TRUE);
}

const char *
account_get_log_line (AccountFixture *fixture, const char *beginning, guint i)
{
  GPtrArray *log = mock_vendor_get_log (fixture->vendor);

  for (guint j = 0; j < log->len; j++)
    if (g_str_has_prefix (log->pdata[j], beginning) && i-- == 0)
      return log->pdata[j];
  g_error ("There is no such line: %s", beginning);
}

static GArray *
query (AccountFixture *fixture)
{
  const AssayTaskQuery all = { .account = (char *) ACCOUNT };

  return test_store_query (fixture->test, &all);
}

guint
account_count_tasks (AccountFixture *fixture)
{
  g_autoptr (GArray) rows = query (fixture);

  return rows->len;
}

gint64
account_get_row (AccountFixture *fixture, guint i)
{
  g_autoptr (GArray) rows = query (fixture);

  g_assert_cmpuint (rows->len, >, i);
  return g_array_index (rows, gint64, i);
}

static AssayProject *
find_project (AccountFixture *fixture)
{
  g_autoptr (GPtrArray) projects =
      test_await_boxed (assay_store_list_projects (fixture->test->store));

  for (guint i = 0; i < projects->len; i++)
    if (g_str_equal (assay_project_get_account (projects->pdata[i]), ACCOUNT))
      return g_object_ref (projects->pdata[i]);
  return NULL;
}

AssayProject *
account_load_project (AccountFixture *fixture)
{
  AssayProject *project = find_project (fixture);

  g_assert_nonnull (project);
  return project;
}

AssayProject *
account_wait_for_project (AccountFixture *fixture)
{
  AssayProject *project;

  /* Each look lets the round go on. */
  while ((project = find_project (fixture)) == NULL)
    ;
  return project;
}

void
account_set_ahead (AccountFixture *fixture, int ahead)
{
  g_autoptr (AssayProject) project = account_load_project (fixture);

  json_object_set_int_member (assay_project_get_settings (project), ASSAY_PROJECT_SETTING_AHEAD,
                              ahead);
  test_await (assay_store_save_project (fixture->test->store, project));
}

void
account_add_task (AssayPage *page, const char *id, AssayLease *lease)
{
  g_autoptr (AssayTask) task = test_task_new (id, "Which?", "One.", "Two.");

  assay_page_add_task (page, "p", task, lease);
}

void
account_pull_first (AccountFixture *fixture, guint max_held, const char *const *tasks)
{
  g_autoptr (AssayPage) page = mock_vendor_make_page ("c1", max_held);

  for (guint i = 0; tasks != NULL && tasks[i] != NULL; i++)
    {
      g_autofree char *id = g_strconcat ("lease-", tasks[i], NULL);
      g_autoptr (AssayLease) lease = mock_vendor_make_lease (id, 0, G_TIME_SPAN_HOUR, 1);

      account_add_task (page, tasks[i], lease);
    }
  mock_vendor_add_page (fixture->vendor, page);
  assert_round (fixture, -1);
}

void
account_pull_leased (AccountFixture *fixture, AssayLease *lease)
{
  g_autoptr (AssayPage) page = mock_vendor_make_page ("c1", 10);

  account_add_task (page, "leased", lease);
  mock_vendor_add_page (fixture->vendor, page);
}

char *
account_submit (AccountFixture *fixture, gint64 row)
{
  g_autoptr (AssayOutboxItem) item = test_store_submit (fixture->test, row, "Because.", 0);

  return g_strdup (assay_outbox_item_get_submission (item));
}
