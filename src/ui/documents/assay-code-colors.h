/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ASSAY_TYPE_CODE_COLORS (assay_code_colors_get_type ())
/**
 * AssayCodeColors:
 *
 * Colours stretches of code in a text buffer that is no source buffer: GtkSourceView's highlighter
 * works on a copy out of sight, a few lines at a time, and its colours are carried over.
 */
G_DECLARE_FINAL_TYPE (AssayCodeColors, assay_code_colors, ASSAY, CODE_COLORS, GObject)

AssayCodeColors *assay_code_colors_new (GtkTextTagTable *table);
/* Forgets what is queued. */
void assay_code_colors_stop (AssayCodeColors *self);
/* The same, and uses the colours for light or dark from now on. */
void assay_code_colors_reset (AssayCodeColors *self, gboolean dark);
/* Queues the characters @start … @end; @language is the word after the fence. Nothing happens for
 * languages that are not known and for code that is too long. */
void assay_code_colors_add (AssayCodeColors *self,
                            GtkTextBuffer *buffer,
                            guint start,
                            guint end,
                            const char *language);
/* Begins with what is queued, a little in each turn of the main loop. A language that was not read
 * yet waits for somebody who types in the window of @widget: reading it takes longer than a letter
 * may. @widget must live until all is done, or until assay_code_colors_stop(). */
void assay_code_colors_start (AssayCodeColors *self, GtkWidget *widget);

G_END_DECLS
