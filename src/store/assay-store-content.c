/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-json.h"
#include "assay-store-private.h"

/* What the tasks of an AssayStore hold, as JSON. Most tasks of a project have the same form, which
 * is often larger than their texts: each form is kept once. */

static gint64
insert_form (AssayDatabase *database, AssayForm *form, GError **error)
{
  g_autofree char *sha256 =
      g_compute_checksum_for_string (G_CHECKSUM_SHA256, assay_form_get_canonical_text (form), -1);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *json = NULL;
  g_autoptr (GError) local_error = NULL;
  gint64 id = 0;
  AssayStatement *statement =
      assay_database_prepare (database, "SELECT id FROM form WHERE sha256 = ?1", error);

  if (statement == NULL)
    return 0;
  assay_statement_bind_text (statement, 1, sha256);
  if (assay_statement_step (statement, &local_error))
    {
      id = assay_statement_get_int (statement, 0);
      assay_statement_reset (statement);
      return id;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return 0;
    }

  node = assay_form_to_json (form);
  json = assay_json_to_string (node);
  statement =
      assay_database_prepare (database, "INSERT INTO form (sha256, json) VALUES (?1, ?2)", error);
  if (statement == NULL)
    return 0;
  assay_statement_bind_text (statement, 1, sha256);
  assay_statement_bind_text (statement, 2, json);
  return assay_statement_run (statement, error) ? assay_database_get_last_row (database) : 0;
}

gboolean
_assay_store_write_content (AssayDatabase *database,
                            gint64 task_row,
                            AssayTask *task,
                            GHashTable *forms,
                            GError **error)
{
  AssayForm *form = assay_task_get_form (task);
  gint64 *form_row = g_hash_table_lookup (forms, form);
  g_autofree char *json = NULL;
  AssayStatement *statement;

  if (form_row == NULL)
    {
      gint64 id = insert_form (database, form, error);

      if (id == 0)
        return FALSE;
      form_row = g_memdup2 (&id, sizeof id);
      g_hash_table_insert (forms, g_object_ref (form), form_row);
    }

  json = assay_task_to_string_without_form (task);

  statement = assay_database_prepare (
      database,
      "INSERT INTO task_content (task, form, json) VALUES (?1, ?2, ?3)"
      " ON CONFLICT (task) DO UPDATE SET form = ?2, json = ?3 WHERE form <> ?2 OR json <> ?3",
      error);
  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, task_row);
  assay_statement_bind_int (statement, 2, *form_row);
  assay_statement_bind_text (statement, 3, json);
  return assay_statement_run (statement, error);
}

GHashTable *
_assay_store_forms_written (void)
{
  return g_hash_table_new_full (NULL, NULL, g_object_unref, g_free);
}

GHashTable *
_assay_store_forms_read (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
}

AssayTask *
_assay_store_read_task (AssayStatement *statement,
                        int first_column,
                        GHashTable *forms,
                        GError **error)
{
  gint64 form_row = assay_statement_get_int (statement, first_column);
  AssayForm *form = g_hash_table_lookup (forms, &form_row);
  JsonNode *node;

  if (form == NULL)
    {
      g_autoptr (JsonNode) form_node =
          assay_json_parse (assay_statement_get_text (statement, first_column + 1), -1, error);

      if (form_node == NULL || (form = assay_form_new_from_json (form_node, "", error)) == NULL)
        return NULL;
      g_hash_table_insert (forms, g_memdup2 (&form_row, sizeof form_row), form);
    }

  node = assay_json_parse (assay_statement_get_text (statement, first_column + 2), -1, error);
  return node != NULL ? assay_task_new_take_json (node, form, error) : NULL;
}

AssayJudgement *
_assay_store_parse_judgement (AssayTask *task, const char *text, GError **error)
{
  g_autoptr (JsonNode) node = assay_json_parse (text, -1, error);

  return node != NULL ? assay_judgement_new_from_json (task, node, error) : NULL;
}
