/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-work-reader.h"
#include "page-fixture.h"

/* Judgements that go to a platform in its own words, and what is sent beside them. */

static void
assert_target (AssayOutboxItem *item, AssayOutboxItem *first)
{
  g_autofree char *target =
      g_strconcat ("submissions/", assay_outbox_item_get_submission (first), NULL);

  g_assert_cmpstr (assay_outbox_item_get_target (item), ==, target);
}

static void
test_frame (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (AssayOpenTask) open = NULL;
  gint64 row;

  test_store_add_account (test, "open");
  row = test_store_claim (test, "open", "t0");
  item = test_store_submit_framed (test, row, "Mine.", ASSAY_UNDO_WINDOW_US);
  g_assert_cmpstr (assay_outbox_item_get_account (item), ==, "open");
  g_assert_cmpstr (assay_outbox_item_get_kind (item), ==, "judgement");
  g_assert_cmpstr (assay_outbox_item_get_method (item), ==, "PUT");
  g_assert_cmpint (assay_outbox_item_get_task_row (item), ==, row);
  g_assert_null (assay_outbox_item_get_subject (item));
  g_assert_cmpmem (g_bytes_get_data (assay_outbox_item_get_body (item), NULL),
                   g_bytes_get_size (assay_outbox_item_get_body (item)), "{\"framed\":true}",
                   strlen ("{\"framed\":true}"));
  assert_target (item, item);
  open = test_store_load (test, row);
  g_assert_cmpstr (assay_judgement_get_rationale (assay_open_task_get_judgement (open)), ==,
                   "Mine.");

  /* Taken back and handed in again it is new: nobody has seen the first. */
  test_await (assay_store_withdraw (test->store, assay_outbox_item_get_submission (item)));
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_STARTED);
  {
    g_autoptr (AssayOutboxItem) second = test_store_submit_framed (test, row, "Mine.", 0);

    g_assert_cmpstr (assay_outbox_item_get_submission (second), !=,
                     assay_outbox_item_get_submission (item));
    assert_target (second, second);
  }
}

/* A platform knows a judgement by the id of its first revision that it took. */
static void
test_revisions (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) refused = NULL;
  g_autoptr (AssayOutboxItem) first = NULL;
  g_autoptr (AssayOutboxItem) taken_back = NULL;
  g_autoptr (AssayOutboxItem) second = NULL;
  g_autoptr (AssayOutboxItem) third = NULL;
  gint64 row;

  test_store_add_account (test, "open");
  row = test_store_claim (test, "open", "t0");
  refused = test_store_submit_framed (test, row, "One.", 0);
  test_store_deliver (test, refused, ASSAY_OUTBOX_REFUSED);
  test_await (assay_store_withdraw (test->store, assay_outbox_item_get_submission (refused)));
  first = test_store_submit_framed (test, row, "Two.", 0);
  assert_target (first, first);
  test_store_deliver (test, first, ASSAY_OUTBOX_ACCEPTED);

  test_await (assay_store_reopen (test->store, row));
  taken_back = test_store_submit_framed (test, row, "Three.", 0);
  assert_target (taken_back, first);
  test_await (assay_store_withdraw (test->store, assay_outbox_item_get_submission (taken_back)));
  second = test_store_submit_framed (test, row, "Three.", 0);
  assert_target (second, first);
  g_assert_cmpstr (assay_outbox_item_get_submission (second), !=,
                   assay_outbox_item_get_submission (first));
  test_store_deliver (test, second, ASSAY_OUTBOX_ACCEPTED);

  test_await (assay_store_reopen (test->store, row));
  third = test_store_submit_framed (test, row, "Four.", 0);
  assert_target (third, first);
}

/* Under another lease it is another submission, in the place of what was judged before. */
static void
test_new_lease (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (TestPage) page = test_page_new (test, "open");
  g_autoptr (AssayOutboxItem) first = NULL;
  g_autoptr (AssayOutboxItem) second = NULL;
  gint64 row;

  test_store_add_account (test, "open");
  row = test_store_claim (test, "open", "t0");
  first = test_store_submit_framed (test, row, "One.", 0);
  test_store_deliver (test, first, ASSAY_OUTBOX_ACCEPTED);
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_SENT);

  test_page_add_task (page, "q", "t0", "another", ASSAY_LEASE_HELD);
  test_page_apply (page);
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_STARTED);
  second = test_store_submit_framed (test, row, "Two.", 0);
  assert_target (second, second);
  test_store_deliver (test, second, ASSAY_OUTBOX_ACCEPTED);
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_SENT);
}

/* Skipped tasks give their lease back by that. */
static void
test_skip (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOpenTask) open = NULL;
  g_autoptr (GBytes) draft = NULL;
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"outcome\":\"skipped\"}", 21);
  g_autoptr (AssayFrame) frame =
      assay_frame_new (ASSAY_FRAME_KIND_SKIP, "PUT", "leases/l-t0/skip", body);
  g_autoptr (AssayOutboxItem) item = NULL;
  AssayJudgement *judgement;
  gint64 row;

  test_store_add_account (test, "open");
  row = test_store_claim (test, "open", "t0");
  open = test_store_load (test, row);
  judgement = assay_open_task_get_judgement (open);
  draft = test_draft_bytes (judgement);
  assay_judgement_finalize_submission (judgement, 1);
  item =
      test_await_object (assay_store_submit_framed (test->store, row, judgement, draft, frame, 0));
  g_assert_cmpstr (assay_outbox_item_get_kind (item), ==, "skip");
  g_assert_cmpstr (assay_outbox_item_get_target (item), ==, "leases/l-t0/skip");
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_QUEUED);
  test_store_deliver (test, item, ASSAY_OUTBOX_ACCEPTED);
  g_assert_cmpint (
      test_store_query_int (test, "SELECT count(*) FROM lease WHERE state = 'skipped'"), ==, 1);
}

static AssayFrame *
dispute_new (void)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"text\":\"No.\"}", 14);

  return assay_frame_new (ASSAY_FRAME_KIND_DISPUTE, "PUT", "feedback/1/dispute", body);
}

/* What is no judgement has no task, whatever its subject looks like. */
static void
test_queue (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayFrame) frame = dispute_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (AssayOutboxItem) other = NULL;
  g_autoptr (AssayOutboxItem) again = NULL;
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GPtrArray) due = NULL;
  g_autoptr (GArray) counts = NULL;
  g_autofree char *subject = NULL;
  gint64 row;

  test_store_add_account (test, "open");
  row = test_store_claim (test, "open", "t0");
  subject = g_strdup_printf ("%" G_GINT64_FORMAT, row);
  item = test_await_object (assay_store_queue (test->store, "open", subject, frame));
  g_assert_cmpint (assay_outbox_item_get_task_row (item), ==, 0);
  g_assert_cmpstr (assay_outbox_item_get_subject (item), ==, subject);
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_READY);
  g_assert_true (test_store_has_spool (test, assay_outbox_item_get_submission (item)));
  test_await_error (assay_store_queue (test->store, "open", subject, frame),
                    ASSAY_STORE_ERROR_CONFLICT);
  test_await_error (assay_store_queue (test->store, "nobody", subject, frame),
                    ASSAY_STORE_ERROR_NOT_FOUND);
  other = test_await_object (assay_store_queue (test->store, "open", "another", frame));

  listed = test_await_boxed (assay_store_list_outbox (test->store));
  g_assert_cmpuint (listed->len, ==, 2);
  g_assert_null (assay_outbox_item_get_task_title (listed->pdata[0]));
  due = test_await_boxed (assay_store_list_due (test->store, "open", g_get_real_time ()));
  g_assert_cmpuint (due->len, ==, 2);
  counts = test_await_boxed (assay_store_count_outbox (test->store));
  g_assert_cmpuint (g_array_index (counts, guint, 0), ==, 2);

  test_store_deliver (test, item, ASSAY_OUTBOX_REFUSED);
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_READY);
  /* Another attempt takes its place. */
  again = test_await_object (assay_store_queue (test->store, "open", subject, frame));
  g_assert_false (test_store_has_spool (test, assay_outbox_item_get_submission (item)));
  g_assert_cmpint (
      test_store_query_int (test, "SELECT count(*) FROM outbox WHERE state = 'refused'"), ==, 0);
  test_store_deliver (test, again, ASSAY_OUTBOX_ACCEPTED);
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_READY);

  /* And it can be taken back like all that waits. */
  test_await (assay_store_withdraw (test->store, assay_outbox_item_get_submission (other)));
  g_assert_cmpint (
      test_store_query_int (test, "SELECT count(*) FROM outbox WHERE state = 'withdrawn'"), ==, 2);
  g_assert_false (test_store_has_spool (test, assay_outbox_item_get_submission (other)));
}

static gboolean
collect (const AssayWorkItem *item, gpointer user_data, GError **error)
{
  if (item->kind == ASSAY_WORK_SUBMITTED)
    g_ptr_array_add (user_data, g_strdup (item->body));
  return TRUE;
}

static GPtrArray *
read_work (TestStore *test)
{
  GPtrArray *bodies = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  guint n_unread;

  g_assert_true (
      assay_work_read (test->folder->path, NULL, collect, bodies, NULL, &n_unread, &error));
  g_assert_no_error (error);
  return bodies;
}

/* A person's own work is the judgement, whatever it was sent as, and not what was sent beside it.
 */
static void
test_own_work (void)
{
  static const char framed[] = "{\"lease_id\":\"l\",\"judgement\":{\"rationale\":\"Mine.\"}}";
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayFrame) dispute = dispute_new ();
  g_autoptr (GBytes) body = g_bytes_new_static (framed, strlen (framed));
  g_autoptr (AssayFrame) frame =
      assay_frame_new (ASSAY_FRAME_KIND_JUDGEMENT, "PUT", "submissions/x", body);
  g_autoptr (AssayOpenTask) open = NULL;
  g_autoptr (GBytes) draft = NULL;
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (AssayOutboxItem) other = NULL;
  g_autoptr (GPtrArray) whole = NULL;
  g_autoptr (GPtrArray) damaged = NULL;
  g_autoptr (GPtrArray) spooled = NULL;
  gint64 row;

  test_store_add_account (test, "open");
  row = test_store_claim (test, "open", "t0");
  open = test_store_load (test, row);
  assay_judgement_set_rationale (assay_open_task_get_judgement (open), "Mine.");
  draft = test_draft_bytes (assay_open_task_get_judgement (open));
  assay_judgement_finalize_submission (assay_open_task_get_judgement (open), 1);
  item = test_await_object (assay_store_submit_framed (
      test->store, row, assay_open_task_get_judgement (open), draft, frame, 0));
  other = test_await_object (assay_store_queue (test->store, "open", "f", dispute));

  whole = read_work (test);
  g_assert_cmpuint (whole->len, ==, 1);
  g_assert_nonnull (strstr (whole->pdata[0], "\"task_id\":\"t0\""));
  test_store_execute (test, "DELETE FROM judgement");
  damaged = read_work (test);
  g_assert_cmpuint (damaged->len, ==, 1);
  g_assert_cmpstr (damaged->pdata[0], ==, "{\"rationale\":\"Mine.\"}");
  test_store_execute (test, "DROP TRIGGER outbox_keep; DELETE FROM outbox");
  spooled = read_work (test);
  g_assert_cmpuint (spooled->len, ==, 1);
  g_assert_cmpstr (spooled->pdata[0], ==, whole->pdata[0]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

  g_test_add_func ("/submit-framed/frame", test_frame);
  g_test_add_func ("/submit-framed/revisions", test_revisions);
  g_test_add_func ("/submit-framed/new-lease", test_new_lease);
  g_test_add_func ("/submit-framed/skip", test_skip);
  g_test_add_func ("/submit-framed/queue", test_queue);
  g_test_add_func ("/submit-framed/own-work", test_own_work);

  return g_test_run ();
}
