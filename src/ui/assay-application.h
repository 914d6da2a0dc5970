/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ASSAY_TYPE_APPLICATION (assay_application_get_type ())
/**
 * AssayApplication:
 *
 * Opens the workspace, shows its one window, and sees to it that nothing typed is left in memory
 * when the program ends, by whatever way: closing, quitting, a signal, the end of the session,
 * suspend.
 */
G_DECLARE_FINAL_TYPE (AssayApplication, assay_application, ASSAY, APPLICATION, AdwApplication)

AssayApplication *assay_application_new (void);

G_END_DECLS
