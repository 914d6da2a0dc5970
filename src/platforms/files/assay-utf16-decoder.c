/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-utf16-decoder.h"

/* The longest that two units come to. */
#define CHARACTER_BYTES 4
/* In no text in UTF-8. */
#define BROKEN_BYTE 0xFF

struct _AssayUtf16Decoder
{
  GObject parent_instance;
  gboolean big_endian;
};

static void converter_iface_init (GConverterIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AssayUtf16Decoder,
                               assay_utf16_decoder,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_CONVERTER, converter_iface_init))

static gunichar
get_unit (AssayUtf16Decoder *self, const guint8 *input)
{
  return self->big_endian ? (gunichar) input[0] << 8 | input[1]
                          : (gunichar) input[1] << 8 | input[0];
}

static gboolean
is_high (gunichar unit)
{
  return unit >= 0xD800 && unit < 0xDC00;
}

static gboolean
is_low (gunichar unit)
{
  return unit >= 0xDC00 && unit < 0xE000;
}

/* Returns how many bytes of the input were used; 0 if more are needed. */
static gsize
decode_one (AssayUtf16Decoder *self,
            const guint8 *input,
            gsize size,
            gboolean at_end,
            guint8 *output,
            gsize *n_written)
{
  gunichar unit;

  /* Half a unit at the end of the file. */
  *n_written = 1;
  output[0] = BROKEN_BYTE;
  if (size < 2)
    return at_end ? size : 0;

  unit = get_unit (self, input);
  if (is_high (unit) && size < 4)
    return at_end ? 2 : 0;
  if (is_high (unit) && is_low (get_unit (self, input + 2)))
    {
      unit = 0x10000 + ((unit - 0xD800) << 10) + (get_unit (self, input + 2) - 0xDC00);
      *n_written = (gsize) g_unichar_to_utf8 (unit, (char *) output);
      return 4;
    }
  if (!is_high (unit) && !is_low (unit))
    *n_written = (gsize) g_unichar_to_utf8 (unit, (char *) output);
  return 2;
}

static GConverterResult
assay_utf16_decoder_convert (GConverter *converter,
                             const void *input,
                             gsize input_size,
                             void *output,
                             gsize output_size,
                             GConverterFlags flags,
                             gsize *bytes_read,
                             gsize *bytes_written,
                             GError **error)
{
  AssayUtf16Decoder *self = ASSAY_UTF16_DECODER (converter);
  gboolean at_end = (flags & G_CONVERTER_INPUT_AT_END) != 0;
  gsize n_read = 0;
  gsize n_written = 0;

  while (n_read < input_size && output_size - n_written >= CHARACTER_BYTES)
    {
      gsize n_made;
      gsize n_used = decode_one (self, (const guint8 *) input + n_read, input_size - n_read, at_end,
                                 (guint8 *) output + n_written, &n_made);

      if (n_used == 0)
        break;
      n_read += n_used;
      n_written += n_made;
    }

  *bytes_read = n_read;
  *bytes_written = n_written;
  if (n_read == input_size && at_end)
    return G_CONVERTER_FINISHED;
  if (n_read > 0)
    return G_CONVERTER_CONVERTED;
  if (output_size < CHARACTER_BYTES)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "More space");
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "More input");
  return G_CONVERTER_ERROR;
}

/* There is no state between calls. */
static void
assay_utf16_decoder_reset (GConverter *converter)
{
}

static void
converter_iface_init (GConverterIface *iface)
{
  iface->convert = assay_utf16_decoder_convert;
  iface->reset = assay_utf16_decoder_reset;
}

static void
assay_utf16_decoder_class_init (AssayUtf16DecoderClass *klass)
{
}

static void
assay_utf16_decoder_init (AssayUtf16Decoder *self)
{
}

GConverter *
assay_utf16_decoder_new (gboolean big_endian)
{
  AssayUtf16Decoder *self = g_object_new (ASSAY_TYPE_UTF16_DECODER, NULL);

  self->big_endian = big_endian;
  return G_CONVERTER (self);
}
