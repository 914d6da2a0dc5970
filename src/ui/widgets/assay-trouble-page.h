/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ASSAY_TYPE_TROUBLE_PAGE (assay_trouble_page_get_type ())
/**
 * AssayTroublePage:
 *
 * Fills the window when the workspace cannot be opened: what happened, in a sentence, and what to
 * do.
 *
 * Signal: `retry`.
 */
G_DECLARE_FINAL_TYPE (AssayTroublePage, assay_trouble_page, ASSAY, TROUBLE_PAGE, AdwBin)

GtkWidget *assay_trouble_page_new (void);
/* @error: of ASSAY_STORE_ERROR, or any other. @folder: the workspace's. */
void assay_trouble_page_set_error (AssayTroublePage *self, const GError *error, const char *folder);

G_END_DECLS
