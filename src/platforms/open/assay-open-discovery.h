/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-open-client.h"
#include "assay-platform-info.h"

G_BEGIN_DECLS

/* Where the platform at the host of @address describes itself. (transfer full) */
char *assay_open_discovery_build_url (const char *address, GError **error);
/* What @node, which was found at @url, says; NULL if it describes no platform that may be used.
 * Any thread. (transfer full) */
AssayPlatformInfo *assay_open_discovery_read (JsonNode *node, const char *url, GError **error);
/* Who is signed in, by an answer of `/me`, and what the secret does not permit. FALSE if it is
 * none. */
gboolean assay_open_discovery_read_person (AssayPlatformInfo *self, JsonNode *node, GError **error);

/* Asks the platform at @address, and says so where there is none. On a fiber. (transfer full) */
AssayPlatformInfo *
assay_open_discovery_ask (AssayOpenClient *client, const char *address, GError **error);

G_END_DECLS
