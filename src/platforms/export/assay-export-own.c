/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-export-prompt.h"
#include "assay-export-sink.h"
#include "assay-json.h"
#include "assay-marking-question.h"
#include "assay-rewrite-question.h"

static char *
format_time (gint64 time_ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (time_ms / 1000);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("");
}

/* The record's own members, behind its type. A file that was read has a type of its own. */
static JsonObject *
new_line (const char *type, JsonNode *record)
{
  JsonObject *line = json_object_new ();
  JsonObject *object = assay_json_node_object (record);
  g_autoptr (GList) members = json_object_get_members (object);

  json_object_set_string_member (line, "type", type);
  for (GList *l = members; l != NULL; l = l->next)
    if (!g_str_equal (l->data, "type"))
      json_object_set_member (line, l->data,
                              json_node_copy (json_object_get_member (object, l->data)));
  return line;
}

void
assay_export_own_write_head (AssayExportSink *sink)
{
  JsonObject *head = json_object_new ();
  g_autofree char *created = format_time (sink->options.created_at_ms);

  json_object_set_string_member (head, "format", "eval-judgements");
  json_object_set_int_member (head, "version", 1);
  json_object_set_string_member (head, "created_at", created);
  json_object_set_boolean_member (head, "tasks", TRUE);
  json_object_set_boolean_member (head, "drafts", sink->options.with_drafts);
  assay_export_sink_add_object (sink, head);
}

void
assay_export_own_write_guideline (AssayExportSink *sink,
                                  AssayGuideline *guideline,
                                  gboolean with_text)
{
  JsonObject *line = json_object_new ();

  json_object_set_string_member (line, "type", "guideline");
  json_object_set_string_member (line, "id", assay_guideline_get_id (guideline));
  json_object_set_int_member (line, "version", assay_guideline_get_version (guideline));
  json_object_set_string_member (line, "sha256", assay_guideline_get_sha256 (guideline));
  if (with_text)
    {
      json_object_set_string_member (line, "title", assay_guideline_get_title (guideline));
      json_object_set_string_member (line, "text", assay_guideline_get_text (guideline));
    }
  assay_export_sink_add_object (sink, line);
}

/* What names the task and its texts, without one of their words. */
static JsonObject *
new_redacted_task (AssayTask *task)
{
  JsonObject *line = json_object_new ();
  JsonArray *documents = json_array_new ();
  const char *guideline = assay_task_get_guideline_id (task);

  json_object_set_string_member (line, "type", "task");
  json_object_set_string_member (line, "id", assay_task_get_id (task));
  if (assay_task_get_external_id (task) != NULL)
    json_object_set_string_member (line, "external_id", assay_task_get_external_id (task));
  json_object_set_string_member (line, "kind", assay_task_get_kind (task));
  if (assay_task_get_language (task) != NULL)
    json_object_set_string_member (line, "language", assay_task_get_language (task));
  if (guideline != NULL)
    {
      JsonObject *reference = json_object_new ();

      json_object_set_string_member (reference, "id", guideline);
      json_object_set_int_member (reference, "version", assay_task_get_guideline_version (task));
      json_object_set_object_member (line, "guideline", reference);
    }
  for (guint i = 0; i < assay_task_get_n_documents (task); i++)
    {
      AssayDocument *document = assay_task_get_document (task, i);
      JsonObject *item = json_object_new ();
      g_autofree char *digest =
          g_compute_checksum_for_string (G_CHECKSUM_SHA256, assay_export_content (task, document),
                                         -1);

      json_object_set_string_member (item, "id", assay_document_get_id (document));
      json_object_set_string_member (item, "sha256", digest);
      json_array_add_object_element (documents, item);
    }
  json_object_set_array_member (line, "documents", documents);
  return line;
}

void
assay_export_own_write_task (AssayExportSink *sink, AssayTask *task)
{
  g_autoptr (JsonNode) record = NULL;

  if (assay_task_get_export_policy (task) != ASSAY_EXPORT_ALLOWED)
    {
      assay_export_sink_add_object (sink, new_redacted_task (task));
      return;
    }
  record = assay_task_to_json (task);
  assay_export_sink_add_object (sink, new_line ("task", record));
}

static void
strip_answer (AssayQuestion *question, JsonObject *answers, const char *member)
{
  JsonNode *answer = json_object_get_member (answers, member);
  JsonNode *stripped = NULL;

  if (answer != NULL)
    stripped =
        ASSAY_IS_MARKING_QUESTION (question)
            ? assay_marking_question_without_texts (ASSAY_MARKING_QUESTION (question), answer)
            : assay_rewrite_answer_without_original (answer);

  if (stripped != NULL)
    json_object_set_member (answers, member, stripped);
}

/* A mark quotes the text that it is on, and a text that was edited has words of it. */
static gboolean
has_words_of_task (AssayQuestion *question)
{
  return ASSAY_IS_MARKING_QUESTION (question)
         || (ASSAY_IS_REWRITE_QUESTION (question)
             && assay_rewrite_question_get_mode (ASSAY_REWRITE_QUESTION (question))
                    == ASSAY_REWRITE_EDIT);
}

static void
strip_quotes (AssayTask *task, JsonObject *record)
{
  JsonObject *answers = assay_json_get_object (record, "answers");
  AssayForm *form = assay_task_get_form (task);

  for (guint i = 0; answers != NULL && i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);
      const char *id = assay_question_get_id (question);
      JsonObject *by_response;
      g_autoptr (GList) responses = NULL;

      if (!has_words_of_task (question) || !json_object_has_member (answers, id))
        continue;
      if (assay_question_get_scope (question) == ASSAY_SCOPE_TASK)
        {
          strip_answer (question, answers, id);
          continue;
        }
      by_response = assay_json_get_object (answers, id);
      responses = by_response == NULL ? NULL : json_object_get_members (by_response);
      for (GList *l = responses; l != NULL; l = l->next)
        strip_answer (question, by_response, l->data);
    }
}

void
assay_export_own_write (AssayExportSink *sink,
                        AssayTask *task,
                        AssayJudgement *judgement,
                        gboolean is_draft)
{
  g_autoptr (JsonNode) record = assay_judgement_to_json (judgement, FALSE);
  JsonObject *line = new_line ("judgement", record);

  if (assay_task_get_export_policy (task) != ASSAY_EXPORT_ALLOWED)
    strip_quotes (task, line);
  if (is_draft)
    json_object_set_boolean_member (line, "draft", TRUE);
  else
    json_object_remove_member (line, "draft");
  assay_export_sink_add_object (sink, line);
}
