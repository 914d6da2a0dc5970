/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-answer-places.h"
#include "assay-claims-question.h"
#include "assay-export-prompt.h"
#include "assay-json.h"
#include "assay-sentences.h"

/* Claims as FActScore has them (export-formats, 11): by sentence of a response, each supported, not
 * supported or irrelevant. */

typedef struct
{
  AssayExportSink *sink;
  AssayTask *task;
  AssayDocument *document;
  GPtrArray *claims; /* AssayClaim, borrowed */
  gboolean redacted;
} Writing;

/* NULL for what has no place in the format. */
static const char *
get_label (const AssayClaim *claim)
{
  static const struct
  {
    const char *verdict;
    const char *label;
  } labels[] = { { "supported", "S" },    { "refuted", "NS" },  { "unsupported", "NS" },
                 { "outdated", "NS" },    { "disputed", "NS" }, { "irrelevant", "IR" },
                 { "full", "S" },         { "partial", "NS" },  { "none", "NS" },
                 { "contradicted", "NS" } };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_strcmp0 (claim->verdict, labels[i].verdict) == 0)
      return labels[i].label;
  return NULL;
}

static gboolean
says_more (const AssayClaim *claim)
{
  return claim->evidence->len > 0 || claim->correction != NULL || claim->note != NULL
         || claim->severity != NULL;
}

/* What the person wrote stays; the text's own words do not where they may not leave. */
static char *
dup_claim_text (Writing *writing, const AssayClaim *claim)
{
  g_autofree char *digest = NULL;

  if (!writing->redacted || claim->span == NULL || !g_str_equal (claim->text, claim->span->quote))
    return g_strdup (claim->text);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, claim->text, -1);
  return g_strconcat ("sha256:", digest, NULL);
}

static char *
dup_sentence (Writing *writing, AssayStretch stretch)
{
  char *sentence = g_strndup (assay_document_get_text (writing->document) + stretch.start,
                              stretch.end - stretch.start);
  g_autofree char *digest = NULL;

  if (!writing->redacted)
    return sentence;
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, sentence, -1);
  g_free (sentence);
  return g_strconcat ("sha256:", digest, NULL);
}

/* The bytes of the text before the claim. */
static gsize
get_offset (Writing *writing, const AssayClaim *claim)
{
  const char *text = assay_document_get_text (writing->document);
  guint length = (guint) g_utf8_strlen (text, -1);
  guint start = claim->span != NULL ? MIN (claim->span->start, length) : 0;

  return (gsize) (g_utf8_offset_to_pointer (text, start) - text);
}

static JsonObject *
make_annotation (Writing *writing, AssayStretch sentence, gboolean *taken)
{
  JsonObject *annotation = json_object_new ();
  JsonArray *facts = json_array_new ();
  g_autofree char *text = dup_sentence (writing, sentence);

  for (guint i = 0; i < writing->claims->len; i++)
    {
      const AssayClaim *claim = writing->claims->pdata[i];
      gsize offset = get_offset (writing, claim);
      g_autofree char *fact = NULL;
      JsonObject *object;

      if (taken[i] || get_label (claim) == NULL || offset >= sentence.end)
        continue;
      taken[i] = TRUE;
      fact = dup_claim_text (writing, claim);
      object = json_object_new ();
      json_object_set_string_member (object, "text", fact);
      json_object_set_string_member (object, "label", get_label (claim));
      json_array_add_object_element (facts, object);
    }
  json_object_set_string_member (annotation, "text", text);
  json_object_set_boolean_member (annotation, "is-relevant", json_array_get_length (facts) > 0);
  if (json_array_get_length (facts) > 0)
    {
      json_object_set_array_member (annotation, "human-atomic-facts", facts);
    }
  else
    {
      json_array_unref (facts);
      json_object_set_null_member (annotation, "human-atomic-facts");
    }
  return annotation;
}

static void
write_response (Writing *writing, JsonNode *answer, const char *prompt, gboolean is_draft)
{
  g_autoptr (GPtrArray) claims = assay_claims_answer_list (answer);
  g_autoptr (AssayMarkdown) markdown =
      assay_markdown_parse (assay_document_get_text (writing->document), -1);
  g_autoptr (GArray) sentences = assay_sentences_find (markdown);
  g_autofree gboolean *taken = g_new0 (gboolean, claims->len + 1);
  g_autofree char *output = assay_export_text (writing->task, writing->document);
  JsonObject *row = json_object_new ();
  JsonArray *annotations = json_array_new ();
  gboolean has_more = FALSE;
  gboolean left_out = FALSE;

  writing->claims = claims;
  for (guint i = 0; i < sentences->len; i++)
    json_array_add_object_element (
        annotations, make_annotation (writing, g_array_index (sentences, AssayStretch, i), taken));
  for (guint i = 0; i < claims->len; i++)
    {
      left_out = left_out || get_label (claims->pdata[i]) == NULL;
      has_more = has_more || says_more (claims->pdata[i]);
    }
  if (left_out)
    assay_export_sink_lose (writing->sink, ASSAY_LOSS_CLAIMS);
  if (has_more)
    assay_export_sink_lose (writing->sink, ASSAY_LOSS_EVIDENCE);
  json_object_set_string_member (row, "input", prompt);
  json_object_set_string_member (row, "topic", assay_task_get_title (writing->task));
  json_object_set_string_member (row, "output", output);
  json_object_set_array_member (row, "annotations", annotations);
  if (is_draft)
    json_object_set_boolean_member (row, "draft", TRUE);
  assay_export_sink_add_object (writing->sink, row);
}

/* The text that claims are about: of a question that is asked once, that of the first claim. */
static AssayDocument *
find_document (AssayTask *task, const char *response, JsonNode *answer)
{
  g_autoptr (GPtrArray) claims = assay_claims_answer_list (answer);

  for (guint i = 0; i < assay_task_get_n_responses (task); i++)
    {
      AssayDocument *document = assay_task_get_response (task, i);
      const AssaySpan *span = claims->len > 0 ? ((AssayClaim *) claims->pdata[0])->span : NULL;

      if (response != NULL
              ? g_str_equal (assay_document_get_key (document), response)
              : span == NULL || g_str_equal (span->document, assay_document_get_id (document)))
        return document;
    }
  return NULL;
}

void
assay_export_claims_write (AssayExportSink *sink,
                           AssayTask *task,
                           AssayJudgement *judgement,
                           gboolean is_draft)
{
  AssayForm *form = assay_task_get_form (task);
  g_autofree char *prompt = NULL;
  guint n_rows = 0;

  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);
      g_autoptr (GPtrArray) places = NULL;

      if (!ASSAY_IS_CLAIMS_QUESTION (question))
        continue;
      places = assay_task_list_places (task, question);
      for (guint j = 0; j < places->len; j++)
        {
          const char *response = places->pdata[j];
          JsonNode *answer =
              assay_judgement_get_answer (judgement, assay_question_get_id (question), response);
          Writing writing = { sink, task };

          if (!assay_question_is_answered (question, answer)
              || !assay_judgement_question_applies (judgement, question, response))
            continue;
          if (prompt == NULL)
            prompt = assay_export_prompt_text (sink, task);
          if (prompt == NULL)
            return;
          writing.document = find_document (task, response, answer);
          writing.redacted = assay_task_get_export_policy (task) != ASSAY_EXPORT_ALLOWED;
          if (writing.document == NULL)
            continue;
          assay_export_sink_use (sink, question);
          write_response (&writing, answer, prompt, is_draft);
          n_rows++;
        }
    }
  if (n_rows == 0)
    assay_export_sink_drop (sink, ASSAY_DROP_NO_CLAIMS);
}
