/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-outbox-words.h"
#include "assay-outbox-worker.h"
#include "fake-network.h"
#include "fault-vfs.h"
#include "mock-platform.h"
#include "store-fixture.h"

/* What happens next is waited for, never how long it takes: where a row backs off, the test asks to
 * send it now. */

typedef struct
{
  TestStore *test;
  AssayOutboxWorker *worker;
  MockPlatform *platform;
  GArray *rows;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer remote)
{
  fixture->test = test_store_new ();
  test_store_add_many (fixture->test, 5);
  fixture->rows = test_store_query (fixture->test, NULL);
  fixture->platform = mock_platform_new (remote == NULL);
  fixture->worker = assay_outbox_worker_new (fixture->test->store);
  assay_outbox_worker_add_platform (fixture->worker, "files", ASSAY_PLATFORM (fixture->platform));
  assay_outbox_worker_start (fixture->worker);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_assert_false (mock_platform_get_cheated (fixture->platform));
  if (fixture->worker != NULL)
    assay_outbox_worker_stop (fixture->worker);
  g_clear_object (&fixture->worker);
  g_clear_pointer (&fixture->rows, g_array_unref);
  g_clear_pointer (&fixture->test, test_store_free);
  g_clear_object (&fixture->platform);
}

static gint64
get_row (Fixture *fixture, guint i)
{
  return g_array_index (fixture->rows, gint64, i);
}

/* Submits the @i-th task, to be sent at once. Gives its submission. */
static char *
submit (Fixture *fixture, guint i)
{
  g_autoptr (AssayOutboxItem) item =
      test_store_submit (fixture->test, get_row (fixture, i), "Because.", 0);

  return g_strdup (assay_outbox_item_get_submission (item));
}

static void
wait_for_state (Fixture *fixture, guint i, AssayTaskState state)
{
  while (test_store_get_state (fixture->test, get_row (fixture, i)) != state)
    continue;
}

/* Until the only row in the outbox is in this state after @attempts. */
static void
wait_for_outbox (Fixture *fixture, AssayOutboxState state, guint attempts)
{
  while (TRUE)
    {
      g_autoptr (GPtrArray) items =
          test_await_boxed (assay_store_list_outbox (fixture->test->store));

      g_assert_cmpuint (items->len, ==, 1);
      if (assay_outbox_item_get_state (items->pdata[0]) == state
          && assay_outbox_item_get_attempts (items->pdata[0]) == attempts)
        return;
    }
}

/* Whenever a row waits for its next attempt, it is sent now. */
static void
send_until_settled (Fixture *fixture)
{
  while (TRUE)
    {
      g_autoptr (GPtrArray) items =
          test_await_boxed (assay_store_list_outbox (fixture->test->store));

      if (items->len == 0)
        return;
      if (assay_outbox_item_get_state (items->pdata[0]) != ASSAY_OUTBOX_SENDING)
        assay_outbox_worker_send_now (fixture->worker, NULL);
    }
}

static guint
get_n_attention (Fixture *fixture)
{
  guint n;

  g_object_get (fixture->worker, "n-attention", &n, NULL);
  return n;
}

static void
wait_for_counts (Fixture *fixture, guint n_waiting, guint n_attention)
{
  while (assay_outbox_worker_get_n_waiting (fixture->worker) != n_waiting
         || get_n_attention (fixture) != n_attention)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_delivers (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *first = submit (fixture, 0);
  g_autofree char *second = submit (fixture, 1);
  g_autofree char *third = submit (fixture, 2);
  GPtrArray *ledger = mock_platform_get_ledger (fixture->platform);

  wait_for_state (fixture, 2, ASSAY_TASK_SENT);
  wait_for_counts (fixture, 0, 0);
  /* In order, once each, and one at a time. */
  g_assert_cmpuint (ledger->len, ==, 3);
  g_assert_cmpstr (ledger->pdata[0], ==, first);
  g_assert_cmpstr (ledger->pdata[1], ==, second);
  g_assert_cmpstr (ledger->pdata[2], ==, third);
  g_assert_cmpuint (mock_platform_get_n_attempts (fixture->platform), ==, 3);
  g_assert_cmpuint (mock_platform_get_most_at_once (fixture->platform), ==, 1);
  g_assert_cmpint (test_store_query_int (fixture->test,
                                         "SELECT count(*) FROM outbox WHERE receipt = submission"),
                   ==, 3);
}

static void
test_real_local (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (AssayPlatform) local = assay_local_platform_new ();
  g_autofree char *submission = NULL;

  assay_outbox_worker_add_platform (fixture->worker, "files", local);
  submission = submit (fixture, 0);
  wait_for_state (fixture, 0, ASSAY_TASK_SENT);
  g_assert_cmpuint (mock_platform_get_n_attempts (fixture->platform), ==, 0);
}

static void
test_undo_window (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (AssayOutboxItem) item =
      test_store_submit (fixture->test, get_row (fixture, 0), "Wait.", ASSAY_UNDO_WINDOW_US);

  wait_for_counts (fixture, 1, 0);
  /* Another one goes first; this one waits for its window. */
  g_free (submit (fixture, 1));
  wait_for_state (fixture, 1, ASSAY_TASK_SENT);
  g_assert_cmpuint (mock_platform_get_n_attempts (fixture->platform), ==, 1);
  test_await (assay_store_withdraw (fixture->test->store, assay_outbox_item_get_submission (item)));
  wait_for_counts (fixture, 0, 0);
  g_assert_cmpuint (mock_platform_get_n_attempts (fixture->platform), ==, 1);
  g_assert_cmpint (test_store_get_state (fixture->test, get_row (fixture, 0)), ==,
                   ASSAY_TASK_STARTED);
}

/* The timer alone brings it out. */
static void
test_timer (Fixture *fixture, gconstpointer unused)
{
  g_object_unref (test_store_submit (fixture->test, get_row (fixture, 0), "Wait.",
                                     50 * G_TIME_SPAN_MILLISECOND));
  while (mock_platform_get_n_attempts (fixture->platform) == 0)
    g_main_context_iteration (NULL, TRUE);
  wait_for_state (fixture, 0, ASSAY_TASK_SENT);
}

static void
test_send_now (Fixture *fixture, gconstpointer unused)
{
  g_object_unref (
      test_store_submit (fixture->test, get_row (fixture, 0), "Now.", G_TIME_SPAN_HOUR));
  wait_for_counts (fixture, 1, 0);
  assay_outbox_worker_send_now (fixture->worker, "files");
  wait_for_state (fixture, 0, ASSAY_TASK_SENT);
}

static void
test_begun_before (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (AssayOutboxItem) item = NULL;

  /* Sent, killed, opened again: for a local platform it is simply sent again. */
  assay_outbox_worker_stop (fixture->worker);
  item = test_store_submit (fixture->test, get_row (fixture, 0), "x", 0);
  test_await (assay_store_outbox_begin (fixture->test->store, assay_outbox_item_get_id (item)));
  g_clear_object (&fixture->worker);
  test_store_drop (fixture->test);

  test_store_open (fixture->test);
  fixture->worker = assay_outbox_worker_new (fixture->test->store);
  assay_outbox_worker_add_platform (fixture->worker, "files", ASSAY_PLATFORM (fixture->platform));
  assay_outbox_worker_start (fixture->worker);
  wait_for_state (fixture, 0, ASSAY_TASK_SENT);
  g_assert_cmpuint (mock_platform_get_ledger (fixture->platform)->len, ==, 1);
}

/* Fails once in every way, then works: once in the ledger, whatever happened before. */
static void
test_every_failure (Fixture *fixture, gconstpointer unused)
{
  static const struct
  {
    AssayPlatformError code;
    AssayOutboxState state;
  } failures[] = {
    { ASSAY_PLATFORM_ERROR_OFFLINE, ASSAY_OUTBOX_QUEUED },
    { ASSAY_PLATFORM_ERROR_TIMED_OUT, ASSAY_OUTBOX_UNKNOWN },
    { ASSAY_PLATFORM_ERROR_SIGNED_OUT, ASSAY_OUTBOX_QUEUED },
    { ASSAY_PLATFORM_ERROR_RATE_LIMITED, ASSAY_OUTBOX_QUEUED },
    { ASSAY_PLATFORM_ERROR_SERVER_FAULT, ASSAY_OUTBOX_UNKNOWN },
    { ASSAY_PLATFORM_ERROR_PROTOCOL, ASSAY_OUTBOX_UNKNOWN },
  };
  g_autofree char *submission = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    mock_platform_fail_next (fixture->platform, failures[i].code,
                             failures[i].state == ASSAY_OUTBOX_UNKNOWN);
  mock_platform_forget_receipt (fixture->platform);

  submission = submit (fixture, 0);
  send_until_settled (fixture);

  g_assert_cmpuint (mock_platform_get_n_attempts (fixture->platform), ==,
                    G_N_ELEMENTS (failures) + 2);
  g_assert_cmpuint (mock_platform_get_ledger (fixture->platform)->len, ==, 1);
  g_assert_cmpstr (mock_platform_get_ledger (fixture->platform)->pdata[0], ==, submission);
  /* Each attempt is written down with what became of it. */
  g_assert_cmpint (test_store_query_int (fixture->test,
                                         "SELECT count(*) FROM attempt WHERE ended_at NOT NULL"),
                   ==, G_N_ELEMENTS (failures) + 2);
  g_assert_cmpint (test_store_query_int (fixture->test,
                                         "SELECT count(*) FROM attempt WHERE class = 'unknown'"),
                   ==, 4);
}

static void
test_refusals (Fixture *fixture, gconstpointer unused)
{
  static const AssayPlatformError refusals[] = {
    ASSAY_PLATFORM_ERROR_NOT_ALLOWED, ASSAY_PLATFORM_ERROR_NOT_FOUND, ASSAY_PLATFORM_ERROR_CONFLICT,
    ASSAY_PLATFORM_ERROR_GONE,        ASSAY_PLATFORM_ERROR_REJECTED,
  };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      mock_platform_fail_next (fixture->platform, refusals[i], FALSE);
      g_free (submit (fixture, i));
      wait_for_state (fixture, i, ASSAY_TASK_REFUSED);
    }
  wait_for_counts (fixture, 0, G_N_ELEMENTS (refusals));
  g_assert_cmpuint (mock_platform_get_ledger (fixture->platform)->len, ==, 0);

  /* It is not tried again, not even now. */
  assay_outbox_worker_send_now (fixture->worker, NULL);
  g_free (test_await_string (assay_store_check (fixture->test->store)));
  test_drain ();
  g_assert_cmpuint (mock_platform_get_n_attempts (fixture->platform), ==, G_N_ELEMENTS (refusals));
}

/* A row that cannot be sent does not keep the others. */
static void
test_stuck_row (Fixture *fixture, gconstpointer unused)
{
  mock_platform_hold (fixture->platform);
  mock_platform_fail_next (fixture->platform, ASSAY_PLATFORM_ERROR_REJECTED, FALSE);
  for (guint i = 0; i < 4; i++)
    g_free (submit (fixture, i));
  mock_platform_release (fixture->platform);
  wait_for_state (fixture, 3, ASSAY_TASK_SENT);
  g_assert_cmpint (test_store_get_state (fixture->test, get_row (fixture, 0)), ==,
                   ASSAY_TASK_REFUSED);
  g_assert_cmpuint (mock_platform_get_ledger (fixture->platform)->len, ==, 3);
}

/* A platform gets the time that it asks for, and not only for the row that it put off. */
static void
test_asked_to_wait (Fixture *fixture, gconstpointer unused)
{
  const gint64 hour = G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC;
  gint64 before = g_get_real_time ();

  mock_platform_ask_to_wait (fixture->platform, hour);
  g_free (submit (fixture, 0));
  wait_for_outbox (fixture, ASSAY_OUTBOX_QUEUED, 1);
  g_assert_cmpint (test_store_query_int (fixture->test, "SELECT next_at FROM outbox"), >=,
                   before + hour);
  g_free (submit (fixture, 1));
  wait_for_counts (fixture, 2, 0);
  test_drain ();
  g_assert_cmpuint (mock_platform_get_n_attempts (fixture->platform), ==, 1);

  assay_outbox_worker_send_now (fixture->worker, NULL);
  wait_for_counts (fixture, 0, 0);
  g_assert_cmpuint (mock_platform_get_ledger (fixture->platform)->len, ==, 2);
}

/* The network is back: what failed is tried, however long it was to wait. */
static void
test_network_back (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (FakeNetwork) network = fake_network_new (FALSE);
  g_autoptr (AssayReachability) reachability = assay_reachability_new (G_NETWORK_MONITOR (network));

  assay_reachability_set_longest_delay_ms (reachability, 0);
  assay_outbox_worker_follow (fixture->worker, reachability);
  mock_platform_fail_next (fixture->platform, ASSAY_PLATFORM_ERROR_OFFLINE, FALSE);
  g_free (submit (fixture, 0));
  wait_for_outbox (fixture, ASSAY_OUTBOX_QUEUED, 1);
  /* So far away that only the network can be the reason. */
  test_store_execute (fixture->test, "UPDATE outbox SET next_at = next_at + 3600000000");
  fake_network_set (network, TRUE, FALSE);
  wait_for_state (fixture, 0, ASSAY_TASK_SENT);
  g_assert_cmpuint (mock_platform_get_n_attempts (fixture->platform), ==, 2);
}

/* Signed out: nothing of the account is tried until somebody asks for it. */
static void
test_signed_out (Fixture *fixture, gconstpointer unused)
{
  mock_platform_fail_next (fixture->platform, ASSAY_PLATFORM_ERROR_SIGNED_OUT, FALSE);
  g_free (submit (fixture, 0));
  wait_for_outbox (fixture, ASSAY_OUTBOX_QUEUED, 1);
  g_free (submit (fixture, 1));
  wait_for_counts (fixture, 2, 0);
  test_drain ();
  g_assert_cmpuint (mock_platform_get_n_attempts (fixture->platform), ==, 1);

  assay_outbox_worker_send_now (fixture->worker, "files");
  wait_for_state (fixture, 1, ASSAY_TASK_SENT);
  wait_for_state (fixture, 0, ASSAY_TASK_SENT);
}

/* What a remote platform may have received is not sent again on a guess. */
static void
test_remote_unknown (Fixture *fixture, gconstpointer unused)
{
  mock_platform_fail_next (fixture->platform, ASSAY_PLATFORM_ERROR_SERVER_FAULT, TRUE);
  g_free (submit (fixture, 0));
  wait_for_outbox (fixture, ASSAY_OUTBOX_UNKNOWN, 1);
  assay_outbox_worker_send_now (fixture->worker, NULL);
  g_free (submit (fixture, 1));
  wait_for_state (fixture, 1, ASSAY_TASK_SENT);
  g_assert_cmpuint (mock_platform_get_n_attempts (fixture->platform), ==, 2);
  g_assert_cmpint (test_store_get_state (fixture->test, get_row (fixture, 0)), ==,
                   ASSAY_TASK_QUEUED);
}

static void
test_other_account (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (AssayProject) other = assay_project_new ("practice", "q", "Other");
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (MockPlatform) second = mock_platform_new (TRUE);
  AssayTaskQuery query = { .account = (char *) "practice" };
  g_autoptr (GArray) rows = NULL;

  test_await (
      assay_store_ensure_account (fixture->test->store, "practice", "practice", "Practice"));
  test_await (assay_store_save_project (fixture->test->store, other));
  g_ptr_array_add (tasks, test_task_new ("o", "p", "a", "b"));
  test_await (assay_store_add_tasks (fixture->test->store, assay_project_get_id (other), tasks));
  rows = test_store_query (fixture->test, &query);

  /* Nobody delivers it yet, and that spins nothing: the other account goes on. */
  g_object_unref (test_store_submit (fixture->test, g_array_index (rows, gint64, 0), "x", 0));
  g_free (submit (fixture, 0));
  wait_for_state (fixture, 0, ASSAY_TASK_SENT);
  wait_for_counts (fixture, 1, 0);

  /* One that does not answer keeps nobody but its own. */
  mock_platform_hold (fixture->platform);
  g_free (submit (fixture, 1));
  assay_outbox_worker_add_platform (fixture->worker, "practice", ASSAY_PLATFORM (second));
  while (mock_platform_get_ledger (second)->len == 0)
    g_main_context_iteration (NULL, TRUE);
  wait_for_counts (fixture, 1, 0);
  mock_platform_release (fixture->platform);
  wait_for_counts (fixture, 0, 0);
}

/* Stopped while an answer is under way: it is written down all the same, and nothing follows. */
static void
test_stop (Fixture *fixture, gconstpointer unused)
{
  mock_platform_hold (fixture->platform);
  g_free (submit (fixture, 0));
  g_free (submit (fixture, 1));
  while (mock_platform_get_n_attempts (fixture->platform) == 0)
    g_main_context_iteration (NULL, TRUE);
  assay_outbox_worker_stop (fixture->worker);
  g_clear_object (&fixture->worker);
  mock_platform_release (fixture->platform);

  wait_for_state (fixture, 0, ASSAY_TASK_SENT);
  test_store_wait_for_upkeep (fixture->test);
  g_assert_cmpint (test_store_get_state (fixture->test, get_row (fixture, 1)), ==,
                   ASSAY_TASK_QUEUED);
  g_assert_cmpuint (mock_platform_get_n_attempts (fixture->platform), ==, 1);
}

/* The first submission of a day is copied at once, and what a copy does to the disk is none of the
 * sending. */
static void
wait_for_copy (Fixture *fixture)
{
  while (test_store_query_int (fixture->test,
                               "SELECT ifnull ((SELECT value FROM meta WHERE key = 'thinned_at')"
                               " = (SELECT value FROM meta WHERE key = 'backed_up_at'), 0)")
         == 0)
    g_main_context_iteration (NULL, FALSE);
}

/* The disk fails while it is noted that sending begins: nothing is sent. */
static void
test_no_send_without_commit (Fixture *fixture, gconstpointer unused)
{
  assay_outbox_worker_stop (fixture->worker);
  g_free (submit (fixture, 0));
  wait_for_copy (fixture);
  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*opened again*");
  fault_vfs_arm (FAULT_SYNC, 1);
  assay_outbox_worker_start (fixture->worker);
  while (!fault_vfs_struck ())
    g_main_context_iteration (NULL, TRUE);
  g_free (test_await_string (assay_store_check (fixture->test->store)));
  test_drain ();
  g_test_assert_expected_messages ();
  g_assert_cmpuint (mock_platform_get_n_attempts (fixture->platform), ==, 0);

  assay_outbox_worker_send_now (fixture->worker, NULL);
  while (mock_platform_get_n_attempts (fixture->platform) == 0)
    g_main_context_iteration (NULL, TRUE);
  wait_for_state (fixture, 0, ASSAY_TASK_SENT);
}

typedef struct
{
  guint n_accepted;
  guint n_stopped;
} Seen;

static void
accepted_cb (AssayOutboxWorker *worker, const char *account, const char *submission, Seen *seen)
{
  g_assert_cmpstr (account, ==, "files");
  seen->n_accepted++;
}

static void
stopped_cb (AssayOutboxWorker *worker, const char *account, const GError *error, Seen *seen)
{
  g_assert_error (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_SIGNED_OUT);
  seen->n_stopped++;
}

/* Whoever waits for what is due is told what stopped it, and the rest goes on after that. */
static void
test_push (Fixture *fixture, gconstpointer unused)
{
  Seen seen = { 0 };
  DexFuture *future;
  g_autoptr (GError) error = NULL;

  g_signal_connect (fixture->worker, "accepted", G_CALLBACK (accepted_cb), &seen);
  g_signal_connect (fixture->worker, "stopped", G_CALLBACK (stopped_cb), &seen);
  /* Nothing is due, and nothing before its time. */
  g_object_unref (
      test_store_submit (fixture->test, get_row (fixture, 0), "Because.", G_TIME_SPAN_HOUR));
  test_await (assay_outbox_worker_push (fixture->worker, "files"));
  test_await (assay_outbox_worker_push (fixture->worker, "nobody"));
  g_assert_cmpuint (mock_platform_get_n_attempts (fixture->platform), ==, 0);

  assay_outbox_worker_stop (fixture->worker);
  g_free (submit (fixture, 1));
  mock_platform_fail_next (fixture->platform, ASSAY_PLATFORM_ERROR_SIGNED_OUT, FALSE);
  assay_outbox_worker_start (fixture->worker);
  future = assay_outbox_worker_push (fixture->worker, "files");
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (dex_future_get_value (future, &error));
  g_assert_error (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_SIGNED_OUT);
  dex_unref (future);
  g_assert_cmpuint (seen.n_stopped, ==, 1);

  /* What was there when it stopped waits for its time. */
  assay_outbox_worker_resume_account (fixture->worker, "files");
  g_free (submit (fixture, 2));
  test_await (assay_outbox_worker_push (fixture->worker, "files"));
  g_assert_cmpuint (mock_platform_get_ledger (fixture->platform)->len, ==, 1);
  g_assert_cmpuint (seen.n_accepted, ==, 1);
  g_signal_handlers_disconnect_by_data (fixture->worker, &seen);
}

/* What was asked for has been read, what was read has been looked at, and so on: each answer of the
 * store comes after what was asked of it before. */
static void
settle (Fixture *fixture)
{
  for (guint i = 0; i < 4; i++)
    {
      g_free (test_await_string (assay_store_check (fixture->test->store)));
      test_drain ();
    }
}

/* What another request met holds submissions back as well; so does the person, whoever asks. */
static void
test_held_back (Fixture *fixture, gconstpointer unused)
{
  assay_outbox_worker_stop_account (fixture->worker, "files");
  g_free (submit (fixture, 0));
  test_await (assay_outbox_worker_push (fixture->worker, "files"));
  test_drain ();
  g_assert_cmpuint (mock_platform_get_n_attempts (fixture->platform), ==, 0);
  /* The secret may open what is another's: asking for it does not make it right. */
  assay_outbox_worker_send_now (fixture->worker, NULL);
  settle (fixture);
  g_assert_cmpuint (mock_platform_get_n_attempts (fixture->platform), ==, 0);
  assay_outbox_worker_resume_account (fixture->worker, "files");
  wait_for_state (fixture, 0, ASSAY_TASK_SENT);

  assay_outbox_worker_set_paused (fixture->worker, "files", TRUE);
  g_free (submit (fixture, 1));
  assay_outbox_worker_send_now (fixture->worker, NULL);
  settle (fixture);
  g_assert_cmpuint (mock_platform_get_n_attempts (fixture->platform), ==, 1);
  assay_outbox_worker_set_paused (fixture->worker, "files", FALSE);
  wait_for_state (fixture, 1, ASSAY_TASK_SENT);
}

/* Removed while an answer is under way: it is written down, and nothing follows. */
static void
test_removed (Fixture *fixture, gconstpointer unused)
{
  mock_platform_hold (fixture->platform);
  g_free (submit (fixture, 0));
  g_free (submit (fixture, 1));
  while (mock_platform_get_n_attempts (fixture->platform) == 0)
    g_main_context_iteration (NULL, TRUE);
  assay_outbox_worker_remove_platform (fixture->worker, "files");
  mock_platform_release (fixture->platform);
  wait_for_state (fixture, 0, ASSAY_TASK_SENT);
  wait_for_counts (fixture, 1, 0);
  test_drain ();
  g_assert_cmpuint (mock_platform_get_n_attempts (fixture->platform), ==, 1);

  /* It comes back. */
  assay_outbox_worker_add_platform (fixture->worker, "files", ASSAY_PLATFORM (fixture->platform));
  wait_for_state (fixture, 1, ASSAY_TASK_SENT);
}

/* Two accounts at one place do not send at once, and wait together when it asks for less. */
static void
test_one_origin (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (AssayProject) other = assay_project_new ("practice", "q", "Other");
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);
  AssayTaskQuery query = { .account = (char *) "practice" };
  g_autoptr (GArray) rows = NULL;
  DexFuture *push;

  test_await (
      assay_store_ensure_account (fixture->test->store, "practice", "practice", "Practice"));
  test_await (assay_store_save_project (fixture->test->store, other));
  g_ptr_array_add (tasks, test_task_new ("o", "p", "a", "b"));
  g_ptr_array_add (tasks, test_task_new ("p", "p", "a", "b"));
  test_await (assay_store_add_tasks (fixture->test->store, assay_project_get_id (other), tasks));
  rows = test_store_query (fixture->test, &query);
  test_await (assay_outbox_worker_push (fixture->worker, "files"));
  assay_outbox_worker_add_account (fixture->worker, "files", ASSAY_PLATFORM (fixture->platform),
                                   "https://host", FALSE);
  assay_outbox_worker_add_account (fixture->worker, "practice", ASSAY_PLATFORM (fixture->platform),
                                   "https://host", FALSE);

  mock_platform_hold (fixture->platform);
  g_free (submit (fixture, 0));
  g_object_unref (test_store_submit (fixture->test, g_array_index (rows, gint64, 0), "x", 0));
  wait_for_counts (fixture, 2, 0);
  while (mock_platform_get_n_attempts (fixture->platform) == 0)
    g_main_context_iteration (NULL, TRUE);
  push = assay_outbox_worker_push (fixture->worker, "practice");
  test_drain ();
  g_assert_cmpuint (mock_platform_get_n_attempts (fixture->platform), ==, 1);
  g_assert_true (dex_future_is_pending (push));
  mock_platform_release (fixture->platform);
  test_await (push);
  wait_for_counts (fixture, 0, 0);
  g_assert_cmpuint (mock_platform_get_most_at_once (fixture->platform), ==, 1);
  g_assert_cmpuint (mock_platform_get_ledger (fixture->platform)->len, ==, 2);

  mock_platform_ask_to_wait (fixture->platform, G_TIME_SPAN_HOUR);
  g_free (submit (fixture, 1));
  wait_for_outbox (fixture, ASSAY_OUTBOX_QUEUED, 1);
  g_object_unref (test_store_submit (fixture->test, g_array_index (rows, gint64, 1), "x", 0));
  wait_for_counts (fixture, 2, 0);
  test_await (assay_outbox_worker_push (fixture->worker, "practice"));
  g_assert_cmpuint (mock_platform_get_n_attempts (fixture->platform), ==, 3);
}

/* Who refuses says why, and that is kept. */
static void
test_words (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *words = NULL;

  mock_platform_fail_next (fixture->platform, ASSAY_PLATFORM_ERROR_REJECTED, FALSE);
  first = submit (fixture, 0);
  wait_for_state (fixture, 0, ASSAY_TASK_REFUSED);
  words = test_await_string (assay_outbox_words_load (fixture->test->store, first));
  g_assert_cmpstr (words, ==, "as told");
  second = submit (fixture, 1);
  wait_for_state (fixture, 1, ASSAY_TASK_SENT);
  test_await_error (assay_outbox_words_load (fixture->test->store, second),
                    ASSAY_STORE_ERROR_NOT_FOUND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();
  fault_vfs_install ();

#define ADD(name, data, function)                                                                  \
  g_test_add ("/outbox-worker/" name, Fixture, data, set_up, function, tear_down)
  ADD ("delivers", NULL, test_delivers);
  ADD ("real-local", NULL, test_real_local);
  ADD ("undo-window", NULL, test_undo_window);
  ADD ("timer", NULL, test_timer);
  ADD ("send-now", NULL, test_send_now);
  ADD ("begun-before", NULL, test_begun_before);
  ADD ("every-failure", NULL, test_every_failure);
  ADD ("refusals", NULL, test_refusals);
  ADD ("stuck-row", NULL, test_stuck_row);
  ADD ("network-back", NULL, test_network_back);
  ADD ("asked-to-wait", NULL, test_asked_to_wait);
  ADD ("signed-out", NULL, test_signed_out);
  ADD ("remote-unknown", "remote", test_remote_unknown);
  ADD ("other-account", NULL, test_other_account);
  ADD ("stop", NULL, test_stop);
  ADD ("push", NULL, test_push);
  ADD ("held-back", NULL, test_held_back);
  ADD ("removed", NULL, test_removed);
  ADD ("one-origin", NULL, test_one_origin);
  ADD ("words", NULL, test_words);
  ADD ("no-send-without-commit", NULL, test_no_send_without_commit);
#undef ADD

  return g_test_run ();
}
