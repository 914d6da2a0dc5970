/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What becomes of an attempt to deliver: whatever does not prove that nothing arrived is unknown,
 * and nothing is accepted without a receipt. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-outbox-policy.h"
#include "assay-platform.h"
#include "fuzz.h"

static void
check (const GError *error, const char *receipt)
{
  AssayOutboxVerdict verdict = assay_outbox_judge (error, receipt);

  g_assert_true (verdict.state == ASSAY_OUTBOX_QUEUED || verdict.state == ASSAY_OUTBOX_UNKNOWN
                 || verdict.state == ASSAY_OUTBOX_ACCEPTED
                 || verdict.state == ASSAY_OUTBOX_REFUSED);
  g_assert_cmpint (verdict.state == ASSAY_OUTBOX_ACCEPTED, ==,
                   error == NULL && receipt != NULL && *receipt != '\0');
  if (error != NULL && error->domain != ASSAY_PLATFORM_ERROR)
    g_assert_cmpint (verdict.state, ==, ASSAY_OUTBOX_UNKNOWN);
  /* Only a row that surely was not taken waits to be sent again as it is. */
  if (verdict.state == ASSAY_OUTBOX_QUEUED)
    {
      AssayDelivery delivery = assay_platform_error_get_delivery (error);

      g_assert_true (delivery == ASSAY_DELIVERY_NOT_SENT || delivery == ASSAY_DELIVERY_SIGNED_OUT
                     || delivery == ASSAY_DELIVERY_NOT_PROCESSED);
    }
  fuzz_check_text (verdict.result_class);
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  gint32 code = 0;
  g_autofree char *receipt = NULL;
  gint64 wait;

  if (size < 6)
    return 0;
  memcpy (&code, data + 1, sizeof code);
  receipt = fuzz_dup_text (data + 5, size - 5);
  if (data[0] % 3 == 0)
    check (NULL, data[0] % 2 ? receipt : NULL);
  else
    {
      const GQuark domains[] = { G_IO_ERROR, ASSAY_PLATFORM_ERROR };
      g_autoptr (GError) error =
          g_error_new_literal (domains[data[0] % 3 - 1], data[0] < 128 ? code % 20 : code, receipt);

      check (error, data[0] % 2 ? receipt : NULL);
    }
  wait = assay_outbox_backoff_us ((guint) code, data[5] / 256.0);
  g_assert_cmpint (wait, >=, 0);
  g_assert_cmpint (wait, <=, ASSAY_BACKOFF_MAX_US);
  return 0;
}
