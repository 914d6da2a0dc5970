/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-session.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_WELCOME_PAGE (assay_welcome_page_get_type ())
/**
 * AssayWelcomePage:
 *
 * No project is here, as at the first run: the ways to begin, as actions of the window. Where a
 * rescue could save work but not its tasks, it leads there too.
 */
G_DECLARE_FINAL_TYPE (AssayWelcomePage, assay_welcome_page, ASSAY, WELCOME_PAGE, AdwBin)

GtkWidget *assay_welcome_page_new (void);
/* Once. */
void assay_welcome_page_set_session (AssayWelcomePage *self, AssaySession *session);

G_END_DECLS
