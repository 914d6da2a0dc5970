/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-http.h"

G_BEGIN_DECLS

/**
 * AssayOpenAsk:
 * @kind: decides the limits
 * @method: NULL for GET
 * @route: as it is logged; a literal
 * @body: (nullable)
 * @key: (nullable): Idempotency-Key
 * @if_match: (nullable)
 * @if_none_match: (nullable)
 * @submission: (nullable): for the log
 * @anonymous: without the secret
 *
 * What is asked of a platform.
 */
typedef struct
{
  AssayHttpKind kind;
  const char *method;
  const char *route;
  GBytes *body;
  const char *key;
  const char *if_match;
  const char *if_none_match;
  const char *submission;
  gboolean anonymous;
} AssayOpenAsk;

#define ASSAY_TYPE_OPEN_CLIENT (assay_open_client_get_type ())
/**
 * AssayOpenClient:
 *
 * Requests to one platform under one secret. A token that ended is renewed once for all requests
 * that noticed, and each of them is sent once more.
 *
 * Signal `secret-changed (secret)`: before anything is sent with it.
 */
G_DECLARE_FINAL_TYPE (AssayOpenClient, assay_open_client, ASSAY, OPEN_CLIENT, GObject)

/* @secret: (nullable) */
AssayOpenClient *assay_open_client_new (AssayHttp *http, const char *secret);
gboolean assay_open_client_has_secret (AssayOpenClient *self);
/* What its addresses begin with; NULL until it is known. */
const char *assay_open_client_get_base (AssayOpenClient *self);
void assay_open_client_set_base (AssayOpenClient *self, const char *base);
/* How much a submission may be, for the sentence about one that is more; 0: not known. */
void assay_open_client_set_submission_bytes (AssayOpenClient *self, guint submission_bytes);

/* The address of what is below the base, by its segments up to NULL. (transfer full) */
char *assay_open_client_build_url (AssayOpenClient *self, GError **error, const char *segment, ...)
    G_GNUC_NULL_TERMINATED;
/* Asks, on a fiber. NULL and an ASSAY_PLATFORM_ERROR with a sentence for the person.
 * (transfer full) */
AssayHttpAnswer *assay_open_client_ask (AssayOpenClient *self,
                                        const AssayOpenAsk *ask,
                                        const char *url,
                                        GError **error);
/* Reads what is at @url without the secret and whatever its type: an attachment. @sha256:
 * (nullable). On a fiber. (transfer full) */
AssayHttpAnswer *assay_open_client_fetch (AssayOpenClient *self,
                                          const char *url,
                                          const char *route,
                                          const char *sha256,
                                          gsize max_bytes,
                                          GError **error);

G_END_DECLS
