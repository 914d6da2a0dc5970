/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-document-styles.h"

G_BEGIN_DECLS

/* Draws, in buffer coordinates, what lies under the visible lines of @view: frames of code blocks,
 * bars of quotations, rules. */
void assay_document_drawing_snapshot (GtkTextView *view,
                                      AssayRendition *rendition,
                                      AssayDocumentStyles *styles,
                                      GtkSnapshot *snapshot);

G_END_DECLS
