/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "assay-json-read.h"
#include "assay-limits.h"
#include "assay-model-error.h"
#include "assay-question-private.h"
#include "assay-questions.h"

#define REQUIRED_BELOW "required_below:"

void
assay_question_take_issue (AssayQuestion *self,
                           GPtrArray *issues,
                           AssayIssueLevel level,
                           const char *rule,
                           const char *response,
                           const char *item,
                           char *message)
{
  g_autofree char *sentence = message;

  g_ptr_array_add (issues, assay_issue_new (level, rule, assay_question_get_id (self), response,
                                            item, sentence));
}

gboolean
assay_question_read_comment_rule (JsonObject *settings,
                                  const char *place,
                                  AssayCommentRule *rule,
                                  double *below,
                                  GError **error)
{
  const char *name = NULL;

  *rule = ASSAY_COMMENT_OFF;
  if (!assay_json_read_string (settings, "comment", place, &name, error))
    return FALSE;
  if (name == NULL || g_str_equal (name, "off"))
    return TRUE;
  if (g_str_equal (name, "optional"))
    *rule = ASSAY_COMMENT_OPTIONAL;
  else if (g_str_equal (name, "required"))
    *rule = ASSAY_COMMENT_REQUIRED;
  else
    {
      char *end = NULL;
      const char *number =
          g_str_has_prefix (name, REQUIRED_BELOW) ? name + strlen (REQUIRED_BELOW) : NULL;
      double value = number == NULL ? 0 : g_ascii_strtod (number, &end);

      if (number == NULL || *number == '\0' || *end != '\0' || !isfinite (value))
        {
          g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_RANGE,
                       _ ("%s/%s is none of: %s."), place, "comment",
                       "off, optional, required, required_below:<n>");
          return FALSE;
        }
      *rule = ASSAY_COMMENT_REQUIRED_BELOW;
      *below = value;
    }
  return TRUE;
}

void
assay_question_check_comment (AssayQuestion *self,
                              gboolean needed,
                              const char *comment,
                              const char *response,
                              const char *item,
                              GPtrArray *issues)
{
  if (needed && assay_text_is_blank (comment))
    /* Translators: %s is the name of a question, for example “Accuracy”. */
    assay_question_take_issue (self, issues, ASSAY_ISSUE_ERROR, "comment", response, item,
                               g_strdup_printf (_ ("The answer to “%s” needs a comment."),
                                                assay_question_get_name (self)));
}

gboolean
assay_question_read_names (JsonObject *settings,
                           const char *member,
                           const char *place,
                           GPtrArray **ids,
                           GPtrArray **labels,
                           GError **error)
{
  g_autoptr (GPtrArray) read_ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) read_labels = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *here = g_strdup_printf ("%s/%s", place, member);
  JsonArray *array = NULL;
  guint length;

  if (!assay_json_read_array (settings, member, place, &array, error))
    return FALSE;
  length = array == NULL ? 0 : json_array_get_length (array);
  if (length == 0)
    return TRUE;
  if (length > ASSAY_LIMIT_OPTIONS)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TOO_LARGE,
                   _ ("%s has more than %d entries."), here, ASSAY_LIMIT_OPTIONS);
      return FALSE;
    }

  for (guint i = 0; i < length; i++)
    {
      g_autofree char *bare = assay_json_node_dup_id (json_array_get_element (array, i));
      const char *id = bare;
      const char *label = NULL;

      if (bare == NULL)
        {
          g_autofree char *place_of_name = g_strdup_printf ("%s/%u", here, i);
          JsonObject *object = assay_json_require_element (array, i, here, error);

          if (object == NULL)
            return FALSE;
          id = assay_json_require_id (object, "id", place_of_name, error);
          if (id == NULL || !assay_json_read_string (object, "label", place_of_name, &label, error))
            return FALSE;
        }
      if (assay_question_find_name (read_ids, read_labels, id) != NULL)
        {
          g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_DUPLICATE,
                       _ ("%s: the id “%s” is there twice."), here, id);
          return FALSE;
        }
      g_ptr_array_add (read_labels, assay_json_dup_label (label != NULL ? label : id));
      g_ptr_array_add (read_ids, g_strdup (id));
    }
  g_ptr_array_add (read_ids, NULL);
  *ids = g_steal_pointer (&read_ids);
  *labels = g_steal_pointer (&read_labels);
  return TRUE;
}

const char *
assay_question_find_name (GPtrArray *ids, GPtrArray *labels, const char *id)
{
  for (guint i = 0; ids != NULL && i < labels->len; i++)
    if (g_str_equal (ids->pdata[i], id))
      return labels->pdata[i];
  return NULL;
}

static JsonNode *
ids_to_text (JsonNode *node)
{
  JsonNode *copy;
  JsonArray *array = assay_json_node_array (node);
  JsonObject *object = assay_json_node_object (node);

  if (assay_json_node_number (node, NULL))
    {
      g_autofree char *id = assay_json_node_dup_id (node);

      return assay_json_string_new (id);
    }
  if (array != NULL)
    {
      JsonArray *elements = json_array_new ();

      for (guint i = 0; i < json_array_get_length (array); i++)
        json_array_add_element (elements, ids_to_text (json_array_get_element (array, i)));
      return assay_json_array_node_new (elements);
    }
  copy = assay_json_copy (node);
  if (object != NULL)
    {
      static const char *const members[] = { "choice", "choices", "best", "worst",
                                             "order",  "reasons", NULL };

      for (guint i = 0; members[i] != NULL; i++)
        if (json_object_has_member (object, members[i]))
          json_object_set_member (json_node_get_object (copy), members[i],
                                  ids_to_text (json_object_get_member (object, members[i])));
    }
  return copy;
}

JsonNode *
assay_question_normalise_answer (AssayQuestion *self, JsonNode *answer)
{
  if (ASSAY_IS_CHOICE_QUESTION (self) || ASSAY_IS_MULTI_QUESTION (self)
      || ASSAY_IS_PAIRWISE_QUESTION (self) || ASSAY_IS_RANK_QUESTION (self))
    return ids_to_text (answer);
  return assay_json_copy (answer);
}

guint
assay_text_length_trimmed (const char *text)
{
  guint length = 0;
  guint trailing = 0;

  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      if (!g_unichar_isspace (g_utf8_get_char (p)))
        {
          length += trailing + 1;
          trailing = 0;
        }
      else if (length > 0)
        trailing++;
    }
  return length;
}

static gboolean
is_written_without_spaces (gunichar c)
{
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
      return TRUE;
    default:
      return FALSE;
    }
}

guint
assay_text_length_words (const char *text)
{
  guint words = 0;
  gboolean inside = FALSE;

  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_written_without_spaces (c))
        {
          words++;
          inside = FALSE;
        }
      else if (g_unichar_isalnum (c) || g_unichar_ismark (c))
        {
          if (!inside)
            words++;
          inside = TRUE;
        }
      /* "don't" and "3.5" are one word. */
      else if (!(inside && (c == '\'' || c == 0x2019 || c == '.' || c == ',')
                 && g_unichar_isalnum (g_utf8_get_char (g_utf8_next_char (p)))))
        inside = FALSE;
    }
  return words;
}

gboolean
assay_text_is_blank (const char *text)
{
  return assay_text_length_trimmed (text) == 0;
}

JsonObject *
assay_answer_to_object (JsonNode *answer, const char *member)
{
  g_autoptr (JsonNode) copy = NULL;
  JsonObject *object;

  if (answer == NULL || JSON_NODE_HOLDS_NULL (answer))
    return json_object_new ();
  copy = assay_json_copy (answer);
  object = assay_json_node_object (copy);
  if (object != NULL)
    return json_object_ref (object);
  object = json_object_new ();
  json_object_set_member (object, member, g_steal_pointer (&copy));
  return object;
}

JsonNode *
assay_answer_from_object (JsonObject *object, const char *member)
{
  g_autoptr (JsonNode) node = NULL;

  if (json_object_get_size (object) == 0)
    {
      json_object_unref (object);
      return NULL;
    }
  node = assay_json_object_node_new (object);
  if (json_object_get_size (object) == 1 && json_object_has_member (object, member))
    return assay_json_copy (json_object_get_member (object, member));
  return g_steal_pointer (&node);
}

void
assay_answer_set_text (JsonObject *object, const char *member, const char *text)
{
  if (text == NULL || *text == '\0')
    json_object_remove_member (object, member);
  else
    json_object_set_string_member (object, member, text);
}
