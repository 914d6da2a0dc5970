/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-faultpoint.h"
#include "assay-store-accounts-private.h"

/* What a platform gives, page by page, becomes rows of an AssayStore. A page and the cursor behind
 * it are one transaction: whatever happens, the next pull begins where this one ended. What is
 * no longer there is in assay-store-removals.c. */

typedef struct
{
  char *account;
  AssayPage *page; /* (owned): only read since it was filled */
} Pull;

static void
pull_free (Pull *pull)
{
  g_free (pull->account);
  g_object_unref (pull->page);
  g_free (pull);
}

static gboolean
put_projects (const Pull *pull, AssayDatabase *database, AssayStoreChanges *changes, GError **error)
{
  GPtrArray *projects = assay_page_get_projects (pull->page);

  for (guint i = 0; i < projects->len; i++)
    if (!_assay_store_put_project (database, pull->account, projects->pdata[i], changes, error))
      return FALSE;
  return TRUE;
}

/* One that the person removed comes back by its id, until the platform says more of it: work that
 * is held in it must have a place. */
static gboolean
find_project (const Pull *pull,
              AssayDatabase *database,
              const char *external_id,
              gint64 *row,
              AssayStoreChanges *changes,
              GError **error)
{
  g_autoptr (AssayProject) project = NULL;

  if (!_assay_store_find_project (database, pull->account, external_id, row, error))
    return FALSE;
  if (*row != 0)
    return TRUE;
  project = assay_project_new (pull->account, external_id, external_id);
  return _assay_store_put_project (database, pull->account, project, changes, error)
         && _assay_store_find_project (database, pull->account, external_id, row, error);
}

static gboolean
put_guidelines (const Pull *pull,
                AssayDatabase *database,
                AssayStoreChanges *changes,
                GError **error)
{
  GPtrArray *guidelines = assay_page_get_guidelines (pull->page);

  for (guint i = 0; i < guidelines->len; i++)
    {
      const AssayPageGuideline *guideline = guidelines->pdata[i];
      gint64 project = 0;

      if ((guideline->project != NULL
           && !find_project (pull, database, guideline->project, &project, changes, error))
          || !_assay_store_put_guideline (database, project, guideline, changes, error))
        return FALSE;
    }
  return TRUE;
}

/* What is not held comes only for what is here already. */
static gboolean
is_wanted (AssayDatabase *database,
           gint64 project,
           const AssayPageTask *page_task,
           gboolean *wanted,
           GError **error)
{
  AssayStatement *statement;

  *wanted = page_task->lease == NULL || page_task->lease->state == ASSAY_LEASE_HELD;
  if (*wanted)
    return TRUE;
  statement =
      assay_database_prepare (database, "SELECT 1 FROM task WHERE project = ?1 AND task_id = ?2",
                              error);
  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, project);
  assay_statement_bind_text (statement, 2, assay_task_get_id (page_task->task));
  if (!assay_statement_fetch (statement, wanted, error))
    return FALSE;
  assay_statement_reset (statement);
  return TRUE;
}

static gboolean
put_tasks (const Pull *pull,
           AssayDatabase *database,
           AssayStoreChanges *changes,
           guint *n_new,
           GError **error)
{
  GPtrArray *tasks = assay_page_get_tasks (pull->page);
  g_auto (AssayTaskWriter) writer = { 0 };
  const char *external_id = NULL;
  gint64 project = 0;

  if (tasks->len == 0)
    return TRUE;
  if (!_assay_store_task_writer_init (&writer, database, error))
    return FALSE;
  for (guint i = 0; i < tasks->len; i++)
    {
      const AssayPageTask *page_task = tasks->pdata[i];
      gboolean wanted, changed;
      gint64 row;

      if (g_strcmp0 (external_id, page_task->project) != 0
          && !find_project (pull, database, page_task->project, &project, changes, error))
        return FALSE;
      external_id = page_task->project;
      if (!is_wanted (database, project, page_task, &wanted, error))
        return FALSE;
      if (!wanted)
        continue;
      if (!_assay_store_put_task (&writer, database, project, page_task->task, &row, &changed,
                                  error)
          || (page_task->lease != NULL
              && !_assay_store_put_lease (database, row, page_task->lease, changes, error)))
        return FALSE;
      changes->tasks |= changed;
    }
  *n_new = writer.n_new;
  return _assay_store_task_writer_finish (&writer, database, error);
}

static gboolean
put_leases (const Pull *pull, AssayDatabase *database, AssayStoreChanges *changes, GError **error)
{
  GPtrArray *leases = assay_page_get_leases (pull->page);

  for (guint i = 0; i < leases->len; i++)
    if (!_assay_store_put_lease_by_id (database, pull->account, leases->pdata[i], changes, error))
      return FALSE;
  return TRUE;
}

static gboolean
put_fates (const Pull *pull, AssayDatabase *database, AssayStoreChanges *changes, GError **error)
{
  GPtrArray *submissions = assay_page_get_submissions (pull->page);

  for (guint i = 0; i < submissions->len; i++)
    if (!_assay_store_put_fate (database, pull->account, submissions->pdata[i], changes, error))
      return FALSE;
  return TRUE;
}

static gboolean
put_feedback (const Pull *pull, AssayDatabase *database, AssayStoreChanges *changes, GError **error)
{
  GPtrArray *feedback = assay_page_get_feedback (pull->page);

  for (guint i = 0; i < feedback->len; i++)
    if (!_assay_store_put_feedback (database, pull->account, feedback->pdata[i], changes, error))
      return FALSE;
  return TRUE;
}

static gboolean
write_cursor (AssayDatabase *database, const char *account, const char *cursor, GError **error)
{
  AssayStatement *statement = assay_database_prepare (
      database, "UPDATE account SET cursor = ?2 WHERE id = ?1 AND cursor IS NOT ?2", error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, account);
  assay_statement_bind_text (statement, 2, cursor);
  return assay_statement_run (statement, error);
}

static gboolean
check_account (AssayDatabase *database, const char *account, GError **error)
{
  gboolean found;
  AssayStatement *statement =
      assay_database_prepare (database, "SELECT 1 FROM account WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, account);
  if (!assay_statement_fetch (statement, &found, error))
    return FALSE;
  assay_statement_reset (statement);
  if (!found)
    g_set_error_literal (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_NOT_FOUND,
                         _ ("There is no such account any more."));
  return found;
}

static gboolean
run_apply_page (AssayJob *job, AssayDatabase *database, GError **error)
{
  const Pull *pull = job->data;
  const char *cursor = assay_page_get_cursor (pull->page);
  guint n_new = 0;

  if (!check_account (database, pull->account, error)
      || !put_projects (pull, database, &job->changes, error)
      || !put_guidelines (pull, database, &job->changes, error)
      || !put_tasks (pull, database, &job->changes, &n_new, error)
      || !put_leases (pull, database, &job->changes, error)
      || !put_fates (pull, database, &job->changes, error)
      || !put_feedback (pull, database, &job->changes, error))
    return FALSE;
  /* What was claimed is no part of a pull. */
  if ((cursor != NULL || assay_page_get_whole (pull->page))
      && !write_cursor (database, pull->account, cursor, error))
    return FALSE;

  /* Many rows, perhaps of many projects. */
  job->changes.task_row = 0;
  job->changes.tasks_project = 0;
  g_value_init (&job->result, G_TYPE_UINT);
  g_value_set_uint (&job->result, n_new);
  ASSAY_FAULTPOINT ("page:before-commit");
  return TRUE;
}

static void
after_apply_page (AssayJob *job, AssayStoreThread *thread)
{
  ASSAY_FAULTPOINT ("page:after-commit");
}

static gboolean
run_forget_cursor (AssayJob *job, AssayDatabase *database, GError **error)
{
  return write_cursor (database, job->data, NULL, error);
}

DexFuture *
assay_store_apply_page (AssayStore *self, const char *account, AssayPage *page)
{
  Pull *pull;
  AssayJob *job;

  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (account != NULL, NULL);
  g_return_val_if_fail (ASSAY_IS_PAGE (page), NULL);

  pull = g_new0 (Pull, 1);
  pull->account = g_strdup (account);
  pull->page = g_object_ref (page);
  job = assay_job_new (ASSAY_JOB_BULK, ASSAY_JOB_WRITE_BULK, run_apply_page, pull,
                       (GDestroyNotify) pull_free);
  job->after = after_apply_page;
  return _assay_store_push (self, job);
}

DexFuture *
assay_store_forget_cursor (AssayStore *self, const char *account)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (account != NULL, NULL);

  return _assay_store_push (self, assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE, run_forget_cursor,
                                                 g_strdup (account), g_free));
}
