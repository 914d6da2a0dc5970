/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-store-accounts-private.h"
#include "assay-store-limits.h"

/* What an AssayStore does about tasks that a platform no longer lists. Work is never removed for
 * that; and a server that suddenly lists next to nothing is not believed. */

typedef struct
{
  gint64 project;
  GStrv present;
  gboolean remove;
  AssayRemovals removals;
} Pull;

/* The same for all projects of an account. */
typedef struct
{
  char *account;
  GHashTable *present; /* (owned) external id → GPtrArray of task ids */
} WholePull;

/* A lease that ended takes its task along, which is nothing to wonder at. */
#define HAS_ENDED                                                                                  \
  "EXISTS (SELECT 1 FROM lease l WHERE l.task = t.id"                                              \
  " AND (l.state <> 'held' OR l.expires_at <= ?2))"

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

static void
whole_pull_free (WholePull *pull)
{
  g_free (pull->account);
  g_hash_table_unref (pull->present);
  g_free (pull);
}

/* ?1 the project, ?2 now. */
static gboolean
run_for_project (AssayDatabase *database, const char *sql, gint64 project, guint *n, GError **error)
{
  AssayStatement *statement = assay_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, project);
  if (strstr (sql, "?2") != NULL)
    assay_statement_bind_int (statement, 2, g_get_real_time ());
  if (!assay_statement_run (statement, error))
    return FALSE;
  if (n != NULL)
    *n = assay_database_get_n_changes (database);
  return TRUE;
}

static gboolean
fill_present (AssayDatabase *database, const char *const *present, GError **error)
{
  AssayStatement *statement;

  if (!assay_database_execute (
          database,
          "CREATE TEMP TABLE IF NOT EXISTS present (task_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;"
          "CREATE TEMP TABLE IF NOT EXISTS gone (task INTEGER PRIMARY KEY, ended INTEGER) STRICT;"
          "DELETE FROM present; DELETE FROM gone;",
          error))
    return FALSE;
  statement = assay_database_prepare (database, "INSERT OR IGNORE INTO present VALUES (?1)", error);
  if (statement == NULL)
    return FALSE;
  for (guint i = 0; present != NULL && present[i] != NULL; i++)
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
      g_strconcat ("UPDATE task SET state = 'ready' WHERE project = ?1 AND state = 'withdrawn'"
                   /* The platform said so of this one, and nobody guessed. */
                   " AND id NOT IN (SELECT task FROM lease WHERE state = 'withdrawn')",
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

gboolean
_assay_store_restore_task (AssayDatabase *database,
                           gint64 task_row,
                           AssayStoreChanges *changes,
                           GError **error)
{
  AssayStatement *statement = assay_database_prepare (
      database, "UPDATE task SET state = 'ready' WHERE id = ?1 AND state = 'withdrawn'", error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, task_row);
  if (!assay_statement_run (statement, error))
    return FALSE;
  if (assay_database_get_n_changes (database) == 0)
    return TRUE;
  changes->tasks = TRUE;
  return _assay_store_update_state (database, task_row, changes, error);
}

gboolean
_assay_store_remove_without_work (AssayDatabase *database,
                                  gint64 task_row,
                                  gboolean *removed,
                                  GError **error)
{
  static const char *const steps[] = {
    "DELETE FROM task AS t WHERE id = ?1 AND " HAS_NO_WORK,
    "DELETE FROM search_task WHERE rowid = ?1",
    "DELETE FROM search_rationale WHERE rowid = ?1",
    "DELETE FROM search_stale WHERE task = ?1",
  };

  *removed = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      AssayStatement *statement = assay_database_prepare (database, steps[i], error);

      if (statement == NULL)
        return FALSE;
      assay_statement_bind_int (statement, 1, task_row);
      if (!assay_statement_run (statement, error))
        return FALSE;
      if (i == 0)
        *removed = assay_database_get_n_changes (database) > 0;
      if (!*removed)
        break;
    }
  return TRUE;
}

static gboolean
is_doubtful (AssayDatabase *database, gint64 project, gboolean *doubtful, GError **error)
{
  gboolean found;
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT (SELECT count(*) FROM gone WHERE NOT ended), (SELECT count(*) FROM task"
      " WHERE project = ?1 AND id NOT IN (SELECT task FROM gone WHERE ended))",
      error);
  gint64 n_gone;

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, project);
  if (!assay_statement_fetch (statement, &found, error))
    return FALSE;
  n_gone = assay_statement_get_int (statement, 0);
  *doubtful =
      n_gone > ASSAY_STORE_BELIEVED_REMOVALS && n_gone * 2 > assay_statement_get_int (statement, 1);
  assay_statement_reset (statement);
  return TRUE;
}

/* The person was asked before and has not said. */
static gboolean
is_asked (AssayDatabase *database, gint64 project, gboolean *asked, GError **error)
{
  guint n = 0;

  if (!run_for_project (database,
                        "INSERT OR IGNORE INTO gone SELECT id, 0 FROM task t WHERE project = ?1"
                        " AND state = 'withdrawn' AND NOT " HAS_ENDED
                        " AND task_id NOT IN (SELECT task_id FROM present) AND " HAS_NO_WORK,
                        project, &n, error))
    return FALSE;
  *asked = n > 0;
  return assay_database_execute (database, "DELETE FROM gone WHERE NOT ended", error);
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
apply_to_project (AssayJob *job,
                  AssayDatabase *database,
                  gint64 project,
                  const char *const *present,
                  AssayRemovals *removals,
                  GError **error)
{
  guint n_gone = 0, n_marked = 0;

  *removals = (AssayRemovals) { 0 };
  if (!fill_present (database, present, error)
      || !restore (database, " AND task_id IN (SELECT task_id FROM present)", project, job, error)
      || !run_for_project (database,
                           "UPDATE lease SET state = 'expired' WHERE state = 'held'"
                           " AND expires_at <= ?2 AND task IN (SELECT id FROM task"
                           "  WHERE project = ?1 AND task_id NOT IN (SELECT task_id FROM present))",
                           project, NULL, error)
      /* What is settled or on its way is a matter between the person and the platform; what is
       * begun stays, marked. */
      || !run_for_project (database,
                           "UPDATE task AS t SET state = 'withdrawn' WHERE project = ?1"
                           " AND state IN ('started', 'returned')"
                           " AND task_id NOT IN (SELECT task_id FROM present)"
                           " AND NOT " HAS_ENDED,
                           project, &removals->n_withdrawn, error)
      || !run_for_project (database,
                           "INSERT INTO gone SELECT id, " HAS_ENDED " FROM task t"
                           " WHERE project = ?1 AND state = 'ready'"
                           " AND task_id NOT IN (SELECT task_id FROM present) AND " HAS_NO_WORK,
                           project, &n_gone, error)
      || !is_doubtful (database, project, &removals->in_doubt, error))
    return FALSE;

  if (removals->in_doubt
      && (!run_for_project (database,
                            "UPDATE task SET state = 'withdrawn' WHERE project = ?1"
                            " AND id IN (SELECT task FROM gone WHERE NOT ended)",
                            project, &n_marked, error)
          || !assay_database_execute (database, "DELETE FROM gone WHERE NOT ended", error)))
    return FALSE;
  removals->n_withdrawn += n_marked;
  removals->n_removed = n_gone - n_marked;
  if ((removals->n_removed > 0 && !remove_gone (database, error))
      || (!removals->in_doubt && !is_asked (database, project, &removals->in_doubt, error)))
    return FALSE;

  job->changes.tasks |= removals->n_removed > 0 || removals->n_withdrawn > 0;
  return TRUE;
}

static gboolean
return_removals (AssayJob *job, const AssayRemovals *removals)
{
  g_value_init (&job->result, ASSAY_TYPE_REMOVALS);
  g_value_set_boxed (&job->result, removals);
  return TRUE;
}

static gboolean
run_apply (AssayJob *job, AssayDatabase *database, GError **error)
{
  Pull *pull = job->data;

  if (!apply_to_project (job, database, pull->project, (const char *const *) pull->present,
                         &pull->removals, error))
    return FALSE;
  job->changes.tasks = TRUE;
  job->changes.tasks_project = pull->project;
  return return_removals (job, &pull->removals);
}

static gboolean
run_settle (AssayJob *job, AssayDatabase *database, GError **error)
{
  Pull *pull = job->data;

  job->changes.tasks = TRUE;
  job->changes.tasks_project = pull->project;
  if (!pull->remove)
    return restore (database, "", pull->project, job, error);
  return fill_present (database, NULL, error)
         && run_for_project (database,
                             "INSERT INTO gone SELECT id, 0 FROM task t WHERE project = ?1"
                             " AND state = 'withdrawn' AND " HAS_NO_WORK,
                             pull->project, NULL, error)
         && remove_gone (database, error);
}

/* The projects of the account. (transfer full) GPtrArray of AssayProject; NULL on error. */
static GPtrArray *
read_projects (AssayDatabase *database, const char *account, GError **error)
{
  g_autoptr (GPtrArray) projects = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (database,
                                                      "SELECT " ASSAY_STORE_PROJECT_COLUMNS
                                                      " FROM project p WHERE p.account = ?1",
                                                      error);

  if (statement == NULL)
    return NULL;
  assay_statement_bind_text (statement, 1, account);
  while (assay_statement_step (statement, &local_error))
    g_ptr_array_add (projects, _assay_store_read_project (statement, 0));
  if (local_error == NULL)
    return g_steal_pointer (&projects);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* A project that nobody lists and in which nothing is left. */
static gboolean
drop_if_empty (AssayJob *job, AssayDatabase *database, gint64 project, GError **error)
{
  guint n_dropped = 0;

  if (!run_for_project (database,
                        "DELETE FROM project AS p WHERE p.id = ?1"
                        " AND NOT EXISTS (SELECT 1 FROM task WHERE project = p.id)",
                        project, &n_dropped, error))
    return FALSE;
  job->changes.projects |= n_dropped > 0;
  return n_dropped == 0 || _assay_store_delete_leftovers (database, error);
}

static gboolean
run_end_whole_pull (AssayJob *job, AssayDatabase *database, GError **error)
{
  const WholePull *pull = job->data;
  g_autoptr (GPtrArray) projects = read_projects (database, pull->account, error);
  AssayRemovals sum = { 0 };

  if (projects == NULL)
    return FALSE;
  for (guint i = 0; i < projects->len; i++)
    {
      AssayProject *project = projects->pdata[i];
      gint64 id = assay_project_get_id (project);
      AssayRemovals removals;
      gpointer value;
      gboolean listed =
          g_hash_table_lookup_extended (pull->present, assay_project_get_external_id (project),
                                        NULL, &value);
      GPtrArray *tasks = listed ? value : NULL;

      if (!apply_to_project (job, database, id,
                             tasks != NULL ? (const char *const *) tasks->pdata : NULL, &removals,
                             error)
          || (!listed && !drop_if_empty (job, database, id, error)))
        return FALSE;
      sum.n_removed += removals.n_removed;
      sum.n_withdrawn += removals.n_withdrawn;
      if (removals.in_doubt && !sum.in_doubt)
        sum.project = id;
      sum.in_doubt |= removals.in_doubt;
    }
  /* Many rows of many projects. */
  job->changes.task_row = 0;
  job->changes.tasks_project = 0;
  return return_removals (job, &sum);
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

/* A copy that nobody goes on changing, each list ended by NULL. */
static GHashTable *
copy_present (GHashTable *present)
{
  GHashTable *copy =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, present);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      GPtrArray *tasks = value;
      GPtrArray *ids =
          g_ptr_array_new_null_terminated (tasks != NULL ? tasks->len : 0, g_free, TRUE);

      for (guint i = 0; tasks != NULL && i < tasks->len; i++)
        g_ptr_array_add (ids, g_strdup (tasks->pdata[i]));
      g_hash_table_insert (copy, g_strdup (key), ids);
    }
  return copy;
}

DexFuture *
assay_store_end_whole_pull (AssayStore *self, const char *account, GHashTable *present)
{
  WholePull *pull;

  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (account != NULL, NULL);
  g_return_val_if_fail (present != NULL, NULL);

  pull = g_new0 (WholePull, 1);
  pull->account = g_strdup (account);
  pull->present = copy_present (present);
  return _assay_store_push (self,
                            assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE, run_end_whole_pull,
                                           pull, (GDestroyNotify) whole_pull_free));
}
