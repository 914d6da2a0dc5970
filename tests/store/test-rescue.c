/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "store-fixture.h"

static void
assert_rationale (TestStore *test, gint64 row, const char *text)
{
  g_autoptr (AssayOpenTask) open = test_store_load (test, row);

  g_assert_cmpstr (assay_judgement_get_rationale (assay_open_task_get_judgement (open)), ==, text);
}

static void
assert_state (TestStore *test, AssayOutboxItem *item, const char *state)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT count(*) FROM outbox WHERE submission = '%s' AND state = '%s'",
                       assay_outbox_item_get_submission (item), state);

  g_assert_cmpint (test_store_query_int (test, sql), ==, 1);
}

/* The three files lie together, whole. */
static void
assert_kept (TestStore *test)
{
  g_autofree char *damaged = test_folder_file (test->folder, "damaged");
  g_autoptr (GDir) dir = g_dir_open (damaged, 0, NULL);
  g_autofree char *file = NULL;

  g_assert_nonnull (dir);
  file = g_build_filename (damaged, g_dir_read_name (dir), "assay.db", NULL);
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
}

static void
open_damaged (TestStore *test)
{
  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*damaged*");
  test_store_open (test);
  g_test_assert_expected_messages ();
  g_assert_nonnull (assay_store_get_rescue_report (test->store));
}

static const AssayRescueFigures *
get_figures (TestStore *test)
{
  return assay_rescue_report_get_figures (assay_store_get_rescue_report (test->store));
}

/* The folder that the person is led to is where the files are. */
static void
assert_folder_is_told (TestStore *test)
{
  const char *folder = assay_rescue_report_get_folder (assay_store_get_rescue_report (test->store));
  g_autofree char *file = g_build_filename (folder, "assay.db", NULL);

  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
}

static void
assert_sound (TestStore *test)
{
  g_autofree char *found = test_await_string (assay_store_check (test->store));

  g_assert_cmpstr (found, ==, "ok");
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM pragma_foreign_key_check"), ==,
                   0);
}

/* It opens, and the check after that finds it. */
static void
open_and_find_damage (TestStore *test)
{
  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*opened again*");
  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*put together again*");
  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*damaged*");
  test_store_open (test);
  test_store_wait_for_upkeep (test);
  g_test_assert_expected_messages ();
}

/* Nothing of the file can be read: the last copy, and the spool. */
static void
test_nothing_readable (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autofree char *path = test_folder_file (test->folder, "assay.db");
  g_autoptr (AssayOutboxItem) before = NULL;
  g_autoptr (AssayOutboxItem) after = NULL;

  test_store_add_many (test, 5);
  test_store_write (test, 1, "In the copy.");
  before = test_store_submit (test, 2, "Sent before the copy.", 0);
  /* Not the copy of today, which it brings on. */
  test_store_wait_for_upkeep (test);
  g_free (test_await_string (assay_store_back_up (test->store)));
  after = test_store_submit (test, 3, "Sent after the copy.", 0);
  test_store_close (test);
  test_file_overwrite (path, 0, 4096);

  open_damaged (test);
  assert_sound (test);
  assert_kept (test);
  assert_rationale (test, 1, "In the copy.");
  /* Nobody knows whether they left meanwhile. */
  assert_state (test, before, "unknown");
  assert_state (test, after, "unknown");
  assert_rationale (test, 3, "Sent after the copy.");
  g_assert_cmpint (test_store_get_state (test, 3), ==, ASSAY_TASK_QUEUED);
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM task"), ==, 5);
  assert_folder_is_told (test);
  g_assert_cmpint (get_figures (test)->copy_at, >, 0);
  g_assert_cmpuint (get_figures (test)->n_rows, ==, 0);
  g_assert_cmpuint (get_figures (test)->n_spooled, ==, 1);
  g_assert_cmpuint (get_figures (test)->n_drafts, ==, 1);
  g_assert_cmpuint (get_figures (test)->n_judgements, ==, 2);
  g_assert_cmpuint (get_figures (test)->n_waiting, ==, 2);
  g_assert_cmpuint (get_figures (test)->n_doubtful, ==, 2);
  /* It is an ordinary store. What happened is told until somebody saw it. */
  test_store_write (test, 1, "And on.");
  test_store_close (test);
  test_store_open (test);
  g_assert_nonnull (assay_store_get_rescue_report (test->store));
  assert_folder_is_told (test);
  g_assert_cmpuint (get_figures (test)->n_spooled, ==, 1);
  assert_rationale (test, 1, "And on.");
  test_await (
      assay_store_settle_rescue_report (test->store, assay_store_get_rescue_report (test->store)));
  g_assert_null (assay_store_get_rescue_report (test->store));
  test_store_close (test);
  test_store_open (test);
  g_assert_null (assay_store_get_rescue_report (test->store));

  /* The copy had no draft of it, nor had the spool: taking it back does not lose it. */
  test_store_execute (test, "UPDATE outbox SET state = 'queued'");
  test_await (assay_store_withdraw (test->store, assay_outbox_item_get_submission (after)));
  assert_rationale (test, 3, "Sent after the copy.");
  g_assert_cmpint (test_store_get_state (test, 3), ==, ASSAY_TASK_STARTED);
}

static void
fail_attempt (TestStore *test, AssayOutboxItem *item)
{
  gint64 id = assay_outbox_item_get_id (item);

  test_await (assay_store_outbox_begin (test->store, id));
  test_await (assay_store_outbox_end (test->store, id, ASSAY_OUTBOX_UNKNOWN,
                                      ASSAY_OUTBOX_CLASS_UNKNOWN, 0, NULL, 0));
}

static gint64
count_attempts (TestStore *test, AssayOutboxItem *item)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT count(*) FROM attempt a JOIN outbox o ON o.id = a.outbox WHERE a.ended_at IS NOT NULL"
      " AND o.submission = '%s'",
      assay_outbox_item_get_submission (item));

  return test_store_query_int (test, sql);
}

/* An index is damaged, so that every row is still there. */
static void
test_newer_rows (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autofree char *path = test_folder_file (test->folder, "assay.db");
  g_autoptr (AssayOutboxItem) accepted = NULL;
  g_autoptr (AssayOutboxItem) waiting = NULL;
  g_autoptr (AssayOutboxItem) withdrawn = NULL;
  g_autoptr (AssayOutboxItem) tried = NULL;
  g_autoptr (AssayOutboxItem) cut_off = NULL;
  gint64 root, page_size;

  test_store_add_many (test, 200);
  test_store_write (test, 1, "Old.");
  accepted = test_store_submit (test, 2, "Accepted later.", 0);
  withdrawn = test_store_submit (test, 4, "Taken back later.", 0);
  tried = test_store_submit (test, 5, "Tried before and after.", 0);
  test_store_wait_for_upkeep (test);
  fail_attempt (test, tried);
  test_store_write (test, 7, "Under a clock that was fast.");
  test_store_execute (test, "UPDATE draft SET changed_at = changed_at + 31536000000000"
                            " WHERE task = 7");
  g_free (test_await_string (assay_store_back_up (test->store)));
  test_store_write (test, 1, "New.");
  test_store_write (test, 7, "After it was put right.");
  fail_attempt (test, tried);
  cut_off = test_store_submit (test, 6, "On its way.", 0);
  test_await (assay_store_outbox_begin (test->store, assay_outbox_item_get_id (cut_off)));
  test_store_deliver (test, accepted, ASSAY_OUTBOX_ACCEPTED);
  test_await (assay_store_withdraw (test->store, assay_outbox_item_get_submission (withdrawn)));
  waiting = test_store_submit (test, 3, "Still here.", 0);
  root =
      test_store_query_int (test, "SELECT rootpage FROM sqlite_schema WHERE name = 'task_order'");
  page_size = test_store_query_int (test, "PRAGMA page_size");
  test_store_execute (test, "UPDATE meta SET value = 0 WHERE key = 'checked_at'");
  test_store_close (test);
  test_file_overwrite (path, (root - 1) * page_size + 8, 8);

  open_and_find_damage (test);
  g_assert_nonnull (assay_store_get_rescue_report (test->store));

  assert_sound (test);
  assert_kept (test);
  assert_rationale (test, 1, "New.");
  assert_state (test, accepted, "accepted");
  assert_state (test, withdrawn, "withdrawn");
  assert_state (test, waiting, "queued");
  assert_rationale (test, 7, "After it was put right.");
  g_assert_cmpint (get_figures (test)->unread, ==, 0);
  assert_folder_is_told (test);
  /* Attempts are a record too, and the next must be able to follow them. */
  assert_state (test, tried, "unknown");
  assert_state (test, cut_off, "unknown");
  g_assert_cmpint (count_attempts (test, accepted), ==, 1);
  g_assert_cmpint (count_attempts (test, tried), ==, 2);
  g_assert_cmpint (count_attempts (test, cut_off), ==, 1);
  test_store_deliver (test, tried, ASSAY_OUTBOX_ACCEPTED);
  g_assert_cmpint (count_attempts (test, tried), ==, 3);
  g_assert_cmpint (test_store_get_state (test, 2), ==, ASSAY_TASK_SENT);
  g_assert_cmpint (test_store_get_state (test, 3), ==, ASSAY_TASK_QUEUED);
  g_assert_cmpint (test_store_get_state (test, 4), ==, ASSAY_TASK_STARTED);
}

/* A page in the middle of the drafts: what lies around it is read. */
static void
test_skips_errors (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autofree char *path = test_folder_file (test->folder, "assay.db");
  g_autofree char *long_text = g_strnfill (600, 'x');
  gint64 page, page_size;
  guint n_lost = 0;

  test_store_add_many (test, 60);
  for (gint64 row = 1; row <= 60; row++)
    test_store_write (test, row, long_text);
  page = test_store_query_int (
      test, "SELECT pageno FROM dbstat WHERE name = 'draft' AND pagetype = 'leaf' ORDER BY pageno"
            " LIMIT 1 OFFSET 3");
  page_size = test_store_query_int (test, "PRAGMA page_size");
  test_store_execute (test, "UPDATE meta SET value = 0 WHERE key = 'checked_at'");
  test_store_close (test);
  test_file_overwrite (path, (page - 1) * page_size, page_size);
  test_store_remove_copies (test);
  open_and_find_damage (test);

  assert_sound (test);
  g_assert_cmpint (get_figures (test)->unread, ==, ASSAY_RESCUE_DRAFTS);
  g_assert_cmpint (get_figures (test)->copy_at, ==, 0);
  n_lost = 60 - test_store_query_int (test, "SELECT count(*) FROM draft");
  g_assert_cmpuint (n_lost, >, 0);
  g_assert_cmpuint (n_lost, <, 20);
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM task"), ==, 60);
  /* Words are found again, though the copy that had them was none. */
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM search_task"), ==, 60);
}

/* Imports anew, and works on what came: it is nobody's work yet, whatever was lost under which
 * number. */
static void
assert_new_tasks_are_new (TestStore *test, gint64 row)
{
  g_autoptr (AssayProject) project = assay_project_new ("files", "anew", "Anew");
  g_autoptr (AssayOutboxItem) item = NULL;

  test_await (assay_store_ensure_account (test->store, "files", "files", "Files"));
  test_await (assay_store_save_project (test->store, project));
  g_set_object (&test->project, project);
  test_store_add_many (test, 5);
  for (gint64 i = row; i < row + 5; i++)
    {
      g_autofree char *text = g_strdup_printf ("Anew, number %d.", (int) i);

      test_store_write (test, i, text);
      g_assert_cmpint (test_store_get_state (test, i), ==, ASSAY_TASK_STARTED);
      item = test_store_submit (test, i, text, 0);
      g_assert_cmpint (test_store_get_state (test, i), ==, ASSAY_TASK_QUEUED);
      g_clear_object (&item);
    }
}

/* What was submitted since the last copy is saved without its task: another does not come to have
 * its number, and look as if it waited. */
static void
test_numbers_after_header (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayTask) submitted = test_task_new ("submitted", "Which?", "One.", "Two.");
  g_autoptr (AssayTask) open = test_task_new ("open", "Which?", "One.", "Two.");
  g_autoptr (AssayTask) new = test_task_new ("new", "Which?", "One.", "Two.");
  g_autofree char *path = test_folder_file (test->folder, "assay.db");
  g_autoptr (AssayOutboxItem) lost = NULL;
  g_autoptr (AssayOutboxItem) again = NULL;
  gint64 row, last;

  test_store_add_many (test, 2);
  test_store_write (test, 1, "In the copy.");
  /* Makes the copy of today: what follows is in none. */
  test_store_close (test);
  test_store_open (test);
  test_store_wait_for_upkeep (test);
  row = test_store_add (test, submitted);
  lost = test_store_submit (test, row, "Sent after the copy.", 0);
  /* Nothing tells of this one, except a page that is still open. */
  last = test_store_add (test, open);
  test_store_close (test);
  test_file_overwrite (path, 0, 4096);

  open_damaged (test);
  assert_sound (test);
  assert_state (test, lost, "unknown");
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM task"), ==, 2);
  row = test_store_add (test, new);
  g_assert_cmpint (row, >, last);
  again = test_store_submit (test, row, "Another.", 0);
  assert_state (test, again, "queued");
}

/* The tasks alone cannot be read. How far their numbers went is read, unless it is damaged too; the
 * outbox tells then. */
static void
test_numbers_after_tasks (gconstpointer data)
{
  const char *damage = data;
  g_autoptr (TestStore) test = test_store_new ();
  g_autofree char *path = test_folder_file (test->folder, "assay.db");
  g_autoptr (AssayOutboxItem) lost = NULL;
  gint64 page, page_size;

  test_store_add_many (test, 5);
  lost = test_store_submit (test, 5, "Sent.", 0);
  test_store_wait_for_upkeep (test);
  page = test_store_query_int (test, "SELECT rootpage FROM sqlite_schema WHERE name = 'task'");
  page_size = test_store_query_int (test, "PRAGMA page_size");
  test_store_execute (test, "UPDATE meta SET value = 0 WHERE key = 'checked_at'");
  test_store_execute (test, damage);
  test_store_close (test);
  test_file_overwrite (path, (page - 1) * page_size, page_size);
  test_store_remove_copies (test);

  open_and_find_damage (test);
  assert_sound (test);
  assert_state (test, lost, "queued");
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM task"), ==, 0);
  assert_new_tasks_are_new (
      test, test_store_query_int (test, "SELECT ifnull (max (seq), 0) + 1 FROM sqlite_sequence"
                                        " WHERE name = 'task'"));
  g_assert_cmpint (test_store_first_row (test), >, 5);
}

/* Without any copy, and without a single sound byte. */
static void
test_no_copy (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autofree char *path = test_folder_file (test->folder, "assay.db");

  test_store_close (test);
  g_assert_true (g_file_set_contents (path, "short", -1, NULL));
  open_damaged (test);
  assert_sound (test);
  assert_kept (test);
}

/* (transfer full) Where the damaged files of the last rescue lie. */
static char *
dup_keep (TestStore *test)
{
  return g_strdup (assay_rescue_report_get_folder (assay_store_get_rescue_report (test->store)));
}

static char *
rescue_all (TestStore *test)
{
  g_autofree char *path = test_folder_file (test->folder, "assay.db");

  test_store_close (test);
  test_file_overwrite (path, 0, 4096);
  open_damaged (test);
  return dup_keep (test);
}

/* As a rescue leaves it that is killed: the store that it made, in the folder of the damaged files.
 */
static void
leave_unfinished (TestStore *test, const char *keep)
{
  g_autofree char *path = g_build_filename (keep, "unfinished.db", NULL);
  g_autofree char *sql = g_strdup_printf ("VACUUM INTO '%s'", path);

  test_store_execute (test, sql);
}

/* What a rescue did not take away is never put over a store that went on since. */
static void
test_stale_left_over (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *unfinished = NULL;
  g_autofree char *left_over = NULL;

  test_store_add_many (test, 2);
  g_free (test_await_string (assay_store_back_up (test->store)));
  first = rescue_all (test);
  unfinished = g_build_filename (first, "unfinished.db", NULL);
  left_over = g_build_filename (first, "left-over.db", NULL);

  /* It is in its place already. */
  leave_unfinished (test, first);
  test_store_write (test, 1, "Since then.");
  test_store_close (test);
  test_store_open (test);
  assert_rationale (test, 1, "Since then.");
  g_assert_false (g_file_test (unfinished, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (left_over, G_FILE_TEST_EXISTS));

  /* The store was damaged once more: what is left of the first rescue is not what is to be rescued.
   */
  leave_unfinished (test, first);
  g_free (test_await_string (assay_store_back_up (test->store)));
  second = rescue_all (test);
  g_assert_cmpstr (second, !=, first);
  test_store_write (test, 2, "And since then.");
  test_store_close (test);
  test_store_open (test);
  assert_rationale (test, 1, "Since then.");
  assert_rationale (test, 2, "And since then.");
  g_assert_false (g_file_test (unfinished, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (left_over, G_FILE_TEST_EXISTS));
}

/* What cannot be read of an unfinished rescue hinders nothing, and is kept. */
static void
test_unreadable_left_over (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autofree char *keep = test_folder_file (test->folder, "damaged/20251128T000000.000000Z");
  g_autofree char *unfinished = g_build_filename (keep, "unfinished.db", NULL);
  g_autofree char *left_over = g_build_filename (keep, "left-over.db", NULL);
  g_autofree char *text = NULL;

  test_store_add_many (test, 1);
  test_store_write (test, 1, "Mine.");
  test_store_close (test);
  g_assert_cmpint (g_mkdir_with_parents (keep, 0700), ==, 0);
  g_assert_true (g_file_set_contents (unfinished, "Something that was cut off.", -1, NULL));
  test_store_open (test);
  assert_rationale (test, 1, "Mine.");
  g_assert_false (g_file_test (unfinished, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (left_over, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "Something that was cut off.");
}

/* What is said, and what of it depends on what. */
static void
test_report (void)
{
  const AssayRescueFigures figures = {
    .copy_at = G_GINT64_CONSTANT (1782910800000000),
    .n_rows = 7,
    .unread = ASSAY_RESCUE_DRAFTS | ASSAY_RESCUE_OUTBOX,
    .n_drafts = 1,
    .n_judgements = 2,
    .n_doubtful = 1,
  };
  g_autoptr (AssayRescueReport) made = assay_rescue_report_new ("/somewhere", 5, &figures);
  g_autofree char *json = assay_rescue_report_to_json (made);
  g_autoptr (AssayRescueReport) report = assay_rescue_report_new_from_json (json);
  g_autofree char *text = assay_rescue_report_dup_text (report);
  g_autofree char *lost = assay_rescue_report_dup_lost (report);

  g_assert_cmpmem (assay_rescue_report_get_figures (report), sizeof figures, &figures,
                   sizeof figures);
  g_assert_cmpint (assay_rescue_report_get_time (report), ==, 5);
  g_assert_nonnull (strstr (text, "“/somewhere”"));
  g_assert_nonnull (strstr (text, "July 2026"));
  g_assert_nonnull (strstr (text, "1 draft, 2 submitted judgements, and 0 submissions that"));
  g_assert_nonnull (strstr (text, "1 submission may have arrived"));
  g_assert_nonnull (strstr (lost, "(drafts, outbox)"));
  g_assert_null (assay_rescue_report_new_from_json (NULL));
  g_assert_null (assay_rescue_report_new_from_json ("{}"));
  g_assert_null (assay_rescue_report_new_from_json ("[1"));
}

/* Somebody else's file is not touched. */
static void
test_foreign (void)
{
  g_autoptr (TestStore) test = test_store_new ();

  test_store_execute (test, "PRAGMA application_id = 1");
  test_store_close (test);
  test_await_error (assay_store_open (test->folder->path), ASSAY_STORE_ERROR_DAMAGED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

  g_test_add_func ("/rescue/nothing-readable", test_nothing_readable);
  g_test_add_func ("/rescue/newer-rows", test_newer_rows);
  g_test_add_func ("/rescue/skips-errors", test_skips_errors);
  g_test_add_data_func ("/rescue/numbers-after-tasks", "SELECT 1", test_numbers_after_tasks);
  g_test_add_data_func ("/rescue/numbers-after-tasks/old",
                        "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'task'",
                        test_numbers_after_tasks);
  g_test_add_data_func ("/rescue/numbers-after-tasks/wild",
                        "UPDATE sqlite_sequence SET seq = 9223372036854775807",
                        test_numbers_after_tasks);
  g_test_add_func ("/rescue/numbers-after-header", test_numbers_after_header);
  g_test_add_func ("/rescue/no-copy", test_no_copy);
  g_test_add_func ("/rescue/stale-left-over", test_stale_left_over);
  g_test_add_func ("/rescue/unreadable-left-over", test_unreadable_left_over);
  g_test_add_func ("/rescue/foreign", test_foreign);
  g_test_add_func ("/rescue/report", test_report);

  return g_test_run ();
}
