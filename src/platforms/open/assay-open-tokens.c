/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-open-tokens.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-json-read.h"

/* What longer a token lasts is not counted. */
#define LONGEST_LIFE_SECONDS (G_GINT64_CONSTANT (10) * 366 * 24 * 60 * 60)

void
assay_open_tokens_append_field (GString *text, const char *name, const char *value)
{
  g_return_if_fail (text != NULL);
  g_return_if_fail (name != NULL);
  g_return_if_fail (value != NULL);

  if (text->len > 0)
    g_string_append_c (text, '&');
  g_string_append_uri_escaped (text, name, NULL, FALSE);
  g_string_append_c (text, '=');
  g_string_append_uri_escaped (text, value, NULL, FALSE);
}

static AssayOpenSecret *
read_answer (AssayHttpAnswer *answer, const char *endpoint, const char *client_id, GError **error)
{
  JsonObject *object = assay_http_answer_get_object (answer);
  const char *access = object != NULL ? assay_json_get_string (object, "access_token") : NULL;
  const char *type = object != NULL ? assay_json_get_string (object, "token_type") : NULL;
  AssayOpenSecret *secret;
  gint64 seconds;

  if (access == NULL || *access == '\0' || type == NULL || g_ascii_strcasecmp (type, "bearer") != 0)
    {
      g_propagate_error (
          error, assay_platform_error_new (ASSAY_PLATFORM_ERROR_PROTOCOL, ASSAY_DELIVERY_UNKNOWN,
                                           _ ("The server that signs you in gave an answer that "
                                              "cannot be understood.")));
      return NULL;
    }
  seconds = assay_json_get_int (object, "expires_in", 0);
  secret = g_new0 (AssayOpenSecret, 1);
  secret->access = g_strdup (access);
  secret->refresh = g_strdup (assay_json_get_string (object, "refresh_token"));
  if (seconds > 0)
    secret->expires_at = g_get_real_time () + MIN (seconds, LONGEST_LIFE_SECONDS) * G_USEC_PER_SEC;
  secret->token_endpoint = g_strdup (endpoint);
  secret->client_id = g_strdup (client_id);
  return secret;
}

static void
wipe_bytes (gpointer data)
{
  char *text = data;

  assay_open_wipe (&text);
}

AssayOpenSecret *
assay_open_tokens_ask (AssayHttp *http,
                       const char *endpoint,
                       const char *client_id,
                       GError **error,
                       const char *name,
                       ...)
{
  g_autoptr (AssayHttpRequest) request = NULL;
  g_autoptr (AssayHttpAnswer) answer = NULL;
  g_autoptr (GBytes) body = NULL;
  GString *form;
  gsize length;
  char *text;
  va_list args;

  g_return_val_if_fail (ASSAY_IS_HTTP (http), NULL);
  g_return_val_if_fail (endpoint != NULL, NULL);

  form = g_string_new (NULL);
  va_start (args, name);
  for (const char *field = name; field != NULL; field = va_arg (args, const char *))
    assay_open_tokens_append_field (form, field, va_arg (args, const char *));
  va_end (args);
  if (client_id != NULL)
    assay_open_tokens_append_field (form, "client_id", client_id);
  length = form->len;
  text = g_string_free_and_steal (form);
  body = g_bytes_new_with_free_func (text, length, wipe_bytes, text);

  request = assay_http_request_new (ASSAY_HTTP_PROBE, "POST", endpoint, "/{token endpoint}");
  assay_http_request_set_body (request, body, "application/x-www-form-urlencoded");
  answer = dex_await_object (assay_http_send (http, request), error);
  return answer != NULL ? read_answer (answer, endpoint, client_id, error) : NULL;
}
