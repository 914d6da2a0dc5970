/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define ASSAY_TYPE_HTTP_ANSWER (assay_http_answer_get_type ())
/**
 * AssayHttpAnswer:
 *
 * An answer that means yes: a status of 2xx, or 304 to a conditional GET; whole, within its limits
 * and of the type that was asked for. A value.
 */
G_DECLARE_FINAL_TYPE (AssayHttpAnswer, assay_http_answer, ASSAY, HTTP_ANSWER, GObject)

guint assay_http_answer_get_status (AssayHttpAnswer *self);
/* By its name in any case; the values of a repeated one are joined with ", ". NULL if absent.
 * Valid UTF-8, untrusted. Borrowed. */
const char *assay_http_answer_get_header (AssayHttpAnswer *self, const char *name);
/* The answer as JSON, immutable; NULL for 204, 205, 304, HEAD and attachments. Borrowed. */
JsonNode *assay_http_answer_get_json (AssayHttpAnswer *self);
/* The same as an object; NULL if it is none. Borrowed. */
JsonObject *assay_http_answer_get_object (AssayHttpAnswer *self);
/* The bytes of the body, decompressed; never NULL. Borrowed. */
GBytes *assay_http_answer_get_body (AssayHttpAnswer *self);
/* The server's clock when it answered (header "Date"), in microseconds of UTC; -1 without.
 * Deadlines and leases are counted by its difference to the times in the body, never by our clock.
 */
gint64 assay_http_answer_get_date (AssayHttpAnswer *self);
/* When the headers of the answer arrived: g_get_monotonic_time(). */
gint64 assay_http_answer_get_received_at (AssayHttpAnswer *self);
/* The target of the "Link" of that relation (RFC 8288), such as "next", or NULL. Not resolved and
 * not checked: see assay_origin_resolve_next(). (transfer full) */
char *assay_http_answer_dup_link (AssayHttpAnswer *self, const char *relation);

G_END_DECLS
