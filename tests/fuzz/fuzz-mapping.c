/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A stored mapping (`{"mapping": …, "record": …}`): refused or loss-free, and all of its paths can
 * be followed in the record. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-import-group.h"
#include "assay-json.h"
#include "assay-record-path.h"
#include "fuzz.h"

static void
follow (const char *path, JsonNode *record)
{
  AssayRecordContext context = { .node = record,
                                 .beside = assay_json_node_object (record),
                                 .key = "key",
                                 .file = "model_a_1",
                                 .column = "column",
                                 .number = 7 };
  g_autoptr (GPtrArray) matches = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;
  g_auto (GStrv) sum = NULL;

  if (path == NULL)
    return;
  sum = assay_record_path_split_sum (path);
  parts = assay_record_path_split (path);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *escaped = assay_record_path_escape (parts[i]);
      g_auto (GStrv) again = assay_record_path_split (escaped);

      /* An escaped name is one part, and the same. */
      if (*parts[i] == '\0')
        continue;
      g_assert_cmpstr (again[0], ==, parts[i]);
      g_assert_null (again[1]);
    }
  text = assay_record_path_text (path, &context);
  if (text != NULL)
    fuzz_check_text (text);
  for (guint i = 0; sum[i] != NULL; i++)
    {
      g_clear_pointer (&matches, g_ptr_array_unref);
      matches = assay_record_path_find_all (sum[i], &context);
      for (guint m = 0; m < matches->len; m++)
        {
          AssayRecordMatch *match = matches->pdata[m];
          g_autofree char *value = assay_record_value_text (match->node, TRUE);
          g_autoptr (JsonNode) found =
              assay_record_path_find (sum[i], &context, (const char *const *) match->stars);

          g_assert_nonnull (match->node);
          if (value != NULL)
            fuzz_check_text (value);
          g_assert_nonnull (found);
        }
    }
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_autoptr (JsonNode) root = fuzz_parse_object (data, size);
  g_autoptr (AssayImportMapping) mapping = NULL;
  g_autoptr (AssayImportMapping) again = NULL;
  g_autoptr (JsonNode) written = NULL;
  g_autoptr (JsonNode) written_again = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *object;
  GPtrArray *groups;

  if (root == NULL)
    return 0;
  object = json_node_get_object (root);
  if (!assay_json_has (object, "mapping") || !assay_json_has (object, "record"))
    return 0;
  mapping = assay_import_mapping_new_from_json (json_object_get_member (object, "mapping"), &error);
  if (mapping == NULL)
    {
      fuzz_check_error (&error);
      return 0;
    }
  written = assay_import_mapping_to_json (mapping);
  again = assay_import_mapping_new_from_json (written, &error);
  g_assert_no_error (error);
  written_again = assay_import_mapping_to_json (again);
  fuzz_check_equal (written, written_again);
  g_assert_cmpstr (assay_import_mapping_get_signature (mapping), ==,
                   assay_import_mapping_get_signature (again));

  groups = assay_import_mapping_get_groups (mapping);
  for (guint i = 0; i < groups->len; i++)
    {
      AssayImportGroup *group = groups->pdata[i];

      for (guint p = 0; p < ASSAY_N_PLACES; p++)
        follow (group->places[p], json_object_get_member (object, "record"));
      for (guint r = 0; r < group->responses->len; r++)
        {
          AssayResponsePath *response = group->responses->pdata[r];

          follow (response->path, json_object_get_member (object, "record"));
          follow (response->model, json_object_get_member (object, "record"));
        }
    }
  return 0;
}
