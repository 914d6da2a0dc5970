/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-answer-places.h"
#include "assay-export-prompt.h"
#include "assay-export-rewrite.h"
#include "assay-json.h"
#include "assay-json-read.h"
#include "assay-spans-question.h"

/* Marked errors as MQM tables have them (export-formats, 13): ten columns between tabs, one line
 * for each error, the marked stretch between <v> and </v>. */

#define NO_ERROR "No-error"
#define OPENING "<v>"
#define CLOSING "</v>"
/* Every task is a segment of its own. */
#define SEGMENT "1"
/* Whoever judged is not named in a file. */
#define RATER "rater1"

typedef struct
{
  AssayExportSink *sink;
  AssayTask *task;
  AssayJudgement *judgement;
  AssayDocument *source; /* (nullable): the prompt is translated */
  AssayDocument *target;
  const char *response;
  GArray *rewrites; /* of AssayExportRewrite */
  gboolean redacted;
  gboolean is_draft;
  gboolean is_first;
  gboolean has_spaces; /* a tab or a line break became one */
} Writing;

static const struct
{
  const char *id;
  const char *name;
} names[] = {
  { "encoding", "Character encoding" },
  { "inappropriate", "Inappropriate for context" },
  { "inconsistent", "Inconsistent use" },
  { "locale", "Locale convention" },
  { "currency", "Currency format" },
  { "date", "Date format" },
  { "name", "Name format" },
  { "telephone", "Telephone format" },
  { "time", "Time format" },
  { "address", "Address format" },
  { "non-translation", "Non-translation!" },
};

/* "non-translation" is "Non-translation!", and "source-error" is "Source error". */
static void
append_name (GString *target, const char *id)
{
  gsize start = target->len;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (id, names[i].id))
      {
        g_string_append (target, names[i].name);
        return;
      }
  g_string_append (target, id);
  for (gsize i = start; i < target->len; i++)
    if (target->str[i] == '-' || target->str[i] == '_')
      target->str[i] = ' ';
  target->str[start] = g_ascii_toupper (target->str[start]);
}

static char *
dup_category (const AssaySpanMark *mark)
{
  GString *category = g_string_new (NULL);

  for (guint i = 0; mark->type_path[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (category, '/');
      append_name (category, mark->type_path[i]);
    }
  return g_string_free_and_steal (category);
}

static char *
dup_severity (const AssaySpanMark *mark)
{
  GString *severity = g_string_new (NULL);

  if (mark->severity != NULL)
    append_name (severity, mark->severity);
  return g_string_free_and_steal (severity);
}

/* A table has one line for each row, and tabs between its cells. */
static void
append_cell (Writing *writing, const char *text, gssize length)
{
  const char *end = length < 0 ? text + strlen (text) : text + length;

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\t' || c == '\n' || c == '\r' || c == 0x0B || c == 0x0C || c == 0x85 || c == 0x2028
          || c == 0x2029)
        {
          g_string_append_c (writing->sink->chunk, ' ');
          writing->has_spaces = TRUE;
        }
      else
        {
          g_string_append_unichar (writing->sink->chunk, c);
        }
    }
}

static void
end_cell (Writing *writing)
{
  g_string_append_c (writing->sink->chunk, '\t');
}

static void
add_cell (Writing *writing, const char *text)
{
  append_cell (writing, text, -1);
  end_cell (writing);
}

/* @span: (nullable): what of @document stands between the marks. */
static void
add_text (Writing *writing, AssayDocument *document, const AssaySpan *span)
{
  const char *text = document != NULL ? assay_document_get_text (document)
                                      : assay_task_get_prompt_text (writing->task);
  guint length = (guint) g_utf8_strlen (text, -1);

  if (writing->redacted)
    {
      g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
      g_autofree char *hidden = g_strconcat ("sha256:", digest, NULL);

      add_cell (writing, hidden);
      return;
    }
  if (span != NULL && document != NULL && span->end <= length
      && g_str_equal (span->document, assay_document_get_id (document)))
    {
      const char *start = g_utf8_offset_to_pointer (text, span->start);
      const char *end = g_utf8_offset_to_pointer (start, span->end - span->start);

      append_cell (writing, text, start - text);
      g_string_append (writing->sink->chunk, OPENING);
      append_cell (writing, start, end - start);
      g_string_append (writing->sink->chunk, CLOSING);
      text = end;
    }
  add_cell (writing, text);
}

/* A run of letters and digits is a token, and so is each other character; first and last one of the
 * stretch, from 0. */
static void
find_tokens (const char *text, const AssaySpan *span, int *first, int *last)
{
  gboolean in_word = FALSE;
  int token = -1;
  guint place = 0;

  *first = -1;
  *last = -1;
  for (const char *p = text; *p != '\0' && place < span->end; p = g_utf8_next_char (p), place++)
    {
      gboolean is_word = g_unichar_isalnum (g_utf8_get_char (p));

      if (!is_word || !in_word)
        token++;
      in_word = is_word;
      if (place == span->start)
        *first = token;
      *last = token;
    }
}

static void
add_tokens (JsonObject *metadata,
            const char *member,
            AssayDocument *document,
            const AssaySpan *span)
{
  JsonArray *spans;
  JsonArray *pair;
  int first, last;

  if (document == NULL || !g_str_equal (span->document, assay_document_get_id (document)))
    return;
  find_tokens (assay_document_get_text (document), span, &first, &last);
  if (first < 0)
    return;
  spans = json_array_new ();
  pair = json_array_new ();
  json_array_add_int_element (pair, first);
  json_array_add_int_element (pair, last);
  json_array_add_array_element (spans, pair);
  json_object_set_array_member (metadata, member, spans);
}

static void
set_optional (JsonObject *object, const char *member, const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (object, member, text);
}

/* Once for a text, as the tools that read it do. */
static void
add_evaluation (Writing *writing, JsonObject *metadata)
{
  JsonObject *evaluation = json_object_new ();
  const char *target = assay_document_get_language (writing->target);

  json_object_set_string_member (evaluation, "template", assay_task_get_kind (writing->task));
  set_optional (evaluation, "source_language",
                writing->source != NULL ? assay_document_get_language (writing->source) : NULL);
  set_optional (evaluation, "target_language",
                target != NULL ? target : assay_task_get_language (writing->task));
  json_object_set_object_member (metadata, "evaluation", evaluation);
}

/* The text that the person made of it. */
static void
add_correction (Writing *writing, JsonObject *metadata)
{
  for (guint i = 0; i < writing->rewrites->len; i++)
    {
      const AssayExportRewrite *rewrite = &g_array_index (writing->rewrites, AssayExportRewrite, i);

      if (rewrite->original == writing->target && assay_export_rewrite_is_changed (rewrite))
        {
          g_autofree char *text =
              assay_export_rewrite_text (writing->task, rewrite->original, rewrite->text);

          json_object_set_string_member (metadata, "corrected_translation", text);
        }
    }
}

static void
add_metadata (Writing *writing, const AssaySpanMark *mark)
{
  JsonObject *metadata = json_object_new ();
  g_autoptr (JsonNode) node = assay_json_object_node_new (metadata);
  gint64 submitted = assay_judgement_get_effort (writing->judgement)->submitted_at;
  g_autofree char *text = NULL;

  if (submitted > 0)
    json_object_set_int_member (metadata, "timestamp", submitted);
  if (mark != NULL)
    {
      set_optional (metadata, "note", mark->comment);
      if (!writing->redacted)
        set_optional (metadata, "marked_text", mark->span->quote);
      set_optional (metadata, "suggestion", mark->suggestion);
      add_tokens (metadata, "source_spans", writing->source, mark->span);
      add_tokens (metadata, "target_spans", writing->target, mark->span);
    }
  if (writing->is_first)
    {
      add_correction (writing, metadata);
      add_evaluation (writing, metadata);
    }
  if (writing->is_draft)
    json_object_set_boolean_member (metadata, "draft", TRUE);
  text = assay_json_to_string (node);
  /* Breaks and tabs in it are written as JSON writes them. */
  append_cell (writing, text, -1);
}

/* @mark: NULL for a text without errors. */
static void
add_line (Writing *writing, const AssaySpanMark *mark)
{
  const char *model = assay_document_get_model (writing->target);
  const AssaySpan *span = mark != NULL ? mark->span : NULL;
  g_autofree char *category = mark != NULL ? dup_category (mark) : g_strdup (NO_ERROR);
  g_autofree char *severity = mark != NULL ? dup_severity (mark) : g_strdup (NO_ERROR);

  add_cell (writing, model != NULL ? model : assay_document_get_key (writing->target));
  add_cell (writing, assay_task_get_id (writing->task));
  add_cell (writing, SEGMENT);
  add_cell (writing, assay_task_get_id (writing->task));
  add_cell (writing, RATER);
  add_text (writing, writing->source, span);
  add_text (writing, writing->target, span);
  add_cell (writing, category);
  add_cell (writing, severity);
  add_metadata (writing, mark);
  g_string_append_c (writing->sink->chunk, '\n');
  writing->sink->n_rows++;
  writing->is_first = FALSE;
}

/* TRUE if there was something to write. */
static gboolean
write_text (Writing *writing, JsonNode *answer)
{
  g_autoptr (GPtrArray) marks = assay_spans_answer_list (answer);
  const char *id = assay_document_get_id (writing->target);
  gboolean written = FALSE;

  writing->is_first = TRUE;
  for (guint i = 0; i < marks->len; i++)
    {
      const AssaySpanMark *mark = marks->pdata[i];

      if (mark->span == NULL)
        continue;
      /* One that is on the source counts for the text that it was marked for. */
      if (writing->response == NULL && !g_str_equal (mark->span->document, id))
        continue;
      add_line (writing, mark);
      written = TRUE;
    }
  if (!written && assay_spans_answer_get_none_found (answer))
    {
      add_line (writing, NULL);
      written = TRUE;
    }
  return written;
}

static gboolean
write_place (Writing *writing, AssayQuestion *question, const char *response)
{
  JsonNode *answer =
      assay_judgement_get_answer (writing->judgement, assay_question_get_id (question), response);
  gboolean written = FALSE;

  if (!assay_question_is_answered (question, answer)
      || !assay_judgement_question_applies (writing->judgement, question, response))
    return FALSE;
  writing->response = response;
  for (guint i = 0; i < assay_task_get_n_responses (writing->task); i++)
    {
      writing->target = assay_task_get_response (writing->task, i);
      if (response == NULL || g_str_equal (assay_document_get_key (writing->target), response))
        written |= write_text (writing, answer);
    }
  return written;
}

void
assay_export_mqm_write_head (AssayExportSink *sink)
{
  g_string_append (sink->chunk,
                   "system\tdoc\tdocSegId\tglobalSegId\trater\tsource\ttarget\tcategory\tseverity"
                   "\tmetadata\n");
}

void
assay_export_mqm_write (AssayExportSink *sink,
                        AssayTask *task,
                        AssayJudgement *judgement,
                        gboolean is_draft)
{
  AssayForm *form = assay_task_get_form (task);
  g_autoptr (GPtrArray) sources = assay_task_list_sources (task);
  g_autoptr (GArray) rewrites = assay_export_list_rewrites (task, judgement);
  Writing writing = {
    .sink = sink,
    .task = task,
    .judgement = judgement,
    .source = sources->len > 0 ? sources->pdata[0] : NULL,
    .rewrites = rewrites,
    .redacted = assay_task_get_export_policy (task) != ASSAY_EXPORT_ALLOWED,
    .is_draft = is_draft,
  };
  gboolean written = FALSE;

  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);
      g_autoptr (GPtrArray) places = NULL;

      if (!ASSAY_IS_SPANS_QUESTION (question))
        continue;
      places = assay_task_list_places (task, question);
      for (guint j = 0; j < places->len; j++)
        if (write_place (&writing, question, places->pdata[j]))
          {
            assay_export_sink_use (sink, question);
            written = TRUE;
          }
    }
  if (!written)
    assay_export_sink_drop (sink, ASSAY_DROP_NO_ERRORS);
  if (writing.has_spaces)
    assay_export_sink_lose (sink, ASSAY_CHANGE_SPACES);
}
