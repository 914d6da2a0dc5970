/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-application.h"
#include "assay-session.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_WINDOW (assay_window_get_type ())
/**
 * AssayWindow:
 *
 * The one window: what it shows follows the session (opening, a trouble, the first run, the inbox),
 * and a task is pushed over the inbox.
 */
G_DECLARE_FINAL_TYPE (AssayWindow, assay_window, ASSAY, WINDOW, AdwApplicationWindow)

AssayWindow *assay_window_new (AssayApplication *application, AssaySession *session);
/* @files: (element-type GFile): shows the import dialog, as soon as the workspace is open. */
void assay_window_open_files (AssayWindow *self, GPtrArray *files);
/* Shows a task, over what is shown now; it may be gone, which is said then. */
void assay_window_open_task (AssayWindow *self, gint64 row);
/* Puts what is only on the screen (size, cursor, scroll place, time) where it is stored. */
void assay_window_keep_place (AssayWindow *self);
/* A short message that goes away by itself. */
void assay_window_show_message (AssayWindow *self, const char *message);

G_END_DECLS
