/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "page-fixture.h"

static void
tell (TestStore *test,
      const char *account,
      const char *id,
      const char *submission,
      const char *verdict)
{
  g_autoptr (TestPage) page = test_page_new (test, account);

  test_page_add_feedback (page, id, submission, verdict);
  test_page_apply (page);
}

static void
test_feedback (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) own = NULL;
  g_autoptr (GPtrArray) none = NULL;
  AssayTaskFeedback *feedback;
  gint64 row, other;

  test_store_add_account (test, "open");
  test_store_add_account (test, "other");
  row = test_store_claim (test, "open", "t0");
  other = test_store_claim (test, "open", "t1");
  item = test_store_submit_framed (test, row, "Mine.", 0);
  tell (test, "open", "f1", assay_outbox_item_get_submission (item), "rejected");
  tell (test, "open", "f2", "of-another-device", "pass");
  /* Another platform says something about an id that is not its own. */
  tell (test, "other", "f1", assay_outbox_item_get_submission (item), "fail");

  all = test_await_boxed (assay_store_list_feedback (test->store, 0));
  g_assert_cmpuint (all->len, ==, 3);
  for (guint i = 0; i < 2; i++)
    {
      feedback = all->pdata[i];
      g_assert_cmpint (feedback->row, ==, 0);
      g_assert_null (feedback->title);
    }
  own = test_await_boxed (assay_store_list_feedback (test->store, row));
  g_assert_cmpuint (own->len, ==, 1);
  feedback = own->pdata[0];
  g_assert_cmpstr (assay_feedback_get_id (feedback->feedback), ==, "f1");
  g_assert_cmpint (assay_feedback_get_verdict (feedback->feedback), ==, ASSAY_VERDICT_REJECTED);
  g_assert_cmpint (feedback->row, ==, row);
  g_assert_nonnull (feedback->title);
  g_assert_false (feedback->seen);
  none = test_await_boxed (assay_store_list_feedback (test->store, other));
  g_assert_cmpuint (none->len, ==, 0);
}

static gboolean
is_seen (TestStore *test, gint64 row)
{
  g_autoptr (GPtrArray) list = test_await_boxed (assay_store_list_feedback (test->store, row));

  g_assert_cmpuint (list->len, ==, 1);
  return ((AssayTaskFeedback *) list->pdata[0])->seen;
}

static void
changed_cb (AssayStore *store, gint64 row, gpointer user_data)
{
  *(gint64 *) user_data = row;
}

static void
test_seen (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  const char *submission;
  gint64 row, changed = 0;

  test_store_add_account (test, "open");
  row = test_store_claim (test, "open", "t0");
  item = test_store_submit_framed (test, row, "Mine.", 0);
  submission = assay_outbox_item_get_submission (item);
  tell (test, "open", "f1", submission, "fail");
  tell (test, "open", "f2", "of-another-device", "fail");
  g_signal_connect (test->store, "task-changed", G_CALLBACK (changed_cb), &changed);
  test_await (assay_store_mark_feedback_seen (test->store, row));
  g_assert_true (is_seen (test, row));
  g_assert_cmpint (changed, ==, row);
  g_assert_cmpint (
      test_store_query_int (test, "SELECT count(*) FROM feedback WHERE seen_at IS NULL"), ==, 1);

  /* Told again it is no news; changed it is. */
  tell (test, "open", "f1", submission, "fail");
  g_assert_true (is_seen (test, row));
  tell (test, "open", "f1", submission, "pass");
  g_assert_false (is_seen (test, row));

  test_await (assay_store_mark_feedback_seen (test->store, 0));
  g_assert_cmpint (
      test_store_query_int (test, "SELECT count(*) FROM feedback WHERE seen_at IS NULL"), ==, 0);
}

/* It goes with the project whose judgements it is about. */
static void
test_removed_with_project (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (GPtrArray) projects = NULL;

  test_store_add_account (test, "open");
  item = test_store_submit_framed (test, test_store_claim (test, "open", "t0"), "Mine.", 0);
  test_store_deliver (test, item, ASSAY_OUTBOX_ACCEPTED);
  tell (test, "open", "f1", assay_outbox_item_get_submission (item), "pass");
  tell (test, "open", "f2", "of-another-device", "pass");
  projects = test_await_boxed (assay_store_list_projects (test->store));
  test_await (assay_store_remove_project (test->store, assay_project_get_id (projects->pdata[1])));
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM feedback"), ==, 1);
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM lease"), ==, 0);
}

static void
test_guideline_terms (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (TestPage) page = test_page_new (test, "open");
  g_autoptr (GPtrArray) versions = NULL;
  g_autofree char *first = NULL;
  g_autofree char *acknowledged = NULL;
  g_autofree char *again = NULL;

  test_store_add_account (test, "open");
  test_page_add_guideline (page, "q", 1)->acknowledged = TRUE;
  test_page_add_guideline (page, "q", 2)->summary_of_changes = g_strdup ("More.");
  test_page_apply (page);
  versions = test_await_boxed (assay_store_list_guideline_versions (test->store, "open/g"));
  g_assert_cmpuint (versions->len, ==, 2);
  g_assert_cmpint (assay_guideline_get_version (versions->pdata[0]), ==, 2);

  first = test_await_string (assay_store_get_guideline_terms (test->store, "open/g", 2));
  g_assert_cmpstr (
      first, ==,
      "{\"must_acknowledge\":true,\"acknowledged\":false,\"summary_of_changes\":\"More.\"}");
  test_await (assay_store_acknowledge_guideline (test->store, "open/g", 2));
  acknowledged = test_await_string (assay_store_get_guideline_terms (test->store, "open/g", 2));
  g_assert_nonnull (strstr (acknowledged, "\"acknowledged\":true"));

  /* The platform has not heard of it yet. */
  test_page_apply (page);
  again = test_await_string (assay_store_get_guideline_terms (test->store, "open/g", 2));
  g_assert_cmpstr (again, ==, acknowledged);
  test_await_error (assay_store_get_guideline_terms (test->store, "open/g", 3),
                    ASSAY_STORE_ERROR_NOT_FOUND);
  test_await_error (assay_store_acknowledge_guideline (test->store, "open/g", 3),
                    ASSAY_STORE_ERROR_NOT_FOUND);
}

/* The started tasks whose draft was begun under an older version; not those that nobody began, nor
 * one whose change was acknowledged. */
static void
test_touched_tasks (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  gint64 project = assay_project_get_id (test->project);
  g_auto (GStrv) touched = NULL;
  g_auto (GStrv) none = NULL;

  test_store_add_many (test, 4);
  for (gint64 row = 1; row <= 3; row++)
    {
      g_autoptr (AssayOpenTask) open = test_store_load (test, row);
      AssayJudgement *judgement = assay_open_task_get_judgement (open);

      assay_judgement_set_rationale (judgement, "Because.");
      assay_judgement_set_guideline_seen (judgement, row == 2 ? 3 : 2, "x", 0);
      test_store_save (test, row, judgement);
    }
  g_object_unref (test_store_submit (test, 3, "Submitted.", 0));

  touched = test_await_boxed (assay_store_list_touched_tasks (test->store, project, 3));
  g_assert_cmpuint (g_strv_length (touched), ==, 1);
  g_assert_cmpstr (touched[0], ==, "Question number0");
  none = test_await_boxed (assay_store_list_touched_tasks (test->store, project, 2));
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

  g_test_add_func ("/feedback/feedback", test_feedback);
  g_test_add_func ("/feedback/seen", test_seen);
  g_test_add_func ("/feedback/removed-with-project", test_removed_with_project);
  g_test_add_func ("/feedback/guideline-terms", test_guideline_terms);
  g_test_add_func ("/feedback/touched-tasks", test_touched_tasks);

  return g_test_run ();
}
