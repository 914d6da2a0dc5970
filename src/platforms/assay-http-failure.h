/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "assay-exchange.h"

G_BEGIN_DECLS

/* How an exchange ended, by what libsoup, TLS or the system says of it. */
AssayExchangeEnd assay_http_failure_read (const GError *error);

/* The error for the person and for the outbox. @uri, @message: (nullable): as far as it came.
 * @json: (nullable): the answer, sealed. @refusal: (nullable): the sentence, where there is a
 * better one than that of the code. (transfer full) */
GError *assay_http_failure_new (const AssayExchangeFacts *facts,
                                GUri *uri,
                                SoupMessage *message,
                                JsonNode *json,
                                const char *refusal);

G_END_DECLS
