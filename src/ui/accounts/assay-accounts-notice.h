/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-session.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_ACCOUNTS_NOTICE (assay_accounts_notice_get_type ())
/**
 * AssayAccountsNotice:
 *
 * A banner while an account needs the person: to sign in, or to look at a connection that is not
 * safe. It says so once for all of them, and leads there (actions `accounts.…`). What a pull leaves
 * to be asked is asked over its window.
 */
G_DECLARE_FINAL_TYPE (AssayAccountsNotice, assay_accounts_notice, ASSAY, ACCOUNTS_NOTICE, AdwBin)

/* Once. */
void assay_accounts_notice_set_session (AssayAccountsNotice *self, AssaySession *session);

G_END_DECLS
