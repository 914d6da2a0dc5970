/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rounds of one account: order, faults, repeats. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "account-fixture.h"

/* What the person did goes before what is new, and claims come last. */
static void
test_order (AccountFixture *fixture, gconstpointer unused)
{
  static const char *const tasks[] = { "a", NULL };
  GPtrArray *log = mock_vendor_get_log (fixture->vendor);

  account_pull_first (fixture, 10, tasks);
  account_set_ahead (fixture, 2);
  mock_vendor_set_n_free (fixture->vendor, 5);
  g_ptr_array_set_size (log, 0);
  assay_outbox_worker_stop (fixture->worker);
  g_free (account_submit (fixture, account_get_row (fixture, 0)));
  mock_vendor_hold (fixture->vendor, "pull");
  assay_outbox_worker_start (fixture->worker);
  {
    g_autoptr (DexFuture) round = assay_account_sync_run (fixture->sync);

    account_wait_for_log (fixture, "pull", 1);
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
test_pages (AccountFixture *fixture, gconstpointer unused)
{
  g_autoptr (AssayPage) first = mock_vendor_make_page ("c1", 10);
  g_autoptr (AssayPage) second = mock_vendor_make_page ("c2", 10);

  assay_page_set_more (first, TRUE);
  account_add_task (first, "a", NULL);
  account_add_task (second, "b", NULL);
  mock_vendor_add_page (fixture->vendor, first);
  mock_vendor_add_page (fixture->vendor, second);
  assert_round (fixture, -1);
  g_assert_cmpuint (account_count_tasks (fixture), ==, 2);
  g_assert_cmpstr (account_get_log_line (fixture, "pull", 0), ==, "pull");
  g_assert_cmpstr (account_get_log_line (fixture, "pull", 1), ==, "pull c1");

  account_stop (fixture);
  account_start (fixture);
  assert_round (fixture, -1);
  g_assert_cmpstr (account_get_log_line (fixture, "pull", 2), ==, "pull c2");
  g_assert_cmpuint (account_count_tasks (fixture), ==, 2);
}

static void
test_endless_pages (AccountFixture *fixture, gconstpointer unused)
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
test_states (AccountFixture *fixture, gconstpointer unused)
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
test_signed_out (AccountFixture *fixture, gconstpointer unused)
{
  static const char *const tasks[] = { "a", "b", NULL };
  GPtrArray *ledger = mock_platform_get_ledger (MOCK_PLATFORM (fixture->vendor));

  account_pull_first (fixture, 10, tasks);
  account_begin (fixture);
  mock_vendor_fail (fixture->vendor, "pull", ASSAY_PLATFORM_ERROR_SIGNED_OUT, FALSE);
  assert_round (fixture, ASSAY_PLATFORM_ERROR_SIGNED_OUT);
  g_free (account_submit (fixture, account_get_row (fixture, 0)));
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
  g_free (account_submit (fixture, account_get_row (fixture, 1)));
  while (assay_account_sync_get_state (fixture->sync) != ASSAY_ACCOUNT_SIGNED_OUT)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->sync->timer, ==, 0);
}

/* No way to the platform for a submission: the state says so at once, and a round looks again. */
static void
test_unreached (AccountFixture *fixture, gconstpointer unused)
{
  static const char *const tasks[] = { "a", NULL };

  account_pull_first (fixture, 10, tasks);
  account_begin (fixture);
  assert_round (fixture, -1);
  g_assert_cmpint (assay_account_sync_get_state (fixture->sync), ==, ASSAY_ACCOUNT_ONLINE);
  mock_platform_fail_next (MOCK_PLATFORM (fixture->vendor), ASSAY_PLATFORM_ERROR_OFFLINE, FALSE);
  g_free (account_submit (fixture, account_get_row (fixture, 0)));
  while (assay_account_sync_get_state (fixture->sync) != ASSAY_ACCOUNT_OFFLINE)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->sync->timer, !=, 0);
  assert_round (fixture, -1);
  g_assert_cmpint (assay_account_sync_get_state (fixture->sync), ==, ASSAY_ACCOUNT_ONLINE);
}

/* What the platform asks to wait is waited, and not less. */
static void
test_asked_to_wait (AccountFixture *fixture, gconstpointer unused)
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
test_network_back (AccountFixture *fixture, gconstpointer unused)
{
  account_begin (fixture);
  fake_network_set (fixture->network, FALSE, FALSE);
  mock_vendor_fail (fixture->vendor, "pull", ASSAY_PLATFORM_ERROR_OFFLINE, FALSE);
  assert_round (fixture, ASSAY_PLATFORM_ERROR_OFFLINE);
  fake_network_set (fixture->network, TRUE, FALSE);
  while (assay_account_sync_get_state (fixture->sync) != ASSAY_ACCOUNT_ONLINE)
    g_main_context_iteration (NULL, TRUE);
}

/* Once the platform took one, the next can be claimed. */
static void
test_after_submission (AccountFixture *fixture, gconstpointer unused)
{
  static const char *const tasks[] = { "a", NULL };

  account_pull_first (fixture, 10, tasks);
  account_begin (fixture);
  account_set_ahead (fixture, 1);
  mock_vendor_set_n_free (fixture->vendor, 1);
  g_free (account_submit (fixture, account_get_row (fixture, 0)));
  account_wait_for_log (fixture, "claim 1 ", 1);
  g_assert_cmpuint (mock_platform_get_ledger (MOCK_PLATFORM (fixture->vendor))->len, ==, 1);
}

/* A round does not send what its person may still take back. */
static void
test_undo_window (AccountFixture *fixture, gconstpointer unused)
{
  static const char *const tasks[] = { "a", NULL };

  account_pull_first (fixture, 10, tasks);
  g_object_unref (test_store_submit (fixture->test, account_get_row (fixture, 0), "Because.",
                                     G_TIME_SPAN_HOUR));
  assert_round (fixture, -1);
  g_assert_cmpuint (mock_platform_get_n_attempts (MOCK_PLATFORM (fixture->vendor)), ==, 0);
}

/* A whole listing that was cut off by the end of the program begins anew: what is gone is known
 * only from its beginning. */
static void
test_whole (AccountFixture *fixture, gconstpointer unused)
{
  static const char *const names[] = { "a", "b", "c" };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (AssayPage) page = mock_vendor_make_page (i == 0 ? "w1" : "w2", 10);

      assay_page_set_whole (page, TRUE);
      assay_page_set_more (page, i == 0);
      account_add_task (page, names[i], NULL);
      mock_vendor_add_page (fixture->vendor, page);
    }
  assert_round (fixture, -1);
  g_assert_cmpuint (account_count_tasks (fixture), ==, 2);

  /* Cut off after its first page. */
  {
    g_autoptr (AssayPage) page = mock_vendor_make_page ("w3", 10);

    assay_page_set_whole (page, TRUE);
    assay_page_set_more (page, TRUE);
    account_add_task (page, "b", NULL);
    mock_vendor_add_page (fixture->vendor, page);
  }
  mock_vendor_hold (fixture->vendor, "pull");
  dex_future_disown (assay_account_sync_run (fixture->sync));
  account_wait_for_log (fixture, "pull", 3);
  mock_vendor_let_go (fixture->vendor);
  mock_vendor_hold (fixture->vendor, "pull");
  account_wait_for_log (fixture, "pull", 4);
  g_assert_cmpstr (account_get_log_line (fixture, "pull", 3), ==, "pull w3");
  account_stop (fixture);
  mock_vendor_let_go (fixture->vendor);
  test_drain ();
  g_assert_cmpuint (account_count_tasks (fixture), ==, 2);

  account_start (fixture);
  {
    g_autoptr (AssayPage) page = mock_vendor_make_page ("w4", 10);

    assay_page_set_whole (page, TRUE);
    account_add_task (page, "b", NULL);
    account_add_task (page, "c", NULL);
    mock_vendor_add_page (fixture->vendor, page);
  }
  assert_round (fixture, -1);
  g_assert_cmpstr (account_get_log_line (fixture, "pull", 4), ==, "pull");
  /* "a" is gone; nobody is asked about one of three. */
  g_assert_cmpuint (account_count_tasks (fixture), ==, 2);
  g_assert_cmpuint (fixture->signals->len, ==, 0);
}

/* A platform that suddenly has nothing is not believed before the person was asked. */
static void
test_removals (AccountFixture *fixture, gconstpointer unused)
{
  g_autoptr (AssayPage) all = mock_vendor_make_page ("w1", 50);
  g_autoptr (AssayPage) none = mock_vendor_make_page ("w2", 50);

  assay_page_set_whole (all, TRUE);
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *id = g_strdup_printf ("t%u", i);

      account_add_task (all, id, NULL);
    }
  mock_vendor_add_page (fixture->vendor, all);
  assert_round (fixture, -1);
  assay_page_set_whole (none, TRUE);
  mock_vendor_add_page (fixture->vendor, none);
  assert_round (fixture, -1);
  g_assert_cmpuint (account_count_tasks (fixture), ==, 12);
  g_assert_cmpuint (fixture->signals->len, ==, 1);
  g_assert_cmpstr (fixture->signals->pdata[0], ==, "removals 12");
}

static void
test_returned (AccountFixture *fixture, gconstpointer unused)
{
  static const char *const tasks[] = { "a", "b", NULL };
  g_autoptr (AssayPage) page = mock_vendor_make_page ("c2", 10);
  g_autofree char *submission = NULL;
  g_autofree char *expected = NULL;

  account_pull_first (fixture, 10, tasks);
  submission = account_submit (fixture, account_get_row (fixture, 0));
  expected = g_strdup_printf ("returned %" G_GINT64_FORMAT, account_get_row (fixture, 0));
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
test_pause (AccountFixture *fixture, gconstpointer unused)
{
  static const char *const tasks[] = { "a", NULL };
  GPtrArray *ledger = mock_platform_get_ledger (MOCK_PLATFORM (fixture->vendor));

  account_pull_first (fixture, 10, tasks);
  mock_vendor_hold (fixture->vendor, "pull");
  assay_account_sync_begin (fixture->sync);
  account_wait_for_log (fixture, "pull", 2);
  assay_account_sync_set_paused (fixture->sync, TRUE);
  g_assert_cmpint (assay_account_sync_get_state (fixture->sync), ==, ASSAY_ACCOUNT_PAUSED);
  mock_vendor_let_go (fixture->vendor);
  while (assay_account_sync_get_busy (fixture->sync))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (assay_account_sync_get_state (fixture->sync), ==, ASSAY_ACCOUNT_PAUSED);
  assert_round (fixture, ASSAY_PLATFORM_ERROR_CANCELLED);
  /* Not even where everything is to be sent now. */
  g_free (account_submit (fixture, account_get_row (fixture, 0)));
  assay_outbox_worker_send_now (fixture->worker, NULL);
  g_free (test_await_string (assay_store_check (fixture->test->store)));
  test_drain ();
  g_assert_cmpuint (ledger->len, ==, 0);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "pull"), ==, 2);

  assay_account_sync_set_paused (fixture->sync, FALSE);
  account_wait_for_log (fixture, "pull", 3);
  while (ledger->len == 0)
    g_main_context_iteration (NULL, TRUE);
}

#define MANY_FAILURES 100

/* A network that says yes to everything gets nothing more before the platform itself answered. */
static void
test_suspicious (AccountFixture *fixture, gconstpointer unused)
{
  static const char *const tasks[] = { "a", NULL };
  MockPlatform *platform = MOCK_PLATFORM (fixture->vendor);
  guint n_checks;

  account_pull_first (fixture, 10, tasks);
  n_checks = mock_vendor_count (fixture->vendor, "check");
  mock_platform_forget_receipt (platform);
  /* The time until the next attempt is drawn, and may be none. */
  for (guint i = 0; i < MANY_FAILURES; i++)
    mock_vendor_fail (fixture->vendor, "check", ASSAY_PLATFORM_ERROR_PROTOCOL, FALSE);
  g_free (account_submit (fixture, account_get_row (fixture, 0)));
  test_await (assay_outbox_worker_push (fixture->worker, ACCOUNT));
  g_assert_cmpuint (mock_platform_get_n_attempts (platform), ==, 1);

  assay_outbox_worker_send_now (fixture->worker, ACCOUNT);
  account_wait_for_log (fixture, "check", n_checks + 1);
  test_await (assay_outbox_worker_push (fixture->worker, ACCOUNT));
  g_assert_cmpuint (mock_platform_get_n_attempts (platform), ==, 1);

  mock_vendor_forgive (fixture->vendor);
  n_checks = mock_vendor_count (fixture->vendor, "check");
  assay_outbox_worker_send_now (fixture->worker, ACCOUNT);
  while (assay_outbox_worker_get_n_waiting (fixture->worker) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (mock_platform_get_n_attempts (platform), ==, 2);
  g_assert_cmpuint (mock_vendor_count (fixture->vendor, "check"), ==, n_checks + 1);
  g_assert_cmpuint (mock_platform_get_ledger (platform)->len, ==, 1);
}

/* One that never answers keeps nobody else. */
static void
test_two_accounts (AccountFixture *fixture, gconstpointer unused)
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
  account_wait_for_log (fixture, "check", 1);
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
  g_test_add ("/account-sync/" name, AccountFixture, NULL, account_set_up, function,               \
              account_tear_down)
  ADD ("order", test_order);
  ADD ("pages", test_pages);
  ADD ("endless-pages", test_endless_pages);
  ADD ("states", test_states);
  ADD ("signed-out", test_signed_out);
  ADD ("unreached", test_unreached);
  ADD ("asked-to-wait", test_asked_to_wait);
  ADD ("network-back", test_network_back);
  ADD ("after-submission", test_after_submission);
  ADD ("undo-window", test_undo_window);
  ADD ("whole", test_whole);
  ADD ("removals", test_removals);
  ADD ("returned", test_returned);
  ADD ("pause", test_pause);
  ADD ("suspicious", test_suspicious);
  ADD ("two-accounts", test_two_accounts);
#undef ADD

  return g_test_run ();
}
