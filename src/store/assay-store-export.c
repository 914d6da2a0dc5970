/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-store-limits.h"
#include "assay-store-private.h"

/* Reading an AssayStore for export, and for what learns from earlier judgements. */

typedef struct
{
  gint64 project;
  gint64 after;
  guint limit;
  gboolean with_drafts;
} ExportQuery;

static void
export_row_free (AssayExportRow *row)
{
  g_clear_object (&row->task);
  g_clear_object (&row->judgement);
  g_clear_error (&row->error);
  g_free (row->task_id);
  g_free (row->title);
  g_free (row);
}

/* What cannot be read costs the others nothing: the row says why, and whoever exports says so. */
static AssayExportRow *
read_row (AssayStatement *statement, GHashTable *forms)
{
  AssayExportRow *row = g_new0 (AssayExportRow, 1);
  const char *judgement = assay_statement_get_text (statement, 1);

  row->row = assay_statement_get_int (statement, 0);
  row->is_draft = assay_statement_get_int (statement, 2) != 0;
  row->task_id = g_strdup (assay_statement_get_text (statement, 3));
  row->title = g_strdup (assay_statement_get_text (statement, 4));
  row->n_earlier = (guint) assay_statement_get_int (statement, 7);
  row->task = _assay_store_read_task (statement, 8, forms, &row->error);
  if (row->task != NULL && judgement != NULL)
    row->judgement = _assay_store_parse_judgement (row->task, judgement, &row->error);
  return row;
}

/* What was begun on a judgement that is settled, in a row of its own; NULL if nothing was. */
static AssayExportRow *
read_revision (AssayStatement *statement, const AssayExportRow *settled)
{
  const char *draft = assay_statement_get_text (statement, 6);
  AssayExportRow *row;

  if (draft == NULL || settled->task == NULL)
    return NULL;
  row = g_new0 (AssayExportRow, 1);
  row->row = settled->row;
  row->is_draft = TRUE;
  row->task_id = g_strdup (settled->task_id);
  row->title = g_strdup (settled->title);
  row->task = g_object_ref (settled->task);
  row->judgement = _assay_store_parse_judgement (row->task, draft, &row->error);
  return row;
}

static gboolean
run_list_export (AssayJob *job, AssayDatabase *database, GError **error)
{
  const ExportQuery *query = job->data;
  g_autoptr (GHashTable) forms = _assay_store_forms_read ();
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) export_row_free);
  g_autoptr (GError) local_error = NULL;
  gint64 n_bytes = 0;
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT t.id, COALESCE (j.body, d.body), j.body IS NULL AND d.body IS NOT NULL,"
      " t.task_id, t.title,"
      " octet_length (c.json) + ifnull (octet_length (j.body), 0)"
      "  + ifnull (octet_length (d.body), 0),"
      " CASE WHEN j.body IS NOT NULL THEN d.body END,"
      " (SELECT count (*) FROM judgement k WHERE k.task = t.id AND k.revision < j.revision),"
      " " ASSAY_STORE_TASK_COLUMNS
      " FROM task t JOIN task_content c ON c.task = t.id JOIN form f ON f.id = c.form"
      " LEFT JOIN judgement j ON j.task = t.id"
      "  AND j.revision = (SELECT max (revision) FROM judgement WHERE task = t.id)"
      " LEFT JOIN draft d ON ?4 AND d.task = t.id AND d.active = 1 AND d.is_empty = 0"
      " WHERE t.project = ?1 AND t.id > ?2 ORDER BY t.id LIMIT ?3",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, query->project);
  assay_statement_bind_int (statement, 2, query->after);
  assay_statement_bind_int (statement, 3, query->limit);
  assay_statement_bind_int (statement, 4, query->with_drafts);
  while (n_bytes < ASSAY_STORE_EXPORT_TURN_BYTES && assay_statement_step (statement, &local_error))
    {
      AssayExportRow *row;
      AssayExportRow *revision;

      n_bytes += assay_statement_get_int (statement, 5);
      row = read_row (statement, forms);
      revision = read_revision (statement, row);
      g_ptr_array_add (rows, row);
      if (revision != NULL)
        g_ptr_array_add (rows, revision);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_value_init (&job->result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (&job->result, g_steal_pointer (&rows));
  return TRUE;
}

static gboolean
run_list_rationales (AssayJob *job, AssayDatabase *database, GError **error)
{
  const ExportQuery *query = job->data;
  g_autoptr (GStrvBuilder) rationales = g_strv_builder_new ();
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT j.rationale FROM judgement j JOIN task t ON t.id = j.task"
      " WHERE t.project = ?1 AND j.rationale <> '' ORDER BY j.submitted_at DESC LIMIT ?2",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, query->project);
  assay_statement_bind_int (statement, 2, query->limit);
  while (assay_statement_step (statement, &local_error))
    g_strv_builder_add (rationales, assay_statement_get_text (statement, 0));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_value_init (&job->result, G_TYPE_STRV);
  g_value_take_boxed (&job->result, g_strv_builder_end (rationales));
  return TRUE;
}

DexFuture *
assay_store_list_export_rows (AssayStore *self,
                              gint64 project,
                              gint64 after,
                              guint limit,
                              gboolean with_drafts)
{
  ExportQuery *query;

  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);

  query = g_new0 (ExportQuery, 1);
  query->project = project;
  query->after = after;
  query->limit = limit;
  query->with_drafts = with_drafts;
  return _assay_store_push (self, assay_job_new (ASSAY_JOB_READ, ASSAY_JOB_PLAIN, run_list_export,
                                                 query, g_free));
}

DexFuture *
assay_store_list_rationales (AssayStore *self, gint64 project, guint limit)
{
  ExportQuery *query;

  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);

  query = g_new0 (ExportQuery, 1);
  query->project = project;
  query->limit = limit;
  return _assay_store_push (self, assay_job_new (ASSAY_JOB_OPEN, ASSAY_JOB_PLAIN,
                                                 run_list_rationales, query, g_free));
}
