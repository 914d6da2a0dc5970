/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-answer-places.h"
#include "assay-json-read.h"
#include "assay-judgement-private.h"
#include "assay-pairwise-question.h"
#include "assay-question-private.h"
#include "assay-rank-question.h"
#include "assay-rewrite-question.h"
#include "assay-scale-question.h"

/* The question id by which issues point at the rationale. */
#define RATIONALE_ID "rationale"
/* task-kinds section 4, rub.contradiction: means at least this far apart, in points of the scale.
 */
#define CONTRADICTION_POINTS 1.0

typedef struct
{
  AssayJudgement *judgement;
  const char *response; /* the place that is asked about, or NULL */
  AssayScope scope;     /* what kind of place that is */
  GHashTable *decided;  /* answer key → whether the question applies there */
  GPtrArray *values;    /* of JsonNode: what look-ups lent */
} Lookup;

static gboolean applies (Lookup *lookup, AssayQuestion *question, const char *response);

/* NULL where the question is not answered, or does not apply itself. */
static JsonNode *
short_value (Lookup *lookup, AssayQuestion *question, const char *response)
{
  JsonNode *answer =
      assay_judgement_get_answer (lookup->judgement, assay_question_get_id (question), response);

  if (answer == NULL || !applies (lookup, question, response))
    return NULL;
  return assay_question_short_value (question, answer);
}

/* What conditions compare: for the same response where the question has that scope; for all of
 * them, in a list, where what depends on it is asked once. */
static JsonNode *
lookup_value (const char *question_id, gpointer user_data)
{
  Lookup *lookup = user_data;
  AssayTask *task = lookup->judgement->task;
  AssayQuestion *question = assay_form_find_question (assay_task_get_form (task), question_id);
  JsonNode *value = NULL;

  if (question == NULL)
    return NULL;
  if (assay_question_get_scope (question) == ASSAY_SCOPE_TASK)
    value = short_value (lookup, question, NULL);
  else if (assay_question_get_scope (question) == lookup->scope)
    value = short_value (lookup, question, lookup->response);
  else
    {
      JsonArray *all = json_array_new ();
      g_autoptr (GPtrArray) places = assay_task_list_places (task, question);

      for (guint i = 0; i < places->len; i++)
        {
          JsonNode *one = short_value (lookup, question, places->pdata[i]);

          if (one != NULL)
            json_array_add_element (all, one);
        }
      value = assay_json_array_node_new (all);
    }
  if (value != NULL)
    g_ptr_array_add (lookup->values, value);
  return value;
}

/* Forms are free of circles (assay-form.c); what was decided is remembered, because many questions
 * may depend on one. */
static gboolean
applies (Lookup *lookup, AssayQuestion *question, const char *response)
{
  AssayCondition *condition = assay_question_get_condition (question);
  const char *asked_about = lookup->response;
  AssayScope scope = lookup->scope;
  g_autofree char *key = NULL;
  gpointer decided;

  if (condition == NULL)
    return TRUE;
  key = _assay_judgement_make_key (assay_question_get_id (question), response);
  if (!g_hash_table_lookup_extended (lookup->decided, key, NULL, &decided))
    {
      lookup->response = response;
      lookup->scope = assay_question_get_scope (question);
      decided = GINT_TO_POINTER (assay_condition_holds (condition, lookup_value, lookup));
      lookup->response = asked_about;
      lookup->scope = scope;
      g_hash_table_insert (lookup->decided, g_steal_pointer (&key), decided);
    }
  return GPOINTER_TO_INT (decided);
}

gboolean
assay_judgement_question_applies (AssayJudgement *self,
                                  AssayQuestion *question,
                                  const char *response)
{
  g_autoptr (GHashTable) decided = NULL;
  g_autoptr (GPtrArray) values = NULL;
  Lookup lookup;

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), FALSE);
  g_return_val_if_fail (ASSAY_IS_QUESTION (question), FALSE);

  if (assay_question_get_condition (question) == NULL)
    return TRUE;
  decided = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  values = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  lookup = (Lookup) { self, response, assay_question_get_scope (question), decided, values };
  return applies (&lookup, question, response);
}

typedef void (*PlaceFunc) (AssayJudgement *self,
                           AssayQuestion *question,
                           const char *response,
                           gpointer user_data);

/* Every place of the form that applies, in the order shown. */
static void
foreach_place (AssayJudgement *self, PlaceFunc func, gpointer user_data)
{
  AssayForm *form = assay_task_get_form (self->task);

  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);
      g_autoptr (GPtrArray) places = assay_judgement_list_places (self, question);

      for (guint j = 0; j < places->len; j++)
        if (assay_judgement_question_applies (self, question, places->pdata[j]))
          func (self, question, places->pdata[j], user_data);
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

  form = assay_task_get_form (self->task);
  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);
      JsonNode *answer;
      double value;

      if (!ASSAY_IS_SCALE_QUESTION (question)
          || assay_question_get_scope (question) != ASSAY_SCOPE_EACH_RESPONSE
          || assay_scale_question_get_neutral (ASSAY_SCALE_QUESTION (question))
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
  if (mean != NULL)
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

/* task-kinds 7.13: that a text is good as it is has to be said why. */
static void
find_unchanged (AssayJudgement *self,
                AssayQuestion *question,
                const char *response,
                gpointer user_data)
{
  gboolean *found = user_data;

  if (ASSAY_IS_REWRITE_QUESTION (question)
      && assay_rewrite_answer_get_unchanged_ok (
          assay_judgement_get_answer (self, assay_question_get_id (question), response)))
    *found = TRUE;
}

static void
validate_rationale (AssayJudgement *self, GPtrArray *issues)
{
  AssayForm *form = assay_task_get_form (self->task);
  AssayRationaleUse use = assay_form_get_rationale_use (form);
  guint min = assay_form_get_rationale_min (form);
  guint max = assay_form_get_rationale_max (form);
  guint length = assay_text_length_trimmed (self->rationale->str);
  gboolean unchanged = FALSE;

  if (use == ASSAY_RATIONALE_OFF)
    return;
  foreach_place (self, find_unchanged, &unchanged);
  if (length == 0 && unchanged)
    take_issue (issues, ASSAY_ISSUE_ERROR, "req", RATIONALE_ID, NULL,
                g_strdup (_ ("Say in the rationale why nothing needs a change.")));
  else if (length == 0 && use == ASSAY_RATIONALE_REQUIRED)
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

/* The answer to a question of scope task, as long as it applies. */
static JsonNode *
get_standing_answer (AssayJudgement *self, AssayQuestion *question)
{
  if (!assay_judgement_question_applies (self, question, NULL))
    return NULL;
  return assay_judgement_get_answer (self, assay_question_get_id (question), NULL);
}

static gboolean
get_strength (AssayJudgement *self, AssayQuestion *question, int *strength)
{
  return assay_pairwise_answer_get_signed (get_standing_answer (self, question), self->task,
                                           strength);
}

/* The comparison that stands for the whole: the one that is named so, or the only one, or the only
 * one outside a group. NULL where there are dimensions alone. */
static AssayQuestion *
find_overall (AssayForm *form, guint *n_pairwise)
{
  AssayQuestion *named = NULL;
  AssayQuestion *ungrouped = NULL;
  AssayQuestion *last = NULL;
  guint n_ungrouped = 0;

  *n_pairwise = 0;
  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);
      const char *id = assay_question_get_id (question);

      if (!ASSAY_IS_PAIRWISE_QUESTION (question)
          || assay_question_get_scope (question) != ASSAY_SCOPE_TASK)
        continue;
      last = question;
      ++*n_pairwise;
      if (g_str_equal (id, "preference") || g_str_equal (id, "overall"))
        named = question;
      if (assay_question_get_group (question) == NULL)
        {
          ungrouped = question;
          n_ungrouped++;
        }
    }
  if (named != NULL)
    return named;
  if (*n_pairwise == 1)
    return last;
  return n_ungrouped == 1 ? ungrouped : NULL;
}

/* Whether the scores say clearly that @worse is the better one. */
static gboolean
scores_contradict (AssayJudgement *self, const char *better, const char *worse)
{
  double better_mean;
  double worse_mean;

  return assay_judgement_get_weighted_mean (self, better, &better_mean)
         && assay_judgement_get_weighted_mean (self, worse, &worse_mean)
         && worse_mean - better_mean >= CONTRADICTION_POINTS;
}

static void
validate_means (AssayJudgement *self, AssayQuestion *overall, GPtrArray *issues)
{
  const char *preferred;
  const char *other;
  int strength;

  if (assay_task_get_n_responses (self->task) != 2 || !get_strength (self, overall, &strength)
      || strength == 0)
    return;
  preferred = assay_document_get_key (assay_task_get_response (self->task, strength < 0 ? 0 : 1));
  other = assay_document_get_key (assay_task_get_response (self->task, strength < 0 ? 1 : 0));
  if (scores_contradict (self, preferred, other))
    take_issue (issues, ASSAY_ISSUE_WARNING, "rub.contradiction", assay_question_get_id (overall),
                NULL,
                /* Translators: the letter of a response. */
                g_strdup_printf (_ ("The scores favour response %s, the preference the other one."),
                                 assay_presentation_get_letter (self->presentation, other)));
}

/* The same for an order: one warning, about the first pair that the scores turn round. */
static void
validate_ranking (AssayJudgement *self, AssayQuestion *question, GPtrArray *issues)
{
  JsonNode *answer = get_standing_answer (self, question);
  guint n = assay_presentation_get_n (self->presentation);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      {
        const char *better = assay_presentation_get_response (self->presentation, i);
        const char *worse = assay_presentation_get_response (self->presentation, j);
        int better_rank = assay_rank_answer_get_rank (answer, better);
        int worse_rank = assay_rank_answer_get_rank (answer, worse);

        if (better_rank == 0 || worse_rank <= better_rank
            || !scores_contradict (self, better, worse))
          continue;
        take_issue (
            issues, ASSAY_ISSUE_WARNING, "rub.contradiction", assay_question_get_id (question),
            NULL,
            /* Translators: the letters of two responses. */
            g_strdup_printf (_ ("Response %s stands above response %s, but its scores are lower."),
                             assay_presentation_get_letter (self->presentation, better),
                             assay_presentation_get_letter (self->presentation, worse)));
        return;
      }
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
      if (!assay_judgement_question_applies (self, question, NULL))
        continue;
      answer = get_standing_answer (self, question);
      if (assay_pairwise_answer_is_na (answer))
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

/* task-kinds 3.3: what the guideline leaves open is of no use to anybody without the place. */
static void
validate_flags (AssayJudgement *self, GPtrArray *issues)
{
  static const struct
  {
    const char *code;
    const char *message;
  } noted[] = {
    { "guideline_gap",
      N_ ("The flag on what the guideline does not cover needs a note: which case, which place.") },
    { "guideline_conflict", N_ ("The flag on rules that disagree needs a note: both places.") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (noted); i++)
    {
      const char *note = assay_judgement_get_flag (self, noted[i].code);

      if (note != NULL && assay_text_length_trimmed (note) == 0)
        take_issue (issues, ASSAY_ISSUE_ERROR, "flag.note", "flags", NULL,
                    g_strdup (_ (noted[i].message)));
    }
}

/* Where pasting is forbidden the fields refuse it; where it is discouraged it is counted. */
static void
validate_pasting (AssayJudgement *self, GPtrArray *issues)
{
  if (assay_task_get_paste_policy (self->task) == ASSAY_PASTE_DISCOURAGED && self->pasted_chars > 0)
    take_issue (issues, ASSAY_ISSUE_WARNING, "paste", NULL, NULL,
                g_strdup_printf (ngettext ("%u character was pasted; this project asks for "
                                           "your own words.",
                                           "%u characters were pasted; this project asks for "
                                           "your own words.",
                                           self->pasted_chars),
                                 self->pasted_chars));
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
  guint length = assay_text_length_trimmed (note);
  guint min;
  guint max;

  assay_outcome_get_note_limits (outcome, &min, &max);
  if (reasons[0] != NULL && (reason == NULL || !g_strv_contains (reasons, reason)))
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

static gboolean
is_about_something_missing (AssayIssue *issue)
{
  static const char *const rules[] = { "req",  "ranks",   "min",       "comment", "rat.min",
                                       "read", "unknown", "category",  "changes", "issues",
                                       "mode", "sources", "must_keep", NULL };

  return g_strv_contains (rules, assay_issue_get_rule (issue));
}

/* task-kinds 3.2: what is handed in unfinished may lack anything but the reason. */
static void
validate_salvage (AssayJudgement *self, GPtrArray *issues)
{
  guint length = assay_text_length_trimmed (assay_judgement_get_salvage (self));

  for (guint i = issues->len; i > 0; i--)
    if (is_about_something_missing (issues->pdata[i - 1]))
      g_ptr_array_remove_index (issues, i - 1);

  if (!assay_form_get_salvage (assay_task_get_form (self->task)))
    take_issue (issues, ASSAY_ISSUE_ERROR, "salvage", NULL, NULL,
                g_strdup (_ ("This project does not take unfinished work.")));
  if (length < ASSAY_SALVAGE_MIN_CHARACTERS)
    take_issue (issues, ASSAY_ISSUE_ERROR, "salvage", NULL, NULL,
                g_strdup_printf (ngettext ("Say in at least %u character why it is unfinished.",
                                           "Say in at least %u characters why it is unfinished.",
                                           ASSAY_SALVAGE_MIN_CHARACTERS),
                                 ASSAY_SALVAGE_MIN_CHARACTERS));
  else if (length > ASSAY_SALVAGE_MAX_CHARACTERS)
    take_issue (issues, ASSAY_ISSUE_ERROR, "salvage", NULL, NULL,
                g_strdup_printf (ngettext ("The reason may have at most %u character.",
                                           "The reason may have at most %u characters.",
                                           ASSAY_SALVAGE_MAX_CHARACTERS),
                                 ASSAY_SALVAGE_MAX_CHARACTERS));
}

static void
validate_contradictions (AssayJudgement *self, GPtrArray *issues)
{
  AssayForm *form = assay_task_get_form (self->task);
  guint n_pairwise;
  AssayQuestion *overall = find_overall (form, &n_pairwise);

  if (overall != NULL)
    {
      validate_means (self, overall, issues);
      if (n_pairwise > 1)
        validate_dimensions (self, overall, issues);
    }
  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);

      if (ASSAY_IS_RANK_QUESTION (question))
        validate_ranking (self, question, issues);
    }
}

GPtrArray *
assay_judgement_validate (AssayJudgement *self)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *issues = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), issues);

  if (assay_judgement_get_outcome (self) != ASSAY_OUTCOME_ANSWERED)
    validate_outcome (self, found);
  else
    {
      foreach_place (self, validate_place, found);
      validate_rationale (self, found);
      validate_reading (self, found);
      validate_flags (self, found);
      validate_pasting (self, found);
      validate_contradictions (self, found);
      if (assay_judgement_get_salvage (self) != NULL)
        validate_salvage (self, found);
    }

  for (int level = ASSAY_ISSUE_ERROR; level >= ASSAY_ISSUE_HINT; level--)
    {
      for (guint i = 0; i < found->len; i++)
        {
          AssayIssue *issue = found->pdata[i];

          if ((int) assay_issue_get_level (issue) == level)
            g_ptr_array_add (issues, g_object_ref (issue));
        }
    }
  return issues;
}
