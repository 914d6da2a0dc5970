/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-answer-places.h"
#include "assay-export-sink.h"
#include "assay-json.h"
#include "assay-outcome.h"
#include "assay-presentation.h"
#include "assay-questions.h"
#include "assay-rewrite-changes.h"

static const char *const columns[] = {
  "task_id",  "task_title", "kind",           "judgement_id", "revision",
  "status",   "outcome",    "outcome_reason", "question",     "label",
  "response", "item",       "value",          "detail",       "comment",
};

/* What differs between the rows of one judgement. Numbers are ours and never mistaken for formulas.
 */
typedef struct
{
  const char *question;
  const char *label;
  const char *response;
  const char *item;
  const char *text;   /* the value as text … */
  gboolean is_number; /* … or as a number */
  double number;
  const char *detail;
  const char *comment;
} Row;

static void
append_quoted (GString *target, const char *text)
{
  if (strpbrk (text, "\",\r\n") == NULL && text[0] != ' '
      && (text[0] == '\0' || text[strlen (text) - 1] != ' '))
    {
      g_string_append (target, text);
      return;
    }
  g_string_append_c (target, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (target, '"');
      g_string_append_c (target, *p);
    }
  g_string_append_c (target, '"');
}

/* A spreadsheet runs what begins like a formula, and the text comes from outside. */
static void
append_text (AssayExportSink *sink, const char *text)
{
  g_string_append_c (sink->chunk, ',');
  if (text == NULL)
    return;
  if (text[0] != '\0' && strchr ("=+-@\t\r", text[0]) != NULL)
    {
      g_autofree char *safe = g_strconcat ("'", text, NULL);

      assay_export_sink_lose (sink, ASSAY_CHANGE_FORMULA);
      append_quoted (sink->chunk, safe);
      return;
    }
  append_quoted (sink->chunk, text);
}

static void
append_number (AssayExportSink *sink, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (buffer, sizeof (buffer), "%.15g", value);
  if (g_ascii_strtod (buffer, NULL) != value)
    g_ascii_dtostr (buffer, sizeof (buffer), value);
  g_string_append_printf (sink->chunk, ",%s", buffer);
}

static void
add_row (AssayExportSink *sink,
         AssayTask *task,
         AssayJudgement *judgement,
         gboolean is_draft,
         const Row *row)
{
  gboolean allowed = assay_task_get_export_policy (task) == ASSAY_EXPORT_ALLOWED;
  GString *chunk = sink->chunk;
  gsize start = chunk->len;

  append_text (sink, assay_task_get_id (task));
  /* The title is the prompt's first line, unless it was given; and a form may be about one task. */
  append_text (sink, allowed ? assay_task_get_title (task) : NULL);
  append_text (sink, assay_task_get_kind (task));
  append_text (sink, assay_judgement_get_id (judgement));
  append_number (sink, assay_judgement_get_revision (judgement));
  append_text (sink, is_draft ? "draft" : "final");
  append_text (sink, assay_outcome_to_string (assay_judgement_get_outcome (judgement)));
  append_text (sink, assay_judgement_get_outcome_reason (judgement));
  append_text (sink, row->question);
  append_text (sink, allowed ? row->label : NULL);
  append_text (sink, row->response);
  append_text (sink, row->item);
  if (row->is_number)
    append_number (sink, row->number);
  else
    append_text (sink, row->text);
  append_text (sink, row->detail);
  append_text (sink, row->comment);
  g_string_append (chunk, "\r\n");
  g_string_erase (chunk, (gssize) start, 1); /* the comma before the first cell */
  sink->n_rows++;
}

static const char *
get_met_name (AssayMet met)
{
  switch (met)
    {
    case ASSAY_MET_YES:
      return "yes";
    case ASSAY_MET_NO:
      return "no";
    case ASSAY_MET_PARTIAL:
      return "partial";
    case ASSAY_MET_NA:
      return "na";
    case ASSAY_MET_UNSURE:
      return "unsure";
    case ASSAY_MET_UNSET:
    default:
      return NULL;
    }
}

typedef struct
{
  AssayExportSink *sink;
  AssayTask *task;
  AssayJudgement *judgement;
  gboolean is_draft;
} Context;

static void
add_pairwise (Context *context, AssayQuestion *question, JsonNode *answer, Row *row)
{
  const char *choice = NULL;
  AssayBoth both = ASSAY_BOTH_UNSET;
  int strength = 0;

  row->comment = assay_json_get_string (assay_json_node_object (answer), "comment");
  if (assay_pairwise_answer_is_na (answer))
    {
      row->detail = "na";
    }
  else if (assay_pairwise_answer_get_signed (answer, context->task, &strength))
    {
      assay_pairwise_answer_get (answer, &choice, NULL, &both);
      row->is_number = TRUE;
      row->number = strength;
      row->response = choice;
      if (choice == NULL)
        row->detail = both == ASSAY_BOTH_GOOD  ? "both-good"
                      : both == ASSAY_BOTH_BAD ? "both-bad"
                                               : "tie";
    }
  add_row (context->sink, context->task, context->judgement, context->is_draft, row);
}

/* One row for each response that has a place. */
static void
add_rank (Context *context, AssayQuestion *question, JsonNode *answer, Row *row)
{
  JsonObject *quality = assay_json_get_object (assay_json_node_object (answer), "quality");
  const char *best = assay_rank_answer_get_best (answer);
  const char *worst = assay_rank_answer_get_worst (answer);

  for (guint i = 0; i < assay_task_get_n_responses (context->task); i++)
    {
      const char *id = assay_document_get_key (assay_task_get_response (context->task, i));
      int rank = assay_rank_answer_get_rank (answer, id);

      row->response = id;
      row->is_number = FALSE;
      row->text = NULL;
      row->detail = quality != NULL ? assay_json_get_string (quality, id) : NULL;
      if (best != NULL || worst != NULL)
        {
          row->text = g_strcmp0 (id, best) == 0    ? "best"
                      : g_strcmp0 (id, worst) == 0 ? "worst"
                                                   : NULL;
        }
      else if (rank > 0)
        {
          row->is_number = TRUE;
          row->number = rank;
        }
      if (row->text != NULL || row->is_number || row->detail != NULL)
        add_row (context->sink, context->task, context->judgement, context->is_draft, row);
    }
}

static void
add_checklist (Context *context, AssayQuestion *question, JsonNode *answer, Row *row)
{
  AssayChecklistQuestion *checklist = ASSAY_CHECKLIST_QUESTION (question);

  for (guint i = 0; i < assay_checklist_question_get_n_items (checklist); i++)
    {
      const AssayChecklistItem *item = assay_checklist_question_get_item (checklist, i);

      row->item = item->id;
      row->label = item->text;
      row->text = get_met_name (assay_checklist_answer_get (answer, item->id));
      row->comment = assay_checklist_answer_get_comment (answer, item->id);
      if (row->text != NULL || row->comment != NULL)
        add_row (context->sink, context->task, context->judgement, context->is_draft, row);
    }
}

/* "major 12-20", or "minor source:1 0-4" in another text; in characters of the raw text. (transfer
 * full) */
static char *
describe_mark (const AssaySpanMark *mark, const char *response)
{
  g_autoptr (GString) detail = g_string_new (mark->severity);
  g_autofree char *own = response == NULL ? NULL : g_strconcat ("response:", response, NULL);

  if (mark->span == NULL)
    return g_string_free_and_steal (g_steal_pointer (&detail));
  if (detail->len > 0)
    g_string_append_c (detail, ' ');
  if (g_strcmp0 (mark->span->document, own) != 0)
    g_string_append_printf (detail, "%s ", mark->span->document);
  g_string_append_printf (detail, "%u-%u", mark->span->start, mark->span->end);
  return g_string_free_and_steal (g_steal_pointer (&detail));
}

/* One row for each mark, with the marked text as its label; or one that says that there is none. */
static void
add_spans (Context *context, AssayQuestion *question, JsonNode *answer, Row *row)
{
  g_autoptr (GPtrArray) marks = assay_spans_answer_list (answer);

  for (guint i = 0; i < marks->len; i++)
    {
      const AssaySpanMark *mark = marks->pdata[i];
      g_autofree char *type = g_strjoinv ("/", mark->type_path);
      g_autofree char *detail = describe_mark (mark, row->response);
      Row own = { .question = row->question,
                  .response = row->response,
                  .item = mark->id,
                  .label = mark->span != NULL ? mark->span->quote : NULL,
                  .text = type,
                  .detail = detail,
                  .comment = mark->comment };

      add_row (context->sink, context->task, context->judgement, context->is_draft, &own);
    }
  if (assay_spans_answer_get_none_found (answer))
    {
      row->text = "none";
      add_row (context->sink, context->task, context->judgement, context->is_draft, row);
    }
  if (marks->len == 0)
    return;
  row->item = "penalty";
  row->text = NULL;
  row->is_number = TRUE;
  row->number = assay_spans_question_get_penalty (ASSAY_SPANS_QUESTION (question), answer);
  add_row (context->sink, context->task, context->judgement, context->is_draft, row);
}

/* "major 12-20 wrong 1;3": how grave it is, where it stands, whether it cites what it should, and
 * what. (transfer full) */
static char *
describe_claim (const AssayClaim *claim)
{
  g_autoptr (GString) detail = g_string_new (claim->severity);
  g_autofree char *cited = claim->cited != NULL ? g_strjoinv (";", claim->cited) : NULL;

  if (claim->span != NULL)
    g_string_append_printf (detail, " %u-%u", claim->span->start, claim->span->end);
  if (claim->citation != NULL)
    g_string_append_printf (detail, " %s", claim->citation);
  if (cited != NULL && *cited != '\0')
    g_string_append_printf (detail, " %s", cited);
  return g_strchug (g_string_free_and_steal (g_steal_pointer (&detail)));
}

/* One row for each claim, with its words as its label; or one that says that there is none. */
static void
add_claims (Context *context, JsonNode *answer, Row *row)
{
  g_autoptr (GPtrArray) claims = assay_claims_answer_list (answer);

  for (guint i = 0; i < claims->len; i++)
    {
      const AssayClaim *claim = claims->pdata[i];
      g_autofree char *detail = describe_claim (claim);
      Row own = { .question = row->question,
                  .response = row->response,
                  .item = claim->id,
                  .label = claim->text,
                  .text = claim->verdict,
                  .detail = detail,
                  .comment = claim->correction != NULL ? claim->correction : claim->note };

      if (claim->evidence->len > 0 || (claim->correction != NULL && claim->note != NULL))
        assay_export_sink_lose (context->sink, ASSAY_LOSS_EVIDENCE);
      add_row (context->sink, context->task, context->judgement, context->is_draft, &own);
    }
  if (assay_claims_answer_get_none_found (answer))
    {
      row->text = "none";
      add_row (context->sink, context->task, context->judgement, context->is_draft, row);
    }
}

static void
add_change (Context *context,
            const Row *row,
            const AssayRewriteChange *change,
            const char *original)
{
  glong length = g_utf8_strlen (original, -1);
  g_autofree char *was =
      g_utf8_substring (original, MIN (change->from_start, length), MIN (change->from_end, length));
  g_autofree char *detail = g_strdup_printf ("%u-%u %u-%u", change->from_start, change->from_end,
                                             change->to_start, change->to_end);
  Row own = { .question = row->question,
              .response = row->response,
              .item = change->id,
              .label = was,
              .text = change->category,
              .detail = detail,
              .comment = change->note };

  add_row (context->sink, context->task, context->judgement, context->is_draft, &own);
}

static void
add_rewrite_fact (Context *context, const Row *row, const char *item, const char *text)
{
  Row own = { .question = row->question, .response = row->response, .item = item, .text = text };

  if (text != NULL && *text != '\0')
    add_row (context->sink, context->task, context->judgement, context->is_draft, &own);
}

/* The text, unless it has words that may not leave; one row for each change, with what was there as
 * its label; what else is said of the text; and how much of it was edited. */
static void
add_rewrite (Context *context, AssayQuestion *question, JsonNode *answer, Row *row)
{
  AssayDocument *original = assay_rewrite_question_get_original (ASSAY_REWRITE_QUESTION (question),
                                                                 context->task, row->response);
  const char *text = assay_rewrite_answer_get_text (answer);
  gboolean is_allowed =
      original == NULL || assay_task_get_export_policy (context->task) == ASSAY_EXPORT_ALLOWED;
  g_autoptr (GPtrArray) changes = assay_rewrite_answer_list_changes (answer);
  g_auto (GStrv) fixed = assay_rewrite_answer_dup_issues_fixed (answer);
  g_autofree char *issues = g_strjoinv (";", fixed);
  g_auto (GStrv) checks = assay_rewrite_answer_dup_self_checks (answer);
  g_autofree char *checked = g_strjoinv (";", checks);
  g_autofree char *sources = assay_rewrite_answer_dup_source_lines (answer);

  row->text = text == NULL ? (assay_rewrite_answer_get_unchanged_ok (answer) ? "unchanged" : NULL)
              : is_allowed ? text
                           : NULL;
  row->detail = assay_rewrite_answer_get_mode (answer);
  add_row (context->sink, context->task, context->judgement, context->is_draft, row);
  for (guint i = 0; original != NULL && i < changes->len; i++)
    add_change (context, row, changes->pdata[i], assay_document_get_text (original));
  add_rewrite_fact (context, row, "issues_fixed", issues);
  add_rewrite_fact (context, row, "effort_level", assay_rewrite_answer_get_effort (answer));
  add_rewrite_fact (context, row, "sources", sources);
  add_rewrite_fact (context, row, "assumptions", assay_rewrite_answer_get_assumptions (answer));
  add_rewrite_fact (context, row, "self_check", checked);
  if (original != NULL && text != NULL)
    {
      g_autoptr (AssayRewriteChanges) found =
          assay_rewrite_changes_new (assay_document_get_text (original), text);
      Row own = { .question = row->question,
                  .response = row->response,
                  .item = "hter",
                  .is_number = TRUE,
                  .number = assay_rewrite_changes_get_hter (found) };

      add_row (context->sink, context->task, context->judgement, context->is_draft, &own);
    }
}

static void
add_answer (Context *context, AssayQuestion *question, const char *response)
{
  const char *id = assay_question_get_id (question);
  JsonNode *answer = assay_judgement_get_answer (context->judgement, id, response);
  g_autofree char *owned = NULL;
  gboolean is_source = assay_question_get_scope (question) == ASSAY_SCOPE_EACH_SOURCE;
  Row row = { .question = id,
              .label = assay_question_get_label (question),
              .response = is_source ? NULL : response,
              .item = is_source ? response : NULL };

  if (answer == NULL || !assay_judgement_question_applies (context->judgement, question, response))
    return;

  if (ASSAY_IS_PAIRWISE_QUESTION (question))
    {
      add_pairwise (context, question, answer, &row);
      return;
    }
  if (ASSAY_IS_RANK_QUESTION (question))
    {
      add_rank (context, question, answer, &row);
      return;
    }
  if (ASSAY_IS_CHECKLIST_QUESTION (question))
    {
      add_checklist (context, question, answer, &row);
      return;
    }
  if (ASSAY_IS_SPANS_QUESTION (question))
    {
      add_spans (context, question, answer, &row);
      return;
    }

  if (ASSAY_IS_CLAIMS_QUESTION (question))
    {
      add_claims (context, answer, &row);
      return;
    }
  if (ASSAY_IS_REWRITE_QUESTION (question))
    {
      add_rewrite (context, question, answer, &row);
      return;
    }

  if (ASSAY_IS_SCALE_QUESTION (question))
    {
      row.is_number = assay_scale_answer_get_value (answer, &row.number);
      row.detail = assay_scale_answer_is_na (answer) ? "na" : NULL;
      row.comment = assay_scale_answer_get_comment (answer);
    }
  else if (ASSAY_IS_NUMBER_QUESTION (question))
    {
      row.is_number = assay_number_answer_get (answer, &row.number);
    }
  else if (ASSAY_IS_CHOICE_QUESTION (question))
    {
      row.text = assay_choice_answer_get_choice (answer);
      row.detail = assay_choice_answer_get_other (answer);
    }
  else if (ASSAY_IS_MULTI_QUESTION (question))
    {
      g_auto (GStrv) ids = assay_multi_answer_dup_ids (answer);

      row.text = owned = ids != NULL ? g_strjoinv (";", ids) : NULL;
      row.detail = assay_multi_answer_get_other (answer);
    }
  else if (ASSAY_IS_TEXT_QUESTION (question))
    {
      row.text = assay_text_answer_get (answer);
    }
  else
    {
      /* A type of a newer version: its answer as it is. */
      row.text = owned = assay_json_to_string (answer);
    }
  add_row (context->sink, context->task, context->judgement, context->is_draft, &row);
}

void
assay_export_csv_write_head (AssayExportSink *sink)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_string_append_printf (sink->chunk, "%s%s", i > 0 ? "," : "", columns[i]);
  g_string_append (sink->chunk, "\r\n");
}

void
assay_export_csv_write (AssayExportSink *sink,
                        AssayTask *task,
                        AssayJudgement *judgement,
                        gboolean is_draft)
{
  AssayForm *form = assay_task_get_form (task);
  Context context = { sink, task, judgement, is_draft };
  gboolean answered = assay_judgement_get_outcome (judgement) == ASSAY_OUTCOME_ANSWERED;
  const char *note = assay_judgement_get_outcome_note (judgement);
  g_autofree char *stored = assay_judgement_dup_stored_rationale (judgement);
  g_autofree char *rationale = assay_presentation_tokens_written (task, stored, "Response %d");
  guint64 before = sink->n_rows;

  for (guint i = 0; answered && i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);
      g_autoptr (GPtrArray) places = assay_task_list_places (task, question);

      for (guint j = 0; j < places->len; j++)
        add_answer (&context, question, places->pdata[j]);
    }
  if (answered && rationale[0] != '\0')
    {
      Row row = { .question = "rationale",
                  .label = assay_form_get_rationale_label (form),
                  .text = rationale };

      add_row (sink, task, judgement, is_draft, &row);
    }
  if (answered && assay_judgement_get_confidence (judgement) > 0)
    {
      Row row = { .question = "confidence",
                  .is_number = TRUE,
                  .number = assay_judgement_get_confidence (judgement) };

      add_row (sink, task, judgement, is_draft, &row);
    }
  if (answered && assay_judgement_get_salvage (judgement) != NULL)
    {
      Row row = { .question = "salvage", .text = assay_judgement_get_salvage (judgement) };

      add_row (sink, task, judgement, is_draft, &row);
    }
  /* A judgement that could not be made is a line too. */
  if (sink->n_rows == before)
    {
      Row row = { .comment = note };

      add_row (sink, task, judgement, is_draft, &row);
    }
}
