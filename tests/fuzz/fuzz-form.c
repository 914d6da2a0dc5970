/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A form from outside: refused with a sentence, or loss-free. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-form.h"
#include "assay-json.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_autoptr (JsonNode) node = fuzz_parse_object (data, size);
  g_autoptr (JsonNode) written = NULL;
  g_autoptr (JsonNode) written_again = NULL;
  g_autoptr (JsonNode) copy = NULL;
  g_autoptr (AssayForm) form = NULL;
  g_autoptr (AssayForm) again = NULL;
  g_autoptr (GError) error = NULL;

  if (node == NULL)
    return 0;
  form = assay_form_new_from_json (node, "", &error);
  if (form == NULL)
    {
      fuzz_check_error (&error);
      return 0;
    }
  written = assay_form_to_json (form);
  copy = assay_json_copy (written);
  again = assay_form_new_from_json (copy, "", &error);
  g_assert_no_error (error);
  written_again = assay_form_to_json (again);
  fuzz_check_equal (written, written_again);
  g_assert_cmpstr (assay_form_get_canonical_text (form), ==, assay_form_get_canonical_text (again));

  fuzz_check_text (assay_form_get_kind (form));
  g_assert_cmpuint (assay_form_get_rationale_min (form), <=, assay_form_get_rationale_max (form));
  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);
      g_autoptr (JsonNode) value = NULL;

      fuzz_check_text (assay_question_get_id (question));
      fuzz_check_text (assay_question_get_label (question));
      fuzz_check_text (assay_question_get_type_name (question));
      g_assert_true (assay_form_find_question (form, assay_question_get_id (question)) == question);
      g_assert_false (assay_question_is_answered (question, NULL));
      value = assay_question_short_value (question, NULL);
    }
  return 0;
}
