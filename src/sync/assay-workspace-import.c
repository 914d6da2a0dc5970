/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-bidi.h"
#include "assay-json.h"
#include "assay-workspace.h"

/* Imports: what an importer reads comes into the store. */

/* A transaction of this size never makes a keystroke's draft wait longer than 20 ms (robustness,
 * D3). */
#define TASKS_PER_PAGE 500
#define COMPANIONS_PER_PAGE 200

#define MAPPING_KEY_PREFIX "import-mapping:"

/* What a fiber works with; each function uses the members that it needs. */
typedef struct
{
  AssayStore *store;           /* (owned) */
  AssayImporter *importer;     /* (owned) (nullable) */
  AssayImportMapping *mapping; /* (owned) */
  GCancellable *cancellable;   /* (owned) (nullable) */
} Job;

static Job *
job_new (AssayStore *store, AssayImportMapping *mapping)
{
  Job *job = g_new0 (Job, 1);

  job->store = g_object_ref (store);
  job->mapping = g_object_ref (mapping);
  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->store);
  g_clear_object (&job->importer);
  g_clear_object (&job->mapping);
  g_clear_object (&job->cancellable);
  g_free (job);
}

static DexFuture *
reject_empty (AssayImporter *importer)
{
  GPtrArray *problems = assay_importer_get_problems (importer);

  if (problems->len > 0)
    {
      AssayImportProblem *first = g_ptr_array_index (problems, 0);

      g_autofree char *line = g_strdup_printf ("%" G_GUINT64_FORMAT, first->line);
      g_autofree char *file = assay_bidi_isolate (first->file);

      return dex_future_new_reject (
          ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_NOT_TASKS,
          /* Translators: a file name, a line number, and a sentence that says what is wrong there.
           */
          _ ("No task could be read. The first problem is in “%s”, line %s: %s"), file, line,
          first->message);
    }
  return dex_future_new_reject (ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_NOT_TASKS,
                                _ ("There are no tasks in these files."));
}

/* The project is made with its first tasks: files without any leave no trace. */
static gint64
make_project (Job *job, GError **error)
{
  const char *title = assay_import_mapping_get_project_title (job->mapping);
  g_autoptr (AssayProject) project = assay_project_new (ASSAY_FILES_ACCOUNT, title, title);

  assay_project_set_form (project, assay_import_mapping_get_form (job->mapping));
  if (!dex_await (assay_store_ensure_account (job->store, ASSAY_FILES_ACCOUNT, "files",
                                              _ ("Local files")),
                  error))
    return 0;
  return dex_await_int64 (assay_store_save_project (job->store, project), error);
}

/* FALSE with an error; the project stays 0 where there are no tasks. */
static gboolean
import_tasks (Job *job, AssayImportResult *result, GError **error)
{
  for (;;)
    {
      g_autoptr (GError) local_error = NULL;
      g_autoptr (GPtrArray) page =
          dex_await_boxed (assay_importer_read_page (job->importer, job->mapping, TASKS_PER_PAGE,
                                                     job->cancellable),
                           &local_error);

      if (page != NULL && page->len == 0)
        return TRUE;
      if (page != NULL && result->project == 0)
        result->project = make_project (job, &local_error);
      if (local_error != NULL
          || !dex_await (assay_store_add_tasks (job->store, result->project, page), &local_error))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
}

static gboolean
add_guideline (Job *job, const AssayImportCompanion *companion, GError **error)
{
  JsonObject *object = assay_json_node_object (companion->node);
  const char *id = assay_json_get_string (object, "id");
  const char *text = assay_json_get_string (object, "text");
  gint64 version = assay_json_get_int (object, "version", 0);
  g_autoptr (AssayGuideline) guideline = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean same;

  /* Where the texts stay with the project, the guideline is only named. */
  if (text == NULL)
    return TRUE;
  if (id == NULL || *id == '\0' || version < 1 || version > G_MAXINT)
    {
      assay_importer_add_problem (job->importer, companion->file, companion->line,
                                  _ ("The guideline has no id, or no version."));
      return TRUE;
    }
  guideline =
      assay_guideline_new (id, (int) version, assay_json_get_string_or (object, "title", ""), text);
  if (g_strcmp0 (assay_json_get_string (object, "sha256"), assay_guideline_get_sha256 (guideline))
      != 0)
    {
      assay_importer_add_problem (
          job->importer, companion->file, companion->line,
          _ ("The text of the guideline is not the one that its SHA-256 was made of."));
      return TRUE;
    }
  same = dex_await_boolean (assay_store_add_guideline (job->store, guideline), &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (!same)
    assay_importer_add_problem (
        job->importer, companion->file, companion->line,
        _ ("There is another text under the id and version of this guideline here, which stays."));
  return TRUE;
}

static gboolean
add_judgements (Job *job, GPtrArray *companions, AssayImportResult *result, GError **error)
{
  g_autoptr (GPtrArray) judgements =
      g_ptr_array_new_with_free_func ((GDestroyNotify) assay_new_judgement_free);

  for (guint i = 0; i < companions->len; i++)
    {
      const AssayImportCompanion *companion = g_ptr_array_index (companions, i);
      AssayNewJudgement *judgement = g_new0 (AssayNewJudgement, 1);

      judgement->task_id = g_strdup (companion->task_id);
      judgement->node = json_node_ref (companion->node);
      g_ptr_array_add (judgements, judgement);
    }
  if (!dex_await (assay_store_add_judgements (job->store, result->project, judgements), error))
    return FALSE;

  for (guint i = 0; i < judgements->len; i++)
    {
      const AssayNewJudgement *judgement = g_ptr_array_index (judgements, i);
      const AssayImportCompanion *companion = g_ptr_array_index (companions, i);

      result->n_judgements += judgement->fate == ASSAY_JUDGEMENT_ADDED;
      result->n_drafts += judgement->fate == ASSAY_JUDGEMENT_ADDED_AS_DRAFT;
      result->n_left_out += judgement->fate == ASSAY_JUDGEMENT_LEFT_OUT;
      if (judgement->fate == ASSAY_JUDGEMENT_REFUSED)
        assay_importer_add_problem (job->importer, companion->file, companion->line,
                                    judgement->message);
    }
  return TRUE;
}

/* What comes beside the tasks, after them. */
static gboolean
import_companions (Job *job, AssayImportResult *result, GError **error)
{
  for (;;)
    {
      g_autoptr (GPtrArray) page =
          dex_await_boxed (assay_importer_read_companions (job->importer, COMPANIONS_PER_PAGE,
                                                           job->cancellable),
                           error);
      g_autoptr (GPtrArray) judgements = g_ptr_array_new ();

      if (page == NULL)
        return FALSE;
      if (page->len == 0)
        return TRUE;
      for (guint i = 0; i < page->len; i++)
        {
          AssayImportCompanion *companion = g_ptr_array_index (page, i);

          if (companion->kind == ASSAY_COMPANION_JUDGEMENT)
            g_ptr_array_add (judgements, companion);
          else if (!add_guideline (job, companion, error))
            return FALSE;
        }
      if (!add_judgements (job, judgements, result, error))
        return FALSE;
    }
}

static DexFuture *
import_fiber (gpointer user_data)
{
  Job *job = user_data;
  AssayImportResult result = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (!import_tasks (job, &result, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (result.project == 0)
    return reject_empty (job->importer);
  if (!import_companions (job, &result, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  key = g_strconcat (MAPPING_KEY_PREFIX, assay_import_mapping_get_signature (job->mapping), NULL);
  node = assay_import_mapping_to_json (job->mapping);
  json = assay_json_to_string (node);
  if (!dex_await (assay_store_set_value (job->store, key, json), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_take_boxed (ASSAY_TYPE_IMPORT_RESULT, assay_import_result_copy (&result));
}

DexFuture *
assay_workspace_import (AssayStore *store,
                        AssayImporter *importer,
                        AssayImportMapping *mapping,
                        GCancellable *cancellable)
{
  Job *job;

  dex_return_error_if_fail (ASSAY_IS_STORE (store));
  dex_return_error_if_fail (ASSAY_IS_IMPORTER (importer));
  dex_return_error_if_fail (ASSAY_IS_IMPORT_MAPPING (mapping));
  dex_return_error_if_fail (assay_import_mapping_get_project_title (mapping) != NULL);

  job = job_new (store, mapping);
  job->importer = g_object_ref (importer);
  g_set_object (&job->cancellable, cancellable);
  return dex_scheduler_spawn (NULL, 0, import_fiber, job, job_free);
}

static DexFuture *
recall_mapping_fiber (gpointer user_data)
{
  Job *job = user_data;
  g_autofree char *key = NULL;
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  AssayImportMapping *recalled;

  key = g_strconcat (MAPPING_KEY_PREFIX, assay_import_mapping_get_signature (job->mapping), NULL);
  json = dex_await_string (assay_store_get_value (job->store, key), NULL);
  if (json == NULL)
    return dex_future_new_take_object (g_object_ref (job->mapping));

  node = assay_json_parse (json, -1, &error);
  recalled = node != NULL ? assay_import_mapping_new_from_json (node, &error) : NULL;
  if (recalled == NULL)
    {
      /* Kept by an older version in another shape: detection is as good. */
      g_message ("A remembered import mapping cannot be used: %s", error->message);
      return dex_future_new_take_object (g_object_ref (job->mapping));
    }
  /* How the files are read is remembered; what this import is called comes from these files. */
  assay_import_mapping_set_project_title (recalled,
                                          assay_import_mapping_get_project_title (job->mapping));
  return dex_future_new_take_object (recalled);
}

DexFuture *
assay_workspace_recall_mapping (AssayStore *store, AssayImportMapping *detected)
{
  dex_return_error_if_fail (ASSAY_IS_STORE (store));
  dex_return_error_if_fail (ASSAY_IS_IMPORT_MAPPING (detected));

  return dex_scheduler_spawn (NULL, 0, recall_mapping_fiber, job_new (store, detected), job_free);
}
