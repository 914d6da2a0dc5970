/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "assay-comparison.h"
#include "assay-document.h"

G_BEGIN_DECLS

/* Compares what two documents say, on a worker thread: a future that resolves to an
 * ASSAY_TYPE_COMPARISON. Main thread only. (transfer full) */
DexFuture *assay_document_compare (AssayDocument *a, AssayDocument *b);

G_END_DECLS
