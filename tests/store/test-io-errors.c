/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <errno.h>
#include <string.h>

#include "assay-draft-keeper.h"
#include "fault-vfs.h"
#include "power-disk.h"
#include "store-fixture.h"

/* One session of a person's work, in which the disk fails at the k-th operation of a kind, for
 * every k there is: once, or from then on. Whatever the store said is stored is there afterwards;
 * what it refused can be done again; and nothing that the person sees as saved is not. */

static const int numbers[] = { EIO, ENOSPC, EDQUOT, EROFS };

static const struct
{
  FaultKind kind;
  const char *name;
} kinds[] = {
  { FAULT_WRITE, "write" }, { FAULT_SYNC, "sync" },         { FAULT_OPEN, "open" },
  { FAULT_READ, "read" },   { FAULT_TRUNCATE, "truncate" },
};

/* What was promised. */
typedef struct
{
  char *rationale;      /* of the newest draft that was acknowledged, or NULL */
  char *submission;     /* that was acknowledged, or NULL */
  gint64 id;            /* of it */
  gboolean withdrawn;   /* acknowledged */
  gboolean is_begun;    /* acknowledged */
  gboolean is_accepted; /* acknowledged */
  char *copy;           /* that was acknowledged, or NULL */
  guint n_failures;
} Promises;

static void
promises_clear (Promises *promises)
{
  g_free (promises->rationale);
  g_free (promises->submission);
  g_free (promises->copy);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Promises, promises_clear)

/* Whether it was done. A refusal is an error of the store's, with a sentence. */
static gboolean
attempt (Promises *promises, DexFuture *future, GValue *result)
{
  g_autoptr (GError) error = NULL;
  const GValue *value;

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  value = dex_future_get_value (future, &error);
  if (value == NULL)
    {
      g_assert_true (error->domain == ASSAY_STORE_ERROR);
      g_assert_true (g_str_has_suffix (error->message, "."));
      promises->n_failures++;
    }
  else if (result != NULL)
    {
      g_value_init (result, G_VALUE_TYPE (value));
      g_value_copy (value, result);
    }
  dex_unref (future);
  return value != NULL;
}

/* In the keeper, as a person writes; what it calls saved is promised. */
static void
write_draft (TestStore *test, Promises *promises, AssayOpenTask *open, const char *text)
{
  AssayJudgement *judgement = assay_open_task_get_judgement (open);
  g_autoptr (AssayDraftKeeper) keeper =
      assay_draft_keeper_new (test->store, assay_open_task_get_row (open), judgement);

  assay_judgement_set_rationale (judgement, text);
  attempt (promises, assay_draft_keeper_flush (keeper), NULL);
  if (assay_draft_keeper_get_state (keeper) == ASSAY_DRAFT_SAVED)
    g_set_str (&promises->rationale, text);
  else
    g_assert_cmpstr (assay_draft_keeper_get_error_message (keeper), !=, NULL);
  assay_draft_keeper_stop (keeper);
}

static void
submit (TestStore *test, Promises *promises, AssayOpenTask *open)
{
  AssayJudgement *judgement = assay_open_task_get_judgement (open);
  g_autoptr (GBytes) draft = test_draft_bytes (judgement);
  g_auto (GValue) value = G_VALUE_INIT;

  assay_judgement_finalize_submission (judgement, 1);
  if (!attempt (promises,
                assay_store_submit (test->store, assay_open_task_get_row (open), judgement, draft,
                                    0),
                &value))
    return;
  g_set_str (&promises->submission, assay_outbox_item_get_submission (g_value_get_object (&value)));
  promises->id = assay_outbox_item_get_id (g_value_get_object (&value));
}

static void
send (TestStore *test, Promises *promises, gint64 id)
{
  promises->is_begun = attempt (promises, assay_store_outbox_begin (test->store, id), NULL);
  if (promises->is_begun)
    promises->is_accepted = attempt (promises,
                                     assay_store_outbox_end (test->store, id, ASSAY_OUTBOX_ACCEPTED,
                                                             "accepted", 200, "r", 0),
                                     NULL);
}

static void
back_up (TestStore *test, Promises *promises)
{
  g_auto (GValue) value = G_VALUE_INIT;

  if (attempt (promises, assay_store_back_up (test->store), &value))
    promises->copy = g_value_dup_string (&value);
}

/* The session goes on as far as it gets. */
static void
work (TestStore *test, Promises *first, Promises *second, gint64 first_row, gint64 second_row)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_auto (GValue) other = G_VALUE_INIT;

  if (attempt (first, assay_store_load_task (test->store, first_row), &value))
    {
      AssayOpenTask *open = g_value_get_object (&value);

      write_draft (test, first, open, "One.");
      write_draft (test, first, open, "One, and two.");
      submit (test, first, open);
      if (first->submission != NULL
          && attempt (first, assay_store_withdraw (test->store, first->submission), NULL))
        first->withdrawn = TRUE;
    }
  if (attempt (second, assay_store_load_task (test->store, second_row), &other))
    {
      AssayOpenTask *open = g_value_get_object (&other);

      write_draft (test, second, open, "Another.");
      submit (test, second, open);
      if (second->submission != NULL)
        send (test, second, second->id);
    }
  back_up (test, second);
}

static gint64
count (TestStore *test, const char *format, const char *submission)
{
  g_autofree char *sql = g_strdup_printf (format, submission);

  return test_store_query_int (test, sql);
}

static void
check_promises (TestStore *test, const Promises *promises, gint64 row)
{
  g_autoptr (AssayOpenTask) open = test_store_load (test, row);

  if (promises->rationale != NULL)
    {
      const char *rationale = assay_judgement_get_rationale (assay_open_task_get_judgement (open));

      /* A failure says nothing about what was written: newer is as good. */
      g_assert_true (g_str_has_prefix (rationale, "One") || g_str_equal (rationale, "Another."));
      if (promises->n_failures == 0)
        g_assert_cmpstr (rationale, ==, promises->rationale);
      g_assert_cmpuint (strlen (rationale), >=, strlen (promises->rationale));
    }
  if (promises->submission != NULL)
    g_assert_cmpint (count (test, "SELECT count(*) FROM outbox WHERE submission = '%s'",
                            promises->submission),
                     ==, 1);
  if (promises->withdrawn)
    g_assert_cmpint (
        count (test, "SELECT count(*) FROM outbox WHERE submission = '%s' AND state = 'withdrawn'",
               promises->submission),
        ==, 1);
  if (promises->is_accepted)
    g_assert_cmpint (
        count (test, "SELECT count(*) FROM outbox WHERE submission = '%s' AND state = 'accepted'",
               promises->submission),
        ==, 1);
}

/* Upkeep may have made a newer one of the same day, and then this one is gone soon. */
static void
check_copy (TestStore *test, const Promises *promises)
{
  g_autofree char *path = test_folder_file (test->folder, "looked-at.db");
  g_autofree char *contents = NULL;
  g_autofree char *found = NULL;
  g_autoptr (AssayDatabase) copy = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  if (promises->copy == NULL || !g_file_get_contents (promises->copy, &contents, &size, NULL))
    return;
  g_file_set_contents (path, contents, size, &error);
  g_assert_no_error (error);
  copy = assay_database_open (path, FALSE, 1000, &error);
  g_assert_no_error (error);
  found = assay_database_check (copy, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, "ok");
}

static void
check (TestStore *test)
{
  g_autofree char *found = test_await_string (assay_store_check (test->store));

  g_assert_cmpstr (found, ==, "ok");
  g_assert_cmpint (test_store_query_int (test,
                                         "SELECT count(*) FROM outbox WHERE state <> 'withdrawn'"),
                   ==, test_store_query_int (test, "SELECT count(*) FROM judgement"));
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM pragma_foreign_key_check"), ==,
                   0);
}

/* What the disk refused before is taken now. */
static void
work_again (TestStore *test, Promises *promises, gint64 row)
{
  g_autoptr (AssayOpenTask) open = test_store_load (test, row);
  AssayJudgement *judgement = assay_open_task_get_judgement (open);

  if (assay_open_task_get_state (open) == ASSAY_TASK_QUEUED
      || assay_open_task_get_state (open) == ASSAY_TASK_SENT)
    return;
  assay_judgement_set_rationale (judgement, "One, two, and three.");
  test_store_save (test, row, judgement);
  g_set_str (&promises->rationale, "One, two, and three.");
}

/* Returns whether the operation was reached. */
static gboolean
run_session (FaultKind kind, guint nth, int number, gboolean for_good, gboolean with_close)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_auto (Promises) first = { 0 };
  g_auto (Promises) second = { 0 };
  g_auto (Promises) opening = { 0 };
  g_auto (GValue) value = G_VALUE_INIT;
  gint64 first_row, second_row;
  gboolean struck;

  test_store_add_many (test, 2);
  first_row = test_store_first_row (test);
  second_row = first_row + 1;
  /* A connection that has read nothing yet. */
  test_store_close (test);
  if (!with_close)
    fault_vfs_arm_full (kind, nth, number, for_good);
  if (attempt (&opening, assay_store_open (test->folder->path), &value))
    test->store = g_value_dup_object (&value);
  if (test->store != NULL)
    g_value_unset (&value);
  if (test->store != NULL)
    {
      work (test, &first, &second, first_row, second_row);
      if (with_close)
        {
          fault_vfs_arm_full (kind, nth, number, for_good);
          attempt (&opening, assay_store_close (test->store), NULL);
        }
      struck = fault_vfs_struck ();
      fault_vfs_arm (FAULT_NONE, 0);
      check_copy (test, &second);

      /* The disk is well again, and so is the store, without being opened anew. */
      if (!with_close)
        {
          check (test);
          check_promises (test, &first, first_row);
          check_promises (test, &second, second_row);
          work_again (test, &first, first_row);
        }
      test_store_drop (test);
    }
  else
    {
      struck = fault_vfs_struck ();
      g_assert_true (struck);
      fault_vfs_arm (FAULT_NONE, 0);
    }

  test_store_open (test);
  check (test);
  check_promises (test, &first, first_row);
  check_promises (test, &second, second_row);
  return struck;
}

static void
test_every_operation (gconstpointer data)
{
  guint index = GPOINTER_TO_UINT (data) / 2;
  gboolean with_close = GPOINTER_TO_UINT (data) % 2;
  gboolean is_long = g_strcmp0 (g_getenv ("ASSAY_TEST_LONG"), "1") == 0;
  guint n = 0;

  /* Each operation fails in one way in the ordinary run, in every way in the long one. */
  for (guint nth = 1;; nth++)
    {
      gboolean struck = FALSE;

      for (guint way = 0; way < 2 * G_N_ELEMENTS (numbers); way++)
        if (is_long || way == nth % (2 * G_N_ELEMENTS (numbers)))
          struck |=
              run_session (kinds[index].kind, nth, numbers[way / 2], way % 2 == 1, with_close);
      if (!struck)
        break;
      n++;
    }
  g_test_message ("%u operations", n);
  /* Only closing makes a file shorter, and it reads and opens what it may already have. */
  if (with_close == (kinds[index].kind == FAULT_TRUNCATE) || kinds[index].kind == FAULT_WRITE
      || kinds[index].kind == FAULT_SYNC)
    g_assert_cmpuint (n, >, 0);
}

/* Each failure is a warning in the log; there are hundreds. */
static void
ignore_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();
  fault_vfs_install ();
  power_disk_skip_real_syncs ();
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_log_set_handler ("Assay", G_LOG_LEVEL_WARNING, ignore_cb, NULL);

  for (guint i = 0; i < 2 * G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path =
          g_strconcat ("/io-errors/", i % 2 == 0 ? "work/" : "close/", kinds[i / 2].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_every_operation);
    }

  return g_test_run ();
}
