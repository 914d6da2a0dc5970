/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-comparison.h"

G_BEGIN_DECLS

/* The sentences of a text, and its cells and lines of code, where they have words: stretches of its
 * source, ascending; none for a text beyond ASSAY_LIMIT_COMPARISON_BYTES. (transfer full)
 * (element-type AssayStretch) */
GArray *assay_sentences_find (AssayMarkdown *markdown);

G_END_DECLS
