/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Which addresses of the network may be used, and what belongs together. Pure; any thread. */

/* @url as an address that a request may go to: https; or http where the host is a literal loopback
 * address or exactly "localhost", which GLib's resolver always answers with loopback. No setting
 * changes that. Refused with ASSAY_PLATFORM_ERROR_ADDRESS: everything else, a name or password in
 * the address, a port of 0, control characters, and more than ASSAY_LIMIT_URL_BYTES. A fragment is
 * dropped. The sentence never repeats what follows the host. (transfer full) */
GUri *assay_origin_parse_url (const char *url, GError **error);
/* The same for a reference that a server gave, such as a Location. (transfer full) */
GUri *assay_origin_resolve (GUri *base, const char *reference, GError **error);
/* The reference to a next page: the same origin, or ASSAY_PLATFORM_ERROR_PROTOCOL.
 * (transfer full) */
char *assay_origin_resolve_next (const char *page_url, const char *next, GError **error);
/* Scheme, host and port are the same. */
gboolean assay_origin_equal (GUri *a, GUri *b);
/* "https://host:8443", the port only where it is not the scheme's own. (transfer full) */
char *assay_origin_to_string (GUri *uri);
/* @base ("https://host/eval/v1", with or without a last slash) and below it the NULL-terminated
 * segments, each escaped as a whole: an id may hold "/", "?", "#" and "%". Segments that are ""
 * or "." or ".." would change the path and give NULL with ASSAY_PLATFORM_ERROR_ADDRESS.
 * (transfer full) */
char *assay_origin_build_path (const char *base, const char *const *segments, GError **error);

G_END_DECLS
