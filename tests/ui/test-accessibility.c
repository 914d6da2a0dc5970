/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every page and dialog that a person can reach, as assistive technology and the Tab key find it.
 */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <locale.h>

#include "assay-driver.h"
#include "assay-driver-script.h"
#include "page-audit.h"

#define N_PRACTICE_TASKS 27
#define WIDTH 1280
#define HEIGHT 800
#define NARROW_WIDTH 370
#define NARROW_HEIGHT 650

/* GTK tells no names of the items of its menus; their mnemonics are what a test can rely on. */
static void
wait_for_menu (AssayDriver *driver)
{
  g_autoptr (AtspiAccessible) item = assay_driver_find (driver, ATSPI_ROLE_MENU_ITEM, NULL);

  assay_driver_wait_focused (driver, item);
}

/* The welcome page and what its menu opens. */
static void
test_welcome (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (PageAudit) audit = page_audit_new (driver);
  g_autoptr (AtspiAccessible) menu = NULL;
  g_autoptr (AtspiAccessible) row = NULL;

  assay_driver_launch (driver, NULL, NULL);
  assay_driver_wait_button (driver, "Start Practising");
  page_audit_walk (audit, "welcome");

  menu = assay_driver_find (driver, ATSPI_ROLE_TOGGLE_BUTTON, "Main Menu");
  assay_driver_tab_to (driver, menu);
  page_audit_enter (audit);
  assay_driver_press (driver, "F10");
  wait_for_menu (driver);
  page_audit_look (audit, "main menu");
  assay_driver_press (driver, "a");
  assay_driver_wait_text (driver, "The Assay contributors");
  page_audit_walk (audit, "about");
  page_audit_leave (audit, "about");

  assay_driver_press (driver, "<Control>question");
  assay_driver_wait_text (driver, "Take back what was submitted last");
  page_audit_walk (audit, "shortcuts");
  page_audit_leave (audit, "shortcuts");

  assay_driver_press (driver, "<Control>comma");
  assay_driver_wait_text (driver, "Submitting and Time");
  page_audit_walk (audit, "preferences");
  page_audit_leave (audit, "preferences");
  assay_driver_press (driver, "<Control>comma");
  row = assay_driver_find (driver, ATSPI_ROLE_LIST_ITEM, "Keyboard Shortcuts");
  assay_driver_tab_to (driver, row);
  page_audit_enter (audit);
  assay_driver_press (driver, "Return");
  assay_driver_wait_text (driver, "Ways out of the task");
  page_audit_walk (audit, "keys");
  page_audit_leave (audit, "keys");
  page_audit_finish (audit);
  /* A dialog does not stand between a person and the end. */
  assay_driver_quit (driver);
}

/* Every task of the practice sets: all kinds of question. */
static void
test_practice (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (PageAudit) audit = page_audit_new (driver);

  assay_driver_practise (driver);
  assay_driver_wait_text (driver, "27 tasks");
  assay_driver_press (driver, "Return");
  assay_driver_wait_task (driver);
  for (guint i = 1; i <= N_PRACTICE_TASKS; i++)
    {
      g_autofree char *place = g_strdup_printf ("%u of %u", i, N_PRACTICE_TASKS);
      g_autofree char *page = g_strdup_printf ("practice task %u", i);

      assay_driver_wait_text (driver, place);
      assay_driver_wait_button (driver, "Submit");
      page_audit_walk (audit, page);
      assay_driver_press (driver, "<Control>Page_Down");
    }
  page_audit_finish (audit);
  assay_driver_kill (driver);
}

/* On a phone. */
static void
test_narrow (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (PageAudit) audit = page_audit_new (driver);
  g_autoptr (AtspiAccessible) row = NULL;

  assay_driver_import (driver, "six-tasks.jsonl", NULL);
  assay_driver_resize (driver, NARROW_WIDTH, NARROW_HEIGHT);
  page_audit_walk (audit, "narrow inbox");
  assay_driver_press (driver, "F10");
  assay_driver_wait_for (driver, ATSPI_ROLE_MENU_ITEM, "Keyboard Shortcuts");
  assay_driver_press (driver, "Escape");
  assay_driver_choose_place (driver, "Ready…");
  row = assay_driver_find (driver, ATSPI_ROLE_LIST_ITEM, "Which answer explains tides better?…");
  assay_driver_tab_to (driver, row);
  assay_driver_press (driver, "Return");
  assay_driver_wait_task (driver);
  assay_driver_wait_button (driver, "Judgement: 0 of 1 answered");
  page_audit_walk (audit, "narrow task");
  assay_driver_press (driver, "<Control>r");
  assay_driver_wait_text (driver, "Rationale");
  page_audit_walk (audit, "narrow judgement");
  page_audit_finish (audit);
  assay_driver_kill (driver);
}

typedef struct
{
  AtspiRole role;
  const char *name;
} Place;

static gboolean
is_focused (AssayDriver *driver, gpointer user_data)
{
  const Place *place = user_data;
  g_autoptr (AtspiAccessible) focused = assay_driver_get_focused (driver);
  g_autofree char *name = focused != NULL ? assay_driver_get_name (focused) : NULL;

  return focused != NULL && atspi_accessible_get_role (focused, NULL) == place->role
         && g_strcmp0 (name, place->name) == 0;
}

/* A window that becomes narrow or wide takes what has the focus along. */
static void
test_resized (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (PageAudit) audit = page_audit_new (driver);
  g_autoptr (AtspiAccessible) point = NULL;
  g_autoptr (AtspiAccessible) prompt = NULL;
  /* What moves to another parent is another object for assistive technology. */
  Place in_form = { ATSPI_ROLE_SLIDER, "Overall preference" };
  Place in_texts = { ATSPI_ROLE_TEXT, "Prompt" };

  assay_driver_import (driver, "six-tasks.jsonl", NULL);
  assay_driver_press (driver, "Return");
  assay_driver_wait_task (driver);
  assay_driver_wait_button (driver, "Submit");
  point = assay_driver_find (driver, in_form.role, in_form.name);
  assay_driver_tab_to (driver, point);
  assay_driver_resize (driver, NARROW_WIDTH, NARROW_HEIGHT);
  assay_driver_wait (driver, "the focus in the form", is_focused, &in_form);
  assay_driver_resize (driver, WIDTH, HEIGHT);
  page_audit_walk (audit, "task of a window that became wide");

  prompt = assay_driver_find (driver, in_texts.role, in_texts.name);
  assay_driver_tab_to (driver, prompt);
  assay_driver_resize (driver, NARROW_WIDTH, NARROW_HEIGHT);
  assay_driver_wait (driver, "the focus in the texts", is_focused, &in_texts);
  page_audit_walk (audit, "texts of a window that became narrow");
  page_audit_finish (audit);
  assay_driver_kill (driver);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/accessibility/welcome", test_welcome);
  g_test_add_func ("/accessibility/practice", test_practice);
  g_test_add_func ("/accessibility/narrow", test_narrow);
  g_test_add_func ("/accessibility/resized", test_resized);

  return g_test_run ();
}
