/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-bidi.h"
#include "assay-gzip-decompressor.h"
#include "assay-hex-view.h"
#include "assay-import-file.h"
#include "assay-importer.h"
#include "assay-limits.h"
#include "assay-table-row.h"
#include "assay-utf16-decoder.h"

#define SNIFF_BYTES ((gsize) 64 * 1024)
#define FOLDER_DEPTH_MAX 16
#define FILES_MAX 10000
#define BYTE_ORDER_MARK_BYTES 3

static const char *const record_suffixes[] = { ".json", ".jsonl", ".ndjson", ".csv",
                                               ".tsv",  ".tab",   NULL };

static gboolean
has_suffix (const char *name, const char *suffix)
{
  gsize length = strlen (name);
  gsize suffix_length = strlen (suffix);

  return length > suffix_length && g_ascii_strcasecmp (name + length - suffix_length, suffix) == 0;
}

static char *
dup_without_gz (const char *name)
{
  return g_strndup (name, strlen (name) - (has_suffix (name, ".gz") ? strlen (".gz") : 0));
}

/* Reports and logs that evaluation tools write beside the records are not records. */
static gboolean
may_hold_records (const char *name)
{
  g_autofree char *plain = dup_without_gz (name);

  if (has_suffix (plain, ".report.json"))
    return FALSE;
  for (guint i = 0; record_suffixes[i] != NULL; i++)
    {
      if (has_suffix (plain, record_suffixes[i]))
        return TRUE;
    }
  return FALSE;
}

static char *
dup_stem (const char *name)
{
  g_autofree char *plain = dup_without_gz (name);

  for (guint i = 0; record_suffixes[i] != NULL; i++)
    {
      if (has_suffix (plain, record_suffixes[i]))
        return g_strndup (plain, strlen (plain) - strlen (record_suffixes[i]));
    }
  return g_steal_pointer (&plain);
}

static AssayImportFile *
import_file_new (GFile *file, const char *folder, guint64 size)
{
  g_autofree char *raw = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (raw != NULL ? raw : "");
  AssayImportFile *self = g_new0 (AssayImportFile, 1);

  self->file = g_object_ref (file);
  self->folder = g_strdup (folder);
  self->name = *folder != '\0' ? g_build_filename (folder, name, NULL) : g_strdup (name);
  self->stem = dup_stem (name);
  self->size = size;
  self->separator = ',';
  return self;
}

void
assay_import_file_free (AssayImportFile *self)
{
  assay_import_file_close (self);
  g_object_unref (self->file);
  g_free (self->name);
  g_free (self->folder);
  g_free (self->stem);
  g_strfreev (self->columns);
  g_free (self->bytes_shown);
  g_free (self);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const AssayImportFile *const *left = a;
  const AssayImportFile *const *right = b;
  g_autofree char *left_key = g_utf8_collate_key_for_filename ((*left)->name, -1);
  g_autofree char *right_key = g_utf8_collate_key_for_filename ((*right)->name, -1);
  int order = strcmp (left_key, right_key);

  return order != 0 ? order : strcmp ((*left)->name, (*right)->name);
}

static gboolean
too_many_files (GError **error)
{
  g_set_error (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_TOO_LARGE,
               ngettext ("The folder holds more than %d file. Open a smaller part of it.",
                         "The folder holds more than %d files. Open a smaller part of it.",
                         FILES_MAX),
               FILES_MAX);
  return FALSE;
}

static gboolean
walk_folder (GPtrArray *list,
             GFile *folder,
             const char *name,
             guint depth,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GFileEnumerator) enumerator = NULL;

  enumerator = g_file_enumerate_children (folder,
                                          G_FILE_ATTRIBUTE_STANDARD_NAME
                                          "," G_FILE_ATTRIBUTE_STANDARD_TYPE
                                          "," G_FILE_ATTRIBUTE_STANDARD_SIZE
                                          "," G_FILE_ATTRIBUTE_STANDARD_IS_HIDDEN,
                                          G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, cancellable, error);
  if (enumerator == NULL)
    return FALSE;

  for (;;)
    {
      GFileInfo *info;
      GFile *child;

      if (!g_file_enumerator_iterate (enumerator, &info, &child, cancellable, error))
        return FALSE;
      if (info == NULL)
        return TRUE;
      if (g_file_info_get_is_hidden (info))
        continue;

      if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY && depth < FOLDER_DEPTH_MAX)
        {
          g_autofree char *base = g_filename_display_name (g_file_info_get_name (info));
          g_autofree char *below = g_build_filename (name, base, NULL);

          if (!walk_folder (list, child, below, depth + 1, cancellable, error))
            return FALSE;
        }
      else if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR
               && may_hold_records (g_file_info_get_name (info)))
        {
          if (list->len >= FILES_MAX)
            return too_many_files (error);
          g_ptr_array_add (list,
                           import_file_new (child, name, (guint64) g_file_info_get_size (info)));
        }
    }
}

/* Two files of one name are told apart by their folders. */
static void
make_names_unique (GPtrArray *list)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) twice = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < list->len; i++)
    {
      AssayImportFile *file = g_ptr_array_index (list, i);

      if (!g_hash_table_add (seen, file->name))
        g_hash_table_add (twice, file->name);
    }
  if (g_hash_table_size (twice) == 0)
    return;

  for (guint i = 0; i < list->len; i++)
    {
      AssayImportFile *file = g_ptr_array_index (list, i);
      g_autoptr (GFile) parent = g_file_get_parent (file->file);
      g_autofree char *raw = NULL;
      g_autofree char *folder = NULL;

      if (!g_hash_table_contains (twice, file->name) || parent == NULL)
        continue;
      raw = g_file_get_basename (parent);
      folder = g_filename_display_name (raw);
      g_free (file->folder);
      file->folder = g_build_filename (folder, NULL);
    }
  /* The set above borrows the names, so they change last. */
  for (guint i = 0; i < list->len; i++)
    {
      AssayImportFile *file = g_ptr_array_index (list, i);

      if (*file->folder != '\0' && strchr (file->name, G_DIR_SEPARATOR) == NULL)
        {
          g_autofree char *base = g_steal_pointer (&file->name);

          file->name = g_build_filename (file->folder, base, NULL);
        }
    }
}

GPtrArray *
assay_import_file_list (GPtrArray *files, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) list = NULL;

  g_return_val_if_fail (files != NULL, NULL);

  list = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_import_file_free);
  for (guint i = 0; i < files->len; i++)
    {
      GFile *file = g_ptr_array_index (files, i);
      g_autofree char *parse_name = g_file_get_parse_name (file);
      g_autofree char *shown = assay_bidi_isolate (parse_name);
      g_autoptr (GError) local_error = NULL;
      g_autoptr (GFileInfo) info = NULL;
      gboolean ok;

      info = g_file_query_info (file,
                                G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                G_FILE_QUERY_INFO_NONE, cancellable, &local_error);
      ok = info != NULL;
      if (ok && g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
        ok = walk_folder (list, file, "", 0, cancellable, &local_error);
      else if (ok)
        g_ptr_array_add (list, import_file_new (file, "", (guint64) g_file_info_get_size (info)));

      if (!ok && local_error->domain == ASSAY_IMPORT_ERROR)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      if (!ok)
        {
          if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
            g_propagate_error (error, g_steal_pointer (&local_error));
          else if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
            g_set_error (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_UNREADABLE,
                         _ ("“%s” does not exist."), shown);
          else
            g_set_error (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_UNREADABLE,
                         _ ("“%s” cannot be read: %s"), shown, local_error->message);
          return NULL;
        }
    }

  if (list->len == 0)
    {
      g_autofree char *first =
          files->len > 0 ? g_file_get_parse_name (g_ptr_array_index (files, 0)) : g_strdup ("");
      g_autofree char *shown = assay_bidi_isolate (first);

      g_set_error (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_NOT_TASKS,
                   /* Translators: %s is a folder. */
                   _ ("There are no JSON, JSON Lines, CSV or TSV files in “%s”."), shown);
      return NULL;
    }
  make_names_unique (list);
  g_ptr_array_sort (list, compare_names);
  return g_steal_pointer (&list);
}

static gboolean
unreadable (AssayImportFile *self, GError *reason, GError **error)
{
  g_autofree char *name = assay_bidi_isolate (self->name);

  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || reason->domain == ASSAY_IMPORT_ERROR)
    g_propagate_error (error, g_error_copy (reason));
  else
    g_set_error (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_UNREADABLE,
                 _ ("“%s” cannot be read: %s"), name, reason->message);
  return FALSE;
}

static gboolean
not_text (AssayImportFile *self, const char *head, gsize length, GError **error)
{
  g_autofree char *name = assay_bidi_isolate (self->name);

  g_free (self->bytes_shown);
  self->bytes_shown = assay_hex_view_of_fault (head, length);
  g_set_error (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_NOT_TASKS,
               _ ("“%s” is not a text file in UTF-8."), name);
  return FALSE;
}

/* Whether the line is one whole JSON object or list. */
static gboolean
is_whole_value (const char *line, gsize length)
{
  gboolean in_string = FALSE;
  gsize depth = 0;

  while (length > 0 && g_ascii_isspace (line[length - 1]))
    length--;
  if (length == 0 || (line[0] != '{' && line[0] != '['))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      char c = line[i];

      if (in_string && c == '\\')
        i++;
      else if (c == '"')
        in_string = !in_string;
      else if (!in_string && (c == '{' || c == '['))
        depth++;
      else if (!in_string && (c == '}' || c == ']') && (depth == 0 || --depth == 0))
        return i + 1 == length;
    }
  return FALSE;
}

/* Several whole values, each on a line of its own, are JSON Lines even if one or the other line is
 * broken. */
static gboolean
looks_like_lines (AssayImportFile *self, const char *head, gsize length, gboolean whole_file)
{
  g_autofree char *plain = dup_without_gz (self->name);
  const char *line = head;
  guint n_whole = 0;
  guint n_other = 0;

  while (line < head + length)
    {
      const char *line_end = memchr (line, '\n', (gsize) (head + length - line));

      if (line_end == NULL && !whole_file)
        break;
      if (line_end == NULL)
        line_end = head + length;
      if (is_whole_value (line, (gsize) (line_end - line)))
        n_whole++;
      else if (line_end - line > 1)
        n_other++;
      line = line_end + 1;
    }

  if (n_whole == 0 && n_other == 0)
    return has_suffix (plain, ".jsonl") || has_suffix (plain, ".ndjson");
  if (n_whole == 1 && n_other == 0)
    return !whole_file;
  return n_whole > n_other;
}

static void
guess_form (AssayImportFile *self, const char *head, gsize length, gboolean whole_file)
{
  g_autofree char *plain = dup_without_gz (self->name);
  gsize i = 0;

  while (i < length && g_ascii_isspace (head[i]))
    i++;

  if (has_suffix (plain, ".tsv") || has_suffix (plain, ".tab"))
    {
      self->split = ASSAY_SPLIT_TABLE;
      self->separator = '\t';
    }
  else if (has_suffix (plain, ".csv")
           || (i < length && head[i] != '{' && head[i] != '[' && !has_suffix (plain, ".json")
               && !has_suffix (plain, ".jsonl") && !has_suffix (plain, ".ndjson")))
    {
      self->split = ASSAY_SPLIT_TABLE;
      self->separator = assay_table_guess_separator (head, length);
    }
  else
    {
      self->split = looks_like_lines (self, head + i, length - i, whole_file) ? ASSAY_SPLIT_LINES
                                                                              : ASSAY_SPLIT_VALUES;
    }
}

/* Whether what the file begins with says that the text lies in another form than was known. */
static gboolean
unwraps (AssayImportFile *self, const char *head, gsize length)
{
  if (!self->gzip && length >= 2 && memcmp (head, "\x1f\x8b", 2) == 0)
    {
      self->gzip = TRUE;
      return TRUE;
    }
  if (self->encoding != ASSAY_ENCODING_UTF8 || length < 2)
    return FALSE;
  if (memcmp (head, "\xFF\xFE", 2) == 0)
    self->encoding = ASSAY_ENCODING_UTF16_LE;
  else if (memcmp (head, "\xFE\xFF", 2) == 0)
    self->encoding = ASSAY_ENCODING_UTF16_BE;
  return self->encoding != ASSAY_ENCODING_UTF8;
}

gboolean
assay_import_file_sniff (AssayImportFile *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *head = NULL;
  const char *text;
  const char *valid_end;
  gsize length = 0;

  g_return_val_if_fail (self != NULL, FALSE);

  head = g_malloc (SNIFF_BYTES);
  self->gzip = FALSE;
  self->encoding = ASSAY_ENCODING_UTF8;
  /* Once for each form that lies around the text. */
  do
    {
      g_clear_object (&stream);
      stream = assay_import_file_open (self, NULL, cancellable, error);
      if (stream == NULL)
        return FALSE;
      /* A part that can be read is enough to see the form; the reader will come upon the rest. */
      if (!g_input_stream_read_all (stream, head, SNIFF_BYTES, &length, cancellable, &local_error)
          && (length == 0 || g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED)))
        return unreadable (self, local_error, error);
      g_clear_error (&local_error);
    }
  while (unwraps (self, head, length));

  text = head;
  self->byte_order_mark =
      length >= BYTE_ORDER_MARK_BYTES && memcmp (head, "\xEF\xBB\xBF", BYTE_ORDER_MARK_BYTES) == 0;
  if (self->byte_order_mark)
    {
      text += BYTE_ORDER_MARK_BYTES;
      length -= BYTE_ORDER_MARK_BYTES;
    }
  /* Single bad bytes are a matter of single records; NUL bytes and little valid text at the start
   * are another kind of file. */
  if (memchr (text, '\0', length) != NULL)
    return not_text (self, text, length, error);
  if (!g_utf8_validate_len (text, length, &valid_end) && valid_end == text)
    return not_text (self, text, length, error);

  guess_form (self, text, length, length < SNIFF_BYTES - BYTE_ORDER_MARK_BYTES);
  return TRUE;
}

/* Takes @stream. */
static GInputStream *
convert (GInputStream *stream, GConverter *taken)
{
  g_autoptr (GConverter) converter = taken;
  GInputStream *converted = g_converter_input_stream_new (stream, converter);

  g_object_unref (stream);
  return converted;
}

GInputStream *
assay_import_file_open (AssayImportFile *self,
                        GSeekable **position,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GInputStream) stream = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  stream = G_INPUT_STREAM (g_file_read (self->file, cancellable, &local_error));
  if (stream == NULL)
    {
      unreadable (self, local_error, error);
      return NULL;
    }
  if (position != NULL)
    *position = G_SEEKABLE (g_object_ref (stream));
  if (self->gzip)
    stream = convert (stream, assay_gzip_decompressor_new ());
  if (self->encoding != ASSAY_ENCODING_UTF8)
    stream = convert (stream, assay_utf16_decoder_new (self->encoding == ASSAY_ENCODING_UTF16_BE));
  return g_steal_pointer (&stream);
}

/* Something that can be sought in: the file itself, or a nameless copy of what it holds. */
static GInputStream *
open_seekable (AssayImportFile *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) stream = assay_import_file_open (self, NULL, cancellable, error);
  g_autoptr (GFile) spool_file = NULL;
  GFileIOStream *spool = NULL;
  GOutputStream *out;

  if (stream == NULL)
    return NULL;
  if (G_IS_SEEKABLE (stream) && g_seekable_can_seek (G_SEEKABLE (stream)))
    return g_steal_pointer (&stream);

  spool_file = g_file_new_tmp ("assay-import-XXXXXX", &spool, error);
  if (spool_file == NULL)
    return NULL;
  g_file_delete (spool_file, NULL, NULL);
  self->spool = G_IO_STREAM (spool);
  out = g_io_stream_get_output_stream (self->spool);
  for (guint64 total = 0;;)
    {
      g_autoptr (GError) local_error = NULL;
      g_autoptr (GBytes) bytes =
          g_input_stream_read_bytes (stream, SNIFF_BYTES, cancellable, &local_error);

      if (local_error != NULL && g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      /* What comes before damage was read by the first pass, and has its place here too. */
      if (bytes == NULL || g_bytes_get_size (bytes) == 0)
        break;
      total += g_bytes_get_size (bytes);
      /* The first pass has refused larger ones; this one must not fill the disk if the file grew
       * meanwhile. */
      if (total > (guint64) ASSAY_LIMIT_IMPORT_FILE_BYTES)
        break;
      if (!g_output_stream_write_all (out, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                      NULL, cancellable, error))
        return NULL;
    }

  return g_object_ref (g_io_stream_get_input_stream (self->spool));
}

char *
assay_import_file_read_at (AssayImportFile *self,
                           guint64 offset,
                           gsize length,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autofree char *text = NULL;
  gsize n_read = 0;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->seekable == NULL)
    self->seekable = open_seekable (self, cancellable, error);
  if (self->seekable == NULL)
    return NULL;

  text = g_malloc (length + 1);
  text[length] = '\0';
  if (!g_seekable_seek (G_SEEKABLE (self->seekable), (goffset) offset, G_SEEK_SET, cancellable,
                        error)
      || !g_input_stream_read_all (self->seekable, text, length, &n_read, cancellable, error))
    return NULL;
  if (n_read < length)
    {
      g_autofree char *name = assay_bidi_isolate (self->name);

      g_set_error (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_UNREADABLE,
                   _ ("“%s” was changed while it was read."), name);
      return NULL;
    }
  return g_steal_pointer (&text);
}

void
assay_import_file_close (AssayImportFile *self)
{
  g_clear_object (&self->seekable);
  g_clear_object (&self->spool);
}
