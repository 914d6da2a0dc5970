/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-bidi.h"
#include "assay-rescue.h"
#include "assay-store-error.h"
#include "assay-store-thread.h"

#define MAX_INTERRUPTIONS 5

struct _AssayStoreThread
{
  GThread *thread;       /* (owned) */
  GAsyncQueue *queue;    /* (owned) */
  GMainContext *context; /* (owned): where results arrive */
  char *path;
  const AssayMigrations *migrations;
  guint64 n_pushed; /* atomic by the queue's lock */
  int n_urgent;     /* atomic: waiting jobs that upkeep must not keep waiting */
  int n_work;       /* atomic: those of them that a list must not keep waiting either */

  /* Of the thread. */
  AssayProfileFolder *folder; /* (owned) (nullable) */
  AssayDatabase *database;    /* (owned) (nullable) */
  AssayJob *current;          /* (nullable) */
  AssayClockWatch clock_watch;
  gboolean closed;
};

void
assay_job_free (AssayJob *job)
{
  if (job == NULL)
    return;
  if (job->free_data != NULL)
    job->free_data (job->data);
  if (G_IS_VALUE (&job->result))
    g_value_unset (&job->result);
  g_clear_error (&job->error);
  g_clear_object (&job->rescued);
  g_clear_object (&job->owner);
  dex_clear (&job->promise);
  g_free (job);
}

/* The sentinel that ends the thread comes before everything. */
static gboolean
is_last (AssayJob *job)
{
  return job->run == NULL;
}

static int
compare_jobs (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const AssayJob *left = a, *right = b;

  if ((left->run == NULL) != (right->run == NULL))
    return left->run == NULL ? -1 : 1;
  if (left->priority != right->priority)
    return left->priority < right->priority ? -1 : 1;
  return left->serial < right->serial ? -1 : left->serial > right->serial;
}

static gboolean
deliver_cb (gpointer user_data)
{
  AssayJob *job = user_data;

  if (job->deliver != NULL)
    job->deliver (job);

  if (job->error != NULL)
    dex_promise_reject (job->promise, g_steal_pointer (&job->error));
  else if (G_IS_VALUE (&job->result))
    dex_promise_resolve (job->promise, &job->result);
  else
    dex_promise_resolve_boolean (job->promise, TRUE);
  return G_SOURCE_REMOVE;
}

/* g_main_context_invoke() would run it here while nobody iterates the context. */
static void
deliver (AssayStoreThread *self, AssayJob *job)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "[assay] store result");
  g_source_set_callback (source, deliver_cb, job, (GDestroyNotify) assay_job_free);
  g_source_attach (source, self->context);
}

static void
push (AssayStoreThread *self, AssayJob *job)
{
  g_async_queue_lock (self->queue);
  /* What gave way keeps its place among its like. */
  if (job->n_interrupted == 0)
    job->serial = ++self->n_pushed;
  if (job->priority != ASSAY_JOB_IDLE)
    g_atomic_int_inc (&self->n_urgent);
  if (!is_last (job) && job->priority == ASSAY_JOB_WORK)
    g_atomic_int_inc (&self->n_work);
  g_async_queue_push_sorted_unlocked (self->queue, job, compare_jobs, NULL);
  g_async_queue_unlock (self->queue);
}

static gboolean
must_stop (gpointer user_data)
{
  AssayStoreThread *self = user_data;
  AssayJob *job = self->current;
  GCancellable *cancellable = dex_promise_get_cancellable (job->promise);

  return (job->priority == ASSAY_JOB_IDLE && g_atomic_int_get (&self->n_urgent) > 0)
         || (job->priority == ASSAY_JOB_READ && g_atomic_int_get (&self->n_work) > 0)
         || (cancellable != NULL && g_cancellable_is_cancelled (cancellable));
}

static gboolean
run_in_transaction (AssayStoreThread *self, AssayJob *job, GError **error)
{
  if (!assay_database_begin (
          self->database,
          job->mode == ASSAY_JOB_WRITE ? ASSAY_DURABILITY_PERSON : ASSAY_DURABILITY_BULK, error))
    return FALSE;
  if (!job->run (job, self->database, error))
    {
      assay_database_rollback (self->database);
      return FALSE;
    }
  assay_database_reset_statements (self->database);
  return assay_database_commit (self->database, error);
}

static gboolean
open_sound (AssayStoreThread *self, GError **error)
{
  g_autofree char *found = NULL;

  g_clear_pointer (&self->database, assay_database_free);
  self->database = assay_database_open (self->folder->database, self->folder->network,
                                        self->migrations->newest_version, error);
  if (self->database == NULL)
    return FALSE;

  found = assay_database_check (self->database, FALSE, error);
  if (g_strcmp0 (found, "ok") != 0)
    {
      g_autofree char *shown = assay_bidi_isolate (self->folder->database);

      if (found != NULL)
        g_set_error (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_DAMAGED,
                     _ ("“%s” is damaged (%s)."), shown, found);
      g_clear_pointer (&self->database, assay_database_free);
      return FALSE;
    }
  return TRUE;
}

/* Whether the error was damage, and the store is in order again. */
static gboolean
rescue (AssayStoreThread *self,
        AssayProfileFolder *folder,
        AssayRescueReport **rescued,
        GError **error)
{
  g_autoptr (AssayRescueReport) report = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!g_error_matches (*error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_DAMAGED)
      || assay_rescue_is_foreign (folder->database))
    return FALSE;
  if (!assay_rescue_run (folder, self->migrations, &report, &local_error))
    {
      g_warning ("The damaged store could not be rescued: %s", local_error->message);
      return FALSE;
    }
  g_clear_error (error);
  text = assay_rescue_report_dup_text (report);
  g_warning ("%s", text);
  g_set_object (rescued, report);
  return TRUE;
}

static gboolean
reopen (AssayStoreThread *self, AssayRescueReport **rescued, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean damaged = self->database != NULL && assay_database_get_damaged (self->database);

  /* A quick look may not see again what a thorough one saw. */
  if (damaged)
    {
      g_autofree char *shown = assay_bidi_isolate (self->folder->database);

      g_clear_pointer (&self->database, assay_database_free);
      g_set_error (&local_error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_DAMAGED,
                   _ ("“%s” is damaged."), shown);
    }
  /* A rescue that could not put its store in place is over before anything is written to the old
   * one: the next start would put it over that. */
  else if (!assay_rescue_finish (self->folder, self->migrations->newest_version, error))
    return FALSE;
  if ((!damaged && open_sound (self, &local_error))
      || (rescue (self, self->folder, rescued, &local_error) && open_sound (self, &local_error)))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
run_job (AssayStoreThread *self, AssayJob *job, GError **error)
{
  gboolean done;

  if (self->closed)
    {
      g_set_error_literal (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CLOSED,
                           _ ("The store was closed."));
      return FALSE;
    }
  if (self->folder != NULL
      && (self->database == NULL
          || (job->mode != ASSAY_JOB_PLAIN && assay_database_get_read_only (self->database)))
      && !reopen (self, &job->rescued, error))
    return FALSE;

  self->current = job;
  if (self->database != NULL && job->mode == ASSAY_JOB_PLAIN)
    assay_database_set_interrupt (self->database, must_stop, self);

  if (job->mode == ASSAY_JOB_PLAIN)
    done = job->run (job, self->database, error);
  else
    done = run_in_transaction (self, job, error);

  if (self->database != NULL)
    {
      assay_database_set_interrupt (self->database, NULL, NULL);
      assay_database_reset_statements (self->database);
    }
  if (done && job->after != NULL)
    job->after (job, self);
  self->current = NULL;
  return done;
}

static gboolean
comes_again (AssayStoreThread *self, AssayJob *job)
{
  GCancellable *cancellable = dex_promise_get_cancellable (job->promise);

  if (job->error == NULL)
    return job->again;
  if (self->closed || !g_error_matches (job->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  job->n_interrupted++;
  /* A list comes in the end, however much is written meanwhile. */
  return (job->priority == ASSAY_JOB_IDLE && job->n_interrupted < MAX_INTERRUPTIONS)
         || (job->priority == ASSAY_JOB_READ
             && (cancellable == NULL || !g_cancellable_is_cancelled (cancellable)));
}

static gpointer
thread_main (gpointer user_data)
{
  AssayStoreThread *self = user_data;

  while (TRUE)
    {
      AssayJob *job = g_async_queue_pop (self->queue);
      GCancellable *cancellable;

      if (is_last (job))
        {
          assay_job_free (job);
          break;
        }
      if (job->priority != ASSAY_JOB_IDLE)
        g_atomic_int_add (&self->n_urgent, -1);
      if (job->priority == ASSAY_JOB_WORK)
        g_atomic_int_add (&self->n_work, -1);

      cancellable = dex_promise_get_cancellable (job->promise);
      if (!g_cancellable_set_error_if_cancelled (cancellable, &job->error)
          && !run_job (self, job, &job->error))
        {
          g_assert (job->error != NULL);
          if (G_IS_VALUE (&job->result))
            g_value_unset (&job->result);
        }

      if (self->database != NULL && assay_database_get_broken (self->database))
        {
          g_autoptr (GError) error = NULL;

          g_warning ("The connection to “%s” failed and is opened again", self->folder->database);
          if (!reopen (self, &job->rescued, &error))
            g_warning ("%s", error->message);
          job->changes.everything = TRUE;
        }

      if (comes_again (self, job))
        {
          job->again = FALSE;
          g_clear_error (&job->error);
          push (self, job);
        }
      else
        {
          deliver (self, job);
        }
    }

  g_clear_pointer (&self->database, assay_database_free);
  g_clear_pointer (&self->folder, assay_profile_folder_free);
  return NULL;
}

AssayJob *
assay_job_new (AssayJobPriority priority,
               AssayJobMode mode,
               AssayJobFunc run,
               gpointer data,
               GDestroyNotify free_data)
{
  AssayJob *job = g_new0 (AssayJob, 1);

  g_return_val_if_fail (run != NULL, job);

  job->priority = priority;
  job->mode = mode;
  job->run = run;
  job->data = data;
  job->free_data = free_data;
  return job;
}

AssayStoreThread *
assay_store_thread_new (const char *folder, const AssayMigrations *migrations)
{
  AssayStoreThread *self;

  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (migrations != NULL, NULL);

  self = g_new0 (AssayStoreThread, 1);
  self->path = g_strdup (folder);
  self->migrations = migrations;
  self->queue = g_async_queue_new ();
  self->context = g_main_context_ref_thread_default ();
  self->thread = g_thread_new ("assay-store", thread_main, self);
  return self;
}

DexFuture *
assay_store_thread_push (AssayStoreThread *self, AssayJob *job)
{
  DexFuture *future;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (job != NULL, NULL);

  if (job->mode == ASSAY_JOB_PLAIN
      && (job->priority == ASSAY_JOB_OPEN || job->priority == ASSAY_JOB_READ))
    job->promise = dex_promise_new_cancellable ();
  else
    job->promise = dex_promise_new ();

  /* Once it is pushed it is not ours any more. */
  future = dex_ref (DEX_FUTURE (job->promise));
  push (self, job);
  return future;
}

void
assay_store_thread_free (AssayStoreThread *self)
{
  AssayJob *job;

  if (self == NULL)
    return;

  push (self, g_new0 (AssayJob, 1));
  g_thread_join (self->thread);

  while ((job = g_async_queue_try_pop (self->queue)) != NULL)
    {
      g_set_error_literal (&job->error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CLOSED,
                           _ ("The store was closed."));
      deliver (self, job);
    }
  g_async_queue_unref (self->queue);
  g_main_context_unref (self->context);
  g_free (self->path);
  g_free (self);
}

static AssayDatabase *
open_current (AssayStoreThread *self, AssayProfileFolder *folder, GError **error)
{
  g_autoptr (AssayDatabase) database =
      assay_database_open (folder->database, folder->network, self->migrations->newest_version,
                           error);

  if (database == NULL
      || !assay_migrations_run (self->migrations, database, folder->backups, error))
    return NULL;
  return g_steal_pointer (&database);
}

gboolean
assay_store_thread_open (AssayStoreThread *self, AssayRescueReport **rescued, GError **error)
{
  /* Freed in reverse: the lock outlives the connection. */
  g_autoptr (AssayProfileFolder) folder = NULL;
  g_autoptr (AssayDatabase) database = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (self->database == NULL, FALSE);

  folder = assay_profile_folder_open (self->path, error);
  if (folder == NULL)
    return FALSE;
  if (!assay_rescue_finish (folder, self->migrations->newest_version, error))
    return FALSE;
  assay_clock_watch_get_jump (&self->clock_watch);
  database = open_current (self, folder, &local_error);
  if (database == NULL && rescue (self, folder, rescued, &local_error))
    database = open_current (self, folder, &local_error);
  if (database == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  self->folder = g_steal_pointer (&folder);
  self->database = g_steal_pointer (&database);
  return TRUE;
}

void
assay_store_thread_close (AssayStoreThread *self)
{
  g_autoptr (GError) error = NULL;

  if (self->database != NULL
      && !assay_database_execute (self->database, "PRAGMA wal_checkpoint(TRUNCATE)", &error))
    g_warning ("%s", error->message);
  g_clear_pointer (&self->database, assay_database_free);
  g_clear_pointer (&self->folder, assay_profile_folder_free);
  self->closed = TRUE;
}

AssayClockWatch *
assay_store_thread_get_clock_watch (AssayStoreThread *self)
{
  return &self->clock_watch;
}

AssayProfileFolder *
assay_store_thread_get_folder (AssayStoreThread *self)
{
  return self->folder;
}

AssayDatabase *
assay_store_thread_get_database (AssayStoreThread *self)
{
  return self->database;
}
