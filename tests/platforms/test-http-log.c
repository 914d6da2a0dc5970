/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever is logged, and everything is: no token, no header, no query, no word of a body. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "fault-certificates.h"
#include "http-fixture.h"

#define QUERY "secret-query"
#define SUBMISSION "1d3b6c9e-0000-4000-8000-000000000001"

static void
send (AssayHttp *http, FaultServer *server, const char *method, const char *fault)
{
  g_autofree char *path = g_strdup_printf ("submissions/s1?q=%s", QUERY);
  g_autofree char *url = fault_server_dup_url (server, fault, path);
  g_autoptr (AssayHttpRequest) request = http_fixture_new_request (ASSAY_HTTP_SUBMIT, method, url);
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayHttpAnswer) answer = NULL;

  assay_http_request_set_submission (request, SUBMISSION);
  answer = http_fixture_send (http, request, &error);
  if (error != NULL)
    g_printerr ("%s\n", error->message);
}

static void
exchange_all (void)
{
  static const char *const methods[] = { "GET", "PUT" };
  static const char *const faults[] = { "none", "422", "302-there", "close", "html", "gzip" };
  g_autoptr (FaultCertificates) certificates = fault_certificates_new ();
  g_autoptr (FaultServer) server = fault_server_new (FAULT_SERVER_PLAIN, NULL);
  g_autoptr (AssayHttp) http = http_fixture_new_http (NULL);

  fault_server_set_there (server, "https://example.org/?" QUERY);
  for (guint m = 0; m < G_N_ELEMENTS (methods); m++)
    for (guint f = 0; f < G_N_ELEMENTS (faults); f++)
      send (http, server, methods[m], faults[f]);

  if (certificates != NULL)
    {
      g_autoptr (FaultServer) tls = fault_server_new (FAULT_SERVER_TLS, certificates->good);
      g_autoptr (AssayHttp) trusting = http_fixture_new_http (certificates->authority);

      send (trusting, tls, "PUT", "none");
      send (http, tls, "PUT", "none");
    }
}

static void
test_log (void)
{
  if (g_test_subprocess ())
    {
      exchange_all ();
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  /* It is there, and says what it may. */
  g_test_trap_assert_stderr ("*PUT http://127.0.0.1:* /test/{id}: answered, status 201, * bytes, * "
                             "ms, submission " SUBMISSION "*");
  g_test_trap_assert_stderr ("*GET http://127.0.0.1:* /test/{id}: refused, rejected, status 422*");
  g_test_trap_assert_stderr ("*PUT http://127.0.0.1:* /test/{id}: unknown, interrupted, status 0*");
  g_test_trap_assert_stderr_unmatched ("*0123456789-a-token*");
  g_test_trap_assert_stderr_unmatched ("*" HTTP_OWN_HEADER "*");
  g_test_trap_assert_stderr_unmatched ("*" QUERY "*");
  g_test_trap_assert_stderr_unmatched ("*rationale*");
  g_test_trap_assert_stderr_unmatched ("*submissions/s1*");
  g_test_trap_assert_stdout_unmatched ("*0123456789-a-token*");
}

int
main (int argc, char *argv[])
{
  /* All that GLib, libsoup and the rest of them have to say. */
  g_setenv ("G_MESSAGES_DEBUG", "all", TRUE);
  dex_init ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_log_writer_default_set_use_stderr (TRUE);

  g_test_add_func ("/http/log", test_log);

  return g_test_run ();
}
