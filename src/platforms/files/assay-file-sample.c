/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-field-roles.h"
#include "assay-field-words.h"
#include "assay-file-sample.h"
#include "assay-import-group.h"
#include "assay-importer.h"
#include "assay-json.h"
#include "assay-limits.h"
#include "assay-record-path.h"

#define PROBE_BYTES ((gsize) 4 * 1024 * 1024)
#define PROBE_VALUES 200
#define ALIKE 0.5

typedef struct
{
  char *name;
  guint n_listed; /* items of a list of objects */
  gboolean object;
} Member;

void
assay_file_sample_free (AssayFileSample *self)
{
  g_free (self->records);
  g_ptr_array_unref (self->nodes);
  g_ptr_array_unref (self->keys);
  g_array_unref (self->numbers);
  g_clear_pointer (&self->beside, json_object_unref);
  g_strfreev (self->names);
  g_free (self->problem);
  g_free (self);
}

static void
member_free (Member *self)
{
  g_free (self->name);
  g_free (self);
}

static double
compare_objects (JsonObject *a, JsonObject *b)
{
  g_autoptr (GList) members = json_object_get_members (a);
  guint n_both = 0;
  guint n_all;

  for (GList *l = members; l != NULL; l = l->next)
    n_both += json_object_has_member (b, l->data) ? 1 : 0;
  n_all = json_object_get_size (a) + json_object_get_size (b) - n_both;
  return n_all > 0 ? (double) n_both / n_all : 0;
}

static Member *
ensure_member (GPtrArray *members, const char *name)
{
  Member *member;

  for (guint i = 0; i < members->len; i++)
    {
      member = g_ptr_array_index (members, i);
      if (g_str_equal (member->name, name))
        return member;
    }
  member = g_new0 (Member, 1);
  member->name = g_strdup (name);
  g_ptr_array_add (members, member);
  return member;
}

/* The only value of the file is an object. It is a record itself, or holds records: as its members,
 * or in a list beside which other members stand. */
static char *
find_records_in_object (AssayImportFile *file, GCancellable *cancellable)
{
  g_autoptr (AssayRecordReader) reader =
      assay_record_reader_new (file, "*", PROBE_BYTES, cancellable, NULL);
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) member_free);
  g_autoptr (JsonNode) first = NULL;
  g_auto (AssayRecord) record = { 0 };
  gboolean has_prompt = FALSE;
  guint n_alike = 0;
  guint n_objects = 0;
  Member *best = NULL;

  for (guint i = 0; reader != NULL && i < PROBE_VALUES; i++)
    {
      g_autofree char *sentence = NULL;
      AssayChunkStatus status = assay_record_reader_next (reader, &record, &sentence, NULL);
      JsonObject *object;
      Member *member;

      if (status == ASSAY_CHUNK_END)
        break;
      if (status == ASSAY_CHUNK_PROBLEM || record.key == NULL)
        continue;
      object = assay_json_node_object (record.node);
      member = ensure_member (members, record.key);
      if (record.in_list)
        {
          member->n_listed += object != NULL ? 1 : 0;
        }
      else if (object != NULL)
        {
          member->object = TRUE;
          n_objects++;
          if (first == NULL)
            first = json_node_ref (record.node);
          if (compare_objects (assay_json_node_object (first), object) >= ALIKE)
            n_alike++;
        }
      else if (assay_json_node_string (record.node) != NULL)
        {
          g_auto (GStrv) words = assay_field_split_words (record.key);

          has_prompt = has_prompt || assay_field_words_prompt_score (words) > 2;
        }
    }

  if (n_alike >= 2 && n_alike * 2 > members->len)
    return g_strdup ("*");
  for (guint i = 0; i < members->len && !has_prompt; i++)
    {
      Member *member = g_ptr_array_index (members, i);

      if (member->n_listed > 0 && (best == NULL || member->n_listed > best->n_listed))
        best = member;
    }
  if (best != NULL)
    return assay_record_path_escape (best->name);
  /* A set of one. */
  if (n_objects == 1 && members->len == 1)
    return g_strdup ("*");
  return g_strdup ("");
}

static void
set_problem (AssayFileSample *self, const char *sentence, guint64 line)
{
  if (self->problem != NULL)
    return;
  self->problem = g_strdup (sentence);
  self->problem_line = line;
}

/* Reads records at `records`. FALSE when cancelled. */
static gboolean
read_records (AssayFileSample *self,
              guint n_records,
              gsize bytes_max,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (AssayRecordReader) reader = NULL;
  g_auto (AssayRecord) record = { 0 };
  g_autoptr (GError) local_error = NULL;
  guint n_problems = 0;
  gsize n_bytes = 0;

  g_ptr_array_set_size (self->nodes, 0);
  g_ptr_array_set_size (self->keys, 0);
  g_array_set_size (self->numbers, 0);
  self->whole = FALSE;
  reader = assay_record_reader_new (self->file, self->records, ASSAY_LIMIT_IMPORT_LINE_BYTES,
                                    cancellable, &local_error);

  while (reader != NULL && self->nodes->len < n_records && n_bytes < bytes_max
         && n_problems < PROBE_VALUES)
    {
      g_autofree char *sentence = NULL;
      AssayChunkStatus status = assay_record_reader_next (reader, &record, &sentence, &local_error);

      if (status == ASSAY_CHUNK_END)
        {
          self->whole = local_error == NULL;
          break;
        }
      if (status == ASSAY_CHUNK_PROBLEM)
        {
          n_problems++;
          set_problem (self, sentence, record.line);
          continue;
        }
      n_bytes += record.length;
      if (assay_json_node_object (record.node) == NULL)
        {
          n_problems++;
          continue;
        }
      g_ptr_array_add (self->nodes, json_node_ref (record.node));
      g_ptr_array_add (self->keys, g_strdup (record.key != NULL ? record.key : ""));
      g_array_append_val (self->numbers, record.number);
    }

  if (local_error != NULL)
    {
      if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      self->unreadable = self->nodes->len == 0 && local_error->domain != ASSAY_IMPORT_ERROR;
      set_problem (self, local_error->message, 0);
    }
  if (reader != NULL)
    {
      g_clear_pointer (&self->beside, json_object_unref);
      self->beside = json_object_ref (assay_record_reader_get_beside (reader));
    }
  return TRUE;
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
find_names (AssayFileSample *self)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer name;
  gpointer count;

  for (guint i = 0; i < self->nodes->len; i++)
    {
      JsonObject *object = assay_json_node_object (g_ptr_array_index (self->nodes, i));
      g_autoptr (GList) members = json_object_get_members (object);

      for (GList *l = members; l != NULL; l = l->next)
        g_hash_table_insert (counts, l->data,
                             GUINT_TO_POINTER (
                                 GPOINTER_TO_UINT (g_hash_table_lookup (counts, l->data)) + 1));
    }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &name, &count))
    {
      if (GPOINTER_TO_UINT (count) * 2 >= self->nodes->len)
        g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_sort (names, compare_strings);
  g_strfreev (self->names);
  self->names = g_new0 (char *, names->len + 1);
  for (guint i = 0; i < names->len; i++)
    self->names[i] = g_strdup (g_ptr_array_index (names, i));
}

/* What a judge wrote has other fields beside those of the records that it is about. */
static gboolean
has_judge (AssayFileSample *self)
{
  for (guint i = 0; self->names[i] != NULL; i++)
    {
      g_auto (GStrv) words = assay_field_split_words (self->names[i]);

      if (assay_field_words_are_judge (words))
        return TRUE;
    }
  return FALSE;
}

/* Where files of one shape play different parts, their place tells which. */
static const char *
find_hint (AssayImportFile *file)
{
  g_auto (GStrv) words = assay_field_split_words (file->name);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (g_str_has_prefix (words[i], "reference") || g_str_equal (words[i], "gold"))
        return ASSAY_HINT_REFERENCE;
      if (g_str_has_prefix (words[i], "review") || g_str_equal (words[i], "judgment")
          || g_str_equal (words[i], "judgments") || g_str_has_prefix (words[i], "judgement"))
        return ASSAY_HINT_JUDGEMENT;
    }
  return "";
}

/* Whether the only record is a task by itself, whatever lists it has. */
static gboolean
is_task (AssayFileSample *self)
{
  g_autoptr (AssayImportGroup) group = assay_import_group_new ("");
  g_autoptr (GPtrArray) samples = g_ptr_array_new ();

  if (self->nodes->len != 1)
    return FALSE;
  g_ptr_array_add (samples, self);
  assay_field_roles_assign (group, samples);
  return assay_import_group_get_role (group) == ASSAY_GROUP_TASKS;
}

AssayFileSample *
assay_file_sample_new (AssayImportFile *file,
                       guint n_records,
                       gsize n_bytes,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (AssayFileSample) self = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (file != NULL, NULL);

  self = g_new0 (AssayFileSample, 1);
  self->file = file;
  self->records = g_strdup ("");
  self->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  self->keys = g_ptr_array_new_with_free_func (g_free);
  self->numbers = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->names = g_new0 (char *, 1);
  self->hint = find_hint (file);

  if (!assay_import_file_sniff (file, cancellable, &local_error))
    {
      if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      self->unreadable =
          g_error_matches (local_error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_UNREADABLE);
      self->problem = g_strdup (local_error->message);
      return g_steal_pointer (&self);
    }

  if (!read_records (self, n_records, n_bytes, cancellable, error))
    return NULL;
  /* At most one object at the root, or one that is too large to be read in one piece. */
  if (file->split == ASSAY_SPLIT_VALUES && self->nodes->len <= 1 && !is_task (self))
    {
      g_autofree char *records = find_records_in_object (file, cancellable);

      if (*records != '\0')
        {
          g_clear_pointer (&self->problem, g_free);
          g_set_str (&self->records, records);
          if (!read_records (self, n_records, n_bytes, cancellable, error))
            return NULL;
        }
    }
  find_names (self);
  if (has_judge (self))
    self->hint = ASSAY_HINT_JUDGEMENT;
  return g_steal_pointer (&self);
}

gboolean
assay_file_sample_has_type (AssayFileSample *self, const char *type)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->nodes->len; i++)
    {
      JsonObject *object = assay_json_node_object (g_ptr_array_index (self->nodes, i));

      if (g_strcmp0 (assay_json_get_string (object, "type"), type) == 0)
        return TRUE;
    }
  return FALSE;
}

AssayFieldTable *
assay_file_sample_make_table (GPtrArray *samples)
{
  AssayFieldTable *table = assay_field_table_new ();

  g_return_val_if_fail (samples != NULL, table);

  for (guint i = 0; i < samples->len; i++)
    {
      AssayFileSample *sample = g_ptr_array_index (samples, i);

      for (guint j = 0; j < sample->nodes->len; j++)
        assay_field_table_add_record (table, g_ptr_array_index (sample->nodes, j));
    }
  return table;
}
