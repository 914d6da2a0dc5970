/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two answers are compared in the real program, by keyboard: what only one of them says is told in
 * words, on and off by both layers of keys, and the next task is shown in the same way. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <locale.h>

#include "assay-driver-script.h"

static gboolean
is_gone (AssayDriver *driver, gpointer user_data)
{
  return !assay_driver_has_text (driver, user_data);
}

static void
open_first_task (AssayDriver *driver)
{
  assay_driver_import (driver, "six-tasks.jsonl", "Which answer explains tides better?…");
  assay_driver_press (driver, "Return");
  assay_driver_wait_text (driver, "Submit");
}

static void
test_keys (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);

  open_first_task (driver);
  assay_driver_press (driver, "<Control>d");
  assay_driver_wait_text (driver, "have no counterpart");
  /* The plain key acts from the form, too. */
  assay_driver_press (driver, "d");
  assay_driver_wait (driver, "the end of the comparison", is_gone,
                     (gpointer) "have no counterpart");
  assay_driver_press (driver, "d");
  assay_driver_wait_text (driver, "have no counterpart");
  assay_driver_press (driver, "<Control>l");
  assay_driver_press (driver, "y");

  /* The next task has three responses: two of them are compared, and it is said which. */
  assay_driver_press (driver, "<Control>Page_Down");
  assay_driver_wait_text (driver, "A and B: ");
  assay_driver_press (driver, "<Control>3");
  assay_driver_wait_text (driver, "A and C: ");
  assay_driver_quit (driver);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/compare/keys", test_keys);
  return g_test_run ();
}
