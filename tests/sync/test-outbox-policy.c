/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-outbox-policy.h"
#include "assay-platform.h"

/* An error that says only its code. What exchanges prove is in the table of tests/platforms/. */
static const struct
{
  AssayPlatformError code;
  AssayOutboxState state;
  const char *result_class;
  AssayOutboxConsequence consequence;
} codes[] = {
  { ASSAY_PLATFORM_ERROR_OFFLINE, ASSAY_OUTBOX_QUEUED, "not-sent", ASSAY_OUTBOX_GO_ON },
  { ASSAY_PLATFORM_ERROR_TIMED_OUT, ASSAY_OUTBOX_UNKNOWN, "unknown", ASSAY_OUTBOX_GO_ON },
  { ASSAY_PLATFORM_ERROR_SIGNED_OUT, ASSAY_OUTBOX_QUEUED, "signed-out", ASSAY_OUTBOX_STOP },
  { ASSAY_PLATFORM_ERROR_NOT_ALLOWED, ASSAY_OUTBOX_REFUSED, "refused", ASSAY_OUTBOX_GO_ON },
  { ASSAY_PLATFORM_ERROR_NOT_FOUND, ASSAY_OUTBOX_REFUSED, "refused", ASSAY_OUTBOX_GO_ON },
  { ASSAY_PLATFORM_ERROR_CONFLICT, ASSAY_OUTBOX_REFUSED, "refused", ASSAY_OUTBOX_GO_ON },
  { ASSAY_PLATFORM_ERROR_GONE, ASSAY_OUTBOX_REFUSED, "refused", ASSAY_OUTBOX_GO_ON },
  { ASSAY_PLATFORM_ERROR_REJECTED, ASSAY_OUTBOX_REFUSED, "refused", ASSAY_OUTBOX_GO_ON },
  { ASSAY_PLATFORM_ERROR_RATE_LIMITED, ASSAY_OUTBOX_QUEUED, "not-processed", ASSAY_OUTBOX_PAUSE },
  { ASSAY_PLATFORM_ERROR_SERVER_FAULT, ASSAY_OUTBOX_UNKNOWN, "unknown", ASSAY_OUTBOX_GO_ON },
  { ASSAY_PLATFORM_ERROR_PROTOCOL, ASSAY_OUTBOX_UNKNOWN, "unknown", ASSAY_OUTBOX_GO_ON },
  { ASSAY_PLATFORM_ERROR_NOT_SUPPORTED, ASSAY_OUTBOX_REFUSED, "refused", ASSAY_OUTBOX_GO_ON },
  { ASSAY_PLATFORM_ERROR_ADDRESS, ASSAY_OUTBOX_QUEUED, "not-sent", ASSAY_OUTBOX_STOP },
  { ASSAY_PLATFORM_ERROR_INSECURE, ASSAY_OUTBOX_QUEUED, "not-sent", ASSAY_OUTBOX_STOP },
  { ASSAY_PLATFORM_ERROR_PROXY, ASSAY_OUTBOX_QUEUED, "not-sent", ASSAY_OUTBOX_GO_ON },
  { ASSAY_PLATFORM_ERROR_INTERRUPTED, ASSAY_OUTBOX_UNKNOWN, "unknown", ASSAY_OUTBOX_GO_ON },
  { ASSAY_PLATFORM_ERROR_CANCELLED, ASSAY_OUTBOX_UNKNOWN, "unknown", ASSAY_OUTBOX_GO_ON },
};

/* An error that says what it proves, whatever its code. */
static const struct
{
  AssayPlatformError code;
  AssayDelivery delivery;
  AssayOutboxState state;
  const char *result_class;
  AssayOutboxConsequence consequence;
} deliveries[] = {
  { ASSAY_PLATFORM_ERROR_TIMED_OUT, ASSAY_DELIVERY_NOT_SENT, ASSAY_OUTBOX_QUEUED, "not-sent",
    ASSAY_OUTBOX_GO_ON },
  { ASSAY_PLATFORM_ERROR_CANCELLED, ASSAY_DELIVERY_NOT_SENT, ASSAY_OUTBOX_QUEUED, "not-sent",
    ASSAY_OUTBOX_GO_ON },
  { ASSAY_PLATFORM_ERROR_OFFLINE, ASSAY_DELIVERY_UNKNOWN, ASSAY_OUTBOX_UNKNOWN, "unknown",
    ASSAY_OUTBOX_GO_ON },
  { ASSAY_PLATFORM_ERROR_RATE_LIMITED, ASSAY_DELIVERY_NOT_PROCESSED, ASSAY_OUTBOX_QUEUED,
    "not-processed", ASSAY_OUTBOX_PAUSE },
  { ASSAY_PLATFORM_ERROR_PROTOCOL, ASSAY_DELIVERY_ANSWERED, ASSAY_OUTBOX_UNKNOWN, "unknown",
    ASSAY_OUTBOX_GO_ON },
  { ASSAY_PLATFORM_ERROR_GONE, ASSAY_DELIVERY_REFUSED, ASSAY_OUTBOX_REFUSED, "refused",
    ASSAY_OUTBOX_GO_ON },
  { ASSAY_PLATFORM_ERROR_SIGNED_OUT, ASSAY_DELIVERY_SIGNED_OUT, ASSAY_OUTBOX_QUEUED, "signed-out",
    ASSAY_OUTBOX_STOP },
};

static void
test_codes (void)
{
  /* Every code has its row. */
  g_assert_cmpuint (G_N_ELEMENTS (codes), ==, ASSAY_PLATFORM_N_ERRORS);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) error =
          g_error_new_literal (ASSAY_PLATFORM_ERROR, (int) codes[i].code, "x");
      AssayOutboxVerdict verdict = assay_outbox_judge (error, NULL);

      g_assert_cmpint (codes[i].code, ==, i);
      g_assert_cmpint (verdict.state, ==, codes[i].state);
      g_assert_cmpstr (verdict.result_class, ==, codes[i].result_class);
      g_assert_cmpint (verdict.consequence, ==, codes[i].consequence);
      g_assert_nonnull (assay_outbox_class_get_sentence (verdict.result_class));
    }
}

static void
test_deliveries (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (deliveries); i++)
    {
      g_autoptr (GError) error =
          assay_platform_error_new (deliveries[i].code, deliveries[i].delivery, "x");
      /* Errors are copied on their way through a future. */
      g_autoptr (GError) copy = g_error_copy (error);
      AssayOutboxVerdict verdict = assay_outbox_judge (copy, "receipt");

      g_assert_cmpint (verdict.state, ==, deliveries[i].state);
      g_assert_cmpstr (verdict.result_class, ==, deliveries[i].result_class);
      g_assert_cmpint (verdict.consequence, ==, deliveries[i].consequence);
    }
}

static void
test_receipts (void)
{
  g_assert_cmpint (assay_outbox_judge (NULL, "receipt").state, ==, ASSAY_OUTBOX_ACCEPTED);
  g_assert_cmpint (assay_outbox_judge (NULL, "").state, ==, ASSAY_OUTBOX_UNKNOWN);
  g_assert_cmpint (assay_outbox_judge (NULL, NULL).state, ==, ASSAY_OUTBOX_UNKNOWN);
}

/* What does not prove that nothing arrived proves nothing. */
static void
test_foreign_errors (void)
{
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");
  g_autoptr (GError) beyond = g_error_new_literal (ASSAY_PLATFORM_ERROR, 4711, "x");

  g_assert_cmpint (assay_outbox_judge (cancelled, NULL).state, ==, ASSAY_OUTBOX_UNKNOWN);
  g_assert_cmpint (assay_outbox_judge (beyond, NULL).state, ==, ASSAY_OUTBOX_UNKNOWN);
  g_assert_cmpint (assay_outbox_judge (cancelled, "receipt").state, ==, ASSAY_OUTBOX_UNKNOWN);
}

static void
test_backoff (void)
{
  const double almost_one = 1 - 1e-12;

  for (guint i = 0; i < 100; i++)
    {
      gint64 longest = assay_outbox_backoff_us (i, almost_one);

      g_assert_cmpint (assay_outbox_backoff_us (i, 0), ==, 0);
      g_assert_cmpint (longest, <=, ASSAY_BACKOFF_MAX_US);
      if (i <= 8)
        g_assert_cmpint (longest / G_USEC_PER_SEC, ==, (2 << i) - 1);
      else
        g_assert_cmpint (longest / G_USEC_PER_SEC, ==, 599);
    }
  g_assert_cmpint (assay_outbox_backoff_us (3, 0.5), ==, 8 * G_USEC_PER_SEC);
  g_assert_cmpint (assay_outbox_backoff_us (G_MAXUINT, 0.5), ==, ASSAY_BACKOFF_MAX_US / 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/outbox-policy/codes", test_codes);
  g_test_add_func ("/outbox-policy/deliveries", test_deliveries);
  g_test_add_func ("/outbox-policy/receipts", test_receipts);
  g_test_add_func ("/outbox-policy/foreign-errors", test_foreign_errors);
  g_test_add_func ("/outbox-policy/backoff", test_backoff);

  return g_test_run ();
}
