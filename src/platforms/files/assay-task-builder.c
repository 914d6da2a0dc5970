/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-dialogue.h"
#include "assay-importer.h"
#include "assay-json.h"
#include "assay-limits.h"
#include "assay-preset.h"
#include "assay-constraint-reader.h"
#include "assay-rubric-reader.h"
#include "assay-task-builder.h"

#define REPEATED_BYTES 200

struct _AssayTaskBuilder
{
  AssayForm *form;
  GHashTable *forms; /* AssayForm by number of responses */
};

typedef struct
{
  char *content;
  char *model;
  char *external_id;
  GPtrArray *turns; /* (nullable) AssayTurn */
  guint part;       /* which of the joined records it is from */
} Response;

static void
response_free (Response *self)
{
  g_free (self->content);
  g_free (self->model);
  g_free (self->external_id);
  g_clear_pointer (&self->turns, g_ptr_array_unref);
  g_free (self);
}

static GPtrArray *
new_responses (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) response_free);
}

AssayTaskBuilder *
assay_task_builder_new (AssayForm *form)
{
  AssayTaskBuilder *self = g_new0 (AssayTaskBuilder, 1);

  g_set_object (&self->form, form);
  self->forms = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  return self;
}

void
assay_task_builder_free (AssayTaskBuilder *self)
{
  g_clear_object (&self->form);
  g_hash_table_unref (self->forms);
  g_free (self);
}

/* Forms */

static gboolean
form_takes (AssayForm *form, guint n_responses)
{
  const AssayPreset *preset = assay_preset_find (assay_form_get_id (form));

  if (preset == NULL || !g_str_equal (preset->kind, assay_form_get_kind (form)))
    return TRUE;
  return n_responses >= preset->min_responses && n_responses <= preset->max_responses;
}

static AssayForm *
get_form (AssayTaskBuilder *self, guint n_responses)
{
  AssayForm *form = g_hash_table_lookup (self->forms, GUINT_TO_POINTER (n_responses));

  if (form == NULL)
    {
      if (self->form != NULL && form_takes (self->form, n_responses))
        form = g_object_ref (self->form);
      else
        form = assay_preset_create_form (assay_preset_suggest (n_responses));
      g_hash_table_insert (self->forms, GUINT_TO_POINTER (n_responses), form);
    }
  return form;
}

/* Values */

static char *
dup_text (const AssayTaskPart *part, AssayPlace place)
{
  const char *path = part->group->places[place];

  return path != NULL ? assay_record_path_text (path, &part->context) : NULL;
}

/* Whether the last of the turns is the response. */
static gboolean
last_turn_is_response (AssayImportGroup *group)
{
  g_autofree char *last = NULL;

  if (group->places[ASSAY_PLACE_TURNS] == NULL || group->responses->len != 1)
    return FALSE;
  last = g_strconcat (group->places[ASSAY_PLACE_TURNS], ".-1", NULL);
  return g_str_equal (((AssayResponsePath *) g_ptr_array_index (group->responses, 0))->path, last);
}

static GPtrArray *
get_turns (const AssayTaskPart *part)
{
  const char *path = part->group->places[ASSAY_PLACE_TURNS];
  g_autoptr (JsonNode) node = NULL;
  GPtrArray *turns;

  if (path == NULL)
    return NULL;
  node = assay_record_path_find (path, &part->context, NULL);
  turns = assay_dialogue_from_node (node, FALSE);
  if (turns->len > 0 && last_turn_is_response (part->group))
    g_ptr_array_remove_index (turns, turns->len - 1);
  return turns;
}

char *
assay_task_part_dup_id (const AssayTaskPart *self)
{
  g_autofree char *id = dup_text (self, ASSAY_PLACE_ID);

  if (id == NULL || *id == '\0')
    return NULL;
  /* An id that is longer than any id tells apart as well by its digest. */
  if (strlen (id) > ASSAY_LIMIT_NAME_BYTES)
    return g_compute_checksum_for_string (G_CHECKSUM_SHA256, id, -1);
  return g_steal_pointer (&id);
}

char *
assay_task_part_dup_prompt (const AssayTaskPart *self)
{
  g_autoptr (GPtrArray) turns = NULL;
  g_autoptr (GString) text = NULL;
  char *prompt = dup_text (self, ASSAY_PLACE_PROMPT);

  if (prompt != NULL)
    return g_strstrip (prompt);
  turns = get_turns (self);
  if (turns == NULL || turns->len == 0)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < turns->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\x1e" : "",
                            ((AssayTurn *) g_ptr_array_index (turns, i))->text);
  return g_strstrip (g_string_free (g_steal_pointer (&text), FALSE));
}

/* Responses */

static char *
dup_model (const AssayTaskPart *part, const AssayResponsePath *path, const AssayRecordMatch *match)
{
  AssayRecordContext context = part->context;
  g_autoptr (JsonNode) node = NULL;
  char *model;

  if (path->model == NULL)
    return NULL;
  context.column = match->column;
  node = assay_record_path_find (path->model, &context, (const char *const *) match->stars);
  model = assay_record_value_text (node, FALSE);
  if (model != NULL && *model == '\0')
    g_clear_pointer (&model, g_free);
  return model;
}

static void
add_response (GPtrArray *responses,
              guint index,
              const AssayTaskPart *part,
              const AssayResponsePath *path,
              const AssayRecordMatch *match)
{
  g_autoptr (GPtrArray) turns = NULL;
  Response *response;

  turns = assay_dialogue_from_node (match->node, part->group->dialogue_marks);
  if (turns->len == 0)
    return;
  response = g_new0 (Response, 1);
  response->part = index;
  response->model = dup_model (part, path, match);
  response->turns = g_steal_pointer (&turns);
  g_ptr_array_add (responses, response);
}

static GPtrArray *
find_responses (GArray *parts)
{
  GPtrArray *responses = new_responses ();

  for (guint i = 0; i < parts->len; i++)
    {
      const AssayTaskPart *part = &g_array_index (parts, AssayTaskPart, i);

      for (guint j = 0; j < part->group->responses->len; j++)
        {
          AssayResponsePath *path = g_ptr_array_index (part->group->responses, j);
          g_autoptr (GPtrArray) matches = assay_record_path_find_all (path->path, &part->context);

          for (guint k = 0; k < matches->len; k++)
            add_response (responses, i, part, path, g_ptr_array_index (matches, k));
        }
    }
  return responses;
}

static gboolean
any_dialogues (GArray *parts)
{
  for (guint i = 0; i < parts->len; i++)
    {
      if (g_array_index (parts, AssayTaskPart, i).group->dialogue_marks)
        return TRUE;
    }
  return FALSE;
}

/* What whole dialogues begin with in common goes to @prompt_turns, unless the prompt stands
 * elsewhere (NULL); what is left is the response. */
static void
split_dialogues (GPtrArray *responses, GPtrArray *prompt_turns)
{
  g_autoptr (GPtrArray) dialogues = g_ptr_array_new ();
  guint n_common;

  for (guint i = 0; i < responses->len; i++)
    g_ptr_array_add (dialogues, ((Response *) g_ptr_array_index (responses, i))->turns);
  n_common = assay_dialogue_count_common (dialogues);

  for (guint i = 0; i < n_common && prompt_turns != NULL; i++)
    {
      AssayTurn *turn = g_ptr_array_index ((GPtrArray *) g_ptr_array_index (dialogues, 0), i);

      assay_dialogue_add_copy (prompt_turns, turn);
    }
  for (guint i = 0; i < responses->len; i++)
    {
      Response *response = g_ptr_array_index (responses, i);

      if (n_common > 0)
        g_ptr_array_remove_range (response->turns, 0, n_common);
    }
}

static void
make_contents (GPtrArray *responses, GPtrArray *asked)
{
  for (guint i = 0; i < responses->len; i++)
    {
      Response *response = g_ptr_array_index (responses, i);

      response->content = assay_dialogue_to_text (response->turns, 0, asked);
    }
}

static gboolean
is_same (const Response *a, const Response *b)
{
  return g_str_equal (a->content, b->content)
         && assay_turn_has_same_extras (g_ptr_array_index (a->turns, 0),
                                        g_ptr_array_index (b->turns, 0));
}

/* Whether two responses of joined records are one that lies in two of the files: from the same
 * model, or too long for two to have written it and told about in files of different kinds. */
static gboolean
is_repeated (GArray *parts, const Response *a, const Response *b)
{
  if (a->part == b->part || !is_same (a, b))
    return FALSE;
  if (a->model != NULL && g_strcmp0 (a->model, b->model) == 0)
    return TRUE;
  return strlen (a->content) >= REPEATED_BYTES
         && g_array_index (parts, AssayTaskPart, a->part).group
                != g_array_index (parts, AssayTaskPart, b->part).group;
}

static void
drop_repeated (GArray *parts, GPtrArray *responses)
{
  for (guint i = 0; i < responses->len; i++)
    {
      for (guint j = responses->len - 1; j > i; j--)
        {
          if (is_repeated (parts, g_ptr_array_index (responses, i),
                           g_ptr_array_index (responses, j)))
            g_ptr_array_remove_index (responses, j);
        }
    }
}

static int
compare_by_digest (gconstpointer a, gconstpointer b)
{
  const Response *const *left = a;
  const Response *const *right = b;
  g_autofree char *left_digest =
      g_compute_checksum_for_string (G_CHECKSUM_SHA256, (*left)->content, -1);
  g_autofree char *right_digest =
      g_compute_checksum_for_string (G_CHECKSUM_SHA256, (*right)->content, -1);

  return strcmp (left_digest, right_digest);
}

static void
limit_responses (GPtrArray *responses, char **warning)
{
  if (responses->len <= ASSAY_LIMIT_RESPONSES)
    return;
  *warning = g_strdup_printf (ngettext ("There is %u response; only the first %d were taken.",
                                        "There are %u responses; only the first %d were taken.",
                                        responses->len),
                              responses->len, ASSAY_LIMIT_RESPONSES);
  g_ptr_array_set_size (responses, ASSAY_LIMIT_RESPONSES);
}

/* Writing the task's JSON */

static JsonArray *
turns_to_json (GPtrArray *turns)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < turns->len; i++)
    {
      AssayTurn *turn = g_ptr_array_index (turns, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "role", turn->role != NULL ? turn->role : "user");
      json_object_set_string_member (object, "content", turn->text);
      assay_turn_write_extras (turn, object);
      json_array_add_object_element (array, object);
    }
  return array;
}

static void
write_responses (JsonObject *task, GPtrArray *responses)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < responses->len; i++)
    {
      Response *response = g_ptr_array_index (responses, i);
      g_autofree char *id = g_strdup_printf ("r%u", i + 1);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "id", id);
      json_object_set_string_member (object, "content", response->content);
      if (response->model != NULL)
        json_object_set_string_member (object, "model", response->model);
      if (response->external_id != NULL)
        json_object_set_string_member (object, "external_id", response->external_id);
      if (response->turns != NULL && response->turns->len == 1)
        assay_turn_write_extras (g_ptr_array_index (response->turns, 0), object);
      if (response->turns != NULL && response->turns->len > 1)
        {
          for (guint j = 0; j < response->turns->len; j++)
            {
              AssayTurn *turn = g_ptr_array_index (response->turns, j);

              if (turn->role == NULL)
                turn->role = g_strdup ("assistant");
            }
          json_object_set_array_member (object, "turns", turns_to_json (response->turns));
        }
      json_array_add_object_element (array, object);
    }
  json_object_set_array_member (task, "responses", array);
}

static void
add_text (JsonArray *array, const char *title, const char *content, const char *url)
{
  g_autofree char *id = g_strdup_printf ("%u", json_array_get_length (array) + 1);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", id);
  if (title != NULL)
    json_object_set_string_member (object, "title", title);
  json_object_set_string_member (object, "content", content);
  if (url != NULL)
    json_object_set_string_member (object, "url", url);
  json_array_add_object_element (array, object);
}

/* A passage is a text, a list of sentences whose first is the title, or an object. */
static void
add_source (JsonArray *array, JsonNode *node)
{
  JsonArray *sentences = assay_json_node_array (node);
  JsonObject *object = assay_json_node_object (node);
  const char *string = assay_json_node_string (node);

  if (string != NULL)
    {
      add_text (array, NULL, string, NULL);
    }
  else if (object != NULL)
    {
      g_autofree char *content = assay_record_value_text (node, FALSE);

      if (content != NULL)
        add_text (array, assay_json_get_string (object, "title"), content,
                  assay_json_get_string (object, "url"));
    }
  else if (sentences != NULL && json_array_get_length (sentences) > 1)
    {
      const char *title = assay_json_node_string (json_array_get_element (sentences, 0));
      g_autoptr (GString) content = g_string_new (NULL);

      for (guint i = title != NULL ? 1 : 0; i < json_array_get_length (sentences); i++)
        {
          const char *sentence = assay_json_node_string (json_array_get_element (sentences, i));

          if (sentence == NULL)
            continue;
          if (content->len > 0 && !g_ascii_isspace (content->str[content->len - 1]))
            g_string_append_c (content, ' ');
          g_string_append (content, sentence);
        }
      add_text (array, title, content->str, NULL);
    }
}

static void
write_sources (JsonObject *task, const AssayTaskPart *part)
{
  const char *path = part->group->places[ASSAY_PLACE_SOURCES];
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonArray) array = NULL;
  JsonArray *sources;

  if (path == NULL)
    return;
  node = assay_record_path_find (path, &part->context, NULL);
  if (node == NULL)
    return;
  array = json_array_new ();
  sources = assay_json_node_array (node);
  if (sources == NULL)
    add_source (array, node);
  for (guint i = 0; sources != NULL && i < json_array_get_length (sources); i++)
    add_source (array, json_array_get_element (sources, i));
  if (json_array_get_length (array) > 0)
    json_object_set_array_member (task, "sources", g_steal_pointer (&array));
}

static void
write_references (JsonObject *task, GArray *parts, GPtrArray *asked)
{
  g_autoptr (JsonArray) array = json_array_new ();
  /* Files of answers repeat what they were asked for. */
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < parts->len; i++)
    {
      const AssayTaskPart *part = &g_array_index (parts, AssayTaskPart, i);
      const char *path = part->group->places[ASSAY_PLACE_REFERENCE];
      g_autoptr (GPtrArray) matches =
          path != NULL ? assay_record_path_find_all (path, &part->context) : NULL;

      for (guint j = 0; matches != NULL && j < matches->len; j++)
        {
          AssayRecordMatch *match = g_ptr_array_index (matches, j);
          g_autoptr (GPtrArray) turns = assay_dialogue_from_node (match->node, FALSE);
          g_autofree char *text = NULL;

          if (turns->len == 0)
            continue;
          /* As many answers as there were questions belong to these; otherwise each is as good as
           * the others. */
          if (turns->len == 1 || (asked != NULL && asked->len == turns->len))
            text = assay_dialogue_to_text (turns, 0, asked);
          else
            text = assay_record_value_text (match->node, FALSE);
          if (text != NULL && *text != '\0' && g_hash_table_add (seen, g_strdup (text)))
            add_text (array, NULL, text, NULL);
        }
    }
  if (json_array_get_length (array) > 0)
    json_object_set_array_member (task, "references", g_steal_pointer (&array));
}

static void
write_small (JsonObject *task, const AssayTaskPart *part, const char *member, AssayPlace place)
{
  g_autofree char *text = dup_text (part, place);

  if (text != NULL && *text != '\0')
    json_object_set_string_member (task, member, text);
}

/* What the model could call. */
static void
write_tools (JsonObject *task, const AssayTaskPart *part)
{
  JsonObject *record = assay_json_node_object (part->context.node);
  JsonArray *tools = record != NULL ? assay_json_get_array (record, "tools") : NULL;

  if (tools != NULL && json_array_get_length (tools) > 0)
    json_object_set_member (task, "tools",
                            assay_json_copy (json_object_get_member (record, "tools")));
}

/* The form that a record brings with it, or NULL. */
static JsonNode *
make_own_form (const AssayTaskPart *part)
{
  const char *path = part != NULL ? part->group->places[ASSAY_PLACE_RUBRIC] : NULL;
  g_autoptr (JsonNode) rubric = NULL;
  JsonObject *record;
  JsonNode *form;

  if (path == NULL)
    return NULL;
  rubric = assay_record_path_find (path, &part->context, NULL);
  form = assay_rubric_reader_make_form (rubric);
  record = assay_json_node_object (part->context.node);
  if (form == NULL && record != NULL)
    form = assay_constraint_reader_make_form (
        rubric, json_object_get_member (record, ASSAY_CONSTRAINT_READER_ARGS));
  return form;
}

/* Takes @task. The record's own rubric comes before the form for all. */
static AssayTask *
finish (AssayTaskBuilder *self,
        JsonObject *task,
        const AssayTaskPart *part,
        guint n_responses,
        GError **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonNode *form = make_own_form (part);

  json_node_set_object (node, task);
  if (form == NULL)
    return assay_task_new_with_form (node, get_form (self, n_responses), error);
  json_object_set_member (task, "form", form);
  return assay_task_new_from_json (node, error);
}

/* The part that the prompt is taken from: a question of its own comes before what was repeated with
 * an answer. */
static const AssayTaskPart *
find_main_part (GArray *parts)
{
  const AssayTaskPart *best = NULL;

  for (guint i = 0; i < parts->len; i++)
    {
      const AssayTaskPart *part = &g_array_index (parts, AssayTaskPart, i);
      AssayGroupRole role = assay_import_group_get_role (part->group);

      if (role == ASSAY_GROUP_PROMPTS)
        return part;
      if (role == ASSAY_GROUP_TASKS && best == NULL)
        best = part;
    }
  return best;
}

static void
missing (AssayImportGroup *group, gboolean response, char **field, GError **error)
{
  const char *path = group->places[ASSAY_PLACE_PROMPT] != NULL ? group->places[ASSAY_PLACE_PROMPT]
                                                               : group->places[ASSAY_PLACE_TURNS];

  if (response && group->responses->len > 0)
    path = ((AssayResponsePath *) g_ptr_array_index (group->responses, 0))->path;
  *field = g_strdup (path);
  g_set_error_literal (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_RECORD,
                       response ? _ ("There is no response.") : _ ("There is no prompt."));
}

AssayTask *
assay_task_builder_build (AssayTaskBuilder *self,
                          const char *id,
                          GArray *parts,
                          gboolean needs_responses,
                          char **field,
                          char **warning,
                          GError **error)
{
  g_autoptr (JsonObject) task = NULL;
  g_autoptr (GPtrArray) responses = NULL;
  g_autoptr (GPtrArray) turns = NULL;
  g_autofree char *prompt = NULL;
  g_autofree char *external_id = NULL;
  const AssayTaskPart *main_part;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (parts->len > 0, NULL);

  main_part = find_main_part (parts);
  if (main_part == NULL)
    {
      g_set_error_literal (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_RECORD,
                           _ ("There is no prompt for this response in any of the files."));
      return NULL;
    }

  prompt = dup_text (main_part, ASSAY_PLACE_PROMPT);
  turns = get_turns (main_part);
  if (turns == NULL)
    turns = assay_dialogue_new ();
  responses = find_responses (parts);
  if (any_dialogues (parts))
    split_dialogues (responses, prompt == NULL && turns->len == 0 ? turns : NULL);
  make_contents (responses, turns);
  if (parts->len > 1)
    drop_repeated (parts, responses);
  if (main_part->group->order_is_verdict)
    g_ptr_array_sort (responses, compare_by_digest);
  limit_responses (responses, warning);

  if ((prompt == NULL || *prompt == '\0') && turns->len == 0)
    {
      missing (main_part->group, FALSE, field, error);
      return NULL;
    }
  if (needs_responses && responses->len == 0)
    {
      missing (main_part->group, TRUE, field, error);
      return NULL;
    }

  task = json_object_new ();
  json_object_set_string_member (task, "id", id);
  external_id = assay_task_part_dup_id (main_part);
  if (external_id != NULL && !g_str_equal (external_id, id))
    json_object_set_string_member (task, "external_id", external_id);
  write_small (task, main_part, "title", ASSAY_PLACE_TITLE);
  write_small (task, main_part, "language", ASSAY_PLACE_LANGUAGE);
  write_small (task, main_part, "system", ASSAY_PLACE_SYSTEM);
  if (turns->len == 1 && prompt == NULL
      && g_strcmp0 (((AssayTurn *) g_ptr_array_index (turns, 0))->role, "assistant") != 0)
    {
      json_object_set_string_member (task, "prompt",
                                     ((AssayTurn *) g_ptr_array_index (turns, 0))->text);
    }
  else
    {
      if (turns->len > 0)
        json_object_set_array_member (task, "turns", turns_to_json (turns));
      if (prompt != NULL)
        json_object_set_string_member (task, "prompt", prompt);
      if (prompt == NULL && !json_object_has_member (task, "title"))
        {
          g_autofree char *title =
              assay_task_make_title (((AssayTurn *) g_ptr_array_index (turns, 0))->text);

          json_object_set_string_member (task, "title", title);
        }
    }
  write_sources (task, main_part);
  write_references (task, parts, turns);
  write_tools (task, main_part);
  write_responses (task, responses);
  return finish (self, task, main_part, responses->len, error);
}

AssayTask *
assay_task_builder_build_own (AssayTaskBuilder *self,
                              JsonNode *record,
                              guint64 number,
                              GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *task;
  JsonArray *responses;

  g_return_val_if_fail (self != NULL, NULL);

  node = assay_json_copy (record);
  task = assay_json_node_object (node);
  if (task == NULL)
    {
      g_set_error_literal (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_RECORD,
                           _ ("The record is not an object."));
      return NULL;
    }
  json_object_remove_member (task, "type");
  if (!assay_json_has (task, "id"))
    {
      g_autofree char *id = g_strdup_printf ("%" G_GUINT64_FORMAT, number);

      json_object_set_string_member (task, "id", id);
    }
  responses = assay_json_get_array (task, "responses");
  if (assay_json_get_object (task, "form") == NULL
      || assay_json_get_array (assay_json_get_object (task, "form"), "questions") == NULL)
    return assay_task_new_with_form (
        node, get_form (self, responses != NULL ? json_array_get_length (responses) : 0), error);
  return assay_task_new_from_json (node, error);
}

AssayTask *
assay_task_builder_build_thread (AssayTaskBuilder *self,
                                 const char *id,
                                 GPtrArray *turns,
                                 GArray *answers,
                                 const char *language,
                                 char **warning,
                                 GError **error)
{
  g_autoptr (JsonObject) task = NULL;
  g_autoptr (GPtrArray) responses = new_responses ();

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (turns->len > 0, NULL);

  for (guint i = 0; i < answers->len; i++)
    {
      const AssayThreadAnswer *answer = &g_array_index (answers, AssayThreadAnswer, i);
      Response *response = g_new0 (Response, 1);

      response->content = g_strdup (answer->text);
      response->model = g_strdup (answer->model);
      response->external_id = g_strdup (answer->id);
      g_ptr_array_add (responses, response);
    }
  g_ptr_array_sort (responses, compare_by_digest);
  limit_responses (responses, warning);

  task = json_object_new ();
  json_object_set_string_member (task, "id", id);
  if (language != NULL)
    json_object_set_string_member (task, "language", language);
  if (turns->len == 1)
    json_object_set_string_member (task, "prompt",
                                   ((AssayTurn *) g_ptr_array_index (turns, 0))->text);
  else
    json_object_set_array_member (task, "turns", turns_to_json (turns));
  write_responses (task, responses);
  return finish (self, task, NULL, responses->len, error);
}
