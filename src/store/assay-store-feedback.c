/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-json.h"
#include "assay-store-accounts-private.h"

/* What platforms said about submissions, in an AssayStore. It is found by the submission's id, and
 * only where the account is the same: one platform's word is nothing to another's task. */

#define FROM_FEEDBACK                                                                              \
  " FROM feedback f LEFT JOIN (judgement j JOIN task t ON t.id = j.task"                           \
  "  JOIN project p ON p.id = t.project) ON j.submission = f.submission AND p.account = f.account"

#define SELECT_FEEDBACK "SELECT f.json, f.seen_at IS NOT NULL, t.id, t.title" FROM_FEEDBACK
#define NEWEST_FIRST " ORDER BY f.at DESC, f.rowid DESC"
#define OF_TASK                                                                                    \
  " WHERE f.submission IN (SELECT submission FROM judgement WHERE task = ?1) AND t.id = ?1"

void
assay_task_feedback_free (AssayTaskFeedback *self)
{
  g_clear_object (&self->feedback);
  g_free (self->title);
  g_free (self);
}

gboolean
_assay_store_put_feedback (AssayDatabase *database,
                           const char *account,
                           AssayFeedback *feedback,
                           AssayStoreChanges *changes,
                           GError **error)
{
  JsonNode *node = assay_feedback_get_json (feedback);
  g_autofree char *json = assay_json_to_string (node);
  AssayStatement *statement = assay_database_prepare (
      database,
      "INSERT INTO feedback (account, id, submission, verdict, at, json)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
      /* What was changed since is new to the person. */
      " ON CONFLICT (account, id) DO UPDATE SET submission = ?3, verdict = ?4, at = ?5, json = ?6,"
      "  seen_at = NULL WHERE json <> ?6",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, account);
  assay_statement_bind_text (statement, 2, assay_feedback_get_id (feedback));
  assay_statement_bind_text (statement, 3, assay_feedback_get_submission (feedback));
  assay_statement_bind_text (
      statement, 4, assay_json_get_string_or (assay_json_node_object (node), "verdict", "none"));
  assay_statement_bind_int (statement, 5, assay_feedback_get_at (feedback));
  assay_statement_bind_text (statement, 6, json);
  if (!assay_statement_run (statement, error))
    return FALSE;
  changes->tasks |= assay_database_get_n_changes (database) > 0;
  return TRUE;
}

/* NULL where it cannot be read any more. */
static AssayTaskFeedback *
read_feedback (AssayStatement *statement)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node =
      assay_json_parse (assay_statement_get_text (statement, 0), -1, &error);
  g_autoptr (AssayFeedback) feedback = NULL;
  AssayTaskFeedback *self;

  if (node != NULL)
    feedback = assay_feedback_new_from_json (node, &error);
  if (feedback == NULL)
    {
      g_warning ("A feedback cannot be read: %s", error->message);
      return NULL;
    }
  self = g_new0 (AssayTaskFeedback, 1);
  self->feedback = g_steal_pointer (&feedback);
  self->seen = assay_statement_get_int (statement, 1) != 0;
  self->row = assay_statement_get_int (statement, 2);
  self->title = assay_statement_dup_text (statement, 3);
  return self;
}

static gboolean
run_list (AssayJob *job, AssayDatabase *database, GError **error)
{
  const gint64 *task_row = job->data;
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify) assay_task_feedback_free);
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (
      database,
      *task_row != 0 ? SELECT_FEEDBACK OF_TASK NEWEST_FIRST : SELECT_FEEDBACK NEWEST_FIRST, error);

  if (statement == NULL)
    return FALSE;
  if (*task_row != 0)
    assay_statement_bind_int (statement, 1, *task_row);
  while (assay_statement_step (statement, &local_error))
    {
      AssayTaskFeedback *feedback = read_feedback (statement);

      if (feedback != NULL)
        g_ptr_array_add (list, feedback);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_value_init (&job->result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (&job->result, g_steal_pointer (&list));
  return TRUE;
}

static gboolean
run_mark_seen (AssayJob *job, AssayDatabase *database, GError **error)
{
  const gint64 *task_row = job->data;
  AssayStatement *statement = assay_database_prepare (
      database,
      *task_row != 0 ? "UPDATE feedback SET seen_at = ?2 WHERE seen_at IS NULL AND rowid IN"
                       " (SELECT f.rowid" FROM_FEEDBACK OF_TASK ")"
                     : "UPDATE feedback SET seen_at = ?2 WHERE seen_at IS NULL",
      error);

  if (statement == NULL)
    return FALSE;
  if (*task_row != 0)
    assay_statement_bind_int (statement, 1, *task_row);
  assay_statement_bind_int (statement, 2, g_get_real_time ());
  if (!assay_statement_run (statement, error))
    return FALSE;
  if (assay_database_get_n_changes (database) == 0)
    return TRUE;
  job->changes.task_row = *task_row;
  job->changes.tasks = *task_row == 0;
  return TRUE;
}

DexFuture *
assay_store_list_feedback (AssayStore *self, gint64 task_row)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);

  return _assay_store_push (self, assay_job_new (ASSAY_JOB_READ, ASSAY_JOB_PLAIN, run_list,
                                                 g_memdup2 (&task_row, sizeof task_row), g_free));
}

DexFuture *
assay_store_mark_feedback_seen (AssayStore *self, gint64 task_row)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);

  return _assay_store_push (self, assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE, run_mark_seen,
                                                 g_memdup2 (&task_row, sizeof task_row), g_free));
}
