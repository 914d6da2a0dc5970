/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files of any content, opened as a person would: found out, read, and each task that comes of it
 * is one that can be stored. The first byte says what the files are called and whether they are
 * compressed; a byte of 255 ends a file, for layouts of several. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "assay-json.h"
#include "fuzz.h"
#include "import-support.h"

#define FILES_MAX 3
#define FIELDS_MAX 200

static void
write_file (ImportTrial *trial, guint mode, guint index, const guint8 *data, gsize size)
{
  static const char *const suffixes[] = { "json", "jsonl", "csv", "tsv" };
  gboolean compressed = mode / 4 % 2;
  g_autofree char *name =
      g_strdup_printf ("model-%u.%s%s", index, suffixes[mode % 4], compressed ? ".gz" : "");
  g_autoptr (GConverter) compressor = NULL;
  g_autoptr (GOutputStream) memory = NULL;
  g_autoptr (GOutputStream) stream = NULL;

  if (!compressed)
    {
      import_trial_write (trial, name, size > 0 ? (const char *) data : "", (gssize) size);
      return;
    }
  compressor = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1));
  memory = g_memory_output_stream_new_resizable ();
  stream = g_converter_output_stream_new (memory, compressor);
  g_output_stream_write_all (stream, data, size, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);
  import_trial_write (
      trial, name, g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (memory)),
      (gssize) g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory)));
}

/* As UTF-16: each byte becomes a unit, also half a character. */
static GByteArray *
widen (const guint8 *data, gsize size, gboolean big_endian)
{
  GByteArray *wide = g_byte_array_new ();
  const guint8 mark[] = { big_endian ? 0xFE : 0xFF, big_endian ? 0xFF : 0xFE };

  g_byte_array_append (wide, mark, sizeof mark);
  for (gsize i = 0; i < size; i++)
    {
      const guint8 high = data[i] >= 0x80 ? data[i] : 0;
      const guint8 unit[] = { big_endian ? high : data[i], big_endian ? data[i] : high };

      g_byte_array_append (wide, unit, sizeof unit);
    }
  return wide;
}

/* What stands beside the tasks is of one of them, or it is a guideline. */
static void
check_companions (ImportTrial *trial)
{
  for (;;)
    {
      g_autoptr (GError) error = NULL;
      const GValue *value =
          import_support_wait (assay_importer_read_companions (trial->importer, 7, NULL), &error);
      GPtrArray *page;

      g_assert_no_error (error);
      page = g_value_get_boxed (value);
      if (page->len == 0)
        return;
      for (guint i = 0; i < page->len; i++)
        {
          AssayImportCompanion *companion = page->pdata[i];
          AssayTask *task = NULL;

          fuzz_check_text (companion->file);
          if (companion->kind != ASSAY_COMPANION_JUDGEMENT)
            continue;
          for (guint t = 0; t < trial->tasks->len; t++)
            if (g_str_equal (assay_task_get_id (trial->tasks->pdata[t]), companion->task_id))
              task = trial->tasks->pdata[t];
          g_assert_nonnull (task);
        }
    }
}

static void
check_task (AssayTask *task)
{
  g_autoptr (JsonNode) written = assay_task_to_json (task);
  g_autofree char *text = assay_json_to_string (written);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = assay_json_parse (text, -1, &error);
  g_autoptr (AssayTask) again = NULL;
  g_autoptr (JsonNode) written_again = NULL;

  g_assert_no_error (error);
  again = assay_task_new_from_json (node, &error);
  g_assert_no_error (error);
  written_again = assay_task_to_json (again);
  fuzz_check_equal (written, written_again);
  g_assert_cmpstr (assay_task_get_digest (task), ==, assay_task_get_digest (again));
}

static void
check_mapping (ImportTrial *trial)
{
  g_autoptr (JsonNode) written = assay_import_mapping_to_json (trial->mapping);
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayImportMapping) again = assay_import_mapping_new_from_json (written, &error);
  g_autoptr (JsonNode) written_again = NULL;
  g_autofree char *described = assay_importer_describe (trial->importer, trial->mapping);

  g_assert_no_error (error);
  written_again = assay_import_mapping_to_json (again);
  fuzz_check_equal (written, written_again);
  g_assert_cmpstr (assay_import_mapping_get_signature (trial->mapping), ==,
                   assay_import_mapping_get_signature (again));
  fuzz_check_text (described);
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_autoptr (ImportTrial) trial = NULL;
  GPtrArray *problems;
  const guint8 *start;
  guint n_files = 0;

  if (size == 0)
    return 0;
  trial = import_trial_new ();
  start = data + 1;
  while (n_files < FILES_MAX)
    {
      gsize left = size - (gsize) (start - data);
      const guint8 *end = n_files + 1 < FILES_MAX && left > 0 ? memchr (start, 255, left) : NULL;

      gsize length = end != NULL ? (gsize) (end - start) : left;

      if (data[0] / 8 % 2 == 1)
        {
          g_autoptr (GByteArray) wide = widen (start, length, data[0] / 16 % 2);

          write_file (trial, data[0], n_files++, wide->data, wide->len);
        }
      else
        {
          write_file (trial, data[0], n_files++, start, length);
        }
      if (end == NULL)
        break;
      start = end + 1;
    }
  import_trial_run (trial);
  if (trial->error != NULL)
    fuzz_check_error (&trial->error);
  if (trial->mapping != NULL)
    check_mapping (trial);
  for (guint i = 0; trial->tasks != NULL && i < trial->tasks->len; i++)
    check_task (trial->tasks->pdata[i]);
  if (trial->tasks != NULL && trial->error == NULL)
    check_companions (trial);
  problems = assay_importer_get_problems (trial->importer);
  for (guint i = 0; i < problems->len; i++)
    {
      AssayImportProblem *problem = problems->pdata[i];
      g_autofree char *place = assay_import_problem_describe_place (problem);

      fuzz_check_text (problem->message);
      fuzz_check_text (place);
    }
  return 0;
}
