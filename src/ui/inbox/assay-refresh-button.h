/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-session.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_REFRESH_BUTTON (assay_refresh_button_get_type ())
/**
 * AssayRefreshButton:
 *
 * Asks all platforms what is new (the action `win.refresh`), and shows while they are asked. Hidden
 * where there is none.
 */
G_DECLARE_FINAL_TYPE (AssayRefreshButton, assay_refresh_button, ASSAY, REFRESH_BUTTON, GtkWidget)

/* Once. */
void assay_refresh_button_set_session (AssayRefreshButton *self, AssaySession *session);

G_END_DECLS
