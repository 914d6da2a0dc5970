/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-import-group.h"
#include "assay-json.h"

static const char *const place_names[ASSAY_N_PLACES] = {
  [ASSAY_PLACE_ID] = "id",
  [ASSAY_PLACE_PROMPT] = "prompt",
  [ASSAY_PLACE_SYSTEM] = "system",
  [ASSAY_PLACE_TURNS] = "turns",
  [ASSAY_PLACE_REFERENCE] = "reference",
  [ASSAY_PLACE_TITLE] = "title",
  [ASSAY_PLACE_LANGUAGE] = "language",
  [ASSAY_PLACE_SOURCES] = "sources",
  [ASSAY_PLACE_RUBRIC] = "rubric",
  [ASSAY_PLACE_TEXT] = "text",
  [ASSAY_PLACE_ROLE] = "role",
  [ASSAY_PLACE_CHILDREN] = "children",
  [ASSAY_PLACE_PARENT] = "parent",
};

static const char *const kind_names[] = { "plain", "own", "tree", "messages" };
static const char *const join_names[] = { "none", "id", "prompt", "line" };

static void
response_path_free (AssayResponsePath *self)
{
  g_free (self->path);
  g_free (self->model);
  g_free (self);
}

static GPtrArray *
new_responses (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) response_path_free);
}

AssayImportGroup *
assay_import_group_new (const char *name)
{
  AssayImportGroup *self = g_new0 (AssayImportGroup, 1);

  self->name = g_strdup (name);
  self->keys = g_new0 (char *, 1);
  self->hint = g_strdup ("");
  self->records = g_strdup ("");
  self->responses = new_responses ();
  return self;
}

AssayImportGroup *
assay_import_group_copy (AssayImportGroup *self)
{
  AssayImportGroup *copy = g_new0 (AssayImportGroup, 1);

  *copy = *self;
  copy->name = g_strdup (self->name);
  copy->keys = g_strdupv (self->keys);
  copy->hint = g_strdup (self->hint);
  copy->records = g_strdup (self->records);
  for (guint i = 0; i < ASSAY_N_PLACES; i++)
    copy->places[i] = g_strdup (self->places[i]);
  copy->responses = new_responses ();
  for (guint i = 0; i < self->responses->len; i++)
    {
      AssayResponsePath *response = g_ptr_array_index (self->responses, i);

      assay_import_group_add_response (copy, response->path, response->model);
    }
  return copy;
}

void
assay_import_group_free (AssayImportGroup *self)
{
  g_free (self->name);
  g_strfreev (self->keys);
  g_free (self->hint);
  g_free (self->records);
  for (guint i = 0; i < ASSAY_N_PLACES; i++)
    g_free (self->places[i]);
  g_ptr_array_unref (self->responses);
  g_free (self);
}

static int
find_name (const char *const *names, guint n_names, const char *name)
{
  for (guint i = 0; name != NULL && i < n_names; i++)
    {
      if (g_str_equal (names[i], name))
        return (int) i;
    }
  return 0;
}

static GStrv
dup_strings (JsonArray *array)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *string = assay_json_node_string (json_array_get_element (array, i));

      if (string != NULL)
        g_strv_builder_add (builder, string);
    }
  return g_strv_builder_end (builder);
}

AssayImportGroup *
assay_import_group_new_from_json (JsonNode *node)
{
  JsonObject *object = assay_json_node_object (node);
  JsonArray *responses;
  AssayImportGroup *self;

  if (object == NULL)
    return NULL;

  self = assay_import_group_new (assay_json_get_string_or (object, "name", "records"));
  g_strfreev (self->keys);
  self->keys = dup_strings (assay_json_get_array (object, "keys"));
  g_set_str (&self->hint, assay_json_get_string_or (object, "hint", ""));
  g_set_str (&self->records, assay_json_get_string_or (object, "records", ""));
  self->kind = (AssayRecordsKind) find_name (kind_names, G_N_ELEMENTS (kind_names),
                                             assay_json_get_string (object, "kind"));
  self->join = (AssayImportJoin) find_name (join_names, G_N_ELEMENTS (join_names),
                                            assay_json_get_string (object, "join"));
  self->set = (guint) CLAMP (assay_json_get_int (object, "set", 0), 0, G_MAXINT16);
  self->set_apart =
      (guint) CLAMP (assay_json_get_int (object, "set_apart", self->set), 0, G_MAXINT16);
  self->dialogue_marks = assay_json_get_boolean (object, "dialogue_marks", FALSE);
  self->order_is_verdict = assay_json_get_boolean (object, "order_is_verdict", FALSE);
  for (guint i = 0; i < ASSAY_N_PLACES; i++)
    assay_import_group_set_place (self, i, assay_json_get_string (object, place_names[i]));

  responses = assay_json_get_array (object, "responses");
  for (guint i = 0; responses != NULL && i < json_array_get_length (responses); i++)
    {
      JsonObject *response = assay_json_node_object (json_array_get_element (responses, i));
      const char *path = response != NULL ? assay_json_get_string (response, "path") : NULL;

      if (path != NULL)
        assay_import_group_add_response (self, path, assay_json_get_string (response, "model"));
    }
  return self;
}

JsonNode *
assay_import_group_to_json (AssayImportGroup *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *keys = json_array_new ();
  JsonArray *responses = json_array_new ();
  JsonNode *node;

  json_object_set_string_member (object, "name", self->name);
  for (guint i = 0; self->keys[i] != NULL; i++)
    json_array_add_string_element (keys, self->keys[i]);
  json_object_set_array_member (object, "keys", keys);
  json_object_set_string_member (object, "hint", self->hint);
  json_object_set_string_member (object, "records", self->records);
  json_object_set_string_member (object, "kind", kind_names[self->kind]);
  json_object_set_int_member (object, "set", self->set);
  json_object_set_int_member (object, "set_apart", self->set_apart);
  json_object_set_string_member (object, "join", join_names[self->join]);
  for (guint i = 0; i < ASSAY_N_PLACES; i++)
    {
      if (self->places[i] != NULL)
        json_object_set_string_member (object, place_names[i], self->places[i]);
    }
  for (guint i = 0; i < self->responses->len; i++)
    {
      AssayResponsePath *response = g_ptr_array_index (self->responses, i);
      JsonObject *item = json_object_new ();

      json_object_set_string_member (item, "path", response->path);
      if (response->model != NULL)
        json_object_set_string_member (item, "model", response->model);
      json_array_add_object_element (responses, item);
    }
  json_object_set_array_member (object, "responses", responses);
  if (self->dialogue_marks)
    json_object_set_boolean_member (object, "dialogue_marks", TRUE);
  if (self->order_is_verdict)
    json_object_set_boolean_member (object, "order_is_verdict", TRUE);

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, object);
  return node;
}

void
assay_import_group_set_place (AssayImportGroup *self, AssayPlace place, const char *path)
{
  g_set_str (&self->places[place], path != NULL && *path != '\0' ? path : NULL);
}

void
assay_import_group_add_response (AssayImportGroup *self, const char *path, const char *model)
{
  AssayResponsePath *response = g_new0 (AssayResponsePath, 1);

  response->path = g_strdup (path);
  response->model = g_strdup (model != NULL && *model != '\0' ? model : NULL);
  g_ptr_array_add (self->responses, response);
}

AssayGroupRole
assay_import_group_get_role (AssayImportGroup *self)
{
  gboolean prompts =
      self->places[ASSAY_PLACE_PROMPT] != NULL || self->places[ASSAY_PLACE_TURNS] != NULL;

  if (self->kind != ASSAY_RECORDS_PLAIN)
    return ASSAY_GROUP_TASKS;
  if (self->responses->len > 0)
    return prompts || self->dialogue_marks ? ASSAY_GROUP_TASKS : ASSAY_GROUP_RESPONSES;
  if (prompts)
    return ASSAY_GROUP_PROMPTS;
  return self->places[ASSAY_PLACE_REFERENCE] != NULL ? ASSAY_GROUP_REFERENCES : ASSAY_GROUP_IGNORED;
}

double
assay_import_group_compare_keys (AssayImportGroup *self, const char *const *keys, const char *hint)
{
  guint n_own = g_strv_length (self->keys);
  guint n_other = g_strv_length ((char **) keys);
  guint n_both = 0;

  if (!g_str_equal (self->hint, hint))
    return 0;
  for (guint i = 0; i < n_own; i++)
    {
      if (g_strv_contains (keys, self->keys[i]))
        n_both++;
    }
  return n_own + n_other - n_both > 0 ? (double) n_both / (n_own + n_other - n_both) : 1;
}
