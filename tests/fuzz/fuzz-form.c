/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A form from outside: refused with a sentence, or loss-free. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-form.h"
#include "fuzz.h"

static GObject *
read_form (JsonNode *node, GError **error)
{
  return (GObject *) assay_form_new_from_json (node, "", error);
}

static JsonNode *
write_form (GObject *form)
{
  return assay_form_to_json (ASSAY_FORM (form));
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_autoptr (AssayForm) again = NULL;
  g_autoptr (AssayForm) form = fuzz_read_back (data, size, read_form, write_form, &again);

  if (form == NULL)
    return 0;
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
