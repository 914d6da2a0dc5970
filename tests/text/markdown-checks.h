/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-markdown.h"

G_BEGIN_DECLS

/* What holds for every parsed document: offsets in bounds, on character borders and rising; runs
 * inside their blocks; the bytes of an exact run are the source's. */
void check_document (AssayMarkdown *document);

/* A document in a few characters, for comparisons: one line per block, styles as "{s:…}". (transfer
 * full) */
char *dump_document (AssayMarkdown *document);

G_END_DECLS
