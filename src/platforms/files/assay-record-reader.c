/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-bidi.h"
#include "assay-hex-view.h"
#include "assay-importer.h"
#include "assay-json.h"
#include "assay-limits.h"
#include "assay-record-path.h"
#include "assay-record-reader.h"
#include "assay-table-row.h"

/* U+FEFF in UTF-8. */
#define BYTE_ORDER_MARK_BYTES 3

struct _AssayRecordReader
{
  AssayImportFile *file;
  AssaySplitter *splitter;
  GSeekable *position;
};

void
assay_record_clear (AssayRecord *self)
{
  g_clear_pointer (&self->node, json_node_unref);
  g_clear_pointer (&self->key, g_free);
  *self = (AssayRecord) { 0 };
}

static JsonNode *
parse_row (AssayImportFile *file, const char *text, gsize length, GError **error)
{
  guint n_columns = g_strv_length (file->columns);
  g_auto (GStrv) cells = assay_table_row_split (text, length, file->separator, n_columns);
  g_autoptr (JsonObject) object = NULL;
  JsonNode *node;
  guint n_cells = g_strv_length (cells);

  if (n_cells > n_columns)
    {
      g_set_error (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_RECORD,
                   _ ("The row has %u cells, but the header has %u."), n_cells, n_columns);
      return NULL;
    }

  object = json_object_new ();
  for (guint i = 0; i < n_cells; i++)
    json_object_set_string_member (object, file->columns[i], cells[i]);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, object);
  return node;
}

static JsonNode *
parse (AssayImportFile *file, const char *text, gsize length, GError **error)
{
  g_clear_pointer (&file->bytes_shown, g_free);
  if (memchr (text, '\0', length) != NULL)
    {
      g_set_error_literal (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_RECORD,
                           _ ("The record has a NUL byte in it, and text has none."));
      file->bytes_shown = assay_hex_view_of_fault (text, length);
      return NULL;
    }
  if (!g_utf8_validate_len (text, length, NULL))
    {
      g_set_error_literal (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_RECORD,
                           _ ("The record is not valid UTF-8 text."));
      file->bytes_shown = assay_hex_view_of_fault (text, length);
      return NULL;
    }
  if (file->split == ASSAY_SPLIT_TABLE)
    return parse_row (file, text, length, error);
  return assay_json_parse_full (text, (gssize) length,
                                file->refuse_duplicates ? ASSAY_JSON_REFUSE_DUPLICATES
                                                        : ASSAY_JSON_DEFAULT,
                                error);
}

/* Names of columns must differ, or the second would replace the first. */
static void
name_columns (AssayImportFile *file, const char *text, gsize length)
{
  g_auto (GStrv) cells = assay_table_row_split (text, length, file->separator, 0);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; cells[i] != NULL; i++)
    {
      g_strstrip (cells[i]);
      for (guint n = 2; *cells[i] == '\0' || g_hash_table_contains (seen, cells[i]); n++)
        {
          g_autofree char *old = cells[i];

          cells[i] = *old == '\0' ? g_strdup_printf ("column %u", i + 1)
                                  : g_strdup_printf ("%s (%u)", old, n);
        }
      g_hash_table_add (seen, cells[i]);
    }
  g_strfreev (file->columns);
  file->columns = g_steal_pointer (&cells);
}

static gboolean
read_header (AssayRecordReader *self, GError **error)
{
  AssayChunk chunk;

  if (assay_splitter_next (self->splitter, &chunk) != ASSAY_CHUNK_RECORD
      || !g_utf8_validate_len (chunk.data, chunk.length, NULL))
    {
      g_autofree char *name = assay_bidi_isolate (self->file->name);

      g_set_error (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_NOT_TASKS,
                   _ ("“%s” has no header that names its columns."), name);
      return FALSE;
    }
  name_columns (self->file, chunk.data, chunk.length);
  assay_splitter_set_n_columns (self->splitter, g_strv_length (self->file->columns));
  return TRUE;
}

AssayRecordReader *
assay_record_reader_new (AssayImportFile *file,
                         const char *records,
                         gsize record_limit,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (AssayRecordReader) self = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_auto (GStrv) names = NULL;
  char mark[BYTE_ORDER_MARK_BYTES];

  g_return_val_if_fail (file != NULL, NULL);

  self = g_new0 (AssayRecordReader, 1);
  self->file = file;
  stream = assay_import_file_open (file, &self->position, cancellable, error);
  if (stream == NULL)
    return NULL;
  /* Read, not skipped: a stream that converts hands skipping on to the one below it. What is wrong
   * with the file is said of what follows. */
  if (file->byte_order_mark)
    g_input_stream_read_all (stream, mark, BYTE_ORDER_MARK_BYTES, NULL, cancellable, NULL);

  if (file->split == ASSAY_SPLIT_VALUES && records != NULL && *records != '\0')
    names = assay_record_path_split (records);
  self->splitter =
      assay_splitter_new (stream, file->split, (const char *const *) names, file->separator,
                          record_limit, (guint64) ASSAY_LIMIT_IMPORT_FILE_BYTES, cancellable);
  if (file->split == ASSAY_SPLIT_TABLE && !read_header (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
assay_record_reader_free (AssayRecordReader *self)
{
  g_clear_pointer (&self->splitter, assay_splitter_free);
  g_clear_object (&self->position);
  g_free (self);
}

AssayChunkStatus
assay_record_reader_next (AssayRecordReader *self,
                          AssayRecord *record,
                          char **sentence,
                          GError **error)
{
  g_autoptr (GError) parse_error = NULL;
  AssayChunk chunk;
  AssayChunkStatus status;

  g_return_val_if_fail (self != NULL, ASSAY_CHUNK_END);

  assay_record_clear (record);
  status = assay_splitter_next (self->splitter, &chunk);
  record->line = chunk.line;
  record->number = chunk.number;
  switch (status)
    {
    case ASSAY_CHUNK_RECORD:
      record->node = parse (self->file, chunk.data, chunk.length, &parse_error);
      if (record->node == NULL)
        {
          *sentence = g_strdup (parse_error->message);
          return ASSAY_CHUNK_PROBLEM;
        }
      record->key = g_strdup (chunk.key);
      record->in_list = chunk.in_list;
      record->offset = chunk.offset + (self->file->byte_order_mark ? BYTE_ORDER_MARK_BYTES : 0);
      record->length = chunk.length;
      break;

    case ASSAY_CHUNK_PROBLEM:
      *sentence = g_strdup (chunk.problem);
      break;

    case ASSAY_CHUNK_END:
    default:
      if (assay_splitter_get_error (self->splitter) != NULL)
        g_propagate_error (error, g_error_copy (assay_splitter_get_error (self->splitter)));
      break;
    }
  return status;
}

gboolean
assay_record_reader_skip_all (AssayRecordReader *self, GError **error)
{
  AssayChunk chunk;

  g_return_val_if_fail (self != NULL, FALSE);

  while (assay_splitter_next (self->splitter, &chunk) != ASSAY_CHUNK_END)
    continue;
  if (assay_splitter_get_error (self->splitter) == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (assay_splitter_get_error (self->splitter)));
  return FALSE;
}

JsonObject *
assay_record_reader_get_beside (AssayRecordReader *self)
{
  return assay_splitter_get_beside (self->splitter);
}

guint64
assay_record_reader_get_position (AssayRecordReader *self)
{
  return (guint64) g_seekable_tell (self->position);
}

JsonNode *
assay_record_read_at (AssayImportFile *file,
                      guint64 offset,
                      gsize length,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autofree char *text = assay_import_file_read_at (file, offset, length, cancellable, error);

  return text != NULL ? parse (file, text, length, error) : NULL;
}
