/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-session.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_FILE_OPENER (assay_file_opener_get_type ())
/**
 * AssayFileOpener:
 *
 * Lets task files into a window, whether they are chosen, dropped on it or come from outside, and
 * presents the import sheet over it. Files that come before the workspace is open wait for it.
 *
 * Signals: `imported (project)` with the project's id (gint64); `failed (message)`.
 */
G_DECLARE_FINAL_TYPE (AssayFileOpener, assay_file_opener, ASSAY, FILE_OPENER, GObject)

/* @window is not kept alive, and must outlive it. */
AssayFileOpener *assay_file_opener_new (GtkWindow *window, AssaySession *session);
/* Lets the person choose. */
void assay_file_opener_choose (AssayFileOpener *self);
/* @files: GPtrArray of GFile. */
void assay_file_opener_open (AssayFileOpener *self, GPtrArray *files);

G_END_DECLS
