/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Facts are checked by keyboard alone: claims are cut from a text, split, given verdicts and
 * evidence; what is stored counts the characters of the raw text. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <locale.h>
#include <string.h>

#include "assay-driver-script.h"
#include "assay-json.h"

#define ADDED "Claim added. Type the letter of the verdict, or e for evidence."

static void
press_times (AssayDriver *driver, const char *accelerator, guint n)
{
  for (guint i = 0; i < n; i++)
    assay_driver_press (driver, accelerator);
}

static void
wait_claim (AssayDriver *driver, const char *name)
{
  g_autoptr (AtspiAccessible) button = assay_driver_find (driver, ATSPI_ROLE_BUTTON, name);
}

static void
open_task (AssayDriver *driver)
{
  assay_driver_import (driver, "claims.jsonl", "Check the facts…");
  assay_driver_press (driver, "Return");
  assay_driver_wait_task (driver);
  assay_driver_wait_text (driver, "It takes 27 days");
}

static void
type_into (AssayDriver *driver, const char *name, const char *text)
{
  assay_driver_tab_to_named (driver, ATSPI_ROLE_TEXT, name);
  assay_driver_type (driver, text);
}

/* A selection becomes a claim, and is supported by a source. */
static void
cut_first (AssayDriver *driver)
{
  assay_driver_press (driver, "<Control>1");
  assay_driver_press (driver, "F7");
  press_times (driver, "<Shift>Right", 28);
  assay_driver_press (driver, "<Control>m");
  assay_driver_wait_announced (driver, ADDED);
  assay_driver_press (driver, "s");
  wait_claim (driver, "The 🙂 moon orbits the Earth., Supported");
  assay_driver_press (driver, "e");
  type_into (driver, "Source of Evidence 1", "An atlas of the sky");
  type_into (driver, "Address of Evidence 1", "https://example.org/moon");
  type_into (driver, "What Evidence 1 Says", "It orbits the Earth.");
  assay_driver_press (driver, "Escape");
}

/* The last sentence makes two claims; the second one is wrong, which is quietly said. */
static void
split_last (AssayDriver *driver)
{
  assay_driver_press (driver, "<Control>1");
  assay_driver_press (driver, "<Control>End");
  assay_driver_press (driver, "<Shift>Home");
  assay_driver_press (driver, "<Control>m");
  assay_driver_wait_announced (driver, ADDED);
  wait_claim (driver, "It takes 27 days, and 3 × 9 = 28., No verdict");
  assay_driver_wait_text (driver, "3 × 9 = 28: it is 27");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_TOGGLE_BUTTON,
                             "Evidence and details of It takes 27 days, and 3 × 9 = 28.");
  assay_driver_press (driver, "space");
}

static void
assert_claim (JsonArray *claims,
              guint index,
              gint64 start,
              gint64 end,
              const char *text,
              const char *verdict)
{
  JsonObject *object = json_array_get_object_element (claims, index);
  JsonObject *span = assay_json_get_object (object, "span");

  g_assert_cmpstr (assay_json_get_string (object, "text"), ==, text);
  g_assert_cmpstr (assay_json_get_string (object, "verdict"), ==, verdict);
  g_assert_cmpint (assay_json_get_int (span, "start", -1), ==, start);
  g_assert_cmpint (assay_json_get_int (span, "end", -1), ==, end);
}

static void
check_export (const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonArray *claims = NULL;
  JsonObject *evidence;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL && claims == NULL; i++)
    {
      JsonObject *object;

      if (strstr (lines[i], "\"type\":\"judgement\"") == NULL)
        continue;
      node = assay_json_parse (lines[i], -1, NULL);
      object = assay_json_get_object (assay_json_node_object (node), "answers");
      object = assay_json_get_object (assay_json_get_object (object, "claims"), "r1");
      claims = assay_json_get_array (object, "claims");
    }
  g_assert_nonnull (claims);
  g_assert_cmpuint (json_array_get_length (claims), ==, 3);
  assert_claim (claims, 0, 0, 28, "The 🙂 moon orbits the Earth.", "supported");
  assert_claim (claims, 1, 54, 71, "It takes 27 days,", "irrelevant");
  assert_claim (claims, 2, 72, 87, "and 3 × 9 = 28.", "unsupported");
  evidence = json_array_get_object_element (
      assay_json_get_array (json_array_get_object_element (claims, 0), "evidence"), 0);
  g_assert_cmpstr (assay_json_get_string (evidence, "title"), ==, "An atlas of the sky");
  g_assert_cmpstr (assay_json_get_string (evidence, "url"), ==, "https://example.org/moon");
  g_assert_cmpstr (assay_json_get_string (evidence, "quote"), ==, "It orbits the Earth.");
  g_assert_nonnull (assay_json_get_string (evidence, "accessed_at"));
}

static void
test_check (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autofree char *target =
      g_build_filename (assay_driver_get_profile (driver), "export.eval.jsonl", NULL);
  g_autofree char *printed = NULL;

  open_task (driver);
  cut_first (driver);
  split_last (driver);
  assay_driver_tab_to_named (driver, ATSPI_ROLE_TEXT, "Words of Claim 2");
  assay_driver_press (driver, "<Control>Home");
  press_times (driver, "Right", 17);
  assay_driver_press (driver, "Escape");
  assay_driver_press (driver, "x");
  wait_claim (driver, "and 3 × 9 = 28., No verdict");
  assay_driver_press (driver, "u");
  wait_claim (driver, "and 3 × 9 = 28., Unsupported");
  assay_driver_press (driver, "bracketleft");
  assay_driver_press (driver, "i");
  wait_claim (driver, "It takes 27 days,, Irrelevant");
  assay_driver_wait_text (driver, "3 claims (");
  assay_driver_press (driver, "<Control>Return");
  assay_driver_wait_announced (driver, "Submitted");
  assay_driver_quit (driver);
  printed =
      assay_driver_run (driver, "--export", "assay", "--project", "claims", "-o", target, NULL);
  check_export (target);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/claims/check", test_check);
  return g_test_run ();
}
