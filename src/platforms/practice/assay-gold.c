/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-json.h"
#include "assay-practice.h"
#include "assay-questions.h"

AssayJudgement *
assay_gold_create_judgement (AssayTask *task, AssayJudgement *judgement)
{
  JsonObject *gold;
  JsonObject *object;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GList) members = NULL;
  g_autoptr (GError) error = NULL;
  AssayJudgement *result;

  g_return_val_if_fail (ASSAY_IS_TASK (task), NULL);

  gold = assay_task_get_gold (task);
  if (gold == NULL)
    return NULL;

  node = json_node_new (JSON_NODE_OBJECT);
  object = json_object_new ();
  json_node_take_object (node, object);
  json_object_set_string_member (object, "id", "gold");
  members = json_object_get_members (gold);
  for (GList *l = members; l != NULL; l = l->next)
    if (!g_str_equal (l->data, "explanation") && !g_str_equal (l->data, "tolerance"))
      json_object_set_member (object, l->data,
                              json_node_ref (json_object_get_member (gold, l->data)));
  if (judgement != NULL)
    json_object_set_member (object, "presentation",
                            assay_presentation_to_json (
                                assay_judgement_get_presentation (judgement)));

  result = assay_judgement_new_from_json (task, node, &error);
  if (result == NULL)
    g_message ("The gold of “%s” cannot be read: %s", assay_task_get_id (task), error->message);
  return result;
}

GPtrArray *
assay_gold_compare (AssayTask *task, AssayJudgement *judgement)
{
  g_autoptr (AssayJudgement) gold = NULL;

  g_return_val_if_fail (ASSAY_IS_TASK (task), NULL);
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (judgement), NULL);

  gold = assay_gold_create_judgement (task, judgement);
  if (gold == NULL)
    return NULL;
  return assay_judgement_compare (judgement, gold,
                                  assay_json_get_object (assay_task_get_gold (task), "tolerance"));
}

const char *
assay_gold_get_explanation (AssayTask *task)
{
  JsonObject *gold;

  g_return_val_if_fail (ASSAY_IS_TASK (task), NULL);

  gold = assay_task_get_gold (task);
  return gold != NULL ? assay_json_get_string (gold, "explanation") : NULL;
}

const char *
assay_gold_get_rationale (AssayTask *task)
{
  JsonObject *gold;

  g_return_val_if_fail (ASSAY_IS_TASK (task), NULL);

  gold = assay_task_get_gold (task);
  return gold != NULL ? assay_json_get_string (gold, "rationale") : NULL;
}
