/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <math.h>

#include "assay-export-preference.h"
#include "assay-export-prompt.h"
#include "assay-export-rewrite.h"
#include "assay-json.h"
#include "assay-questions.h"

/* Shares that differ by less are the same: they come from sums of fractions. */
#define SHARE_EPSILON 1e-9

/* Scores the response of @task at @index within 0…1; FALSE if it has none. */
typedef gboolean (*ScoreFunc) (AssayTask *task,
                               AssayJudgement *judgement,
                               guint index,
                               double *share);

/* The questions of a type that apply and that are about the task as a whole, or about each
 * response. */
static GPtrArray *
list_questions (AssayTask *task, AssayJudgement *judgement, GType type, AssayScope scope)
{
  AssayForm *form = assay_task_get_form (task);
  GPtrArray *questions = g_ptr_array_new ();

  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);

      if (g_type_is_a (G_OBJECT_TYPE (question), type)
          && assay_question_get_scope (question) == scope
          && (scope != ASSAY_SCOPE_TASK
              || assay_judgement_question_applies (judgement, question, NULL)))
        g_ptr_array_add (questions, question);
    }
  return questions;
}

static void
use_questions (AssayExportSink *sink, GPtrArray *questions)
{
  for (guint i = 0; i < questions->len; i++)
    assay_export_sink_use (sink, questions->pdata[i]);
}

/* @strength: (nullable) */
static void
add_pair (GArray *pairs,
          AssayTask *task,
          guint chosen,
          guint rejected,
          const int *strength,
          const char *dimension)
{
  AssayExportPair pair = {
    .chosen = assay_task_get_response (task, chosen),
    .rejected = assay_task_get_response (task, rejected),
    .is_graded = strength != NULL,
    .strength = strength != NULL ? *strength : 0,
    .dimension = dimension,
  };

  g_array_append_val (pairs, pair);
}

static void
add_tie (AssayExportSink *sink,
         GArray *pairs,
         AssayTask *task,
         guint a,
         guint b,
         const int *strength,
         const char *dimension)
{
  if (!sink->options.ties_both_orders)
    {
      assay_export_sink_drop (sink, ASSAY_DROP_TIE);
      return;
    }
  add_pair (pairs, task, a, b, strength, dimension);
  add_pair (pairs, task, b, a, strength, dimension);
}

static void
add_comparison (AssayExportSink *sink,
                GArray *pairs,
                AssayTask *task,
                AssayJudgement *judgement,
                AssayQuestion *question,
                const char *dimension)
{
  JsonNode *answer = assay_judgement_get_answer (judgement, assay_question_get_id (question), NULL);
  int strength = 0;
  AssayBoth both = ASSAY_BOTH_UNSET;

  if (assay_pairwise_answer_is_na (answer))
    {
      assay_export_sink_drop (sink, ASSAY_DROP_NOT_APPLICABLE);
      return;
    }
  if (assay_task_get_n_responses (task) != 2
      || !assay_pairwise_answer_get_signed (answer, task, &strength))
    {
      assay_export_sink_drop (sink, ASSAY_DROP_NO_PREFERENCE);
      return;
    }

  assay_export_sink_use (sink, question);
  if (strength == 0)
    {
      if (assay_pairwise_answer_get (answer, NULL, NULL, &both)
          && (both == ASSAY_BOTH_GOOD || both == ASSAY_BOTH_BAD) && sink->options.ties_both_orders)
        assay_export_sink_lose (sink, ASSAY_LOSS_BOTH);
      add_tie (sink, pairs, task, 0, 1, &strength, dimension);
    }
  else if (ABS (strength) < sink->options.min_abs_strength)
    {
      assay_export_sink_drop (sink, ASSAY_DROP_WEAK);
    }
  else
    {
      if (!sink->options.extra_columns && (sink->holds & ASSAY_HOLDS_STRENGTH) == 0)
        assay_export_sink_lose (sink, ASSAY_LOSS_STRENGTH);
      add_pair (pairs, task, strength < 0 ? 0 : 1, strength < 0 ? 1 : 0, &strength, dimension);
    }
}

/* How far down a response stands: 1 is best; one beyond the last for those that "top k" leaves out;
 * 0 if unknown. */
static int
get_place (AssayTask *task, JsonNode *answer, guint index)
{
  const char *id = assay_document_get_key (assay_task_get_response (task, index));
  const char *best = assay_rank_answer_get_best (answer);
  const char *worst = assay_rank_answer_get_worst (answer);
  int rank;

  if (best != NULL || worst != NULL)
    return g_strcmp0 (id, best) == 0 ? 1 : g_strcmp0 (id, worst) == 0 ? 3 : 2;
  rank = assay_rank_answer_get_rank (answer, id);
  return rank > 0 ? rank : G_MAXINT;
}

/* What two responses that share a place say of each other: a tie, or nothing where nobody compared
 * them. */
static gboolean
is_tie (JsonNode *answer, int place)
{
  if (assay_rank_answer_get_best (answer) != NULL || assay_rank_answer_get_worst (answer) != NULL)
    return FALSE;
  return place != G_MAXINT;
}

/* Whether the option on rankings wants the pair: places are competition ranks, so "adjacent" means
 * that nobody stands between. */
static gboolean
wants_rank_pair (AssayExportSink *sink, AssayTask *task, JsonNode *answer, int better, int worse)
{
  switch (sink->options.rank_pairs)
    {
    case ASSAY_RANK_PAIRS_BEST:
      return better == 1;
    case ASSAY_RANK_PAIRS_ADJACENT:
      for (guint i = 0; i < assay_task_get_n_responses (task); i++)
        {
          int place = get_place (task, answer, i);

          if (place > better && place < worse)
            return FALSE;
        }
      return TRUE;
    case ASSAY_RANK_PAIRS_ALL:
    default:
      return TRUE;
    }
}

static void
add_ranking (AssayExportSink *sink, GArray *pairs, AssayTask *task, JsonNode *answer)
{
  guint n = assay_task_get_n_responses (task);

  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n; j++)
      {
        int a = get_place (task, answer, i);
        int b = get_place (task, answer, j);

        if (a == b)
          {
            if (is_tie (answer, a))
              add_tie (sink, pairs, task, i, j, NULL, NULL);
          }
        else if (wants_rank_pair (sink, task, answer, MIN (a, b), MAX (a, b)))
          {
            add_pair (pairs, task, a < b ? i : j, a < b ? j : i, NULL, NULL);
          }
      }
}

/* The weighted mean over the criteria that have a better end, each brought to 0…1. Verbosity and
 * the like say more, not better. */
static gboolean
score_by_scales (AssayTask *task, AssayJudgement *judgement, guint index, double *share)
{
  g_autoptr (GPtrArray) scales =
      list_questions (task, judgement, ASSAY_TYPE_SCALE_QUESTION, ASSAY_SCOPE_EACH_RESPONSE);
  const char *response = assay_document_get_key (assay_task_get_response (task, index));
  double sum = 0, weights = 0;

  for (guint i = 0; i < scales->len; i++)
    {
      AssayScaleQuestion *scale = scales->pdata[i];
      double min = assay_scale_question_get_min (scale);
      double max = assay_scale_question_get_max (scale);
      double weight = assay_scale_question_get_weight (scale);
      double value;

      if (assay_scale_question_get_neutral (scale) || max <= min || weight <= 0
          || !assay_judgement_question_applies (judgement, scales->pdata[i], response)
          || !assay_scale_answer_get_value (
              assay_judgement_get_answer (judgement, assay_question_get_id (scales->pdata[i]),
                                          response),
              &value))
        continue;
      sum += weight * (value - min) / (max - min);
      weights += weight;
    }
  if (weights <= 0)
    return FALSE;
  *share = sum / weights;
  return TRUE;
}

static gboolean
score_by_points (AssayTask *task, AssayJudgement *judgement, guint index, double *share)
{
  g_autoptr (GPtrArray) lists =
      list_questions (task, judgement, ASSAY_TYPE_CHECKLIST_QUESTION, ASSAY_SCOPE_EACH_RESPONSE);
  const char *response = assay_document_get_key (assay_task_get_response (task, index));
  double sum = 0;
  guint n = 0;

  for (guint i = 0; i < lists->len; i++)
    {
      JsonNode *answer =
          assay_judgement_get_answer (judgement, assay_question_get_id (lists->pdata[i]), response);
      AssayChecklistScore score;

      if (answer == NULL
          || !assay_judgement_question_applies (judgement, lists->pdata[i], response))
        continue;
      score = assay_checklist_question_score (lists->pdata[i], answer);
      if (score.answered == 0)
        continue;
      sum += score.failed ? 0 : score.fraction;
      n++;
    }
  if (n == 0)
    return FALSE;
  *share = sum / n;
  return TRUE;
}

static gboolean
add_scored (AssayExportSink *sink,
            GArray *pairs,
            AssayTask *task,
            AssayJudgement *judgement,
            ScoreFunc score,
            AssayLoss change)
{
  guint n = assay_task_get_n_responses (task);
  guint n_scored = 0;

  for (guint i = 0; i < n; i++)
    {
      double a, b;

      if (!score (task, judgement, i, &a))
        continue;
      n_scored++;
      for (guint j = i + 1; j < n; j++)
        {
          if (!score (task, judgement, j, &b))
            continue;
          if (fabs (a - b) < SHARE_EPSILON)
            {
              add_tie (sink, pairs, task, i, j, NULL, NULL);
              continue;
            }
          add_pair (pairs, task, a > b ? i : j, a > b ? j : i, NULL, NULL);
          assay_export_sink_lose (sink, change);
        }
    }
  return n_scored > 1;
}

static void
add_label (GArray *labels, AssayTask *task, guint index, gboolean good)
{
  AssayExportLabel label = { .response = assay_task_get_response (task, index), .good = good };

  g_array_append_val (labels, label);
}

static void
label_comparison (AssayExportSink *sink,
                  GArray *labels,
                  AssayTask *task,
                  AssayJudgement *judgement,
                  AssayQuestion *question)
{
  JsonNode *answer = assay_judgement_get_answer (judgement, assay_question_get_id (question), NULL);
  int strength = 0;
  AssayBoth both = ASSAY_BOTH_UNSET;

  if (assay_pairwise_answer_is_na (answer))
    {
      assay_export_sink_drop (sink, ASSAY_DROP_NOT_APPLICABLE);
      return;
    }
  if (assay_task_get_n_responses (task) != 2
      || !assay_pairwise_answer_get_signed (answer, task, &strength))
    {
      assay_export_sink_drop (sink, ASSAY_DROP_NO_PREFERENCE);
      return;
    }

  assay_export_sink_use (sink, question);
  assay_pairwise_answer_get (answer, NULL, NULL, &both);
  if (strength == 0 && both != ASSAY_BOTH_GOOD && both != ASSAY_BOTH_BAD)
    {
      assay_export_sink_drop (sink, ASSAY_DROP_NO_LABEL);
      assay_export_sink_drop (sink, ASSAY_DROP_NO_LABEL);
      return;
    }
  if (strength != 0 && ABS (strength) < sink->options.min_abs_strength)
    {
      /* One for each row that there is not. */
      assay_export_sink_drop (sink, ASSAY_DROP_WEAK_LABEL);
      assay_export_sink_drop (sink, ASSAY_DROP_WEAK_LABEL);
      return;
    }
  if (strength != 0)
    assay_export_sink_lose (sink, ASSAY_LOSS_STRENGTH);
  add_label (labels, task, 0, strength < 0 || (strength == 0 && both == ASSAY_BOTH_GOOD));
  add_label (labels, task, 1, strength > 0 || (strength == 0 && both == ASSAY_BOTH_GOOD));
}

/* The person's own word on each response where it was asked for; else only the ends of the ranking
 * say something. */
static void
label_ranking (AssayExportSink *sink, GArray *labels, AssayTask *task, JsonNode *answer)
{
  JsonObject *quality = assay_json_get_object (assay_json_node_object (answer), "quality");
  guint n = assay_task_get_n_responses (task);
  int last = 0;

  for (guint i = 0; i < n; i++)
    last = MAX (last, get_place (task, answer, i));

  for (guint i = 0; i < n; i++)
    {
      const char *id = assay_document_get_key (assay_task_get_response (task, i));
      const char *word = quality != NULL ? assay_json_get_string (quality, id) : NULL;
      int place = get_place (task, answer, i);

      if (word != NULL)
        {
          add_label (labels, task, i, g_str_equal (word, "acceptable"));
        }
      else if (quality == NULL && last > 1 && last != G_MAXINT && (place == 1 || place == last))
        {
          add_label (labels, task, i, place == 1);
          assay_export_sink_lose (sink, ASSAY_CHANGE_EXTREMES);
        }
      else
        {
          assay_export_sink_drop (sink, ASSAY_DROP_NO_LABEL);
        }
    }
}

static gboolean
label_scored (AssayExportSink *sink,
              GArray *labels,
              AssayTask *task,
              AssayJudgement *judgement,
              ScoreFunc score)
{
  gboolean any = FALSE;

  for (guint i = 0; i < assay_task_get_n_responses (task); i++)
    {
      double share;

      if (!score (task, judgement, i, &share))
        continue;
      add_label (labels, task, i, share >= sink->options.good_share - SHARE_EPSILON);
      assay_export_sink_lose (sink, ASSAY_CHANGE_SHARE);
      any = TRUE;
    }
  return any;
}

/* Instructions have no partial credit: good is what follows all of them. */
static gboolean
label_constraints (AssayExportSink *sink,
                   GArray *labels,
                   AssayTask *task,
                   AssayJudgement *judgement)
{
  g_autoptr (GPtrArray) lists =
      list_questions (task, judgement, ASSAY_TYPE_CHECKLIST_QUESTION, ASSAY_SCOPE_EACH_RESPONSE);
  gboolean any = FALSE;

  for (guint r = 0; r < assay_task_get_n_responses (task); r++)
    {
      const char *response = assay_document_get_key (assay_task_get_response (task, r));
      guint n_followed = 0, n_broken = 0, n_unsure = 0;

      for (guint i = 0; i < lists->len; i++)
        {
          JsonNode *answer =
              assay_judgement_get_answer (judgement, assay_question_get_id (lists->pdata[i]),
                                          response);

          if (!assay_judgement_question_applies (judgement, lists->pdata[i], response))
            continue;
          for (guint k = 0; k < assay_checklist_question_get_n_items (lists->pdata[i]); k++)
            {
              const AssayChecklistItem *item =
                  assay_checklist_question_get_item (lists->pdata[i], k);
              AssayMet met = assay_checklist_answer_get (answer, item->id);

              if (met == ASSAY_MET_YES)
                n_followed++;
              else if (met == ASSAY_MET_NO || met == ASSAY_MET_PARTIAL)
                n_broken++;
              else if (met == ASSAY_MET_UNSURE || met == ASSAY_MET_UNSET)
                n_unsure++;
            }
        }
      if (n_followed + n_broken == 0)
        continue;
      any = TRUE;
      if (n_broken == 0 && n_unsure > 0)
        assay_export_sink_drop (sink, ASSAY_DROP_NO_LABEL);
      else
        add_label (labels, task, r, n_broken == 0);
    }
  return any;
}

static gboolean
is_constraints (AssayTask *task)
{
  return g_strcmp0 (assay_task_get_kind (task), "constraints.check") == 0;
}

AssayQuestion *
assay_export_find_overall (AssayTask *task, AssayJudgement *judgement)
{
  g_autoptr (GPtrArray) comparisons =
      list_questions (task, judgement, ASSAY_TYPE_PAIRWISE_QUESTION, ASSAY_SCOPE_TASK);

  if (comparisons->len == 1)
    return comparisons->pdata[0];
  for (guint i = 0; i < comparisons->len; i++)
    {
      const char *id = assay_question_get_id (comparisons->pdata[i]);

      if (g_str_equal (id, "preference") || g_str_equal (id, "overall"))
        return comparisons->pdata[i];
    }
  return NULL;
}

static JsonNode *
find_ranking (AssayExportSink *sink, AssayTask *task, AssayJudgement *judgement)
{
  g_autoptr (GPtrArray) rankings =
      list_questions (task, judgement, ASSAY_TYPE_RANK_QUESTION, ASSAY_SCOPE_TASK);

  for (guint i = 0; i < rankings->len; i++)
    {
      JsonNode *answer =
          assay_judgement_get_answer (judgement, assay_question_get_id (rankings->pdata[i]), NULL);

      if (answer == NULL)
        continue;
      assay_export_sink_use (sink, rankings->pdata[i]);
      return answer;
    }
  return NULL;
}

/* Who repaired a response finds it better repaired. */
static gboolean
add_edited (AssayExportSink *sink, GArray *pairs, AssayTask *task, AssayJudgement *judgement)
{
  g_autoptr (GArray) rewrites = assay_export_list_rewrites (task, judgement);
  guint before = pairs->len;

  for (guint i = 0; i < rewrites->len; i++)
    {
      const AssayExportRewrite *rewrite = &g_array_index (rewrites, AssayExportRewrite, i);
      AssayExportPair pair = { .chosen = rewrite->original,
                               .rejected = rewrite->original,
                               .edited = rewrite->text };

      if (!assay_export_rewrite_is_changed (rewrite))
        continue;
      assay_export_sink_use (sink, rewrite->question);
      g_array_append_val (pairs, pair);
    }
  return pairs->len > before;
}

char *
assay_export_pair_chosen_text (AssayTask *task, const AssayExportPair *pair)
{
  return pair->edited != NULL ? assay_export_rewrite_text (task, pair->chosen, pair->edited)
                              : assay_export_text (task, pair->chosen);
}

JsonArray *
assay_export_pair_chosen_messages (AssayTask *task, const AssayExportPair *pair)
{
  JsonArray *messages;

  if (pair->edited != NULL)
    return assay_export_rewrite_messages (task, pair->chosen, pair->edited);
  messages = json_array_new ();
  assay_export_add_messages (messages, task, pair->chosen);
  return messages;
}

GArray *
assay_export_list_pairs (AssayExportSink *sink, AssayTask *task, AssayJudgement *judgement)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (AssayExportPair));
  g_autoptr (GPtrArray) comparisons =
      list_questions (task, judgement, ASSAY_TYPE_PAIRWISE_QUESTION, ASSAY_SCOPE_TASK);
  g_autoptr (GPtrArray) scales =
      list_questions (task, judgement, ASSAY_TYPE_SCALE_QUESTION, ASSAY_SCOPE_EACH_RESPONSE);
  g_autoptr (GPtrArray) lists =
      list_questions (task, judgement, ASSAY_TYPE_CHECKLIST_QUESTION, ASSAY_SCOPE_EACH_RESPONSE);
  AssayQuestion *overall = assay_export_find_overall (task, judgement);
  JsonNode *ranking = NULL;
  gboolean has_edited = add_edited (sink, pairs, task, judgement);

  if (overall != NULL)
    {
      add_comparison (sink, pairs, task, judgement, overall, NULL);
    }
  else if (comparisons->len > 0)
    {
      for (guint i = 0; i < comparisons->len; i++)
        add_comparison (sink, pairs, task, judgement, comparisons->pdata[i],
                        assay_question_get_id (comparisons->pdata[i]));
    }
  else if ((ranking = find_ranking (sink, task, judgement)) != NULL)
    {
      add_ranking (sink, pairs, task, ranking);
    }
  else if (add_scored (sink, pairs, task, judgement, score_by_scales, ASSAY_CHANGE_MEANS))
    {
      use_questions (sink, scales);
    }
  /* Who follows more instructions is not therefore the better one. */
  else if (!is_constraints (task)
           && add_scored (sink, pairs, task, judgement, score_by_points, ASSAY_CHANGE_POINTS))
    {
      use_questions (sink, lists);
    }
  else if (!has_edited)
    {
      assay_export_sink_drop (sink, ASSAY_DROP_NO_PREFERENCE);
    }
  return g_steal_pointer (&pairs);
}

GArray *
assay_export_list_labels (AssayExportSink *sink, AssayTask *task, AssayJudgement *judgement)
{
  g_autoptr (GArray) labels = g_array_new (FALSE, FALSE, sizeof (AssayExportLabel));
  g_autoptr (GPtrArray) scales =
      list_questions (task, judgement, ASSAY_TYPE_SCALE_QUESTION, ASSAY_SCOPE_EACH_RESPONSE);
  g_autoptr (GPtrArray) lists =
      list_questions (task, judgement, ASSAY_TYPE_CHECKLIST_QUESTION, ASSAY_SCOPE_EACH_RESPONSE);
  AssayQuestion *overall = assay_export_find_overall (task, judgement);
  JsonNode *ranking = NULL;

  if (overall != NULL)
    label_comparison (sink, labels, task, judgement, overall);
  else if ((ranking = find_ranking (sink, task, judgement)) != NULL)
    label_ranking (sink, labels, task, ranking);
  else if (label_scored (sink, labels, task, judgement, score_by_scales))
    use_questions (sink, scales);
  else if (is_constraints (task) ? label_constraints (sink, labels, task, judgement)
                                 : label_scored (sink, labels, task, judgement, score_by_points))
    use_questions (sink, lists);
  else
    assay_export_sink_drop (sink, ASSAY_DROP_NO_PREFERENCE);
  return g_steal_pointer (&labels);
}
