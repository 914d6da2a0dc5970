/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "http-fixture.h"

#define BODY "{\"answers\":{\"a\":4},\"rationale\":\"Because it says what was asked.\"}"

GBytes *
http_fixture_dup_body (void)
{
  return g_bytes_new_static (BODY, strlen (BODY));
}

AssayHttp *
http_fixture_new_http (const char *authority)
{
  g_autoptr (GError) error = NULL;
  AssayHttp *http =
      authority != NULL ? assay_http_new_with_authority (authority, &error) : assay_http_new ();

  g_assert_no_error (error);
  return http;
}

AssayHttpRequest *
http_fixture_new_request (AssayHttpKind kind, const char *method, const char *url)
{
  AssayHttpRequest *request = assay_http_request_new (kind, method, url, "/test/{id}");

  assay_http_request_set_authorization (request, HTTP_TOKEN);
  assay_http_request_set_header (request, "X-Api-Key", HTTP_OWN_HEADER);
  if (g_str_equal (method, "PUT") || g_str_equal (method, "POST") || g_str_equal (method, "PATCH"))
    {
      g_autoptr (GBytes) body = http_fixture_dup_body ();

      assay_http_request_set_body (request, body, "application/json");
    }
  return request;
}

void
http_fixture_wait (DexFuture *future)
{
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
}

void
http_fixture_wait_for (gboolean (*holds) (gpointer data), gpointer data)
{
  while (!holds (data))
    {
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
}

AssayHttpAnswer *
http_fixture_send (AssayHttp *http, AssayHttpRequest *request, GError **error)
{
  g_autoptr (DexFuture) future = assay_http_send (http, request);
  const GValue *value;

  http_fixture_wait (future);
  value = dex_future_get_value (future, error);
  return value != NULL ? g_value_dup_object (value) : NULL;
}

void
http_fixture_assert_outcome (AssayHttpAnswer *answer,
                             const GError *error,
                             int code,
                             AssayDelivery delivery)
{
  if (code == HTTP_ANSWERED)
    {
      g_assert_no_error (error);
      g_assert_true (ASSAY_IS_HTTP_ANSWER (answer));
      return;
    }
  g_assert_null (answer);
  g_assert_error (error, ASSAY_PLATFORM_ERROR, code);
  g_assert_cmpint (assay_platform_error_get_delivery (error), ==, delivery);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (strlen (error->message), >, 0);
  g_assert_null (strstr (error->message, "0123456789"));
  g_assert_null (strstr (error->message, HTTP_OWN_HEADER));
}

guint
http_fixture_count_requests (FaultServer *server)
{
  g_autoptr (GPtrArray) requests = fault_server_list_requests (server);

  return requests->len;
}

guint
http_fixture_count_told (FaultServer *server)
{
  g_autoptr (GPtrArray) requests = fault_server_list_requests (server);
  guint n = 0;

  for (guint i = 0; i < requests->len; i++)
    {
      const FaultRequest *request = requests->pdata[i];

      n += strstr (request->headers, HTTP_TOKEN) != NULL
           || strstr (request->headers, HTTP_OWN_HEADER) != NULL;
    }
  return n;
}
