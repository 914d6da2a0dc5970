/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-import-group.h"
#include "assay-known-layouts.h"

#define KEYS_MAX 6

/* Layouts with a name. Nothing is read differently for it: the name tells a person that the files
 * were understood. The first that fits counts; all of its keys must be in one group. */
static const struct
{
  const char *id;
  const char *title;
  const char *keys[KEYS_MAX];
} layouts[] = {
  { "arena-hard", N_ ("Arena-Hard"), { "cluster", "question_id", "turns" } },
  { "arena-hard", N_ ("Arena-Hard"), { "cluster", "prompt", "uid" } },
  { "arena-hard", N_ ("Arena-Hard"), { "ans_id", "messages", "model", "uid" } },
  { "mt-bench", N_ ("MT-Bench"), { "category", "question_id", "turns" } },
  { "vicuna", N_ ("Vicuna Evaluation"), { "answer_id", "model_id", "question_id", "text" } },
  { "judgebench", N_ ("JudgeBench"), { "pair_id", "response_A", "response_B" } },
  { "pandalm", N_ ("PandaLM"), { "cmp_key", "response1", "response2" } },
  { "llmbar", N_ ("LLMBar"), { "input", "output_1", "output_2" } },
  { "self-instruct",
    N_ ("Self-Instruct"),
    { "input", "instruction", "prompt", "response", "target" } },
  { "gsm8k", N_ ("GSM8K Solutions"), { "175b_verification", "ground_truth", "question" } },
  { "persian-llm-eval", N_ ("Persian Evaluation"), { "details", "id", "prediction", "track" } },
  { "fine-grained-rlhf", N_ ("Fine-Grained Feedback"), { "feedback", "prediction 1", "question" } },
  { "factool", N_ ("FacTool"), { "prompt", "responses_and_factuality" } },
  { "biggen-bench", N_ ("BiGGen-Bench"), { "response_model_name", "score_rubric" } },
  { "ifeval", N_ ("IFEval"), { "instruction_id_list", "kwargs", "prompt" } },
  { "open-assistant-trees", N_ ("Open Assistant Trees"), { "message_tree_id", "prompt" } },
  { "open-assistant-samples", N_ ("Open Assistant Samples"), { "prompt", "results" } },
  { "open-assistant-messages",
    N_ ("Open Assistant Messages"),
    { "parent_message_id", "role", "text" } },
};

static gboolean
has_keys (AssayImportGroup *group, const char *const *keys)
{
  for (guint i = 0; i < KEYS_MAX && keys[i] != NULL; i++)
    {
      if (!g_strv_contains ((const char *const *) group->keys, keys[i]))
        return FALSE;
    }
  return TRUE;
}

const char *
assay_known_layouts_recognize (AssayImportMapping *mapping)
{
  GPtrArray *groups = assay_import_mapping_get_groups (mapping);

  for (guint i = 0; i < groups->len; i++)
    {
      AssayImportGroup *group = g_ptr_array_index (groups, i);

      if (group->kind == ASSAY_RECORDS_OWN)
        return "assay";
      if (group->order_is_verdict && group->dialogue_marks)
        return "dialogue-pairs";
      if (group->order_is_verdict)
        return "preference-pairs";
    }
  for (guint j = 0; j < G_N_ELEMENTS (layouts); j++)
    {
      for (guint i = 0; i < groups->len; i++)
        {
          AssayImportGroup *group = g_ptr_array_index (groups, i);

          if (assay_import_group_get_role (group) != ASSAY_GROUP_IGNORED
              && has_keys (group, layouts[j].keys))
            return layouts[j].id;
        }
    }
  return "generic";
}

const char *
assay_known_layouts_get_title (const char *layout)
{
  g_return_val_if_fail (layout != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    {
      if (g_str_equal (layouts[i].id, layout))
        return _ (layouts[i].title);
    }
  if (g_str_equal (layout, "assay"))
    return _ ("Assay Tasks");
  if (g_str_equal (layout, "dialogue-pairs"))
    return _ ("Pairs of Dialogues");
  if (g_str_equal (layout, "preference-pairs"))
    return _ ("Preference Pairs");
  return _ ("Prompts and Responses");
}
