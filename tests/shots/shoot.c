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

#include "assay-driver-platform.h"
#include "assay-driver-script.h"

/* Without a compositor a window has a frame where its shadow would be; the caller cuts it off. */
#define FRAME 5

#define MAX_PICTURES 12

typedef struct
{
  const char *name;
  void (*act) (AssayDriver *driver);
  int width;
  int height;
} Scene;

static AssayDriverPlatform *platform = NULL; /* (owned) (nullable) */

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
act_maths (AssayDriver *driver)
{
  assay_driver_import (driver, "maths-tasks.jsonl", NULL);
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

/* Signed in at the reference platform, which runs until the picture is taken. */
static void
connect (AssayDriver *driver)
{
  platform = assay_driver_platform_new ("--copies=3");
  assay_driver_connect (driver, platform);
  assay_driver_launch (driver, NULL, NULL);
  assay_driver_wait_for (driver, ATSPI_ROLE_LIST_ITEM, "Criterion by criterion…");
}

static void
open_accounts (AssayDriver *driver)
{
  connect (driver);
  assay_driver_open_accounts (driver);
  assay_driver_wait_text (driver, "Add Account…");
}

static void
act_claim (AssayDriver *driver)
{
  connect (driver);
  assay_driver_choose_place (driver, "Criterion by criterion…");
  assay_driver_wait_for (driver, ATSPI_ROLE_BUTTON, "Claim 5");
}

static void
act_account (AssayDriver *driver)
{
  open_accounts (driver);
  assay_driver_press (driver, "Down");
  assay_driver_press (driver, "Return");
  assay_driver_wait_for (driver, ATSPI_ROLE_BUTTON, "Test Connection");
}

/* With what is chosen for a project. */
static void
act_account_project (AssayDriver *driver)
{
  act_account (driver);
  assay_driver_tab_to_named (driver, ATSPI_ROLE_LIST_ITEM, "Everyday answers, side by side");
  assay_driver_press (driver, "space");
  assay_driver_wait_for (driver, ATSPI_ROLE_SPIN_BUTTON, "Tasks to Keep Here…");
}

static void
act_account_sign_in (AssayDriver *driver)
{
  act_account (driver);
  assay_driver_tab_to_named (driver, ATSPI_ROLE_LIST_ITEM, "Sign In Again…");
  assay_driver_press (driver, "Return");
  assay_driver_wait_for (driver, ATSPI_ROLE_TEXT, "Token");
}

/* The first of some claimed tasks. */
static void
claim_first (AssayDriver *driver, const char *project)
{
  g_autoptr (AtspiAccessible) list = NULL;
  g_autoptr (AtspiAccessible) row = NULL;

  connect (driver);
  assay_driver_choose_place (driver, project);
  assay_driver_press_button (driver, "Claim 5");
  list = assay_driver_find (driver, ATSPI_ROLE_LIST, "Tasks");
  row = assay_driver_find_in (driver, list, ATSPI_ROLE_LIST_ITEM, NULL);
  assay_driver_tab_to (driver, row);
  assay_driver_press (driver, "Return");
  assay_driver_wait_task (driver);
  assay_driver_wait_button (driver, "Submit");
}

static void
act_returned (AssayDriver *driver)
{
  g_autoptr (AtspiAccessible) row = NULL;

  assay_driver_set_undo_window (driver, 5);
  claim_first (driver, "Free for all…");
  assay_driver_wait_for (driver, ATSPI_ROLE_RADIO_BUTTON, "Warm…");
  assay_driver_press (driver, "1");
  assay_driver_press (driver, "<Control>Return");
  assay_driver_wait_button (driver, "Undo");
  assay_driver_press (driver, "Escape");
  assay_driver_wait_for (driver, ATSPI_ROLE_LIST_ITEM, "Sent, 1 task");
  assay_driver_platform_control (
      platform, "return",
      "{\"message\":\"It is polite, but is it **warm**? Compare the guideline, *Tone*:\\n\\n"
      "- warm: says that it understands\\n- plain: says what there is to do\"}");
  assay_driver_press (driver, "F5");
  assay_driver_wait_for (driver, ATSPI_ROLE_LIST_ITEM, "Returned, 1 task");
  assay_driver_choose_place (driver, "Returned, 1 task");
  row = assay_driver_find (driver, ATSPI_ROLE_LIST_ITEM, "I failed my exam.…");
  assay_driver_tab_to (driver, row);
  assay_driver_press (driver, "Return");
  assay_driver_wait_task (driver);
  assay_driver_wait_text (driver, "is it warm?");
}

static void
act_guideline_changes (AssayDriver *driver)
{
  claim_first (driver, "Criterion by criterion…");
  assay_driver_press (driver, "<Control>r");
  assay_driver_type (driver, "@A is right.");
  assay_driver_wait_text (driver, "Saved");
  assay_driver_platform_control (
      platform, "publish-guideline",
      "{\"guideline\":\"criteria\",\"must_ack\":true,\"summary\":\"Sources count from now on.\","
      "\"body\":\"# Criterion by criterion\\n\\nScore each answer by itself.\\n\\n## Sources\\n\\n"
      "An answer that names its source is complete.\\n\"}");
  assay_driver_press (driver, "F5");
  assay_driver_press_button (driver, "Show Changes…");
  assay_driver_wait_text (driver, "Sources count from now on.");
}

/* From the welcome page. */
static void
act_account_add (AssayDriver *driver)
{
  assay_driver_launch (driver, NULL, NULL);
  assay_driver_press_button (driver, "Connect a Platform…");
  assay_driver_wait_for (driver, ATSPI_ROLE_TEXT, "Address");
}

static const Scene scenes[] = {
  { "names", act_names, 1280, 800 },
  { "rtl-names", act_names, 1280, 800 },
  { "welcome", act_welcome, 1280, 800 },
  { "welcome-rescued", act_welcome_rescued, 1280, 800 },
  { "import", act_import, 1280, 800 },
  { "import-places", act_import_places, 1280, 800 },
  { "import-judgements", act_import_judgements, 1280, 800 },
  { "export", act_export, 1280, 800 },
  { "export-done", act_export_done, 1280, 800 },
  { "inbox", act_inbox, 1280, 800 },
  { "inbox-empty", act_inbox_empty, 1280, 800 },
  { "compare", act_compare, 1280, 800 },
  { "differences", act_differences, 1280, 800 },
  { "additions", act_additions, 1280, 800 },
  { "find", act_find, 1280, 800 },
  { "dark-find", act_find, 1280, 800 },
  { "narrow-find", act_find, 360, 640 },
  { "rtl-find", act_find, 1280, 800 },
  { "maths", act_maths, 1280, 850 },
  { "dark-maths", act_maths, 1280, 850 },
  { "narrow-maths", act_maths, 360, 800 },
  { "rubric", act_rubric, 1280, 800 },
  { "instructions", act_instructions, 1280, 800 },
  { "narrow-instructions", act_instructions, 360, 640 },
  { "grid", act_grid, 1280, 800 },
  { "ranking", act_ranking, 1280, 800 },
  { "practice", assay_driver_practise, 1280, 800 },
  { "practice-task", act_practice_task, 1280, 800 },
  { "guideline", act_guideline, 1280, 800 },
  { "gold", act_gold, 1280, 800 },
  { "ways-out", act_ways_out, 1280, 800 },
  { "narrow-ways-out", act_ways_out, 360, 640 },
  { "unsaved", act_unsaved, 1280, 800 },
  { "dark-unsaved", act_unsaved, 1280, 800 },
  { "narrow-unsaved", act_unsaved, 360, 640 },
  { "rtl-unsaved", act_unsaved, 1280, 800 },
  { "outbox", act_outbox, 1280, 800 },
  { "outbox-empty", act_outbox_empty, 1280, 800 },
  { "preferences", act_preferences, 1280, 800 },
  { "shortcuts", act_shortcuts, 0, 0 },
  { "troubleshooting", act_troubleshooting, 1280, 800 },
  { "report", act_report, 1280, 800 },
  { "rescue", act_rescue, 1280, 800 },
  { "accounts", open_accounts, 1280, 800 },
  { "dark-accounts", open_accounts, 1280, 800 },
  { "narrow-accounts", open_accounts, 360, 640 },
  { "rtl-accounts", open_accounts, 1280, 800 },
  { "account", act_account, 1280, 800 },
  { "dark-account", act_account, 1280, 800 },
  { "narrow-account", act_account, 360, 640 },
  { "rtl-account", act_account, 1280, 800 },
  { "account-project", act_account_project, 1280, 800 },
  { "account-sign-in", act_account_sign_in, 1280, 800 },
  { "narrow-account-sign-in", act_account_sign_in, 360, 640 },
  { "claim", act_claim, 1280, 800 },
  { "dark-claim", act_claim, 1280, 800 },
  { "narrow-claim", act_claim, 360, 640 },
  { "rtl-claim", act_claim, 1280, 800 },
  { "returned", act_returned, 1280, 800 },
  { "dark-returned", act_returned, 1280, 800 },
  { "rtl-returned", act_returned, 1280, 800 },
  { "guideline-changes", act_guideline_changes, 1280, 800 },
  { "dark-guideline-changes", act_guideline_changes, 1280, 800 },
  { "narrow-guideline-changes", act_guideline_changes, 360, 640 },
  { "account-add", act_account_add, 1280, 800 },
  { "dark-account-add", act_account_add, 1280, 800 },
  { "narrow-account-add", act_account_add, 360, 640 },
  { "rtl-account-add", act_account_add, 1280, 800 },
  { "dark", act_compare, 1280, 800 },
  { "dark-differences", act_differences, 1280, 800 },
  { "dark-grid", act_grid, 1280, 800 },
  { "dark-inbox", act_inbox, 1280, 800 },
  { "dark-import", act_import_places, 1280, 800 },
  { "narrow-import", act_import_places, 360, 640 },
  { "rtl-import", act_import_places, 1280, 800 },
  { "dark-export", act_export, 1280, 800 },
  { "narrow-export", act_export, 360, 640 },
  { "rtl-export", act_export, 1280, 800 },
  { "dark-troubleshooting", act_troubleshooting, 1280, 800 },
  { "narrow-troubleshooting", act_troubleshooting, 360, 640 },
  { "rtl-troubleshooting", act_troubleshooting, 1280, 800 },
  { "dark-outbox", act_outbox, 1280, 800 },
  { "narrow-outbox", act_outbox, 360, 640 },
  { "rtl-outbox", act_outbox, 1280, 800 },
  { "dark-outbox-empty", act_outbox_empty, 1280, 800 },
  { "dark-welcome-rescued", act_welcome_rescued, 1280, 800 },
  { "narrow-welcome-rescued", act_welcome_rescued, 360, 640 },
  { "rtl-welcome-rescued", act_welcome_rescued, 1280, 800 },
  { "dark-rescue", act_rescue, 1280, 800 },
  { "narrow-rescue", act_rescue, 360, 640 },
  { "rtl-rescue", act_rescue, 1280, 800 },
  { "narrow", assay_driver_practise, 360, 640 },
  { "narrow-compare", act_compare, 360, 640 },
  { "narrow-judgement", act_narrow_judgement, 360, 640 },
  { "medium", act_practice_task, 860, 700 },
  { "large-text", act_large_text, 1280, 800 },
  { "high-contrast", act_practice_task, 1280, 800 },
  { "rtl", act_grid, 1280, 800 },
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

int
main (int argc, char *argv[])
{
  if (argc == 2 && g_str_equal (argv[1], "list"))
    {
      for (gsize i = 0; i < G_N_ELEMENTS (scenes); i++)
        g_print ("%s\n", scenes[i].name);
      return 0;
    }
  if (argc != 3)
    {
      g_printerr ("usage: shoot list | SCENE FILE\n");
      return 2;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (scenes); i++)
    {
      g_autoptr (AssayDriver) driver = NULL;

      if (!g_str_equal (scenes[i].name, argv[1]))
        continue;
      driver = assay_driver_new (NULL, NULL);
      scenes[i].act (driver);
      /* A window of its own that is as large as it needs. */
      if (scenes[i].width > 0)
        assay_driver_resize (driver, scenes[i].width + 2 * FRAME, scenes[i].height + 2 * FRAME);
      take_settled (driver, argv[2]);
      assay_driver_kill (driver);
      g_clear_pointer (&platform, assay_driver_platform_free);
      return 0;
    }
  g_printerr ("no such scene: %s\n", argv[1]);
  return 2;
}
