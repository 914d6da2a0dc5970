/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-driver-script.h"

#include <glib/gstdio.h>

static gboolean
is_sensitive (AssayDriver *self, gpointer user_data)
{
  return assay_driver_has_state (user_data, ATSPI_STATE_SENSITIVE);
}

void
assay_driver_wait_button (AssayDriver *self, const char *name)
{
  g_autoptr (AtspiAccessible) button = assay_driver_find (self, ATSPI_ROLE_BUTTON, name);

  assay_driver_wait (self, "the button", is_sensitive, button);
}

void
assay_driver_wait_for (AssayDriver *self, AtspiRole role, const char *name)
{
  g_autoptr (AtspiAccessible) accessible = assay_driver_find (self, role, name);
}

static gboolean
focus_has_role (AssayDriver *self, gpointer user_data)
{
  g_autoptr (AtspiAccessible) focused = assay_driver_peek_focused (self);

  return focused != NULL
         && atspi_accessible_get_role (focused, NULL) == (AtspiRole) GPOINTER_TO_INT (user_data);
}

void
assay_driver_wait_focused_role (AssayDriver *self, AtspiRole role)
{
  g_autofree char *name = atspi_role_get_name (role);
  g_autofree char *what = g_strdup_printf ("the focus in a %s", name);

  assay_driver_wait (self, what, focus_has_role, GINT_TO_POINTER (role));
}

void
assay_driver_tab_to_named (AssayDriver *self, AtspiRole role, const char *name)
{
  g_autoptr (AtspiAccessible) accessible = assay_driver_find (self, role, name);

  assay_driver_tab_to (self, accessible);
}

void
assay_driver_press_button (AssayDriver *self, const char *name)
{
  g_autoptr (AtspiAccessible) button = assay_driver_find (self, ATSPI_ROLE_BUTTON, name);

  assay_driver_tab_to (self, button);
  assay_driver_press (self, "space");
}

void
assay_driver_close_dialog (AssayDriver *self)
{
  assay_driver_press (self, "Escape");
  assay_driver_wait_gone (self, ATSPI_ROLE_DIALOG, NULL);
}

void
assay_driver_open_troubleshooting (AssayDriver *self)
{
  g_autoptr (AtspiAccessible) item = NULL;

  assay_driver_press (self, "F10");
  item = assay_driver_find (self, ATSPI_ROLE_MENU_ITEM, "Troubleshooting");
  assay_driver_press (self, "t");
  assay_driver_wait_text (self, "Last Backup");
}

/* More than any sidebar has. */
#define MAX_PLACES 40

static gboolean
is_place_focused (AssayDriver *self, gpointer user_data)
{
  g_autoptr (AtspiAccessible) focused = assay_driver_get_focused (self);
  g_autoptr (AtspiAccessible) list = NULL;
  g_autofree char *name = NULL;

  if (focused == NULL || atspi_accessible_get_role (focused, NULL) != ATSPI_ROLE_LIST_ITEM)
    return FALSE;
  list = atspi_accessible_get_parent (focused, NULL);
  name = list != NULL ? assay_driver_get_name (list) : NULL;
  return g_strcmp0 (name, "Places") == 0;
}

void
assay_driver_choose_place (AssayDriver *self, const char *name)
{
  g_autoptr (AtspiAccessible) list = assay_driver_find (self, ATSPI_ROLE_LIST, "Places");
  g_autoptr (AtspiAccessible) row = assay_driver_find_in (self, list, ATSPI_ROLE_LIST_ITEM, name);

  for (int i = 0; i < MAX_PLACES && !is_place_focused (self, NULL); i++)
    {
      g_autoptr (AtspiAccessible) before = assay_driver_get_focused (self);
      g_autoptr (AtspiAccessible) focused = NULL;

      assay_driver_press (self, "Tab");
      focused = assay_driver_wait_focus_from (self, before);
    }
  g_assert_true (is_place_focused (self, NULL));
  assay_driver_press (self, "Home");
  for (int i = 0; i < MAX_PLACES && !assay_driver_has_state (row, ATSPI_STATE_FOCUSED); i++)
    {
      g_autoptr (AtspiAccessible) before = assay_driver_get_focused (self);
      g_autoptr (AtspiAccessible) focused = NULL;

      assay_driver_press (self, "Down");
      focused = assay_driver_wait_focus_from (self, before);
    }
  assay_driver_wait_focused (self, row);
  assay_driver_press (self, "Return");
}

void
assay_driver_open_accounts (AssayDriver *self)
{
  assay_driver_press (self, "F10");
  assay_driver_wait_for (self, ATSPI_ROLE_MENU_ITEM, "Accounts…");
  assay_driver_press (self, "c");
  assay_driver_wait_for (self, ATSPI_ROLE_DIALOG, "Accounts");
}

static gboolean
is_task_focused (AssayDriver *self, gpointer user_data)
{
  g_autoptr (AtspiAccessible) focused = assay_driver_peek_focused (self);
  g_autoptr (AtspiAccessible) list = NULL;
  g_autofree char *name = NULL;

  if (focused == NULL || atspi_accessible_get_role (focused, NULL) != ATSPI_ROLE_LIST_ITEM)
    return FALSE;
  list = atspi_accessible_get_parent (focused, NULL);
  name = list != NULL ? assay_driver_get_name (list) : NULL;
  return g_strcmp0 (name, "Tasks") == 0;
}

void
assay_driver_wait_tasks (AssayDriver *self, const char *row)
{
  g_autoptr (AtspiAccessible) list = assay_driver_find (self, ATSPI_ROLE_LIST, "Tasks");
  g_autoptr (AtspiAccessible) found = assay_driver_find_in (self, list, ATSPI_ROLE_LIST_ITEM, row);

  assay_driver_wait (self, "a task of the list to be focused", is_task_focused, NULL);
}

void
assay_driver_wait_task (AssayDriver *self)
{
  assay_driver_wait_button (self, "Back");
  assay_driver_wait_gone (self, ATSPI_ROLE_LIST, "Tasks");
}

void
assay_driver_import (AssayDriver *self, const char *name, const char *row)
{
  g_autofree char *file =
      g_build_filename (g_getenv ("ASSAY_SOURCE_DIR"), "tests", "ui", "data", name, NULL);

  assay_driver_launch (self, file, NULL);
  assay_driver_wait_button (self, "Import");
  assay_driver_press (self, "<Alt>i");
  assay_driver_wait_gone (self, ATSPI_ROLE_BUTTON, "Import");
  assay_driver_wait_tasks (self, row);
}

void
assay_driver_practise (AssayDriver *self)
{
  g_autoptr (AtspiAccessible) start = NULL;

  assay_driver_launch (self, NULL, NULL);
  start = assay_driver_find (self, ATSPI_ROLE_BUTTON, "Start Practising");
  assay_driver_press (self, "<Alt>s");
  assay_driver_wait_gone (self, ATSPI_ROLE_BUTTON, "Start Practising");
  assay_driver_wait_tasks (self, NULL);
}

void
assay_driver_set_undo_window (AssayDriver *self, guint seconds)
{
  g_autofree char *folder =
      g_build_filename (assay_driver_get_profile (self), "glib-2.0", "settings", NULL);
  g_autofree char *file = g_build_filename (folder, "keyfile", NULL);
  g_autofree char *group = g_strdelimit (g_strdup (ASSAY_APP_ID), ".", '/');
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;

  /* What the settings do not allow would be taken for nothing. */
  g_assert_cmpuint (seconds, >=, 5);
  g_assert_cmpuint (seconds, <=, 60);
  content = g_strdup_printf ("[%s]\nundo-window=uint32 %u\n", group, seconds);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (file, content, -1, &error);
  g_assert_no_error (error);
  assay_driver_setenv (self, "XDG_CONFIG_HOME", assay_driver_get_profile (self));
  assay_driver_setenv (self, "GSETTINGS_BACKEND", "keyfile");
}
