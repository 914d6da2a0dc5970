/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows a short Markdown text (a question's help, a definition) in a label: emphasis, code and
 * lists, no links. What is longer than a label can bear is cut with an ellipsis. @markdown:
 * (nullable). */
void assay_help_label_set_markdown (GtkLabel *label, const char *markdown);

/* Shows how a document begins: its first lines as they will look, with an ellipsis behind the last
 * whole word where there is more. Large documents cost no more than small ones. */
void assay_help_label_set_beginning (GtkLabel *label,
                                     const char *document,
                                     guint max_lines,
                                     guint max_characters);

G_END_DECLS
