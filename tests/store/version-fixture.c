/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <gio/gio.h>

#include "version-fixture.h"

static char *
get_path (int version)
{
  g_autofree char *name = g_strdup_printf ("version-%03d.db.gz", version);

  return g_test_build_filename (G_TEST_DIST, "store", "fixtures", name, NULL);
}

static void
convert (GConverter *converter, const char *from, const char *to)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) file = g_file_read (source, NULL, &error);
  g_autoptr (GInputStream) input = NULL;
  g_autoptr (GFileOutputStream) output = NULL;

  g_assert_no_error (error);
  input = g_converter_input_stream_new (G_INPUT_STREAM (file), converter);
  output = g_file_replace (target, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_splice (G_OUTPUT_STREAM (output), input, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                          NULL, &error);
  g_assert_no_error (error);
}

void
version_fixture_unpack (int version, const char *path)
{
  g_autofree char *fixture = get_path (version);
  g_autoptr (GZlibDecompressor) converter = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);

  if (!g_file_test (fixture, G_FILE_TEST_EXISTS))
    g_error ("“%s” is missing: ASSAY_UPDATE_FIXTURES=1 writes it", fixture);
  convert (G_CONVERTER (converter), fixture, path);
}

void
version_fixture_pack (int version, const char *path)
{
  g_autofree char *fixture = get_path (version);
  g_autoptr (GZlibCompressor) converter = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);

  convert (G_CONVERTER (converter), path, fixture);
}
