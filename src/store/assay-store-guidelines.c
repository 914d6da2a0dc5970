/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-store-accounts-private.h"

/* The guidelines of an AssayStore, each version as it was agreed on, and what a platform says
 * beside them. */

#define MOST_TOUCHED_TASKS 100

typedef struct
{
  gint64 project;
  AssayGuideline *guideline; /* (owned) */
  char *id;
  int version;
} GuidelineRecord;

static void
guideline_record_free (GuidelineRecord *record)
{
  g_clear_object (&record->guideline);
  g_free (record->id);
  g_free (record);
}

static GuidelineRecord *
record_new (const char *id, int version)
{
  GuidelineRecord *record = g_new0 (GuidelineRecord, 1);

  record->id = g_strdup (id);
  record->version = version;
  return record;
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

/* Keeps the first text that came under an id and a version: it is what was agreed on. */
static gboolean
insert_guideline (AssayDatabase *database, AssayGuideline *guideline, GError **error)
{
  AssayStatement *statement = assay_database_prepare (
      database,
      "INSERT INTO guideline (id, version, title, text, sha256, saved_at)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (id, version) DO NOTHING",
      error);

  if (statement == NULL)
    return FALSE;
  bind_guideline (statement, guideline);
  return assay_statement_run (statement, error);
}

/* What the person answered here may not have arrived there yet. */
static gboolean
write_terms (AssayDatabase *database,
             const AssayPageGuideline *guideline,
             AssayStoreChanges *changes,
             GError **error)
{
  AssayStatement *statement = assay_database_prepare (
      database,
      "UPDATE guideline SET must_acknowledge = ?3, summary_of_changes = ?4,"
      " acknowledged_at = coalesce (acknowledged_at, ?5) WHERE id = ?1 AND version = ?2"
      " AND (must_acknowledge IS NOT ?3 OR summary_of_changes IS NOT ?4"
      "  OR (acknowledged_at IS NULL AND ?5 IS NOT NULL))",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, assay_guideline_get_id (guideline->guideline));
  assay_statement_bind_int (statement, 2, assay_guideline_get_version (guideline->guideline));
  assay_statement_bind_int (statement, 3, guideline->must_acknowledge != FALSE);
  assay_statement_bind_text (statement, 4, guideline->summary_of_changes);
  assay_statement_bind_number (statement, 5, guideline->acknowledged ? g_get_real_time () : 0);
  if (!assay_statement_run (statement, error))
    return FALSE;
  changes->projects |= assay_database_get_n_changes (database) > 0;
  return TRUE;
}

gboolean
_assay_store_put_guideline (AssayDatabase *database,
                            gint64 project,
                            const AssayPageGuideline *guideline,
                            AssayStoreChanges *changes,
                            GError **error)
{
  AssayStatement *statement;

  if (!insert_guideline (database, guideline->guideline, error)
      || !write_terms (database, guideline, changes, error))
    return FALSE;
  if (project == 0)
    return TRUE;

  statement =
      assay_database_prepare (database,
                              "UPDATE project SET guideline = ?2, guideline_version = ?3"
                              " WHERE id = ?1 AND (guideline, guideline_version) IS NOT (?2, ?3)",
                              error);
  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, project);
  assay_statement_bind_text (statement, 2, assay_guideline_get_id (guideline->guideline));
  assay_statement_bind_int (statement, 3, assay_guideline_get_version (guideline->guideline));
  if (!assay_statement_run (statement, error))
    return FALSE;
  changes->projects |= assay_database_get_n_changes (database) > 0;
  return TRUE;
}

static gboolean
run_add_guideline (AssayJob *job, AssayDatabase *database, GError **error)
{
  GuidelineRecord *record = job->data;
  g_autoptr (AssayGuideline) present = NULL;

  if (!insert_guideline (database, record->guideline, error))
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

static gboolean
run_list_versions (AssayJob *job, AssayDatabase *database, GError **error)
{
  const GuidelineRecord *record = job->data;
  g_autoptr (GPtrArray) versions = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (
      database, "SELECT version, title, text FROM guideline WHERE id = ?1 ORDER BY version DESC",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, record->id);
  while (assay_statement_step (statement, &local_error))
    g_ptr_array_add (versions,
                     assay_guideline_new (record->id, assay_statement_get_int (statement, 0),
                                          assay_statement_get_text (statement, 1),
                                          assay_statement_get_text (statement, 2)));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_value_init (&job->result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (&job->result, g_steal_pointer (&versions));
  return TRUE;
}

static gboolean
fail_not_found (const char *id, GError **error)
{
  g_set_error (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_NOT_FOUND,
               _ ("The guideline “%s” is not in the store."), id);
  return FALSE;
}

static gboolean
run_get_terms (AssayJob *job, AssayDatabase *database, GError **error)
{
  const GuidelineRecord *record = job->data;
  g_autoptr (JsonObject) terms = json_object_new ();
  gboolean found;
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT must_acknowledge, acknowledged_at IS NOT NULL, summary_of_changes FROM guideline"
      " WHERE id = ?1 AND version = ?2"
      " AND (must_acknowledge IS NOT NULL OR acknowledged_at IS NOT NULL)",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, record->id);
  assay_statement_bind_int (statement, 2, record->version);
  if (!assay_statement_fetch (statement, &found, error))
    return FALSE;
  if (!found)
    return fail_not_found (record->id, error);
  json_object_set_boolean_member (terms, "must_acknowledge",
                                  assay_statement_get_int (statement, 0) != 0);
  json_object_set_boolean_member (terms, "acknowledged",
                                  assay_statement_get_int (statement, 1) != 0);
  if (!assay_statement_is_null (statement, 2))
    json_object_set_string_member (terms, "summary_of_changes",
                                   assay_statement_get_text (statement, 2));
  g_value_init (&job->result, G_TYPE_STRING);
  g_value_take_string (&job->result, _assay_json_object_to_string (terms));
  return TRUE;
}

static gboolean
run_list_touched (AssayJob *job, AssayDatabase *database, GError **error)
{
  const GuidelineRecord *record = job->data;
  g_autoptr (GStrvBuilder) titles = g_strv_builder_new ();
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT t.title FROM task t JOIN draft d ON d.task = t.id"
      " WHERE t.project = ?1 AND d.active = 1 AND d.is_empty = 0"
      " AND coalesce (json_extract (d.body, '$.guideline_seen.version'), t.guideline_version) < ?2"
      " ORDER BY t.position LIMIT ?3",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, record->project);
  assay_statement_bind_int (statement, 2, record->version);
  assay_statement_bind_int (statement, 3, MOST_TOUCHED_TASKS);
  while (assay_statement_step (statement, &local_error))
    g_strv_builder_add (titles, assay_statement_get_text (statement, 0));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_value_init (&job->result, G_TYPE_STRV);
  g_value_take_boxed (&job->result, g_strv_builder_end (titles));
  return TRUE;
}

static gboolean
run_acknowledge (AssayJob *job, AssayDatabase *database, GError **error)
{
  const GuidelineRecord *record = job->data;
  AssayStatement *statement = assay_database_prepare (
      database,
      "UPDATE guideline SET acknowledged_at = coalesce (acknowledged_at, ?3)"
      " WHERE id = ?1 AND version = ?2",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, record->id);
  assay_statement_bind_int (statement, 2, record->version);
  assay_statement_bind_int (statement, 3, g_get_real_time ());
  if (!assay_statement_run (statement, error))
    return FALSE;
  if (assay_database_get_n_changes (database) == 0)
    return fail_not_found (record->id, error);
  job->changes.projects = TRUE;
  return TRUE;
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
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return _assay_store_push (self, assay_job_new (ASSAY_JOB_OPEN, ASSAY_JOB_PLAIN,
                                                 run_load_guideline, record_new (id, version),
                                                 (GDestroyNotify) guideline_record_free));
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

DexFuture *
assay_store_list_guideline_versions (AssayStore *self, const char *id)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return _assay_store_push (self, assay_job_new (ASSAY_JOB_OPEN, ASSAY_JOB_PLAIN, run_list_versions,
                                                 record_new (id, 0),
                                                 (GDestroyNotify) guideline_record_free));
}

DexFuture *
assay_store_get_guideline_terms (AssayStore *self, const char *id, int version)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return _assay_store_push (self, assay_job_new (ASSAY_JOB_OPEN, ASSAY_JOB_PLAIN, run_get_terms,
                                                 record_new (id, version),
                                                 (GDestroyNotify) guideline_record_free));
}

DexFuture *
assay_store_acknowledge_guideline (AssayStore *self, const char *id, int version)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return _assay_store_push (self, assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE, run_acknowledge,
                                                 record_new (id, version),
                                                 (GDestroyNotify) guideline_record_free));
}

DexFuture *
assay_store_list_touched_tasks (AssayStore *self, gint64 project, int version)
{
  GuidelineRecord *record;

  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (project > 0, NULL);

  record = g_new0 (GuidelineRecord, 1);
  record->project = project;
  record->version = version;
  return _assay_store_push (self, assay_job_new (ASSAY_JOB_OPEN, ASSAY_JOB_PLAIN, run_list_touched,
                                                 record, (GDestroyNotify) guideline_record_free));
}
