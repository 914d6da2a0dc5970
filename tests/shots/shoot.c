/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Brings the program to a scene as a person would, and takes a picture of its window.
 *
 *   shoot list | SCENE FILE
 */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <glib/gstdio.h>
#include <stdio.h>

#include "assay-driver-script.h"
#include "document-scenes.h"
#include "platform-scenes.h"
#include "writing-scenes.h"

/* Without a compositor a window has a frame where its shadow would be; the caller cuts it off. */
#define FRAME 5

#define MAX_PICTURES 12

/* The others are settings of the desktop's, see take-shot. */
#define NARROW "narrow-"
#define NARROW_WIDTH 360
#define NARROW_HEIGHT 640
/* A scene that is higher has more to show than a narrow window of the usual height. */
#define SCREEN_HEIGHT 900

typedef struct
{
  const char *name;
  void (*act) (AssayDriver *driver);
  int width;
  int height;
  gboolean has_variants;
} Scene;

static const char *const variants[] = { "dark-", NARROW, "rtl-" };

static void
act_welcome (AssayDriver *driver)
{
  g_autoptr (AtspiAccessible) button = NULL;

  assay_driver_launch (driver, NULL, NULL);
  button = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Start Practising");
}

static gboolean
is_sensitive (AssayDriver *driver, gpointer user_data)
{
  return assay_driver_has_state (user_data, ATSPI_STATE_SENSITIVE);
}

/* Real responses where they are there, else tasks of our own. */
static char *
find_data (const char *name)
{
  g_autofree char *real =
      g_build_filename (g_getenv ("ASSAY_SOURCE_DIR"), "..", "shared", "data", name, NULL);

  if (name[0] != '\0' && g_file_test (real, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&real);
  return g_build_filename (g_getenv ("ASSAY_SOURCE_DIR"), "tests", "ui", "data", "six-tasks.jsonl",
                           NULL);
}

/* The import sheet, with its preview there. */
static void
open_sheet (AssayDriver *driver, const char *first, const char *second)
{
  g_autofree char *file = find_data (first);
  g_autofree char *other = second != NULL ? find_data (second) : NULL;
  g_autoptr (AtspiAccessible) confirm = NULL;

  assay_driver_launch (driver, file, g_strcmp0 (file, other) != 0 ? other : NULL, NULL);
  confirm = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Import");
  assay_driver_wait (driver, "the preview", is_sensitive, confirm);
}

static void
import (AssayDriver *driver, const char *first, const char *second)
{
  open_sheet (driver, first, second);
  assay_driver_press (driver, "<Alt>i");
  assay_driver_wait_gone (driver, ATSPI_ROLE_BUTTON, "Import");
  assay_driver_wait_tasks (driver, NULL);
}

static void
open_first (AssayDriver *driver)
{
  assay_driver_press (driver, "Return");
  assay_driver_wait_text (driver, "Submit");
}

static void
act_import (AssayDriver *driver)
{
  open_sheet (driver, "arena-hard/arena-hard-v0.1", NULL);
}

static void
act_import_places (AssayDriver *driver)
{
  g_autoptr (AtspiAccessible) places = NULL;
  g_autoptr (AtspiAccessible) last = NULL;

  open_sheet (driver, "arena-hard/arena-hard-v0.1/question.jsonl",
              "arena-hard/arena-hard-v0.1/model_answer");
  places = assay_driver_find (driver, ATSPI_ROLE_LIST_ITEM, "Where Things Are in the Files");
  assay_driver_tab_to (driver, places);
  assay_driver_press (driver, "space");
  last = assay_driver_find (driver, ATSPI_ROLE_COMBO_BOX, "Response 1");
  assay_driver_tab_to (driver, last);
}

static void
act_inbox (AssayDriver *driver)
{
  import (driver, "arena-hard/arena-hard-v0.1", NULL);
}

static void
act_inbox_empty (AssayDriver *driver)
{
  import (driver, "", NULL);
  assay_driver_press (driver, "<Control>f");
  assay_driver_type (driver, "zzz");
  assay_driver_wait_gone (driver, ATSPI_ROLE_LIST_ITEM, "Which answer explains tides better?…");
}

static void
act_compare (AssayDriver *driver)
{
  import (driver, "arena-hard/arena-hard-v0.1/question.jsonl",
          "arena-hard/arena-hard-v0.1/model_answer");
  open_first (driver);
}

static void
act_differences (AssayDriver *driver)
{
  import (driver, "", NULL);
  open_first (driver);
  assay_driver_press (driver, "<Control>d");
  assay_driver_wait_text (driver, "have no counterpart");
}

static void
act_find (AssayDriver *driver)
{
  import (driver, "", NULL);
  open_first (driver);
  assay_driver_press (driver, "<Control>f");
  assay_driver_type (driver, "the");
  assay_driver_wait_announced (driver, "Response A: ");
  assay_driver_press (driver, "Return");
  assay_driver_press (driver, "Return");
  assay_driver_wait_announced (driver, "2 of ");
}

static void
act_additions (AssayDriver *driver)
{
  act_differences (driver);
  assay_driver_press_button (driver, "What Each Adds…");
  assay_driver_wait_text (driver, "Only in A");
}

static void
act_against_all (AssayDriver *driver)
{
  g_autoptr (AtspiAccessible) button = NULL;

  import (driver, "", NULL);
  open_first (driver);
  assay_driver_press (driver, "<Control>Page_Down");
  assay_driver_press (driver, "<Control>d");
  assay_driver_wait_text (driver, "have no counterpart");
  button = assay_driver_find (driver, ATSPI_ROLE_TOGGLE_BUTTON, "Against All");
  assay_driver_tab_to (driver, button);
  assay_driver_press (driver, "space");
  assay_driver_wait_text (driver, "A against all. ");
}

static void
act_rubric (AssayDriver *driver)
{
  import (driver, "biggen-bench-rubrics/sample_responses.json", NULL);
  open_first (driver);
}

static void
act_instructions (AssayDriver *driver)
{
  import (driver, "ifeval", NULL);
  open_first (driver);
  assay_driver_wait_text (driver, "Check:");
}

static void
act_grid (AssayDriver *driver)
{
  import (driver, "", NULL);
  open_first (driver);
  assay_driver_press (driver, "<Control>Page_Down");
  assay_driver_wait_text (driver, "Order the responses");
  assay_driver_press (driver, "<Control>Page_Down");
  assay_driver_wait_text (driver, "Faithfulness");
  assay_driver_press (driver, "4");
}

static void
act_claims (AssayDriver *driver)
{
  assay_driver_import (driver, "claims.jsonl", "Check the facts…");
  assay_driver_press (driver, "Return");
  assay_driver_wait_task (driver);
  assay_driver_wait_text (driver, "It takes 27 days");
  assay_driver_press_button (driver, "Begin With Each Sentence");
  assay_driver_wait_text (driver, "The word");
  assay_driver_press (driver, "s");
  assay_driver_press (driver, "bracketright");
  assay_driver_press (driver, "r");
  assay_driver_press (driver, "e");
  assay_driver_type (driver, "A dictionary");
  assay_driver_wait_text (driver, "Saved");
}

static void
act_claims_many (AssayDriver *driver)
{
  assay_driver_import (driver, "claims-many.jsonl", "Many claims…");
  assay_driver_press (driver, "Return");
  assay_driver_press_button (driver, "Begin With Each Sentence");
  assay_driver_wait_text (driver, "1–25 of 60");
  assay_driver_press_times (driver, "Down", 25);
}

static void
act_grounding (AssayDriver *driver)
{
  assay_driver_import (driver, "grounding.jsonl", "Held against the sources…");
  assay_driver_press (driver, "Return");
  assay_driver_wait_task (driver);
  assay_driver_wait_text (driver, "The lighthouse was lit");
  assay_driver_type (driver, "320");
  assay_driver_press_button (driver, "Begin With Each Sentence");
  assay_driver_wait_text (driver, "It was built of red brick");
  assay_driver_type (driver, "s1");
  assay_driver_press (driver, "bracketright");
  assay_driver_type (driver, "n3");
  assay_driver_wait_text (driver, "Saved");
}

static void
act_spans (AssayDriver *driver)
{
  static const char *const keys[] = { "aw2", "ao3", "g1" };

  assay_driver_import (driver, "marks.jsonl", "Mark the errors…");
  assay_driver_press (driver, "Return");
  assay_driver_wait_task (driver);
  assay_driver_wait_text (driver, "It orbits Mars.");
  assay_driver_press (driver, "<Control>1");
  assay_driver_press (driver, "F7");
  assay_driver_press_times (driver, "Right", 4);
  assay_driver_press_times (driver, "<Shift>Right", 6);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      assay_driver_press (driver, "<Control>m");
      assay_driver_wait_announced (driver, "Marked.");
      assay_driver_type (driver, keys[i]);
      assay_driver_press (driver, "Down");
      assay_driver_press (driver, "Home");
      assay_driver_press (driver, "<Shift>End");
    }
  assay_driver_press (driver, "Home");
  assay_driver_wait_text (driver, "Language");
}

static void
act_spans_comment (AssayDriver *driver)
{
  act_spans (driver);
  assay_driver_press (driver, "bracketleft");
  assay_driver_press (driver, "c");
  assay_driver_wait_focused_role (driver, ATSPI_ROLE_TEXT);
  assay_driver_type (driver, "The word means moon.");
  assay_driver_press (driver, "Tab");
  assay_driver_type (driver, "قمر means moon.");
  assay_driver_press (driver, "<Control>Return");
  assay_driver_wait_text (driver, "Better:");
}

static void
act_ranking (AssayDriver *driver)
{
  import (driver, "", NULL);
  open_first (driver);
  assay_driver_press (driver, "<Control>Page_Down");
  assay_driver_wait_text (driver, "Order the responses");
}

static void
act_practice_task (AssayDriver *driver)
{
  assay_driver_practise (driver);
  open_first (driver);
  assay_driver_press (driver, "2");
  assay_driver_press (driver, "<Control>r");
  assay_driver_type (driver, "@A knows the rule for century years, while @B ");
  assay_driver_wait_text (driver, "while");
}

static void
act_guideline (AssayDriver *driver)
{
  assay_driver_practise (driver);
  open_first (driver);
  assay_driver_press (driver, "F1");
  assay_driver_wait_text (driver, "Guideline");
}

static void
act_gold (AssayDriver *driver)
{
  g_autoptr (AtspiAccessible) button = NULL;

  act_practice_task (driver);
  assay_driver_type (driver, "states the opposite and builds its advice on it.");
  assay_driver_press (driver, "<Control>Return");
  button = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Go On");
}

static void
act_ways_out (AssayDriver *driver)
{
  g_autoptr (AtspiAccessible) radio = NULL;

  import (driver, "", NULL);
  open_first (driver);
  assay_driver_press (driver, "<Control><Shift>x");
  radio = assay_driver_find (driver, ATSPI_ROLE_RADIO_BUTTON, "Out of Expertise");
}

static gboolean
is_list_focused (AssayDriver *driver, gpointer user_data)
{
  g_autoptr (AtspiAccessible) focused = assay_driver_get_focused (driver);

  return focused != NULL && atspi_accessible_get_role (focused, NULL) == ATSPI_ROLE_LIST_ITEM
         && assay_driver_has_text (driver, "6 tasks");
}

/* The disk fails while a rationale is written. */
static void
act_unsaved (AssayDriver *driver)
{
  g_autoptr (AtspiAccessible) button = NULL;
  g_autoptr (AtspiAccessible) copy = NULL;

  act_practice_task (driver);
  assay_driver_refuse_writes (driver);
  assay_driver_type (driver, "states");
  button = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "What to Do…");
  assay_driver_click (driver, button);
  copy = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Export…");
}

static void
submit_one (AssayDriver *driver)
{
  g_autoptr (AtspiAccessible) undo = NULL;
  g_autoptr (AtspiAccessible) back = NULL;

  import (driver, "", NULL);
  open_first (driver);
  assay_driver_press (driver, "2");
  assay_driver_press (driver, "<Control>r");
  assay_driver_type (driver, "@A names the moon as the cause, which @B leaves out altogether.");
  assay_driver_press (driver, "<Control>Return");
  undo = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Undo");
  back = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Back");
  assay_driver_click (driver, back);
  assay_driver_wait (driver, "the list", is_list_focused, NULL);
}

static void
act_outbox (AssayDriver *driver)
{
  g_autoptr (AtspiAccessible) line = NULL;

  submit_one (driver);
  line = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "All drafts saved · 1 waiting to be sent");
  assay_driver_click (driver, line);
  assay_driver_wait_text (driver, "Outbox");
}

/* After the last of it was taken back from there. */
static void
act_outbox_empty (AssayDriver *driver)
{
  act_outbox (driver);
  assay_driver_tab_to_named (driver, ATSPI_ROLE_BUTTON,
                             "Take Back: Which answer explains tides better?");
  assay_driver_press (driver, "Return");
  assay_driver_wait_text (driver, "Nothing Waits");
}

static void
act_troubleshooting (AssayDriver *driver)
{
  g_autoptr (AtspiAccessible) button = NULL;

  submit_one (driver);
  assay_driver_open_troubleshooting (driver);
  button = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Check Now");
  assay_driver_click (driver, button);
  assay_driver_wait_text (driver, "no damage was found");
}

static void
act_report (AssayDriver *driver)
{
  g_autoptr (AtspiAccessible) row = NULL;
  g_autoptr (AtspiAccessible) button = NULL;

  submit_one (driver);
  assay_driver_open_troubleshooting (driver);
  row = assay_driver_find (driver, ATSPI_ROLE_LIST_ITEM, "Report");
  assay_driver_tab_to (driver, row);
  assay_driver_press (driver, "Return");
  button = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Copy");
}

/* A disk that returns nonsense for the first page. */
static void
damage_store (AssayDriver *driver)
{
  g_autofree char *path = g_build_filename (assay_driver_get_profile (driver), "assay.db", NULL);
  FILE *file = g_fopen (path, "r+");

  g_assert_nonnull (file);
  for (int i = 0; i < 4096; i++)
    putc (0xff, file);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
act_rescue (AssayDriver *driver)
{
  submit_one (driver);
  assay_driver_quit (driver);
  damage_store (driver);
  assay_driver_launch (driver, NULL, NULL);
  assay_driver_wait_text (driver, "The Workspace Was Damaged");
}

/* A submission is all that is left: its task is gone, and it is for an account that is not here. */
static void
act_welcome_rescued (AssayDriver *driver)
{
  g_autofree char *spool = g_build_filename (assay_driver_get_profile (driver), "spool", NULL);
  g_autofree char *file = g_build_filename (spool, "left.json", NULL);

  import (driver, "", NULL);
  assay_driver_quit (driver);
  damage_store (driver);
  g_mkdir_with_parents (spool, 0700);
  g_file_set_contents (
      file,
      "{\"submission\":\"left\",\"account\":\"elsewhere\",\"task\":9,"
      "\"kind\":\"judgement\",\"method\":\"PUT\",\"target\":\"t\",\"created_at\":5,"
      "\"body\":\"{}\"}",
      -1, NULL);
  assay_driver_launch (driver, NULL, NULL);
  assay_driver_wait_text (driver, "The Workspace Was Damaged");
  assay_driver_close_dialog (driver);
  assay_driver_wait_text (driver, "1 waiting to be sent");
}

static void
act_preferences (AssayDriver *driver)
{
  assay_driver_practise (driver);
  assay_driver_press (driver, "<Control>comma");
  assay_driver_wait_text (driver, "Preferences");
}

static void
act_shortcuts (AssayDriver *driver)
{
  assay_driver_practise (driver);
  assay_driver_press (driver, "<Control>question");
  assay_driver_wait_text (driver, "Ways out of the task");
}

static void
act_narrow_judgement (AssayDriver *driver)
{
  act_practice_task (driver);
}

/* What a desktop says to every program: letters at one and a half times their size. */
static void
act_large_text (AssayDriver *driver)
{
  static const char resources[] = "Xft.dpi:\t144\n";
  Display *display = XOpenDisplay (NULL);

  g_assert_nonnull (display);
  XChangeProperty (display, DefaultRootWindow (display), XA_RESOURCE_MANAGER, XA_STRING, 8,
                   PropModeReplace, (const unsigned char *) resources, sizeof resources - 1);
  XCloseDisplay (display);
  act_practice_task (driver);
}

/* The sheet for an imported project, from the menu of its row. */
static void
open_export (AssayDriver *driver)
{
  g_autoptr (AtspiAccessible) project = NULL;
  g_autoptr (AtspiAccessible) item = NULL;
  g_autoptr (AtspiAccessible) confirm = NULL;

  import (driver, "", NULL);
  project = assay_driver_find (driver, ATSPI_ROLE_LIST_ITEM, "six-tasks…");
  assay_driver_tab_to (driver, project);
  assay_driver_press (driver, "<Shift>F10");
  item = assay_driver_find (driver, ATSPI_ROLE_MENU_ITEM, "Export Judgements…");
  assay_driver_press (driver, "Return");
  confirm = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Export…");
}

static void
act_export (AssayDriver *driver)
{
  g_autoptr (AtspiAccessible) format = NULL;

  open_export (driver);
  format = assay_driver_find (driver, ATSPI_ROLE_COMBO_BOX, "Format");
  assay_driver_tab_to (driver, format);
  assay_driver_press (driver, "space");
  assay_driver_press (driver, "Down");
  assay_driver_press (driver, "Return");
  assay_driver_wait_text (driver, "Pairs from a Ranking");
}

/* In a folder that is not there, or that of the profile. */
static void
export_to (AssayDriver *driver, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "shot", NULL);

  open_export (driver);
  assay_driver_press (driver, "<Alt>e");
  assay_driver_wait_text (driver, "Name:");
  assay_driver_press (driver, "<Control>a");
  assay_driver_type (driver, path);
  assay_driver_press (driver, "Return");
}

static void
act_export_done (AssayDriver *driver)
{
  export_to (driver, assay_driver_get_profile (driver));
  assay_driver_wait_text (driver, "6 rows written");
}

/* What came along with the tasks. */
static void
act_import_judgements (AssayDriver *driver)
{
  g_autofree char *file = g_build_filename (g_getenv ("ASSAY_SOURCE_DIR"), "tests", "ui", "data",
                                            "week.eval.jsonl", NULL);

  assay_driver_launch (driver, file, NULL);
  assay_driver_wait_button (driver, "Import");
  assay_driver_press (driver, "<Alt>i");
  assay_driver_wait_text (driver, "2 tasks imported");
}

/* Names that run one way in sentences that run the other. */
static void
act_names (AssayDriver *driver)
{
  g_autofree char *file =
      g_build_filename (assay_driver_get_profile (driver), "מטלות 7.jsonl", NULL);
  g_autoptr (AtspiAccessible) confirm = NULL;
  static const char *const titles[] = { "מטלה 1", "Task مرحبا 1", "Which is shorter (7)?" };
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    g_string_append_printf (lines,
                            "{\"id\":\"%u\",\"title\":\"%s\",\"language\":\"he\",\"prompt\":"
                            "\"Which?\",\"responses\":[{\"id\":\"r1\",\"content\":\"One\"},"
                            "{\"id\":\"r2\",\"content\":\"Two\"}]}\n",
                            i, titles[i]);
  g_mkdir_with_parents (assay_driver_get_profile (driver), 0700);
  g_file_set_contents (file, lines->str, -1, NULL);
  assay_driver_launch (driver, file, NULL);
  confirm = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Import");
  assay_driver_wait (driver, "the preview", is_sensitive, confirm);
  assay_driver_press (driver, "<Alt>i");
  assay_driver_wait_text (driver, titles[1]);
}

/* Each can be taken in the variants, too. */
static const Scene scenes[] = {
  { "names", act_names, 1280, 800, TRUE },
  { "welcome", act_welcome, 1280, 800, TRUE },
  { "welcome-rescued", act_welcome_rescued, 1280, 800, TRUE },
  { "import", act_import, 1280, 800, TRUE },
  { "import-places", act_import_places, 1280, 800, TRUE },
  { "import-judgements", act_import_judgements, 1280, 800, TRUE },
  { "export", act_export, 1280, 800, TRUE },
  { "export-done", act_export_done, 1280, 800, TRUE },
  { "inbox", act_inbox, 1280, 800, TRUE },
  { "inbox-empty", act_inbox_empty, 1280, 800, TRUE },
  { "compare", act_compare, 1280, 800, TRUE },
  { "differences", act_differences, 1280, 800, TRUE },
  { "additions", act_additions, 1280, 800, TRUE },
  { "against-all", act_against_all, 1280, 800, TRUE },
  { "find", act_find, 1280, 800, TRUE },
  { "maths", act_maths, 1280, 850, TRUE },
  { "constructs", act_constructs, 1860, 1560, TRUE },
  { "constructs-b", act_constructs_b, 1860, 1560, TRUE },
  { "image", act_image, 1280, 800, TRUE },
  { "image-cell", act_image_cell, 1280, 800, TRUE },
  { "rubric", act_rubric, 1280, 800, TRUE },
  { "instructions", act_instructions, 1280, 800, TRUE },
  { "grid", act_grid, 1280, 800, TRUE },
  { "ranking", act_ranking, 1280, 800, TRUE },
  { "spans", act_spans, 1280, 800, TRUE },
  { "spans-comment", act_spans_comment, 1280, 800, TRUE },
  { "claims", act_claims, 1280, 800, TRUE },
  { "claims-many", act_claims_many, 1280, 800, TRUE },
  { "grounding", act_grounding, 1280, 800, TRUE },
  { "rewrite", act_rewrite, 1280, 800, TRUE },
  { "rewrite-differences", act_rewrite_differences, 1280, 800, TRUE },
  { "write", act_write, 1280, 800, TRUE },
  { "write-preview", act_write_preview, 1280, 800, TRUE },
  { "practice", assay_driver_practise, 1280, 800, TRUE },
  { "practice-task", act_practice_task, 1280, 800, TRUE },
  { "guideline", act_guideline, 1280, 800, TRUE },
  { "gold", act_gold, 1280, 800, TRUE },
  { "ways-out", act_ways_out, 1280, 800, TRUE },
  { "unsaved", act_unsaved, 1280, 800, TRUE },
  { "outbox", act_outbox, 1280, 800, TRUE },
  { "outbox-empty", act_outbox_empty, 1280, 800, TRUE },
  { "preferences", act_preferences, 1280, 800, TRUE },
  { "shortcuts", act_shortcuts, 0, 0, FALSE },
  { "troubleshooting", act_troubleshooting, 1280, 800, TRUE },
  { "report", act_report, 1280, 800, TRUE },
  { "rescue", act_rescue, 1280, 800, TRUE },
  { "accounts", open_accounts, 1280, 800, TRUE },
  { "account", act_account, 1280, 800, TRUE },
  { "account-project", act_account_project, 1280, 800, TRUE },
  { "account-sign-in", act_account_sign_in, 1280, 800, TRUE },
  { "claim", act_claim, 1280, 800, TRUE },
  { "two-drafts", act_two_drafts, 1280, 800, TRUE },
  { "returned", act_returned, 1280, 800, TRUE },
  { "guideline-changes", act_guideline_changes, 1280, 800, TRUE },
  { "account-add", act_account_add, 1280, 800, TRUE },
  { "dark", act_compare, 1280, 800, FALSE },
  { "narrow", assay_driver_practise, 360, 640, FALSE },
  { "narrow-judgement", act_narrow_judgement, 360, 640, FALSE },
  { "medium", act_practice_task, 860, 700, FALSE },
  { "large-text", act_large_text, 1280, 800, FALSE },
  { "high-contrast", act_practice_task, 1280, 800, FALSE },
  { "rtl", act_grid, 1280, 800, FALSE },
};

/* What was pressed last may not be painted yet: the picture counts once the next is the same. The
 * caret blinks and the clock goes on, so that two may differ a few times for nothing. */
static void
take_settled (AssayDriver *driver, const char *file)
{
  g_autoptr (GBytes) before = NULL;

  for (int i = 0; i < MAX_PICTURES; i++)
    {
      g_autofree char *contents = NULL;
      gsize length;
      g_autoptr (GBytes) now = NULL;

      assay_driver_screenshot_window (driver, file);
      g_assert_true (g_file_get_contents (file, &contents, &length, NULL));
      now = g_bytes_new_take (g_steal_pointer (&contents), length);
      if (before != NULL && g_bytes_equal (before, now))
        return;
      g_clear_pointer (&before, g_bytes_unref);
      before = g_steal_pointer (&now);
    }
}

static const Scene *
find_scene (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (scenes); i++)
    if (g_str_equal (scenes[i].name, name))
      return &scenes[i];
  return NULL;
}

/* @prefix: set to the variant's, or to NULL. */
static const Scene *
find_variant (const char *name, const char **prefix)
{
  const Scene *scene = find_scene (name);

  *prefix = NULL;
  for (gsize i = 0; scene == NULL && i < G_N_ELEMENTS (variants); i++)
    if (g_str_has_prefix (name, variants[i]))
      {
        *prefix = variants[i];
        scene = find_scene (name + strlen (variants[i]));
      }
  return scene;
}

static void
list_scenes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (scenes); i++)
    {
      g_print ("%s\n", scenes[i].name);
      for (gsize j = 0; scenes[i].has_variants && j < G_N_ELEMENTS (variants); j++)
        g_print ("%s%s\n", variants[j], scenes[i].name);
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (AssayDriver) driver = NULL;
  const Scene *scene;
  const char *variant;

  if (argc == 2 && g_str_equal (argv[1], "list"))
    {
      list_scenes ();
      return 0;
    }
  if (argc != 3)
    {
      g_printerr ("usage: shoot list | SCENE FILE\n");
      return 2;
    }
  scene = find_variant (argv[1], &variant);
  if (scene == NULL)
    {
      g_printerr ("no such scene: %s\n", argv[1]);
      return 2;
    }
  driver = assay_driver_new (NULL, NULL);
  scene->act (driver);
  if (g_strcmp0 (variant, NARROW) == 0)
    assay_driver_resize (driver, NARROW_WIDTH + 2 * FRAME,
                         (scene->height > SCREEN_HEIGHT ? scene->height : NARROW_HEIGHT)
                             + 2 * FRAME);
  /* A window of its own that is as large as it needs. */
  else if (scene->width > 0)
    assay_driver_resize (driver, scene->width + 2 * FRAME, scene->height + 2 * FRAME);
  take_settled (driver, argv[2]);
  assay_driver_kill (driver);
  platform_scenes_end ();
  return 0;
}
