/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-constraint-reader.h"

#include "assay-constraint.h"
#include "assay-json.h"

/* Takes @array. */
static JsonNode *
make_array_node (JsonArray *array)
{
  JsonNode *node = json_node_init_array (json_node_alloc (), array);

  json_array_unref (array);
  return node;
}

/* One instruction; a name that is not known here is shown as it stands. */
static JsonNode *
make_item (const char *type, JsonNode *args, guint index)
{
  JsonObject *own = args != NULL ? assay_json_node_object (args) : NULL;
  JsonObject *item = json_object_new ();
  JsonObject *check = json_object_new ();
  JsonNode *node = json_node_init_object (json_node_alloc (), item);
  g_autofree char *id = g_strdup_printf ("instruction-%u", index + 1);
  g_autofree char *text = assay_constraint_describe (type, own);

  json_object_set_string_member (item, "id", id);
  json_object_set_string_member (item, "text", text != NULL ? text : type);
  json_object_set_string_member (check, "type", type);
  if (own != NULL)
    json_object_set_member (check, "args", assay_json_copy (args));
  json_object_set_object_member (item, "check", check);
  json_object_unref (item);
  return node;
}

static JsonNode *
make_question (JsonArray *types, JsonArray *args)
{
  JsonObject *question = json_object_new ();
  JsonNode *node = json_node_init_object (json_node_alloc (), question);
  JsonArray *items = json_array_new ();
  JsonArray *commented = json_array_new ();
  guint n_args = args != NULL ? json_array_get_length (args) : 0;

  for (guint i = 0; i < json_array_get_length (types); i++)
    {
      const char *type = assay_json_node_string (json_array_get_element (types, i));

      json_array_add_element (
          items, make_item (type, i < n_args ? json_array_get_element (args, i) : NULL, i));
    }
  json_array_add_string_element (commented, "no");
  json_array_add_string_element (commented, "partial");
  json_object_set_string_member (question, "id", "constraints");
  json_object_set_string_member (question, "type", "checklist");
  json_object_set_string_member (question, "label", _ ("Instructions"));
  json_object_set_string_member (question, "scope", "each-response");
  json_object_set_boolean_member (question, "required", TRUE);
  json_object_set_string_member (question, "words", "followed");
  json_object_set_boolean_member (question, "allow_partial", TRUE);
  json_object_set_boolean_member (question, "allow_na", TRUE);
  json_object_set_boolean_member (question, "allow_unsure", TRUE);
  json_object_set_member (question, "comment_required", make_array_node (commented));
  json_object_set_member (question, "items", make_array_node (items));
  json_object_unref (question);
  return node;
}

static gboolean
are_names (JsonArray *types)
{
  for (guint i = 0; i < json_array_get_length (types); i++)
    {
      const char *type = assay_json_node_string (json_array_get_element (types, i));

      if (type == NULL || *type == '\0')
        return FALSE;
    }
  return json_array_get_length (types) > 0;
}

JsonNode *
assay_constraint_reader_make_form (JsonNode *types, JsonNode *args)
{
  JsonArray *names = types != NULL ? assay_json_node_array (types) : NULL;
  JsonObject *form;
  JsonNode *node;
  JsonArray *questions;

  if (names == NULL || !are_names (names))
    return NULL;
  form = json_object_new ();
  node = json_node_init_object (json_node_alloc (), form);
  questions = json_array_new ();
  json_array_add_element (
      questions, make_question (names, args != NULL ? assay_json_node_array (args) : NULL));
  json_object_set_string_member (form, "id", "record-constraints");
  json_object_set_string_member (form, "title", _ ("Instructions of the task"));
  json_object_set_string_member (form, "kind", "constraints.check");
  json_object_set_member (form, "questions", make_array_node (questions));
  json_object_unref (form);
  return node;
}
