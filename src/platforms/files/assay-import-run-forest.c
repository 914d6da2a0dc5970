/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-dialogue.h"
#include "assay-import-run-private.h"
#include "assay-json.h"

gboolean
assay_import_run_plant_forest (AssayImportRun *self,
                               AssayImportSource *source,
                               GCancellable *cancellable,
                               GError **error)
{
  guint index = self->source;

  self->forest = assay_message_forest_new (source->group);
  if (!assay_import_run_open (self, source, cancellable, error))
    return FALSE;
  while (self->reader != NULL)
    {
      g_auto (AssayRecord) record = { 0 };
      g_autoptr (GError) local_error = NULL;
      gboolean ended;

      if (!assay_import_run_read_record (self, source, &record, &ended, cancellable, error))
        return FALSE;
      if (ended)
        break;
      if (!assay_message_forest_add (self->forest, record.node, index, record.offset, record.length,
                                     &local_error))
        assay_import_run_report (self, source, record.line, record.number, NULL,
                                 local_error->message);
      assay_import_run_report_progress (self, ASSAY_IMPORT_INDEX_SHARE);
    }
  assay_import_run_close (self, source, 1);
  source->done = TRUE;
  self->n_places = assay_message_forest_prepare (self->forest);
  self->place = 0;
  return TRUE;
}

/* Reads the messages again; appends their texts to @texts (borrowed from @nodes). */
static gboolean
read_messages (AssayImportRun *self,
               AssayImportSource *source,
               GArray *messages,
               GPtrArray *nodes,
               GCancellable *cancellable,
               GError **error)
{
  for (guint i = 0; i < messages->len; i++)
    {
      JsonNode *node = NULL;
      guint file;
      guint64 offset;
      gsize length;

      assay_message_forest_locate (self->forest, g_array_index (messages, guint, i), &file, &offset,
                                   &length);
      if (!assay_import_run_read_again (self, file, offset, length, &node, cancellable, error))
        return FALSE;
      if (node != NULL)
        g_ptr_array_add (nodes, node);
    }
  return TRUE;
}

gboolean
assay_import_run_forest_on (AssayImportRun *self, GCancellable *cancellable, GError **error)
{
  AssayImportSource *source = g_ptr_array_index (self->sources, self->source);
  g_autoptr (GPtrArray) way_nodes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  g_autoptr (GPtrArray) answer_nodes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  g_autoptr (GPtrArray) turns = assay_dialogue_new ();
  g_autoptr (GArray) answers = g_array_new (FALSE, TRUE, sizeof (AssayThreadAnswer));
  g_autoptr (GArray) way = NULL;
  g_autoptr (GArray) replies = NULL;
  g_autoptr (GError) build_error = NULL;
  g_autofree char *warning = NULL;
  g_autofree char *id = NULL;
  AssayTask *task;

  if (self->place == self->n_places || assay_import_run_is_enough (self))
    {
      g_clear_pointer (&self->forest, assay_message_forest_free);
      self->stage = ASSAY_STAGE_NEXT;
      return TRUE;
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  assay_message_forest_get_task (self->forest, self->place++, &way, &replies);
  if (!read_messages (self, source, way, way_nodes, cancellable, error)
      || !read_messages (self, source, replies, answer_nodes, cancellable, error))
    return FALSE;
  for (guint i = 0; i < way_nodes->len; i++)
    {
      JsonObject *message = assay_json_node_object (g_ptr_array_index (way_nodes, i));
      g_autofree char *role = assay_dialogue_normalize_role (
          assay_json_get_string (message, source->group->places[ASSAY_PLACE_ROLE]));

      assay_dialogue_add (turns, role,
                          assay_json_get_string_or (message,
                                                    source->group->places[ASSAY_PLACE_TEXT], ""));
    }
  for (guint i = 0; i < answer_nodes->len; i++)
    {
      JsonObject *message = assay_json_node_object (g_ptr_array_index (answer_nodes, i));
      AssayThreadAnswer answer = { 0 };

      answer.text = assay_json_get_string_or (message, source->group->places[ASSAY_PLACE_TEXT], "");
      answer.id = assay_message_forest_get_id (self->forest, g_array_index (replies, guint, i));
      answer.model = assay_json_get_string (message, "model_name");
      g_array_append_val (answers, answer);
    }
  if (turns->len == 0)
    return TRUE;

  id = assay_import_run_make_unique (self, source,
                                     g_strdup (assay_message_forest_get_id (
                                         self->forest, g_array_index (way, guint, way->len - 1))));
  task = assay_task_builder_build_thread (self->builder, id, turns, answers, NULL, &warning,
                                          &build_error);
  if (build_error != NULL)
    assay_import_run_report (self, source, 0, 0, NULL, build_error->message);
  if (warning != NULL)
    assay_import_run_report (self, source, 0, 0, NULL, warning);
  assay_import_run_take (self, task);
  return TRUE;
}
