/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-faultpoint.h"
#include "assay-json.h"
#include "assay-outbox-item-private.h"
#include "assay-spool.h"
#include "assay-store-accounts-private.h"

/* Submitting and taking back in an AssayStore. */

/* A judgement is of the main thread and may change: this is what was submitted. */
typedef struct
{
  gint64 task_row;
  char *judgement;
  char *submission;
  char *digest;
  char *outcome;
  char *rationale;
  char *record;      /* with the private note */
  AssayFrame *frame; /* (owned): as it is sent */
  gboolean is_local; /* its target is the task */
  GBytes *draft;     /* (owned) */
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
  assay_frame_free (submission->frame);
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
      " body, lease)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, (SELECT id FROM lease WHERE task = ?1))",
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

/* Sets @account, and @target to where a judgement goes that nobody framed. */
static gboolean
read_place (AssayDatabase *database, gint64 task_row, char **account, char **target, GError **error)
{
  gboolean found;
  AssayStatement *statement =
      assay_database_prepare (database,
                              "SELECT p.account, COALESCE (t.external_id, t.task_id)"
                              " FROM task t JOIN project p ON p.id = t.project WHERE t.id = ?1",
                              error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, task_row);
  if (!assay_statement_fetch (statement, &found, error))
    return FALSE;
  *account = found ? assay_statement_dup_text (statement, 0) : g_strdup ("");
  *target = found ? assay_statement_dup_text (statement, 1) : g_strdup ("");
  assay_statement_reset (statement);
  return TRUE;
}

/* A platform knows a judgement by the id under which its first revision was accepted. */
static gboolean
read_first_submission (AssayDatabase *database,
                       Submission *submission,
                       char **first,
                       GError **error)
{
  gboolean found;
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT j.submission FROM judgement j WHERE j.task = ?1 AND j.submission <> ?2"
      " AND j.lease IS (SELECT id FROM lease WHERE task = ?1)"
      " AND " ASSAY_STORE_SQL_IS_ACCEPTED ("j") " ORDER BY j.revision LIMIT 1",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, submission->task_row);
  assay_statement_bind_text (statement, 2, submission->submission);
  if (!assay_statement_fetch (statement, &found, error))
    return FALSE;
  *first = found ? assay_statement_dup_text (statement, 0) : g_strdup (submission->submission);
  assay_statement_reset (statement);
  return TRUE;
}

static gboolean
insert_outbox (AssayDatabase *database, Submission *submission, gint64 now, GError **error)
{
  g_autofree char *account = NULL;
  g_autofree char *target = NULL;
  g_autofree char *first = NULL;
  g_autofree char *task = g_strdup_printf ("%" G_GINT64_FORMAT, submission->task_row);
  AssayFrame *frame = submission->frame;

  if (!read_place (database, submission->task_row, &account, &target, error)
      || !read_first_submission (database, submission, &first, error))
    return FALSE;
  if (submission->is_local)
    {
      g_set_str (&frame->target, target);
    }
  else
    {
      g_autoptr (GString) whole = g_string_new (frame->target);

      g_string_replace (whole, ASSAY_FRAME_SUBMISSION, first, 0);
      g_set_str (&frame->target, whole->str);
    }

  submission->item = _assay_store_insert_outbox (database,
                                                 &(AssayOutboxRecord) {
                                                     .submission = submission->submission,
                                                     .account = account,
                                                     .task = task,
                                                     .frame = frame,
                                                     .now = now,
                                                     .due = now + submission->undo_window,
                                                 },
                                                 error);
  return submission->item != NULL;
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
  if (!assay_spool_write (folder->spool, submission->item, submission->record, &error))
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
  AssayStatement *statement =
      assay_database_prepare (database,
                              "UPDATE outbox SET state = 'withdrawn', changed_at = ?2"
                              " WHERE submission = ?1 AND state IN ('queued', 'refused')"
                              /* The judgement would be nowhere. */
                              " AND (task GLOB '" ASSAY_STORE_SUBJECT_PREFIX
                              "*' OR EXISTS (SELECT 1 FROM task t"
                              "  WHERE t.id = CAST(outbox.task AS INTEGER)))"
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
  job->changes.outbox = TRUE;
  if (task_row == 0)
    return TRUE;

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

/* The judgement alone, without the note to oneself; its target is known to the store. */
static AssayFrame *
make_frame (AssayJudgement *judgement)
{
  g_autoptr (JsonNode) sent = assay_judgement_to_json (judgement, FALSE);
  char *text = assay_json_to_string (sent);
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));

  return assay_frame_new (ASSAY_FRAME_KIND_JUDGEMENT, "PUT", "", body);
}

DexFuture *
assay_store_submit (AssayStore *self,
                    gint64 task_row,
                    AssayJudgement *judgement,
                    GBytes *draft,
                    gint64 undo_window_us)
{
  return assay_store_submit_framed (self, task_row, judgement, draft, NULL, undo_window_us);
}

DexFuture *
assay_store_submit_framed (AssayStore *self,
                           gint64 task_row,
                           AssayJudgement *judgement,
                           GBytes *draft,
                           const AssayFrame *frame,
                           gint64 undo_window_us)
{
  g_autoptr (JsonNode) record = NULL;
  Submission *submission;
  AssayJob *job;

  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (judgement), NULL);
  g_return_val_if_fail (assay_judgement_get_final (judgement), NULL);
  g_return_val_if_fail (draft != NULL, NULL);
  g_return_val_if_fail (undo_window_us >= 0, NULL);

  record = assay_judgement_to_json (judgement, TRUE);
  submission = g_new0 (Submission, 1);
  submission->task_row = task_row;
  submission->judgement = g_strdup (assay_judgement_get_id (judgement));
  submission->submission = g_uuid_string_random ();
  submission->digest = g_strdup (assay_task_get_digest (assay_judgement_get_task (judgement)));
  submission->outcome =
      g_strdup (assay_outcome_to_string (assay_judgement_get_outcome (judgement)));
  submission->rationale = assay_judgement_dup_stored_rationale (judgement);
  submission->record = assay_json_to_string (record);
  submission->is_local = frame == NULL;
  submission->frame = frame != NULL ? assay_frame_copy (frame) : make_frame (judgement);
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
