/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-effort.h"
#include "assay-guideline.h"
#include "assay-project.h"
#include "model-testing.h"

static void
test_project (void)
{
  g_autoptr (AssayProject) self = assay_project_new ("local", "p1", "Dinners");
  g_autoptr (AssayTask) task = task_with_form (2, "'id': 'f'");
  g_autoptr (JsonNode) settings = json ("{'spelling': 'de'}");

  g_assert_cmpint (assay_project_get_id (self), ==, 0);
  g_assert_cmpstr (assay_project_get_account (self), ==, "local");
  g_assert_cmpstr (assay_project_get_external_id (self), ==, "p1");
  g_assert_cmpstr (assay_project_get_title (self), ==, "Dinners");
  g_assert_null (assay_project_get_form (self));
  g_assert_cmpuint (json_object_get_size (assay_project_get_settings (self)), ==, 0);

  assay_project_set_id (self, 7);
  assay_project_set_n_tasks (self, 3);
  assay_project_set_form (self, assay_task_get_form (task));
  assay_project_set_form (self, assay_task_get_form (task));
  assay_project_set_settings (self, assay_json_node_object (settings));
  assay_project_set_settings (self, assay_project_get_settings (self));
  g_assert_cmpint (assay_project_get_id (self), ==, 7);
  g_assert_cmpuint (assay_project_get_n_tasks (self), ==, 3);
  g_assert_cmpstr (assay_form_get_id (assay_project_get_form (self)), ==, "f");
  g_assert_cmpstr (assay_json_get_string (assay_project_get_settings (self), "spelling"), ==, "de");
  assay_project_set_form (self, NULL);
  g_assert_null (assay_project_get_form (self));
}

static void
test_project_guideline (void)
{
  g_autoptr (AssayProject) self = assay_project_new ("work", "p1", "Dinners");
  g_autoptr (JsonNode) named = json ("{'guideline': {'id': 'g', 'version': 4}}");
  g_autoptr (JsonNode) odd = json ("{'guideline': {'id': 7, 'version': 4}}");
  g_autofree char *id = NULL;
  int version = -1;

  g_assert_null (assay_project_dup_guideline_id (self, &version));
  g_assert_cmpint (version, ==, 0);
  assay_project_set_terms (self, assay_json_node_object (odd));
  g_assert_null (assay_project_dup_guideline_id (self, &version));

  assay_project_set_terms (self, assay_json_node_object (named));
  id = assay_project_dup_guideline_id (self, &version);
  g_assert_cmpstr (id, ==, "work/g");
  g_assert_cmpint (version, ==, 4);
  g_assert_cmpstr (assay_guideline_strip_id ("work", id), ==, "g");
  g_assert_cmpstr (assay_guideline_strip_id ("wor", id), ==, "work/g");
}

static void
test_guideline (void)
{
  g_autoptr (AssayGuideline) self = assay_guideline_new ("g", 3, "Rules", "abc");

  g_assert_cmpstr (assay_guideline_get_id (self), ==, "g");
  g_assert_cmpint (assay_guideline_get_version (self), ==, 3);
  g_assert_cmpstr (assay_guideline_get_title (self), ==, "Rules");
  g_assert_cmpstr (assay_guideline_get_text (self), ==, "abc");
  g_assert_cmpstr (assay_guideline_get_sha256 (self), ==,
                   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void
test_effort (void)
{
  AssayEffort effort = { 0 };
  AssayEffort odd = { 0 };
  const char *text =
      "{'active_ms': 1, 'idle_ms': 2, 'paused_ms': 3, 'lookup_ms': 4, 'first_opened_at': 5,"
      " 'submitted_at': 6, 'opens': 7}";
  g_autoptr (JsonNode) node = json (text);
  g_autoptr (JsonNode) odd_node =
      json ("{'active_ms': -1, 'idle_ms': 'x', 'opens': -3, 'lookup_ms': 1e300}");

  assay_effort_load_json (&effort, assay_json_node_object (node));
  g_assert_cmpint (effort.lookup_ms, ==, 4);
  assert_json (assay_effort_to_json (&effort), text);
  /* A clock that went wrong somewhere is no reason to refuse the work. */
  assay_effort_load_json (&odd, assay_json_node_object (odd_node));
  g_assert_cmpint (odd.active_ms, ==, 0);
  g_assert_cmpint (odd.idle_ms, ==, 0);
  g_assert_cmpuint (odd.opens, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/project/all", test_project);
  g_test_add_func ("/project/guideline", test_project_guideline);
  g_test_add_func ("/guideline/all", test_guideline);
  g_test_add_func ("/effort/json", test_effort);

  return g_test_run ();
}
