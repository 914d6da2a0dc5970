/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-text-constraint.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_CONSTRAINT_LIST (assay_constraint_list_get_type ())
/**
 * AssayConstraintList:
 *
 * What a text that is written has to keep to, and what each check finds in it once the person has
 * not typed for a moment.
 */
G_DECLARE_FINAL_TYPE (AssayConstraintList, assay_constraint_list, ASSAY, CONSTRAINT_LIST, GtkBox)

GtkWidget *assay_constraint_list_new (void);
/* @constraint: it has to outlive the list. */
void assay_constraint_list_add (AssayConstraintList *self, const AssayTextConstraint *constraint);
/* A text that is blank or very long is not checked. */
void assay_constraint_list_set_text (AssayConstraintList *self, const char *text);

G_END_DECLS
