/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-json.h"
#include "assay-store-limits.h"
#include "assay-store-private.h"

/* Judgements that were made elsewhere come into an AssayStore. They never see the outbox: what was
 * submitted somewhere else is not sent a second time from here. */

/* With the limit in bytes, a turn that no draft waits for long behind. */
#define JUDGEMENTS_PER_TURN 25

typedef struct
{
  gint64 project;
  GPtrArray *judgements; /* (owned) AssayNewJudgement */
  guint n_done;
} NewJudgements;

/* The task of a judgement, as it is in the store. */
typedef struct
{
  gint64 row;
  gboolean is_free; /* nothing of a person's refers to it, or what goes on from there comes */
  gsize n_bytes;
  AssayTask *task; /* (owned) (nullable) */
} Target;

static void
new_judgements_free (NewJudgements *new_judgements)
{
  g_ptr_array_unref (new_judgements->judgements);
  g_free (new_judgements);
}

void
assay_new_judgement_free (AssayNewJudgement *self)
{
  g_free (self->task_id);
  json_node_unref (self->node);
  g_free (self->message);
  g_free (self);
}

static void
refuse (AssayNewJudgement *judgement, const char *message)
{
  judgement->fate = ASSAY_JUDGEMENT_REFUSED;
  g_set_str (&judgement->message, message);
}

/* Without a time of submission it was never submitted, whatever it says; and a draft was not
 * either. */
static gboolean
is_draft_record (JsonObject *record)
{
  JsonObject *times = assay_json_get_object (record, "times");

  return assay_json_get_boolean (record, "draft", FALSE)
         || assay_json_get_int (times, "submitted", 0) <= 0;
}

/* FALSE only if the database fails; what is wrong with the task is said of the judgement. */
static gboolean
find_target (AssayDatabase *database,
             gint64 project,
             AssayNewJudgement *judgement,
             GHashTable *forms,
             Target *target,
             GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GError) task_error = NULL;
  JsonObject *record = assay_json_node_object (judgement->node);
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT t.id, t.state = 'ready' AND NOT EXISTS (SELECT 1 FROM draft WHERE task = t.id)"
      " AND NOT EXISTS (SELECT 1 FROM judgement WHERE task = t.id)"
      /* A draft goes on from the settled judgement that it is to take the place of. */
      " OR ?3 AND t.state = 'sent' AND NOT EXISTS (SELECT 1 FROM draft WHERE task = t.id)"
      "  AND (SELECT max (revision) FROM judgement WHERE task = t.id AND id = ?4) < ?5,"
      " octet_length (c.json), " ASSAY_STORE_TASK_COLUMNS
      " FROM task t JOIN task_content c ON c.task = t.id JOIN form f ON f.id = c.form"
      " WHERE t.project = ?1 AND t.task_id = ?2",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, project);
  assay_statement_bind_text (statement, 2, judgement->task_id);
  assay_statement_bind_int (statement, 3, is_draft_record (record));
  assay_statement_bind_text (statement, 4, assay_json_get_string (record, "id"));
  assay_statement_bind_int (statement, 5, assay_json_get_int (record, "revision", 0));
  if (assay_statement_step (statement, &local_error))
    {
      target->row = assay_statement_get_int (statement, 0);
      target->is_free = assay_statement_get_int (statement, 1) != 0;
      target->n_bytes = (gsize) assay_statement_get_int (statement, 2);
      if (target->is_free)
        target->task = _assay_store_read_task (statement, 3, forms, &task_error);
      assay_statement_reset (statement);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (target->row == 0)
    refuse (judgement, _ ("There is no such task any more."));
  else if (!target->is_free)
    judgement->fate = ASSAY_JUDGEMENT_LEFT_OUT;
  else if (target->task == NULL)
    refuse (judgement, task_error->message);
  return TRUE;
}

/* What says how the record came here is no part of it. */
static JsonNode *
make_record (JsonNode *node, gboolean *is_draft)
{
  JsonNode *record = assay_json_copy (node);
  JsonObject *object = assay_json_node_object (record);
  JsonObject *times = assay_json_get_object (object, "times");

  *is_draft = is_draft_record (object);
  json_object_remove_member (object, "type");
  json_object_remove_member (object, "draft");
  if (*is_draft && times != NULL)
    {
      json_object_remove_member (times, "submitted");
      json_object_remove_member (times, "acknowledged");
    }
  return record;
}

static gboolean
insert_settled (AssayDatabase *database,
                const Target *target,
                AssayJudgement *judgement,
                gint64 submitted_ms,
                GError **error)
{
  g_autoptr (JsonNode) record = assay_judgement_to_json (judgement, TRUE);
  g_autofree char *text = assay_json_to_string (record);
  g_autofree char *rationale = assay_judgement_dup_stored_rationale (judgement);
  g_autofree char *submission = g_uuid_string_random ();
  const AssayJudgementRecord row = {
    .task_row = target->row,
    .revision = assay_judgement_get_revision (judgement),
    .id = assay_judgement_get_id (judgement),
    .submission = submission,
    .digest = assay_task_get_digest (target->task),
    .outcome = assay_outcome_to_string (assay_judgement_get_outcome (judgement)),
    .rationale = rationale,
    .submitted_at = MIN (submitted_ms, G_MAXINT64 / 1000) * 1000,
    .body = text,
  };

  return _assay_store_insert_judgement (database, &row, error)
         && _assay_store_mark_stale (database, target->row, error);
}

static gboolean
insert_draft (AssayDatabase *database,
              const Target *target,
              AssayJudgement *judgement,
              GError **error)
{
  g_autoptr (JsonNode) node = assay_judgement_to_draft_json (judgement);
  g_autoptr (GBytes) body = NULL;
  AssayDraftRecord draft;
  char *text = assay_json_to_string (node);

  body = g_bytes_new_take (text, strlen (text));
  /* It had something when it was written, perhaps in a note that stayed behind. */
  draft = (AssayDraftRecord) {
    assay_judgement_get_id (judgement),
    assay_task_get_digest (target->task),
    body,
    FALSE,
  };
  return _assay_store_write_draft (database, target->row, &draft, TRUE, error);
}

static gboolean
add_judgement (AssayJob *job,
               AssayDatabase *database,
               AssayNewJudgement *new_judgement,
               const Target *target,
               GError **error)
{
  gboolean is_draft;
  g_autoptr (JsonNode) record = make_record (new_judgement->node, &is_draft);
  g_autoptr (GError) read_error = NULL;
  g_autoptr (AssayJudgement) judgement =
      assay_judgement_new_from_json (target->task, record, &read_error);
  JsonObject *times = assay_json_get_object (assay_json_node_object (record), "times");

  if (judgement == NULL)
    {
      refuse (new_judgement, read_error->message);
      return TRUE;
    }
  new_judgement->fate = is_draft ? ASSAY_JUDGEMENT_ADDED_AS_DRAFT : ASSAY_JUDGEMENT_ADDED;
  return (is_draft ? insert_draft (database, target, judgement, error)
                   : insert_settled (database, target, judgement,
                                     assay_json_get_int (times, "submitted", 0), error))
         && _assay_store_update_state (database, target->row, &job->changes, error);
}

static gboolean
run_add_judgements (AssayJob *job, AssayDatabase *database, GError **error)
{
  NewJudgements *new_judgements = job->data;
  GPtrArray *judgements = new_judgements->judgements;
  g_autoptr (GHashTable) forms = _assay_store_forms_read ();
  guint end = MIN (new_judgements->n_done + JUDGEMENTS_PER_TURN, judgements->len);
  gsize n_bytes = 0;

  for (; new_judgements->n_done < end && n_bytes < ASSAY_STORE_EXPORT_TURN_BYTES;
       new_judgements->n_done++)
    {
      AssayNewJudgement *judgement = judgements->pdata[new_judgements->n_done];
      Target target = { 0 };
      gboolean done =
          find_target (database, new_judgements->project, judgement, forms, &target, error)
          && (target.task == NULL || add_judgement (job, database, judgement, &target, error));

      g_clear_object (&target.task);
      if (!done)
        return FALSE;
      n_bytes += target.n_bytes;
    }

  /* Many rows at once. */
  job->changes.task_row = 0;
  job->again = new_judgements->n_done < judgements->len;
  if (!job->again)
    {
      g_value_init (&job->result, G_TYPE_BOOLEAN);
      g_value_set_boolean (&job->result, TRUE);
    }
  return TRUE;
}

DexFuture *
assay_store_add_judgements (AssayStore *self, gint64 project, GPtrArray *judgements)
{
  NewJudgements *new_judgements;

  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (project > 0, NULL);
  g_return_val_if_fail (judgements != NULL, NULL);

  new_judgements = g_new0 (NewJudgements, 1);
  new_judgements->project = project;
  new_judgements->judgements = g_ptr_array_ref (judgements);
  return _assay_store_push (self,
                            assay_job_new (ASSAY_JOB_BULK, ASSAY_JOB_WRITE, run_add_judgements,
                                           new_judgements, (GDestroyNotify) new_judgements_free));
}
