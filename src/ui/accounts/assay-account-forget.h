/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-session.h"

G_BEGIN_DECLS

/* Says what goes with @account and what was not sent, offers to export it first, and forgets it if
 * the person wants that. Refused while something may be on its way. Resolves to a boolean: whether
 * it was forgotten. */
DexFuture *
assay_account_forget_ask (AssaySession *session, AssayAccount *account, GtkWidget *parent);

G_END_DECLS
