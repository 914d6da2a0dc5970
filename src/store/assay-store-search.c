/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-search-text.h"
#include "assay-store-private.h"

/* The full-text index of an AssayStore. It keeps no texts, so a changed row is removed and written
 * anew. */

static gboolean
run_for_task (AssayDatabase *database, const char *sql, gint64 task_row, GError **error)
{
  AssayStatement *statement = assay_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, task_row);
  return assay_statement_run (statement, error);
}

gboolean
_assay_store_mark_stale (AssayDatabase *database, gint64 task_row, GError **error)
{
  return run_for_task (database, "INSERT OR IGNORE INTO search_stale (task) VALUES (?1)", task_row,
                       error);
}

static char *
collect (AssayTask *task, gboolean responses)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < assay_task_get_n_documents (task); i++)
    {
      AssayDocument *document = assay_task_get_document (task, i);

      if ((assay_document_get_role (document) == ASSAY_DOCUMENT_RESPONSE) != responses)
        continue;
      g_string_append (text, assay_document_get_text (document));
      g_string_append_c (text, '\n');
    }
  return assay_search_text_split (text->str);
}

gboolean
_assay_store_index_task (AssayDatabase *database,
                         gint64 task_row,
                         AssayTask *task,
                         gboolean is_new,
                         GError **error)
{
  g_autofree char *title = assay_search_text_split (assay_task_get_title (task));
  g_autofree char *prompt = collect (task, FALSE);
  g_autofree char *responses = collect (task, TRUE);
  AssayStatement *statement;

  if (!is_new
      && !run_for_task (database, "DELETE FROM search_task WHERE rowid = ?1", task_row, error))
    return FALSE;

  statement = assay_database_prepare (
      database, "INSERT INTO search_task (rowid, title, prompt, responses) VALUES (?1, ?2, ?3, ?4)",
      error);
  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, task_row);
  assay_statement_bind_text (statement, 2, title);
  assay_statement_bind_text (statement, 3, prompt);
  assay_statement_bind_text (statement, 4, responses);
  return assay_statement_run (statement, error);
}

static gboolean
index_rationale (AssayDatabase *database, gint64 task_row, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *rationale = NULL;
  g_autofree char *split = NULL;
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT COALESCE ("
      " (SELECT json_extract (body, '$.rationale') FROM draft WHERE task = ?1 AND active = 1"
      "  AND json_valid (body)),"
      " (SELECT rationale FROM judgement WHERE task = ?1 ORDER BY revision DESC LIMIT 1), '')",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, task_row);
  if (!assay_statement_step (statement, &local_error))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  rationale = assay_statement_dup_text (statement, 0);
  assay_statement_reset (statement);

  if (!run_for_task (database, "DELETE FROM search_rationale WHERE rowid = ?1", task_row, error)
      || !run_for_task (database, "DELETE FROM search_stale WHERE task = ?1", task_row, error))
    return FALSE;
  if (*rationale == '\0')
    return TRUE;

  split = assay_search_text_split (rationale);
  statement = assay_database_prepare (
      database, "INSERT INTO search_rationale (rowid, rationale) VALUES (?1, ?2)", error);
  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, task_row);
  assay_statement_bind_text (statement, 2, split);
  return assay_statement_run (statement, error);
}

gboolean
_assay_store_index_rationales (AssayDatabase *database, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement =
      assay_database_prepare (database, "SELECT task FROM search_stale", error);

  if (statement == NULL)
    return FALSE;
  while (assay_statement_step (statement, &local_error))
    {
      gint64 row = assay_statement_get_int (statement, 0);

      g_array_append_val (rows, row);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (rows->len == 0)
    return TRUE;

  if (!assay_database_begin (database, ASSAY_DURABILITY_BULK, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (!index_rationale (database, g_array_index (rows, gint64, i), error))
      {
        assay_database_rollback (database);
        return FALSE;
      }
  return assay_database_commit (database, error);
}
