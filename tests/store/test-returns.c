/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "page-fixture.h"

/* What a platform says of submissions that it has. */

static void
say (TestStore *test, const char *account, AssayOutboxItem *item, const char *state)
{
  g_autoptr (TestPage) page = test_page_new (test, account);

  assay_page_add_submission (page->page, assay_outbox_item_get_submission (item), state);
  test_page_apply (page);
}

static AssayOutboxItem *
submit_accepted (TestStore *test, gint64 row, const char *rationale)
{
  AssayOutboxItem *item = test_store_submit_framed (test, row, rationale, 0);

  test_store_deliver (test, item, ASSAY_OUTBOX_ACCEPTED);
  return item;
}

static void
test_nothing_to_do (void)
{
  static const char *const states[] = { "received", "accepted", "rejected", "beautiful" };
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  gint64 row;

  test_store_add_account (test, "open");
  row = test_store_claim (test, "open", "t0");
  item = submit_accepted (test, row, "Mine.");
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      say (test, "open", item, states[i]);
      g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_SENT);
    }
}

static void
test_returned (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (AssayOpenTask) open = NULL;
  AssayJudgement *judgement;
  gint64 row;

  test_store_add_account (test, "open");
  test_store_add_account (test, "other");
  row = test_store_claim (test, "open", "t0");
  item = submit_accepted (test, row, "Mine.");
  /* One platform's word is nothing to another's task. */
  say (test, "other", item, "returned");
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_SENT);

  say (test, "open", item, "returned");
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_RETURNED);
  open = test_store_load (test, row);
  judgement = assay_open_task_get_judgement (open);
  g_assert_false (assay_judgement_get_final (judgement));
  g_assert_cmpstr (assay_judgement_get_rationale (judgement), ==, "Mine.");
  g_assert_cmpint (assay_judgement_get_revision (judgement), ==, 2);

  /* It stays a returned one while it is worked on, also after a restart. */
  test_store_write (test, row, "Better.");
  test_store_close (test);
  test_store_open (test);
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_RETURNED);
}

/* The same return is heard again and again, before and after the answer to it. */
static void
test_counts_once (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (AssayOutboxItem) second = NULL;
  g_autoptr (AssayOpenTask) open = NULL;
  gint64 row;

  test_store_add_account (test, "open");
  row = test_store_claim (test, "open", "t0");
  item = submit_accepted (test, row, "Mine.");
  say (test, "open", item, "returned");
  test_store_write (test, row, "Better.");
  say (test, "open", item, "returned");
  open = test_store_load (test, row);
  g_assert_cmpstr (assay_judgement_get_rationale (assay_open_task_get_judgement (open)), ==,
                   "Better.");
  g_clear_object (&open);

  second = test_store_submit_framed (test, row, "Best.", 0);
  say (test, "open", item, "returned");
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_QUEUED);
  test_await (assay_store_outbox_begin (test->store, assay_outbox_item_get_id (second)));
  say (test, "open", item, "returned");
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_QUEUED);
  test_await (assay_store_outbox_end (test->store, assay_outbox_item_get_id (second),
                                      ASSAY_OUTBOX_UNKNOWN, "unknown", 0, NULL, 0));
  say (test, "open", item, "returned");
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_QUEUED);
  test_store_deliver (test, second, ASSAY_OUTBOX_ACCEPTED);
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_SENT);

  /* And the answer comes back too. */
  say (test, "open", item, "received");
  say (test, "open", item, "returned");
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_RETURNED);
  open = test_store_load (test, row);
  g_assert_cmpstr (assay_judgement_get_rationale (assay_open_task_get_judgement (open)), ==,
                   "Best.");
  g_assert_cmpint (assay_judgement_get_revision (assay_open_task_get_judgement (open)), ==, 3);
}

/* The person had begun a revision by themselves, and it waits: what is said of the earlier one is
 * over, unless the new one is taken back. */
static void
test_heard_while_waiting (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (AssayOutboxItem) second = NULL;
  gint64 row;

  test_store_add_account (test, "open");
  row = test_store_claim (test, "open", "t0");
  item = submit_accepted (test, row, "Mine.");
  test_await (assay_store_reopen (test->store, row));
  second = test_store_submit_framed (test, row, "Better.", ASSAY_UNDO_WINDOW_US);
  say (test, "open", item, "returned");
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_QUEUED);
  g_assert_cmpint (
      test_store_query_int (test, "SELECT count(*) FROM judgement WHERE fate IS NOT NULL"), ==, 0);
  test_await (assay_store_withdraw (test->store, assay_outbox_item_get_submission (second)));
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_STARTED);
  say (test, "open", item, "returned");
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_RETURNED);
}

/* Taken back within the undo window, or refused, the answer to a return is still owed. */
static void
test_answer_taken_back (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (AssayOutboxItem) second = NULL;
  g_autoptr (AssayOutboxItem) third = NULL;
  gint64 row;

  test_store_add_account (test, "open");
  row = test_store_claim (test, "open", "t0");
  item = submit_accepted (test, row, "Mine.");
  say (test, "open", item, "returned");
  second = test_store_submit_framed (test, row, "Better.", ASSAY_UNDO_WINDOW_US);
  test_await (assay_store_withdraw (test->store, assay_outbox_item_get_submission (second)));
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_RETURNED);

  third = test_store_submit_framed (test, row, "Better.", 0);
  test_store_deliver (test, third, ASSAY_OUTBOX_REFUSED);
  say (test, "open", item, "returned");
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_REFUSED);
  test_await (assay_store_withdraw (test->store, assay_outbox_item_get_submission (third)));
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_RETURNED);
}

/* A page that was read before the answer arrived may be stored after it: what it made goes again
 * when the platform says so. */
static void
test_late_page (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (AssayOutboxItem) second = NULL;
  gint64 row;

  test_store_add_account (test, "open");
  row = test_store_claim (test, "open", "t0");
  item = submit_accepted (test, row, "Mine.");
  say (test, "open", item, "returned");
  second = submit_accepted (test, row, "Better.");
  say (test, "open", item, "returned");
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_RETURNED);
  say (test, "open", item, "received");
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_SENT);
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM draft"), ==, 0);

  /* But not what the person wrote into it. */
  say (test, "open", item, "returned");
  test_store_write (test, row, "Best.");
  say (test, "open", item, "received");
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_STARTED);
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM draft WHERE active"), ==, 1);
}

/* The person had opened it already: that draft is the one. */
static void
test_reopened_before (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (AssayOpenTask) open = NULL;
  gint64 row;

  test_store_add_account (test, "open");
  row = test_store_claim (test, "open", "t0");
  item = submit_accepted (test, row, "Mine.");
  test_await (assay_store_reopen (test->store, row));
  test_store_write (test, row, "Own thought.");
  say (test, "open", item, "returned");
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_RETURNED);
  say (test, "open", item, "accepted");
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_STARTED);
  open = test_store_load (test, row);
  g_assert_cmpstr (assay_judgement_get_rationale (assay_open_task_get_judgement (open)), ==,
                   "Own thought.");
}

/* A record that cannot be read any more must not keep every other page away. */
static void
test_unreadable (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  gint64 row;

  test_store_add_account (test, "open");
  row = test_store_claim (test, "open", "t0");
  item = submit_accepted (test, row, "Mine.");
  test_store_execute (test, "UPDATE judgement SET body = '{'; DELETE FROM draft_revision");
  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*cannot be read*");
  say (test, "open", item, "returned");
  g_test_assert_expected_messages ();
  g_assert_cmpint (
      test_store_query_int (test, "SELECT count(*) FROM judgement WHERE fate = 'returned'"), ==, 1);
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM task WHERE state = 'sent'"),
                   ==, 1);
  g_assert_cmpint (row, >, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

  g_test_add_func ("/returns/nothing-to-do", test_nothing_to_do);
  g_test_add_func ("/returns/returned", test_returned);
  g_test_add_func ("/returns/counts-once", test_counts_once);
  g_test_add_func ("/returns/heard-while-waiting", test_heard_while_waiting);
  g_test_add_func ("/returns/answer-taken-back", test_answer_taken_back);
  g_test_add_func ("/returns/late-page", test_late_page);
  g_test_add_func ("/returns/reopened-before", test_reopened_before);
  g_test_add_func ("/returns/unreadable", test_unreadable);

  return g_test_run ();
}
