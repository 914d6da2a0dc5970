/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-json.h"
#include "assay-spool.h"
#include "assay-store-accounts-private.h"

/* The projects of an AssayStore, and the accounts that have no platform behind them. */

typedef struct
{
  char *id;
  char *kind;
  char *title;
} Account;

/* A project is a record that its owner may go on changing: this is what it was when it was saved.
 */
typedef struct
{
  AssayProject *project; /* (owned): of the main thread */
  gint64 id;
  char *account;
  char *external_id;
  char *title;
  char *form;     /* (nullable) */
  char *settings; /* (nullable) */
  char *terms;    /* (nullable) */
} ProjectRecord;

typedef struct
{
  gint64 project;
  GPtrArray *submissions; /* (owned): spool files that go with it */
} Removal;

static void
account_free (Account *account)
{
  g_free (account->id);
  g_free (account->kind);
  g_free (account->title);
  g_free (account);
}

static void
project_record_free (ProjectRecord *record)
{
  g_clear_object (&record->project);
  g_free (record->account);
  g_free (record->external_id);
  g_free (record->title);
  g_free (record->form);
  g_free (record->settings);
  g_free (record->terms);
  g_free (record);
}

static void
removal_free (Removal *removal)
{
  g_ptr_array_unref (removal->submissions);
  g_free (removal);
}

char *
_assay_json_object_to_string (JsonObject *object)
{
  g_autoptr (JsonNode) node = NULL;

  if (object == NULL)
    return NULL;
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, object);
  return assay_json_to_string (node);
}

JsonObject *
_assay_json_object_from_string (const char *text)
{
  g_autoptr (JsonNode) node = text != NULL ? assay_json_parse (text, -1, NULL) : NULL;
  JsonObject *object = node != NULL ? assay_json_node_object (node) : NULL;

  return object != NULL ? json_object_ref (object) : NULL;
}

/* A form or settings that cannot be read any more must not hide the project. */
AssayProject *
_assay_store_read_project (AssayStatement *statement, int first_column)
{
  AssayProject *project =
      assay_project_new (assay_statement_get_text (statement, first_column + 1),
                         assay_statement_get_text (statement, first_column + 2),
                         assay_statement_get_text (statement, first_column + 3));
  const char *form_text = assay_statement_get_text (statement, first_column + 4);
  g_autoptr (JsonObject) settings =
      _assay_json_object_from_string (assay_statement_get_text (statement, first_column + 5));
  g_autoptr (JsonObject) terms =
      _assay_json_object_from_string (assay_statement_get_text (statement, first_column + 6));
  g_autoptr (GError) error = NULL;

  assay_project_set_id (project, assay_statement_get_int (statement, first_column));
  if (form_text != NULL)
    {
      g_autoptr (JsonNode) node = assay_json_parse (form_text, -1, &error);
      g_autoptr (AssayForm) form = NULL;

      if (node != NULL)
        form = assay_form_new_from_json (node, "", &error);
      if (form != NULL)
        assay_project_set_form (project, form);
      else
        g_warning ("The form of the project “%s” cannot be read: %s",
                   assay_project_get_title (project), error->message);
    }
  if (settings != NULL)
    assay_project_set_settings (project, settings);
  if (terms != NULL)
    assay_project_set_terms (project, terms);
  return project;
}

static char *
dup_form_text (AssayForm *form)
{
  g_autoptr (JsonNode) node = assay_form_to_json (form);

  return assay_json_to_string (node);
}

static gboolean
run_ensure_account (AssayJob *job, AssayDatabase *database, GError **error)
{
  Account *account = job->data;
  AssayStatement *statement = assay_database_prepare (
      database,
      "INSERT INTO account (id, kind, title, created_at) VALUES (?1, ?2, ?3, ?4)"
      " ON CONFLICT (id) DO UPDATE SET title = ?3 WHERE title <> ?3",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, account->id);
  assay_statement_bind_text (statement, 2, account->kind);
  assay_statement_bind_text (statement, 3, account->title);
  assay_statement_bind_int (statement, 4, g_get_real_time ());
  return assay_statement_run (statement, error);
}

static gboolean
run_save_project (AssayJob *job, AssayDatabase *database, GError **error)
{
  ProjectRecord *record = job->data;
  gboolean found;
  AssayStatement *statement = assay_database_prepare (
      database,
      "INSERT INTO project (account, external_id, title, form, settings, terms, created_at, changed_at)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)"
      /* Terms come with each pull, and may have come since this was read. */
      " ON CONFLICT (account, external_id)"
      " DO UPDATE SET title = ?3, form = ?4, settings = ?5, changed_at = ?7"
      " RETURNING id",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, record->account);
  assay_statement_bind_text (statement, 2, record->external_id);
  assay_statement_bind_text (statement, 3, record->title);
  assay_statement_bind_text (statement, 4, record->form);
  assay_statement_bind_text (statement, 5, record->settings);
  assay_statement_bind_text (statement, 6, record->terms);
  assay_statement_bind_int (statement, 7, g_get_real_time ());

  if (!assay_statement_fetch (statement, &found, error))
    return FALSE;
  record->id = assay_statement_get_int (statement, 0);
  job->changes.projects = TRUE;
  g_value_init (&job->result, G_TYPE_INT64);
  g_value_set_int64 (&job->result, record->id);
  return TRUE;
}

/* Pulls say the same again and again: what is there stays, and so does what the person chose. */
gboolean
_assay_store_put_project (AssayDatabase *database,
                          const char *account,
                          AssayProject *project,
                          AssayStoreChanges *changes,
                          GError **error)
{
  AssayForm *form = assay_project_get_form (project);
  g_autofree char *form_text = form != NULL ? dup_form_text (form) : NULL;
  g_autofree char *terms = _assay_json_object_to_string (assay_project_get_terms (project));
  AssayStatement *statement = assay_database_prepare (
      database,
      "INSERT INTO project (account, external_id, title, form, terms, created_at, changed_at)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)"
      " ON CONFLICT (account, external_id) DO UPDATE SET title = ?3, form = coalesce (?4, form),"
      "  terms = ?5, changed_at = ?6"
      " WHERE title <> ?3 OR (?4 IS NOT NULL AND form IS NOT ?4) OR terms IS NOT ?5",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, account);
  assay_statement_bind_text (statement, 2, assay_project_get_external_id (project));
  assay_statement_bind_text (statement, 3, assay_project_get_title (project));
  assay_statement_bind_text (statement, 4, form_text);
  assay_statement_bind_text (statement, 5, terms);
  assay_statement_bind_int (statement, 6, g_get_real_time ());
  if (!assay_statement_run (statement, error))
    return FALSE;
  changes->projects |= assay_database_get_n_changes (database) > 0;
  return TRUE;
}

gboolean
_assay_store_find_project (AssayDatabase *database,
                           const char *account,
                           const char *external_id,
                           gint64 *row,
                           GError **error)
{
  gboolean found;
  AssayStatement *statement = assay_database_prepare (
      database, "SELECT id FROM project WHERE account = ?1 AND external_id = ?2", error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, account);
  assay_statement_bind_text (statement, 2, external_id);
  if (!assay_statement_fetch (statement, &found, error))
    return FALSE;
  *row = found ? assay_statement_get_int (statement, 0) : 0;
  assay_statement_reset (statement);
  return TRUE;
}

static void
deliver_project (AssayJob *job)
{
  ProjectRecord *record = job->data;

  if (job->error == NULL)
    assay_project_set_id (record->project, record->id);
  _assay_store_emit (job);
}

static gboolean
run_list_projects (AssayJob *job, AssayDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) projects = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement =
      assay_database_prepare (database,
                              "SELECT " ASSAY_STORE_PROJECT_COLUMNS
                              ", (SELECT count(*) FROM task t WHERE t.project = p.id)"
                              " FROM project p ORDER BY p.account, p.title COLLATE NOCASE, p.id",
                              error);

  if (statement == NULL)
    return FALSE;
  while (assay_statement_step (statement, &local_error))
    {
      AssayProject *project = _assay_store_read_project (statement, 0);

      assay_project_set_n_tasks (project, assay_statement_get_int (statement,
                                                                   ASSAY_STORE_N_PROJECT_COLUMNS));
      g_ptr_array_add (projects, project);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_value_init (&job->result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (&job->result, g_steal_pointer (&projects));
  return TRUE;
}

static gboolean
project_has_waiting (AssayDatabase *database, Removal *removal, gboolean *waits, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT submission, state IN ('accepted', 'withdrawn') FROM outbox"
      " WHERE task IN (SELECT CAST(id AS TEXT) FROM task WHERE project = ?1)",
      error);

  if (statement == NULL)
    return FALSE;
  *waits = FALSE;
  assay_statement_bind_int (statement, 1, removal->project);
  while (assay_statement_step (statement, &local_error))
    {
      g_ptr_array_add (removal->submissions, assay_statement_dup_text (statement, 0));
      if (assay_statement_get_int (statement, 1) == 0)
        *waits = TRUE;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

gboolean
_assay_store_delete_project (AssayDatabase *database,
                             gint64 project,
                             gboolean *found,
                             GError **error)
{
  static const char *const steps[] = {
    "DELETE FROM feedback WHERE account = (SELECT account FROM project WHERE id = ?1)"
    " AND submission IN (SELECT j.submission FROM judgement j JOIN task t ON t.id = j.task"
    "  WHERE t.project = ?1)",
    "DELETE FROM attempt WHERE outbox IN (SELECT id FROM outbox"
    " WHERE task IN (SELECT CAST(id AS TEXT) FROM task WHERE project = ?1))",
    "DELETE FROM outbox WHERE task IN (SELECT CAST(id AS TEXT) FROM task WHERE project = ?1)",
    "DELETE FROM search_task WHERE rowid IN (SELECT id FROM task WHERE project = ?1)",
    "DELETE FROM search_rationale WHERE rowid IN (SELECT id FROM task WHERE project = ?1)",
    "DELETE FROM search_stale WHERE task IN (SELECT id FROM task WHERE project = ?1)",
    "DELETE FROM project WHERE id = ?1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      AssayStatement *statement = assay_database_prepare (database, steps[i], error);

      if (statement == NULL)
        return FALSE;
      assay_statement_bind_int (statement, 1, project);
      if (!assay_statement_run (statement, error))
        return FALSE;
    }
  *found = assay_database_get_n_changes (database) > 0;
  return TRUE;
}

gboolean
_assay_store_delete_leftovers (AssayDatabase *database, GError **error)
{
  return assay_database_execute (
      database,
      "DELETE FROM guideline WHERE id NOT IN (SELECT guideline FROM project WHERE guideline NOT NULL)"
      " AND id NOT IN (SELECT guideline FROM task WHERE guideline NOT NULL);"
      "DELETE FROM form WHERE id NOT IN (SELECT form FROM task_content);",
      error);
}

static gboolean
run_remove_project (AssayJob *job, AssayDatabase *database, GError **error)
{
  Removal *removal = job->data;
  gboolean waits, found;

  if (!project_has_waiting (database, removal, &waits, error))
    return FALSE;
  if (waits)
    {
      g_set_error_literal (
          error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CONFLICT,
          _ ("Judgements of this project still wait to be sent. Withdraw them first."));
      return FALSE;
    }

  if (!_assay_store_delete_project (database, removal->project, &found, error))
    return FALSE;
  if (!found)
    {
      g_set_error_literal (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_NOT_FOUND,
                           _ ("There is no such project any more."));
      return FALSE;
    }
  if (!_assay_store_delete_leftovers (database, error))
    return FALSE;

  job->changes.projects = TRUE;
  job->changes.tasks = TRUE;
  job->changes.tasks_project = removal->project;
  job->changes.outbox = TRUE;
  return TRUE;
}

static void
after_remove_project (AssayJob *job, AssayStoreThread *thread)
{
  Removal *removal = job->data;
  AssayProfileFolder *folder = assay_store_thread_get_folder (thread);

  for (guint i = 0; i < removal->submissions->len; i++)
    assay_spool_remove (folder->spool, removal->submissions->pdata[i]);
}

DexFuture *
assay_store_ensure_account (AssayStore *self, const char *id, const char *kind, const char *title)
{
  Account *account;

  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (title != NULL, NULL);

  account = g_new0 (Account, 1);
  account->id = g_strdup (id);
  account->kind = g_strdup (kind);
  account->title = g_strdup (title);
  return _assay_store_push (self,
                            assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE, run_ensure_account,
                                           account, (GDestroyNotify) account_free));
}

DexFuture *
assay_store_save_project (AssayStore *self, AssayProject *project)
{
  ProjectRecord *record;
  AssayForm *form;
  AssayJob *job;

  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (ASSAY_IS_PROJECT (project), NULL);

  record = g_new0 (ProjectRecord, 1);
  record->project = g_object_ref (project);
  record->account = g_strdup (assay_project_get_account (project));
  record->external_id = g_strdup (assay_project_get_external_id (project));
  record->title = g_strdup (assay_project_get_title (project));
  form = assay_project_get_form (project);
  record->form = form != NULL ? dup_form_text (form) : NULL;
  record->settings = _assay_json_object_to_string (assay_project_get_settings (project));
  record->terms = _assay_json_object_to_string (assay_project_get_terms (project));

  job = assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE, run_save_project, record,
                       (GDestroyNotify) project_record_free);
  job->deliver = deliver_project;
  return _assay_store_push (self, job);
}

DexFuture *
assay_store_list_projects (AssayStore *self)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);

  return _assay_store_push (self, assay_job_new (ASSAY_JOB_READ, ASSAY_JOB_PLAIN, run_list_projects,
                                                 NULL, NULL));
}

DexFuture *
assay_store_remove_project (AssayStore *self, gint64 project)
{
  Removal *removal;
  AssayJob *job;

  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (project > 0, NULL);

  removal = g_new0 (Removal, 1);
  removal->project = project;
  removal->submissions = g_ptr_array_new_with_free_func (g_free);
  job = assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE, run_remove_project, removal,
                       (GDestroyNotify) removal_free);
  job->after = after_remove_project;
  return _assay_store_push (self, job);
}
