/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ASSAY_TYPE_WELCOME_PAGE (assay_welcome_page_get_type ())
/**
 * AssayWelcomePage:
 *
 * The first run: what can be done without an account, as actions of the window.
 */
G_DECLARE_FINAL_TYPE (AssayWelcomePage, assay_welcome_page, ASSAY, WELCOME_PAGE, AdwBin)

G_END_DECLS
