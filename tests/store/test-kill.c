/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store-fixture.h"

/* A second process works in a profile and says what the store acknowledged; this one kills it in
 * the middle, opens the profile and looks whether all of that is there. */

#define N_TASKS 6
#define N_ROUNDS 8
#define N_ROUNDS_LONG 200

static void
say (const char *format, gint64 row, guint64 number)
{
  printf (format, row, number);
  fflush (stdout);
}

static GArray *
query (AssayStore *store)
{
  AssayTaskQuery all = { 0 };

  return test_await_boxed (assay_store_query_tasks (store, &all));
}

/* Writes drafts without end, each with a higher number; submits, takes back and delivers in
 * between. */
static int
be_victim (const char *folder, guint64 number)
{
  g_autoptr (AssayStore) store = test_await_object (assay_store_open (folder));
  g_autoptr (GArray) rows = query (store);
  g_autoptr (GHashTable) submitted = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  g_autoptr (GPtrArray) waiting = test_await_boxed (assay_store_list_outbox (store));

  for (guint i = 0; i < waiting->len; i++)
    g_hash_table_insert (submitted,
                         GINT_TO_POINTER (assay_outbox_item_get_task_row (waiting->pdata[i])),
                         g_object_ref (waiting->pdata[i]));

  say ("open %" G_GINT64_FORMAT " %" G_GUINT64_FORMAT "\n", 0, 0);
  while (TRUE)
    {
      gint64 row = g_array_index (rows, gint64, g_random_int_range (0, rows->len));
      g_autoptr (AssayOpenTask) open = test_await_object (assay_store_load_task (store, row));
      AssayJudgement *judgement = assay_open_task_get_judgement (open);
      AssayOutboxItem *item = g_hash_table_lookup (submitted, GINT_TO_POINTER (row));
      g_autofree char *text = g_strdup_printf ("number %" G_GUINT64_FORMAT, ++number);
      g_autoptr (GBytes) draft = NULL;

      switch (assay_open_task_get_state (open))
        {
        case ASSAY_TASK_QUEUED:
          /* What was on its way when the one before was killed cannot be taken back. */
          if (assay_outbox_item_get_state (item) == ASSAY_OUTBOX_QUEUED && g_random_boolean ())
            test_await (assay_store_withdraw (store, assay_outbox_item_get_submission (item)));
          else
            {
              test_await (assay_store_outbox_begin (store, assay_outbox_item_get_id (item)));
              test_await (assay_store_outbox_end (store, assay_outbox_item_get_id (item),
                                                  ASSAY_OUTBOX_ACCEPTED, "accepted", 0, "r", 0));
            }
          g_hash_table_remove (submitted, GINT_TO_POINTER (row));
          continue;
        case ASSAY_TASK_SENT:
          test_await (assay_store_reopen (store, row));
          continue;
        case ASSAY_TASK_READY:
        case ASSAY_TASK_STARTED:
        case ASSAY_TASK_RETURNED:
        case ASSAY_TASK_REFUSED:
        case ASSAY_TASK_WITHDRAWN:
        default:
          break;
        }

      assay_judgement_set_rationale (judgement, text);
      draft = test_draft_bytes (judgement);
      if (g_random_int_range (0, 8) > 0)
        {
          test_await (
              assay_store_save_draft (store, row, assay_judgement_get_id (judgement),
                                      assay_task_get_digest (assay_open_task_get_task (open)),
                                      draft, FALSE));
          say ("draft %" G_GINT64_FORMAT " %" G_GUINT64_FORMAT "\n", row, number);
        }
      else
        {
          assay_judgement_finalize_submission (judgement, 1);
          item = test_await_object (assay_store_submit (store, row, judgement, draft, 0));
          say ("submit %" G_GINT64_FORMAT " %" G_GUINT64_FORMAT "\n", row, number);
          g_hash_table_insert (submitted, GINT_TO_POINTER (row), item);
        }
    }
  return 0;
}

/* Reads what it acknowledged until it is killed after @n_lines. Sets @highest for each row. */
static void
run_victim (const char *folder,
            guint64 start,
            guint n_lines,
            GHashTable *highest,
            GHashTable *submissions)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, start);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) victim =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "/proc/self/exe", "--victim",
                        folder, number, NULL);
  g_autoptr (GDataInputStream) lines = NULL;
  char *line;
  guint n = 0;

  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (victim));
  while ((line = g_data_input_stream_read_line (lines, NULL, NULL, &error)) != NULL)
    {
      g_auto (GStrv) words = g_strsplit (line, " ", 3);

      g_free (line);
      g_assert_cmpuint (g_strv_length (words), ==, 3);
      if (!g_str_equal (words[0], "open"))
        g_hash_table_insert (highest, GINT_TO_POINTER (atoi (words[1])),
                             GUINT_TO_POINTER (atoi (words[2])));
      if (g_str_equal (words[0], "submit"))
        g_hash_table_add (submissions, GUINT_TO_POINTER (atoi (words[2])));
      /* What it says after this is acknowledged as well, and is read to the end. */
      if (++n == n_lines)
        g_subprocess_send_signal (victim, SIGKILL);
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n, >=, n_lines);
  g_subprocess_wait (victim, NULL, &error);
  g_assert_no_error (error);
}

static guint64
number_of (AssayJudgement *judgement)
{
  const char *rationale = assay_judgement_get_rationale (judgement);

  return g_str_has_prefix (rationale, "number ") ? g_ascii_strtoull (rationale + 7, NULL, 10) : 0;
}

static void
check (TestStore *test, GHashTable *highest, GHashTable *submissions, guint64 *newest)
{
  g_autofree char *found = test_await_string (assay_store_check (test->store));
  g_autoptr (GArray) rows = query (test->store);
  GHashTableIter iter;
  gpointer key;

  g_assert_cmpstr (found, ==, "ok");
  for (guint i = 0; i < rows->len; i++)
    {
      gint64 row = g_array_index (rows, gint64, i);
      g_autoptr (AssayOpenTask) open = test_store_load (test, row);
      guint64 number = number_of (assay_open_task_get_judgement (open));

      /* The newest that was acknowledged, or newer. */
      g_assert_cmpuint (number, >=,
                        GPOINTER_TO_UINT (g_hash_table_lookup (highest, GINT_TO_POINTER (row))));
      *newest = MAX (*newest, number);
    }

  /* Every submission is there, once; nothing is on its way any more. */
  g_hash_table_iter_init (&iter, submissions);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_autofree char *sql = g_strdup_printf (
          "SELECT count(*) FROM outbox WHERE CAST(body AS TEXT) LIKE '%%\"number %u\"%%'",
          GPOINTER_TO_UINT (key));

      g_assert_cmpint (test_store_query_int (test, sql), ==, 1);
    }
  g_assert_cmpint (
      test_store_query_int (test, "SELECT count(*) FROM outbox WHERE state = 'sending'"), ==, 0);
  /* A judgement for each submission that was not taken back, and a state that fits. */
  g_assert_cmpint (test_store_query_int (test,
                                         "SELECT count(*) FROM outbox WHERE state <> 'withdrawn'"),
                   ==, test_store_query_int (test, "SELECT count(*) FROM judgement"));
  g_assert_cmpint (
      test_store_query_int (
          test,
          "SELECT count(*) FROM task t WHERE (t.state = 'queued') <> EXISTS (SELECT 1 FROM outbox"
          " WHERE task = CAST(t.id AS TEXT) AND state IN ('queued', 'unknown'))"),
      ==, 0);
}

static void
test_kill (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (GHashTable) highest = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) submissions = g_hash_table_new (NULL, NULL);
  guint n_rounds = g_strcmp0 (g_getenv ("ASSAY_TEST_LONG"), "1") == 0 ? N_ROUNDS_LONG : N_ROUNDS;
  guint64 newest = 0;

  test_store_add_many (test, N_TASKS);
  for (guint i = 0; i < n_rounds; i++)
    {
      test_store_close (test);
      run_victim (test->folder->path, newest, g_test_rand_int_range (1, 60), highest, submissions);
      test_store_open (test);
      check (test, highest, submissions, &newest);
    }
  g_assert_cmpuint (newest, >, 0);
}

int
main (int argc, char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "--victim"))
    {
      dex_init ();
      return be_victim (argv[2], g_ascii_strtoull (argv[3], NULL, 10));
    }

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

  g_test_add_func ("/kill/kill", test_kill);

  return g_test_run ();
}
