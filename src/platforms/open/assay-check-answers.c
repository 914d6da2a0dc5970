/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-check-answers.h"

#include <math.h>

#include "assay-answer-places.h"
#include "assay-json-read.h"
#include "assay-marking-question.h"
#include "assay-questions.h"

#define COMMENT "Written by a check of the platform, not by a person."
/* Answers bring questions that depend on them, at most one after the other. */
#define MAX_ROUNDS 20

/* At least @min_chars and @min_words long, at most @max_chars (0: no limit). */
static char *
make_text (guint min_chars, guint max_chars, guint min_words)
{
  g_autoptr (GString) text = g_string_new ("Checked.");

  for (guint i = 0; text->len < min_chars || i < min_words; i++)
    g_string_append (text, " again");
  if (max_chars > 0 && text->len > max_chars)
    g_string_truncate (text, max_chars);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static JsonNode *
answer_choice (AssayChoiceQuestion *question)
{
  if (assay_choice_question_get_n_options (question) > 0)
    return assay_choice_answer_new (assay_choice_question_get_option (question, 0)->id, NULL);
  return assay_choice_answer_new (NULL, COMMENT);
}

/* As few as are allowed, without the ones that stand alone unless one is enough. */
static JsonNode *
answer_multi (AssayMultiQuestion *question)
{
  guint wanted = MAX (1, assay_multi_question_get_min (question));
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;

  for (guint i = 0; i < assay_multi_question_get_n_options (question) && wanted > 0; i++)
    {
      const AssayOption *option = assay_multi_question_get_option (question, i);

      if (option->exclusive)
        continue;
      g_strv_builder_add (builder, option->id);
      wanted--;
    }
  ids = g_strv_builder_end (builder);
  return assay_multi_answer_new ((const char *const *) ids,
                                 wanted > 0 && assay_multi_question_get_other (question) ? COMMENT
                                                                                         : NULL);
}

static JsonNode *
answer_scale (AssayScaleQuestion *question)
{
  guint last = assay_scale_question_get_n_points (question) - 1;
  g_autoptr (JsonNode) score =
      assay_scale_answer_new (assay_scale_question_get_point (question, last));

  if (assay_scale_question_get_comment_rule (question, NULL) == ASSAY_COMMENT_OFF)
    return g_steal_pointer (&score);
  return assay_scale_answer_with_comment (score, COMMENT);
}

static JsonNode *
answer_number (AssayNumberQuestion *question)
{
  double value = 1;
  double bound;

  if (assay_number_question_get_min (question, &bound))
    value = assay_number_question_get_integer (question) ? ceil (bound) : bound;
  else if (assay_number_question_get_max (question, &bound))
    value = MIN (0, assay_number_question_get_integer (question) ? floor (bound) : bound);
  else
    value = 0;
  return assay_number_answer_new (value);
}

static JsonNode *
answer_text (AssayTextQuestion *question)
{
  g_autofree char *text = make_text (assay_text_question_get_min_chars (question),
                                     assay_text_question_get_max_chars (question),
                                     assay_text_question_get_min_words (question));

  return assay_text_answer_new (text);
}

static JsonNode *
answer_pairwise (AssayPairwiseQuestion *question, AssayTask *task)
{
  g_autoptr (JsonNode) answer = NULL;

  if (assay_task_get_n_responses (task) == 0)
    return NULL;
  answer = assay_pairwise_answer_new (assay_document_get_key (assay_task_get_response (task, 0)), 1,
                                      ASSAY_BOTH_UNSET);
  if (assay_pairwise_question_get_comment_rule (question) == ASSAY_COMMENT_OFF)
    return g_steal_pointer (&answer);
  return assay_pairwise_answer_with_comment (answer, COMMENT);
}

static JsonNode *
answer_rank (AssayRankQuestion *question, AssayTask *task)
{
  guint n = assay_task_get_n_responses (task);
  g_autoptr (GPtrArray) order = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  JsonNode *answer;

  if (n < 2)
    return NULL;
  if (assay_rank_question_get_mode (question) == ASSAY_RANK_BEST_WORST)
    answer = assay_rank_answer_new_best_worst (
        assay_document_get_key (assay_task_get_response (task, 0)),
        assay_document_get_key (assay_task_get_response (task, n - 1)));
  else
    {
      if (assay_rank_question_get_mode (question) == ASSAY_RANK_TOP_K)
        n = MIN (n, (guint) assay_rank_question_get_k (question));
      for (guint i = 0; i < n; i++)
        {
          const char *const place[] = { assay_document_get_key (assay_task_get_response (task, i)),
                                        NULL };

          g_ptr_array_add (order, g_strdupv ((char **) place));
        }
      answer = assay_rank_answer_new (order);
    }
  for (guint i = 0; i < assay_task_get_n_responses (task); i++)
    {
      const char *response = assay_document_get_key (assay_task_get_response (task, i));
      const char *const *buckets = assay_rank_question_get_bucket_ids (question);
      JsonNode *more = NULL;

      if (assay_rank_question_get_ask_quality (question))
        more = assay_rank_answer_with_quality (answer, response, TRUE);
      if (more != NULL)
        {
          json_node_unref (answer);
          answer = more;
        }
      if (buckets != NULL && buckets[0] != NULL)
        {
          more = assay_rank_answer_with_bucket (answer, response, buckets[0]);
          json_node_unref (answer);
          answer = more;
        }
    }
  return answer;
}

static JsonNode *
answer_checklist (AssayChecklistQuestion *question)
{
  JsonNode *answer = NULL;

  for (guint i = 0; i < assay_checklist_question_get_n_items (question); i++)
    {
      const char *item = assay_checklist_question_get_item (question, i)->id;
      JsonNode *more = assay_checklist_answer_with (answer, item, ASSAY_MET_YES);

      g_clear_pointer (&answer, json_node_unref);
      answer = more;
      if (!assay_checklist_question_needs_comment (question, ASSAY_MET_YES))
        continue;
      more = assay_checklist_answer_with_comment (answer, item, COMMENT);
      json_node_unref (answer);
      answer = more;
    }
  return answer;
}

/* On the first character of the first text that has one; that nothing was found where none has. */
static JsonNode *
answer_spans (AssaySpansQuestion *question, AssayTask *task, const char *response)
{
  for (guint i = 0; i < assay_task_get_n_documents (task); i++)
    {
      AssayDocument *document = assay_task_get_document (task, i);
      g_autoptr (AssaySpan) span = NULL;
      g_autoptr (JsonNode) marked = NULL;
      g_autoptr (JsonNode) typed = NULL;
      g_autoptr (JsonNode) graded = NULL;
      g_auto (GStrv) path = NULL;

      if (!assay_spans_question_allows_document (question, response, document)
          || *assay_document_get_text (document) == '\0')
        continue;
      for (guint t = 0; t < assay_spans_question_get_n_types (question) && path == NULL; t++)
        {
          const AssaySpanType *type = assay_spans_question_get_type_at (question, t);

          if (!type->has_children && !type->is_positive)
            path = assay_span_type_dup_path (type);
        }
      span = assay_span_new (assay_document_get_id (document), assay_document_get_text (document),
                             0, 1);
      marked = assay_spans_answer_add (NULL, span, NULL);
      typed = assay_spans_answer_with_type (marked, "e1", (const char *const *) path);
      graded = assay_spans_question_get_n_severities (question) == 0
                   ? json_node_ref (typed)
                   : assay_spans_answer_with_severity (
                         typed, "e1", assay_spans_question_get_severity (question, 0)->id);
      if (path == NULL)
        break;
      if (assay_spans_question_get_comment_rule (question) == ASSAY_COMMENT_OFF)
        return g_steal_pointer (&graded);
      return assay_spans_answer_with_comment (graded, "e1", COMMENT);
    }
  return assay_spans_answer_with_none_found (NULL, TRUE);
}

/* The first character of the first response, which nobody could check. */
static JsonNode *
answer_claims (AssayClaimsQuestion *question, AssayTask *task, const char *response)
{
  AssayMarkingQuestion *marking = ASSAY_MARKING_QUESTION (question);

  for (guint i = 0; i < assay_task_get_n_documents (task); i++)
    {
      AssayDocument *document = assay_task_get_document (task, i);
      const AssayVerdict *verdict = NULL;
      g_autoptr (AssaySpan) span = NULL;
      g_autoptr (JsonNode) claimed = NULL;
      g_autoptr (JsonNode) judged = NULL;

      if (!assay_marking_question_allows_document (marking, response, document)
          || *assay_document_get_text (document) == '\0')
        continue;
      for (guint v = 0; v < assay_claims_question_get_n_verdicts (question) && verdict == NULL; v++)
        if (!assay_claims_question_needs_evidence (
                question, assay_claims_question_get_verdict (question, v)->id))
          verdict = assay_claims_question_get_verdict (question, v);
      if (verdict == NULL)
        break;
      span = assay_span_new (assay_document_get_id (document), assay_document_get_text (document),
                             0, 1);
      claimed = assay_claims_answer_add (NULL, span, COMMENT, NULL);
      judged = assay_claims_answer_with (claimed, "c1", "verdict", verdict->id);
      return assay_claims_answer_with (judged, "c1", "citation_ok",
                                       assay_claims_question_get_ask_citations (question)
                                           ? assay_citation_get (0)
                                           : NULL);
    }
  return assay_claims_answer_with_none_found (NULL, TRUE);
}

/* The original with a sentence more, told as the first category; or that sentence alone. */
static JsonNode *
answer_rewrite (AssayRewriteQuestion *question, AssayTask *task, const char *response)
{
  AssayDocument *original = assay_rewrite_question_get_original (question, task, response);
  const char *before = original != NULL ? assay_document_get_text (original) : "";
  const char *const *modes = assay_rewrite_question_get_answer_modes (question);
  g_autofree char *text = g_strconcat (before, *before != '\0' ? "\n\n" : "", COMMENT, NULL);
  g_autoptr (JsonNode) written = assay_rewrite_answer_with_text (NULL, text);
  g_autoptr (JsonNode) sourced = assay_rewrite_answer_with_source_lines (written, COMMENT, 0);
  g_autoptr (JsonNode) told = assay_rewrite_answer_with_mode (sourced, modes[0]);
  g_autoptr (GPtrArray) changes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) assay_rewrite_change_free);
  AssayRewriteChange *change;

  for (guint i = 0; i < assay_rewrite_question_get_n_self_checks (question); i++)
    {
      JsonNode *ticked = assay_rewrite_answer_with_self_check (
          told, assay_rewrite_question_get_self_check_id (question, i), TRUE);

      json_node_unref (told);
      told = ticked;
    }
  if (original == NULL)
    return g_steal_pointer (&told);
  change = g_new0 (AssayRewriteChange, 1);
  change->id = g_strdup ("c1");
  change->from_start = (guint) g_utf8_strlen (before, -1);
  change->from_end = change->from_start;
  change->to_start = change->from_start;
  change->to_end = (guint) g_utf8_strlen (text, -1);
  change->category = g_strdup (assay_rewrite_question_get_category_id (question, 0));
  g_ptr_array_add (changes, change);
  switch (assay_rewrite_question_get_change_log (question))
    {
    case ASSAY_CHANGE_LOG_PER_REGION:
      return assay_rewrite_answer_with_changes (told, changes);
    case ASSAY_CHANGE_LOG_SUMMARY:
      return assay_rewrite_answer_with_issue_fixed (told, change->category, TRUE);
    case ASSAY_CHANGE_LOG_OFF:
    default:
      return g_steal_pointer (&told);
    }
}

/* NULL for a type that is not known, or where there is nothing to choose from. (transfer full) */
static JsonNode *
make_answer (AssayQuestion *question, AssayTask *task, const char *response)
{
  if (ASSAY_IS_CHOICE_QUESTION (question))
    return answer_choice (ASSAY_CHOICE_QUESTION (question));
  if (ASSAY_IS_MULTI_QUESTION (question))
    return answer_multi (ASSAY_MULTI_QUESTION (question));
  if (ASSAY_IS_SCALE_QUESTION (question))
    return answer_scale (ASSAY_SCALE_QUESTION (question));
  if (ASSAY_IS_NUMBER_QUESTION (question))
    return answer_number (ASSAY_NUMBER_QUESTION (question));
  if (ASSAY_IS_TEXT_QUESTION (question))
    return answer_text (ASSAY_TEXT_QUESTION (question));
  if (ASSAY_IS_PAIRWISE_QUESTION (question))
    return answer_pairwise (ASSAY_PAIRWISE_QUESTION (question), task);
  if (ASSAY_IS_RANK_QUESTION (question))
    return answer_rank (ASSAY_RANK_QUESTION (question), task);
  if (ASSAY_IS_CHECKLIST_QUESTION (question))
    return answer_checklist (ASSAY_CHECKLIST_QUESTION (question));
  if (ASSAY_IS_REWRITE_QUESTION (question))
    return answer_rewrite (ASSAY_REWRITE_QUESTION (question), task, response);
  if (ASSAY_IS_SPANS_QUESTION (question))
    return answer_spans (ASSAY_SPANS_QUESTION (question), task, response);
  if (ASSAY_IS_CLAIMS_QUESTION (question))
    return answer_claims (ASSAY_CLAIMS_QUESTION (question), task, response);
  return NULL;
}

/* TRUE if anything was answered. */
static gboolean
answer_place (AssayJudgement *judgement, AssayQuestion *question, const char *response)
{
  const char *id = assay_question_get_id (question);
  g_autoptr (JsonNode) answer = NULL;

  if (!assay_judgement_question_applies (judgement, question, response)
      || assay_judgement_get_answer (judgement, id, response) != NULL)
    return FALSE;
  answer = make_answer (question, assay_judgement_get_task (judgement), response);
  if (answer == NULL)
    return FALSE;
  assay_judgement_set_answer (judgement, id, response, answer);
  return TRUE;
}

static gboolean
answer_all (AssayJudgement *judgement)
{
  AssayTask *task = assay_judgement_get_task (judgement);
  AssayForm *form = assay_task_get_form (task);
  gboolean any = FALSE;

  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);
      g_autoptr (GPtrArray) places = assay_task_list_places (task, question);

      for (guint j = 0; j < places->len; j++)
        any |= answer_place (judgement, question, places->pdata[j]);
    }
  return any;
}

char *
assay_check_fill_judgement (AssayJudgement *judgement, const char *rationale)
{
  AssayTask *task;
  AssayForm *form;
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GString) text = NULL;

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (judgement), NULL);
  g_return_val_if_fail (rationale != NULL, NULL);

  task = assay_judgement_get_task (judgement);
  form = assay_task_get_form (task);
  for (guint i = 0; i < MAX_ROUNDS && answer_all (judgement); i++)
    ;
  text = g_string_new (rationale);
  while (g_utf8_strlen (text->str, -1) < assay_form_get_rationale_min (form))
    g_string_append (text, " " COMMENT);
  assay_judgement_set_rationale (judgement, text->str);
  if (assay_form_get_ask_confidence (form))
    assay_judgement_set_confidence (judgement, 3);
  for (guint i = 0; i < assay_task_get_n_responses (task); i++)
    assay_judgement_set_read_to_end (judgement,
                                     assay_document_get_key (assay_task_get_response (task, i)));

  issues = assay_judgement_validate (judgement);
  if (issues->len > 0 && assay_issue_get_level (issues->pdata[0]) == ASSAY_ISSUE_ERROR)
    return g_strdup (assay_issue_get_message (issues->pdata[0]));
  return NULL;
}
