/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-engine.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_ACCOUNT_ADDRESS_PAGE (assay_account_address_page_get_type ())
/**
 * AssayAccountAddressPage:
 *
 * Asks where a platform is, and looks whether there is one.
 *
 * Signal: `found (address, authority, info)` (string, nullable string, AssayPlatformInfo).
 */
G_DECLARE_FINAL_TYPE (AssayAccountAddressPage,
                      assay_account_address_page,
                      ASSAY,
                      ACCOUNT_ADDRESS_PAGE,
                      AdwNavigationPage)

AdwNavigationPage *assay_account_address_page_new (AssayEngine *engine);

G_END_DECLS
