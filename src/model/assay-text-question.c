/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-json-read.h"
#include "assay-limits.h"
#include "assay-model-error.h"
#include "assay-question-private.h"
#include "assay-text-question.h"

struct _AssayTextQuestion
{
  AssayQuestion parent_instance;

  guint min_chars;
  guint max_chars; /* 0 for no limit, here and below */
  guint min_words;
  guint max_words;
  gboolean multiline;
  char *placeholder; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (AssayTextQuestion, assay_text_question, ASSAY_TYPE_QUESTION)

static gboolean
read_length (JsonObject *settings,
             const char *member,
             const char *place,
             guint *length,
             GError **error)
{
  gint64 value = 0;

  if (!assay_json_read_int (settings, member, place, 0, ASSAY_LIMIT_RATIONALE_CHARACTERS, &value,
                            error))
    return FALSE;
  *length = (guint) value;
  return TRUE;
}

static gboolean
assay_text_question_load (AssayQuestion *question,
                          JsonObject *settings,
                          const char *place,
                          GError **error)
{
  AssayTextQuestion *self = ASSAY_TEXT_QUESTION (question);
  const char *placeholder = NULL;

  self->multiline = TRUE;
  if (!read_length (settings, "min", place, &self->min_chars, error)
      || !read_length (settings, "max", place, &self->max_chars, error)
      || !read_length (settings, "min_words", place, &self->min_words, error)
      || !read_length (settings, "max_words", place, &self->max_words, error)
      || !assay_json_read_boolean (settings, "multiline", place, &self->multiline, error)
      || !assay_json_read_string (settings, "placeholder", place, &placeholder, error))
    return FALSE;
  if ((self->max_chars > 0 && self->min_chars > self->max_chars)
      || (self->max_words > 0 && self->min_words > self->max_words))
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_RANGE,
                   _ ("%s: the minimum is greater than the maximum."), place);
      return FALSE;
    }
  self->placeholder = assay_json_dup_label (placeholder);
  return TRUE;
}

static gboolean
assay_text_question_is_answered (AssayQuestion *question, JsonNode *answer)
{
  return !assay_text_is_blank (assay_text_answer_get (answer));
}

/* @too_short and @too_long: sentences with the name of the question and the number. */
static void
check_length (AssayQuestion *question,
              const char *response,
              guint length,
              guint min,
              guint max,
              const char *too_short,
              const char *too_long,
              GPtrArray *issues)
{
  const char *label = assay_question_get_name (question);

  if (length < min)
    assay_question_take_issue (question, issues, ASSAY_ISSUE_ERROR, "min", response, NULL,
                               g_strdup_printf (too_short, label, min));
  if (max > 0 && length > max)
    assay_question_take_issue (question, issues, ASSAY_ISSUE_ERROR, "max", response, NULL,
                               g_strdup_printf (too_long, label, max));
}

static void
assay_text_question_validate (AssayQuestion *question,
                              AssayTask *task,
                              const char *response,
                              JsonNode *answer,
                              GPtrArray *issues)
{
  AssayTextQuestion *self = ASSAY_TEXT_QUESTION (question);
  const char *text = assay_text_answer_get (answer);

  if (assay_text_is_blank (text))
    return;
  check_length (question, response, assay_text_length_trimmed (text), self->min_chars,
                self->max_chars,
                /* Translators: %s is the name of a question. */
                ngettext ("“%s” needs at least %u character.", "“%s” needs at least %u characters.",
                          self->min_chars),
                ngettext ("“%s” takes at most %u character.", "“%s” takes at most %u characters.",
                          self->max_chars),
                issues);
  check_length (
      question, response, assay_text_length_words (text), self->min_words, self->max_words,
      ngettext ("“%s” needs at least %u word.", "“%s” needs at least %u words.", self->min_words),
      ngettext ("“%s” takes at most %u word.", "“%s” takes at most %u words.", self->max_words),
      issues);
}

static char *
assay_text_question_describe (AssayQuestion *question,
                              AssayPresentation *presentation,
                              JsonNode *answer)
{
  const char *text = assay_text_answer_get (answer);

  return assay_text_is_blank (text) ? NULL : g_strdup (text);
}

static void
assay_text_question_finalize (GObject *object)
{
  AssayTextQuestion *self = ASSAY_TEXT_QUESTION (object);

  g_clear_pointer (&self->placeholder, g_free);

  G_OBJECT_CLASS (assay_text_question_parent_class)->finalize (object);
}

static void
assay_text_question_class_init (AssayTextQuestionClass *klass)
{
  AssayQuestionClass *question_class = ASSAY_QUESTION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = assay_text_question_finalize;

  question_class->type_name = "text";
  question_class->load = assay_text_question_load;
  question_class->is_answered = assay_text_question_is_answered;
  question_class->validate = assay_text_question_validate;
  question_class->describe = assay_text_question_describe;
}

static void
assay_text_question_init (AssayTextQuestion *self)
{
}

guint
assay_text_question_get_min_chars (AssayTextQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_TEXT_QUESTION (self), 0);

  return self->min_chars;
}

guint
assay_text_question_get_max_chars (AssayTextQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_TEXT_QUESTION (self), 0);

  return self->max_chars;
}

guint
assay_text_question_get_min_words (AssayTextQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_TEXT_QUESTION (self), 0);

  return self->min_words;
}

guint
assay_text_question_get_max_words (AssayTextQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_TEXT_QUESTION (self), 0);

  return self->max_words;
}

gboolean
assay_text_question_get_multiline (AssayTextQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_TEXT_QUESTION (self), TRUE);

  return self->multiline;
}

const char *
assay_text_question_get_placeholder (AssayTextQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_TEXT_QUESTION (self), NULL);

  return self->placeholder;
}

JsonNode *
assay_text_answer_new (const char *text)
{
  return text == NULL || *text == '\0' ? NULL : assay_json_string_new (text);
}

const char *
assay_text_answer_get (JsonNode *answer)
{
  return assay_json_node_string (answer);
}
