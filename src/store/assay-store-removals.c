/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-store-limits.h"
#include "assay-store-private.h"

/* What an AssayStore does about tasks that a platform no longer lists. Work is never removed for
 * that; and a server that suddenly lists next to nothing is not believed. */

typedef struct
{
  gint64 project;
  GStrv present;
  gboolean remove;
  AssayRemovals removals;
} Pull;

/* Nothing of a person's refers to it. */
#define HAS_NO_WORK                                                                                \
  "NOT EXISTS (SELECT 1 FROM draft WHERE task = t.id)"                                             \
  " AND NOT EXISTS (SELECT 1 FROM draft_revision WHERE task = t.id)"                               \
  " AND NOT EXISTS (SELECT 1 FROM judgement WHERE task = t.id)"                                    \
  " AND NOT EXISTS (SELECT 1 FROM outbox WHERE task = CAST (t.id AS TEXT))"

G_DEFINE_BOXED_TYPE (AssayRemovals, assay_removals, assay_removals_copy, g_free)

AssayRemovals *
assay_removals_copy (const AssayRemovals *self)
{
  return g_memdup2 (self, sizeof *self);
}

static void
pull_free (Pull *pull)
{
  g_strfreev (pull->present);
  g_free (pull);
}

static gboolean
run_for_project (AssayDatabase *database, const char *sql, gint64 project, guint *n, GError **error)
{
  AssayStatement *statement = assay_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, project);
  if (!assay_statement_run (statement, error))
    return FALSE;
  if (n != NULL)
    *n = assay_database_get_n_changes (database);
  return TRUE;
}

static gboolean
fill_present (AssayDatabase *database, GStrv present, GError **error)
{
  AssayStatement *statement;

  if (!assay_database_execute (
          database,
          "CREATE TEMP TABLE IF NOT EXISTS present (task_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;"
          "CREATE TEMP TABLE IF NOT EXISTS gone (task INTEGER PRIMARY KEY) STRICT;"
          "DELETE FROM present; DELETE FROM gone;",
          error))
    return FALSE;
  statement = assay_database_prepare (database, "INSERT OR IGNORE INTO present VALUES (?1)", error);
  if (statement == NULL)
    return FALSE;
  for (guint i = 0; present[i] != NULL; i++)
    {
      assay_statement_bind_text (statement, 1, present[i]);
      if (!assay_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

/* What is listed again is there again. */
static gboolean
restore (AssayDatabase *database, const char *which, gint64 project, AssayJob *job, GError **error)
{
  g_autofree char *select =
      g_strconcat ("UPDATE task SET state = 'ready' WHERE project = ?1 AND state = 'withdrawn'",
                   which, " RETURNING id", NULL);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (database, select, error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, project);
  while (assay_statement_step (statement, &local_error))
    {
      gint64 row = assay_statement_get_int (statement, 0);

      g_array_append_val (rows, row);
    }
  for (guint i = 0; local_error == NULL && i < rows->len; i++)
    _assay_store_update_state (database, g_array_index (rows, gint64, i), &job->changes,
                               &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
is_doubtful (AssayDatabase *database, gint64 project, gboolean *doubtful, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT (SELECT count(*) FROM gone), (SELECT count(*) FROM task WHERE project = ?1)", error);
  gint64 n_gone;

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, project);
  if (!assay_statement_step (statement, &local_error))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  n_gone = assay_statement_get_int (statement, 0);
  *doubtful =
      n_gone > ASSAY_STORE_BELIEVED_REMOVALS && n_gone * 2 > assay_statement_get_int (statement, 1);
  assay_statement_reset (statement);
  return TRUE;
}

static gboolean
remove_gone (AssayDatabase *database, GError **error)
{
  return assay_database_execute (
      database,
      "DELETE FROM search_task WHERE rowid IN (SELECT task FROM gone);"
      "DELETE FROM search_rationale WHERE rowid IN (SELECT task FROM gone);"
      "DELETE FROM search_stale WHERE task IN (SELECT task FROM gone);"
      "DELETE FROM task WHERE id IN (SELECT task FROM gone);",
      error);
}

static gboolean
run_apply (AssayJob *job, AssayDatabase *database, GError **error)
{
  Pull *pull = job->data;
  AssayRemovals *removals = &pull->removals;

  if (!fill_present (database, pull->present, error)
      || !restore (database, " AND task_id IN (SELECT task_id FROM present)", pull->project, job,
                   error)
      /* What is settled or on its way is a matter between the person and the platform; what is
       * begun stays, marked. */
      || !run_for_project (database,
                           "UPDATE task AS t SET state = 'withdrawn' WHERE project = ?1"
                           " AND state IN ('started', 'returned')"
                           " AND task_id NOT IN (SELECT task_id FROM present)",
                           pull->project, &removals->n_withdrawn, error)
      || !run_for_project (database,
                           "INSERT INTO gone SELECT id FROM task t WHERE project = ?1"
                           " AND state = 'ready' AND task_id NOT IN (SELECT task_id FROM present)"
                           " AND " HAS_NO_WORK,
                           pull->project, &removals->n_removed, error)
      || !is_doubtful (database, pull->project, &removals->in_doubt, error))
    return FALSE;

  if (removals->in_doubt)
    {
      removals->n_withdrawn += removals->n_removed;
      removals->n_removed = 0;
      if (!assay_database_execute (
              database, "UPDATE task SET state = 'withdrawn' WHERE id IN (SELECT task FROM gone)",
              error))
        return FALSE;
    }
  else if (!remove_gone (database, error))
    return FALSE;

  job->changes.tasks = TRUE;
  job->changes.tasks_project = pull->project;
  g_value_init (&job->result, ASSAY_TYPE_REMOVALS);
  g_value_set_boxed (&job->result, removals);
  return TRUE;
}

static gboolean
run_settle (AssayJob *job, AssayDatabase *database, GError **error)
{
  static const char *const nothing[] = { NULL };
  Pull *pull = job->data;

  job->changes.tasks = TRUE;
  job->changes.tasks_project = pull->project;
  if (!pull->remove)
    return restore (database, "", pull->project, job, error);
  return fill_present (database, (GStrv) nothing, error)
         && run_for_project (database,
                             "INSERT INTO gone SELECT id FROM task t WHERE project = ?1"
                             " AND state = 'withdrawn' AND " HAS_NO_WORK,
                             pull->project, NULL, error)
         && remove_gone (database, error);
}

static DexFuture *
push (AssayStore *self, Pull *pull, AssayJobFunc run)
{
  return _assay_store_push (self, assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE, run, pull,
                                                 (GDestroyNotify) pull_free));
}

DexFuture *
assay_store_apply_removals (AssayStore *self, gint64 project, const char *const *present)
{
  Pull *pull;

  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (present != NULL, NULL);

  pull = g_new0 (Pull, 1);
  pull->project = project;
  pull->present = g_strdupv ((GStrv) present);
  return push (self, pull, run_apply);
}

DexFuture *
assay_store_settle_removals (AssayStore *self, gint64 project, gboolean remove)
{
  Pull *pull;

  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);

  pull = g_new0 (Pull, 1);
  pull->project = project;
  pull->remove = remove;
  return push (self, pull, run_settle);
}
