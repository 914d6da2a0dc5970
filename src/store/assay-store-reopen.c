/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-json.h"
#include "assay-store-accounts-private.h"

/* Settled judgements of an AssayStore that are opened once more: by the person, or because the
 * platform gave them back. */

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
        g_set_error_literal (&local_error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CONFLICT,
                             _ ("Only a judgement that was accepted can be reopened."));
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  task = _assay_store_read_task (statement, 3, forms, error);
  judgement = task != NULL ? read_settled (statement, task, error) : NULL;
  assay_statement_reset (statement);
  return judgement;
}

gboolean
_assay_store_reopen_task (AssayDatabase *database, gint64 task_row, GError **error)
{
  g_autoptr (AssayJudgement) judgement = load_settled (database, task_row, error);
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

  return _assay_store_write_draft (database, task_row, &draft, TRUE, error);
}

static gboolean
run_reopen (AssayJob *job, AssayDatabase *database, GError **error)
{
  const gint64 *task_row = job->data;

  return _assay_store_reopen_task (database, *task_row, error)
         && _assay_store_update_state (database, *task_row, &job->changes, error);
}

/* What a submission is about: the newest revision of its judgement that the platform has. */
typedef struct
{
  gint64 task_row; /* 0: not here, or newer work is on its way */
  int revision;
  gboolean was_returned;
  gint64 fate_at;
} Settled;

static gboolean
find_settled (AssayDatabase *database,
              const char *account,
              const AssayPageSubmission *submission,
              Settled *settled,
              GError **error)
{
  gboolean found;
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT j.task, j.revision, j.fate IS 'returned', j.fate_at"
      " FROM judgement s JOIN task t ON t.id = s.task JOIN project p ON p.id = t.project"
      " JOIN judgement j ON j.task = s.task AND j.lease IS s.lease"
      " WHERE s.submission = ?1 AND p.account = ?2 AND j.fate IS NOT ?3"
      /* What waits will be received, whatever was said before. */
      " AND NOT EXISTS (SELECT 1 FROM outbox WHERE task = CAST(t.id AS TEXT)"
      "  AND state IN ('queued', 'sending', 'unknown'))"
      " AND j.revision = (SELECT max (k.revision) FROM judgement k WHERE k.task = s.task"
      "  AND k.lease IS s.lease AND " ASSAY_STORE_SQL_IS_ACCEPTED ("k") ")",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, submission->submission);
  assay_statement_bind_text (statement, 2, account);
  assay_statement_bind_text (statement, 3, submission->state);
  if (!assay_statement_fetch (statement, &found, error))
    return FALSE;
  if (found)
    {
      settled->task_row = assay_statement_get_int (statement, 0);
      settled->revision = (int) assay_statement_get_int (statement, 1);
      settled->was_returned = assay_statement_get_int (statement, 2) != 0;
      settled->fate_at = assay_statement_get_int (statement, 3);
      assay_statement_reset (statement);
    }
  return TRUE;
}

/* @fate_at: 0 for that of the draft. */
static gboolean
write_fate (AssayDatabase *database,
            const Settled *settled,
            const char *state,
            gint64 fate_at,
            GError **error)
{
  AssayStatement *statement = assay_database_prepare (
      database,
      "UPDATE judgement SET fate = ?3,"
      " fate_at = coalesce (?4, (SELECT changed_at FROM draft WHERE task = ?1))"
      " WHERE task = ?1 AND revision = ?2",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, settled->task_row);
  assay_statement_bind_int (statement, 2, settled->revision);
  assay_statement_bind_text (statement, 3, state);
  assay_statement_bind_number (statement, 4, fate_at);
  return assay_statement_run (statement, error);
}

/* FALSE only if the database fails; a record that cannot be read must not keep all else away. */
static gboolean
give_back (AssayDatabase *database, const Settled *settled, gint64 *fate_at, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  *fate_at = g_get_real_time ();
  if (_assay_store_reopen_task (database, settled->task_row, &local_error))
    {
      *fate_at = 0;
      return TRUE;
    }
  /* The person had opened it already. */
  if (g_error_matches (local_error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CONFLICT))
    return TRUE;
  if (local_error->domain != ASSAY_STORE_ERROR)
    {
      g_warning ("The judgement of task %" G_GINT64_FORMAT " cannot be read: %s", settled->task_row,
                 local_error->message);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* It is not returned any more: a draft that nobody touched goes as it came. */
static gboolean
drop_untouched (AssayDatabase *database, const Settled *settled, GError **error)
{
  AssayStatement *statement = assay_database_prepare (
      database, "DELETE FROM draft WHERE task = ?1 AND active = 1 AND changed_at = ?2", error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, settled->task_row);
  assay_statement_bind_int (statement, 2, settled->fate_at);
  return assay_statement_run (statement, error)
         && _assay_store_mark_stale (database, settled->task_row, error);
}

gboolean
_assay_store_put_fate (AssayDatabase *database,
                       const char *account,
                       const AssayPageSubmission *submission,
                       AssayStoreChanges *changes,
                       GError **error)
{
  static const char *const states[] = { "received", "accepted", "returned", "rejected", NULL };
  Settled settled = { 0 };
  gint64 fate_at = g_get_real_time ();

  /* A word that this version does not know says nothing to act on. */
  if (!g_strv_contains (states, submission->state))
    return TRUE;
  if (!find_settled (database, account, submission, &settled, error))
    return FALSE;
  if (settled.task_row == 0)
    return TRUE;

  if (g_str_equal (submission->state, "returned"))
    {
      if (!give_back (database, &settled, &fate_at, error))
        return FALSE;
    }
  else if (settled.was_returned && !drop_untouched (database, &settled, error))
    {
      return FALSE;
    }
  return write_fate (database, &settled, submission->state, fate_at, error)
         && _assay_store_update_state (database, settled.task_row, changes, error);
}

DexFuture *
assay_store_reopen (AssayStore *self, gint64 task_row)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);

  return _assay_store_push (self, assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE, run_reopen,
                                                 g_memdup2 (&task_row, sizeof task_row), g_free));
}
