/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-draft-keeper-private.h"
#include "fault-vfs.h"
#include "store-fixture.h"

/* A clock that the test moves, with one timeout at most: the keeper must never have two. */
typedef struct
{
  gint64 now;
  guint id;
  gint64 due;
  GSourceFunc function;
  gpointer user_data;
  guint n_timeouts;
} Clock;

typedef struct
{
  TestStore *test;
  AssayOpenTask *open;
  AssayJudgement *judgement;
  AssayDraftKeeper *keeper;
  Clock clock;
} Fixture;

static gint64
get_time_us (gpointer data)
{
  return ((Clock *) data)->now;
}

static guint
add_timeout (guint milliseconds, GSourceFunc function, gpointer user_data, gpointer data)
{
  Clock *clock = data;

  g_assert_cmpuint (clock->id, ==, 0);
  clock->id = ++clock->n_timeouts;
  clock->due = clock->now + milliseconds * G_TIME_SPAN_MILLISECOND;
  clock->function = function;
  clock->user_data = user_data;
  return clock->id;
}

static void
remove_timeout (guint id, gpointer data)
{
  Clock *clock = data;

  g_assert_cmpuint (id, ==, clock->id);
  clock->id = 0;
}

/* Runs what is due at the new time. */
static void
advance (Fixture *fixture, gint64 milliseconds)
{
  Clock *clock = &fixture->clock;

  clock->now += milliseconds * G_TIME_SPAN_MILLISECOND;
  if (clock->id != 0 && clock->due <= clock->now)
    {
      GSourceFunc function = clock->function;

      clock->id = 0;
      g_assert_cmpint (function (clock->user_data), ==, G_SOURCE_REMOVE);
    }
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  const AssayDraftClock clock = { get_time_us, add_timeout, remove_timeout, &fixture->clock };

  fixture->clock.now = 1000 * G_TIME_SPAN_SECOND;
  fixture->test = test_store_new ();
  test_store_add_many (fixture->test, 1);
  fixture->open = test_store_load (fixture->test, test_store_first_row (fixture->test));
  fixture->judgement = assay_open_task_get_judgement (fixture->open);
  fixture->keeper = _assay_draft_keeper_new_with_clock (fixture->test->store,
                                                        assay_open_task_get_row (fixture->open),
                                                        fixture->judgement, &clock);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_clear_object (&fixture->keeper);
  g_clear_object (&fixture->open);
  g_clear_pointer (&fixture->test, test_store_free);
}

static void
wait_for (Fixture *fixture, AssayDraftState state)
{
  while (assay_draft_keeper_get_state (fixture->keeper) != state)
    g_main_context_iteration (NULL, TRUE);
}

static char *
dup_stored (Fixture *fixture)
{
  g_autoptr (AssayOpenTask) open =
      test_store_load (fixture->test, assay_open_task_get_row (fixture->open));

  return g_strdup (assay_judgement_get_rationale (assay_open_task_get_judgement (open)));
}

static void
type (Fixture *fixture, const char *text)
{
  assay_judgement_splice_rationale (
      fixture->judgement, g_utf8_strlen (assay_judgement_get_rationale (fixture->judgement), -1), 0,
      text);
}

static void
test_nothing (Fixture *fixture, gconstpointer unused)
{
  guint64 before = test_store_count_commits (fixture->test);

  g_assert_cmpint (assay_draft_keeper_get_state (fixture->keeper), ==, ASSAY_DRAFT_SAVED);
  test_await (assay_draft_keeper_flush (fixture->keeper));
  g_assert_cmpuint (test_store_count_commits (fixture->test), ==, before);
  g_assert_cmpuint (fixture->clock.id, ==, 0);
}

static void
test_first_at_once (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *stored = NULL;

  type (fixture, "a");
  g_assert_cmpint (assay_draft_keeper_get_state (fixture->keeper), ==, ASSAY_DRAFT_DIRTY);
  g_assert_cmpint (fixture->clock.due, ==, fixture->clock.now);
  advance (fixture, 0);
  /* Under way is not saved. */
  g_assert_cmpint (assay_draft_keeper_get_state (fixture->keeper), ==, ASSAY_DRAFT_DIRTY);
  wait_for (fixture, ASSAY_DRAFT_SAVED);
  stored = dup_stored (fixture);
  g_assert_cmpstr (stored, ==, "a");
  g_assert_cmpuint (fixture->clock.id, ==, 0);
}

static void
test_latest_wins (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *stored = NULL;
  guint64 before = test_store_count_commits (fixture->test);

  type (fixture, "a");
  advance (fixture, 0);
  type (fixture, "b");
  type (fixture, "c");
  /* The first is on disk, and the dot does not claim more. */
  g_assert_cmpint (assay_draft_keeper_get_state (fixture->keeper), ==, ASSAY_DRAFT_DIRTY);
  while (fixture->clock.id == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (assay_draft_keeper_get_state (fixture->keeper), ==, ASSAY_DRAFT_DIRTY);
  advance (fixture, 249);
  g_assert_cmpuint (fixture->clock.id, !=, 0);
  advance (fixture, 1);
  g_assert_cmpuint (fixture->clock.id, ==, 0);
  wait_for (fixture, ASSAY_DRAFT_SAVED);
  stored = dup_stored (fixture);
  g_assert_cmpstr (stored, ==, "abc");
  g_assert_cmpuint (test_store_count_commits (fixture->test) - before, ==, 2);
}

/* 100 characters in 5 seconds. */
static void
test_typing (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *stored = NULL;
  g_autoptr (GBytes) draft = NULL;
  guint64 before = test_store_count_commits (fixture->test);
  guint64 bytes_before = fault_vfs_get_n_bytes ();
  guint64 n_commits;

  for (guint i = 0; i < 100; i++)
    {
      const char letter[] = { 'a' + i % 26, '\0' };

      type (fixture, letter);
      advance (fixture, 50);
      test_drain ();
    }
  test_await (assay_draft_keeper_flush (fixture->keeper));
  g_assert_cmpint (assay_draft_keeper_get_state (fixture->keeper), ==, ASSAY_DRAFT_SAVED);
  n_commits = test_store_count_commits (fixture->test) - before;
  g_assert_cmpuint (n_commits, <=, 22);
  draft = test_draft_bytes (fixture->judgement);
  g_assert_cmpuint (fault_vfs_get_n_bytes () - bytes_before, <=,
                    n_commits * (g_bytes_get_size (draft) + 16 * 1024));
  stored = dup_stored (fixture);
  g_assert_cmpstr (stored, ==, assay_judgement_get_rationale (fixture->judgement));
  g_assert_cmpuint (strlen (stored), ==, 100);
}

static void
test_flush (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *stored = NULL;
  DexFuture *first, *second, *third;
  guint64 before = test_store_count_commits (fixture->test);

  /* While one is in flight, two more ask for what came after it: one write serves both. */
  type (fixture, "a");
  first = assay_draft_keeper_flush (fixture->keeper);
  type (fixture, "b");
  second = assay_draft_keeper_flush (fixture->keeper);
  third = assay_draft_keeper_flush (fixture->keeper);
  test_await (first);
  test_await (second);
  test_await (third);
  g_assert_cmpint (assay_draft_keeper_get_state (fixture->keeper), ==, ASSAY_DRAFT_SAVED);
  g_assert_cmpuint (test_store_count_commits (fixture->test) - before, ==, 2);
  stored = dup_stored (fixture);
  g_assert_cmpstr (stored, ==, "ab");
}

static void
test_flush_writes_cursor (Fixture *fixture, gconstpointer unused)
{
  JsonObject *cursor = json_object_new ();
  g_autoptr (AssayOpenTask) again = NULL;
  guint64 before;

  type (fixture, "a");
  test_await (assay_draft_keeper_flush (fixture->keeper));
  before = test_store_count_commits (fixture->test);
  test_await (assay_draft_keeper_flush (fixture->keeper));
  g_assert_cmpuint (test_store_count_commits (fixture->test), ==, before);

  json_object_set_int_member (cursor, "at", 7);
  assay_judgement_set_cursor (fixture->judgement, cursor);
  json_object_unref (cursor);
  test_await (assay_draft_keeper_flush (fixture->keeper));
  again = test_store_load (fixture->test, assay_open_task_get_row (fixture->open));
  g_assert_cmpint (json_object_get_int_member (
                       assay_judgement_get_cursor (assay_open_task_get_judgement (again)), "at"),
                   ==, 7);
}

static void
move_cursor (Fixture *fixture)
{
  JsonObject *cursor = json_object_new ();

  json_object_set_int_member (
      cursor, "at", g_utf8_strlen (assay_judgement_get_rationale (fixture->judgement), -1));
  assay_judgement_set_cursor (fixture->judgement, cursor);
  json_object_unref (cursor);
}

/* The place is asked for as each draft is written. */
static void
test_place (Fixture *fixture, gconstpointer unused)
{
  g_signal_connect_swapped (fixture->keeper, "writing", G_CALLBACK (move_cursor), fixture);
  for (int i = 1; i <= 2; i++)
    {
      g_autoptr (AssayOpenTask) again = NULL;

      type (fixture, "a");
      advance (fixture, 250);
      wait_for (fixture, ASSAY_DRAFT_SAVED);
      again = test_store_load (fixture->test, assay_open_task_get_row (fixture->open));
      g_assert_cmpint (json_object_get_int_member (assay_judgement_get_cursor (
                                                       assay_open_task_get_judgement (again)),
                                                   "at"),
                       ==, i);
    }
}

static void
test_undone_to_nothing (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *stored = NULL;

  type (fixture, "a");
  test_await (assay_draft_keeper_flush (fixture->keeper));
  assay_judgement_undo (fixture->judgement);
  test_await (assay_draft_keeper_flush (fixture->keeper));
  stored = dup_stored (fixture);
  g_assert_cmpstr (stored, ==, "");
}

static void
count_notify_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
count_signal_cb (gpointer user_data)
{
  (*(guint *) user_data)++;
}

/* A failure is shown, tried again after 1, 5 and 30 seconds, and never called saved. */
static void
test_failure (Fixture *fixture, gconstpointer unused)
{
  static const guint seconds[] = { 1, 5, 30, 30 };
  g_autofree char *stored = NULL;
  g_autofree char *limit = NULL;
  g_autofree char *much = g_strnfill (150000, 'x');
  guint n_notifications = 0;

  g_signal_connect (fixture->keeper, "notify::state", G_CALLBACK (count_notify_cb),
                    &n_notifications);
  limit = g_strdup_printf ("PRAGMA max_page_count = %" G_GINT64_FORMAT,
                           test_store_query_int (fixture->test, "PRAGMA page_count"));
  test_store_execute (fixture->test, limit);
  type (fixture, much);

  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*could not be saved*disk is full*");
  advance (fixture, 0);
  wait_for (fixture, ASSAY_DRAFT_FAILED);
  g_test_assert_expected_messages ();
  g_assert_nonnull (assay_draft_keeper_get_error_message (fixture->keeper));

  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    {
      /* More typing makes it neither sooner nor better. */
      type (fixture, "y");
      g_assert_cmpint (assay_draft_keeper_get_state (fixture->keeper), ==, ASSAY_DRAFT_FAILED);
      g_assert_cmpint (fixture->clock.due - fixture->clock.now, ==,
                       seconds[i] * G_TIME_SPAN_SECOND);
      advance (fixture, seconds[i] * 1000 - 1);
      g_assert_cmpuint (fixture->clock.id, !=, 0);
      g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*could not be saved*");
      advance (fixture, 1);
      while (fixture->clock.id == 0)
        g_main_context_iteration (NULL, TRUE);
      g_test_assert_expected_messages ();
      g_assert_cmpint (assay_draft_keeper_get_state (fixture->keeper), ==, ASSAY_DRAFT_FAILED);
    }
  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*could not be saved*");
  test_await_error (assay_draft_keeper_flush (fixture->keeper), ASSAY_STORE_ERROR_FULL);
  g_test_assert_expected_messages ();

  /* When there is room again. */
  test_store_execute (fixture->test, "PRAGMA max_page_count = 1000000");
  test_await (assay_draft_keeper_flush (fixture->keeper));
  g_assert_cmpint (assay_draft_keeper_get_state (fixture->keeper), ==, ASSAY_DRAFT_SAVED);
  g_assert_null (assay_draft_keeper_get_error_message (fixture->keeper));
  /* dirty, failed, saved */
  g_assert_cmpuint (n_notifications, ==, 3);
  stored = dup_stored (fixture);
  g_assert_true (g_str_has_suffix (stored, "xyyyy"));
}

/* The disk fails under the commit: the connection is opened anew, and the text written again. */
static void
test_failed_sync (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *stored = NULL;
  guint n_signals = 0;

  type (fixture, "a");
  test_await (assay_draft_keeper_flush (fixture->keeper));
  type (fixture, "b");

  /* What reached the disk is read anew by everybody. */
  g_signal_connect_swapped (fixture->test->store, "tasks-changed", G_CALLBACK (count_signal_cb),
                            &n_signals);
  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*opened again*");
  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*could not be saved*");
  fault_vfs_arm (FAULT_SYNC, 1);
  test_await_error (assay_draft_keeper_flush (fixture->keeper), ASSAY_STORE_ERROR_IO);
  g_assert_true (fault_vfs_struck ());
  g_test_assert_expected_messages ();
  g_assert_cmpuint (n_signals, ==, 1);
  g_assert_cmpint (assay_draft_keeper_get_state (fixture->keeper), ==, ASSAY_DRAFT_FAILED);

  advance (fixture, 1000);
  wait_for (fixture, ASSAY_DRAFT_SAVED);
  stored = dup_stored (fixture);
  g_assert_cmpstr (stored, ==, "ab");
}

static void
test_stop (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *stored = NULL;
  guint64 before;

  type (fixture, "a");
  test_await (assay_draft_keeper_flush (fixture->keeper));
  before = test_store_count_commits (fixture->test);
  type (fixture, "b");
  assay_draft_keeper_stop (fixture->keeper);
  g_assert_cmpuint (fixture->clock.id, ==, 0);
  type (fixture, "c");
  g_assert_cmpuint (fixture->clock.id, ==, 0);
  test_await (assay_draft_keeper_flush (fixture->keeper));
  g_assert_cmpuint (test_store_count_commits (fixture->test), ==, before);
  /* The store makes its copy of the day then, but the draft is as it was. */
  g_clear_object (&fixture->keeper);
  stored = dup_stored (fixture);
  g_assert_cmpstr (stored, ==, "a");
}

/* Submitted between two writes: what is final is never written as a draft. */
static void
test_final (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *stored = NULL;
  guint64 before;

  type (fixture, "a");
  test_await (assay_draft_keeper_flush (fixture->keeper));
  type (fixture, "b");
  before = test_store_count_commits (fixture->test);
  assay_judgement_finalize_submission (fixture->judgement, 1);
  advance (fixture, 1000);
  test_drain ();
  g_assert_cmpuint (test_store_count_commits (fixture->test), ==, before);
  /* Nor as the keeper goes, when the store makes its copy of the day. */
  g_clear_object (&fixture->keeper);
  stored = dup_stored (fixture);
  g_assert_cmpstr (stored, ==, "a");
}

/* Dropped without a flush, it still writes what it has. */
static void
test_dropped (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *stored = NULL;

  type (fixture, "a");
  g_clear_object (&fixture->keeper);
  g_assert_cmpuint (fixture->clock.id, ==, 0);
  stored = dup_stored (fixture);
  g_assert_cmpstr (stored, ==, "a");
}

/* The real clock and the real main loop. */
static void
test_real_clock (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *stored = NULL;

  g_clear_object (&fixture->keeper);
  fixture->keeper =
      assay_draft_keeper_new (fixture->test->store, assay_open_task_get_row (fixture->open),
                              fixture->judgement);
  for (guint i = 0; i < 3; i++)
    {
      type (fixture, "a");
      wait_for (fixture, ASSAY_DRAFT_SAVED);
    }
  stored = dup_stored (fixture);
  g_assert_cmpstr (stored, ==, "aaa");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();
  fault_vfs_install ();

#define ADD(name, function)                                                                        \
  g_test_add ("/draft-keeper/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("nothing", test_nothing);
  ADD ("first-at-once", test_first_at_once);
  ADD ("latest-wins", test_latest_wins);
  ADD ("typing", test_typing);
  ADD ("flush", test_flush);
  ADD ("flush-writes-cursor", test_flush_writes_cursor);
  ADD ("place", test_place);
  ADD ("undone-to-nothing", test_undone_to_nothing);
  ADD ("failure", test_failure);
  ADD ("failed-sync", test_failed_sync);
  ADD ("stop", test_stop);
  ADD ("final", test_final);
  ADD ("dropped", test_dropped);
  ADD ("real-clock", test_real_clock);
#undef ADD

  return g_test_run ();
}
