/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-store-private.h"
#include "assay-upkeep.h"

/* A program that stays open for days does its upkeep too. */
#define UPKEEP_INTERVAL_SECONDS (6 * 3600)
/* What gave way to a person's work again and again. */
#define UPKEEP_RETRY_SECONDS 60

struct _AssayStore
{
  GObject parent_instance;

  char *folder;
  AssayStoreThread *thread; /* (owned) */
  guint upkeep_timer;
  gboolean must_check;              /* it was not closed, and no upkeep has come to its end since */
  gboolean copy_owed;               /* the daily copy is due as soon as there is something new */
  gboolean changed;                 /* there is, since the last upkeep began */
  AssayRescueReport *rescue_report; /* (owned) (nullable) not told yet */
  gboolean closed;
};

G_DEFINE_FINAL_TYPE (AssayStore, assay_store, G_TYPE_OBJECT)

enum
{
  TASKS_CHANGED,
  TASK_CHANGED,
  OUTBOX_CHANGED,
  PROJECTS_CHANGED,
  DAMAGE_FOUND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
assay_store_finalize (GObject *object)
{
  AssayStore *self = ASSAY_STORE (object);

  g_clear_handle_id (&self->upkeep_timer, g_source_remove);
  g_clear_pointer (&self->thread, assay_store_thread_free);
  g_clear_object (&self->rescue_report);
  g_free (self->folder);

  G_OBJECT_CLASS (assay_store_parent_class)->finalize (object);
}

static void
assay_store_class_init (AssayStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = assay_store_finalize;

  signals[TASKS_CHANGED] = g_signal_new ("tasks-changed", ASSAY_TYPE_STORE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[TASK_CHANGED] = g_signal_new ("task-changed", ASSAY_TYPE_STORE, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[OUTBOX_CHANGED] = g_signal_new ("outbox-changed", ASSAY_TYPE_STORE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PROJECTS_CHANGED] = g_signal_new ("projects-changed", ASSAY_TYPE_STORE, G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DAMAGE_FOUND] = g_signal_new ("damage-found", ASSAY_TYPE_STORE, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, ASSAY_TYPE_RESCUE_REPORT);
}

static void
assay_store_init (AssayStore *self)
{
}

static void
tell_rescue (AssayJob *job)
{
  AssayStore *self = ASSAY_STORE (job->owner);

  if (job->rescued == NULL)
    return;
  g_set_object (&self->rescue_report, job->rescued);
  g_signal_emit (self, signals[DAMAGE_FOUND], 0, job->rescued);
}

static void start_upkeep (AssayStore *self);

void
_assay_store_note_work (AssayStore *self)
{
  g_assert (ASSAY_IS_STORE (self));

  self->changed = TRUE;
  if (self->copy_owed && !self->closed)
    start_upkeep (self);
}

void
_assay_store_emit (AssayJob *job)
{
  AssayStore *self = ASSAY_STORE (job->owner);
  const AssayStoreChanges *changes = &job->changes;

  tell_rescue (job);

  if (job->error != NULL && !changes->everything)
    return;

  if (changes->projects || changes->everything)
    g_signal_emit (self, signals[PROJECTS_CHANGED], 0);
  if (changes->task_row != 0)
    g_signal_emit (self, signals[TASK_CHANGED], 0, changes->task_row);
  if (changes->tasks || changes->everything)
    g_signal_emit (self, signals[TASKS_CHANGED], 0,
                   changes->everything ? 0 : changes->tasks_project);
  if (changes->outbox || changes->everything)
    {
      _assay_store_note_work (self);
      g_signal_emit (self, signals[OUTBOX_CHANGED], 0);
    }
}

DexFuture *
_assay_store_push (AssayStore *self, AssayJob *job)
{
  g_assert (ASSAY_IS_STORE (self));
  g_assert (job != NULL);

  if (self->closed && job->priority != ASSAY_JOB_CLOSE)
    {
      assay_job_free (job);
      return dex_future_new_reject (ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CLOSED, "%s",
                                    _ ("The store was closed."));
    }

  job->owner = g_object_ref (G_OBJECT (self));
  if (job->deliver == NULL)
    job->deliver = _assay_store_emit;
  return assay_store_thread_push (self->thread, job);
}

AssayStoreThread *
_assay_store_get_thread (AssayStore *self)
{
  return self->thread;
}

gboolean
_assay_store_set_meta (AssayDatabase *database, const char *key, const char *value, GError **error)
{
  AssayStatement *statement = assay_database_prepare (
      database,
      "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, key);
  assay_statement_bind_text (statement, 2, value);
  return assay_statement_run (statement, error);
}

char *
_assay_store_dup_meta (AssayDatabase *database, const char *key)
{
  AssayStatement *statement =
      assay_database_prepare (database, "SELECT value FROM meta WHERE key = ?1", NULL);
  char *value = NULL;

  if (statement == NULL)
    return NULL;
  assay_statement_bind_text (statement, 1, key);
  if (assay_statement_step (statement, NULL))
    {
      value = assay_statement_dup_text (statement, 0);
      assay_statement_reset (statement);
    }
  return value;
}

/* What was in flight when the program ended may have arrived or not. */
static gboolean
begin_session (AssayDatabase *database, gboolean *was_clean, GError **error)
{
  g_autofree char *clean = _assay_store_dup_meta (database, "clean_exit");
  gint64 now = g_get_real_time ();
  AssayStatement *outbox, *attempt;

  *was_clean = clean == NULL || g_str_equal (clean, "1");

  attempt = assay_database_prepare (
      database,
      "UPDATE attempt SET ended_at = ?1, class = 'interrupted' WHERE ended_at IS NULL AND outbox IN"
      " (SELECT id FROM outbox WHERE state = 'sending')",
      error);
  if (attempt == NULL)
    return FALSE;
  assay_statement_bind_int (attempt, 1, now);
  if (!assay_statement_run (attempt, error))
    return FALSE;

  outbox = assay_database_prepare (
      database,
      "UPDATE outbox SET state = 'unknown', changed_at = ?1, next_at = ?1, last_class = 'interrupted'"
      " WHERE state = 'sending'",
      error);
  if (outbox == NULL)
    return FALSE;
  assay_statement_bind_int (outbox, 1, now);

  return assay_statement_run (outbox, error)
         && _assay_store_set_meta (database, "clean_exit", "0", error)
         && _assay_store_set_meta (database, "written_by", PACKAGE_VERSION, error);
}

/* What an earlier run did and nobody saw. */
static void
recall_rescue (AssayJob *job, AssayDatabase *database)
{
  g_autofree char *told = _assay_store_dup_meta (database, ASSAY_STORE_META_RESCUE_TOLD);
  g_autofree char *json = NULL;

  if (job->rescued != NULL || g_strcmp0 (told, "0") != 0)
    return;
  json = _assay_store_dup_meta (database, ASSAY_STORE_META_RESCUE);
  job->rescued = assay_rescue_report_new_from_json (json);
}

static gboolean
run_open (AssayJob *job, AssayDatabase *unused, GError **error)
{
  AssayStore *self = ASSAY_STORE (job->owner);
  gboolean *was_clean = job->data;
  AssayDatabase *database;

  if (!assay_store_thread_open (self->thread, &job->rescued, error))
    return FALSE;
  database = assay_store_thread_get_database (self->thread);
  recall_rescue (job, database);

  if (!assay_database_begin (database, ASSAY_DURABILITY_PERSON, error))
    return FALSE;
  if (!begin_session (database, was_clean, error))
    {
      assay_database_rollback (database);
      return FALSE;
    }
  return assay_database_commit (database, error);
}

static void
upkeep_cb (gpointer user_data)
{
  AssayStore *self = user_data;

  self->upkeep_timer = 0;
  start_upkeep (self);
}

static void
deliver_upkeep (AssayJob *job)
{
  AssayStore *self = ASSAY_STORE (job->owner);
  g_autofree char *damage = assay_upkeep_steal_damage (job->data);
  gboolean gave_way = g_error_matches (job->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* A store that is closed soon after it was opened keeps it for the next time. */
  if (job->error != NULL && !gave_way
      && !g_error_matches (job->error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CLOSED))
    g_warning ("Upkeep of the store failed: %s", job->error->message);
  if (damage != NULL)
    g_warning ("The store is damaged: %s", damage);
  if (job->error == NULL)
    {
      self->must_check = FALSE;
      self->copy_owed = assay_upkeep_get_copy_owed (job->data);
    }
  if (!self->closed && self->copy_owed && self->changed)
    start_upkeep (self);
  else if (!self->closed)
    self->upkeep_timer =
        g_timeout_add_seconds_once (gave_way ? UPKEEP_RETRY_SECONDS : UPKEEP_INTERVAL_SECONDS,
                                    upkeep_cb, self);
  _assay_store_emit (job);
}

static void
start_upkeep (AssayStore *self)
{
  AssayJob *job =
      assay_job_new (ASSAY_JOB_IDLE, ASSAY_JOB_PLAIN, assay_upkeep_run,
                     assay_upkeep_new (self->must_check), (GDestroyNotify) assay_upkeep_free);

  g_clear_handle_id (&self->upkeep_timer, g_source_remove);
  self->copy_owed = FALSE;
  self->changed = FALSE;
  job->deliver = deliver_upkeep;
  dex_future_disown (_assay_store_push (self, job));
}

static gboolean
begin_upkeep_cb (gpointer user_data)
{
  start_upkeep (user_data);
  return G_SOURCE_REMOVE;
}

static void
deliver_open (AssayJob *job)
{
  AssayStore *self = ASSAY_STORE (job->owner);
  gboolean *was_clean = job->data;
  g_autoptr (GSource) start = NULL;

  tell_rescue (job);
  if (job->error != NULL)
    return;

  g_value_init (&job->result, ASSAY_TYPE_STORE);
  g_value_set_object (&job->result, self);
  self->must_check = !*was_clean;
  /* Whatever is shown first comes before it. */
  start = g_idle_source_new ();
  g_source_set_priority (start, G_PRIORITY_LOW);
  g_source_set_static_name (start, "[assay] upkeep");
  g_source_set_callback (start, begin_upkeep_cb, g_object_ref (self), g_object_unref);
  g_source_attach (start, g_main_context_get_thread_default ());
}

DexFuture *
_assay_store_open_with (const char *folder, const AssayMigrations *migrations)
{
  g_autoptr (AssayStore) self = g_object_new (ASSAY_TYPE_STORE, NULL);
  AssayJob *job;

  self->folder = g_strdup (folder);
  self->thread = assay_store_thread_new (folder, migrations);

  job = assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_PLAIN, run_open, g_new0 (gboolean, 1), g_free);
  job->deliver = deliver_open;
  return _assay_store_push (self, job);
}

static gboolean
run_close (AssayJob *job, AssayDatabase *database, GError **error)
{
  AssayStore *self = ASSAY_STORE (job->owner);
  g_autoptr (GError) copy_error = NULL;
  gboolean sound = TRUE;
  gboolean done;

  /* A task that is open until the end was not left before. Work is kept without a copy too, so that
   * nobody is kept from closing where none can be made. */
  if (!assay_upkeep_copy_if_due (database, assay_store_thread_get_folder (self->thread),
                                 &copy_error))
    {
      g_warning ("The daily copy could not be made: %s", copy_error->message);
      sound = !g_error_matches (copy_error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_DAMAGED);
    }

  done = assay_database_begin (database, ASSAY_DURABILITY_PERSON, error);
  if (done)
    {
      /* Or else the next start looks for the damage. */
      done = _assay_store_set_meta (database, "clean_exit", sound ? "1" : "0", error);
      if (done)
        done = assay_database_commit (database, error);
      else
        assay_database_rollback (database);
    }
  assay_store_thread_close (self->thread);
  return done;
}

typedef struct
{
  char *key;
  char *json;
} Setting;

static void
setting_free (Setting *setting)
{
  g_free (setting->key);
  g_free (setting->json);
  g_free (setting);
}

static Setting *
setting_new (const char *key, const char *json)
{
  Setting *setting = g_new0 (Setting, 1);

  setting->key = g_strdup (key);
  setting->json = g_strdup (json);
  return setting;
}

static gboolean
run_set_value (AssayJob *job, AssayDatabase *database, GError **error)
{
  Setting *setting = job->data;
  AssayStatement *statement = assay_database_prepare (
      database,
      "INSERT INTO setting (key, json) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET json = ?2",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, setting->key);
  assay_statement_bind_text (statement, 2, setting->json);
  return assay_statement_run (statement, error);
}

static gboolean
run_get_value (AssayJob *job, AssayDatabase *database, GError **error)
{
  Setting *setting = job->data;
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement =
      assay_database_prepare (database, "SELECT json FROM setting WHERE key = ?1", error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, setting->key);
  if (assay_statement_step (statement, &local_error))
    {
      g_value_init (&job->result, G_TYPE_STRING);
      g_value_take_string (&job->result, assay_statement_dup_text (statement, 0));
      return TRUE;
    }
  if (local_error == NULL)
    g_set_error (&local_error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_NOT_FOUND,
                 _ ("The profile has no setting “%s”."), setting->key);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

DexFuture *
assay_store_open (const char *folder)
{
  g_return_val_if_fail (folder != NULL, NULL);
  return _assay_store_open_with (folder, assay_migrations_get_own ());
}

char *
assay_store_dup_default_folder (void)
{
  const char *profile = g_getenv ("ASSAY_PROFILE");

  if (profile != NULL && *profile != '\0')
    return g_canonicalize_filename (profile, NULL);
  return g_build_filename (g_get_user_data_dir (), "assay", NULL);
}

const char *
assay_store_get_folder (AssayStore *self)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  return self->folder;
}

AssayRescueReport *
assay_store_get_rescue_report (AssayStore *self)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  return self->rescue_report;
}

static gboolean
run_settle_rescue (AssayJob *job, AssayDatabase *database, GError **error)
{
  g_autofree char *json = _assay_store_dup_meta (database, ASSAY_STORE_META_RESCUE);

  /* Another may have come since. */
  return g_strcmp0 (json, job->data) != 0
         || _assay_store_set_meta (database, ASSAY_STORE_META_RESCUE_TOLD, "1", error);
}

DexFuture *
assay_store_settle_rescue_report (AssayStore *self, AssayRescueReport *report)
{
  char *json;

  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (ASSAY_IS_RESCUE_REPORT (report), NULL);

  json = assay_rescue_report_to_json (report);
  if (self->rescue_report == report)
    g_clear_object (&self->rescue_report);
  return _assay_store_push (self, assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE, run_settle_rescue,
                                                 json, g_free));
}

DexFuture *
assay_store_close (AssayStore *self)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);

  if (self->closed)
    return dex_future_new_true ();
  self->closed = TRUE;
  g_clear_handle_id (&self->upkeep_timer, g_source_remove);
  return _assay_store_push (self, assay_job_new (ASSAY_JOB_CLOSE, ASSAY_JOB_PLAIN, run_close, NULL,
                                                 NULL));
}

DexFuture *
assay_store_set_value (AssayStore *self, const char *key, const char *json)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (json != NULL, NULL);

  return _assay_store_push (self,
                            assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE, run_set_value,
                                           setting_new (key, json), (GDestroyNotify) setting_free));
}

DexFuture *
assay_store_get_value (AssayStore *self, const char *key)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  return _assay_store_push (self,
                            assay_job_new (ASSAY_JOB_OPEN, ASSAY_JOB_PLAIN, run_get_value,
                                           setting_new (key, NULL), (GDestroyNotify) setting_free));
}
