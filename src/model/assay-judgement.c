/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-judgement.h"

#include <string.h>

#include "assay-json.h"
#include "assay-judgement-private.h"
#include "assay-limits.h"
#include "assay-text-question.h"
#include "assay-presentation-private.h"

enum
{
  CHANGED,
  RATIONALE_SPLICED,
  N_SIGNALS
};

typedef enum
{
  PROP_CAN_UNDO = 1,
  PROP_CAN_REDO,
  PROP_RATIONALE,
  PROP_CONFIDENCE,
  PROP_PRIVATE_NOTE,
  PROP_OUTCOME,
  PROP_FINAL,
  PROP_GENERATION,
} AssayJudgementProperty;

static GParamSpec *properties[PROP_GENERATION + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AssayJudgement, assay_judgement, G_TYPE_OBJECT)

/* Ids may hold any character, so the question's length goes before it. */
char *
_assay_judgement_make_key (const char *question, const char *response)
{
  return g_strdup_printf ("%zu:%s%s%s", strlen (question), question, response != NULL ? "/" : "",
                          response != NULL ? response : "");
}

char *
_assay_judgement_split_key (const char *key, const char **response)
{
  char *question;
  guint64 length = g_ascii_strtoull (key, &question, 10);

  g_assert (*question == ':');

  question++;
  *response = question[length] == '/' ? question + length + 1 : NULL;
  return g_strndup (question, length);
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
_assay_judgement_sorted_keys (GHashTable *table)
{
  GPtrArray *keys = g_hash_table_get_keys_as_ptr_array (table);

  g_ptr_array_sort (keys, compare_keys);
  return keys;
}

static gint64
now_ms (void)
{
  return g_get_real_time () / 1000;
}

void
_assay_judgement_note_change (AssayJudgement *self)
{
  self->generation++;
  self->updated_at = now_ms ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GENERATION]);
}

static void
notify_stack (AssayJudgement *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REDO]);
}

/* Takes @command. */
static void
record (AssayJudgement *self, AssayCommand *command)
{
  if (self->group != NULL)
    assay_command_add_part (self->group, command);
  else
    {
      assay_command_stack_push (self->stack, command);
      notify_stack (self);
    }
}

/* Applying a change; what is recorded is the caller's part. */

static void
store_node (GHashTable *table, char *key, JsonNode *node)
{
  if (node == NULL)
    {
      g_hash_table_remove (table, key);
      g_free (key);
      return;
    }
  /* A node from outside may be changed by its owner: what is kept is a sealed copy. */
  if (json_node_is_immutable (node))
    node = json_node_ref (node);
  else
    {
      node = assay_json_copy (node);
      json_node_seal (node);
    }
  g_hash_table_replace (table, key, node);
}

static void
apply_answer (AssayJudgement *self, const char *question, const char *response, JsonNode *answer)
{
  store_node (self->answers, _assay_judgement_make_key (question, response), answer);
  g_signal_emit (self, signals[CHANGED], 0, question, response);
}

static void
apply_field (AssayJudgement *self, const char *field, JsonNode *value)
{
  store_node (self->fields, g_strdup (field), value);
  if (g_str_equal (field, ASSAY_JUDGEMENT_FIELD_NOTE))
    {
      /* Typed key by key, and nothing of the form depends on it. */
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRIVATE_NOTE]);
      return;
    }
  if (g_str_equal (field, ASSAY_JUDGEMENT_FIELD_CONFIDENCE))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONFIDENCE]);
  else if (g_str_equal (field, ASSAY_JUDGEMENT_FIELD_OUTCOME))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OUTCOME]);
  g_signal_emit (self, signals[CHANGED], 0, NULL, NULL);
}

static void
apply_text (AssayJudgement *self, guint start, guint removed_chars, const char *inserted)
{
  glong length = g_utf8_strlen (self->rationale->str, self->rationale->len);
  const char *from;
  const char *to;

  start = MIN (start, length);
  removed_chars = MIN (removed_chars, length - start);
  from = g_utf8_offset_to_pointer (self->rationale->str, start);
  to = g_utf8_offset_to_pointer (from, removed_chars);
  {
    gssize position = from - self->rationale->str;

    g_string_erase (self->rationale, position, to - from);
    g_string_insert (self->rationale, position, inserted);
  }
  g_signal_emit (self, signals[RATIONALE_SPLICED], 0, start, removed_chars, inserted);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RATIONALE]);
}

/* Whether what @command would change is as it left it. A draft that was edited elsewhere can hold a
 * stack of another state. */
static gboolean
command_fits (AssayJudgement *self, const AssayCommand *command, gboolean forward)
{
  JsonNode *there = forward ? command->before : command->after;

  switch (command->kind)
    {
    case ASSAY_COMMAND_ANSWER:
      return assay_command_fits_answer (
          command, assay_judgement_get_answer (self, command->key, command->response), forward);
    case ASSAY_COMMAND_FIELD:
      return assay_json_equal (there, g_hash_table_lookup (self->fields, command->key));
    case ASSAY_COMMAND_TEXT:
      {
        const char *text = forward ? command->change.removed : command->change.inserted;
        glong length = g_utf8_strlen (self->rationale->str, (gssize) self->rationale->len);

        return command->change.start <= length
               && g_str_has_prefix (
                   g_utf8_offset_to_pointer (self->rationale->str, command->change.start), text);
      }
    case ASSAY_COMMAND_GROUP:
      for (guint i = 0; i < command->parts->len; i++)
        if (!command_fits (self, command->parts->pdata[i], forward))
          return FALSE;
      return TRUE;
    default:
      g_return_val_if_reached (FALSE);
    }
}

static void
apply_command (AssayJudgement *self, const AssayCommand *command, gboolean forward)
{
  JsonNode *value = forward ? command->after : command->before;

  switch (command->kind)
    {
    case ASSAY_COMMAND_ANSWER:
      {
        g_autoptr (JsonNode) answer = assay_command_change_answer (
            command, assay_judgement_get_answer (self, command->key, command->response), forward);

        apply_answer (self, command->key, command->response, answer);
      }
      break;
    case ASSAY_COMMAND_FIELD:
      apply_field (self, command->key, value);
      break;
    case ASSAY_COMMAND_TEXT:
      {
        const AssayTextChange *change = &command->change;
        const char *there = forward ? change->removed : change->inserted;

        apply_text (self, change->start, (guint) g_utf8_strlen (there, -1),
                    forward ? change->inserted : change->removed);
      }
      break;
    case ASSAY_COMMAND_GROUP:
      for (guint i = 0; i < command->parts->len; i++)
        {
          guint index = forward ? i : command->parts->len - 1 - i;

          apply_command (self, g_ptr_array_index (command->parts, index), forward);
        }
      break;
    default:
      g_assert_not_reached ();
    }
}

void
_assay_judgement_set_field (AssayJudgement *self, const char *field, JsonNode *value)
{
  JsonNode *before = g_hash_table_lookup (self->fields, field);
  g_autoptr (JsonNode) kept = before != NULL ? json_node_ref (before) : NULL;

  if (self->submitted_at != 0 || before == value
      || (before != NULL && value != NULL && assay_json_equal (before, value)))
    return;
  if (value != NULL)
    json_node_seal (value);
  record (self, assay_command_new_field (field, kept, value));
  apply_field (self, field, value);
  _assay_judgement_note_change (self);
}

static void
assay_judgement_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  AssayJudgement *self = ASSAY_JUDGEMENT (object);

  switch ((AssayJudgementProperty) property_id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, assay_judgement_can_undo (self));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, assay_judgement_can_redo (self));
      break;
    case PROP_RATIONALE:
      g_value_set_string (value, self->rationale->str);
      break;
    case PROP_CONFIDENCE:
      g_value_set_int (value, assay_judgement_get_confidence (self));
      break;
    case PROP_PRIVATE_NOTE:
      g_value_set_string (value, assay_judgement_get_private_note (self));
      break;
    case PROP_OUTCOME:
      g_value_set_int (value, assay_judgement_get_outcome (self));
      break;
    case PROP_FINAL:
      g_value_set_boolean (value, assay_judgement_get_final (self));
      break;
    case PROP_GENERATION:
      g_value_set_uint64 (value, self->generation);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
assay_judgement_set_property (GObject *object,
                              guint property_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  AssayJudgement *self = ASSAY_JUDGEMENT (object);

  switch ((AssayJudgementProperty) property_id)
    {
    case PROP_CONFIDENCE:
      assay_judgement_set_confidence (self, g_value_get_int (value));
      break;
    case PROP_PRIVATE_NOTE:
      assay_judgement_set_private_note (self, g_value_get_string (value));
      break;
    case PROP_CAN_UNDO:
    case PROP_CAN_REDO:
    case PROP_RATIONALE:
    case PROP_OUTCOME:
    case PROP_FINAL:
    case PROP_GENERATION:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
assay_judgement_finalize (GObject *object)
{
  AssayJudgement *self = ASSAY_JUDGEMENT (object);

  g_clear_object (&self->task);
  g_clear_object (&self->presentation);
  g_clear_pointer (&self->answers, g_hash_table_unref);
  g_clear_pointer (&self->fields, g_hash_table_unref);
  g_clear_pointer (&self->read_to_end, g_hash_table_unref);
  g_clear_pointer (&self->stack, assay_command_stack_free);
  g_clear_pointer (&self->cursor, json_object_unref);
  g_clear_pointer (&self->source, json_node_unref);
  g_string_free (self->rationale, TRUE);
  g_free (self->guideline_sha256);
  g_free (self->id);

  G_OBJECT_CLASS (assay_judgement_parent_class)->finalize (object);
}

static void
assay_judgement_class_init (AssayJudgementClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags writable = readable | G_PARAM_WRITABLE;

  object_class->get_property = assay_judgement_get_property;
  object_class->set_property = assay_judgement_set_property;
  object_class->finalize = assay_judgement_finalize;

  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, readable);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, readable);
  properties[PROP_RATIONALE] = g_param_spec_string ("rationale", NULL, NULL, "", readable);
  properties[PROP_CONFIDENCE] = g_param_spec_int ("confidence", NULL, NULL, 0, 5, 0, writable);
  properties[PROP_PRIVATE_NOTE] = g_param_spec_string ("private-note", NULL, NULL, "", writable);
  properties[PROP_OUTCOME] = g_param_spec_int ("outcome", NULL, NULL, 0, ASSAY_N_OUTCOMES - 1,
                                               ASSAY_OUTCOME_ANSWERED, readable);
  properties[PROP_FINAL] = g_param_spec_boolean ("final", NULL, NULL, FALSE, readable);
  properties[PROP_GENERATION] =
      g_param_spec_uint64 ("generation", NULL, NULL, 0, G_MAXUINT64, 0, readable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[CHANGED] = g_signal_new ("changed", ASSAY_TYPE_JUDGEMENT, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[RATIONALE_SPLICED] =
      g_signal_new ("rationale-spliced", ASSAY_TYPE_JUDGEMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_STRING);
}

static void
assay_judgement_init (AssayJudgement *self)
{
  self->revision = 1;
  self->answers =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_node_unref);
  self->fields =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_node_unref);
  self->read_to_end = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->rationale = g_string_new (NULL);
  self->stack = assay_command_stack_new ();
  self->cursor = json_object_new ();
}

AssayJudgement *
assay_judgement_new (AssayTask *task)
{
  return assay_judgement_new_with_seed (task, g_random_int ());
}

AssayJudgement *
assay_judgement_new_with_seed (AssayTask *task, guint32 seed)
{
  AssayJudgement *self;

  g_return_val_if_fail (ASSAY_IS_TASK (task), NULL);

  self = g_object_new (ASSAY_TYPE_JUDGEMENT, NULL);
  self->task = g_object_ref (task);
  self->id = g_uuid_string_random ();
  self->presentation = assay_presentation_new (task, seed);
  self->created_at = self->updated_at = now_ms ();
  return self;
}

AssayTask *
assay_judgement_get_task (AssayJudgement *self)
{
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), NULL);

  return self->task;
}

const char *
assay_judgement_get_id (AssayJudgement *self)
{
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), NULL);

  return self->id;
}

int
assay_judgement_get_revision (AssayJudgement *self)
{
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), 0);

  return self->revision;
}

guint64
assay_judgement_get_generation (AssayJudgement *self)
{
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), 0);

  return self->generation;
}

AssayPresentation *
assay_judgement_get_presentation (AssayJudgement *self)
{
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), NULL);

  return self->presentation;
}

/* Answers */

JsonNode *
assay_judgement_get_answer (AssayJudgement *self, const char *question, const char *response)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), NULL);
  g_return_val_if_fail (question != NULL, NULL);

  key = _assay_judgement_make_key (question, response);
  return g_hash_table_lookup (self->answers, key);
}

void
assay_judgement_set_answer (AssayJudgement *self,
                            const char *question,
                            const char *response,
                            JsonNode *answer)
{
  JsonNode *before;
  g_autoptr (JsonNode) kept = NULL;
  g_autoptr (JsonNode) after = NULL;

  g_return_if_fail (ASSAY_IS_JUDGEMENT (self));
  g_return_if_fail (question != NULL);

  /* As everywhere in JSON. */
  if (answer != NULL && JSON_NODE_HOLDS_NULL (answer))
    answer = NULL;
  before = assay_judgement_get_answer (self, question, response);
  if (self->submitted_at != 0 || before == answer
      || (before != NULL && answer != NULL && assay_json_equal (before, answer)))
    return;
  if (before != NULL)
    kept = json_node_ref (before);
  if (answer != NULL)
    {
      after = assay_json_copy (answer);
      json_node_seal (after);
    }
  record (self, assay_command_new_answer (question, response, kept, after,
                                          ASSAY_IS_TEXT_QUESTION (assay_form_find_question (
                                              assay_task_get_form (self->task), question))));
  apply_answer (self, question, response, after);
  _assay_judgement_note_change (self);
}

void
assay_judgement_complete_answer (AssayJudgement *self,
                                 const char *question,
                                 const char *response,
                                 JsonNode *answer)
{
  g_autoptr (JsonNode) complete = NULL;

  g_return_if_fail (ASSAY_IS_JUDGEMENT (self));
  g_return_if_fail (question != NULL && answer != NULL);

  if (self->submitted_at != 0
      || assay_json_equal (assay_judgement_get_answer (self, question, response), answer))
    return;
  complete = assay_json_copy (answer);
  json_node_seal (complete);
  assay_command_stack_amend_answer (self->stack, question, response, complete);
  apply_answer (self, question, response, complete);
  _assay_judgement_note_change (self);
}

/* The rationale */

const char *
assay_judgement_get_rationale (AssayJudgement *self)
{
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), "");

  return self->rationale->str;
}

char *
assay_judgement_dup_stored_rationale (AssayJudgement *self)
{
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), NULL);

  return assay_presentation_tokens_to_stored (self->presentation, self->rationale->str);
}

void
assay_judgement_splice_rationale (AssayJudgement *self,
                                  guint start,
                                  guint removed_chars,
                                  const char *inserted)
{
  g_autofree char *removed = NULL;
  g_autofree char *cut = NULL;
  guint length;
  guint room;

  g_return_if_fail (ASSAY_IS_JUDGEMENT (self));
  g_return_if_fail (inserted != NULL);

  length = (guint) g_utf8_strlen (self->rationale->str, (gssize) self->rationale->len);
  start = MIN (start, length);
  removed_chars = MIN (removed_chars, length - start);
  room = ASSAY_LIMIT_RATIONALE_CHARACTERS
         - MIN (length - removed_chars, ASSAY_LIMIT_RATIONALE_CHARACTERS);
  if (strlen (inserted) > room && g_utf8_strlen (inserted, -1) > room)
    inserted = cut = g_utf8_substring (inserted, 0, room);
  if (self->submitted_at != 0 || (removed_chars == 0 && *inserted == '\0'))
    return;

  removed = g_utf8_substring (self->rationale->str, start, start + removed_chars);
  record (self, assay_command_new_text (start, removed, inserted));
  apply_text (self, start, removed_chars, inserted);
  _assay_judgement_note_change (self);
}

void
assay_judgement_set_rationale (AssayJudgement *self, const char *shown)
{
  g_auto (AssayTextChange) change = { 0 };

  g_return_if_fail (ASSAY_IS_JUDGEMENT (self));
  g_return_if_fail (shown != NULL);

  /* Only what differs is replaced, so that an editor keeps its cursor. */
  assay_text_change_init (&change, self->rationale->str, shown);
  assay_judgement_break_undo_group (self);
  assay_judgement_splice_rationale (self, change.start, (guint) g_utf8_strlen (change.removed, -1),
                                    change.inserted);
  assay_judgement_break_undo_group (self);
}

/* Undo */

AssayPastePolicy
assay_judgement_get_paste_policy (AssayJudgement *self)
{
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), ASSAY_PASTE_ALLOWED);

  return self->refuses_paste ? ASSAY_PASTE_FORBIDDEN : assay_task_get_paste_policy (self->task);
}

void
assay_judgement_set_refuses_paste (AssayJudgement *self, gboolean refuses_paste)
{
  g_return_if_fail (ASSAY_IS_JUDGEMENT (self));

  self->refuses_paste = !!refuses_paste;
}

gboolean
assay_judgement_can_undo (AssayJudgement *self)
{
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), FALSE);

  return self->submitted_at == 0 && assay_command_stack_can_undo (self->stack);
}

gboolean
assay_judgement_can_redo (AssayJudgement *self)
{
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), FALSE);

  return self->submitted_at == 0 && assay_command_stack_can_redo (self->stack);
}

static void
step (AssayJudgement *self, gboolean forward)
{
  const AssayCommand *command = forward ? assay_command_stack_step_forward (self->stack)
                                        : assay_command_stack_step_back (self->stack);

  g_object_freeze_notify (G_OBJECT (self));
  if (command_fits (self, command, forward))
    {
      apply_command (self, command, forward);
      _assay_judgement_note_change (self);
    }
  else
    assay_command_stack_clear (self->stack);
  notify_stack (self);
  g_object_thaw_notify (G_OBJECT (self));
}

void
assay_judgement_undo (AssayJudgement *self)
{
  g_return_if_fail (ASSAY_IS_JUDGEMENT (self));

  if (assay_judgement_can_undo (self))
    step (self, FALSE);
}

void
assay_judgement_redo (AssayJudgement *self)
{
  g_return_if_fail (ASSAY_IS_JUDGEMENT (self));

  if (assay_judgement_can_redo (self))
    step (self, TRUE);
}

void
assay_judgement_break_undo_group (AssayJudgement *self)
{
  g_return_if_fail (ASSAY_IS_JUDGEMENT (self));

  assay_command_stack_break_group (self->stack);
}

void
assay_judgement_reset (AssayJudgement *self)
{
  g_autoptr (GPtrArray) keys = NULL;
  AssayCommand *group;

  g_return_if_fail (ASSAY_IS_JUDGEMENT (self));

  if (self->submitted_at != 0)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  self->group = assay_command_new_group ();
  keys = _assay_judgement_sorted_keys (self->answers);
  for (guint i = 0; i < keys->len; i++)
    {
      const char *response;
      g_autofree char *key = g_strdup (keys->pdata[i]);
      g_autofree char *question = _assay_judgement_split_key (key, &response);

      assay_judgement_set_answer (self, question, response, NULL);
    }
  assay_judgement_splice_rationale (self, 0, G_MAXINT, "");

  group = g_steal_pointer (&self->group);
  assay_command_stack_break_group (self->stack);
  if (group->parts->len > 0)
    record (self, group);
  else
    assay_command_free (group);
  g_object_thaw_notify (G_OBJECT (self));
}

/* The end */

void
assay_judgement_finalize_submission (AssayJudgement *self, gint64 submitted_at)
{
  g_return_if_fail (ASSAY_IS_JUDGEMENT (self));
  g_return_if_fail (submitted_at > 0);

  /* An undo may have brought back what was marked in an earlier text. */
  _assay_judgement_follow_spans (self);
  self->submitted_at = submitted_at;
  self->effort.submitted_at = submitted_at;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FINAL]);
  notify_stack (self);
}

gboolean
assay_judgement_get_final (AssayJudgement *self)
{
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), FALSE);

  return self->submitted_at != 0;
}

void
assay_judgement_reopen (AssayJudgement *self)
{
  g_return_if_fail (ASSAY_IS_JUDGEMENT (self));

  if (self->submitted_at == 0)
    return;
  self->submitted_at = 0;
  self->acknowledged_at = 0;
  self->effort.submitted_at = 0;
  self->revision++;
  _assay_judgement_note_change (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FINAL]);
  notify_stack (self);
}

void
assay_judgement_set_revealed_at (AssayJudgement *self, gint64 time_ms)
{
  g_autoptr (AssayPresentation) revealed = NULL;

  g_return_if_fail (ASSAY_IS_JUDGEMENT (self));

  revealed = assay_presentation_with_revealed_at (self->presentation, time_ms);
  g_set_object (&self->presentation, revealed);
}

gboolean
assay_judgement_is_empty (AssayJudgement *self)
{
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), TRUE);

  return g_hash_table_size (self->answers) == 0 && self->rationale->len == 0
         && g_hash_table_size (self->fields) == 0;
}
