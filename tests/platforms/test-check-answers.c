/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whoever checks a platform can answer every form that the contract has an example of, and that the
 * program offers. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-check-answers.h"
#include "assay-json.h"
#include "assay-preset.h"

#define RATIONALE "Because it is so."

static JsonNode *
load_example (const char *kind, const char *name)
{
  g_autofree char *file = g_strdup_printf ("%s--%s.json", kind, name);
  g_autofree char *path = g_build_filename (g_getenv ("ASSAY_SOURCE_DIR"), "data", "platform-api",
                                            "examples", file, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return assay_json_parse (text, -1, NULL);
}

static void
check_filled (JsonNode *task_node, AssayForm *form)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayTask) task = assay_task_new_with_form (task_node, form, &error);
  g_autoptr (AssayJudgement) judgement = NULL;
  g_autofree char *trouble = NULL;
  guint answered;
  guint required;

  g_assert_no_error (error);
  judgement = assay_judgement_new (task);
  trouble = assay_check_fill_judgement (judgement, RATIONALE);
  g_assert_cmpstr (trouble, ==, NULL);
  assay_judgement_get_progress (judgement, &answered, &required);
  g_assert_cmpuint (answered, ==, required);
}

static void
test_examples (void)
{
  static const char *const names[] = { "checklist", "compare", "passages", "ranking", "rubric" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (JsonNode) form_node = load_example ("form", names[i]);
      g_autoptr (JsonNode) task_node = load_example ("task", names[i]);
      g_autoptr (AssayForm) form = assay_form_new_from_json (form_node, "", NULL);

      g_test_message ("%s", names[i]);
      check_filled (task_node, form);
    }
}

static void
test_presets (void)
{
  g_autoptr (JsonNode) task_node = assay_json_parse (
      "{\"id\":\"t\",\"prompt\":\"p\",\"sources\":[{\"id\":\"s\",\"content\":\"Source.\"}],"
      "\"responses\":[{\"id\":\"a\",\"content\":\"One.\"},{\"id\":\"b\",\"content\":\"Two.\"}]}",
      -1, NULL);

  for (guint i = 0; i < assay_preset_get_n (); i++)
    {
      const AssayPreset *preset = assay_preset_get (i);
      g_autoptr (AssayForm) form = assay_preset_create_form (preset);

      g_test_message ("%s", preset->id);
      if (preset->min_responses <= 2)
        check_filled (task_node, form);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check-answers/examples", test_examples);
  g_test_add_func ("/check-answers/presets", test_presets);
  return g_test_run ();
}
