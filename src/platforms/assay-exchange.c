/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-exchange.h"

static AssayExchangeVerdict
verdict (AssayDelivery delivery, AssayPlatformError code)
{
  return (AssayExchangeVerdict) { delivery, code };
}

/* Where the headers did not leave, nobody can have acted on them. */
static AssayExchangeVerdict
before_or_after (const AssayExchangeFacts *facts,
                 AssayPlatformError before,
                 AssayPlatformError after)
{
  return facts->headers_written ? verdict (ASSAY_DELIVERY_UNKNOWN, after)
                                : verdict (ASSAY_DELIVERY_NOT_SENT, before);
}

static AssayExchangeVerdict
judge_status (const AssayExchangeFacts *facts)
{
  guint status = facts->status;

  if (status >= 200 && status < 300)
    return verdict (ASSAY_DELIVERY_ANSWERED, ASSAY_PLATFORM_ERROR_PROTOCOL);
  if (status == 304 && facts->conditional)
    return verdict (ASSAY_DELIVERY_ANSWERED, ASSAY_PLATFORM_ERROR_PROTOCOL);

  switch (status)
    {
    case 401:
      return verdict (ASSAY_DELIVERY_SIGNED_OUT, ASSAY_PLATFORM_ERROR_SIGNED_OUT);
    case 403:
    case 451:
      return verdict (ASSAY_DELIVERY_REFUSED, ASSAY_PLATFORM_ERROR_NOT_ALLOWED);
    case 404:
      return verdict (ASSAY_DELIVERY_REFUSED, ASSAY_PLATFORM_ERROR_NOT_FOUND);
    case 409:
    case 412:
      return verdict (ASSAY_DELIVERY_REFUSED, ASSAY_PLATFORM_ERROR_CONFLICT);
    case 410:
      return verdict (ASSAY_DELIVERY_REFUSED, ASSAY_PLATFORM_ERROR_GONE);
    case 400:
    case 405:
    case 411:
    case 413:
    case 414:
    case 415:
    case 422:
    case 428:
    case 431:
      return verdict (ASSAY_DELIVERY_REFUSED, ASSAY_PLATFORM_ERROR_REJECTED);
    case 429:
      return verdict (ASSAY_DELIVERY_NOT_PROCESSED, ASSAY_PLATFORM_ERROR_RATE_LIMITED);
    case 503:
      if (facts->has_retry_after)
        return verdict (ASSAY_DELIVERY_NOT_PROCESSED, ASSAY_PLATFORM_ERROR_RATE_LIMITED);
      return verdict (ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_SERVER_FAULT);
    case 408:
    case 425:
      return verdict (ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_SERVER_FAULT);
    default:
      return verdict (ASSAY_DELIVERY_UNKNOWN, status >= 500 && status < 600
                                                  ? ASSAY_PLATFORM_ERROR_SERVER_FAULT
                                                  : ASSAY_PLATFORM_ERROR_PROTOCOL);
    }
}

AssayExchangeVerdict
assay_exchange_judge (const AssayExchangeFacts *facts)
{
  g_return_val_if_fail (facts != NULL,
                        verdict (ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_PROTOCOL));

  switch (facts->end)
    {
    case ASSAY_EXCHANGE_ANSWERED:
      /* Who answers before we asked is a proxy that makes no connection. */
      if (!facts->headers_written)
        return verdict (ASSAY_DELIVERY_NOT_SENT, ASSAY_PLATFORM_ERROR_PROXY);
      return judge_status (facts);
    case ASSAY_EXCHANGE_ADDRESS:
      return before_or_after (facts, ASSAY_PLATFORM_ERROR_ADDRESS, ASSAY_PLATFORM_ERROR_PROTOCOL);
    case ASSAY_EXCHANGE_UNREACHABLE:
    case ASSAY_EXCHANGE_BROKEN:
      return before_or_after (facts, ASSAY_PLATFORM_ERROR_OFFLINE,
                              ASSAY_PLATFORM_ERROR_INTERRUPTED);
    case ASSAY_EXCHANGE_INSECURE:
      return before_or_after (facts, ASSAY_PLATFORM_ERROR_INSECURE,
                              ASSAY_PLATFORM_ERROR_INTERRUPTED);
    case ASSAY_EXCHANGE_PROXY:
      return before_or_after (facts, ASSAY_PLATFORM_ERROR_PROXY, ASSAY_PLATFORM_ERROR_PROTOCOL);
    case ASSAY_EXCHANGE_TIMED_OUT:
      return before_or_after (facts, ASSAY_PLATFORM_ERROR_TIMED_OUT,
                              ASSAY_PLATFORM_ERROR_TIMED_OUT);
    case ASSAY_EXCHANGE_CANCELLED:
      return before_or_after (facts, ASSAY_PLATFORM_ERROR_CANCELLED,
                              ASSAY_PLATFORM_ERROR_CANCELLED);
    case ASSAY_EXCHANGE_RESTARTED:
      return verdict (ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_INTERRUPTED);
    case ASSAY_EXCHANGE_TOO_LARGE:
    case ASSAY_EXCHANGE_UNREADABLE:
    default:
      return verdict (ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_PROTOCOL);
    }
}

static const char *
get_sentence (AssayPlatformError code)
{
  switch (code)
    {
    case ASSAY_PLATFORM_ERROR_OFFLINE:
      return _ ("%s cannot be reached.");
    case ASSAY_PLATFORM_ERROR_TIMED_OUT:
      return _ ("%s did not answer in time.");
    case ASSAY_PLATFORM_ERROR_SIGNED_OUT:
      return _ ("%s asks you to sign in again.");
    case ASSAY_PLATFORM_ERROR_NOT_ALLOWED:
      return _ ("%s does not allow this.");
    case ASSAY_PLATFORM_ERROR_NOT_FOUND:
      return _ ("%s has nothing there.");
    case ASSAY_PLATFORM_ERROR_CONFLICT:
      return _ ("%s has something else there already.");
    case ASSAY_PLATFORM_ERROR_GONE:
      return _ ("%s has withdrawn this.");
    case ASSAY_PLATFORM_ERROR_REJECTED:
      return _ ("%s does not accept what was sent.");
    case ASSAY_PLATFORM_ERROR_RATE_LIMITED:
      return _ ("%s asks to wait.");
    case ASSAY_PLATFORM_ERROR_SERVER_FAULT:
      return _ ("%s has a fault of its own.");
    case ASSAY_PLATFORM_ERROR_PROTOCOL:
      return _ (
          "%s gave an answer that cannot be understood. Perhaps this network asks you to sign "
          "in first.");
    case ASSAY_PLATFORM_ERROR_NOT_SUPPORTED:
      return _ ("%s cannot do this.");
    case ASSAY_PLATFORM_ERROR_ADDRESS:
      return _ ("The address of %s cannot be used.");
    case ASSAY_PLATFORM_ERROR_INSECURE:
      return _ ("There is no safe connection to %s, so nothing was sent.");
    case ASSAY_PLATFORM_ERROR_PROXY:
      return _ ("The proxy of this network makes no connection to %s. It may want a password.");
    case ASSAY_PLATFORM_ERROR_INTERRUPTED:
      return _ ("The connection to %s broke off.");
    case ASSAY_PLATFORM_ERROR_CANCELLED:
    default:
      return _ ("The exchange with %s was given up.");
    }
}

char *
assay_exchange_describe (AssayPlatformError code, const char *host)
{
  return g_strdup_printf (get_sentence (code),
                          host != NULL ? host : C_ ("name of a server", "The platform"));
}

char *
assay_exchange_describe_certificate (GTlsCertificateFlags flags, const char *host)
{
  const char *sentence;

  g_return_val_if_fail (host != NULL, NULL);

  if ((flags & G_TLS_CERTIFICATE_EXPIRED) != 0)
    sentence = _ ("The certificate of %s is out of date, or the clock of this computer is wrong. "
                  "Nothing was sent.");
  else if ((flags & G_TLS_CERTIFICATE_NOT_ACTIVATED) != 0)
    sentence = _ ("The certificate of %s is not valid yet, or the clock of this computer is wrong. "
                  "Nothing was sent.");
  else if ((flags & G_TLS_CERTIFICATE_REVOKED) != 0)
    sentence = _ ("The certificate of %s was revoked. Nothing was sent.");
  else if ((flags & G_TLS_CERTIFICATE_BAD_IDENTITY) != 0)
    sentence = _ ("The certificate is not that of %s. Nothing was sent.");
  else if ((flags & G_TLS_CERTIFICATE_UNKNOWN_CA) != 0)
    sentence = _ ("Nobody whom this computer trusts vouches for the certificate of %s. Nothing was "
                  "sent.");
  else
    return assay_exchange_describe (ASSAY_PLATFORM_ERROR_INSECURE, host);
  return g_strdup_printf (sentence, host);
}
