/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-spans-question.h"

#include <glib/gi18n.h>

#include "assay-json-read.h"
#include "assay-limits.h"
#include "assay-marking-question.h"
#include "assay-model-error.h"
#include "assay-question-private.h"
#include "assay-spans-question-private.h"

#define MAX_WEIGHT 1000

#define MARKS_AT_ONCE 16

struct _AssaySpansQuestion
{
  AssayQuestion parent_instance;

  GPtrArray *types;      /* (owned) of AssaySpanType */
  GPtrArray *severities; /* (owned) of AssaySpanSeverity */
  GHashTable *positive;  /* (owned) ids of types */
  guint max_per_document;
  gboolean allow_overlap;
  gboolean allow_zero_length;
  gboolean has_score;
  gboolean documents[ASSAY_DOCUMENT_GUIDELINE];
  AssayCommentRule comment;
};

static void marking_init (AssayMarkingQuestionInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AssaySpansQuestion,
                               assay_spans_question,
                               ASSAY_TYPE_QUESTION,
                               G_IMPLEMENT_INTERFACE (ASSAY_TYPE_MARKING_QUESTION, marking_init))

static const char *const role_names[] = { "system", "prompt",    "turn", "response",
                                          "source", "reference", NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (role_names) == ASSAY_DOCUMENT_GUIDELINE + 1);

static const struct
{
  const char *id;
  const char *label;
  double weight;
} usual_severities[] = {
  { "minor", NC_ ("severity", "Minor"), 1 },
  { "major", NC_ ("severity", "Major"), 5 },
  { "critical", NC_ ("severity", "Critical"), 10 },
};

static void
type_free (AssaySpanType *type)
{
  g_free (type->id);
  g_free (type->label);
  g_free (type->definition);
  g_free (type->weights);
  g_free (type);
}

static void
severity_free (AssaySpanSeverity *severity)
{
  g_free (severity->id);
  g_free (severity->label);
  g_free (severity);
}

/* Reading the settings */

static gboolean
refuse_twice (const char *place, const char *id, GError **error)
{
  g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_DUPLICATE,
               _ ("%s: the id “%s” is there twice."), place, id);
  return FALSE;
}

static gboolean
check_length (JsonArray *array, guint already, const char *place, GError **error)
{
  if (json_array_get_length (array) + already <= ASSAY_LIMIT_OPTIONS)
    return TRUE;
  g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TOO_LARGE,
               _ ("%s has more than %d entries."), place, ASSAY_LIMIT_OPTIONS);
  return FALSE;
}

static void
add_severity (AssaySpansQuestion *self, const char *id, const char *label, double weight)
{
  AssaySpanSeverity *severity = g_new0 (AssaySpanSeverity, 1);

  severity->id = g_strdup (id);
  severity->label = assay_json_dup_label (label);
  severity->weight = weight;
  g_ptr_array_add (self->severities, severity);
}

static gboolean
load_severities (AssaySpansQuestion *self, JsonObject *settings, const char *place, GError **error)
{
  g_autofree char *here = g_strconcat (place, "/severities", NULL);
  JsonArray *array = NULL;

  if (!assay_json_read_array (settings, "severities", place, &array, error))
    return FALSE;
  if (array == NULL)
    {
      for (guint i = 0; i < G_N_ELEMENTS (usual_severities); i++)
        add_severity (self, usual_severities[i].id,
                      g_dpgettext2 (NULL, "severity", usual_severities[i].label),
                      usual_severities[i].weight);
      return TRUE;
    }
  if (!check_length (array, 0, here, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *place_of_one = g_strdup_printf ("%s/%u", here, i);
      JsonObject *object = assay_json_require_element (array, i, here, error);
      const char *id;
      const char *label = NULL;
      double weight = 1;

      if (object == NULL)
        return FALSE;
      id = assay_json_require_id (object, "id", place_of_one, error);
      if (id == NULL || !assay_json_read_string (object, "label", place_of_one, &label, error)
          || !assay_json_read_double (object, "weight", place_of_one, 0, MAX_WEIGHT, &weight,
                                      error))
        return FALSE;
      if (assay_spans_question_find_severity (self, id) != NULL)
        return refuse_twice (here, id, error);
      add_severity (self, id, label != NULL ? label : id, weight);
    }
  return TRUE;
}

/* One weight for each severity, and one where there are none. */
static guint
count_weights (AssaySpansQuestion *self)
{
  return MAX (1, self->severities->len);
}

/* What the node says, then its parent, then the severities. */
static gboolean
load_weights (AssaySpansQuestion *self,
              AssaySpanType *type,
              JsonObject *object,
              const char *place,
              GError **error)
{
  g_autofree char *here = g_strconcat (place, "/weights", NULL);
  JsonObject *weights = NULL;
  double weight = -1;

  if (!assay_json_read_double (object, "weight", place, 0, MAX_WEIGHT, &weight, error)
      || !assay_json_read_object (object, "weights", place, &weights, error))
    return FALSE;
  type->weights = g_new (double, count_weights (self));
  for (guint i = 0; i < count_weights (self); i++)
    {
      const AssaySpanSeverity *severity =
          i < self->severities->len ? self->severities->pdata[i] : NULL;

      type->weights[i] = weight >= 0            ? weight
                         : type->parent != NULL ? type->parent->weights[i]
                         : severity != NULL     ? severity->weight
                                                : 1;
      if (weights != NULL && severity != NULL
          && !assay_json_read_double (weights, severity->id, here, 0, MAX_WEIGHT, &type->weights[i],
                                      error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_sibling (AssaySpansQuestion *self, const AssaySpanType *parent, const char *id)
{
  for (guint i = 0; i < self->types->len; i++)
    {
      const AssaySpanType *type = self->types->pdata[i];

      if (type->parent == parent && g_str_equal (type->id, id))
        return TRUE;
    }
  return FALSE;
}

static gboolean load_types (AssaySpansQuestion *self,
                            JsonArray *array,
                            AssaySpanType *parent,
                            const char *place,
                            GError **error);

static gboolean
load_type (AssaySpansQuestion *self,
           JsonObject *object,
           AssaySpanType *parent,
           const char *place,
           GError **error)
{
  g_autofree char *below = g_strconcat (place, "/children", NULL);
  const char *id = assay_json_require_id (object, "id", place, error);
  const char *label = NULL;
  const char *definition = NULL;
  gboolean is_exclusive = parent != NULL && parent->is_exclusive;
  JsonArray *children = NULL;
  AssaySpanType *type;

  if (id == NULL || !assay_json_read_string (object, "label", place, &label, error)
      || !assay_json_read_string (object, "definition", place, &definition, error)
      || !assay_json_read_boolean (object, "exclusive", place, &is_exclusive, error)
      || !assay_json_read_array (object, "children", place, &children, error))
    return FALSE;
  if (has_sibling (self, parent, id))
    return refuse_twice (place, id, error);

  type = g_new0 (AssaySpanType, 1);
  g_ptr_array_add (self->types, type);
  type->id = g_strdup (id);
  type->label = assay_json_dup_label (label != NULL ? label : id);
  type->definition = g_strdup (definition);
  type->is_exclusive = is_exclusive;
  type->is_positive =
      (parent != NULL && parent->is_positive) || g_hash_table_contains (self->positive, id);
  type->parent = parent;
  type->depth = parent == NULL ? 0 : parent->depth + 1;
  if (!load_weights (self, type, object, place, error))
    return FALSE;
  if (children == NULL || json_array_get_length (children) == 0)
    return TRUE;
  if (type->depth + 1 >= ASSAY_SPAN_TYPE_DEPTH)
    {
      /* Translators: %s is a place in a file. */
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TOO_LARGE,
                   _ ("%s: types have at most %d levels."), below, ASSAY_SPAN_TYPE_DEPTH);
      return FALSE;
    }
  type->has_children = TRUE;
  return load_types (self, children, type, below, error);
}

static gboolean
load_types (AssaySpansQuestion *self,
            JsonArray *array,
            AssaySpanType *parent,
            const char *place,
            GError **error)
{
  if (!check_length (array, self->types->len, place, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *here = g_strdup_printf ("%s/%u", place, i);
      JsonObject *object = assay_json_require_element (array, i, place, error);

      if (object == NULL || !load_type (self, object, parent, here, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
load_tree (AssaySpansQuestion *self, JsonObject *settings, const char *place, GError **error)
{
  g_autofree char *here = g_strconcat (place, "/types", NULL);
  JsonArray *array = assay_json_require_array (settings, "types", place, error);
  JsonArray *positive = NULL;

  if (array == NULL || !assay_json_read_array (settings, "positive_types", place, &positive, error))
    return FALSE;
  if (json_array_get_length (array) == 0)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_RANGE, _ ("%s is an empty list."),
                   here);
      return FALSE;
    }
  for (guint i = 0; positive != NULL && i < json_array_get_length (positive); i++)
    {
      char *id = assay_json_node_dup_id (json_array_get_element (positive, i));

      if (id != NULL)
        g_hash_table_add (self->positive, id);
    }
  return load_types (self, array, NULL, here, error);
}

static gboolean
load_documents (AssaySpansQuestion *self, JsonObject *settings, const char *place, GError **error)
{
  JsonArray *array = NULL;

  if (!assay_json_read_array (settings, "documents", place, &array, error))
    return FALSE;
  self->documents[ASSAY_DOCUMENT_RESPONSE] = array == NULL;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *name = assay_json_node_string (json_array_get_element (array, i));
      guint role = 0;

      while (role < ASSAY_DOCUMENT_GUIDELINE && g_strcmp0 (role_names[role], name) != 0)
        role++;
      if (role == ASSAY_DOCUMENT_GUIDELINE)
        {
          g_autofree char *names = g_strjoinv (", ", (char **) role_names);

          g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_RANGE,
                       _ ("%s/%s is none of: %s."), place, "documents", names);
          return FALSE;
        }
      self->documents[role] = TRUE;
    }
  return TRUE;
}

static gboolean
assay_spans_question_load (AssayQuestion *question,
                           JsonObject *settings,
                           const char *place,
                           GError **error)
{
  AssaySpansQuestion *self = ASSAY_SPANS_QUESTION (question);
  gint64 max = 0;
  double below = 0;

  if (!assay_json_read_int (settings, "max_per_doc", place, 0, ASSAY_LIMIT_SPANS, &max, error)
      || !assay_json_read_boolean (settings, "allow_overlap", place, &self->allow_overlap, error)
      || !assay_json_read_boolean (settings, "allow_zero_length", place, &self->allow_zero_length,
                                   error)
      || !assay_json_read_boolean (settings, "score", place, &self->has_score, error)
      || !assay_question_read_comment_rule (settings, place, &self->comment, &below, error)
      || !load_documents (self, settings, place, error)
      || !load_severities (self, settings, place, error)
      || !load_tree (self, settings, place, error))
    return FALSE;
  self->max_per_document = (guint) max;
  return TRUE;
}

/* What an answer says */

static gboolean
is_error (AssaySpansQuestion *self, const AssaySpanMark *mark)
{
  const AssaySpanType *type =
      assay_spans_question_find_type (self, (const char *const *) mark->type_path);

  return type == NULL || !type->is_positive;
}

static guint
count_errors (AssaySpansQuestion *self, GPtrArray *marks)
{
  guint n = 0;

  for (guint i = 0; i < marks->len; i++)
    n += is_error (self, marks->pdata[i]);
  return n;
}

static gboolean
assay_spans_question_is_answered (AssayQuestion *question, JsonNode *answer)
{
  AssaySpansQuestion *self = ASSAY_SPANS_QUESTION (question);
  guint n = assay_spans_answer_get_n (answer);

  /* The first few have an error nearly always. */
  for (guint first = 0; first < n; first += MARKS_AT_ONCE)
    {
      g_autoptr (GPtrArray) marks = assay_spans_answer_list_range (answer, first, MARKS_AT_ONCE);

      if (count_errors (self, marks) > 0)
        return TRUE;
    }
  return assay_spans_answer_get_none_found (answer);
}

static double
get_weight (AssaySpansQuestion *self, const AssaySpanMark *mark, const AssaySpanType *type)
{
  for (guint i = 0; i < self->severities->len; i++)
    {
      const AssaySpanSeverity *severity = self->severities->pdata[i];

      if (g_strcmp0 (severity->id, mark->severity) == 0)
        return type == NULL ? severity->weight : type->weights[i];
    }
  /* Its type alone says what it weighs. */
  return self->severities->len == 0 && type != NULL ? type->weights[0] : 0;
}

double
assay_spans_question_get_penalty (AssaySpansQuestion *self, JsonNode *answer)
{
  g_autoptr (GPtrArray) marks = NULL;
  double penalty = 0;

  g_return_val_if_fail (ASSAY_IS_SPANS_QUESTION (self), 0);

  marks = assay_spans_answer_list (answer);
  for (guint i = 0; i < marks->len; i++)
    {
      const AssaySpanMark *mark = marks->pdata[i];
      const AssaySpanType *type =
          assay_spans_question_find_type (self, (const char *const *) mark->type_path);

      if (type != NULL && type->is_exclusive)
        return get_weight (self, mark, type);
      if (type == NULL || !type->is_positive)
        penalty += get_weight (self, mark, type);
    }
  return penalty;
}

gboolean
assay_spans_question_get_score (AssaySpansQuestion *self,
                                AssayTask *task,
                                const char *response,
                                JsonNode *answer,
                                double *score)
{
  guint words = 0;

  g_return_val_if_fail (ASSAY_IS_SPANS_QUESTION (self), FALSE);
  g_return_val_if_fail (ASSAY_IS_TASK (task), FALSE);
  g_return_val_if_fail (score != NULL, FALSE);

  if (!self->has_score || !assay_question_is_answered (ASSAY_QUESTION (self), answer))
    return FALSE;
  for (guint i = 0; i < assay_task_get_n_documents (task); i++)
    {
      AssayDocument *document = assay_task_get_document (task, i);

      if (assay_spans_question_allows_document (self, response, document))
        words += assay_text_length_words (assay_document_get_text (document));
    }
  if (words == 0)
    return FALSE;
  *score = MAX (0, 100 - assay_spans_question_get_penalty (self, answer) * 100 / words);
  return TRUE;
}

static char *
assay_spans_question_describe (AssayQuestion *question,
                               AssayPresentation *presentation,
                               JsonNode *answer)
{
  AssaySpansQuestion *self = ASSAY_SPANS_QUESTION (question);
  g_autoptr (GPtrArray) marks = assay_spans_answer_list (answer);
  guint n_errors = count_errors (self, marks);
  guint n_strengths = marks->len - n_errors;
  g_autofree char *penalty =
      assay_json_format_number (assay_spans_question_get_penalty (self, answer));
  g_autofree char *errors = NULL;
  g_autofree char *strengths = NULL;

  if (n_errors > 0)
    /* Translators: how many errors were marked in a text, and what they count for. */
    errors = g_strdup_printf (ngettext ("%u error, penalty %s", "%u errors, penalty %s", n_errors),
                              n_errors, penalty);
  else if (assay_spans_answer_get_none_found (answer))
    errors = g_strdup (C_ ("errors in a text", "None found"));
  if (n_strengths > 0)
    strengths =
        g_strdup_printf (ngettext ("%u strength", "%u strengths", n_strengths), n_strengths);
  if (errors != NULL && strengths != NULL)
    /* Translators: what is bad in a text, then what is good: “3 errors, penalty 7; 1 strength”. */
    return g_strdup_printf (_ ("%s; %s"), errors, strengths);
  return errors != NULL ? g_steal_pointer (&errors) : g_steal_pointer (&strengths);
}

/* Conditions ask whether anything was found, as a rule. */
static JsonNode *
assay_spans_question_short_value (AssayQuestion *question, JsonNode *answer)
{
  AssaySpansQuestion *self = ASSAY_SPANS_QUESTION (question);
  g_autoptr (GPtrArray) marks = assay_spans_answer_list (answer);

  if (count_errors (self, marks) > 0)
    return assay_json_string_new ("found");
  return assay_spans_answer_get_none_found (answer) ? assay_json_string_new ("none") : NULL;
}

/* Marks as passages of the texts */

static gboolean
allows_document (AssayMarkingQuestion *question, const char *response, AssayDocument *document)
{
  return assay_spans_question_allows_document (ASSAY_SPANS_QUESTION (question), response, document);
}

static AssayMarkGrade
get_grade (AssaySpansQuestion *self, const AssaySpanMark *mark)
{
  const AssaySpanType *type =
      assay_spans_question_find_type (self, (const char *const *) mark->type_path);

  if (type != NULL && type->is_positive)
    return ASSAY_MARK_GRADE_GOOD;
  if (self->severities->len == 0 && type != NULL)
    return ASSAY_MARK_GRADE_LIGHT;
  for (guint i = 0; i < self->severities->len; i++)
    if (g_strcmp0 (((AssaySpanSeverity *) self->severities->pdata[i])->id, mark->severity) == 0)
      return MIN (ASSAY_MARK_GRADE_LIGHT + i, ASSAY_MARK_GRADE_GRAVEST);
  return ASSAY_MARK_GRADE_OPEN;
}

static GPtrArray *
list_places (AssayMarkingQuestion *question, JsonNode *answer)
{
  GPtrArray *places = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_marked_place_free);
  g_autoptr (GPtrArray) marks = assay_spans_answer_list (answer);

  for (guint i = 0; i < marks->len; i++)
    {
      AssaySpanMark *mark = marks->pdata[i];
      AssayMarkedPlace *place = g_new0 (AssayMarkedPlace, 1);

      place->id = g_steal_pointer (&mark->id);
      place->span = g_steal_pointer (&mark->span);
      place->grade = get_grade (ASSAY_SPANS_QUESTION (question), mark);
      g_ptr_array_add (places, place);
    }
  return places;
}

static JsonNode *
add_place (AssayMarkingQuestion *question, JsonNode *answer, const AssaySpan *span, char **id)
{
  return assay_spans_answer_add (answer, span, id);
}

static JsonNode *
remove_place (AssayMarkingQuestion *question, JsonNode *answer, const char *id)
{
  return assay_spans_answer_remove (answer, id);
}

static JsonNode *
follow (AssayMarkingQuestion *question, JsonNode *answer, AssayTask *task)
{
  return assay_spans_answer_follow (answer, task);
}

static JsonNode *
without_texts (AssayMarkingQuestion *question, JsonNode *answer)
{
  return assay_spans_answer_without_texts (answer);
}

static const char *
get_next_step (AssayMarkingQuestion *question)
{
  return _ ("Marked. Type a letter for the type and a digit for the severity.");
}

static void
marking_init (AssayMarkingQuestionInterface *iface)
{
  iface->allows_document = allows_document;
  iface->list_places = list_places;
  iface->add = add_place;
  iface->remove = remove_place;
  iface->follow = follow;
  iface->without_texts = without_texts;
  iface->get_next_step = get_next_step;
}

static void
assay_spans_question_finalize (GObject *object)
{
  AssaySpansQuestion *self = ASSAY_SPANS_QUESTION (object);

  g_clear_pointer (&self->types, g_ptr_array_unref);
  g_clear_pointer (&self->severities, g_ptr_array_unref);
  g_clear_pointer (&self->positive, g_hash_table_unref);

  G_OBJECT_CLASS (assay_spans_question_parent_class)->finalize (object);
}

static void
assay_spans_question_class_init (AssaySpansQuestionClass *klass)
{
  AssayQuestionClass *question_class = ASSAY_QUESTION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = assay_spans_question_finalize;

  question_class->type_name = "spans";
  question_class->load = assay_spans_question_load;
  question_class->is_answered = assay_spans_question_is_answered;
  question_class->validate = _assay_spans_question_validate;
  question_class->describe = assay_spans_question_describe;
  question_class->short_value = assay_spans_question_short_value;
}

static void
assay_spans_question_init (AssaySpansQuestion *self)
{
  self->types = g_ptr_array_new_with_free_func ((GDestroyNotify) type_free);
  self->severities = g_ptr_array_new_with_free_func ((GDestroyNotify) severity_free);
  self->positive = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->allow_overlap = TRUE;
}

guint
assay_spans_question_get_n_types (AssaySpansQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_SPANS_QUESTION (self), 0);

  return self->types->len;
}

const AssaySpanType *
assay_spans_question_get_type_at (AssaySpansQuestion *self, guint index)
{
  g_return_val_if_fail (ASSAY_IS_SPANS_QUESTION (self), NULL);
  g_return_val_if_fail (index < self->types->len, NULL);

  return self->types->pdata[index];
}

const AssaySpanType *
assay_spans_question_find_type (AssaySpansQuestion *self, const char *const *path)
{
  const AssaySpanType *found = NULL;

  g_return_val_if_fail (ASSAY_IS_SPANS_QUESTION (self), NULL);

  for (guint level = 0; path != NULL && path[level] != NULL; level++)
    {
      const AssaySpanType *parent = found;

      found = NULL;
      for (guint i = 0; i < self->types->len && found == NULL; i++)
        {
          const AssaySpanType *type = self->types->pdata[i];

          if (type->parent == parent && g_str_equal (type->id, path[level]))
            found = type;
        }
      if (found == NULL)
        return NULL;
    }
  return found;
}

GStrv
assay_span_type_dup_path (const AssaySpanType *type)
{
  GStrv path;

  g_return_val_if_fail (type != NULL, NULL);

  path = g_new0 (char *, type->depth + 2);
  for (const AssaySpanType *node = type; node != NULL; node = node->parent)
    path[node->depth] = g_strdup (node->id);
  return path;
}

char *
assay_span_type_dup_title (const AssaySpanType *type)
{
  g_autofree char *above = NULL;

  g_return_val_if_fail (type != NULL, NULL);

  if (type->parent == NULL)
    return g_strdup (type->label);
  above = assay_span_type_dup_title (type->parent);
  /* Translators: a type of error and a narrower type below it: “Accuracy › Omission”. */
  return g_strdup_printf (C_ ("type of error", "%s › %s"), above, type->label);
}

guint
assay_spans_question_get_n_severities (AssaySpansQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_SPANS_QUESTION (self), 0);

  return self->severities->len;
}

const AssaySpanSeverity *
assay_spans_question_get_severity (AssaySpansQuestion *self, guint index)
{
  g_return_val_if_fail (ASSAY_IS_SPANS_QUESTION (self), NULL);
  g_return_val_if_fail (index < self->severities->len, NULL);

  return self->severities->pdata[index];
}

const AssaySpanSeverity *
assay_spans_question_find_severity (AssaySpansQuestion *self, const char *id)
{
  g_return_val_if_fail (ASSAY_IS_SPANS_QUESTION (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < self->severities->len; i++)
    {
      const AssaySpanSeverity *severity = self->severities->pdata[i];

      if (g_str_equal (severity->id, id))
        return severity;
    }
  return NULL;
}

guint
assay_spans_question_get_max_per_document (AssaySpansQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_SPANS_QUESTION (self), 0);

  return self->max_per_document;
}

gboolean
assay_spans_question_get_allow_overlap (AssaySpansQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_SPANS_QUESTION (self), TRUE);

  return self->allow_overlap;
}

gboolean
assay_spans_question_get_allow_zero_length (AssaySpansQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_SPANS_QUESTION (self), FALSE);

  return self->allow_zero_length;
}

AssayCommentRule
assay_spans_question_get_comment_rule (AssaySpansQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_SPANS_QUESTION (self), ASSAY_COMMENT_OFF);

  return self->comment;
}

gboolean
assay_spans_question_allows_document (AssaySpansQuestion *self,
                                      const char *response,
                                      AssayDocument *document)
{
  AssayDocumentRole role;

  g_return_val_if_fail (ASSAY_IS_SPANS_QUESTION (self), FALSE);
  g_return_val_if_fail (ASSAY_IS_DOCUMENT (document), FALSE);

  role = assay_document_get_role (document);
  if (role >= ASSAY_DOCUMENT_GUIDELINE || !self->documents[role])
    return FALSE;
  return role != ASSAY_DOCUMENT_RESPONSE || response == NULL
         || g_strcmp0 (assay_document_get_key (document), response) == 0;
}
