/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-bidi.h"
#include "assay-json-read.h"
#include "assay-limits.h"
#include "assay-model-error.h"
#include "assay-multi-question.h"
#include "assay-question-private.h"

struct _AssayMultiQuestion
{
  AssayQuestion parent_instance;

  GPtrArray *options; /* (owned) of AssayOption */
  guint min;
  guint max; /* 0 for no limit */
  gboolean other;
};

G_DEFINE_FINAL_TYPE (AssayMultiQuestion, assay_multi_question, ASSAY_TYPE_QUESTION)

static JsonArray *
get_ids (JsonNode *answer)
{
  JsonObject *object = assay_json_node_object (answer);

  return object != NULL ? assay_json_get_array (object, "choices") : assay_json_node_array (answer);
}

static gboolean
assay_multi_question_load (AssayQuestion *question,
                           JsonObject *settings,
                           const char *place,
                           GError **error)
{
  AssayMultiQuestion *self = ASSAY_MULTI_QUESTION (question);
  gint64 min = 0;
  gint64 max = 0;

  if (!assay_json_read_int (settings, "min", place, 0, ASSAY_LIMIT_OPTIONS, &min, error)
      || !assay_json_read_int (settings, "max", place, 0, ASSAY_LIMIT_OPTIONS, &max, error)
      || !assay_json_read_boolean (settings, "other", place, &self->other, error))
    return FALSE;
  self->options = assay_options_new_from_json (settings, place, error);
  if (self->options == NULL)
    return FALSE;
  if ((max > 0 && min > max) || min > (gint64) self->options->len + (self->other ? 1 : 0))
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_RANGE,
                   _ ("%s/%s is greater than what can be chosen."), place, "min");
      return FALSE;
    }
  self->min = (guint) min;
  self->max = (guint) max;
  return TRUE;
}

static gboolean
assay_multi_question_is_answered (AssayQuestion *question, JsonNode *answer)
{
  JsonArray *ids = get_ids (answer);

  return (ids != NULL && json_array_get_length (ids) > 0)
         || !assay_text_is_blank (assay_multi_answer_get_other (answer));
}

static void
check_count (AssayMultiQuestion *self, const char *response, guint count, GPtrArray *issues)
{
  AssayQuestion *question = ASSAY_QUESTION (self);
  const char *label = assay_question_get_name (question);

  if (count < self->min)
    /* Translators: %s is the name of a question. */
    assay_question_take_issue (question, issues, ASSAY_ISSUE_ERROR, "min", response, NULL,
                               g_strdup_printf (ngettext ("“%s” needs at least %u choice.",
                                                          "“%s” needs at least %u choices.",
                                                          self->min),
                                                label, self->min));
  if (self->max > 0 && count > self->max)
    assay_question_take_issue (question, issues, ASSAY_ISSUE_ERROR, "max", response, NULL,
                               g_strdup_printf (ngettext ("“%s” takes at most %u choice.",
                                                          "“%s” takes at most %u choices.",
                                                          self->max),
                                                label, self->max));
}

static void
assay_multi_question_validate (AssayQuestion *question,
                               AssayTask *task,
                               const char *response,
                               JsonNode *answer,
                               GPtrArray *issues)
{
  AssayMultiQuestion *self = ASSAY_MULTI_QUESTION (question);
  g_auto (GStrv) ids = assay_multi_answer_dup_ids (answer);
  const char *other = assay_multi_answer_get_other (answer);
  guint count = g_strv_length (ids) + (assay_text_is_blank (other) ? 0 : 1);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      const AssayOption *option = assay_options_find (self->options, ids[i]);
      g_autofree char *name = assay_bidi_isolate (option != NULL ? option->label : ids[i]);

      if (option == NULL)
        assay_options_report_unknown (question, response, ids[i], issues);
      else if (option->exclusive && count > 1)
        /* Translators: the first %s is the name of a question, the second an option like “None of
         * these”. */
        assay_question_take_issue (
            question, issues, ASSAY_ISSUE_ERROR, "exclusive", response, NULL,
            g_strdup_printf (_ ("“%s”: “%s” cannot stand beside other choices."),
                             assay_question_get_name (question), name));
      if (g_strv_contains ((const char *const *) ids + i + 1, ids[i]))
        assay_question_take_issue (question, issues, ASSAY_ISSUE_ERROR, "option", response, NULL,
                                   g_strdup_printf (_ ("“%s” has the choice “%s” twice."),
                                                    assay_question_get_name (question), name));
    }
  if (other != NULL && !self->other)
    assay_options_report_other (question, response, issues);
  if (count > 0 || (assay_question_get_required (question) && self->min > 0))
    check_count (self, response, count, issues);
}

static char *
assay_multi_question_describe (AssayQuestion *question,
                               AssayPresentation *presentation,
                               JsonNode *answer)
{
  AssayMultiQuestion *self = ASSAY_MULTI_QUESTION (question);
  g_auto (GStrv) ids = assay_multi_answer_dup_ids (answer);
  const char *other = assay_multi_answer_get_other (answer);
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  for (guint i = 0; ids[i] != NULL; i++)
    {
      const AssayOption *option = assay_options_find (self->options, ids[i]);

      g_ptr_array_add (labels, option != NULL ? option->label : ids[i]);
    }
  if (other != NULL)
    g_ptr_array_add (labels, (gpointer) other);
  if (labels->len == 0)
    return NULL;
  g_ptr_array_add (labels, NULL);
  /* Translators: between the entries of a list. */
  return g_strjoinv (C_ ("list separator", ", "), (char **) labels->pdata);
}

static JsonNode *
assay_multi_question_short_value (AssayQuestion *question, JsonNode *answer)
{
  JsonArray *ids = get_ids (answer);
  JsonArray *values = json_array_new ();

  for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    json_array_add_element (values, assay_json_copy (json_array_get_element (ids, i)));
  if (assay_multi_answer_get_other (answer) != NULL)
    json_array_add_string_element (values, "other");
  return assay_json_array_node_new (values);
}

static void
assay_multi_question_finalize (GObject *object)
{
  AssayMultiQuestion *self = ASSAY_MULTI_QUESTION (object);

  g_clear_pointer (&self->options, g_ptr_array_unref);

  G_OBJECT_CLASS (assay_multi_question_parent_class)->finalize (object);
}

static void
assay_multi_question_class_init (AssayMultiQuestionClass *klass)
{
  AssayQuestionClass *question_class = ASSAY_QUESTION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = assay_multi_question_finalize;

  question_class->type_name = "multi";
  question_class->load = assay_multi_question_load;
  question_class->is_answered = assay_multi_question_is_answered;
  question_class->validate = assay_multi_question_validate;
  question_class->describe = assay_multi_question_describe;
  question_class->short_value = assay_multi_question_short_value;
}

static void
assay_multi_question_init (AssayMultiQuestion *self)
{
}

guint
assay_multi_question_get_n_options (AssayMultiQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_MULTI_QUESTION (self), 0);

  return self->options->len;
}

const AssayOption *
assay_multi_question_get_option (AssayMultiQuestion *self, guint index)
{
  g_return_val_if_fail (ASSAY_IS_MULTI_QUESTION (self), NULL);
  g_return_val_if_fail (index < self->options->len, NULL);

  return self->options->pdata[index];
}

guint
assay_multi_question_get_min (AssayMultiQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_MULTI_QUESTION (self), 0);

  return self->min;
}

guint
assay_multi_question_get_max (AssayMultiQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_MULTI_QUESTION (self), 0);

  return self->max;
}

gboolean
assay_multi_question_get_other (AssayMultiQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_MULTI_QUESTION (self), FALSE);

  return self->other;
}

JsonNode *
assay_multi_answer_new (const char *const *ids, const char *other)
{
  JsonObject *object = json_object_new ();

  if (ids != NULL && ids[0] != NULL)
    {
      JsonArray *array = json_array_new ();

      for (guint i = 0; ids[i] != NULL; i++)
        json_array_add_string_element (array, ids[i]);
      json_object_set_array_member (object, "choices", array);
    }
  assay_answer_set_text (object, "other", other);
  return assay_answer_from_object (object, "choices");
}

JsonNode *
assay_multi_answer_toggle (AssayMultiQuestion *question, JsonNode *answer, const char *id)
{
  g_auto (GStrv) ids = NULL;
  g_autoptr (GPtrArray) chosen = NULL;
  const AssayOption *toggled;
  const char *other;
  gboolean add;

  g_return_val_if_fail (ASSAY_IS_MULTI_QUESTION (question), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  ids = assay_multi_answer_dup_ids (answer);
  other = assay_multi_answer_get_other (answer);
  toggled = assay_options_find (question->options, id);
  add = !g_strv_contains ((const char *const *) ids, id);
  chosen = g_ptr_array_new ();

  for (guint i = 0; i < question->options->len; i++)
    {
      const AssayOption *option = question->options->pdata[i];
      gboolean keep = g_strv_contains ((const char *const *) ids, option->id);

      if (option == toggled)
        keep = add;
      else if (add && toggled != NULL && (toggled->exclusive || option->exclusive))
        keep = FALSE;
      if (keep)
        g_ptr_array_add (chosen, option->id);
    }
  /* What the form does not offer (any more) is not thrown away in passing. */
  for (guint i = 0; ids[i] != NULL; i++)
    if (assay_options_find (question->options, ids[i]) == NULL && !g_str_equal (ids[i], id))
      g_ptr_array_add (chosen, ids[i]);
  if (add && toggled != NULL && toggled->exclusive)
    other = NULL;
  g_ptr_array_add (chosen, NULL);

  return assay_multi_answer_new ((const char *const *) chosen->pdata, other);
}

gboolean
assay_multi_answer_has (JsonNode *answer, const char *id)
{
  JsonArray *ids = get_ids (answer);

  g_return_val_if_fail (id != NULL, FALSE);

  for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    if (g_strcmp0 (assay_json_node_string (json_array_get_element (ids, i)), id) == 0)
      return TRUE;
  return FALSE;
}

GStrv
assay_multi_answer_dup_ids (JsonNode *answer)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *ids = get_ids (answer);

  for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    {
      const char *id = assay_json_node_string (json_array_get_element (ids, i));

      if (id != NULL)
        g_strv_builder_add (builder, id);
    }
  return g_strv_builder_end (builder);
}

const char *
assay_multi_answer_get_other (JsonNode *answer)
{
  return assay_json_get_string (assay_json_node_object (answer), "other");
}
