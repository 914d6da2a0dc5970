/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-gzip-decompressor.h"

struct _AssayGzipDecompressor
{
  GObject parent_instance;
  GConverter *member;
  gboolean between_members;
};

static void converter_iface_init (GConverterIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AssayGzipDecompressor,
                               assay_gzip_decompressor,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_CONVERTER, converter_iface_init))

static GConverterResult
assay_gzip_decompressor_convert (GConverter *converter,
                                 const void *input,
                                 gsize input_size,
                                 void *output,
                                 gsize output_size,
                                 GConverterFlags flags,
                                 gsize *bytes_read,
                                 gsize *bytes_written,
                                 GError **error)
{
  AssayGzipDecompressor *self = ASSAY_GZIP_DECOMPRESSOR (converter);
  GConverterResult result;

  if (self->between_members)
    {
      /* What follows the last member is padding, which gzip itself ignores too. */
      if (input_size == 0 || *(const guint8 *) input != 0x1f)
        {
          if (input_size == 0 && (flags & G_CONVERTER_INPUT_AT_END) == 0)
            {
              g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "More input");
              return G_CONVERTER_ERROR;
            }
          *bytes_read = input_size;
          *bytes_written = 0;
          return G_CONVERTER_FINISHED;
        }
      g_converter_reset (self->member);
      self->between_members = FALSE;
    }

  result = g_converter_convert (self->member, input, input_size, output, output_size, flags,
                                bytes_read, bytes_written, error);
  if (result != G_CONVERTER_FINISHED)
    return result;

  self->between_members = TRUE;
  return G_CONVERTER_CONVERTED;
}

static void
assay_gzip_decompressor_reset (GConverter *converter)
{
  AssayGzipDecompressor *self = ASSAY_GZIP_DECOMPRESSOR (converter);

  g_converter_reset (self->member);
  self->between_members = FALSE;
}

static void
converter_iface_init (GConverterIface *iface)
{
  iface->convert = assay_gzip_decompressor_convert;
  iface->reset = assay_gzip_decompressor_reset;
}

static void
assay_gzip_decompressor_dispose (GObject *object)
{
  AssayGzipDecompressor *self = ASSAY_GZIP_DECOMPRESSOR (object);

  g_clear_object (&self->member);

  G_OBJECT_CLASS (assay_gzip_decompressor_parent_class)->dispose (object);
}

static void
assay_gzip_decompressor_class_init (AssayGzipDecompressorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = assay_gzip_decompressor_dispose;
}

static void
assay_gzip_decompressor_init (AssayGzipDecompressor *self)
{
  self->member = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
}

GConverter *
assay_gzip_decompressor_new (void)
{
  return g_object_new (ASSAY_TYPE_GZIP_DECOMPRESSOR, NULL);
}
