/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-session.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_OUTBOX_DIALOG (assay_outbox_dialog_get_type ())
/**
 * AssayOutboxDialog:
 *
 * What was submitted and is not yet accepted: the state of each, what went wrong in plain words,
 * and what can be done.
 *
 * Signal: `task-activated (row)` (gint64) after a submission was taken back to be edited.
 */
G_DECLARE_FINAL_TYPE (AssayOutboxDialog, assay_outbox_dialog, ASSAY, OUTBOX_DIALOG, AdwDialog)

AdwDialog *assay_outbox_dialog_new (AssaySession *session);

G_END_DECLS
