/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody sets the clock, by a year, back or forward: nothing leaves too early, nothing waits for
 * a year, and nothing is thrown away as old. */

#define G_LOG_DOMAIN "Assay"
#define _GNU_SOURCE

#include "config.h"

#include <glib/gstdio.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "assay-backups.h"
#include "page-fixture.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define HOUR (3600 * SECOND)
#define DAY (24 * HOUR)
#define YEAR (365 * DAY)

/* Read on the store's thread as well. */
static gint64 wall_shift; /* atomic */
static gint64 passed;     /* atomic */

static gint64
load (gint64 *value)
{
  return __atomic_load_n (value, __ATOMIC_SEQ_CST);
}

static void
set_clock (gint64 by)
{
  __atomic_add_fetch (&wall_shift, by, __ATOMIC_SEQ_CST);
}

static void
pass (gint64 time)
{
  __atomic_add_fetch (&passed, time, __ATOMIC_SEQ_CST);
}

/* In the place of the C library's, for GLib too. */
int
clock_gettime (clockid_t id, struct timespec *time)
{
  int result = syscall (SYS_clock_gettime, id, time);
  gint64 us;

  if (result != 0 || (id != CLOCK_REALTIME && id != CLOCK_MONOTONIC && id != CLOCK_BOOTTIME))
    return result;
  us = (gint64) time->tv_sec * SECOND + time->tv_nsec / 1000 + load (&passed)
       + (id == CLOCK_REALTIME ? load (&wall_shift) : 0);
  time->tv_sec = us / SECOND;
  time->tv_nsec = us % SECOND * 1000;
  return 0;
}

int
gettimeofday (struct timeval *restrict time, void *restrict zone)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  time->tv_sec = now.tv_sec;
  time->tv_usec = now.tv_nsec / 1000;
  return 0;
}

static guint
count_due (TestStore *test)
{
  g_autoptr (GPtrArray) items =
      test_await_boxed (assay_store_list_due (test->store, NULL, g_get_real_time ()));

  return items->len;
}

static gint64
get_wait (TestStore *test)
{
  return test_await_int64 (assay_store_next_due (test->store, NULL, TRUE)) - g_get_real_time ();
}

/* The clock of this very program is the one that is set. */
static void
test_is_set (void)
{
  gint64 before = g_get_real_time ();
  gint64 monotonic = g_get_monotonic_time ();

  set_clock (YEAR);
  g_assert_cmpint (g_get_real_time () - before, >=, YEAR);
  g_assert_cmpint (g_get_monotonic_time () - monotonic, <, YEAR);
  set_clock (-YEAR);
}

/* A lease lasts as long as the platform said, whatever the clock says in between. */
static void
test_lease (gconstpointer data)
{
  const gint64 *by = data;
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (TestPage) page = test_page_new (test, "open");
  AssayLease *lease;

  test_store_add_account (test, "open");
  test_page_add_task (page, "q", "t0", "l0", ASSAY_LEASE_HELD)->expires_at =
      g_get_real_time () + HOUR;
  test_page_add_task (page, "q", "t1", "l1", ASSAY_LEASE_HELD);
  test_page_apply (page);
  g_assert_cmpuint (count_due (test), ==, 0);
  set_clock (*by);
  /* Whoever delivers looks at the clock now and then. */
  g_assert_cmpuint (count_due (test), ==, 0);
  lease = test_await_boxed (assay_store_load_lease (test->store, test_store_find (test, "t0")));
  g_assert_cmpint (lease->expires_at - g_get_real_time (), >, HOUR - 60 * SECOND);
  g_assert_cmpint (lease->expires_at - g_get_real_time (), <=, HOUR);
  assay_lease_free (lease);
  lease = test_await_boxed (assay_store_load_lease (test->store, test_store_find (test, "t1")));
  g_assert_cmpint (lease->expires_at, ==, 0);
  assay_lease_free (lease);
  set_clock (-*by);
}

static void
test_undo_window (gconstpointer data)
{
  const gint64 *by = data;
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (AssayOutboxItem) other = NULL;
  gint64 wait;

  test_store_add_many (test, 2);
  item = test_store_submit (test, 1, "Taken back in time.", ASSAY_UNDO_WINDOW_US);
  other = test_store_submit (test, 2, "Sent in time.", ASSAY_UNDO_WINDOW_US);
  g_assert_cmpuint (count_due (test), ==, 0);

  set_clock (*by);
  g_assert_cmpuint (count_due (test), ==, 0);
  wait = get_wait (test);
  g_assert_cmpint (wait, >, 0);
  g_assert_cmpint (wait, <=, ASSAY_UNDO_WINDOW_US);
  test_await (assay_store_withdraw (test->store, assay_outbox_item_get_submission (item)));

  pass (ASSAY_UNDO_WINDOW_US + 2 * SECOND);
  g_assert_cmpuint (count_due (test), ==, 1);
  set_clock (-*by);
  g_assert_cmpuint (count_due (test), ==, 1);
}

static void
test_back_off (gconstpointer data)
{
  const gint64 *by = data;
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;

  test_store_add_many (test, 1);
  item = test_store_submit (test, 1, "Tried again later.", 0);
  test_await (assay_store_outbox_begin (test->store, assay_outbox_item_get_id (item)));
  test_await (assay_store_outbox_end (test->store, assay_outbox_item_get_id (item),
                                      ASSAY_OUTBOX_QUEUED, ASSAY_OUTBOX_CLASS_NOT_SENT, 0, NULL,
                                      g_get_real_time () + HOUR));
  set_clock (*by);
  g_assert_cmpuint (count_due (test), ==, 0);
  pass (HOUR + 2 * SECOND);
  g_assert_cmpuint (count_due (test), ==, 1);
  set_clock (-*by);
}

/* Set while the program did not run: nobody knows by how much, and so it is due. */
static void
test_set_between (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;

  test_store_add_many (test, 1);
  item = test_store_submit (test, 1, "From the future.", 30 * SECOND);
  test_store_close (test);
  set_clock (-YEAR);
  test_store_open (test);
  g_assert_cmpuint (count_due (test), ==, 1);
  set_clock (YEAR);
}

static guint
count_revisions (TestStore *test, gint64 row)
{
  g_autoptr (GPtrArray) revisions =
      test_await_boxed (assay_store_list_draft_revisions (test->store, row));

  return revisions->len;
}

/* Older states are kept though the newest that is kept seems to be of next year. */
static void
test_revisions (void)
{
  g_autoptr (TestStore) test = test_store_new ();

  test_store_add_many (test, 1);
  test_store_write (test, 1, "One");
  pass (HOUR);
  test_store_write (test, 1, "One and");
  pass (HOUR);
  test_store_write (test, 1, "One and two");
  g_assert_cmpuint (count_revisions (test, 1), ==, 1);
  set_clock (-YEAR);
  test_store_write (test, 1, "One and two and");
  test_store_write (test, 1, "One and two and three");
  g_assert_cmpuint (count_revisions (test, 1), >=, 2);
  set_clock (YEAR);
}

/* A year ahead makes everything old: it is not thrown away for that. */
static void
test_upkeep (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  guint kept;

  test_store_add_many (test, 1);
  test_store_write (test, 1, "A draft.");
  item = test_store_submit (test, 1, "A draft that was sent.", 0);
  test_store_deliver (test, item, ASSAY_OUTBOX_ACCEPTED);
  test_store_wait_for_upkeep (test);
  kept = count_revisions (test, 1);
  g_assert_cmpuint (kept, >, 0);
  test_store_close (test);

  set_clock (YEAR);
  test_store_open (test);
  test_store_wait_for_upkeep (test);
  g_assert_cmpuint (count_revisions (test, 1), ==, kept);
  g_assert_true (test_store_has_spool (test, assay_outbox_item_get_submission (item)));

  /* The same year in peace is another matter. */
  test_store_close (test);
  pass (DAY);
  test_store_open (test);
  test_store_wait_for_upkeep (test);
  g_assert_cmpuint (count_revisions (test, 1), ==, 0);
  g_assert_false (test_store_has_spool (test, assay_outbox_item_get_submission (item)));
  set_clock (-YEAR);
}

/* The newest copy is not the one that a clock which was ahead gave a later name. */
static void
test_newest_copy (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autofree char *ahead = NULL;
  g_autofree char *newest = NULL;
  g_autofree char *found = NULL;
  g_autofree char *folder = test_folder_file (test->folder, "backup");

  set_clock (YEAR);
  ahead = test_await_string (assay_store_back_up (test->store));
  set_clock (-YEAR);
  newest = test_await_string (assay_store_back_up (test->store));
  found = assay_backups_find_newest (folder);
  g_assert_cmpstr (found, ==, newest);

  /* It takes nobody's place, and is not thinned either. */
  assay_backups_thin (folder, 1);
  g_assert_true (g_file_test (ahead, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (newest, G_FILE_TEST_EXISTS));
}

int
main (int argc, char *argv[])
{
  static const gint64 back = -YEAR, forward = YEAR, little = -10 * SECOND;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

  g_test_add_func ("/clock/is-set", test_is_set);
  g_test_add_data_func ("/clock/undo-window-back", &back, test_undo_window);
  g_test_add_data_func ("/clock/undo-window-forward", &forward, test_undo_window);
  g_test_add_data_func ("/clock/undo-window-little", &little, test_undo_window);
  g_test_add_data_func ("/clock/lease-back", &back, test_lease);
  g_test_add_data_func ("/clock/lease-forward", &forward, test_lease);
  g_test_add_data_func ("/clock/back-off-back", &back, test_back_off);
  g_test_add_data_func ("/clock/back-off-forward", &forward, test_back_off);
  g_test_add_func ("/clock/set-between", test_set_between);
  g_test_add_func ("/clock/revisions", test_revisions);
  g_test_add_func ("/clock/upkeep", test_upkeep);
  g_test_add_func ("/clock/newest-copy", test_newest_copy);

  return g_test_run ();
}
