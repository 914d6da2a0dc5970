/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "assay-json-read.h"
#include "assay-model-error.h"
#include "assay-number-question.h"
#include "assay-question-private.h"

#define GRID_TOLERANCE 1e-6

struct _AssayNumberQuestion
{
  AssayQuestion parent_instance;

  double min; /* -INFINITY for none */
  double max; /* INFINITY for none */
  double step;
  gboolean integer;
  char *unit; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (AssayNumberQuestion, assay_number_question, ASSAY_TYPE_QUESTION)

static gboolean
assay_number_question_load (AssayQuestion *question,
                            JsonObject *settings,
                            const char *place,
                            GError **error)
{
  AssayNumberQuestion *self = ASSAY_NUMBER_QUESTION (question);
  const char *unit = NULL;

  self->min = -INFINITY;
  self->max = INFINITY;
  if (!assay_json_read_double (settings, "min", place, -G_MAXDOUBLE, G_MAXDOUBLE, &self->min, error)
      || !assay_json_read_double (settings, "max", place, -G_MAXDOUBLE, G_MAXDOUBLE, &self->max,
                                  error)
      || !assay_json_read_double (settings, "step", place, 0, G_MAXDOUBLE, &self->step, error)
      || !assay_json_read_boolean (settings, "integer", place, &self->integer, error)
      || !assay_json_read_string (settings, "unit", place, &unit, error))
    return FALSE;
  if (self->min > self->max)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_RANGE,
                   _ ("%s: the minimum is greater than the maximum."), place);
      return FALSE;
    }
  self->unit = assay_json_dup_label (unit);
  return TRUE;
}

static gboolean
assay_number_question_is_answered (AssayQuestion *question, JsonNode *answer)
{
  return assay_number_answer_get (answer, NULL);
}

static void
report (AssayQuestion *question,
        const char *rule,
        const char *response,
        char *message,
        GPtrArray *issues)
{
  assay_question_take_issue (question, issues, ASSAY_ISSUE_ERROR, rule, response, NULL, message);
}

static void
assay_number_question_validate (AssayQuestion *question,
                                AssayTask *task,
                                const char *response,
                                JsonNode *answer,
                                GPtrArray *issues)
{
  AssayNumberQuestion *self = ASSAY_NUMBER_QUESTION (question);
  const char *label = assay_question_get_name (question);
  double value;
  double steps;

  if (!assay_number_answer_get (answer, &value))
    return;
  if (value < self->min)
    {
      g_autofree char *bound = assay_json_format_number (self->min);

      report (question, "min", response, g_strdup_printf (_ ("“%s” is at least %s."), label, bound),
              issues);
    }
  if (value > self->max)
    {
      g_autofree char *bound = assay_json_format_number (self->max);

      report (question, "max", response, g_strdup_printf (_ ("“%s” is at most %s."), label, bound),
              issues);
    }
  if (self->integer && value != trunc (value))
    report (question, "grid", response, g_strdup_printf (_ ("“%s” is a whole number."), label),
            issues);
  if (self->step > 0)
    {
      steps = (value - (isfinite (self->min) ? self->min : 0)) / self->step;
      if (fabs (steps - round (steps)) > GRID_TOLERANCE)
        {
          g_autofree char *step = assay_json_format_number (self->step);

          report (question, "grid", response,
                  g_strdup_printf (_ ("“%s” goes in steps of %s."), label, step), issues);
        }
    }
}

static char *
assay_number_question_describe (AssayQuestion *question,
                                AssayPresentation *presentation,
                                JsonNode *answer)
{
  AssayNumberQuestion *self = ASSAY_NUMBER_QUESTION (question);
  g_autofree char *number = NULL;
  double value;

  if (!assay_number_answer_get (answer, &value))
    return NULL;
  number = assay_json_format_number (value);
  if (self->unit == NULL)
    return g_steal_pointer (&number);
  /* Translators: a number and its unit. */
  return g_strdup_printf (C_ ("number and unit", "%s %s"), number, self->unit);
}

static void
assay_number_question_finalize (GObject *object)
{
  AssayNumberQuestion *self = ASSAY_NUMBER_QUESTION (object);

  g_clear_pointer (&self->unit, g_free);

  G_OBJECT_CLASS (assay_number_question_parent_class)->finalize (object);
}

static void
assay_number_question_class_init (AssayNumberQuestionClass *klass)
{
  AssayQuestionClass *question_class = ASSAY_QUESTION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = assay_number_question_finalize;

  question_class->type_name = "number";
  question_class->load = assay_number_question_load;
  question_class->is_answered = assay_number_question_is_answered;
  question_class->validate = assay_number_question_validate;
  question_class->describe = assay_number_question_describe;
}

static void
assay_number_question_init (AssayNumberQuestion *self)
{
}

gboolean
assay_number_question_get_min (AssayNumberQuestion *self, double *min)
{
  g_return_val_if_fail (ASSAY_IS_NUMBER_QUESTION (self), FALSE);

  if (min != NULL)
    *min = self->min;
  return isfinite (self->min);
}

gboolean
assay_number_question_get_max (AssayNumberQuestion *self, double *max)
{
  g_return_val_if_fail (ASSAY_IS_NUMBER_QUESTION (self), FALSE);

  if (max != NULL)
    *max = self->max;
  return isfinite (self->max);
}

double
assay_number_question_get_step (AssayNumberQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_NUMBER_QUESTION (self), 0);

  return self->step;
}

gboolean
assay_number_question_get_integer (AssayNumberQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_NUMBER_QUESTION (self), FALSE);

  return self->integer;
}

const char *
assay_number_question_get_unit (AssayNumberQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_NUMBER_QUESTION (self), NULL);

  return self->unit;
}

JsonNode *
assay_number_answer_new (double value)
{
  g_return_val_if_fail (isfinite (value), NULL);

  return assay_json_number_new (value);
}

gboolean
assay_number_answer_get (JsonNode *answer, double *value)
{
  return assay_json_node_number (answer, value);
}
