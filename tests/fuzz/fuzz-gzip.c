/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Compressed files: what is not gzip ends with an error, and what is comes back whole, in however
 * many members it was written and whatever pads it. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "assay-gzip-decompressor.h"
#include "fuzz.h"

/* A few bytes can hold very many. */
#define OUTPUT_MAX_BYTES (1024 * 1024)

static GByteArray *
read_all (const guint8 *data, gsize size, GError **error)
{
  g_autoptr (GInputStream) source = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr (GConverter) converter = assay_gzip_decompressor_new ();
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (source, converter);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  guint8 buffer[4096];

  while (all->len < OUTPUT_MAX_BYTES)
    {
      gssize n = g_input_stream_read (stream, buffer, sizeof buffer, NULL, error);

      if (n < 0)
        return NULL;
      if (n == 0)
        break;
      g_byte_array_append (all, buffer, (guint) n);
    }
  return g_steal_pointer (&all);
}

static void
append_member (GByteArray *target, const guint8 *data, gsize size)
{
  g_autoptr (GConverter) compressor =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, compressor);
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (stream, data, size, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (stream, NULL, &error);
  g_assert_no_error (error);
  g_byte_array_append (target, g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (memory)),
                       (guint) g_memory_output_stream_get_data_size (
                           G_MEMORY_OUTPUT_STREAM (memory)));
}

static void
check_round_trip (const guint8 *data, gsize size, guint n_members, gboolean padded)
{
  static const guint8 padding[512] = { 0 };
  g_autoptr (GByteArray) compressed = g_byte_array_new ();
  g_autoptr (GByteArray) again = NULL;
  g_autoptr (GError) error = NULL;
  gsize step = size / n_members;

  for (guint i = 0; i < n_members; i++)
    append_member (compressed, size > 0 ? data + i * step : NULL,
                   i + 1 < n_members ? step : size - i * step);
  if (padded)
    g_byte_array_append (compressed, padding, sizeof padding);
  again = read_all (compressed->data, compressed->len, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (data, size, again->data, again->len);
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_autoptr (GByteArray) read = NULL;
  g_autoptr (GError) error = NULL;

  read = read_all (data, size, &error);
  if (read == NULL)
    fuzz_check_error (&error);
  check_round_trip (data, size, 1 + (size > 0 ? data[0] % 5 : 0), size > 1 && data[1] % 2);
  return 0;
}
