/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-session.h"

G_BEGIN_DECLS

/* Gives @window the actions `accounts.show`, `accounts.add`, `accounts.show-account (id)` and
 * `accounts.sign-in (id)`, which present the accounts dialog over it. They are there once the
 * session is open. */
void assay_accounts_add_actions (GtkWidget *window, AssaySession *session);

G_END_DECLS
