/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-guideline.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_GUIDELINE_DIALOG (assay_guideline_dialog_get_type ())
/**
 * AssayGuidelineDialog:
 *
 * A guideline that is to be acknowledged: what changed since the version that was seen, rule by
 * rule, and the whole of it.
 *
 * Signal `acknowledged` when the person says so.
 */
G_DECLARE_FINAL_TYPE (AssayGuidelineDialog,
                      assay_guideline_dialog,
                      ASSAY,
                      GUIDELINE_DIALOG,
                      AdwDialog)

/* @before: (nullable): the version that was seen, if it is still here. @summary: (nullable): what
 * the platform says of the changes. */
AdwDialog *
assay_guideline_dialog_new (AssayGuideline *guideline, AssayGuideline *before, const char *summary);
/* @titles: of the started tasks that were begun under an older version; they are named. */
void assay_guideline_dialog_set_touched (AssayGuidelineDialog *self, const char *const *titles);

G_END_DECLS
