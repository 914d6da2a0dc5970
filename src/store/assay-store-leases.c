/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-store-accounts-private.h"

/* The leases of an AssayStore: the terms under which a task is here, and what becomes of the task
 * when they end. */

typedef struct
{
  char *account;
  AssayLease *lease; /* (owned) (nullable) */
} LeaseQuery;

static void
lease_query_free (LeaseQuery *query)
{
  g_free (query->account);
  assay_lease_free (query->lease);
  g_free (query);
}

void
assay_leased_task_free (AssayLeasedTask *self)
{
  g_free (self->project_external_id);
  g_free (self->title);
  assay_lease_free (self->lease);
  g_free (self);
}

AssayLease *
_assay_store_read_lease (AssayStatement *statement, int first_column)
{
  AssayLease *lease;

  if (assay_statement_is_null (statement, first_column))
    return NULL;
  lease = assay_lease_new (assay_statement_get_text (statement, first_column));
  assay_lease_state_from_string (assay_statement_get_text (statement, first_column + 1),
                                 &lease->state);
  lease->granted_at = assay_statement_get_int (statement, first_column + 2);
  lease->expires_at = assay_statement_get_int (statement, first_column + 3);
  lease->renewals_left = (guint) assay_statement_get_int (statement, first_column + 4);
  lease->training = assay_statement_get_int (statement, first_column + 5) != 0;
  lease->form = assay_statement_dup_text (statement, first_column + 6);
  lease->form_version = (int) assay_statement_get_int (statement, first_column + 7);
  lease->submission = assay_statement_dup_text (statement, first_column + 8);
  return lease;
}

static gboolean
write_lease (AssayDatabase *database,
             gint64 task_row,
             const AssayLease *lease,
             gboolean *changed,
             GError **error)
{
  AssayStatement *statement = assay_database_prepare (
      database,
      "INSERT INTO lease (task, id, state, granted_at, expires_at, renewals, training, form,"
      " form_version, submission) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
      " ON CONFLICT (task) DO UPDATE SET id = ?2, state = ?3, granted_at = ?4, expires_at = ?5,"
      "  renewals = ?6, training = ?7, form = ?8, form_version = ?9, submission = ?10"
      " WHERE (id, state, granted_at, expires_at, renewals, training, form, form_version, submission)"
      "  IS NOT (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, task_row);
  assay_statement_bind_text (statement, 2, lease->id);
  assay_statement_bind_text (statement, 3, assay_lease_state_to_string (lease->state));
  assay_statement_bind_int (statement, 4, lease->granted_at);
  assay_statement_bind_number (statement, 5, lease->expires_at);
  assay_statement_bind_int (statement, 6, lease->renewals_left);
  assay_statement_bind_int (statement, 7, lease->training != FALSE);
  assay_statement_bind_text (statement, 8, lease->form);
  assay_statement_bind_number (statement, 9, lease->form_version);
  assay_statement_bind_text (statement, 10, lease->submission);
  if (!assay_statement_run (statement, error))
    return FALSE;
  *changed = assay_database_get_n_changes (database) > 0;
  return TRUE;
}

/* What the task was here under so far. */
typedef struct
{
  char *id; /* (nullable) */
  gboolean is_held;
  gboolean is_settled; /* it was judged, and is done with */
} Present;

static void
present_clear (Present *present)
{
  g_free (present->id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Present, present_clear)

static gboolean
read_present (AssayDatabase *database, gint64 task_row, Present *present, GError **error)
{
  gboolean found;
  AssayStatement *statement =
      assay_database_prepare (database,
                              "SELECT l.id, l.state = 'held', t.state = 'sent'"
                              " FROM task t LEFT JOIN lease l ON l.task = t.id WHERE t.id = ?1",
                              error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, task_row);
  if (!assay_statement_fetch (statement, &found, error))
    return FALSE;
  if (found)
    {
      present->id = assay_statement_dup_text (statement, 0);
      present->is_held = assay_statement_get_int (statement, 1) != 0;
      present->is_settled = assay_statement_get_int (statement, 2) != 0;
      assay_statement_reset (statement);
    }
  return TRUE;
}

static gboolean
mark_withdrawn (AssayDatabase *database, gint64 task_row, gboolean *changed, GError **error)
{
  /* What is settled or on its way is a matter between the person and the platform. */
  AssayStatement *statement =
      assay_database_prepare (database,
                              "UPDATE task SET state = 'withdrawn' WHERE id = ?1"
                              " AND state IN ('ready', 'started', 'returned')",
                              error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, task_row);
  if (!assay_statement_run (statement, error))
    return FALSE;
  *changed |= assay_database_get_n_changes (database) > 0;
  return TRUE;
}

/* It can be worked on. */
static gboolean
open_task (AssayDatabase *database,
           gint64 task_row,
           gboolean begin_again,
           AssayStoreChanges *changes,
           GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!_assay_store_restore_task (database, task_row, changes, error))
    return FALSE;
  if (!begin_again)
    return TRUE;
  if (_assay_store_reopen_task (database, task_row, &local_error))
    return _assay_store_update_state (database, task_row, changes, error);
  if (local_error->domain == ASSAY_STORE_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_warning ("The judgement of task %" G_GINT64_FORMAT " cannot be read: %s", task_row,
             local_error->message);
  return TRUE;
}

gboolean
_assay_store_put_lease (AssayDatabase *database,
                        gint64 task_row,
                        const AssayLease *lease,
                        AssayStoreChanges *changes,
                        GError **error)
{
  g_auto (Present) present = { 0 };
  gboolean is_other, changed, removed;

  if (!read_present (database, task_row, &present, error))
    return FALSE;
  is_other = present.id != NULL && !g_str_equal (present.id, lease->id);
  /* A listing may name an older lease of the task too. */
  if (is_other && present.is_held && lease->state != ASSAY_LEASE_HELD)
    return TRUE;
  if (!write_lease (database, task_row, lease, &changed, error))
    return FALSE;

  if (lease->state == ASSAY_LEASE_HELD)
    {
      changes->tasks |= changed;
      /* What was judged under another lease is to be judged once more. */
      return open_task (database, task_row, is_other && present.is_settled, changes, error);
    }
  if (!_assay_store_remove_without_work (database, task_row, &removed, error))
    return FALSE;
  changed |= removed;
  if (!removed && lease->state == ASSAY_LEASE_WITHDRAWN
      && !mark_withdrawn (database, task_row, &changed, error))
    return FALSE;
  changes->tasks |= changed;
  return TRUE;
}

gboolean
_assay_store_put_lease_by_id (AssayDatabase *database,
                              const char *account,
                              const AssayLease *lease,
                              AssayStoreChanges *changes,
                              GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT l.task FROM lease l JOIN task t ON t.id = l.task JOIN project p ON p.id = t.project"
      " WHERE l.id = ?1 AND p.account = ?2",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, lease->id);
  assay_statement_bind_text (statement, 2, account);
  while (assay_statement_step (statement, &local_error))
    {
      gint64 row = assay_statement_get_int (statement, 0);

      g_array_append_val (rows, row);
    }
  for (guint i = 0; local_error == NULL && i < rows->len; i++)
    _assay_store_put_lease (database, g_array_index (rows, gint64, i), lease, changes,
                            &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
_assay_store_end_lease (AssayDatabase *database,
                        gint64 task_row,
                        const char *submission,
                        const char *kind,
                        GError **error)
{
  AssayStatement *statement =
      assay_database_prepare (database,
                              "UPDATE lease SET state = ?3, submission = coalesce (submission, ?2)"
                              " WHERE task = ?1 AND state IN ('held', 'expired')"
                              " AND id = (SELECT lease FROM judgement WHERE submission = ?2)",
                              error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, task_row);
  assay_statement_bind_text (statement, 2, submission);
  assay_statement_bind_text (statement, 3,
                             assay_lease_state_to_string (g_strcmp0 (kind, ASSAY_FRAME_KIND_SKIP)
                                                                  == 0
                                                              ? ASSAY_LEASE_SKIPPED
                                                              : ASSAY_LEASE_SUBMITTED));
  return assay_statement_run (statement, error);
}

static gboolean
run_list (AssayJob *job, AssayDatabase *database, GError **error)
{
  const LeaseQuery *query = job->data;
  g_autoptr (GPtrArray) tasks =
      g_ptr_array_new_with_free_func ((GDestroyNotify) assay_leased_task_free);
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT t.id, t.project, p.external_id, t.title, t.state, " ASSAY_STORE_LEASE_COLUMNS
      " FROM lease l JOIN task t ON t.id = l.task JOIN project p ON p.id = t.project"
      " WHERE l.state = 'held' AND p.account = ?1 ORDER BY l.expires_at NULLS LAST, l.task",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, query->account);
  while (assay_statement_step (statement, &local_error))
    {
      AssayLeasedTask *task = g_new0 (AssayLeasedTask, 1);

      task->row = assay_statement_get_int (statement, 0);
      task->project = assay_statement_get_int (statement, 1);
      task->project_external_id = assay_statement_dup_text (statement, 2);
      task->title = assay_statement_dup_text (statement, 3);
      task->state = _assay_task_state_from_name (assay_statement_get_text (statement, 4));
      task->lease = _assay_store_read_lease (statement, 5);
      g_ptr_array_add (tasks, task);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_value_init (&job->result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (&job->result, g_steal_pointer (&tasks));
  return TRUE;
}

static gboolean
run_load (AssayJob *job, AssayDatabase *database, GError **error)
{
  const gint64 *task_row = job->data;
  gboolean found;
  AssayStatement *statement = assay_database_prepare (
      database, "SELECT " ASSAY_STORE_LEASE_COLUMNS " FROM lease l WHERE l.task = ?1", error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, *task_row);
  if (!assay_statement_fetch (statement, &found, error))
    return FALSE;
  if (!found)
    {
      g_set_error_literal (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_NOT_FOUND,
                           _ ("This task is not held for a time."));
      return FALSE;
    }
  g_value_init (&job->result, ASSAY_TYPE_LEASE);
  g_value_take_boxed (&job->result, _assay_store_read_lease (statement, 0));
  return TRUE;
}

/* Nothing is left to be told where the task is gone already. */
static gboolean
run_update (AssayJob *job, AssayDatabase *database, GError **error)
{
  const LeaseQuery *query = job->data;

  return _assay_store_put_lease_by_id (database, query->account, query->lease, &job->changes,
                                       error);
}

static LeaseQuery *
lease_query_new (const char *account, const AssayLease *lease)
{
  LeaseQuery *query = g_new0 (LeaseQuery, 1);

  query->account = g_strdup (account);
  query->lease = lease != NULL ? assay_lease_copy (lease) : NULL;
  return query;
}

DexFuture *
assay_store_list_leases (AssayStore *self, const char *account)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (account != NULL, NULL);

  return _assay_store_push (self, assay_job_new (ASSAY_JOB_READ, ASSAY_JOB_PLAIN, run_list,
                                                 lease_query_new (account, NULL),
                                                 (GDestroyNotify) lease_query_free));
}

DexFuture *
assay_store_load_lease (AssayStore *self, gint64 task_row)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);

  return _assay_store_push (self, assay_job_new (ASSAY_JOB_OPEN, ASSAY_JOB_PLAIN, run_load,
                                                 g_memdup2 (&task_row, sizeof task_row), g_free));
}

DexFuture *
assay_store_update_lease (AssayStore *self, const char *account, const AssayLease *lease)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (account != NULL, NULL);
  g_return_val_if_fail (lease != NULL, NULL);

  return _assay_store_push (self, assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE, run_update,
                                                 lease_query_new (account, lease),
                                                 (GDestroyNotify) lease_query_free));
}
