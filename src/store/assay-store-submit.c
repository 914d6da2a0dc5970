/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-faultpoint.h"
#include "assay-json.h"
#include "assay-outbox-item-private.h"
#include "assay-spool.h"
#include "assay-store-private.h"

/* Submitting, taking back and reopening in an AssayStore. */

#define KIND_JUDGEMENT "judgement"

/* A judgement is of the main thread and may change: this is what was submitted. */
typedef struct
{
  gint64 task_row;
  char *judgement;
  char *submission;
  char *digest;
  char *outcome;
  char *rationale;
  char *record;  /* with the private note */
  GBytes *body;  /* (owned): as it is sent */
  GBytes *draft; /* (owned) */
  int revision;
  gint64 undo_window;

  /* Results. */
  AssayOutboxItem *item; /* (owned) */
  GPtrArray *replaced;   /* (owned): refused submissions that this one takes the place of */
} Submission;

static void
submission_free (Submission *submission)
{
  g_free (submission->judgement);
  g_free (submission->submission);
  g_free (submission->digest);
  g_free (submission->outcome);
  g_free (submission->rationale);
  g_free (submission->record);
  g_clear_pointer (&submission->body, g_bytes_unref);
  g_clear_pointer (&submission->draft, g_bytes_unref);
  g_clear_object (&submission->item);
  g_ptr_array_unref (submission->replaced);
  g_free (submission);
}

static gboolean
fail_conflict (const char *message, GError **error)
{
  g_set_error_literal (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CONFLICT, message);
  return FALSE;
}

/* Only a task without a judgement, or one that was reopened or refused, takes a submission. */
static gboolean
check_submittable (AssayDatabase *database, gint64 task_row, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  AssayTaskState state;
  AssayStatement *statement =
      assay_database_prepare (database, "SELECT state FROM task WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, task_row);
  if (!assay_statement_step (statement, &local_error))
    {
      if (local_error == NULL)
        g_set_error_literal (&local_error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_NOT_FOUND,
                             _ ("There is no such task any more."));
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  state = _assay_task_state_from_name (assay_statement_get_text (statement, 0));
  assay_statement_reset (statement);

  if (state == ASSAY_TASK_QUEUED)
    return fail_conflict (_ ("A judgement of this task already waits to be sent."), error);
  if (state == ASSAY_TASK_SENT)
    return fail_conflict (_ ("This task was already judged. Reopen it to change the judgement."),
                          error);
  return TRUE;
}

/* The new judgement takes the place of what was refused. */
static gboolean
withdraw_refused (AssayDatabase *database, Submission *submission, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (
      database,
      "UPDATE outbox SET state = 'withdrawn', changed_at = ?2"
      " WHERE task = CAST(?1 AS TEXT) AND state = 'refused' RETURNING submission",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, submission->task_row);
  assay_statement_bind_int (statement, 2, g_get_real_time ());
  while (assay_statement_step (statement, &local_error))
    g_ptr_array_add (submission->replaced, assay_statement_dup_text (statement, 0));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  statement =
      assay_database_prepare (database, "DELETE FROM judgement WHERE submission = ?1", error);
  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < submission->replaced->len; i++)
    {
      assay_statement_bind_text (statement, 1, submission->replaced->pdata[i]);
      if (!assay_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
_assay_store_insert_judgement (AssayDatabase *database,
                               const AssayJudgementRecord *record,
                               GError **error)
{
  AssayStatement *statement = assay_database_prepare (
      database,
      "INSERT INTO judgement (task, revision, id, submission, digest, outcome, rationale, submitted_at,"
      " body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, record->task_row);
  assay_statement_bind_int (statement, 2, record->revision);
  assay_statement_bind_text (statement, 3, record->id);
  assay_statement_bind_text (statement, 4, record->submission);
  assay_statement_bind_text (statement, 5, record->digest);
  assay_statement_bind_text (statement, 6, record->outcome);
  assay_statement_bind_text (statement, 7, record->rationale);
  assay_statement_bind_int (statement, 8, record->submitted_at);
  assay_statement_bind_text (statement, 9, record->body);
  return assay_statement_run (statement, error);
}

static gboolean
insert_judgement (AssayDatabase *database, Submission *submission, gint64 now, GError **error)
{
  const AssayJudgementRecord record = {
    .task_row = submission->task_row,
    .revision = submission->revision,
    .id = submission->judgement,
    .submission = submission->submission,
    .digest = submission->digest,
    .outcome = submission->outcome,
    .rationale = submission->rationale,
    .submitted_at = now,
    .body = submission->record,
  };

  return _assay_store_insert_judgement (database, &record, error);
}

static gboolean
insert_outbox (AssayDatabase *database, Submission *submission, gint64 now, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GBytes) sha256 = NULL;
  g_autoptr (GPtrArray) items = NULL;
  AssayOutboxItemsArguments arguments = { 0, NULL };
  guint8 digest[32];
  gsize digest_size = sizeof digest;
  AssayStatement *statement = assay_database_prepare (
      database,
      "INSERT INTO outbox (submission, account, task, kind, method, target, body, body_sha256, created_at,"
      " next_at, changed_at)"
      " SELECT ?2, p.account, CAST(t.id AS TEXT), ?3, 'PUT', COALESCE (t.external_id, t.task_id),"
      " ?4, ?5, ?6, ?7, ?6 FROM task t JOIN project p ON p.id = t.project WHERE t.id = ?1",
      error);

  if (statement == NULL)
    return FALSE;
  g_checksum_update (checksum, g_bytes_get_data (submission->body, NULL),
                     g_bytes_get_size (submission->body));
  g_checksum_get_digest (checksum, digest, &digest_size);
  sha256 = g_bytes_new (digest, digest_size);

  assay_statement_bind_int (statement, 1, submission->task_row);
  assay_statement_bind_text (statement, 2, submission->submission);
  assay_statement_bind_text (statement, 3, KIND_JUDGEMENT);
  assay_statement_bind_blob (statement, 4, submission->body);
  assay_statement_bind_blob (statement, 5, sha256);
  assay_statement_bind_int (statement, 6, now);
  assay_statement_bind_int (statement, 7, now + submission->undo_window);
  if (!assay_statement_run (statement, error))
    return FALSE;

  arguments.number = assay_database_get_last_row (database);
  items = assay_outbox_items_read (database, ASSAY_OUTBOX_ITEMS_ONE, &arguments, error);
  if (items == NULL)
    return FALSE;
  submission->item = g_object_ref (items->pdata[0]);
  return TRUE;
}

static gboolean
run_submit (AssayJob *job, AssayDatabase *database, GError **error)
{
  Submission *submission = job->data;
  const AssayDraftRecord draft = { submission->judgement, submission->digest, submission->draft,
                                   FALSE };
  gint64 now = g_get_real_time ();

  if (!check_submittable (database, submission->task_row, error)
      || !withdraw_refused (database, submission, error)
      || !insert_judgement (database, submission, now, error)
      || !_assay_store_write_draft (database, submission->task_row, &draft, FALSE, error)
      || !insert_outbox (database, submission, now, error)
      || !_assay_store_update_state (database, submission->task_row, &job->changes, error))
    return FALSE;

  /* Also for a reopened task, whose row may have been in this state before. */
  job->changes.outbox = TRUE;
  g_value_init (&job->result, ASSAY_TYPE_OUTBOX_ITEM);
  g_value_set_object (&job->result, submission->item);
  ASSAY_FAULTPOINT ("submit:before-commit");
  return TRUE;
}

/* The row is committed, so what fails here only makes a rescue poorer; upkeep tries again. */
static void
after_submit (AssayJob *job, AssayStoreThread *thread)
{
  Submission *submission = job->data;
  AssayProfileFolder *folder = assay_store_thread_get_folder (thread);
  g_autoptr (GError) error = NULL;

  ASSAY_FAULTPOINT ("submit:after-commit");
  if (!assay_spool_write (folder->spool, submission->item, &error))
    g_warning ("The rescue copy of a submission could not be written: %s", error->message);
  ASSAY_FAULTPOINT ("submit:after-spool");
  for (guint i = 0; i < submission->replaced->len; i++)
    assay_spool_remove (folder->spool, submission->replaced->pdata[i]);
}

/* Nothing that could be taken back waits under this name. It is taken back where an earlier attempt
 * ended in an error of the disk and was written all the same. */
static gboolean
is_withdrawn (AssayDatabase *database, const char *submission, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT state = 'withdrawn', state IN ('queued', 'refused') FROM outbox WHERE submission = ?1",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, submission);
  if (assay_statement_step (statement, &local_error))
    {
      gboolean withdrawn = assay_statement_get_int (statement, 0) != 0;
      gboolean waits = assay_statement_get_int (statement, 1) != 0;

      assay_statement_reset (statement);
      return withdrawn
             || fail_conflict (waits ? _ ("Its task is no longer here, so there is nothing that it "
                                          "could be taken back to. It can be exported.")
                                     : _ ("It is already on its way and cannot be taken back."),
                               error);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_set_error_literal (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_NOT_FOUND,
                       _ ("There is no such submission."));
  return FALSE;
}

static gboolean
run_withdraw (AssayJob *job, AssayDatabase *database, GError **error)
{
  const char *submission = job->data;
  g_autoptr (GError) local_error = NULL;
  gint64 now = g_get_real_time ();
  gint64 task_row;
  AssayStatement *statement = assay_database_prepare (
      database,
      "UPDATE outbox SET state = 'withdrawn', changed_at = ?2"
      " WHERE submission = ?1 AND state IN ('queued', 'refused')"
      /* The judgement would be nowhere. */
      " AND EXISTS (SELECT 1 FROM task t WHERE t.id = CAST(outbox.task AS INTEGER))"
      " RETURNING CAST(task AS INTEGER)",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, submission);
  assay_statement_bind_int (statement, 2, now);
  if (!assay_statement_step (statement, &local_error))
    {
      if (local_error == NULL)
        return is_withdrawn (database, submission, error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  task_row = assay_statement_get_int (statement, 0);
  if (!assay_statement_run (statement, error))
    return FALSE;

  statement =
      assay_database_prepare (database, "DELETE FROM judgement WHERE submission = ?1", error);
  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, submission);
  if (!assay_statement_run (statement, error))
    return FALSE;

  statement = assay_database_prepare (
      database, "UPDATE draft SET active = 1, changed_at = ?2 WHERE task = ?1", error);
  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, task_row);
  assay_statement_bind_int (statement, 2, now);
  if (!assay_statement_run (statement, error))
    return FALSE;

  ASSAY_FAULTPOINT ("withdraw:before-commit");
  job->changes.outbox = TRUE;
  return _assay_store_mark_stale (database, task_row, error)
         && _assay_store_update_state (database, task_row, &job->changes, error);
}

static void
after_withdraw (AssayJob *job, AssayStoreThread *thread)
{
  ASSAY_FAULTPOINT ("withdraw:after-commit");
  assay_spool_remove (assay_store_thread_get_folder (thread)->spool, job->data);
  ASSAY_FAULTPOINT ("withdraw:after-spool");
}

/* The draft that was submitted holds more than the record: also what was hidden, and the undo. */
static AssayJudgement *
read_settled (AssayStatement *statement, AssayTask *task, GError **error)
{
  const char *draft = assay_statement_get_text (statement, 2);
  AssayJudgement *judgement = NULL;

  if (draft != NULL)
    judgement = _assay_store_parse_judgement (task, draft, NULL);
  if (judgement != NULL)
    assay_judgement_finalize_submission (judgement, assay_statement_get_int (statement, 1) / 1000);
  else
    judgement = _assay_store_parse_judgement (task, assay_statement_get_text (statement, 0), error);
  return judgement;
}

static AssayJudgement *
load_settled (AssayDatabase *database, gint64 task_row, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GHashTable) forms = _assay_store_forms_read ();
  g_autoptr (AssayTask) task = NULL;
  AssayJudgement *judgement;
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT j.body, j.submitted_at,"
      " (SELECT r.body FROM draft_revision r WHERE r.task = t.id AND r.judgement = j.id"
      "  AND r.digest = t.digest AND r.reason = 'submitted' ORDER BY r.id DESC LIMIT 1),"
      " " ASSAY_STORE_TASK_COLUMNS
      " FROM task t JOIN task_content c ON c.task = t.id JOIN form f ON f.id = c.form"
      " JOIN judgement j ON j.task = t.id WHERE t.id = ?1 AND t.state = 'sent'"
      " AND NOT EXISTS (SELECT 1 FROM draft WHERE task = t.id)"
      " ORDER BY j.revision DESC LIMIT 1",
      error);

  if (statement == NULL)
    return NULL;
  assay_statement_bind_int (statement, 1, task_row);
  if (!assay_statement_step (statement, &local_error))
    {
      if (local_error == NULL)
        fail_conflict (_ ("Only a judgement that was accepted can be reopened."), &local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  task = _assay_store_read_task (statement, 3, forms, error);
  judgement = task != NULL ? read_settled (statement, task, error) : NULL;
  assay_statement_reset (statement);
  return judgement;
}

static gboolean
run_reopen (AssayJob *job, AssayDatabase *database, GError **error)
{
  const gint64 *task_row = job->data;
  g_autoptr (AssayJudgement) judgement = load_settled (database, *task_row, error);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GBytes) body = NULL;
  AssayDraftRecord draft;
  char *text;

  if (judgement == NULL)
    return FALSE;
  assay_judgement_reopen (judgement);
  node = assay_judgement_to_draft_json (judgement);
  text = assay_json_to_string (node);
  body = g_bytes_new_take (text, strlen (text));
  draft = (AssayDraftRecord) {
    assay_judgement_get_id (judgement),
    assay_task_get_digest (assay_judgement_get_task (judgement)),
    body,
    FALSE,
  };

  return _assay_store_write_draft (database, *task_row, &draft, TRUE, error)
         && _assay_store_update_state (database, *task_row, &job->changes, error);
}

DexFuture *
assay_store_submit (AssayStore *self,
                    gint64 task_row,
                    AssayJudgement *judgement,
                    GBytes *draft,
                    gint64 undo_window_us)
{
  g_autoptr (JsonNode) record = NULL;
  g_autoptr (JsonNode) sent = NULL;
  Submission *submission;
  char *text;
  AssayJob *job;

  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (judgement), NULL);
  g_return_val_if_fail (assay_judgement_get_final (judgement), NULL);
  g_return_val_if_fail (draft != NULL, NULL);
  g_return_val_if_fail (undo_window_us >= 0, NULL);

  record = assay_judgement_to_json (judgement, TRUE);
  sent = assay_judgement_to_json (judgement, FALSE);
  text = assay_json_to_string (sent);

  submission = g_new0 (Submission, 1);
  submission->task_row = task_row;
  submission->judgement = g_strdup (assay_judgement_get_id (judgement));
  submission->submission = g_uuid_string_random ();
  submission->digest = g_strdup (assay_task_get_digest (assay_judgement_get_task (judgement)));
  submission->outcome =
      g_strdup (assay_outcome_to_string (assay_judgement_get_outcome (judgement)));
  submission->rationale = assay_judgement_dup_stored_rationale (judgement);
  submission->record = assay_json_to_string (record);
  submission->body = g_bytes_new_take (text, strlen (text));
  submission->draft = g_bytes_ref (draft);
  submission->revision = assay_judgement_get_revision (judgement);
  submission->undo_window = undo_window_us;
  submission->replaced = g_ptr_array_new_with_free_func (g_free);

  job = assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE, run_submit, submission,
                       (GDestroyNotify) submission_free);
  job->after = after_submit;
  return _assay_store_push (self, job);
}

DexFuture *
assay_store_withdraw (AssayStore *self, const char *submission)
{
  AssayJob *job;

  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (submission != NULL, NULL);

  job =
      assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE, run_withdraw, g_strdup (submission), g_free);
  job->after = after_withdraw;
  return _assay_store_push (self, job);
}

DexFuture *
assay_store_reopen (AssayStore *self, gint64 task_row)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);

  return _assay_store_push (self, assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE, run_reopen,
                                                 g_memdup2 (&task_row, sizeof task_row), g_free));
}
