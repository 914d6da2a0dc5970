/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "assay-driver.h"

/* The window has the profile open; the command line has the window do it. */
static void
test_window_does_it (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("assay-batch-XXXXXX", &error);
  g_autofree char *tasks = g_build_filename (folder, "tasks.jsonl", NULL);
  g_autofree char *target = g_build_filename (folder, "out.eval.jsonl", NULL);
  g_autofree char *report = g_strconcat (target, ".report.json", NULL);
  g_autofree char *imported = NULL;
  g_autofree char *projects = NULL;
  g_autofree char *exported = NULL;
  g_autofree char *after = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_file_set_contents (tasks,
                       "{\"id\": \"a\", \"prompt\": \"One?\", \"responses\": [{\"id\": \"r1\", "
                       "\"content\": \"yes\"}, {\"id\": \"r2\", \"content\": \"no\"}]}\n",
                       -1, &error);
  g_assert_no_error (error);

  assay_driver_launch (driver, NULL, NULL);
  imported = assay_driver_run (driver, "--import", "--project", "From a script", tasks, NULL);
  g_assert_nonnull (strstr (imported, "From a script"));
  projects = assay_driver_run (driver, "--list-projects", NULL);
  g_assert_nonnull (strstr (projects, "files\tFrom a script\t1\n"));
  exported = assay_driver_run (driver, "--export", "assay", "--project", "From a script", "-o",
                               target, NULL);
  g_assert_nonnull (strstr (exported, "out.eval.jsonl"));
  g_file_get_contents (target, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "\"type\":\"task\""));
  g_assert_true (assay_driver_is_running (driver));

  /* And without the window it is the same profile. */
  assay_driver_quit (driver);
  after = assay_driver_run (driver, "--list-projects", NULL);
  g_assert_nonnull (strstr (after, "files\tFrom a script\t1\n"));

  g_unlink (tasks);
  g_unlink (target);
  g_unlink (report);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/batch/window-does-it", test_window_does_it);

  return g_test_run ();
}
