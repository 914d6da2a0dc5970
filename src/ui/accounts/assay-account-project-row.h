/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-platform-info.h"
#include "assay-store.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_ACCOUNT_PROJECT_ROW (assay_account_project_row_get_type ())
/**
 * AssayAccountProjectRow:
 *
 * A project of a platform: what it has for the person, and within, what the person chose for it. A
 * choice is saved as it is made.
 *
 * Signal: `failed (message)` when it could not be saved.
 */
G_DECLARE_FINAL_TYPE (AssayAccountProjectRow,
                      assay_account_project_row,
                      ASSAY,
                      ACCOUNT_PROJECT_ROW,
                      AdwExpanderRow)

/* @info: (nullable). */
GtkWidget *assay_account_project_row_new (AssayStore *store,
                                          AssayProject *project,
                                          const AssayPlatformInfo *info);
AssayProject *assay_account_project_row_get_project (AssayAccountProjectRow *self);
/* What is there now of the same project; what the person just chooses stays. */
void assay_account_project_row_set_project (AssayAccountProjectRow *self, AssayProject *project);

G_END_DECLS
