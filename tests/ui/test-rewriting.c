/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A response is repaired and an ideal answer written, by keyboard alone; what was changed is
 * listed, told by category and taken back, and what is stored counts characters of both texts. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <locale.h>
#include <string.h>

#include "assay-driver-script.h"
#include "assay-json.h"

#define EDITOR "The answer, repaired"

static void
wait_change (AssayDriver *driver, const char *name)
{
  g_autoptr (AtspiAccessible) button = assay_driver_find (driver, ATSPI_ROLE_BUTTON, name);
}

static void
wait_focus (AssayDriver *driver, const char *name)
{
  g_autoptr (AtspiAccessible) button = assay_driver_find (driver, ATSPI_ROLE_BUTTON, name);

  assay_driver_wait_focused (driver, button);
}

static void
change_two (AssayDriver *driver)
{
  assay_driver_tab_to_named (driver, ATSPI_ROLE_TEXT, EDITOR);
  assay_driver_press (driver, "<Control>Home");
  assay_driver_press_times (driver, "Right", 6);
  assay_driver_type (driver, "full ");
  wait_change (driver, "Added “full”…");
  assay_driver_press (driver, "<Control>End");
  assay_driver_press (driver, "Left");
  assay_driver_press_times (driver, "<Control><Shift>Left", 2);
  assay_driver_type (driver, "near");
  wait_change (driver, "“far away” became “near”, No category");
}

static void
tell_categories (AssayDriver *driver)
{
  assay_driver_press (driver, "Escape");
  assay_driver_press (driver, "bracketright");
  wait_focus (driver, "Added “full”…");
  assay_driver_press (driver, "4");
  wait_change (driver, "Added “full”, Clarity");
  assay_driver_press (driver, "bracketright");
  wait_focus (driver, "“far away” became “near”, No category");
  assay_driver_press (driver, "0");
  wait_change (driver, "“far away” became “near”, Concision");
  assay_driver_press (driver, "bracketright");
  assay_driver_wait_announced (driver, "This is the last change");
}

/* What was said of a change comes back with it. */
static void
restore_and_undo (AssayDriver *driver)
{
  assay_driver_press (driver, "Delete");
  assay_driver_wait_gone (driver, ATSPI_ROLE_BUTTON, "“far away” became “near”, Concision");
  assay_driver_press (driver, "<Control>z");
  wait_change (driver, "“far away” became “near”, Concision");
}

/* A change keeps its category while it is edited, and is restored where the caret is. */
static void
edit_further (AssayDriver *driver)
{
  g_autoptr (AtspiAccessible) row =
      assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Added “full”, Clarity");

  assay_driver_tab_to (driver, row);
  assay_driver_press (driver, "Return");
  assay_driver_wait_focused_role (driver, ATSPI_ROLE_TEXT);
  assay_driver_press (driver, "BackSpace");
  assay_driver_wait_gone (driver, ATSPI_ROLE_BUTTON, "Added “full”, Clarity");
  assay_driver_type (driver, "whole ");
  wait_change (driver, "Added “whole”, Clarity");
  assay_driver_press (driver, "<Control>BackSpace");
  assay_driver_wait_gone (driver, ATSPI_ROLE_BUTTON, "Added “whole”, Clarity");
  assay_driver_press (driver, "<Control>z");
  wait_change (driver, "Added “whole”, Clarity");
}

typedef struct
{
  const char *name;
  gboolean described; /* what it says of the text, else the text itself */
  const char *beginning;
} Shown;

static gboolean
is_shown (AssayDriver *driver, gpointer user_data)
{
  const Shown *wanted = user_data;
  g_autoptr (AtspiAccessible) text = assay_driver_peek (driver, ATSPI_ROLE_TEXT, wanted->name);
  g_autofree char *said = text == NULL        ? NULL
                          : wanted->described ? assay_driver_get_description (text)
                                              : assay_driver_get_text (text);

  return said != NULL && g_str_has_prefix (said, wanted->beginning);
}

static void
wait_shown (AssayDriver *driver, const char *name, gboolean described, const char *beginning)
{
  Shown wanted = { name, described, beginning };

  assay_driver_wait (driver, beginning, is_shown, &wanted);
}

static gboolean
has_no_text (AssayDriver *driver, gpointer text)
{
  return !assay_driver_has_text (driver, text);
}

/* What is written is read beside the original while it is written, and what became of it is
 * marked in both. */
static void
read_it (AssayDriver *driver)
{
  assay_driver_tab_to_named (driver, ATSPI_ROLE_TEXT, EDITOR);
  assay_driver_press (driver, "<Control>p");
  assay_driver_wait_announced (driver, "Your text is shown as it will be read");
  wait_shown (driver, "Your Text", FALSE, "The 🙂 whole moon is made");
  assay_driver_press (driver, "<Control>Home");
  assay_driver_type (driver, "**Oh!** ");
  wait_shown (driver, "Your Text", FALSE, "Oh! The 🙂 whole moon is made");
  assay_driver_press_times (driver, "<Control>z", 1);
  wait_shown (driver, "Your Text", FALSE, "The 🙂 whole moon is made");
  assay_driver_press (driver, "<Control>d");
  assay_driver_wait_text (
      driver,
      "Your text against A: 2 words taken out, struck through there; 2 words added, underlined.");
  wait_shown (driver, "Response A", TRUE,
              "On the left, compared with Your Text. Only here: “far away”.");
  wait_shown (driver, "Your Text", TRUE,
              "On the right, compared with A. Only here: “whole”, “near”.");
  assay_driver_press (driver, "<Control>d");
  assay_driver_wait (driver, "the end of the comparison", has_no_text,
                     (gpointer) "Your text against A");
  wait_shown (driver, "Your Text", FALSE, "The 🙂 whole moon is made");
  assay_driver_press (driver, "<Control>p");
  assay_driver_wait_gone (driver, ATSPI_ROLE_TEXT, "Your Text");

  /* From the text alone: there and back. */
  assay_driver_press (driver, "<Control>d");
  assay_driver_wait_text (driver, "Your text against A");
  assay_driver_press (driver, "<Control>d");
  assay_driver_wait_gone (driver, ATSPI_ROLE_TEXT, "Your Text");
  assay_driver_wait_focused_role (driver, ATSPI_ROLE_TEXT);
}

static void
wait_focused_text (AssayDriver *driver, const char *name)
{
  g_autoptr (AtspiAccessible) text = assay_driver_find (driver, ATSPI_ROLE_TEXT, name);

  assay_driver_wait_focused (driver, text);
}

/* Where the form lies over the texts, one goes and the other comes. */
static void
read_it_in_a_narrow_window (AssayDriver *driver)
{
  assay_driver_resize (driver, 370, 650);
  assay_driver_tab_to_named (driver, ATSPI_ROLE_TEXT, EDITOR);
  assay_driver_press (driver, "<Control>p");
  wait_focused_text (driver, "Your Text");
  assay_driver_press (driver, "<Control>p");
  wait_focused_text (driver, EDITOR);
  assay_driver_press (driver, "<Control>d");
  wait_focused_text (driver, "Your Text");
  assay_driver_press (driver, "<Control>d");
  wait_focused_text (driver, EDITOR);
  assay_driver_resize (driver, 1280, 800);
}

/* The keys of an editor for code are not those of this one. */
static void
go_back_from_the_text (AssayDriver *driver)
{
  assay_driver_tab_to_named (driver, ATSPI_ROLE_TEXT, EDITOR);
  assay_driver_press (driver, "<Alt>Left");
  assay_driver_wait_for (driver, ATSPI_ROLE_LIST_ITEM, "Repair the answer…");
  assay_driver_press (driver, "Return");
  assay_driver_wait_task (driver);
  wait_change (driver, "Added “whole”, Clarity");
}

/* All goes, and all comes back. */
static void
restore_all (AssayDriver *driver)
{
  assay_driver_press_button (driver, "Restore the Whole Original");
  assay_driver_wait_gone (driver, ATSPI_ROLE_BUTTON, "Added “whole”, Clarity");
  assay_driver_press (driver, "<Control>z");
  wait_change (driver, "Added “whole”, Clarity");
  wait_change (driver, "“far away” became “near”, Concision");
}

/* What does not keep to a constraint is said at once, and cannot be handed in. */
static void
fail_a_constraint (AssayDriver *driver)
{
  assay_driver_wait_text (driver, "Check: followed. The pattern is not found.");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_TEXT, EDITOR);
  assay_driver_press (driver, "<Control>End");
  assay_driver_type (driver, " TODO");
  assay_driver_wait_text (driver, "Check: not followed. ");
  assay_driver_press (driver, "<Control>Return");
  assay_driver_wait_text (driver, "“Has no open ends”: your text does not keep to this");
  wait_focused_text (driver, EDITOR);
  assay_driver_press_times (driver, "BackSpace", 5);
  assay_driver_wait_text (driver, "Check: followed. The pattern is not found.");
}

static void
write_ideal (AssayDriver *driver)
{
  g_autoptr (AtspiAccessible) point = NULL;

  assay_driver_wait_text (driver, "Why does the moon always show us the same side?");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_RADIO_BUTTON, "Answer");
  assay_driver_press (driver, "1");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_TEXT, "Ideal answer");
  assay_driver_type (driver, "It turns once for each orbit.");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_TEXT, "Sources");
  assay_driver_type (driver, "Tides https://example.org/moon");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_CHECK_BOX, "Every fact is looked up");
  assay_driver_press (driver, "space");
  assay_driver_press (driver, "<Control>Return");
  assay_driver_wait_text (driver, "“It was read once more” is not ticked.");
  point = assay_driver_find (driver, ATSPI_ROLE_CHECK_BOX, "It was read once more");
  assay_driver_wait_focused (driver, point);
  assay_driver_press (driver, "space");
  assay_driver_press (driver, "<Control>Return");
  assay_driver_wait_announced (driver, "Submitted");
}

static void
assert_change (JsonArray *changes, guint index, const int *places, const char *category)
{
  JsonObject *object = json_array_get_object_element (changes, index);
  JsonObject *from = assay_json_get_object (object, "from");
  JsonObject *to = assay_json_get_object (object, "to");

  g_assert_cmpint (assay_json_get_int (from, "start", -1), ==, places[0]);
  g_assert_cmpint (assay_json_get_int (from, "end", -1), ==, places[1]);
  g_assert_cmpint (assay_json_get_int (to, "start", -1), ==, places[2]);
  g_assert_cmpint (assay_json_get_int (to, "end", -1), ==, places[3]);
  g_assert_cmpstr (assay_json_get_string (object, "category"), ==, category);
}

static JsonObject *
find_answer (char **lines, const char *question, JsonNode **node)
{
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      JsonObject *answers;

      if (strstr (lines[i], "\"type\":\"judgement\"") == NULL
          || strstr (lines[i], question) == NULL)
        continue;
      *node = assay_json_parse (lines[i], -1, NULL);
      answers = assay_json_get_object (assay_json_node_object (*node), "answers");
      return assay_json_get_object (answers, question);
    }
  g_assert_not_reached ();
}

static void
check_export (const char *path)
{
  static const int added[] = { 6, 6, 6, 12 };
  static const int replaced[] = { 225, 233, 231, 235 };
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (JsonNode) first = NULL;
  g_autoptr (JsonNode) second = NULL;
  JsonObject *answer;
  JsonObject *source;
  JsonArray *changes;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  answer = find_answer (lines, "rewrite", &first);
  g_assert_true (
      g_str_has_prefix (assay_json_get_string (answer, "text"), "The 🙂 whole moon is made"));
  g_assert_true (g_str_has_suffix (assay_json_get_string (answer, "text"), "very near."));
  changes = assay_json_get_array (answer, "changes");
  g_assert_cmpuint (json_array_get_length (changes), ==, 2);
  assert_change (changes, 0, added, "clarity");
  assert_change (changes, 1, replaced, "concision");

  answer = find_answer (lines, "reference", &second);
  g_assert_cmpstr (assay_json_get_string (answer, "mode"), ==, "answer");
  g_assert_true (
      assay_json_get_boolean (assay_json_get_object (answer, "self_check"), "read", FALSE));
  g_assert_cmpstr (assay_json_get_string (answer, "text"), ==, "It turns once for each orbit.");
  source = json_array_get_object_element (assay_json_get_array (answer, "sources"), 0);
  g_assert_cmpstr (assay_json_get_string (source, "title"), ==, "Tides");
  g_assert_cmpstr (assay_json_get_string (source, "url"), ==, "https://example.org/moon");
}

static void
test_rewriting (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autofree char *target =
      g_build_filename (assay_driver_get_profile (driver), "export.eval.jsonl", NULL);
  g_autofree char *printed = NULL;

  assay_driver_import (driver, "rewrite.jsonl", "Repair the answer…");
  assay_driver_press (driver, "Return");
  assay_driver_wait_task (driver);
  assay_driver_wait_text (driver, EDITOR);
  change_two (driver);
  tell_categories (driver);
  restore_and_undo (driver);
  edit_further (driver);
  read_it (driver);
  read_it_in_a_narrow_window (driver);
  go_back_from_the_text (driver);
  restore_all (driver);
  fail_a_constraint (driver);
  assay_driver_press (driver, "<Control>Return");
  assay_driver_wait_announced (driver, "Submitted");
  write_ideal (driver);
  assay_driver_quit (driver);
  printed =
      assay_driver_run (driver, "--export", "assay", "--project", "rewrite", "-o", target, NULL);
  check_export (target);
}

/* Whether a word that no dictionary knows is marked. */
static gboolean
has_marked_word (AssayDriver *driver, gpointer name)
{
  g_autoptr (AtspiAccessible) area = assay_driver_peek (driver, ATSPI_ROLE_TEXT, name);
  g_autofree char *said = area != NULL ? assay_driver_get_text (area) : NULL;
  const char *word = said != NULL ? strstr (said, "wrogn") : NULL;
  g_autoptr (GHashTable) attributes = NULL;
  int start;
  int end;

  if (word == NULL)
    return FALSE;
  attributes = atspi_text_get_text_attributes (ATSPI_TEXT (area),
                                               (int) g_utf8_pointer_to_offset (said, word) + 1,
                                               &start, &end, NULL);
  return attributes != NULL
         && g_strcmp0 (g_hash_table_lookup (attributes, "underline"), "error") == 0;
}

static void
test_spelling (void)
{
  g_autoptr (AssayDriver) driver = NULL;

  if (!g_file_test ("/usr/share/hunspell/en_US.dic", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("There is no English dictionary");
      return;
    }
  driver = assay_driver_new (NULL, NULL);
  assay_driver_import (driver, "rewrite.jsonl", "Repair the answer…");
  assay_driver_press (driver, "Return");
  assay_driver_wait_task (driver);
  assay_driver_tab_to_named (driver, ATSPI_ROLE_TEXT, EDITOR);
  assay_driver_press (driver, "<Control>Home");
  assay_driver_type (driver, "Not wrogn: ");
  assay_driver_wait (driver, "the word to be marked", has_marked_word, (gpointer) EDITOR);
  assay_driver_quit (driver);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rewriting/keyboard", test_rewriting);
  g_test_add_func ("/rewriting/spelling", test_spelling);
  return g_test_run ();
}
