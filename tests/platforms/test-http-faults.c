/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One exchange, a GET and a PUT, against every line of the fault list that a server can do to it.
 * Nothing is ever committed twice, with other bytes or with none. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-json.h"
#include "fault-lines.h"
#include "http-fixture.h"

#define UNKNOWN ASSAY_DELIVERY_UNKNOWN

static void
limit (AssayHttpRequest *request, const FaultLine *line)
{
  /* libsoup complains to the programmer of what the server did. */
  if (g_str_equal (line->fault, "length-negative"))
    g_test_expect_message ("GLib-GObject", G_LOG_LEVEL_CRITICAL, "*'content-length'*");
  assay_http_request_set_limits (request, line->total_ms, line->silence_ms, 0);
}

static void
test_get (gconstpointer data)
{
  const FaultLine *line = data;
  g_autoptr (FaultServer) server = fault_server_new (FAULT_SERVER_PLAIN, NULL);
  g_autoptr (AssayHttp) http = http_fixture_new_http (NULL);
  g_autofree char *url = fault_server_dup_url (server, line->fault, "items");
  g_autoptr (AssayHttpRequest) request = http_fixture_new_request (ASSAY_HTTP_PAGE, "GET", url);
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayHttpAnswer) answer = NULL;

  limit (request, line);
  answer = http_fixture_send (http, request, &error);
  g_test_assert_expected_messages ();
  http_fixture_assert_outcome (answer, error, line->get,
                               error != NULL ? assay_platform_error_get_delivery (error) : UNKNOWN);
}

static void
test_put (gconstpointer data)
{
  const FaultLine *line = data;
  g_autoptr (FaultServer) server = fault_server_new (FAULT_SERVER_PLAIN, NULL);
  g_autoptr (AssayHttp) http = http_fixture_new_http (NULL);
  g_autofree char *url = fault_server_dup_url (server, line->fault, "submissions/s1");
  g_autoptr (AssayHttpRequest) request = http_fixture_new_request (ASSAY_HTTP_SUBMIT, "PUT", url);
  g_autoptr (GBytes) body = http_fixture_dup_body ();
  g_autoptr (GBytes) committed = NULL;
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayHttpAnswer) answer = NULL;

  limit (request, line);
  answer = http_fixture_send (http, request, &error);
  g_test_assert_expected_messages ();
  http_fixture_assert_outcome (answer, error, line->put, line->delivery);

  g_assert_cmpuint (fault_server_count_commits (server, "s1"), ==, line->commits);
  committed = fault_server_dup_committed (server, "s1");
  if (committed != NULL)
    g_assert_true (g_bytes_equal (committed, body));
  g_assert_false (fault_server_has_committed_nothing (server));
  /* Sent once, whatever happened to it. */
  requests = fault_server_list_requests (server);
  g_assert_cmpuint (requests->len, ==, 1);
}

static void
test_words (void)
{
  g_autoptr (FaultServer) server = fault_server_new (FAULT_SERVER_PLAIN, NULL);
  g_autoptr (AssayHttp) http = http_fixture_new_http (NULL);
  g_autofree char *url = fault_server_dup_url (server, "422", "submissions/s1");
  g_autoptr (AssayHttpRequest) request = http_fixture_new_request (ASSAY_HTTP_SUBMIT, "PUT", url);
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayHttpAnswer) answer = http_fixture_send (http, request, &error);
  g_autoptr (GPtrArray) issues = NULL;

  g_assert_null (answer);
  g_assert_nonnull (strstr (error->message, "The words of the server"));
  g_assert_cmpuint (assay_platform_error_get_status (error), ==, 422);
  g_assert_cmpstr (assay_platform_error_get_problem (error), ==, "a-problem");
  issues = assay_platform_error_list_issues (error);
  g_assert_cmpuint (issues->len, ==, 1);
  g_assert_cmpstr (((AssayPlatformIssue *) issues->pdata[0])->pointer, ==, "/answers/a");
}

static void
test_waits (void)
{
  static const struct
  {
    const char *fault;
    gint64 seconds;
  } rows[] = {
    { "503-seconds", 7 },  { "503-date", 9 },    { "503-zero", 1 }, { "503-negative", 1 },
    { "503-ages", 86400 }, { "503-garbage", 1 }, { "503", 0 },      { "429", 0 },
    { "429-seconds", 3 },  { "500", 0 },
  };
  g_autoptr (FaultServer) server = fault_server_new (FAULT_SERVER_PLAIN, NULL);
  g_autoptr (AssayHttp) http = http_fixture_new_http (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *url = fault_server_dup_url (server, rows[i].fault, "x");
      g_autoptr (AssayHttpRequest) request = http_fixture_new_request (ASSAY_HTTP_PAGE, "GET", url);
      g_autoptr (GError) error = NULL;
      g_autoptr (AssayHttpAnswer) answer = http_fixture_send (http, request, &error);

      g_test_message ("%s", rows[i].fault);
      g_assert_null (answer);
      g_assert_cmpint (assay_platform_error_get_wait_us (error), ==,
                       rows[i].seconds * G_USEC_PER_SEC);
    }
}

/* What breaks a line of a header never reaches those who read it. */
static void
test_odd_headers (void)
{
  static const char *const odd[] = { "header-cr", "header-lf" };
  g_autoptr (FaultServer) server = fault_server_new (FAULT_SERVER_PLAIN, NULL);
  g_autoptr (AssayHttp) http = http_fixture_new_http (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autofree char *url = fault_server_dup_url (server, odd[i], "x");
      g_autoptr (AssayHttpRequest) request = http_fixture_new_request (ASSAY_HTTP_PAGE, "GET", url);
      g_autoptr (GError) error = NULL;
      g_autoptr (AssayHttpAnswer) answer = http_fixture_send (http, request, &error);

      g_assert_no_error (error);
      g_assert_null (strpbrk (assay_http_answer_get_header (answer, "X-Odd"), "\r\n"));
    }
}

static void
test_answer (void)
{
  g_autoptr (FaultServer) server = fault_server_new (FAULT_SERVER_PLAIN, NULL);
  g_autoptr (AssayHttp) http = http_fixture_new_http (NULL);
  g_autofree char *url = fault_server_dup_url (server, "dated", "x");
  g_autofree char *undated_url = fault_server_dup_url (server, "none", "submissions/a");
  g_autofree char *cached_url = fault_server_dup_url (server, "304", "x");
  g_autoptr (AssayHttpRequest) request = http_fixture_new_request (ASSAY_HTTP_PAGE, "GET", url);
  g_autoptr (AssayHttpRequest) undated_request =
      http_fixture_new_request (ASSAY_HTTP_SUBMIT, "PUT", undated_url);
  g_autoptr (AssayHttpRequest) cached_request =
      http_fixture_new_request (ASSAY_HTTP_PAGE, "GET", cached_url);
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayHttpAnswer) dated = http_fixture_send (http, request, &error);
  g_autoptr (AssayHttpAnswer) undated = http_fixture_send (http, undated_request, &error);
  g_autoptr (AssayHttpAnswer) cached = NULL;
  g_autoptr (GPtrArray) requests = NULL;
  const FaultRequest *put;

  /* The difference to the server's clock is what counts, whatever year it has. */
  g_assert_cmpint (assay_http_answer_get_date (dated), ==,
                   G_GINT64_CONSTANT (1420070400) * G_USEC_PER_SEC);
  g_assert_cmpint (assay_http_answer_get_received_at (dated), <=, g_get_monotonic_time ());
  g_assert_cmpint (assay_http_answer_get_received_at (dated), >, 0);
  g_assert_cmpint (assay_http_answer_get_date (undated), ==, -1);
  g_assert_cmpuint (assay_http_answer_get_status (undated), ==, 201);
  g_assert_cmpstr (assay_json_get_string (assay_http_answer_get_object (undated), "id"), ==, "a");
  g_assert_cmpstr (assay_http_answer_get_header (undated, "CONTENT-type"), ==, "application/json");
  g_assert_null (assay_http_answer_get_header (undated, "Set-Cookie"));

  assay_http_request_set_header (cached_request, "If-None-Match", "\"x\"");
  cached = http_fixture_send (http, cached_request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (assay_http_answer_get_status (cached), ==, 304);
  g_assert_null (assay_http_answer_get_json (cached));

  requests = fault_server_list_requests (server);
  put = requests->pdata[1];
  g_assert_nonnull (strstr (put->headers, "User-Agent: Assay/" PACKAGE_VERSION "\r\n"));
  g_assert_nonnull (strstr (put->headers, HTTP_TOKEN));
  g_assert_nonnull (strstr (put->headers, "application/json"));
  g_assert_null (strstr (put->headers, "Cookie"));
  g_assert_null (strstr (put->headers, "Accept-Language"));
  g_assert_null (strstr (put->headers, "Referer"));
}

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (const FaultLine *line = fault_lines; line->fault != NULL; line++)
    {
      g_autofree char *get = g_strconcat ("/http/get/", line->fault, NULL);
      g_autofree char *put = g_strconcat ("/http/put/", line->fault, NULL);

      g_test_add_data_func (get, line, test_get);
      g_test_add_data_func (put, line, test_put);
    }
  g_test_add_func ("/http/words", test_words);
  g_test_add_func ("/http/waits", test_waits);
  g_test_add_func ("/http/odd-headers", test_odd_headers);
  g_test_add_func ("/http/answer", test_answer);

  return g_test_run ();
}
