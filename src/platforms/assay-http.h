/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "assay-http-answer.h"
#include "assay-http-request.h"
#include "assay-platform-error.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_HTTP (assay_http_get_type ())
/**
 * AssayHttp:
 *
 * The one place that talks to the network. Encrypted only, except to this machine; no cookies, no
 * cache, no passwords of its own; what libsoup would do by itself (follow, repeat, sign in) is done
 * here by our rules or not at all:
 *
 * - GET and HEAD follow at most five redirections within their origin; an attachment also
 * elsewhere, over https and without any header of ours. Nothing else follows.
 * - Everything but GET and HEAD has a connection of its own and is never repeated.
 * - One deadline for the whole exchange, one for silence, one for the decompressed size.
 * - At most 2 connections to an origin and 8 in all.
 *
 * Used on the main thread; JSON is parsed on others.
 */
G_DECLARE_FINAL_TYPE (AssayHttp, assay_http, ASSAY, HTTP, GObject)

AssayHttp *assay_http_new (void);
/* One that also trusts the authorities in the PEM file at @path: for an account whose platform has
 * its own. Fails with ASSAY_PLATFORM_ERROR_INSECURE if the file holds none. Blocks while it reads.
 */
AssayHttp *assay_http_new_with_authority (const char *path, GError **error);

/* Where the proxies are, instead of what the desktop says. */
void assay_http_set_proxy_resolver (AssayHttp *self, GProxyResolver *resolver);

/* No request that is sent from now on takes longer, or stays silent for longer, whatever its kind
 * allows. Milliseconds; 0 for what the kind allows. For tests of what only a deadline ends. */
void assay_http_set_deadlines (AssayHttp *self, guint total_ms, guint silence_ms);

/* Sends @request once. Resolves to an AssayHttpAnswer. Rejects with an ASSAY_PLATFORM_ERROR, whose
 * assay_platform_error_get_delivery() says what is known about the request: see assay-exchange.h.
 *
 * Letting go of the future cancels a GET or HEAD, and anything else of which nothing was written
 * yet. What is on its way is finished, and its result is lost: keep the future of a submission. */
DexFuture *assay_http_send (AssayHttp *self, AssayHttpRequest *request);

G_END_DECLS
