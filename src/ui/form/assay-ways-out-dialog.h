/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-judgement.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_WAYS_OUT_DIALOG (assay_ways_out_dialog_get_type ())
/**
 * AssayWaysOutDialog:
 *
 * The ways out of a task without an answer (task-kinds section 3): outcome, reason and note, set on
 * the judgement together when the person confirms. Nothing that was answered is thrown away.
 *
 * Signal: `applied` after the outcome was set; the dialog closes itself.
 */
G_DECLARE_FINAL_TYPE (AssayWaysOutDialog, assay_ways_out_dialog, ASSAY, WAYS_OUT_DIALOG, AdwDialog)

AdwDialog *assay_ways_out_dialog_new (AssayJudgement *judgement);

G_END_DECLS
