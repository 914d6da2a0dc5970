/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-http.h"
#include "assay-open-secret.h"

G_BEGIN_DECLS

/* What sign-in and refresh have in common: OAuth 2.0's token endpoint (RFC 6749). On a fiber. */

/* POSTs @grant, pairs of names and values up to NULL, to @endpoint. NULL and an
 * ASSAY_PLATFORM_ERROR, whose answer holds the server's `error`. */
AssayOpenSecret *assay_open_tokens_ask (AssayHttp *http,
                                        const char *endpoint,
                                        const char *client_id,
                                        GError **error,
                                        const char *name,
                                        ...) G_GNUC_NULL_TERMINATED;

/* @name=@value, escaped as in a form, with a "&" before it where there is something already. */
void assay_open_tokens_append_field (GString *text, const char *name, const char *value);

G_END_DECLS
