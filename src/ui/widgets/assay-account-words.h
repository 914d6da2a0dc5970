/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-account-sync.h"

G_BEGIN_DECLS

/* An account in words and signs, the same wherever it is shown. Texts are translated. */

/* "Online", "Signed Out": as a heading, and within a line. */
const char *assay_account_state_get_title (AssayAccountState state);
const char *assay_account_state_get_name (AssayAccountState state);
const char *assay_account_state_get_icon_name (AssayAccountState state);
/* The person is to do something about it. */
gboolean assay_account_state_needs_person (AssayAccountState state);
/* What is to be said of @sync beside its state: what it does, what is wrong, or when it was last
 * reached. (transfer full) */
char *assay_account_describe (AssayAccountSync *sync);

/* As one line, whatever the platform calls itself. (transfer full) */
char *assay_account_dup_title (AssayAccount *account);
/* What the platform last said of itself; NULL where it never did. (transfer full) */
AssayPlatformInfo *assay_account_dup_info (AssayAccount *account);
/* The server's name, without what surrounds it; @address itself if it has none. (transfer full) */
char *assay_account_dup_host (const char *address);

G_END_DECLS
