/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-pattern.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_FIND_BAR (assay_find_bar_get_type ())
/**
 * AssayFindBar:
 *
 * Where a person types what to find. It searches nothing itself.
 *
 * Property: `active`: whether it is shown.
 *
 * Signals: `changed (text)`, with NULL once the bar is closed; `moved (step)`, 1 or -1.
 */
G_DECLARE_FINAL_TYPE (AssayFindBar, assay_find_bar, ASSAY, FIND_BAR, GtkWidget)

GtkWidget *assay_find_bar_new (void);
gboolean assay_find_bar_get_active (AssayFindBar *self);
void assay_find_bar_set_active (AssayFindBar *self, gboolean active);
/* How what is typed is meant. */
AssayPatternFlags assay_find_bar_get_flags (AssayFindBar *self);
/* What was found: in short for the eye, "" for nothing to say, and in words, which are read out as
 * soon as they change. @found: whether there is anything to go to. */
void assay_find_bar_set_result (AssayFindBar *self,
                                const char *shown,
                                const char *words,
                                gboolean found);
/* @sentence: why what is typed cannot be looked for. */
void assay_find_bar_set_error (AssayFindBar *self, const char *sentence);

G_END_DECLS
