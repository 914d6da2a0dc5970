/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The person is told of damage, and finds what to do about it. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>
#include <stdio.h>

#include "assay-driver-script.h"

static void
overwrite (AssayDriver *driver, const char *name)
{
  g_autofree char *path = g_build_filename (assay_driver_get_profile (driver), name, NULL);
  FILE *file = g_fopen (path, "r+");

  g_assert_nonnull (file);
  for (int i = 0; i < 4096; i++)
    putc (0xff, file);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
test_page (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (AtspiAccessible) report = NULL;
  g_autoptr (AtspiAccessible) text = NULL;
  g_autoptr (AtspiAccessible) folder = NULL;
  g_autoptr (AtspiAccessible) export = NULL;
  g_autoptr (AtspiAccessible) copied = NULL;
  g_autofree char *lines = NULL;

  assay_driver_import (driver, "six-tasks.jsonl", NULL);
  assay_driver_open_troubleshooting (driver);
  assay_driver_wait_text (driver, "All saved");
  folder = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Open Folder");
  export = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Export All…");

  assay_driver_press_button (driver, "Check Now");
  assay_driver_wait_text (driver, "no damage was found");
  assay_driver_press_button (driver, "Back Up Now");
  assay_driver_wait_text (driver, "Backed up just now");
  assay_driver_wait_text (driver, "1 backup");

  report = assay_driver_find (driver, ATSPI_ROLE_LIST_ITEM, "Report");
  assay_driver_tab_to (driver, report);
  assay_driver_press (driver, "Return");
  text = assay_driver_find (driver, ATSPI_ROLE_TEXT, "Report");
  lines = assay_driver_get_text (text);
  g_assert_nonnull (strstr (lines, "Backups: 1"));
  g_assert_nonnull (strstr (lines, "Log:"));
  assay_driver_press_button (driver, "Copy");
  copied = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Copied");
  assay_driver_quit (driver);
}

static void
test_told_at_start (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (AtspiAccessible) list = NULL;
  g_autoptr (AtspiAccessible) row = NULL;

  assay_driver_import (driver, "six-tasks.jsonl", NULL);
  assay_driver_open_troubleshooting (driver);
  assay_driver_press_button (driver, "Back Up Now");
  assay_driver_wait_text (driver, "Backed up just now");
  assay_driver_quit (driver);
  overwrite (driver, "assay.db");

  assay_driver_launch (driver, NULL, NULL);
  assay_driver_wait_text (driver, "The Workspace Was Damaged");
  assay_driver_wait_text (driver, "put together again from the copy");
  assay_driver_wait_text (driver, "0 drafts, 0 submitted judgements");
  assay_driver_wait_text (driver, "Nothing in the damaged file could be read");
  assay_driver_wait_text (driver, assay_driver_get_profile (driver));
  assay_driver_press_button (driver, "Troubleshooting");
  assay_driver_wait_text (driver, "Last Damage");
  assay_driver_quit (driver);

  /* Once is enough; the page still knows. */
  assay_driver_launch (driver, NULL, NULL);
  list = assay_driver_find (driver, ATSPI_ROLE_LIST, "Tasks");
  g_assert_false (assay_driver_has_text (driver, "The Workspace Was Damaged"));
  assay_driver_open_troubleshooting (driver);
  row = assay_driver_find (driver, ATSPI_ROLE_LIST_ITEM, "Last Damage");
  assay_driver_tab_to (driver, row);
  assay_driver_press (driver, "Return");
  assay_driver_wait_text (driver, "The Workspace Was Damaged");
  assay_driver_quit (driver);
}

/* A submission that a person made is left, but nothing of the task that it belongs to. */
static void
write_spooled (AssayDriver *driver)
{
  static const char text[] =
      "{\"submission\":\"3f0d4f4e-5a4c-4c0e-9d5e-2b1f7f1d9a10\",\"account\":\"elsewhere\",\"task\":1,"
      "\"kind\":\"judgement\",\"method\":\"PUT\",\"target\":\"t\",\"created_at\":1767225600000000,"
      "\"body\":\"{\\\"id\\\":\\\"j\\\",\\\"rationale\\\":\\\"A is right.\\\"}\"}";
  g_autofree char *spool = g_build_filename (assay_driver_get_profile (driver), "spool", NULL);
  g_autofree char *path =
      g_build_filename (spool, "3f0d4f4e-5a4c-4c0e-9d5e-2b1f7f1d9a10.json", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (spool, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* Where no task is left, work that waits and work that was rescued are found all the same. */
static void
test_rescued_without_tasks (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);

  assay_driver_import (driver, "six-tasks.jsonl", NULL);
  assay_driver_quit (driver);
  overwrite (driver, "assay.db");
  write_spooled (driver);

  assay_driver_launch (driver, NULL, NULL);
  assay_driver_wait_text (driver, "The Workspace Was Damaged");
  assay_driver_close_dialog (driver);
  assay_driver_wait_text (driver, "Welcome to Assay");
  assay_driver_press_button (driver, "All drafts saved · 1 waiting to be sent");
  assay_driver_wait_for (driver, ATSPI_ROLE_LIST, "Submissions that wait");
  assay_driver_wait_text (driver, "A task that is no longer here");
  /* There is nothing that it could be taken back to. */
  g_assert_null (assay_driver_peek (driver, ATSPI_ROLE_BUTTON, "Take Back…"));
  assay_driver_close_dialog (driver);
  assay_driver_press_button (driver, "Show Rescued Work…");
  assay_driver_wait_text (driver, "Last Damage");
  assay_driver_wait_text (driver, "1 submission");
  assay_driver_wait_button (driver, "Export All…");
  assay_driver_quit (driver);
}

/* Nothing waits and nothing was rescued at the first run, and nothing is said of it. */
static void
test_first_run (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);

  assay_driver_launch (driver, NULL, NULL);
  assay_driver_wait_button (driver, "Start Practising");
  g_assert_null (assay_driver_peek (driver, ATSPI_ROLE_BUTTON, "All drafts saved…"));
  g_assert_null (assay_driver_peek (driver, ATSPI_ROLE_BUTTON, "Show Rescued Work…"));
  assay_driver_quit (driver);
}

/* Once, and not again after the person has read it. */
static void
test_network (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (AtspiAccessible) list = NULL;

  assay_driver_setenv (driver, "ASSAY_FILE_SYSTEM", "6969");
  assay_driver_import (driver, "six-tasks.jsonl", NULL);
  assay_driver_wait_text (driver, "on a network file system");
  assay_driver_press_button (driver, "Got It");
  assay_driver_wait_gone (driver, ATSPI_ROLE_BUTTON, "Got It");
  assay_driver_quit (driver);

  assay_driver_launch (driver, NULL, NULL);
  list = assay_driver_find (driver, ATSPI_ROLE_LIST, "Tasks");
  assay_driver_open_troubleshooting (driver);
  g_assert_false (assay_driver_has_text (driver, "on a network file system"));
  assay_driver_quit (driver);
}

/* What cannot be opened at all still leads to the work in it. */
static void
test_not_opened (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autofree char *in_the_way = NULL;
  g_autoptr (AtspiAccessible) button = NULL;
  g_autoptr (AtspiAccessible) export = NULL;
  g_autoptr (GError) error = NULL;

  assay_driver_import (driver, "six-tasks.jsonl", NULL);
  assay_driver_quit (driver);
  overwrite (driver, "assay.db");
  /* The rescue has nowhere to keep the damaged files. */
  in_the_way = g_build_filename (assay_driver_get_profile (driver), "damaged", NULL);
  g_file_set_contents (in_the_way, "", -1, &error);
  g_assert_no_error (error);

  assay_driver_launch (driver, NULL, NULL);
  assay_driver_wait_text (driver, "The Workspace Is Damaged");
  assay_driver_press_button (driver, "Troubleshooting");
  assay_driver_wait_text (driver, "It Could Not Be Opened");
  export = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Export All…");
  g_assert_null (assay_driver_peek (driver, ATSPI_ROLE_BUTTON, "Check Now"));
  assay_driver_quit (driver);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/troubleshooting/page", test_page);
  g_test_add_func ("/troubleshooting/told-at-start", test_told_at_start);
  g_test_add_func ("/troubleshooting/rescued-without-tasks", test_rescued_without_tasks);
  g_test_add_func ("/troubleshooting/first-run", test_first_run);
  g_test_add_func ("/troubleshooting/network", test_network);
  g_test_add_func ("/troubleshooting/not-opened", test_not_opened);

  return g_test_run ();
}
