/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tasks are judged in the real program with keyboards that have other letters, or none of Latin:
 * digits are where they are, letters where they are written or, without Latin ones, where they
 * would be (task-kinds section 5). */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <locale.h>

#include "assay-driver-script.h"
#include "assay-json.h"

/* Hardware codes of the keys of a US keyboard. */
enum
{
  PLACE_2 = 11,
  PLACE_3 = 12,
  PLACE_4 = 13,
  PLACE_5 = 14,
  PLACE_MINUS = 20,
  PLACE_Y = 29,
  PLACE_D = 40,
  PLACE_N = 57,
  PLACE_Z = 52,
};

typedef struct
{
  const char *name; /* of the layout; the US one beside it where it has no Latin letters */
  guint y;          /* where the letter is written */
} Layout;

static const Layout layouts[] = {
  { "fr", PLACE_Y },
  { "de", PLACE_Z },
  { "ara,us", PLACE_Y },
  { "ru,us", PLACE_Y },
};

static void
use_layout (const char *name)
{
  g_autoptr (GError) error = NULL;
  const char *const command[] = { "setxkbmap", name, NULL };
  g_autoptr (GSubprocess) process = g_subprocess_newv (command, G_SUBPROCESS_FLAGS_NONE, &error);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
}

static void
open_first_task (AssayDriver *driver)
{
  assay_driver_import (driver, "six-tasks.jsonl", "Which answer explains tides better?…");
  assay_driver_press (driver, "Return");
  assay_driver_wait_text (driver, "Overall preference");
  assay_driver_wait_text (driver, "Submit");
}

static void
go_on (AssayDriver *driver, const char *question)
{
  assay_driver_press (driver, "<Control>Page_Down");
  assay_driver_wait_text (driver, question);
  assay_driver_wait_text (driver, "Submit");
}

static JsonObject *
get_answers (GPtrArray *lines, const char *task)
{
  for (guint i = 0; i < lines->len; i++)
    {
      JsonObject *object = assay_json_node_object (g_ptr_array_index (lines, i));

      if (g_strcmp0 (assay_json_get_string (object, "type"), "judgement") == 0
          && g_strcmp0 (assay_json_get_string (object, "task_id"), task) == 0)
        return assay_json_get_object (object, "answers");
    }
  g_error ("nothing was exported of %s", task);
}

static GPtrArray *
read_lines (const char *path)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  g_autofree char *text = NULL;
  g_auto (GStrv) split = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  split = g_strsplit (text, "\n", -1);
  for (gsize i = 0; split[i] != NULL; i++)
    if (*split[i] != '\0')
      {
        g_ptr_array_add (lines, assay_json_parse (split[i], -1, &error));
        g_assert_no_error (error);
      }
  return lines;
}

static void
test_layout (gconstpointer user_data)
{
  const Layout *layout = user_data;
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autofree char *target =
      g_build_filename (assay_driver_get_profile (driver), "export.eval.jsonl", NULL);
  g_autofree char *printed = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  JsonObject *answers;

  open_first_task (driver);
  use_layout (layout->name);
  assay_driver_press_place (driver, PLACE_2);
  assay_driver_press_place (driver, PLACE_D);
  assay_driver_wait_text (driver, "have no counterpart");

  go_on (driver, "Order the responses");
  go_on (driver, "Faithfulness");
  assay_driver_press_place (driver, PLACE_5);
  assay_driver_press_place (driver, PLACE_4);
  assay_driver_press_place (driver, PLACE_3);
  assay_driver_press_place (driver, PLACE_N);

  go_on (driver, "It is a haiku");
  assay_driver_press_place (driver, layout->y);
  assay_driver_press_place (driver, PLACE_N);

  use_layout ("us");
  assay_driver_quit (driver);
  printed = assay_driver_run (driver, "--export", "assay", "--drafts", "--project", "six-tasks",
                              "-o", target, NULL);
  lines = read_lines (target);

  answers = assay_json_get_object (get_answers (lines, "compare-1"), "overall");
  g_assert_cmpint (assay_json_get_int (answers, "strength", 0), ==, 2);
  answers = get_answers (lines, "rubric-1");
  {
    g_autofree char *faithful = assay_json_to_string (json_object_get_member (answers, "faithful"));
    g_autofree char *concise = assay_json_to_string (json_object_get_member (answers, "concise"));

    g_assert_nonnull (strstr (faithful, ":5"));
    g_assert_nonnull (strstr (faithful, ":4"));
    g_assert_nonnull (strstr (concise, ":3"));
    g_assert_nonnull (strstr (concise, "\"na\":true"));
  }
  answers = assay_json_get_object (
      assay_json_get_object (get_answers (lines, "checklist-1"), "constraints"), "r1");
  g_assert_cmpstr (assay_json_get_string (answers, "haiku"), ==, "yes");
  g_assert_cmpstr (assay_json_get_string (answers, "word"), ==, "no");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (layouts); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ui/layouts/%s", layouts[i].name);

      g_test_add_data_func (path, &layouts[i], test_layout);
    }
  return g_test_run ();
}
