/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "assay-answer-comparison.h"

#include "assay-answer-places.h"
#include "assay-json-read.h"
#include "assay-json.h"
#include "assay-questions.h"

/* Sums of decimal steps do not come out even. */
#define DISTANCE_EPSILON 1e-6

typedef struct
{
  AssayTask *task;
  AssayJudgement *own;
  AssayJudgement *other;
  JsonObject *tolerances; /* (nullable) */
  GPtrArray *lines;
} Context;

static AssayAnswerComparison *
add_line (Context *context, const char *label, char *own, char *other)
{
  AssayAnswerComparison *line = g_new0 (AssayAnswerComparison, 1);

  line->label = g_strdup (label);
  line->own = own;
  line->other = other;
  line->comparable = TRUE;
  g_ptr_array_add (context->lines, line);
  return line;
}

static char *
make_label (Context *context, AssayQuestion *question, const char *label, const char *place)
{
  g_autoptr (GPtrArray) places = assay_task_list_places (context->task, question);
  g_autofree char *mark = assay_judgement_dup_place_mark (context->own, question, place);

  /* With one response the letter says nothing. */
  if (mark == NULL || places->len < 2)
    return g_strdup (label);
  /* Translators: a criterion and the letter of the response that it is about, or the number of the
   * source. */
  return g_strdup_printf (C_ ("criterion of a response", "%s · %s"), label, mark);
}

/* Each function says how far apart two answers are, or FALSE where no number says it. */

static gboolean
compare_pairwise (AssayTask *task, JsonNode *own, JsonNode *other, double *distance)
{
  AssayBoth own_both, other_both;
  int a, b;

  if (!assay_pairwise_answer_get_signed (own, task, &a)
      || !assay_pairwise_answer_get_signed (other, task, &b))
    return FALSE;
  /* Both good and both bad are as far apart as can be, although the strength is 0. */
  if (a == 0 && b == 0 && assay_pairwise_answer_get (own, NULL, NULL, &own_both)
      && assay_pairwise_answer_get (other, NULL, NULL, &other_both) && own_both != other_both)
    return FALSE;
  *distance = ABS (a - b);
  return TRUE;
}

static gboolean
compare_scale (JsonNode *own, JsonNode *other, double *distance)
{
  double a, b;

  if (!assay_scale_answer_get_value (own, &a) || !assay_scale_answer_get_value (other, &b))
    return FALSE;
  *distance = fabs (a - b);
  return TRUE;
}

static gboolean
compare_number (JsonNode *own, JsonNode *other, double *distance)
{
  double a, b;

  if (!assay_number_answer_get (own, &a) || !assay_number_answer_get (other, &b))
    return FALSE;
  *distance = fabs (a - b);
  return TRUE;
}

static int
get_sign (int value)
{
  return (value > 0) - (value < 0);
}

/* The number of pairs that stand in another order; for best and worst, how many of the two differ.
 */
static gboolean
compare_rank (AssayTask *task, JsonNode *own, JsonNode *other, double *distance)
{
  guint n = assay_task_get_n_responses (task);
  guint differences = 0;

  if (assay_rank_answer_get_best (other) != NULL || assay_rank_answer_get_worst (other) != NULL)
    {
      *distance =
          (g_strcmp0 (assay_rank_answer_get_best (own), assay_rank_answer_get_best (other)) != 0)
          + (g_strcmp0 (assay_rank_answer_get_worst (own), assay_rank_answer_get_worst (other))
             != 0);
      return TRUE;
    }
  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n; j++)
      {
        const char *one = assay_document_get_key (assay_task_get_response (task, i));
        const char *two = assay_document_get_key (assay_task_get_response (task, j));
        int a = assay_rank_answer_get_rank (own, one) - assay_rank_answer_get_rank (own, two);
        int b = assay_rank_answer_get_rank (other, one) - assay_rank_answer_get_rank (other, two);

        if (get_sign (a) != get_sign (b))
          differences++;
      }
  *distance = differences;
  return TRUE;
}

static gboolean
compare_multi (JsonNode *own, JsonNode *other, double *distance)
{
  g_auto (GStrv) a = assay_multi_answer_dup_ids (own);
  g_auto (GStrv) b = assay_multi_answer_dup_ids (other);
  guint differences = 0;

  if (a == NULL || b == NULL)
    return FALSE;
  for (guint i = 0; a[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) b, a[i]))
      differences++;
  for (guint i = 0; b[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) a, b[i]))
      differences++;
  *distance = differences;
  return TRUE;
}

static gboolean
meet (const AssaySpan *a, const AssaySpan *b)
{
  return a != NULL && b != NULL && g_str_equal (a->document, b->document) && a->start < b->end
         && b->start < a->end;
}

/* How many marks of @one no mark of @other of the same type meets. */
static guint
count_unmatched (GPtrArray *one, GPtrArray *other)
{
  guint n = 0;

  for (guint i = 0; i < one->len; i++)
    {
      const AssaySpanMark *a = one->pdata[i];
      gboolean found = FALSE;

      for (guint j = 0; j < other->len && !found; j++)
        {
          const AssaySpanMark *b = other->pdata[j];

          found = meet (a->span, b->span)
                  && g_strv_equal ((const char *const *) a->type_path,
                                   (const char *const *) b->type_path);
        }
      n += !found;
    }
  return n;
}

static gboolean
compare_spans (JsonNode *own, JsonNode *other, double *distance)
{
  g_autoptr (GPtrArray) a = assay_spans_answer_list (own);
  g_autoptr (GPtrArray) b = assay_spans_answer_list (other);

  *distance = count_unmatched (a, b) + count_unmatched (b, a);
  return TRUE;
}

/* How many claims of @one have no claim of @other with the same verdict in the same place. */
static guint
count_unmatched_claims (GPtrArray *one, GPtrArray *other)
{
  guint n = 0;

  for (guint i = 0; i < one->len; i++)
    {
      const AssayClaim *a = one->pdata[i];
      gboolean found = FALSE;

      for (guint j = 0; j < other->len && !found; j++)
        {
          const AssayClaim *b = other->pdata[j];

          found = meet (a->span, b->span) && g_strcmp0 (a->verdict, b->verdict) == 0;
        }
      n += !found;
    }
  return n;
}

static gboolean
compare_claims (JsonNode *own, JsonNode *other, double *distance)
{
  g_autoptr (GPtrArray) a = assay_claims_answer_list (own);
  g_autoptr (GPtrArray) b = assay_claims_answer_list (other);

  *distance = count_unmatched_claims (a, b) + count_unmatched_claims (b, a);
  return TRUE;
}

static gboolean
compare_by_type (AssayTask *task,
                 AssayQuestion *question,
                 JsonNode *own,
                 JsonNode *other,
                 double *distance)
{
  if (ASSAY_IS_PAIRWISE_QUESTION (question))
    return compare_pairwise (task, own, other, distance);
  if (ASSAY_IS_SCALE_QUESTION (question))
    return compare_scale (own, other, distance);
  if (ASSAY_IS_NUMBER_QUESTION (question))
    return compare_number (own, other, distance);
  if (ASSAY_IS_RANK_QUESTION (question))
    return compare_rank (task, own, other, distance);
  if (ASSAY_IS_MULTI_QUESTION (question))
    return compare_multi (own, other, distance);
  if (ASSAY_IS_SPANS_QUESTION (question))
    return compare_spans (own, other, distance);
  if (ASSAY_IS_CLAIMS_QUESTION (question))
    return compare_claims (own, other, distance);
  return FALSE;
}

static gboolean
is_same_value (AssayQuestion *question, JsonNode *own, JsonNode *other)
{
  g_autoptr (JsonNode) a = NULL;
  g_autoptr (JsonNode) b = NULL;

  if (own == NULL || other == NULL)
    return own == other;
  a = assay_question_short_value (question, own);
  b = assay_question_short_value (question, other);
  return a != NULL && b != NULL && assay_json_equal (a, b);
}

static void
add_question (Context *context, AssayQuestion *question, const char *response)
{
  const char *id = assay_question_get_id (question);
  JsonNode *own = assay_judgement_get_answer (context->own, id, response);
  JsonNode *other = assay_judgement_get_answer (context->other, id, response);
  AssayPresentation *presentation = assay_judgement_get_presentation (context->own);
  g_autofree char *label = NULL;
  AssayAnswerComparison *line;

  if (own == NULL && other == NULL)
    return;
  label = make_label (context, question, assay_question_get_label (question), response);
  line = add_line (context, label, assay_question_describe_answer (question, presentation, own),
                   assay_question_describe_answer (question, presentation, other));
  if (own != NULL && other != NULL
      && compare_by_type (context->task, question, own, other, &line->distance))
    {
      double tolerance =
          context->tolerances != NULL ? assay_json_get_double (context->tolerances, id, 0) : 0;

      line->agrees = line->distance <= tolerance + DISTANCE_EPSILON;
    }
  else
    {
      line->agrees = is_same_value (question, own, other);
    }
  line->comparable = !ASSAY_IS_TEXT_QUESTION (question) && !ASSAY_IS_REWRITE_QUESTION (question);
}

static char *
describe_met (AssayChecklistQuestion *checklist, guint item, AssayMet met)
{
  return g_strdup (
      met != ASSAY_MET_UNSET ? assay_checklist_question_get_label (checklist, item, met) : "—");
}

static void
add_checklist (Context *context, AssayQuestion *question, const char *response)
{
  AssayChecklistQuestion *checklist = ASSAY_CHECKLIST_QUESTION (question);
  const char *id = assay_question_get_id (question);
  JsonNode *own = assay_judgement_get_answer (context->own, id, response);
  JsonNode *other = assay_judgement_get_answer (context->other, id, response);

  for (guint i = 0; i < assay_checklist_question_get_n_items (checklist); i++)
    {
      const AssayChecklistItem *item = assay_checklist_question_get_item (checklist, i);
      AssayMet a = assay_checklist_answer_get (own, item->id);
      AssayMet b = assay_checklist_answer_get (other, item->id);
      g_autofree char *label = NULL;

      if (a == ASSAY_MET_UNSET && b == ASSAY_MET_UNSET)
        continue;
      label = make_label (context, question, item->text, response);
      add_line (context, label, describe_met (checklist, i, a), describe_met (checklist, i, b))
          ->agrees = a == b;
    }
}

static void
add_outcome (Context *context)
{
  AssayOutcome own = assay_judgement_get_outcome (context->own);
  AssayOutcome other = assay_judgement_get_outcome (context->other);

  if (own == ASSAY_OUTCOME_ANSWERED && other == ASSAY_OUTCOME_ANSWERED)
    return;
  add_line (context, _ ("Outcome"), g_strdup (assay_outcome_get_title (own)),
            g_strdup (assay_outcome_get_title (other)))
      ->agrees = own == other;
  if (own == other)
    {
      const char *own_reason = assay_judgement_get_outcome_reason (context->own);
      const char *other_reason = assay_judgement_get_outcome_reason (context->other);

      if (own_reason != NULL && other_reason != NULL)
        add_line (context, _ ("Reason"),
                  g_strdup (assay_outcome_get_reason_title (own, own_reason)),
                  g_strdup (assay_outcome_get_reason_title (other, other_reason)))
            ->agrees = g_str_equal (own_reason, other_reason);
    }
}

static void
add_questions (Context *context)
{
  AssayForm *form = assay_task_get_form (context->task);

  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);
      g_autoptr (GPtrArray) places = assay_judgement_list_places (context->own, question);

      for (guint j = 0; j < places->len; j++)
        if (ASSAY_IS_CHECKLIST_QUESTION (question))
          add_checklist (context, question, places->pdata[j]);
        else
          add_question (context, question, places->pdata[j]);
    }
}

void
assay_answer_comparison_free (AssayAnswerComparison *self)
{
  g_free (self->label);
  g_free (self->own);
  g_free (self->other);
  g_free (self);
}

GPtrArray *
assay_judgement_compare (AssayJudgement *self, AssayJudgement *other, JsonObject *tolerances)
{
  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify) assay_answer_comparison_free);
  Context context = { .own = self, .other = other, .tolerances = tolerances, .lines = lines };

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), NULL);
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (other), NULL);

  context.task = assay_judgement_get_task (self);
  add_outcome (&context);
  if (assay_judgement_get_outcome (other) == ASSAY_OUTCOME_ANSWERED)
    add_questions (&context);
  return g_steal_pointer (&lines);
}
