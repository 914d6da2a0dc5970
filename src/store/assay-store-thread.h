/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "assay-clock-watch.h"
#include "assay-database.h"
#include "assay-migrations.h"
#include "assay-profile-folder.h"
#include "assay-rescue-report.h"

G_BEGIN_DECLS

/* In which order what waits is done; within one level, first come, first served. */
typedef enum
{
  ASSAY_JOB_WORK,  /* what a person made, and the outbox */
  ASSAY_JOB_OPEN,  /* what a person waits for: one task */
  ASSAY_JOB_READ,  /* lists and counts; gives way to work, and comes again */
  ASSAY_JOB_BULK,  /* imports */
  ASSAY_JOB_CLOSE, /* everything above is done before */
  ASSAY_JOB_IDLE,  /* upkeep; stops when something else waits, and comes again later */
} AssayJobPriority;

typedef enum
{
  ASSAY_JOB_PLAIN, /* reads, or does its own transactions */
  ASSAY_JOB_WRITE, /* one transaction, on the disk when its future resolves */
  ASSAY_JOB_WRITE_BULK,
} AssayJobMode;

/**
 * AssayStoreChanges:
 *
 * What a committed job changed, for the store's signals.
 */
typedef struct
{
  gboolean everything; /* the connection was lost under it: what it wrote may be there or not */
  gboolean tasks;
  gint64 tasks_project; /* 0: many */
  gint64 task_row;      /* 0: none */
  gboolean outbox;
  gboolean projects;
} AssayStoreChanges;

typedef struct _AssayJob AssayJob;
typedef struct _AssayStoreThread AssayStoreThread;

/* Runs on the store's thread; sets job->result. */
typedef gboolean (*AssayJobFunc) (AssayJob *job, AssayDatabase *database, GError **error);
/* On the store's thread after the commit returned; cannot fail any more. */
typedef void (*AssayJobAfterFunc) (AssayJob *job, AssayStoreThread *thread);
/* On the context of the owner, with the job's result or error, before its promise is kept. */
typedef void (*AssayJobDeliverFunc) (AssayJob *job);

/**
 * AssayJob:
 *
 * One closure for the store's thread, with the promise of its result.
 */
struct _AssayJob
{
  AssayJobPriority priority;
  AssayJobMode mode;
  AssayJobFunc run;
  AssayJobAfterFunc after;     /* (nullable) */
  AssayJobDeliverFunc deliver; /* (nullable) */
  gpointer data;               /* (owned) (nullable) */
  GDestroyNotify free_data;    /* (nullable) */
  GObject *owner;              /* (owned) (nullable): kept alive until the promise is kept */
  /* Set by a run that did a part: after its commit it queues again, and lets others go first. */
  gboolean again;

  GValue result;
  GError *error;              /* (owned) (nullable) */
  AssayRescueReport *rescued; /* (owned) (nullable): of a damaged store under it */
  AssayStoreChanges changes;

  /* Of the thread. */
  DexPromise *promise; /* (owned) */
  guint64 serial;
  guint n_interrupted;
};

AssayJob *assay_job_new (AssayJobPriority priority,
                         AssayJobMode mode,
                         AssayJobFunc run,
                         gpointer data,
                         GDestroyNotify free_data);
/* Only for a job that was never pushed. */
void assay_job_free (AssayJob *job);

/**
 * AssayStoreThread:
 *
 * The thread that owns the connection and the profile's folder, and its queue. All of its jobs run
 * there, one after the other; results arrive on the main context that was the caller's default when
 * the thread was made.
 *
 * When the disk fails, the connection is closed, opened again and checked before the next job: a
 * second sync proves nothing about the first. When the store is damaged, it is rescued then.
 */
AssayStoreThread *assay_store_thread_new (const char *folder, const AssayMigrations *migrations);
/* Takes @job. Reads that nobody waits for any more are left out. */
DexFuture *assay_store_thread_push (AssayStoreThread *self, AssayJob *job);
/* Ends the thread after what runs now; what waits is rejected with CLOSED. Blocks. */
void assay_store_thread_free (AssayStoreThread *self);

/* For jobs, on the thread. */
/* Takes the folder's lock and opens the database; the first job does it. A damaged one is rescued:
 * @rescued says how. */
gboolean
assay_store_thread_open (AssayStoreThread *self, AssayRescueReport **rescued, GError **error);
/* Checkpoints and gives the folder back. */
void assay_store_thread_close (AssayStoreThread *self);
AssayClockWatch *assay_store_thread_get_clock_watch (AssayStoreThread *self);
AssayProfileFolder *assay_store_thread_get_folder (AssayStoreThread *self);
AssayDatabase *assay_store_thread_get_database (AssayStoreThread *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayStoreThread, assay_store_thread_free)

G_END_DECLS
