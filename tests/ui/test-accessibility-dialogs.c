/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of tasks, and each dialog, panel and bar, as assistive technology and the Tab key find
 * it; each is closed by Escape, which leads back to where the person came from. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#include "assay-driver-platform.h"
#include "assay-driver-script.h"
#include "assay-driver.h"
#include "page-audit.h"

static void
open_task (AssayDriver *driver, const char *name)
{
  g_autoptr (AtspiAccessible) row = NULL;

  assay_driver_import (driver, "six-tasks.jsonl", NULL);
  row = assay_driver_find (driver, ATSPI_ROLE_LIST_ITEM, name);
  while (!assay_driver_has_state (row, ATSPI_STATE_FOCUSED))
    {
      g_autoptr (AtspiAccessible) before = assay_driver_get_focused (driver);
      g_autoptr (AtspiAccessible) next = NULL;

      assay_driver_press (driver, "Down");
      next = assay_driver_wait_focus_from (driver, before);
    }
  assay_driver_press (driver, "Return");
  assay_driver_wait_task (driver);
  assay_driver_wait_button (driver, "Submit");
}

static void
test_inbox (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (PageAudit) audit = page_audit_new (driver);

  assay_driver_import (driver, "six-tasks.jsonl", NULL);
  page_audit_walk (audit, "inbox");

  assay_driver_press (driver, "<Control>f");
  assay_driver_type (driver, "haiku");
  assay_driver_wait_gone (driver, ATSPI_ROLE_LIST_ITEM, "Which answer explains tides better?…");
  page_audit_walk (audit, "search");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_ENTRY, "Search tasks");
  assay_driver_press (driver, "Escape");
  /* What was found stays chosen. */
  assay_driver_wait_focused_role (driver, ATSPI_ROLE_LIST_ITEM);

  assay_driver_tab_to_named (driver, ATSPI_ROLE_TOGGLE_BUTTON, "Sort and Filter");
  page_audit_enter (audit);
  assay_driver_press (driver, "space");
  assay_driver_wait_for (driver, ATSPI_ROLE_MENU_ITEM, "Project Order");
  page_audit_look (audit, "sort menu");
  page_audit_leave (audit, "sort menu");

  assay_driver_tab_to_named (driver, ATSPI_ROLE_BUTTON, "All drafts saved");
  page_audit_enter (audit);
  assay_driver_press (driver, "Return");
  assay_driver_wait_text (driver, "Nothing Waits");
  page_audit_look (audit, "empty outbox");
  page_audit_leave (audit, "empty outbox");

  assay_driver_tab_to_named (driver, ATSPI_ROLE_LIST_ITEM, "six-tasks…");
  page_audit_enter (audit);
  assay_driver_press (driver, "Menu");
  assay_driver_wait_for (driver, ATSPI_ROLE_MENU_ITEM, "Export Judgements…");
  page_audit_look (audit, "menu of a project");
  assay_driver_press (driver, "e");
  assay_driver_wait_for (driver, ATSPI_ROLE_COMBO_BOX, "Format");
  page_audit_walk (audit, "export");
  page_audit_leave (audit, "export");
  assay_driver_press (driver, "Menu");
  assay_driver_wait_for (driver, ATSPI_ROLE_MENU_ITEM, "Remove Project…");
  assay_driver_press (driver, "r");
  assay_driver_wait_text (driver, "Remove “six-tasks”?");
  page_audit_walk (audit, "removal of a project");
  page_audit_leave (audit, "removal of a project");

  /* The project that is shown, by the main menu as well. */
  assay_driver_press (driver, "F10");
  assay_driver_wait_for (driver, ATSPI_ROLE_MENU_ITEM, "Export Judgements…");
  assay_driver_press (driver, "e");
  assay_driver_wait_for (driver, ATSPI_ROLE_COMBO_BOX, "Format");
  page_audit_finish (audit);
  assay_driver_kill (driver);
}

/* What waits for a platform that nobody is signed in to waits for as long as one looks at it. */
static void
test_outbox (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (PageAudit) audit = page_audit_new (driver);
  g_autoptr (AssayDriverPlatform) platform = assay_driver_platform_new (NULL);
  g_autoptr (AtspiAccessible) nothing = NULL;

  assay_driver_connect (driver, platform);
  assay_driver_launch (driver, NULL, NULL);
  assay_driver_wait_for (driver, ATSPI_ROLE_LIST_ITEM, "Free for all…");
  assay_driver_choose_place (driver, "Free for all…");
  assay_driver_press_button (driver, "Claim…");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_LIST_ITEM, "I failed my exam.…");
  assay_driver_press (driver, "Return");
  assay_driver_wait_task (driver);
  assay_driver_wait_for (driver, ATSPI_ROLE_RADIO_BUTTON, "Warm…");
  assay_driver_platform_stop (platform);
  assay_driver_press (driver, "1");
  assay_driver_press (driver, "<Control>Return");
  assay_driver_wait_button (driver, "Undo");
  assay_driver_quit (driver);

  /* The token was kept for the session only. */
  assay_driver_setenv (driver, "ASSAY_CONNECT", NULL);
  assay_driver_launch (driver, NULL, NULL);
  assay_driver_tab_to_named (driver, ATSPI_ROLE_BUTTON,
                             "Signed Out · All drafts saved · 1 waiting to be sent");
  page_audit_enter (audit);
  assay_driver_press (driver, "Return");
  assay_driver_wait_for (driver, ATSPI_ROLE_BUTTON, "Take Back: I failed my exam.");
  page_audit_walk (audit, "outbox");
  /* What had the focus goes with its row. */
  assay_driver_tab_to_named (driver, ATSPI_ROLE_BUTTON, "Take Back: I failed my exam.");
  assay_driver_press (driver, "Return");
  nothing = assay_driver_find (driver, ATSPI_ROLE_GROUPING, "Nothing Waits");
  assay_driver_wait_focused (driver, nothing);
  page_audit_leave (audit, "outbox");
  page_audit_finish (audit);
  assay_driver_kill (driver);
}

static char *
write_file (AssayDriver *driver, const char *name, const char *contents)
{
  g_autofree char *file = g_build_filename (assay_driver_get_profile (driver), name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (file, contents, -1, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&file);
}

/* Each page of the sheet. */
static void
test_import (void)
{
  static const char records[] =
      "{\"prompt\": \"Name a river.\", \"response_a\": \"The Nile.\", \"response_b\": \"Rhine\"}\n"
      "{\"prompt\": \n"
      "{\"prompt\": \"Name a hill.\", \"response_a\": \"None.\", \"response_b\": \"Box Hill\"}\n";
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (PageAudit) audit = page_audit_new (driver);
  g_autofree char *file = write_file (driver, "pairs.jsonl", records);
  g_autofree char *empty = write_file (driver, "empty.json", "[]");
  g_autoptr (AtspiAccessible) form = NULL;

  assay_driver_launch (driver, empty, NULL);
  assay_driver_wait_text (driver, "No Tasks Found");
  page_audit_walk (audit, "import of nothing");
  assay_driver_close_dialog (driver);
  page_audit_walk (audit, "welcome after an import of nothing");
  assay_driver_kill (driver);

  assay_driver_launch (driver, file, NULL);
  assay_driver_wait_button (driver, "Import");
  page_audit_walk (audit, "import");
  form = assay_driver_find (driver, ATSPI_ROLE_COMBO_BOX, "Form");
  assay_driver_tab_to (driver, form);
  page_audit_enter (audit);
  assay_driver_press (driver, "space");
  assay_driver_wait_focused_role (driver, ATSPI_ROLE_LIST_ITEM);
  page_audit_leave (audit, "forms");
  /* The second has criteria that are typed in. */
  assay_driver_press (driver, "space");
  assay_driver_wait_focused_role (driver, ATSPI_ROLE_LIST_ITEM);
  assay_driver_press (driver, "Home");
  assay_driver_press (driver, "Down");
  assay_driver_press (driver, "Return");
  assay_driver_wait_for (driver, ATSPI_ROLE_SPIN_BUTTON, "Highest Score…");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_LIST_ITEM, "Where Things Are in the Files");
  assay_driver_press (driver, "space");
  assay_driver_wait_for (driver, ATSPI_ROLE_COMBO_BOX, "Response 1");
  page_audit_walk (audit, "import with places and criteria");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_TEXT, "Criteria");
  assay_driver_type (driver, "Truth: it is so");
  assay_driver_wait_button (driver, "Import");
  assay_driver_press (driver, "<Alt>i");
  assay_driver_wait_text (driver, "Not Imported");
  page_audit_walk (audit, "import with a bad record");
  assay_driver_close_dialog (driver);
  page_audit_walk (audit, "inbox after an import");
  page_audit_finish (audit);
  assay_driver_kill (driver);
}

/* What opens over a task or beside it. */
static void
test_task (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (PageAudit) audit = page_audit_new (driver);

  open_task (driver, "Which answer explains tides better?…");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_SLIDER, "Overall preference");
  page_audit_enter (audit);
  assay_driver_press (driver, "<Control><Shift>x");
  assay_driver_wait_for (driver, ATSPI_ROLE_RADIO_BUTTON, "Out of Expertise");
  page_audit_walk (audit, "ways out");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_RADIO_BUTTON, "Not Ratable");
  assay_driver_press (driver, "space");
  assay_driver_wait_for (driver, ATSPI_ROLE_COMBO_BOX, "Reason");
  page_audit_walk (audit, "ways out with a reason");
  page_audit_leave (audit, "ways out");

  assay_driver_press (driver, "<Control>comma");
  assay_driver_wait_text (driver, "Submitting and Time");
  page_audit_leave (audit, "preferences over a task");

  assay_driver_press (driver, "<Control>f");
  assay_driver_type (driver, "sea");
  assay_driver_wait_button (driver, "Next Match");
  page_audit_walk (audit, "find");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_ENTRY, "Find in all texts of this task");
  page_audit_leave (audit, "find");
  assay_driver_wait_gone (driver, ATSPI_ROLE_ENTRY, "Find in all texts of this task");

  assay_driver_press (driver, "<Control>d");
  assay_driver_wait_text (driver, "have no counterpart");
  page_audit_walk (audit, "differences");
  assay_driver_press (driver, "<Control>d");

  assay_driver_press (driver, "<Control>Return");
  assay_driver_wait_for (driver, ATSPI_ROLE_BUTTON, "Hide");
  page_audit_walk (audit, "what stands against a submission");

  assay_driver_press (driver, "<Control>r");
  assay_driver_press (driver, "Escape");
  assay_driver_press (driver, "f");
  assay_driver_wait_text (driver, "Private Note");
  page_audit_walk (audit, "notes");
  page_audit_finish (audit);
  assay_driver_kill (driver);
}

/* The disk fails. */
static void
test_unsaved (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (PageAudit) audit = page_audit_new (driver);

  open_task (driver, "Which answer explains tides better?…");
  assay_driver_refuse_writes (driver);
  assay_driver_press (driver, "2");
  assay_driver_wait_for (driver, ATSPI_ROLE_BUTTON, "What to Do…");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_BUTTON, "What to Do…");
  page_audit_enter (audit);
  assay_driver_press (driver, "Return");
  assay_driver_wait_for (driver, ATSPI_ROLE_BUTTON, "Export…");
  page_audit_walk (audit, "unsaved work");
  page_audit_leave (audit, "unsaved work");
  page_audit_finish (audit);
  assay_driver_kill (driver);
}

static void
test_practice (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (PageAudit) audit = page_audit_new (driver);

  assay_driver_practise (driver);
  assay_driver_press (driver, "Return");
  assay_driver_wait_task (driver);
  assay_driver_wait_focused_role (driver, ATSPI_ROLE_SLIDER);
  assay_driver_press (driver, "F1");
  assay_driver_wait_for (driver, ATSPI_ROLE_ENTRY, "Search the guideline");
  page_audit_walk (audit, "guideline");

  assay_driver_tab_to_named (driver, ATSPI_ROLE_PAGE_TAB, "Guideline");
  assay_driver_press (driver, "F1");
  assay_driver_wait_for (driver, ATSPI_ROLE_TEXT, "Rationale…");
  assay_driver_press (driver, "2");
  assay_driver_press (driver, "<Control>r");
  assay_driver_type (driver, "@A knows the rule for century years, while @B states the opposite.");
  assay_driver_press (driver, "<Control>Return");
  assay_driver_wait_button (driver, "Go On");
  page_audit_walk (audit, "comparison with the reference");
  assay_driver_press (driver, "Escape");
  assay_driver_wait_gone (driver, ATSPI_ROLE_BUTTON, "Go On");
  assay_driver_wait_text (driver, "2 of 27");
  page_audit_walk (audit, "the task after a comparison");
  page_audit_finish (audit);
  assay_driver_kill (driver);
}

/* What opens over one line of a form. */
static void
test_comment (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (PageAudit) audit = page_audit_new (driver);

  open_task (driver, "Check the constraints…");
  assay_driver_wait_focused_role (driver, ATSPI_ROLE_SLIDER);
  page_audit_enter (audit);
  assay_driver_press (driver, "c");
  assay_driver_wait_focused_role (driver, ATSPI_ROLE_TEXT);
  assay_driver_type (driver, "Two lines are missing.");
  assay_driver_wait_text (driver, "Two lines are missing.");
  page_audit_look (audit, "comment");
  page_audit_leave (audit, "comment");
  page_audit_finish (audit);
  assay_driver_kill (driver);
}

/* A profile that a version of the future wrote: its number is in the header. */
static void
write_future_version (AssayDriver *driver)
{
  const gsize offset = 60;
  g_autofree char *file = g_build_filename (assay_driver_get_profile (driver), "assay.db", NULL);
  g_autofree char *content = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (file, &content, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (length, >, offset + 4);
  memset (content + offset, 0x7f, 4);
  g_file_set_contents (file, content, (gssize) length, &error);
  g_assert_no_error (error);
}

/* Where there is no workspace to show. */
static void
test_trouble (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (PageAudit) audit = page_audit_new (driver);

  assay_driver_launch (driver, NULL, NULL);
  assay_driver_wait_for (driver, ATSPI_ROLE_BUTTON, "Start Practising");
  assay_driver_quit (driver);
  write_future_version (driver);
  assay_driver_launch (driver, NULL, NULL);
  assay_driver_wait_text (driver, "newer");
  page_audit_walk (audit, "trouble");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_BUTTON, "Troubleshooting");
  page_audit_enter (audit);
  assay_driver_press (driver, "Return");
  assay_driver_wait_for (driver, ATSPI_ROLE_DIALOG, "Troubleshooting");
  page_audit_walk (audit, "troubleshooting without a workspace");
  page_audit_leave (audit, "troubleshooting without a workspace");
  page_audit_finish (audit);
  assay_driver_kill (driver);
}

/* From the question for an address to an account's page. */
static void
test_accounts (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (PageAudit) audit = page_audit_new (driver);
  g_autoptr (AssayDriverPlatform) platform = assay_driver_platform_new (NULL);
  g_autoptr (AtspiAccessible) list = NULL;
  g_autoptr (AtspiAccessible) row = NULL;

  assay_driver_connect (driver, platform);
  assay_driver_launch (driver, NULL, NULL);
  assay_driver_wait_for (driver, ATSPI_ROLE_LIST_ITEM, "Criterion by criterion…");
  assay_driver_choose_place (driver, "Criterion by criterion…");
  assay_driver_wait_button (driver, "Claim 5");
  page_audit_walk (audit, "claim");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_TOGGLE_BUTTON, "Main Menu");
  page_audit_enter (audit);
  assay_driver_open_accounts (driver);
  page_audit_walk (audit, "accounts");
  assay_driver_press_button (driver, "Add Account…");
  assay_driver_wait_focused_role (driver, ATSPI_ROLE_TEXT);
  page_audit_walk (audit, "address of a platform");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_TEXT, "Address");
  assay_driver_type (driver, assay_driver_platform_get_address (platform));
  assay_driver_press (driver, "Return");
  assay_driver_wait_for (driver, ATSPI_ROLE_TEXT, "Token");
  page_audit_walk (audit, "signing in");
  assay_driver_press (driver, "Escape");
  assay_driver_wait_focused_role (driver, ATSPI_ROLE_TEXT);
  assay_driver_press (driver, "Escape");
  assay_driver_wait_button (driver, "Add Account…");
  list = assay_driver_find (driver, ATSPI_ROLE_LIST, "Accounts");
  row = assay_driver_find_in (driver, list, ATSPI_ROLE_LIST_ITEM, "Example Evaluations");
  assay_driver_tab_to (driver, row);
  assay_driver_press (driver, "Return");
  assay_driver_wait_button (driver, "Test Connection");
  page_audit_walk (audit, "account");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_LIST_ITEM, "Free for all");
  assay_driver_press (driver, "space");
  assay_driver_wait_for (driver, ATSPI_ROLE_SPIN_BUTTON, "Tasks to Keep Here…");
  page_audit_walk (audit, "account with a project");
  assay_driver_press (driver, "Escape");
  assay_driver_wait_button (driver, "Add Account…");
  page_audit_leave (audit, "accounts");
  page_audit_finish (audit);
  assay_driver_kill (driver);
}

/* Dialogs as they are on a phone. */
static void
test_narrow (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (PageAudit) audit = page_audit_new (driver);

  open_task (driver, "Which answer explains tides better?…");
  assay_driver_resize (driver, 370, 650);
  assay_driver_wait_button (driver, "Submit");
  page_audit_enter (audit);
  assay_driver_press (driver, "<Control><Shift>x");
  assay_driver_wait_for (driver, ATSPI_ROLE_RADIO_BUTTON, "Out of Expertise");
  page_audit_walk (audit, "narrow ways out");
  page_audit_leave (audit, "narrow ways out");
  assay_driver_press (driver, "<Control>comma");
  assay_driver_wait_text (driver, "Submitting and Time");
  page_audit_walk (audit, "narrow preferences");
  page_audit_leave (audit, "narrow preferences");
  assay_driver_press (driver, "<Alt>Left");
  assay_driver_wait_focused_role (driver, ATSPI_ROLE_LIST_ITEM);
  assay_driver_press (driver, "<Alt>Left");
  assay_driver_wait_for (driver, ATSPI_ROLE_TOGGLE_BUTTON, "Main Menu");
  page_audit_enter (audit);
  assay_driver_open_troubleshooting (driver);
  page_audit_walk (audit, "narrow troubleshooting");
  page_audit_leave (audit, "narrow troubleshooting");
  page_audit_finish (audit);
  assay_driver_kill (driver);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/accessibility/inbox", test_inbox);
  g_test_add_func ("/accessibility/outbox", test_outbox);
  g_test_add_func ("/accessibility/comment", test_comment);
  g_test_add_func ("/accessibility/trouble", test_trouble);
  g_test_add_func ("/accessibility/narrow-dialogs", test_narrow);
  g_test_add_func ("/accessibility/accounts", test_accounts);
  g_test_add_func ("/accessibility/import", test_import);
  g_test_add_func ("/accessibility/task", test_task);
  g_test_add_func ("/accessibility/unsaved", test_unsaved);
  g_test_add_func ("/accessibility/guideline", test_practice);

  return g_test_run ();
}
