/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-rescue-report.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_RESCUE_DIALOG (assay_rescue_dialog_get_type ())
/**
 * AssayRescueDialog:
 *
 * Says in plain words that the workspace was damaged: what was kept, what is missing, and where the
 * damaged files lie. Leads to those files, and to the Troubleshooting page.
 */
G_DECLARE_FINAL_TYPE (AssayRescueDialog, assay_rescue_dialog, ASSAY, RESCUE_DIALOG, AdwAlertDialog)

AdwDialog *assay_rescue_dialog_new (AssayRescueReport *report);

G_END_DECLS
