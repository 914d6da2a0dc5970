/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ASSAY_TYPE_FIND_BAR (assay_find_bar_get_type ())
/**
 * AssayFindBar:
 *
 * Where a person types what to find. It searches nothing itself.
 *
 * Property: `active`: whether it is shown.
 *
 * Signals: `changed (needle)`, with NULL once the bar is closed; `moved (step)`, 1 or -1.
 */
G_DECLARE_FINAL_TYPE (AssayFindBar, assay_find_bar, ASSAY, FIND_BAR, GtkWidget)

GtkWidget *assay_find_bar_new (void);
gboolean assay_find_bar_get_active (AssayFindBar *self);
void assay_find_bar_set_active (AssayFindBar *self, gboolean active);
/* What was found: in few words, and more of it for the tooltip. @found: whether there is anything
 * to go to. */
void
assay_find_bar_set_result (AssayFindBar *self, const char *words, const char *more, gboolean found);

G_END_DECLS
