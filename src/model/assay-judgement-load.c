/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-json-read.h"
#include "assay-judgement-private.h"
#include "assay-model-error.h"
#include "assay-question-private.h"
#include "assay-marking-question.h"

/* Takes @key and @node. */
static void
put_sealed (GHashTable *table, char *key, JsonNode *node)
{
  json_node_seal (node);
  g_hash_table_replace (table, key, node);
}

static void
load_answer (AssayJudgement *self,
             AssayQuestion *question,
             const char *id,
             const char *response,
             JsonNode *answer)
{
  if (JSON_NODE_HOLDS_NULL (answer))
    return;
  put_sealed (self->answers, _assay_judgement_make_key (id, response),
              question != NULL ? assay_question_normalise_answer (question, answer)
                               : assay_json_copy (answer));
}

static void
load_answers (AssayJudgement *self, JsonObject *answers)
{
  AssayForm *form = assay_task_get_form (self->task);
  JsonObjectIter iter;
  const char *id;
  JsonNode *node;

  json_object_iter_init (&iter, answers);
  while (json_object_iter_next (&iter, &id, &node))
    {
      AssayQuestion *question = assay_form_find_question (form, id);
      JsonObject *by_response = assay_json_node_object (node);
      JsonObjectIter inner;
      const char *response;

      if (question == NULL || assay_question_get_scope (question) == ASSAY_SCOPE_TASK
          || by_response == NULL)
        {
          load_answer (self, question, id, NULL, node);
          continue;
        }
      json_object_iter_init (&inner, by_response);
      while (json_object_iter_next (&inner, &response, &node))
        load_answer (self, question, id, response, node);
    }
}

void
_assay_judgement_follow_spans (AssayJudgement *self)
{
  AssayForm *form = assay_task_get_form (self->task);
  GHashTableIter iter;
  gpointer key;
  gpointer answer;

  if (assay_task_get_forgotten (self->task))
    return;
  g_hash_table_iter_init (&iter, self->answers);
  while (g_hash_table_iter_next (&iter, &key, &answer))
    {
      const char *response;
      g_autofree char *id = _assay_judgement_split_key (key, &response);
      AssayQuestion *question = assay_form_find_question (form, id);
      JsonNode *now = question == NULL || !ASSAY_IS_MARKING_QUESTION (question)
                          ? NULL
                          : assay_marking_question_follow (ASSAY_MARKING_QUESTION (question),
                                                           answer, self->task);

      if (now == NULL)
        continue;
      json_node_seal (now);
      g_hash_table_iter_replace (&iter, now);
    }
}

static void
load_flags (AssayJudgement *self, JsonArray *flags)
{
  for (guint i = 0; i < json_array_get_length (flags); i++)
    {
      JsonObject *flag = assay_json_node_object (json_array_get_element (flags, i));
      const char *code = assay_json_get_string (flag, "code");
      g_autofree char *field = NULL;

      /* What set itself is set again by the confidence. */
      if (code == NULL || assay_json_get_boolean (flag, "automatic", FALSE))
        continue;
      field = g_strconcat (ASSAY_JUDGEMENT_FIELD_FLAG_PREFIX, code, NULL);
      if (!g_hash_table_contains (self->fields, field))
        put_sealed (self->fields, g_steal_pointer (&field),
                    assay_json_string_new (assay_json_get_string_or (flag, "note", "")));
    }
}

static gboolean
load_values (AssayJudgement *self, JsonObject *object, GError **error)
{
  JsonObject *answers = NULL;
  JsonArray *flags = NULL;
  const char *rationale = NULL;
  const char *private_note = NULL;
  const char *salvage = NULL;
  gint64 confidence = 0;
  gboolean is_salvage = FALSE;

  if (!assay_json_read_object (object, "answers", "", &answers, error)
      || !assay_json_read_string (object, "rationale", "", &rationale, error)
      || !assay_json_read_int (object, "confidence", "", 0, 5, &confidence, error)
      || !assay_json_read_array (object, "flags", "", &flags, error)
      || !assay_json_read_string (object, "private_note", "", &private_note, error)
      || !assay_json_read_boolean (object, "salvage", "", &is_salvage, error)
      || !assay_json_read_string (object, "salvage_reason", "", &salvage, error))
    return FALSE;

  if (answers != NULL)
    load_answers (self, answers);
  if (rationale != NULL)
    {
      g_autofree char *shown = assay_presentation_tokens_to_shown (self->presentation, rationale);

      g_string_assign (self->rationale, shown);
    }
  if (confidence > 0)
    assay_judgement_set_confidence (self, (int) confidence);
  if (flags != NULL)
    load_flags (self, flags);
  if (private_note != NULL)
    assay_judgement_set_private_note (self, private_note);
  if (is_salvage)
    assay_judgement_set_salvage (self, salvage != NULL ? salvage : "");
  return TRUE;
}

static gboolean
load_outcome (AssayJudgement *self, JsonObject *object, GError **error)
{
  const char *name = NULL;
  const char *reason = NULL;
  const char *note = NULL;
  AssayOutcome outcome = ASSAY_OUTCOME_ANSWERED;

  if (!assay_json_read_string (object, "outcome", "", &name, error)
      || !assay_json_read_string (object, "outcome_reason", "", &reason, error)
      || !assay_json_read_string (object, "outcome_note", "", &note, error))
    return FALSE;
  if (name != NULL && !assay_outcome_from_string (name, &outcome))
    {
      /* Translators: the first %s is a place in a file, the second a word that stands there. */
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_RANGE,
                   _ ("%s: “%s” is no outcome that this version knows."), "/outcome", name);
      return FALSE;
    }
  assay_judgement_set_outcome (self, outcome, reason, note);
  return TRUE;
}

static gboolean
load_times (AssayJudgement *self, JsonObject *object, GError **error)
{
  JsonObject *times = NULL;

  if (!assay_json_read_object (object, "times", "", &times, error))
    return FALSE;
  return times == NULL
         || (assay_json_read_int (times, "created", "/times", 0, G_MAXINT64, &self->created_at,
                                  error)
             && assay_json_read_int (times, "updated", "/times", 0, G_MAXINT64, &self->updated_at,
                                     error)
             && assay_json_read_int (times, "submitted", "/times", 0, G_MAXINT64,
                                     &self->submitted_at, error)
             && assay_json_read_int (times, "acknowledged", "/times", 0, G_MAXINT64,
                                     &self->acknowledged_at, error));
}

static gboolean
load_guideline (AssayJudgement *self, JsonObject *object, GError **error)
{
  JsonObject *guideline = NULL;
  const char *sha256 = NULL;
  gint64 version = 0;

  if (!assay_json_read_object (object, "guideline_seen", "", &guideline, error))
    return FALSE;
  if (guideline == NULL)
    return TRUE;
  if (!assay_json_read_int (guideline, "version", "/guideline_seen", 0, G_MAXINT, &version, error)
      || !assay_json_read_string (guideline, "sha256", "/guideline_seen", &sha256, error)
      || !assay_json_read_int (guideline, "acknowledged_at", "/guideline_seen", 0, G_MAXINT64,
                               &self->guideline_acknowledged_at, error))
    return FALSE;
  self->guideline_version = (int) version;
  g_set_str (&self->guideline_sha256, sha256);
  return TRUE;
}

static gboolean
read_count (JsonObject *composition, const char *member, guint *count, GError **error)
{
  gint64 value = 0;

  if (!assay_json_read_int (composition, member, "/composition", 0, G_MAXUINT, &value, error))
    return FALSE;
  *count = (guint) value;
  return TRUE;
}

static gboolean
load_composition (AssayJudgement *self, JsonObject *object, GError **error)
{
  JsonObject *composition = NULL;

  if (!assay_json_read_object (object, "composition", "", &composition, error))
    return FALSE;
  return composition == NULL
         || (read_count (composition, "typed_chars", &self->typed_chars, error)
             && read_count (composition, "pasted_chars", &self->pasted_chars, error)
             && read_count (composition, "inserted_snippet_chars", &self->snippet_chars, error)
             && read_count (composition, "deleted_chars", &self->deleted_chars, error));
}

static gboolean
load_read_to_end (AssayJudgement *self, JsonObject *object, GError **error)
{
  JsonArray *list = NULL;

  if (!assay_json_read_array (object, "read_to_end", "", &list, error))
    return FALSE;
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      char *response = assay_json_node_dup_id (json_array_get_element (list, i));

      if (response != NULL)
        g_hash_table_add (self->read_to_end, response);
    }
  return TRUE;
}

/* An exported draft has a mere mark in this place. */
static void
load_draft (AssayJudgement *self, JsonObject *object)
{
  JsonObject *draft = assay_json_get_object (object, "draft");
  JsonObject *undo = assay_json_get_object (draft, "undo");

  if (undo != NULL)
    assay_command_stack_load_json (self->stack, undo);
  if (assay_json_get_object (draft, "cursor") != NULL)
    {
      g_autoptr (JsonNode) cursor = assay_json_copy (json_object_get_member (draft, "cursor"));

      assay_judgement_set_cursor (self, json_node_get_object (cursor));
    }
}

static gboolean
load (AssayJudgement *self, JsonObject *object, GError **error)
{
  JsonObject *presentation = NULL;
  JsonObject *effort = NULL;
  const char *id;
  gint64 schema_version = ASSAY_JUDGEMENT_SCHEMA_VERSION;
  gint64 revision = 1;

  if (!assay_json_read_int (object, "schema_version", "", 1, G_MAXINT, &schema_version, error))
    return FALSE;
  if (schema_version > ASSAY_JUDGEMENT_SCHEMA_VERSION)
    {
      g_set_error_literal (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_VERSION,
                           _ ("This judgement was written by a newer version of this program."));
      return FALSE;
    }
  id = assay_json_require_id (object, "id", "", error);
  if (id == NULL || !assay_json_read_int (object, "revision", "", 1, G_MAXINT, &revision, error)
      || !assay_json_read_object (object, "presentation", "", &presentation, error)
      || !assay_json_read_object (object, "effort", "", &effort, error))
    return FALSE;

  self->id = g_strdup (id);
  self->revision = (int) revision;
  /* A record without an order was made elsewhere; its id gives one that stays. */
  self->presentation = presentation != NULL
                           ? assay_presentation_new_from_json (presentation, self->task)
                           : assay_presentation_new (self->task, g_str_hash (id));
  if (effort != NULL)
    assay_effort_load_json (&self->effort, effort);

  if (!load_values (self, object, error) || !load_outcome (self, object, error)
      || !load_guideline (self, object, error) || !load_composition (self, object, error)
      || !load_read_to_end (self, object, error))
    return FALSE;
  /* Loading is no change that a person made. */
  assay_command_stack_clear (self->stack);
  self->updated_at = 0;
  load_draft (self, object);
  /* The times come last: what is final cannot be set. */
  if (!load_times (self, object, error))
    return FALSE;
  if (self->submitted_at == 0)
    _assay_judgement_follow_spans (self);
  self->generation = 0;
  return TRUE;
}

AssayJudgement *
assay_judgement_new_from_json (AssayTask *task, JsonNode *node, GError **error)
{
  g_autoptr (AssayJudgement) self = NULL;
  JsonObject *object;

  g_return_val_if_fail (ASSAY_IS_TASK (task), NULL);
  g_return_val_if_fail (node != NULL, NULL);

  self = g_object_new (ASSAY_TYPE_JUDGEMENT, NULL);
  self->task = g_object_ref (task);
  self->source = assay_json_copy (node);
  object = assay_json_node_object (self->source);
  if (object == NULL)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TYPE, _ ("%s is not an object."),
                   "/");
      return NULL;
    }
  if (!load (self, object, error))
    return NULL;
  /* The answers and the stack were read; only what is not understood is still needed. */
  json_object_remove_member (object, "answers");
  json_object_remove_member (object, "draft");
  json_node_seal (self->source);
  return g_steal_pointer (&self);
}
