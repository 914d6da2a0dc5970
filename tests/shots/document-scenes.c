/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-driver-script.h"
#include "document-scenes.h"

static void
open_first (AssayDriver *driver, const char *file)
{
  assay_driver_import (driver, file, NULL);
  assay_driver_press (driver, "Return");
  assay_driver_wait_text (driver, "Submit");
}

void
act_maths (AssayDriver *driver)
{
  open_first (driver, "maths-tasks.jsonl");
}

/* Three texts with all that a text can have. The screen must be large: ASSAY_SCREEN=1900x1600. */
void
act_constructs (AssayDriver *driver)
{
  open_first (driver, "constructs.jsonl");
  assay_driver_wait_text (driver, "Heading two");
  assay_driver_wait_text (driver, "Look-alike");
  /* In a narrow window what has the focus is what is seen. */
  assay_driver_press (driver, "<Control>1");
}

void
act_constructs_b (AssayDriver *driver)
{
  act_constructs (driver);
  assay_driver_press (driver, "<Control>2");
}

void
act_image (AssayDriver *driver)
{
  open_first (driver, "image.jsonl");
  assay_driver_press (driver, "<Control>1");
  assay_driver_press (driver, "Menu");
  assay_driver_press (driver, "i");
  assay_driver_wait_button (driver, "Load Image");
}

/* The same in a cell of a table. */
void
act_image_cell (AssayDriver *driver)
{
  open_first (driver, "image.jsonl");
  assay_driver_press (driver, "<Control>1");
  assay_driver_press (driver, "Tab");
  assay_driver_wait_focused_role (driver, ATSPI_ROLE_LABEL);
  assay_driver_press (driver, "Down");
  assay_driver_press (driver, "Right");
  assay_driver_press (driver, "Menu");
  assay_driver_press (driver, "i");
  assay_driver_wait_button (driver, "Load Image");
}
