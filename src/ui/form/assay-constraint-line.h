/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

#include "assay-document.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_CONSTRAINT_LINE (assay_constraint_line_get_type ())
/**
 * AssayConstraintLine:
 *
 * What a check finds in a text, with its evidence: of a response a proposal, which a person may
 * disagree with. It comes from another thread; before, the line is hidden.
 */
G_DECLARE_FINAL_TYPE (AssayConstraintLine, assay_constraint_line, ASSAY, CONSTRAINT_LINE, GtkBox)

GtkWidget *assay_constraint_line_new (void);
/* The test @type with @args (nullable, sealed) of @text; NULL for no text. What was found last
 * stays until the new result is there. */
void assay_constraint_line_check (AssayConstraintLine *self,
                                  const char *type,
                                  JsonNode *args,
                                  AssayDocument *text);

G_END_DECLS
