/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-http.h"
#include "assay-platform.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_OPEN_PLATFORM (assay_open_platform_get_type ())
/**
 * AssayOpenPlatform:
 *
 * A platform that speaks data/platform-api/openapi.yaml.
 *
 * Ids of guidelines are made unique in the profile by the account's id before them ("ACCOUNT/ID");
 * the adapter takes it off again where it talks to the platform. Times of leases are given by this
 * machine's clock, counted from the answer's `Date`.
 *
 * Its cursor says where in a pull it is: a whole listing (projects with their guidelines and forms,
 * then leases, then feedback) or, where the platform has the level "sync", the changes since then.
 * A pull with nothing new is one request.
 */
G_DECLARE_FINAL_TYPE (AssayOpenPlatform, assay_open_platform, ASSAY, OPEN_PLATFORM, AssayPlatform)

/* @account: the account's id. @address: the platform's base or any address of its host. @secret:
 * what assay_open_secret_…() made, or NULL to look around before signing in. @info: (nullable):
 * what an earlier check found, so that nothing need be asked again. */
AssayPlatform *assay_open_platform_new (AssayHttp *http,
                                        const char *account,
                                        const char *address,
                                        const char *secret,
                                        const AssayPlatformInfo *info);

/* A secret is a JSON text: a personal token, or the tokens of OAuth 2.0 with what is needed to
 * refresh them. Whoever keeps it does not look inside. (transfer full) */
char *assay_open_secret_new_for_token (const char *token);

/* Signing in with the browser: RFC 8252, 7636 (S256), 8414; the redirect is to a free port of
 * 127.0.0.1. */
#define ASSAY_TYPE_OPEN_SIGN_IN (assay_open_sign_in_get_type ())
G_DECLARE_FINAL_TYPE (AssayOpenSignIn, assay_open_sign_in, ASSAY, OPEN_SIGN_IN, GObject)

AssayOpenSignIn *assay_open_sign_in_new (AssayHttp *http, const AssayPlatformInfo *info);
/* Finds the server's addresses and begins to listen. Resolves to a string: the address that the
 * person's browser is to open. */
DexFuture *assay_open_sign_in_begin (AssayOpenSignIn *self);
/* After that: waits until the browser came back, and trades the code. Resolves to a string: the
 * secret. Rejects with NOT_ALLOWED if the person refused, TIMED_OUT after ten minutes. Letting go
 * of it stops the listening. */
DexFuture *assay_open_sign_in_finish (AssayOpenSignIn *self);

G_END_DECLS
