/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * AssayHttpKind:
 * @ASSAY_HTTP_PROBE: probe, sign-in, refresh of a token: 20 s in all, 10 s for each read, 256 KiB
 * @ASSAY_HTTP_PAGE: a page of tasks or feedback: 60 s, 30 s, 8 MiB
 * @ASSAY_HTTP_TASK: one task: 60 s, 30 s, 16 MiB
 * @ASSAY_HTTP_SUBMIT: submission, draft, skip, lease: 60 s, 30 s, an answer of 1 MiB
 * @ASSAY_HTTP_ATTACHMENT: on request: 600 s, at least 4 KiB/s over 30 s, 64 MiB; any bytes
 *
 * What a request is for; decides its limits. The answer of all but the last is JSON.
 */
typedef enum
{
  ASSAY_HTTP_PROBE,
  ASSAY_HTTP_PAGE,
  ASSAY_HTTP_TASK,
  ASSAY_HTTP_SUBMIT,
  ASSAY_HTTP_ATTACHMENT,
} AssayHttpKind;

#define ASSAY_TYPE_HTTP_REQUEST (assay_http_request_get_type ())
/**
 * AssayHttpRequest:
 *
 * What is to be sent. Made, filled and handed to assay_http_send(), which does not change it: it
 * can be sent again. Nothing is checked before it is sent; whatever is wrong with it rejects then,
 * with nothing sent.
 */
G_DECLARE_FINAL_TYPE (AssayHttpRequest, assay_http_request, ASSAY, HTTP_REQUEST, GObject)

/* @method: "GET", "HEAD", "PUT", "POST", "PATCH" or "DELETE". @route: the path as it is logged,
 * with names for what varies ("/leases/{id}/draft"); a literal, for it must say nothing of the
 * account.
 */
AssayHttpRequest *
assay_http_request_new (AssayHttpKind kind, const char *method, const char *url, const char *route);

/* A header of our own; a second one of a name replaces the first. Sent to the origin of the request
 * only. Headers that belong to the connection (Host, Content-Length, Cookie …) are refused, and so
 * are values with CR, LF or NUL. */
void assay_http_request_set_header (AssayHttpRequest *self, const char *name, const char *value);
/* The value of "Authorization", such as "Bearer …". Kept in memory that is wiped with the request,
 * sent to the origin of the request only, and never logged. */
void assay_http_request_set_authorization (AssayHttpRequest *self, const char *value);
/* The bytes are sent as they are. @content_type: "application/json" or another. */
void assay_http_request_set_body (AssayHttpRequest *self, GBytes *body, const char *content_type);
/* The id of the submission that is carried, for the log. */
void assay_http_request_set_submission (AssayHttpRequest *self, const char *submission);
/* The SHA-256 of an attachment, 64 hexadecimal digits; what differs is refused. */
void assay_http_request_set_sha256 (AssayHttpRequest *self, const char *hex);
/* An attachment that is not followed to another origin either. */
void assay_http_request_set_stays (AssayHttpRequest *self, gboolean stays);
/* Narrower limits than those of the kind. Milliseconds and bytes; 0 leaves one as it is. The second
 * is how long the connection may be silent. */
void assay_http_request_set_limits (AssayHttpRequest *self,
                                    guint total_ms,
                                    guint silence_ms,
                                    gsize body_bytes);

G_END_DECLS
