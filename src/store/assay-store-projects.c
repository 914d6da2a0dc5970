/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-json.h"
#include "assay-spool.h"
#include "assay-store-private.h"

/* Accounts, projects and guidelines of an AssayStore. */

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
} ProjectRecord;

typedef struct
{
  gint64 project;
  AssayGuideline *guideline; /* (owned) */
  char *id;
  int version;
} GuidelineRecord;

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
  g_free (record);
}

static void
guideline_record_free (GuidelineRecord *record)
{
  g_clear_object (&record->guideline);
  g_free (record->id);
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

/* A form or settings that cannot be read any more must not hide the project. */
AssayProject *
_assay_store_read_project (AssayStatement *statement, int first_column)
{
  AssayProject *project =
      assay_project_new (assay_statement_get_text (statement, first_column + 1),
                         assay_statement_get_text (statement, first_column + 2),
                         assay_statement_get_text (statement, first_column + 3));
  const char *form_text = assay_statement_get_text (statement, first_column + 4);
  const char *settings_text = assay_statement_get_text (statement, first_column + 5);
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
  if (settings_text != NULL)
    {
      g_autoptr (JsonNode) node = assay_json_parse (settings_text, -1, NULL);

      if (node != NULL && assay_json_node_object (node) != NULL)
        assay_project_set_settings (project, assay_json_node_object (node));
    }
  return project;
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
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (
      database,
      "INSERT INTO project (account, external_id, title, form, settings, created_at, changed_at)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)"
      " ON CONFLICT (account, external_id)"
      " DO UPDATE SET title = ?3, form = ?4, settings = ?5, changed_at = ?6"
      " RETURNING id",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, record->account);
  assay_statement_bind_text (statement, 2, record->external_id);
  assay_statement_bind_text (statement, 3, record->title);
  assay_statement_bind_text (statement, 4, record->form);
  assay_statement_bind_text (statement, 5, record->settings);
  assay_statement_bind_int (statement, 6, g_get_real_time ());

  if (!assay_statement_step (statement, &local_error))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  record->id = assay_statement_get_int (statement, 0);
  job->changes.projects = TRUE;
  g_value_init (&job->result, G_TYPE_INT64);
  g_value_set_int64 (&job->result, record->id);
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

static gboolean
run_remove_project (AssayJob *job, AssayDatabase *database, GError **error)
{
  static const char *const steps[] = {
    "DELETE FROM attempt WHERE outbox IN (SELECT id FROM outbox"
    " WHERE task IN (SELECT CAST(id AS TEXT) FROM task WHERE project = ?1))",
    "DELETE FROM outbox WHERE task IN (SELECT CAST(id AS TEXT) FROM task WHERE project = ?1)",
    "DELETE FROM search_task WHERE rowid IN (SELECT id FROM task WHERE project = ?1)",
    "DELETE FROM search_rationale WHERE rowid IN (SELECT id FROM task WHERE project = ?1)",
    "DELETE FROM search_stale WHERE task IN (SELECT id FROM task WHERE project = ?1)",
    "DELETE FROM project WHERE id = ?1",
  };
  /* What no other project shares. */
  static const char *const leftovers[] = {
    "DELETE FROM guideline WHERE id NOT IN (SELECT guideline FROM project WHERE guideline NOT NULL)"
    " AND id NOT IN (SELECT guideline FROM task WHERE guideline NOT NULL)",
    "DELETE FROM form WHERE id NOT IN (SELECT form FROM task_content)",
  };
  Removal *removal = job->data;
  gboolean waits = FALSE;
  AssayStatement *statement;

  if (!project_has_waiting (database, removal, &waits, error))
    return FALSE;
  if (waits)
    {
      g_set_error_literal (
          error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CONFLICT,
          _ ("Judgements of this project still wait to be sent. Withdraw them first."));
      return FALSE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      statement = assay_database_prepare (database, steps[i], error);
      if (statement == NULL)
        return FALSE;
      assay_statement_bind_int (statement, 1, removal->project);
      if (!assay_statement_run (statement, error))
        return FALSE;
    }
  if (assay_database_get_n_changes (database) == 0)
    {
      g_set_error_literal (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_NOT_FOUND,
                           _ ("There is no such project any more."));
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (leftovers); i++)
    {
      statement = assay_database_prepare (database, leftovers[i], error);
      if (statement == NULL || !assay_statement_run (statement, error))
        return FALSE;
    }

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

static void
bind_guideline (AssayStatement *statement, AssayGuideline *guideline)
{
  assay_statement_bind_text (statement, 1, assay_guideline_get_id (guideline));
  assay_statement_bind_int (statement, 2, assay_guideline_get_version (guideline));
  assay_statement_bind_text (statement, 3, assay_guideline_get_title (guideline));
  assay_statement_bind_text (statement, 4, assay_guideline_get_text (guideline));
  assay_statement_bind_text (statement, 5, assay_guideline_get_sha256 (guideline));
  assay_statement_bind_int (statement, 6, g_get_real_time ());
}

static gboolean
run_save_guideline (AssayJob *job, AssayDatabase *database, GError **error)
{
  GuidelineRecord *record = job->data;
  AssayStatement *statement = assay_database_prepare (
      database,
      "INSERT INTO guideline (id, version, title, text, sha256, saved_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
      " ON CONFLICT (id, version) DO UPDATE SET title = ?3, text = ?4, sha256 = ?5, saved_at = ?6"
      " WHERE sha256 <> ?5 OR title <> ?3",
      error);

  if (statement == NULL)
    return FALSE;
  bind_guideline (statement, record->guideline);
  if (!assay_statement_run (statement, error))
    return FALSE;

  statement = assay_database_prepare (database,
                                      "UPDATE project SET guideline = ?2, guideline_version = ?3"
                                      " WHERE id = ?1",
                                      error);
  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, record->project);
  assay_statement_bind_text (statement, 2, assay_guideline_get_id (record->guideline));
  assay_statement_bind_int (statement, 3, assay_guideline_get_version (record->guideline));
  if (!assay_statement_run (statement, error))
    return FALSE;
  if (assay_database_get_n_changes (database) == 0)
    {
      g_set_error_literal (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_NOT_FOUND,
                           _ ("There is no such project any more."));
      return FALSE;
    }
  job->changes.projects = TRUE;
  return TRUE;
}

static gboolean
run_add_guideline (AssayJob *job, AssayDatabase *database, GError **error)
{
  GuidelineRecord *record = job->data;
  g_autoptr (AssayGuideline) present = NULL;
  AssayStatement *statement = assay_database_prepare (
      database,
      "INSERT INTO guideline (id, version, title, text, sha256, saved_at)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (id, version) DO NOTHING",
      error);

  if (statement == NULL)
    return FALSE;
  bind_guideline (statement, record->guideline);
  if (!assay_statement_run (statement, error))
    return FALSE;
  present = _assay_store_load_guideline (database, assay_guideline_get_id (record->guideline),
                                         assay_guideline_get_version (record->guideline), error);
  if (present == NULL)
    return FALSE;
  g_value_init (&job->result, G_TYPE_BOOLEAN);
  g_value_set_boolean (&job->result, g_strcmp0 (assay_guideline_get_text (present),
                                                assay_guideline_get_text (record->guideline))
                                         == 0);
  return TRUE;
}

AssayGuideline *
_assay_store_load_guideline (AssayDatabase *database, const char *id, int version, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  AssayGuideline *guideline;
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT version, title, text FROM guideline WHERE id = ?1 AND (?2 = 0 OR version = ?2)"
      " ORDER BY version DESC LIMIT 1",
      error);

  if (statement == NULL)
    return NULL;
  assay_statement_bind_text (statement, 1, id);
  assay_statement_bind_int (statement, 2, version);
  if (!assay_statement_step (statement, &local_error))
    {
      if (local_error == NULL)
        g_set_error (&local_error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_NOT_FOUND,
                     _ ("The guideline “%s” is not in the store."), id);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  guideline = assay_guideline_new (id, assay_statement_get_int (statement, 0),
                                   assay_statement_get_text (statement, 1),
                                   assay_statement_get_text (statement, 2));
  assay_statement_reset (statement);
  return guideline;
}

static gboolean
run_load_guideline (AssayJob *job, AssayDatabase *database, GError **error)
{
  GuidelineRecord *record = job->data;
  AssayGuideline *guideline =
      _assay_store_load_guideline (database, record->id, record->version, error);

  if (guideline == NULL)
    return FALSE;
  g_value_init (&job->result, ASSAY_TYPE_GUIDELINE);
  g_value_take_object (&job->result, guideline);
  return TRUE;
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
  if (form != NULL)
    {
      g_autoptr (JsonNode) node = assay_form_to_json (form);

      record->form = assay_json_to_string (node);
    }
  record->settings = _assay_json_object_to_string (assay_project_get_settings (project));

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

DexFuture *
assay_store_save_guideline (AssayStore *self, gint64 project, AssayGuideline *guideline)
{
  GuidelineRecord *record;

  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (project > 0, NULL);
  g_return_val_if_fail (ASSAY_IS_GUIDELINE (guideline), NULL);

  record = g_new0 (GuidelineRecord, 1);
  record->project = project;
  record->guideline = g_object_ref (guideline);
  return _assay_store_push (self,
                            assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE, run_save_guideline,
                                           record, (GDestroyNotify) guideline_record_free));
}

DexFuture *
assay_store_load_guideline (AssayStore *self, const char *id, int version)
{
  GuidelineRecord *record;

  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  record = g_new0 (GuidelineRecord, 1);
  record->id = g_strdup (id);
  record->version = version;
  return _assay_store_push (self,
                            assay_job_new (ASSAY_JOB_OPEN, ASSAY_JOB_PLAIN, run_load_guideline,
                                           record, (GDestroyNotify) guideline_record_free));
}

DexFuture *
assay_store_add_guideline (AssayStore *self, AssayGuideline *guideline)
{
  GuidelineRecord *record;

  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (ASSAY_IS_GUIDELINE (guideline), NULL);

  record = g_new0 (GuidelineRecord, 1);
  record->guideline = g_object_ref (guideline);
  return _assay_store_push (self, assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE, run_add_guideline,
                                                 record, (GDestroyNotify) guideline_record_free));
}
