/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-export-prompt.h"
#include "assay-json.h"

typedef enum
{
  SPEAKER_USER,
  SPEAKER_ASSISTANT,
  SPEAKER_SYSTEM,
  SPEAKER_TOOL,
} Speaker;

static const char *const role_names[] = { "user", "assistant", "system", "tool" };

static Speaker
get_speaker (AssayDocument *document)
{
  static const struct
  {
    const char *name;
    Speaker speaker;
  } names[] = {
    { "assistant", SPEAKER_ASSISTANT }, { "bot", SPEAKER_ASSISTANT },
    { "gpt", SPEAKER_ASSISTANT },       { "model", SPEAKER_ASSISTANT },
    { "ai", SPEAKER_ASSISTANT },        { "chatbot", SPEAKER_ASSISTANT },
    { "system", SPEAKER_SYSTEM },       { "developer", SPEAKER_SYSTEM },
    { "tool", SPEAKER_TOOL },           { "function", SPEAKER_TOOL },
  };
  const char *name = assay_document_get_speaker (document);

  if (assay_document_get_role (document) == ASSAY_DOCUMENT_SYSTEM)
    return SPEAKER_SYSTEM;
  if (assay_document_get_role (document) == ASSAY_DOCUMENT_RESPONSE)
    return SPEAKER_ASSISTANT;
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (name, names[i].name) == 0)
      return names[i].speaker;
  return SPEAKER_USER;
}

/* The documents that the model was given, in order; borrowed. */
static GPtrArray *
list_turns (AssayTask *task)
{
  GPtrArray *turns = g_ptr_array_new ();

  for (guint i = 0; i < assay_task_get_n_documents (task); i++)
    {
      AssayDocument *document = assay_task_get_document (task, i);

      switch (assay_document_get_role (document))
        {
        case ASSAY_DOCUMENT_SYSTEM:
        case ASSAY_DOCUMENT_PROMPT:
        case ASSAY_DOCUMENT_TURN:
          g_ptr_array_add (turns, document);
          break;
        case ASSAY_DOCUMENT_RESPONSE:
        case ASSAY_DOCUMENT_SOURCE:
        case ASSAY_DOCUMENT_REFERENCE:
        default:
          break;
        }
    }
  return turns;
}

/* What is in the dialogue: turns and responses. */
static gboolean
is_spoken (AssayDocument *document)
{
  switch (assay_document_get_role (document))
    {
    case ASSAY_DOCUMENT_PROMPT:
    case ASSAY_DOCUMENT_TURN:
    case ASSAY_DOCUMENT_RESPONSE:
      return get_speaker (document) != SPEAKER_SYSTEM;
    default:
      return FALSE;
    }
}

/* A text that has a format's marks in it would be read as other turns than it is; a digest has
 * none.
 */
static gboolean
has_marks (AssayTask *task, const char *const *marks)
{
  if (assay_task_get_export_policy (task) != ASSAY_EXPORT_ALLOWED)
    return FALSE;
  for (guint i = 0; i < assay_task_get_n_documents (task); i++)
    {
      AssayDocument *document = assay_task_get_document (task, i);

      for (guint m = 0; marks[m] != NULL && is_spoken (document); m++)
        if (strstr (assay_document_get_text (document), marks[m]) != NULL)
          return TRUE;
    }
  return FALSE;
}

/* The object that a turn or a response was read from; NULL for others. */
static JsonObject *
find_source (AssayTask *task, AssayDocument *document)
{
  JsonObject *source = assay_task_get_source (task);
  const char *key = assay_document_get_key (document);
  JsonArray *list;

  if (assay_document_get_role (document) == ASSAY_DOCUMENT_TURN)
    {
      guint64 number = g_ascii_strtoull (key, NULL, 10);

      list = assay_json_get_array (source, "turns");
      if (list == NULL || number < 1 || number > json_array_get_length (list))
        return NULL;
      return assay_json_node_object (json_array_get_element (list, (guint) number - 1));
    }
  if (assay_document_get_role (document) != ASSAY_DOCUMENT_RESPONSE)
    return NULL;
  list = assay_json_get_array (source, "responses");
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *object = assay_json_node_object (json_array_get_element (list, i));
      JsonNode *member = object != NULL ? json_object_get_member (object, "id") : NULL;
      g_autofree char *id = member != NULL ? assay_json_node_dup_id (member) : NULL;

      if (g_strcmp0 (id, key) == 0)
        return object;
    }
  return NULL;
}

/* {"type": "function", "function": {"name", "arguments"}}, whose arguments are an object, or the
 * text of one; NULL if it is something else. (transfer full) */
static JsonObject *
make_call (JsonObject *source)
{
  JsonObject *function = assay_json_get_object (source, "function");
  const char *name;
  const char *text;
  g_autoptr (JsonNode) arguments = NULL;
  JsonObject *named;
  JsonObject *call;

  if (function == NULL)
    function = source;
  name = assay_json_get_string (function, "name");
  text = assay_json_get_string (function, "arguments");
  /* A call without arguments has none of them, or an empty text. */
  if (g_strcmp0 (text, "") == 0 || !assay_json_has (function, "arguments"))
    text = "{}";
  if (text != NULL)
    arguments = assay_json_parse (text, -1, NULL);
  else
    arguments = assay_json_copy (json_object_get_member (function, "arguments"));
  if (name == NULL || *name == '\0' || arguments == NULL
      || assay_json_node_object (arguments) == NULL)
    return NULL;

  named = json_object_new ();
  json_object_set_string_member (named, "name", name);
  json_object_set_member (named, "arguments", g_steal_pointer (&arguments));
  call = json_object_new ();
  json_object_set_string_member (call, "type", "function");
  json_object_set_object_member (call, "function", named);
  return call;
}

static gboolean
has_calls (JsonObject *source)
{
  JsonArray *calls = assay_json_get_array (source, "tool_calls");

  return calls != NULL && json_array_get_length (calls) > 0;
}

/* All calls, or NULL if one of them cannot be written: half of what was done would be another
 * thing. (transfer full) */
static JsonArray *
make_calls (JsonObject *source)
{
  JsonArray *calls = assay_json_get_array (source, "tool_calls");
  g_autoptr (JsonArray) made = json_array_new ();

  for (guint i = 0; i < json_array_get_length (calls); i++)
    {
      JsonObject *object = assay_json_node_object (json_array_get_element (calls, i));
      JsonObject *call = object != NULL ? make_call (object) : NULL;

      if (call == NULL)
        return NULL;
      json_array_add_object_element (made, call);
    }
  return g_steal_pointer (&made);
}

/* The name of the tool that answers in @source: its own, or that of the call that it answers. */
static const char *
find_tool_name (AssayTask *task, JsonObject *source)
{
  const char *name = assay_json_get_string (source, "name");
  const char *id = assay_json_get_string (source, "tool_call_id");
  JsonArray *turns = assay_json_get_array (assay_task_get_source (task), "turns");

  if (name != NULL || id == NULL)
    return name;
  for (guint i = 0; turns != NULL && i < json_array_get_length (turns); i++)
    {
      JsonArray *calls =
          assay_json_get_array (assay_json_node_object (json_array_get_element (turns, i)),
                                "tool_calls");

      for (guint k = 0; calls != NULL && k < json_array_get_length (calls); k++)
        {
          JsonObject *call = assay_json_node_object (json_array_get_element (calls, k));

          if (g_strcmp0 (assay_json_get_string (call, "id"), id) == 0)
            return assay_json_get_string (assay_json_get_object (call, "function"), "name");
        }
    }
  return NULL;
}

static void
drop (AssayExportSink *sink, AssayDrop reason)
{
  if (sink != NULL)
    assay_export_sink_drop (sink, reason);
}

/* The turns without system texts, if they begin with a person and no tool speaks or is called. */
static GPtrArray *
list_dialogue (AssayExportSink *sink, AssayTask *task)
{
  g_autoptr (GPtrArray) turns = list_turns (task);

  for (guint i = turns->len; i > 0; i--)
    if (get_speaker (turns->pdata[i - 1]) == SPEAKER_SYSTEM)
      g_ptr_array_remove_index (turns, i - 1);

  for (guint i = 0; i < turns->len; i++)
    if (get_speaker (turns->pdata[i]) == SPEAKER_TOOL
        || has_calls (find_source (task, turns->pdata[i])))
      {
        drop (sink, ASSAY_DROP_SPEAKERS);
        return NULL;
      }
  if (turns->len > 0 && get_speaker (turns->pdata[0]) != SPEAKER_USER)
    {
      drop (sink, ASSAY_DROP_SPEAKERS);
      return NULL;
    }
  return g_steal_pointer (&turns);
}

char *
assay_export_text (AssayTask *task, AssayDocument *document)
{
  const char *text = assay_document_get_text (document);
  g_autofree char *digest = NULL;

  if (assay_task_get_export_policy (task) == ASSAY_EXPORT_ALLOWED)
    return g_strdup (text);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  return g_strconcat ("sha256:", digest, NULL);
}

char *
assay_export_prompt_text (AssayExportSink *sink, AssayTask *task)
{
  g_autoptr (GPtrArray) turns = list_turns (task);

  if (turns->len == 0)
    return g_strdup ("");
  if (turns->len > 1 || get_speaker (turns->pdata[0]) != SPEAKER_USER)
    {
      assay_export_sink_drop (sink, ASSAY_DROP_CONVERSATION);
      return NULL;
    }
  return assay_export_text (task, turns->pdata[0]);
}

JsonArray *
assay_export_prompt_messages (AssayTask *task)
{
  g_autoptr (GPtrArray) turns = list_turns (task);
  JsonArray *messages = json_array_new ();

  for (guint i = 0; i < turns->len; i++)
    json_array_add_object_element (messages, assay_export_message (task, turns->pdata[i]));
  return messages;
}

JsonObject *
assay_export_message (AssayTask *task, AssayDocument *document)
{
  g_autofree char *content = assay_export_text (task, document);
  JsonObject *source = find_source (task, document);
  Speaker speaker = get_speaker (document);
  JsonObject *message = json_object_new ();
  const char *name;
  JsonArray *calls;

  json_object_set_string_member (message, "role", role_names[speaker]);
  json_object_set_string_member (message, "content", content);
  if (assay_task_get_export_policy (task) != ASSAY_EXPORT_ALLOWED)
    return message;
  name = speaker == SPEAKER_TOOL ? find_tool_name (task, source) : NULL;
  if (name != NULL)
    json_object_set_string_member (message, "name", name);
  calls = speaker == SPEAKER_ASSISTANT && has_calls (source) ? make_calls (source) : NULL;
  if (calls != NULL)
    json_object_set_array_member (message, "tool_calls", calls);
  return message;
}

JsonArray *
assay_export_dup_tools (AssayTask *task)
{
  JsonNode *tools = json_object_get_member (assay_task_get_source (task), "tools");
  JsonArray *array = tools != NULL ? assay_json_node_array (tools) : NULL;
  g_autoptr (JsonNode) copy = NULL;

  if (array == NULL || json_array_get_length (array) == 0
      || assay_task_get_export_policy (task) != ASSAY_EXPORT_ALLOWED)
    return NULL;
  copy = assay_json_copy (tools);
  return json_array_ref (json_node_get_array (copy));
}

gboolean
assay_export_loses_tool_calls (AssayTask *task, gboolean holds)
{
  gboolean allowed = assay_task_get_export_policy (task) == ASSAY_EXPORT_ALLOWED;

  for (guint i = 0; i < assay_task_get_n_documents (task); i++)
    {
      AssayDocument *document = assay_task_get_document (task, i);
      JsonObject *source = find_source (task, document);
      g_autoptr (JsonArray) calls = NULL;

      if (!has_calls (source))
        continue;
      if (!holds || !allowed || get_speaker (document) != SPEAKER_ASSISTANT)
        return TRUE;
      calls = make_calls (source);
      if (calls == NULL)
        return TRUE;
    }
  return FALSE;
}

char *
assay_export_prompt_dialogue (AssayExportSink *sink, AssayTask *task)
{
  static const char *const marks[] = { "\n\nHuman:", "\n\nAssistant:", NULL };
  g_autoptr (GPtrArray) turns = NULL;
  g_autoptr (GString) dialogue = g_string_new (NULL);

  if (has_marks (task, marks))
    {
      assay_export_sink_drop (sink, ASSAY_DROP_MARKS);
      return NULL;
    }
  turns = list_dialogue (sink, task);
  if (turns == NULL)
    return NULL;
  if (turns->len == 0)
    {
      assay_export_sink_drop (sink, ASSAY_DROP_SPEAKERS);
      return NULL;
    }
  for (guint i = 0; i < turns->len; i++)
    {
      g_autofree char *text = assay_export_text (task, turns->pdata[i]);
      gboolean user = get_speaker (turns->pdata[i]) == SPEAKER_USER;

      g_string_append_printf (dialogue, "\n\n%s: %s", user ? "Human" : "Assistant", text);
    }
  g_string_append (dialogue, "\n\nAssistant:");
  return g_string_free_and_steal (g_steal_pointer (&dialogue));
}

char *
assay_export_prompt_marked (AssayExportSink *sink, AssayTask *task)
{
  static const char *const marks[] = { "<extra_id_0>", "<extra_id_1>", "<extra_id_2>", NULL };
  g_autoptr (GPtrArray) turns = NULL;
  g_autoptr (GString) prompt = g_string_new (NULL);

  if (sink != NULL && has_marks (task, marks))
    {
      drop (sink, ASSAY_DROP_MARKS);
      return NULL;
    }
  turns = list_dialogue (sink, task);
  if (turns == NULL)
    return NULL;
  for (guint i = 0; i < turns->len; i++)
    {
      g_autofree char *text = sink != NULL ? assay_export_text (task, turns->pdata[i])
                                           : g_strdup (assay_document_get_text (turns->pdata[i]));
      gboolean user = get_speaker (turns->pdata[i]) == SPEAKER_USER;

      if (i > 0)
        g_string_append_printf (prompt, "\n<extra_id_1>%s\n", user ? "User" : "Assistant");
      g_string_append (prompt, text);
    }
  return g_string_free_and_steal (g_steal_pointer (&prompt));
}
