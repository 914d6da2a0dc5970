/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A task from outside: refused with a sentence, or loss-free. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-task.h"
#include "fuzz.h"

static GObject *
read_task (JsonNode *node, GError **error)
{
  return (GObject *) assay_task_new_from_json (node, error);
}

static JsonNode *
write_task (GObject *task)
{
  return assay_task_to_json (ASSAY_TASK (task));
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_autoptr (AssayTask) again = NULL;
  g_autoptr (AssayTask) task = fuzz_read_back (data, size, read_task, write_task, &again);

  if (task == NULL)
    return 0;
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
