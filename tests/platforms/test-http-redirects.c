/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a request may be led, and what goes along. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "fault-certificates.h"
#include "http-fixture.h"

#define MAX_REQUESTS 6

typedef struct
{
  FaultCertificates *certificates;
  FaultServer *here;
  FaultServer *there;
  AssayHttp *http;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer tls)
{
  FaultServerKind kind = tls != NULL ? FAULT_SERVER_TLS : FAULT_SERVER_PLAIN;

  if (tls != NULL)
    {
      fixture->certificates = fault_certificates_new ();
      if (fixture->certificates == NULL)
        {
          g_test_skip ("there is no openssl that makes certificates");
          return;
        }
    }
  fixture->here = fault_server_new (kind, tls != NULL ? fixture->certificates->good : NULL);
  fixture->there = fault_server_new (kind, tls != NULL ? fixture->certificates->good : NULL);
  fixture->http = http_fixture_new_http (tls != NULL ? fixture->certificates->authority : NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_clear_object (&fixture->http);
  g_clear_pointer (&fixture->here, fault_server_free);
  g_clear_pointer (&fixture->there, fault_server_free);
  g_clear_pointer (&fixture->certificates, fault_certificates_free);
}

static AssayHttpAnswer *
send (Fixture *fixture, AssayHttpKind kind, const char *method, const char *fault, GError **error)
{
  g_autofree char *url = fault_server_dup_url (fixture->here, fault, "submissions/s1");
  g_autoptr (AssayHttpRequest) request = http_fixture_new_request (kind, method, url);

  return http_fixture_send (fixture->http, request, error);
}

static void
test_within_origin (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayHttpAnswer) answer = send (fixture, ASSAY_HTTP_PAGE, "GET", "302-same", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (http_fixture_count_requests (fixture->here), ==, 2);
  g_assert_cmpuint (http_fixture_count_told (fixture->here), ==, 2);
}

static void
test_chain (Fixture *fixture, gconstpointer unused)
{
  static const char *const chains[] = { "302-chain", "302-self" };

  for (guint i = 0; i < G_N_ELEMENTS (chains); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AssayHttpAnswer) answer =
          send (fixture, ASSAY_HTTP_PAGE, "GET", chains[i], &error);

      http_fixture_assert_outcome (answer, error, ASSAY_PLATFORM_ERROR_PROTOCOL,
                                   ASSAY_DELIVERY_UNKNOWN);
      g_assert_cmpuint (http_fixture_count_requests (fixture->here), ==, MAX_REQUESTS * (i + 1));
    }
}

/* Nobody else hears anything, not even that we were here. */
static void
test_elsewhere (Fixture *fixture, gconstpointer unused)
{
  static const char *const methods[] = { "GET", "HEAD", "PUT", "POST", "PATCH", "DELETE" };
  static const char *const faults[] = { "302-there", "307-there", "302-host" };
  g_autofree char *there = fault_server_dup_url (fixture->there, "none", "x");

  fault_server_set_there (fixture->here, there);
  for (guint m = 0; m < G_N_ELEMENTS (methods); m++)
    for (guint f = 0; f < G_N_ELEMENTS (faults); f++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (AssayHttpAnswer) answer =
            send (fixture, ASSAY_HTTP_SUBMIT, methods[m], faults[f], &error);

        http_fixture_assert_outcome (answer, error, ASSAY_PLATFORM_ERROR_PROTOCOL,
                                     ASSAY_DELIVERY_UNKNOWN);
      }
  g_assert_cmpuint (http_fixture_count_requests (fixture->there), ==, 0);
  g_assert_cmpuint (http_fixture_count_requests (fixture->here), ==,
                    G_N_ELEMENTS (methods) * G_N_ELEMENTS (faults));
}

/* An attachment may lie elsewhere, but only where it is encrypted. */
static void
test_attachment_in_the_clear (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *there = fault_server_dup_url (fixture->there, "attachment", "x");
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayHttpAnswer) answer = NULL;

  fault_server_set_there (fixture->here, there);
  answer = send (fixture, ASSAY_HTTP_ATTACHMENT, "GET", "302-there", &error);
  http_fixture_assert_outcome (answer, error, ASSAY_PLATFORM_ERROR_PROTOCOL,
                               ASSAY_DELIVERY_UNKNOWN);
  g_assert_cmpuint (http_fixture_count_requests (fixture->there), ==, 0);
}

static void
test_attachment_elsewhere (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *there = NULL;
  g_autofree char *home = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayHttpAnswer) answer = NULL;

  if (fixture->http == NULL)
    return;
  /* There, and home again: the token stays where it was sent first. */
  there = fault_server_dup_url (fixture->there, "302-there", "x");
  home = fault_server_dup_url (fixture->here, "attachment", "x");
  fault_server_set_there (fixture->here, there);
  fault_server_set_there (fixture->there, home);
  answer = send (fixture, ASSAY_HTTP_ATTACHMENT, "GET", "302-there", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (assay_http_answer_get_body (answer)), ==, 10);
  g_assert_cmpuint (http_fixture_count_requests (fixture->there), ==, 1);
  g_assert_cmpuint (http_fixture_count_told (fixture->there), ==, 0);
  g_assert_cmpuint (http_fixture_count_requests (fixture->here), ==, 2);
  g_assert_cmpuint (http_fixture_count_told (fixture->here), ==, 1);
}

/* Down to the clear is never followed, not even to this machine. */
static void
test_downgrade (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (FaultServer) clear = fault_server_new (FAULT_SERVER_PLAIN, NULL);
  static const AssayHttpKind kinds[] = { ASSAY_HTTP_PAGE, ASSAY_HTTP_ATTACHMENT };
  g_autofree char *url = fault_server_dup_url (clear, "attachment", "x");

  if (fixture->http == NULL)
    return;
  fault_server_set_there (fixture->here, url);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AssayHttpAnswer) answer = send (fixture, kinds[i], "GET", "302-there", &error);

      http_fixture_assert_outcome (answer, error, ASSAY_PLATFORM_ERROR_PROTOCOL,
                                   ASSAY_DELIVERY_UNKNOWN);
    }
  g_assert_cmpuint (http_fixture_count_requests (clear), ==, 0);
}

static void
test_attachments (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *right = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "ten bytes.", -1);
  g_autofree char *wrong = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "ten others", -1);
  static const struct
  {
    const char *fault;
    gboolean has_digest;
    gboolean digest_is_right;
    gsize cap;
    int code;
  } rows[] = {
    { "attachment", FALSE, FALSE, 0, HTTP_ANSWERED },
    { "attachment", TRUE, TRUE, 0, HTTP_ANSWERED },
    { "attachment", TRUE, FALSE, 0, ASSAY_PLATFORM_ERROR_PROTOCOL },
    { "attachment", FALSE, FALSE, 11, HTTP_ANSWERED },
    { "attachment", FALSE, FALSE, 10, HTTP_ANSWERED },
    { "attachment", FALSE, FALSE, 9, ASSAY_PLATFORM_ERROR_PROTOCOL },
    { "attachment-unmeasured", FALSE, FALSE, 0, ASSAY_PLATFORM_ERROR_PROTOCOL },
    { "attachment-unmeasured", TRUE, TRUE, 0, HTTP_ANSWERED },
    { "attachment-short", FALSE, FALSE, 0, ASSAY_PLATFORM_ERROR_INTERRUPTED },
    { "attachment-gzip", FALSE, FALSE, 0, ASSAY_PLATFORM_ERROR_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *url = fault_server_dup_url (fixture->here, rows[i].fault, "x");
      g_autoptr (AssayHttpRequest) request =
          http_fixture_new_request (ASSAY_HTTP_ATTACHMENT, "GET", url);
      g_autoptr (GError) error = NULL;
      g_autoptr (AssayHttpAnswer) answer = NULL;

      g_test_message ("row %u: %s", i, rows[i].fault);
      if (rows[i].has_digest)
        assay_http_request_set_sha256 (request, rows[i].digest_is_right ? right : wrong);
      assay_http_request_set_limits (request, 0, 0, rows[i].cap);
      answer = http_fixture_send (fixture->http, request, &error);
      http_fixture_assert_outcome (answer, error, rows[i].code, ASSAY_DELIVERY_UNKNOWN);
    }
}

#define ADD(path, tls, test)                                                                       \
  g_test_add ("/http/redirects/" path, Fixture, tls, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  gpointer tls = GINT_TO_POINTER (TRUE);

  dex_init ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("within-origin", NULL, test_within_origin);
  ADD ("chain", NULL, test_chain);
  ADD ("elsewhere", NULL, test_elsewhere);
  ADD ("attachment-in-the-clear", NULL, test_attachment_in_the_clear);
  ADD ("attachment-elsewhere", tls, test_attachment_elsewhere);
  ADD ("downgrade", tls, test_downgrade);
  ADD ("attachments", NULL, test_attachments);

  return g_test_run ();
}
