/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-command-stack.h"

#include <string.h>

#include "assay-json-read.h"
#include "assay-json.h"
#include "assay-limits.h"

/* A draft is written at each change; a stack beyond this would be most of it. */
#define STACK_MAX_BYTES (256 * 1024)
#define COMMAND_OVERHEAD_BYTES 48
/* A longer text is not kept twice for each word that is typed in it. */
#define SPLICED_TEXT_BYTES 256
#define GROUP_MAX_DEPTH_LEVELS 4

struct _AssayCommandStack
{
  GPtrArray *commands; /* (owned) of AssayCommand */
  guint position;      /* commands before it stand */
  gsize bytes;         /* of all commands */
  gboolean broken;     /* the next change is a command of its own */
};

static const char *const kind_names[] = { "answer", "text", "field", "group" };

static gsize
node_bytes (JsonNode *node)
{
  g_autofree char *text = node == NULL ? NULL : assay_json_to_string (node);

  return text == NULL ? 0 : strlen (text);
}

static void
weigh (AssayCommand *self)
{
  self->bytes = COMMAND_OVERHEAD_BYTES + node_bytes (self->before) + node_bytes (self->after);
  if (self->kind == ASSAY_COMMAND_TEXT || self->is_spliced)
    self->bytes += strlen (self->change.removed) + strlen (self->change.inserted);
  for (guint i = 0; self->parts != NULL && i < self->parts->len; i++)
    self->bytes += ((AssayCommand *) self->parts->pdata[i])->bytes;
}

/* The text at @path, "" for a bare value or "/" and a member's name, out of @value. @rest: (out)
 * (transfer full) (nullable): what remains, sealed. NULL if there is none; else borrowed from
 * @value.
 */
static const char *
take_text (JsonNode *value, const char *path, JsonNode **rest)
{
  JsonObject *object = assay_json_node_object (value);
  const char *text;

  *rest = NULL;
  if (*path == '\0')
    return assay_json_node_string (value);
  text = object == NULL ? NULL : assay_json_get_string (object, path + 1);
  if (text == NULL)
    return NULL;
  *rest = assay_json_copy (value);
  json_object_remove_member (json_node_get_object (*rest), path + 1);
  json_node_seal (*rest);
  return text;
}

/* A text that is long in both values is left to the splice. */
static void
splice (AssayCommand *self)
{
  g_autoptr (JsonNode) before = NULL;
  g_autoptr (JsonNode) after = NULL;
  const char *text;
  const char *text_after;

  if (self->path == NULL || (*self->path != '\0' && strchr (self->path + 1, '/') != NULL))
    return;
  text = take_text (self->before, self->path, &before);
  text_after = take_text (self->after, self->path, &after);
  if (text == NULL || text_after == NULL
      || MIN (strlen (text), strlen (text_after)) < SPLICED_TEXT_BYTES)
    return;
  self->is_spliced = TRUE;
  self->length_after = (guint) g_utf8_strlen (text_after, -1);
  g_clear_pointer (&self->before, json_node_unref);
  g_clear_pointer (&self->after, json_node_unref);
  self->before = g_steal_pointer (&before);
  self->after = g_steal_pointer (&after);
}

/* How long the text is before or after, in characters. */
static glong
get_length (const AssayCommand *self, gboolean after)
{
  glong length = self->length_after;

  return after ? length
               : length - g_utf8_strlen (self->change.inserted, -1)
                     + g_utf8_strlen (self->change.removed, -1);
}

gboolean
assay_command_fits_answer (const AssayCommand *self, JsonNode *answer, gboolean forward)
{
  JsonNode *there = forward ? self->before : self->after;
  const char *part = forward ? self->change.removed : self->change.inserted;
  g_autoptr (JsonNode) rest = NULL;
  const char *text;

  if (!self->is_spliced)
    return assay_json_equal (there, answer);
  text = answer == NULL ? NULL : take_text (answer, self->path, &rest);
  return text != NULL && assay_json_equal (there, rest)
         && g_utf8_strlen (text, -1) == get_length (self, !forward)
         && (glong) self->change.start <= get_length (self, !forward)
         && g_str_has_prefix (g_utf8_offset_to_pointer (text, self->change.start), part);
}

JsonNode *
assay_command_change_answer (const AssayCommand *self, JsonNode *answer, gboolean forward)
{
  JsonNode *value = forward ? self->after : self->before;
  const char *removed = forward ? self->change.removed : self->change.inserted;
  const char *inserted = forward ? self->change.inserted : self->change.removed;
  g_autoptr (JsonNode) rest = NULL;
  g_autoptr (GString) changed = NULL;
  JsonNode *node;
  const char *text;
  const char *start;

  if (!self->is_spliced)
    return value == NULL ? NULL : json_node_ref (value);
  text = take_text (answer, self->path, &rest);
  g_return_val_if_fail (text != NULL, NULL);
  start = g_utf8_offset_to_pointer (text, self->change.start);
  changed = g_string_new_len (text, start - text);
  g_string_append (changed, inserted);
  g_string_append (changed, start + strlen (removed));
  if (*self->path == '\0')
    node = assay_json_string_new (changed->str);
  else
    {
      node = assay_json_copy (value);
      json_object_set_string_member (json_node_get_object (node), self->path + 1, changed->str);
    }
  json_node_seal (node);
  return node;
}

/* Whether @next went into @last. */
static gboolean
coalesce (AssayCommand *last, AssayCommand *next)
{
  if (last->kind != next->kind || last->kind == ASSAY_COMMAND_GROUP)
    return FALSE;
  if (last->kind != ASSAY_COMMAND_TEXT
      && (g_strcmp0 (last->key, next->key) != 0 || g_strcmp0 (last->response, next->response) != 0
          || last->path == NULL || g_strcmp0 (last->path, next->path) != 0
          || last->is_spliced != next->is_spliced))
    return FALSE;
  if (!assay_text_change_join (&last->change, &next->change))
    return FALSE;

  g_clear_pointer (&last->after, json_node_unref);
  last->after = g_steal_pointer (&next->after);
  last->length_after = next->length_after;
  weigh (last);
  return TRUE;
}

/* The oldest go first; the newest stays whatever it weighs. */
static void
trim (AssayCommandStack *self)
{
  guint n_dropped = 0;

  g_assert (self->position == self->commands->len);

  while (self->commands->len - n_dropped > 1
         && (self->commands->len - n_dropped > ASSAY_LIMIT_UNDO_COMMANDS
             || self->bytes > STACK_MAX_BYTES))
    {
      self->bytes -= ((AssayCommand *) self->commands->pdata[n_dropped])->bytes;
      n_dropped++;
    }
  if (n_dropped > 0)
    g_ptr_array_remove_range (self->commands, 0, n_dropped);
  self->position -= n_dropped;
}

/* What is below the nodes is shared: an answer may be large, and neither it nor this is changed. */
static JsonNode *
command_to_json (const AssayCommand *command)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_alloc ();

  json_object_set_string_member (object, "kind", kind_names[command->kind]);
  if (command->key != NULL)
    json_object_set_string_member (object, "key", command->key);
  if (command->response != NULL)
    json_object_set_string_member (object, "response", command->response);
  if (command->before != NULL)
    json_object_set_member (object, "before", json_node_copy (command->before));
  if (command->after != NULL)
    json_object_set_member (object, "after", json_node_copy (command->after));
  if (command->is_spliced)
    {
      json_object_set_string_member (object, "path", command->path);
      json_object_set_int_member (object, "length", command->length_after);
    }
  if (command->kind == ASSAY_COMMAND_TEXT || command->is_spliced)
    {
      json_object_set_int_member (object, "start", command->change.start);
      json_object_set_string_member (object, "removed", command->change.removed);
      json_object_set_string_member (object, "inserted", command->change.inserted);
    }
  if (command->parts != NULL)
    {
      JsonArray *parts = json_array_new ();

      for (guint i = 0; i < command->parts->len; i++)
        json_array_add_element (parts, command_to_json (command->parts->pdata[i]));
      json_object_set_array_member (object, "parts", parts);
    }
  json_node_init_object (node, object);
  json_object_unref (object);
  return node;
}

static JsonNode *
dup_sealed_member (JsonObject *object, const char *member)
{
  JsonNode *node = assay_json_copy (json_object_get_member (object, member));

  if (node != NULL)
    json_node_seal (node);
  return node;
}

static AssayCommand *
command_from_json (JsonNode *node, guint depth)
{
  JsonObject *object = assay_json_node_object (node);
  const char *kind = assay_json_get_string (object, "kind");
  JsonArray *parts = assay_json_get_array (object, "parts");
  g_autoptr (AssayCommand) command = NULL;
  guint found;

  for (found = 0; found < G_N_ELEMENTS (kind_names); found++)
    if (g_strcmp0 (kind, kind_names[found]) == 0)
      break;
  if (found == G_N_ELEMENTS (kind_names) || depth > GROUP_MAX_DEPTH_LEVELS)
    return NULL;

  command = g_new0 (AssayCommand, 1);
  command->kind = (AssayCommandKind) found;
  command->key = g_strdup (assay_json_get_string (object, "key"));
  command->response = g_strdup (assay_json_get_string (object, "response"));
  command->before = dup_sealed_member (object, "before");
  command->after = dup_sealed_member (object, "after");
  command->change.start = (guint) CLAMP (assay_json_get_int (object, "start", 0), 0, G_MAXINT);
  command->change.removed = g_strdup (assay_json_get_string (object, "removed"));
  command->change.inserted = g_strdup (assay_json_get_string (object, "inserted"));

  command->path = g_strdup (assay_json_get_string (object, "path"));
  command->length_after = (guint) CLAMP (assay_json_get_int (object, "length", 0), 0, G_MAXINT);
  command->is_spliced = command->kind == ASSAY_COMMAND_ANSWER && command->path != NULL;
  if (command->is_spliced
      && (command->change.removed == NULL || command->change.inserted == NULL
          || (*command->path != '\0'
              && (*command->path != '/' || assay_json_node_object (command->before) == NULL
                  || assay_json_node_object (command->after) == NULL))))
    return NULL;

  switch (command->kind)
    {
    case ASSAY_COMMAND_TEXT:
      if (command->change.removed == NULL || command->change.inserted == NULL)
        return NULL;
      break;
    case ASSAY_COMMAND_GROUP:
      command->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_command_free);
      for (guint i = 0; parts != NULL && i < json_array_get_length (parts); i++)
        {
          AssayCommand *part = command_from_json (json_array_get_element (parts, i), depth + 1);

          if (part == NULL)
            return NULL;
          g_ptr_array_add (command->parts, part);
        }
      break;
    case ASSAY_COMMAND_ANSWER:
    case ASSAY_COMMAND_FIELD:
    default:
      if (command->key == NULL)
        return NULL;
      break;
    }
  weigh (command);
  return g_steal_pointer (&command);
}

static AssayCommand *
new_value (AssayCommandKind kind,
           const char *key,
           const char *response,
           JsonNode *before,
           JsonNode *after,
           gboolean is_text)
{
  AssayCommand *self = g_new0 (AssayCommand, 1);

  self->kind = kind;
  self->key = g_strdup (key);
  self->response = g_strdup (response);
  self->before = before == NULL ? NULL : json_node_ref (before);
  self->after = after == NULL ? NULL : json_node_ref (after);
  if (assay_text_change_find (before, after, is_text, &self->path, &self->change)
      && kind == ASSAY_COMMAND_ANSWER)
    splice (self);
  weigh (self);
  return self;
}

AssayCommand *
assay_command_new_answer (const char *question,
                          const char *response,
                          JsonNode *before,
                          JsonNode *after,
                          gboolean is_text)
{
  return new_value (ASSAY_COMMAND_ANSWER, question, response, before, after, is_text);
}

AssayCommand *
assay_command_new_field (const char *field, JsonNode *before, JsonNode *after)
{
  return new_value (ASSAY_COMMAND_FIELD, field, NULL, before, after, TRUE);
}

AssayCommand *
assay_command_new_text (guint start, const char *removed, const char *inserted)
{
  AssayCommand *self = g_new0 (AssayCommand, 1);

  self->kind = ASSAY_COMMAND_TEXT;
  self->change.start = start;
  self->change.removed = g_strdup (removed);
  self->change.inserted = g_strdup (inserted);
  weigh (self);
  return self;
}

AssayCommand *
assay_command_new_group (void)
{
  AssayCommand *self = g_new0 (AssayCommand, 1);

  self->kind = ASSAY_COMMAND_GROUP;
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_command_free);
  weigh (self);
  return self;
}

void
assay_command_add_part (AssayCommand *self, AssayCommand *part)
{
  g_assert (self->kind == ASSAY_COMMAND_GROUP);

  g_ptr_array_add (self->parts, part);
  self->bytes += part->bytes;
}

void
assay_command_free (AssayCommand *self)
{
  g_free (self->key);
  g_free (self->response);
  g_clear_pointer (&self->before, json_node_unref);
  g_clear_pointer (&self->after, json_node_unref);
  assay_text_change_clear (&self->change);
  g_free (self->path);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_free (self);
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

  for (guint i = self->position; i < self->commands->len; i++)
    self->bytes -= ((AssayCommand *) self->commands->pdata[i])->bytes;
  g_ptr_array_set_size (self->commands, (gint) self->position);
  if (self->position > 0 && !self->broken)
    last = self->commands->pdata[self->position - 1];
  self->broken = FALSE;

  if (last != NULL)
    self->bytes -= last->bytes;
  if (last != NULL && coalesce (last, command))
    {
      self->bytes += last->bytes;
      assay_command_free (command);
    }
  else
    {
      if (last != NULL)
        self->bytes += last->bytes;
      self->bytes += command->bytes;
      g_ptr_array_add (self->commands, command);
      self->position = self->commands->len;
    }
  trim (self);
}

/* Of the last (or, going back, the first) command in @commands from @from on that is about the
 * answer. FALSE if none is. */
static gboolean
amend (GPtrArray *commands,
       guint from,
       gboolean is_after,
       const char *question,
       const char *response,
       JsonNode *answer)
{
  for (guint i = from; is_after ? i > 0 : i < commands->len; is_after ? i-- : i++)
    {
      AssayCommand *command = commands->pdata[is_after ? i - 1 : i];
      JsonNode **side = is_after ? &command->after : &command->before;

      if (command->parts != NULL
          && amend (command->parts, is_after ? command->parts->len : 0, is_after, question,
                    response, answer))
        {
          weigh (command);
          return TRUE;
        }
      if (command->kind != ASSAY_COMMAND_ANSWER || g_strcmp0 (command->key, question) != 0
          || g_strcmp0 (command->response, response) != 0)
        continue;
      if (command->is_spliced)
        {
          g_autoptr (JsonNode) rest = NULL;

          take_text (answer, command->path, &rest);
          g_clear_pointer (side, json_node_unref);
          *side = g_steal_pointer (&rest);
        }
      else
        {
          g_clear_pointer (side, json_node_unref);
          *side = json_node_ref (answer);
        }
      weigh (command);
      return TRUE;
    }
  return FALSE;
}

void
assay_command_stack_amend_answer (AssayCommandStack *self,
                                  const char *question,
                                  const char *response,
                                  JsonNode *answer)
{
  amend (self->commands, self->position, TRUE, question, response, answer);
  amend (self->commands, self->position, FALSE, question, response, answer);
  self->bytes = 0;
  for (guint i = 0; i < self->commands->len; i++)
    self->bytes += ((AssayCommand *) self->commands->pdata[i])->bytes;
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
  self->bytes = 0;
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
  return self->commands->pdata[--self->position];
}

const AssayCommand *
assay_command_stack_step_forward (AssayCommandStack *self)
{
  g_assert (self->position < self->commands->len);

  self->broken = TRUE;
  return self->commands->pdata[self->position++];
}

JsonNode *
assay_command_stack_to_json (AssayCommandStack *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *commands = json_array_sized_new (self->commands->len);
  JsonNode *node = json_node_alloc ();

  for (guint i = 0; i < self->commands->len; i++)
    json_array_add_element (commands, command_to_json (self->commands->pdata[i]));
  json_object_set_array_member (object, "commands", commands);
  json_object_set_int_member (object, "position", self->position);
  json_node_init_object (node, object);
  json_object_unref (object);
  return node;
}

void
assay_command_stack_load_json (AssayCommandStack *self, JsonObject *object)
{
  JsonArray *commands = assay_json_get_array (object, "commands");
  guint length = commands == NULL ? 0 : json_array_get_length (commands);

  assay_command_stack_clear (self);
  self->broken = TRUE;
  if (length > ASSAY_LIMIT_UNDO_COMMANDS)
    return;
  for (guint i = 0; i < length; i++)
    {
      AssayCommand *command = command_from_json (json_array_get_element (commands, i), 0);

      if (command == NULL)
        {
          assay_command_stack_clear (self);
          return;
        }
      g_ptr_array_add (self->commands, command);
      self->bytes += command->bytes;
    }
  self->position = (guint) CLAMP (assay_json_get_int (object, "position", length), 0, length);
}
