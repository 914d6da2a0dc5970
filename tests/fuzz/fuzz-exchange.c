/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From how an exchange ended to what becomes of the row: how, whether the headers were written, the
 * status, and two texts, a "Retry-After" and an answer. What may have arrived is never sent again
 * as it is, and nothing an exchange says about an error makes a row accepted. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-exchange.h"
#include "assay-json.h"
#include "assay-outbox-policy.h"
#include "assay-retry-after.h"
#include "fuzz.h"

#define HEAD_BYTES 5

static void
check_issues (const GError *error)
{
  g_autoptr (GPtrArray) issues = assay_platform_error_list_issues (error);

  for (guint i = 0; i < issues->len; i++)
    fuzz_check_text (((AssayPlatformIssue *) issues->pdata[i])->pointer);
  if (assay_platform_error_get_problem (error) != NULL)
    g_assert_cmpstr (assay_platform_error_get_problem (error), !=, "");
}

static void
check_verdict (const AssayExchangeFacts *facts, const GError *error)
{
  AssayOutboxVerdict verdict = assay_outbox_judge (error, "receipt");

  g_assert_cmpint (verdict.state, !=, ASSAY_OUTBOX_ACCEPTED);
  if (verdict.state == ASSAY_OUTBOX_QUEUED)
    g_assert_true (!facts->headers_written
                   || (facts->end == ASSAY_EXCHANGE_ANSWERED
                       && (facts->status == 401 || facts->status == 429
                           || (facts->status == 503 && facts->has_retry_after))));
  if (verdict.state == ASSAY_OUTBOX_REFUSED)
    g_assert_true (facts->headers_written && facts->end == ASSAY_EXCHANGE_ANSWERED
                   && facts->status >= 400 && facts->status < 500);
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  AssayExchangeFacts facts;
  AssayExchangeVerdict verdict;
  g_auto (GStrv) texts = NULL;
  g_autoptr (JsonNode) answer = NULL;
  g_autofree char *sentence = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) copy = NULL;
  gint64 now, wait;

  if (size < HEAD_BYTES)
    return 0;
  facts = (AssayExchangeFacts) {
    .end = (AssayExchangeEnd) data[0],
    .headers_written = data[1] & 1,
    .conditional = (data[1] & 2) != 0,
    .has_retry_after = (data[1] & 4) != 0,
    .status = (guint) data[2] | (guint) data[3] << 8,
  };
  now = (gint64) data[4] * (gint64) 1e14;
  texts = fuzz_split_texts (data + HEAD_BYTES, size - HEAD_BYTES, 2);

  wait = assay_retry_after_parse (texts[0], now);
  g_assert_cmpint (wait, >=, ASSAY_RETRY_AFTER_MIN_US);
  g_assert_cmpint (wait, <=, ASSAY_RETRY_AFTER_MAX_US);

  verdict = assay_exchange_judge (&facts);
  if (verdict.delivery == ASSAY_DELIVERY_ANSWERED)
    {
      g_assert_true (facts.end == ASSAY_EXCHANGE_ANSWERED && facts.headers_written
                     && (facts.status / 100 == 2 || (facts.status == 304 && facts.conditional)));
      return 0;
    }
  sentence = assay_exchange_describe (verdict.code, texts[0]);
  fuzz_check_text (sentence);
  error = assay_platform_error_new (verdict.code, verdict.delivery, sentence);
  assay_platform_error_set_status (error, facts.status);
  assay_platform_error_set_wait_us (error, wait);
  answer = assay_json_parse (texts[1], -1, NULL);
  if (answer != NULL)
    {
      json_node_seal (answer);
      assay_platform_error_set_answer (error, answer);
    }
  copy = g_error_copy (error);
  g_assert_cmpint (assay_platform_error_get_delivery (copy), ==, verdict.delivery);
  g_assert_cmpint (assay_platform_error_get_wait_us (copy), ==, wait);
  check_issues (copy);
  check_verdict (&facts, copy);
  return 0;
}
