/* SPDX-License-Identifier: GPL-3.0-or-later */

/* JSON from outside: refused with a sentence, or read so that writing and reading it again gives
 * the same. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-json.h"
#include "assay-model-error.h"
#include "fuzz.h"

static void
check_reads_back (JsonNode *node, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) again = NULL;

  fuzz_check_text (text);
  again = assay_json_parse_full (text, -1, ASSAY_JSON_REFUSE_DUPLICATES, &error);
  g_assert_no_error (error);
  fuzz_check_equal (node, again);
}

static void
check (const char *text, gsize length, AssayJsonFlags flags)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = assay_json_parse_full (text, (gssize) length, flags, &error);
  g_autoptr (JsonNode) copy = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *pretty = NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *of_copy = NULL;

  if (node == NULL)
    {
      g_assert_true (error->domain == ASSAY_MODEL_ERROR);
      fuzz_check_error (&error);
      return;
    }
  g_assert_no_error (error);
  plain = assay_json_to_string (node);
  check_reads_back (node, plain);
  pretty = assay_json_to_pretty_string (node);
  check_reads_back (node, pretty);
  canonical = assay_json_to_canonical_string (node);
  check_reads_back (node, canonical);
  copy = assay_json_copy (node);
  of_copy = assay_json_to_canonical_string (copy);
  g_assert_cmpstr (canonical, ==, of_copy);
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  check ((const char *) data, size, ASSAY_JSON_DEFAULT);
  check ((const char *) data, size, ASSAY_JSON_REFUSE_DUPLICATES);
  return 0;
}
