/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-backups.h"
#include "assay-spool.h"
#include "assay-store-limits.h"
#include "assay-store-private.h"
#include "assay-upkeep.h"

#define DAY_US (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)
#define WEEK_US (7 * DAY_US)

#define BACKED_UP_AT "backed_up_at"
#define CHECKED_AT "checked_at"
#define THINNED_AT "thinned_at"
#define TIDIED_AT "tidied_at"

struct _AssayUpkeep
{
  gboolean must_check;
  gboolean copy_owed;
  char *damage; /* (nullable) */
};

static gint64
read_time (AssayDatabase *database, const char *key)
{
  g_autofree char *value = _assay_store_dup_meta (database, key);

  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0;
}

static gboolean
write_time (AssayDatabase *database, const char *key, gint64 time, GError **error)
{
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, time);

  if (!assay_database_begin (database, ASSAY_DURABILITY_BULK, error))
    return FALSE;
  if (!_assay_store_set_meta (database, key, value, error))
    {
      assay_database_rollback (database);
      return FALSE;
    }
  return assay_database_commit (database, error);
}

/* A time in the future was written by a clock that was wrong. */
static gboolean
is_over (gint64 time, gint64 interval, gint64 now)
{
  return time > now || now - time >= interval;
}

static gboolean
is_far_ahead (gint64 time, gint64 now)
{
  return time > 0 && now - time > WEEK_US;
}

static gboolean
look_for_damage (AssayUpkeep *self, AssayDatabase *database, gboolean thorough, GError **error)
{
  g_autofree char *found = assay_database_check (database, thorough, error);

  if (found == NULL)
    return FALSE;
  if (!g_str_equal (found, "ok"))
    {
      g_free (self->damage);
      self->damage = g_steal_pointer (&found);
      /* The thread rescues it. */
      assay_database_set_damaged (database);
    }
  return TRUE;
}

static gboolean
check (AssayUpkeep *self, AssayDatabase *database, gint64 now, GError **error)
{
  if (!self->must_check && !is_over (assay_upkeep_get_checked_at (database), WEEK_US, now))
    return TRUE;

  if (!look_for_damage (self, database, FALSE, error))
    return FALSE;
  if (self->damage != NULL)
    return TRUE;
  self->must_check = FALSE;
  return write_time (database, CHECKED_AT, now, error);
}

static gboolean
forget_revisions (AssayDatabase *database, gint64 now, GError **error)
{
  AssayStatement *statement;

  if (!assay_database_begin (database, ASSAY_DURABILITY_BULK, error))
    return FALSE;
  statement = assay_database_prepare (database,
                                      "DELETE FROM draft_revision WHERE written_at < ?1 AND task IN"
                                      " (SELECT id FROM task WHERE state = 'sent')",
                                      error);
  if (statement != NULL)
    {
      assay_statement_bind_int (statement, 1, now - ASSAY_STORE_KEEP_REVISIONS_US);
      if (assay_statement_run (statement, error))
        return assay_database_commit (database, error);
    }
  assay_database_rollback (database);
  return FALSE;
}

static gboolean
has_changed_since (AssayDatabase *database, gint64 time)
{
  AssayStatement *statement =
      assay_database_prepare (database,
                              "SELECT EXISTS (SELECT 1 FROM draft WHERE changed_at > ?1)"
                              " OR EXISTS (SELECT 1 FROM judgement WHERE submitted_at > ?1)"
                              " OR EXISTS (SELECT 1 FROM outbox WHERE changed_at > ?1)",
                              NULL);
  gboolean changed = FALSE;

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, time);
  if (assay_statement_step (statement, NULL))
    {
      changed = assay_statement_get_int (statement, 0) != 0;
      assay_statement_reset (statement);
    }
  return changed;
}

static gboolean
is_copy_due (AssayDatabase *database, gint64 now)
{
  return is_over (read_time (database, BACKED_UP_AT), DAY_US, now);
}

/* There is a person's work that no copy has. */
static gboolean
has_work_to_copy (AssayDatabase *database, gint64 now)
{
  gint64 last = read_time (database, BACKED_UP_AT);

  return has_changed_since (database, last > now ? 0 : last);
}

static gboolean
make_copy (AssayDatabase *database, const char *folder, gint64 now, GError **error)
{
  g_autofree char *path = assay_backups_make (database, folder, error);

  return path != NULL && write_time (database, BACKED_UP_AT, now, error);
}

static gboolean
back_up (AssayUpkeep *self, AssayDatabase *database, const char *folder, gint64 now, GError **error)
{
  if (!is_copy_due (database, now))
    return TRUE;
  self->copy_owed = !has_work_to_copy (database, now);
  return self->copy_owed || make_copy (database, folder, now, error);
}

/* After each copy, also one that was made as the store was closed. */
static gboolean
thin (AssayUpkeep *self, AssayDatabase *database, const char *folder, GError **error)
{
  gint64 copied = read_time (database, BACKED_UP_AT);

  if (read_time (database, THINNED_AT) == copied)
    return TRUE;
  /* Old copies are worth more than the newest if the store itself is not sound. */
  if (!look_for_damage (self, database, TRUE, error))
    return FALSE;
  if (self->damage != NULL)
    return TRUE;
  assay_backups_thin (folder, assay_database_get_version (database));
  return write_time (database, THINNED_AT, copied, error);
}

gint64
assay_upkeep_get_checked_at (AssayDatabase *database)
{
  g_return_val_if_fail (database != NULL, 0);
  return read_time (database, CHECKED_AT);
}

gboolean
assay_upkeep_note_check (AssayDatabase *database, GError **error)
{
  g_return_val_if_fail (database != NULL, FALSE);
  return write_time (database, CHECKED_AT, g_get_real_time (), error);
}

AssayUpkeep *
assay_upkeep_new (gboolean after_crash)
{
  AssayUpkeep *self = g_new0 (AssayUpkeep, 1);

  self->must_check = after_crash;
  return self;
}

void
assay_upkeep_free (AssayUpkeep *self)
{
  if (self == NULL)
    return;
  g_free (self->damage);
  g_free (self);
}

gboolean
assay_upkeep_run (AssayJob *job, AssayDatabase *database, GError **error)
{
  AssayUpkeep *self = job->data;
  AssayStore *store = ASSAY_STORE (job->owner);
  AssayProfileFolder *folder = assay_store_thread_get_folder (_assay_store_get_thread (store));
  gint64 now = g_get_real_time ();
  gboolean believed;

  if (!check (self, database, now, error))
    return FALSE;
  /* A damaged store is left alone. */
  if (self->damage != NULL)
    return TRUE;

  /* A clock that is far ahead of the last time makes everything old: what is over waits for the
   * next round, when it was either put right or is believed. */
  believed = !is_far_ahead (read_time (database, TIDIED_AT), now);
  return assay_spool_tidy (folder->spool, database, believed ? now : 0, error)
         && (!believed || forget_revisions (database, now, error))
         && write_time (database, TIDIED_AT, now, error)
         && back_up (self, database, folder->backups, now, error)
         && thin (self, database, folder->backups, error);
}

gboolean
assay_upkeep_copy_if_due (AssayDatabase *database, AssayProfileFolder *folder, GError **error)
{
  gint64 now = g_get_real_time ();

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (folder != NULL, FALSE);

  return !is_copy_due (database, now) || !has_work_to_copy (database, now)
         || make_copy (database, folder->backups, now, error);
}

gboolean
assay_upkeep_get_copy_owed (AssayUpkeep *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->copy_owed;
}

char *
assay_upkeep_steal_damage (AssayUpkeep *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return g_steal_pointer (&self->damage);
}
