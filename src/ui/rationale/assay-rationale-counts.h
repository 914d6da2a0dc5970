/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-form.h"
#include "assay-rationale-checks.h"

G_BEGIN_DECLS

/* What a rationale holds, in words. (transfer full) */

/* "63 words", and how far that is from the form's limits where it does not fit. */
char *assay_rationale_describe_length (const AssayRationaleFacts *facts, AssayForm *form);
/* "402 characters · 2 responses named · 1 quotation": what is there, and nothing about what is not.
 */
char *assay_rationale_describe_facts (const AssayRationaleFacts *facts);

G_END_DECLS
