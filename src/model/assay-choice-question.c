/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-bidi.h"
#include "assay-choice-question.h"
#include "assay-json-read.h"
#include "assay-limits.h"
#include "assay-model-error.h"
#include "assay-question-private.h"

struct _AssayChoiceQuestion
{
  AssayQuestion parent_instance;

  GPtrArray *options; /* (owned) of AssayOption */
  gboolean other;
};

G_DEFINE_FINAL_TYPE (AssayChoiceQuestion, assay_choice_question, ASSAY_TYPE_QUESTION)

static void
option_free (AssayOption *option)
{
  g_free (option->id);
  g_free (option->label);
  g_free (option->help);
  g_free (option);
}

/* An option is an object, or its id alone. */
static AssayOption *
option_new (JsonArray *array, guint index, const char *place, GError **error)
{
  AssayOption *option;
  g_autofree char *here = g_strdup_printf ("%s/%u", place, index);
  g_autofree char *bare = assay_json_node_dup_id (json_array_get_element (array, index));
  const char *id = bare;
  const char *label = NULL;
  const char *help = NULL;
  gboolean exclusive = FALSE;

  if (bare == NULL)
    {
      JsonObject *object = assay_json_require_element (array, index, place, error);

      if (object == NULL)
        return NULL;
      id = assay_json_require_id (object, "id", here, error);
      if (id == NULL || !assay_json_read_string (object, "label", here, &label, error)
          || !assay_json_read_string (object, "help", here, &help, error)
          || !assay_json_read_boolean (object, "exclusive", here, &exclusive, error))
        return NULL;
    }

  option = g_new0 (AssayOption, 1);
  option->id = g_strdup (id);
  option->label = assay_json_dup_label (label != NULL ? label : id);
  option->help = g_strdup (help);
  option->exclusive = exclusive;
  return option;
}

static gboolean
assay_choice_question_load (AssayQuestion *question,
                            JsonObject *settings,
                            const char *place,
                            GError **error)
{
  AssayChoiceQuestion *self = ASSAY_CHOICE_QUESTION (question);

  if (!assay_json_read_boolean (settings, "other", place, &self->other, error))
    return FALSE;
  self->options = assay_options_new_from_json (settings, place, error);
  return self->options != NULL;
}

static gboolean
assay_choice_question_is_answered (AssayQuestion *question, JsonNode *answer)
{
  const char *choice = assay_choice_answer_get_choice (answer);

  if (choice != NULL && assay_options_find (ASSAY_CHOICE_QUESTION (question)->options, choice))
    return TRUE;
  return !assay_text_is_blank (assay_choice_answer_get_other (answer));
}

static void
assay_choice_question_validate (AssayQuestion *question,
                                AssayTask *task,
                                const char *response,
                                JsonNode *answer,
                                GPtrArray *issues)
{
  AssayChoiceQuestion *self = ASSAY_CHOICE_QUESTION (question);
  const char *choice = assay_choice_answer_get_choice (answer);
  const char *other = assay_choice_answer_get_other (answer);

  if (choice != NULL && assay_options_find (self->options, choice) == NULL
      && !(self->other && g_str_equal (choice, "other")))
    assay_options_report_unknown (question, response, choice, issues);
  else if (choice != NULL && g_str_equal (choice, "other") && assay_text_is_blank (other)
           && assay_options_find (self->options, choice) == NULL)
    /* Translators: %s is the name of a question. */
    assay_question_take_issue (question, issues, ASSAY_ISSUE_ERROR, "req", response, "other",
                               g_strdup_printf (_ ("“%s”: write what the other answer is."),
                                                assay_question_get_name (question)));
  if (other != NULL && !self->other)
    assay_options_report_other (question, response, issues);
}

static char *
assay_choice_question_describe (AssayQuestion *question,
                                AssayPresentation *presentation,
                                JsonNode *answer)
{
  AssayChoiceQuestion *self = ASSAY_CHOICE_QUESTION (question);
  const char *choice = assay_choice_answer_get_choice (answer);
  const char *other = assay_choice_answer_get_other (answer);
  const AssayOption *option = choice == NULL ? NULL : assay_options_find (self->options, choice);

  if (option != NULL)
    return g_strdup (option->label);
  return g_strdup (other != NULL ? other : choice);
}

static JsonNode *
assay_choice_question_short_value (AssayQuestion *question, JsonNode *answer)
{
  const char *choice = assay_choice_answer_get_choice (answer);

  if (choice == NULL && assay_choice_answer_get_other (answer) != NULL)
    choice = "other";
  return choice == NULL ? NULL : assay_json_string_new (choice);
}

static void
assay_choice_question_finalize (GObject *object)
{
  AssayChoiceQuestion *self = ASSAY_CHOICE_QUESTION (object);

  g_clear_pointer (&self->options, g_ptr_array_unref);

  G_OBJECT_CLASS (assay_choice_question_parent_class)->finalize (object);
}

static void
assay_choice_question_class_init (AssayChoiceQuestionClass *klass)
{
  AssayQuestionClass *question_class = ASSAY_QUESTION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = assay_choice_question_finalize;

  question_class->type_name = "choice";
  question_class->load = assay_choice_question_load;
  question_class->is_answered = assay_choice_question_is_answered;
  question_class->validate = assay_choice_question_validate;
  question_class->describe = assay_choice_question_describe;
  question_class->short_value = assay_choice_question_short_value;
}

static void
assay_choice_question_init (AssayChoiceQuestion *self)
{
}

guint
assay_choice_question_get_n_options (AssayChoiceQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_CHOICE_QUESTION (self), 0);

  return self->options->len;
}

const AssayOption *
assay_choice_question_get_option (AssayChoiceQuestion *self, guint index)
{
  g_return_val_if_fail (ASSAY_IS_CHOICE_QUESTION (self), NULL);
  g_return_val_if_fail (index < self->options->len, NULL);

  return self->options->pdata[index];
}

gboolean
assay_choice_question_get_other (AssayChoiceQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_CHOICE_QUESTION (self), FALSE);

  return self->other;
}

JsonNode *
assay_choice_answer_new (const char *id, const char *other)
{
  JsonObject *object = json_object_new ();

  if (id != NULL)
    json_object_set_string_member (object, "choice", id);
  assay_answer_set_text (object, "other", other);
  return assay_answer_from_object (object, "choice");
}

const char *
assay_choice_answer_get_choice (JsonNode *answer)
{
  JsonObject *object = assay_json_node_object (answer);

  return object != NULL ? assay_json_get_string (object, "choice")
                        : assay_json_node_string (answer);
}

const char *
assay_choice_answer_get_other (JsonNode *answer)
{
  return assay_json_get_string (assay_json_node_object (answer), "other");
}

GPtrArray *
assay_options_new_from_json (JsonObject *settings, const char *place, GError **error)
{
  g_autoptr (GPtrArray) options = g_ptr_array_new_with_free_func ((GDestroyNotify) option_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *here = NULL;
  JsonArray *array;
  guint length;

  g_return_val_if_fail (settings != NULL, NULL);
  g_return_val_if_fail (place != NULL, NULL);

  here = g_strconcat (place, "/options", NULL);
  array = assay_json_require_array (settings, "options", place, error);
  if (array == NULL)
    return NULL;
  length = json_array_get_length (array);
  if (length == 0)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_RANGE, _ ("%s is an empty list."),
                   here);
      return NULL;
    }
  if (length > ASSAY_LIMIT_OPTIONS)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TOO_LARGE,
                   _ ("%s has more than %d entries."), here, ASSAY_LIMIT_OPTIONS);
      return NULL;
    }

  for (guint i = 0; i < length; i++)
    {
      AssayOption *option = option_new (array, i, here, error);

      if (option == NULL)
        return NULL;
      g_ptr_array_add (options, option);
      if (!g_hash_table_add (seen, option->id))
        {
          /* Translators: the first %s is a place in a file, the second an id. */
          g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_DUPLICATE,
                       _ ("%s: the id “%s” is there twice."), here, option->id);
          return NULL;
        }
    }
  return g_steal_pointer (&options);
}

const AssayOption *
assay_options_find (GPtrArray *options, const char *id)
{
  g_return_val_if_fail (options != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < options->len; i++)
    {
      const AssayOption *option = options->pdata[i];

      if (g_str_equal (option->id, id))
        return option;
    }
  return NULL;
}

void
assay_options_report_unknown (AssayQuestion *question,
                              const char *response,
                              const char *id,
                              GPtrArray *issues)
{
  g_autofree char *name = assay_bidi_isolate (id);

  /* Translators: the first %s is the name of a question, the second an answer. */
  assay_question_take_issue (question, issues, ASSAY_ISSUE_ERROR, "option", response, NULL,
                             g_strdup_printf (_ ("“%s” does not offer “%s” any more."),
                                              assay_question_get_name (question), name));
}

void
assay_options_report_other (AssayQuestion *question, const char *response, GPtrArray *issues)
{
  assay_question_take_issue (question, issues, ASSAY_ISSUE_ERROR, "option", response, "other",
                             g_strdup_printf (_ ("“%s” does not take an answer in own words."),
                                              assay_question_get_name (question)));
}
