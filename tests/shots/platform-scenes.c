/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Scenes of work for a platform: the reference platform, with its demonstration data. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-driver-platform.h"
#include "assay-driver-script.h"
#include "platform-scenes.h"

static AssayDriverPlatform *platform = NULL; /* (owned) (nullable) */

/* Signed in at the reference platform, which runs until the picture is taken. */
static void
connect (AssayDriver *driver)
{
  platform = assay_driver_platform_new ("--copies=3");
  assay_driver_connect (driver, platform);
  assay_driver_launch (driver, NULL, NULL);
  assay_driver_wait_for (driver, ATSPI_ROLE_LIST_ITEM, "Criterion by criterion…");
}

void
open_accounts (AssayDriver *driver)
{
  connect (driver);
  assay_driver_open_accounts (driver);
  assay_driver_wait_text (driver, "Add Account…");
}

void
act_claim (AssayDriver *driver)
{
  connect (driver);
  assay_driver_choose_place (driver, "Criterion by criterion…");
  assay_driver_wait_for (driver, ATSPI_ROLE_BUTTON, "Claim 5");
}

void
act_account (AssayDriver *driver)
{
  open_accounts (driver);
  assay_driver_press (driver, "Down");
  assay_driver_press (driver, "Return");
  assay_driver_wait_for (driver, ATSPI_ROLE_BUTTON, "Test Connection");
}

/* With what is chosen for a project. */
void
act_account_project (AssayDriver *driver)
{
  act_account (driver);
  assay_driver_tab_to_named (driver, ATSPI_ROLE_LIST_ITEM, "Everyday answers, side by side");
  assay_driver_press (driver, "space");
  assay_driver_wait_for (driver, ATSPI_ROLE_SPIN_BUTTON, "Tasks to Keep Here…");
}

void
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

void
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

static gboolean
is_written_elsewhere (AssayDriver *driver, gpointer user_data)
{
  return assay_driver_platform_try_control (
      platform, "write-draft",
      "{\"device\":\"Laptop\",\"judgement\":{\"answers\":{\"correct\":{\"b\":{\"value\":5}}},"
      "\"rationale\":\"@{b} names its **source**, but says nothing of the costs.\"}}");
}

void
act_two_drafts (AssayDriver *driver)
{
  claim_first (driver, "Criterion by criterion…");
  assay_driver_press (driver, "4");
  assay_driver_press (driver, "3");
  assay_driver_press (driver, "<Control>r");
  assay_driver_type (driver, "@A is right, and shorter than the other.");
  assay_driver_wait_text (driver, "Saved");
  assay_driver_press (driver, "Escape");
  assay_driver_press (driver, "Escape");
  assay_driver_wait_tasks (driver, NULL);
  assay_driver_wait (driver, "the draft at the platform", is_written_elsewhere, NULL);
  assay_driver_press (driver, "F5");
  assay_driver_press (driver, "Return");
  assay_driver_wait_task (driver);
  assay_driver_press_button (driver, "Choose…");
  assay_driver_wait_text (driver, "the costs.");
}

void
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
void
act_account_add (AssayDriver *driver)
{
  assay_driver_launch (driver, NULL, NULL);
  assay_driver_press_button (driver, "Connect a Platform…");
  assay_driver_wait_for (driver, ATSPI_ROLE_TEXT, "Address");
}

void
platform_scenes_end (void)
{
  g_clear_pointer (&platform, assay_driver_platform_free);
}
