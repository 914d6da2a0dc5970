/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "assay-json-read.h"
#include "assay-model-error.h"
#include "assay-question-private.h"
#include "assay-scale-question.h"

#define GRID_TOLERANCE 1e-6
#define MAX_POINTS 10001
#define MAX_VALUE 1e9

struct _AssayScaleQuestion
{
  AssayQuestion parent_instance;

  double min;
  double max;
  double step;
  guint n_points;
  double weight;
  gboolean allow_na;
  gboolean neutral;
  AssayCommentRule comment_rule;
  double comment_below;
  GHashTable *anchors; /* (owned) (nullable): point index → text */
};

G_DEFINE_FINAL_TYPE (AssayScaleQuestion, assay_scale_question, ASSAY_TYPE_QUESTION)

/* FALSE if @value is not on the grid. */
static gboolean
find_point (AssayScaleQuestion *self, double value, guint *index)
{
  double steps = (value - self->min) / self->step;
  double nearest = round (steps);

  if (!isfinite (steps) || fabs (steps - nearest) > GRID_TOLERANCE || nearest < 0
      || nearest >= self->n_points)
    return FALSE;
  *index = (guint) nearest;
  return TRUE;
}

static gboolean
load_anchors (AssayScaleQuestion *self, JsonObject *settings, const char *place, GError **error)
{
  JsonObject *anchors = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (!assay_json_read_object (settings, "anchors", place, &anchors, error))
    return FALSE;
  if (anchors == NULL)
    return TRUE;

  self->anchors = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  json_object_iter_init (&iter, anchors);
  while (json_object_iter_next (&iter, &name, &node))
    {
      char *end = NULL;
      double value = g_ascii_strtod (name, &end);
      guint index;

      if (assay_json_node_string (node) == NULL)
        {
          g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TYPE, _ ("%s/%s is not a text."),
                       place, "anchors");
          return FALSE;
        }
      /* A text for a value that is not on the scale can never be shown; it stays in the JSON. */
      if (*name != '\0' && *end == '\0' && find_point (self, value, &index))
        g_hash_table_insert (self->anchors, GUINT_TO_POINTER (index),
                             g_strdup (assay_json_node_string (node)));
    }
  return TRUE;
}

static gboolean
assay_scale_question_load (AssayQuestion *question,
                           JsonObject *settings,
                           const char *place,
                           GError **error)
{
  AssayScaleQuestion *self = ASSAY_SCALE_QUESTION (question);
  double points;

  self->min = self->max = NAN;
  self->step = 1;
  self->weight = 1;
  if (!assay_json_read_double (settings, "min", place, -MAX_VALUE, MAX_VALUE, &self->min, error)
      || !assay_json_read_double (settings, "max", place, -MAX_VALUE, MAX_VALUE, &self->max, error)
      || !assay_json_read_double (settings, "step", place, 0, MAX_VALUE, &self->step, error)
      || !assay_json_read_double (settings, "weight", place, 0, MAX_VALUE, &self->weight, error)
      || !assay_json_read_boolean (settings, "allow_na", place, &self->allow_na, error)
      || !assay_json_read_boolean (settings, "neutral", place, &self->neutral, error)
      || !assay_question_read_comment_rule (settings, place, &self->comment_rule,
                                            &self->comment_below, error))
    return FALSE;

  if (isnan (self->min) || isnan (self->max))
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_MISSING, _ ("%s/%s is missing."),
                   place, isnan (self->min) ? "min" : "max");
      return FALSE;
    }
  points = self->step > 0 ? floor ((self->max - self->min) / self->step + GRID_TOLERANCE) + 1 : 0;
  if (!(points >= 2 && points <= MAX_POINTS))
    {
      /* Translators: %s is a place in a file, like /questions/2. */
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_RANGE,
                   _ ("%s: a scale needs between 2 and %d points."), place, MAX_POINTS);
      return FALSE;
    }
  self->n_points = (guint) points;
  return load_anchors (self, settings, place, error);
}

static gboolean
assay_scale_question_is_answered (AssayQuestion *question, JsonNode *answer)
{
  return assay_scale_answer_get_value (answer, NULL) || assay_scale_answer_is_na (answer);
}

static void
assay_scale_question_validate (AssayQuestion *question,
                               AssayTask *task,
                               const char *response,
                               JsonNode *answer,
                               GPtrArray *issues)
{
  AssayScaleQuestion *self = ASSAY_SCALE_QUESTION (question);
  const char *label = assay_question_get_name (question);
  gboolean is_na = assay_scale_answer_is_na (answer);
  double value = 0;
  gboolean has_value = assay_scale_answer_get_value (answer, &value);

  if (is_na && has_value)
    assay_question_take_issue (question, issues, ASSAY_ISSUE_ERROR, "na", response, NULL,
                               g_strdup_printf (_ ("“%s” has both a score and “not applicable”."),
                                                label));
  else if (is_na && !self->allow_na)
    assay_question_take_issue (question, issues, ASSAY_ISSUE_ERROR, "na", response, NULL,
                               g_strdup_printf (_ ("“%s” always applies; it needs a score."),
                                                label));
  else if (has_value && !assay_scale_question_is_on_grid (self, value))
    {
      g_autofree char *number = assay_json_format_number (value);

      /* Translators: the first %s is a number, the second the name of a question. */
      assay_question_take_issue (question, issues, ASSAY_ISSUE_ERROR, "grid", response, NULL,
                                 g_strdup_printf (_ ("%s is not on the scale of “%s”."), number,
                                                  label));
    }
  else if (!has_value && !is_na && assay_question_get_required (question))
    assay_question_take_issue (question, issues, ASSAY_ISSUE_ERROR, "req", response, NULL,
                               g_strdup_printf (_ ("“%s” needs a score."), label));

  if (has_value || is_na)
    assay_question_check_comment (question,
                                  self->comment_rule == ASSAY_COMMENT_REQUIRED
                                      || (self->comment_rule == ASSAY_COMMENT_REQUIRED_BELOW
                                          && has_value && value < self->comment_below),
                                  assay_scale_answer_get_comment (answer), response, "comment",
                                  issues);
}

static char *
assay_scale_question_describe (AssayQuestion *question,
                               AssayPresentation *presentation,
                               JsonNode *answer)
{
  double value;

  if (assay_scale_answer_is_na (answer))
    return g_strdup (_ ("Not applicable"));
  if (!assay_scale_answer_get_value (answer, &value))
    return NULL;
  return assay_json_format_number (value);
}

static JsonNode *
assay_scale_question_short_value (AssayQuestion *question, JsonNode *answer)
{
  double value;

  if (assay_scale_answer_is_na (answer))
    return assay_json_string_new ("na");
  if (!assay_scale_answer_get_value (answer, &value))
    return NULL;
  return assay_json_number_new (value);
}

static void
assay_scale_question_finalize (GObject *object)
{
  AssayScaleQuestion *self = ASSAY_SCALE_QUESTION (object);

  g_clear_pointer (&self->anchors, g_hash_table_unref);

  G_OBJECT_CLASS (assay_scale_question_parent_class)->finalize (object);
}

static void
assay_scale_question_class_init (AssayScaleQuestionClass *klass)
{
  AssayQuestionClass *question_class = ASSAY_QUESTION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = assay_scale_question_finalize;

  question_class->type_name = "scale";
  question_class->load = assay_scale_question_load;
  question_class->is_answered = assay_scale_question_is_answered;
  question_class->validate = assay_scale_question_validate;
  question_class->describe = assay_scale_question_describe;
  question_class->short_value = assay_scale_question_short_value;
}

static void
assay_scale_question_init (AssayScaleQuestion *self)
{
}

double
assay_scale_question_get_min (AssayScaleQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_SCALE_QUESTION (self), 0);

  return self->min;
}

double
assay_scale_question_get_max (AssayScaleQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_SCALE_QUESTION (self), 0);

  return self->max;
}

double
assay_scale_question_get_step (AssayScaleQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_SCALE_QUESTION (self), 1);

  return self->step;
}

guint
assay_scale_question_get_n_points (AssayScaleQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_SCALE_QUESTION (self), 0);

  return self->n_points;
}

double
assay_scale_question_get_point (AssayScaleQuestion *self, guint index)
{
  double value;

  g_return_val_if_fail (ASSAY_IS_SCALE_QUESTION (self), 0);
  g_return_val_if_fail (index < self->n_points, self->min);

  value = self->min + index * self->step;
  /* 0 + 3 × 0.1 is written as 0.3, not as 0.30000000000000004. */
  return round (value * 1e9) / 1e9;
}

gboolean
assay_scale_question_is_on_grid (AssayScaleQuestion *self, double value)
{
  guint index;

  g_return_val_if_fail (ASSAY_IS_SCALE_QUESTION (self), FALSE);

  return find_point (self, value, &index);
}

const char *
assay_scale_question_get_anchor (AssayScaleQuestion *self, double value)
{
  guint index;

  g_return_val_if_fail (ASSAY_IS_SCALE_QUESTION (self), NULL);

  if (self->anchors == NULL || !find_point (self, value, &index))
    return NULL;
  return g_hash_table_lookup (self->anchors, GUINT_TO_POINTER (index));
}

gboolean
assay_scale_question_has_anchors (AssayScaleQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_SCALE_QUESTION (self), FALSE);

  return self->anchors != NULL && g_hash_table_size (self->anchors) > 0;
}

gboolean
assay_scale_question_get_allow_na (AssayScaleQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_SCALE_QUESTION (self), FALSE);

  return self->allow_na;
}

gboolean
assay_scale_question_get_neutral (AssayScaleQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_SCALE_QUESTION (self), FALSE);

  return self->neutral;
}

double
assay_scale_question_get_weight (AssayScaleQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_SCALE_QUESTION (self), 1);

  return self->weight;
}

AssayCommentRule
assay_scale_question_get_comment_rule (AssayScaleQuestion *self, double *below)
{
  g_return_val_if_fail (ASSAY_IS_SCALE_QUESTION (self), ASSAY_COMMENT_OFF);

  if (below != NULL)
    *below = self->comment_below;
  return self->comment_rule;
}

JsonNode *
assay_scale_answer_new (double value)
{
  g_return_val_if_fail (isfinite (value), NULL);

  return assay_json_number_new (value);
}

JsonNode *
assay_scale_answer_new_na (void)
{
  return assay_scale_answer_with_na (NULL);
}

JsonNode *
assay_scale_answer_with_comment (JsonNode *answer, const char *comment)
{
  JsonObject *object = assay_answer_to_object (answer, "value");

  assay_answer_set_text (object, "comment", comment);
  return assay_answer_from_object (object, "value");
}

JsonNode *
assay_scale_answer_with_value (JsonNode *answer, double value)
{
  JsonObject *object;

  g_return_val_if_fail (isfinite (value), NULL);

  object = assay_answer_to_object (answer, "value");
  json_object_remove_member (object, "na");
  json_object_set_member (object, "value", assay_json_number_new (value));
  return assay_answer_from_object (object, "value");
}

JsonNode *
assay_scale_answer_with_na (JsonNode *answer)
{
  JsonObject *object = assay_answer_to_object (answer, "value");

  json_object_remove_member (object, "value");
  json_object_set_boolean_member (object, "na", TRUE);
  return assay_answer_from_object (object, "value");
}

gboolean
assay_scale_answer_get_value (JsonNode *answer, double *value)
{
  JsonObject *object = assay_json_node_object (answer);

  if (object != NULL)
    answer = json_object_get_member (object, "value");
  return assay_json_node_number (answer, value);
}

gboolean
assay_scale_answer_is_na (JsonNode *answer)
{
  return assay_json_get_boolean (assay_json_node_object (answer), "na", FALSE);
}

const char *
assay_scale_answer_get_comment (JsonNode *answer)
{
  return assay_json_get_string (assay_json_node_object (answer), "comment");
}
