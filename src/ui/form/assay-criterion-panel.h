/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-form-view.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_CRITERION_PANEL (assay_criterion_panel_get_type ())
/**
 * AssayCriterionPanel:
 *
 * Definition and anchor texts of the question that has the focus, so that they are on the screen
 * however long the form is. Hides itself where there is nothing to say.
 *
 * Property: `form-view`, which it follows.
 */
G_DECLARE_FINAL_TYPE (AssayCriterionPanel, assay_criterion_panel, ASSAY, CRITERION_PANEL, GtkWidget)

GtkWidget *assay_criterion_panel_new (void);
AssayFormView *assay_criterion_panel_get_form_view (AssayCriterionPanel *self);
void assay_criterion_panel_set_form_view (AssayCriterionPanel *self, AssayFormView *form_view);

G_END_DECLS
