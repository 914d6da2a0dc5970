/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-condition-private.h"
#include "assay-json-read.h"
#include "assay-model-error.h"

typedef enum
{
  CONDITION_UNKNOWN,
  CONDITION_QUESTION,
  CONDITION_ALL,
  CONDITION_ANY,
  CONDITION_NOT,
} ConditionKind;

/* In this order: "all" is the smallest of its parts, "any" the greatest, "not" the opposite. */
typedef enum
{
  VERDICT_FALSE,
  VERDICT_UNKNOWN,
  VERDICT_TRUE,
} Verdict;

struct _AssayCondition
{
  gatomicrefcount ref_count;

  ConditionKind kind;
  JsonNode *source;     /* (owned), sealed */
  const char *question; /* in source */
  JsonArray *values;    /* in source */
  GPtrArray *parts;     /* (owned) (nullable) of AssayCondition */
};

G_DEFINE_BOXED_TYPE (AssayCondition, assay_condition, assay_condition_ref, assay_condition_unref)

static AssayCondition *condition_new (JsonNode *node, const char *place, GError **error);

static gboolean
read_parts (AssayCondition *self, JsonArray *array, const char *place, GError **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *here = g_strdup_printf ("%s/%u", place, i);
      AssayCondition *part = condition_new (json_array_get_element (array, i), here, error);

      if (part == NULL)
        return FALSE;
      g_ptr_array_add (self->parts, part);
    }
  return TRUE;
}

static gboolean
load (AssayCondition *self, const char *place, GError **error)
{
  JsonObject *object = assay_json_node_object (self->source);
  JsonArray *array = NULL;
  g_autofree char *here = NULL;

  if (object == NULL)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TYPE, _ ("%s is not an object."),
                   place);
      return FALSE;
    }

  if (json_object_has_member (object, "question") && json_object_has_member (object, "in"))
    {
      self->kind = CONDITION_QUESTION;
      self->question = assay_json_require_id (object, "question", place, error);
      if (self->question == NULL)
        return FALSE;
      self->values = assay_json_require_array (object, "in", place, error);
      return self->values != NULL;
    }

  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_condition_unref);
  if (json_object_has_member (object, "all"))
    {
      self->kind = CONDITION_ALL;
      here = g_strconcat (place, "/all", NULL);
      array = assay_json_require_array (object, "all", place, error);
    }
  else if (json_object_has_member (object, "any"))
    {
      self->kind = CONDITION_ANY;
      here = g_strconcat (place, "/any", NULL);
      array = assay_json_require_array (object, "any", place, error);
    }
  else if (json_object_has_member (object, "not"))
    {
      AssayCondition *part;

      self->kind = CONDITION_NOT;
      here = g_strconcat (place, "/not", NULL);
      part = condition_new (json_object_get_member (object, "not"), here, error);
      if (part != NULL)
        g_ptr_array_add (self->parts, part);
      return part != NULL;
    }
  else
    return TRUE;

  return array != NULL && read_parts (self, array, here, error);
}

/* Numbers and texts are compared by how they are written: ids that came as numbers are texts here.
 */
static gboolean
values_match (JsonNode *value, JsonNode *wanted)
{
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;

  if (assay_json_equal (value, wanted))
    return TRUE;
  left = assay_json_node_dup_id (value);
  right = assay_json_node_dup_id (wanted);
  return left != NULL && right != NULL && g_str_equal (left, right);
}

static gboolean
value_is_in (JsonNode *value, JsonArray *wanted)
{
  JsonArray *several = assay_json_node_array (value);

  if (several != NULL)
    {
      for (guint i = 0; i < json_array_get_length (several); i++)
        if (value_is_in (json_array_get_element (several, i), wanted))
          return TRUE;
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (wanted); i++)
    if (values_match (value, json_array_get_element (wanted, i)))
      return TRUE;
  return FALSE;
}

static Verdict
decide (AssayCondition *self, AssayConditionLookup lookup, gpointer user_data)
{
  Verdict verdict;

  switch (self->kind)
    {
    case CONDITION_QUESTION:
      {
        JsonNode *value = lookup (self->question, user_data);

        return value != NULL && value_is_in (value, self->values) ? VERDICT_TRUE : VERDICT_FALSE;
      }
    case CONDITION_ALL:
    case CONDITION_ANY:
      verdict = self->kind == CONDITION_ALL ? VERDICT_TRUE : VERDICT_FALSE;
      for (guint i = 0; i < self->parts->len; i++)
        {
          Verdict part = decide (self->parts->pdata[i], lookup, user_data);

          verdict = self->kind == CONDITION_ALL ? MIN (verdict, part) : MAX (verdict, part);
        }
      return verdict;
    case CONDITION_NOT:
      return VERDICT_TRUE - decide (self->parts->pdata[0], lookup, user_data);
    case CONDITION_UNKNOWN:
    default:
      return VERDICT_UNKNOWN;
    }
}

static AssayCondition *
condition_new (JsonNode *node, const char *place, GError **error)
{
  g_autoptr (AssayCondition) self = g_new0 (AssayCondition, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->source = assay_json_copy (node);
  if (!load (self, place, error))
    return NULL;
  json_node_seal (self->source);
  return g_steal_pointer (&self);
}

AssayCondition *
assay_condition_new_from_json (JsonNode *node, const char *place, GError **error)
{
  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (place != NULL, NULL);

  return condition_new (node, place, error);
}

JsonNode *
assay_condition_to_json (AssayCondition *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return assay_json_copy (self->source);
}

AssayCondition *
assay_condition_ref (AssayCondition *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
assay_condition_unref (AssayCondition *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->source, json_node_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_free (self);
}

gboolean
assay_condition_holds (AssayCondition *self, AssayConditionLookup lookup, gpointer user_data)
{
  g_return_val_if_fail (self != NULL, TRUE);
  g_return_val_if_fail (lookup != NULL, TRUE);

  return decide (self, lookup, user_data) != VERDICT_FALSE;
}

void
assay_condition_foreach_question (AssayCondition *self, GFunc visit, gpointer user_data)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (visit != NULL);

  if (self->kind == CONDITION_QUESTION)
    visit ((gpointer) self->question, user_data);
  for (guint i = 0; self->parts != NULL && i < self->parts->len; i++)
    assay_condition_foreach_question (self->parts->pdata[i], visit, user_data);
}
