/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-driver-script.h"

static gboolean
is_sensitive (AssayDriver *self, gpointer user_data)
{
  return assay_driver_has_state (user_data, ATSPI_STATE_SENSITIVE);
}

void
assay_driver_import (AssayDriver *self, const char *name, const char *row)
{
  g_autofree char *file =
      g_build_filename (g_getenv ("ASSAY_SOURCE_DIR"), "tests", "ui", "data", name, NULL);
  g_autoptr (AtspiAccessible) confirm = NULL;
  g_autoptr (AtspiAccessible) list = NULL;
  g_autoptr (AtspiAccessible) found = NULL;

  assay_driver_launch (self, file, NULL);
  confirm = assay_driver_find (self, ATSPI_ROLE_BUTTON, "Import");
  assay_driver_wait (self, "the preview", is_sensitive, confirm);
  assay_driver_press (self, "<Alt>i");
  assay_driver_wait_gone (self, ATSPI_ROLE_BUTTON, "Import");
  list = assay_driver_find (self, ATSPI_ROLE_LIST, "Tasks");
  found = assay_driver_find_in (self, list, ATSPI_ROLE_LIST_ITEM, row);
}
