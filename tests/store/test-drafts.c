/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "store-fixture.h"

static AssayOpenTask *
open_first (TestStore *test)
{
  if (test_store_count (test, ASSAY_TASK_READY) + test_store_count (test, ASSAY_TASK_STARTED) == 0)
    test_store_add_many (test, 1);
  return test_store_load (test, test_store_first_row (test));
}

static guint
count_revisions (TestStore *test, gint64 row)
{
  g_autoptr (GPtrArray) revisions =
      test_await_boxed (assay_store_list_draft_revisions (test->store, row));

  return revisions->len;
}

static gboolean
revision_has (TestStore *test, gint64 row, guint index, const char *words)
{
  g_autoptr (GPtrArray) revisions =
      test_await_boxed (assay_store_list_draft_revisions (test->store, row));

  g_assert_cmpuint (index, <, revisions->len);
  return g_strstr_len (g_bytes_get_data (revisions->pdata[index], NULL),
                       g_bytes_get_size (revisions->pdata[index]), words)
         != NULL;
}

static void
count_tasks_cb (AssayStore *store, gint64 project, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_states (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOpenTask) open = open_first (test);
  AssayJudgement *judgement = assay_open_task_get_judgement (open);
  gint64 row = assay_open_task_get_row (open);
  guint n_changes = 0;

  g_signal_connect (test->store, "tasks-changed", G_CALLBACK (count_tasks_cb), &n_changes);
  assay_judgement_set_rationale (judgement, "a");
  test_store_save (test, row, judgement);
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_STARTED);
  g_assert_cmpuint (n_changes, ==, 1);
  assay_judgement_set_rationale (judgement, "ab");
  test_store_save (test, row, judgement);
  g_assert_cmpuint (n_changes, ==, 1);

  /* Undone to the beginning it is ready again, and its undo is still there. */
  while (assay_judgement_can_undo (judgement))
    assay_judgement_undo (judgement);
  test_store_save (test, row, judgement);
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_READY);
  g_assert_cmpuint (n_changes, ==, 2);
  {
    g_autoptr (AssayOpenTask) again = test_store_load (test, row);

    g_assert_true (assay_judgement_can_redo (assay_open_task_get_judgement (again)));
  }
}

static void
test_survives_crash (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOpenTask) open = open_first (test);
  AssayJudgement *judgement = assay_open_task_get_judgement (open);
  gint64 row = assay_open_task_get_row (open);
  g_autoptr (AssayOpenTask) again = NULL;
  JsonObject *cursor = json_object_new ();

  json_object_set_int_member (cursor, "at", 3);
  assay_judgement_set_cursor (judgement, cursor);
  json_object_unref (cursor);
  assay_judgement_set_rationale (judgement, "@B says why.");
  test_store_save (test, row, judgement);
  test_store_drop (test);

  test_store_open (test);
  again = test_store_load (test, row);
  judgement = assay_open_task_get_judgement (again);
  g_assert_cmpstr (assay_judgement_get_rationale (judgement), ==, "@B says why.");
  g_assert_cmpint (json_object_get_int_member (assay_judgement_get_cursor (judgement), "at"), ==,
                   3);
  g_assert_true (assay_judgement_can_undo (judgement));
}

static void
test_missing_task (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (GBytes) draft = g_bytes_new_static ("{}", 2);

  test_await_error (assay_store_save_draft (test->store, 4711, "id", "digest", draft, FALSE),
                    ASSAY_STORE_ERROR_NOT_FOUND);
}

/* The text of the task changed under it: the draft is opened all the same. */
static void
test_other_digest (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOpenTask) open = open_first (test);
  g_autoptr (AssayOpenTask) again = NULL;
  AssayJudgement *judgement = assay_open_task_get_judgement (open);
  gint64 row = assay_open_task_get_row (open);
  g_autoptr (GBytes) draft = NULL;

  assay_judgement_set_rationale (judgement, "Written before.");
  draft = test_draft_bytes (judgement);
  test_await (assay_store_save_draft (test->store, row, assay_judgement_get_id (judgement),
                                      "another digest", draft, FALSE));
  again = test_store_load (test, row);
  g_assert_cmpstr (assay_judgement_get_rationale (assay_open_task_get_judgement (again)), ==,
                   "Written before.");
}

static void
test_paragraph_revisions (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOpenTask) open = open_first (test);
  AssayJudgement *judgement = assay_open_task_get_judgement (open);
  gint64 row = assay_open_task_get_row (open);

  /* Typing within a paragraph keeps nothing. */
  assay_judgement_set_rationale (judgement, "One");
  test_store_save (test, row, judgement);
  assay_judgement_set_rationale (judgement, "One more");
  test_store_save (test, row, judgement);
  assay_judgement_set_rationale (judgement, "One more word");
  test_store_save (test, row, judgement);
  g_assert_cmpuint (count_revisions (test, row), ==, 0);

  assay_judgement_set_rationale (judgement, "One more word\n\nT");
  test_store_save (test, row, judgement);
  assay_judgement_set_rationale (judgement, "One more word\n\nTwo");
  test_store_save (test, row, judgement);
  assay_judgement_set_rationale (judgement, "One more word\n\nTwo words");
  test_store_save (test, row, judgement);
  g_assert_cmpuint (count_revisions (test, row), ==, 1);

  /* Never more than twenty, the newest first. */
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *text =
          g_strdup_printf ("%s\n\nParagraph%u", assay_judgement_get_rationale (judgement), i);

      assay_judgement_set_rationale (judgement, text);
      test_store_save (test, row, judgement);
    }
  g_assert_cmpuint (count_revisions (test, row), ==, 20);
  g_assert_true (revision_has (test, row, 0, "Paragraph28"));
  g_assert_false (revision_has (test, row, 0, "Paragraph29"));
}

/* However much is written afterwards. */
static void
test_destructive_stays (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOpenTask) open = NULL;
  g_autoptr (GString) text = g_string_new ("Emptied by mistake.\n\nAll of it.");
  g_autoptr (GPtrArray) revisions = NULL;
  AssayJudgement *judgement;
  gint64 row;
  gboolean found = FALSE;

  test_store_add_many (test, 1);
  row = test_store_first_row (test);
  open = test_store_load (test, row);
  judgement = assay_open_task_get_judgement (open);
  assay_judgement_set_rationale (judgement, text->str);
  test_store_save (test, row, judgement);
  assay_judgement_set_rationale (judgement, "");
  test_store_save (test, row, judgement);
  g_string_truncate (text, 0);
  for (guint i = 0; i < 40; i++)
    {
      g_string_append_printf (text, "Paragraph %u.\n\n", i);
      assay_judgement_set_rationale (judgement, text->str);
      test_store_save (test, row, judgement);
    }
  revisions = test_await_boxed (assay_store_list_draft_revisions (test->store, row));
  for (guint i = 0; i < revisions->len; i++)
    found |= g_strstr_len (g_bytes_get_data (revisions->pdata[i], NULL),
                           g_bytes_get_size (revisions->pdata[i]), "Emptied by mistake")
             != NULL;
  g_assert_true (found);
}

static void
test_time_revisions (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOpenTask) open = open_first (test);
  AssayJudgement *judgement = assay_open_task_get_judgement (open);
  gint64 row = assay_open_task_get_row (open);

  assay_judgement_set_rationale (judgement, "One");
  test_store_save (test, row, judgement);
  /* Begun six minutes ago, last written now. */
  test_store_execute (test, "UPDATE draft SET started_at = started_at - 360000000");
  assay_judgement_set_rationale (judgement, "One more");
  test_store_save (test, row, judgement);
  g_assert_cmpuint (count_revisions (test, row), ==, 1);
  assay_judgement_set_rationale (judgement, "One more word");
  test_store_save (test, row, judgement);
  g_assert_cmpuint (count_revisions (test, row), ==, 1);
}

static void
test_destructive_revisions (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOpenTask) open = open_first (test);
  AssayJudgement *judgement = assay_open_task_get_judgement (open);
  gint64 row = assay_open_task_get_row (open);
  g_autoptr (AssayJudgement) other = NULL;

  assay_judgement_set_rationale (judgement, "Everything");
  test_store_save (test, row, judgement);
  assay_judgement_reset (judgement);
  test_store_save (test, row, judgement);
  g_assert_cmpuint (count_revisions (test, row), ==, 1);
  g_assert_true (revision_has (test, row, 0, "Everything"));

  /* Another judgement of the same task: from a second window, or because the first could not be
   * read. */
  assay_judgement_set_rationale (judgement, "First window");
  test_store_save (test, row, judgement);
  other = assay_judgement_new (assay_judgement_get_task (judgement));
  assay_judgement_set_rationale (other, "Second window");
  test_store_save (test, row, other);
  g_assert_true (revision_has (test, row, 0, "First window"));
}

static void
test_unreadable (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOpenTask) open = open_first (test);
  g_autoptr (AssayOpenTask) again = NULL;
  AssayJudgement *judgement = assay_open_task_get_judgement (open);
  gint64 row = assay_open_task_get_row (open);

  assay_judgement_set_rationale (judgement, "Whole");
  test_store_save (test, row, judgement);
  test_store_execute (test, "UPDATE draft SET body = '{\"half'");

  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*cannot be read*");
  again = test_store_load (test, row);
  g_test_assert_expected_messages ();
  judgement = assay_open_task_get_judgement (again);
  g_assert_true (assay_judgement_is_empty (judgement));

  /* The first save keeps what was there, and search does not stumble over it. */
  {
    AssayTaskQuery query = { .text = (char *) "half" };
    g_autoptr (GArray) found = test_store_query (test, &query);

    g_assert_cmpuint (found->len, ==, 0);
  }
  assay_judgement_set_rationale (judgement, "New");
  test_store_save (test, row, judgement);
  g_assert_true (revision_has (test, row, 0, "{\"half"));
}

static void
test_late (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOpenTask) open = open_first (test);
  AssayJudgement *judgement = assay_open_task_get_judgement (open);
  gint64 row = assay_open_task_get_row (open);
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (GBytes) draft = NULL;
  g_autoptr (AssayOpenTask) again = NULL;

  item = test_store_submit (test, row, "Submitted", ASSAY_UNDO_WINDOW_US);
  assay_judgement_set_rationale (judgement, "Too late");
  draft = test_draft_bytes (judgement);
  for (guint i = 0; i < 3; i++)
    test_await_error (assay_store_save_draft (test->store, row, assay_judgement_get_id (judgement),
                                              "digest", draft, FALSE),
                      ASSAY_STORE_ERROR_CONFLICT);

  /* Kept once, and nothing else is different. */
  g_assert_cmpuint (count_revisions (test, row), ==, 1);
  g_assert_true (revision_has (test, row, 0, "Too late"));
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_QUEUED);
  test_await (assay_store_withdraw (test->store, assay_outbox_item_get_submission (item)));
  again = test_store_load (test, row);
  g_assert_cmpstr (assay_judgement_get_rationale (assay_open_task_get_judgement (again)), ==,
                   "Submitted");
}

static void
test_full (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOpenTask) open = open_first (test);
  g_autoptr (AssayOpenTask) again = NULL;
  AssayJudgement *judgement = assay_open_task_get_judgement (open);
  gint64 row = assay_open_task_get_row (open);
  g_autofree char *limit = NULL;
  g_autofree char *much = g_strnfill (150000, 'x');
  g_autoptr (GBytes) draft = NULL;
  g_autofree char *found = NULL;

  assay_judgement_set_rationale (judgement, "Acknowledged");
  test_store_save (test, row, judgement);
  limit = g_strdup_printf ("PRAGMA max_page_count = %" G_GINT64_FORMAT,
                           test_store_query_int (test, "PRAGMA page_count"));
  test_store_execute (test, limit);

  assay_judgement_set_rationale (judgement, much);
  draft = test_draft_bytes (judgement);
  test_await_error (assay_store_save_draft (test->store, row, assay_judgement_get_id (judgement),
                                            "digest", draft, FALSE),
                    ASSAY_STORE_ERROR_FULL);

  again = test_store_load (test, row);
  g_assert_cmpstr (assay_judgement_get_rationale (assay_open_task_get_judgement (again)), ==,
                   "Acknowledged");
  found = test_await_string (assay_store_check (test->store));
  g_assert_cmpstr (found, ==, "ok");

  /* When there is room again it goes on. */
  test_store_execute (test, "PRAGMA max_page_count = 1000000");
  test_await (assay_store_save_draft (test->store, row, assay_judgement_get_id (judgement),
                                      "digest", draft, FALSE));
}

static gboolean
offer (TestStore *test, gint64 row, const char *rationale)
{
  g_autoptr (AssayOpenTask) open = test_store_load (test, row);
  AssayTask *task = assay_open_task_get_task (open);
  g_autoptr (AssayJudgement) judgement = assay_judgement_new (task);
  g_autoptr (GBytes) draft = NULL;
  g_autoptr (DexFuture) future = NULL;

  assay_judgement_set_rationale (judgement, rationale);
  draft = test_draft_bytes (judgement);
  future = assay_store_offer_draft (test->store, row, assay_judgement_get_id (judgement),
                                    assay_task_get_digest (task), draft);
  test_await (dex_ref (future));
  return g_value_get_boolean (dex_future_get_value (future, NULL));
}

/* What another machine wrote is the draft where nobody wrote here, and kept beside it elsewhere. */
static void
test_offered (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOpenTask) open = NULL;
  gint64 row;

  test_store_add_many (test, 1);
  row = test_store_first_row (test);
  g_assert_true (offer (test, row, "From elsewhere."));
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_STARTED);
  g_assert_cmpuint (count_revisions (test, row), ==, 0);

  g_assert_false (offer (test, row, "Once more."));
  open = test_store_load (test, row);
  g_assert_cmpstr (assay_judgement_get_rationale (assay_open_task_get_judgement (open)), ==,
                   "From elsewhere.");
  g_assert_true (revision_has (test, row, 0, "Once more."));

  g_object_unref (test_store_submit (test, row, "From elsewhere, done.", G_TIME_SPAN_HOUR));
  g_assert_false (offer (test, row, "Too late."));
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_QUEUED);
  g_assert_true (revision_has (test, row, 0, "Too late."));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

  g_test_add_func ("/drafts/states", test_states);
  g_test_add_func ("/drafts/survives-crash", test_survives_crash);
  g_test_add_func ("/drafts/missing-task", test_missing_task);
  g_test_add_func ("/drafts/other-digest", test_other_digest);
  g_test_add_func ("/drafts/paragraph-revisions", test_paragraph_revisions);
  g_test_add_func ("/drafts/destructive-stays", test_destructive_stays);
  g_test_add_func ("/drafts/time-revisions", test_time_revisions);
  g_test_add_func ("/drafts/destructive-revisions", test_destructive_revisions);
  g_test_add_func ("/drafts/unreadable", test_unreadable);
  g_test_add_func ("/drafts/late", test_late);
  g_test_add_func ("/drafts/offered", test_offered);
  g_test_add_func ("/drafts/full", test_full);

  return g_test_run ();
}
