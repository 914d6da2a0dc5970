/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

#include "assay-backups.h"
#include "assay-bidi.h"
#include "assay-faultpoint.h"
#include "assay-folder.h"
#include "assay-store-error.h"

#define DAY_US (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)

static gboolean
fail (const char *path, int saved_errno, GError **error)
{
  g_autofree char *shown = assay_bidi_isolate (path);

  g_set_error (error, ASSAY_STORE_ERROR,
               saved_errno == ENOSPC || saved_errno == EDQUOT ? ASSAY_STORE_ERROR_FULL
                                                              : ASSAY_STORE_ERROR_IO,
               _ ("The copy “%s” could not be written (%s)."), shown, g_strerror (saved_errno));
  return FALSE;
}

static gboolean
sync_file (const char *path, GError **error)
{
  int fd = open (path, O_RDWR | O_CLOEXEC);
  int saved_errno;

  if (fd < 0)
    return fail (path, errno, error);
  if (fsync (fd) == 0)
    {
      close (fd);
      return TRUE;
    }
  saved_errno = errno;
  close (fd);
  return fail (path, saved_errno, error);
}

static gboolean
verify (const char *path, GError **error)
{
  sqlite3 *handle = NULL;
  sqlite3_stmt *statement = NULL;
  gboolean is_sound = FALSE;

  if (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK
      && sqlite3_prepare_v2 (handle, "PRAGMA quick_check(1)", -1, &statement, NULL) == SQLITE_OK
      && sqlite3_step (statement) == SQLITE_ROW)
    is_sound = g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") == 0;

  if (!is_sound)
    g_set_error (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_DAMAGED,
                 _ ("The copy “%s” is not sound, so it was not kept."), path);
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  return is_sound;
}

static gboolean
write_copy (AssayDatabase *database, const char *path, GError **error)
{
  AssayStatement *statement = assay_database_prepare (database, "VACUUM INTO ?1", error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, path);
  return assay_statement_run (statement, error) && sync_file (path, error) && verify (path, error);
}

gboolean
assay_backups_copy (AssayDatabase *database, const char *path, GError **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  g_unlink (part);
  if (!write_copy (database, part, error))
    {
      g_unlink (part);
      return FALSE;
    }
  g_chmod (part, 0600);
  return g_rename (part, path) == 0 || fail (path, errno, error);
}

char *
assay_backups_make (AssayDatabase *database, const char *folder, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = NULL;
  g_autofree char *path = NULL;
  g_autofree char *part = NULL;

  g_return_val_if_fail (database != NULL, NULL);
  g_return_val_if_fail (folder != NULL, NULL);

  if (!assay_folder_make (folder))
    {
      fail (folder, errno, error);
      return NULL;
    }

  /* With microseconds: two copies within a second are two files. */
  stamp = g_date_time_format (now, "%Y%m%dT%H%M%S");
  path = g_strdup_printf ("%s/%d-%s.%06dZ.db", folder, assay_database_get_version (database), stamp,
                          g_date_time_get_microsecond (now));
  part = g_strconcat (path, ".part", NULL);

  if (!write_copy (database, part, error))
    {
      g_unlink (part);
      return NULL;
    }
  g_chmod (part, 0600);
  ASSAY_FAULTPOINT ("backup:before-name");
  if (g_rename (part, path) != 0)
    {
      fail (path, errno, error);
      g_unlink (part);
      return NULL;
    }
  ASSAY_FAULTPOINT ("backup:after-name");
  if (!assay_folder_sync (folder))
    {
      fail (folder, errno, error);
      return NULL;
    }
  return g_steal_pointer (&path);
}

/* Newest first; the names sort by time. */
static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) b, *(const char *const *) a);
}

static GDateTime *
parse_name (const char *name)
{
  const char *time = strchr (name, '-');
  g_autofree char *iso = NULL;

  if (time == NULL || !g_ascii_isdigit (*name) || !g_str_has_suffix (name, "Z.db"))
    return NULL;
  iso = g_strndup (time + 1, strlen (time + 1) - strlen (".db"));
  return g_date_time_new_from_iso8601 (iso, NULL);
}

static GDateTime *
parse_time (const char *name, int version)
{
  g_autofree char *prefix = g_strdup_printf ("%d-", version);

  return g_str_has_prefix (name, prefix) ? parse_name (name) : NULL;
}

gint64
assay_backups_get_time (const char *path)
{
  g_autofree char *name = NULL;
  g_autoptr (GDateTime) time = NULL;

  g_return_val_if_fail (path != NULL, 0);

  name = g_path_get_basename (path);
  time = parse_name (name);
  return time != NULL ? g_date_time_to_unix_usec (time) : 0;
}

/* A clock that was ahead made it: it is not newer than what was made since. */
static gboolean
is_of_the_future (const char *name)
{
  return assay_backups_get_time (name) > g_get_real_time () + DAY_US;
}

/* By time, whatever version wrote it. */
static int
compare_times (gconstpointer a, gconstpointer b)
{
  const char *left = *(const char *const *) a;
  const char *right = *(const char *const *) b;

  if (is_of_the_future (left) != is_of_the_future (right))
    return is_of_the_future (left) ? 1 : -1;
  return g_strcmp0 (strchr (right, '-'), strchr (left, '-'));
}

/* Without opening it for writing, which would change it. */
static gboolean
copy_file (const char *from, const char *to)
{
  sqlite3 *handle = NULL;
  sqlite3_stmt *statement = NULL;
  gboolean done;

  g_unlink (to);
  done =
      sqlite3_open_v2 (from, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK
      && sqlite3_prepare_v2 (handle, "VACUUM INTO ?1", -1, &statement, NULL) == SQLITE_OK
      && sqlite3_bind_text (statement, 1, to, -1, SQLITE_STATIC) == SQLITE_OK
      && sqlite3_step (statement) == SQLITE_DONE;
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  return done;
}

/* Newest first. */
static GPtrArray *
list_copies (const char *folder, int newest_version)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, "Z.db") && strchr (name, '-') != NULL
        && g_ascii_strtoll (name, NULL, 10) <= newest_version)
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_times);
  return g_steal_pointer (&names);
}

char *
assay_backups_restore (const char *folder, const char *path, int newest_version)
{
  g_autoptr (GPtrArray) names = NULL;

  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  names = list_copies (folder, newest_version);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *from = g_build_filename (folder, names->pdata[i], NULL);

      if (verify (from, NULL) && copy_file (from, path) && verify (path, NULL))
        return g_steal_pointer (&from);
    }
  g_unlink (path);
  return NULL;
}

char *
assay_backups_find_newest (const char *folder)
{
  g_autoptr (GPtrArray) names = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  names = list_copies (folder, G_MAXINT);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);

      if (verify (path, NULL))
        return g_steal_pointer (&path);
    }
  return NULL;
}

void
assay_backups_thin (const char *folder, int version)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = NULL;
  const char *name;
  char last_day[16] = "", last_week[16] = "";
  guint n_days = 0, n_weeks = 0;

  g_return_if_fail (folder != NULL);

  dir = g_dir_open (folder, 0, NULL);
  if (dir == NULL)
    return;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr (GDateTime) time = parse_time (name, version);

      /* Otherwise a clock that was ahead once would take the places of the newest for ever. */
      if (time != NULL && is_of_the_future (name))
        continue;
      if (time != NULL)
        g_ptr_array_add (names, g_strdup (name));
      else if (g_str_has_suffix (name, ".part"))
        {
          /* A copy that was cut off. */
          g_autofree char *path = g_build_filename (folder, name, NULL);

          g_unlink (path);
        }
    }
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GDateTime) time = parse_time (names->pdata[i], version);
      g_autofree char *day = g_date_time_format (time, "%Y%m%d");
      g_autofree char *week = g_date_time_format (time, "%GW%V");
      g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);
      gboolean keep = FALSE;

      if (n_days < ASSAY_BACKUPS_DAILY && g_strcmp0 (day, last_day) != 0)
        {
          g_strlcpy (last_day, day, sizeof last_day);
          n_days++;
          keep = TRUE;
        }
      if (n_weeks < ASSAY_BACKUPS_WEEKLY && g_strcmp0 (week, last_week) != 0)
        {
          g_strlcpy (last_week, week, sizeof last_week);
          n_weeks++;
          keep = TRUE;
        }
      if (!keep)
        g_unlink (path);
    }
}
