/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-condition-private.h"
#include "assay-form.h"
#include "assay-json-read.h"
#include "assay-limits.h"
#include "assay-model-error.h"

#define DEFAULT_RATIONALE_MAX 10000

struct _AssayForm
{
  GObject parent_instance;

  JsonNode *source;  /* (owned), sealed */
  char *canonical;   /* (owned), once asked for */
  const char *id;    /* (nullable), in source */
  const char *title; /* (nullable), in source */
  const char *kind;  /* in source, or static */
  int version;
  gboolean fixed_order;
  gboolean require_full_read;
  gboolean salvage;
  guint salvage_max_minutes;
  gboolean ask_confidence;

  AssayRationaleUse rationale_use;
  guint rationale_min;
  guint rationale_max;
  const char *rationale_label; /* (nullable), in source */
  const char *rationale_help;  /* (nullable), in source */

  GPtrArray *questions; /* (owned) of AssayQuestion */
  GHashTable *by_id;    /* (owned): borrowed id → borrowed AssayQuestion */
};

G_DEFINE_FINAL_TYPE (AssayForm, assay_form, G_TYPE_OBJECT)

static const char *const rationale_use_names[] = { "off", "optional", "required", NULL };

static gboolean
load_rationale (AssayForm *self, JsonObject *form, const char *place, GError **error)
{
  g_autofree char *here = g_strconcat (place, "/rationale", NULL);
  JsonObject *object = NULL;
  int use = ASSAY_RATIONALE_OPTIONAL;
  gint64 min = 0;
  gint64 max = DEFAULT_RATIONALE_MAX;

  if (!assay_json_read_object (form, "rationale", place, &object, error))
    return FALSE;
  if (object != NULL)
    {
      if (!assay_json_read_enum (object, "use", here, rationale_use_names, &use, error)
          || !assay_json_read_int (object, "min", here, 0, ASSAY_LIMIT_RATIONALE_CHARACTERS, &min,
                                   error))
        return FALSE;
      max = MAX (max, min);
      if (!assay_json_read_int (object, "max", here, MAX (min, 1), ASSAY_LIMIT_RATIONALE_CHARACTERS,
                                &max, error)
          || !assay_json_read_string (object, "label", here, &self->rationale_label, error)
          || !assay_json_read_string (object, "help", here, &self->rationale_help, error))
        return FALSE;
    }
  self->rationale_use = (AssayRationaleUse) use;
  self->rationale_min = (guint) min;
  self->rationale_max = (guint) max;
  return TRUE;
}

static gboolean
load_questions (AssayForm *self, JsonObject *form, const char *place, GError **error)
{
  g_autofree char *here = g_strconcat (place, "/questions", NULL);
  JsonArray *array = NULL;
  JsonArray *normalised;
  guint length;

  if (!assay_json_read_array (form, "questions", place, &array, error))
    return FALSE;
  if (array == NULL)
    return TRUE;

  length = json_array_get_length (array);
  if (length > ASSAY_LIMIT_QUESTIONS)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TOO_LARGE,
                   _ ("%s has more than %d entries."), here, ASSAY_LIMIT_QUESTIONS);
      return FALSE;
    }
  normalised = json_array_sized_new (length);
  for (guint i = 0; i < length; i++)
    {
      g_autofree char *place_of_question = g_strdup_printf ("%s/%u", here, i);
      AssayQuestion *question = assay_question_new_from_json (json_array_get_element (array, i),
                                                              place_of_question, error);

      if (question == NULL)
        break;
      g_ptr_array_add (self->questions, question);
      json_array_add_element (normalised, assay_question_to_json (question));
      if (!g_hash_table_insert (self->by_id, (gpointer) assay_question_get_id (question), question))
        {
          g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_DUPLICATE,
                       _ ("%s: the id “%s” is there twice."), here,
                       assay_question_get_id (question));
          break;
        }
    }
  /* With ids as texts. */
  json_object_set_array_member (form, "questions", normalised);
  return g_hash_table_size (self->by_id) == length;
}

typedef enum
{
  VISIT_OPEN = 1, /* on the way from the question that the walk began with */
  VISIT_DONE,
} Visit;

typedef struct
{
  AssayForm *form;
  GHashTable *visits; /* borrowed id → Visit */
  const char *culprit;
} Walk;

static void
find_missing (gpointer id, gpointer user_data)
{
  Walk *walk = user_data;

  if (assay_form_find_question (walk->form, id) == NULL)
    walk->culprit = id;
}

static void
find_circle (gpointer id, gpointer user_data)
{
  Walk *walk = user_data;
  AssayCondition *condition =
      assay_question_get_condition (assay_form_find_question (walk->form, id));
  Visit visit = GPOINTER_TO_INT (g_hash_table_lookup (walk->visits, id));

  if (condition == NULL || walk->culprit != NULL || visit == VISIT_DONE)
    return;
  if (visit == VISIT_OPEN)
    {
      walk->culprit = id;
      return;
    }
  g_hash_table_insert (walk->visits, id, GINT_TO_POINTER (VISIT_OPEN));
  assay_condition_foreach_question (condition, find_circle, walk);
  g_hash_table_insert (walk->visits, id, GINT_TO_POINTER (VISIT_DONE));
}

/* A question that waits for itself, or for one that is not there, would never be seen by anybody.
 */
static gboolean
check_conditions (AssayForm *self, const char *place, GError **error)
{
  g_autoptr (GHashTable) visits = g_hash_table_new (g_str_hash, g_str_equal);
  Walk walk = { .form = self, .visits = visits };

  for (guint i = 0; i < self->questions->len; i++)
    {
      AssayCondition *condition = assay_question_get_condition (self->questions->pdata[i]);

      if (condition != NULL)
        assay_condition_foreach_question (condition, find_missing, &walk);
      if (walk.culprit != NULL)
        {
          /* Translators: the first %s and %u make up a place in a file; the last %s is the id of a
           * question. */
          g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_RANGE,
                       _ ("%s/questions/%u depends on the question “%s”, which is not there."),
                       place, i, walk.culprit);
          return FALSE;
        }
    }
  for (guint i = 0; i < self->questions->len && walk.culprit == NULL; i++)
    find_circle ((gpointer) assay_question_get_id (self->questions->pdata[i]), &walk);
  if (walk.culprit != NULL)
    /* Translators: the first %s makes up a place in a file; the last %s is the id of a question. */
    g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_RANGE,
                 _ ("%s/questions: the question “%s” depends on itself."), place, walk.culprit);
  return walk.culprit == NULL;
}

static void
assay_form_finalize (GObject *object)
{
  AssayForm *self = ASSAY_FORM (object);

  g_clear_pointer (&self->canonical, g_free);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->questions, g_ptr_array_unref);
  g_clear_pointer (&self->source, json_node_unref);

  G_OBJECT_CLASS (assay_form_parent_class)->finalize (object);
}

static void
assay_form_class_init (AssayFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = assay_form_finalize;
}

static void
assay_form_init (AssayForm *self)
{
  self->questions = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
}

AssayForm *
assay_form_new_from_json (JsonNode *node, const char *place, GError **error)
{
  g_autoptr (AssayForm) self = NULL;
  JsonObject *object;
  gint64 version = 1;
  gint64 salvage_max_minutes = 0;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (place != NULL, NULL);

  self = g_object_new (ASSAY_TYPE_FORM, NULL);
  self->source = assay_json_copy (node);
  object = assay_json_node_object (self->source);
  if (object == NULL)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TYPE, _ ("%s is not an object."),
                   *place == '\0' ? "/" : place);
      return NULL;
    }

  if (!assay_json_read_id (object, "id", place, &self->id, error)
      || !assay_json_read_int (object, "version", place, 0, G_MAXINT, &version, error)
      || !assay_json_read_string (object, "title", place, &self->title, error)
      || !assay_json_read_string (object, "kind", place, &self->kind, error)
      || !assay_json_read_boolean (object, "fixed_order", place, &self->fixed_order, error)
      || !assay_json_read_boolean (object, "require_full_read", place, &self->require_full_read,
                                   error)
      || !assay_json_read_boolean (object, "salvage", place, &self->salvage, error)
      || !assay_json_read_int (object, "salvage_max_minutes", place, 0, G_MAXUINT16,
                               &salvage_max_minutes, error)
      || !assay_json_read_boolean (object, "ask_confidence", place, &self->ask_confidence, error)
      || !load_rationale (self, object, place, error)
      || !load_questions (self, object, place, error) || !check_conditions (self, place, error))
    return NULL;
  self->version = (int) version;
  self->salvage_max_minutes = (guint) salvage_max_minutes;
  if (self->kind == NULL)
    self->kind = "custom";
  json_node_seal (self->source);
  return g_steal_pointer (&self);
}

JsonNode *
assay_form_to_json (AssayForm *self)
{
  g_return_val_if_fail (ASSAY_IS_FORM (self), NULL);

  return assay_json_copy (self->source);
}

const char *
assay_form_get_canonical_text (AssayForm *self)
{
  g_return_val_if_fail (ASSAY_IS_FORM (self), NULL);

  /* Thousands of tasks share a form, and each asks. */
  if (g_once_init_enter_pointer (&self->canonical))
    g_once_init_leave_pointer (&self->canonical, assay_json_to_canonical_string (self->source));
  return self->canonical;
}

const char *
assay_form_get_id (AssayForm *self)
{
  g_return_val_if_fail (ASSAY_IS_FORM (self), NULL);

  return self->id;
}

int
assay_form_get_version (AssayForm *self)
{
  g_return_val_if_fail (ASSAY_IS_FORM (self), 0);

  return self->version;
}

const char *
assay_form_get_title (AssayForm *self)
{
  g_return_val_if_fail (ASSAY_IS_FORM (self), NULL);

  return self->title;
}

const char *
assay_form_get_kind (AssayForm *self)
{
  g_return_val_if_fail (ASSAY_IS_FORM (self), NULL);

  return self->kind;
}

gboolean
assay_form_get_fixed_order (AssayForm *self)
{
  g_return_val_if_fail (ASSAY_IS_FORM (self), FALSE);

  return self->fixed_order;
}

gboolean
assay_form_get_require_full_read (AssayForm *self)
{
  g_return_val_if_fail (ASSAY_IS_FORM (self), FALSE);

  return self->require_full_read;
}

gboolean
assay_form_get_salvage (AssayForm *self)
{
  g_return_val_if_fail (ASSAY_IS_FORM (self), FALSE);

  return self->salvage;
}

guint
assay_form_get_salvage_max_minutes (AssayForm *self)
{
  g_return_val_if_fail (ASSAY_IS_FORM (self), 0);

  return self->salvage_max_minutes;
}

gboolean
assay_form_get_ask_confidence (AssayForm *self)
{
  g_return_val_if_fail (ASSAY_IS_FORM (self), FALSE);

  return self->ask_confidence;
}

AssayRationaleUse
assay_form_get_rationale_use (AssayForm *self)
{
  g_return_val_if_fail (ASSAY_IS_FORM (self), ASSAY_RATIONALE_OFF);

  return self->rationale_use;
}

guint
assay_form_get_rationale_min (AssayForm *self)
{
  g_return_val_if_fail (ASSAY_IS_FORM (self), 0);

  return self->rationale_min;
}

guint
assay_form_get_rationale_max (AssayForm *self)
{
  g_return_val_if_fail (ASSAY_IS_FORM (self), 0);

  return self->rationale_max;
}

const char *
assay_form_get_rationale_label (AssayForm *self)
{
  g_return_val_if_fail (ASSAY_IS_FORM (self), NULL);

  return self->rationale_label;
}

const char *
assay_form_get_rationale_help (AssayForm *self)
{
  g_return_val_if_fail (ASSAY_IS_FORM (self), NULL);

  return self->rationale_help;
}

guint
assay_form_get_n_questions (AssayForm *self)
{
  g_return_val_if_fail (ASSAY_IS_FORM (self), 0);

  return self->questions->len;
}

AssayQuestion *
assay_form_get_question (AssayForm *self, guint index)
{
  g_return_val_if_fail (ASSAY_IS_FORM (self), NULL);
  g_return_val_if_fail (index < self->questions->len, NULL);

  return self->questions->pdata[index];
}

AssayQuestion *
assay_form_find_question (AssayForm *self, const char *id)
{
  g_return_val_if_fail (ASSAY_IS_FORM (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return g_hash_table_lookup (self->by_id, id);
}
