/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-http-failure.h"
#include "assay-json-read.h"
#include "assay-retry-after.h"

static AssayExchangeEnd
read_io_error (int code)
{
  switch ((GIOErrorEnum) code)
    {
    case G_IO_ERROR_HOST_NOT_FOUND:
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
    case G_IO_ERROR_CONNECTION_REFUSED:
      return ASSAY_EXCHANGE_UNREACHABLE;
    case G_IO_ERROR_PROXY_FAILED:
    case G_IO_ERROR_PROXY_AUTH_FAILED:
    case G_IO_ERROR_PROXY_NEED_AUTH:
    case G_IO_ERROR_PROXY_NOT_ALLOWED:
      return ASSAY_EXCHANGE_PROXY;
    case G_IO_ERROR_TIMED_OUT:
      return ASSAY_EXCHANGE_TIMED_OUT;
    case G_IO_ERROR_CANCELLED:
      return ASSAY_EXCHANGE_CANCELLED;
    /* Decompression says so. */
    case G_IO_ERROR_INVALID_DATA:
      return ASSAY_EXCHANGE_UNREADABLE;
    default:
      return ASSAY_EXCHANGE_BROKEN;
    }
}

AssayExchangeEnd
assay_http_failure_read (const GError *error)
{
  g_return_val_if_fail (error != NULL, ASSAY_EXCHANGE_BROKEN);

  if (error->domain == G_IO_ERROR)
    return read_io_error (error->code);
  if (error->domain == G_RESOLVER_ERROR)
    return ASSAY_EXCHANGE_UNREACHABLE;
  if (error->domain == G_TLS_ERROR)
    {
      /* A handshake that fails for another reason says nothing about who is there. */
      return error->code == G_TLS_ERROR_BAD_CERTIFICATE ? ASSAY_EXCHANGE_INSECURE
                                                        : ASSAY_EXCHANGE_BROKEN;
    }
  if (error->domain == SOUP_SESSION_ERROR)
    {
      switch ((SoupSessionError) error->code)
        {
        case SOUP_SESSION_ERROR_PARSING:
        case SOUP_SESSION_ERROR_ENCODING:
          return ASSAY_EXCHANGE_UNREADABLE;
        case SOUP_SESSION_ERROR_TOO_MANY_RESTARTS:
          return ASSAY_EXCHANGE_RESTARTED;
        default:
          return ASSAY_EXCHANGE_BROKEN;
        }
    }
  return ASSAY_EXCHANGE_BROKEN;
}

static char *
describe (AssayPlatformError code,
          GUri *uri,
          SoupMessage *message,
          JsonNode *json,
          const char *refusal)
{
  JsonObject *object = assay_json_node_object (json);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *words = NULL;

  if (refusal != NULL)
    return g_strdup (refusal);
  if (code == ASSAY_PLATFORM_ERROR_INSECURE && host != NULL && message != NULL)
    return assay_exchange_describe_certificate (
        soup_message_get_tls_peer_certificate_errors (message), host);

  sentence = assay_exchange_describe (code, host);
  /* RFC 9457, and what most say who never read it. */
  if (object != NULL)
    words = assay_json_dup_label (assay_json_get_string (object, "detail"));
  if (object != NULL && words == NULL)
    words = assay_json_dup_label (assay_json_get_string (object, "title"));
  if (words == NULL)
    return g_steal_pointer (&sentence);
  /* Translators: the first is a sentence, the second the words of a server */
  return g_strdup_printf (_ ("%s It says: “%s”"), sentence, words);
}

static const char *
get_header (SoupMessage *message, const char *name)
{
  return message != NULL
             ? soup_message_headers_get_one (soup_message_get_response_headers (message), name)
             : NULL;
}

GError *
assay_http_failure_new (const AssayExchangeFacts *facts,
                        GUri *uri,
                        SoupMessage *message,
                        JsonNode *json,
                        const char *refusal)
{
  AssayExchangeFacts all = *facts;
  AssayExchangeVerdict verdict;
  const char *retry_after = get_header (message, "Retry-After");
  g_autofree char *sentence = NULL;
  GError *error;

  all.has_retry_after = retry_after != NULL;
  verdict = assay_exchange_judge (&all);
  sentence = describe (verdict.code, uri, message, json, refusal);
  error = assay_platform_error_new (verdict.code, verdict.delivery, sentence);
  assay_platform_error_set_status (error, facts->status);
  if (json != NULL)
    assay_platform_error_set_answer (error, json);
  if (facts->end == ASSAY_EXCHANGE_TOO_LARGE)
    assay_platform_error_set_too_large (
        error,
        message != NULL
            ? soup_message_headers_get_list (soup_message_get_response_headers (message), "Link")
            : NULL);
  if (verdict.delivery == ASSAY_DELIVERY_NOT_PROCESSED && retry_after != NULL)
    {
      const char *date = get_header (message, "Date");
      gint64 server_now = date != NULL ? assay_retry_after_parse_date (date) : -1;

      assay_platform_error_set_wait_us (
          error,
          assay_retry_after_parse (retry_after, server_now >= 0 ? server_now : g_get_real_time ()));
    }
  return error;
}
