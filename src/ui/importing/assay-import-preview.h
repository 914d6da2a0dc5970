/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-task.h"

G_BEGIN_DECLS

/* Appends a row with the beginning of a text; neither is ever taken for markup. */
void assay_import_preview_add_text (GtkListBox *list, const char *title, const char *text);
/* Appends the texts of a task as they will be read: responses shuffled, without their models. */
void assay_import_preview_show_task (GtkListBox *list, AssayTask *task);

G_END_DECLS
