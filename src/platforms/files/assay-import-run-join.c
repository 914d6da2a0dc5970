/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-import-run-private.h"

static char *
make_join_key (AssayTaskPart *part, AssayImportJoin join)
{
  switch (join)
    {
    case ASSAY_JOIN_ID:
      return assay_task_part_dup_id (part);
    case ASSAY_JOIN_PROMPT:
      return assay_task_part_dup_prompt (part);
    case ASSAY_JOIN_LINE:
    case ASSAY_JOIN_NONE:
    default:
      return g_strdup_printf ("%" G_GUINT64_FORMAT, part->context.number);
    }
}

static gboolean
index_file (AssayImportRun *self,
            guint index,
            AssayImportJoin join,
            GCancellable *cancellable,
            GError **error)
{
  AssayImportSource *source = g_ptr_array_index (self->sources, index);
  g_auto (AssayRecord) record = { 0 };
  gboolean ended = FALSE;

  self->source = index;
  if (!assay_import_run_open (self, source, cancellable, error))
    return FALSE;
  while (self->reader != NULL)
    {
      AssayJoinEntry entry = { 0 };
      AssayTaskPart part;
      g_autofree char *key = NULL;
      guint place;

      if (!assay_import_run_read_record (self, source, &record, &ended, cancellable, error))
        return FALSE;
      if (ended)
        break;
      if (self->index_limit > 0 && record.offset > self->index_limit)
        {
          self->truncated = TRUE;
          break;
        }
      part = assay_import_run_make_part (source, record.node, record.key, record.number);
      key = make_join_key (&part, join);
      if (key == NULL)
        {
          assay_import_run_report (self, source, record.line, record.number,
                                   join == ASSAY_JOIN_ID ? source->group->places[ASSAY_PLACE_ID]
                                                         : NULL,
                                   join == ASSAY_JOIN_ID ? _ ("There is no id to join by.")
                                                         : _ ("There is no prompt to join by."));
          continue;
        }
      entry.file = index;
      entry.offset = record.offset;
      entry.length = (guint32) record.length;
      entry.line = record.line;
      entry.number = record.number;
      place = assay_join_index_add (self->index, key, &entry);
      if (g_strcmp0 (source->group->places[ASSAY_PLACE_ID], "$key") == 0)
        g_hash_table_insert (self->names, GUINT_TO_POINTER (place), g_strdup (record.key));
      assay_import_run_report_progress (self, ASSAY_IMPORT_INDEX_SHARE);
    }
  assay_import_run_close (self, source, ASSAY_IMPORT_INDEX_SHARE);
  source->done = TRUE;
  return TRUE;
}

/* Prompts come first, so that the order of the tasks is theirs. */
gboolean
assay_import_run_build_index (AssayImportRun *self,
                              AssayImportJoin join,
                              GCancellable *cancellable,
                              GError **error)
{
  static const AssayGroupRole order[] = { ASSAY_GROUP_PROMPTS, ASSAY_GROUP_TASKS,
                                          ASSAY_GROUP_RESPONSES, ASSAY_GROUP_REFERENCES };

  g_clear_pointer (&self->index, assay_join_index_free);
  self->index = assay_join_index_new ();
  g_hash_table_remove_all (self->names);
  self->needs_responses = FALSE;
  self->truncated = FALSE;
  self->place = 0;
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      for (guint j = 0; j < self->sources->len; j++)
        {
          AssayImportSource *source = g_ptr_array_index (self->sources, j);

          if (source->group == NULL || source->group->set != self->set || source->done
              || source->group->kind != ASSAY_RECORDS_PLAIN
              || assay_import_group_get_role (source->group) != order[i])
            continue;
          self->needs_responses = self->needs_responses || source->group->responses->len > 0;
          if (!index_file (self, j, join, cancellable, error))
            return FALSE;
        }
    }
  self->n_places = assay_join_index_get_n_keys (self->index);
  return TRUE;
}

static void
report_places (AssayImportRun *self)
{
  guint64 set_bytes = 0;

  for (guint i = 0; i < self->sources->len; i++)
    {
      AssayImportSource *source = g_ptr_array_index (self->sources, i);

      if (source->group != NULL && source->group->set == self->set)
        set_bytes += source->sample->file->size;
    }
  if (self->total_bytes > 0 && self->n_places > 0)
    self->progress_func (((double) self->done_bytes
                          + (1 - ASSAY_IMPORT_INDEX_SHARE) * (double) set_bytes * self->place
                                / self->n_places)
                             / (double) self->total_bytes,
                         self->user_data);
  if (self->place == self->n_places)
    self->done_bytes += (guint64) ((1 - ASSAY_IMPORT_INDEX_SHARE) * (double) set_bytes);
}

gboolean
assay_import_run_join_on (AssayImportRun *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (AssayTaskPart));
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  g_autoptr (GError) build_error = NULL;
  g_autofree char *field = NULL;
  g_autofree char *warning = NULL;
  g_autofree char *id = NULL;
  const AssayJoinEntry *first;
  AssayImportSource *first_source;
  gboolean has_prompt = FALSE;
  AssayTask *task;

  if (self->place == self->n_places || assay_import_run_is_enough (self))
    {
      g_clear_pointer (&self->index, assay_join_index_free);
      self->set++;
      self->stage = ASSAY_STAGE_NEXT;
      return TRUE;
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  first = assay_join_index_get_first (self->index, self->place++);
  first_source = g_ptr_array_index (self->sources, first->file);
  for (const AssayJoinEntry *entry = first; entry != NULL;
       entry = assay_join_index_get_next (self->index, entry))
    {
      AssayImportSource *source = g_ptr_array_index (self->sources, entry->file);
      AssayGroupRole role = assay_import_group_get_role (source->group);
      AssayTaskPart part;
      JsonNode *node = NULL;

      if (!assay_import_run_read_again (self, entry->file, entry->offset, entry->length, &node,
                                        cancellable, error))
        return FALSE;
      if (node == NULL)
        continue;
      g_ptr_array_add (nodes, node);
      part = assay_import_run_make_part (
          source, node, g_hash_table_lookup (self->names, GUINT_TO_POINTER (self->place - 1)),
          entry->number);
      has_prompt = has_prompt || role == ASSAY_GROUP_PROMPTS || role == ASSAY_GROUP_TASKS;
      if (id == NULL && role != ASSAY_GROUP_REFERENCES)
        id = assay_task_part_dup_id (&part);
      g_array_append_val (parts, part);
    }
  report_places (self);
  if (parts->len == 0)
    return TRUE;

  if (id == NULL)
    id = assay_import_run_make_place_id (self, first_source, first->number);
  if (has_prompt)
    id = assay_import_run_make_unique (self, first_source, g_steal_pointer (&id));
  task = assay_task_builder_build (self->builder, id, parts, self->needs_responses, &field,
                                   &warning, &build_error);
  /* Where only the beginning of the files was looked at, what is missing may come later. */
  if (build_error != NULL && !self->truncated)
    assay_import_run_report (self, first_source, first->line, first->number, field,
                             build_error->message);
  if (warning != NULL)
    assay_import_run_report (self, first_source, first->line, first->number, NULL, warning);
  assay_import_run_take (self, task);
  return TRUE;
}
