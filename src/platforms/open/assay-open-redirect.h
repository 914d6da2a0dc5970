/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

#define ASSAY_TYPE_OPEN_REDIRECT (assay_open_redirect_get_type ())
/**
 * AssayOpenRedirect:
 *
 * Where a browser comes back to after a person signed in: a page on this machine, on a port that
 * was free (RFC 8252, 7.3). It hears only who knows the state. Letting go of it stops it.
 */
G_DECLARE_FINAL_TYPE (AssayOpenRedirect, assay_open_redirect, ASSAY, OPEN_REDIRECT, GObject)

/* @state: what comes back with the answer. @issuer: whose answer it must be, where it says so
 * (RFC 9207). */
AssayOpenRedirect *assay_open_redirect_new (const char *state, const char *issuer, GError **error);
/* "http://127.0.0.1:PORT/signed-in" */
const char *assay_open_redirect_get_address (AssayOpenRedirect *self);
/* Resolves to a string: the code. Rejects with an ASSAY_PLATFORM_ERROR: NOT_ALLOWED if the person
 * refused, CANCELLED once nobody listens any more. */
DexFuture *assay_open_redirect_wait (AssayOpenRedirect *self);
void assay_open_redirect_stop (AssayOpenRedirect *self);

G_END_DECLS
