/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-answer-places.h"
#include "assay-export-prompt.h"
#include "assay-export-rewrite.h"
#include "assay-json.h"

static void
add_rewrite (GArray *rewrites,
             AssayTask *task,
             AssayJudgement *judgement,
             AssayQuestion *question,
             const char *response)
{
  JsonNode *answer =
      assay_judgement_get_answer (judgement, assay_question_get_id (question), response);
  AssayExportRewrite rewrite = { .question = question };

  if (!assay_question_is_answered (question, answer)
      || !assay_judgement_question_applies (judgement, question, response))
    return;
  rewrite.original =
      assay_rewrite_question_get_original (ASSAY_REWRITE_QUESTION (question), task, response);
  rewrite.text =
      assay_rewrite_question_get_text (ASSAY_REWRITE_QUESTION (question), task, response, answer);
  if (*rewrite.text != '\0')
    g_array_append_val (rewrites, rewrite);
}

GArray *
assay_export_list_rewrites (AssayTask *task, AssayJudgement *judgement)
{
  GArray *rewrites = g_array_new (FALSE, FALSE, sizeof (AssayExportRewrite));
  AssayForm *form = assay_task_get_form (task);

  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);
      g_autoptr (GPtrArray) places = NULL;

      if (!ASSAY_IS_REWRITE_QUESTION (question))
        continue;
      places = assay_task_list_places (task, question);
      for (guint j = 0; j < places->len; j++)
        add_rewrite (rewrites, task, judgement, question, places->pdata[j]);
    }
  return rewrites;
}

gboolean
assay_export_rewrite_is_changed (const AssayExportRewrite *self)
{
  return self->original != NULL
         && assay_rewrite_differs (assay_document_get_text (self->original), self->text);
}

char *
assay_export_rewrite_text (AssayTask *task, AssayDocument *original, const char *text)
{
  g_autofree char *digest = NULL;

  if (original == NULL || assay_task_get_export_policy (task) == ASSAY_EXPORT_ALLOWED)
    return g_strdup (text);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  return g_strconcat ("sha256:", digest, NULL);
}

JsonArray *
assay_export_rewrite_messages (AssayTask *task, AssayDocument *original, const char *text)
{
  g_autofree char *content = assay_export_rewrite_text (task, original, text);
  JsonArray *messages = json_array_new ();
  JsonObject *message = json_object_new ();

  json_object_set_string_member (message, "role", "assistant");
  json_object_set_string_member (message, "content", content);
  json_array_add_object_element (messages, message);
  return messages;
}

gboolean
assay_export_rewrite_says_more (JsonNode *answer)
{
  static const char *const members[] = { "changes", "issues_fixed", "effort_level", "mode",
                                         "sources", "assumptions",  "self_check" };
  JsonObject *object = assay_json_node_object (answer);

  for (guint i = 0; object != NULL && i < G_N_ELEMENTS (members); i++)
    if (json_object_has_member (object, members[i]))
      return TRUE;
  return FALSE;
}

/* Supervised rows */

static void
close_row (AssayExportSink *sink,
           AssayTask *task,
           AssayJudgement *judgement,
           gboolean is_draft,
           JsonObject *row)
{
  JsonArray *tools =
      (sink->holds & ASSAY_HOLDS_TOOL_CALLS) != 0 ? assay_export_dup_tools (task) : NULL;

  if (tools != NULL)
    json_object_set_array_member (row, "tools", tools);
  if (sink->options.extra_columns)
    json_object_set_string_member (row, "id", assay_judgement_get_id (judgement));
  if (is_draft)
    json_object_set_boolean_member (row, "draft", TRUE);
  assay_export_sink_add_object (sink, row);
}

void
assay_export_sft_write_messages (AssayExportSink *sink,
                                 AssayTask *task,
                                 AssayJudgement *judgement,
                                 gboolean is_draft)
{
  g_autoptr (GArray) rewrites = assay_export_list_rewrites (task, judgement);

  for (guint i = 0; i < rewrites->len; i++)
    {
      const AssayExportRewrite *rewrite = &g_array_index (rewrites, AssayExportRewrite, i);
      g_autoptr (JsonArray) answer =
          assay_export_rewrite_messages (task, rewrite->original, rewrite->text);
      JsonArray *messages = assay_export_prompt_messages (task);
      JsonObject *row = json_object_new ();

      assay_export_sink_use (sink, rewrite->question);
      json_array_add_element (messages, json_array_dup_element (answer, 0));
      json_object_set_array_member (row, "messages", messages);
      close_row (sink, task, judgement, is_draft, row);
    }
  if (rewrites->len == 0)
    assay_export_sink_drop (sink, ASSAY_DROP_NO_TEXT);
}

void
assay_export_sft_write_completion (AssayExportSink *sink,
                                   AssayTask *task,
                                   AssayJudgement *judgement,
                                   gboolean is_draft)
{
  g_autoptr (GArray) rewrites = assay_export_list_rewrites (task, judgement);
  g_autofree char *prompt = NULL;

  if (rewrites->len == 0)
    {
      assay_export_sink_drop (sink, ASSAY_DROP_NO_TEXT);
      return;
    }
  prompt = assay_export_prompt_text (sink, task);
  for (guint i = 0; prompt != NULL && i < rewrites->len; i++)
    {
      const AssayExportRewrite *rewrite = &g_array_index (rewrites, AssayExportRewrite, i);
      g_autofree char *text = assay_export_rewrite_text (task, rewrite->original, rewrite->text);
      JsonObject *row = json_object_new ();

      assay_export_sink_use (sink, rewrite->question);
      json_object_set_string_member (row, "prompt", prompt);
      json_object_set_string_member (row, "completion", text);
      close_row (sink, task, judgement, is_draft, row);
    }
}
