/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

#include "assay-database.h"
#include "assay-bidi.h"
#include "assay-folder.h"
#include "assay-store-error.h"

#define HEADER_BYTES 100
#define USER_VERSION_OFFSET 60
#define APPLICATION_ID_OFFSET 68
#define STEPS_BETWEEN_INTERRUPTS 4000

struct _AssayDatabase
{
  char *path;
  char *shown;            /* the path in a sentence */
  sqlite3 *handle;        /* (owned) */
  GHashTable *statements; /* (owned): SQL → AssayStatement */
  guint64 n_statements;
  guint64 n_commits;
  AssayDurability durability;
  AssayDatabaseInterrupt interrupt; /* (nullable) */
  gpointer interrupt_data;
  gboolean network;
  gboolean broken;
  gboolean read_only;
  gboolean damaged;
};

static AssayStoreError
error_code (AssayDatabase *self, int result)
{
  switch (result)
    {
    case SQLITE_CONSTRAINT_TRIGGER:
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      return ASSAY_STORE_ERROR_CONFLICT;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return ASSAY_STORE_ERROR_NOT_FOUND;
    default:
      break;
    }

  switch (result & 0xff)
    {
    case SQLITE_FULL:
      return ASSAY_STORE_ERROR_FULL;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
    case SQLITE_AUTH:
      return ASSAY_STORE_ERROR_READ_ONLY;
    case SQLITE_IOERR:
      /* SQLite knows a full disk, but not a full quota. */
      if (self->handle != NULL)
        {
          int system_error = sqlite3_system_errno (self->handle);

          if (system_error == ENOSPC || system_error == EDQUOT)
            return ASSAY_STORE_ERROR_FULL;
        }
      return ASSAY_STORE_ERROR_IO;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return ASSAY_STORE_ERROR_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ASSAY_STORE_ERROR_DAMAGED;
    default:
      return ASSAY_STORE_ERROR_INTERNAL;
    }
}

/* How much room there is tells whether it was made. */
static void
set_full_error (AssayDatabase *self, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GFileInfo) info =
      g_file_query_filesystem_info (file, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);
  g_autofree char *room =
      info != NULL ? g_format_size (
                         g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE))
                   : NULL;

  if (room != NULL)
    g_set_error (
        error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_FULL,
        /* Translators: the room that is left ("12 kB"), then a file name. */
        _ ("The disk is full (%s free), so “%s” cannot take the newest change. What was saved before is safe."),
        room, self->shown);
  else
    g_set_error (
        error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_FULL,
        _ ("The disk is full, so “%s” cannot take the newest change. What was saved before is safe."),
        self->shown);
}

gboolean
assay_database_fail (AssayDatabase *self, int result, GError **error)
{
  AssayStoreError code = error_code (self, result);
  const char *words =
      self->handle != NULL ? sqlite3_errmsg (self->handle) : sqlite3_errstr (result);

  /* What a failed sync left behind is unknown, even where the code says "full". */
  if ((result & 0xff) == SQLITE_IOERR || (result & 0xff) == SQLITE_CORRUPT
      || (result & 0xff) == SQLITE_NOTADB)
    self->broken = TRUE;
  if ((result & 0xff) == SQLITE_READONLY)
    self->read_only = TRUE;

  if ((result & 0xff) == SQLITE_INTERRUPT)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, words);
      return FALSE;
    }

  switch (code)
    {
    case ASSAY_STORE_ERROR_FULL:
      set_full_error (self, error);
      break;
    case ASSAY_STORE_ERROR_READ_ONLY:
      g_set_error (error, ASSAY_STORE_ERROR, code, _ ("“%s” cannot be written (%s)."), self->shown,
                   words);
      break;
    case ASSAY_STORE_ERROR_IO:
      g_set_error (error, ASSAY_STORE_ERROR, code,
                   _ ("The disk failed while “%s” was used (%s, %d)."), self->shown, words, result);
      break;
    case ASSAY_STORE_ERROR_BUSY:
      g_set_error (error, ASSAY_STORE_ERROR, code, _ ("Another program is using “%s”."),
                   self->shown);
      break;
    case ASSAY_STORE_ERROR_DAMAGED:
      g_set_error (error, ASSAY_STORE_ERROR, code, _ ("“%s” is damaged (%s)."), self->shown, words);
      break;
    case ASSAY_STORE_ERROR_CONFLICT:
      g_set_error (error, ASSAY_STORE_ERROR, code, _ ("“%s” does not allow this now (%s)."),
                   self->shown, words);
      break;
    case ASSAY_STORE_ERROR_NOT_FOUND:
      g_set_error (error, ASSAY_STORE_ERROR, code,
                   _ ("What this belongs to is not in “%s” any more."), self->shown);
      break;
    case ASSAY_STORE_ERROR_NEWER:
    case ASSAY_STORE_ERROR_CLOSED:
    case ASSAY_STORE_ERROR_INTERNAL:
    default:
      g_set_error (error, ASSAY_STORE_ERROR, code, _ ("“%s” refused a request (%s, %d)."),
                   self->shown, words, result);
      break;
    }
  return FALSE;
}

static gboolean
fail_foreign (AssayDatabase *self, GError **error)
{
  g_set_error (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_DAMAGED,
               _ ("“%s” is not a file of Assay’s. It was left as it is."), self->shown);
  return FALSE;
}

/* Reads without making a file beside it, as if nothing could change it: the lock beside it says so.
 */
static char *
read_written_by (const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *immutable = NULL;
  char *written_by = NULL;
  sqlite3 *handle = NULL;
  sqlite3_stmt *statement = NULL;

  if (uri == NULL)
    return NULL;
  immutable = g_strconcat (uri, "?immutable=1", NULL);
  if (sqlite3_open_v2 (immutable, &handle,
                       SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL)
          == SQLITE_OK
      && sqlite3_prepare_v2 (handle, "SELECT value FROM meta WHERE key = 'written_by'", -1,
                             &statement, NULL)
             == SQLITE_OK
      && sqlite3_step (statement) == SQLITE_ROW)
    written_by = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  return written_by;
}

static gboolean
fail_newer (AssayDatabase *self, GError **error)
{
  g_autofree char *written_by = read_written_by (self->path);

  if (written_by != NULL)
    g_set_error (
        error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_NEWER,
        /* Translators: a file name, then a version of Assay */
        _ ("“%s” was written by Assay %s, which is newer than this version. It was left as it is."),
        self->shown, written_by);
  else
    g_set_error (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_NEWER,
                 _ ("“%s” was written by a newer version of Assay. It was left as it is."),
                 self->shown);
  return FALSE;
}

static guint32
read_big_endian (const guint8 *bytes)
{
  return ((guint32) bytes[0] << 24) | ((guint32) bytes[1] << 16) | ((guint32) bytes[2] << 8)
         | (guint32) bytes[3];
}

/* Even opening a database makes files beside it, so the header is looked at first. No connection is
 * open yet: closing the descriptor takes no lock away. */
static gboolean
check_header (AssayDatabase *self, int newest_version, GError **error)
{
  guint8 header[HEADER_BYTES];
  gssize n_bytes;
  int fd = open (self->path, O_RDONLY | O_CLOEXEC);

  if (fd < 0)
    {
      int saved_errno = errno;

      g_set_error (error, ASSAY_STORE_ERROR,
                   saved_errno == EIO ? ASSAY_STORE_ERROR_IO : ASSAY_STORE_ERROR_READ_ONLY,
                   _ ("“%s” cannot be opened (%s)."), self->shown, g_strerror (saved_errno));
      return FALSE;
    }
  n_bytes = read (fd, header, sizeof header);
  close (fd);

  if (n_bytes == 0)
    return TRUE;
  if (n_bytes < HEADER_BYTES || memcmp (header, "SQLite format 3", 16) != 0)
    return fail_foreign (self, error);
  if ((gint32) read_big_endian (header + USER_VERSION_OFFSET) > newest_version
      && read_big_endian (header + APPLICATION_ID_OFFSET) == ASSAY_DATABASE_APPLICATION_ID)
    return fail_newer (self, error);
  return TRUE;
}

static int
open_handle (AssayDatabase *self, const char *path)
{
  return sqlite3_open_v2 (path, &self->handle,
                          SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
                              | SQLITE_OPEN_EXRESCODE,
                          NULL);
}

/* A new file gets its name when it has its header: a power cut while SQLite gives it one leaves a
 * page of zeros, which is nobody's file. */
static gboolean
make_file (AssayDatabase *self, GError **error)
{
  g_autofree char *unnamed = g_strconcat (self->path, ".new", NULL);
  g_autofree char *journal = g_strconcat (unnamed, "-journal", NULL);
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *identity =
      g_strdup_printf ("PRAGMA synchronous = EXTRA; PRAGMA application_id = %d;",
                       ASSAY_DATABASE_APPLICATION_ID);
  int result;

  /* What was cut off before. */
  g_unlink (unnamed);
  g_unlink (journal);
  result = open_handle (self, unnamed);
  if (result == SQLITE_OK)
    result = sqlite3_exec (self->handle, identity, NULL, NULL, NULL);
  if (result != SQLITE_OK)
    assay_database_fail (self, result, error);
  sqlite3_close (self->handle);
  self->handle = NULL;
  if (result != SQLITE_OK)
    return FALSE;

  if (g_rename (unnamed, self->path) != 0 || !assay_folder_sync (folder))
    {
      g_set_error (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_IO,
                   _ ("“%s” cannot be opened (%s)."), self->shown, g_strerror (errno));
      return FALSE;
    }
  return TRUE;
}

static gboolean
query_int (AssayDatabase *self, const char *sql, gint64 *value, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (self, sql, error);

  if (statement == NULL)
    return FALSE;
  *value = 0;
  if (assay_statement_step (statement, &local_error))
    *value = assay_statement_get_int (statement, 0);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  assay_statement_reset (statement);
  return TRUE;
}

/* The header may be older than the log beside it; now the log was read. */
static gboolean
check_identity (AssayDatabase *self, int newest_version, GError **error)
{
  gint64 version, application, n_tables;

  if (!query_int (self, "PRAGMA user_version", &version, error)
      || !query_int (self, "PRAGMA application_id", &application, error)
      || !query_int (self, "SELECT count(*) FROM sqlite_schema", &n_tables, error))
    return FALSE;

  if (n_tables == 0 && version == 0
      && (application == 0 || application == ASSAY_DATABASE_APPLICATION_ID))
    return TRUE;
  if (application != ASSAY_DATABASE_APPLICATION_ID)
    return fail_foreign (self, error);
  if (version > newest_version)
    return fail_newer (self, error);
  return TRUE;
}

/* The mode that it is in afterwards. */
static char *
set_mode (AssayDatabase *self, const char *pragma, GError **error)
{
  AssayStatement *statement = assay_database_prepare (self, pragma, error);
  char *mode = NULL;

  if (statement == NULL)
    return NULL;
  if (assay_statement_step (statement, error))
    mode = assay_statement_dup_text (statement, 0);
  assay_statement_reset (statement);
  return mode;
}

static gboolean
configure (AssayDatabase *self, GError **error)
{
  g_autofree char *mode = NULL;

  if (!assay_database_execute (
          self, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;",
          error))
    return FALSE;

  if (!self->network)
    {
      if ((mode = set_mode (self, "PRAGMA journal_mode = WAL", error)) == NULL)
        return FALSE;
      /* A file system without shared memory refuses silently; then it is treated like a network. */
      if (!g_str_equal (mode, "wal"))
        {
          g_clear_pointer (&mode, g_free);
          self->network = TRUE;
          if (!assay_database_execute (self, "PRAGMA locking_mode = EXCLUSIVE", error))
            return FALSE;
        }
    }
  if (self->network)
    {
      g_message ("“%s” is not on a local disk; every change takes longer", self->shown);
      if ((mode = set_mode (self, "PRAGMA journal_mode = DELETE", error)) == NULL)
        return FALSE;
      /* It keeps its log while another process reads it. */
      if (!g_str_equal (mode, "delete"))
        return assay_database_fail (self, SQLITE_BUSY, error);
    }

  if (!assay_database_execute (
          self, "PRAGMA wal_autocheckpoint = 1000; PRAGMA journal_size_limit = 8388608;", error))
    return FALSE;

  self->durability = ASSAY_DURABILITY_PERSON;
  return assay_database_execute (
      self, self->network ? "PRAGMA synchronous = EXTRA" : "PRAGMA synchronous = FULL", error);
}

static int
progress_cb (void *user_data)
{
  AssayDatabase *self = user_data;

  return self->interrupt (self->interrupt_data);
}

/* Written once, before there are others. */
static GThread *kept_off = NULL;

void
assay_database_keep_off_this_thread (void)
{
  kept_off = g_thread_self ();
}

AssayDatabase *
assay_database_open (const char *path, gboolean network, int newest_version, GError **error)
{
  g_autoptr (AssayDatabase) self = NULL;
  int result;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (g_thread_self () != kept_off, NULL);

  self = g_new0 (AssayDatabase, 1);
  self->path = g_strdup (path);
  self->shown = assay_bidi_isolate (path);
  self->network = network;
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) assay_statement_free);

  if (g_file_test (path, G_FILE_TEST_EXISTS) ? !check_header (self, newest_version, error)
                                             : !make_file (self, error))
    return NULL;

  result = open_handle (self, path);
  if (result != SQLITE_OK)
    {
      assay_database_fail (self, result, error);
      return NULL;
    }

  sqlite3_busy_timeout (self->handle, 5000);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);

  /* Until it is known to be ours, closing must not move the log into the file. */
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  /* Before the first page is read: a log on a network needs no shared memory then. */
  if (network && !assay_database_execute (self, "PRAGMA locking_mode = EXCLUSIVE", error))
    return NULL;
  if (!check_identity (self, newest_version, error))
    return NULL;
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);

  if (!configure (self, error))
    return NULL;
  self->read_only = sqlite3_db_readonly (self->handle, "main") == 1;
  return g_steal_pointer (&self);
}

void
assay_database_free (AssayDatabase *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->statements, g_hash_table_unref);
  if (self->handle != NULL && sqlite3_close (self->handle) != SQLITE_OK)
    g_critical ("A statement outlived the connection to “%s”", self->shown);
  g_free (self->path);
  g_free (self->shown);
  g_free (self);
}

const char *
assay_database_get_path (AssayDatabase *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->path;
}

gpointer
assay_database_get_handle (AssayDatabase *self)
{
  return self->handle;
}

int
assay_database_get_version (AssayDatabase *self)
{
  gint64 version;

  g_return_val_if_fail (self != NULL, 0);
  return query_int (self, "PRAGMA user_version", &version, NULL) ? version : 0;
}

AssayStatement *
assay_database_prepare (AssayDatabase *self, const char *sql, GError **error)
{
  AssayStatement *statement;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (sql != NULL, NULL);

  statement = g_hash_table_lookup (self->statements, sql);
  if (statement != NULL)
    {
      assay_statement_reset (statement);
      return statement;
    }

  statement = assay_statement_new (self, sql, error);
  if (statement != NULL)
    g_hash_table_insert (self->statements, g_strdup (sql), statement);
  return statement;
}

gboolean
assay_database_execute (AssayDatabase *self, const char *sql, GError **error)
{
  int result;

  g_return_val_if_fail (self != NULL, FALSE);

  self->n_statements++;
  result = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);
  return result == SQLITE_OK || assay_database_fail (self, result, error);
}

void
assay_database_reset_statements (AssayDatabase *self)
{
  GHashTableIter iter;
  gpointer statement;

  g_return_if_fail (self != NULL);

  g_hash_table_iter_init (&iter, self->statements);
  while (g_hash_table_iter_next (&iter, NULL, &statement))
    assay_statement_reset (statement);
}

gboolean
assay_database_begin (AssayDatabase *self, AssayDurability durability, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  /* Only between transactions may this change. Without a log there is no cheap commit that is still
   * safe. */
  if (durability != self->durability && !self->network)
    {
      if (!assay_database_execute (self,
                                   durability == ASSAY_DURABILITY_PERSON
                                       ? "PRAGMA synchronous = FULL"
                                       : "PRAGMA synchronous = NORMAL",
                                   error))
        return FALSE;
      self->durability = durability;
    }
  return assay_database_execute (self, "BEGIN IMMEDIATE", error);
}

gboolean
assay_database_commit (AssayDatabase *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (assay_database_execute (self, "COMMIT", error))
    {
      self->n_commits++;
      return TRUE;
    }
  assay_database_rollback (self);
  return FALSE;
}

void
assay_database_rollback (AssayDatabase *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (self != NULL);

  assay_database_reset_statements (self);
  /* SQLite rolls back by itself after some failures. */
  if (sqlite3_get_autocommit (self->handle))
    return;
  if (!assay_database_execute (self, "ROLLBACK", &error))
    {
      self->broken = TRUE;
      g_warning ("A transaction could not be rolled back: %s", error->message);
    }
}

gint64
assay_database_get_last_row (AssayDatabase *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return sqlite3_last_insert_rowid (self->handle);
}

guint
assay_database_get_n_changes (AssayDatabase *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return sqlite3_changes (self->handle);
}

guint64
assay_database_get_n_statements (AssayDatabase *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->n_statements;
}

guint64
assay_database_get_n_commits (AssayDatabase *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->n_commits;
}

void
assay_database_count_statement (AssayDatabase *self)
{
  self->n_statements++;
}

gboolean
assay_database_get_broken (AssayDatabase *self)
{
  g_return_val_if_fail (self != NULL, TRUE);
  return self->broken;
}

gboolean
assay_database_get_read_only (AssayDatabase *self)
{
  g_return_val_if_fail (self != NULL, TRUE);
  return self->read_only;
}

gboolean
assay_database_get_network (AssayDatabase *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->network;
}

gboolean
assay_database_get_damaged (AssayDatabase *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->damaged;
}

void
assay_database_set_damaged (AssayDatabase *self)
{
  g_return_if_fail (self != NULL);
  self->broken = TRUE;
  self->damaged = TRUE;
}

void
assay_database_set_interrupt (AssayDatabase *self,
                              AssayDatabaseInterrupt interrupt,
                              gpointer user_data)
{
  g_return_if_fail (self != NULL);

  self->interrupt = interrupt;
  self->interrupt_data = user_data;
  if (interrupt != NULL)
    sqlite3_progress_handler (self->handle, STEPS_BETWEEN_INTERRUPTS, progress_cb, self);
  else
    sqlite3_progress_handler (self->handle, 0, NULL, NULL);
}

char *
assay_database_check (AssayDatabase *self, gboolean thorough, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GString) found = g_string_new (NULL);
  AssayStatement *statement;

  g_return_val_if_fail (self != NULL, NULL);

  statement = assay_database_prepare (
      self, thorough ? "PRAGMA integrity_check(5)" : "PRAGMA quick_check(5)", error);
  if (statement == NULL)
    return NULL;

  while (assay_statement_step (statement, &local_error))
    {
      if (found->len > 0)
        g_string_append_c (found, '\n');
      g_string_append (found, assay_statement_get_text (statement, 0));
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return g_string_free_and_steal (g_steal_pointer (&found));
}
