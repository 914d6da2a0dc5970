/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-command-stack.h"

#include <string.h>

#include "assay-json.h"
#include "assay-limits.h"

/* What the stack may weigh in a draft, which is written whole at each change. */
#define STACK_MAX_BYTES (256 * 1024)
#define COMMAND_OVERHEAD_BYTES 48
#define GROUP_MAX_DEPTH_LEVELS 4

struct _AssayCommandStack
{
  GPtrArray *commands; /* (owned) */
  guint position;      /* commands before it stand */
  gboolean broken;     /* the next change is a command of its own */
};

AssayCommand *
assay_command_new_answer (const char *question,
                          const char *response,
                          JsonNode *before,
                          JsonNode *after)
{
  AssayCommand *self = g_new0 (AssayCommand, 1);

  self->kind = ASSAY_COMMAND_ANSWER;
  self->key = g_strdup (question);
  self->response = g_strdup (response);
  self->before = before != NULL ? json_node_ref (before) : NULL;
  self->after = after != NULL ? json_node_ref (after) : NULL;
  return self;
}

AssayCommand *
assay_command_new_text (guint start, const char *removed, const char *inserted)
{
  AssayCommand *self = g_new0 (AssayCommand, 1);

  self->kind = ASSAY_COMMAND_TEXT;
  self->start = start;
  self->removed = g_strdup (removed);
  self->inserted = g_strdup (inserted);
  return self;
}

AssayCommand *
assay_command_new_field (const char *field, JsonNode *before, JsonNode *after)
{
  AssayCommand *self = assay_command_new_answer (field, NULL, before, after);

  self->kind = ASSAY_COMMAND_FIELD;
  return self;
}

AssayCommand *
assay_command_new_group (void)
{
  AssayCommand *self = g_new0 (AssayCommand, 1);

  self->kind = ASSAY_COMMAND_GROUP;
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_command_free);
  return self;
}

void
assay_command_free (AssayCommand *self)
{
  g_free (self->key);
  g_free (self->response);
  g_clear_pointer (&self->before, json_node_unref);
  g_clear_pointer (&self->after, json_node_unref);
  g_free (self->removed);
  g_free (self->inserted);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_free (self);
}

static gsize
node_weight (JsonNode *node)
{
  g_autofree char *text = node != NULL ? assay_json_to_string (node) : NULL;

  return text != NULL ? strlen (text) : 0;
}

static gsize
command_weight (const AssayCommand *command)
{
  gsize weight = COMMAND_OVERHEAD_BYTES;

  if (command->removed != NULL)
    weight += strlen (command->removed);
  if (command->inserted != NULL)
    weight += strlen (command->inserted);
  weight += node_weight (command->before) + node_weight (command->after);
  for (guint i = 0; command->parts != NULL && i < command->parts->len; i++)
    weight += command_weight (g_ptr_array_index (command->parts, i));
  return weight;
}

static void
trim (AssayCommandStack *self)
{
  gsize weight = 0;
  guint keep_from = self->commands->len;

  while (keep_from > 0)
    {
      weight += command_weight (g_ptr_array_index (self->commands, keep_from - 1));
      if (weight > STACK_MAX_BYTES || self->commands->len - keep_from >= ASSAY_LIMIT_UNDO_COMMANDS)
        break;
      keep_from--;
    }
  if (keep_from > 0)
    {
      g_ptr_array_remove_range (self->commands, 0, keep_from);
      self->position = self->position > keep_from ? self->position - keep_from : 0;
    }
}

static gboolean
ends_in_space (const char *text)
{
  const char *last = g_utf8_find_prev_char (text, text + strlen (text));

  return last != NULL && g_unichar_isspace (g_utf8_get_char (last));
}

static gboolean
begins_with_space (const char *text)
{
  return g_unichar_isspace (g_utf8_get_char (text));
}

/* Typing forwards or deleting in one direction goes on in the command before, word by word. */
static gboolean
merge_text (AssayCommand *last, const AssayCommand *next)
{
  gboolean last_inserts = *last->removed == '\0';
  gboolean next_inserts = *next->removed == '\0';
  gboolean last_deletes = *last->inserted == '\0';
  gboolean next_deletes = *next->inserted == '\0';

  if (last_inserts && next_inserts && !last_deletes
      && next->start == last->start + g_utf8_strlen (last->inserted, -1)
      && !(ends_in_space (last->inserted) && !begins_with_space (next->inserted)))
    {
      char *joined = g_strconcat (last->inserted, next->inserted, NULL);

      g_free (last->inserted);
      last->inserted = joined;
      return TRUE;
    }
  if (last_deletes && next_deletes && !last_inserts)
    {
      if (next->start + g_utf8_strlen (next->removed, -1) == last->start)
        {
          char *joined = g_strconcat (next->removed, last->removed, NULL);

          g_free (last->removed);
          last->removed = joined;
          last->start = next->start;
          return TRUE;
        }
      if (next->start == last->start)
        {
          char *joined = g_strconcat (last->removed, next->removed, NULL);

          g_free (last->removed);
          last->removed = joined;
          return TRUE;
        }
    }
  return FALSE;
}

/* Changes of one text field follow one another at each key: they are one command until the group is
 * broken. */
static gboolean
merge_values (AssayCommand *last, const AssayCommand *next)
{
  if (last->kind != next->kind || g_strcmp0 (last->key, next->key) != 0
      || g_strcmp0 (last->response, next->response) != 0)
    return FALSE;
  if (last->after == NULL || next->after == NULL
      || json_node_get_value_type (last->after) != G_TYPE_STRING
      || json_node_get_value_type (next->after) != G_TYPE_STRING)
    return FALSE;
  g_clear_pointer (&last->after, json_node_unref);
  last->after = json_node_ref (next->after);
  return TRUE;
}

AssayCommandStack *
assay_command_stack_new (void)
{
  AssayCommandStack *self = g_new0 (AssayCommandStack, 1);

  self->commands = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_command_free);
  return self;
}

void
assay_command_stack_free (AssayCommandStack *self)
{
  g_ptr_array_unref (self->commands);
  g_free (self);
}

void
assay_command_stack_push (AssayCommandStack *self, AssayCommand *command)
{
  AssayCommand *last = NULL;

  g_ptr_array_set_size (self->commands, self->position);
  if (self->position > 0 && !self->broken)
    last = g_ptr_array_index (self->commands, self->position - 1);
  self->broken = FALSE;

  if (last != NULL
      && ((last->kind == ASSAY_COMMAND_TEXT && command->kind == ASSAY_COMMAND_TEXT
           && merge_text (last, command))
          || merge_values (last, command)))
    {
      assay_command_free (command);
      return;
    }
  g_ptr_array_add (self->commands, command);
  self->position = self->commands->len;
  if (self->commands->len > ASSAY_LIMIT_UNDO_COMMANDS)
    trim (self);
}

void
assay_command_stack_break_group (AssayCommandStack *self)
{
  self->broken = TRUE;
}

void
assay_command_stack_clear (AssayCommandStack *self)
{
  g_ptr_array_set_size (self->commands, 0);
  self->position = 0;
}

gboolean
assay_command_stack_can_undo (AssayCommandStack *self)
{
  return self->position > 0;
}

gboolean
assay_command_stack_can_redo (AssayCommandStack *self)
{
  return self->position < self->commands->len;
}

const AssayCommand *
assay_command_stack_step_back (AssayCommandStack *self)
{
  g_assert (self->position > 0);

  self->broken = TRUE;
  return g_ptr_array_index (self->commands, --self->position);
}

const AssayCommand *
assay_command_stack_step_forward (AssayCommandStack *self)
{
  g_assert (self->position < self->commands->len);

  self->broken = TRUE;
  return g_ptr_array_index (self->commands, self->position++);
}

/* JSON */

static const char *const kind_names[] = { "answer", "text", "field", "group" };

static JsonNode *
command_to_json (const AssayCommand *command)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "kind", kind_names[command->kind]);
  if (command->key != NULL)
    json_object_set_string_member (object, "key", command->key);
  if (command->response != NULL)
    json_object_set_string_member (object, "response", command->response);
  if (command->before != NULL)
    json_object_set_member (object, "before", json_node_ref (command->before));
  if (command->after != NULL)
    json_object_set_member (object, "after", json_node_ref (command->after));
  if (command->kind == ASSAY_COMMAND_TEXT)
    {
      json_object_set_int_member (object, "start", command->start);
      json_object_set_string_member (object, "removed", command->removed);
      json_object_set_string_member (object, "inserted", command->inserted);
    }
  if (command->parts != NULL)
    {
      JsonArray *parts = json_array_new ();

      for (guint i = 0; i < command->parts->len; i++)
        json_array_add_element (parts, command_to_json (g_ptr_array_index (command->parts, i)));
      json_object_set_array_member (object, "parts", parts);
    }
  json_node_take_object (node, object);
  return node;
}

static JsonNode *
dup_sealed_member (JsonObject *object, const char *member)
{
  JsonNode *node;

  if (!assay_json_has (object, member))
    return NULL;
  node = assay_json_copy (json_object_get_member (object, member));
  json_node_seal (node);
  return node;
}

static AssayCommand *
command_from_json (JsonNode *node, guint depth)
{
  JsonObject *object = assay_json_node_object (node);
  g_autoptr (AssayCommand) command = NULL;
  const char *kind = object != NULL ? assay_json_get_string (object, "kind") : NULL;
  JsonArray *parts;

  if (kind == NULL || depth > GROUP_MAX_DEPTH_LEVELS)
    return NULL;
  command = g_new0 (AssayCommand, 1);
  command->key = g_strdup (assay_json_get_string (object, "key"));
  command->response = g_strdup (assay_json_get_string (object, "response"));
  command->before = dup_sealed_member (object, "before");
  command->after = dup_sealed_member (object, "after");
  command->start = CLAMP (assay_json_get_int (object, "start", 0), 0, G_MAXINT);
  command->removed = g_strdup (assay_json_get_string (object, "removed"));
  command->inserted = g_strdup (assay_json_get_string (object, "inserted"));

  if (g_str_equal (kind, kind_names[ASSAY_COMMAND_TEXT]))
    {
      command->kind = ASSAY_COMMAND_TEXT;
      return command->removed != NULL && command->inserted != NULL ? g_steal_pointer (&command)
                                                                   : NULL;
    }
  if (g_str_equal (kind, kind_names[ASSAY_COMMAND_GROUP]))
    {
      command->kind = ASSAY_COMMAND_GROUP;
      command->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_command_free);
      parts = assay_json_get_array (object, "parts");
      for (guint i = 0; parts != NULL && i < json_array_get_length (parts); i++)
        {
          AssayCommand *part = command_from_json (json_array_get_element (parts, i), depth + 1);

          if (part == NULL)
            return NULL;
          g_ptr_array_add (command->parts, part);
        }
      return g_steal_pointer (&command);
    }
  if (g_str_equal (kind, kind_names[ASSAY_COMMAND_ANSWER]))
    command->kind = ASSAY_COMMAND_ANSWER;
  else if (g_str_equal (kind, kind_names[ASSAY_COMMAND_FIELD]))
    command->kind = ASSAY_COMMAND_FIELD;
  else
    return NULL;
  return command->key != NULL ? g_steal_pointer (&command) : NULL;
}

JsonNode *
assay_command_stack_to_json (AssayCommandStack *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *commands = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  trim (self);
  for (guint i = 0; i < self->commands->len; i++)
    json_array_add_element (commands, command_to_json (g_ptr_array_index (self->commands, i)));
  json_object_set_array_member (object, "commands", commands);
  json_object_set_int_member (object, "position", self->position);
  json_node_take_object (node, object);
  return node;
}

void
assay_command_stack_load_json (AssayCommandStack *self, JsonObject *object)
{
  JsonArray *commands = assay_json_get_array (object, "commands");

  assay_command_stack_clear (self);
  for (guint i = 0; commands != NULL && i < json_array_get_length (commands); i++)
    {
      AssayCommand *command = command_from_json (json_array_get_element (commands, i), 0);

      if (command == NULL)
        {
          assay_command_stack_clear (self);
          return;
        }
      g_ptr_array_add (self->commands, command);
    }
  self->position = CLAMP (assay_json_get_int (object, "position", self->commands->len), 0,
                          (gint64) self->commands->len);
  self->broken = TRUE;
}
