/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-workspace.h"

#include <glib/gi18n.h>

#include "assay-json.h"
#include "assay-practice.h"

#define EXPORT_ROWS_PER_PAGE 50

#define PRACTICE_DIGEST_KEY "practice-digest"

/* What a fiber works with; each function uses the members that it needs. */
typedef struct
{
  AssayStore *store;         /* (owned) */
  AssayProject *project;     /* (owned) (nullable) */
  AssayExporter *exporter;   /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) */
  gboolean with_drafts;
  gboolean renew; /* only what is there */
} Job;

static Job *
job_new (AssayStore *store)
{
  Job *job = g_new0 (Job, 1);

  job->store = g_object_ref (store);
  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->store);
  g_clear_object (&job->project);
  g_clear_object (&job->exporter);
  g_clear_object (&job->cancellable);
  g_free (job);
}

/* Practice */

static DexFuture *
load_practice_fiber (gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sets = assay_practice_load (&error);

  if (sets == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&sets));
}

static char *
digest_practice (GPtrArray *sets)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < sets->len; i++)
    {
      AssayPracticeSet *set = g_ptr_array_index (sets, i);

      g_checksum_update (checksum, (const guchar *) assay_guideline_get_sha256 (set->guideline),
                         -1);
      for (guint j = 0; j < set->tasks->len; j++)
        {
          g_autoptr (JsonNode) node = assay_task_to_json (g_ptr_array_index (set->tasks, j));
          g_autofree char *text = assay_json_to_string (node);

          g_checksum_update (checksum, (const guchar *) text, -1);
        }
    }
  return g_strdup_printf ("\"%s\"", g_checksum_get_string (checksum));
}

/* What the person removed stays removed until it is asked for. */
static gboolean
is_present (GPtrArray *projects, AssayProject *project)
{
  for (guint i = 0; i < projects->len; i++)
    {
      AssayProject *present = g_ptr_array_index (projects, i);

      if (g_strcmp0 (assay_project_get_account (present), assay_project_get_account (project)) == 0
          && g_strcmp0 (assay_project_get_external_id (present),
                        assay_project_get_external_id (project))
                 == 0)
        return TRUE;
    }
  return FALSE;
}

static DexFuture *
install_practice_fiber (gpointer user_data)
{
  Job *job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sets = NULL;
  g_autoptr (GPtrArray) projects = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *installed = NULL;
  guint n_new = 0;

  sets = dex_await_boxed (dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0,
                                               load_practice_fiber, NULL, NULL),
                          &error);
  if (sets == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  digest = digest_practice (sets);
  installed = dex_await_string (assay_store_get_value (job->store, PRACTICE_DIGEST_KEY), NULL);
  if (g_strcmp0 (digest, installed) == 0)
    return dex_future_new_for_uint (0);

  if (!dex_await (assay_store_ensure_account (job->store, ASSAY_PRACTICE_ACCOUNT, "practice",
                                              _ ("Practice")),
                  &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  projects = dex_await_boxed (assay_store_list_projects (job->store), &error);
  if (projects == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  for (guint i = 0; i < sets->len; i++)
    {
      AssayPracticeSet *set = g_ptr_array_index (sets, i);
      gint64 id;

      if (job->renew && !is_present (projects, set->project))
        continue;
      id = dex_await_int64 (assay_store_save_project (job->store, set->project), &error);
      if (error != NULL
          || !dex_await (assay_store_save_guideline (job->store, id, set->guideline), &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
      n_new += dex_await_uint (assay_store_add_tasks (job->store, id, set->tasks), &error);
      if (error != NULL)
        return dex_future_new_for_error (g_steal_pointer (&error));
    }

  if (!dex_await (assay_store_set_value (job->store, PRACTICE_DIGEST_KEY, digest), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_for_uint (n_new);
}

DexFuture *
assay_workspace_install_practice (AssayStore *store)
{
  dex_return_error_if_fail (ASSAY_IS_STORE (store));

  return dex_scheduler_spawn (NULL, 0, install_practice_fiber, job_new (store), job_free);
}

static DexFuture *
practised_cb (DexFuture *future, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) != NULL)
    {
      Job *job = job_new (user_data);

      job->renew = TRUE;
      return dex_scheduler_spawn (NULL, 0, install_practice_fiber, job, job_free);
    }
  if (g_error_matches (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_NOT_FOUND))
    return dex_future_new_for_uint (0);
  return dex_future_new_for_error (g_steal_pointer (&error));
}

DexFuture *
assay_workspace_renew_practice (AssayStore *store)
{
  dex_return_error_if_fail (ASSAY_IS_STORE (store));

  return dex_future_finally (assay_store_get_value (store, PRACTICE_DIGEST_KEY), practised_cb,
                             g_object_ref (store), g_object_unref);
}

/* Export */

typedef struct
{
  AssayExporter *exporter; /* (owned) */
  GPtrArray *rows;         /* (owned) */
} ExportPage;

static void
export_page_free (gpointer data)
{
  ExportPage *page = data;

  g_clear_object (&page->exporter);
  g_clear_pointer (&page->rows, g_ptr_array_unref);
  g_free (page);
}

/* Runs on a thread: writing waits for the disk. */
static DexFuture *
write_page_fiber (gpointer user_data)
{
  ExportPage *page = user_data;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < page->rows->len; i++)
    {
      AssayExportRow *row = g_ptr_array_index (page->rows, i);

      if (row->error != NULL)
        assay_exporter_add_unread (page->exporter, row->task_id, row->title, row->error->message);
      assay_exporter_add_earlier (page->exporter, row->n_earlier);
      if (row->task != NULL
          && !assay_exporter_add (page->exporter, row->task, row->judgement, row->is_draft, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }
  return dex_future_new_true ();
}

static DexFuture *
begin_export_fiber (gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!assay_exporter_begin (user_data, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

static DexFuture *
finish_export_fiber (gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!assay_exporter_finish (user_data, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

typedef struct
{
  DexFiberFunc function;
  gpointer data; /* (owned) */
  GDestroyNotify destroy;
} ThreadWork;

/* The data are let go of before whoever waits goes on: the program may end next, and not care for
 * what a thread still has in its hands. */
static DexFuture *
thread_work_fiber (gpointer user_data)
{
  g_autofree ThreadWork *work = user_data;
  DexFuture *future = work->function (work->data);

  work->destroy (work->data);
  return future;
}

/* @data: (transfer full) */
static DexFuture *
on_thread (DexFiberFunc function, gpointer data, GDestroyNotify destroy)
{
  ThreadWork *work = g_new0 (ThreadWork, 1);

  work->function = function;
  work->data = data;
  work->destroy = destroy;
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, thread_work_fiber, work,
                              NULL);
}

/* The guidelines that the tasks were judged by, each once. What the store no longer has is named by
 * the tasks all the same. */
static void
add_guidelines (Job *job, GPtrArray *rows, GHashTable *seen)
{
  for (guint i = 0; i < rows->len; i++)
    {
      AssayExportRow *row = g_ptr_array_index (rows, i);
      const char *id = row->task != NULL ? assay_task_get_guideline_id (row->task) : NULL;
      int version = row->task != NULL ? assay_task_get_guideline_version (row->task) : 0;
      g_autoptr (AssayGuideline) guideline = NULL;

      if (id == NULL || !g_hash_table_add (seen, g_strdup_printf ("%s %d", id, version)))
        continue;
      guideline = dex_await_object (assay_store_load_guideline (job->store, id, version), NULL);
      if (guideline != NULL)
        assay_exporter_add_guideline (job->exporter, guideline);
    }
}

static gboolean
write_rows (Job *job, GError **error)
{
  g_autoptr (GHashTable) guidelines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 after = 0;

  for (;;)
    {
      g_autoptr (GPtrArray) rows = NULL;
      ExportPage *page;

      if (g_cancellable_set_error_if_cancelled (job->cancellable, error))
        return FALSE;
      rows =
          dex_await_boxed (assay_store_list_export_rows (job->store,
                                                         assay_project_get_id (job->project), after,
                                                         EXPORT_ROWS_PER_PAGE, job->with_drafts),
                           error);
      if (rows == NULL)
        return FALSE;
      if (rows->len == 0)
        return TRUE;
      after = ((AssayExportRow *) g_ptr_array_index (rows, rows->len - 1))->row;
      add_guidelines (job, rows, guidelines);

      page = g_new0 (ExportPage, 1);
      page->exporter = g_object_ref (job->exporter);
      page->rows = g_steal_pointer (&rows);
      if (!dex_await (on_thread (write_page_fiber, page, export_page_free), error))
        return FALSE;
    }
}

static DexFuture *
export_fiber (gpointer user_data)
{
  Job *job = user_data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (on_thread (begin_export_fiber, g_object_ref (job->exporter), g_object_unref),
                  &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (!write_rows (job, &error)
      || !dex_await (on_thread (finish_export_fiber, g_object_ref (job->exporter), g_object_unref),
                     &error))
    {
      assay_exporter_abort (job->exporter);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }
  return dex_future_new_true ();
}

DexFuture *
assay_workspace_export (AssayStore *store,
                        AssayProject *project,
                        AssayExporter *exporter,
                        gboolean with_drafts,
                        GCancellable *cancellable)
{
  Job *job;

  dex_return_error_if_fail (ASSAY_IS_STORE (store));
  dex_return_error_if_fail (ASSAY_IS_PROJECT (project));
  dex_return_error_if_fail (ASSAY_IS_EXPORTER (exporter));

  job = job_new (store);
  job->project = g_object_ref (project);
  job->exporter = g_object_ref (exporter);
  job->with_drafts = with_drafts;
  g_set_object (&job->cancellable, cancellable);
  return dex_scheduler_spawn (NULL, 0, export_fiber, job, job_free);
}
