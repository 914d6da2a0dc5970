/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-driver.h"

G_BEGIN_DECLS

/* What a person does in several tests. */

/* Starts the program with a file of tests/ui/data, imports it as it was detected, and waits for the
 * row of the list whose name is @row (as in assay_driver_find ()); NULL: for any. */
void assay_driver_import (AssayDriver *self, const char *name, const char *row);
/* Waits for a button that can be pressed. */
void assay_driver_wait_button (AssayDriver *self, const char *name);
/* Waits until it is there. */
void assay_driver_wait_for (AssayDriver *self, AtspiRole role, const char *name);
/* Waits until something of this role has the focus. */
void assay_driver_wait_focused_role (AssayDriver *self, AtspiRole role);
/* Tab leads there. */
void assay_driver_tab_to_named (AssayDriver *self, AtspiRole role, const char *name);
/* Waits until keys reach the list of tasks. @row: (nullable) one that is in it. */
void assay_driver_wait_tasks (AssayDriver *self, const char *row);
/* Waits until a task has taken the place of the list: while the one comes, both are there. */
void assay_driver_wait_task (AssayDriver *self);
/* By keyboard alone: the button is reached with Tab and has a name. */
void assay_driver_press_button (AssayDriver *self, const char *name);
/* Escape, and waits until no dialog is there. */
void assay_driver_close_dialog (AssayDriver *self);
/* From the main menu, and waits for the page. */
void assay_driver_open_troubleshooting (AssayDriver *self);
/* To the row of the sidebar, by keyboard, and chooses it. */
void assay_driver_choose_place (AssayDriver *self, const char *name);
/* From the main menu, and waits for the list. */
void assay_driver_open_accounts (AssayDriver *self);
/* Starts the program without tasks, chooses practice on its welcome page, and waits for its list.
 */
void assay_driver_practise (AssayDriver *self);

/* Of programs that are launched from now on. From 5 to 60 seconds; with the longest, what is
 * submitted waits while the test looks at it. */
void assay_driver_set_undo_window (AssayDriver *self, guint seconds);

G_END_DECLS
