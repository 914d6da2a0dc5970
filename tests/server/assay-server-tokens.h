/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-server-state.h"

G_BEGIN_DECLS

#define ASSAY_SERVER_ALL_SCOPES "tasks submissions feedback earnings"

/* A new random token. (transfer full) */
char *assay_server_make_token (void);
/* A token that @person made on a web page: it does not expire. */
void
assay_server_tokens_add_personal (AssayServerState *state, const char *person, const char *token);
/* Whether @token opens the API now; who it is then, and what is permitted, with spaces between.
 * (transfer full) */
gboolean assay_server_tokens_check (AssayServerState *state,
                                    const char *token,
                                    char **person,
                                    char **scopes);

/* An access token for 15 minutes and a refresh token, of @family; `{"access_token", "token_type",
 * "expires_in", "refresh_token", "scope"}`. (transfer full) */
JsonObject *assay_server_tokens_issue (AssayServerState *state,
                                       const char *person,
                                       const char *scopes,
                                       const char *family);
/* Takes a refresh token for new ones; the old one is used up. One that was used before was stolen
 * or lost on the way: the whole family is revoked. NULL if it is not taken. (transfer full) */
JsonObject *assay_server_tokens_refresh (AssayServerState *state, const char *refresh_token);
/* With all that came from the same sign-in. */
void assay_server_tokens_revoke (AssayServerState *state, const char *token);
void assay_server_tokens_revoke_family (AssayServerState *state, const char *family);

G_END_DECLS
