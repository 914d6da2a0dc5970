/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-session.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_ACCOUNTS_DIALOG (assay_accounts_dialog_get_type ())
/**
 * AssayAccountsDialog:
 *
 * The accounts with platforms: all of them, one of them, and the way to another one.
 */
G_DECLARE_FINAL_TYPE (AssayAccountsDialog, assay_accounts_dialog, ASSAY, ACCOUNTS_DIALOG, AdwDialog)

/* Its session is open. */
AdwDialog *assay_accounts_dialog_new (AssaySession *session);
/* Opens at the question for a platform's address, at an account, or at signing in again. An account
 * that is not there any more leaves the list. */
void assay_accounts_dialog_show_add (AssayAccountsDialog *self);
void assay_accounts_dialog_show_account (AssayAccountsDialog *self, const char *account);
void assay_accounts_dialog_show_sign_in (AssayAccountsDialog *self, const char *account);

G_END_DECLS
