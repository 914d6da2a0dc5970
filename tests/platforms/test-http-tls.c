/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whom we talk to at all, and HTTP/2. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "fault-certificates.h"
#include "http-fixture.h"

#define SHORT_MS 500
/* A GET is repeated three times, and once more while that is stopped. */
#define MAX_TRIES 5

static FaultCertificates *certificates;
/* One for all faults of HTTP/2: whatever happened to it before, it goes on; and a session of
 * libsoup that goes while such a connection is being closed complains. */
static AssayHttp *http2;

static gboolean
have_certificates (void)
{
  if (certificates == NULL)
    certificates = fault_certificates_new ();
  if (certificates == NULL)
    g_test_skip ("there is no openssl that makes certificates");
  return certificates != NULL;
}

/* A PUT does not reach who is not who it should be. */
static void
check_refused (FaultServerKind kind, const char *certificate, int code, const char *words)
{
  static const char *const methods[] = { "GET", "PUT" };
  g_autoptr (FaultServer) server = fault_server_new (kind, certificate);
  g_autoptr (AssayHttp) http = http_fixture_new_http (certificates->authority);

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autofree char *url = fault_server_dup_url (server, "none", "submissions/s1");
      g_autoptr (AssayHttpRequest) request =
          http_fixture_new_request (ASSAY_HTTP_SUBMIT, methods[i], url);
      g_autoptr (GError) error = NULL;
      g_autoptr (AssayHttpAnswer) answer = http_fixture_send (http, request, &error);

      http_fixture_assert_outcome (answer, error, code, ASSAY_DELIVERY_NOT_SENT);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, words));
    }
  g_assert_cmpuint (http_fixture_count_requests (server), ==, 0);
}

static void
test_certificates (void)
{
  const int insecure = ASSAY_PLATFORM_ERROR_INSECURE;

  if (!have_certificates ())
    return;
  check_refused (FAULT_SERVER_TLS, certificates->self_signed, insecure, "trusts");
  check_refused (FAULT_SERVER_TLS, certificates->wrong_host, insecure, "not that of");
  check_refused (FAULT_SERVER_TLS, certificates->expired, insecure, "out of date");
  check_refused (FAULT_SERVER_TLS, certificates->not_yet_valid, insecure, "not valid yet");
  check_refused (FAULT_SERVER_CUT_TLS, NULL, ASSAY_PLATFORM_ERROR_OFFLINE, "cannot be reached");
}

/* The priorities of GnuTLS are those of the process, so both sides speak only what they did in
 * 2006.
 */
static void
test_old_protocol (void)
{
  if (g_test_subprocess ())
    {
      if (have_certificates ())
        check_refused (FAULT_SERVER_TLS, certificates->good, ASSAY_PLATFORM_ERROR_INSECURE,
                       "no safe connection");
      return;
    }
  g_setenv ("G_TLS_GNUTLS_PRIORITY", "NORMAL:-VERS-ALL:+VERS-TLS1.1:%COMPAT", TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_unsetenv ("G_TLS_GNUTLS_PRIORITY");
  g_test_trap_assert_passed ();
}

static void
test_authority (void)
{
  g_autoptr (FaultServer) server = NULL;
  g_autoptr (AssayHttp) trusting = NULL;
  g_autoptr (AssayHttp) strict = NULL;
  g_autofree char *url = NULL;
  g_autoptr (AssayHttpRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayHttpAnswer) answer = NULL;
  g_autoptr (AssayHttpAnswer) none = NULL;

  if (!have_certificates ())
    return;
  server = fault_server_new (FAULT_SERVER_TLS, certificates->good);
  url = fault_server_dup_url (server, "none", "submissions/s1");
  request = http_fixture_new_request (ASSAY_HTTP_SUBMIT, "PUT", url);
  trusting = http_fixture_new_http (certificates->authority);
  answer = http_fixture_send (trusting, request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fault_server_count_commits (server, "s1"), ==, 1);

  /* Who is not told about the authority does not know it. */
  strict = http_fixture_new_http (NULL);
  none = http_fixture_send (strict, request, &error);
  http_fixture_assert_outcome (none, error, ASSAY_PLATFORM_ERROR_INSECURE, ASSAY_DELIVERY_NOT_SENT);
  g_assert_cmpuint (fault_server_count_commits (server, "s1"), ==, 1);
}

static void
test_no_authority (void)
{
  static const char *const texts[] = { "", "this is no certificate\n" };
  g_autoptr (GError) error = NULL;

  g_assert_null (assay_http_new_with_authority ("/nowhere/at/all.pem", &error));
  g_assert_error (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_INSECURE);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) text_error = NULL;
      g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "x.pem", NULL);

      g_mkdir_with_parents (g_get_user_cache_dir (), 0700);
      g_file_set_contents (path, texts[i], -1, &text_error);
      g_assert_no_error (text_error);
      g_assert_null (assay_http_new_with_authority (path, &text_error));
      g_assert_error (text_error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_INSECURE);
    }
}

/* A server that takes the connection and never shakes hands. */
static void
test_silent_handshake (void)
{
  g_autoptr (FaultServer) server = fault_server_new (FAULT_SERVER_MUTE, NULL);
  g_autoptr (AssayHttp) http = http_fixture_new_http (NULL);
  g_autofree char *url =
      g_strdup_printf ("https://127.0.0.1:%u/submissions/s1", fault_server_get_port (server));
  g_autoptr (AssayHttpRequest) request = http_fixture_new_request (ASSAY_HTTP_SUBMIT, "PUT", url);
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayHttpAnswer) answer = NULL;

  assay_http_request_set_limits (request, SHORT_MS, 0, 0);
  answer = http_fixture_send (http, request, &error);
  http_fixture_assert_outcome (answer, error, ASSAY_PLATFORM_ERROR_TIMED_OUT,
                               ASSAY_DELIVERY_NOT_SENT);
}

typedef struct
{
  const char *fault;
  int get;
} Http2Line;

#define BROKEN ASSAY_PLATFORM_ERROR_INTERRUPTED

static const Http2Line http2_lines[] = {
  { "none", HTTP_ANSWERED },
  { "goaway-before", BROKEN },
  { "goaway-after", BROKEN },
  { "close-before", BROKEN },
  { "close-after", BROKEN },
  { "rst-before", BROKEN },
  { "rst-refused", BROKEN },
  { "rst-after", BROKEN },
  /* libsoup does not tell; the silence does. */
  { "rst-within", ASSAY_PLATFORM_ERROR_TIMED_OUT },
  { "window", HTTP_ANSWERED },
};

/* Requests that came over HTTP/2, of those with a body or of those without. */
static guint
count_http2 (FaultServer *server, const char *method)
{
  g_autoptr (GPtrArray) requests = fault_server_list_requests (server);
  guint n = 0;

  for (guint i = 0; i < requests->len; i++)
    {
      const FaultRequest *request = requests->pdata[i];

      n += g_str_equal (request->fault, "http2") && g_str_equal (request->method, method);
    }
  return n;
}

static void
test_http2 (gconstpointer data)
{
  const Http2Line *line = data;
  g_autoptr (FaultServer) server = NULL;
  g_autofree char *url = NULL;
  g_autoptr (AssayHttpRequest) get = NULL;
  g_autoptr (AssayHttpRequest) put = NULL;
  g_autoptr (AssayHttpAnswer) page = NULL;
  g_autoptr (AssayHttpAnswer) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) put_error = NULL;

  if (!have_certificates ())
    return;
  if (http2 == NULL)
    http2 = http_fixture_new_http (certificates->authority);
  server = fault_server_new (FAULT_SERVER_HTTP2, certificates->good);
  fault_server_set_http2_fault (server, line->fault);
  url = fault_server_dup_url (server, "none", "submissions/s1");

  get = http_fixture_new_request (ASSAY_HTTP_PAGE, "GET", url);
  if (line->get == ASSAY_PLATFORM_ERROR_TIMED_OUT)
    assay_http_request_set_limits (get, 0, SHORT_MS, 0);
  page = http_fixture_send (http2, get, &error);
  http_fixture_assert_outcome (page, error, line->get, ASSAY_DELIVERY_UNKNOWN);
  g_assert_cmpuint (count_http2 (server, FAULT_HTTP2_WITHOUT_BODY), >=, 1);

  /* What must not be sent twice does not go by HTTP/2 at all. */
  put = http_fixture_new_request (ASSAY_HTTP_SUBMIT, "PUT", url);
  receipt = http_fixture_send (http2, put, &put_error);
  g_assert_no_error (put_error);
  g_assert_cmpuint (count_http2 (server, FAULT_HTTP2_WITH_BODY), ==, 0);
  g_assert_cmpuint (fault_server_count_commits (server, "s1"), ==, 1);
  /* The GET that libsoup repeated may be told of after its stop. */
  g_assert_cmpuint (count_http2 (server, FAULT_HTTP2_WITHOUT_BODY), <=, MAX_TRIES);
}

int
main (int argc, char *argv[])
{
  int result;

  dex_init ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/http/tls/certificates", test_certificates);
  g_test_add_func ("/http/tls/old-protocol", test_old_protocol);
  g_test_add_func ("/http/tls/authority", test_authority);
  g_test_add_func ("/http/tls/no-authority", test_no_authority);
  g_test_add_func ("/http/tls/silent-handshake", test_silent_handshake);
  /* Twice: more often than there may be connections. */
  for (guint i = 0; i < 2 * G_N_ELEMENTS (http2_lines); i++)
    {
      const Http2Line *line = &http2_lines[i % G_N_ELEMENTS (http2_lines)];
      g_autofree char *path = g_strdup_printf ("/http/2/%s/%u", line->fault, i);

      g_test_add_data_func (path, line, test_http2);
    }

  result = g_test_run ();
  g_clear_pointer (&certificates, fault_certificates_free);
  return result;
}
