/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

#include "assay-backups.h"
#include "assay-bidi.h"
#include "assay-faultpoint.h"
#include "assay-folder.h"
#include "assay-rescue-private.h"
#include "assay-rescue.h"
#include "assay-store-error.h"
#include "assay-store-private.h"

static gboolean
fail (const char *path, GError **error)
{
  int saved_errno = errno;
  g_autofree char *shown = assay_bidi_isolate (path);

  g_set_error (error, ASSAY_STORE_ERROR,
               saved_errno == ENOSPC || saved_errno == EDQUOT ? ASSAY_STORE_ERROR_FULL
                                                              : ASSAY_STORE_ERROR_IO,
               _ ("The damaged store could not be rescued: “%s” cannot be written (%s)."), shown,
               g_strerror (saved_errno));
  return FALSE;
}

gboolean
assay_rescue_is_foreign (const char *path)
{
  sqlite3 *handle = NULL;
  sqlite3_stmt *statement = NULL;
  gboolean foreign = FALSE;

  g_return_val_if_fail (path != NULL, FALSE);

  if (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK
      && sqlite3_prepare_v2 (handle,
                             "SELECT application_id <> ?1, (SELECT count(*) FROM sqlite_schema)"
                             " FROM pragma_application_id",
                             -1, &statement, NULL)
             == SQLITE_OK
      && sqlite3_bind_int (statement, 1, ASSAY_DATABASE_APPLICATION_ID) == SQLITE_OK
      && sqlite3_step (statement) == SQLITE_ROW)
    foreign = sqlite3_column_int (statement, 0) != 0 && sqlite3_column_int (statement, 1) > 0;
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  return foreign;
}

static const char *const suffixes[] = { "", "-wal", "-shm" };

/* Under both names for a while: at no moment is a file in neither place. */
static gboolean
keep_damaged (const char *database, const char *keep, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (database, suffixes[i], NULL);
      g_autofree char *name = g_path_get_basename (from);
      g_autofree char *to = g_build_filename (keep, name, NULL);

      ASSAY_FAULTPOINT ("rescue:between-links");
      if (link (from, to) == 0 || errno == ENOENT || errno == EEXIST)
        continue;
      /* Some file systems know no second name. The file goes with its log, or not at all. */
      if (g_rename (from, to) != 0)
        return fail (to, error);
    }
  return assay_folder_sync (keep) || fail (keep, error);
}

static char *
dup_rescued_path (AssayProfileFolder *folder)
{
  return g_strconcat (folder->database, ".rescued", NULL);
}

static gboolean
put_in_place (AssayProfileFolder *folder, const char *keep, GError **error)
{
  g_autofree char *rescued = dup_rescued_path (folder);

  /* The new store is on the disk under its name before the log of the old one goes: a power cut
   * between them would leave neither. */
  if (!assay_folder_sync (folder->path))
    return fail (rescued, error);
  if (!keep_damaged (folder->database, keep, error))
    return FALSE;
  ASSAY_FAULTPOINT ("rescue:kept");
  /* A log that belongs to the old file would be played into the new one. */
  for (guint i = 1; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (folder->database, suffixes[i], NULL);

      if (g_unlink (path) != 0 && errno != ENOENT)
        return fail (path, error);
      ASSAY_FAULTPOINT ("rescue:between-logs");
    }
  ASSAY_FAULTPOINT ("rescue:before-name");
  if (!assay_folder_sync (folder->path) || g_rename (rescued, folder->database) != 0
      || !assay_folder_sync (folder->path))
    return fail (folder->database, error);
  return TRUE;
}

static char *
make_keep (AssayProfileFolder *folder, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%dT%H%M%S");
  g_autofree char *keep = g_strdup_printf ("%s/damaged/%s.%06dZ", folder->path, stamp,
                                           g_date_time_get_microsecond (now));

  if (!assay_folder_make (keep))
    {
      fail (keep, error);
      return NULL;
    }
  return g_steal_pointer (&keep);
}

/* What a rescue wrote of itself into the store that it made; NULL where there is none to be read.
 * (transfer full) */
static AssayRescueReport *
read_report (const char *path)
{
  AssayRescueReport *report = NULL;
  sqlite3 *handle = NULL;
  sqlite3_stmt *statement = NULL;

  if (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK
      && sqlite3_prepare_v2 (handle,
                             "SELECT value FROM meta WHERE key = '" ASSAY_STORE_META_RESCUE "'", -1,
                             &statement, NULL)
             == SQLITE_OK
      && sqlite3_step (statement) == SQLITE_ROW)
    report = assay_rescue_report_new_from_json ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  return report;
}

/* Where the rescue meant to keep the damaged files. In this profile, which may be a copy of the one
 * that it was cut off in. (transfer full) */
static char *
find_keep (AssayProfileFolder *folder, AssayRescueReport *report)
{
  g_autofree char *name = g_path_get_basename (assay_rescue_report_get_folder (report));

  return g_build_filename (folder->path, "damaged", name, NULL);
}

static gboolean
is_of (AssayRescueReport *report, const char *keep)
{
  g_autofree char *name = g_path_get_basename (keep);
  g_autofree char *own_name = NULL;

  if (report == NULL)
    return FALSE;
  own_name = g_path_get_basename (assay_rescue_report_get_folder (report));
  return g_str_equal (own_name, name);
}

static char *
dup_unfinished_path (const char *keep)
{
  return g_build_filename (keep, "unfinished.db", NULL);
}

/* The copy that it begins with, until that is whole. */
static char *
dup_part_path (const char *keep)
{
  return g_build_filename (keep, "unfinished.db.part", NULL);
}

/* Only where all that it holds is in another place. */
static void
remove_unfinished (const char *keep)
{
  g_autofree char *unfinished = dup_unfinished_path (keep);
  g_autofree char *part = dup_part_path (keep);
  g_autofree char *part_journal = g_strconcat (part, "-journal", NULL);
  g_autofree char *unnamed = g_strconcat (unfinished, ".new", NULL);

  g_unlink (part);
  g_unlink (part_journal);
  g_unlink (unnamed);
  for (guint i = G_N_ELEMENTS (suffixes); i > 0; i--)
    {
      g_autofree char *path = g_strconcat (unfinished, suffixes[i - 1], NULL);

      g_unlink (path);
    }
}

/* It is not known to be needed, nor known not to be. */
static gboolean
set_aside (const char *keep, GError **error)
{
  g_autofree char *unfinished = dup_unfinished_path (keep);

  for (guint i = G_N_ELEMENTS (suffixes); i > 0; i--)
    {
      g_autofree char *from = g_strconcat (unfinished, suffixes[i - 1], NULL);
      g_autofree char *to = g_strconcat (keep, "/left-over.db", suffixes[i - 1], NULL);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        return fail (to, error);
    }
  return TRUE;
}

static gboolean
hand_over (AssayDatabase *database, AssayProfileFolder *folder, GError **error)
{
  g_autofree char *rescued = dup_rescued_path (folder);

  /* What is in the log is in the file then. */
  return assay_backups_copy (database, rescued, error);
}

/* A rescue fills its file in one transaction. Before that it is a copy of a backup, or empty, and
 * goes: the rescue begins anew. After that it holds what could be read of the damaged file, which
 * may not be read once more: it becomes the store. The store was not opened since, for this comes
 * before. */
static gboolean
finish_unfinished (AssayProfileFolder *folder, const char *keep, int newest_version, GError **error)
{
  g_autofree char *unfinished = dup_unfinished_path (keep);
  g_autoptr (AssayDatabase) database = NULL;
  g_autoptr (AssayRescueReport) report = NULL;
  g_autoptr (AssayRescueReport) in_place = NULL;
  g_autofree char *kept_name = g_path_get_basename (folder->database);
  g_autofree char *kept = g_build_filename (keep, kept_name, NULL);
  g_autofree char *found = NULL;
  g_autofree char *json = NULL;
  gboolean is_over = g_file_test (kept, G_FILE_TEST_EXISTS);

  if (!g_file_test (unfinished, G_FILE_TEST_EXISTS))
    {
      remove_unfinished (keep);
      /* Nothing came to lie in it. */
      g_rmdir (keep);
      return TRUE;
    }
  database = assay_database_open (unfinished, folder->network, newest_version, NULL);
  if (database != NULL)
    found = assay_database_check (database, FALSE, NULL);
  if (g_strcmp0 (found, "ok") != 0)
    {
      g_clear_pointer (&database, assay_database_free);
      return set_aside (keep, error);
    }

  json = _assay_store_dup_meta (database, ASSAY_STORE_META_RESCUE);
  report = json != NULL ? assay_rescue_report_new_from_json (json) : NULL;
  in_place = read_report (folder->database);
  /* Once the damaged files lie beside it, its copy is the store or was: what came after that is
   * newer than all it has. */
  if (!is_of (report, keep) || (is_over && is_of (in_place, keep)))
    {
      g_clear_pointer (&database, assay_database_free);
      remove_unfinished (keep);
      g_rmdir (keep);
      return TRUE;
    }
  if (is_over)
    {
      g_clear_pointer (&database, assay_database_free);
      return set_aside (keep, error);
    }

  if (!hand_over (database, folder, error))
    return FALSE;
  g_clear_pointer (&database, assay_database_free);
  remove_unfinished (keep);
  return put_in_place (folder, keep, error);
}

static gboolean
finish_put_in_place (AssayProfileFolder *folder, GError **error)
{
  g_autofree char *rescued = dup_rescued_path (folder);
  g_autofree char *keep = NULL;
  g_autoptr (AssayRescueReport) report = NULL;

  if (!g_file_test (rescued, G_FILE_TEST_EXISTS))
    return TRUE;
  /* It was cut off before or after the damaged files were kept; twice does no harm. */
  report = read_report (rescued);
  keep = report != NULL ? find_keep (folder, report) : NULL;
  if (keep == NULL || !g_file_test (keep, G_FILE_TEST_IS_DIR))
    {
      g_free (keep);
      keep = make_keep (folder, error);
    }
  return keep != NULL && put_in_place (folder, keep, error);
}

gboolean
assay_rescue_finish (AssayProfileFolder *folder, int newest_version, GError **error)
{
  g_autofree char *damaged = NULL;
  g_autoptr (GPtrArray) keeps = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_return_val_if_fail (folder != NULL, FALSE);

  if (!finish_put_in_place (folder, error))
    return FALSE;
  damaged = g_build_filename (folder->path, "damaged", NULL);
  dir = g_dir_open (damaged, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (keeps, g_build_filename (damaged, name, NULL));
  for (guint i = 0; i < keeps->len; i++)
    if (!finish_unfinished (folder, keeps->pdata[i], newest_version, error))
      return FALSE;
  return TRUE;
}

static AssayDatabase *
open_new (const char *path,
          AssayProfileFolder *folder,
          const AssayMigrations *migrations,
          GError **error)
{
  g_autoptr (AssayDatabase) database =
      assay_database_open (path, folder->network, migrations->newest_version, error);

  if (database == NULL || !assay_migrations_run (migrations, database, folder->backups, error))
    return NULL;
  return g_steal_pointer (&database);
}

/* Work of the last copy that the damaged file says nothing about may have been sent since. */
static gboolean
doubt_queued (AssayDatabase *database, GError **error)
{
  return assay_database_execute (
      database,
      "CREATE TEMP TABLE doubted AS SELECT id FROM outbox WHERE state IN ('queued', 'sending');"
      "UPDATE outbox SET state = 'sending' WHERE id IN (SELECT id FROM doubted);"
      "UPDATE outbox SET state = 'unknown', next_at = 0, last_class = 'rescued'"
      " WHERE id IN (SELECT id FROM doubted);"
      "DROP TABLE doubted;",
      error);
}

/* Rows of two times come together: what was taken back has no judgement, what was accepted no draft
 * behind it, and what waits has one to go back to. */
static gboolean
settle (AssayDatabase *database, GError **error)
{
  return assay_database_execute (
      database,
      "DELETE FROM judgement WHERE submission IN"
      " (SELECT submission FROM outbox WHERE state = 'withdrawn');"
      /* What was lost may be with the platforms: they are asked for everything. */
      "UPDATE account SET cursor = NULL;"
      /* Nothing is being sent now, and the next attempt has a number of its own. */
      "UPDATE attempt SET ended_at = started_at, class = 'interrupted' WHERE ended_at IS NULL;"
      "UPDATE outbox SET attempts = max (attempts, (SELECT ifnull (max (n), 0) FROM attempt"
      " WHERE outbox = outbox.id)) WHERE state IN ('queued', 'unknown', 'refused');"
      "CREATE TEMP TABLE unsettled AS SELECT j.* FROM judgement j JOIN outbox o"
      " ON o.submission = j.submission WHERE o.state IN ('queued', 'unknown', 'refused');"
      /* The draft behind a submission, where it was lost or is an older one: the record that was
       * sent, as it was before it was final. */
      "CREATE TEMP TABLE behind AS SELECT u.* FROM unsettled u LEFT JOIN draft d ON d.task = u.task"
      " WHERE d.task IS NULL OR (d.active = 1 AND d.changed_at <= u.submitted_at);"
      "INSERT INTO draft_revision (task, judgement, digest, reason, paragraphs, written_at, body)"
      " SELECT task, judgement, digest, 'conflict', paragraphs, changed_at, body FROM draft"
      " WHERE is_empty = 0 AND task IN (SELECT task FROM behind);"
      "DELETE FROM draft WHERE task IN (SELECT task FROM behind);"
      "INSERT INTO draft (task, judgement, digest, active, is_empty, paragraphs, characters, answers,"
      " started_at, changed_at, body) SELECT task, id, digest, 0, 0, 1, length (rationale), 0,"
      " submitted_at, submitted_at, iif (json_valid (body), json_remove (body, '$.times.submitted'),"
      " body) FROM behind;"
      /* And none behind what is settled. */
      "CREATE TEMP TABLE over AS SELECT d.task FROM draft d WHERE"
      " d.task NOT IN (SELECT task FROM unsettled) AND (d.active = 0 OR EXISTS (SELECT 1 FROM"
      " judgement j WHERE j.task = d.task AND j.id = d.judgement AND j.submitted_at > d.changed_at));"
      "INSERT INTO draft_revision (task, judgement, digest, reason, paragraphs, written_at, body)"
      " SELECT task, judgement, digest, 'submitted', paragraphs, changed_at, body FROM draft"
      " WHERE task IN (SELECT task FROM over);"
      "DELETE FROM draft WHERE task IN (SELECT task FROM over);"
      "DROP TABLE unsettled; DROP TABLE behind; DROP TABLE over;",
      error);
}

static gboolean
index_tasks (AssayDatabase *database, GError **error)
{
  g_autoptr (GHashTable) forms = _assay_store_forms_read ();
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT t.id, " ASSAY_STORE_TASK_COLUMNS
      " FROM task t JOIN task_content c ON c.task = t.id JOIN form f ON f.id = c.form"
      " WHERE t.id NOT IN (SELECT rowid FROM search_task)",
      error);

  if (statement == NULL)
    return FALSE;
  while (assay_statement_step (statement, &local_error))
    {
      g_autoptr (AssayTask) task = _assay_store_read_task (statement, 1, forms, NULL);

      if (task != NULL
          && !_assay_store_index_task (database, assay_statement_get_int (statement, 0), task, TRUE,
                                       error))
        return FALSE;
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
restate (AssayDatabase *database, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (database, "SELECT id FROM task", error);

  if (statement == NULL)
    return FALSE;
  while (assay_statement_step (statement, &local_error))
    {
      gint64 row = assay_statement_get_int (statement, 0);

      g_array_append_val (rows, row);
    }
  for (guint i = 0; local_error == NULL && i < rows->len; i++)
    {
      AssayStoreChanges changes = { 0 };
      gint64 row = g_array_index (rows, gint64, i);

      if (_assay_store_update_state (database, row, &changes, &local_error))
        _assay_store_mark_stale (database, row, &local_error);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

static gboolean
count (AssayDatabase *database, AssayRescueFigures *figures, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT (SELECT count(*) FROM draft WHERE active = 1 AND is_empty = 0),"
      " (SELECT count(*) FROM judgement),"
      " (SELECT count(*) FROM outbox WHERE state IN ('queued', 'unknown', 'refused')),"
      " (SELECT count(*) FROM outbox WHERE state = 'unknown')",
      error);

  if (statement == NULL)
    return FALSE;
  if (!assay_statement_step (statement, &local_error))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  figures->n_drafts = assay_statement_get_int (statement, 0);
  figures->n_judgements = assay_statement_get_int (statement, 1);
  figures->n_waiting = assay_statement_get_int (statement, 2);
  figures->n_doubtful = assay_statement_get_int (statement, 3);
  assay_statement_reset (statement);
  return TRUE;
}

/* Told to nobody so far. */
static gboolean
write_report (AssayDatabase *database,
              const char *keep,
              AssayRescueFigures *figures,
              AssayRescueReport **report,
              GError **error)
{
  g_autofree char *json = NULL;

  if (!count (database, figures, error))
    return FALSE;
  *report = assay_rescue_report_new (keep, g_get_real_time (), figures);
  json = assay_rescue_report_to_json (*report);
  return _assay_store_set_meta (database, ASSAY_STORE_META_RESCUE, json, error)
         && _assay_store_set_meta (database, ASSAY_STORE_META_RESCUE_TOLD, "0", error);
}

static gboolean
fill (AssayDatabase *database,
      AssayProfileFolder *folder,
      const char *keep,
      AssayRescueFigures *figures,
      AssayRescueReport **report,
      GError **error)
{
  if (!assay_database_begin (database, ASSAY_DURABILITY_PERSON, error))
    return FALSE;
  if (doubt_queued (database, error)
      && assay_rescue_salvage (database, folder->database, figures, error)
      && assay_rescue_merge_spool (database, folder->spool, figures, error)
      && assay_rescue_continue_numbers (database, folder->database, error)
      && settle (database, error) && index_tasks (database, error) && restate (database, error)
      && write_report (database, keep, figures, report, error))
    return assay_database_commit (database, error);
  assay_database_rollback (database);
  return FALSE;
}

gboolean
assay_rescue_run (AssayProfileFolder *folder,
                  const AssayMigrations *migrations,
                  AssayRescueReport **report,
                  GError **error)
{
  g_autofree char *keep = make_keep (folder, error);
  g_autofree char *unfinished = NULL;
  g_autofree char *part = NULL;
  g_autofree char *copy = NULL;
  g_autoptr (AssayDatabase) database = NULL;
  g_autoptr (AssayRescueReport) made = NULL;
  AssayRescueFigures figures = { 0 };

  g_return_val_if_fail (report != NULL, FALSE);

  if (keep == NULL)
    return FALSE;
  unfinished = dup_unfinished_path (keep);
  part = dup_part_path (keep);

  ASSAY_FAULTPOINT ("rescue:begun");
  /* An older copy is better than none. */
  copy = assay_backups_restore (folder->backups, part, migrations->newest_version);
  ASSAY_FAULTPOINT ("rescue:restored");
  figures.copy_at = copy != NULL ? assay_backups_get_time (copy) : 0;
  if (copy != NULL && g_rename (part, unfinished) != 0)
    return fail (unfinished, error);
  database = open_new (unfinished, folder, migrations, error);
  if (database == NULL || !fill (database, folder, keep, &figures, &made, error))
    {
      g_clear_pointer (&database, assay_database_free);
      remove_unfinished (keep);
      return FALSE;
    }

  ASSAY_FAULTPOINT ("rescue:filled");
  /* The program goes on, and the store may yet be opened and written to: then this is not to take
   * its place at the next start. */
  if (!hand_over (database, folder, error))
    {
      g_clear_pointer (&database, assay_database_free);
      set_aside (keep, NULL);
      return FALSE;
    }
  ASSAY_FAULTPOINT ("rescue:complete");
  g_clear_pointer (&database, assay_database_free);
  remove_unfinished (keep);

  if (!put_in_place (folder, keep, error))
    return FALSE;
  ASSAY_FAULTPOINT ("rescue:in-place");
  *report = g_steal_pointer (&made);
  return TRUE;
}
