/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-http.h"
#include "fault-server.h"

G_BEGIN_DECLS

/* What is nowhere but in a header to where it belongs. */
#define HTTP_TOKEN "Bearer 0123456789-a-token-that-nobody-may-see"
#define HTTP_OWN_HEADER "a-key-of-our-own"

/* @authority: (nullable): a PEM file. (transfer full) */
AssayHttp *http_fixture_new_http (const char *authority);
/* A request that carries both. PUT, POST and PATCH carry http_fixture_dup_body(). */
AssayHttpRequest *
http_fixture_new_request (AssayHttpKind kind, const char *method, const char *url);
/* Sends and waits. NULL and @error, an ASSAY_PLATFORM_ERROR with a sentence. (transfer full) */
AssayHttpAnswer *http_fixture_send (AssayHttp *http, AssayHttpRequest *request, GError **error);
/* Waits until @future is settled. */
void http_fixture_wait (DexFuture *future);
/* Waits until @holds is true of @data; what happens on other threads is waited for, too. */
void http_fixture_wait_for (gboolean (*holds) (gpointer data), gpointer data);
/* The code of the error that is expected, or this. */
#define HTTP_ANSWERED (-1)
void http_fixture_assert_outcome (AssayHttpAnswer *answer,
                                  const GError *error,
                                  int code,
                                  AssayDelivery delivery);
GBytes *http_fixture_dup_body (void);
guint http_fixture_count_requests (FaultServer *server);
/* Requests of @server that carry the token or our header. */
guint http_fixture_count_told (FaultServer *server);

G_END_DECLS
