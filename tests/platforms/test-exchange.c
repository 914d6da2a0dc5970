/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an exchange proves: the one table. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-exchange.h"
#include "assay-json.h"

#define WRITTEN TRUE
#define NOT_WRITTEN FALSE

static const struct
{
  AssayExchangeEnd end;
  gboolean headers_written;
  AssayDelivery delivery;
  AssayPlatformError code;
} ends[] = {
  { ASSAY_EXCHANGE_ADDRESS, NOT_WRITTEN, ASSAY_DELIVERY_NOT_SENT, ASSAY_PLATFORM_ERROR_ADDRESS },
  { ASSAY_EXCHANGE_UNREACHABLE, NOT_WRITTEN, ASSAY_DELIVERY_NOT_SENT,
    ASSAY_PLATFORM_ERROR_OFFLINE },
  { ASSAY_EXCHANGE_UNREACHABLE, WRITTEN, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_INTERRUPTED },
  { ASSAY_EXCHANGE_INSECURE, NOT_WRITTEN, ASSAY_DELIVERY_NOT_SENT, ASSAY_PLATFORM_ERROR_INSECURE },
  { ASSAY_EXCHANGE_INSECURE, WRITTEN, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_INTERRUPTED },
  { ASSAY_EXCHANGE_PROXY, NOT_WRITTEN, ASSAY_DELIVERY_NOT_SENT, ASSAY_PLATFORM_ERROR_PROXY },
  { ASSAY_EXCHANGE_PROXY, WRITTEN, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_PROTOCOL },
  { ASSAY_EXCHANGE_TIMED_OUT, NOT_WRITTEN, ASSAY_DELIVERY_NOT_SENT,
    ASSAY_PLATFORM_ERROR_TIMED_OUT },
  { ASSAY_EXCHANGE_TIMED_OUT, WRITTEN, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_TIMED_OUT },
  { ASSAY_EXCHANGE_CANCELLED, NOT_WRITTEN, ASSAY_DELIVERY_NOT_SENT,
    ASSAY_PLATFORM_ERROR_CANCELLED },
  { ASSAY_EXCHANGE_CANCELLED, WRITTEN, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_CANCELLED },
  { ASSAY_EXCHANGE_BROKEN, NOT_WRITTEN, ASSAY_DELIVERY_NOT_SENT, ASSAY_PLATFORM_ERROR_OFFLINE },
  { ASSAY_EXCHANGE_BROKEN, WRITTEN, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_INTERRUPTED },
  { ASSAY_EXCHANGE_RESTARTED, NOT_WRITTEN, ASSAY_DELIVERY_UNKNOWN,
    ASSAY_PLATFORM_ERROR_INTERRUPTED },
  { ASSAY_EXCHANGE_RESTARTED, WRITTEN, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_INTERRUPTED },
  { ASSAY_EXCHANGE_TOO_LARGE, WRITTEN, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_PROTOCOL },
  { ASSAY_EXCHANGE_UNREADABLE, WRITTEN, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_PROTOCOL },
  /* A proxy that answers instead of making a connection. */
  { ASSAY_EXCHANGE_ANSWERED, NOT_WRITTEN, ASSAY_DELIVERY_NOT_SENT, ASSAY_PLATFORM_ERROR_PROXY },
};

static const struct
{
  guint status;
  gboolean has_retry_after;
  AssayDelivery delivery;
  AssayPlatformError code;
} statuses[] = {
  { 100, FALSE, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_PROTOCOL },
  { 101, FALSE, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_PROTOCOL },
  { 300, FALSE, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_PROTOCOL },
  { 301, FALSE, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_PROTOCOL },
  { 302, FALSE, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_PROTOCOL },
  { 303, FALSE, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_PROTOCOL },
  { 304, FALSE, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_PROTOCOL },
  { 307, FALSE, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_PROTOCOL },
  { 308, FALSE, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_PROTOCOL },
  { 400, FALSE, ASSAY_DELIVERY_REFUSED, ASSAY_PLATFORM_ERROR_REJECTED },
  { 401, FALSE, ASSAY_DELIVERY_SIGNED_OUT, ASSAY_PLATFORM_ERROR_SIGNED_OUT },
  { 402, FALSE, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_PROTOCOL },
  { 403, FALSE, ASSAY_DELIVERY_REFUSED, ASSAY_PLATFORM_ERROR_NOT_ALLOWED },
  { 404, FALSE, ASSAY_DELIVERY_REFUSED, ASSAY_PLATFORM_ERROR_NOT_FOUND },
  { 405, FALSE, ASSAY_DELIVERY_REFUSED, ASSAY_PLATFORM_ERROR_REJECTED },
  { 406, FALSE, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_PROTOCOL },
  { 407, FALSE, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_PROTOCOL },
  { 408, FALSE, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_SERVER_FAULT },
  { 409, FALSE, ASSAY_DELIVERY_REFUSED, ASSAY_PLATFORM_ERROR_CONFLICT },
  { 410, FALSE, ASSAY_DELIVERY_REFUSED, ASSAY_PLATFORM_ERROR_GONE },
  { 412, FALSE, ASSAY_DELIVERY_REFUSED, ASSAY_PLATFORM_ERROR_CONFLICT },
  { 413, FALSE, ASSAY_DELIVERY_REFUSED, ASSAY_PLATFORM_ERROR_REJECTED },
  { 415, FALSE, ASSAY_DELIVERY_REFUSED, ASSAY_PLATFORM_ERROR_REJECTED },
  { 422, FALSE, ASSAY_DELIVERY_REFUSED, ASSAY_PLATFORM_ERROR_REJECTED },
  { 425, FALSE, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_SERVER_FAULT },
  { 429, FALSE, ASSAY_DELIVERY_NOT_PROCESSED, ASSAY_PLATFORM_ERROR_RATE_LIMITED },
  { 429, TRUE, ASSAY_DELIVERY_NOT_PROCESSED, ASSAY_PLATFORM_ERROR_RATE_LIMITED },
  { 451, FALSE, ASSAY_DELIVERY_REFUSED, ASSAY_PLATFORM_ERROR_NOT_ALLOWED },
  { 500, FALSE, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_SERVER_FAULT },
  { 500, TRUE, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_SERVER_FAULT },
  { 502, FALSE, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_SERVER_FAULT },
  { 503, FALSE, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_SERVER_FAULT },
  { 503, TRUE, ASSAY_DELIVERY_NOT_PROCESSED, ASSAY_PLATFORM_ERROR_RATE_LIMITED },
  { 504, FALSE, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_SERVER_FAULT },
  { 511, FALSE, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_SERVER_FAULT },
  { 0, FALSE, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_PROTOCOL },
  { 600, FALSE, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_PROTOCOL },
  { 999, FALSE, ASSAY_DELIVERY_UNKNOWN, ASSAY_PLATFORM_ERROR_PROTOCOL },
};

static void
test_ends (void)
{
  gboolean seen[ASSAY_EXCHANGE_N_ENDS] = { FALSE };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      AssayExchangeFacts facts = { .end = ends[i].end,
                                   .headers_written = ends[i].headers_written,
                                   .status = 0 };
      AssayExchangeVerdict verdict = assay_exchange_judge (&facts);

      g_test_message ("end %d, headers written %d", ends[i].end, ends[i].headers_written);
      g_assert_cmpint (verdict.delivery, ==, ends[i].delivery);
      g_assert_cmpint (verdict.code, ==, ends[i].code);
      seen[ends[i].end] = TRUE;
    }
  for (guint i = 0; i < ASSAY_EXCHANGE_N_ENDS; i++)
    g_assert_true (seen[i]);
}

static void
test_statuses (void)
{
  AssayExchangeFacts facts = { .end = ASSAY_EXCHANGE_ANSWERED, .headers_written = TRUE };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      AssayExchangeVerdict verdict;

      facts.status = statuses[i].status;
      facts.has_retry_after = statuses[i].has_retry_after;
      verdict = assay_exchange_judge (&facts);
      g_test_message ("status %u", facts.status);
      g_assert_cmpint (verdict.delivery, ==, statuses[i].delivery);
      g_assert_cmpint (verdict.code, ==, statuses[i].code);
    }

  facts.has_retry_after = FALSE;
  for (facts.status = 200; facts.status < 300; facts.status++)
    g_assert_cmpint (assay_exchange_judge (&facts).delivery, ==, ASSAY_DELIVERY_ANSWERED);
  facts.status = 304;
  facts.conditional = TRUE;
  g_assert_cmpint (assay_exchange_judge (&facts).delivery, ==, ASSAY_DELIVERY_ANSWERED);
}

/* An answer that never came whole proves nothing, whatever it began with. */
static void
test_status_of_half_an_answer (void)
{
  for (guint status = 0; status < 600; status++)
    {
      AssayExchangeFacts facts = { .end = ASSAY_EXCHANGE_BROKEN,
                                   .headers_written = TRUE,
                                   .status = status };

      g_assert_cmpint (assay_exchange_judge (&facts).delivery, ==, ASSAY_DELIVERY_UNKNOWN);
    }
}

static void
test_sentences (void)
{
  for (int code = 0; code < ASSAY_PLATFORM_N_ERRORS; code++)
    {
      g_autofree char *named = assay_exchange_describe ((AssayPlatformError) code, "example.org");
      g_autofree char *unnamed = assay_exchange_describe ((AssayPlatformError) code, NULL);

      g_assert_cmpstr (assay_platform_error_to_string ((AssayPlatformError) code), !=, "");
      g_assert_nonnull (strstr (named, "example.org"));
      g_assert_cmpstr (named, !=, unnamed);
      g_assert_null (strchr (unnamed, '%'));
    }
  for (guint bit = 0; bit < 7; bit++)
    {
      g_autofree char *sentence =
          assay_exchange_describe_certificate ((GTlsCertificateFlags) (1 << bit), "example.org");

      g_assert_nonnull (strstr (sentence, "example.org"));
      g_assert_nonnull (strstr (sentence, "othing was sent"));
    }
}

static void
test_error (void)
{
  g_autoptr (JsonNode) answer =
      assay_json_parse ("{\"type\":\"https://example.org/problems/answers-invalid\",\"errors\":["
                        "{\"pointer\":\"/answers/a\",\"message\":\"too short\",\"code\":\"min\"},"
                        "{\"detail\":\"as the standard calls it\"},17,{}]}",
                        -1, NULL);
  g_autoptr (GError) error =
      assay_platform_error_new (ASSAY_PLATFORM_ERROR_REJECTED, ASSAY_DELIVERY_REFUSED, "No.");
  g_autoptr (GError) copy = NULL;
  g_autoptr (GError) plain = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "x");
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GPtrArray) none = assay_platform_error_list_issues (plain);
  const AssayPlatformIssue *issue;

  json_node_seal (answer);
  assay_platform_error_set_answer (error, answer);
  assay_platform_error_set_status (error, 422);
  assay_platform_error_set_wait_us (error, 7);
  copy = g_error_copy (error);
  g_clear_error (&error);

  g_assert_cmpuint (assay_platform_error_get_status (copy), ==, 422);
  g_assert_cmpint (assay_platform_error_get_wait_us (copy), ==, 7);
  g_assert_cmpstr (assay_platform_error_get_problem (copy), ==, "answers-invalid");
  issues = assay_platform_error_list_issues (copy);
  g_assert_cmpuint (issues->len, ==, 3);
  issue = issues->pdata[0];
  g_assert_cmpstr (issue->pointer, ==, "/answers/a");
  g_assert_cmpstr (issue->code, ==, "min");
  g_assert_cmpstr (issue->message, ==, "too short");
  issue = issues->pdata[1];
  g_assert_cmpstr (issue->pointer, ==, "");
  g_assert_cmpstr (issue->message, ==, "as the standard calls it");

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpint (assay_platform_error_get_delivery (plain), ==, ASSAY_DELIVERY_UNKNOWN);
  g_assert_null (assay_platform_error_get_problem (plain));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/exchange/ends", test_ends);
  g_test_add_func ("/exchange/statuses", test_statuses);
  g_test_add_func ("/exchange/status-of-half-an-answer", test_status_of_half_an_answer);
  g_test_add_func ("/exchange/sentences", test_sentences);
  g_test_add_func ("/exchange/error", test_error);

  return g_test_run ();
}
