/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-import-problem.h"
#include "assay-import-run-private.h"
#include "assay-json.h"

/* Assay's own form: beside the tasks, a file has the judgements of these and the guidelines that
 * they followed. A judgement means something only with its task, so the place of each is noted
 * while the tasks are read, and they are read again when all tasks are in. */

/* The version of the form that this program writes. */
#define OWN_VERSION 1

void
assay_import_companion_free (AssayImportCompanion *self)
{
  g_free (self->file);
  g_free (self->task_id);
  json_node_unref (self->node);
  g_free (self);
}

/* The ids of a file's tasks mean something in that file alone. */
static char *
make_own_key (AssayImportRun *self, AssayImportSource *source, const char *id)
{
  guint place = 0;

  g_ptr_array_find (self->sources, source, &place);
  return g_strdup_printf ("%u %s", place, id);
}

static gboolean
find_kind (const char *type, AssayCompanionKind *kind)
{
  if (g_strcmp0 (type, "judgement") == 0)
    *kind = ASSAY_COMPANION_JUDGEMENT;
  else if (g_strcmp0 (type, "guideline") == 0)
    *kind = ASSAY_COMPANION_GUIDELINE;
  else
    return FALSE;
  return TRUE;
}

gboolean
assay_import_run_expects_companions (AssayImportSource *source)
{
  if (source->group == NULL || source->group->kind != ASSAY_RECORDS_OWN)
    return FALSE;
  return assay_file_sample_has_type (source->sample, "judgement");
}

/* Its terms let only the evaluator's own words out of the program that exported it. */
static gboolean
is_redacted (JsonObject *task)
{
  JsonArray *documents = assay_json_get_array (task, "documents");
  JsonObject *first = documents != NULL && json_array_get_length (documents) > 0
                          ? assay_json_node_object (json_array_get_element (documents, 0))
                          : NULL;

  return first != NULL && assay_json_has (first, "sha256") && !assay_json_has (task, "prompt")
         && !assay_json_has (task, "turns");
}

static void
take_task (AssayImportRun *self, AssayImportSource *source, AssayRecord *record)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;
  g_autofree char *id = NULL;
  AssayTask *task;

  if (is_redacted (assay_json_node_object (record->node)))
    {
      assay_import_run_report (self, source, record->line, record->number, NULL,
                               _ ("The terms of this task let only the words of its evaluator be "
                                  "exported: its texts are not in the file."));
      return;
    }
  task = assay_task_builder_build_own (self->builder, record->node, record->number, &error);
  if (task == NULL)
    {
      assay_import_run_report (self, source, record->line, record->number, NULL, error->message);
      return;
    }
  id = g_strdup (assay_task_get_id (task));
  key = make_own_key (self, source, id);
  task = assay_import_run_ensure_unique (self, source, task);
  /* Of two tasks with one id in one file, a judgement could mean either. */
  if (!assay_key_set_add (self->own_ids, key))
    g_hash_table_replace (self->own_names, g_steal_pointer (&key), NULL);
  else if (!g_str_equal (id, assay_task_get_id (task)))
    g_hash_table_replace (self->own_names, g_steal_pointer (&key),
                          g_strdup (assay_task_get_id (task)));
  assay_import_run_take (self, task);
}

static void
check_head (AssayImportRun *self, AssayImportSource *source, AssayRecord *record)
{
  if (assay_json_get_int (assay_json_node_object (record->node), "version", OWN_VERSION)
      > OWN_VERSION)
    assay_import_run_report (self, source, record->line, record->number, "version",
                             _ ("This file was written by a newer version of this program. What "
                                "this version does not know is left out."));
}

void
assay_import_run_take_own (AssayImportRun *self, AssayImportSource *source, AssayRecord *record)
{
  JsonObject *object = assay_json_node_object (record->node);
  const char *type = assay_json_get_string (object, "type");
  AssayCompanionPlace place = {
    .offset = record->offset,
    .length = record->length,
    .line = record->line,
  };
  g_autofree char *sentence = NULL;

  if (g_strcmp0 (type, "task") == 0 || (type == NULL && !assay_json_has (object, "format")))
    {
      take_task (self, source, record);
    }
  else if (type == NULL)
    {
      check_head (self, source, record);
    }
  else if (find_kind (type, &place.kind))
    {
      g_ptr_array_find (self->sources, source, &place.source);
      g_array_append_val (self->companions, place);
    }
  else
    {
      sentence =
          /* Translators: a word that says what a record is, for example “review”. */
          g_strdup_printf (_ ("Records of the type “%s” are not known to this version."), type);
      assay_import_run_report (self, source, record->line, record->number, "type", sentence);
    }
}

gboolean
assay_import_run_has_companions (AssayImportRun *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->companions->len > 0;
}

/* The id that the task of a judgement has in this run. (transfer full) (nullable) */
static char *
find_task (AssayImportRun *self, AssayImportSource *source, JsonNode *node, const char **problem)
{
  JsonNode *member = json_object_get_member (assay_json_node_object (node), "task_id");
  g_autofree char *id = member != NULL ? assay_json_node_dup_id (member) : NULL;
  g_autofree char *key = id != NULL ? make_own_key (self, source, id) : NULL;
  gpointer name;

  if (key == NULL || !assay_key_set_contains (self->own_ids, key))
    *problem = _ ("The task of this judgement is not in the file, or could not be read.");
  else if (!g_hash_table_lookup_extended (self->own_names, key, NULL, &name))
    return g_steal_pointer (&id);
  else if (name == NULL)
    *problem = _ ("The file has several tasks with the id that this judgement names.");
  else
    return g_strdup (name);
  return NULL;
}

/* Sets @companion, or leaves it where the record cannot be used. FALSE when cancelled. */
static gboolean
read_place (AssayImportRun *self,
            const AssayCompanionPlace *place,
            AssayImportCompanion **companion,
            GCancellable *cancellable,
            GError **error)
{
  AssayImportSource *source = g_ptr_array_index (self->sources, place->source);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *task_id = NULL;
  const char *problem = NULL;

  if (!assay_import_run_read_again (self, place->source, place->offset, place->length, &node,
                                    cancellable, error))
    return FALSE;
  /* What was wrong was reported; the file changed meanwhile. */
  if (node == NULL || assay_json_node_object (node) == NULL)
    return TRUE;
  if (place->kind == ASSAY_COMPANION_JUDGEMENT)
    {
      task_id = find_task (self, source, node, &problem);
      if (task_id == NULL)
        {
          assay_import_run_report (self, source, place->line, 0, "task_id", problem);
          return TRUE;
        }
    }
  *companion = g_new0 (AssayImportCompanion, 1);
  (*companion)->kind = place->kind;
  (*companion)->file = g_strdup (source->sample->file->name);
  (*companion)->line = place->line;
  (*companion)->task_id = g_steal_pointer (&task_id);
  (*companion)->node = g_steal_pointer (&node);
  return TRUE;
}

static void
report_progress (AssayImportRun *self)
{
  double read = self->total_bytes > 0 ? (double) self->done_bytes / (double) self->total_bytes : 1;

  self->progress_func (read + (1 - read) * self->companion / self->companions->len,
                       self->user_data);
}

AssayImportCompanion *
assay_import_run_next_companion (AssayImportRun *self,
                                 gsize *length,
                                 GCancellable *cancellable,
                                 GError **error)
{
  AssayImportCompanion *companion = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (length != NULL, NULL);

  while (companion == NULL && self->companion < self->companions->len)
    {
      const AssayCompanionPlace *place =
          &g_array_index (self->companions, AssayCompanionPlace, self->companion);

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !read_place (self, place, &companion, cancellable, error))
        return NULL;
      *length = place->length;
      self->companion++;
      report_progress (self);
    }
  return companion;
}
