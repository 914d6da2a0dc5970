/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ASSAY_TYPE_SHORTCUTS_PAGE (assay_shortcuts_page_get_type ())
/**
 * AssayShortcutsPage:
 *
 * The page of the preferences on which each key can be chosen anew. A key that another command has
 * is refused with that command's name.
 */
G_DECLARE_FINAL_TYPE (AssayShortcutsPage,
                      assay_shortcuts_page,
                      ASSAY,
                      SHORTCUTS_PAGE,
                      AdwNavigationPage)

AdwNavigationPage *assay_shortcuts_page_new (void);

G_END_DECLS
