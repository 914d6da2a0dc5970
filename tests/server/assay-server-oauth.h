/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "assay-server-state.h"

G_BEGIN_DECLS

/* OAuth 2.0 for native programs: authorization code with PKCE (RFC 7636, S256 alone) and a loopback
 * redirect on any port (RFC 8252), rotating refresh tokens, revocation (RFC 7009), metadata (RFC
 * 8414 and 9728). The page for the browser has one button for yes and one for no.
 *
 * Answers @message if its path (@path) belongs here; FALSE if it does not. @base: of the API. */
gboolean assay_server_oauth_handle (AssayServerState *state,
                                    SoupServerMessage *message,
                                    const char *path,
                                    const char *base);

G_END_DECLS
