/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "store-fixture.h"

static void
overwrite (const char *path, gint64 offset, gsize n)
{
  g_autofree char *garbage = g_malloc (n);
  FILE *file = g_fopen (path, "r+");

  memset (garbage, 0xff, n);
  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, offset, SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite (garbage, 1, n, file), ==, n);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
write_draft (TestStore *test, gint64 row, const char *text)
{
  g_autoptr (AssayOpenTask) open = test_store_load (test, row);

  assay_judgement_set_rationale (assay_open_task_get_judgement (open), text);
  test_store_save (test, row, assay_open_task_get_judgement (open));
}

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
  g_assert_nonnull (strstr (assay_store_get_rescue_report (test->store), "damaged"));
}

static void
assert_sound (TestStore *test)
{
  g_autofree char *found = test_await_string (assay_store_check (test->store));

  g_assert_cmpstr (found, ==, "ok");
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM pragma_foreign_key_check"), ==,
                   0);
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
  write_draft (test, 1, "In the copy.");
  before = test_store_submit (test, 2, "Sent before the copy.", 0);
  g_free (test_await_string (assay_store_back_up (test->store)));
  after = test_store_submit (test, 3, "Sent after the copy.", 0);
  test_store_close (test);
  overwrite (path, 0, 4096);

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
  /* It is an ordinary store. */
  write_draft (test, 1, "And on.");
  test_store_close (test);
  test_store_open (test);
  g_assert_null (assay_store_get_rescue_report (test->store));
  assert_rationale (test, 1, "And on.");
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
  gint64 root, page_size;

  test_store_add_many (test, 200);
  write_draft (test, 1, "Old.");
  accepted = test_store_submit (test, 2, "Accepted later.", 0);
  withdrawn = test_store_submit (test, 4, "Taken back later.", 0);
  g_free (test_await_string (assay_store_back_up (test->store)));
  write_draft (test, 1, "New.");
  test_store_deliver (test, accepted, ASSAY_OUTBOX_ACCEPTED);
  test_await (assay_store_withdraw (test->store, assay_outbox_item_get_submission (withdrawn)));
  waiting = test_store_submit (test, 3, "Still here.", 0);
  root =
      test_store_query_int (test, "SELECT rootpage FROM sqlite_schema WHERE name = 'task_order'");
  page_size = test_store_query_int (test, "PRAGMA page_size");
  test_store_execute (test, "UPDATE meta SET value = 0 WHERE key = 'checked_at'");
  test_store_close (test);
  overwrite (path, (root - 1) * page_size + 8, 8);

  /* It opens, and the check after that finds it. */
  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*opened again*");
  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*put together again*");
  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "The store is damaged*");
  test_store_open (test);
  test_store_wait_for_upkeep (test);
  g_test_assert_expected_messages ();
  g_assert_nonnull (assay_store_get_rescue_report (test->store));

  assert_sound (test);
  assert_kept (test);
  assert_rationale (test, 1, "New.");
  assert_state (test, accepted, "accepted");
  assert_state (test, withdrawn, "withdrawn");
  assert_state (test, waiting, "queued");
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
    write_draft (test, row, long_text);
  page = test_store_query_int (
      test, "SELECT pageno FROM dbstat WHERE name = 'draft' AND pagetype = 'leaf' ORDER BY pageno"
            " LIMIT 1 OFFSET 3");
  page_size = test_store_query_int (test, "PRAGMA page_size");
  test_store_execute (test, "UPDATE meta SET value = 0 WHERE key = 'checked_at'");
  test_store_close (test);
  overwrite (path, (page - 1) * page_size, page_size);

  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*opened again*");
  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*put together again*");
  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*damaged*");
  test_store_open (test);
  test_store_wait_for_upkeep (test);
  g_test_assert_expected_messages ();

  assert_sound (test);
  n_lost = 60 - test_store_query_int (test, "SELECT count(*) FROM draft");
  g_assert_cmpuint (n_lost, >, 0);
  g_assert_cmpuint (n_lost, <, 20);
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM task"), ==, 60);
  /* Words are found again, though the copy that had them was none. */
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM search_task"), ==, 60);
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
  g_test_add_func ("/rescue/no-copy", test_no_copy);
  g_test_add_func ("/rescue/foreign", test_foreign);

  return g_test_run ();
}
