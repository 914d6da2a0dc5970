/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-rewrite-question.h"

#include <glib/gi18n.h>

#include "assay-json-read.h"
#include "assay-limits.h"
#include "assay-model-error.h"
#include "assay-question-private.h"
#include "assay-rewrite-question-private.h"
#include "assay-task.h"

/* task-kinds 7.14 */
#define WRITE_MAX_CHARACTERS 50000

struct _AssayRewriteQuestion
{
  AssayQuestion parent_instance;

  AssayRewriteMode mode;
  AssayChangeLog change_log;
  GPtrArray *category_ids;    /* (owned), NULL-terminated */
  GPtrArray *category_labels; /* (owned) */
  guint min_chars;
  guint max_chars;
  guint min_words;
  guint max_words;
  GStrv must_keep;
  GPtrArray *constraints; /* (owned) of AssayTextConstraint */
  gboolean sources_required;
  gboolean asks_effort;
  GPtrArray *self_check_ids;    /* (owned) (nullable), NULL-terminated */
  GPtrArray *self_check_labels; /* (owned) (nullable) */
  gboolean self_check_required;
  GStrv answer_modes;
};

G_DEFINE_FINAL_TYPE (AssayRewriteQuestion, assay_rewrite_question, ASSAY_TYPE_QUESTION)

static const char *const mode_names[] = { "edit", "write", NULL };
static const char *const log_names[] = { "off", "per_region", "summary", NULL };
const char *const assay_rewrite_efforts[] = { "light", "medium", "rewrite", NULL };

typedef struct
{
  const char *id;
  const char *label;
} Name;

static const Name usual_categories[] = {
  { "factual", NC_ ("change to a text", "Facts") },
  { "instruction", NC_ ("change to a text", "Instructions") },
  { "completeness", NC_ ("change to a text", "Completeness") },
  { "clarity", NC_ ("change to a text", "Clarity") },
  { "structure", NC_ ("change to a text", "Structure") },
  { "tone", NC_ ("change to a text", "Tone") },
  { "grammar", NC_ ("change to a text", "Grammar") },
  { "safety", NC_ ("change to a text", "Safety") },
  { "formatting", NC_ ("change to a text", "Formatting") },
  { "concision", NC_ ("change to a text", "Concision") },
};

static const Name answer_modes[] = {
  { "answer", NC_ ("kind of answer", "Answer") },
  { "partial_answer", NC_ ("kind of answer", "Answer in part") },
  { "refuse", NC_ ("kind of answer", "Refusal") },
  { "ask_back", NC_ ("kind of answer", "Question back") },
};

static const Name efforts[] = {
  { "light", NC_ ("how much was edited", "Light") },
  { "medium", NC_ ("how much was edited", "Medium") },
  { "rewrite", NC_ ("how much was edited", "Rewritten") },
};

/* Reading the settings */

static gboolean
refuse_name (const char *place, const char *member, const char *const *names, GError **error)
{
  g_autofree char *all = g_strjoinv (", ", (char **) names);

  g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_RANGE, _ ("%s/%s is none of: %s."),
               place, member, all);
  return FALSE;
}

static gboolean
read_length (JsonObject *settings,
             const char *member,
             const char *place,
             guint *length,
             GError **error)
{
  gint64 value = *length;

  if (!assay_json_read_int (settings, member, place, 0, ASSAY_LIMIT_RATIONALE_CHARACTERS, &value,
                            error))
    return FALSE;
  *length = (guint) value;
  return TRUE;
}

static gboolean
load_lengths (AssayRewriteQuestion *self, JsonObject *settings, const char *place, GError **error)
{
  self->max_chars = self->mode == ASSAY_REWRITE_WRITE ? WRITE_MAX_CHARACTERS : 0;
  if (!read_length (settings, "min", place, &self->min_chars, error)
      || !read_length (settings, "max", place, &self->max_chars, error)
      || !read_length (settings, "min_words", place, &self->min_words, error)
      || !read_length (settings, "max_words", place, &self->max_words, error))
    return FALSE;
  if ((self->max_chars > 0 && self->min_chars > self->max_chars)
      || (self->max_words > 0 && self->min_words > self->max_words))
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_RANGE,
                   _ ("%s: the minimum is greater than the maximum."), place);
      return FALSE;
    }
  return TRUE;
}

/* A list of texts. *@list stays NULL where there is none. */
static gboolean
read_strings (JsonObject *settings,
              const char *member,
              const char *place,
              GStrv *list,
              GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *here = g_strdup_printf ("%s/%s", place, member);
  JsonArray *array = NULL;

  if (!assay_json_read_array (settings, member, place, &array, error))
    return FALSE;
  if (array == NULL)
    return TRUE;
  if (json_array_get_length (array) > ASSAY_LIMIT_OPTIONS)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TOO_LARGE,
                   _ ("%s has more than %d entries."), here, ASSAY_LIMIT_OPTIONS);
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *text = assay_json_node_string (json_array_get_element (array, i));

      if (text == NULL)
        {
          g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TYPE, _ ("%s/%u is not a text."),
                       here, i);
          return FALSE;
        }
      if (!assay_text_is_blank (text))
        g_strv_builder_add (builder, text);
    }
  *list = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
load_answer_modes (AssayRewriteQuestion *self,
                   JsonObject *settings,
                   const char *place,
                   GError **error)
{
  const char *names[G_N_ELEMENTS (answer_modes) + 1] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (answer_modes); i++)
    names[i] = answer_modes[i].id;
  if (!read_strings (settings, "answer_modes", place, &self->answer_modes, error))
    return FALSE;
  for (guint i = 0; self->answer_modes != NULL && self->answer_modes[i] != NULL; i++)
    if (!g_strv_contains (names, self->answer_modes[i]))
      return refuse_name (place, "answer_modes", names, error);
  if (self->answer_modes == NULL)
    self->answer_modes =
        self->mode == ASSAY_REWRITE_WRITE ? g_strdupv ((GStrv) names) : g_new0 (char *, 1);
  return TRUE;
}

static gboolean
load_categories (AssayRewriteQuestion *self,
                 JsonObject *settings,
                 const char *place,
                 GError **error)
{
  if (!assay_question_read_names (settings, "categories", place, &self->category_ids,
                                  &self->category_labels, error))
    return FALSE;
  if (self->category_ids != NULL)
    return TRUE;
  self->category_ids = g_ptr_array_new_with_free_func (g_free);
  self->category_labels = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < G_N_ELEMENTS (usual_categories); i++)
    {
      g_ptr_array_add (self->category_ids, g_strdup (usual_categories[i].id));
      g_ptr_array_add (self->category_labels, g_strdup (g_dpgettext2 (NULL, "change to a text",
                                                                      usual_categories[i].label)));
    }
  g_ptr_array_add (self->category_ids, NULL);
  return TRUE;
}

static gboolean
assay_rewrite_question_load (AssayQuestion *question,
                             JsonObject *settings,
                             const char *place,
                             GError **error)
{
  AssayRewriteQuestion *self = ASSAY_REWRITE_QUESTION (question);
  int mode = ASSAY_REWRITE_EDIT;
  int change_log = ASSAY_CHANGE_LOG_OFF;

  if (!assay_json_read_enum (settings, "mode", place, mode_names, &mode, error)
      || !assay_json_read_enum (settings, "change_log", place, log_names, &change_log, error))
    return FALSE;
  self->mode = (AssayRewriteMode) mode;
  if (self->mode == ASSAY_REWRITE_EDIT)
    self->change_log = (AssayChangeLog) change_log;
  if (!load_lengths (self, settings, place, error)
      || !load_answer_modes (self, settings, place, error)
      || !load_categories (self, settings, place, error)
      || !read_strings (settings, "must_keep", place, &self->must_keep, error)
      || !assay_json_read_boolean (settings, "sources_required", place, &self->sources_required,
                                   error)
      || !assay_json_read_boolean (settings, "effort", place, &self->asks_effort, error)
      || !assay_question_read_names (settings, "self_check", place, &self->self_check_ids,
                                     &self->self_check_labels, error)
      || !assay_json_read_boolean (settings, "self_check_required", place,
                                   &self->self_check_required, error))
    return FALSE;
  self->constraints = assay_text_constraints_read (settings, "constraints", place, error);
  if (self->constraints == NULL)
    return FALSE;
  if (self->must_keep == NULL)
    self->must_keep = g_new0 (char *, 1);
  return TRUE;
}

/* What an answer says */

static gboolean
assay_rewrite_question_is_answered (AssayQuestion *question, JsonNode *answer)
{
  AssayRewriteQuestion *self = ASSAY_REWRITE_QUESTION (question);

  return !assay_text_is_blank (assay_rewrite_answer_get_text (answer))
         || (self->mode == ASSAY_REWRITE_EDIT && assay_rewrite_answer_get_unchanged_ok (answer));
}

static char *
assay_rewrite_question_describe (AssayQuestion *question,
                                 AssayPresentation *presentation,
                                 JsonNode *answer)
{
  const char *text = assay_rewrite_answer_get_text (answer);
  const char *mode = assay_rewrite_answer_mode_get_label (assay_rewrite_answer_get_mode (answer));

  if (text != NULL && !assay_text_is_blank (text))
    /* Translators: what kind of answer it is, then its text. */
    return mode == NULL ? g_strdup (text)
                        : g_strdup_printf (C_ ("kind of answer", "%s: %s"), mode, text);
  return assay_rewrite_answer_get_unchanged_ok (answer) ? g_strdup (_ ("No change needed")) : NULL;
}

/* Conditions ask whether anything was changed, or what kind of answer was given. */
static JsonNode *
assay_rewrite_question_short_value (AssayQuestion *question, JsonNode *answer)
{
  AssayRewriteQuestion *self = ASSAY_REWRITE_QUESTION (question);
  const char *mode = assay_rewrite_answer_get_mode (answer);

  if (!assay_rewrite_question_is_answered (question, answer))
    return NULL;
  if (self->mode == ASSAY_REWRITE_WRITE)
    return assay_json_string_new (mode != NULL ? mode : "written");
  return assay_json_string_new (assay_rewrite_answer_get_unchanged_ok (answer) ? "unchanged"
                                                                               : "changed");
}

static void
assay_rewrite_question_finalize (GObject *object)
{
  AssayRewriteQuestion *self = ASSAY_REWRITE_QUESTION (object);

  g_clear_pointer (&self->category_ids, g_ptr_array_unref);
  g_clear_pointer (&self->category_labels, g_ptr_array_unref);
  g_clear_pointer (&self->must_keep, g_strfreev);
  g_clear_pointer (&self->constraints, g_ptr_array_unref);
  g_clear_pointer (&self->answer_modes, g_strfreev);
  g_clear_pointer (&self->self_check_ids, g_ptr_array_unref);
  g_clear_pointer (&self->self_check_labels, g_ptr_array_unref);

  G_OBJECT_CLASS (assay_rewrite_question_parent_class)->finalize (object);
}

static void
assay_rewrite_question_class_init (AssayRewriteQuestionClass *klass)
{
  AssayQuestionClass *question_class = ASSAY_QUESTION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = assay_rewrite_question_finalize;

  question_class->type_name = "rewrite";
  question_class->load = assay_rewrite_question_load;
  question_class->is_answered = assay_rewrite_question_is_answered;
  question_class->validate = _assay_rewrite_question_validate;
  question_class->describe = assay_rewrite_question_describe;
  question_class->short_value = assay_rewrite_question_short_value;
}

static void
assay_rewrite_question_init (AssayRewriteQuestion *self)
{
}

AssayRewriteMode
assay_rewrite_question_get_mode (AssayRewriteQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_REWRITE_QUESTION (self), ASSAY_REWRITE_WRITE);

  return self->mode;
}

AssayChangeLog
assay_rewrite_question_get_change_log (AssayRewriteQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_REWRITE_QUESTION (self), ASSAY_CHANGE_LOG_OFF);

  return self->change_log;
}

guint
assay_rewrite_question_get_n_categories (AssayRewriteQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_REWRITE_QUESTION (self), 0);

  return self->category_labels->len;
}

const char *
assay_rewrite_question_get_category_id (AssayRewriteQuestion *self, guint index)
{
  g_return_val_if_fail (ASSAY_IS_REWRITE_QUESTION (self), NULL);
  g_return_val_if_fail (index < self->category_labels->len, NULL);

  return self->category_ids->pdata[index];
}

const char *
assay_rewrite_question_get_category_label (AssayRewriteQuestion *self, guint index)
{
  g_return_val_if_fail (ASSAY_IS_REWRITE_QUESTION (self), NULL);
  g_return_val_if_fail (index < self->category_labels->len, NULL);

  return self->category_labels->pdata[index];
}

int
assay_rewrite_question_find_category (AssayRewriteQuestion *self, const char *id)
{
  g_return_val_if_fail (ASSAY_IS_REWRITE_QUESTION (self), -1);

  for (guint i = 0; id != NULL && i < self->category_labels->len; i++)
    if (g_str_equal (self->category_ids->pdata[i], id))
      return (int) i;
  return -1;
}

guint
assay_rewrite_question_get_min_chars (AssayRewriteQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_REWRITE_QUESTION (self), 0);

  return self->min_chars;
}

guint
assay_rewrite_question_get_max_chars (AssayRewriteQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_REWRITE_QUESTION (self), 0);

  return self->max_chars;
}

guint
assay_rewrite_question_get_min_words (AssayRewriteQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_REWRITE_QUESTION (self), 0);

  return self->min_words;
}

guint
assay_rewrite_question_get_max_words (AssayRewriteQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_REWRITE_QUESTION (self), 0);

  return self->max_words;
}

const char *const *
assay_rewrite_question_get_must_keep (AssayRewriteQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_REWRITE_QUESTION (self), NULL);

  return (const char *const *) self->must_keep;
}

guint
assay_rewrite_question_get_n_constraints (AssayRewriteQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_REWRITE_QUESTION (self), 0);

  return self->constraints->len;
}

const AssayTextConstraint *
assay_rewrite_question_get_constraint (AssayRewriteQuestion *self, guint index)
{
  g_return_val_if_fail (ASSAY_IS_REWRITE_QUESTION (self), NULL);
  g_return_val_if_fail (index < self->constraints->len, NULL);

  return self->constraints->pdata[index];
}

gboolean
assay_rewrite_question_get_sources_required (AssayRewriteQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_REWRITE_QUESTION (self), FALSE);

  return self->sources_required;
}

gboolean
assay_rewrite_question_get_asks_effort (AssayRewriteQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_REWRITE_QUESTION (self), FALSE);

  return self->asks_effort;
}

guint
assay_rewrite_question_get_n_self_checks (AssayRewriteQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_REWRITE_QUESTION (self), 0);

  return self->self_check_labels != NULL ? self->self_check_labels->len : 0;
}

const char *
assay_rewrite_question_get_self_check_id (AssayRewriteQuestion *self, guint index)
{
  g_return_val_if_fail (ASSAY_IS_REWRITE_QUESTION (self), NULL);
  g_return_val_if_fail (index < assay_rewrite_question_get_n_self_checks (self), NULL);

  return self->self_check_ids->pdata[index];
}

const char *
assay_rewrite_question_get_self_check_label (AssayRewriteQuestion *self, guint index)
{
  g_return_val_if_fail (ASSAY_IS_REWRITE_QUESTION (self), NULL);
  g_return_val_if_fail (index < assay_rewrite_question_get_n_self_checks (self), NULL);

  return self->self_check_labels->pdata[index];
}

gboolean
assay_rewrite_question_get_self_check_required (AssayRewriteQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_REWRITE_QUESTION (self), FALSE);

  return self->self_check_required;
}

const char *const *
assay_rewrite_question_get_answer_modes (AssayRewriteQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_REWRITE_QUESTION (self), NULL);

  return (const char *const *) self->answer_modes;
}

static const char *
find_label (const Name *names, guint n, const char *context, const char *id)
{
  for (guint i = 0; id != NULL && i < n; i++)
    if (g_str_equal (names[i].id, id))
      return g_dpgettext2 (NULL, context, names[i].label);
  return NULL;
}

const char *
assay_rewrite_answer_mode_get_label (const char *mode)
{
  return find_label (answer_modes, G_N_ELEMENTS (answer_modes), "kind of answer", mode);
}

const char *
assay_rewrite_effort_get_label (const char *effort)
{
  return find_label (efforts, G_N_ELEMENTS (efforts), "how much was edited", effort);
}

AssayDocument *
assay_rewrite_question_get_original (AssayRewriteQuestion *self,
                                     AssayTask *task,
                                     const char *response)
{
  guint n;

  g_return_val_if_fail (ASSAY_IS_REWRITE_QUESTION (self), NULL);
  g_return_val_if_fail (ASSAY_IS_TASK (task), NULL);

  n = assay_task_get_n_responses (task);
  if (self->mode == ASSAY_REWRITE_WRITE || (response == NULL && n != 1))
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      AssayDocument *document = assay_task_get_response (task, i);

      if (response == NULL || g_strcmp0 (assay_document_get_key (document), response) == 0)
        return document;
    }
  return NULL;
}

const char *
assay_rewrite_question_get_text (AssayRewriteQuestion *self,
                                 AssayTask *task,
                                 const char *response,
                                 JsonNode *answer)
{
  const char *text = assay_rewrite_answer_get_text (answer);
  AssayDocument *original;

  g_return_val_if_fail (ASSAY_IS_REWRITE_QUESTION (self), "");

  if (text != NULL)
    return text;
  original = assay_rewrite_question_get_original (self, task, response);
  return original != NULL ? assay_document_get_text (original) : "";
}
