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
  assay_driver_press_times (driver, "<Shift>Right", 28);
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

/* Submits, leaves, and exports; the answers of the judgement. (transfer full) */
static JsonNode *
export_answers (AssayDriver *driver, const char *project)
{
  g_autofree char *path =
      g_build_filename (assay_driver_get_profile (driver), "export.eval.jsonl", NULL);
  g_autofree char *printed = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  assay_driver_press (driver, "<Control>Return");
  assay_driver_wait_announced (driver, "Submitted");
  assay_driver_quit (driver);
  printed = assay_driver_run (driver, "--export", "assay", "--project", project, "-o", path, NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (JsonNode) node = NULL;

      if (strstr (lines[i], "\"type\":\"judgement\"") == NULL)
        continue;
      node = assay_json_parse (lines[i], -1, NULL);
      return json_node_copy (json_object_get_member (assay_json_node_object (node), "answers"));
    }
  g_assert_not_reached ();
}

/* Of the first response. */
static JsonArray *
get_claims (JsonNode *answers, const char *question)
{
  JsonObject *object = assay_json_get_object (assay_json_node_object (answers), question);
  JsonArray *claims = assay_json_get_array (assay_json_get_object (object, "r1"), "claims");

  g_assert_nonnull (claims);
  return claims;
}

static void
check_answers (JsonNode *answers)
{
  JsonArray *claims = get_claims (answers, "claims");
  JsonObject *evidence;

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
  g_autoptr (JsonNode) answers = NULL;

  open_task (driver);
  cut_first (driver);
  split_last (driver);
  assay_driver_tab_to_named (driver, ATSPI_ROLE_TEXT, "Words of Claim 2");
  assay_driver_press (driver, "<Control>Home");
  assay_driver_press_times (driver, "Right", 17);
  assay_driver_press (driver, "Escape");
  assay_driver_press (driver, "x");
  wait_claim (driver, "and 3 × 9 = 28., No verdict");
  assay_driver_press (driver, "u");
  wait_claim (driver, "and 3 × 9 = 28., Unsupported");
  assay_driver_press (driver, "bracketleft");
  assay_driver_press (driver, "i");
  wait_claim (driver, "It takes 27 days,, Irrelevant");
  assay_driver_wait_text (driver, "3 claims (");
  answers = export_answers (driver, "claims");
  check_answers (answers);
}

/* Selects all of a source, from the form and back to it. */
static void
attach_source (AssayDriver *driver, const char *source, const char *statement)
{
  assay_driver_tab_to_named (driver, ATSPI_ROLE_TEXT, source);
  assay_driver_press (driver, "<Control>a");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_BUTTON, statement);
  assay_driver_press (driver, "e");
  assay_driver_wait_announced (driver, "The passage is evidence for the claim now.");
}

/* Sources are scored, each statement is held against them, and what it cites is read from it. */
static void
test_sources (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (JsonNode) answers = NULL;
  JsonArray *claims;
  JsonObject *relevance;
  JsonObject *statement;
  JsonObject *evidence;

  assay_driver_import (driver, "grounding.jsonl", "Held against the sources…");
  assay_driver_press (driver, "Return");
  assay_driver_wait_task (driver);
  assay_driver_wait_text (driver, "The lighthouse was lit");
  assay_driver_type (driver, "320");
  assay_driver_press_button (driver, "Begin With Each Sentence");
  wait_claim (driver, "It was built of red brick by two brothers [1]., No verdict");
  assay_driver_type (driver, "s1");
  wait_claim (driver, "The lighthouse was lit for the first time in 1908 [1]., Full support");
  attach_source (driver, "1 · Harbour book, 1931",
                 "The lighthouse was lit for the first time in 1908 [1]., Full support");
  assay_driver_press (driver, "bracketright");
  assay_driver_type (driver, "n3");
  wait_claim (driver, "It was built of red brick by two brothers [1]., No support");
  assay_driver_press (driver, "bracketright");
  assay_driver_type (driver, "s2");
  attach_source (driver, "2 · Page of the town", "Today a society of volunteers…");
  assay_driver_wait_text (driver, "citation precision 50 %, citation recall 33 %");
  /* j would join the statement with the next one. */
  assay_driver_press (driver, "Down");
  assay_driver_press (driver, "Down");
  assay_driver_press (driver, "1");

  answers = export_answers (driver, "grounding");
  relevance = assay_json_get_object (assay_json_node_object (answers), "relevance");
  g_assert_cmpint (assay_json_get_int (relevance, "harbour-book", -1), ==, 3);
  g_assert_cmpint (assay_json_get_int (relevance, "menu", -1), ==, 0);
  claims = get_claims (answers, "statements");
  g_assert_cmpuint (json_array_get_length (claims), ==, 3);
  assert_claim (
      claims, 2, 103, 192,
      "Today a society of volunteers keeps it 🙂 [2], and visitors may come on Sundays in "
      "summer.",
      "full");
  statement = json_array_get_object_element (claims, 2);
  g_assert_cmpstr (assay_json_get_string (statement, "citation_ok"), ==, "incomplete");
  g_assert_cmpstr (json_array_get_string_element (assay_json_get_array (statement, "cited"), 0), ==,
                   "town-page");
  evidence = json_array_get_object_element (assay_json_get_array (statement, "evidence"), 0);
  g_assert_cmpstr (assay_json_get_string (evidence, "source_id"), ==, "town-page");
  g_assert_nonnull (strstr (assay_json_get_string (evidence, "quote"), "forty volunteers"));
}

/* Of many claims a part has rows; whoever goes on, or to what needs attention, sees the right one.
 */
static void
test_many (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);

  assay_driver_import (driver, "claims-many.jsonl", "Many claims…");
  assay_driver_press (driver, "Return");
  assay_driver_wait_task (driver);
  assay_driver_wait_text (driver, "Sentence number 60");
  assay_driver_press_button (driver, "Begin With Each Sentence");
  wait_claim (driver, "Sentence number 1 says something., No verdict");
  assay_driver_wait_text (driver, "1–25 of 60");
  g_assert_null (assay_driver_peek (driver, ATSPI_ROLE_BUTTON,
                                    "Sentence number 26 says something., No verdict"));
  assay_driver_press_times (driver, "bracketright", 25);
  wait_claim (driver, "Sentence number 26 says something., No verdict");
  assay_driver_wait_text (driver, "26–50 of 60");
  assay_driver_press (driver, "u");
  wait_claim (driver, "Sentence number 26 says something., Unsupported");

  /* Past the rows, and the button that leads back. */
  assay_driver_press_times (driver, "Down", 26);
  assay_driver_press (driver, "Return");
  assay_driver_wait_text (driver, "51–60 of 60");
  wait_claim (driver, "Sentence number 60 says something., No verdict");
  /* There is nothing behind them. */
  {
    g_autoptr (AtspiAccessible) before =
        assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Show the Rows Before");

    assay_driver_wait_focused (driver, before);
  }

  assay_driver_press (driver, "<Control>Return");
  assay_driver_wait_text (driver, "1–25 of 60");
  assay_driver_wait_text (driver, "The claim “Sentence number 1 says something.” needs a verdict.");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_COMBO_BOX,
                             "Verdict on Sentence number 2 says something.");
  assay_driver_press (driver, "Return");
  assay_driver_press_times (driver, "Down", 3);
  assay_driver_press (driver, "Return");
  wait_claim (driver, "Sentence number 2 says something., Unsupported");
  assay_driver_quit (driver);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/claims/check", test_check);
  g_test_add_func ("/claims/many", test_many);
  g_test_add_func ("/claims/sources", test_sources);
  return g_test_run ();
}
