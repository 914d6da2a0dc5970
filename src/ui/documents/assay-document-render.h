/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "assay-document.h"
#include "assay-rendition.h"

G_BEGIN_DECLS

/* Prepares a document for showing, on a worker thread: a future that resolves to an
 * ASSAY_TYPE_RENDITION. A document is parsed once; whoever asks later gets the same future. Asking
 * before the document is needed makes opening it quick.
 * @as_source: its Markdown as it stands. Main thread only. (transfer full) */
DexFuture *assay_document_render (AssayDocument *document, gboolean as_source);

G_END_DECLS
