/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-json-read.h"
#include "assay-limits.h"
#include "assay-model-error.h"
#include "assay-presentation.h"
#include "assay-question-private.h"
#include "assay-rank-question.h"

struct _AssayRankQuestion
{
  AssayQuestion parent_instance;

  AssayRankMode mode;
  int k;
  gboolean allow_ties;
  gboolean ask_quality;
  GPtrArray *bucket_ids;    /* (owned) (nullable), NULL-terminated */
  GPtrArray *bucket_labels; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (AssayRankQuestion, assay_rank_question, ASSAY_TYPE_QUESTION)

static const char *const mode_names[] = { "full", "top_k", "best_worst", NULL };

static gboolean
assay_rank_question_load (AssayQuestion *question,
                          JsonObject *settings,
                          const char *place,
                          GError **error)
{
  AssayRankQuestion *self = ASSAY_RANK_QUESTION (question);
  int mode = ASSAY_RANK_FULL;
  gint64 k = 3;

  self->allow_ties = TRUE;
  if (!assay_json_read_enum (settings, "mode", place, mode_names, &mode, error)
      || !assay_json_read_int (settings, "k", place, 1, ASSAY_LIMIT_RESPONSES, &k, error)
      || !assay_json_read_boolean (settings, "allow_ties", place, &self->allow_ties, error)
      || !assay_json_read_boolean (settings, "ask_quality", place, &self->ask_quality, error)
      || !assay_question_read_names (settings, "buckets", place, &self->bucket_ids,
                                     &self->bucket_labels, error))
    return FALSE;
  self->mode = (AssayRankMode) mode;
  self->k = (int) k;
  return TRUE;
}

static gboolean
assay_rank_question_is_answered (AssayQuestion *question, JsonNode *answer)
{
  g_autoptr (GPtrArray) order = NULL;

  if (ASSAY_RANK_QUESTION (question)->mode == ASSAY_RANK_BEST_WORST)
    return assay_rank_answer_get_best (answer) != NULL
           && assay_rank_answer_get_worst (answer) != NULL;
  order = assay_rank_answer_dup_order (answer);
  return order != NULL && order->len > 0;
}

static void
report (AssayQuestion *question, const char *rule, char *message, GPtrArray *issues)
{
  assay_question_take_issue (question, issues, ASSAY_ISSUE_ERROR, rule, NULL, NULL, message);
}

static void
validate_best_worst (AssayRankQuestion *self, AssayTask *task, JsonNode *answer, GPtrArray *issues)
{
  AssayQuestion *question = ASSAY_QUESTION (self);
  const char *label = assay_question_get_name (question);
  const char *best = assay_rank_answer_get_best (answer);
  const char *worst = assay_rank_answer_get_worst (answer);

  if (best == NULL || worst == NULL)
    {
      if (assay_question_get_required (question) || best != worst)
        /* Translators: %s is the name of a question. */
        report (question, "req",
                g_strdup_printf (_ ("“%s” needs a best and a worst response."), label), issues);
      return;
    }
  if (g_str_equal (best, worst))
    report (question, "ranks",
            g_strdup_printf (_ ("“%s”: the best and the worst response are the same."), label),
            issues);
  if (task != NULL
      && (assay_task_find_response (task, best) == NULL
          || assay_task_find_response (task, worst) == NULL))
    report (question, "option",
            g_strdup_printf (_ ("“%s” names a response that is not there any more."), label),
            issues);
}

/* The ids in @order, each once; reports what is there twice or not at all. */
static guint
count_ranked (AssayRankQuestion *self, AssayTask *task, GPtrArray *order, GPtrArray *issues)
{
  AssayQuestion *question = ASSAY_QUESTION (self);
  const char *label = assay_question_get_name (question);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean twice = FALSE;
  gboolean gone = FALSE;
  gboolean tied = FALSE;

  for (guint i = 0; i < order->len; i++)
    {
      char **group = order->pdata[i];

      for (guint j = 0; group[j] != NULL; j++)
        {
          tied |= j > 0;
          if (task != NULL && assay_task_find_response (task, group[j]) == NULL)
            gone = TRUE;
          else if (!g_hash_table_add (seen, group[j]))
            twice = TRUE;
        }
    }
  if (gone)
    report (question, "option",
            g_strdup_printf (_ ("“%s” names a response that is not there any more."), label),
            issues);
  if (twice)
    report (question, "ranks", g_strdup_printf (_ ("“%s” has a response in two places."), label),
            issues);
  if (tied && !self->allow_ties)
    report (question, "tie", g_strdup_printf (_ ("“%s” asks for an order without ties."), label),
            issues);
  return g_hash_table_size (seen);
}

static void
validate_order (AssayRankQuestion *self, AssayTask *task, JsonNode *answer, GPtrArray *issues)
{
  AssayQuestion *question = ASSAY_QUESTION (self);
  const char *label = assay_question_get_name (question);
  g_autoptr (GPtrArray) order = assay_rank_answer_dup_order (answer);
  guint n_responses = task == NULL ? 0 : assay_task_get_n_responses (task);
  guint n_ranked;
  guint wanted;

  if (order == NULL || order->len == 0)
    return;
  n_ranked = count_ranked (self, task, order, issues);
  wanted = self->mode == ASSAY_RANK_FULL ? n_responses : MIN ((guint) self->k, n_responses);
  if (n_ranked < wanted)
    report (question, "ranks",
            g_strdup_printf (ngettext ("“%s”: %u response has no place yet.",
                                       "“%s”: %u responses have no place yet.", wanted - n_ranked),
                             label, wanted - n_ranked),
            issues);
  if (self->mode == ASSAY_RANK_TOP_K)
    {
      char **last = order->pdata[order->len - 1];
      guint rank = n_ranked - g_strv_length (last) + 1;

      /* Ties at the last place may go beyond; a place of its own may not. */
      if (rank > (guint) self->k && n_ranked > wanted)
        report (question, "ranks",
                g_strdup_printf (ngettext ("“%s” asks for the best %d response only.",
                                           "“%s” asks for the best %d responses only.", self->k),
                                 label, self->k),
                issues);
    }
}

static void
validate_buckets (AssayRankQuestion *self, JsonNode *answer, GPtrArray *issues)
{
  AssayQuestion *question = ASSAY_QUESTION (self);
  JsonObject *buckets = assay_json_get_object (assay_json_node_object (answer), "buckets");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (buckets == NULL)
    return;
  json_object_iter_init (&iter, buckets);
  while (json_object_iter_next (&iter, &name, &node))
    {
      JsonArray *ids = assay_json_node_array (node);

      for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
        {
          const char *id = assay_json_node_string (json_array_get_element (ids, i));

          if (id != NULL && !g_hash_table_add (seen, (gpointer) id))
            {
              report (question, "buckets",
                      g_strdup_printf (_ ("“%s” has a response in two groups."),
                                       assay_question_get_name (question)),
                      issues);
              return;
            }
        }
    }
}

static void
assay_rank_question_validate (AssayQuestion *question,
                              AssayTask *task,
                              const char *response,
                              JsonNode *answer,
                              GPtrArray *issues)
{
  AssayRankQuestion *self = ASSAY_RANK_QUESTION (question);

  if (self->mode == ASSAY_RANK_BEST_WORST)
    validate_best_worst (self, task, answer, issues);
  else
    validate_order (self, task, answer, issues);
  validate_buckets (self, answer, issues);
}

static const char *
name_response (AssayPresentation *presentation, const char *id)
{
  if (presentation == NULL || assay_presentation_get_place (presentation, id) < 0)
    return id;
  return assay_presentation_get_letter (presentation, id);
}

static char *
assay_rank_question_describe (AssayQuestion *question,
                              AssayPresentation *presentation,
                              JsonNode *answer)
{
  g_autoptr (GPtrArray) order = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  const char *best = assay_rank_answer_get_best (answer);
  const char *worst = assay_rank_answer_get_worst (answer);

  if (best != NULL && worst != NULL)
    /* Translators: both %s are names of responses, like A and B. */
    return g_strdup_printf (_ ("%s is best, %s is worst"), name_response (presentation, best),
                            name_response (presentation, worst));

  order = assay_rank_answer_dup_order (answer);
  if (order == NULL || order->len == 0)
    return NULL;
  for (guint i = 0; i < order->len; i++)
    {
      char **group = order->pdata[i];

      if (i > 0)
        g_string_append (text, " > ");
      for (guint j = 0; group[j] != NULL; j++)
        {
          if (j > 0)
            g_string_append (text, " = ");
          g_string_append (text, name_response (presentation, group[j]));
        }
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* The response that is best by itself. */
static JsonNode *
assay_rank_question_short_value (AssayQuestion *question, JsonNode *answer)
{
  const char *best = assay_rank_answer_get_best (answer);
  g_autoptr (GPtrArray) order = assay_rank_answer_dup_order (answer);

  if (best == NULL && order != NULL && order->len > 0 && g_strv_length (order->pdata[0]) == 1)
    best = ((char **) order->pdata[0])[0];
  return best == NULL ? NULL : assay_json_string_new (best);
}

static void
assay_rank_question_finalize (GObject *object)
{
  AssayRankQuestion *self = ASSAY_RANK_QUESTION (object);

  g_clear_pointer (&self->bucket_ids, g_ptr_array_unref);
  g_clear_pointer (&self->bucket_labels, g_ptr_array_unref);

  G_OBJECT_CLASS (assay_rank_question_parent_class)->finalize (object);
}

static void
assay_rank_question_class_init (AssayRankQuestionClass *klass)
{
  AssayQuestionClass *question_class = ASSAY_QUESTION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = assay_rank_question_finalize;

  question_class->type_name = "rank";
  question_class->load = assay_rank_question_load;
  question_class->is_answered = assay_rank_question_is_answered;
  question_class->validate = assay_rank_question_validate;
  question_class->describe = assay_rank_question_describe;
  question_class->short_value = assay_rank_question_short_value;
}

static void
assay_rank_question_init (AssayRankQuestion *self)
{
}

AssayRankMode
assay_rank_question_get_mode (AssayRankQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_RANK_QUESTION (self), ASSAY_RANK_FULL);

  return self->mode;
}

int
assay_rank_question_get_k (AssayRankQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_RANK_QUESTION (self), 0);

  return self->k;
}

gboolean
assay_rank_question_get_allow_ties (AssayRankQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_RANK_QUESTION (self), FALSE);

  return self->allow_ties;
}

gboolean
assay_rank_question_get_ask_quality (AssayRankQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_RANK_QUESTION (self), FALSE);

  return self->ask_quality;
}

const char *const *
assay_rank_question_get_bucket_ids (AssayRankQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_RANK_QUESTION (self), NULL);

  return self->bucket_ids == NULL ? NULL : (const char *const *) self->bucket_ids->pdata;
}

const char *
assay_rank_question_get_bucket_label (AssayRankQuestion *self, const char *id)
{
  g_return_val_if_fail (ASSAY_IS_RANK_QUESTION (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return assay_question_find_name (self->bucket_ids, self->bucket_labels, id);
}

JsonNode *
assay_rank_answer_new (GPtrArray *order)
{
  return assay_rank_answer_with_order (NULL, order);
}

JsonNode *
assay_rank_answer_new_best_worst (const char *best, const char *worst)
{
  return assay_rank_answer_with_best_worst (NULL, best, worst);
}

JsonNode *
assay_rank_answer_with_order (JsonNode *answer, GPtrArray *order)
{
  JsonObject *object;
  JsonArray *groups;

  g_return_val_if_fail (order != NULL, NULL);

  object = assay_answer_to_object (answer, "order");
  groups = json_array_new ();
  for (guint i = 0; i < order->len; i++)
    {
      char **group = order->pdata[i];
      JsonArray *ids;

      if (group[0] == NULL)
        continue;
      ids = json_array_new ();
      for (guint j = 0; group[j] != NULL; j++)
        json_array_add_string_element (ids, group[j]);
      json_array_add_array_element (groups, ids);
    }
  json_object_set_array_member (object, "order", groups);
  return assay_json_object_node_new (object);
}

JsonNode *
assay_rank_answer_with_comparison (JsonNode *answer,
                                   const char *first,
                                   const char *second,
                                   int sign)
{
  JsonArray *old = assay_rank_answer_get_comparisons (answer);
  JsonArray *comparisons = json_array_new ();
  JsonArray *comparison = json_array_new ();
  JsonObject *object;

  g_return_val_if_fail (first != NULL && second != NULL, NULL);

  for (guint i = 0; old != NULL && i < json_array_get_length (old); i++)
    json_array_add_element (comparisons, assay_json_copy (json_array_get_element (old, i)));
  json_array_add_string_element (comparison, first);
  json_array_add_string_element (comparison, second);
  json_array_add_int_element (comparison, (sign > 0) - (sign < 0));
  json_array_add_array_element (comparisons, comparison);
  object = assay_answer_to_object (answer, "order");
  json_object_set_array_member (object, "comparisons", comparisons);
  return assay_json_object_node_new (object);
}

JsonArray *
assay_rank_answer_get_comparisons (JsonNode *answer)
{
  JsonObject *object = answer != NULL ? assay_json_node_object (answer) : NULL;

  return object != NULL ? assay_json_get_array (object, "comparisons") : NULL;
}

/* Takes @object. */
static JsonNode *
or_nothing (JsonObject *object)
{
  if (json_object_get_size (object) > 0)
    return assay_json_object_node_new (object);
  json_object_unref (object);
  return NULL;
}

JsonNode *
assay_rank_answer_with_best_worst (JsonNode *answer, const char *best, const char *worst)
{
  JsonObject *object = assay_answer_to_object (answer, "order");

  assay_answer_set_text (object, "best", best);
  assay_answer_set_text (object, "worst", worst);
  return or_nothing (object);
}

/* The member @name of @object as an object of its own that can be changed. */
static JsonObject *
ensure_object (JsonObject *object, const char *name)
{
  JsonObject *member = assay_json_get_object (object, name);

  if (member == NULL)
    {
      member = json_object_new ();
      json_object_set_object_member (object, name, member);
    }
  return member;
}

JsonNode *
assay_rank_answer_with_quality (JsonNode *answer, const char *response, gboolean acceptable)
{
  JsonObject *object;

  g_return_val_if_fail (response != NULL, NULL);

  object = assay_answer_to_object (answer, "order");
  json_object_set_string_member (ensure_object (object, "quality"), response,
                                 acceptable ? "acceptable" : "unacceptable");
  return assay_json_object_node_new (object);
}

JsonNode *
assay_rank_answer_without_quality (JsonNode *answer, const char *response)
{
  JsonObject *object;
  JsonObject *quality;

  g_return_val_if_fail (response != NULL, NULL);

  object = assay_answer_to_object (answer, "order");
  quality = ensure_object (object, "quality");
  json_object_remove_member (quality, response);
  if (json_object_get_size (quality) == 0)
    json_object_remove_member (object, "quality");
  return or_nothing (object);
}

JsonNode *
assay_rank_answer_with_bucket (JsonNode *answer, const char *response, const char *bucket)
{
  JsonObject *object;
  JsonObject *buckets;
  g_autoptr (GList) names = NULL;

  g_return_val_if_fail (response != NULL, NULL);

  object = assay_answer_to_object (answer, "order");
  buckets = ensure_object (object, "buckets");
  names = json_object_get_members (buckets);
  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonArray *ids = assay_json_get_array (buckets, l->data);

      for (guint i = ids == NULL ? 0 : json_array_get_length (ids); i > 0; i--)
        if (g_strcmp0 (assay_json_node_string (json_array_get_element (ids, i - 1)), response) == 0)
          json_array_remove_element (ids, i - 1);
    }
  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonArray *ids = assay_json_get_array (buckets, l->data);

      if (ids != NULL && json_array_get_length (ids) == 0 && g_strcmp0 (l->data, bucket) != 0)
        json_object_remove_member (buckets, l->data);
    }
  if (bucket != NULL)
    {
      JsonArray *ids = assay_json_get_array (buckets, bucket);

      if (ids == NULL)
        {
          ids = json_array_new ();
          json_object_set_array_member (buckets, bucket, ids);
        }
      json_array_add_string_element (ids, response);
    }
  if (json_object_get_size (buckets) == 0)
    json_object_remove_member (object, "buckets");
  return or_nothing (object);
}

GPtrArray *
assay_rank_answer_dup_order (JsonNode *answer)
{
  JsonArray *groups = assay_json_get_array (assay_json_node_object (answer), "order");
  GPtrArray *order;

  if (groups == NULL)
    return NULL;
  order = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  for (guint i = 0; i < json_array_get_length (groups); i++)
    {
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
      JsonNode *group = json_array_get_element (groups, i);
      JsonArray *ids = assay_json_node_array (group);
      char **strv;

      if (assay_json_node_string (group) != NULL)
        g_strv_builder_add (builder, assay_json_node_string (group));
      for (guint j = 0; ids != NULL && j < json_array_get_length (ids); j++)
        {
          const char *id = assay_json_node_string (json_array_get_element (ids, j));

          if (id != NULL)
            g_strv_builder_add (builder, id);
        }
      strv = g_strv_builder_end (builder);
      if (strv[0] != NULL)
        g_ptr_array_add (order, strv);
      else
        g_strfreev (strv);
    }
  return order;
}

const char *
assay_rank_answer_get_best (JsonNode *answer)
{
  return assay_json_get_string (assay_json_node_object (answer), "best");
}

const char *
assay_rank_answer_get_worst (JsonNode *answer)
{
  return assay_json_get_string (assay_json_node_object (answer), "worst");
}

gboolean
assay_rank_answer_get_quality (JsonNode *answer, const char *response, gboolean *acceptable)
{
  const char *quality;

  g_return_val_if_fail (response != NULL, FALSE);

  quality =
      assay_json_get_string (assay_json_get_object (assay_json_node_object (answer), "quality"),
                             response);
  if (g_strcmp0 (quality, "acceptable") != 0 && g_strcmp0 (quality, "unacceptable") != 0)
    return FALSE;
  if (acceptable != NULL)
    *acceptable = g_str_equal (quality, "acceptable");
  return TRUE;
}

const char *
assay_rank_answer_get_bucket (JsonNode *answer, const char *response)
{
  JsonObject *buckets = assay_json_get_object (assay_json_node_object (answer), "buckets");
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  g_return_val_if_fail (response != NULL, NULL);

  if (buckets == NULL)
    return NULL;
  json_object_iter_init (&iter, buckets);
  while (json_object_iter_next (&iter, &name, &node))
    {
      JsonArray *ids = assay_json_node_array (node);

      for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
        if (g_strcmp0 (assay_json_node_string (json_array_get_element (ids, i)), response) == 0)
          return name;
    }
  return NULL;
}

int
assay_rank_answer_get_rank (JsonNode *answer, const char *response)
{
  g_autoptr (GPtrArray) order = assay_rank_answer_dup_order (answer);
  guint rank = 1;

  g_return_val_if_fail (response != NULL, 0);

  for (guint i = 0; order != NULL && i < order->len; i++)
    {
      char **group = order->pdata[i];

      if (g_strv_contains ((const char *const *) group, response))
        return (int) rank;
      rank += g_strv_length (group);
    }
  return 0;
}
