/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-document-view.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_RESPONSE_COLUMN (assay_response_column_get_type ())
/**
 * AssayResponseColumn:
 *
 * One response under its letter: how many words it has, what is hidden in it, and its text.
 *
 * Properties: `document` (nullable: it can be given later), `letter`, `pinned`, `can-pin`.
 *
 * Signal: `pin-requested` when the person wants it to stay while others come and go beside it.
 */
G_DECLARE_FINAL_TYPE (AssayResponseColumn, assay_response_column, ASSAY, RESPONSE_COLUMN, GtkWidget)

GtkWidget *assay_response_column_new (void);
const char *assay_response_column_get_letter (AssayResponseColumn *self);
void assay_response_column_set_letter (AssayResponseColumn *self, const char *letter);
/* Makes the column one of a text that is no response: @name stands in the place of the letter. */
void assay_response_column_set_name (AssayResponseColumn *self, const char *name);
/* What the text is called in a sentence or by a screen reader: "Response A". */
const char *assay_response_column_get_label (AssayResponseColumn *self);
void assay_response_column_set_document (AssayResponseColumn *self, AssayDocument *document);
AssayDocumentView *assay_response_column_get_view (AssayResponseColumn *self);
void assay_response_column_set_can_pin (AssayResponseColumn *self, gboolean can_pin);
void assay_response_column_set_pinned (AssayResponseColumn *self, gboolean pinned);

G_END_DECLS
