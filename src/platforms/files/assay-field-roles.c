/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-constraint-reader.h"
#include "assay-field-roles.h"
#include "assay-field-words.h"
#include "assay-json.h"
#include "assay-response-columns.h"

#define WEAK 2
#define ID_BYTES 300
#define NAME_BYTES 200
#define SOURCE_BYTES 40

typedef struct
{
  AssayImportGroup *group;
  GPtrArray *samples; /* AssayFileSample */
  AssayFieldTable *table;
  gboolean judged;
} Roles;

typedef guint (*ScoreFunc) (GStrv words);

static JsonNode *
first_node (Roles *self)
{
  for (guint i = 0; i < self->samples->len; i++)
    {
      AssayFileSample *sample = g_ptr_array_index (self->samples, i);

      if (sample->nodes->len > 0)
        return g_ptr_array_index (sample->nodes, 0);
    }
  return NULL;
}

static AssayField *
find_top (Roles *self, const char *name)
{
  return assay_field_table_find_below (self->table, "", name);
}

static gboolean
is_response (Roles *self, AssayField *field)
{
  for (guint i = 0; i < self->group->responses->len; i++)
    {
      AssayResponsePath *response = g_ptr_array_index (self->group->responses, i);
      gsize length = strlen (field->path);

      if (g_str_has_prefix (response->path, field->path)
          && (response->path[length] == '\0' || response->path[length] == '.'))
        return TRUE;
    }
  return FALSE;
}

/* Assay's own form */

static gboolean
is_own_task (JsonObject *object)
{
  JsonArray *responses = assay_json_get_array (object, "responses");
  JsonObject *first = NULL;

  if (g_strcmp0 (assay_json_get_string (object, "type"), "task") == 0)
    return TRUE;
  if (g_strcmp0 (assay_json_get_string (object, "format"), "eval-judgements") == 0)
    return TRUE;
  if (!assay_json_has (object, "id")
      || (assay_json_get_string (object, "prompt") == NULL
          && assay_json_get_array (object, "turns") == NULL))
    return FALSE;
  if (assay_json_get_object (object, "form") != NULL
      && assay_json_get_array (assay_json_get_object (object, "form"), "questions") != NULL)
    return TRUE;
  if (responses != NULL && json_array_get_length (responses) > 0)
    first = assay_json_node_object (json_array_get_element (responses, 0));
  return first != NULL && assay_json_get_string (first, "content") != NULL
         && assay_json_has (first, "id");
}

static gboolean
find_own (Roles *self)
{
  guint n_own = 0;
  guint n = 0;

  for (guint i = 0; i < self->samples->len; i++)
    {
      AssayFileSample *sample = g_ptr_array_index (self->samples, i);

      for (guint j = 0; j < sample->nodes->len; j++, n++)
        n_own +=
            is_own_task (assay_json_node_object (g_ptr_array_index (sample->nodes, j))) ? 1 : 0;
    }
  if (n_own == 0 || n_own * 5 < n)
    return FALSE;
  self->group->kind = ASSAY_RECORDS_OWN;
  return TRUE;
}

/* Trees of messages */

static const char *
find_member (JsonObject *object, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (json_object_has_member (object, names[i]))
        return names[i];
    }
  return NULL;
}

static const char *
find_message_id (JsonObject *object)
{
  static const char *const names[] = { "message_id", "id", "uuid", "node_id", NULL };

  return find_member (object, names);
}

static gboolean
is_message_tree (Roles *self, JsonObject *message)
{
  static const char *const texts[] = { "text", "content", "value", NULL };
  static const char *const roles[] = { "role", "from", "speaker", NULL };
  static const char *const children[] = { "replies", "children", NULL };
  const char *text = find_member (message, texts);
  const char *role = find_member (message, roles);
  const char *below = find_member (message, children);

  if (text == NULL || role == NULL || below == NULL || assay_json_get_string (message, text) == NULL
      || assay_json_get_array (message, below) == NULL)
    return FALSE;
  assay_import_group_set_place (self->group, ASSAY_PLACE_TEXT, text);
  assay_import_group_set_place (self->group, ASSAY_PLACE_ROLE, role);
  assay_import_group_set_place (self->group, ASSAY_PLACE_CHILDREN, below);
  assay_import_group_set_place (self->group, ASSAY_PLACE_ID, find_message_id (message));
  return TRUE;
}

static gboolean
find_tree (Roles *self)
{
  JsonObject *record = assay_json_node_object (first_node (self));
  g_autoptr (GList) members = json_object_get_members (record);

  if (is_message_tree (self, record))
    {
      self->group->kind = ASSAY_RECORDS_TREE;
      return TRUE;
    }
  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonObject *object = assay_json_get_object (record, l->data);

      if (object != NULL && is_message_tree (self, object))
        {
          self->group->kind = ASSAY_RECORDS_TREE;
          assay_import_group_set_place (self->group, ASSAY_PLACE_TURNS, l->data);
          return TRUE;
        }
    }
  return FALSE;
}

/* How many of the values of @parent are values of @id. */
static guint
count_links (Roles *self, const char *parent, const char *id)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = 0;

  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < self->samples->len; i++)
        {
          AssayFileSample *sample = g_ptr_array_index (self->samples, i);

          for (guint j = 0; j < sample->nodes->len; j++)
            {
              JsonObject *object = assay_json_node_object (g_ptr_array_index (sample->nodes, j));
              JsonNode *node = json_object_get_member (object, pass == 0 ? id : parent);
              g_autofree char *value = node != NULL ? assay_json_node_dup_id (node) : NULL;

              if (value == NULL)
                continue;
              if (pass == 0)
                g_hash_table_add (ids, g_steal_pointer (&value));
              else
                n += g_hash_table_contains (ids, value) ? 1 : 0;
            }
        }
    }
  return n;
}

static gboolean
find_messages (Roles *self)
{
  static const char *const texts[] = { "text", "content", "value", "message", NULL };
  static const char *const roles[] = { "role", "from", "speaker", NULL };
  JsonObject *record = assay_json_node_object (first_node (self));
  const char *text = find_member (record, texts);
  const char *role = find_member (record, roles);
  AssayField *parent = NULL;
  AssayField *id = NULL;
  guint most = 0;

  if (text == NULL || role == NULL || find_top (self, role)->n_different > 8)
    return FALSE;
  for (guint i = 0; i < self->table->fields->len; i++)
    {
      AssayField *field = g_ptr_array_index (self->table->fields, i);

      if (field->depth == 0 && g_strv_contains ((const char *const *) field->words, "parent"))
        parent = field;
    }
  for (guint i = 0; parent != NULL && i < self->table->fields->len; i++)
    {
      AssayField *field = g_ptr_array_index (self->table->fields, i);
      guint n;

      if (field->depth > 0 || field == parent || field->n_different < 2)
        continue;
      n = count_links (self, parent->name, field->name);
      if (n > most)
        {
          most = n;
          id = field;
        }
    }
  if (id == NULL)
    return FALSE;

  self->group->kind = ASSAY_RECORDS_MESSAGES;
  assay_import_group_set_place (self->group, ASSAY_PLACE_TEXT, text);
  assay_import_group_set_place (self->group, ASSAY_PLACE_ROLE, role);
  assay_import_group_set_place (self->group, ASSAY_PLACE_PARENT, parent->name);
  assay_import_group_set_place (self->group, ASSAY_PLACE_ID, id->name);
  return TRUE;
}

/* Plain records */

/* The best-named text at the top that is not a response and not a verdict. */
static AssayField *
find_best (Roles *self, ScoreFunc score_of, guint at_least, guint most_bytes)
{
  AssayField *best = NULL;
  guint best_score = at_least > 0 ? at_least - 1 : 0;

  for (guint i = 0; i < self->table->fields->len; i++)
    {
      AssayField *field = g_ptr_array_index (self->table->fields, i);
      guint score = score_of (field->words);

      if (field->depth > 0 || score <= best_score || is_response (self, field)
          || !assay_field_is_text (field) || assay_field_mean_bytes (field) > most_bytes)
        continue;
      best = field;
      best_score = score;
    }
  return best;
}

static char *
find_model (Roles *self)
{
  AssayField *field = find_best (self, assay_field_words_model_score, 3, NAME_BYTES);
  char *best = NULL;
  guint best_score = 2;

  if (field != NULL)
    return g_strdup (field->path);

  for (guint i = 0; i < self->samples->len && best == NULL; i++)
    {
      AssayFileSample *sample = g_ptr_array_index (self->samples, i);
      g_autoptr (GList) members =
          sample->beside != NULL ? json_object_get_members (sample->beside) : NULL;

      for (GList *l = members; l != NULL; l = l->next)
        {
          g_auto (GStrv) words = assay_field_split_words (l->data);
          guint score = assay_field_words_model_score (words);

          if (score <= best_score || assay_json_get_string (sample->beside, l->data) == NULL)
            continue;
          g_free (best);
          best = g_strconcat ("$beside.", l->data, NULL);
          best_score = score;
        }
    }
  if (best == NULL && self->samples->len > 1)
    best = g_strdup ("$file");
  return best;
}

static gboolean
is_assistant (const char *role)
{
  static const char *const names[] = { "assistant", "gpt", "bot", "model", "chatgpt", "ai", NULL };
  g_autofree char *lower = g_ascii_strdown (role, -1);

  return g_strv_contains (names, lower);
}

static gboolean
ends_with_assistant (Roles *self, const char *name)
{
  static const char *const roles[] = { "role", "from", "speaker", NULL };
  guint n_assistant = 0;
  guint n = 0;

  for (guint i = 0; i < self->samples->len; i++)
    {
      AssayFileSample *sample = g_ptr_array_index (self->samples, i);

      for (guint j = 0; j < sample->nodes->len; j++)
        {
          JsonObject *record = assay_json_node_object (g_ptr_array_index (sample->nodes, j));
          JsonArray *messages = assay_json_get_array (record, name);
          guint length = messages != NULL ? json_array_get_length (messages) : 0;
          JsonObject *last =
              length > 0 ? assay_json_node_object (json_array_get_element (messages, length - 1))
                         : NULL;
          const char *role = last != NULL ? find_member (last, roles) : NULL;

          n++;
          if (role != NULL && assay_json_get_string (last, role) != NULL
              && is_assistant (assay_json_get_string (last, role)))
            n_assistant++;
        }
    }
  return n > 0 && n_assistant * 10 >= n * 8;
}

/* A conversation at the top that is not a response: the earlier turns, and perhaps the response as
 * its last. */
static void
find_conversation (Roles *self, const char *model)
{
  for (guint i = 0; i < self->table->fields->len; i++)
    {
      AssayField *field = g_ptr_array_index (self->table->fields, i);
      g_autofree char *item = g_strconcat (field->path, ".*", NULL);
      AssayField *items = assay_field_table_find (self->table, item);
      gboolean messages = assay_response_columns_are_messages (self->table, field->path);
      gboolean texts;

      if (field->depth > 0 || !assay_field_is_list (field) || items == NULL
          || is_response (self, field))
        continue;
      texts =
          assay_field_is_text (items) || assay_response_columns_can_be_text (self->table, items);
      if (!messages
          && !(texts
               && (assay_field_words_are_conversation (field->words)
                   || assay_field_words_prompt_score (field->words) > WEAK)))
        continue;
      if (!messages && assay_field_words_source_score (field->words) > 0)
        continue;

      assay_import_group_set_place (self->group, ASSAY_PLACE_TURNS, field->path);
      if (messages && self->group->responses->len == 0 && ends_with_assistant (self, field->name))
        {
          g_autofree char *last = g_strconcat (field->path, ".-1", NULL);

          assay_import_group_add_response (self->group, last, model);
        }
      return;
    }
}

static gboolean
has_text_below (Roles *self, const char *list, const char *name)
{
  g_autofree char *item = g_strconcat (list, ".*", NULL);
  AssayField *field = assay_field_table_find_below (self->table, item, name);

  return field != NULL && assay_field_is_text (field);
}

/* `instruction` with a list of `instances`, each an input with the output that is expected. */
static gboolean
find_instances (Roles *self)
{
  if (find_top (self, "instruction") == NULL || self->group->responses->len > 0
      || !has_text_below (self, "instances", "output"))
    return FALSE;
  assay_import_group_set_place (self->group, ASSAY_PLACE_PROMPT, "instruction + instances.0.input");
  assay_import_group_set_place (self->group, ASSAY_PLACE_REFERENCE, "instances.0.output");
  return TRUE;
}

static void
find_prompt (Roles *self)
{
  AssayField *prompt = find_best (self, assay_field_words_prompt_score, WEAK + 1, G_MAXUINT);
  AssayField *instruction = find_top (self, "instruction");
  AssayField *input = find_top (self, "input");
  AssayField *choices = find_top (self, "choices");
  g_autoptr (GString) sum = NULL;

  if (self->group->places[ASSAY_PLACE_TURNS] != NULL)
    return;
  if (prompt == NULL)
    {
      for (guint i = 0; i < self->table->fields->len; i++)
        {
          AssayField *field = g_ptr_array_index (self->table->fields, i);

          if (field->depth == 0 && !is_response (self, field)
              && assay_field_words_prompt_score (field->words) > WEAK
              && assay_response_columns_can_be_text (self->table, field))
            prompt = prompt == NULL ? field : prompt;
        }
    }
  if (prompt == NULL)
    return;

  /* An instruction and its input are clearer than the text that was made of both for a model. */
  if (instruction != NULL && input != NULL && instruction != prompt
      && assay_field_is_text (instruction) && g_str_equal (prompt->name, "prompt"))
    prompt = instruction;

  sum = g_string_new (prompt->path);
  if (input != NULL && input != prompt && !is_response (self, input) && input->n_strings > 0
      && (prompt == instruction || g_str_equal (prompt->name, "task")))
    g_string_append (sum, " + input");
  if (choices == NULL)
    choices = find_top (self, "options");
  if (choices != NULL && choices->n_arrays > 0 && !is_response (self, choices))
    {
      g_autofree char *item = g_strconcat (choices->path, ".*", NULL);
      AssayField *items = assay_field_table_find (self->table, item);

      if (items != NULL && assay_field_is_text (items))
        g_string_append_printf (sum, " + %s", choices->path);
    }
  assay_import_group_set_place (self->group, ASSAY_PLACE_PROMPT, sum->str);
}

static gboolean
has_answer_mark (Roles *self)
{
  return find_best (self, assay_field_words_model_score, 3, NAME_BYTES) != NULL
         || find_top (self, "answer_id") != NULL || find_top (self, "response_id") != NULL;
}

/* One response in a field of its own. */
static void
find_single (Roles *self, const char *model)
{
  gboolean has_choices = find_top (self, "choices") != NULL || find_top (self, "options") != NULL;
  AssayField *best = NULL;
  guint best_score = 0;

  for (guint i = 0; i < self->table->fields->len; i++)
    {
      AssayField *field = g_ptr_array_index (self->table->fields, i);
      guint score = assay_field_words_response_score (field->words);

      if (field->depth > 0 || score <= best_score || assay_field_words_are_judge (field->words)
          || !assay_response_columns_can_be_text (self->table, field))
        continue;
      /* The answer to a question with choices is the key to it. */
      if (has_choices && assay_field_words_reference_score (field->words) > 0)
        continue;
      if (score <= WEAK && !has_answer_mark (self))
        continue;
      best = field;
      best_score = score;
    }
  if (best != NULL)
    assay_import_group_add_response (self->group, best->path, model);
}

static void
find_id (Roles *self)
{
  AssayField *best = NULL;
  guint best_score = 0;

  for (guint i = 0; i < self->table->fields->len; i++)
    {
      AssayField *field = g_ptr_array_index (self->table->fields, i);
      guint score = assay_field_words_id_score (field->words);

      if (field->depth > 0 || score == 0 || field->n_found < self->table->n_records
          || field->n_strings + field->n_numbers < field->n_found
          || assay_field_mean_bytes (field) > ID_BYTES || is_response (self, field))
        continue;
      if (score > best_score)
        {
          best = field;
          best_score = score;
        }
    }
  if (best != NULL)
    assay_import_group_set_place (self->group, ASSAY_PLACE_ID, best->path);
  else if (g_str_has_suffix (self->group->records, "*"))
    assay_import_group_set_place (self->group, ASSAY_PLACE_ID, "$key");
}

static void
find_reference (Roles *self)
{
  AssayField *best = NULL;
  guint best_score = 0;

  if (self->group->places[ASSAY_PLACE_REFERENCE] != NULL)
    return;
  for (guint i = 0; i < self->table->fields->len; i++)
    {
      AssayField *field = g_ptr_array_index (self->table->fields, i);
      guint score = assay_field_words_reference_score (field->words);

      if (field->depth > 0 || score <= best_score || is_response (self, field)
          || field->n_strings + field->n_arrays == 0)
        continue;
      best = field;
      best_score = score;
    }
  if (best != NULL)
    assay_import_group_set_place (self->group, ASSAY_PLACE_REFERENCE, best->path);
}

static void
find_sources (Roles *self)
{
  for (guint i = 0; i < self->table->fields->len; i++)
    {
      AssayField *field = g_ptr_array_index (self->table->fields, i);

      if (field->depth > 0 || is_response (self, field)
          || assay_field_words_source_score (field->words) == 0)
        continue;
      if (assay_field_is_list (field)
          || (assay_field_is_text (field) && assay_field_mean_bytes (field) >= SOURCE_BYTES))
        {
          assay_import_group_set_place (self->group, ASSAY_PLACE_SOURCES, field->path);
          return;
        }
    }
}

static void
find_rubric (Roles *self)
{
  AssayField *constraints = find_top (self, ASSAY_CONSTRAINT_READER_TYPES);
  AssayField *args = find_top (self, ASSAY_CONSTRAINT_READER_ARGS);

  if (constraints != NULL && assay_field_is_list (constraints) && args != NULL
      && assay_field_is_list (args))
    {
      assay_import_group_set_place (self->group, ASSAY_PLACE_RUBRIC, constraints->path);
      return;
    }
  for (guint i = 0; i < self->table->fields->len; i++)
    {
      AssayField *field = g_ptr_array_index (self->table->fields, i);

      if (field->depth == 0 && assay_field_is_object (field)
          && assay_field_table_find_below (self->table, field->path, "criteria") != NULL
          && assay_field_table_find_below (self->table, field->path, "score1_description") != NULL)
        {
          assay_import_group_set_place (self->group, ASSAY_PLACE_RUBRIC, field->path);
          return;
        }
    }
}

static void
find_small (Roles *self)
{
  AssayField *system = find_best (self, assay_field_words_system_score, 1, G_MAXUINT);
  AssayField *title = find_top (self, "title");

  if (system != NULL)
    assay_import_group_set_place (self->group, ASSAY_PLACE_SYSTEM, system->path);
  if (title != NULL && assay_field_is_text (title) && assay_field_mean_bytes (title) <= NAME_BYTES)
    assay_import_group_set_place (self->group, ASSAY_PLACE_TITLE, title->path);
  for (guint i = 0; i < self->table->fields->len; i++)
    {
      AssayField *field = g_ptr_array_index (self->table->fields, i);

      if (field->depth == 0 && assay_field_words_are_language (field->words)
          && assay_field_is_text (field))
        assay_import_group_set_place (self->group, ASSAY_PLACE_LANGUAGE, field->path);
    }
}

static void
find_plain (Roles *self)
{
  g_autofree char *model = find_model (self);

  if (!assay_response_columns_find_verdicts (self->group, self->table, model)
      && !assay_response_columns_find_family (self->group, self->table, model)
      && !assay_response_columns_find_objects (self->group, self->table))
    {
      /* What a judge wrote about one response has the names of a prompt and a response too. */
      if (self->judged)
        return;
      if (!assay_response_columns_find_list (self->group, self->table, model))
        find_single (self, model);
    }

  if (!find_instances (self))
    {
      find_conversation (self, model);
      find_prompt (self);
    }
  /* `text` is a prompt unless something shows that it was written by a model. */
  if (self->group->responses->len == 0 && self->group->places[ASSAY_PLACE_PROMPT] == NULL
      && self->group->places[ASSAY_PLACE_TURNS] == NULL)
    {
      AssayField *weak = find_best (self, assay_field_words_prompt_score, WEAK, G_MAXUINT);

      if (weak != NULL)
        assay_import_group_set_place (self->group, ASSAY_PLACE_PROMPT, weak->path);
    }
  find_id (self);
  find_reference (self);
  find_sources (self);
  find_rubric (self);
  find_small (self);
}

void
assay_field_roles_assign (AssayImportGroup *group, GPtrArray *samples)
{
  g_autoptr (AssayFieldTable) table = NULL;
  Roles self;

  g_return_if_fail (group != NULL);
  g_return_if_fail (samples != NULL);

  table = assay_file_sample_make_table (samples);
  self = (Roles) { .group = group, .samples = samples, .table = table };
  if (first_node (&self) == NULL)
    return;

  self.judged = g_str_equal (group->hint, ASSAY_HINT_JUDGEMENT);
  if (find_own (&self) || find_tree (&self) || find_messages (&self))
    return;
  find_plain (&self);
}
