/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-export-preference.h"
#include "assay-export-prompt.h"
#include "assay-export-sink.h"

/* Between a prompt and what follows it, where the two are one text. */
#define IMPLICIT_BREAK "\n\n"

static void
add_extras (AssayExportSink *sink,
            JsonObject *row,
            AssayJudgement *judgement,
            const AssayExportPair *pair,
            gboolean is_draft)
{
  if (pair->dimension != NULL)
    json_object_set_string_member (row, "dimension", pair->dimension);
  if (sink->options.extra_columns)
    {
      json_object_set_string_member (row, "id", assay_judgement_get_id (judgement));
      if (pair->is_graded)
        {
          json_object_set_int_member (row, "strength", pair->strength);
          json_object_set_int_member (row, "margin", ABS (pair->strength));
        }
    }
  if (is_draft)
    json_object_set_boolean_member (row, "draft", TRUE);
}

static JsonArray *
new_answer (AssayTask *task, AssayDocument *response)
{
  JsonArray *messages = json_array_new ();

  assay_export_add_messages (messages, task, response);
  return messages;
}

static JsonArray *
new_conversation (AssayTask *task, AssayDocument *response)
{
  JsonArray *messages = assay_export_prompt_messages (task);

  assay_export_add_messages (messages, task, response);
  return messages;
}

static JsonArray *
new_chosen_conversation (AssayTask *task, const AssayExportPair *pair)
{
  JsonArray *messages = assay_export_prompt_messages (task);
  g_autoptr (JsonArray) chosen = assay_export_pair_chosen_messages (task, pair);

  for (guint i = 0; i < json_array_get_length (chosen); i++)
    json_array_add_element (messages, json_array_dup_element (chosen, i));
  return messages;
}

static void
add_tools (JsonObject *row, AssayTask *task)
{
  JsonArray *tools = assay_export_dup_tools (task);

  if (tools != NULL)
    json_object_set_array_member (row, "tools", tools);
}

/* Rows of texts: "prompt" apart, or at the start of both. */
static void
write_texts (AssayExportSink *sink,
             AssayTask *task,
             AssayJudgement *judgement,
             gboolean is_draft,
             gboolean explicit_prompt)
{
  g_autofree char *prompt = assay_export_prompt_text (sink, task);
  g_autoptr (GArray) pairs = NULL;

  if (prompt == NULL)
    return;
  pairs = assay_export_list_pairs (sink, task, judgement);
  for (guint i = 0; i < pairs->len; i++)
    {
      const AssayExportPair *pair = &g_array_index (pairs, AssayExportPair, i);
      g_autofree char *chosen = assay_export_pair_chosen_text (task, pair);
      g_autofree char *rejected = assay_export_text (task, pair->rejected);
      JsonObject *row = json_object_new ();

      if (explicit_prompt)
        {
          json_object_set_string_member (row, "prompt", prompt);
          json_object_set_string_member (row, "chosen", chosen);
          json_object_set_string_member (row, "rejected", rejected);
        }
      else
        {
          const char *gap = prompt[0] != '\0' ? IMPLICIT_BREAK : "";
          g_autofree char *whole_chosen = g_strconcat (prompt, gap, chosen, NULL);
          g_autofree char *whole_rejected = g_strconcat (prompt, gap, rejected, NULL);

          json_object_set_string_member (row, "chosen", whole_chosen);
          json_object_set_string_member (row, "rejected", whole_rejected);
        }
      add_extras (sink, row, judgement, pair, is_draft);
      assay_export_sink_add_object (sink, row);
    }
}

static void
write_messages (AssayExportSink *sink,
                AssayTask *task,
                AssayJudgement *judgement,
                gboolean is_draft,
                gboolean explicit_prompt)
{
  g_autoptr (GArray) pairs = assay_export_list_pairs (sink, task, judgement);

  for (guint i = 0; i < pairs->len; i++)
    {
      const AssayExportPair *pair = &g_array_index (pairs, AssayExportPair, i);
      JsonObject *row = json_object_new ();

      if (explicit_prompt)
        {
          json_object_set_array_member (row, "prompt", assay_export_prompt_messages (task));
          json_object_set_array_member (row, "chosen",
                                        assay_export_pair_chosen_messages (task, pair));
          json_object_set_array_member (row, "rejected", new_answer (task, pair->rejected));
        }
      else
        {
          json_object_set_array_member (row, "chosen", new_chosen_conversation (task, pair));
          json_object_set_array_member (row, "rejected", new_conversation (task, pair->rejected));
        }
      add_tools (row, task);
      add_extras (sink, row, judgement, pair, is_draft);
      assay_export_sink_add_object (sink, row);
    }
}

void
assay_export_trl_write_explicit (AssayExportSink *sink,
                                 AssayTask *task,
                                 AssayJudgement *judgement,
                                 gboolean is_draft)
{
  write_texts (sink, task, judgement, is_draft, TRUE);
}

void
assay_export_trl_write_implicit (AssayExportSink *sink,
                                 AssayTask *task,
                                 AssayJudgement *judgement,
                                 gboolean is_draft)
{
  write_texts (sink, task, judgement, is_draft, FALSE);
}

void
assay_export_trl_write_conversational (AssayExportSink *sink,
                                       AssayTask *task,
                                       AssayJudgement *judgement,
                                       gboolean is_draft)
{
  write_messages (sink, task, judgement, is_draft, TRUE);
}

void
assay_export_trl_write_conversational_implicit (AssayExportSink *sink,
                                                AssayTask *task,
                                                AssayJudgement *judgement,
                                                gboolean is_draft)
{
  write_messages (sink, task, judgement, is_draft, FALSE);
}

/* Message lists throughout: they hold any conversation, and a text column cannot turn into a list
 * halfway down a file. */
void
assay_export_trl_write_unpaired (AssayExportSink *sink,
                                 AssayTask *task,
                                 AssayJudgement *judgement,
                                 gboolean is_draft)
{
  g_autoptr (GArray) labels = assay_export_list_labels (sink, task, judgement);

  for (guint i = 0; i < labels->len; i++)
    {
      const AssayExportLabel *label = &g_array_index (labels, AssayExportLabel, i);
      JsonObject *row = json_object_new ();

      json_object_set_array_member (row, "prompt", assay_export_prompt_messages (task));
      json_object_set_array_member (row, "completion", new_answer (task, label->response));
      json_object_set_boolean_member (row, "label", label->good);
      add_tools (row, task);
      if (sink->options.extra_columns)
        json_object_set_string_member (row, "id", assay_judgement_get_id (judgement));
      if (is_draft)
        json_object_set_boolean_member (row, "draft", TRUE);
      assay_export_sink_add_object (sink, row);
    }
}

/* Both texts are the whole dialogue and differ in the last turn alone. */
void
assay_export_hh_write (AssayExportSink *sink,
                       AssayTask *task,
                       AssayJudgement *judgement,
                       gboolean is_draft)
{
  g_autofree char *dialogue = assay_export_prompt_dialogue (sink, task);
  g_autoptr (GArray) pairs = NULL;

  if (dialogue == NULL)
    return;
  pairs = assay_export_list_pairs (sink, task, judgement);
  for (guint i = 0; i < pairs->len; i++)
    {
      const AssayExportPair *pair = &g_array_index (pairs, AssayExportPair, i);
      g_autofree char *chosen = assay_export_pair_chosen_text (task, pair);
      g_autofree char *rejected = assay_export_text (task, pair->rejected);
      g_autofree char *whole_chosen = g_strconcat (dialogue, " ", chosen, NULL);
      g_autofree char *whole_rejected = g_strconcat (dialogue, " ", rejected, NULL);
      JsonObject *row = json_object_new ();

      json_object_set_string_member (row, "chosen", whole_chosen);
      json_object_set_string_member (row, "rejected", whole_rejected);
      add_extras (sink, row, judgement, pair, is_draft);
      assay_export_sink_add_object (sink, row);
    }
}
