/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-json-read.h"
#include "assay-bidi.h"
#include "assay-model-error.h"
#include "assay-question-private.h"
#include "assay-questions.h"

typedef struct
{
  JsonNode *source; /* (owned), sealed */
  const char *id;   /* in source */
  const char *type; /* in source */
  char *label;
  char *name;        /* the label in a sentence */
  const char *help;  /* (nullable), in source */
  const char *group; /* (nullable), in source */
  gboolean required;
  AssayScope scope;
  AssayCondition *condition; /* (owned) (nullable) */
} AssayQuestionPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (AssayQuestion, assay_question, G_TYPE_OBJECT)

/* A new type is a file of its own and a row here. */
static GType (*const known_types[]) (void) = {
  assay_checklist_question_get_type, assay_choice_question_get_type,
  assay_multi_question_get_type,     assay_number_question_get_type,
  assay_pairwise_question_get_type,  assay_rank_question_get_type,
  assay_rewrite_question_get_type,   assay_scale_question_get_type,
  assay_spans_question_get_type,     assay_claims_question_get_type,
  assay_text_question_get_type,
};

static GType
find_type (const char *type_name)
{
  for (guint i = 0; i < G_N_ELEMENTS (known_types); i++)
    {
      g_autoptr (AssayQuestionClass) klass = g_type_class_ref (known_types[i]());

      if (g_str_equal (klass->type_name, type_name))
        return known_types[i]();
    }
  return ASSAY_TYPE_UNKNOWN_QUESTION;
}

static gboolean
read_scope (JsonObject *object, const char *place, AssayScope *scope, GType *type, GError **error)
{
  const char *name = NULL;

  if (!assay_json_read_string (object, "scope", place, &name, error))
    return FALSE;
  if (name == NULL || g_str_equal (name, "task"))
    *scope = ASSAY_SCOPE_TASK;
  else if (g_str_equal (name, "each-response"))
    *scope = ASSAY_SCOPE_EACH_RESPONSE;
  else if (g_str_equal (name, "each-source") && *type == ASSAY_TYPE_SCALE_QUESTION)
    *scope = ASSAY_SCOPE_EACH_SOURCE;
  else
    /* Asked about something that this version has no notion of. */
    *type = ASSAY_TYPE_UNKNOWN_QUESTION;
  return TRUE;
}

static gboolean
load_common (AssayQuestion *self, JsonObject *object, const char *place, GError **error)
{
  AssayQuestionPrivate *priv = assay_question_get_instance_private (self);
  const char *label = NULL;
  JsonNode *when;

  priv->required = TRUE;
  if (!assay_json_read_string (object, "label", place, &label, error)
      || !assay_json_read_string (object, "help", place, &priv->help, error)
      || !assay_json_read_string (object, "group", place, &priv->group, error)
      || !assay_json_read_boolean (object, "required", place, &priv->required, error))
    return FALSE;
  priv->label = assay_json_dup_label (label != NULL ? label : priv->id);
  priv->name = assay_bidi_isolate (priv->label);

  when = json_object_get_member (object, "when");
  if (when != NULL && !JSON_NODE_HOLDS_NULL (when))
    {
      g_autofree char *here = g_strconcat (place, "/when", NULL);

      priv->condition = assay_condition_new_from_json (when, here, error);
      if (priv->condition == NULL)
        return FALSE;
      /* With ids as texts. */
      json_object_set_member (object, "when", assay_condition_to_json (priv->condition));
    }
  return TRUE;
}

static gboolean
assay_question_real_load (AssayQuestion *self,
                          JsonObject *settings,
                          const char *place,
                          GError **error)
{
  return TRUE;
}

static gboolean
assay_question_real_is_answered (AssayQuestion *self, JsonNode *answer)
{
  return TRUE;
}

static void
assay_question_real_validate (AssayQuestion *self,
                              AssayTask *task,
                              const char *response,
                              JsonNode *answer,
                              GPtrArray *issues)
{
}

static char *
assay_question_real_describe (AssayQuestion *self,
                              AssayPresentation *presentation,
                              JsonNode *answer)
{
  return assay_json_to_string (answer);
}

static JsonNode *
assay_question_real_short_value (AssayQuestion *self, JsonNode *answer)
{
  return assay_json_copy (answer);
}

static void
assay_question_finalize (GObject *object)
{
  AssayQuestion *self = ASSAY_QUESTION (object);
  AssayQuestionPrivate *priv = assay_question_get_instance_private (self);

  g_clear_pointer (&priv->source, json_node_unref);
  g_clear_pointer (&priv->label, g_free);
  g_clear_pointer (&priv->name, g_free);
  g_clear_pointer (&priv->condition, assay_condition_unref);

  G_OBJECT_CLASS (assay_question_parent_class)->finalize (object);
}

static void
assay_question_class_init (AssayQuestionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = assay_question_finalize;

  klass->load = assay_question_real_load;
  klass->is_answered = assay_question_real_is_answered;
  klass->validate = assay_question_real_validate;
  klass->describe = assay_question_real_describe;
  klass->short_value = assay_question_real_short_value;
}

static void
assay_question_init (AssayQuestion *self)
{
}

AssayQuestion *
assay_question_new_from_json (JsonNode *node, const char *place, GError **error)
{
  g_autoptr (AssayQuestion) self = NULL;
  g_autoptr (JsonNode) source = NULL;
  AssayQuestionPrivate *priv;
  JsonObject *object;
  const char *id;
  const char *type_name;
  GType type;
  AssayScope scope = ASSAY_SCOPE_TASK;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (place != NULL, NULL);

  source = assay_json_copy (node);
  object = assay_json_node_object (source);
  if (object == NULL)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TYPE, _ ("%s is not an object."),
                   place);
      return NULL;
    }

  id = assay_json_require_id (object, "id", place, error);
  if (id == NULL)
    return NULL;
  type_name = assay_json_require_string (object, "type", place, error);
  if (type_name == NULL)
    return NULL;
  type = find_type (type_name);
  if (!read_scope (object, place, &scope, &type, error))
    return NULL;

  self = g_object_new (type, NULL);
  priv = assay_question_get_instance_private (self);
  priv->source = g_steal_pointer (&source);
  priv->id = id;
  priv->type = type_name;
  priv->scope = scope;
  if (!load_common (self, object, place, error)
      || !ASSAY_QUESTION_GET_CLASS (self)->load (self, object, place, error))
    return NULL;
  json_node_seal (priv->source);
  return g_steal_pointer (&self);
}

JsonNode *
assay_question_to_json (AssayQuestion *self)
{
  AssayQuestionPrivate *priv = assay_question_get_instance_private (self);

  g_return_val_if_fail (ASSAY_IS_QUESTION (self), NULL);

  return assay_json_copy (priv->source);
}

const char *
assay_question_get_id (AssayQuestion *self)
{
  AssayQuestionPrivate *priv = assay_question_get_instance_private (self);

  g_return_val_if_fail (ASSAY_IS_QUESTION (self), NULL);

  return priv->id;
}

const char *
assay_question_get_type_name (AssayQuestion *self)
{
  AssayQuestionPrivate *priv = assay_question_get_instance_private (self);

  g_return_val_if_fail (ASSAY_IS_QUESTION (self), NULL);

  return priv->type;
}

const char *
assay_question_get_label (AssayQuestion *self)
{
  AssayQuestionPrivate *priv = assay_question_get_instance_private (self);

  g_return_val_if_fail (ASSAY_IS_QUESTION (self), NULL);

  return priv->label;
}

const char *
assay_question_get_name (AssayQuestion *self)
{
  AssayQuestionPrivate *priv = assay_question_get_instance_private (self);

  g_return_val_if_fail (ASSAY_IS_QUESTION (self), NULL);

  return priv->name;
}

const char *
assay_question_get_help (AssayQuestion *self)
{
  AssayQuestionPrivate *priv = assay_question_get_instance_private (self);

  g_return_val_if_fail (ASSAY_IS_QUESTION (self), NULL);

  return priv->help;
}

gboolean
assay_question_get_required (AssayQuestion *self)
{
  AssayQuestionPrivate *priv = assay_question_get_instance_private (self);

  g_return_val_if_fail (ASSAY_IS_QUESTION (self), FALSE);

  return priv->required;
}

AssayScope
assay_question_get_scope (AssayQuestion *self)
{
  AssayQuestionPrivate *priv = assay_question_get_instance_private (self);

  g_return_val_if_fail (ASSAY_IS_QUESTION (self), ASSAY_SCOPE_TASK);

  return priv->scope;
}

AssayCondition *
assay_question_get_condition (AssayQuestion *self)
{
  AssayQuestionPrivate *priv = assay_question_get_instance_private (self);

  g_return_val_if_fail (ASSAY_IS_QUESTION (self), NULL);

  return priv->condition;
}

const char *
assay_question_get_group (AssayQuestion *self)
{
  AssayQuestionPrivate *priv = assay_question_get_instance_private (self);

  g_return_val_if_fail (ASSAY_IS_QUESTION (self), NULL);

  return priv->group;
}

gboolean
assay_question_is_answered (AssayQuestion *self, JsonNode *answer)
{
  g_return_val_if_fail (ASSAY_IS_QUESTION (self), FALSE);

  return answer != NULL && !JSON_NODE_HOLDS_NULL (answer)
         && ASSAY_QUESTION_GET_CLASS (self)->is_answered (self, answer);
}

void
assay_question_validate (AssayQuestion *self,
                         AssayTask *task,
                         const char *response,
                         JsonNode *answer,
                         GPtrArray *issues)
{
  AssayQuestionPrivate *priv = assay_question_get_instance_private (self);
  guint n_before;

  g_return_if_fail (ASSAY_IS_QUESTION (self));
  g_return_if_fail (issues != NULL);

  if (answer != NULL && JSON_NODE_HOLDS_NULL (answer))
    answer = NULL;
  n_before = issues->len;
  ASSAY_QUESTION_GET_CLASS (self)->validate (self, task, response, answer, issues);
  if (issues->len == n_before && priv->required && !assay_question_is_answered (self, answer))
    /* Translators: %s is the name of a question, for example “Accuracy”. */
    assay_question_take_issue (self, issues, ASSAY_ISSUE_ERROR, "req", response, NULL,
                               g_strdup_printf (_ ("“%s” needs an answer."), priv->name));
}

char *
assay_question_describe_answer (AssayQuestion *self,
                                AssayPresentation *presentation,
                                JsonNode *answer)
{
  char *text = NULL;

  g_return_val_if_fail (ASSAY_IS_QUESTION (self), NULL);

  if (answer != NULL && !JSON_NODE_HOLDS_NULL (answer))
    text = ASSAY_QUESTION_GET_CLASS (self)->describe (self, presentation, answer);
  return text != NULL ? text : g_strdup ("—");
}

JsonNode *
assay_question_short_value (AssayQuestion *self, JsonNode *answer)
{
  g_return_val_if_fail (ASSAY_IS_QUESTION (self), NULL);

  if (answer == NULL || JSON_NODE_HOLDS_NULL (answer))
    return NULL;
  return ASSAY_QUESTION_GET_CLASS (self)->short_value (self, answer);
}
