/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-bidi.h"
#include "assay-checklist-question.h"
#include "assay-json-read.h"
#include "assay-limits.h"
#include "assay-model-error.h"
#include "assay-question-private.h"

#define MAX_ITEM_POINTS 100

typedef enum
{
  WORDS_MET,
  WORDS_FOLLOWED,
  WORDS_PRESENT,
} Words;

struct _AssayChecklistQuestion
{
  AssayQuestion parent_instance;

  GPtrArray *items; /* (owned) of AssayChecklistItem */
  gboolean allowed[ASSAY_MET_UNSURE + 1];
  gboolean commented[ASSAY_MET_UNSURE + 1];
  Words words;
};

G_DEFINE_FINAL_TYPE (AssayChecklistQuestion, assay_checklist_question, ASSAY_TYPE_QUESTION)

static const char *const met_names[] = { "", "yes", "no", "partial", "na", "unsure", NULL };
static const char *const words_names[] = { "met", "followed", "present", NULL };

static AssayMet
met_from_string (const char *name)
{
  for (int i = ASSAY_MET_YES; name != NULL && i <= ASSAY_MET_UNSURE; i++)
    if (g_str_equal (met_names[i], name))
      return (AssayMet) i;
  return ASSAY_MET_UNSET;
}

static void
item_free (AssayChecklistItem *item)
{
  g_free (item->id);
  g_free (item->text);
  g_free (item->category);
  g_free (item->check);
  g_clear_pointer (&item->check_args, json_node_unref);
  g_free (item);
}

static gboolean
load_item (AssayChecklistQuestion *self,
           JsonArray *array,
           guint index,
           const char *place,
           GError **error)
{
  g_autofree char *here = g_strdup_printf ("%s/%u", place, index);
  JsonObject *object = assay_json_require_element (array, index, place, error);
  AssayChecklistItem *item;
  const char *id;
  const char *text;
  const char *category = NULL;
  const char *check_type = NULL;
  JsonObject *check = NULL;
  gboolean critical = FALSE;
  gint64 points = 1;

  if (object == NULL)
    return FALSE;
  id = assay_json_require_id (object, "id", here, error);
  if (id == NULL)
    return FALSE;
  text = assay_json_require_string (object, "text", here, error);
  if (text == NULL || !assay_json_read_string (object, "category", here, &category, error)
      || !assay_json_read_boolean (object, "critical", here, &critical, error)
      || !assay_json_read_int (object, "points", here, -MAX_ITEM_POINTS, MAX_ITEM_POINTS, &points,
                               error)
      || !assay_json_read_object (object, "check", here, &check, error)
      || (check != NULL && !assay_json_read_string (check, "type", here, &check_type, error)))
    return FALSE;
  if (points == 0)
    {
      /* Translators: %s is a place in a file. */
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_RANGE,
                   _ ("%s: an item is worth at least one point, or takes one away."), here);
      return FALSE;
    }
  if (assay_checklist_question_find_item (self, id) != NULL)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_DUPLICATE,
                   _ ("%s: the id “%s” is there twice."), place, id);
      return FALSE;
    }

  item = g_new0 (AssayChecklistItem, 1);
  item->id = g_strdup (id);
  item->text = g_strdup (text);
  item->category = assay_json_dup_label (category);
  item->points = (int) points;
  item->critical = critical;
  item->check = g_strdup (check_type);
  if (check_type != NULL && assay_json_get_object (check, "args") != NULL)
    {
      item->check_args = assay_json_copy (json_object_get_member (check, "args"));
      json_node_seal (item->check_args);
    }
  g_ptr_array_add (self->items, item);
  return TRUE;
}

static gboolean
load_items (AssayChecklistQuestion *self, JsonObject *settings, const char *place, GError **error)
{
  g_autofree char *here = g_strconcat (place, "/items", NULL);
  JsonArray *array = assay_json_require_array (settings, "items", place, error);
  guint length;

  if (array == NULL)
    return FALSE;
  length = json_array_get_length (array);
  if (length == 0)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_RANGE, _ ("%s is an empty list."),
                   here);
      return FALSE;
    }
  if (length > ASSAY_LIMIT_CHECKLIST_ITEMS)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TOO_LARGE,
                   _ ("%s has more than %d entries."), here, ASSAY_LIMIT_CHECKLIST_ITEMS);
      return FALSE;
    }
  for (guint i = 0; i < length; i++)
    if (!load_item (self, array, i, here, error))
      return FALSE;
  return TRUE;
}

static gboolean
load_comment_required (AssayChecklistQuestion *self,
                       JsonObject *settings,
                       const char *place,
                       GError **error)
{
  JsonArray *array = NULL;

  if (!assay_json_read_array (settings, "comment_required", place, &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      AssayMet met = met_from_string (assay_json_node_string (json_array_get_element (array, i)));

      if (met == ASSAY_MET_UNSET)
        {
          g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_RANGE,
                       _ ("%s/%s is none of: %s."), place, "comment_required",
                       "yes, no, partial, na, unsure");
          return FALSE;
        }
      self->commented[met] = TRUE;
    }
  return TRUE;
}

static gboolean
assay_checklist_question_load (AssayQuestion *question,
                               JsonObject *settings,
                               const char *place,
                               GError **error)
{
  AssayChecklistQuestion *self = ASSAY_CHECKLIST_QUESTION (question);
  int words = WORDS_MET;

  self->allowed[ASSAY_MET_UNSET] = TRUE;
  self->allowed[ASSAY_MET_YES] = TRUE;
  self->allowed[ASSAY_MET_NO] = TRUE;
  if (!assay_json_read_boolean (settings, "allow_partial", place, &self->allowed[ASSAY_MET_PARTIAL],
                                error)
      || !assay_json_read_boolean (settings, "allow_na", place, &self->allowed[ASSAY_MET_NA], error)
      || !assay_json_read_boolean (settings, "allow_unsure", place,
                                   &self->allowed[ASSAY_MET_UNSURE], error)
      || !assay_json_read_enum (settings, "words", place, words_names, &words, error)
      || !load_comment_required (self, settings, place, error))
    return FALSE;
  self->words = (Words) words;
  return load_items (self, settings, place, error);
}

static gboolean
assay_checklist_question_is_answered (AssayQuestion *question, JsonNode *answer)
{
  AssayChecklistQuestion *self = ASSAY_CHECKLIST_QUESTION (question);

  for (guint i = 0; i < self->items->len; i++)
    {
      const AssayChecklistItem *item = self->items->pdata[i];

      if (assay_checklist_answer_get (answer, item->id) == ASSAY_MET_UNSET)
        return FALSE;
    }
  return TRUE;
}

static void
validate_item (AssayChecklistQuestion *self,
               const AssayChecklistItem *item,
               const char *response,
               JsonNode *answer,
               GPtrArray *issues)
{
  AssayQuestion *question = ASSAY_QUESTION (self);
  AssayMet met = assay_checklist_answer_get (answer, item->id);
  g_autofree char *label = assay_json_dup_label (item->text);
  g_autofree char *text = assay_bidi_isolate (label);

  if (met == ASSAY_MET_UNSET)
    {
      if (assay_question_get_required (question))
        /* Translators: %s is an item of a checklist. */
        assay_question_take_issue (question, issues, ASSAY_ISSUE_ERROR, "req", response, item->id,
                                   g_strdup_printf (_ ("“%s” needs a verdict."), text));
      return;
    }
  if (!self->allowed[met])
    assay_question_take_issue (question, issues, ASSAY_ISSUE_ERROR, "option", response, item->id,
                               g_strdup_printf (_ ("“%s” does not take this verdict."), text));
  if (self->commented[met]
      && assay_text_is_blank (assay_checklist_answer_get_comment (answer, item->id)))
    /* Translators: %s is an item of a checklist. */
    assay_question_take_issue (question, issues, ASSAY_ISSUE_ERROR, "comment", response, item->id,
                               g_strdup_printf (_ ("The verdict on “%s” needs a comment."), text));
}

static void
assay_checklist_question_validate (AssayQuestion *question,
                                   AssayTask *task,
                                   const char *response,
                                   JsonNode *answer,
                                   GPtrArray *issues)
{
  AssayChecklistQuestion *self = ASSAY_CHECKLIST_QUESTION (question);

  for (guint i = 0; i < self->items->len; i++)
    validate_item (self, self->items->pdata[i], response, answer, issues);
}

static char *
assay_checklist_question_describe (AssayQuestion *question,
                                   AssayPresentation *presentation,
                                   JsonNode *answer)
{
  AssayChecklistQuestion *self = ASSAY_CHECKLIST_QUESTION (question);
  AssayChecklistScore score = assay_checklist_question_score (self, answer);
  g_autofree char *points = assay_json_format_number (score.points);
  g_autofree char *max = assay_json_format_number (score.max);

  if (score.answered == 0)
    return NULL;
  if (score.failed)
    /* Translators: points reached, of points possible; a critical item fails the whole. */
    return g_strdup_printf (_ ("%s of %s points, failed"), points, max);
  /* Translators: points reached, of points possible. */
  return g_strdup_printf (_ ("%s of %s points"), points, max);
}

static JsonNode *
assay_checklist_question_short_value (AssayQuestion *question, JsonNode *answer)
{
  AssayChecklistScore score =
      assay_checklist_question_score (ASSAY_CHECKLIST_QUESTION (question), answer);

  return score.answered == 0 ? NULL : assay_json_string_new (score.failed ? "failed" : "passed");
}

static void
assay_checklist_question_finalize (GObject *object)
{
  AssayChecklistQuestion *self = ASSAY_CHECKLIST_QUESTION (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (assay_checklist_question_parent_class)->finalize (object);
}

static void
assay_checklist_question_class_init (AssayChecklistQuestionClass *klass)
{
  AssayQuestionClass *question_class = ASSAY_QUESTION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = assay_checklist_question_finalize;

  question_class->type_name = "checklist";
  question_class->load = assay_checklist_question_load;
  question_class->is_answered = assay_checklist_question_is_answered;
  question_class->validate = assay_checklist_question_validate;
  question_class->describe = assay_checklist_question_describe;
  question_class->short_value = assay_checklist_question_short_value;
}

static void
assay_checklist_question_init (AssayChecklistQuestion *self)
{
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
}

guint
assay_checklist_question_get_n_items (AssayChecklistQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_CHECKLIST_QUESTION (self), 0);

  return self->items->len;
}

const AssayChecklistItem *
assay_checklist_question_get_item (AssayChecklistQuestion *self, guint index)
{
  g_return_val_if_fail (ASSAY_IS_CHECKLIST_QUESTION (self), NULL);
  g_return_val_if_fail (index < self->items->len, NULL);

  return self->items->pdata[index];
}

const AssayChecklistItem *
assay_checklist_question_find_item (AssayChecklistQuestion *self, const char *id)
{
  g_return_val_if_fail (ASSAY_IS_CHECKLIST_QUESTION (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      const AssayChecklistItem *item = self->items->pdata[i];

      if (g_str_equal (item->id, id))
        return item;
    }
  return NULL;
}

gboolean
assay_checklist_question_allows (AssayChecklistQuestion *self, AssayMet met)
{
  g_return_val_if_fail (ASSAY_IS_CHECKLIST_QUESTION (self), FALSE);
  g_return_val_if_fail (met <= ASSAY_MET_UNSURE, FALSE);

  return self->allowed[met];
}

const char *
assay_checklist_question_get_label (AssayChecklistQuestion *self, guint item, AssayMet met)
{
  const AssayChecklistItem *entry;

  g_return_val_if_fail (ASSAY_IS_CHECKLIST_QUESTION (self), NULL);
  g_return_val_if_fail (item < self->items->len, NULL);

  entry = self->items->pdata[item];
  if (met == ASSAY_MET_NA)
    return _ ("Not applicable");
  if (met == ASSAY_MET_UNSURE)
    return _ ("Cannot tell");
  if (met == ASSAY_MET_UNSET)
    return "";

  /* Where points are taken away, “yes” has to be understood as bad. */
  if (entry->points < 0)
    return met == ASSAY_MET_YES  ? _ ("Fault present")
           : met == ASSAY_MET_NO ? _ ("No such fault")
                                 : _ ("Fault partly present");
  switch (self->words)
    {
    case WORDS_FOLLOWED:
      return met == ASSAY_MET_YES  ? _ ("Followed")
             : met == ASSAY_MET_NO ? _ ("Not followed")
                                   : _ ("Partly followed");
    case WORDS_PRESENT:
      return met == ASSAY_MET_YES  ? _ ("Present")
             : met == ASSAY_MET_NO ? _ ("Not present")
                                   : _ ("Partly present");
    case WORDS_MET:
    default:
      return met == ASSAY_MET_YES  ? _ ("Met")
             : met == ASSAY_MET_NO ? _ ("Not met")
                                   : _ ("Partly met");
    }
}

gboolean
assay_checklist_question_needs_comment (AssayChecklistQuestion *self, AssayMet met)
{
  g_return_val_if_fail (ASSAY_IS_CHECKLIST_QUESTION (self), FALSE);
  g_return_val_if_fail (met <= ASSAY_MET_UNSURE, FALSE);

  return self->commented[met];
}

AssayMet
assay_checklist_answer_get (JsonNode *answer, const char *item)
{
  JsonObject *object = assay_json_node_object (answer);
  JsonNode *node;
  JsonObject *verdict;

  g_return_val_if_fail (item != NULL, ASSAY_MET_UNSET);

  node = object == NULL ? NULL : json_object_get_member (object, item);
  verdict = assay_json_node_object (node);
  return met_from_string (verdict != NULL ? assay_json_get_string (verdict, "met")
                                          : assay_json_node_string (node));
}

const char *
assay_checklist_answer_get_comment (JsonNode *answer, const char *item)
{
  g_return_val_if_fail (item != NULL, NULL);

  return assay_json_get_string (assay_json_get_object (assay_json_node_object (answer), item),
                                "comment");
}

/* Takes @verdict. */
static JsonNode *
with_verdict (JsonNode *answer, const char *item, JsonObject *verdict)
{
  g_autoptr (JsonNode) copy = assay_json_copy (answer);
  JsonObject *object = assay_json_node_object (copy);
  JsonNode *node = assay_answer_from_object (verdict, "met");

  object = object == NULL ? json_object_new () : json_object_ref (object);
  if (node == NULL)
    json_object_remove_member (object, item);
  else
    json_object_set_member (object, item, node);
  if (json_object_get_size (object) == 0)
    {
      json_object_unref (object);
      return NULL;
    }
  return assay_json_object_node_new (object);
}

static JsonObject *
dup_verdict (JsonNode *answer, const char *item)
{
  JsonObject *object = assay_json_node_object (answer);

  return assay_answer_to_object (object == NULL ? NULL : json_object_get_member (object, item),
                                 "met");
}

JsonNode *
assay_checklist_answer_with (JsonNode *answer, const char *item, AssayMet met)
{
  JsonObject *verdict;

  g_return_val_if_fail (item != NULL, NULL);
  g_return_val_if_fail (met <= ASSAY_MET_UNSURE, NULL);

  verdict = dup_verdict (answer, item);
  if (met == ASSAY_MET_UNSET)
    json_object_remove_member (verdict, "met");
  else
    json_object_set_string_member (verdict, "met", met_names[met]);
  return with_verdict (answer, item, verdict);
}

JsonNode *
assay_checklist_answer_with_comment (JsonNode *answer, const char *item, const char *comment)
{
  JsonObject *verdict;

  g_return_val_if_fail (item != NULL, NULL);

  verdict = dup_verdict (answer, item);
  assay_answer_set_text (verdict, "comment", comment);
  return with_verdict (answer, item, verdict);
}

AssayChecklistScore
assay_checklist_question_score (AssayChecklistQuestion *self, JsonNode *answer)
{
  AssayChecklistScore score = { 0 };

  g_return_val_if_fail (ASSAY_IS_CHECKLIST_QUESTION (self), score);

  for (guint i = 0; i < self->items->len; i++)
    {
      const AssayChecklistItem *item = self->items->pdata[i];
      AssayMet met = assay_checklist_answer_get (answer, item->id);

      if (met != ASSAY_MET_UNSET)
        score.answered++;
      if (met == ASSAY_MET_NA || met == ASSAY_MET_UNSURE)
        continue;
      if (item->points > 0)
        score.max += item->points;
      if (met == ASSAY_MET_YES)
        score.points += item->points;
      else if (met == ASSAY_MET_PARTIAL)
        score.points += item->points * 0.5;
      if (item->critical && met == (item->points > 0 ? ASSAY_MET_NO : ASSAY_MET_YES))
        score.failed = TRUE;
    }
  /* A list of faults alone has nothing to reach. */
  if (score.max > 0)
    score.fraction = CLAMP (score.points / score.max, 0, 1);
  else
    score.fraction = score.points < 0 ? 0 : 1;
  return score;
}
