/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-judgement-private.h"

#include "assay-json.h"

/* What a judgement holds beside answers and rationale: confidence, the private note, flags, the way
 * out of the task, where one was, what was read. */

JsonObject *
_assay_judgement_get_outcome_object (AssayJudgement *self)
{
  JsonNode *node = g_hash_table_lookup (self->fields, ASSAY_JUDGEMENT_FIELD_OUTCOME);

  return node != NULL ? assay_json_node_object (node) : NULL;
}

gboolean
_assay_judgement_is_unsure (AssayJudgement *self)
{
  int confidence = assay_judgement_get_confidence (self);

  return confidence > 0 && confidence <= ASSAY_JUDGEMENT_LOW_CONFIDENCE;
}

static JsonNode *
string_node (const char *text)
{
  JsonNode *node;

  if (text == NULL)
    return NULL;
  node = json_node_new (JSON_NODE_VALUE);
  json_node_set_string (node, text);
  return node;
}

int
assay_judgement_get_confidence (AssayJudgement *self)
{
  JsonNode *node;
  double value = 0;

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), 0);

  node = g_hash_table_lookup (self->fields, ASSAY_JUDGEMENT_FIELD_CONFIDENCE);
  return node != NULL && assay_json_node_number (node, &value) ? CLAMP ((int) value, 0, 5) : 0;
}

void
assay_judgement_set_confidence (AssayJudgement *self, int confidence)
{
  g_autoptr (JsonNode) node = NULL;

  g_return_if_fail (ASSAY_IS_JUDGEMENT (self));
  g_return_if_fail (confidence >= 0 && confidence <= 5);

  if (confidence > 0)
    {
      node = json_node_new (JSON_NODE_VALUE);
      json_node_set_int (node, confidence);
    }
  _assay_judgement_set_field (self, ASSAY_JUDGEMENT_FIELD_CONFIDENCE, node);
}

const char *
assay_judgement_get_private_note (AssayJudgement *self)
{
  JsonNode *node;
  const char *note;

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), "");

  node = g_hash_table_lookup (self->fields, ASSAY_JUDGEMENT_FIELD_NOTE);
  note = node != NULL ? assay_json_node_string (node) : NULL;
  return note != NULL ? note : "";
}

void
assay_judgement_set_private_note (AssayJudgement *self, const char *note)
{
  g_autoptr (JsonNode) node = NULL;

  g_return_if_fail (ASSAY_IS_JUDGEMENT (self));

  if (note != NULL && *note != '\0')
    node = string_node (note);
  _assay_judgement_set_field (self, ASSAY_JUDGEMENT_FIELD_NOTE, node);
}

const char *
assay_judgement_get_flag (AssayJudgement *self, const char *code)
{
  g_autofree char *field = NULL;
  JsonNode *node;

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), NULL);
  g_return_val_if_fail (code != NULL, NULL);

  field = g_strconcat (ASSAY_JUDGEMENT_FIELD_FLAG_PREFIX, code, NULL);
  node = g_hash_table_lookup (self->fields, field);
  return assay_json_node_string (node);
}

gboolean
assay_judgement_has_flags (AssayJudgement *self)
{
  GHashTableIter iter;
  gpointer name;

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), FALSE);

  g_hash_table_iter_init (&iter, self->fields);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (g_str_has_prefix (name, ASSAY_JUDGEMENT_FIELD_FLAG_PREFIX))
      return TRUE;
  return FALSE;
}

void
assay_judgement_set_flag (AssayJudgement *self, const char *code, const char *note)
{
  g_autofree char *field = NULL;
  g_autoptr (JsonNode) node = string_node (note);

  g_return_if_fail (ASSAY_IS_JUDGEMENT (self));
  g_return_if_fail (code != NULL);

  field = g_strconcat (ASSAY_JUDGEMENT_FIELD_FLAG_PREFIX, code, NULL);
  _assay_judgement_set_field (self, field, node);
}

AssayOutcome
assay_judgement_get_outcome (AssayJudgement *self)
{
  JsonObject *object;
  AssayOutcome outcome = ASSAY_OUTCOME_ANSWERED;

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), ASSAY_OUTCOME_ANSWERED);

  object = _assay_judgement_get_outcome_object (self);
  if (object != NULL)
    assay_outcome_from_string (assay_json_get_string (object, "outcome"), &outcome);
  return outcome;
}

const char *
assay_judgement_get_outcome_reason (AssayJudgement *self)
{
  JsonObject *object;

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), NULL);

  object = _assay_judgement_get_outcome_object (self);
  return object != NULL ? assay_json_get_string (object, "reason") : NULL;
}

const char *
assay_judgement_get_outcome_note (AssayJudgement *self)
{
  JsonObject *object;

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), NULL);

  object = _assay_judgement_get_outcome_object (self);
  return object != NULL ? assay_json_get_string (object, "note") : NULL;
}

void
assay_judgement_set_outcome (AssayJudgement *self,
                             AssayOutcome outcome,
                             const char *reason,
                             const char *note)
{
  g_autoptr (JsonNode) node = NULL;

  g_return_if_fail (ASSAY_IS_JUDGEMENT (self));

  if (outcome != ASSAY_OUTCOME_ANSWERED)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "outcome", assay_outcome_to_string (outcome));
      if (reason != NULL && *reason != '\0')
        json_object_set_string_member (object, "reason", reason);
      if (note != NULL && *note != '\0')
        json_object_set_string_member (object, "note", note);
      node = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (node, object);
    }
  _assay_judgement_set_field (self, ASSAY_JUDGEMENT_FIELD_OUTCOME, node);
}

const char *
assay_judgement_get_salvage (AssayJudgement *self)
{
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), NULL);

  return assay_json_node_string (g_hash_table_lookup (self->fields, ASSAY_JUDGEMENT_FIELD_SALVAGE));
}

void
assay_judgement_set_salvage (AssayJudgement *self, const char *reason)
{
  g_autoptr (JsonNode) node = string_node (reason);

  g_return_if_fail (ASSAY_IS_JUDGEMENT (self));

  _assay_judgement_set_field (self, ASSAY_JUDGEMENT_FIELD_SALVAGE, node);
}

/* How it came about */

JsonObject *
assay_judgement_get_cursor (AssayJudgement *self)
{
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), NULL);

  return self->cursor;
}

void
assay_judgement_set_cursor (AssayJudgement *self, JsonObject *cursor)
{
  g_return_if_fail (ASSAY_IS_JUDGEMENT (self));
  g_return_if_fail (cursor != NULL);

  json_object_ref (cursor);
  json_object_unref (self->cursor);
  self->cursor = cursor;
}

AssayEffort *
assay_judgement_get_effort (AssayJudgement *self)
{
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), NULL);

  return &self->effort;
}

int
assay_judgement_get_guideline_version (AssayJudgement *self)
{
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), 0);

  return self->guideline_version;
}

const char *
assay_judgement_get_guideline_sha256 (AssayJudgement *self)
{
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), NULL);

  return self->guideline_sha256;
}

void
assay_judgement_set_guideline_seen (AssayJudgement *self,
                                    int version,
                                    const char *sha256,
                                    gint64 acknowledged_at)
{
  g_return_if_fail (ASSAY_IS_JUDGEMENT (self));

  if (self->submitted_at != 0)
    return;
  self->guideline_version = version;
  g_set_str (&self->guideline_sha256, sha256);
  self->guideline_acknowledged_at = acknowledged_at;
  _assay_judgement_note_change (self);
}

void
assay_judgement_set_read_to_end (AssayJudgement *self, const char *response)
{
  g_return_if_fail (ASSAY_IS_JUDGEMENT (self));
  g_return_if_fail (response != NULL);

  if (self->submitted_at == 0 && g_hash_table_add (self->read_to_end, g_strdup (response)))
    _assay_judgement_note_change (self);
}

gboolean
assay_judgement_get_read_to_end (AssayJudgement *self, const char *response)
{
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), FALSE);
  g_return_val_if_fail (response != NULL, FALSE);

  return g_hash_table_contains (self->read_to_end, response);
}

void
assay_judgement_count_composition (AssayJudgement *self,
                                   guint typed,
                                   guint pasted,
                                   guint snippet,
                                   guint deleted)
{
  g_return_if_fail (ASSAY_IS_JUDGEMENT (self));

  self->typed_chars += typed;
  self->pasted_chars += pasted;
  self->snippet_chars += snippet;
  self->deleted_chars += deleted;
}
