/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Connections: those that die, those that do not come about, how many there are, and who lets go.
 */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "fault-certificates.h"
#include "hanging-resolver.h"
#include "http-fixture.h"

/* For what only a deadline ends: long enough for a machine under load to connect. */
#define SHORT_MS 500
#define OF_ORIGIN 2
#define IN_ALL 8
/* More than the kernel takes in one go. */
#define LARGE_BYTES (16 * 1024 * 1024)

static const char *const unsafe_methods[] = { "PUT", "POST", "PATCH", "DELETE" };

static AssayHttpRequest *
new_request (FaultServer *server, const char *method, const char *fault)
{
  g_autofree char *url = fault_server_dup_url (server, fault, "submissions/s1");

  return http_fixture_new_request (ASSAY_HTTP_SUBMIT, method, url);
}

static void
set_large_body (AssayHttpRequest *request)
{
  g_autofree char *spaces = g_strnfill (LARGE_BYTES, ' ');
  g_autoptr (GBytes) body = g_bytes_new (spaces, LARGE_BYTES);

  assay_http_request_set_body (request, body, "application/json");
}

/* Sends, and expects this. */
static void
check (AssayHttp *http, AssayHttpRequest *request, int code, AssayDelivery delivery)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayHttpAnswer) answer = http_fixture_send (http, request, &error);

  http_fixture_assert_outcome (answer, error, code, delivery);
}

/* A connection that was kept dies when the next request arrives. libsoup would send a PUT again
 * with an empty body, and report the answer to that. */
static void
test_dies_on_reuse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (unsafe_methods); i++)
    {
      g_autoptr (FaultServer) server = fault_server_new (FAULT_SERVER_PLAIN, NULL);
      g_autoptr (AssayHttp) http = http_fixture_new_http (NULL);
      g_autoptr (AssayHttpRequest) first = new_request (server, "GET", "close@2");
      g_autoptr (AssayHttpRequest) second = new_request (server, unsafe_methods[i], "close@2");
      g_autoptr (GPtrArray) requests = NULL;
      const FaultRequest *get, *other;

      check (http, first, HTTP_ANSWERED, ASSAY_DELIVERY_UNKNOWN);
      check (http, second, ASSAY_PLATFORM_ERROR_INTERRUPTED, ASSAY_DELIVERY_UNKNOWN);
      requests = fault_server_list_requests (server);
      g_assert_cmpuint (requests->len, ==, 2);
      get = requests->pdata[0];
      other = requests->pdata[1];
      g_assert_cmpuint (get->connection, !=, other->connection);
      g_assert_cmpuint (fault_server_count_commits (server, "s1"), ==, 0);
      g_assert_false (fault_server_has_committed_nothing (server));
    }
}

/* A GET does no harm twice. */
static void
test_get_on_reuse (void)
{
  g_autoptr (FaultServer) server = fault_server_new (FAULT_SERVER_PLAIN, NULL);
  g_autoptr (AssayHttp) http = http_fixture_new_http (NULL);
  g_autoptr (AssayHttpRequest) request = new_request (server, "GET", "close@2");

  check (http, request, HTTP_ANSWERED, ASSAY_DELIVERY_UNKNOWN);
  check (http, request, HTTP_ANSWERED, ASSAY_DELIVERY_UNKNOWN);
  g_assert_cmpuint (http_fixture_count_requests (server), ==, 3);
  g_assert_cmpuint (fault_server_get_n_connections (server), ==, 2);
}

/* Kept connections do not stand in the way of one that must be new. */
static void
test_new_beside_kept (void)
{
  g_autoptr (FaultServer) server = fault_server_new (FAULT_SERVER_PLAIN, NULL);
  g_autoptr (AssayHttp) http = http_fixture_new_http (NULL);
  g_autoptr (AssayHttpRequest) get = new_request (server, "GET", "none");
  g_autoptr (AssayHttpRequest) put = new_request (server, "PUT", "none");
  g_autoptr (DexFuture) a = assay_http_send (http, get);
  g_autoptr (DexFuture) b = assay_http_send (http, get);

  http_fixture_wait (a);
  http_fixture_wait (b);
  check (http, put, HTTP_ANSWERED, ASSAY_DELIVERY_UNKNOWN);
  check (http, put, HTTP_ANSWERED, ASSAY_DELIVERY_UNKNOWN);
  g_assert_cmpuint (fault_server_count_commits (server, "s1"), ==, 2);
}

static void
test_reset_in_large_body (void)
{
  g_autoptr (FaultServer) server = fault_server_new (FAULT_SERVER_PLAIN, NULL);
  g_autoptr (AssayHttp) http = http_fixture_new_http (NULL);
  g_autoptr (AssayHttpRequest) put = new_request (server, "PUT", "reset-in-body");

  set_large_body (put);
  check (http, put, ASSAY_PLATFORM_ERROR_INTERRUPTED, ASSAY_DELIVERY_UNKNOWN);
  g_assert_cmpuint (http_fixture_count_requests (server), ==, 1);
  g_assert_cmpuint (fault_server_count_commits (server, "s1"), ==, 0);
}

/* The answer comes while the body is still on its way. */
static void
test_early_answer (void)
{
  g_autoptr (FaultServer) server = fault_server_new (FAULT_SERVER_PLAIN, NULL);
  g_autoptr (AssayHttp) http = http_fixture_new_http (NULL);
  g_autoptr (AssayHttpRequest) put = new_request (server, "PUT", "413-early");

  set_large_body (put);
  check (http, put, ASSAY_PLATFORM_ERROR_REJECTED, ASSAY_DELIVERY_REFUSED);
  g_assert_cmpuint (fault_server_count_commits (server, "s1"), ==, 0);
}

/* Nobody there: nothing was sent. */
static void
test_unreachable (void)
{
  static const char *const methods[] = { "GET", "PUT" };
  g_autoptr (FaultServer) gone = fault_server_new (FAULT_SERVER_PLAIN, NULL);
  g_autoptr (FaultServer) hole = fault_server_new (FAULT_SERVER_BLACK_HOLE, NULL);
  g_autofree char *gone_url = fault_server_dup_url (gone, "none", "x");
  g_autofree char *hole_url = fault_server_dup_url (hole, "none", "x");
  g_autoptr (AssayHttp) http = http_fixture_new_http (NULL);

  g_clear_pointer (&gone, fault_server_free);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (AssayHttpRequest) refused =
          http_fixture_new_request (ASSAY_HTTP_SUBMIT, methods[i], gone_url);
      g_autoptr (AssayHttpRequest) unrouted =
          http_fixture_new_request (ASSAY_HTTP_SUBMIT, methods[i], "https://255.255.255.255/x");
      g_autoptr (AssayHttpRequest) dropped =
          http_fixture_new_request (ASSAY_HTTP_SUBMIT, methods[i], hole_url);

      check (http, refused, ASSAY_PLATFORM_ERROR_OFFLINE, ASSAY_DELIVERY_NOT_SENT);
      check (http, unrouted, ASSAY_PLATFORM_ERROR_OFFLINE, ASSAY_DELIVERY_NOT_SENT);
      assay_http_request_set_limits (dropped, SHORT_MS, 0, 0);
      check (http, dropped, ASSAY_PLATFORM_ERROR_TIMED_OUT, ASSAY_DELIVERY_NOT_SENT);
    }
}

/* A server that takes the connection and reads nothing: the kernel took the headers, so who knows.
 */
static void
test_mute (void)
{
  g_autoptr (FaultServer) server = fault_server_new (FAULT_SERVER_MUTE, NULL);
  g_autoptr (AssayHttp) http = http_fixture_new_http (NULL);
  g_autoptr (AssayHttpRequest) put = new_request (server, "PUT", "none");
  g_autoptr (AssayHttpRequest) large = new_request (server, "PUT", "none");

  assay_http_request_set_limits (put, 0, SHORT_MS, 0);
  check (http, put, ASSAY_PLATFORM_ERROR_TIMED_OUT, ASSAY_DELIVERY_UNKNOWN);
  set_large_body (large);
  assay_http_request_set_limits (large, 0, SHORT_MS, 0);
  check (http, large, ASSAY_PLATFORM_ERROR_TIMED_OUT, ASSAY_DELIVERY_UNKNOWN);
}

/* Bytes come, but so slowly that an attachment would take days. */
static void
test_slow_attachment (void)
{
  g_autoptr (FaultServer) server = fault_server_new (FAULT_SERVER_PLAIN, NULL);
  g_autoptr (AssayHttp) http = http_fixture_new_http (NULL);
  g_autofree char *url = fault_server_dup_url (server, "trickle", "x");
  g_autoptr (AssayHttpRequest) request =
      http_fixture_new_request (ASSAY_HTTP_ATTACHMENT, "GET", url);

  assay_http_request_set_limits (request, 0, SHORT_MS, 0);
  check (http, request, ASSAY_PLATFORM_ERROR_TIMED_OUT, ASSAY_DELIVERY_UNKNOWN);
}

static void
test_resolver (void)
{
  static const char *const methods[] = { "GET", "PUT" };
  g_autoptr (GResolver) before = g_resolver_get_default ();
  g_autoptr (GResolver) resolver = hanging_resolver_new ();
  g_autoptr (AssayHttp) http = http_fixture_new_http (NULL);

  g_resolver_set_default (resolver);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (AssayHttpRequest) unknown =
          http_fixture_new_request (ASSAY_HTTP_SUBMIT, methods[i],
                                    "https://" HANGING_RESOLVER_UNKNOWN "/x");
      g_autoptr (AssayHttpRequest) slow =
          http_fixture_new_request (ASSAY_HTTP_SUBMIT, methods[i], "https://slow.example.org/x");
      g_autoptr (AssayHttpRequest) deaf =
          http_fixture_new_request (ASSAY_HTTP_SUBMIT, methods[i],
                                    "https://" HANGING_RESOLVER_DEAF "/x");

      check (http, unknown, ASSAY_PLATFORM_ERROR_OFFLINE, ASSAY_DELIVERY_NOT_SENT);
      assay_http_request_set_limits (slow, SHORT_MS, 0, 0);
      check (http, slow, ASSAY_PLATFORM_ERROR_TIMED_OUT, ASSAY_DELIVERY_NOT_SENT);
      assay_http_request_set_limits (deaf, SHORT_MS, 0, 0);
      check (http, deaf, ASSAY_PLATFORM_ERROR_TIMED_OUT, ASSAY_DELIVERY_NOT_SENT);
    }
  hanging_resolver_release (HANGING_RESOLVER (resolver));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_resolver_set_default (before);
}

typedef struct
{
  FaultServer *server;
  guint n;
} Expected;

static gboolean
has_requests (gpointer data)
{
  Expected *expected = data;

  return http_fixture_count_requests (expected->server) >= expected->n;
}

static gboolean
has_commits (gpointer data)
{
  Expected *expected = data;

  return fault_server_count_commits (expected->server, "s1") >= expected->n;
}

static gboolean
has_none_open (gpointer data)
{
  return fault_server_get_n_open (data) == 0;
}

/* @n GETs that the server does not answer, under way. (transfer full) */
static GPtrArray *
keep_busy (AssayHttp *http, FaultServer *server, guint n)
{
  GPtrArray *running = g_ptr_array_new_with_free_func (dex_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (AssayHttpRequest) request = new_request (server, "GET", "silent");

      g_ptr_array_add (running, assay_http_send (http, request));
    }
  http_fixture_wait_for (has_requests, &(Expected) { server, n });
  return running;
}

/* One more waits, and while it waits, nothing of it is sent. */
static void
check_waits (AssayHttp *http, FaultServer *server)
{
  g_autoptr (AssayHttpRequest) request = new_request (server, "PUT", "none");
  guint n = fault_server_get_n_connections (server);

  assay_http_request_set_limits (request, SHORT_MS, 0, 0);
  check (http, request, ASSAY_PLATFORM_ERROR_TIMED_OUT, ASSAY_DELIVERY_NOT_SENT);
  g_assert_cmpuint (fault_server_get_n_connections (server), ==, n);
}

static void
test_limit_of_origin (void)
{
  g_autoptr (FaultServer) server = fault_server_new (FAULT_SERVER_PLAIN, NULL);
  g_autoptr (FaultServer) other = fault_server_new (FAULT_SERVER_PLAIN, NULL);
  g_autoptr (AssayHttp) http = http_fixture_new_http (NULL);
  g_autoptr (GPtrArray) running = keep_busy (http, server, OF_ORIGIN);
  g_autoptr (AssayHttpRequest) request = new_request (server, "PUT", "none");
  g_autoptr (AssayHttpRequest) elsewhere = new_request (other, "PUT", "none");

  check_waits (http, server);
  check (http, elsewhere, HTTP_ANSWERED, ASSAY_DELIVERY_UNKNOWN);

  /* When those that wait are let go, their connections are closed, and there is room. */
  g_ptr_array_set_size (running, 0);
  http_fixture_wait_for (has_none_open, server);
  check (http, request, HTTP_ANSWERED, ASSAY_DELIVERY_UNKNOWN);
}

static void
test_limit_in_all (void)
{
  g_autoptr (AssayHttp) http = http_fixture_new_http (NULL);
  g_autoptr (FaultServer) last = fault_server_new (FAULT_SERVER_PLAIN, NULL);
  g_autoptr (GPtrArray) servers =
      g_ptr_array_new_with_free_func ((GDestroyNotify) fault_server_free);
  g_autoptr (GPtrArray) running =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < IN_ALL / OF_ORIGIN; i++)
    {
      g_ptr_array_add (servers, fault_server_new (FAULT_SERVER_PLAIN, NULL));
      g_ptr_array_add (running, keep_busy (http, servers->pdata[i], OF_ORIGIN));
    }
  check_waits (http, last);
}

/* Whoever lets go of a submission that is on its way does not stop it. */
static void
test_let_go_of_submission (void)
{
  g_autoptr (FaultServer) server = fault_server_new (FAULT_SERVER_PLAIN, NULL);
  g_autoptr (AssayHttp) http = http_fixture_new_http (NULL);
  g_autoptr (AssayHttpRequest) put = new_request (server, "PUT", "none");
  g_autoptr (DexFuture) future = NULL;
  g_autoptr (GBytes) committed = NULL;

  set_large_body (put);
  future = assay_http_send (http, put);
  http_fixture_wait_for (has_requests, &(Expected) { server, 1 });
  g_assert_true (dex_future_is_pending (future));
  dex_clear (&future);
  http_fixture_wait_for (has_commits, &(Expected) { server, 1 });
  committed = fault_server_dup_committed (server, "s1");
  g_assert_cmpuint (g_bytes_get_size (committed), ==, LARGE_BYTES);
}

/* Before its headers left, it can be. */
static void
test_let_go_before (void)
{
  g_autoptr (FaultServer) server = fault_server_new (FAULT_SERVER_PLAIN, NULL);
  g_autoptr (AssayHttp) http = http_fixture_new_http (NULL);
  g_autoptr (AssayHttpRequest) put = new_request (server, "PUT", "none");
  g_autoptr (AssayHttpRequest) get = new_request (server, "GET", "none");
  DexFuture *future = assay_http_send (http, put);

  dex_unref (future);
  check (http, get, HTTP_ANSWERED, ASSAY_DELIVERY_UNKNOWN);
  g_assert_cmpuint (http_fixture_count_requests (server), ==, 1);
  g_assert_cmpuint (fault_server_count_commits (server, "s1"), ==, 0);
}

static GProxyResolver *
use_proxy (AssayHttp *http, FaultServer *proxy)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", fault_server_get_port (proxy));
  GProxyResolver *resolver = g_simple_proxy_resolver_new (url, NULL);

  assay_http_set_proxy_resolver (http, resolver);
  return resolver;
}

static void
test_proxies (void)
{
  static const struct
  {
    FaultServerKind kind;
    int code;
  } rows[] = {
    { FAULT_SERVER_PROXY, HTTP_ANSWERED },
    { FAULT_SERVER_PROXY_407, ASSAY_PLATFORM_ERROR_PROXY },
    { FAULT_SERVER_PROXY_502, ASSAY_PLATFORM_ERROR_PROXY },
    { FAULT_SERVER_PROXY_CUT, ASSAY_PLATFORM_ERROR_OFFLINE },
    /* It speaks no TLS where the server should. */
    { FAULT_SERVER_PROXY_LIAR, ASSAY_PLATFORM_ERROR_OFFLINE },
  };
  static const char *const methods[] = { "GET", "PUT" };
  g_autoptr (FaultCertificates) certificates = fault_certificates_new ();

  if (certificates == NULL)
    {
      g_test_skip ("there is no openssl that makes certificates");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint m = 0; m < G_N_ELEMENTS (methods); m++)
      {
        g_autoptr (FaultServer) server = fault_server_new (FAULT_SERVER_TLS, certificates->good);
        g_autoptr (FaultServer) proxy = fault_server_new (rows[i].kind, NULL);
        g_autoptr (AssayHttp) http = http_fixture_new_http (certificates->authority);
        g_autoptr (GProxyResolver) resolver = use_proxy (http, proxy);
        g_autoptr (AssayHttpRequest) request = new_request (server, methods[m], "none");

        g_test_message ("kind %d, %s", rows[i].kind, methods[m]);
        check (http, request, rows[i].code, ASSAY_DELIVERY_NOT_SENT);
        /* The proxy learns where to, and nothing else. */
        g_assert_cmpuint (http_fixture_count_requests (proxy), ==, 1);
        g_assert_cmpuint (http_fixture_count_told (proxy), ==, 0);
        g_assert_cmpuint (http_fixture_count_requests (server), ==,
                          rows[i].code == HTTP_ANSWERED ? 1 : 0);
      }
}

/* In the clear a proxy can answer in the server's name. */
static void
test_lying_proxy (void)
{
  g_autoptr (FaultServer) server = fault_server_new (FAULT_SERVER_PLAIN, NULL);
  g_autoptr (FaultServer) proxy = fault_server_new (FAULT_SERVER_PROXY_LIAR, NULL);
  g_autoptr (AssayHttp) http = http_fixture_new_http (NULL);
  g_autoptr (GProxyResolver) resolver = use_proxy (http, proxy);
  g_autoptr (AssayHttpRequest) put = new_request (server, "PUT", "none");

  check (http, put, ASSAY_PLATFORM_ERROR_PROTOCOL, ASSAY_DELIVERY_UNKNOWN);
  g_assert_cmpuint (http_fixture_count_requests (server), ==, 0);
}

/* What is wrong with a request is found before anybody is asked. */
static void
test_bad_requests (void)
{
  static const struct
  {
    const char *name;
    const char *value;
  } headers[] = {
    { "X-Own", "a\r\nX-Other: b" },
    { "X-Own", "a\nb" },
    { "X-Own", "a\rb" },
    { "X-Own", "a\001b" },
    { "X Own", "a" },
    { "X-Own:", "a" },
    { "", "a" },
    { "X-\303\244", "a" },
    { "Host", "example.org" },
    { "Cookie", "a=b" },
    { "Content-Length", "7" },
    { "Transfer-Encoding", "chunked" },
    { "Authorization", "Bearer x" },
    { "proxy-authorization", "Basic x" },
  };
  static const char *const urls[] = { "http://example.org/x", "file:///etc/passwd",
                                      "http://127.0.0.1.example.org/", "" };
  static const char *const methods[] = { "CONNECT", "TRACE", "OPTIONS", "get", "G ET", "" };
  g_autoptr (FaultServer) server = fault_server_new (FAULT_SERVER_PLAIN, NULL);
  g_autoptr (AssayHttp) http = http_fixture_new_http (NULL);
  g_autoptr (AssayHttpRequest) token = new_request (server, "GET", "none");
  g_autoptr (AssayHttpRequest) body = new_request (server, "GET", "none");
  g_autoptr (GBytes) bytes = http_fixture_dup_body ();

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autoptr (AssayHttpRequest) request = new_request (server, "PUT", "none");

      assay_http_request_set_header (request, headers[i].name, headers[i].value);
      check (http, request, ASSAY_PLATFORM_ERROR_ADDRESS, ASSAY_DELIVERY_NOT_SENT);
    }
  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autoptr (AssayHttpRequest) request =
          http_fixture_new_request (ASSAY_HTTP_SUBMIT, "PUT", urls[i]);

      check (http, request, ASSAY_PLATFORM_ERROR_ADDRESS, ASSAY_DELIVERY_NOT_SENT);
    }
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (AssayHttpRequest) request = new_request (server, methods[i], "none");

      check (http, request, ASSAY_PLATFORM_ERROR_ADDRESS, ASSAY_DELIVERY_NOT_SENT);
    }
  assay_http_request_set_authorization (token, HTTP_TOKEN "\r\nX-Other: b");
  check (http, token, ASSAY_PLATFORM_ERROR_ADDRESS, ASSAY_DELIVERY_NOT_SENT);
  assay_http_request_set_body (body, bytes, "application/json");
  check (http, body, ASSAY_PLATFORM_ERROR_ADDRESS, ASSAY_DELIVERY_NOT_SENT);

  g_assert_cmpuint (fault_server_get_n_connections (server), ==, 0);
}

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/http/connections/dies-on-reuse", test_dies_on_reuse);
  g_test_add_func ("/http/connections/get-on-reuse", test_get_on_reuse);
  g_test_add_func ("/http/connections/new-beside-kept", test_new_beside_kept);
  g_test_add_func ("/http/connections/reset-in-large-body", test_reset_in_large_body);
  g_test_add_func ("/http/connections/early-answer", test_early_answer);
  g_test_add_func ("/http/connections/unreachable", test_unreachable);
  g_test_add_func ("/http/connections/mute", test_mute);
  g_test_add_func ("/http/connections/slow-attachment", test_slow_attachment);
  g_test_add_func ("/http/connections/resolver", test_resolver);
  g_test_add_func ("/http/connections/limit-of-origin", test_limit_of_origin);
  g_test_add_func ("/http/connections/limit-in-all", test_limit_in_all);
  g_test_add_func ("/http/connections/let-go-of-submission", test_let_go_of_submission);
  g_test_add_func ("/http/connections/let-go-before", test_let_go_before);
  g_test_add_func ("/http/connections/proxies", test_proxies);
  g_test_add_func ("/http/connections/lying-proxy", test_lying_proxy);
  g_test_add_func ("/http/connections/bad-requests", test_bad_requests);

  return g_test_run ();
}
