/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * AssayPlatformError:
 * @ASSAY_PLATFORM_ERROR_OFFLINE: the platform cannot be reached; nothing was sent
 * @ASSAY_PLATFORM_ERROR_TIMED_OUT: it did not answer in time
 * @ASSAY_PLATFORM_ERROR_SIGNED_OUT: it does not know who asks
 * @ASSAY_PLATFORM_ERROR_NOT_ALLOWED: it knows, and says no
 * @ASSAY_PLATFORM_ERROR_NOT_FOUND: it has no such thing
 * @ASSAY_PLATFORM_ERROR_CONFLICT: it has something else there
 * @ASSAY_PLATFORM_ERROR_GONE: it withdrew the thing
 * @ASSAY_PLATFORM_ERROR_REJECTED: it objects to what was sent, perhaps with issues
 * @ASSAY_PLATFORM_ERROR_RATE_LIMITED: it asks for less, perhaps with a time to wait
 * @ASSAY_PLATFORM_ERROR_SERVER_FAULT: it failed by its own account
 * @ASSAY_PLATFORM_ERROR_PROTOCOL: it answered what no platform should, or something between us did
 * @ASSAY_PLATFORM_ERROR_NOT_SUPPORTED: it cannot do that
 * @ASSAY_PLATFORM_ERROR_ADDRESS: the address may not be used; nothing was sent
 * @ASSAY_PLATFORM_ERROR_INSECURE: no safe connection; nothing was sent, and nothing should be until
 *   the person looked into it
 * @ASSAY_PLATFORM_ERROR_PROXY: the proxy of this network wants a password or refuses; whatever the
 *   account
 * @ASSAY_PLATFORM_ERROR_INTERRUPTED: the connection broke off in the middle
 * @ASSAY_PLATFORM_ERROR_CANCELLED: nobody waits for it any longer; never shown
 *
 * What can happen between Assay and a platform, as codes that the interface can act on. Values are
 * stored by name. The message is a translated sentence for the person.
 */
typedef enum
{
  ASSAY_PLATFORM_ERROR_OFFLINE,
  ASSAY_PLATFORM_ERROR_TIMED_OUT,
  ASSAY_PLATFORM_ERROR_SIGNED_OUT,
  ASSAY_PLATFORM_ERROR_NOT_ALLOWED,
  ASSAY_PLATFORM_ERROR_NOT_FOUND,
  ASSAY_PLATFORM_ERROR_CONFLICT,
  ASSAY_PLATFORM_ERROR_GONE,
  ASSAY_PLATFORM_ERROR_REJECTED,
  ASSAY_PLATFORM_ERROR_RATE_LIMITED,
  ASSAY_PLATFORM_ERROR_SERVER_FAULT,
  ASSAY_PLATFORM_ERROR_PROTOCOL,
  ASSAY_PLATFORM_ERROR_NOT_SUPPORTED,
  ASSAY_PLATFORM_ERROR_ADDRESS,
  ASSAY_PLATFORM_ERROR_INSECURE,
  ASSAY_PLATFORM_ERROR_PROXY,
  ASSAY_PLATFORM_ERROR_INTERRUPTED,
  ASSAY_PLATFORM_ERROR_CANCELLED,
} AssayPlatformError;

#define ASSAY_PLATFORM_N_ERRORS (ASSAY_PLATFORM_ERROR_CANCELLED + 1)
#define ASSAY_PLATFORM_ERROR (assay_platform_error_quark ())
GQuark assay_platform_error_quark (void);

/**
 * AssayDelivery:
 * @ASSAY_DELIVERY_UNKNOWN: it may have arrived; look before it is sent again
 * @ASSAY_DELIVERY_NOT_SENT: it surely did not arrive
 * @ASSAY_DELIVERY_SIGNED_OUT: it was not taken, because the account is signed out
 * @ASSAY_DELIVERY_NOT_PROCESSED: it arrived and was put off
 * @ASSAY_DELIVERY_REFUSED: it arrived, and the answer is no
 * @ASSAY_DELIVERY_ANSWERED: it arrived, and the answer is yes; a submission counts as accepted only
 *   with a receipt that names it
 *
 * What an exchange proves about the request that it carried. Whatever proves nothing is unknown.
 */
typedef enum
{
  ASSAY_DELIVERY_UNKNOWN,
  ASSAY_DELIVERY_NOT_SENT,
  ASSAY_DELIVERY_SIGNED_OUT,
  ASSAY_DELIVERY_NOT_PROCESSED,
  ASSAY_DELIVERY_REFUSED,
  ASSAY_DELIVERY_ANSWERED,
} AssayDelivery;

/**
 * AssayPlatformIssue:
 * @pointer: a JSON Pointer (RFC 6901) into what was sent; "" for the whole
 * @code: (nullable): the platform's own name for it
 * @message: (nullable): the platform's words; untrusted text
 *
 * One objection of a platform, from the member "errors" of RFC 9457 problem details.
 */
typedef struct
{
  char *pointer;
  char *code;
  char *message;
} AssayPlatformIssue;

/* The names under which they are stored and logged: "timed-out", "not-sent". */
const char *assay_platform_error_to_string (AssayPlatformError code);
const char *assay_delivery_to_string (AssayDelivery delivery);

/* An ASSAY_PLATFORM_ERROR that carries what the exchange proves. @message: a translated sentence.
 * (transfer full) */
GError *
assay_platform_error_new (AssayPlatformError code, AssayDelivery delivery, const char *message);

/* The functions below take any error, NULL excepted; one of another domain knows nothing. */

/* What @error proves about what was sent. An ASSAY_PLATFORM_ERROR that was made without saying so
 * has the delivery that follows from its code; an error of another domain proves nothing. */
AssayDelivery assay_platform_error_get_delivery (const GError *error);
/* The status of the answer; 0 where none came. */
guint assay_platform_error_get_status (const GError *error);
/* How long the platform asks to wait from now on, in microseconds, within 1 s and 24 h; 0 where it
 * does not say. */
gint64 assay_platform_error_get_wait_us (const GError *error);
/* The answer as JSON, where it was JSON: for what one platform says in its own way. Borrowed,
 * immutable; NULL without. */
JsonNode *assay_platform_error_get_answer (const GError *error);
/* The last part of the "type" of RFC 9457 problem details, such as "lease-expired"; NULL without.
 * Borrowed. */
const char *assay_platform_error_get_problem (const GError *error);
/* The answer is more than is taken of one, or holds more than JSON may here; it would be again. */
gboolean assay_platform_error_get_too_large (const GError *error);
/* The value of the answer's "Link" (see assay_link_header_find ()), for a list that goes on behind
 * what was too large; NULL without. Borrowed. */
const char *assay_platform_error_get_link (const GError *error);
/* What the platform objects to, as AssayPlatformIssue; empty where it does not say.
 * (transfer container) */
GPtrArray *assay_platform_error_list_issues (const GError *error);

/* For who makes the error: what the getters above return. @answer is referenced and must be
 * immutable. */
void assay_platform_error_set_status (GError *error, guint status);
void assay_platform_error_set_wait_us (GError *error, gint64 wait_us);
void assay_platform_error_set_answer (GError *error, JsonNode *answer);
/* @link: (nullable) */
void assay_platform_error_set_too_large (GError *error, const char *link);

G_END_DECLS
