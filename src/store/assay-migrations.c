/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-backups.h"
#include "assay-faultpoint.h"
#include "assay-migrations.h"
#include "assay-store-error.h"
#include "assay-store-sql.h"

#define NEWEST_VERSION 2

typedef struct
{
  gint64 judgements;
  gint64 outbox;
} Counts;

static GBytes *
load_own (int version, GError **error)
{
  g_autofree char *path =
      g_strdup_printf (ASSAY_RESOURCE_PREFIX "/store/version-%03d.sql", version);

  /* Asked for by name: a static library would lose a resource that only its constructor registers.
   */
  return g_resource_lookup_data (assay_store_sql_get_resource (), path,
                                 G_RESOURCE_LOOKUP_FLAGS_NONE, error);
}

static gboolean
count (AssayDatabase *database, Counts *counts, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (
      database, "SELECT (SELECT count(*) FROM judgement), (SELECT count(*) FROM outbox)", error);

  if (statement == NULL)
    return FALSE;
  if (assay_statement_step (statement, &local_error))
    {
      counts->judgements = assay_statement_get_int (statement, 0);
      counts->outbox = assay_statement_get_int (statement, 1);
      assay_statement_reset (statement);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
check_foreign_keys (AssayDatabase *database, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (database, "PRAGMA foreign_key_check", error);

  if (statement == NULL)
    return FALSE;
  if (assay_statement_step (statement, &local_error))
    {
      g_set_error (
          error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_DAMAGED,
          _ ("“%s” could not be brought to the new format: a row of “%s” belongs to nothing."),
          assay_database_get_path (database), assay_statement_get_text (statement, 0));
      assay_statement_reset (statement);
      return FALSE;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

static gboolean
run_steps (const AssayMigrations *self, AssayDatabase *database, int version, GError **error)
{
  g_autofree char *identity = NULL;
  Counts before = { 0, 0 }, after = { 0, 0 };
  gboolean is_new = version == 0;

  if (!is_new && !count (database, &before, error))
    return FALSE;

  for (int step = version + 1; step <= self->newest_version; step++)
    {
      g_autoptr (GBytes) sql = self->load (step, error);
      g_autofree char *script = NULL;

      if (sql == NULL)
        return FALSE;
      script = g_strndup (g_bytes_get_data (sql, NULL), g_bytes_get_size (sql));
      if (!assay_database_execute (database, script, error))
        return FALSE;
    }

  /* A pragma takes no bound value; both are numbers of ours. */
  identity = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d;",
                              ASSAY_DATABASE_APPLICATION_ID, self->newest_version);
  if (!assay_database_execute (database, identity, error) || !check_foreign_keys (database, error)
      || !count (database, &after, error))
    return FALSE;

  if (!is_new && (before.judgements != after.judgements || before.outbox != after.outbox))
    {
      g_set_error (
          error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_INTERNAL,
          _ ("“%s” could not be brought to the new format without losing work, so it was left as it is."),
          assay_database_get_path (database));
      return FALSE;
    }
  return TRUE;
}

const AssayMigrations *
assay_migrations_get_own (void)
{
  static const AssayMigrations own = { NEWEST_VERSION, load_own };

  return &own;
}

gboolean
assay_migrations_run (const AssayMigrations *self,
                      AssayDatabase *database,
                      const char *backup_folder,
                      GError **error)
{
  int version;
  gboolean done;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (database != NULL, FALSE);

  version = assay_database_get_version (database);
  if (version >= self->newest_version)
    return TRUE;

  if (version > 0)
    {
      g_autofree char *backup = assay_backups_make (database, backup_folder, error);

      if (backup == NULL)
        return FALSE;
    }

  /* Steps may rebuild tables that others refer to; the check at the end sees to it. */
  if (!assay_database_execute (database, "PRAGMA foreign_keys = OFF", error)
      || !assay_database_begin (database, ASSAY_DURABILITY_PERSON, error))
    return FALSE;

  ASSAY_FAULTPOINT ("migration:after-backup");
  done = run_steps (self, database, version, error);
  ASSAY_FAULTPOINT ("migration:before-commit");
  if (done)
    done = assay_database_commit (database, error);
  else
    assay_database_rollback (database);

  ASSAY_FAULTPOINT ("migration:after-commit");
  return assay_database_execute (database, "PRAGMA foreign_keys = ON", done ? error : NULL) && done;
}
