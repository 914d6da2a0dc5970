/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "page-fixture.h"

static void
apply_lease (TestStore *test, const char *id, AssayLeaseState state)
{
  g_autoptr (TestPage) page = test_page_new (test, "open");

  test_page_add_lease (page, id, state);
  test_page_apply (page);
}

static AssayLeaseState
get_lease_state (TestStore *test, gint64 row)
{
  AssayLease *lease = test_await_boxed (assay_store_load_lease (test->store, row));
  AssayLeaseState state = lease->state;

  assay_lease_free (lease);
  return state;
}

/* A lease that is over takes its task along, with what searches find of it. */
static void
test_over_without_work (void)
{
  static const AssayLeaseState over[] = { ASSAY_LEASE_SUBMITTED, ASSAY_LEASE_SKIPPED,
                                          ASSAY_LEASE_RELEASED, ASSAY_LEASE_EXPIRED,
                                          ASSAY_LEASE_WITHDRAWN };
  g_autoptr (TestStore) test = test_store_new ();

  test_store_add_account (test, "open");
  for (guint i = 0; i < G_N_ELEMENTS (over); i++)
    {
      gint64 row = test_store_claim (test, "open", "t0");

      g_assert_cmpint (row, >, 0);
      apply_lease (test, "l-t0", over[i]);
      g_assert_cmpint (test_store_find (test, "t0"), ==, 0);
      test_await_error (assay_store_load_lease (test->store, row), ASSAY_STORE_ERROR_NOT_FOUND);
    }
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM search_task"), ==, 0);
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM lease"), ==, 0);
}

static void
test_over_with_work (void)
{
  static const AssayLeaseState over[] = { ASSAY_LEASE_SUBMITTED, ASSAY_LEASE_SKIPPED,
                                          ASSAY_LEASE_RELEASED, ASSAY_LEASE_EXPIRED };
  g_autoptr (TestStore) test = test_store_new ();
  gint64 row;

  test_store_add_account (test, "open");
  row = test_store_claim (test, "open", "t0");
  test_store_write (test, row, "Begun.");
  for (guint i = 0; i < G_N_ELEMENTS (over); i++)
    {
      apply_lease (test, "l-t0", over[i]);
      g_assert_cmpint (get_lease_state (test, row), ==, over[i]);
      g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_STARTED);
    }

  apply_lease (test, "l-t0", ASSAY_LEASE_WITHDRAWN);
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_WITHDRAWN);
  /* That was no guess of a pull that a person could set right. */
  test_await (assay_store_settle_removals (
      test->store, test_store_query_int (test, "SELECT id FROM project WHERE external_id = 'q'"),
      FALSE));
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_WITHDRAWN);

  /* Claimed once more. */
  {
    g_autoptr (TestPage) page = test_page_new (test, "open");
    g_autoptr (AssayOpenTask) open = NULL;

    test_page_add_task (page, "q", "t0", "new", ASSAY_LEASE_HELD);
    g_assert_cmpuint (test_page_apply (page), ==, 0);
    g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_STARTED);
    open = test_store_load (test, row);
    g_assert_cmpstr (assay_judgement_get_rationale (assay_open_task_get_judgement (open)), ==,
                     "Begun.");
    g_assert_cmpstr (assay_open_task_get_lease (open)->id, ==, "new");
  }
}

/* A listing may name the older lease of a task after the newer. */
static void
test_older_lease (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (TestPage) page = test_page_new (test, "open");
  gint64 row;

  test_store_add_account (test, "open");
  test_page_add_task (page, "q", "t0", "new", ASSAY_LEASE_HELD);
  test_page_add_task (page, "q", "t0", "old", ASSAY_LEASE_EXPIRED);
  g_assert_cmpuint (test_page_apply (page), ==, 1);
  row = test_store_find (test, "t0");
  g_assert_cmpint (row, >, 0);
  g_assert_cmpint (get_lease_state (test, row), ==, ASSAY_LEASE_HELD);
}

/* What was submitted is not taken away, whatever becomes of its lease. */
static void
test_withdrawn_after_submission (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  gint64 row;

  test_store_add_account (test, "open");
  row = test_store_claim (test, "open", "t0");
  item = test_store_submit_framed (test, row, "Mine.", 0);
  apply_lease (test, "l-t0", ASSAY_LEASE_WITHDRAWN);
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_QUEUED);
  test_store_deliver (test, item, ASSAY_OUTBOX_ACCEPTED);
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_SENT);
}

static void
test_list (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (TestPage) page = test_page_new (test, "open");
  g_autoptr (GPtrArray) leases = NULL;
  g_autoptr (GPtrArray) others = NULL;
  g_autoptr (AssayOutboxItem) item = NULL;
  AssayLeasedTask *leased;

  test_store_add_account (test, "open");
  test_store_add_account (test, "other");
  test_page_add_task (page, "q", "never", "l0", ASSAY_LEASE_HELD);
  test_page_add_task (page, "q", "late", "l1", ASSAY_LEASE_HELD)->expires_at = 20;
  test_page_add_task (page, "q", "soon", "l2", ASSAY_LEASE_HELD)->expires_at = 10;
  test_page_add_task (page, "q", "judged", "l3", ASSAY_LEASE_HELD)->expires_at = 5;
  test_page_add_task (page, "q", "over", "l4", ASSAY_LEASE_RELEASED);
  test_page_apply (page);
  test_store_claim (test, "other", "theirs");
  item = test_store_submit_framed (test, test_store_find (test, "judged"), "Mine.", 0);

  leases = test_await_boxed (assay_store_list_leases (test->store, "open"));
  g_assert_cmpuint (leases->len, ==, 4);
  leased = leases->pdata[0];
  g_assert_cmpstr (leased->lease->id, ==, "l3");
  g_assert_cmpint (leased->state, ==, ASSAY_TASK_QUEUED);
  leased = leases->pdata[1];
  g_assert_cmpstr (leased->lease->id, ==, "l2");
  g_assert_cmpint (leased->lease->expires_at, ==, 10);
  g_assert_cmpint (leased->row, ==, test_store_find (test, "soon"));
  g_assert_cmpstr (leased->project_external_id, ==, "q");
  g_assert_cmpint (leased->project, >, 0);
  g_assert_nonnull (leased->title);
  leased = leases->pdata[3];
  g_assert_cmpstr (leased->lease->id, ==, "l0");
  g_assert_cmpint (leased->lease->expires_at, ==, 0);

  /* Accepted, it is held no more and nobody renews it. */
  test_store_deliver (test, item, ASSAY_OUTBOX_ACCEPTED);
  g_assert_cmpint (get_lease_state (test, test_store_find (test, "judged")), ==,
                   ASSAY_LEASE_SUBMITTED);
  others = test_await_boxed (assay_store_list_leases (test->store, "open"));
  g_assert_cmpuint (others->len, ==, 3);
}

static void
test_update (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayLease) renewed = assay_lease_new ("l-t0");
  g_autoptr (GPtrArray) summaries = g_ptr_array_new_with_free_func (g_object_unref);
  AssayTaskSummary *summary;
  AssayLease *loaded;
  gint64 row;

  test_store_add_account (test, "open");
  test_store_add_account (test, "other");
  row = test_store_claim (test, "open", "t0");
  renewed->expires_at = 99;
  renewed->renewals_left = 1;
  /* The same id of another platform is another lease. */
  test_await (assay_store_update_lease (test->store, "other", renewed));
  g_assert_cmpint (test_store_query_int (test,
                                         "SELECT count(*) FROM lease WHERE expires_at IS NOT NULL"),
                   ==, 0);
  test_await (assay_store_update_lease (test->store, "open", renewed));
  loaded = test_await_boxed (assay_store_load_lease (test->store, row));
  g_assert_cmpint (loaded->expires_at, ==, 99);
  g_assert_cmpuint (loaded->renewals_left, ==, 1);
  assay_lease_free (loaded);

  summary = assay_task_summary_new (row);
  g_ptr_array_add (summaries, summary);
  test_await (assay_store_fill_summaries (test->store, summaries));
  g_assert_cmpint (assay_task_summary_get_data (summary)->lease_expires_us, ==, 99);

  /* Given back: the task goes. */
  renewed->state = ASSAY_LEASE_RELEASED;
  test_await (assay_store_update_lease (test->store, "open", renewed));
  g_assert_cmpint (test_store_find (test, "t0"), ==, 0);
  test_await (assay_store_update_lease (test->store, "open", renewed));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

  g_test_add_func ("/leases/over-without-work", test_over_without_work);
  g_test_add_func ("/leases/over-with-work", test_over_with_work);
  g_test_add_func ("/leases/older-lease", test_older_lease);
  g_test_add_func ("/leases/withdrawn-after-submission", test_withdrawn_after_submission);
  g_test_add_func ("/leases/list", test_list);
  g_test_add_func ("/leases/update", test_update);

  return g_test_run ();
}
