/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-file-sample.h"
#include "assay-import-description.h"
#include "assay-import-problem.h"
#include "assay-import-run.h"
#include "assay-importer-private.h"
#include "assay-layout-detector.h"
#include "assay-limits.h"
#include "assay-preset.h"
#include "assay-record-path.h"

#define SAMPLE_RECORDS 64
#define SAMPLE_RECORDS_OF_MANY 8
#define MANY_FILES 64
#define SAMPLE_BYTES ((gsize) 32 * 1024 * 1024)
#define SAMPLE_BYTES_OF_FILE ((gsize) 4 * 1024 * 1024)
#define PREVIEW_INDEX_BYTES ((guint64) 8 * 1024 * 1024)
#define SUGGESTION_TASKS 500
#define SUGGESTION_TASKS_OF_EACH 20
#define PAGE_BYTES ((gsize) 32 * 1024 * 1024)
#define PROBLEMS_MAX 1000
#define NOTIFY_INTERVAL_US (G_USEC_PER_SEC / 20)

struct _AssayImporter
{
  GObject parent_instance;
  GPtrArray *opened; /* GFile */
  gsize record_limit;

  /* One job at a time holds the lock, and with it what follows. */
  GMutex job_lock;
  GPtrArray *files;             /* (nullable) AssayImportFile */
  GPtrArray *samples;           /* (nullable) AssayFileSample */
  AssayImportMapping *detected; /* (nullable) without a form */
  guint n_responses_min;
  guint n_responses_max;
  AssayImportRun *run; /* (nullable) */
  gboolean finished;
  gint64 last_notify_us;

  /* What the jobs tell. */
  GMutex state_lock;
  guint64 n_tasks;
  guint64 n_problems;
  double fraction;
  GPtrArray *new_problems; /* AssayImportProblem that the main context has not seen */
  gboolean notify_pending;

  /* Of the main context. */
  GPtrArray *problems;
};

typedef enum
{
  PROP_N_TASKS = 1,
  PROP_N_PROBLEMS,
  PROP_FRACTION,
} AssayImporterProperty;

static GParamSpec *props[PROP_FRACTION + 1];

typedef struct _Job Job;
typedef gboolean (*JobFunc) (Job *job, GError **error);

/* A piece of work on a thread of its own. */
struct _Job
{
  AssayImporter *self;
  DexPromise *promise;
  JobFunc func;
  AssayImportMapping *mapping; /* (nullable) a copy */
  guint limit;
  GCancellable *asked; /* (nullable) the caller's */
  gulong asked_handler;
};

G_DEFINE_FINAL_TYPE (AssayImporter, assay_importer, G_TYPE_OBJECT)

/* Telling the main context */

static gboolean
notify_cb (gpointer user_data)
{
  AssayImporter *self = ASSAY_IMPORTER (user_data);

  g_mutex_lock (&self->state_lock);
  self->notify_pending = FALSE;
  g_mutex_unlock (&self->state_lock);

  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_TASKS]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_PROBLEMS]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
  g_object_thaw_notify (G_OBJECT (self));
  return G_SOURCE_REMOVE;
}

/* Called with the state lock held. */
static void
queue_notify (AssayImporter *self, gboolean at_once)
{
  gint64 now = g_get_monotonic_time ();

  if (self->notify_pending || (!at_once && now - self->last_notify_us < NOTIFY_INTERVAL_US))
    return;
  self->notify_pending = TRUE;
  self->last_notify_us = now;
  g_idle_add_full (G_PRIORITY_DEFAULT, notify_cb, g_object_ref (self), g_object_unref);
}

static void
problem_cb (AssayImportProblem *problem, gpointer user_data)
{
  AssayImporter *self = user_data;

  g_mutex_lock (&self->state_lock);
  self->n_problems++;
  if (self->n_problems <= PROBLEMS_MAX)
    g_ptr_array_add (self->new_problems, problem);
  else
    assay_import_problem_free (problem);
  queue_notify (self, FALSE);
  g_mutex_unlock (&self->state_lock);
}

static void
progress_cb (double fraction, gpointer user_data)
{
  AssayImporter *self = user_data;

  g_mutex_lock (&self->state_lock);
  self->fraction = CLAMP (fraction, 0, 1);
  queue_notify (self, FALSE);
  g_mutex_unlock (&self->state_lock);
}

static void
ignore_problem_cb (AssayImportProblem *problem, gpointer user_data)
{
  assay_import_problem_free (problem);
}

static void
ignore_progress_cb (double fraction, gpointer user_data)
{
}

/* Jobs */

static void
job_free (Job *job)
{
  if (job->asked != NULL)
    g_cancellable_disconnect (job->asked, job->asked_handler);
  g_clear_object (&job->asked);
  g_clear_object (&job->mapping);
  g_clear_pointer (&job->promise, dex_unref);
  g_object_unref (job->self);
  g_free (job);
}

static gpointer
job_thread (gpointer data)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;
  gboolean ok;

  g_mutex_lock (&job->self->job_lock);
  ok = job->func (job, &error);
  g_mutex_unlock (&job->self->job_lock);
  if (!ok)
    dex_promise_reject (job->promise, g_steal_pointer (&error));
  job_free (job);
  return NULL;
}

static void
asked_cb (GCancellable *asked, GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

static GCancellable *
job_cancellable (Job *job)
{
  return dex_promise_get_cancellable (job->promise);
}

static DexFuture *
start_job (AssayImporter *self,
           JobFunc func,
           AssayImportMapping *mapping,
           guint limit,
           GCancellable *asked)
{
  Job *job = g_new0 (Job, 1);
  g_autoptr (DexPromise) promise = dex_promise_new_cancellable ();

  job->self = g_object_ref (self);
  job->promise = dex_ref (promise);
  job->func = func;
  job->limit = limit;
  /* The person goes on editing while the thread reads. */
  if (mapping != NULL)
    job->mapping = assay_import_mapping_copy (mapping);
  if (asked != NULL)
    {
      job->asked = g_object_ref (asked);
      job->asked_handler =
          g_cancellable_connect (asked, G_CALLBACK (asked_cb), g_object_ref (job_cancellable (job)),
                                 g_object_unref);
    }
  g_thread_unref (g_thread_new ("assay-import", job_thread, job));
  /* The thread holds the promise; what the caller drops must be something else for the promise to
   * hear of it. */
  return dex_future_first (DEX_FUTURE (g_steal_pointer (&promise)), NULL);
}

static gboolean
ensure_samples (AssayImporter *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GPtrArray) samples = NULL;
  guint n_records;
  gsize n_bytes;

  if (self->samples != NULL)
    return TRUE;
  files = assay_import_file_list (self->opened, cancellable, error);
  if (files == NULL)
    return FALSE;

  samples = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_file_sample_free);
  n_records = files->len > MANY_FILES ? SAMPLE_RECORDS_OF_MANY : SAMPLE_RECORDS;
  n_bytes = MIN (SAMPLE_BYTES_OF_FILE, SAMPLE_BYTES / files->len);
  for (guint i = 0; i < files->len; i++)
    {
      AssayFileSample *sample = assay_file_sample_new (g_ptr_array_index (files, i), n_records,
                                                       n_bytes, cancellable, error);

      if (sample == NULL)
        return FALSE;
      g_ptr_array_add (samples, sample);
    }
  self->files = g_steal_pointer (&files);
  self->samples = g_steal_pointer (&samples);
  return TRUE;
}

static gboolean
ensure_detected (AssayImporter *self, GCancellable *cancellable, GError **error)
{
  if (!ensure_samples (self, cancellable, error))
    return FALSE;
  if (self->detected == NULL)
    self->detected = assay_layout_detector_detect (self->samples, error);
  return self->detected != NULL;
}

static GPtrArray *
make_preview (AssayImporter *self,
              AssayImportMapping *mapping,
              guint limit,
              guint limit_of_each,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (AssayImportRun) run =
      assay_import_run_new (self->samples, mapping, self->record_limit, PREVIEW_INDEX_BYTES,
                            limit_of_each, ignore_problem_cb, ignore_progress_cb, NULL);
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);

  while (tasks->len < limit)
    {
      g_autoptr (GError) local_error = NULL;
      AssayTask *task = assay_import_run_next (run, cancellable, &local_error);

      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      if (task == NULL)
        break;
      g_ptr_array_add (tasks, task);
    }
  return g_steal_pointer (&tasks);
}

/* The form that fits most of the first tasks. */
static AssayForm *
suggest_form (AssayImporter *self, GPtrArray *tasks)
{
  guint counts[ASSAY_LIMIT_RESPONSES + 1] = { 0 };
  guint most = 0;

  self->n_responses_min = tasks->len > 0 ? ASSAY_LIMIT_RESPONSES : 0;
  self->n_responses_max = 0;
  for (guint i = 0; i < tasks->len; i++)
    {
      guint n = assay_task_get_n_responses (g_ptr_array_index (tasks, i));

      counts[MIN (n, ASSAY_LIMIT_RESPONSES)]++;
      self->n_responses_min = MIN (self->n_responses_min, n);
      self->n_responses_max = MAX (self->n_responses_max, n);
    }
  for (guint n = 0; n <= ASSAY_LIMIT_RESPONSES; n++)
    {
      if (counts[n] >= counts[most])
        most = n;
    }
  return assay_preset_create_form (assay_preset_suggest (counts[most] > 0 ? most : 1));
}

static gboolean
detect_job (Job *job, GError **error)
{
  AssayImporter *self = job->self;
  g_autoptr (AssayImportMapping) mapping = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (AssayForm) form = NULL;
  g_autofree char *title = NULL;

  if (!ensure_detected (self, job_cancellable (job), error))
    return FALSE;
  mapping = assay_import_mapping_copy (self->detected);
  tasks = make_preview (self, mapping, SUGGESTION_TASKS, SUGGESTION_TASKS_OF_EACH,
                        job_cancellable (job), error);
  if (tasks == NULL)
    return FALSE;

  form = suggest_form (self, tasks);
  title = assay_import_description_suggest_title (self->opened, self->files);
  assay_import_mapping_set_form (mapping, form);
  assay_import_mapping_set_project_title (mapping, title);
  dex_promise_resolve_object (job->promise, g_steal_pointer (&mapping));
  return TRUE;
}

static gboolean
preview_job (Job *job, GError **error)
{
  GPtrArray *tasks;

  if (!ensure_samples (job->self, job_cancellable (job), error))
    return FALSE;
  tasks = make_preview (job->self, job->mapping, job->limit, 0, job_cancellable (job), error);
  if (tasks == NULL)
    return FALSE;
  dex_promise_resolve_boxed (job->promise, G_TYPE_PTR_ARRAY, tasks);
  return TRUE;
}

static void
add_field (GPtrArray *rows, const char *group, const char *path, const char *example)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_take (builder,
                       group != NULL ? g_strconcat (group, ":", path, NULL) : g_strdup (path));
  g_strv_builder_add (builder, example != NULL ? example : "");
  g_ptr_array_add (rows, g_strv_builder_end (builder));
}

static gboolean
list_fields_job (Job *job, GError **error)
{
  AssayImporter *self = job->self;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) matches = NULL;
  GPtrArray *groups;

  if (!ensure_detected (self, job_cancellable (job), error))
    return FALSE;
  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  groups = assay_import_mapping_get_groups (self->detected);
  matches = assay_layout_detector_match (self->samples, self->detected);
  for (guint i = 0; i < groups->len; i++)
    {
      AssayImportGroup *group = g_ptr_array_index (groups, i);
      const char *name = groups->len > 1 ? group->name : NULL;
      g_autoptr (GPtrArray) members = g_ptr_array_new ();
      g_autoptr (AssayFieldTable) table = NULL;

      for (guint j = 0; j < self->samples->len; j++)
        {
          if (g_ptr_array_index (matches, j) == group)
            g_ptr_array_add (members, g_ptr_array_index (self->samples, j));
        }
      table = assay_file_sample_make_table (members);
      for (guint j = 0; j < table->fields->len; j++)
        {
          AssayField *field = g_ptr_array_index (table->fields, j);

          add_field (rows, name, field->path, field->example);
        }
      if (members->len > 1)
        {
          AssayFileSample *first = g_ptr_array_index (members, 0);

          add_field (rows, name, "$file", first->file->stem);
        }
      if (members->len > 0 && g_str_has_suffix (group->records, "*"))
        {
          AssayFileSample *first = g_ptr_array_index (members, 0);

          add_field (rows, name, "$key", g_ptr_array_index (first->keys, 0));
        }
    }
  dex_promise_resolve_boxed (job->promise, G_TYPE_PTR_ARRAY, g_steal_pointer (&rows));
  return TRUE;
}

static gsize
count_bytes (AssayTask *task)
{
  gsize n = 0;

  for (guint i = 0; i < assay_task_get_n_documents (task); i++)
    n += assay_document_get_length_bytes (assay_task_get_document (task, i));
  return n;
}

static void
begin_run (AssayImporter *self, AssayImportMapping *mapping)
{
  g_mutex_lock (&self->state_lock);
  self->n_tasks = 0;
  self->n_problems = 0;
  self->fraction = 0;
  g_mutex_unlock (&self->state_lock);
  self->run = assay_import_run_new (self->samples, mapping, self->record_limit, 0, 0, problem_cb,
                                    progress_cb, self);
}

static gboolean
read_page_job (Job *job, GError **error)
{
  AssayImporter *self = job->self;
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);
  gsize n_bytes = 0;

  if (!ensure_samples (self, job_cancellable (job), error))
    return FALSE;
  if (self->run == NULL && !self->finished)
    begin_run (self, job->mapping);

  while (!self->finished && tasks->len < job->limit && n_bytes < PAGE_BYTES)
    {
      g_autoptr (GError) local_error = NULL;
      AssayTask *task = assay_import_run_next (self->run, job_cancellable (job), &local_error);

      if (local_error != NULL)
        {
          g_clear_pointer (&self->run, assay_import_run_free);
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (task == NULL)
        {
          self->finished = TRUE;
          if (!assay_import_run_has_companions (self->run))
            g_clear_pointer (&self->run, assay_import_run_free);
          break;
        }
      n_bytes += count_bytes (task);
      g_ptr_array_add (tasks, task);
    }

  g_mutex_lock (&self->state_lock);
  self->n_tasks += tasks->len;
  queue_notify (self, TRUE);
  g_mutex_unlock (&self->state_lock);
  dex_promise_resolve_boxed (job->promise, G_TYPE_PTR_ARRAY, g_steal_pointer (&tasks));
  return TRUE;
}

static gboolean
read_companions_job (Job *job, GError **error)
{
  AssayImporter *self = job->self;
  g_autoptr (GPtrArray) companions =
      g_ptr_array_new_with_free_func ((GDestroyNotify) assay_import_companion_free);
  gsize n_bytes = 0;

  while (self->run != NULL && companions->len < job->limit && n_bytes < PAGE_BYTES)
    {
      g_autoptr (GError) local_error = NULL;
      gsize length = 0;
      AssayImportCompanion *companion =
          assay_import_run_next_companion (self->run, &length, job_cancellable (job), &local_error);

      if (companion == NULL)
        g_clear_pointer (&self->run, assay_import_run_free);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (companion == NULL)
        break;
      n_bytes += length;
      g_ptr_array_add (companions, companion);
    }
  dex_promise_resolve_boxed (job->promise, G_TYPE_PTR_ARRAY, g_steal_pointer (&companions));
  return TRUE;
}

static void
assay_importer_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  AssayImporter *self = ASSAY_IMPORTER (object);

  switch ((AssayImporterProperty) prop_id)
    {
    case PROP_N_TASKS:
      g_value_set_uint64 (value, assay_importer_get_n_tasks (self));
      break;
    case PROP_N_PROBLEMS:
      g_value_set_uint64 (value, assay_importer_get_n_problems (self));
      break;
    case PROP_FRACTION:
      g_value_set_double (value, assay_importer_get_fraction (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
assay_importer_dispose (GObject *object)
{
  AssayImporter *self = ASSAY_IMPORTER (object);

  g_clear_object (&self->detected);

  G_OBJECT_CLASS (assay_importer_parent_class)->dispose (object);
}

static void
assay_importer_finalize (GObject *object)
{
  AssayImporter *self = ASSAY_IMPORTER (object);

  g_clear_pointer (&self->run, assay_import_run_free);
  g_clear_pointer (&self->samples, g_ptr_array_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_ptr_array_unref (self->opened);
  g_ptr_array_unref (self->new_problems);
  g_ptr_array_unref (self->problems);
  g_mutex_clear (&self->job_lock);
  g_mutex_clear (&self->state_lock);

  G_OBJECT_CLASS (assay_importer_parent_class)->finalize (object);
}

static void
assay_importer_class_init (AssayImporterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = assay_importer_get_property;
  object_class->dispose = assay_importer_dispose;
  object_class->finalize = assay_importer_finalize;

  props[PROP_N_TASKS] = g_param_spec_uint64 ("n-tasks", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  props[PROP_N_PROBLEMS] = g_param_spec_uint64 ("n-problems", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  props[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
assay_importer_init (AssayImporter *self)
{
  self->record_limit = ASSAY_LIMIT_IMPORT_LINE_BYTES;
  g_mutex_init (&self->job_lock);
  g_mutex_init (&self->state_lock);
  self->new_problems = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_import_problem_free);
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_import_problem_free);
}

AssayImporter *
assay_importer_new (GPtrArray *files)
{
  AssayImporter *self;

  g_return_val_if_fail (files != NULL && files->len > 0, NULL);

  self = g_object_new (ASSAY_TYPE_IMPORTER, NULL);
  self->opened = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add (self->opened, g_object_ref (g_ptr_array_index (files, i)));
  return self;
}

void
assay_importer_set_record_limit (AssayImporter *self, gsize bytes)
{
  g_return_if_fail (ASSAY_IS_IMPORTER (self));

  self->record_limit = bytes;
}

DexFuture *
assay_importer_detect (AssayImporter *self)
{
  dex_return_error_if_fail (ASSAY_IS_IMPORTER (self));

  return start_job (self, detect_job, NULL, 0, NULL);
}

DexFuture *
assay_importer_preview (AssayImporter *self, AssayImportMapping *mapping, guint limit)
{
  dex_return_error_if_fail (ASSAY_IS_IMPORTER (self));
  dex_return_error_if_fail (ASSAY_IS_IMPORT_MAPPING (mapping));

  return start_job (self, preview_job, mapping, limit, NULL);
}

DexFuture *
assay_importer_list_fields (AssayImporter *self)
{
  dex_return_error_if_fail (ASSAY_IS_IMPORTER (self));

  return start_job (self, list_fields_job, NULL, 0, NULL);
}

DexFuture *
assay_importer_read_page (AssayImporter *self,
                          AssayImportMapping *mapping,
                          guint page,
                          GCancellable *cancellable)
{
  dex_return_error_if_fail (ASSAY_IS_IMPORTER (self));
  dex_return_error_if_fail (ASSAY_IS_IMPORT_MAPPING (mapping));
  dex_return_error_if_fail (page > 0);

  return start_job (self, read_page_job, mapping, page, cancellable);
}

DexFuture *
assay_importer_read_companions (AssayImporter *self, guint page, GCancellable *cancellable)
{
  dex_return_error_if_fail (ASSAY_IS_IMPORTER (self));
  dex_return_error_if_fail (page > 0);

  return start_job (self, read_companions_job, NULL, page, cancellable);
}

void
assay_importer_add_problem (AssayImporter *self,
                            const char *file,
                            guint64 line,
                            const char *message)
{
  g_return_if_fail (ASSAY_IS_IMPORTER (self));
  g_return_if_fail (file != NULL);
  g_return_if_fail (message != NULL);

  problem_cb (assay_import_problem_new (file, line, 0, NULL, message), self);
}

char *
assay_importer_describe (AssayImporter *self, AssayImportMapping *mapping)
{
  g_return_val_if_fail (ASSAY_IS_IMPORTER (self), NULL);
  g_return_val_if_fail (ASSAY_IS_IMPORT_MAPPING (mapping), NULL);

  return assay_import_description_make (self->files, self->samples, mapping,
                                        assay_importer_get_n_files (self, mapping),
                                        self->n_responses_min, self->n_responses_max);
}

guint
assay_importer_get_n_files (AssayImporter *self, AssayImportMapping *mapping)
{
  g_autoptr (GPtrArray) matches = NULL;
  guint n = 0;

  g_return_val_if_fail (ASSAY_IS_IMPORTER (self), 0);
  g_return_val_if_fail (self->samples != NULL, 0);

  matches = assay_layout_detector_match (self->samples, mapping);
  for (guint i = 0; i < matches->len; i++)
    {
      AssayImportGroup *group = g_ptr_array_index (matches, i);

      if (group != NULL && assay_import_group_get_role (group) != ASSAY_GROUP_IGNORED)
        n++;
    }
  return n;
}

guint64
assay_importer_get_n_tasks (AssayImporter *self)
{
  guint64 n;

  g_return_val_if_fail (ASSAY_IS_IMPORTER (self), 0);

  g_mutex_lock (&self->state_lock);
  n = self->n_tasks;
  g_mutex_unlock (&self->state_lock);
  return n;
}

double
assay_importer_get_fraction (AssayImporter *self)
{
  double fraction;

  g_return_val_if_fail (ASSAY_IS_IMPORTER (self), 0);

  g_mutex_lock (&self->state_lock);
  fraction = self->fraction;
  g_mutex_unlock (&self->state_lock);
  return fraction;
}

const char *
assay_importer_get_bytes_shown (AssayImporter *self)
{
  g_return_val_if_fail (ASSAY_IS_IMPORTER (self), NULL);

  for (guint i = 0; self->files != NULL && i < self->files->len; i++)
    {
      const AssayImportFile *file = g_ptr_array_index (self->files, i);

      if (file->bytes_shown != NULL)
        return file->bytes_shown;
    }
  return NULL;
}

GPtrArray *
assay_importer_get_problems (AssayImporter *self)
{
  g_return_val_if_fail (ASSAY_IS_IMPORTER (self), NULL);

  g_mutex_lock (&self->state_lock);
  g_ptr_array_extend_and_steal (self->problems, g_steal_pointer (&self->new_problems));
  self->new_problems = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_import_problem_free);
  g_mutex_unlock (&self->state_lock);
  return self->problems;
}

guint64
assay_importer_get_n_problems (AssayImporter *self)
{
  guint64 n;

  g_return_val_if_fail (ASSAY_IS_IMPORTER (self), 0);

  g_mutex_lock (&self->state_lock);
  n = self->n_problems;
  g_mutex_unlock (&self->state_lock);
  return n;
}
