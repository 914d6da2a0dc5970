/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-checklist-question.h"
#include "assay-document.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_CONSTRAINT_LINE (assay_constraint_line_get_type ())
/**
 * AssayConstraintLine:
 *
 * What the check of a checklist's item finds in one response, with its evidence: a proposal, which
 * a person may disagree with. It comes from another thread; before, the line is hidden.
 */
G_DECLARE_FINAL_TYPE (AssayConstraintLine, assay_constraint_line, ASSAY, CONSTRAINT_LINE, GtkBox)

/* @item: one with a check. */
GtkWidget *assay_constraint_line_new (const AssayChecklistItem *item, AssayDocument *response);

G_END_DECLS
