/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "page-fixture.h"

static void
test_save (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayAccount) account = assay_account_new ("a", "open", "alpha", "https://a.example");
  g_autoptr (AssayAccount) other = assay_account_new ("b", "open", "Beta", "https://b.example");
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GPtrArray) again = NULL;
  AssayAccount *read;

  json_object_set_boolean_member (assay_account_get_settings (account), "paused", TRUE);
  /* That of a pull is stored with its pages alone. */
  assay_account_set_cursor (account, "mine");
  test_await (assay_store_save_account (test->store, account));
  test_await (assay_store_save_account (test->store, other));
  accounts = test_await_boxed (assay_store_list_accounts (test->store));
  g_assert_cmpuint (accounts->len, ==, 3);
  read = accounts->pdata[0];
  g_assert_cmpstr (assay_account_get_id (read), ==, "a");
  g_assert_cmpstr (assay_account_get_kind (read), ==, "open");
  g_assert_cmpstr (assay_account_get_address (read), ==, "https://a.example");
  g_assert_true (json_object_get_boolean_member (assay_account_get_settings (read), "paused"));
  g_assert_null (assay_account_get_cursor (read));
  g_assert_cmpstr (assay_account_get_id (accounts->pdata[1]), ==, "b");
  g_assert_cmpstr (assay_account_get_id (accounts->pdata[2]), ==, "files");
  g_assert_true (assay_account_is_local (accounts->pdata[2]));

  /* Changed, and the cursor stays what it is. */
  test_store_execute (test, "UPDATE account SET cursor = 'here' WHERE id = 'a'");
  assay_account_set_title (account, "Omega");
  test_await (assay_store_save_account (test->store, account));
  again = test_await_boxed (assay_store_list_accounts (test->store));
  g_assert_cmpuint (again->len, ==, 3);
  read = again->pdata[2];
  g_assert_cmpstr (assay_account_get_title (read), ==, "Omega");
  g_assert_cmpstr (assay_account_get_cursor (read), ==, "here");
}

static AssayAccountStock
take_stock (TestStore *test, const char *account)
{
  AssayAccountStock *boxed = test_await_boxed (assay_store_take_stock (test->store, account));
  AssayAccountStock stock = *boxed;

  g_free (boxed);
  return stock;
}

static AssayOutboxItem *
submit (TestStore *test, const char *id)
{
  return test_store_submit_framed (test, test_store_claim (test, "open", id), "Mine.", 0);
}

static AssayOutboxItem *
queue (TestStore *test, const char *subject)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  g_autoptr (AssayFrame) frame =
      assay_frame_new (ASSAY_FRAME_KIND_DISPUTE, "PUT", "feedback/f/dispute", body);

  return test_await_object (assay_store_queue (test->store, "open", subject, frame));
}

static void
test_stock (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) accepted = NULL;
  g_autoptr (AssayOutboxItem) refused = NULL;
  g_autoptr (AssayOutboxItem) waiting = NULL;
  g_autoptr (AssayOutboxItem) unknown = NULL;
  g_autoptr (AssayOutboxItem) dispute = NULL;
  AssayAccountStock stock;

  test_store_add_account (test, "open");
  test_store_add_many (test, 3);
  test_store_write (test, 1, "Not of this account.");
  test_store_claim (test, "open", "untouched");
  test_store_write (test, test_store_claim (test, "open", "begun"), "Begun.");
  accepted = submit (test, "accepted");
  test_store_deliver (test, accepted, ASSAY_OUTBOX_ACCEPTED);
  refused = submit (test, "refused");
  test_store_deliver (test, refused, ASSAY_OUTBOX_REFUSED);
  waiting = submit (test, "waiting");
  unknown = submit (test, "unknown");
  test_store_deliver (test, unknown, ASSAY_OUTBOX_UNKNOWN);
  dispute = queue (test, "f");

  stock = take_stock (test, "open");
  g_assert_cmpuint (stock.n_projects, ==, 1);
  g_assert_cmpuint (stock.n_tasks, ==, 6);
  g_assert_cmpuint (stock.n_drafts, ==, 1);
  g_assert_cmpuint (stock.n_judgements, ==, 1);
  g_assert_cmpuint (stock.n_unsent, ==, 3);
  g_assert_cmpuint (stock.n_doubtful, ==, 1);
  test_await_error (assay_store_take_stock (test->store, "nobody"), ASSAY_STORE_ERROR_NOT_FOUND);
}

/* Nothing of it is left, and nothing of the others is gone. */
static void
test_forget (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (TestPage) page = test_page_new (test, "open");
  g_autoptr (AssayOutboxItem) accepted = NULL;
  g_autoptr (AssayOutboxItem) refused = NULL;
  g_autoptr (AssayOutboxItem) waiting = NULL;
  g_autoptr (AssayOutboxItem) dispute = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  test_store_add_many (test, 3);
  test_store_write (test, 1, "Not of this account.");
  before = test_store_describe (test);

  test_store_add_account (test, "open");
  test_store_write (test, test_store_claim (test, "open", "begun"), "Begun.");
  accepted = submit (test, "accepted");
  test_store_deliver (test, accepted, ASSAY_OUTBOX_ACCEPTED);
  refused = submit (test, "refused");
  test_store_deliver (test, refused, ASSAY_OUTBOX_REFUSED);
  waiting = submit (test, "waiting");
  dispute = queue (test, "f");
  test_page_add_guideline (page, "q", 1);
  test_page_add_feedback (page, "f", assay_outbox_item_get_submission (accepted), "pass");
  test_page_add_feedback (page, "g", "of-another-device", "pass");
  test_page_apply (page);

  test_await_error (assay_store_forget_account (test->store, "open", FALSE),
                    ASSAY_STORE_ERROR_CONFLICT);
  test_await (assay_store_outbox_begin (test->store, assay_outbox_item_get_id (waiting)));
  test_await_error (assay_store_forget_account (test->store, "open", TRUE),
                    ASSAY_STORE_ERROR_CONFLICT);
  test_await (assay_store_outbox_end (test->store, assay_outbox_item_get_id (waiting),
                                      ASSAY_OUTBOX_UNKNOWN, "unknown", 0, NULL, 0));
  test_await_error (assay_store_forget_account (test->store, "open", TRUE),
                    ASSAY_STORE_ERROR_CONFLICT);
  g_assert_cmpuint (take_stock (test, "open").n_unsent, ==, 2);
  test_await (assay_store_outbox_begin (test->store, assay_outbox_item_get_id (waiting)));
  test_await (assay_store_outbox_end (test->store, assay_outbox_item_get_id (waiting),
                                      ASSAY_OUTBOX_QUEUED, "not-sent", 0, NULL, 0));
  test_await (assay_store_forget_account (test->store, "open", TRUE));

  after = test_store_describe (test);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM attempt"), ==, 0);
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM search_task"), ==, 3);
  g_assert_false (test_store_has_spool (test, assay_outbox_item_get_submission (accepted)));
  g_assert_false (test_store_has_spool (test, assay_outbox_item_get_submission (refused)));
  g_assert_false (test_store_has_spool (test, assay_outbox_item_get_submission (waiting)));
  g_assert_false (test_store_has_spool (test, assay_outbox_item_get_submission (dispute)));
  test_await_error (assay_store_forget_account (test->store, "open", TRUE),
                    ASSAY_STORE_ERROR_NOT_FOUND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

  g_test_add_func ("/accounts/save", test_save);
  g_test_add_func ("/accounts/stock", test_stock);
  g_test_add_func ("/accounts/forget", test_forget);

  return g_test_run ();
}
