/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two answers are compared in the real program, by keyboard: what only one of them says is told in
 * words, on and off by both layers of keys, and the next task is shown in the same way. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>
#include <locale.h>

#include "assay-driver-script.h"
#include "assay-limits.h"

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

typedef struct
{
  const char *name;
  const char *beginning;
} Description;

static gboolean
is_described (AssayDriver *driver, gpointer user_data)
{
  const Description *wanted = user_data;
  g_autoptr (AtspiAccessible) text = assay_driver_peek (driver, ATSPI_ROLE_TEXT, wanted->name);
  g_autofree char *description = text != NULL ? assay_driver_get_description (text) : NULL;

  return description != NULL && g_str_has_prefix (description, wanted->beginning);
}

static void
wait_description (AssayDriver *driver, const char *name, const char *beginning)
{
  assay_driver_wait (driver, beginning, is_described, &(Description) { name, beginning });
}

static void
press_against_all (AssayDriver *driver)
{
  g_autoptr (AtspiAccessible) button =
      assay_driver_find (driver, ATSPI_ROLE_TOGGLE_BUTTON, "Against All");

  assay_driver_tab_to (driver, button);
  assay_driver_press (driver, "space");
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
  wait_description (driver, "Response A", "On the left, compared with C. Only here: “");
  wait_description (driver, "Response C", "On the right, compared with A. Only here: “");
  press_against_all (driver);
  assay_driver_wait_text (driver, "A against all. ");
  wait_description (driver, "Response A", "1 of 3, compared with all others. Only here: “");
  wait_description (driver, "Response B", "2 of 3, compared with A. Only here: “");
  assay_driver_press_button (driver, "What Each Adds…");
  assay_driver_wait_text (driver, "Only in A");
  assay_driver_wait_text (driver, "In B, Not in A");
  assay_driver_close_dialog (driver);
  press_against_all (driver);
  assay_driver_wait_text (driver, "A and C: ");
  assay_driver_quit (driver);
}

/* What each text adds is a list; a sentence of it is quoted, and another one is gone to. */
static void
test_additions (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);

  open_first_task (driver);
  assay_driver_press (driver, "<Control>d");
  assay_driver_wait_text (driver, "have no counterpart");
  assay_driver_press_button (driver, "What Each Adds…");
  assay_driver_wait_text (driver, "Only in A");
  assay_driver_wait_text (driver, "Only in B");
  assay_driver_press_button (driver, "Quote in Rationale: Tides are caused by gravity.");
  assay_driver_wait_gone (driver, ATSPI_ROLE_DIALOG, "What Each Adds");
  assay_driver_wait_text (driver, "“Tides are caused by");

  assay_driver_press_button (driver, "What Each Adds…");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_LIST_ITEM, "The Moon pulls on the sea.");
  assay_driver_press (driver, "Return");
  assay_driver_wait_gone (driver, ATSPI_ROLE_DIALOG, "What Each Adds");
  assay_driver_press (driver, "<Control>m");
  assay_driver_wait_text (driver, "“The Moon pulls on the sea.”");
  assay_driver_quit (driver);
}

/* By keyboard: what is looked for is counted per text, in words, and gone through over all of them.
 */
static void
test_find (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);

  open_first_task (driver);
  assay_driver_press (driver, "<Control>f");
  assay_driver_type (driver, "tide");
  assay_driver_wait_text (driver, "Response A: ");
  assay_driver_wait_announced (driver, "Response B: ");
  assay_driver_press (driver, "Return");
  assay_driver_wait_announced (driver, "1 of ");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_TOGGLE_BUTTON, "Whole Words");
  assay_driver_press (driver, "space");
  assay_driver_wait_text (driver, "No matches");
  assay_driver_press (driver, "Tab");
  assay_driver_press (driver, "space");
  assay_driver_press (driver, "<Control>f");
  assay_driver_press (driver, "<Control>a");
  assay_driver_type (driver, "tides?(");
  assay_driver_wait_announced (driver, "The parentheses of the expression do not match.");
  assay_driver_press (driver, "BackSpace");
  assay_driver_wait_text (driver, "Response A: ");
  assay_driver_press (driver, "Escape");
  assay_driver_wait_gone (driver, ATSPI_ROLE_ENTRY, "Find in all texts of this task");
  assay_driver_quit (driver);
}

/* A task beyond a soft limit works like any other, and says what it is. */
static void
test_large (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("assay-large-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "large.jsonl", NULL);
  g_autofree char *words = g_strnfill (ASSAY_LIMIT_TASK_JSON_SOFT_BYTES, 'w');
  g_autofree char *record = NULL;
  g_autofree char *report = NULL;

  for (gsize i = 4; i < ASSAY_LIMIT_TASK_JSON_SOFT_BYTES; i += 5)
    words[i] = i % 1000 == 4 ? '|' : ' ';
  record = g_strdup_printf ("{\"prompt\":\"Which is large?\",\"response_a\":\"%s\","
                            "\"response_b\":\"Small.\"}\n",
                            words);
  g_file_set_contents (path, record, -1, &error);
  g_assert_no_error (error);
  report = assay_driver_run (driver, "--import", path, NULL);
  g_unlink (path);
  g_rmdir (folder);

  assay_driver_launch (driver, NULL, NULL);
  assay_driver_wait_text (driver, "Which is large?");
  assay_driver_press (driver, "Return");
  assay_driver_wait_text (driver, "This task is unusually large (4.0\u00A0MiB).");
  assay_driver_press (driver, "1");
  assay_driver_wait_text (driver, "Saved");
  assay_driver_quit (driver);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/compare/keys", test_keys);
  g_test_add_func ("/ui/compare/additions", test_additions);
  g_test_add_func ("/ui/compare/find", test_find);
  g_test_add_func ("/ui/compare/large", test_large);
  return g_test_run ();
}
