/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-store.h"

G_BEGIN_DECLS

/* What a platform said when it refused a submission, in its own words: kept beside the outbox, for
 * who reads the row. */

/* @error: an ASSAY_PLATFORM_ERROR. Resolves to TRUE. */
DexFuture *assay_outbox_words_keep (AssayStore *store, const char *submission, const GError *error);
/* Resolves to a string: the sentence, and a line for each objection. Untrusted, plain text. Rejects
 * with NOT_FOUND where nothing was said. */
DexFuture *assay_outbox_words_load (AssayStore *store, const char *submission);

G_END_DECLS
