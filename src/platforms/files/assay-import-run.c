/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-file-labels.h"
#include "assay-import-problem.h"
#include "assay-import-run-private.h"
#include "assay-json.h"
#include "assay-layout-detector.h"

/* More files than this are not held open at once. */
#define OPEN_FILES_MAX 64

static void
source_free (AssayImportSource *self)
{
  g_free (self->label);
  g_clear_pointer (&self->beside, json_object_unref);
  g_free (self);
}

/* Reporting */

void
assay_import_run_report (AssayImportRun *self,
                         AssayImportSource *source,
                         guint64 line,
                         guint64 record,
                         const char *field,
                         const char *message)
{
  /* In a list of records the number says more than the line, which may be the only one. */
  gboolean numbered = source->sample->file->split == ASSAY_SPLIT_VALUES;
  AssayImportProblem *problem = assay_import_problem_new (source->sample->file->name, line,
                                                          numbered ? record : 0, field, message);

  problem->bytes_shown = g_steal_pointer (&source->sample->file->bytes_shown);
  self->problem_func (problem, self->user_data);
}

void
assay_import_run_report_progress (AssayImportRun *self, double share)
{
  AssayImportFile *file =
      ((AssayImportSource *) g_ptr_array_index (self->sources, self->source))->sample->file;
  guint64 position = self->reader != NULL ? assay_record_reader_get_position (self->reader) : 0;

  if (self->total_bytes == 0)
    return;
  self->progress_func (((double) self->done_bytes + share * (double) MIN (position, file->size))
                           / (double) self->total_bytes,
                       self->user_data);
}

/* Setting up */

static void
label_sources (AssayImportRun *self, AssayImportGroup *group)
{
  g_autoptr (GPtrArray) stems = g_ptr_array_new ();
  g_auto (GStrv) labels = NULL;
  guint n = 0;

  for (guint i = 0; i < self->sources->len; i++)
    {
      AssayImportSource *source = g_ptr_array_index (self->sources, i);

      if (source->group == group)
        g_ptr_array_add (stems, source->sample->file->stem);
    }
  labels = assay_file_labels_make (stems);
  for (guint i = 0; i < self->sources->len; i++)
    {
      AssayImportSource *source = g_ptr_array_index (self->sources, i);

      if (source->group == group)
        g_set_str (&source->label, labels[n++]);
    }
}

AssayImportRun *
assay_import_run_new (GPtrArray *samples,
                      AssayImportMapping *mapping,
                      gsize record_limit,
                      guint64 index_limit,
                      guint task_limit,
                      AssayImportProblemFunc problem_func,
                      AssayImportProgressFunc progress_func,
                      gpointer user_data)
{
  AssayImportRun *self = g_new0 (AssayImportRun, 1);
  g_autoptr (GPtrArray) matches = NULL;
  GPtrArray *groups;

  self->mapping = assay_import_mapping_copy (mapping);
  self->builder = assay_task_builder_new (assay_import_mapping_get_form (mapping));
  self->record_limit = record_limit;
  self->index_limit = index_limit;
  self->task_limit = task_limit;
  self->problem_func = problem_func;
  self->progress_func = progress_func;
  self->user_data = user_data;
  self->ids = assay_key_set_new ();
  self->names = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->companions = g_array_new (FALSE, FALSE, sizeof (AssayCompanionPlace));
  self->own_ids = assay_key_set_new ();
  self->own_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_queue_init (&self->tasks);

  matches = assay_layout_detector_match (samples, self->mapping);
  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) source_free);
  for (guint i = 0; i < samples->len; i++)
    {
      AssayImportSource *source = g_new0 (AssayImportSource, 1);

      source->sample = g_ptr_array_index (samples, i);
      source->group = g_ptr_array_index (matches, i);
      if (source->group != NULL
          && assay_import_group_get_role (source->group) == ASSAY_GROUP_IGNORED)
        source->group = NULL;
      source->sample->file->refuse_duplicates =
          source->group != NULL && source->group->kind == ASSAY_RECORDS_OWN;
      if (source->group != NULL)
        self->total_bytes += source->sample->file->size;
      source->share = assay_import_run_expects_companions (source) ? 0.5 : 1;
      g_ptr_array_add (self->sources, source);
    }
  groups = assay_import_mapping_get_groups (self->mapping);
  for (guint i = 0; i < groups->len; i++)
    label_sources (self, g_ptr_array_index (groups, i));
  return self;
}

void
assay_import_run_free (AssayImportRun *self)
{
  g_clear_pointer (&self->reader, assay_record_reader_free);
  g_clear_pointer (&self->index, assay_join_index_free);
  g_clear_pointer (&self->forest, assay_message_forest_free);
  g_queue_clear_full (&self->tasks, g_object_unref);
  for (guint i = 0; i < self->sources->len; i++)
    assay_import_file_close (
        ((AssayImportSource *) g_ptr_array_index (self->sources, i))->sample->file);
  g_ptr_array_unref (self->sources);
  assay_key_set_free (self->ids);
  g_array_unref (self->companions);
  assay_key_set_free (self->own_ids);
  g_hash_table_unref (self->own_names);
  g_hash_table_unref (self->names);
  assay_task_builder_free (self->builder);
  g_object_unref (self->mapping);
  g_free (self);
}

/* Ids */

char *
assay_import_run_make_unique (AssayImportRun *self, AssayImportSource *source, char *id)
{
  g_autofree char *first = id;

  if (assay_key_set_add (self->ids, first))
    return g_steal_pointer (&first);
  for (guint n = 1;; n++)
    {
      g_autofree char *other = n == 1 ? g_strdup_printf ("%s:%s", source->sample->file->stem, first)
                                      : g_strdup_printf ("%s~%u", first, n);

      if (assay_key_set_add (self->ids, other))
        return g_steal_pointer (&other);
    }
}

static guint
count_sources (AssayImportRun *self)
{
  guint n = 0;

  for (guint i = 0; i < self->sources->len; i++)
    n += ((AssayImportSource *) g_ptr_array_index (self->sources, i))->group != NULL ? 1 : 0;
  return n;
}

/* A record without an id is known by its place. */
char *
assay_import_run_make_place_id (AssayImportRun *self, AssayImportSource *source, guint64 number)
{
  if (count_sources (self) == 1)
    return g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  return g_strdup_printf ("%s%s%s:%" G_GUINT64_FORMAT, source->sample->file->folder,
                          *source->sample->file->folder != '\0' ? G_DIR_SEPARATOR_S : "",
                          source->sample->file->stem, number);
}

/* Reading one file after the other */

static gboolean
is_cancelled (GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gboolean
uses_beside (AssayImportGroup *group)
{
  for (guint i = 0; i < ASSAY_N_PLACES; i++)
    {
      if (group->places[i] != NULL && strstr (group->places[i], "$beside") != NULL)
        return TRUE;
    }
  for (guint i = 0; i < group->responses->len; i++)
    {
      AssayResponsePath *response = g_ptr_array_index (group->responses, i);

      if (strstr (response->path, "$beside") != NULL
          || (response->model != NULL && strstr (response->model, "$beside") != NULL))
        return TRUE;
    }
  return FALSE;
}

/* What stands beside the records can come after them, so it is looked up before. */
static gboolean
read_beside (AssayImportRun *self,
             AssayImportSource *source,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (AssayRecordReader) reader = NULL;
  g_autoptr (GError) local_error = NULL;

  if (source->beside != NULL || !uses_beside (source->group))
    return TRUE;
  reader = assay_record_reader_new (source->sample->file, source->group->records,
                                    self->record_limit, cancellable, &local_error);
  if (reader != NULL)
    {
      assay_record_reader_skip_all (reader, &local_error);
      source->beside = json_object_ref (assay_record_reader_get_beside (reader));
    }
  if (local_error != NULL && is_cancelled (local_error))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

/* Opens the file of @source; a file that cannot be opened is a problem, not an error. */
gboolean
assay_import_run_open (AssayImportRun *self,
                       AssayImportSource *source,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!read_beside (self, source, cancellable, error))
    return FALSE;
  self->reader = assay_record_reader_new (source->sample->file, source->group->records,
                                          self->record_limit, cancellable, &local_error);
  if (self->reader != NULL)
    return TRUE;
  if (is_cancelled (local_error))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  assay_import_run_report (self, source, 0, 0, NULL, local_error->message);
  return TRUE;
}

void
assay_import_run_close (AssayImportRun *self, AssayImportSource *source, double share)
{
  g_clear_pointer (&self->reader, assay_record_reader_free);
  self->done_bytes += (guint64) (share * (double) source->sample->file->size);
}

/* The next good record of the open file. @ended is set at its end. FALSE when cancelled. */
gboolean
assay_import_run_read_record (AssayImportRun *self,
                              AssayImportSource *source,
                              AssayRecord *record,
                              gboolean *ended,
                              GCancellable *cancellable,
                              GError **error)
{
  *ended = FALSE;
  for (;;)
    {
      g_autoptr (GError) local_error = NULL;
      g_autofree char *sentence = NULL;
      AssayChunkStatus status;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      status = assay_record_reader_next (self->reader, record, &sentence, &local_error);
      if (status == ASSAY_CHUNK_PROBLEM)
        {
          assay_import_run_report (self, source, record->line, record->number, NULL, sentence);
          continue;
        }
      if (status == ASSAY_CHUNK_RECORD && assay_json_node_object (record->node) == NULL)
        {
          assay_import_run_report (self, source, record->line, record->number, NULL,
                                   _ ("The record is not an object."));
          continue;
        }
      if (status == ASSAY_CHUNK_RECORD)
        return TRUE;

      if (local_error != NULL && is_cancelled (local_error))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (local_error != NULL)
        assay_import_run_report (self, source, 0, 0, NULL, local_error->message);
      *ended = TRUE;
      return TRUE;
    }
}

gboolean
assay_import_run_read_again (AssayImportRun *self,
                             guint file,
                             guint64 offset,
                             gsize length,
                             JsonNode **node,
                             GCancellable *cancellable,
                             GError **error)
{
  AssayImportSource *source = g_ptr_array_index (self->sources, file);
  g_autoptr (GError) local_error = NULL;

  /* Someone with a thousand files of answers must not run out of descriptors. */
  if (source->sample->file->seekable == NULL && self->sources->len > OPEN_FILES_MAX)
    {
      for (guint i = 0; i < self->sources->len; i++)
        {
          AssayImportSource *other = g_ptr_array_index (self->sources, i);

          if (i % OPEN_FILES_MAX == file % OPEN_FILES_MAX && other->sample->file->spool == NULL)
            assay_import_file_close (other->sample->file);
        }
    }
  *node = assay_record_read_at (source->sample->file, offset, length, cancellable, &local_error);
  if (*node != NULL)
    return TRUE;
  if (is_cancelled (local_error))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  assay_import_run_report (self, source, 0, 0, NULL, local_error->message);
  return TRUE;
}

AssayTaskPart
assay_import_run_make_part (AssayImportSource *source,
                            JsonNode *node,
                            const char *key,
                            guint64 number)
{
  return (AssayTaskPart) {
    .group = source->group,
    .context = { .node = node,
                 .beside = source->beside,
                 .key = key,
                 .file = source->label,
                 .number = number },
  };
}

void
assay_import_run_take (AssayImportRun *self, AssayTask *task)
{
  if (task == NULL)
    return;
  g_queue_push_tail (&self->tasks, task);
  self->n_stage_tasks++;
}

gboolean
assay_import_run_is_enough (AssayImportRun *self)
{
  return self->task_limit > 0 && self->n_stage_tasks >= self->task_limit;
}

AssayTask *
assay_import_run_ensure_unique (AssayImportRun *self, AssayImportSource *source, AssayTask *task)
{
  g_autofree char *id =
      assay_import_run_make_unique (self, source, g_strdup (assay_task_get_id (task)));
  g_autoptr (JsonNode) node = NULL;
  AssayTask *renamed;

  if (g_str_equal (id, assay_task_get_id (task)))
    return task;
  node = assay_task_to_json (task);
  json_object_set_string_member (assay_json_node_object (node), "id", id);
  renamed = assay_task_new_from_json (node, NULL);
  g_object_unref (task);
  return renamed;
}

static void
take_record (AssayImportRun *self, AssayImportSource *source, AssayRecord *record)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *field = NULL;
  g_autofree char *warning = NULL;
  AssayTask *task = NULL;

  if (source->group->kind == ASSAY_RECORDS_OWN)
    {
      assay_import_run_take_own (self, source, record);
    }
  else if (source->group->kind == ASSAY_RECORDS_TREE)
    {
      g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
      GQueue tasks = G_QUEUE_INIT;

      assay_message_tree_add_tasks (self->builder, source->group, record->node, record->number,
                                    &tasks, sentences, &error);
      while (!g_queue_is_empty (&tasks))
        assay_import_run_take (self, assay_import_run_ensure_unique (self, source,
                                                                     g_queue_pop_head (&tasks)));
      for (guint i = 0; i < sentences->len; i++)
        assay_import_run_report (self, source, record->line, record->number, NULL,
                                 g_ptr_array_index (sentences, i));
    }
  else
    {
      g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (AssayTaskPart));
      AssayTaskPart part =
          assay_import_run_make_part (source, record->node, record->key, record->number);
      g_autofree char *id = assay_task_part_dup_id (&part);

      if (id == NULL)
        id = assay_import_run_make_place_id (self, source, record->number);
      id = assay_import_run_make_unique (self, source, g_steal_pointer (&id));
      g_array_append_val (parts, part);
      task = assay_task_builder_build (self->builder, id, parts, source->group->responses->len > 0,
                                       &field, &warning, &error);
    }

  if (error != NULL)
    assay_import_run_report (self, source, record->line, record->number, field, error->message);
  if (warning != NULL)
    assay_import_run_report (self, source, record->line, record->number, NULL, warning);
  assay_import_run_take (self, task);
}

/* FALSE when cancelled. */
static gboolean
stream_on (AssayImportRun *self, GCancellable *cancellable, GError **error)
{
  AssayImportSource *source = g_ptr_array_index (self->sources, self->source);
  g_auto (AssayRecord) record = { 0 };
  gboolean ended = TRUE;

  if (self->reader != NULL
      && !assay_import_run_read_record (self, source, &record, &ended, cancellable, error))
    return FALSE;
  assay_import_run_report_progress (self, source->share);
  if (ended || assay_import_run_is_enough (self))
    {
      assay_import_run_close (self, source, source->share);
      source->done = TRUE;
      self->stage = ASSAY_STAGE_NEXT;
      return TRUE;
    }
  take_record (self, source, &record);
  return TRUE;
}

/* What comes next */

static gboolean
starts_stream (AssayImportRun *self, AssayImportSource *source)
{
  AssayGroupRole role;

  if (source->group == NULL || source->done || source->group->set != self->set)
    return FALSE;
  role = assay_import_group_get_role (source->group);
  /* Prompts alone are tasks only where nothing in the mapping is a response: then it was meant so.
   */
  return role == ASSAY_GROUP_TASKS
         || (role == ASSAY_GROUP_PROMPTS && !assay_layout_detector_has_responses (self->mapping));
}

static gboolean
advance (AssayImportRun *self, GCancellable *cancellable, GError **error)
{
  self->n_stage_tasks = 0;
  while (self->set < assay_import_mapping_get_n_sets (self->mapping))
    {
      AssayImportJoin join = assay_import_mapping_get_set_join (self->mapping, self->set);

      if (join != ASSAY_JOIN_NONE && assay_layout_detector_is_whole (self->mapping, self->set)
          && self->index == NULL)
        {
          if (!assay_import_run_build_index (self, join, cancellable, error))
            return FALSE;
          self->stage = ASSAY_STAGE_JOIN;
          return TRUE;
        }
      for (guint i = 0; i < self->sources->len; i++)
        {
          AssayImportSource *source = g_ptr_array_index (self->sources, i);

          if (!starts_stream (self, source))
            continue;
          self->source = i;
          if (source->group->kind == ASSAY_RECORDS_MESSAGES)
            {
              self->stage = ASSAY_STAGE_FOREST;
              return assay_import_run_plant_forest (self, source, cancellable, error);
            }
          self->stage = ASSAY_STAGE_STREAM;
          return assay_import_run_open (self, source, cancellable, error);
        }
      self->set++;
    }
  self->stage = ASSAY_STAGE_END;
  if (self->companions->len == 0)
    self->progress_func (1, self->user_data);
  return TRUE;
}

/* Files of which not even the beginning could be read. */
static void
report_broken_files (AssayImportRun *self)
{
  for (guint i = 0; i < self->sources->len; i++)
    {
      AssayImportSource *source = g_ptr_array_index (self->sources, i);

      if (source->sample->nodes->len == 0 && source->sample->problem != NULL)
        assay_import_run_report (self, source, 0, 0, NULL, source->sample->problem);
    }
}

AssayTask *
assay_import_run_next (AssayImportRun *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (!self->begun)
    {
      self->begun = TRUE;
      report_broken_files (self);
    }
  while (g_queue_is_empty (&self->tasks) && self->stage != ASSAY_STAGE_END)
    {
      gboolean ok;

      switch (self->stage)
        {
        case ASSAY_STAGE_STREAM:
          ok = stream_on (self, cancellable, error);
          break;
        case ASSAY_STAGE_JOIN:
          ok = assay_import_run_join_on (self, cancellable, error);
          break;
        case ASSAY_STAGE_FOREST:
          ok = assay_import_run_forest_on (self, cancellable, error);
          break;
        case ASSAY_STAGE_NEXT:
        case ASSAY_STAGE_END:
        default:
          ok = advance (self, cancellable, error);
          break;
        }
      if (!ok)
        return NULL;
    }
  return g_queue_pop_head (&self->tasks);
}
