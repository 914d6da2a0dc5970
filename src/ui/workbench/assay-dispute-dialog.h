/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-feedback.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_DISPUTE_DIALOG (assay_dispute_dialog_get_type ())
/**
 * AssayDisputeDialog:
 *
 * Asks why a verdict is wrong. Signal `written (text)` when the person sends it.
 */
G_DECLARE_FINAL_TYPE (AssayDisputeDialog, assay_dispute_dialog, ASSAY, DISPUTE_DIALOG, AdwDialog)

AdwDialog *assay_dispute_dialog_new (AssayFeedback *feedback);
AssayFeedback *assay_dispute_dialog_get_feedback (AssayDisputeDialog *self);

G_END_DECLS
