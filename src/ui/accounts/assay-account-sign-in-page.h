/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-engine.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_ACCOUNT_SIGN_IN_PAGE (assay_account_sign_in_page_get_type ())
/**
 * AssayAccountSignInPage:
 *
 * Says which platform it is, and signs in there: with the browser, with a token, or with either, as
 * the platform has it. For a new account or for one that is there.
 *
 * Signal: `signed-in (account)` (string, its id) when that was tried, and kept.
 */
G_DECLARE_FINAL_TYPE (AssayAccountSignInPage,
                      assay_account_sign_in_page,
                      ASSAY,
                      ACCOUNT_SIGN_IN_PAGE,
                      AdwNavigationPage)

/* @authority: (nullable): the path of a PEM file. @info: what was found at @address. */
AdwNavigationPage *assay_account_sign_in_page_new (AssayEngine *engine,
                                                   const char *address,
                                                   const char *authority,
                                                   const AssayPlatformInfo *info);
AdwNavigationPage *
assay_account_sign_in_page_new_for_account (AssayEngine *engine, AssayAccount *account);

G_END_DECLS
