/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A file cut into records: each is where it is said to be, and the same however the bytes come. The
 * first byte says how the records lie, the second how many bytes come at once, the third how large
 * a record may be. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-splitter.h"
#include "assay-table-row.h"
#include "fuzz.h"

#define STREAM_LIMIT_BYTES (1024 * 1024)

/* A stream that gives no more than so many bytes at once. */
#define TEST_TYPE_SLOW_STREAM (test_slow_stream_get_type ())
G_DECLARE_FINAL_TYPE (TestSlowStream, test_slow_stream, TEST, SLOW_STREAM, GInputStream)

struct _TestSlowStream
{
  GInputStream parent_instance;
  const guint8 *data;
  gsize size;
  gsize at;
  gsize step;
};

G_DEFINE_FINAL_TYPE (TestSlowStream, test_slow_stream, G_TYPE_INPUT_STREAM)

static gssize
test_slow_stream_read (GInputStream *stream,
                       void *buffer,
                       gsize count,
                       GCancellable *cancellable,
                       GError **error)
{
  TestSlowStream *self = TEST_SLOW_STREAM (stream);
  gsize n = MIN (MIN (count, self->step), self->size - self->at);

  if (n > 0)
    memcpy (buffer, self->data + self->at, n);
  self->at += n;
  return (gssize) n;
}

static void
test_slow_stream_class_init (TestSlowStreamClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = test_slow_stream_read;
}

static void
test_slow_stream_init (TestSlowStream *self)
{
}

static void
check_row (const AssayChunk *chunk, char separator, guint *n_columns)
{
  g_auto (GStrv) cells = NULL;

  if (!g_utf8_validate_len (chunk->data, chunk->length, NULL))
    return;
  cells = assay_table_row_split (chunk->data, chunk->length, separator, *n_columns);
  g_assert_nonnull (cells[0]);
  if (*n_columns == 0)
    *n_columns = g_strv_length (cells);
  for (guint i = 0; cells[i] != NULL; i++)
    fuzz_check_text (cells[i]);
}

/* All that was found, in words that can be compared. */
static char *
read_all (const guint8 *data, gsize size, gsize step, AssaySplit split, guint mode, gsize limit)
{
  static const char *const at_root[] = { NULL };
  static const char *const in_member[] = { "data", NULL };
  static const char *const in_any[] = { "*", NULL };
  static const char *const deeper[] = { "data", "*", NULL };
  static const char *const *const places[] = { at_root, in_member, in_any, deeper };
  const char separator = mode / 4 % 2 ? '\t' : ',';
  TestSlowStream *slow = g_object_new (TEST_TYPE_SLOW_STREAM, NULL);
  g_autoptr (GInputStream) stream = G_INPUT_STREAM (slow);
  g_autoptr (AssaySplitter) splitter = NULL;
  g_autoptr (GString) found = g_string_new (NULL);
  AssayChunk chunk = { 0 };
  AssayChunkStatus status;
  guint64 number = 0;
  guint64 offset = 0;
  guint n_columns = 0;

  slow->data = data;
  slow->size = size;
  slow->step = step;
  splitter = assay_splitter_new (stream, split, places[mode % G_N_ELEMENTS (places)], separator,
                                 limit, STREAM_LIMIT_BYTES, NULL);
  while ((status = assay_splitter_next (splitter, &chunk)) != ASSAY_CHUNK_END)
    {
      if (status == ASSAY_CHUNK_PROBLEM)
        {
          fuzz_check_text (chunk.problem);
          g_string_append_printf (found, "problem %" G_GUINT64_FORMAT " %s\n", chunk.line,
                                  chunk.problem);
          continue;
        }
      g_assert_cmpuint (chunk.number, >, number);
      number = chunk.number;
      g_assert_cmpuint (chunk.offset, >=, offset);
      offset = chunk.offset;
      g_assert_cmpuint (chunk.length, <=, limit);
      g_assert_cmpuint (chunk.offset + chunk.length, <=, size);
      g_assert_cmpmem (chunk.data, chunk.length, data + chunk.offset, chunk.length);
      if (split == ASSAY_SPLIT_TABLE)
        {
          check_row (&chunk, separator, &n_columns);
          assay_splitter_set_n_columns (splitter, n_columns);
        }
      if (chunk.key != NULL)
        fuzz_check_text (chunk.key);
      g_string_append_printf (found, "%" G_GUINT64_FORMAT " %zu %" G_GUINT64_FORMAT " %s\n",
                              chunk.offset, chunk.length, chunk.line,
                              chunk.key != NULL ? chunk.key : "");
    }
  g_assert_nonnull (assay_splitter_get_beside (splitter));
  return g_string_free_and_steal (g_steal_pointer (&found));
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_autofree char *whole = NULL;
  g_autofree char *in_steps = NULL;
  gsize limit;

  if (size < 3)
    return 0;
  limit = data[2] < 200 ? 8 + (gsize) data[2] : 64 * 1024;
  whole = read_all (data + 3, size - 3, G_MAXSIZE, data[0] % 3, data[0] / 3, limit);
  in_steps = read_all (data + 3, size - 3, 1 + data[1] % 16, data[0] % 3, data[0] / 3, limit);
  g_assert_cmpstr (whole, ==, in_steps);
  return 0;
}
