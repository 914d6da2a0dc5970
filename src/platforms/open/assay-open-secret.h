/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AssayOpenSecret:
 * @access: what requests are sent with: a personal token, or an access token
 * @refresh: (nullable): gives the next of both
 * @expires_at: when @access ends by this machine's clock, UTC microseconds; 0 where it is not said
 * @token_endpoint: (nullable): where @refresh is traded
 * @client_id: (nullable)
 *
 * What an account signs in with, taken apart. Wiped when it is freed.
 */
typedef struct
{
  char *access;
  char *refresh;
  gint64 expires_at;
  char *token_endpoint;
  char *client_id;
} AssayOpenSecret;

/* NULL if @text is none. (transfer full) */
AssayOpenSecret *assay_open_secret_parse (const char *text);
/* (transfer full) */
char *assay_open_secret_to_string (const AssayOpenSecret *self);
void assay_open_secret_free (AssayOpenSecret *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayOpenSecret, assay_open_secret_free)

/* Whether the access token can be renewed: over an encrypted connection, or on this machine. */
gboolean assay_open_secret_can_refresh (const AssayOpenSecret *self);

/* Overwrites and frees. */
void assay_open_wipe (char **text);

G_END_DECLS
