/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <sqlite3.h>

#include "assay-database.h"
#include "assay-statement.h"

struct _AssayStatement
{
  AssayDatabase *database; /* borrowed: it owns this */
  sqlite3_stmt *statement; /* (owned) */
  int bind_result;
};

static void
note_result (AssayStatement *self, int result)
{
  if (self->bind_result == SQLITE_OK)
    self->bind_result = result;
}

AssayStatement *
assay_statement_new (AssayDatabase *database, const char *sql, GError **error)
{
  AssayStatement *self = NULL;
  sqlite3_stmt *statement = NULL;
  int result;

  g_return_val_if_fail (database != NULL, NULL);
  g_return_val_if_fail (sql != NULL, NULL);

  result = sqlite3_prepare_v3 (assay_database_get_handle (database), sql, -1,
                               SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  if (result != SQLITE_OK)
    {
      assay_database_fail (database, result, error);
      return NULL;
    }

  self = g_new0 (AssayStatement, 1);
  self->database = database;
  self->statement = statement;
  return self;
}

void
assay_statement_free (AssayStatement *self)
{
  if (self == NULL)
    return;
  sqlite3_finalize (self->statement);
  g_free (self);
}

void
assay_statement_reset (AssayStatement *self)
{
  g_return_if_fail (self != NULL);

  /* Its result is that of the last step, which was reported then. */
  sqlite3_reset (self->statement);
  sqlite3_clear_bindings (self->statement);
  self->bind_result = SQLITE_OK;
}

void
assay_statement_bind_int (AssayStatement *self, int place, gint64 value)
{
  note_result (self, sqlite3_bind_int64 (self->statement, place, value));
}

void
assay_statement_bind_text (AssayStatement *self, int place, const char *value)
{
  note_result (self, sqlite3_bind_text (self->statement, place, value, -1, SQLITE_TRANSIENT));
}

void
assay_statement_bind_null (AssayStatement *self, int place)
{
  note_result (self, sqlite3_bind_null (self->statement, place));
}

void
assay_statement_bind_number (AssayStatement *self, int place, gint64 value)
{
  if (value != 0)
    assay_statement_bind_int (self, place, value);
  else
    assay_statement_bind_null (self, place);
}

void
assay_statement_bind_blob (AssayStatement *self, int place, GBytes *value)
{
  gsize size;
  const void *data = g_bytes_get_data (value, &size);

  note_result (self, size == 0 ? sqlite3_bind_zeroblob (self->statement, place, 0)
                               : sqlite3_bind_blob64 (self->statement, place, data, size,
                                                      SQLITE_TRANSIENT));
}

void
assay_statement_bind_json (AssayStatement *self, int place, GBytes *value)
{
  gsize size;
  const char *data = g_bytes_get_data (value, &size);

  note_result (self, sqlite3_bind_text64 (self->statement, place, data != NULL ? data : "", size,
                                          SQLITE_TRANSIENT, SQLITE_UTF8));
}

gboolean
assay_statement_step (AssayStatement *self, GError **error)
{
  int result;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->bind_result != SQLITE_OK)
    {
      assay_database_fail (self->database, self->bind_result, error);
      assay_statement_reset (self);
      return FALSE;
    }

  if (!sqlite3_stmt_busy (self->statement))
    assay_database_count_statement (self->database);

  result = sqlite3_step (self->statement);
  if (result == SQLITE_ROW)
    return TRUE;

  if (result != SQLITE_DONE)
    assay_database_fail (self->database, result, error);
  assay_statement_reset (self);
  return FALSE;
}

gboolean
assay_statement_fetch (AssayStatement *self, gboolean *found, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  *found = assay_statement_step (self, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
assay_statement_run (AssayStatement *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  while (assay_statement_step (self, &local_error))
    continue;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

gboolean
assay_statement_is_null (AssayStatement *self, int column)
{
  return sqlite3_column_type (self->statement, column) == SQLITE_NULL;
}

gint64
assay_statement_get_int (AssayStatement *self, int column)
{
  return sqlite3_column_int64 (self->statement, column);
}

const char *
assay_statement_get_text (AssayStatement *self, int column)
{
  return (const char *) sqlite3_column_text (self->statement, column);
}

char *
assay_statement_dup_text (AssayStatement *self, int column)
{
  return g_strdup (assay_statement_get_text (self, column));
}

GBytes *
assay_statement_dup_bytes (AssayStatement *self, int column)
{
  const void *data = sqlite3_column_blob (self->statement, column);

  return g_bytes_new (data, sqlite3_column_bytes (self->statement, column));
}
