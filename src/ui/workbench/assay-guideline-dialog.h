/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-store.h"

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

/* With what there is to know of @guideline: @seen is the version that the person saw last (0:
 * none),
 * @project the row whose started tasks are named. Resolves to an AssayGuidelineDialog that is not
 * yet presented. */
DexFuture *assay_guideline_dialog_load (AssayStore *store,
                                        AssayGuideline *guideline,
                                        int seen,
                                        gint64 project);
AssayGuideline *assay_guideline_dialog_get_guideline (AssayGuidelineDialog *self);

G_END_DECLS
