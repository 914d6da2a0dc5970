/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-json-read.h"
#include "assay-limits.h"
#include "assay-model-error.h"
#include "assay-pairwise-question.h"
#include "assay-presentation.h"
#include "assay-question-private.h"

#define MIN_POINTS 2
#define MAX_POINTS 8

struct _AssayPairwiseQuestion
{
  AssayQuestion parent_instance;

  int points;
  gboolean allow_tie;
  gboolean ask_both;
  gboolean allow_na;
  AssayCommentRule comment_rule;
  GStrv labels;             /* (owned) (nullable), one for each position */
  GPtrArray *reason_ids;    /* (owned) (nullable), NULL-terminated */
  GPtrArray *reason_labels; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (AssayPairwiseQuestion, assay_pairwise_question, ASSAY_TYPE_QUESTION)

static const char *const both_names[] = { NULL, "neutral", "good", "bad" };

static gboolean
has_middle (AssayPairwiseQuestion *self)
{
  return self->points % 2 == 1;
}

static gboolean
load_labels (AssayPairwiseQuestion *self, JsonObject *settings, const char *place, GError **error)
{
  JsonArray *array = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint length;

  if (!assay_json_read_array (settings, "labels", place, &array, error))
    return FALSE;
  if (array == NULL)
    return TRUE;

  length = json_array_get_length (array);
  /* Without a tie, the middle may be left out. */
  if (length != (guint) self->points
      && !(has_middle (self) && !self->allow_tie && length == (guint) self->points - 1))
    {
      /* Translators: the first two %s make up a place in a file. */
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_RANGE,
                   _ ("%s/%s needs %d entries, one for each point."), place, "labels",
                   self->points);
      return FALSE;
    }
  for (guint i = 0; i < length; i++)
    {
      const char *text = assay_json_node_string (json_array_get_element (array, i));

      if (text == NULL)
        {
          g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TYPE,
                       _ ("%s/%s/%u is not a text."), place, "labels", i);
          return FALSE;
        }
      if (length < (guint) self->points && i == length / 2)
        g_strv_builder_add (builder, "");
      g_strv_builder_take (builder, assay_json_dup_label (text));
    }
  self->labels = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
load_reasons (AssayPairwiseQuestion *self, JsonObject *settings, const char *place, GError **error)
{
  return assay_question_read_names (settings, "reasons", place, &self->reason_ids,
                                    &self->reason_labels, error);
}

static gboolean
assay_pairwise_question_load (AssayQuestion *question,
                              JsonObject *settings,
                              const char *place,
                              GError **error)
{
  AssayPairwiseQuestion *self = ASSAY_PAIRWISE_QUESTION (question);
  static const char *const comment_names[] = { "off", "optional", "required", NULL };
  int comment = ASSAY_COMMENT_OFF;
  gint64 points = 7;

  self->allow_tie = TRUE;
  self->ask_both = TRUE;
  if (!assay_json_read_int (settings, "points", place, MIN_POINTS, MAX_POINTS, &points, error)
      || !assay_json_read_boolean (settings, "allow_tie", place, &self->allow_tie, error)
      || !assay_json_read_boolean (settings, "ask_both", place, &self->ask_both, error)
      || !assay_json_read_boolean (settings, "allow_na", place, &self->allow_na, error)
      || !assay_json_read_enum (settings, "comment", place, comment_names, &comment, error))
    return FALSE;
  self->points = (int) points;
  self->comment_rule = (AssayCommentRule) comment;
  if (!has_middle (self))
    self->allow_tie = FALSE;
  if (!self->allow_tie)
    self->ask_both = FALSE;
  return load_labels (self, settings, place, error) && load_reasons (self, settings, place, error);
}

static gboolean
assay_pairwise_question_is_answered (AssayQuestion *question, JsonNode *answer)
{
  AssayPairwiseQuestion *self = ASSAY_PAIRWISE_QUESTION (question);
  const char *choice;
  AssayBoth both;

  if (assay_pairwise_answer_is_na (answer))
    return TRUE;
  if (!assay_pairwise_answer_get (answer, &choice, NULL, &both))
    return FALSE;
  return choice != NULL || both != ASSAY_BOTH_UNSET || !self->ask_both;
}

static void
report (AssayQuestion *question, const char *rule, char *message, GPtrArray *issues)
{
  assay_question_take_issue (question, issues, ASSAY_ISSUE_ERROR, rule, NULL, NULL, message);
}

static void
validate_choice (AssayPairwiseQuestion *self, AssayTask *task, JsonNode *answer, GPtrArray *issues)
{
  AssayQuestion *question = ASSAY_QUESTION (self);
  const char *label = assay_question_get_name (question);
  const char *choice;
  int strength;
  AssayBoth both;

  if (!assay_pairwise_answer_get (answer, &choice, &strength, &both))
    return;
  if (choice == NULL)
    {
      if (!self->allow_tie)
        /* Translators: %s is the name of a question. */
        report (question, "tie",
                g_strdup_printf (_ ("“%s” asks for a decision; there is no tie."), label), issues);
      else if (both == ASSAY_BOTH_UNSET && self->ask_both)
        report (question, "req",
                g_strdup_printf (_ ("“%s”: say whether both are good, both bad, or neither."),
                                 label),
                issues);
      return;
    }
  if (task != NULL && assay_task_find_response (task, choice) == NULL)
    report (question, "option",
            g_strdup_printf (_ ("“%s” prefers a response that is not there any more."), label),
            issues);
  if (strength < 1 || strength > assay_pairwise_question_get_max_strength (self))
    report (question, "grid",
            g_strdup_printf (_ ("“%s”: this strength is not on the scale."), label), issues);
}

static void
assay_pairwise_question_validate (AssayQuestion *question,
                                  AssayTask *task,
                                  const char *response,
                                  JsonNode *answer,
                                  GPtrArray *issues)
{
  AssayPairwiseQuestion *self = ASSAY_PAIRWISE_QUESTION (question);
  gboolean is_na = assay_pairwise_answer_is_na (answer);

  if (is_na && !self->allow_na)
    report (question, "na",
            g_strdup_printf (_ ("“%s” always applies."), assay_question_get_name (question)),
            issues);
  validate_choice (self, task, answer, issues);

  if (assay_question_is_answered (question, answer))
    assay_question_check_comment (question, self->comment_rule == ASSAY_COMMENT_REQUIRED,
                                  assay_pairwise_answer_get_comment (answer), NULL, "comment",
                                  issues);
}

/* The words for “A is …” and “B is …”; @side is the sign. */
static const char *
standard_label (int max_strength, int strength, int side)
{
  /* Where a side has one, two, three and four steps. */
  static const int steps[4][4] = { { 1 }, { 0, 2 }, { 0, 1, 2 }, { 0, 1, 2, 3 } };

  switch (steps[max_strength - 1][strength - 1])
    {
    case 0:
      return side < 0 ? _ ("A is slightly better") : _ ("B is slightly better");
    case 1:
      return side < 0 ? _ ("A is better") : _ ("B is better");
    case 2:
      return side < 0 ? _ ("A is much better") : _ ("B is much better");
    case 3:
    default:
      return side < 0 ? _ ("A is better beyond comparison") : _ ("B is better beyond comparison");
    }
}

static char *
assay_pairwise_question_describe (AssayQuestion *question,
                                  AssayPresentation *presentation,
                                  JsonNode *answer)
{
  AssayPairwiseQuestion *self = ASSAY_PAIRWISE_QUESTION (question);
  const char *choice;
  int strength;
  AssayBoth both;
  int place;

  if (assay_pairwise_answer_is_na (answer))
    return g_strdup (_ ("Not applicable"));
  if (!assay_pairwise_answer_get (answer, &choice, &strength, &both))
    return NULL;
  if (choice == NULL)
    switch (both)
      {
      case ASSAY_BOTH_GOOD:
        return g_strdup (_ ("Equal, both good"));
      case ASSAY_BOTH_BAD:
        return g_strdup (_ ("Equal, both bad"));
      case ASSAY_BOTH_UNSET:
      case ASSAY_BOTH_NEUTRAL:
      default:
        return g_strdup (_ ("About the same"));
      }
  place = presentation == NULL ? -1 : assay_presentation_get_place (presentation, choice);
  if (place < 0 || place > 1 || strength > assay_pairwise_question_get_max_strength (self))
    /* Translators: %s is a response: its letter or its id. */
    return g_strdup_printf (_ ("%s is better"),
                            place < 0 ? choice
                                      : assay_presentation_get_letter (presentation, choice));
  return g_strdup (assay_pairwise_question_get_label_for (self, place == 0 ? -strength : strength));
}

static JsonNode *
assay_pairwise_question_short_value (AssayQuestion *question, JsonNode *answer)
{
  const char *choice;
  AssayBoth both;

  if (assay_pairwise_answer_is_na (answer))
    return assay_json_string_new ("na");
  if (!assay_pairwise_answer_get (answer, &choice, NULL, &both))
    return NULL;
  if (choice != NULL)
    return assay_json_string_new (choice);
  return assay_json_string_new (both == ASSAY_BOTH_GOOD  ? "both-good"
                                : both == ASSAY_BOTH_BAD ? "both-bad"
                                                         : "tie");
}

static void
assay_pairwise_question_finalize (GObject *object)
{
  AssayPairwiseQuestion *self = ASSAY_PAIRWISE_QUESTION (object);

  g_clear_pointer (&self->labels, g_strfreev);
  g_clear_pointer (&self->reason_ids, g_ptr_array_unref);
  g_clear_pointer (&self->reason_labels, g_ptr_array_unref);

  G_OBJECT_CLASS (assay_pairwise_question_parent_class)->finalize (object);
}

static void
assay_pairwise_question_class_init (AssayPairwiseQuestionClass *klass)
{
  AssayQuestionClass *question_class = ASSAY_QUESTION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = assay_pairwise_question_finalize;

  question_class->type_name = "pairwise";
  question_class->load = assay_pairwise_question_load;
  question_class->is_answered = assay_pairwise_question_is_answered;
  question_class->validate = assay_pairwise_question_validate;
  question_class->describe = assay_pairwise_question_describe;
  question_class->short_value = assay_pairwise_question_short_value;
}

static void
assay_pairwise_question_init (AssayPairwiseQuestion *self)
{
}

int
assay_pairwise_question_get_points (AssayPairwiseQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_PAIRWISE_QUESTION (self), 7);

  return self->points;
}

gboolean
assay_pairwise_question_get_allow_tie (AssayPairwiseQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_PAIRWISE_QUESTION (self), FALSE);

  return self->allow_tie;
}

gboolean
assay_pairwise_question_get_ask_both (AssayPairwiseQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_PAIRWISE_QUESTION (self), FALSE);

  return self->ask_both;
}

gboolean
assay_pairwise_question_get_allow_na (AssayPairwiseQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_PAIRWISE_QUESTION (self), FALSE);

  return self->allow_na;
}

AssayCommentRule
assay_pairwise_question_get_comment_rule (AssayPairwiseQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_PAIRWISE_QUESTION (self), ASSAY_COMMENT_OFF);

  return self->comment_rule;
}

int
assay_pairwise_question_get_max_strength (AssayPairwiseQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_PAIRWISE_QUESTION (self), 1);

  return self->points / 2;
}

const char *
assay_pairwise_question_get_label_for (AssayPairwiseQuestion *self, int position)
{
  int max;

  g_return_val_if_fail (ASSAY_IS_PAIRWISE_QUESTION (self), NULL);
  max = assay_pairwise_question_get_max_strength (self);
  g_return_val_if_fail (ABS (position) <= max, NULL);
  g_return_val_if_fail (position != 0 || has_middle (self), NULL);

  if (self->labels != NULL)
    return self->labels[position > 0 && !has_middle (self) ? max + position - 1 : max + position];
  if (position == 0)
    return _ ("About the same");
  return standard_label (max, ABS (position), position);
}

const char *const *
assay_pairwise_question_get_reason_ids (AssayPairwiseQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_PAIRWISE_QUESTION (self), NULL);

  return self->reason_ids == NULL ? NULL : (const char *const *) self->reason_ids->pdata;
}

const char *
assay_pairwise_question_get_reason_label (AssayPairwiseQuestion *self, const char *id)
{
  g_return_val_if_fail (ASSAY_IS_PAIRWISE_QUESTION (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return assay_question_find_name (self->reason_ids, self->reason_labels, id);
}

JsonNode *
assay_pairwise_answer_new (const char *choice, int strength, AssayBoth both)
{
  return assay_pairwise_answer_with_choice (NULL, choice, strength, both);
}

JsonNode *
assay_pairwise_answer_new_na (void)
{
  return assay_pairwise_answer_with_na (NULL);
}

JsonNode *
assay_pairwise_answer_with_choice (JsonNode *answer,
                                   const char *choice,
                                   int strength,
                                   AssayBoth both)
{
  JsonObject *object;

  g_return_val_if_fail (choice == NULL || strength > 0, NULL);

  object = assay_answer_to_object (answer, "choice");
  json_object_remove_member (object, "na");
  json_object_remove_member (object, "both");
  if (choice != NULL)
    json_object_set_string_member (object, "choice", choice);
  else if (both == ASSAY_BOTH_GOOD)
    json_object_set_string_member (object, "choice", "both-good");
  else if (both == ASSAY_BOTH_BAD)
    json_object_set_string_member (object, "choice", "both-bad");
  else
    json_object_set_string_member (object, "choice", "tie");
  json_object_set_int_member (object, "strength", choice == NULL ? 0 : strength);
  if (choice == NULL && both == ASSAY_BOTH_NEUTRAL)
    json_object_set_string_member (object, "both", both_names[both]);
  return assay_json_object_node_new (object);
}

JsonNode *
assay_pairwise_answer_with_na (JsonNode *answer)
{
  JsonObject *object = assay_answer_to_object (answer, "choice");

  json_object_remove_member (object, "choice");
  json_object_remove_member (object, "strength");
  json_object_remove_member (object, "both");
  json_object_set_boolean_member (object, "na", TRUE);
  return assay_json_object_node_new (object);
}

/* Takes @object. */
static JsonNode *
or_nothing (JsonObject *object)
{
  if (json_object_get_size (object) > 0)
    return assay_json_object_node_new (object);
  json_object_unref (object);
  return NULL;
}

JsonNode *
assay_pairwise_answer_with_reasons (JsonNode *answer, const char *const *reasons)
{
  JsonObject *object = assay_answer_to_object (answer, "choice");

  json_object_remove_member (object, "reasons");
  if (reasons != NULL && reasons[0] != NULL)
    {
      JsonArray *array = json_array_new ();

      for (guint i = 0; reasons[i] != NULL; i++)
        json_array_add_string_element (array, reasons[i]);
      json_object_set_array_member (object, "reasons", array);
    }
  return or_nothing (object);
}

JsonNode *
assay_pairwise_answer_with_comment (JsonNode *answer, const char *comment)
{
  JsonObject *object = assay_answer_to_object (answer, "choice");

  assay_answer_set_text (object, "comment", comment);
  return or_nothing (object);
}

gboolean
assay_pairwise_answer_get (JsonNode *answer, const char **choice, int *strength, AssayBoth *both)
{
  JsonObject *object = assay_json_node_object (answer);
  const char *name = assay_json_get_string (object, "choice");
  const char *both_name = assay_json_get_string (object, "both");
  int value;
  AssayBoth tie = ASSAY_BOTH_UNSET;

  if (name == NULL || assay_pairwise_answer_is_na (answer))
    return FALSE;

  /* A response may itself be called “tie”; then there is a strength. */
  value = (int) CLAMP (assay_json_get_int (object, "strength", -1), -1, G_MAXINT);
  if (value <= 0)
    {
      if (g_str_equal (name, "both-good"))
        tie = ASSAY_BOTH_GOOD;
      else if (g_str_equal (name, "both-bad"))
        tie = ASSAY_BOTH_BAD;
      else if (g_str_equal (name, "tie"))
        for (int i = ASSAY_BOTH_NEUTRAL; i <= ASSAY_BOTH_BAD; i++)
          tie = g_strcmp0 (both_name, both_names[i]) == 0 ? (AssayBoth) i : tie;
      if (tie != ASSAY_BOTH_UNSET || g_str_equal (name, "tie"))
        name = NULL;
    }
  /* A preference without a strength is the weakest claim. */
  if (name != NULL && value < 0)
    value = 1;
  if (choice != NULL)
    *choice = name;
  if (strength != NULL)
    *strength = name == NULL ? 0 : value;
  if (both != NULL)
    *both = tie;
  return TRUE;
}

gboolean
assay_pairwise_answer_is_na (JsonNode *answer)
{
  return assay_json_get_boolean (assay_json_node_object (answer), "na", FALSE);
}

GStrv
assay_pairwise_answer_dup_reasons (JsonNode *answer)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = assay_json_get_array (assay_json_node_object (answer), "reasons");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *reason = assay_json_node_string (json_array_get_element (array, i));

      if (reason != NULL)
        g_strv_builder_add (builder, reason);
    }
  return g_strv_builder_end (builder);
}

gboolean
assay_pairwise_answer_has_reason (JsonNode *answer, const char *reason)
{
  g_auto (GStrv) reasons = assay_pairwise_answer_dup_reasons (answer);

  g_return_val_if_fail (reason != NULL, FALSE);

  return g_strv_contains ((const char *const *) reasons, reason);
}

const char *
assay_pairwise_answer_get_comment (JsonNode *answer)
{
  return assay_json_get_string (assay_json_node_object (answer), "comment");
}

gboolean
assay_pairwise_answer_get_signed (JsonNode *answer, AssayTask *task, int *strength)
{
  const char *choice;
  int value;

  g_return_val_if_fail (ASSAY_IS_TASK (task), FALSE);

  if (!assay_pairwise_answer_get (answer, &choice, &value, NULL))
    return FALSE;
  if (choice == NULL)
    {
      if (strength != NULL)
        *strength = 0;
      return TRUE;
    }
  if (assay_task_find_response (task, choice) == NULL)
    return FALSE;
  if (g_str_equal (choice, assay_document_get_key (assay_task_get_response (task, 0))))
    value = -value;
  if (strength != NULL)
    *strength = value;
  return TRUE;
}
