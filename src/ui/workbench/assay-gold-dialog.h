/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-judgement.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_GOLD_DIALOG (assay_gold_dialog_get_type ())
/**
 * AssayGoldDialog:
 *
 * One's own answer beside the reference, question by question, with the explanation: what practice
 * and training are for.
 */
G_DECLARE_FINAL_TYPE (AssayGoldDialog, assay_gold_dialog, ASSAY, GOLD_DIALOG, AdwDialog)

/* @task must have a gold. */
AdwDialog *assay_gold_dialog_new (AssayTask *task, AssayJudgement *judgement);

G_END_DECLS
