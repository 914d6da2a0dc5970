/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-export-prompt.h"
#include "assay-json.h"
#include "assay-tool-calls.h"

typedef enum
{
  SPEAKER_USER,
  SPEAKER_ASSISTANT,
  SPEAKER_SYSTEM,
  SPEAKER_TOOL,
} Speaker;

static const char *const role_names[] = { "user", "assistant", "system", "tool" };

/* @name: (nullable). */
static Speaker
parse_speaker (const char *name)
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

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (name, names[i].name) == 0)
      return names[i].speaker;
  return SPEAKER_USER;
}

static Speaker
get_speaker (AssayDocument *document)
{
  if (assay_document_get_role (document) == ASSAY_DOCUMENT_SYSTEM)
    return SPEAKER_SYSTEM;
  if (assay_document_get_role (document) == ASSAY_DOCUMENT_RESPONSE)
    return SPEAKER_ASSISTANT;
  return parse_speaker (assay_document_get_speaker (document));
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
  JsonObject *function = assay_tool_call_get_function (source);
  const char *name;
  const char *text;
  g_autoptr (JsonNode) arguments = NULL;
  JsonObject *named;
  JsonObject *call;

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

/* @turns: (nullable). */
static const char *
find_called_name (JsonArray *turns, const char *id)
{
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

/* The name of the tool that answers in @source: its own, or that of the call that it answers, which
 * is among the task's turns or among the @beside it. */
static const char *
find_tool_name (AssayTask *task, JsonArray *beside, JsonObject *source)
{
  const char *name = assay_json_get_string (source, "name");
  const char *id = assay_json_get_string (source, "tool_call_id");

  if (name != NULL || id == NULL)
    return name;
  name = find_called_name (beside, id);
  if (name == NULL)
    name = find_called_name (assay_json_get_array (assay_task_get_source (task), "turns"), id);
  return name;
}

/* The turns that a response is made of; NULL if it is one answer. */
static JsonArray *
get_inner_turns (JsonObject *source)
{
  JsonArray *turns = source != NULL ? assay_json_get_array (source, "turns") : NULL;

  for (guint i = 0; turns != NULL && i < json_array_get_length (turns); i++)
    if (assay_json_node_object (json_array_get_element (turns, i)) == NULL)
      return NULL;
  return turns != NULL && json_array_get_length (turns) > 0 ? turns : NULL;
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
        || assay_tool_calls_exist (find_source (task, turns->pdata[i])))
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

const char *
assay_export_content (AssayTask *task, AssayDocument *document)
{
  JsonObject *source = find_source (task, document);

  return assay_tool_calls_exist (source) ? assay_json_get_string_or (source, "content", "")
                                         : assay_document_get_text (document);
}

char *
assay_export_text (AssayTask *task, AssayDocument *document)
{
  const char *text = assay_export_content (task, document);
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

static gboolean
answers_all (JsonArray *inner, guint n_questions)
{
  if (inner == NULL || json_array_get_length (inner) < 2
      || json_array_get_length (inner) > n_questions)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (inner); i++)
    if (parse_speaker (assay_json_get_string (
            assay_json_node_object (json_array_get_element (inner, i)), "role"))
        != SPEAKER_ASSISTANT)
      return FALSE;
  return TRUE;
}

/* Where the turns of the task are a person's alone and the answers to them are the turns of a
 * response: these turns, of which all but the first stand between the answers. Otherwise NULL. */
static GPtrArray *
list_questions (AssayTask *task)
{
  g_autoptr (GPtrArray) turns = list_turns (task);

  while (turns->len > 0 && get_speaker (turns->pdata[0]) == SPEAKER_SYSTEM)
    g_ptr_array_remove_index (turns, 0);
  for (guint i = 0; i < turns->len; i++)
    if (get_speaker (turns->pdata[i]) != SPEAKER_USER)
      return NULL;
  for (guint i = 0; i < assay_task_get_n_responses (task); i++)
    if (answers_all (get_inner_turns (find_source (task, assay_task_get_response (task, i))),
                     turns->len))
      return g_steal_pointer (&turns);
  return NULL;
}

JsonArray *
assay_export_prompt_messages (AssayTask *task)
{
  g_autoptr (GPtrArray) turns = list_turns (task);
  g_autoptr (GPtrArray) questions = list_questions (task);
  JsonArray *messages = json_array_new ();
  guint n = turns->len - (questions != NULL ? questions->len - 1 : 0);

  for (guint i = 0; i < n; i++)
    assay_export_add_messages (messages, task, turns->pdata[i]);
  return messages;
}

/* @source: (nullable) what it was read from; @beside: (nullable) the turns that it is one of. */
static JsonObject *
make_message (AssayTask *task,
              Speaker speaker,
              const char *content,
              JsonObject *source,
              JsonArray *beside)
{
  JsonObject *message = json_object_new ();
  const char *name = NULL;
  JsonArray *calls = NULL;

  json_object_set_string_member (message, "role", role_names[speaker]);
  json_object_set_string_member (message, "content", content);
  if (source == NULL)
    return message;
  if (speaker == SPEAKER_TOOL)
    name = find_tool_name (task, beside, source);
  if (name != NULL)
    json_object_set_string_member (message, "name", name);
  if (speaker == SPEAKER_ASSISTANT && assay_tool_calls_exist (source))
    calls = make_calls (source);
  if (calls != NULL)
    json_object_set_array_member (message, "tool_calls", calls);
  return message;
}

void
assay_export_add_messages (JsonArray *messages, AssayTask *task, AssayDocument *document)
{
  gboolean is_allowed = assay_task_get_export_policy (task) == ASSAY_EXPORT_ALLOWED;
  JsonObject *source = is_allowed ? find_source (task, document) : NULL;
  JsonArray *inner = get_inner_turns (source);
  g_autoptr (GPtrArray) questions = inner != NULL ? list_questions (task) : NULL;
  g_autofree char *content = NULL;

  for (guint i = 0; inner != NULL && i < json_array_get_length (inner); i++)
    {
      JsonObject *turn = assay_json_node_object (json_array_get_element (inner, i));
      Speaker speaker = parse_speaker (assay_json_get_string (turn, "role"));

      if (i > 0 && questions != NULL && i < questions->len)
        assay_export_add_messages (messages, task, questions->pdata[i]);
      json_array_add_object_element (
          messages, make_message (task, speaker, assay_json_get_string_or (turn, "content", ""),
                                  turn, inner));
    }
  if (inner != NULL)
    return;
  content = assay_export_text (task, document);
  json_array_add_object_element (messages, make_message (task, get_speaker (document), content,
                                                         source, NULL));
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

static gboolean
is_call_lost (JsonObject *source, Speaker speaker, gboolean is_held)
{
  g_autoptr (JsonArray) calls = NULL;

  if (!assay_tool_calls_exist (source))
    return FALSE;
  if (is_held && speaker == SPEAKER_ASSISTANT)
    calls = make_calls (source);
  return calls == NULL;
}

gboolean
assay_export_loses_tool_calls (AssayTask *task, gboolean holds)
{
  gboolean is_held = holds && assay_task_get_export_policy (task) == ASSAY_EXPORT_ALLOWED;

  for (guint i = 0; i < assay_task_get_n_documents (task); i++)
    {
      AssayDocument *document = assay_task_get_document (task, i);
      JsonObject *source = find_source (task, document);
      JsonArray *inner = get_inner_turns (source);

      if (is_call_lost (source, get_speaker (document), is_held && inner == NULL))
        return TRUE;
      for (guint k = 0; inner != NULL && k < json_array_get_length (inner); k++)
        {
          JsonObject *turn = assay_json_node_object (json_array_get_element (inner, k));

          if (is_call_lost (turn, parse_speaker (assay_json_get_string (turn, "role")), is_held))
            return TRUE;
        }
    }
  return FALSE;
}

gboolean
assay_export_joins_turns (AssayTask *task)
{
  for (guint i = 0; i < assay_task_get_n_documents (task); i++)
    {
      JsonArray *inner = get_inner_turns (find_source (task, assay_task_get_document (task, i)));

      if (inner != NULL && json_array_get_length (inner) > 1)
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
      g_autofree char *text = sink != NULL
                                  ? assay_export_text (task, turns->pdata[i])
                                  : g_strdup (assay_export_content (task, turns->pdata[i]));
      gboolean user = get_speaker (turns->pdata[i]) == SPEAKER_USER;

      if (i > 0)
        g_string_append_printf (prompt, "\n<extra_id_1>%s\n", user ? "User" : "Assistant");
      g_string_append (prompt, text);
    }
  return g_string_free_and_steal (g_steal_pointer (&prompt));
}
