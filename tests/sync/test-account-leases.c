/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The leases of one account: claimed, renewed, warned of, given back, and never taken twice. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "account-fixture.h"

static void
test_claim_ahead (AccountFixture *fixture, gconstpointer unused)
{
  account_pull_first (fixture, 4, NULL);
  mock_vendor_set_n_free (fixture->vendor, 20);
  /* Nobody asked for any. */
  assert_round (fixture, -1);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "claim"), ==, 0);

  /* While each byte is paid for, neither; the pull goes on. */
  account_set_ahead (fixture, 9);
  fake_network_set (fixture->network, TRUE, TRUE);
  assert_round (fixture, -1);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "claim"), ==, 0);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "pull"), ==, 3);

  /* 3 at once, and 4 to be held at most. */
  fake_network_set (fixture->network, TRUE, FALSE);
  assert_round (fixture, -1);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "claim"), ==, 2);
  g_assert_true (g_str_has_prefix (account_get_log_line (fixture, "claim", 0), "claim 3 "));
  g_assert_true (g_str_has_prefix (account_get_log_line (fixture, "claim", 1), "claim 1 "));
  g_assert_cmpuint (account_count_tasks (fixture), ==, 4);
  assert_round (fixture, -1);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "claim"), ==, 2);

  /* Where one asks for less, nothing is taken away. */
  account_set_ahead (fixture, 1);
  assert_round (fixture, -1);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "release"), ==, 0);
}

/* Where there are none, it is asked once and not in a circle. */
static void
test_nothing_to_claim (AccountFixture *fixture, gconstpointer unused)
{
  account_pull_first (fixture, 10, NULL);
  account_set_ahead (fixture, 7);
  mock_vendor_set_n_free (fixture->vendor, 1);
  assert_round (fixture, -1);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "claim"), ==, 1);
  g_assert_cmpuint (account_count_tasks (fixture), ==, 1);
}

static void
assert_same_claims (AccountFixture *fixture)
{
  g_assert_cmpstr (account_get_log_line (fixture, "claim", 0), ==,
                   account_get_log_line (fixture, "claim", 1));
  g_assert_cmpuint (mock_vendor_get_given (fixture->vendor)->len, ==, 2);
  g_assert_cmpuint (account_count_tasks (fixture), ==, 2);
}

/* The answer is lost: the same request gives the same leases, and no second ones. */
static void
test_claim_lost (AccountFixture *fixture, gconstpointer unused)
{
  account_pull_first (fixture, 10, NULL);
  account_set_ahead (fixture, 2);
  mock_vendor_set_n_free (fixture->vendor, 20);
  mock_vendor_fail (fixture->vendor, "claim", ASSAY_PLATFORM_ERROR_INTERRUPTED, TRUE);
  assert_round (fixture, ASSAY_PLATFORM_ERROR_INTERRUPTED);
  g_assert_cmpuint (account_count_tasks (fixture), ==, 0);
  assert_round (fixture, -1);
  assert_same_claims (fixture);

  /* After that, a claim is another one. */
  account_set_ahead (fixture, 3);
  assert_round (fixture, -1);
  g_assert_cmpuint (account_count_tasks (fixture), ==, 3);
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
test_claim_killed (AccountFixture *fixture, gconstpointer unused)
{
  TestStore *killed;

  account_pull_first (fixture, 10, NULL);
  account_set_ahead (fixture, 2);
  mock_vendor_set_n_free (fixture->vendor, 20);
  mock_vendor_hold (fixture->vendor, "claim");
  dex_future_disown (assay_account_sync_run (fixture->sync));
  account_wait_for_log (fixture, "claim", 1);
  killed = copy_store (fixture->test);
  mock_vendor_let_go (fixture->vendor);
  while (assay_account_sync_get_busy (fixture->sync))
    g_main_context_iteration (NULL, TRUE);
  account_stop (fixture);
  test_store_free (g_steal_pointer (&fixture->test));

  fixture->test = killed;
  test_store_open (fixture->test);
  account_start (fixture);
  g_assert_cmpuint (account_count_tasks (fixture), ==, 0);
  /* Also where none is wanted any more: they are held. */
  account_set_ahead (fixture, 0);
  assert_round (fixture, -1);
  assert_same_claims (fixture);
}

/* One project that refuses is a word to the person and no failure. */
static void
test_claim_refused (AccountFixture *fixture, gconstpointer unused)
{
  account_pull_first (fixture, 10, NULL);
  account_set_ahead (fixture, 1);
  mock_vendor_set_n_free (fixture->vendor, 20);
  mock_vendor_fail (fixture->vendor, "claim", ASSAY_PLATFORM_ERROR_NOT_ALLOWED, FALSE);
  assert_round (fixture, -1);
  g_assert_cmpint (assay_account_sync_get_state (fixture->sync), ==, ASSAY_ACCOUNT_ONLINE);
  g_assert_cmpstr (assay_account_sync_get_message (fixture->sync), ==, "claim failed");
  assert_round (fixture, -1);
  g_assert_cmpstr (account_get_log_line (fixture, "claim", 0), !=,
                   account_get_log_line (fixture, "claim", 1));
  g_assert_null (assay_account_sync_get_message (fixture->sync));
}

/* The person's own claim waits for that of a round, and is counted. */
static void
test_claim_by_hand (AccountFixture *fixture, gconstpointer unused)
{
  g_autoptr (AssayProject) project = NULL;
  g_autoptr (DexFuture) claim = NULL;

  account_pull_first (fixture, 10, NULL);
  account_set_ahead (fixture, 2);
  project = account_load_project (fixture);
  mock_vendor_set_n_free (fixture->vendor, 6);
  mock_vendor_hold (fixture->vendor, "claim");
  dex_future_disown (assay_account_sync_run (fixture->sync));
  account_wait_for_log (fixture, "claim", 1);
  claim = assay_account_sync_claim (fixture->sync, assay_project_get_id (project), 9);
  test_drain ();
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "claim"), ==, 1);
  mock_vendor_let_go (fixture->vendor);
  g_assert_cmpuint (test_await_uint (dex_ref (claim)), ==, 4);
  g_assert_cmpuint (account_count_tasks (fixture), ==, 6);

  mock_vendor_fail (fixture->vendor, "claim", ASSAY_PLATFORM_ERROR_NOT_ALLOWED, FALSE);
  dex_clear (&claim);
  claim = assay_account_sync_claim (fixture->sync, assay_project_get_id (project), 1);
  while (dex_future_is_pending (claim))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (dex_future_is_rejected (claim));
}

static void
test_renew (AccountFixture *fixture, gconstpointer unused)
{
  g_autoptr (AssayLease) lease =
      mock_vendor_make_lease ("old", -50 * G_TIME_SPAN_MINUTE, 10 * G_TIME_SPAN_MINUTE, 2);
  g_autoptr (AssayLease) renewed = NULL;

  account_pull_leased (fixture, lease);
  /* The answer is lost, and the same is asked again. */
  mock_vendor_fail (fixture->vendor, "renew", ASSAY_PLATFORM_ERROR_TIMED_OUT, TRUE);
  assert_round (fixture, ASSAY_PLATFORM_ERROR_TIMED_OUT);
  assert_round (fixture, -1);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "renew old "), ==, 2);
  g_assert_cmpstr (account_get_log_line (fixture, "renew", 0), ==,
                   account_get_log_line (fixture, "renew", 1));
  renewed = test_await_boxed (
      assay_store_load_lease (fixture->test->store, account_get_row (fixture, 0)));
  g_assert_cmpint (renewed->expires_at, >, lease->expires_at);
  /* There is time enough now. */
  assert_round (fixture, -1);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "renew"), ==, 2);
}

/* What nobody wants and nobody began is left to end; what has two thirds of its time is left
 * alone. */
static void
test_renew_not (AccountFixture *fixture, gconstpointer unused)
{
  g_autoptr (AssayLease) lease =
      mock_vendor_make_lease ("old", -50 * G_TIME_SPAN_MINUTE, 10 * G_TIME_SPAN_MINUTE, 2);
  g_autoptr (AssayLease) fresh =
      mock_vendor_make_lease ("fresh", -10 * G_TIME_SPAN_MINUTE, 50 * G_TIME_SPAN_MINUTE, 2);
  g_autoptr (AssayPage) page = mock_vendor_make_page ("c2", 10);

  account_pull_first (fixture, 10, NULL);
  account_set_ahead (fixture, 0);
  account_add_task (page, "old", lease);
  account_add_task (page, "fresh", fresh);
  mock_vendor_add_page (fixture->vendor, page);
  assert_round (fixture, -1);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "renew"), ==, 0);

  test_store_write (fixture->test, account_get_row (fixture, 0), "Begun.");
  /* Refused: it ends when it ends, and is not asked for again and again. */
  mock_vendor_fail (fixture->vendor, "renew", ASSAY_PLATFORM_ERROR_CONFLICT, FALSE);
  assert_round (fixture, -1);
  assert_round (fixture, -1);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "renew"), ==, 1);
}

static void
test_lease_near (AccountFixture *fixture, gconstpointer unused)
{
  g_autoptr (AssayLease) lease =
      mock_vendor_make_lease ("near", -10 * G_TIME_SPAN_MINUTE, 20 * G_TIME_SPAN_MINUTE, 0);
  g_autofree char *expected = NULL;

  account_pull_leased (fixture, lease);
  assert_round (fixture, -1);
  g_assert_cmpuint (fixture->signals->len, ==, 0);
  test_store_write (fixture->test, account_get_row (fixture, 0), "Begun.");
  assert_round (fixture, -1);
  assert_round (fixture, -1);
  expected = g_strdup_printf ("lease-near %" G_GINT64_FORMAT, account_get_row (fixture, 0));
  g_assert_cmpuint (fixture->signals->len, ==, 1);
  g_assert_cmpstr (fixture->signals->pdata[0], ==, expected);
}

/* More time could be had, but not while the platform is away. */
static void
test_lease_near_offline (AccountFixture *fixture, gconstpointer unused)
{
  g_autoptr (AssayLease) lease =
      mock_vendor_make_lease ("near", -10 * G_TIME_SPAN_MINUTE, 20 * G_TIME_SPAN_MINUTE, 3);

  account_pull_leased (fixture, lease);
  assert_round (fixture, -1);
  test_store_write (fixture->test, account_get_row (fixture, 0), "Begun.");
  assert_round (fixture, -1);
  g_assert_cmpuint (fixture->signals->len, ==, 0);
  mock_vendor_fail (fixture->vendor, "pull", ASSAY_PLATFORM_ERROR_OFFLINE, FALSE);
  assert_round (fixture, ASSAY_PLATFORM_ERROR_OFFLINE);
  g_assert_cmpuint (fixture->signals->len, ==, 1);
}

/* What was claimed while everything was listed is not gone because the listing does not have it. */
static void
test_claim_while_listing (AccountFixture *fixture, gconstpointer unused)
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
  account_wait_for_log (fixture, "pull", 1);
  mock_vendor_let_go (fixture->vendor);
  mock_vendor_hold (fixture->vendor, "pull");
  account_wait_for_log (fixture, "pull", 2);
  project = account_wait_for_project (fixture);
  g_assert_cmpuint (test_await_uint (assay_account_sync_claim (fixture->sync,
                                                               assay_project_get_id (project), 1)),
                    ==, 1);
  mock_vendor_let_go (fixture->vendor);
  while (dex_future_is_pending (round))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (account_count_tasks (fixture), ==, 1);
}

static void
test_release (AccountFixture *fixture, gconstpointer unused)
{
  static const char *const tasks[] = { "a", "b", NULL };
  DexFuture *future;

  account_pull_first (fixture, 10, tasks);
  test_await (assay_account_sync_release (fixture->sync, account_get_row (fixture, 0)));
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "release lease-a"), ==, 1);
  g_assert_cmpuint (account_count_tasks (fixture), ==, 1);

  /* The platform does not hear of it: it is held. */
  mock_vendor_fail (fixture->vendor, "release", ASSAY_PLATFORM_ERROR_OFFLINE, FALSE);
  future = assay_account_sync_release (fixture->sync, account_get_row (fixture, 0));
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (dex_future_is_rejected (future));
  dex_unref (future);
  g_assert_cmpuint (account_count_tasks (fixture), ==, 1);

  /* What was written for it stays with the person. */
  test_store_write (fixture->test, account_get_row (fixture, 0), "Begun.");
  test_await (assay_account_sync_release (fixture->sync, account_get_row (fixture, 0)));
  {
    g_autoptr (AssayOpenTask) open = test_store_load (fixture->test, account_get_row (fixture, 0));

    g_assert_cmpint (assay_open_task_get_lease (open)->state, ==, ASSAY_LEASE_RELEASED);
    g_assert_cmpstr (assay_judgement_get_rationale (assay_open_task_get_judgement (open)), ==,
                     "Begun.");
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

#define ADD(name, function)                                                                        \
  g_test_add ("/account-leases/" name, AccountFixture, NULL, account_set_up, function,             \
              account_tear_down)
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
  ADD ("claim-while-listing", test_claim_while_listing);
  ADD ("release", test_release);
#undef ADD

  return g_test_run ();
}
