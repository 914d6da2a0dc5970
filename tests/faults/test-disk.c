/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The disk fails at the k-th operation of what a person does in the real program, for every k there
 * is: writing, submitting, taking back, importing, exporting. What the interface said is on the
 * disk at that moment, what it did not say can be done again, and the program goes on. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "faulty.h"

/* More than anything here takes. */
#define MAX_OPERATIONS 200
/* In the long run every operation fails in every way; in the ordinary one some of them in one way,
 * others each time. */
#define STRIDE 5
/* A draft is no more than a handful of operations. */
#define DRAFT_STRIDE 1
#define N_WAYS (2 * (int) G_N_ELEMENTS (numbers))

static const int numbers[] = { EIO, ENOSPC, EDQUOT, EROFS };

typedef gboolean (*Attempt) (Faulty *faulty, guint nth, int way);

/* Until an attempt is over before its k-th operation comes. */
static void
fail_at_every_operation (Faulty *faulty, Attempt attempt, guint stride)
{
  gboolean is_long = g_strcmp0 (g_getenv ("ASSAY_TEST_LONG"), "1") == 0;
  guint n = 0, last = 0;

  for (guint nth = is_long ? 1 : (guint) g_test_rand_int_range (1, stride + 1);
       nth < MAX_OPERATIONS; nth += is_long ? 1 : stride)
    {
      gboolean struck = FALSE;

      for (int way = 0; way < N_WAYS; way++)
        if (is_long || way == (int) (nth / stride % N_WAYS))
          struck |= attempt (faulty, nth, way);
      last = nth;
      if (!struck)
        break;
      n++;
    }
  g_test_message ("%u operations up to the %u.", n, last);
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (last, <, MAX_OPERATIONS - stride);
}

static void
arm (Faulty *faulty, guint nth, int way)
{
  faulty_arm (faulty, nth, numbers[way / 2], way % 2 == 1);
}

static gboolean
has_failed (AssayDriver *driver)
{
  return assay_driver_has_text (driver, "The last changes are not saved.");
}

static gboolean
saved_or_failed (AssayDriver *driver, gpointer user_data)
{
  return has_failed (driver) || faulty_says_saved (driver, user_data);
}

static gboolean
says_no_failure (AssayDriver *driver, gpointer user_data)
{
  return faulty_says_saved (driver, user_data) && !has_failed (driver);
}

/* The interface never says more than the disk knows. */
static void
check_saved (Faulty *faulty)
{
  g_autofree char *title = faulty_get_task (faulty);
  g_autofree char *draft = faulty_read_draft (faulty, title);

  g_assert_cmpstr (draft, ==, faulty_get_typed (faulty));
}

static gboolean
try_to_write (Faulty *faulty, guint nth, int way)
{
  AssayDriver *driver = faulty_get_driver (faulty);
  g_autofree char *words = g_strdup_printf ("%u-%d ", nth, way);
  gboolean struck;

  arm (faulty, nth, way);
  faulty_type (faulty, words);
  assay_driver_wait (driver, "the draft to be saved or not", saved_or_failed, faulty);
  if (faulty_says_saved (driver, faulty))
    check_saved (faulty);
  struck = faulty_disarm (faulty);
  /* Nobody does anything about it. */
  assay_driver_wait (driver, "the saved dot", says_no_failure, faulty);
  check_saved (faulty);
  return struck;
}

static void
test_draft (void)
{
  g_autoptr (Faulty) faulty = faulty_new (1, 60);

  faulty_open_task (faulty);
  faulty_type (faulty, "Begun. ");
  assay_driver_wait (faulty_get_driver (faulty), "the saved dot", faulty_says_saved, faulty);
  fail_at_every_operation (faulty, try_to_write, DRAFT_STRIDE);
  assay_driver_quit (faulty_get_driver (faulty));
}

typedef struct
{
  Faulty *faulty;
  const char *title; /* of the task that is submitted */
} Submission;

static gboolean
is_moved_on (AssayDriver *driver, gpointer user_data)
{
  Submission *submission = user_data;
  g_autofree char *now = faulty_get_task (submission->faulty);

  return now != NULL && g_strcmp0 (now, submission->title) != 0;
}

static gboolean
is_away (AssayDriver *driver, gpointer user_data)
{
  g_autoptr (AtspiAccessible) list = assay_driver_peek (driver, ATSPI_ROLE_LIST, "Tasks");

  return list != NULL || is_moved_on (driver, user_data);
}

static gboolean
submitted_or_not (AssayDriver *driver, gpointer user_data)
{
  Submission *submission = user_data;

  return is_away (driver, submission)
         || (faulty_has_struck (submission->faulty)
             && !assay_driver_has_text (driver, "Submitting…"));
}

static gint64
count_live (Faulty *faulty, const char *title)
{
  return faulty_query (faulty,
                       "SELECT count(*) FROM outbox o JOIN task t ON CAST (t.id AS TEXT) = o.task"
                       " WHERE t.title = '%s' AND o.state <> 'withdrawn'",
                       title);
}

static gboolean
is_answer_stored (AssayDriver *driver, gpointer user_data)
{
  Submission *submission = user_data;

  return faulty_query (submission->faulty,
                       "SELECT count(*) FROM draft d JOIN task t ON t.id = d.task"
                       " WHERE t.title = '%s' AND d.answers > 0",
                       submission->title)
             == 1
         && says_no_failure (driver, submission->faulty);
}

/* The open task; nothing fails yet. */
static void
answer (Submission *submission)
{
  AssayDriver *driver = faulty_get_driver (submission->faulty);

  /* From the rationale to the form, wherever the focus was. */
  faulty_focus_rationale (submission->faulty);
  assay_driver_press (driver, "Escape");
  assay_driver_press (driver, "3");
  assay_driver_wait (driver, "the answer to be saved", is_answer_stored, submission);
}

static gboolean
try_to_submit (Faulty *faulty, guint nth, int way)
{
  AssayDriver *driver = faulty_get_driver (faulty);
  g_autofree char *title = faulty_get_task (faulty);
  Submission submission = { faulty, title };
  gboolean struck;

  answer (&submission);
  arm (faulty, nth, way);
  assay_driver_press (driver, "<Control>Return");
  assay_driver_wait (driver, "the submission or its failure", submitted_or_not, &submission);
  /* Where the next task could not be read, the list is there. */
  if (is_away (driver, &submission))
    g_assert_cmpint (count_live (faulty, title), ==, 1);
  struck = faulty_disarm (faulty);
  if (!is_away (driver, &submission))
    {
      assay_driver_press (driver, "<Control>Return");
      assay_driver_wait (driver, "the submission", is_moved_on, &submission);
    }
  else if (!is_moved_on (driver, &submission))
    {
      assay_driver_press (driver, "Return");
      assay_driver_wait (driver, "the next task", is_moved_on, &submission);
    }
  g_assert_cmpint (count_live (faulty, title), ==, 1);
  return struck;
}

static void
test_submit (void)
{
  g_autoptr (Faulty) faulty = faulty_new (200, 60);

  faulty_open_task (faulty);
  fail_at_every_operation (faulty, try_to_submit, STRIDE);
  assay_driver_quit (faulty_get_driver (faulty));
}

static gboolean
is_back (AssayDriver *driver, gpointer user_data)
{
  Submission *submission = user_data;
  g_autofree char *now = faulty_get_task (submission->faulty);

  return g_strcmp0 (now, submission->title) == 0;
}

static gboolean
back_or_struck (AssayDriver *driver, gpointer user_data)
{
  Submission *submission = user_data;

  return is_back (driver, user_data) || faulty_has_struck (submission->faulty);
}

/* Its key, until it works again. */
static gboolean
press_until_back (AssayDriver *driver, gpointer user_data)
{
  if (is_back (driver, user_data))
    return TRUE;
  assay_driver_press (driver, "<Control>u");
  return FALSE;
}

static gboolean
try_to_take_back (Faulty *faulty, guint nth, int way)
{
  AssayDriver *driver = faulty_get_driver (faulty);
  g_autofree char *title = faulty_get_task (faulty);
  Submission submission = { faulty, title };
  gboolean struck;

  answer (&submission);
  assay_driver_press (driver, "<Control>Return");
  assay_driver_wait (driver, "the submission", is_moved_on, &submission);

  arm (faulty, nth, way);
  assay_driver_press (driver, "<Control>u");
  assay_driver_wait (driver, "the task to be back or not", back_or_struck, &submission);
  struck = faulty_disarm (faulty);
  if (!is_back (driver, &submission))
    {
      g_assert_true (struck);
      assay_driver_wait (driver, "the task to be back", press_until_back, &submission);
    }
  g_assert_cmpint (count_live (faulty, title), ==, 0);
  return struck;
}

static void
test_take_back (void)
{
  g_autoptr (Faulty) faulty = faulty_new (50, 60);

  faulty_open_task (faulty);
  fail_at_every_operation (faulty, try_to_take_back, STRIDE);
  assay_driver_quit (faulty_get_driver (faulty));
}

/* The command line hands its work to the window. */
static int
run (Faulty *faulty, char **errors, const char *const *arguments)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) environment = g_get_environ ();
  g_autoptr (GError) error = NULL;
  int status;

  environment = g_environ_setenv (environment, "ASSAY_PROFILE",
                                  assay_driver_get_profile (faulty_get_driver (faulty)), TRUE);
  environment = g_environ_unsetenv (environment, "G_DEBUG");
  g_ptr_array_add (argv, g_build_filename (g_getenv ("ASSAY_BUILD_ROOT"), "src", "assay", NULL));
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, g_strdup (arguments[i]));
  g_ptr_array_add (argv, NULL);
  g_spawn_sync (NULL, (char **) argv->pdata, environment, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL,
                NULL, errors, &status, &error);
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

static gboolean
try_to_import (Faulty *faulty, guint nth, int way)
{
  gint64 before = faulty_query (faulty, "SELECT count(*) FROM task");
  g_autofree char *file = faulty_write_tasks (faulty, before + 1, 3);
  const char *arguments[] = { "--import", "--project", "Tasks", file, NULL };
  g_autofree char *errors = NULL;
  gboolean struck;
  int status;

  arm (faulty, nth, way);
  status = run (faulty, &errors, arguments);
  struck = faulty_disarm (faulty);
  if (status == 0)
    g_assert_cmpint (faulty_query (faulty, "SELECT count(*) FROM task"), ==, before + 3);
  else
    {
      g_autofree char *more = NULL;

      g_assert_true (struck);
      g_assert_cmpstr (errors, !=, "");
      status = run (faulty, &more, arguments);
      if (status != 0)
        g_error ("%s, and after that %s", errors, more);
    }
  g_assert_cmpint (faulty_query (faulty, "SELECT count(*) FROM task"), ==, before + 3);
  return struck;
}

static void
test_import (void)
{
  g_autoptr (Faulty) faulty = faulty_new (1, 60);

  faulty_open_task (faulty);
  fail_at_every_operation (faulty, try_to_import, STRIDE);
  assay_driver_quit (faulty_get_driver (faulty));
}

static guint
count_lines (const char *file)
{
  g_autofree char *content = NULL;
  guint n = 0;

  if (!g_file_get_contents (file, &content, NULL, NULL))
    return 0;
  for (const char *c = content; *c != '\0'; c++)
    n += *c == '\n';
  return n;
}

/* The file is the one that was there or the new one, whole. */
static gboolean
try_to_export (Faulty *faulty, guint nth, int way)
{
  g_autofree char *target = g_build_filename (faulty_get_folder (faulty), "out.eval.jsonl", NULL);
  const char *arguments[] = { "--export", "assay", "--project", "Tasks", "-o", target, NULL };
  g_autofree char *errors = NULL;
  g_autofree char *left = NULL;
  guint n_whole;
  gboolean struck;
  int status;

  g_unlink (target);
  g_assert_cmpint (run (faulty, NULL, arguments), ==, 0);
  n_whole = count_lines (target);
  g_assert_cmpuint (n_whole, >, 0);
  g_file_set_contents (target, "what was there\n", -1, NULL);

  arm (faulty, nth, way);
  status = run (faulty, &errors, arguments);
  struck = faulty_disarm (faulty);
  g_assert_true (g_file_get_contents (target, &left, NULL, NULL));
  if (status == 0)
    g_assert_cmpuint (count_lines (target), ==, n_whole);
  else
    {
      g_assert_true (struck);
      g_assert_cmpstr (errors, !=, "");
      if (!g_str_equal (left, "what was there\n"))
        g_assert_cmpuint (count_lines (target), ==, n_whole);
    }
  return struck;
}

static void
test_export (void)
{
  g_autoptr (Faulty) faulty = faulty_new (3, 60);
  AssayDriver *driver = faulty_get_driver (faulty);
  g_autofree char *title = NULL;
  Submission submission = { faulty, NULL };

  faulty_open_task (faulty);
  title = faulty_get_task (faulty);
  submission.title = title;
  answer (&submission);
  assay_driver_press (driver, "<Control>Return");
  assay_driver_wait (driver, "the submission", is_moved_on, &submission);
  fail_at_every_operation (faulty, try_to_export, STRIDE);
  assay_driver_quit (driver);
}

/* The window says what is wrong, and goes on when it is mended: also in the middle of the copy that
 * is made on this day. */
static gboolean
is_open_or_not (AssayDriver *driver, gpointer user_data)
{
  g_autoptr (AtspiAccessible) list = assay_driver_peek (driver, ATSPI_ROLE_LIST, "Tasks");
  g_autoptr (AtspiAccessible) again = assay_driver_peek (driver, ATSPI_ROLE_BUTTON, "Try Again");

  return (list != NULL && assay_driver_has_text (driver, "Task 001")) || again != NULL;
}

static gboolean
try_to_start (Faulty *faulty, guint nth, int way)
{
  AssayDriver *driver = faulty_get_driver (faulty);
  g_autoptr (AtspiAccessible) again = NULL;
  gboolean struck;

  arm (faulty, nth, way);
  assay_driver_launch (driver, NULL, NULL);
  assay_driver_wait (driver, "the list or what is wrong", is_open_or_not, NULL);
  struck = faulty_disarm (faulty);
  again = assay_driver_peek (driver, ATSPI_ROLE_BUTTON, "Try Again");
  if (again != NULL)
    {
      g_assert_true (struck);
      assay_driver_click (driver, again);
      assay_driver_wait_gone (driver, ATSPI_ROLE_BUTTON, "Try Again");
    }
  assay_driver_wait_text (driver, "Task 001");
  assay_driver_kill (driver);
  return struck;
}

static void
test_start (void)
{
  g_autoptr (Faulty) faulty = faulty_new (1, 60);

  fail_at_every_operation (faulty, try_to_start, STRIDE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/faults/disk/draft", test_draft);
  g_test_add_func ("/faults/disk/submit", test_submit);
  g_test_add_func ("/faults/disk/take-back", test_take_back);
  g_test_add_func ("/faults/disk/import", test_import);
  g_test_add_func ("/faults/disk/export", test_export);
  g_test_add_func ("/faults/disk/start", test_start);
  return g_test_run ();
}
