/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define ASSAY_TYPE_GZIP_DECOMPRESSOR (assay_gzip_decompressor_get_type ())
/**
 * AssayGzipDecompressor:
 *
 * Gzip with several members in a row, as parallel compressors and `cat` write them;
 * GZlibDecompressor stops after the first.
 */
G_DECLARE_FINAL_TYPE (AssayGzipDecompressor,
                      assay_gzip_decompressor,
                      ASSAY,
                      GZIP_DECOMPRESSOR,
                      GObject)

GConverter *assay_gzip_decompressor_new (void);

G_END_DECLS
