/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-session.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_ACCOUNT_PAGE (assay_account_page_get_type ())
/**
 * AssayAccountPage:
 *
 * One account: how it is, its projects with what the person chose for each, and forgetting it.
 *
 * Signals: `sign-in` when the person wants to sign in again; `forgotten (title)`; `message (text)`
 * for what is to be told in passing.
 */
G_DECLARE_FINAL_TYPE (AssayAccountPage, assay_account_page, ASSAY, ACCOUNT_PAGE, AdwNavigationPage)

AdwNavigationPage *assay_account_page_new (AssaySession *session, AssayAccountSync *sync);
AssayAccountSync *assay_account_page_get_sync (AssayAccountPage *self);

G_END_DECLS
