/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One account against a platform whose every answer is decided here: order, faults, repeats. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-account-sync-private.h"
#include "assay-engine.h"
#include "fake-network.h"
#include "mock-vendor.h"
#include "store-fixture.h"

#define ACCOUNT "vendor"

typedef struct
{
  TestStore *test;
  AssayOutboxWorker *worker;
  FakeNetwork *network;
  AssayReachability *reachability;
  MockVendor *vendor;
  AssayAccountSync *sync;
  GPtrArray *signals; /* of char*: what was emitted */
} Fixture;

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

static void
start (Fixture *fixture)
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

static void
stop (Fixture *fixture)
{
  assay_account_sync_stop (fixture->sync);
  assay_outbox_worker_stop (fixture->worker);
  g_clear_object (&fixture->sync);
  g_clear_object (&fixture->worker);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
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
  start (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  mock_vendor_let_go (fixture->vendor);
  stop (fixture);
  test_drain ();
  g_clear_object (&fixture->reachability);
  g_clear_object (&fixture->network);
  g_clear_pointer (&fixture->test, test_store_free);
  g_clear_object (&fixture->vendor);
  g_clear_pointer (&fixture->signals, g_ptr_array_unref);
}

/* A round; the code that it fails with, or -1. */
static int
run_round (Fixture *fixture)
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

#define assert_round(fixture, code) g_assert_cmpint (run_round (fixture), ==, code)

static void
wait_for_log (Fixture *fixture, const char *beginning, guint n)
{
  while (mock_vendor_count (fixture->vendor, beginning) < n)
    g_main_context_iteration (NULL, TRUE);
}

/* Rounds without end, the first of which ends well. */
static void
begin (Fixture *fixture)
{
  assay_account_sync_begin (fixture->sync);
  while (assay_account_sync_get_busy (fixture->sync))
    g_main_context_iteration (NULL, TRUE);
}

static const char *
get_log_line (Fixture *fixture, const char *beginning, guint i)
{
  GPtrArray *log = mock_vendor_get_log (fixture->vendor);

  for (guint j = 0; j < log->len; j++)
    if (g_str_has_prefix (log->pdata[j], beginning) && i-- == 0)
      return log->pdata[j];
  g_error ("There is no such line: %s", beginning);
}

static GArray *
query (Fixture *fixture)
{
  const AssayTaskQuery all = { .account = (char *) ACCOUNT };

  return test_store_query (fixture->test, &all);
}

static guint
count_tasks (Fixture *fixture)
{
  g_autoptr (GArray) rows = query (fixture);

  return rows->len;
}

static gint64
get_row (Fixture *fixture, guint i)
{
  g_autoptr (GArray) rows = query (fixture);

  g_assert_cmpuint (rows->len, >, i);
  return g_array_index (rows, gint64, i);
}

static AssayProject *
load_project (Fixture *fixture)
{
  g_autoptr (GPtrArray) projects =
      test_await_boxed (assay_store_list_projects (fixture->test->store));

  for (guint i = 0; i < projects->len; i++)
    if (g_str_equal (assay_project_get_account (projects->pdata[i]), ACCOUNT))
      return g_object_ref (projects->pdata[i]);
  g_error ("There is no project");
}

static void
set_ahead (Fixture *fixture, int ahead)
{
  g_autoptr (AssayProject) project = load_project (fixture);

  json_object_set_int_member (assay_project_get_settings (project), ASSAY_PROJECT_SETTING_AHEAD,
                              ahead);
  test_await (assay_store_save_project (fixture->test->store, project));
}

static void
add_task (AssayPage *page, const char *id, AssayLease *lease)
{
  g_autoptr (AssayTask) task = test_task_new (id, "Which?", "One.", "Two.");

  assay_page_add_task (page, "p", task, lease);
}

/* A first pull that brings the project, and with it one task for each name. */
static void
pull_first (Fixture *fixture, guint max_held, const char *const *tasks)
{
  g_autoptr (AssayPage) page = mock_vendor_make_page ("c1", max_held);

  for (guint i = 0; tasks != NULL && tasks[i] != NULL; i++)
    {
      g_autofree char *id = g_strconcat ("lease-", tasks[i], NULL);
      g_autoptr (AssayLease) lease = mock_vendor_make_lease (id, 0, G_TIME_SPAN_HOUR, 1);

      add_task (page, tasks[i], lease);
    }
  mock_vendor_add_page (fixture->vendor, page);
  assert_round (fixture, -1);
}

static void
pull_leased (Fixture *fixture, AssayLease *lease)
{
  g_autoptr (AssayPage) page = mock_vendor_make_page ("c1", 10);

  add_task (page, "leased", lease);
  mock_vendor_add_page (fixture->vendor, page);
}

static char *
submit (Fixture *fixture, gint64 row)
{
  g_autoptr (AssayOutboxItem) item = test_store_submit (fixture->test, row, "Because.", 0);

  return g_strdup (assay_outbox_item_get_submission (item));
}

/* What the person did goes before what is new, and claims come last. */
static void
test_order (Fixture *fixture, gconstpointer unused)
{
  static const char *const tasks[] = { "a", NULL };
  GPtrArray *log = mock_vendor_get_log (fixture->vendor);

  pull_first (fixture, 10, tasks);
  set_ahead (fixture, 2);
  mock_vendor_set_n_free (fixture->vendor, 5);
  g_ptr_array_set_size (log, 0);
  assay_outbox_worker_stop (fixture->worker);
  g_free (submit (fixture, get_row (fixture, 0)));
  mock_vendor_hold (fixture->vendor, "pull");
  assay_outbox_worker_start (fixture->worker);
  {
    g_autoptr (DexFuture) round = assay_account_sync_run (fixture->sync);

    wait_for_log (fixture, "pull", 1);
    g_assert_true (assay_account_sync_get_busy (fixture->sync));
    g_assert_cmpuint (mock_platform_get_ledger (MOCK_PLATFORM (fixture->vendor))->len, ==, 1);
    mock_vendor_let_go (fixture->vendor);
    while (dex_future_is_pending (round))
      g_main_context_iteration (NULL, TRUE);
  }
  g_assert_cmpuint (log->len, ==, 2);
  g_assert_cmpstr (log->pdata[0], ==, "pull c1");
  g_assert_true (g_str_has_prefix (log->pdata[1], "claim 2 "));
  g_assert_cmpint (assay_account_sync_get_state (fixture->sync), ==, ASSAY_ACCOUNT_ONLINE);
  g_assert_null (assay_account_sync_get_message (fixture->sync));
  g_assert_cmpint (assay_account_sync_get_last_success (fixture->sync), >, 0);
}

/* Each page is stored with its cursor; the next round goes on from there, as does the next start.
 */
static void
test_pages (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (AssayPage) first = mock_vendor_make_page ("c1", 10);
  g_autoptr (AssayPage) second = mock_vendor_make_page ("c2", 10);

  assay_page_set_more (first, TRUE);
  add_task (first, "a", NULL);
  add_task (second, "b", NULL);
  mock_vendor_add_page (fixture->vendor, first);
  mock_vendor_add_page (fixture->vendor, second);
  assert_round (fixture, -1);
  g_assert_cmpuint (count_tasks (fixture), ==, 2);
  g_assert_cmpstr (get_log_line (fixture, "pull", 0), ==, "pull");
  g_assert_cmpstr (get_log_line (fixture, "pull", 1), ==, "pull c1");

  stop (fixture);
  start (fixture);
  assert_round (fixture, -1);
  g_assert_cmpstr (get_log_line (fixture, "pull", 2), ==, "pull c2");
  g_assert_cmpuint (count_tasks (fixture), ==, 2);
}

static void
test_endless_pages (Fixture *fixture, gconstpointer unused)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (AssayPage) page = mock_vendor_make_page ("again", 10);

      assay_page_set_more (page, TRUE);
      mock_vendor_add_page (fixture->vendor, page);
    }
  assert_round (fixture, ASSAY_PLATFORM_ERROR_PROTOCOL);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "pull"), ==, 2);
  g_assert_cmpint (assay_account_sync_get_state (fixture->sync), ==, ASSAY_ACCOUNT_FAILING);
}

static void
test_claim_ahead (Fixture *fixture, gconstpointer unused)
{
  pull_first (fixture, 4, NULL);
  mock_vendor_set_n_free (fixture->vendor, 20);
  /* Nobody asked for any. */
  assert_round (fixture, -1);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "claim"), ==, 0);

  /* While each byte is paid for, neither; the pull goes on. */
  set_ahead (fixture, 9);
  fake_network_set (fixture->network, TRUE, TRUE);
  assert_round (fixture, -1);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "claim"), ==, 0);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "pull"), ==, 3);

  /* 3 at once, and 4 to be held at most. */
  fake_network_set (fixture->network, TRUE, FALSE);
  assert_round (fixture, -1);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "claim"), ==, 2);
  g_assert_true (g_str_has_prefix (get_log_line (fixture, "claim", 0), "claim 3 "));
  g_assert_true (g_str_has_prefix (get_log_line (fixture, "claim", 1), "claim 1 "));
  g_assert_cmpuint (count_tasks (fixture), ==, 4);
  assert_round (fixture, -1);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "claim"), ==, 2);

  /* Where one asks for less, nothing is taken away. */
  set_ahead (fixture, 1);
  assert_round (fixture, -1);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "release"), ==, 0);
}

/* Where there are none, it is asked once and not in a circle. */
static void
test_nothing_to_claim (Fixture *fixture, gconstpointer unused)
{
  pull_first (fixture, 10, NULL);
  set_ahead (fixture, 7);
  mock_vendor_set_n_free (fixture->vendor, 1);
  assert_round (fixture, -1);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "claim"), ==, 1);
  g_assert_cmpuint (count_tasks (fixture), ==, 1);
}

static void
assert_same_claims (Fixture *fixture)
{
  g_assert_cmpstr (get_log_line (fixture, "claim", 0), ==, get_log_line (fixture, "claim", 1));
  g_assert_cmpuint (mock_vendor_get_given (fixture->vendor)->len, ==, 2);
  g_assert_cmpuint (count_tasks (fixture), ==, 2);
}

/* The answer is lost: the same request gives the same leases, and no second ones. */
static void
test_claim_lost (Fixture *fixture, gconstpointer unused)
{
  pull_first (fixture, 10, NULL);
  set_ahead (fixture, 2);
  mock_vendor_set_n_free (fixture->vendor, 20);
  mock_vendor_fail (fixture->vendor, "claim", ASSAY_PLATFORM_ERROR_INTERRUPTED, TRUE);
  assert_round (fixture, ASSAY_PLATFORM_ERROR_INTERRUPTED);
  g_assert_cmpuint (count_tasks (fixture), ==, 0);
  assert_round (fixture, -1);
  assert_same_claims (fixture);

  /* After that, a claim is another one. */
  set_ahead (fixture, 3);
  assert_round (fixture, -1);
  g_assert_cmpuint (count_tasks (fixture), ==, 3);
}

/* What a kill leaves on the disk now. By another process: a file that is closed here would lose the
 * locks of the store. */
static TestStore *
copy_store (TestStore *test)
{
  TestStore *copy = g_new0 (TestStore, 1);
  g_autofree char *from = g_strconcat (test->folder->path, "/.", NULL);
  const char *argv[] = { "cp", "-r", from, NULL, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  copy->folder = test_folder_new ();
  argv[3] = copy->folder->path;
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return copy;
}

/* Killed between the request and the storing: the next start gets the same. */
static void
test_claim_killed (Fixture *fixture, gconstpointer unused)
{
  TestStore *killed;

  pull_first (fixture, 10, NULL);
  set_ahead (fixture, 2);
  mock_vendor_set_n_free (fixture->vendor, 20);
  mock_vendor_hold (fixture->vendor, "claim");
  dex_future_disown (assay_account_sync_run (fixture->sync));
  wait_for_log (fixture, "claim", 1);
  killed = copy_store (fixture->test);
  mock_vendor_let_go (fixture->vendor);
  while (assay_account_sync_get_busy (fixture->sync))
    g_main_context_iteration (NULL, TRUE);
  stop (fixture);
  test_store_free (g_steal_pointer (&fixture->test));

  fixture->test = killed;
  test_store_open (fixture->test);
  start (fixture);
  g_assert_cmpuint (count_tasks (fixture), ==, 0);
  /* Also where none is wanted any more: they are held. */
  set_ahead (fixture, 0);
  assert_round (fixture, -1);
  assert_same_claims (fixture);
}

/* One project that refuses is a word to the person and no failure. */
static void
test_claim_refused (Fixture *fixture, gconstpointer unused)
{
  pull_first (fixture, 10, NULL);
  set_ahead (fixture, 1);
  mock_vendor_set_n_free (fixture->vendor, 20);
  mock_vendor_fail (fixture->vendor, "claim", ASSAY_PLATFORM_ERROR_NOT_ALLOWED, FALSE);
  assert_round (fixture, -1);
  g_assert_cmpint (assay_account_sync_get_state (fixture->sync), ==, ASSAY_ACCOUNT_ONLINE);
  g_assert_cmpstr (assay_account_sync_get_message (fixture->sync), ==, "claim failed");
  assert_round (fixture, -1);
  g_assert_cmpstr (get_log_line (fixture, "claim", 0), !=, get_log_line (fixture, "claim", 1));
  g_assert_null (assay_account_sync_get_message (fixture->sync));
}

/* The person's own claim waits for that of a round, and is counted. */
static void
test_claim_by_hand (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (AssayProject) project = NULL;
  g_autoptr (DexFuture) claim = NULL;

  pull_first (fixture, 10, NULL);
  set_ahead (fixture, 2);
  project = load_project (fixture);
  mock_vendor_set_n_free (fixture->vendor, 6);
  mock_vendor_hold (fixture->vendor, "claim");
  dex_future_disown (assay_account_sync_run (fixture->sync));
  wait_for_log (fixture, "claim", 1);
  claim = assay_account_sync_claim (fixture->sync, assay_project_get_id (project), 9);
  test_drain ();
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "claim"), ==, 1);
  mock_vendor_let_go (fixture->vendor);
  g_assert_cmpuint (test_await_uint (dex_ref (claim)), ==, 4);
  g_assert_cmpuint (count_tasks (fixture), ==, 6);

  mock_vendor_fail (fixture->vendor, "claim", ASSAY_PLATFORM_ERROR_NOT_ALLOWED, FALSE);
  dex_clear (&claim);
  claim = assay_account_sync_claim (fixture->sync, assay_project_get_id (project), 1);
  while (dex_future_is_pending (claim))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (dex_future_is_rejected (claim));
}

static void
test_renew (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (AssayLease) lease =
      mock_vendor_make_lease ("old", -50 * G_TIME_SPAN_MINUTE, 10 * G_TIME_SPAN_MINUTE, 2);
  g_autoptr (AssayLease) renewed = NULL;

  pull_leased (fixture, lease);
  /* The answer is lost, and the same is asked again. */
  mock_vendor_fail (fixture->vendor, "renew", ASSAY_PLATFORM_ERROR_TIMED_OUT, TRUE);
  assert_round (fixture, ASSAY_PLATFORM_ERROR_TIMED_OUT);
  assert_round (fixture, -1);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "renew old "), ==, 2);
  g_assert_cmpstr (get_log_line (fixture, "renew", 0), ==, get_log_line (fixture, "renew", 1));
  renewed = test_await_boxed (assay_store_load_lease (fixture->test->store, get_row (fixture, 0)));
  g_assert_cmpint (renewed->expires_at, >, lease->expires_at);
  /* There is time enough now. */
  assert_round (fixture, -1);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "renew"), ==, 2);
}

/* What nobody wants and nobody began is left to end; what has two thirds of its time is left
 * alone. */
static void
test_renew_not (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (AssayLease) lease =
      mock_vendor_make_lease ("old", -50 * G_TIME_SPAN_MINUTE, 10 * G_TIME_SPAN_MINUTE, 2);
  g_autoptr (AssayLease) fresh =
      mock_vendor_make_lease ("fresh", -10 * G_TIME_SPAN_MINUTE, 50 * G_TIME_SPAN_MINUTE, 2);
  g_autoptr (AssayPage) page = mock_vendor_make_page ("c2", 10);

  pull_first (fixture, 10, NULL);
  set_ahead (fixture, 0);
  add_task (page, "old", lease);
  add_task (page, "fresh", fresh);
  mock_vendor_add_page (fixture->vendor, page);
  assert_round (fixture, -1);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "renew"), ==, 0);

  test_store_write (fixture->test, get_row (fixture, 0), "Begun.");
  /* Refused: it ends when it ends, and is not asked for again and again. */
  mock_vendor_fail (fixture->vendor, "renew", ASSAY_PLATFORM_ERROR_CONFLICT, FALSE);
  assert_round (fixture, -1);
  assert_round (fixture, -1);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "renew"), ==, 1);
}

static void
test_lease_near (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (AssayLease) lease =
      mock_vendor_make_lease ("near", -10 * G_TIME_SPAN_MINUTE, 20 * G_TIME_SPAN_MINUTE, 0);
  g_autofree char *expected = NULL;

  pull_leased (fixture, lease);
  assert_round (fixture, -1);
  g_assert_cmpuint (fixture->signals->len, ==, 0);
  test_store_write (fixture->test, get_row (fixture, 0), "Begun.");
  assert_round (fixture, -1);
  assert_round (fixture, -1);
  expected = g_strdup_printf ("lease-near %" G_GINT64_FORMAT, get_row (fixture, 0));
  g_assert_cmpuint (fixture->signals->len, ==, 1);
  g_assert_cmpstr (fixture->signals->pdata[0], ==, expected);
}

/* More time could be had, but not while the platform is away. */
static void
test_lease_near_offline (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (AssayLease) lease =
      mock_vendor_make_lease ("near", -10 * G_TIME_SPAN_MINUTE, 20 * G_TIME_SPAN_MINUTE, 3);

  pull_leased (fixture, lease);
  assert_round (fixture, -1);
  test_store_write (fixture->test, get_row (fixture, 0), "Begun.");
  assert_round (fixture, -1);
  g_assert_cmpuint (fixture->signals->len, ==, 0);
  mock_vendor_fail (fixture->vendor, "pull", ASSAY_PLATFORM_ERROR_OFFLINE, FALSE);
  assert_round (fixture, ASSAY_PLATFORM_ERROR_OFFLINE);
  g_assert_cmpuint (fixture->signals->len, ==, 1);
}

static void
test_states (Fixture *fixture, gconstpointer unused)
{
  static const struct
  {
    AssayPlatformError code;
    AssayAccountState state;
  } cases[] = {
    { ASSAY_PLATFORM_ERROR_OFFLINE, ASSAY_ACCOUNT_OFFLINE },
    { ASSAY_PLATFORM_ERROR_TIMED_OUT, ASSAY_ACCOUNT_OFFLINE },
    { ASSAY_PLATFORM_ERROR_PROXY, ASSAY_ACCOUNT_OFFLINE },
    { ASSAY_PLATFORM_ERROR_INTERRUPTED, ASSAY_ACCOUNT_OFFLINE },
    { ASSAY_PLATFORM_ERROR_SIGNED_OUT, ASSAY_ACCOUNT_SIGNED_OUT },
    { ASSAY_PLATFORM_ERROR_INSECURE, ASSAY_ACCOUNT_INSECURE },
    { ASSAY_PLATFORM_ERROR_SERVER_FAULT, ASSAY_ACCOUNT_FAILING },
    { ASSAY_PLATFORM_ERROR_PROTOCOL, ASSAY_ACCOUNT_FAILING },
    { ASSAY_PLATFORM_ERROR_RATE_LIMITED, ASSAY_ACCOUNT_FAILING },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      mock_vendor_fail (fixture->vendor, "pull", cases[i].code, FALSE);
      assert_round (fixture, (int) cases[i].code);
      g_assert_cmpint (assay_account_sync_get_state (fixture->sync), ==, cases[i].state);
      g_assert_cmpstr (assay_account_sync_get_message (fixture->sync), ==, "pull failed");
      /* It is asked for by itself again, unless the person has to do something first. */
      if (cases[i].state == ASSAY_ACCOUNT_SIGNED_OUT || cases[i].state == ASSAY_ACCOUNT_INSECURE)
        g_assert_cmpuint (fixture->sync->timer, ==, 0);
      else
        g_assert_cmpuint (fixture->sync->timer, !=, 0);
      assert_round (fixture, -1);
      g_assert_cmpint (assay_account_sync_get_state (fixture->sync), ==, ASSAY_ACCOUNT_ONLINE);
      g_assert_null (assay_account_sync_get_message (fixture->sync));
    }
}

/* Signed out in a pull: nothing is sent either, and all of it after that. */
static void
test_signed_out (Fixture *fixture, gconstpointer unused)
{
  static const char *const tasks[] = { "a", "b", NULL };
  GPtrArray *ledger = mock_platform_get_ledger (MOCK_PLATFORM (fixture->vendor));

  pull_first (fixture, 10, tasks);
  begin (fixture);
  mock_vendor_fail (fixture->vendor, "pull", ASSAY_PLATFORM_ERROR_SIGNED_OUT, FALSE);
  assert_round (fixture, ASSAY_PLATFORM_ERROR_SIGNED_OUT);
  g_free (submit (fixture, get_row (fixture, 0)));
  test_drain ();
  fake_network_set (fixture->network, FALSE, FALSE);
  fake_network_set (fixture->network, TRUE, FALSE);
  test_drain ();
  g_assert_cmpuint (ledger->len, ==, 0);
  g_assert_cmpuint (mock_platform_get_n_attempts (MOCK_PLATFORM (fixture->vendor)), ==, 0);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "pull"), ==, 3);

  assert_round (fixture, -1);
  g_assert_cmpuint (ledger->len, ==, 1);

  /* Signed out in a submission: the state says so, and no round follows. */
  mock_platform_fail_next (MOCK_PLATFORM (fixture->vendor), ASSAY_PLATFORM_ERROR_SIGNED_OUT, FALSE);
  g_free (submit (fixture, get_row (fixture, 1)));
  while (assay_account_sync_get_state (fixture->sync) != ASSAY_ACCOUNT_SIGNED_OUT)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->sync->timer, ==, 0);
}

/* What the platform asks to wait is waited, and not less. */
static void
test_asked_to_wait (Fixture *fixture, gconstpointer unused)
{
  GSource *source;

  mock_vendor_put_off (fixture->vendor, "pull", 2 * G_TIME_SPAN_HOUR);
  assert_round (fixture, ASSAY_PLATFORM_ERROR_RATE_LIMITED);
  source = g_main_context_find_source_by_id (NULL, fixture->sync->timer);
  g_assert_nonnull (source);
  g_assert_cmpint (g_source_get_ready_time (source), >=,
                   g_get_monotonic_time () + 2 * G_TIME_SPAN_HOUR - G_TIME_SPAN_MINUTE);
  /* Otherwise five minutes and more. */
  assert_round (fixture, -1);
  source = g_main_context_find_source_by_id (NULL, fixture->sync->timer);
  g_assert_cmpint (g_source_get_ready_time (source), >=,
                   g_get_monotonic_time () + 4 * G_TIME_SPAN_MINUTE);
}

static void
test_network_back (Fixture *fixture, gconstpointer unused)
{
  begin (fixture);
  fake_network_set (fixture->network, FALSE, FALSE);
  mock_vendor_fail (fixture->vendor, "pull", ASSAY_PLATFORM_ERROR_OFFLINE, FALSE);
  assert_round (fixture, ASSAY_PLATFORM_ERROR_OFFLINE);
  fake_network_set (fixture->network, TRUE, FALSE);
  while (assay_account_sync_get_state (fixture->sync) != ASSAY_ACCOUNT_ONLINE)
    g_main_context_iteration (NULL, TRUE);
}

/* Once the platform took one, the next can be claimed. */
static void
test_after_submission (Fixture *fixture, gconstpointer unused)
{
  static const char *const tasks[] = { "a", NULL };

  pull_first (fixture, 10, tasks);
  begin (fixture);
  set_ahead (fixture, 1);
  mock_vendor_set_n_free (fixture->vendor, 1);
  g_free (submit (fixture, get_row (fixture, 0)));
  wait_for_log (fixture, "claim 1 ", 1);
  g_assert_cmpuint (mock_platform_get_ledger (MOCK_PLATFORM (fixture->vendor))->len, ==, 1);
}

/* A round does not send what its person may still take back. */
static void
test_undo_window (Fixture *fixture, gconstpointer unused)
{
  static const char *const tasks[] = { "a", NULL };

  pull_first (fixture, 10, tasks);
  g_object_unref (
      test_store_submit (fixture->test, get_row (fixture, 0), "Because.", G_TIME_SPAN_HOUR));
  assert_round (fixture, -1);
  g_assert_cmpuint (mock_platform_get_n_attempts (MOCK_PLATFORM (fixture->vendor)), ==, 0);
}

/* A whole listing that was cut off by the end of the program begins anew: what is gone is known
 * only from its beginning. */
static void
test_whole (Fixture *fixture, gconstpointer unused)
{
  static const char *const names[] = { "a", "b", "c" };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (AssayPage) page = mock_vendor_make_page (i == 0 ? "w1" : "w2", 10);

      assay_page_set_whole (page, TRUE);
      assay_page_set_more (page, i == 0);
      add_task (page, names[i], NULL);
      mock_vendor_add_page (fixture->vendor, page);
    }
  assert_round (fixture, -1);
  g_assert_cmpuint (count_tasks (fixture), ==, 2);

  /* Cut off after its first page. */
  {
    g_autoptr (AssayPage) page = mock_vendor_make_page ("w3", 10);

    assay_page_set_whole (page, TRUE);
    assay_page_set_more (page, TRUE);
    add_task (page, "b", NULL);
    mock_vendor_add_page (fixture->vendor, page);
  }
  mock_vendor_hold (fixture->vendor, "pull");
  dex_future_disown (assay_account_sync_run (fixture->sync));
  wait_for_log (fixture, "pull", 3);
  mock_vendor_let_go (fixture->vendor);
  mock_vendor_hold (fixture->vendor, "pull");
  wait_for_log (fixture, "pull", 4);
  g_assert_cmpstr (get_log_line (fixture, "pull", 3), ==, "pull w3");
  stop (fixture);
  mock_vendor_let_go (fixture->vendor);
  test_drain ();
  g_assert_cmpuint (count_tasks (fixture), ==, 2);

  start (fixture);
  {
    g_autoptr (AssayPage) page = mock_vendor_make_page ("w4", 10);

    assay_page_set_whole (page, TRUE);
    add_task (page, "b", NULL);
    add_task (page, "c", NULL);
    mock_vendor_add_page (fixture->vendor, page);
  }
  assert_round (fixture, -1);
  g_assert_cmpstr (get_log_line (fixture, "pull", 4), ==, "pull");
  /* "a" is gone; nobody is asked about one of three. */
  g_assert_cmpuint (count_tasks (fixture), ==, 2);
  g_assert_cmpuint (fixture->signals->len, ==, 0);
}

/* What was claimed while everything was listed is not gone because the listing does not have it. */
static void
test_claim_while_listing (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (AssayPage) first = mock_vendor_make_page ("w1", 10);
  g_autoptr (AssayPage) second = mock_vendor_make_page ("w2", 10);
  g_autoptr (AssayProject) project = NULL;
  g_autoptr (DexFuture) round = NULL;

  assay_page_set_whole (first, TRUE);
  assay_page_set_more (first, TRUE);
  assay_page_set_whole (second, TRUE);
  mock_vendor_add_page (fixture->vendor, first);
  mock_vendor_add_page (fixture->vendor, second);
  mock_vendor_set_n_free (fixture->vendor, 1);
  mock_vendor_hold (fixture->vendor, "pull");
  round = assay_account_sync_run (fixture->sync);
  wait_for_log (fixture, "pull", 1);
  mock_vendor_let_go (fixture->vendor);
  mock_vendor_hold (fixture->vendor, "pull");
  wait_for_log (fixture, "pull", 2);
  project = load_project (fixture);
  g_assert_cmpuint (test_await_uint (assay_account_sync_claim (fixture->sync,
                                                               assay_project_get_id (project), 1)),
                    ==, 1);
  mock_vendor_let_go (fixture->vendor);
  while (dex_future_is_pending (round))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count_tasks (fixture), ==, 1);
}

/* A platform that suddenly has nothing is not believed before the person was asked. */
static void
test_removals (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (AssayPage) all = mock_vendor_make_page ("w1", 50);
  g_autoptr (AssayPage) none = mock_vendor_make_page ("w2", 50);

  assay_page_set_whole (all, TRUE);
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *id = g_strdup_printf ("t%u", i);

      add_task (all, id, NULL);
    }
  mock_vendor_add_page (fixture->vendor, all);
  assert_round (fixture, -1);
  assay_page_set_whole (none, TRUE);
  mock_vendor_add_page (fixture->vendor, none);
  assert_round (fixture, -1);
  g_assert_cmpuint (count_tasks (fixture), ==, 12);
  g_assert_cmpuint (fixture->signals->len, ==, 1);
  g_assert_cmpstr (fixture->signals->pdata[0], ==, "removals 12");
}

static void
test_returned (Fixture *fixture, gconstpointer unused)
{
  static const char *const tasks[] = { "a", "b", NULL };
  g_autoptr (AssayPage) page = mock_vendor_make_page ("c2", 10);
  g_autofree char *submission = NULL;
  g_autofree char *expected = NULL;

  pull_first (fixture, 10, tasks);
  submission = submit (fixture, get_row (fixture, 0));
  expected = g_strdup_printf ("returned %" G_GINT64_FORMAT, get_row (fixture, 0));
  assert_round (fixture, -1);
  assay_page_add_submission (page, submission, "returned");
  mock_vendor_add_page (fixture->vendor, page);
  assert_round (fixture, -1);
  g_assert_cmpuint (fixture->signals->len, ==, 1);
  g_assert_cmpstr (fixture->signals->pdata[0], ==, expected);
  /* The same again is nothing new. */
  mock_vendor_add_page (fixture->vendor, page);
  assert_round (fixture, -1);
  g_assert_cmpuint (fixture->signals->len, ==, 1);
}

static void
test_release (Fixture *fixture, gconstpointer unused)
{
  static const char *const tasks[] = { "a", "b", NULL };
  DexFuture *future;

  pull_first (fixture, 10, tasks);
  test_await (assay_account_sync_release (fixture->sync, get_row (fixture, 0)));
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "release lease-a"), ==, 1);
  g_assert_cmpuint (count_tasks (fixture), ==, 1);

  /* The platform does not hear of it: it is held. */
  mock_vendor_fail (fixture->vendor, "release", ASSAY_PLATFORM_ERROR_OFFLINE, FALSE);
  future = assay_account_sync_release (fixture->sync, get_row (fixture, 0));
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (dex_future_is_rejected (future));
  dex_unref (future);
  g_assert_cmpuint (count_tasks (fixture), ==, 1);

  /* What was written for it stays with the person. */
  test_store_write (fixture->test, get_row (fixture, 0), "Begun.");
  test_await (assay_account_sync_release (fixture->sync, get_row (fixture, 0)));
  {
    g_autoptr (AssayOpenTask) open = test_store_load (fixture->test, get_row (fixture, 0));

    g_assert_cmpint (assay_open_task_get_lease (open)->state, ==, ASSAY_LEASE_RELEASED);
    g_assert_cmpstr (assay_judgement_get_rationale (assay_open_task_get_judgement (open)), ==,
                     "Begun.");
  }
}

static void
test_pause (Fixture *fixture, gconstpointer unused)
{
  static const char *const tasks[] = { "a", NULL };
  GPtrArray *ledger = mock_platform_get_ledger (MOCK_PLATFORM (fixture->vendor));

  pull_first (fixture, 10, tasks);
  mock_vendor_hold (fixture->vendor, "pull");
  assay_account_sync_begin (fixture->sync);
  wait_for_log (fixture, "pull", 2);
  assay_account_sync_set_paused (fixture->sync, TRUE);
  g_assert_cmpint (assay_account_sync_get_state (fixture->sync), ==, ASSAY_ACCOUNT_PAUSED);
  mock_vendor_let_go (fixture->vendor);
  while (assay_account_sync_get_busy (fixture->sync))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (assay_account_sync_get_state (fixture->sync), ==, ASSAY_ACCOUNT_PAUSED);
  assert_round (fixture, ASSAY_PLATFORM_ERROR_CANCELLED);
  /* Not even where everything is to be sent now. */
  g_free (submit (fixture, get_row (fixture, 0)));
  assay_outbox_worker_send_now (fixture->worker, NULL);
  g_free (test_await_string (assay_store_check (fixture->test->store)));
  test_drain ();
  g_assert_cmpuint (ledger->len, ==, 0);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "pull"), ==, 2);

  assay_account_sync_set_paused (fixture->sync, FALSE);
  wait_for_log (fixture, "pull", 3);
  while (ledger->len == 0)
    g_main_context_iteration (NULL, TRUE);
}

/* A network that says yes to everything gets nothing more before the platform itself answered. */
static void
test_suspicious (Fixture *fixture, gconstpointer unused)
{
  static const char *const tasks[] = { "a", NULL };
  MockPlatform *platform = MOCK_PLATFORM (fixture->vendor);
  guint n_checks;

  pull_first (fixture, 10, tasks);
  n_checks = mock_vendor_count (fixture->vendor, "check");
  mock_platform_forget_receipt (platform);
  g_free (submit (fixture, get_row (fixture, 0)));
  test_await (assay_outbox_worker_push (fixture->worker, ACCOUNT));
  g_assert_cmpuint (mock_platform_get_n_attempts (platform), ==, 1);

  mock_vendor_fail (fixture->vendor, "check", ASSAY_PLATFORM_ERROR_PROTOCOL, FALSE);
  assay_outbox_worker_send_now (fixture->worker, ACCOUNT);
  wait_for_log (fixture, "check", n_checks + 1);
  test_await (assay_outbox_worker_push (fixture->worker, ACCOUNT));
  g_assert_cmpuint (mock_platform_get_n_attempts (platform), ==, 1);

  assay_outbox_worker_send_now (fixture->worker, ACCOUNT);
  while (assay_outbox_worker_get_n_waiting (fixture->worker) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (mock_platform_get_n_attempts (platform), ==, 2);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "check"), ==, n_checks + 2);
  g_assert_cmpuint (mock_platform_get_ledger (platform)->len, ==, 1);
}

/* One that never answers keeps nobody else. */
static void
test_two_accounts (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (AssayAccount) account =
      assay_account_new ("other", ASSAY_ACCOUNT_KIND_OPEN, "Other", "https://other.example/v1");
  g_autoptr (MockVendor) vendor = mock_vendor_new ();
  g_autoptr (AssayAccountSync) other = NULL;

  test_await (assay_store_save_account (fixture->test->store, account));
  assay_outbox_worker_add_platform (fixture->worker, "other", ASSAY_PLATFORM (vendor));
  other = assay_account_sync_new (fixture->test->store, fixture->worker, account,
                                  ASSAY_PLATFORM (vendor));
  mock_vendor_hold (fixture->vendor, "check");
  dex_future_disown (assay_account_sync_run (fixture->sync));
  wait_for_log (fixture, "check", 1);
  test_await (assay_account_sync_run (other));
  g_assert_cmpint (assay_account_sync_get_state (other), ==, ASSAY_ACCOUNT_ONLINE);
  g_assert_true (assay_account_sync_get_busy (fixture->sync));
  g_assert_cmpint (assay_account_sync_get_state (fixture->sync), ==, ASSAY_ACCOUNT_STARTING);
  assay_account_sync_stop (other);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

#define ADD(name, function)                                                                        \
  g_test_add ("/account-sync/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("order", test_order);
  ADD ("pages", test_pages);
  ADD ("endless-pages", test_endless_pages);
  ADD ("claim-ahead", test_claim_ahead);
  ADD ("nothing-to-claim", test_nothing_to_claim);
  ADD ("claim-lost", test_claim_lost);
  ADD ("claim-killed", test_claim_killed);
  ADD ("claim-refused", test_claim_refused);
  ADD ("claim-by-hand", test_claim_by_hand);
  ADD ("renew", test_renew);
  ADD ("renew-not", test_renew_not);
  ADD ("lease-near", test_lease_near);
  ADD ("lease-near-offline", test_lease_near_offline);
  ADD ("states", test_states);
  ADD ("signed-out", test_signed_out);
  ADD ("asked-to-wait", test_asked_to_wait);
  ADD ("network-back", test_network_back);
  ADD ("after-submission", test_after_submission);
  ADD ("undo-window", test_undo_window);
  ADD ("whole", test_whole);
  ADD ("claim-while-listing", test_claim_while_listing);
  ADD ("removals", test_removals);
  ADD ("returned", test_returned);
  ADD ("release", test_release);
  ADD ("pause", test_pause);
  ADD ("suspicious", test_suspicious);
  ADD ("two-accounts", test_two_accounts);
#undef ADD

  return g_test_run ();
}
