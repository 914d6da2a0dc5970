/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-rendition.h"

G_BEGIN_DECLS

/* Shows the code block that begins at the line @first of @rendition by itself, each of its lines on
 * one line: it scrolls sideways. */
void assay_code_dialog_present (AssayRendition *rendition,
                                guint first,
                                double text_scale,
                                GtkWidget *parent);

G_END_DECLS
