/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-json.h"
#include "assay-rubric-reader.h"

#define SCORES_MAX 10

JsonNode *
assay_rubric_reader_make_form (JsonNode *rubric)
{
  JsonObject *source = rubric != NULL ? assay_json_node_object (rubric) : NULL;
  const char *criteria = source != NULL ? assay_json_get_string (source, "criteria") : NULL;
  g_autoptr (JsonObject) form = NULL;
  JsonObject *anchors;
  JsonObject *question;
  JsonObject *rationale;
  JsonArray *questions;
  JsonNode *node;
  int min = -1;
  int max = -1;

  if (criteria == NULL)
    return NULL;

  anchors = json_object_new ();
  for (int score = 0; score <= SCORES_MAX; score++)
    {
      g_autofree char *name = g_strdup_printf ("score%d_description", score);
      g_autofree char *point = g_strdup_printf ("%d", score);
      const char *text = assay_json_get_string (source, name);

      if (text == NULL)
        continue;
      json_object_set_string_member (anchors, point, text);
      min = min < 0 ? score : min;
      max = score;
    }
  if (min < 0 || min == max)
    {
      json_object_unref (anchors);
      return NULL;
    }

  question = json_object_new ();
  json_object_set_string_member (question, "id", "criterion");
  json_object_set_string_member (question, "type", "scale");
  json_object_set_string_member (question, "label", _ ("Score"));
  json_object_set_string_member (question, "help", criteria);
  json_object_set_boolean_member (question, "required", TRUE);
  json_object_set_string_member (question, "scope", "each-response");
  json_object_set_int_member (question, "min", min);
  json_object_set_int_member (question, "max", max);
  json_object_set_object_member (question, "anchors", anchors);
  questions = json_array_new ();
  json_array_add_object_element (questions, question);

  rationale = json_object_new ();
  json_object_set_string_member (rationale, "use", "required");
  json_object_set_int_member (rationale, "min", 50);

  form = json_object_new ();
  json_object_set_string_member (form, "id", "record-rubric");
  json_object_set_string_member (form, "title", _ ("Rubric of the task"));
  json_object_set_string_member (form, "kind", "rubric.scale");
  json_object_set_object_member (form, "rationale", rationale);
  json_object_set_array_member (form, "questions", questions);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, form);
  return node;
}
