/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-json.h"
#include "assay-judgement-private.h"
#include "assay-pairwise-question.h"
#include "assay-scale-question.h"

/* The question id by which issues point at the rationale. */
#define RATIONALE_ID "rationale"
/* task-kinds section 4, rub.contradiction: means at least this far apart, in points of the scale.
 */
#define CONTRADICTION_POINTS 1.0

typedef struct
{
  AssayJudgement *judgement;
  const char *response;
  JsonNode *value; /* (owned) (nullable) what the last look-up lent */
} Lookup;

/* Conditions compare the short value of the other question, for the same response where it has that
 * scope. */
static JsonNode *
lookup_cb (const char *question_id, gpointer user_data)
{
  Lookup *lookup = user_data;
  AssayForm *form = assay_task_get_form (lookup->judgement->task);
  AssayQuestion *question = assay_form_find_question (form, question_id);
  const char *response;
  JsonNode *answer;

  if (question == NULL)
    return NULL;
  response =
      assay_question_get_scope (question) == ASSAY_SCOPE_EACH_RESPONSE ? lookup->response : NULL;
  answer = assay_judgement_get_answer (lookup->judgement, question_id, response);
  g_clear_pointer (&lookup->value, json_node_unref);
  if (answer != NULL)
    lookup->value = assay_question_short_value (question, answer);
  return lookup->value;
}

gboolean
assay_judgement_question_applies (AssayJudgement *self,
                                  AssayQuestion *question,
                                  const char *response)
{
  Lookup lookup = { self, response, NULL };
  AssayCondition *condition;
  gboolean applies;

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), FALSE);
  g_return_val_if_fail (ASSAY_IS_QUESTION (question), FALSE);

  condition = assay_question_get_condition (question);
  applies = condition == NULL || assay_condition_holds (condition, lookup_cb, &lookup);
  g_clear_pointer (&lookup.value, json_node_unref);
  return applies;
}

typedef void (*PlaceFunc) (AssayJudgement *self,
                           AssayQuestion *question,
                           const char *response,
                           gpointer user_data);

/* Every place of the form that applies: once for the task, or once for each response in the order
 * shown. */
static void
foreach_place (AssayJudgement *self, PlaceFunc func, gpointer user_data)
{
  AssayForm *form = assay_task_get_form (self->task);

  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);

      if (assay_question_get_scope (question) == ASSAY_SCOPE_TASK)
        {
          if (assay_judgement_question_applies (self, question, NULL))
            func (self, question, NULL, user_data);
          continue;
        }
      for (guint j = 0; j < assay_presentation_get_n (self->presentation); j++)
        {
          const char *response = assay_presentation_get_response (self->presentation, j);

          if (assay_judgement_question_applies (self, question, response))
            func (self, question, response, user_data);
        }
    }
}

typedef struct
{
  guint answered;
  guint required;
} Progress;

static void
count_place (AssayJudgement *self,
             AssayQuestion *question,
             const char *response,
             gpointer user_data)
{
  Progress *progress = user_data;
  JsonNode *answer;

  if (!assay_question_get_required (question))
    return;
  progress->required++;
  answer = assay_judgement_get_answer (self, assay_question_get_id (question), response);
  if (answer != NULL && assay_question_is_answered (question, answer))
    progress->answered++;
}

void
assay_judgement_get_progress (AssayJudgement *self, guint *answered, guint *required)
{
  Progress progress = { 0, 0 };

  g_return_if_fail (ASSAY_IS_JUDGEMENT (self));

  foreach_place (self, count_place, &progress);
  if (answered != NULL)
    *answered = progress.answered;
  if (required != NULL)
    *required = progress.required;
}

gboolean
assay_judgement_get_weighted_mean (AssayJudgement *self, const char *response, double *mean)
{
  AssayForm *form;
  double sum = 0;
  double weights = 0;

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), FALSE);
  g_return_val_if_fail (response != NULL, FALSE);
  g_return_val_if_fail (mean != NULL, FALSE);

  form = assay_task_get_form (self->task);
  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);
      JsonNode *answer;
      double value;

      if (!ASSAY_IS_SCALE_QUESTION (question)
          || assay_question_get_scope (question) != ASSAY_SCOPE_EACH_RESPONSE
          || !assay_judgement_question_applies (self, question, response))
        continue;
      answer = assay_judgement_get_answer (self, assay_question_get_id (question), response);
      if (answer != NULL && assay_scale_answer_get_value (answer, &value))
        {
          double weight = assay_scale_question_get_weight (ASSAY_SCALE_QUESTION (question));

          sum += weight * value;
          weights += weight;
        }
    }
  if (weights <= 0)
    return FALSE;
  *mean = sum / weights;
  return TRUE;
}

/* Rules */

static void
take_issue (GPtrArray *issues,
            AssayIssueLevel level,
            const char *rule,
            const char *question,
            const char *response,
            char *message)
{
  g_ptr_array_add (issues, assay_issue_new (level, rule, question, response, NULL, message));
  g_free (message);
}

static void
validate_place (AssayJudgement *self,
                AssayQuestion *question,
                const char *response,
                gpointer user_data)
{
  GPtrArray *issues = user_data;
  guint first = issues->len;
  JsonNode *answer = assay_judgement_get_answer (self, assay_question_get_id (question), response);

  assay_question_validate (question, self->task, response, answer, issues);
  if (response == NULL)
    return;
  /* A question does not know under which letter a response is shown. */
  for (guint i = first; i < issues->len; i++)
    {
      AssayIssue *issue = g_ptr_array_index (issues, i);
      g_autofree char *message
          /* Translators: the letter of a response, and a sentence about an answer. */
          = g_strdup_printf (_ ("Response %s: %s"),
                             assay_presentation_get_letter (self->presentation, response),
                             assay_issue_get_message (issue));
      AssayIssue *named =
          assay_issue_new (assay_issue_get_level (issue), assay_issue_get_rule (issue),
                           assay_issue_get_question (issue), response, assay_issue_get_item (issue),
                           message);

      g_object_unref (issue);
      issues->pdata[i] = named;
    }
}

static guint
trimmed_length (const char *text)
{
  const char *end;
  const char *start = text;

  /* White space of any script counts as such, so g_strstrip () does not do. */
  while (*start != '\0' && g_unichar_isspace (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  end = start + strlen (start);
  while (end > start)
    {
      const char *previous = g_utf8_prev_char (end);

      if (!g_unichar_isspace (g_utf8_get_char (previous)))
        break;
      end = previous;
    }
  return g_utf8_strlen (start, end - start);
}

static void
validate_rationale (AssayJudgement *self, GPtrArray *issues)
{
  AssayForm *form = assay_task_get_form (self->task);
  AssayRationaleUse use = assay_form_get_rationale_use (form);
  guint min = assay_form_get_rationale_min (form);
  guint max = assay_form_get_rationale_max (form);
  guint length = trimmed_length (self->rationale->str);

  if (use == ASSAY_RATIONALE_OFF)
    return;
  if (length == 0 && use == ASSAY_RATIONALE_REQUIRED)
    take_issue (issues, ASSAY_ISSUE_ERROR, "req", RATIONALE_ID, NULL,
                g_strdup (_ ("The rationale is missing.")));
  else if (length > 0 && length < min)
    take_issue (issues, ASSAY_ISSUE_ERROR, "rat.min", RATIONALE_ID, NULL,
                g_strdup_printf (ngettext ("The rationale needs %u more character.",
                                           "The rationale needs %u more characters.", min - length),
                                 min - length));
  if (max > 0 && length > max)
    take_issue (issues, ASSAY_ISSUE_ERROR, "rat.max", RATIONALE_ID, NULL,
                g_strdup_printf (ngettext ("The rationale is %u character too long.",
                                           "The rationale is %u characters too long.",
                                           length - max),
                                 length - max));
}

static gboolean
get_strength (AssayJudgement *self, AssayQuestion *question, int *strength)
{
  JsonNode *answer = assay_judgement_get_answer (self, assay_question_get_id (question), NULL);

  return answer != NULL && assay_pairwise_answer_get_signed (answer, self->task, strength);
}

/* The comparison that stands for the whole: the one named so, else the only one or the last. */
static AssayQuestion *
find_overall (AssayForm *form, guint *n_pairwise)
{
  AssayQuestion *overall = NULL;
  gboolean named = FALSE;

  *n_pairwise = 0;
  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);
      const char *id = assay_question_get_id (question);
      gboolean is_overall = g_str_equal (id, "preference") || g_str_equal (id, "overall");

      if (!ASSAY_IS_PAIRWISE_QUESTION (question)
          || assay_question_get_scope (question) != ASSAY_SCOPE_TASK)
        continue;
      ++*n_pairwise;
      if (is_overall || !named)
        overall = question;
      named = named || is_overall;
    }
  return overall;
}

static void
validate_means (AssayJudgement *self, AssayQuestion *overall, GPtrArray *issues)
{
  const char *first;
  const char *second;
  double first_mean;
  double second_mean;
  int strength;

  if (assay_task_get_n_responses (self->task) != 2 || !get_strength (self, overall, &strength))
    return;
  first = assay_document_get_key (assay_task_get_response (self->task, 0));
  second = assay_document_get_key (assay_task_get_response (self->task, 1));
  if (!assay_judgement_get_weighted_mean (self, first, &first_mean)
      || !assay_judgement_get_weighted_mean (self, second, &second_mean))
    return;
  if ((strength < 0 && second_mean - first_mean >= CONTRADICTION_POINTS)
      || (strength > 0 && first_mean - second_mean >= CONTRADICTION_POINTS))
    take_issue (
        issues, ASSAY_ISSUE_WARNING, "rub.contradiction", assay_question_get_id (overall), NULL,
        g_strdup_printf (
            /* Translators: the letter of a response. */
            _ ("The scores favour response %s, the preference the other one."),
            assay_presentation_get_letter (self->presentation, strength < 0 ? second : first)));
}

/* task-kinds 7.2: the comparison as a whole against its dimensions. */
static void
validate_dimensions (AssayJudgement *self, AssayQuestion *overall, GPtrArray *issues)
{
  AssayForm *form = assay_task_get_form (self->task);
  guint n_decided = 0;
  guint n_opposite = 0;
  guint n_na = 0;
  guint n_other = 0;
  int strength;

  if (!get_strength (self, overall, &strength) || strength == 0)
    return;
  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);
      JsonNode *answer;
      int dimension;

      if (question == overall || !ASSAY_IS_PAIRWISE_QUESTION (question)
          || assay_question_get_scope (question) != ASSAY_SCOPE_TASK)
        continue;
      answer = assay_judgement_get_answer (self, assay_question_get_id (question), NULL);
      if (answer != NULL && assay_pairwise_answer_is_na (answer))
        n_na++;
      else if (get_strength (self, question, &dimension) && dimension != 0)
        {
          n_decided++;
          if ((dimension < 0) != (strength < 0))
            n_opposite++;
        }
      else
        n_other++;
    }
  if (n_decided > 0 && n_opposite == n_decided)
    take_issue (issues, ASSAY_ISSUE_WARNING, "rub.contradiction", assay_question_get_id (overall),
                NULL, g_strdup (_ ("The overall preference is opposite to every dimension.")));
  else if (n_na > 0 && n_decided == 0 && n_other == 0)
    take_issue (issues, ASSAY_ISSUE_WARNING, "rub.contradiction", assay_question_get_id (overall),
                NULL, g_strdup (_ ("There is an overall preference, but no dimension applies.")));
}

static void
validate_reading (AssayJudgement *self, GPtrArray *issues)
{
  if (!assay_form_get_require_full_read (assay_task_get_form (self->task)))
    return;
  for (guint i = 0; i < assay_presentation_get_n (self->presentation); i++)
    {
      const char *response = assay_presentation_get_response (self->presentation, i);

      if (!assay_judgement_get_read_to_end (self, response))
        take_issue (issues, ASSAY_ISSUE_ERROR, "read", NULL, response,
                    /* Translators: the letter of a response. */
                    g_strdup_printf (_ ("Response %s has not been read to its end."),
                                     assay_presentation_get_letter (self->presentation, response)));
    }
}

static void
validate_outcome (AssayJudgement *self, GPtrArray *issues)
{
  AssayOutcome outcome = assay_judgement_get_outcome (self);
  const char *reason = assay_judgement_get_outcome_reason (self);
  const char *note = assay_judgement_get_outcome_note (self);
  const char *const *reasons = assay_outcome_get_reasons (outcome);
  guint length = note != NULL ? trimmed_length (note) : 0;
  guint min;
  guint max;

  assay_outcome_get_note_limits (outcome, &min, &max);
  if (reasons[0] != NULL && reason == NULL)
    take_issue (issues, ASSAY_ISSUE_ERROR, "out.reason", NULL, NULL,
                g_strdup (_ ("The reason is missing.")));
  if (outcome == ASSAY_OUTCOME_SKIPPED && !assay_task_get_allow_skip (self->task))
    take_issue (issues, ASSAY_ISSUE_ERROR, "out.skip", NULL, NULL,
                g_strdup (_ ("This task cannot be skipped. The other ways out stay open.")));
  if (length < min)
    take_issue (issues, ASSAY_ISSUE_ERROR, "out.note", NULL, NULL,
                g_strdup_printf (ngettext ("The note needs at least %u character.",
                                           "The note needs at least %u characters.", min),
                                 min));
  else if (max > 0 && length > max)
    take_issue (issues, ASSAY_ISSUE_ERROR, "out.note", NULL, NULL,
                g_strdup_printf (ngettext ("The note may have at most %u character.",
                                           "The note may have at most %u characters.", max),
                                 max));
}

GPtrArray *
assay_judgement_validate (AssayJudgement *self)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *issues = g_ptr_array_new_with_free_func (g_object_unref);
  AssayQuestion *overall;
  guint n_pairwise;

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), issues);

  if (assay_judgement_get_outcome (self) != ASSAY_OUTCOME_ANSWERED)
    validate_outcome (self, found);
  else
    {
      foreach_place (self, validate_place, found);
      validate_rationale (self, found);
      validate_reading (self, found);
      overall = find_overall (assay_task_get_form (self->task), &n_pairwise);
      if (overall != NULL)
        validate_means (self, overall, found);
      if (n_pairwise > 1)
        validate_dimensions (self, overall, found);
    }

  for (int level = ASSAY_ISSUE_ERROR; level >= ASSAY_ISSUE_HINT; level--)
    {
      for (guint i = 0; i < found->len; i++)
        {
          AssayIssue *issue = g_ptr_array_index (found, i);

          if ((int) assay_issue_get_level (issue) == level)
            g_ptr_array_add (issues, g_object_ref (issue));
        }
    }
  return issues;
}
