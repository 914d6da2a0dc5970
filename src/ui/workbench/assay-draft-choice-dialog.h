/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-judgement.h"
#include "assay-platform.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_DRAFT_CHOICE_DIALOG (assay_draft_choice_dialog_get_type ())
/**
 * AssayDraftChoiceDialog:
 *
 * Unfinished work on one task that was written on two devices, side by side where it differs. The
 * signal `chosen (take)`: whether the other one goes on. Closed without it, nothing is settled.
 */
G_DECLARE_FINAL_TYPE (AssayDraftChoiceDialog,
                      assay_draft_choice_dialog,
                      ASSAY,
                      DRAFT_CHOICE_DIALOG,
                      AdwDialog)

/* @judgement: what is here. @other: what came from elsewhere; @judgement's task must be able to
 * read it, else NULL is returned. */
AdwDialog *assay_draft_choice_dialog_new (AssayJudgement *judgement, const AssayRemoteDraft *other);

G_END_DECLS
