/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>

#include "assay-backups.h"
#include "assay-store-private.h"
#include "assay-upkeep.h"

/* How an AssayStore is, and what a person does about it: checking and copying. */

G_DEFINE_BOXED_TYPE (AssayStoreHealth,
                     assay_store_health,
                     assay_store_health_copy,
                     assay_store_health_free)

AssayStoreHealth *
assay_store_health_copy (const AssayStoreHealth *self)
{
  AssayStoreHealth *copy = g_memdup2 (self, sizeof *self);

  if (copy->rescue != NULL)
    g_object_ref (copy->rescue);
  return copy;
}

void
assay_store_health_free (AssayStoreHealth *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->rescue);
  g_free (self);
}

static guint64
get_size (const char *path, const char *suffix)
{
  g_autofree char *file = g_strconcat (path, suffix, NULL);
  GStatBuf info;

  return g_stat (file, &info) == 0 ? info.st_size : 0;
}

static void
look_at_backups (AssayStoreHealth *health, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      gint64 time = assay_backups_get_time (name);
      g_autofree char *path = NULL;

      if (time == 0)
        continue;
      path = g_build_filename (folder, name, NULL);
      health->n_backups++;
      health->n_backup_bytes += get_size (path, "");
      health->backed_up_at = MAX (health->backed_up_at, time);
    }
}

static gboolean
run_get_health (AssayJob *job, AssayDatabase *database, GError **error)
{
  AssayStore *self = ASSAY_STORE (job->owner);
  AssayProfileFolder *folder = assay_store_thread_get_folder (_assay_store_get_thread (self));
  g_autoptr (AssayStoreHealth) health = g_new0 (AssayStoreHealth, 1);
  g_autofree char *rescue = _assay_store_dup_meta (database, ASSAY_STORE_META_RESCUE);

  health->n_bytes = get_size (folder->database, "") + get_size (folder->database, "-wal");
  look_at_backups (health, folder->backups);
  health->checked_at = assay_upkeep_get_checked_at (database);
  health->network = assay_database_get_network (database);
  health->rescue = assay_rescue_report_new_from_json (rescue);
  g_value_init (&job->result, ASSAY_TYPE_STORE_HEALTH);
  g_value_take_boxed (&job->result, g_steal_pointer (&health));
  return TRUE;
}

static gboolean
run_check (AssayJob *job, AssayDatabase *database, GError **error)
{
  g_autofree char *found = assay_database_check (database, TRUE, error);

  if (found == NULL)
    return FALSE;
  if (!g_str_equal (found, "ok"))
    /* The thread rescues it before anything else is done. */
    assay_database_set_damaged (database);
  else if (!assay_upkeep_note_check (database, error))
    return FALSE;
  g_value_init (&job->result, G_TYPE_STRING);
  g_value_take_string (&job->result, g_steal_pointer (&found));
  return TRUE;
}

static gboolean
run_back_up (AssayJob *job, AssayDatabase *database, GError **error)
{
  AssayStore *self = ASSAY_STORE (job->owner);
  AssayProfileFolder *folder = assay_store_thread_get_folder (_assay_store_get_thread (self));
  char *path = assay_backups_make (database, folder->backups, error);

  if (path == NULL)
    return FALSE;
  g_value_init (&job->result, G_TYPE_STRING);
  g_value_take_string (&job->result, path);
  return TRUE;
}

DexFuture *
assay_store_get_health (AssayStore *self)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);

  return _assay_store_push (self, assay_job_new (ASSAY_JOB_READ, ASSAY_JOB_PLAIN, run_get_health,
                                                 NULL, NULL));
}

DexFuture *
assay_store_check (AssayStore *self)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);

  return _assay_store_push (self,
                            assay_job_new (ASSAY_JOB_READ, ASSAY_JOB_PLAIN, run_check, NULL, NULL));
}

DexFuture *
assay_store_back_up (AssayStore *self)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);

  /* Not dropped with its future: a copy that is half written helps nobody. */
  return _assay_store_push (self, assay_job_new (ASSAY_JOB_BULK, ASSAY_JOB_PLAIN, run_back_up, NULL,
                                                 NULL));
}
