/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-answer-places.h"
#include "assay-json-read.h"
#include "assay-judgement-private.h"

static const char *const known_members[] = {
  "id",         "task_id",     "kind",         "schema_version", "revision",
  "outcome",    "answers",     "rationale",    "flags",          "outcome_reason",
  "confidence", "salvage",     "outcome_note", "presentation",   "guideline_seen",
  "effort",     "composition", "private_note", "read_to_end",    "salvage_reason",
  "times",      "draft",       NULL,
};
static const char *const known_guideline[] = { "version", "sha256", "acknowledged_at", NULL };
static const char *const known_effort[] = {
  "active_ms", "idle_ms", "paused_ms", "lookup_ms", "first_opened_at", "submitted_at", "opens", NULL
};
static const char *const known_times[] = { "created", "updated", "submitted", "acknowledged",
                                           NULL };
static const char *const known_composition[] = { "typed_chars", "pasted_chars",
                                                 "inserted_snippet_chars", "deleted_chars", NULL };

/* Adds to @target what the member @name of the source had and this version does not know. */
static void
keep_unknown (AssayJudgement *self, const char *name, const char *const *known, JsonObject *target)
{
  JsonObject *source = assay_json_get_object (assay_json_node_object (self->source), name);

  if (source != NULL)
    assay_json_copy_unknown (source, known, target);
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
      g_autoptr (GPtrArray) places = assay_task_list_places (self->task, question);

      for (guint j = 0; j < places->len; j++)
        {
          const char *place = places->pdata[j];
          JsonNode *answer = assay_judgement_get_answer (self, id, place);

          if (answer != NULL && (all || assay_judgement_question_applies (self, question, place)))
            add_answer (answers, question, place, answer);
        }
    }

  /* Answers to questions, or about responses, that are no longer there. */
  keys = _assay_judgement_sorted_keys (self->answers);
  for (guint i = 0; i < keys->len; i++)
    {
      const char *response;
      g_autofree char *id = _assay_judgement_split_key (keys->pdata[i], &response);
      AssayQuestion *question = assay_form_find_question (form, id);
      JsonNode *answer = g_hash_table_lookup (self->answers, keys->pdata[i]);

      if (question == NULL)
        json_object_set_member (answers, id, json_node_ref (answer));
      else if (response != NULL && !assay_task_has_place (self->task, question, response))
        add_answer (answers, question, response, answer);
    }
  json_node_take_object (node, answers);
  return node;
}

static void
set_flag_note (JsonObject *flag, const char *note)
{
  if (note != NULL && *note != '\0')
    json_object_set_string_member (flag, "note", note);
  else
    json_object_remove_member (flag, "note");
}

/* The flags that were read, with all that they had, as far as they are still set; then the others.
 */
static JsonNode *
flags_to_json (AssayJudgement *self)
{
  JsonArray *flags = json_array_new ();
  JsonArray *source = assay_json_get_array (assay_json_node_object (self->source), "flags");
  g_autoptr (GPtrArray) keys = _assay_judgement_sorted_keys (self->fields);
  g_autoptr (GHashTable) written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; source != NULL && i < json_array_get_length (source); i++)
    {
      g_autoptr (JsonNode) node = assay_json_copy (json_array_get_element (source, i));
      JsonObject *flag = assay_json_node_object (node);
      const char *code = assay_json_get_string (flag, "code");
      const char *note = code == NULL ? NULL : assay_judgement_get_flag (self, code);

      if (assay_json_get_boolean (flag, "automatic", FALSE) || (code != NULL && note == NULL))
        continue;
      if (code != NULL && g_hash_table_add (written, g_strdup (code)))
        set_flag_note (flag, note);
      json_array_add_element (flags, g_steal_pointer (&node));
    }
  for (guint i = 0; i < keys->len; i++)
    {
      const char *code = keys->pdata[i];
      JsonObject *flag;

      if (!g_str_has_prefix (code, ASSAY_JUDGEMENT_FIELD_FLAG_PREFIX))
        continue;
      code += strlen (ASSAY_JUDGEMENT_FIELD_FLAG_PREFIX);
      if (!g_hash_table_add (written, g_strdup (code)))
        continue;
      flag = json_object_new ();
      json_object_set_string_member (flag, "code", code);
      set_flag_note (flag, assay_judgement_get_flag (self, code));
      json_array_add_object_element (flags, flag);
    }
  if (_assay_judgement_is_unsure (self)
      && !g_hash_table_contains (written, ASSAY_JUDGEMENT_FLAG_LOW_CONFIDENCE))
    {
      JsonObject *flag = json_object_new ();

      json_object_set_string_member (flag, "code", ASSAY_JUDGEMENT_FLAG_LOW_CONFIDENCE);
      json_object_set_boolean_member (flag, "automatic", TRUE);
      json_array_add_object_element (flags, flag);
    }
  return assay_json_array_node_new (flags);
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
  keep_unknown (self, "times", known_times, times);
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
  keep_unknown (self, "guideline_seen", known_guideline, guideline);
  return guideline;
}

static JsonNode *
effort_to_json (AssayJudgement *self)
{
  JsonNode *node = assay_effort_to_json (&self->effort);

  keep_unknown (self, "effort", known_effort, assay_json_node_object (node));
  return node;
}

static JsonObject *
composition_to_json (AssayJudgement *self)
{
  JsonObject *composition = json_object_new ();

  json_object_set_int_member (composition, "typed_chars", self->typed_chars);
  json_object_set_int_member (composition, "pasted_chars", self->pasted_chars);
  json_object_set_int_member (composition, "inserted_snippet_chars", self->snippet_chars);
  json_object_set_int_member (composition, "deleted_chars", self->deleted_chars);
  keep_unknown (self, "composition", known_composition, composition);
  return composition;
}

static JsonArray *
read_to_end_to_json (AssayJudgement *self)
{
  JsonArray *read = json_array_new ();
  g_autoptr (GPtrArray) keys = _assay_judgement_sorted_keys (self->read_to_end);

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

static void
add_values (AssayJudgement *self, JsonObject *object, gboolean is_draft)
{
  int confidence = assay_judgement_get_confidence (self);
  const char *salvage = assay_judgement_get_salvage (self);

  json_object_set_member (object, "answers", answers_to_json (self, is_draft));
  if (self->rationale->len > 0)
    {
      g_autofree char *stored = assay_judgement_dup_stored_rationale (self);

      json_object_set_string_member (object, "rationale", stored);
    }
  if (confidence > 0)
    json_object_set_int_member (object, "confidence", confidence);
  if (salvage != NULL)
    {
      json_object_set_boolean_member (object, "salvage", TRUE);
      json_object_set_string_member (object, "salvage_reason", salvage);
    }
}

static JsonNode *
to_json (AssayJudgement *self, gboolean with_private, gboolean is_draft)
{
  JsonObject *object = json_object_new ();
  const char *private_note = assay_judgement_get_private_note (self);

  json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "task_id", assay_task_get_id (self->task));
  json_object_set_string_member (object, "kind", assay_task_get_kind (self->task));
  json_object_set_int_member (object, "schema_version", ASSAY_JUDGEMENT_SCHEMA_VERSION);
  json_object_set_int_member (object, "revision", self->revision);
  add_outcome (self, object);
  /* task-kinds section 2: values go out with the outcome "answered" only; otherwise they stay in
   * the draft. */
  if (is_draft || assay_judgement_get_outcome (self) == ASSAY_OUTCOME_ANSWERED)
    add_values (self, object, is_draft);
  json_object_set_member (object, "flags", flags_to_json (self));
  if (with_private && *private_note != '\0')
    json_object_set_string_member (object, "private_note", private_note);
  json_object_set_member (object, "presentation", assay_presentation_to_json (self->presentation));
  if (self->guideline_version != 0)
    json_object_set_object_member (object, "guideline_seen", guideline_to_json (self));
  json_object_set_member (object, "effort", effort_to_json (self));
  json_object_set_array_member (object, "read_to_end", read_to_end_to_json (self));
  /* Kept on the device (task-kinds section 2). */
  if (with_private)
    json_object_set_object_member (object, "composition", composition_to_json (self));
  json_object_set_object_member (object, "times", times_to_json (self));
  if (self->source != NULL)
    assay_json_copy_unknown (assay_json_node_object (self->source), known_members, object);
  return assay_json_object_node_new (object);
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
  JsonNode *node;

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), NULL);

  node = to_json (self, TRUE, TRUE);
  draft = json_object_new ();
  json_object_set_member (draft, "undo", assay_command_stack_to_json (self->stack));
  json_object_set_object_member (draft, "cursor", json_object_ref (self->cursor));
  json_object_set_object_member (assay_json_node_object (node), "draft", draft);
  return node;
}
