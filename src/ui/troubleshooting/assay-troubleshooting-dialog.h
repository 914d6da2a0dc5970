/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-session.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_TROUBLESHOOTING_DIALOG (assay_troubleshooting_dialog_get_type ())
/**
 * AssayTroubleshootingDialog:
 *
 * How the workspace is, and what a person can do when something is wrong with it: check it, copy
 * it, take all own work out of it, and hand a report to somebody who helps. Works without an open
 * workspace as far as that can be.
 */
G_DECLARE_FINAL_TYPE (AssayTroubleshootingDialog,
                      assay_troubleshooting_dialog,
                      ASSAY,
                      TROUBLESHOOTING_DIALOG,
                      AdwDialog)

AdwDialog *assay_troubleshooting_dialog_new (AssaySession *session);
/* As if the person had chosen @folder; for tests. */
void assay_troubleshooting_dialog_export_to (AssayTroubleshootingDialog *self, GFile *folder);

G_END_DECLS
