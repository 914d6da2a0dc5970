/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define ASSAY_TYPE_UTF16_DECODER (assay_utf16_decoder_get_type ())
/**
 * AssayUtf16Decoder:
 *
 * A GConverter that makes UTF-8 of UTF-16. What is no text in UTF-16 becomes bytes that are none in
 * UTF-8 either, so that it costs the record that it is in and not all that follow, as it would with
 * GCharsetConverter.
 */
G_DECLARE_FINAL_TYPE (AssayUtf16Decoder, assay_utf16_decoder, ASSAY, UTF16_DECODER, GObject)

GConverter *assay_utf16_decoder_new (gboolean big_endian);

G_END_DECLS
