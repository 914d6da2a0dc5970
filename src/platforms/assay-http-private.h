/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>
#include <libsoup/soup.h>

#include "assay-http.h"

G_BEGIN_DECLS

/* What the classes of AssayHttp know of one another. */

typedef struct
{
  guint total_ms;
  guint silence_ms;
  /* So many bytes must have come before the silence counts anew. */
  gsize silence_bytes;
  gsize body_bytes;
} AssayHttpLimits;

AssayHttpKind assay_http_request_get_kind (AssayHttpRequest *self);
const char *assay_http_request_get_method (AssayHttpRequest *self);
const char *assay_http_request_get_url (AssayHttpRequest *self);
const char *assay_http_request_get_route (AssayHttpRequest *self);
const char *assay_http_request_get_submission (AssayHttpRequest *self);
const char *assay_http_request_get_sha256 (AssayHttpRequest *self);
gboolean assay_http_request_get_stays (AssayHttpRequest *self);
const AssayHttpLimits *assay_http_request_get_limits (AssayHttpRequest *self);
/* GET and HEAD: may be repeated and given up at any time. */
gboolean assay_http_request_is_safe (AssayHttpRequest *self);
/* A 304 is an answer. */
gboolean assay_http_request_is_conditional (AssayHttpRequest *self);
/* Method and headers can be sent; an ASSAY_PLATFORM_ERROR_ADDRESS otherwise. */
gboolean assay_http_request_check (AssayHttpRequest *self, GError **error);
/* Puts headers and body into @message; @ours: it goes to the origin that the request is for. */
void assay_http_request_fill (AssayHttpRequest *self, SoupMessage *message, gboolean ours);

/* @json: (nullable): sealed. */
AssayHttpAnswer *
assay_http_answer_new (SoupMessage *message, gint64 received_at, GBytes *body, JsonNode *json);

SoupSession *assay_http_get_session (AssayHttp *self);
/* What assay_http_set_deadlines() asks for. */
void assay_http_narrow_limits (AssayHttp *self, AssayHttpLimits *limits);

/* Sends @request through @http by our rules, on a fiber of the main thread. Resolves as
 * assay_http_send() does. */
DexFuture *assay_http_exchange_run (AssayHttp *http, AssayHttpRequest *request);

G_END_DECLS
