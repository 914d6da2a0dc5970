/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-driver-script.h"
#include "writing-scenes.h"

static void
edit (AssayDriver *driver)
{
  assay_driver_import (driver, "rewrite.jsonl", "Repair the answer…");
  assay_driver_press (driver, "Return");
  assay_driver_wait_task (driver);
  assay_driver_tab_to_named (driver, ATSPI_ROLE_TEXT, "The answer, repaired");
  assay_driver_press (driver, "<Control>Home");
  assay_driver_press_times (driver, "Right", 6);
  assay_driver_type (driver, "full ");
  assay_driver_press (driver, "<Control>End");
  assay_driver_press (driver, "Left");
  assay_driver_press_times (driver, "<Control><Shift>Left", 2);
  assay_driver_type (driver, "near");
  assay_driver_press_times (driver, "<Control>Left", 9);
  assay_driver_press_times (driver, "<Control><Shift>Left", 6);
  assay_driver_press (driver, "Delete");
}

void
act_rewrite (AssayDriver *driver)
{
  edit (driver);
  assay_driver_press (driver, "Escape");
  assay_driver_press (driver, "bracketright");
  assay_driver_press (driver, "4");
  assay_driver_wait_text (driver, "near");
}

void
act_rewrite_differences (AssayDriver *driver)
{
  edit (driver);
  assay_driver_press (driver, "<Control>d");
  assay_driver_wait_text (driver, "Your text against A");
}

static void
begin_writing (AssayDriver *driver)
{
  assay_driver_import (driver, "rewrite.jsonl", "Repair the answer…");
  assay_driver_press (driver, "Return");
  assay_driver_wait_task (driver);
  assay_driver_press (driver, "<Control>Page_Down");
  assay_driver_wait_text (driver, "Why does the moon always show us the same side?");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_RADIO_BUTTON, "Answer");
  assay_driver_press (driver, "1");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_TEXT, "Ideal answer");
  assay_driver_type (driver, "It turns once for each orbit.");
}

void
act_write (AssayDriver *driver)
{
  begin_writing (driver);
}

void
act_write_preview (AssayDriver *driver)
{
  begin_writing (driver);
  assay_driver_press (driver, "Return");
  assay_driver_press (driver, "Return");
  assay_driver_type (driver, "- One turn takes **27 days**.");
  assay_driver_press (driver, "Return");
  assay_driver_type (driver, "- So does one orbit.");
  assay_driver_press (driver, "<Control>p");
  assay_driver_wait_text (driver, "One turn takes 27 days.");
}
