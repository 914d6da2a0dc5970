/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A task from outside: refused with a sentence, or loss-free. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-json.h"
#include "assay-task.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_autoptr (JsonNode) node = fuzz_parse_object (data, size);
  g_autoptr (JsonNode) written = NULL;
  g_autoptr (JsonNode) written_again = NULL;
  g_autoptr (JsonNode) copy = NULL;
  g_autoptr (AssayTask) task = NULL;
  g_autoptr (AssayTask) again = NULL;
  g_autoptr (GError) error = NULL;

  if (node == NULL)
    return 0;
  task = assay_task_new_from_json (node, &error);
  if (task == NULL)
    {
      fuzz_check_error (&error);
      return 0;
    }
  written = assay_task_to_json (task);
  copy = assay_json_copy (written);
  again = assay_task_new_from_json (copy, &error);
  g_assert_no_error (error);
  written_again = assay_task_to_json (again);
  fuzz_check_equal (written, written_again);
  g_assert_cmpstr (assay_task_get_digest (task), ==, assay_task_get_digest (again));

  fuzz_check_text (assay_task_get_id (task));
  fuzz_check_text (assay_task_get_title (task));
  fuzz_check_text (assay_task_get_kind (task));
  fuzz_check_text (assay_task_get_prompt_text (task));
  g_assert_nonnull (assay_task_get_form (task));
  for (guint i = 0; i < assay_task_get_n_documents (task); i++)
    {
      AssayDocument *document = assay_task_get_document (task, i);

      fuzz_check_text (assay_document_get_text (document));
      g_assert_true (assay_task_find_document (task, assay_document_get_id (document)) == document);
    }
  for (guint i = 0; i < assay_task_get_n_responses (task); i++)
    {
      AssayDocument *response = assay_task_get_response (task, i);

      g_assert_true (assay_task_find_response (task, assay_document_get_key (response))
                     == response);
    }
  return 0;
}
