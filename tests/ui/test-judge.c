/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A day's work in small, by keyboard alone: a file is opened, five tasks of different kinds are
 * judged, one submission is taken back and given again, one task is left as out of expertise; then
 * the program is started again, and what it exports is what was entered. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#include "assay-driver-script.h"
#include "assay-json.h"

#define PROJECT "six-tasks"
#define WHY_FIRST                                                                                  \
  "@A names both bulges and “the far side”, which @B leaves out – naïve but clear. 😀"
#define WHY_RANK "The order is by what one would miss first."
#define FIELD "category theory"

static gboolean
is_sensitive (AssayDriver *driver, gpointer user_data)
{
  return assay_driver_has_state (user_data, ATSPI_STATE_SENSITIVE);
}

/* Waits until the task is the one that is worked on: its question is there. */
static void
wait_for_question (AssayDriver *driver, const char *label)
{
  assay_driver_wait_text (driver, label);
  assay_driver_wait_text (driver, "Submit");
}

static void
write_rationale (AssayDriver *driver, const char *text)
{
  assay_driver_press (driver, "<Control>r");
  assay_driver_type (driver, text);
  assay_driver_wait_text (driver, text);
  assay_driver_press (driver, "Escape");
}

static void
submit (AssayDriver *driver)
{
  assay_driver_press (driver, "<Control>Return");
}

static void
judge_all (AssayDriver *driver)
{
  g_autoptr (AtspiAccessible) radio = NULL;

  assay_driver_press (driver, "Return");

  /* The left response is better, by two steps; the digits go from the far left. */
  wait_for_question (driver, "Overall preference");
  write_rationale (driver, WHY_FIRST);
  assay_driver_press (driver, "2");
  submit (driver);

  /* What was just submitted comes back as it was, and is given again. */
  wait_for_question (driver, "Order the responses");
  assay_driver_wait_announced (driver, "Submitted");
  assay_driver_press (driver, "<Control>u");
  wait_for_question (driver, "Overall preference");
  assay_driver_wait_text (driver, WHY_FIRST);
  submit (driver);

  wait_for_question (driver, "Order the responses");
  write_rationale (driver, WHY_RANK);
  assay_driver_press (driver, "o");
  submit (driver);

  /* By criterion: the first row left and right, then the second. */
  wait_for_question (driver, "Faithfulness");
  assay_driver_press (driver, "5");
  assay_driver_press (driver, "4");
  assay_driver_press (driver, "3");
  assay_driver_press (driver, "n");
  submit (driver);

  wait_for_question (driver, "It is a haiku");
  assay_driver_press (driver, "y");
  assay_driver_press (driver, "n");
  assay_driver_press (driver, "minus");
  submit (driver);

  wait_for_question (driver, "What does the customer want?");
  assay_driver_press (driver, "2");
  assay_driver_press (driver, "1");
  assay_driver_press (driver, "2");
  submit (driver);
  /* What is missing is named, and has the focus. */
  assay_driver_wait_text (driver, "“Amount in dispute” needs an answer.");
  assay_driver_type (driver, "40");
  submit (driver);

  /* Somebody else could compare proofs in category theory. */
  wait_for_question (driver, "Overall preference");
  assay_driver_press (driver, "<Control><Shift>x");
  radio = assay_driver_find (driver, ATSPI_ROLE_RADIO_BUTTON, "Out of Expertise");
  assay_driver_tab_to (driver, radio);
  assay_driver_press (driver, "space");
  assay_driver_press (driver, "<Alt>m");
  assay_driver_type (driver, FIELD);
  assay_driver_wait_text (driver, FIELD);
  {
    g_autoptr (AtspiAccessible) confirm =
        assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Out of Expertise");

    assay_driver_wait (driver, "the way out", is_sensitive, confirm);
    assay_driver_tab_to (driver, confirm);
    assay_driver_press (driver, "Return");
  }
  assay_driver_wait_gone (driver, ATSPI_ROLE_RADIO_BUTTON, "Out of Expertise");
}

/* The exported judgements by task id; values are borrowed from @lines. */
static GHashTable *
read_export (const char *path, GPtrArray *lines)
{
  GHashTable *judgements = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) split = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  split = g_strsplit (text, "\n", -1);
  for (gsize i = 0; split[i] != NULL; i++)
    {
      JsonNode *node;
      JsonObject *object;

      if (*split[i] == '\0')
        continue;
      node = assay_json_parse (split[i], -1, &error);
      g_assert_no_error (error);
      g_ptr_array_add (lines, node);
      object = assay_json_node_object (node);
      if (g_strcmp0 (assay_json_get_string (object, "type"), "judgement") == 0)
        /* Each task once. */
        g_assert_true (g_hash_table_insert (
            judgements, (gpointer) assay_json_get_string (object, "task_id"), object));
    }
  return judgements;
}

static const char *
shown_at (JsonObject *judgement, guint place)
{
  JsonObject *presentation = assay_json_get_object (judgement, "presentation");

  return json_array_get_string_element (assay_json_get_array (presentation, "order"), place);
}

static JsonObject *
answers_of (JsonObject *judgement)
{
  JsonObject *answers = assay_json_get_object (judgement, "answers");

  g_assert_nonnull (answers);
  return answers;
}

static void
check_comparison (JsonObject *judgement)
{
  JsonObject *answer = assay_json_get_object (answers_of (judgement), "overall");
  g_autofree char *first = g_strdup_printf ("@{%s} names", shown_at (judgement, 0));
  g_autofree char *second = g_strdup_printf ("which @{%s} leaves out", shown_at (judgement, 1));
  const char *rationale = assay_json_get_string (judgement, "rationale");

  g_assert_cmpstr (assay_json_get_string (answer, "choice"), ==, shown_at (judgement, 0));
  g_assert_cmpint (assay_json_get_int (answer, "strength", 0), ==, 2);
  g_assert_true (g_str_has_prefix (rationale, first));
  g_assert_nonnull (strstr (rationale, second));
  g_assert_true (g_str_has_suffix (rationale, "naïve but clear. 😀"));
}

static void
check_ranking (JsonObject *judgement)
{
  JsonObject *answer = assay_json_get_object (answers_of (judgement), "order");
  JsonArray *order = assay_json_get_array (answer, "order");

  g_assert_cmpuint (json_array_get_length (order), ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (json_array_get_string_element (json_array_get_array_element (order, i), 0), ==,
                     shown_at (judgement, i));
  g_assert_cmpstr (assay_json_get_string (judgement, "rationale"), ==, WHY_RANK);
}

static void
check_rubric (JsonObject *judgement)
{
  JsonObject *faithful = assay_json_get_object (answers_of (judgement), "faithful");
  JsonObject *concise = assay_json_get_object (answers_of (judgement), "concise");
  JsonObject *not_applicable;

  g_assert_cmpint (assay_json_get_int (faithful, shown_at (judgement, 0), 0), ==, 5);
  g_assert_cmpint (assay_json_get_int (faithful, shown_at (judgement, 1), 0), ==, 4);
  g_assert_cmpint (assay_json_get_int (concise, shown_at (judgement, 0), 0), ==, 3);
  not_applicable = assay_json_get_object (concise, shown_at (judgement, 1));
  g_assert_true (assay_json_get_boolean (not_applicable, "na", FALSE));
}

static void
check_checklist (JsonObject *judgement)
{
  JsonObject *of_response =
      assay_json_get_object (assay_json_get_object (answers_of (judgement), "constraints"), "r1");

  g_assert_cmpstr (assay_json_get_string (of_response, "haiku"), ==, "yes");
  g_assert_cmpstr (assay_json_get_string (of_response, "word"), ==, "no");
  g_assert_cmpstr (assay_json_get_string (of_response, "end"), ==, "na");
}

static void
check_labels (JsonObject *judgement)
{
  JsonArray *tone = assay_json_get_array (answers_of (judgement), "tone");

  g_assert_cmpstr (assay_json_get_string (answers_of (judgement), "intent"), ==, "replace");
  g_assert_cmpint (assay_json_get_int (answers_of (judgement), "amount", 0), ==, 40);
  g_assert_nonnull (tone);
  g_assert_cmpuint (json_array_get_length (tone), ==, 2);
  g_assert_cmpstr (json_array_get_string_element (tone, 0), ==, "kind");
  g_assert_cmpstr (json_array_get_string_element (tone, 1), ==, "clear");
}

static void
check_way_out (JsonObject *judgement)
{
  g_assert_cmpstr (assay_json_get_string (judgement, "outcome"), ==, "out_of_expertise");
  g_assert_cmpstr (assay_json_get_string (judgement, "outcome_note"), ==, FIELD);
  g_assert_false (assay_json_has (judgement, "answers"));
}

static void
test_judge (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autofree char *target =
      g_build_filename (assay_driver_get_profile (driver), "export.eval.jsonl", NULL);
  g_autofree char *printed = NULL;
  g_autoptr (GHashTable) judgements = NULL;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);

  assay_driver_import (driver, "six-tasks.jsonl", "Which answer explains tides better?…");
  judge_all (driver);
  assay_driver_quit (driver);

  /* Started again, it knows what was done. */
  assay_driver_launch (driver, NULL, NULL);
  assay_driver_quit (driver);
  printed =
      assay_driver_run (driver, "--export", "assay", "--project", PROJECT, "-o", target, NULL);
  judgements = read_export (target, lines);
  g_assert_cmpuint (g_hash_table_size (judgements), ==, 6);
  check_comparison (g_hash_table_lookup (judgements, "compare-1"));
  check_ranking (g_hash_table_lookup (judgements, "rank-1"));
  check_rubric (g_hash_table_lookup (judgements, "rubric-1"));
  check_checklist (g_hash_table_lookup (judgements, "checklist-1"));
  check_labels (g_hash_table_lookup (judgements, "labels-1"));
  check_way_out (g_hash_table_lookup (judgements, "expert-1"));
}

static void
wait_for_state (AssayDriver *driver, AtspiAccessible *accessible, AtspiStateType state)
{
  assay_driver_wait_focused (driver, accessible);
  assay_driver_wait_state (driver, accessible, state, TRUE);
}

/* Whatever was submitted or left can be gone back to, and the list stays where it was. */
static void
test_ways_back (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (AtspiAccessible) back = NULL;
  g_autoptr (AtspiAccessible) row = NULL;
  g_autoptr (AtspiAccessible) outbox = NULL;
  g_autoptr (AtspiAccessible) waiting = NULL;
  g_autoptr (AtspiAccessible) radio = NULL;

  /* Nothing is sent while the test looks at it. */
  assay_driver_set_undo_window (driver, 60);
  assay_driver_import (driver, "six-tasks.jsonl", "Which answer explains tides better?…");
  assay_driver_press (driver, "Return");
  wait_for_question (driver, "Overall preference");

  /* The neighbours of a task, and the ends of the list. */
  assay_driver_press (driver, "<Control>Page_Up");
  assay_driver_wait_announced (driver, "This is the first task of the list");
  assay_driver_press (driver, "2");
  write_rationale (driver, WHY_FIRST);
  assay_driver_press (driver, "<Control>Page_Down");
  wait_for_question (driver, "Order the responses");
  assay_driver_press (driver, "<Control>Page_Up");
  wait_for_question (driver, "Overall preference");
  assay_driver_wait_text (driver, WHY_FIRST);

  /* Submit and stay: what was submitted can be seen, not changed, and taken back in its place. */
  assay_driver_press (driver, "<Control><Shift>Return");
  assay_driver_wait_text (driver, "This judgement was submitted and waits to be sent.");
  assay_driver_press (driver, "<Control>z");
  assay_driver_wait_announced (driver, "This judgement was submitted. Take it back to change it.");
  back = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Take Back");
  assay_driver_tab_to (driver, back);
  assay_driver_press (driver, "space");
  assay_driver_wait_gone (driver, ATSPI_ROLE_BUTTON, "Take Back");
  assay_driver_wait_text (driver, WHY_FIRST);

  /* On to the neighbour, before the disk has the judgement. */
  assay_driver_press (driver, "<Control><Shift>Return");
  assay_driver_press (driver, "<Control>Page_Up");
  assay_driver_press (driver, "<Control>Page_Down");
  assay_driver_wait_announced (driver, "This is the first task of the list");
  wait_for_question (driver, "Order the responses");

  /* Back to the list: the task that was worked on has the focus. */
  assay_driver_press (driver, "<Alt>Left");
  row = assay_driver_find (driver, ATSPI_ROLE_LIST_ITEM, "Rank three packing lists…");
  wait_for_state (driver, row, ATSPI_STATE_SELECTED);

  /* Taken back in the outbox, to be edited. */
  outbox = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "All drafts saved · 1 waiting to be sent");
  assay_driver_tab_to (driver, outbox);
  assay_driver_press (driver, "space");
  waiting = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Take Back and Edit:…");
  assay_driver_tab_to (driver, waiting);
  assay_driver_press (driver, "space");
  wait_for_question (driver, "Overall preference");
  assay_driver_wait_text (driver, WHY_FIRST);

  /* A way out says so until it is taken back. */
  assay_driver_press (driver, "<Control><Shift>x");
  radio = assay_driver_find (driver, ATSPI_ROLE_RADIO_BUTTON, "Decline Content");
  assay_driver_press (driver, "Escape");
  assay_driver_wait_gone (driver, ATSPI_ROLE_RADIO_BUTTON, "Decline Content");
  assay_driver_press (driver, "Escape");
  g_clear_object (&row);
  row = assay_driver_find (driver, ATSPI_ROLE_LIST_ITEM, "Which answer explains tides better?…");
  wait_for_state (driver, row, ATSPI_STATE_SELECTED);
  assay_driver_quit (driver);
}

/* Beside the gold one may go on, or try again with the same answers. */
static void
test_practice (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (AtspiAccessible) start = NULL;
  g_autoptr (AtspiAccessible) again = NULL;
  g_autoptr (AtspiAccessible) go_on = NULL;

  assay_driver_launch (driver, NULL, NULL);
  start = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Start Practising");
  assay_driver_tab_to (driver, start);
  assay_driver_press (driver, "space");
  g_clear_object (&start);
  start = assay_driver_find (driver, ATSPI_ROLE_LIST_ITEM, NULL);
  /* The sets arrive one after the other; a task that is opened goes through the list as it was. */
  assay_driver_wait_text (driver, "27 tasks");
  assay_driver_press (driver, "Return");
  wait_for_question (driver, "Which answer serves the person better?");
  write_rationale (driver, "@A answers what was asked in the form that was asked; @B does not.");
  assay_driver_press (driver, "a");
  assay_driver_press (driver, "<Control>Return");
  again = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Try Again");
  assay_driver_tab_to (driver, again);
  assay_driver_press (driver, "space");
  assay_driver_wait_gone (driver, ATSPI_ROLE_BUTTON, "Try Again");
  assay_driver_wait_text (driver,
                          "@A answers what was asked in the form that was asked; @B does not.");
  assay_driver_press (driver, "b");
  assay_driver_press (driver, "<Control>Return");
  go_on = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Go On");
  assay_driver_wait_focused (driver, go_on);
  assay_driver_press (driver, "Return");
  assay_driver_wait_gone (driver, ATSPI_ROLE_BUTTON, "Go On");
  assay_driver_wait_text (driver, "2 of 27");
  assay_driver_quit (driver);
}

static void
copy_practice (const char *folder, gboolean changed)
{
  static const char *const names[] = { "first-comparisons.json", "first-comparisons.md" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *from =
          g_build_filename (g_getenv ("ASSAY_SOURCE_DIR"), "data", "practice", names[i], NULL);
      g_autofree char *to = g_build_filename (folder, names[i], NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) text = NULL;
      g_autofree char *content = NULL;

      g_file_get_contents (from, &content, NULL, &error);
      g_assert_no_error (error);
      text = g_string_new (content);
      if (changed && g_str_has_suffix (names[i], ".md"))
        g_string_append (text, "\n\n## A new rule\n\nRead everything twice.\n");
      if (changed && g_str_has_suffix (names[i], ".json"))
        g_assert_cmpuint (g_string_replace (text, "\"version\": 1,", "\"version\": 2,", 1), ==, 1);
      g_file_set_contents (to, text->str, -1, &error);
      g_assert_no_error (error);
    }
}

/* A guideline that changes while a task is being judged is said, and asked about before submission.
 * On the way: the guideline at the question and back, and the clock. */
static void
test_guideline (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autofree char *folder = g_build_filename (assay_driver_get_profile (driver), "sets", NULL);
  g_autoptr (AtspiAccessible) start = NULL;
  g_autoptr (AtspiAccessible) started = NULL;
  g_autoptr (AtspiAccessible) row = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  copy_practice (folder, FALSE);
  assay_driver_setenv (driver, "ASSAY_PRACTICE_DIR", folder);
  assay_driver_launch (driver, NULL, NULL);
  start = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Start Practising");
  assay_driver_tab_to (driver, start);
  assay_driver_press (driver, "space");
  row = assay_driver_find (driver, ATSPI_ROLE_LIST_ITEM, "The day that never was…");
  assay_driver_press (driver, "Return");
  wait_for_question (driver, "Which answer serves the person better?");
  write_rationale (driver, "@A answers what was asked in the form that was asked; @B does not.");
  assay_driver_press (driver, "a");

  assay_driver_press (driver, "F1");
  assay_driver_wait_text (driver, "How strong is the preference");
  assay_driver_press (driver, "F1");
  wait_for_question (driver, "Which answer serves the person better?");
  assay_driver_press (driver, "<Control><Shift>p");
  assay_driver_wait_text (driver, ", paused");
  assay_driver_press (driver, "<Control><Shift>p");
  assay_driver_wait_text (driver, ", running");
  assay_driver_quit (driver);

  copy_practice (folder, TRUE);
  assay_driver_launch (driver, NULL, NULL);
  started = assay_driver_find (driver, ATSPI_ROLE_LIST_ITEM, "Ready, 6 tasks");
  assay_driver_tab_to (driver, started);
  assay_driver_press (driver, "Down");
  assay_driver_press (driver, "Return");
  g_clear_object (&row);
  row = assay_driver_find (driver, ATSPI_ROLE_LIST_ITEM, "The day that never was…");
  assay_driver_tab_to (driver, row);
  assay_driver_press (driver, "Return");
  assay_driver_wait_text (driver, "The guideline changed since this was begun: version 1, now 2.");
  submit (driver);
  assay_driver_wait_text (driver, "The guideline changed since this was begun; the change is not "
                                  "acknowledged.");
  assay_driver_press_button (driver, "Show Changes…");
  assay_driver_wait_text (driver, "1 rule changed since version 1");
  assay_driver_press_button (driver, "Acknowledge");
  assay_driver_wait_gone (driver, ATSPI_ROLE_BUTTON, "Acknowledge");
  assay_driver_wait_gone (driver, ATSPI_ROLE_BUTTON, "Show Changes…");
  submit (driver);
  g_clear_object (&start);
  start = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Go On");
  assay_driver_press (driver, "Escape");
  assay_driver_wait_gone (driver, ATSPI_ROLE_BUTTON, "Go On");
  assay_driver_quit (driver);
}

static void
check_twins (JsonObject *judgement)
{
  JsonNode *answer = json_object_get_member (answers_of (judgement), "order");
  g_autofree char *text = assay_json_to_string (answer);

  g_assert_true (strstr (text, "[\"r1\",\"r3\"]") != NULL
                 || strstr (text, "[\"r3\",\"r1\"]") != NULL);
}

/* The edge cases of the kinds: the same text twice, nine to order, work handed in unfinished, and a
 * question of a newer version, which is never submitted without its answer. */
static void
test_edge_cases (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autofree char *target =
      g_build_filename (assay_driver_get_profile (driver), "export.eval.jsonl", NULL);
  g_autofree char *printed = NULL;
  g_autoptr (GHashTable) judgements = NULL;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  g_autoptr (AtspiAccessible) radio = NULL;
  g_autoptr (AtspiAccessible) confirm = NULL;
  JsonObject *judgement;
  JsonObject *answer;

  assay_driver_import (driver, "odd-tasks.jsonl", "Two that are the same…");
  assay_driver_press (driver, "Return");
  wait_for_question (driver, "Overall preference");
  assay_driver_wait_text (driver, "Responses A and B are the same.");
  /* A key that has no meaning here says so. */
  assay_driver_press (driver, "o");
  assay_driver_wait_text (driver, "“The order is right as shown” is not possible here");
  assay_driver_press_button (driver, "They Are the Same…");
  assay_driver_press_button (driver, "Both Good");
  assay_driver_wait_gone (driver, ATSPI_ROLE_BUTTON, "Both Good");
  submit (driver);

  assay_driver_wait_text (driver, "One that is empty");
  assay_driver_press (driver, "<Control>Page_Down");
  wait_for_question (driver, "Order the responses");
  assay_driver_press_button (driver, "Compare in Pairs");
  assay_driver_wait_text (driver, "1 of at most 21");
  assay_driver_press (driver, "1");
  assay_driver_wait_text (driver, "2 of at most 21");

  assay_driver_press (driver, "<Control><Shift>x");
  radio = assay_driver_find (driver, ATSPI_ROLE_RADIO_BUTTON, "Hand In Unfinished");
  assay_driver_tab_to (driver, radio);
  assay_driver_press (driver, "space");
  assay_driver_press (driver, "<Alt>w");
  assay_driver_type (driver, "The others are cut off.");
  confirm = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Hand In Unfinished");
  assay_driver_wait (driver, "the way out", is_sensitive, confirm);
  assay_driver_tab_to (driver, confirm);
  assay_driver_press (driver, "Return");

  /* An order parts what is the same: one press brings it together. */
  wait_for_question (driver, "Best first");
  assay_driver_wait_text (driver, " are the same.");
  assay_driver_press (driver, "o");
  assay_driver_press_button (driver, "Rank Them Together");
  assay_driver_wait_gone (driver, ATSPI_ROLE_BUTTON, "Rank Them Together");
  submit (driver);

  wait_for_question (driver, "Turn the hologram");
  assay_driver_press (driver, "j");
  assay_driver_press (driver, "1");
  submit (driver);
  assay_driver_wait_text (driver, "“Turn the hologram” needs a newer version of this program.");
  assay_driver_quit (driver);

  printed =
      assay_driver_run (driver, "--export", "assay", "--project", "odd-tasks", "-o", target, NULL);
  judgements = read_export (target, lines);
  g_assert_cmpuint (g_hash_table_size (judgements), ==, 3);
  check_twins (g_hash_table_lookup (judgements, "twins"));
  judgement = g_hash_table_lookup (judgements, "same");
  answer = assay_json_get_object (answers_of (judgement), "overall");
  g_assert_cmpstr (assay_json_get_string (answer, "choice"), ==, "both-good");
  judgement = g_hash_table_lookup (judgements, "many");
  g_assert_true (assay_json_get_boolean (judgement, "salvage", FALSE));
  g_assert_cmpstr (assay_json_get_string (judgement, "salvage_reason"), ==,
                   "The others are cut off.");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/judge/five-kinds-by-keyboard", test_judge);
  g_test_add_func ("/judge/ways-back", test_ways_back);
  g_test_add_func ("/judge/practice", test_practice);
  g_test_add_func ("/judge/guideline", test_guideline);
  g_test_add_func ("/judge/edge-cases", test_edge_cases);

  return g_test_run ();
}
