/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-json.h"
#include "assay-judgement-private.h"
#include "assay-model-error.h"

#define SCHEMA_VERSION 1
/* task-kinds 3.3: the flag sets itself at this confidence and below. */
#define LOW_CONFIDENCE_MAX 2
#define FLAG_LOW_CONFIDENCE "low_confidence"

static const char *const known_members[] = {
  "id",           "task_id",      "kind",         "schema_version", "revision",
  "outcome",      "answers",      "rationale",    "flags",          "outcome_reason",
  "confidence",   "outcome_note", "presentation", "guideline_seen", "effort",
  "private_note", "read_to_end",  "times",        "draft",          NULL
};

/* Writing */

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The keys of a table, sorted: the same judgement always gives the same bytes. */
static GPtrArray *
sorted_keys (GHashTable *table)
{
  GPtrArray *keys = g_hash_table_get_keys_as_ptr_array (table);

  g_ptr_array_sort (keys, compare_keys);
  return keys;
}

static void
add_answer (JsonObject *answers, AssayQuestion *question, const char *response, JsonNode *answer)
{
  const char *id = assay_question_get_id (question);
  JsonObject *by_response;

  if (response == NULL)
    {
      json_object_set_member (answers, id, json_node_ref (answer));
      return;
    }
  by_response = assay_json_get_object (answers, id);
  if (by_response == NULL)
    {
      by_response = json_object_new ();
      json_object_set_object_member (answers, id, by_response);
    }
  json_object_set_member (by_response, response, json_node_ref (answer));
}

/* @all: with what is hidden by a condition, which a draft keeps and a record leaves out. */
static JsonNode *
answers_to_json (AssayJudgement *self, gboolean all)
{
  AssayForm *form = assay_task_get_form (self->task);
  JsonObject *answers = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GPtrArray) keys = NULL;

  /* In the form's order, and within it in the task's own order of responses: nothing of what was
   * shown enters. */
  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);
      const char *id = assay_question_get_id (question);

      if (assay_question_get_scope (question) == ASSAY_SCOPE_TASK)
        {
          JsonNode *answer = assay_judgement_get_answer (self, id, NULL);

          if (answer != NULL && (all || assay_judgement_question_applies (self, question, NULL)))
            add_answer (answers, question, NULL, answer);
          continue;
        }
      for (guint j = 0; j < assay_task_get_n_responses (self->task); j++)
        {
          const char *response = assay_document_get_key (assay_task_get_response (self->task, j));
          JsonNode *answer = assay_judgement_get_answer (self, id, response);

          if (answer != NULL
              && (all || assay_judgement_question_applies (self, question, response)))
            add_answer (answers, question, response, answer);
        }
    }

  /* Answers to questions, or about responses, that are no longer there. */
  keys = sorted_keys (self->answers);
  for (guint i = 0; i < keys->len; i++)
    {
      const char *response;
      g_autofree char *id = _assay_judgement_split_key (keys->pdata[i], &response);
      AssayQuestion *question = assay_form_find_question (form, id);
      JsonNode *answer = g_hash_table_lookup (self->answers, keys->pdata[i]);

      if (question == NULL)
        json_object_set_member (answers, id, json_node_ref (answer));
      else if (response != NULL && assay_task_find_response (self->task, response) == NULL)
        add_answer (answers, question, response, answer);
    }
  json_node_take_object (node, answers);
  return node;
}

static JsonNode *
flags_to_json (AssayJudgement *self)
{
  JsonArray *flags = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (GPtrArray) keys = sorted_keys (self->fields);
  int confidence = assay_judgement_get_confidence (self);
  gboolean has_low_confidence = FALSE;

  for (guint i = 0; i < keys->len; i++)
    {
      const char *code;
      const char *note;
      JsonObject *flag;

      if (!g_str_has_prefix (keys->pdata[i], ASSAY_JUDGEMENT_FIELD_FLAG_PREFIX))
        continue;
      code = (const char *) keys->pdata[i] + strlen (ASSAY_JUDGEMENT_FIELD_FLAG_PREFIX);
      note = assay_judgement_get_flag (self, code);
      flag = json_object_new ();
      json_object_set_string_member (flag, "code", code);
      if (note != NULL && *note != '\0')
        json_object_set_string_member (flag, "note", note);
      json_array_add_object_element (flags, flag);
      has_low_confidence = has_low_confidence || g_str_equal (code, FLAG_LOW_CONFIDENCE);
    }
  if (!has_low_confidence && confidence > 0 && confidence <= LOW_CONFIDENCE_MAX)
    {
      JsonObject *flag = json_object_new ();

      json_object_set_string_member (flag, "code", FLAG_LOW_CONFIDENCE);
      json_object_set_boolean_member (flag, "automatic", TRUE);
      json_array_add_object_element (flags, flag);
    }
  json_node_take_array (node, flags);
  return node;
}

static void
set_time (JsonObject *times, const char *member, gint64 time)
{
  if (time != 0)
    json_object_set_int_member (times, member, time);
}

static JsonObject *
times_to_json (AssayJudgement *self)
{
  JsonObject *times = json_object_new ();

  set_time (times, "created", self->created_at);
  set_time (times, "updated", self->updated_at);
  set_time (times, "submitted", self->submitted_at);
  set_time (times, "acknowledged", self->acknowledged_at);
  return times;
}

static JsonObject *
guideline_to_json (AssayJudgement *self)
{
  JsonObject *guideline = json_object_new ();

  json_object_set_int_member (guideline, "version", self->guideline_version);
  if (self->guideline_sha256 != NULL)
    json_object_set_string_member (guideline, "sha256", self->guideline_sha256);
  set_time (guideline, "acknowledged_at", self->guideline_acknowledged_at);
  return guideline;
}

static JsonArray *
read_to_end_to_json (AssayJudgement *self)
{
  JsonArray *read = json_array_new ();
  g_autoptr (GPtrArray) keys = sorted_keys (self->read_to_end);

  for (guint i = 0; i < keys->len; i++)
    json_array_add_string_element (read, keys->pdata[i]);
  return read;
}

static void
add_outcome (AssayJudgement *self, JsonObject *object)
{
  const char *reason = assay_judgement_get_outcome_reason (self);
  const char *note = assay_judgement_get_outcome_note (self);

  json_object_set_string_member (object, "outcome",
                                 assay_outcome_to_string (assay_judgement_get_outcome (self)));
  if (reason != NULL)
    json_object_set_string_member (object, "outcome_reason", reason);
  if (note != NULL)
    json_object_set_string_member (object, "outcome_note", note);
}

static JsonNode *
to_json (AssayJudgement *self, gboolean with_private, gboolean is_draft)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  int confidence = assay_judgement_get_confidence (self);
  const char *private_note = assay_judgement_get_private_note (self);

  json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "task_id", assay_task_get_id (self->task));
  json_object_set_string_member (object, "kind", assay_task_get_kind (self->task));
  json_object_set_int_member (object, "schema_version", SCHEMA_VERSION);
  json_object_set_int_member (object, "revision", self->revision);
  add_outcome (self, object);
  /* task-kinds section 2: values go out with the outcome "answered" only; otherwise they stay in
   * the draft. */
  if (is_draft || assay_judgement_get_outcome (self) == ASSAY_OUTCOME_ANSWERED)
    {
      json_object_set_member (object, "answers", answers_to_json (self, is_draft));
      if (self->rationale->len > 0)
        {
          g_autofree char *stored = assay_judgement_dup_stored_rationale (self);

          json_object_set_string_member (object, "rationale", stored);
        }
    }
  if (confidence > 0)
    json_object_set_int_member (object, "confidence", confidence);
  json_object_set_member (object, "flags", flags_to_json (self));
  if (with_private && *private_note != '\0')
    json_object_set_string_member (object, "private_note", private_note);
  json_object_set_member (object, "presentation", assay_presentation_to_json (self->presentation));
  if (self->guideline_version != 0)
    json_object_set_object_member (object, "guideline_seen", guideline_to_json (self));
  json_object_set_member (object, "effort", assay_effort_to_json (&self->effort));
  json_object_set_array_member (object, "read_to_end", read_to_end_to_json (self));
  json_object_set_object_member (object, "times", times_to_json (self));
  assay_json_copy_unknown (self->unknown, known_members, object);
  json_node_take_object (node, object);
  return node;
}

JsonNode *
assay_judgement_to_json (AssayJudgement *self, gboolean with_private)
{
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), NULL);

  return to_json (self, with_private, FALSE);
}

JsonNode *
assay_judgement_to_draft_json (AssayJudgement *self)
{
  JsonObject *draft;
  JsonObject *composition;
  JsonNode *node;

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), NULL);

  node = to_json (self, TRUE, TRUE);
  draft = json_object_new ();
  json_object_set_member (draft, "undo", assay_command_stack_to_json (self->stack));
  json_object_set_object_member (draft, "cursor", json_object_ref (self->cursor));
  composition = json_object_new ();
  json_object_set_int_member (composition, "typed_chars", self->typed_chars);
  json_object_set_int_member (composition, "pasted_chars", self->pasted_chars);
  json_object_set_int_member (composition, "inserted_snippet_chars", self->snippet_chars);
  json_object_set_int_member (composition, "deleted_chars", self->deleted_chars);
  json_object_set_object_member (draft, "composition", composition);
  json_object_set_object_member (assay_json_node_object (node), "draft", draft);
  return node;
}

/* Reading */

static void
load_answer (AssayJudgement *self, const char *question, const char *response, JsonNode *answer)
{
  JsonNode *sealed;

  if (JSON_NODE_HOLDS_NULL (answer))
    return;
  sealed = assay_json_copy (answer);
  json_node_seal (sealed);
  g_hash_table_replace (self->answers, _assay_judgement_make_key (question, response), sealed);
}

static void
load_answers (AssayJudgement *self, JsonObject *answers)
{
  AssayForm *form = assay_task_get_form (self->task);
  g_autoptr (GList) members = json_object_get_members (answers);

  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (answers, l->data);
      AssayQuestion *question = assay_form_find_question (form, l->data);
      JsonObject *by_response = assay_json_node_object (node);
      g_autoptr (GList) responses = NULL;

      if (question == NULL || assay_question_get_scope (question) == ASSAY_SCOPE_TASK
          || by_response == NULL)
        {
          load_answer (self, l->data, NULL, node);
          continue;
        }
      responses = json_object_get_members (by_response);
      for (GList *r = responses; r != NULL; r = r->next)
        load_answer (self, l->data, r->data, json_object_get_member (by_response, r->data));
    }
}

static void
load_field (AssayJudgement *self, const char *field, JsonNode *node)
{
  JsonNode *sealed = assay_json_copy (node);

  json_node_seal (sealed);
  g_hash_table_replace (self->fields, g_strdup (field), sealed);
}

static void
load_flags (AssayJudgement *self, JsonArray *flags)
{
  for (guint i = 0; i < json_array_get_length (flags); i++)
    {
      JsonObject *flag = assay_json_node_object (json_array_get_element (flags, i));
      const char *code = flag != NULL ? assay_json_get_string (flag, "code") : NULL;

      /* What set itself is set again by the confidence. */
      if (code != NULL && !assay_json_get_boolean (flag, "automatic", FALSE))
        assay_judgement_set_flag (self, code, assay_json_get_string_or (flag, "note", ""));
    }
}

static void
load_outcome (AssayJudgement *self, JsonObject *object)
{
  AssayOutcome outcome;

  if (assay_outcome_from_string (assay_json_get_string (object, "outcome"), &outcome))
    assay_judgement_set_outcome (self, outcome, assay_json_get_string (object, "outcome_reason"),
                                 assay_json_get_string (object, "outcome_note"));
}

static void
load_times (AssayJudgement *self, JsonObject *times)
{
  self->created_at = MAX (0, assay_json_get_int (times, "created", 0));
  self->updated_at = MAX (0, assay_json_get_int (times, "updated", 0));
  self->submitted_at = MAX (0, assay_json_get_int (times, "submitted", 0));
  self->acknowledged_at = MAX (0, assay_json_get_int (times, "acknowledged", 0));
}

static void
load_draft (AssayJudgement *self, JsonObject *draft)
{
  JsonObject *undo = assay_json_get_object (draft, "undo");
  JsonObject *cursor = assay_json_get_object (draft, "cursor");
  JsonObject *composition = assay_json_get_object (draft, "composition");

  if (undo != NULL)
    assay_command_stack_load_json (self->stack, undo);
  if (cursor != NULL)
    assay_judgement_set_cursor (self, cursor);
  if (composition != NULL)
    {
      self->typed_chars = CLAMP (assay_json_get_int (composition, "typed_chars", 0), 0, G_MAXINT);
      self->pasted_chars = CLAMP (assay_json_get_int (composition, "pasted_chars", 0), 0, G_MAXINT);
      self->snippet_chars =
          CLAMP (assay_json_get_int (composition, "inserted_snippet_chars", 0), 0, G_MAXINT);
      self->deleted_chars =
          CLAMP (assay_json_get_int (composition, "deleted_chars", 0), 0, G_MAXINT);
    }
}

static void
load_rest (AssayJudgement *self, JsonObject *object)
{
  JsonObject *part;
  JsonArray *list;
  const char *rationale;

  if (assay_json_get_int (object, "confidence", 0) >= 1
      && assay_json_get_int (object, "confidence", 0) <= 5)
    load_field (self, ASSAY_JUDGEMENT_FIELD_CONFIDENCE,
                json_object_get_member (object, "confidence"));
  if (assay_json_get_string (object, "private_note") != NULL)
    load_field (self, ASSAY_JUDGEMENT_FIELD_NOTE, json_object_get_member (object, "private_note"));
  if ((list = assay_json_get_array (object, "flags")) != NULL)
    load_flags (self, list);
  load_outcome (self, object);

  if ((rationale = assay_json_get_string (object, "rationale")) != NULL)
    {
      g_autofree char *shown = assay_presentation_tokens_to_shown (self->presentation, rationale);

      g_string_assign (self->rationale, shown);
    }
  if ((part = assay_json_get_object (object, "effort")) != NULL)
    assay_effort_load_json (&self->effort, part);
  if ((part = assay_json_get_object (object, "guideline_seen")) != NULL)
    assay_judgement_set_guideline_seen (self, assay_json_get_int (part, "version", 0),
                                        assay_json_get_string (part, "sha256"),
                                        assay_json_get_int (part, "acknowledged_at", 0));
  if ((list = assay_json_get_array (object, "read_to_end")) != NULL)
    {
      for (guint i = 0; i < json_array_get_length (list); i++)
        {
          const char *response = assay_json_node_string (json_array_get_element (list, i));

          if (response != NULL)
            g_hash_table_add (self->read_to_end, g_strdup (response));
        }
    }
  assay_json_copy_unknown (object, known_members, self->unknown);
  /* Loading is no change that a person made. */
  assay_command_stack_clear (self->stack);
  self->updated_at = 0;
  if ((part = assay_json_get_object (object, "draft")) != NULL)
    load_draft (self, part);
  if ((part = assay_json_get_object (object, "times")) != NULL)
    load_times (self, part);
  self->generation = 0;
}

AssayJudgement *
assay_judgement_new_from_json (AssayTask *task, JsonNode *node, GError **error)
{
  g_autoptr (AssayJudgement) self = NULL;
  JsonObject *object;
  JsonObject *presentation;
  JsonObject *answers;
  const char *id;

  g_return_val_if_fail (ASSAY_IS_TASK (task), NULL);
  g_return_val_if_fail (node != NULL, NULL);

  object = assay_json_node_object (node);
  if (object == NULL)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TYPE,
                   _ ("A judgement must be an object."));
      return NULL;
    }
  if (assay_json_get_int (object, "schema_version", SCHEMA_VERSION) > SCHEMA_VERSION)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_VERSION,
                   _ ("This judgement was written by a newer version of Assay."));
      return NULL;
    }
  id = assay_json_require_string (object, "id", "", error);
  if (id == NULL)
    return NULL;

  self = g_object_new (ASSAY_TYPE_JUDGEMENT, NULL);
  self->task = g_object_ref (task);
  self->id = g_strdup (id);
  self->revision = CLAMP (assay_json_get_int (object, "revision", 1), 1, G_MAXINT);
  presentation = assay_json_get_object (object, "presentation");
  if (presentation != NULL)
    self->presentation = assay_presentation_new_from_json (presentation, task);
  else
    self->presentation = assay_presentation_new (task, g_str_hash (id));
  answers = assay_json_get_object (object, "answers");
  if (answers != NULL)
    load_answers (self, answers);
  load_rest (self, object);
  return g_steal_pointer (&self);
}
