/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "assay-json.h"
#include "assay-practice.h"
#include "assay-questions.h"

/* Sums of decimal steps do not come out even. */
#define DISTANCE_EPSILON 1e-6

typedef struct
{
  AssayTask *task;
  AssayJudgement *own;
  AssayJudgement *gold;
  JsonObject *tolerances; /* (nullable) */
  GPtrArray *lines;
} Context;

static AssayGoldComparison *
add_line (Context *context, const char *label, char *own, char *gold)
{
  AssayGoldComparison *line = g_new0 (AssayGoldComparison, 1);

  line->label = g_strdup (label);
  line->own = own;
  line->gold = gold;
  line->comparable = TRUE;
  g_ptr_array_add (context->lines, line);
  return line;
}

static char *
make_label (Context *context, const char *label, const char *response)
{
  AssayPresentation *presentation = assay_judgement_get_presentation (context->own);

  /* With one response the letter says nothing. */
  if (response == NULL || assay_task_get_n_responses (context->task) < 2)
    return g_strdup (label);
  /* Translators: a criterion and the letter of the response that it is about. */
  return g_strdup_printf (C_ ("criterion of a response", "%s · %s"), label,
                          assay_presentation_get_letter (presentation, response));
}

/* Each function says how far apart two answers are, or FALSE where no number says it. */

static gboolean
compare_pairwise (AssayTask *task, JsonNode *own, JsonNode *gold, double *distance)
{
  AssayBoth own_both, gold_both;
  int a, b;

  if (!assay_pairwise_answer_get_signed (own, task, &a)
      || !assay_pairwise_answer_get_signed (gold, task, &b))
    return FALSE;
  /* Both good and both bad are as far apart as can be, although the strength is 0. */
  if (a == 0 && b == 0 && assay_pairwise_answer_get (own, NULL, NULL, &own_both)
      && assay_pairwise_answer_get (gold, NULL, NULL, &gold_both) && own_both != gold_both)
    return FALSE;
  *distance = ABS (a - b);
  return TRUE;
}

static gboolean
compare_scale (JsonNode *own, JsonNode *gold, double *distance)
{
  double a, b;

  if (!assay_scale_answer_get_value (own, &a) || !assay_scale_answer_get_value (gold, &b))
    return FALSE;
  *distance = fabs (a - b);
  return TRUE;
}

static gboolean
compare_number (JsonNode *own, JsonNode *gold, double *distance)
{
  double a, b;

  if (!assay_number_answer_get (own, &a) || !assay_number_answer_get (gold, &b))
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
compare_rank (AssayTask *task, JsonNode *own, JsonNode *gold, double *distance)
{
  guint n = assay_task_get_n_responses (task);
  guint differences = 0;

  if (assay_rank_answer_get_best (gold) != NULL || assay_rank_answer_get_worst (gold) != NULL)
    {
      *distance =
          (g_strcmp0 (assay_rank_answer_get_best (own), assay_rank_answer_get_best (gold)) != 0)
          + (g_strcmp0 (assay_rank_answer_get_worst (own), assay_rank_answer_get_worst (gold))
             != 0);
      return TRUE;
    }
  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n; j++)
      {
        const char *one = assay_document_get_key (assay_task_get_response (task, i));
        const char *two = assay_document_get_key (assay_task_get_response (task, j));
        int a = assay_rank_answer_get_rank (own, one) - assay_rank_answer_get_rank (own, two);
        int b = assay_rank_answer_get_rank (gold, one) - assay_rank_answer_get_rank (gold, two);

        if (get_sign (a) != get_sign (b))
          differences++;
      }
  *distance = differences;
  return TRUE;
}

static gboolean
compare_multi (JsonNode *own, JsonNode *gold, double *distance)
{
  g_auto (GStrv) a = assay_multi_answer_dup_ids (own);
  g_auto (GStrv) b = assay_multi_answer_dup_ids (gold);
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

          found = a->span != NULL && b->span != NULL
                  && g_str_equal (a->span->document, b->span->document)
                  && a->span->start < b->span->end && b->span->start < a->span->end
                  && g_strv_equal ((const char *const *) a->type_path,
                                   (const char *const *) b->type_path);
        }
      n += !found;
    }
  return n;
}

static gboolean
compare_spans (JsonNode *own, JsonNode *gold, double *distance)
{
  g_autoptr (GPtrArray) a = assay_spans_answer_list (own);
  g_autoptr (GPtrArray) b = assay_spans_answer_list (gold);

  *distance = count_unmatched (a, b) + count_unmatched (b, a);
  return TRUE;
}

static gboolean
compare_by_type (AssayTask *task,
                 AssayQuestion *question,
                 JsonNode *own,
                 JsonNode *gold,
                 double *distance)
{
  if (ASSAY_IS_PAIRWISE_QUESTION (question))
    return compare_pairwise (task, own, gold, distance);
  if (ASSAY_IS_SCALE_QUESTION (question))
    return compare_scale (own, gold, distance);
  if (ASSAY_IS_NUMBER_QUESTION (question))
    return compare_number (own, gold, distance);
  if (ASSAY_IS_RANK_QUESTION (question))
    return compare_rank (task, own, gold, distance);
  if (ASSAY_IS_MULTI_QUESTION (question))
    return compare_multi (own, gold, distance);
  if (ASSAY_IS_SPANS_QUESTION (question))
    return compare_spans (own, gold, distance);
  return FALSE;
}

static gboolean
is_same_value (AssayQuestion *question, JsonNode *own, JsonNode *gold)
{
  g_autoptr (JsonNode) a = NULL;
  g_autoptr (JsonNode) b = NULL;

  if (own == NULL || gold == NULL)
    return own == gold;
  a = assay_question_short_value (question, own);
  b = assay_question_short_value (question, gold);
  return a != NULL && b != NULL && assay_json_equal (a, b);
}

static void
add_question (Context *context, AssayQuestion *question, const char *response)
{
  const char *id = assay_question_get_id (question);
  JsonNode *own = assay_judgement_get_answer (context->own, id, response);
  JsonNode *gold = assay_judgement_get_answer (context->gold, id, response);
  AssayPresentation *presentation = assay_judgement_get_presentation (context->own);
  g_autofree char *label = NULL;
  AssayGoldComparison *line;

  if (own == NULL && gold == NULL)
    return;
  label = make_label (context, assay_question_get_label (question), response);
  line = add_line (context, label, assay_question_describe_answer (question, presentation, own),
                   assay_question_describe_answer (question, presentation, gold));
  if (own != NULL && gold != NULL
      && compare_by_type (context->task, question, own, gold, &line->distance))
    {
      double tolerance =
          context->tolerances != NULL ? assay_json_get_double (context->tolerances, id, 0) : 0;

      line->agrees = line->distance <= tolerance + DISTANCE_EPSILON;
    }
  else
    {
      line->agrees = is_same_value (question, own, gold);
    }
  line->comparable = !ASSAY_IS_TEXT_QUESTION (question);
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
  JsonNode *gold = assay_judgement_get_answer (context->gold, id, response);

  for (guint i = 0; i < assay_checklist_question_get_n_items (checklist); i++)
    {
      const AssayChecklistItem *item = assay_checklist_question_get_item (checklist, i);
      AssayMet a = assay_checklist_answer_get (own, item->id);
      AssayMet b = assay_checklist_answer_get (gold, item->id);
      g_autofree char *label = NULL;

      if (a == ASSAY_MET_UNSET && b == ASSAY_MET_UNSET)
        continue;
      label = make_label (context, item->text, response);
      add_line (context, label, describe_met (checklist, i, a), describe_met (checklist, i, b))
          ->agrees = a == b;
    }
}

static void
add_outcome (Context *context)
{
  AssayOutcome own = assay_judgement_get_outcome (context->own);
  AssayOutcome gold = assay_judgement_get_outcome (context->gold);

  if (own == ASSAY_OUTCOME_ANSWERED && gold == ASSAY_OUTCOME_ANSWERED)
    return;
  add_line (context, _ ("Outcome"), g_strdup (assay_outcome_get_title (own)),
            g_strdup (assay_outcome_get_title (gold)))
      ->agrees = own == gold;
  if (own == gold)
    {
      const char *own_reason = assay_judgement_get_outcome_reason (context->own);
      const char *gold_reason = assay_judgement_get_outcome_reason (context->gold);

      if (own_reason != NULL && gold_reason != NULL)
        add_line (context, _ ("Reason"),
                  g_strdup (assay_outcome_get_reason_title (own, own_reason)),
                  g_strdup (assay_outcome_get_reason_title (gold, gold_reason)))
            ->agrees = g_str_equal (own_reason, gold_reason);
    }
}

static void
add_questions (Context *context)
{
  AssayForm *form = assay_task_get_form (context->task);
  AssayPresentation *presentation = assay_judgement_get_presentation (context->own);

  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);
      gboolean each = assay_question_get_scope (question) == ASSAY_SCOPE_EACH_RESPONSE;
      guint n = each ? assay_presentation_get_n (presentation) : 1;

      for (guint place = 0; place < n; place++)
        {
          const char *response =
              each ? assay_presentation_get_response (presentation, place) : NULL;

          if (ASSAY_IS_CHECKLIST_QUESTION (question))
            add_checklist (context, question, response);
          else
            add_question (context, question, response);
        }
    }
}

void
assay_gold_comparison_free (AssayGoldComparison *self)
{
  g_free (self->label);
  g_free (self->own);
  g_free (self->gold);
  g_free (self);
}

AssayJudgement *
assay_gold_create_judgement (AssayTask *task, AssayJudgement *judgement)
{
  JsonObject *gold;
  JsonObject *object;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GList) members = NULL;
  g_autoptr (GError) error = NULL;
  AssayJudgement *result;

  g_return_val_if_fail (ASSAY_IS_TASK (task), NULL);

  gold = assay_task_get_gold (task);
  if (gold == NULL)
    return NULL;

  node = json_node_new (JSON_NODE_OBJECT);
  object = json_object_new ();
  json_node_take_object (node, object);
  json_object_set_string_member (object, "id", "gold");
  members = json_object_get_members (gold);
  for (GList *l = members; l != NULL; l = l->next)
    if (!g_str_equal (l->data, "explanation") && !g_str_equal (l->data, "tolerance"))
      json_object_set_member (object, l->data,
                              json_node_ref (json_object_get_member (gold, l->data)));
  if (judgement != NULL)
    json_object_set_member (object, "presentation",
                            assay_presentation_to_json (
                                assay_judgement_get_presentation (judgement)));

  result = assay_judgement_new_from_json (task, node, &error);
  if (result == NULL)
    g_message ("The gold of “%s” cannot be read: %s", assay_task_get_id (task), error->message);
  return result;
}

GPtrArray *
assay_gold_compare (AssayTask *task, AssayJudgement *judgement)
{
  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify) assay_gold_comparison_free);
  g_autoptr (AssayJudgement) gold = NULL;
  Context context = { .task = task, .own = judgement, .lines = lines };

  g_return_val_if_fail (ASSAY_IS_TASK (task), NULL);
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (judgement), NULL);

  gold = assay_gold_create_judgement (task, judgement);
  if (gold == NULL)
    return NULL;
  context.gold = gold;
  context.tolerances = assay_json_get_object (assay_task_get_gold (task), "tolerance");

  add_outcome (&context);
  if (assay_judgement_get_outcome (gold) == ASSAY_OUTCOME_ANSWERED)
    add_questions (&context);
  return g_steal_pointer (&lines);
}

const char *
assay_gold_get_explanation (AssayTask *task)
{
  JsonObject *gold;

  g_return_val_if_fail (ASSAY_IS_TASK (task), NULL);

  gold = assay_task_get_gold (task);
  return gold != NULL ? assay_json_get_string (gold, "explanation") : NULL;
}

const char *
assay_gold_get_rationale (AssayTask *task)
{
  JsonObject *gold;

  g_return_val_if_fail (ASSAY_IS_TASK (task), NULL);

  gold = assay_task_get_gold (task);
  return gold != NULL ? assay_json_get_string (gold, "rationale") : NULL;
}
