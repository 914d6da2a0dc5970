/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "page-fixture.h"
#include "version-fixture.h"

/* What a rescue brings over of accounts with a platform behind them. */

static void
assert_rationale (TestStore *test, gint64 row, const char *text)
{
  g_autoptr (AssayOpenTask) open = test_store_load (test, row);

  g_assert_cmpstr (assay_judgement_get_rationale (assay_open_task_get_judgement (open)), ==, text);
}

static void
assert_sound (TestStore *test)
{
  g_autofree char *found = test_await_string (assay_store_check (test->store));

  g_assert_cmpstr (found, ==, "ok");
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM pragma_foreign_key_check"), ==,
                   0);
}

static AssayOutboxItem *
queue_dispute (TestStore *test, const char *subject)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("", 0);
  g_autoptr (AssayFrame) frame =
      assay_frame_new (ASSAY_FRAME_KIND_ACKNOWLEDGEMENT, "PUT", "guidelines/g/1/ack", body);

  return test_await_object (assay_store_queue (test->store, "open", subject, frame));
}

static void
say (TestStore *test, AssayOutboxItem *item, const char *state)
{
  g_autoptr (TestPage) page = test_page_new (test, "open");

  assay_page_add_submission (page->page, assay_outbox_item_get_submission (item), state);
  assay_page_set_cursor (page->page, "newest");
  test_page_apply (page);
}

static void
assert_cursor_forgotten (TestStore *test)
{
  g_assert_cmpint (
      test_store_query_int (test, "SELECT count(*) FROM account WHERE cursor IS NOT NULL"), ==, 0);
  g_assert_cmpint (
      test_store_query_int (test, "SELECT count(*) FROM account WHERE address IS NOT NULL"), ==, 1);
}

/* Nothing can be read: what was sent in a platform's words is a judgement again by its rescue copy,
 * and what is about no task of a copy stays about none. */
static void
test_nothing_readable (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autofree char *path = test_folder_file (test->folder, "assay.db");
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (AssayOutboxItem) acknowledgement = NULL;
  g_autoptr (AssayOutboxItem) next = NULL;
  g_autoptr (GPtrArray) outbox = NULL;
  gint64 row;

  test_store_add_account (test, "open");
  row = test_store_claim (test, "open", "t0");
  test_store_wait_for_upkeep (test);
  g_free (test_await_string (assay_store_back_up (test->store)));
  item = test_store_submit_framed (test, row, "Mine.", 0);
  acknowledgement = queue_dispute (test, "99999999999");
  test_store_close (test);
  test_file_overwrite (path, 0, 4096);

  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*damaged*");
  test_store_open (test);
  g_test_assert_expected_messages ();
  assert_sound (test);
  assert_cursor_forgotten (test);
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_QUEUED);
  assert_rationale (test, row, "Mine.");
  outbox = test_await_boxed (assay_store_list_outbox (test->store));
  g_assert_cmpuint (outbox->len, ==, 2);
  for (guint i = 0; i < outbox->len; i++)
    if (assay_outbox_item_get_subject (outbox->pdata[i]) != NULL)
      {
        g_assert_cmpstr (assay_outbox_item_get_subject (outbox->pdata[i]), ==, "99999999999");
        g_assert_cmpint (assay_outbox_item_get_task_row (outbox->pdata[i]), ==, 0);
      }
  /* Its number was none of a task's. */
  g_assert_cmpint (test_store_query_int (test, "SELECT seq < 99999999999 FROM sqlite_sequence"
                                               " WHERE name = 'task'"),
                   ==, 1);
  g_assert_cmpint (
      test_store_query_int (test, "SELECT count(*) FROM judgement WHERE lease = 'l-t0'"), ==, 1);

  /* Accepted, it is the first of its lease still. */
  for (guint i = 0; i < outbox->len; i++)
    if (assay_outbox_item_get_task_row (outbox->pdata[i]) == row)
      test_store_deliver (test, outbox->pdata[i], ASSAY_OUTBOX_ACCEPTED);
  test_await (assay_store_reopen (test->store, row));
  next = test_store_submit_framed (test, row, "Better.", 0);
  g_assert_true (g_str_has_suffix (assay_outbox_item_get_target (next),
                                   assay_outbox_item_get_submission (item)));
}

static void
damage_page (TestStore *test, const char *name)
{
  g_autofree char *path = test_folder_file (test->folder, "assay.db");
  g_autofree char *sql =
      g_strdup_printf ("SELECT rootpage FROM sqlite_schema WHERE name = '%s'", name);
  g_autoptr (GError) error = NULL;
  AssayDatabase *database = assay_database_open (path, FALSE, G_MAXINT, &error);
  gint64 root, page_size;

  g_assert_no_error (error);
  root = test_query_int (database, sql);
  page_size = test_query_int (database, "PRAGMA page_size");
  assay_database_free (database);
  test_file_overwrite (path, (root - 1) * page_size, page_size);
}

/* Everything but a table of no weight can be read: what came since the copy is there. */
static void
test_newer_rows (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (TestPage) page = test_page_new (test, "open");
  g_autoptr (AssayAccount) account =
      assay_account_new ("open", "open", "Renamed", "https://other.example");
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GPtrArray) leases = NULL;
  g_autoptr (GPtrArray) feedback = NULL;
  g_autofree char *terms = NULL;
  gint64 row, later;

  test_store_add_account (test, "open");
  row = test_store_claim (test, "open", "t0");
  item = test_store_submit_framed (test, row, "Mine.", 0);
  test_store_deliver (test, item, ASSAY_OUTBOX_ACCEPTED);
  test_store_wait_for_upkeep (test);
  g_free (test_await_string (assay_store_back_up (test->store)));

  test_await (assay_store_save_account (test->store, account));
  later = test_store_claim (test, "open", "t1");
  test_page_add_guideline (page, "q", 1);
  test_page_add_lease (page, "l-t1", ASSAY_LEASE_HELD)->expires_at = 77;
  test_page_add_feedback (page, "f", assay_outbox_item_get_submission (item), "returned");
  test_page_apply (page);
  test_await (assay_store_acknowledge_guideline (test->store, "open/g", 1));
  test_await (assay_store_mark_feedback_seen (test->store, row));
  say (test, item, "returned");
  test_store_execute (test, "UPDATE meta SET value = 0 WHERE key = 'checked_at'");
  test_store_close (test);
  damage_page (test, "setting");

  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*opened again*");
  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*put together again*");
  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*damaged*");
  test_store_open (test);
  test_store_wait_for_upkeep (test);
  g_test_assert_expected_messages ();
  assert_sound (test);
  assert_cursor_forgotten (test);

  accounts = test_await_boxed (assay_store_list_accounts (test->store));
  g_assert_cmpstr (assay_account_get_title (accounts->pdata[1]), ==, "Renamed");
  g_assert_cmpstr (assay_account_get_address (accounts->pdata[1]), ==, "https://other.example");
  leases = test_await_boxed (assay_store_list_leases (test->store, "open"));
  g_assert_cmpuint (leases->len, ==, 1);
  g_assert_cmpint (((AssayLeasedTask *) leases->pdata[0])->row, ==, later);
  g_assert_cmpint (((AssayLeasedTask *) leases->pdata[0])->lease->expires_at, ==, 77);
  feedback = test_await_boxed (assay_store_list_feedback (test->store, row));
  g_assert_cmpuint (feedback->len, ==, 1);
  g_assert_true (((AssayTaskFeedback *) feedback->pdata[0])->seen);
  terms = test_await_string (assay_store_get_guideline_terms (test->store, "open/g", 1));
  g_assert_nonnull (g_strstr_len (terms, -1, "\"acknowledged\":true"));
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_RETURNED);
  assert_rationale (test, row, "Mine.");
  /* It was heard before. */
  say (test, item, "returned");
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM judgement"), ==, 1);
}

/* The program is newer than the file that it finds damaged. */
static void
test_older_version (void)
{
  g_autoptr (TestStore) test = g_new0 (TestStore, 1);
  g_autofree char *path = NULL;

  test->folder = test_folder_new ();
  test->project = assay_project_new ("files", "p", "Project");
  path = test_folder_file (test->folder, "assay.db");
  version_fixture_unpack (1, path);
  damage_page (test, "setting");

  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*damaged*");
  test_store_open (test);
  g_test_assert_expected_messages ();
  assert_sound (test);
  g_assert_cmpint (
      assay_rescue_report_get_figures (assay_store_get_rescue_report (test->store))->unread, ==,
      ASSAY_RESCUE_SETTINGS);
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM task"), ==, 8);
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM judgement"), ==, 4);
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM outbox"), ==, 5);
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM guideline"), ==, 1);
  assert_rationale (test, 1, "A draft.");
  assert_rationale (test, 2, "Accepted.");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

  g_test_add_func ("/rescue-accounts/nothing-readable", test_nothing_readable);
  g_test_add_func ("/rescue-accounts/newer-rows", test_newer_rows);
  g_test_add_func ("/rescue-accounts/older-version", test_older_version);

  return g_test_run ();
}
