/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-dialogue.h"
#include "assay-json.h"
#include "assay-record-path.h"
#include "assay-tool-calls.h"

#define HUMAN_MARK "\n\nHuman:"
#define ASSISTANT_MARK "\n\nAssistant:"

void
assay_turn_free (AssayTurn *self)
{
  g_free (self->role);
  g_free (self->text);
  g_clear_pointer (&self->extras, json_node_unref);
  g_free (self);
}

GPtrArray *
assay_dialogue_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) assay_turn_free);
}

void
assay_dialogue_add (GPtrArray *dialogue, const char *role, const char *text)
{
  AssayTurn *turn = g_new0 (AssayTurn, 1);

  turn->role = g_strdup (role);
  turn->text = g_strdup (text);
  g_ptr_array_add (dialogue, turn);
}

void
assay_dialogue_add_copy (GPtrArray *dialogue, const AssayTurn *turn)
{
  AssayTurn *copy;

  g_return_if_fail (turn != NULL);

  assay_dialogue_add (dialogue, turn->role, turn->text);
  copy = g_ptr_array_index (dialogue, dialogue->len - 1);
  if (turn->extras != NULL)
    copy->extras = json_node_ref (turn->extras);
}

char *
assay_turn_to_text (const AssayTurn *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return assay_tool_calls_to_text (self->extras != NULL ? assay_json_node_object (self->extras)
                                                        : NULL,
                                   self->text);
}

void
assay_turn_write_extras (const AssayTurn *self, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  g_return_if_fail (self != NULL);

  if (self->extras == NULL)
    return;
  json_object_iter_init (&iter, assay_json_node_object (self->extras));
  while (json_object_iter_next (&iter, &name, &member))
    json_object_set_member (object, name, assay_json_copy (member));
}

char *
assay_dialogue_normalize_role (const char *role)
{
  static const char *const users[] = { "user", "human", "prompter", "customer", NULL };
  static const char *const assistants[] = { "assistant", "gpt", "bot", "model",
                                            "chatgpt",   "ai",  NULL };
  static const char *const tools[] = { "tool", "function", "observation", "ipython", NULL };
  g_autofree char *lower = NULL;

  if (role == NULL)
    return NULL;
  lower = g_utf8_strdown (role, -1);
  if (g_strv_contains (users, lower))
    return g_strdup ("user");
  if (g_strv_contains (assistants, lower))
    return g_strdup ("assistant");
  if (g_strv_contains (tools, lower))
    return g_strdup ("tool");
  return g_steal_pointer (&lower);
}

static void
add_marked (GPtrArray *dialogue, const char *text)
{
  const char *place = text;

  while (place != NULL && *place != '\0')
    {
      gboolean human = g_str_has_prefix (place, HUMAN_MARK);
      const char *begin = place + strlen (human ? HUMAN_MARK : ASSISTANT_MARK);
      const char *next_human = strstr (begin, HUMAN_MARK);
      const char *next_assistant = strstr (begin, ASSISTANT_MARK);
      const char *next = next_human;
      g_autofree char *turn = NULL;

      if (next == NULL || (next_assistant != NULL && next_assistant < next))
        next = next_assistant;
      turn = next != NULL ? g_strndup (begin, (gsize) (next - begin)) : g_strdup (begin);
      assay_dialogue_add (dialogue, human ? "user" : "assistant", g_strstrip (turn));
      place = next;
    }
}

static const char *
find_string (JsonObject *object, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *string = assay_json_get_string (object, names[i]);

      if (string != NULL)
        return string;
    }
  return NULL;
}

/* (transfer full) (nullable) */
static JsonNode *
dup_extras (JsonObject *message, const char *role)
{
  static const char *const of_tools[] = { "name", "tool_call_id" };
  /* Before a message could call several tools. */
  JsonObject *call = assay_json_get_object (message, "function_call");
  g_autoptr (JsonObject) extras = json_object_new ();
  JsonNode *node;

  if (assay_tool_calls_exist (message))
    {
      json_object_set_member (extras, "tool_calls",
                              assay_json_copy (json_object_get_member (message, "tool_calls")));
    }
  else if (call != NULL)
    {
      JsonArray *calls = json_array_new ();
      JsonObject *wrapped = json_object_new ();

      json_object_set_string_member (wrapped, "type", "function");
      json_object_set_member (wrapped, "function",
                              assay_json_copy (json_object_get_member (message, "function_call")));
      json_array_add_object_element (calls, wrapped);
      json_object_set_array_member (extras, "tool_calls", calls);
    }
  for (guint i = 0; g_strcmp0 (role, "tool") == 0 && i < G_N_ELEMENTS (of_tools); i++)
    {
      const char *value = assay_json_get_string (message, of_tools[i]);

      if (value != NULL)
        json_object_set_string_member (extras, of_tools[i], value);
    }
  if (json_object_get_size (extras) == 0)
    return NULL;
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, extras);
  return node;
}

static void
add_node (GPtrArray *dialogue, JsonNode *node)
{
  static const char *const roles[] = { "role", "from", "speaker", NULL };
  JsonObject *object = assay_json_node_object (node);
  g_autofree char *text = assay_record_value_text (node, FALSE);
  g_autofree char *role = NULL;
  g_autoptr (JsonNode) extras = NULL;

  if (object != NULL)
    {
      role = assay_dialogue_normalize_role (find_string (object, roles));
      extras = dup_extras (object, role);
    }
  /* A message that only calls a tool has no text. */
  if (text == NULL && !(extras != NULL && assay_tool_calls_exist (assay_json_node_object (extras))))
    return;
  assay_dialogue_add (dialogue, role, text != NULL ? text : "");
  ((AssayTurn *) g_ptr_array_index (dialogue, dialogue->len - 1))->extras =
      g_steal_pointer (&extras);
}

GPtrArray *
assay_dialogue_from_node (JsonNode *node, gboolean marks)
{
  GPtrArray *dialogue = assay_dialogue_new ();
  JsonArray *array = node != NULL ? assay_json_node_array (node) : NULL;
  const char *string = node != NULL ? assay_json_node_string (node) : NULL;

  if (string != NULL && marks
      && (g_str_has_prefix (string, HUMAN_MARK) || g_str_has_prefix (string, ASSISTANT_MARK)))
    {
      add_marked (dialogue, string);
    }
  else if (array != NULL)
    {
      for (guint i = 0; i < json_array_get_length (array); i++)
        add_node (dialogue, json_array_get_element (array, i));
    }
  else if (node != NULL)
    {
      add_node (dialogue, node);
    }
  return dialogue;
}

gboolean
assay_turn_has_same_extras (const AssayTurn *a, const AssayTurn *b)
{
  if (a->extras == NULL || b->extras == NULL)
    return a->extras == b->extras;
  return assay_json_equal (a->extras, b->extras);
}

static gboolean
turns_equal (AssayTurn *a, AssayTurn *b)
{
  return g_strcmp0 (a->role, b->role) == 0 && g_str_equal (a->text, b->text)
         && assay_turn_has_same_extras (a, b);
}

guint
assay_dialogue_count_common (GPtrArray *dialogues)
{
  GPtrArray *first;
  guint n;

  g_return_val_if_fail (dialogues != NULL, 0);

  if (dialogues->len == 0)
    return 0;
  first = g_ptr_array_index (dialogues, 0);
  n = first->len;
  for (guint i = 0; i < dialogues->len; i++)
    {
      GPtrArray *dialogue = g_ptr_array_index (dialogues, i);
      guint same = 0;

      while (same < MIN (n, dialogue->len)
             && turns_equal (g_ptr_array_index (first, same), g_ptr_array_index (dialogue, same)))
        same++;
      n = MIN (same, dialogue->len > 0 ? dialogue->len - 1 : 0);
    }
  return n;
}

static void
append_quoted (GString *text, const char *quoted)
{
  g_auto (GStrv) lines = g_strsplit (quoted, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (text, "> %s\n", lines[i]);
}

/* A code block that one turn leaves open must not swallow the next. */
static void
close_code (GString *text, gsize from)
{
  guint n_fences = 0;

  for (const char *line = text->str + from; line != NULL; line = strchr (line, '\n'))
    {
      line += *line == '\n' ? 1 : 0;
      if (g_str_has_prefix (line, "```"))
        n_fences++;
    }
  if (n_fences % 2 == 1)
    g_string_append (text, "\n```");
}

char *
assay_dialogue_to_text (GPtrArray *turns, guint from, GPtrArray *asked)
{
  g_autoptr (GString) text = NULL;

  g_return_val_if_fail (turns != NULL, NULL);

  if (turns->len == from + 1)
    return g_strdup (((AssayTurn *) g_ptr_array_index (turns, from))->text);

  text = g_string_new (NULL);
  for (guint i = from; i < turns->len; i++)
    {
      AssayTurn *turn = g_ptr_array_index (turns, i);
      g_autofree char *said = assay_turn_to_text (turn);
      gsize begin = text->len;

      if (turn->role != NULL && !g_str_equal (turn->role, "assistant"))
        {
          append_quoted (text, said);
          g_string_append_c (text, '\n');
          continue;
        }
      if (i > from && asked != NULL && i < asked->len)
        {
          append_quoted (text, ((AssayTurn *) g_ptr_array_index (asked, i))->text);
          g_string_append_c (text, '\n');
          begin = text->len;
        }
      g_string_append (text, said);
      close_code (text, begin);
      if (i + 1 < turns->len)
        g_string_append (text, "\n\n---\n\n");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
