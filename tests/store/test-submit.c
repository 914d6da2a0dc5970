/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "assay-json.h"
#include "store-fixture.h"

static char *
dup_rationale (TestStore *test, gint64 row)
{
  g_autoptr (AssayOpenTask) open = test_store_load (test, row);

  return g_strdup (assay_judgement_get_rationale (assay_open_task_get_judgement (open)));
}

static gboolean
is_final (TestStore *test, gint64 row)
{
  g_autoptr (AssayOpenTask) open = test_store_load (test, row);

  return assay_judgement_get_final (assay_open_task_get_judgement (open));
}

static gint64
now_far (void)
{
  return g_get_real_time () + G_TIME_SPAN_HOUR;
}

static void
count_cb (AssayStore *store, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_submit (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GPtrArray) due = NULL;
  g_autoptr (JsonNode) body = NULL;
  guint n_changes = 0;
  gint64 row;

  test_store_add_many (test, 2);
  row = test_store_first_row (test);
  g_signal_connect (test->store, "outbox-changed", G_CALLBACK (count_cb), &n_changes);
  item = test_store_submit (test, row, "@A is right.", ASSAY_UNDO_WINDOW_US);

  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_true (g_uuid_string_is_valid (assay_outbox_item_get_submission (item)));
  g_assert_cmpstr (assay_outbox_item_get_account (item), ==, "files");
  g_assert_cmpint (assay_outbox_item_get_task_row (item), ==, row);
  g_assert_cmpstr (assay_outbox_item_get_task_title (item), ==, "Question number0");
  g_assert_cmpstr (assay_outbox_item_get_kind (item), ==, "judgement");
  g_assert_cmpstr (assay_outbox_item_get_target (item), ==, "t0");
  g_assert_cmpint (assay_outbox_item_get_state (item), ==, ASSAY_OUTBOX_QUEUED);
  g_assert_cmpuint (assay_outbox_item_get_attempts (item), ==, 0);
  g_assert_cmpint (assay_outbox_item_get_next_at (item), ==,
                   assay_outbox_item_get_created_at (item) + ASSAY_UNDO_WINDOW_US);

  body = assay_json_parse_bytes (assay_outbox_item_get_body (item), NULL);
  g_assert_nonnull (body);
  g_assert_cmpstr (assay_json_get_string (assay_json_node_object (body), "task_id"), ==, "t0");
  g_assert_false (assay_json_has (assay_json_node_object (body), "draft"));

  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_QUEUED);
  g_assert_true (is_final (test, row));
  listed = test_await_boxed (assay_store_list_outbox (test->store));
  g_assert_cmpuint (listed->len, ==, 1);
  /* Not before its time. */
  due = test_await_boxed (assay_store_list_due (test->store, NULL, g_get_real_time ()));
  g_assert_cmpuint (due->len, ==, 0);
  g_assert_cmpint (test_await_int64 (assay_store_next_due (test->store, "files", TRUE)), ==,
                   assay_outbox_item_get_next_at (item));
}

/* The note to oneself stays here. */
static void
test_private_note (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOpenTask) open = NULL;
  g_autoptr (AssayOpenTask) again = NULL;
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (GBytes) draft = NULL;
  AssayJudgement *judgement;
  gint64 row;

  test_store_add_many (test, 1);
  row = test_store_first_row (test);
  open = test_store_load (test, row);
  judgement = assay_open_task_get_judgement (open);
  assay_judgement_set_private_note (judgement, "not for them");
  draft = test_draft_bytes (judgement);
  assay_judgement_finalize_submission (judgement, 1);
  item = test_await_object (assay_store_submit (test->store, row, judgement, draft, 0));
  g_assert_null (g_strstr_len (g_bytes_get_data (assay_outbox_item_get_body (item), NULL),
                               g_bytes_get_size (assay_outbox_item_get_body (item)),
                               "not for them"));
  again = test_store_load (test, row);
  g_assert_cmpstr (assay_judgement_get_private_note (assay_open_task_get_judgement (again)), ==,
                   "not for them");
}

static void
test_spool (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *object;
  GBytes *body;
  struct stat info;

  test_store_add_many (test, 1);
  item = test_store_submit (test, test_store_first_row (test), "Because \"so\".", 0);
  name = g_strconcat (assay_outbox_item_get_submission (item), ".json", NULL);
  path = g_build_filename (test->folder->path, "spool", name, NULL);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  /* The very bytes. */
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  node = assay_json_parse (text, -1, &error);
  g_assert_no_error (error);
  object = assay_json_node_object (node);
  body = assay_outbox_item_get_body (item);
  g_assert_cmpmem (assay_json_get_string (object, "body"),
                   strlen (assay_json_get_string (object, "body")), g_bytes_get_data (body, NULL),
                   g_bytes_get_size (body));
  g_assert_cmpstr (assay_json_get_string (object, "submission"), ==,
                   assay_outbox_item_get_submission (item));
}

static void
test_undo (gconstpointer restart)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (AssayOpenTask) open = NULL;
  g_autofree char *rationale = NULL;
  g_autofree char *submission = NULL;
  gint64 row;

  test_store_add_many (test, 1);
  row = test_store_first_row (test);
  item = test_store_submit (test, row, "On second thought", ASSAY_UNDO_WINDOW_US);
  submission = g_strdup (assay_outbox_item_get_submission (item));
  g_assert_true (test_store_has_spool (test, submission));

  if (g_strcmp0 (restart, "close") == 0)
    {
      test_store_close (test);
      test_store_open (test);
    }
  else if (g_strcmp0 (restart, "crash") == 0)
    {
      test_store_drop (test);
      test_store_open (test);
    }

  test_await (assay_store_withdraw (test->store, submission));
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_STARTED);
  open = test_store_load (test, row);
  g_assert_false (assay_judgement_get_final (assay_open_task_get_judgement (open)));
  g_assert_cmpstr (assay_judgement_get_rationale (assay_open_task_get_judgement (open)), ==,
                   "On second thought");
  g_assert_true (assay_judgement_can_undo (assay_open_task_get_judgement (open)));
  g_assert_false (test_store_has_spool (test, submission));
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM judgement"), ==, 0);

  /* Again, as after an error that came when it was written already. */
  test_await (assay_store_withdraw (test->store, submission));
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM outbox"), ==, 1);
  test_await_error (assay_store_withdraw (test->store, "no such"), ASSAY_STORE_ERROR_NOT_FOUND);

  /* And it can be submitted again, as another submission. */
  {
    g_autoptr (AssayOutboxItem) second = test_store_submit (test, row, "Better", 0);

    g_assert_cmpstr (assay_outbox_item_get_submission (second), !=, submission);
  }
}

static void
test_too_late_to_undo (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  const char *submission;
  gint64 row, id;

  test_store_add_many (test, 1);
  row = test_store_first_row (test);
  item = test_store_submit (test, row, "x", 0);
  submission = assay_outbox_item_get_submission (item);
  id = assay_outbox_item_get_id (item);

  test_await (assay_store_outbox_begin (test->store, id));
  test_await_error (assay_store_withdraw (test->store, submission), ASSAY_STORE_ERROR_CONFLICT);
  test_await (
      assay_store_outbox_end (test->store, id, ASSAY_OUTBOX_UNKNOWN, "unknown", 0, NULL, 0));
  test_await_error (assay_store_withdraw (test->store, submission), ASSAY_STORE_ERROR_CONFLICT);
  test_await (assay_store_outbox_begin (test->store, id));
  test_await (
      assay_store_outbox_end (test->store, id, ASSAY_OUTBOX_ACCEPTED, "accepted", 0, "r", 0));
  test_await_error (assay_store_withdraw (test->store, submission), ASSAY_STORE_ERROR_CONFLICT);
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_SENT);
}

/* Withdrawn in the moment in which it was to be sent. */
static void
test_begin_after_withdraw (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;

  test_store_add_many (test, 1);
  item = test_store_submit (test, test_store_first_row (test), "x", 0);
  test_await (assay_store_withdraw (test->store, assay_outbox_item_get_submission (item)));
  test_await_error (assay_store_outbox_begin (test->store, assay_outbox_item_get_id (item)),
                    ASSAY_STORE_ERROR_CONFLICT);
}

static void
test_twice (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOpenTask) open = NULL;
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (GBytes) draft = NULL;
  AssayJudgement *judgement;
  gint64 row;

  test_store_add_many (test, 1);
  row = test_store_first_row (test);
  open = test_store_load (test, row);
  judgement = assay_open_task_get_judgement (open);
  assay_judgement_set_rationale (judgement, "x");
  draft = test_draft_bytes (judgement);
  assay_judgement_finalize_submission (judgement, 1);
  item = test_await_object (assay_store_submit (test->store, row, judgement, draft, 0));
  test_await_error (assay_store_submit (test->store, row, judgement, draft, 0),
                    ASSAY_STORE_ERROR_CONFLICT);
  test_store_deliver (test, item, ASSAY_OUTBOX_ACCEPTED);
  test_await_error (assay_store_submit (test->store, row, judgement, draft, 0),
                    ASSAY_STORE_ERROR_CONFLICT);
  test_await_error (assay_store_submit (test->store, row + 99, judgement, draft, 0),
                    ASSAY_STORE_ERROR_NOT_FOUND);
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM outbox"), ==, 1);
}

static void
test_refused (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (AssayOutboxItem) second = NULL;
  g_autoptr (GArray) counts = NULL;
  g_autofree char *rationale = NULL;
  gint64 row;

  test_store_add_many (test, 1);
  row = test_store_first_row (test);
  item = test_store_submit (test, row, "Kept", 0);
  test_store_deliver (test, item, ASSAY_OUTBOX_REFUSED);
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_REFUSED);
  g_assert_true (test_store_has_spool (test, assay_outbox_item_get_submission (item)));
  counts = test_await_boxed (assay_store_count_outbox (test->store));
  g_assert_cmpuint (g_array_index (counts, guint, 0), ==, 0);
  g_assert_cmpuint (g_array_index (counts, guint, 1), ==, 1);

  /* To edit it, it is withdrawn first. */
  test_await (assay_store_withdraw (test->store, assay_outbox_item_get_submission (item)));
  rationale = dup_rationale (test, row);
  g_assert_cmpstr (rationale, ==, "Kept");
  g_assert_false (is_final (test, row));
  second = test_store_submit (test, row, "Kept, and better", 0);
  test_store_deliver (test, second, ASSAY_OUTBOX_ACCEPTED);
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_SENT);
}

/* After a rescue its task may be gone: taken back, the judgement would be nowhere. */
static void
test_without_its_task (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (GPtrArray) waiting = NULL;
  const char *submission;

  test_store_add_many (test, 1);
  item = test_store_submit (test, test_store_first_row (test), "Kept", 0);
  submission = assay_outbox_item_get_submission (item);
  test_store_execute (test, "DELETE FROM task");

  test_await_error (assay_store_withdraw (test->store, submission), ASSAY_STORE_ERROR_CONFLICT);
  g_assert_true (test_store_has_spool (test, submission));
  waiting = test_await_boxed (assay_store_list_outbox (test->store));
  g_assert_cmpuint (waiting->len, ==, 1);
  g_assert_null (assay_outbox_item_get_task_title (waiting->pdata[0]));
}

/* Without withdrawing it first, the new submission takes its place. */
static void
test_refused_and_replaced (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (AssayOutboxItem) second = NULL;
  g_autoptr (AssayOpenTask) open = NULL;
  g_autoptr (GBytes) draft = NULL;
  g_autoptr (GPtrArray) listed = NULL;
  AssayJudgement *judgement;
  gint64 row;

  test_store_add_many (test, 1);
  row = test_store_first_row (test);
  open = test_store_load (test, row);
  judgement = assay_open_task_get_judgement (open);
  assay_judgement_set_rationale (judgement, "x");
  draft = test_draft_bytes (judgement);
  assay_judgement_finalize_submission (judgement, 1);
  item = test_await_object (assay_store_submit (test->store, row, judgement, draft, 0));
  test_store_deliver (test, item, ASSAY_OUTBOX_REFUSED);

  second = test_await_object (assay_store_submit (test->store, row, judgement, draft, 0));
  listed = test_await_boxed (assay_store_list_outbox (test->store));
  g_assert_cmpuint (listed->len, ==, 1);
  g_assert_cmpstr (assay_outbox_item_get_submission (listed->pdata[0]), ==,
                   assay_outbox_item_get_submission (second));
  g_assert_false (test_store_has_spool (test, assay_outbox_item_get_submission (item)));
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_QUEUED);
}

static void
test_reopen (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (AssayOutboxItem) second = NULL;
  g_autoptr (AssayOpenTask) open = NULL;
  g_autofree char *rationale = NULL;
  AssayJudgement *judgement;
  gint64 row;

  test_store_add_many (test, 1);
  row = test_store_first_row (test);
  test_await_error (assay_store_reopen (test->store, row), ASSAY_STORE_ERROR_CONFLICT);
  item = test_store_submit (test, row, "First", 0);
  test_await_error (assay_store_reopen (test->store, row), ASSAY_STORE_ERROR_CONFLICT);
  test_store_deliver (test, item, ASSAY_OUTBOX_ACCEPTED);

  test_await (assay_store_reopen (test->store, row));
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_STARTED);
  test_await_error (assay_store_reopen (test->store, row), ASSAY_STORE_ERROR_CONFLICT);
  open = test_store_load (test, row);
  judgement = assay_open_task_get_judgement (open);
  g_assert_false (assay_judgement_get_final (judgement));
  g_assert_cmpint (assay_judgement_get_revision (judgement), ==, 2);
  g_assert_cmpstr (assay_judgement_get_rationale (judgement), ==, "First");
  /* Its undo came along. */
  g_assert_true (assay_judgement_can_undo (judgement));

  /* Taken back, the second is a draft and the first still stands. */
  second = test_store_submit (test, row, "Second", ASSAY_UNDO_WINDOW_US);
  test_await (assay_store_withdraw (test->store, assay_outbox_item_get_submission (second)));
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_STARTED);
  g_assert_cmpint (test_store_query_int (test, "SELECT max (revision) FROM judgement"), ==, 1);

  g_clear_object (&second);
  second = test_store_submit (test, row, "Second", 0);
  test_store_deliver (test, second, ASSAY_OUTBOX_ACCEPTED);
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_SENT);
  rationale = dup_rationale (test, row);
  g_assert_cmpstr (rationale, ==, "Second");
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM judgement"), ==, 2);
}

/* What was typed before the task was skipped is still there afterwards. */
static void
test_reopen_skipped (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOpenTask) open = NULL;
  g_autoptr (AssayOpenTask) again = NULL;
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (GBytes) draft = NULL;
  AssayJudgement *judgement;
  gint64 row;

  test_store_add_many (test, 1);
  row = test_store_first_row (test);
  open = test_store_load (test, row);
  judgement = assay_open_task_get_judgement (open);
  assay_judgement_set_rationale (judgement, "Half of it");
  assay_judgement_set_outcome (judgement, ASSAY_OUTCOME_SKIPPED, "other", NULL);
  draft = test_draft_bytes (judgement);
  assay_judgement_finalize_submission (judgement, 1);
  item = test_await_object (assay_store_submit (test->store, row, judgement, draft, 0));
  g_assert_null (g_strstr_len (g_bytes_get_data (assay_outbox_item_get_body (item), NULL),
                               g_bytes_get_size (assay_outbox_item_get_body (item)), "Half of it"));
  test_store_deliver (test, item, ASSAY_OUTBOX_ACCEPTED);

  test_await (assay_store_reopen (test->store, row));
  again = test_store_load (test, row);
  g_assert_cmpstr (assay_judgement_get_rationale (assay_open_task_get_judgement (again)), ==,
                   "Half of it");
}

static void
test_sending_at_crash (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (GPtrArray) due = NULL;

  test_store_add_many (test, 1);
  item = test_store_submit (test, test_store_first_row (test), "x", 0);
  test_await (assay_store_outbox_begin (test->store, assay_outbox_item_get_id (item)));
  test_store_drop (test);

  test_store_open (test);
  due = test_await_boxed (assay_store_list_due (test->store, "files", g_get_real_time ()));
  g_assert_cmpuint (due->len, ==, 1);
  g_assert_cmpint (assay_outbox_item_get_state (due->pdata[0]), ==, ASSAY_OUTBOX_UNKNOWN);
  g_assert_cmpstr (assay_outbox_item_get_last_class (due->pdata[0]), ==,
                   ASSAY_OUTBOX_CLASS_INTERRUPTED);
  g_assert_nonnull (assay_outbox_class_get_sentence (ASSAY_OUTBOX_CLASS_INTERRUPTED));
  g_assert_cmpint (
      test_store_query_int (test, "SELECT count(*) FROM attempt WHERE class = 'interrupted'"), ==,
      1);
}

static guint
count_due (TestStore *test, const char *account, gint64 now)
{
  g_autoptr (GPtrArray) due = test_await_boxed (assay_store_list_due (test->store, account, now));

  return due->len;
}

static void
test_due (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 now = g_get_real_time ();
  gint64 later = now + 30 * G_USEC_PER_SEC;

  test_store_add_many (test, 3);
  rows = test_store_query (test, NULL);
  g_assert_cmpint (test_await_int64 (assay_store_next_due (test->store, NULL, TRUE)), ==, -1);
  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (items, test_store_submit (test, g_array_index (rows, gint64, i), "x",
                                               G_TIME_SPAN_HOUR));
  g_assert_cmpuint (count_due (test, NULL, now), ==, 0);
  g_assert_cmpuint (count_due (test, NULL, now_far () + G_USEC_PER_SEC), ==, 3);
  g_assert_cmpuint (count_due (test, "files", now_far () + G_USEC_PER_SEC), ==, 3);
  g_assert_cmpuint (count_due (test, "other", now_far () + G_USEC_PER_SEC), ==, 0);

  /* One that failed waits for its time; what became of it is unknown. */
  test_await (assay_store_outbox_begin (test->store, assay_outbox_item_get_id (items->pdata[0])));
  test_await (assay_store_outbox_end (test->store, assay_outbox_item_get_id (items->pdata[0]),
                                      ASSAY_OUTBOX_UNKNOWN, "unknown", 500, NULL, later));
  g_assert_cmpint (test_await_int64 (assay_store_next_due (test->store, NULL, TRUE)), ==, later);
  g_assert_cmpint (test_await_int64 (assay_store_next_due (test->store, "files", FALSE)), >, later);

  test_await (assay_store_make_due (test->store, "other"));
  g_assert_cmpuint (count_due (test, NULL, now), ==, 0);
  test_await (assay_store_make_due (test->store, NULL));
  g_assert_cmpuint (count_due (test, NULL, now), ==, 3);
}

/* The network is back: one row of those that failed is tried, and nothing that has another reason
 * to wait. */
static void
test_oldest_due (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  static const char *const classes[] = { ASSAY_OUTBOX_CLASS_NOT_PROCESSED,
                                         ASSAY_OUTBOX_CLASS_UNKNOWN, ASSAY_OUTBOX_CLASS_NOT_SENT };
  gint64 now = g_get_real_time ();
  g_autoptr (GPtrArray) due = NULL;

  test_store_add_many (test, 4);
  rows = test_store_query (test, NULL);
  for (guint i = 0; i < 4; i++)
    g_ptr_array_add (items, test_store_submit (test, g_array_index (rows, gint64, i), "x",
                                               G_TIME_SPAN_HOUR));
  test_await (assay_store_make_oldest_due (test->store));
  g_assert_cmpuint (count_due (test, NULL, now), ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      gint64 id = assay_outbox_item_get_id (items->pdata[i]);

      test_await (assay_store_outbox_begin (test->store, id));
      test_await (assay_store_outbox_end (test->store, id,
                                          i == 1 ? ASSAY_OUTBOX_UNKNOWN : ASSAY_OUTBOX_QUEUED,
                                          classes[i], 0, NULL, now + G_TIME_SPAN_HOUR));
    }
  g_assert_cmpuint (count_due (test, NULL, now), ==, 0);
  test_await (assay_store_make_oldest_due (test->store));
  due = test_await_boxed (assay_store_list_due (test->store, NULL, now));
  g_assert_cmpuint (due->len, ==, 1);
  g_assert_cmpint (assay_outbox_item_get_id (due->pdata[0]), ==,
                   assay_outbox_item_get_id (items->pdata[1]));
}

/* The clock was set back since a row was scheduled: it does not wait for a year. */
static void
test_clock_moved (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  gint64 now = g_get_real_time ();

  test_store_add_many (test, 1);
  item = test_store_submit (test, test_store_first_row (test), "x", ASSAY_UNDO_WINDOW_US);
  g_assert_cmpuint (count_due (test, NULL, now), ==, 0);
  g_assert_cmpuint (count_due (test, NULL, now - G_TIME_SPAN_HOUR), ==, 1);
  test_store_execute (test, "UPDATE outbox SET next_at = next_at + 400000000000000");
  g_assert_cmpuint (count_due (test, NULL, now), ==, 1);
  g_assert_cmpint (test_await_int64 (assay_store_next_due (test->store, NULL, TRUE)), ==, 0);
}

static void
test_attention (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;

  test_store_add_many (test, 1);
  item = test_store_submit (test, test_store_first_row (test), "x", 0);
  for (guint i = 1; i <= 8; i++)
    {
      g_autoptr (GArray) counts = NULL;

      test_store_deliver (test, item, ASSAY_OUTBOX_QUEUED);
      counts = test_await_boxed (assay_store_count_outbox (test->store));
      g_assert_cmpuint (g_array_index (counts, guint, 0), ==, 1);
      g_assert_cmpuint (g_array_index (counts, guint, 1), ==, i >= 8 ? 1 : 0);
    }
  g_assert_cmpint (
      test_store_query_int (test, "SELECT count(*) FROM attempt WHERE ended_at NOT NULL"), ==, 8);
}

/* A second end of the same attempt, or one without a beginning, is a step that the table forbids.
 */
static void
test_end_without_begin (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  gint64 id;

  test_store_add_many (test, 1);
  item = test_store_submit (test, test_store_first_row (test), "x", 0);
  id = assay_outbox_item_get_id (item);
  test_await_error (assay_store_outbox_end (test->store, id, ASSAY_OUTBOX_ACCEPTED, "accepted", 0,
                                            "r", 0),
                    ASSAY_STORE_ERROR_CONFLICT);
  test_await (assay_store_outbox_begin (test->store, id));
  test_await_error (assay_store_outbox_begin (test->store, id), ASSAY_STORE_ERROR_CONFLICT);
  test_await (
      assay_store_outbox_end (test->store, id, ASSAY_OUTBOX_ACCEPTED, "accepted", 0, "r", 0));
  test_await_error (assay_store_outbox_end (test->store, id, ASSAY_OUTBOX_QUEUED, "late", 0, NULL,
                                            0),
                    ASSAY_STORE_ERROR_CONFLICT);
}

static void
test_spool_upkeep (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (GArray) rows = NULL;
  g_autoptr (AssayOutboxItem) old = NULL;
  g_autoptr (AssayOutboxItem) recent = NULL;
  g_autoptr (AssayOutboxItem) waiting = NULL;
  g_autofree char *stranger = test_folder_file (test->folder, "spool/stranger.json");
  g_autofree char *missing_name = NULL;
  g_autofree char *missing = NULL;
  g_autoptr (GError) error = NULL;

  test_store_add_many (test, 3);
  rows = test_store_query (test, NULL);
  old = test_store_submit (test, g_array_index (rows, gint64, 0), "x", 0);
  recent = test_store_submit (test, g_array_index (rows, gint64, 1), "x", 0);
  waiting = test_store_submit (test, g_array_index (rows, gint64, 2), "x", 0);
  test_store_deliver (test, old, ASSAY_OUTBOX_ACCEPTED);
  test_store_deliver (test, recent, ASSAY_OUTBOX_ACCEPTED);
  test_store_execute (test,
                      "UPDATE outbox SET changed_at = changed_at - 2678400000000 WHERE id = 1");
  g_assert_true (g_file_set_contents (stranger, "{}", -1, &error));
  missing_name = g_strconcat ("spool/", assay_outbox_item_get_submission (waiting), ".json", NULL);
  missing = test_folder_file (test->folder, missing_name);
  g_assert_cmpint (g_unlink (missing), ==, 0);

  test_store_close (test);
  test_store_open (test);
  test_store_wait_for_upkeep (test);
  g_assert_false (test_store_has_spool (test, assay_outbox_item_get_submission (old)));
  g_assert_true (test_store_has_spool (test, assay_outbox_item_get_submission (recent)));
  /* A crash between the commit and the file. */
  g_assert_true (test_store_has_spool (test, assay_outbox_item_get_submission (waiting)));
  /* What the database does not know is what the spool is for. */
  g_assert_true (g_file_test (stranger, G_FILE_TEST_EXISTS));
}

static void
test_export (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (GPtrArray) third = NULL;
  g_autoptr (GPtrArray) with_drafts = NULL;
  g_auto (GStrv) rationales = NULL;
  AssayExportRow *row;
  gint64 id = assay_project_get_id (test->project);

  test_store_add_many (test, 3);
  rows = test_store_query (test, NULL);
  g_object_unref (test_store_submit (test, g_array_index (rows, gint64, 0), "Settled @A.", 0));
  {
    g_autoptr (AssayOpenTask) open = test_store_load (test, g_array_index (rows, gint64, 1));

    assay_judgement_set_rationale (assay_open_task_get_judgement (open), "Draft.");
    test_store_save (test, g_array_index (rows, gint64, 1), assay_open_task_get_judgement (open));
  }

  first = test_await_boxed (assay_store_list_export_rows (test->store, id, 0, 2, FALSE));
  g_assert_cmpuint (first->len, ==, 2);
  row = first->pdata[0];
  g_assert_cmpstr (assay_task_get_id (row->task), ==, "t0");
  g_assert_cmpstr (assay_judgement_get_rationale (row->judgement), ==, "Settled @A.");
  g_assert_false (row->is_draft);
  row = first->pdata[1];
  g_assert_null (row->judgement);
  second = test_await_boxed (assay_store_list_export_rows (test->store, id, row->row, 2, FALSE));
  g_assert_cmpuint (second->len, ==, 1);
  row = second->pdata[0];
  third = test_await_boxed (assay_store_list_export_rows (test->store, id, row->row, 2, FALSE));
  g_assert_cmpuint (third->len, ==, 0);

  with_drafts = test_await_boxed (assay_store_list_export_rows (test->store, id, 0, 10, TRUE));
  g_assert_cmpuint (with_drafts->len, ==, 3);
  row = with_drafts->pdata[1];
  g_assert_true (row->is_draft);
  g_assert_cmpstr (assay_judgement_get_rationale (row->judgement), ==, "Draft.");

  /* Large rows come in smaller turns, at least one at a time. */
  test_store_execute (test, "UPDATE task_content SET json = json_set (json, '$.metadata.padding',"
                            " hex (zeroblob (200000)))");
  {
    g_autoptr (GPtrArray) large =
        test_await_boxed (assay_store_list_export_rows (test->store, id, 0, 10, FALSE));

    g_assert_cmpuint (large->len, ==, 1);
  }

  rationales = test_await_boxed (assay_store_list_rationales (test->store, id, 10));
  g_assert_cmpuint (g_strv_length (rationales), ==, 1);
  g_assert_true (g_str_has_prefix (rationales[0], "Settled @{r"));
}

/* The last settled revision counts; what was begun on it is a draft of its own. */
static void
test_export_revisions (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) first = NULL;
  g_autoptr (AssayOutboxItem) second = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) with_drafts = NULL;
  gint64 id = assay_project_get_id (test->project);
  AssayExportRow *row;
  gint64 task;

  test_store_add_many (test, 2);
  task = test_store_first_row (test);
  first = test_store_submit (test, task, "First.", 0);
  test_store_deliver (test, first, ASSAY_OUTBOX_ACCEPTED);
  test_await (assay_store_reopen (test->store, task));
  second = test_store_submit (test, task, "Second.", 0);
  test_store_deliver (test, second, ASSAY_OUTBOX_ACCEPTED);
  test_await (assay_store_reopen (test->store, task));
  {
    g_autoptr (AssayOpenTask) open = test_store_load (test, task);

    assay_judgement_set_rationale (assay_open_task_get_judgement (open), "Third.");
    test_store_save (test, task, assay_open_task_get_judgement (open));
  }

  rows = test_await_boxed (assay_store_list_export_rows (test->store, id, 0, 10, FALSE));
  g_assert_cmpuint (rows->len, ==, 2);
  row = rows->pdata[0];
  g_assert_cmpstr (assay_judgement_get_rationale (row->judgement), ==, "Second.");
  g_assert_cmpuint (row->n_earlier, ==, 1);
  g_assert_cmpuint (((AssayExportRow *) rows->pdata[1])->n_earlier, ==, 0);

  /* A turn of one task holds both. */
  with_drafts = test_await_boxed (assay_store_list_export_rows (test->store, id, 0, 1, TRUE));
  g_assert_cmpuint (with_drafts->len, ==, 2);
  row = with_drafts->pdata[0];
  g_assert_false (row->is_draft);
  g_assert_cmpstr (assay_judgement_get_rationale (row->judgement), ==, "Second.");
  g_assert_cmpuint (row->n_earlier, ==, 1);
  row = with_drafts->pdata[1];
  g_assert_true (row->is_draft);
  g_assert_cmpint (row->row, ==, task);
  g_assert_cmpstr (assay_judgement_get_rationale (row->judgement), ==, "Third.");
  g_assert_cmpint (assay_judgement_get_revision (row->judgement), ==, 3);
  g_assert_cmpuint (row->n_earlier, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

  g_test_add_func ("/submit/submit", test_submit);
  g_test_add_func ("/submit/private-note", test_private_note);
  g_test_add_func ("/submit/spool", test_spool);
  g_test_add_data_func ("/submit/undo", NULL, test_undo);
  g_test_add_data_func ("/submit/undo-after-restart", "close", test_undo);
  g_test_add_data_func ("/submit/undo-after-crash", "crash", test_undo);
  g_test_add_func ("/submit/too-late-to-undo", test_too_late_to_undo);
  g_test_add_func ("/submit/begin-after-withdraw", test_begin_after_withdraw);
  g_test_add_func ("/submit/twice", test_twice);
  g_test_add_func ("/submit/refused", test_refused);
  g_test_add_func ("/submit/without-its-task", test_without_its_task);
  g_test_add_func ("/submit/refused-and-replaced", test_refused_and_replaced);
  g_test_add_func ("/submit/reopen", test_reopen);
  g_test_add_func ("/submit/reopen-skipped", test_reopen_skipped);
  g_test_add_func ("/submit/sending-at-crash", test_sending_at_crash);
  g_test_add_func ("/submit/due", test_due);
  g_test_add_func ("/submit/oldest-due", test_oldest_due);
  g_test_add_func ("/submit/clock-moved", test_clock_moved);
  g_test_add_func ("/submit/attention", test_attention);
  g_test_add_func ("/submit/end-without-begin", test_end_without_begin);
  g_test_add_func ("/submit/spool-upkeep", test_spool_upkeep);
  g_test_add_func ("/submit/export", test_export);
  g_test_add_func ("/submit/export-revisions", test_export_revisions);

  return g_test_run ();
}
