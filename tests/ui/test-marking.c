/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Errors are marked in a text by keyboard alone, typed and graded; what is stored counts the
 * characters of the raw text, whatever stands before. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <locale.h>
#include <string.h>

#include "assay-driver-script.h"
#include "assay-json.h"

#define MARKED "Marked. Type a letter for the type and a digit for the severity."

static void
mark (AssayDriver *driver)
{
  assay_driver_press (driver, "<Control>m");
  assay_driver_wait_announced (driver, MARKED);
}

static void
wait_mark (AssayDriver *driver, const char *name)
{
  g_autoptr (AtspiAccessible) button = assay_driver_find (driver, ATSPI_ROLE_BUTTON, name);
}

/* The text: three lines, with an emoji in the first and an Arabic word in the second. */
static void
mark_three (AssayDriver *driver)
{
  assay_driver_press (driver, "<Control>1");
  /* A cursor, so that the arrows move it. */
  assay_driver_press (driver, "F7");
  assay_driver_press_times (driver, "Right", 4);
  assay_driver_press_times (driver, "<Shift>Right", 6);
  mark (driver);
  assay_driver_press (driver, "a");
  assay_driver_press (driver, "w");
  assay_driver_press (driver, "2");
  wait_mark (driver, "“🙂 moon”, Accuracy › Wrong fact, Major");

  assay_driver_press (driver, "Home");
  assay_driver_press (driver, "Down");
  assay_driver_press_times (driver, "Right", 9);
  assay_driver_press (driver, "<Shift>End");
  mark (driver);
  /* The letter of another type takes the place of the first. */
  assay_driver_press (driver, "s");
  assay_driver_press (driver, "a");
  assay_driver_press (driver, "o");
  assay_driver_press (driver, "3");
  wait_mark (driver, "“قمر means sun.”, Accuracy › Omission, Critical");

  assay_driver_press (driver, "Down");
  assay_driver_press (driver, "Home");
  assay_driver_press (driver, "<Alt><Shift>Right");
  mark (driver);
  assay_driver_press (driver, "g");
  assay_driver_press (driver, "1");
  wait_mark (driver, "“It orbits Mars.”, Language, Minor");
}

/* Of the mark that the focus is at. */
static void
suggest (AssayDriver *driver)
{
  g_autoptr (AtspiAccessible) text = NULL;

  assay_driver_press (driver, "c");
  assay_driver_wait_focused_role (driver, ATSPI_ROLE_TEXT);
  assay_driver_type (driver, "The wrong one.");
  text = assay_driver_find (driver, ATSPI_ROLE_TEXT, "What should stand there");
  assay_driver_tab_to (driver, text);
  assay_driver_type (driver, "It orbits Earth.");
  assay_driver_press (driver, "<Control>Return");
  assay_driver_wait_text (driver, "Better: It orbits Earth.");
}

/* The mark before is gone to, removed and brought back. */
static void
step_and_undo (AssayDriver *driver)
{
  assay_driver_press (driver, "bracketright");
  assay_driver_wait_announced (driver, "This is the last mark");
  assay_driver_press (driver, "bracketleft");
  assay_driver_press (driver, "bracketleft");
  assay_driver_press (driver, "Delete");
  assay_driver_wait_gone (driver, ATSPI_ROLE_BUTTON, "“🙂 moon”, Accuracy › Wrong fact, Major");
  assay_driver_press (driver, "<Control>z");
  wait_mark (driver, "“🙂 moon”, Accuracy › Wrong fact, Major");
}

static void
assert_mark (JsonArray *marks,
             guint index,
             gint64 start,
             gint64 end,
             const char *quote,
             const char *severity)
{
  JsonObject *object = json_array_get_object_element (marks, index);
  JsonObject *span = assay_json_get_object (object, "span");

  g_assert_cmpstr (assay_json_get_string (span, "doc"), ==, "response:r1");
  g_assert_cmpint (assay_json_get_int (span, "start", -1), ==, start);
  g_assert_cmpint (assay_json_get_int (span, "end", -1), ==, end);
  g_assert_cmpstr (assay_json_get_string (span, "quote"), ==, quote);
  g_assert_cmpstr (assay_json_get_string (object, "severity"), ==, severity);
}

static void
check_export (const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonArray *marks = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL && marks == NULL; i++)
    {
      JsonObject *object;

      if (strstr (lines[i], "\"type\":\"judgement\"") == NULL)
        continue;
      node = assay_json_parse (lines[i], -1, NULL);
      object = assay_json_get_object (assay_json_node_object (node), "answers");
      object = assay_json_get_object (assay_json_get_object (object, "errors"), "r1");
      marks = assay_json_get_array (object, "errors");
    }
  g_assert_nonnull (marks);
  g_assert_cmpuint (json_array_get_length (marks), ==, 3);
  assert_mark (marks, 0, 4, 10, "🙂 moon", "major");
  assert_mark (marks, 1, 30, 44, "قمر means sun.", "critical");
  assert_mark (marks, 2, 46, 61, "It orbits Mars.", "minor");
  g_assert_cmpstr (assay_json_get_string (json_array_get_object_element (marks, 2), "suggestion"),
                   ==, "It orbits Earth.");
  g_assert_cmpstr (assay_json_get_string (json_array_get_object_element (marks, 2), "comment"), ==,
                   "The wrong one.");
}

static void
test_marking (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autofree char *target =
      g_build_filename (assay_driver_get_profile (driver), "export.eval.jsonl", NULL);
  g_autofree char *printed = NULL;

  assay_driver_import (driver, "marks.jsonl", "Mark the errors…");
  assay_driver_press (driver, "Return");
  assay_driver_wait_task (driver);
  assay_driver_wait_text (driver, "Errors in the text");
  assay_driver_wait_text (driver, "It orbits Mars.");
  mark_three (driver);
  suggest (driver);
  step_and_undo (driver);
  assay_driver_press (driver, "<Control>Return");
  assay_driver_wait_announced (driver, "Submitted");
  assay_driver_quit (driver);
  printed =
      assay_driver_run (driver, "--export", "assay", "--project", "marks", "-o", target, NULL);
  check_export (target);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/marking/keyboard", test_marking);
  return g_test_run ();
}
