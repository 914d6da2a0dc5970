/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The clock of the computer is set forward and back by a year while the real program runs, and
 * between its runs. What is typed is saved all the same, what is submitted leaves in time, and
 * once.
 */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "faulty.h"

#define YEAR_S (G_GINT64_CONSTANT (365) * 24 * 3600)

typedef struct
{
  Faulty *faulty;
  const char *title;
} Wanted;

static gboolean
is_moved_on (AssayDriver *driver, gpointer user_data)
{
  Wanted *wanted = user_data;
  g_autofree char *now = faulty_get_task (wanted->faulty);

  return now != NULL && g_strcmp0 (now, wanted->title) != 0;
}

static gint64
count_outbox (Faulty *faulty, const char *title, const char *condition)
{
  return faulty_query (faulty,
                       "SELECT count(*) FROM outbox o JOIN task t ON CAST (t.id AS TEXT) = o.task"
                       " WHERE t.title = '%s' AND %s",
                       title, condition);
}

static gboolean
is_accepted (AssayDriver *driver, gpointer user_data)
{
  Wanted *wanted = user_data;

  return count_outbox (wanted->faulty, wanted->title, "o.state = 'accepted'") == 1;
}

static void
write_and_check (Faulty *faulty, const char *text)
{
  g_autofree char *title = faulty_get_task (faulty);
  g_autofree char *draft = NULL;

  faulty_type (faulty, text);
  assay_driver_wait (faulty_get_driver (faulty), "the saved dot", faulty_says_saved, faulty);
  draft = faulty_read_draft (faulty, title);
  g_assert_cmpstr (draft, ==, faulty_get_typed (faulty));
}

/* Returns the title of what was submitted. */
static char *
submit (Faulty *faulty)
{
  AssayDriver *driver = faulty_get_driver (faulty);
  char *title = faulty_get_task (faulty);
  Wanted wanted = { faulty, title };

  assay_driver_press (driver, "Escape");
  assay_driver_press (driver, "3");
  assay_driver_press (driver, "<Control>Return");
  assay_driver_wait (driver, "the submission", is_moved_on, &wanted);
  g_assert_cmpint (count_outbox (faulty, title, "1"), ==, 1);
  return title;
}

/* Two attempts would be two deliveries where a platform cannot tell. */
static void
wait_until_sent (Faulty *faulty, const char *title)
{
  Wanted wanted = { faulty, title };

  assay_driver_wait (faulty_get_driver (faulty), "the delivery", is_accepted, &wanted);
  g_assert_cmpint (count_outbox (faulty, title, "o.attempts = 1"), ==, 1);
}

static void
test_while_running (gconstpointer data)
{
  gint64 offset = GPOINTER_TO_INT (data) * YEAR_S;
  g_autoptr (Faulty) faulty = faulty_new (5, 5);
  g_autofree char *title = NULL;

  faulty_open_task (faulty);
  write_and_check (faulty, "Before. ");
  faulty_set_clock (faulty, offset);
  write_and_check (faulty, "After. ");
  faulty_set_clock (faulty, 0);
  write_and_check (faulty, "Set right. ");

  /* It waits for its time to be undone, and the clock is set meanwhile. */
  title = submit (faulty);
  faulty_set_clock (faulty, offset);
  wait_until_sent (faulty, title);
  assay_driver_quit (faulty_get_driver (faulty));
}

static void
test_between_runs (gconstpointer data)
{
  gint64 offset = GPOINTER_TO_INT (data) * YEAR_S;
  g_autoptr (Faulty) faulty = faulty_new (5, 5);
  AssayDriver *driver = faulty_get_driver (faulty);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  faulty_open_task (faulty);
  first = submit (faulty);
  assay_driver_kill (driver);

  faulty_set_clock (faulty, offset);
  faulty_open_task (faulty);
  wait_until_sent (faulty, first);
  write_and_check (faulty, "In another year. ");
  second = submit (faulty);
  assay_driver_kill (driver);

  faulty_set_clock (faulty, 0);
  faulty_open_task (faulty);
  wait_until_sent (faulty, second);
  write_and_check (faulty, "And back. ");
  assay_driver_quit (driver);
  g_assert_cmpint (faulty_query (faulty, "SELECT count(*) FROM outbox"), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_data_func ("/faults/clock/forward", GINT_TO_POINTER (1), test_while_running);
  g_test_add_data_func ("/faults/clock/back", GINT_TO_POINTER (-1), test_while_running);
  g_test_add_data_func ("/faults/clock/forward-between", GINT_TO_POINTER (1), test_between_runs);
  g_test_add_data_func ("/faults/clock/back-between", GINT_TO_POINTER (-1), test_between_runs);
  return g_test_run ();
}
