/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-export-prompt.h"

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
    { "assistant", SPEAKER_ASSISTANT }, { "bot", SPEAKER_ASSISTANT }, { "gpt", SPEAKER_ASSISTANT },
    { "model", SPEAKER_ASSISTANT },     { "system", SPEAKER_SYSTEM }, { "tool", SPEAKER_TOOL },
    { "function", SPEAKER_TOOL },
  };
  const char *name = assay_document_get_speaker (document);

  if (assay_document_get_role (document) == ASSAY_DOCUMENT_SYSTEM)
    return SPEAKER_SYSTEM;
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

/* A text that has a format's marks in it would be read as other turns than it is. */
static gboolean
has_marks (AssayTask *task, const char *const *marks)
{
  for (guint i = 0; i < assay_task_get_n_documents (task); i++)
    for (guint m = 0; marks[m] != NULL; m++)
      if (strstr (assay_document_get_text (assay_task_get_document (task, i)), marks[m]) != NULL)
        return TRUE;
  return FALSE;
}

/* The turns without system texts, if they begin with a person and no tool speaks. */
static GPtrArray *
list_dialogue (AssayExportSink *sink, AssayTask *task)
{
  g_autoptr (GPtrArray) turns = list_turns (task);

  for (guint i = turns->len; i > 0; i--)
    if (get_speaker (turns->pdata[i - 1]) == SPEAKER_SYSTEM)
      g_ptr_array_remove_index (turns, i - 1);

  for (guint i = 0; i < turns->len; i++)
    if (get_speaker (turns->pdata[i]) == SPEAKER_TOOL)
      {
        assay_export_sink_drop (sink, ASSAY_DROP_SPEAKERS);
        return NULL;
      }
  if (turns->len > 0 && get_speaker (turns->pdata[0]) != SPEAKER_USER)
    {
      assay_export_sink_drop (sink, ASSAY_DROP_SPEAKERS);
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
    {
      g_autofree char *text = assay_export_text (task, turns->pdata[i]);

      json_array_add_object_element (
          messages, assay_export_message (role_names[get_speaker (turns->pdata[i])], text));
    }
  return messages;
}

JsonObject *
assay_export_message (const char *role, const char *content)
{
  JsonObject *message = json_object_new ();

  json_object_set_string_member (message, "role", role);
  json_object_set_string_member (message, "content", content);
  return message;
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

  if (has_marks (task, marks))
    {
      assay_export_sink_drop (sink, ASSAY_DROP_MARKS);
      return NULL;
    }
  turns = list_dialogue (sink, task);
  if (turns == NULL)
    return NULL;
  for (guint i = 0; i < turns->len; i++)
    {
      g_autofree char *text = assay_export_text (task, turns->pdata[i]);
      gboolean user = get_speaker (turns->pdata[i]) == SPEAKER_USER;

      if (i > 0)
        g_string_append_printf (prompt, "\n<extra_id_1>%s\n", user ? "User" : "Assistant");
      g_string_append (prompt, text);
    }
  return g_string_free_and_steal (g_steal_pointer (&prompt));
}
