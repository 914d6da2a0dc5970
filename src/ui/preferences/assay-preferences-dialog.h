/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ASSAY_TYPE_PREFERENCES_DIALOG (assay_preferences_dialog_get_type ())
/**
 * AssayPreferencesDialog:
 *
 * The few things that people differ in. Each takes effect at once.
 */
G_DECLARE_FINAL_TYPE (AssayPreferencesDialog,
                      assay_preferences_dialog,
                      ASSAY,
                      PREFERENCES_DIALOG,
                      AdwPreferencesDialog)

AdwDialog *assay_preferences_dialog_new (void);

G_END_DECLS
