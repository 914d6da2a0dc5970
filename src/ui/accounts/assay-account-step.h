/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ASSAY_TYPE_ACCOUNT_STEP (assay_account_step_get_type ())
/**
 * AssayAccountStep:
 *
 * The button that leads to the next page, and in its place, while the platform is asked, what is
 * waited for and a way to stop that.
 *
 * Properties: `label` (with a mnemonic), `suggested`.
 *
 * Signals: `clicked`, `cancelled`.
 */
G_DECLARE_FINAL_TYPE (AssayAccountStep, assay_account_step, ASSAY, ACCOUNT_STEP, GtkWidget)

/* @text: what is waited for; NULL: no longer. The focus goes along with what takes the other's
 * place. */
void assay_account_step_set_busy (AssayAccountStep *self, const char *text);
gboolean assay_account_step_get_busy (AssayAccountStep *self);

G_END_DECLS
