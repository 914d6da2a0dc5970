/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-question-field.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_SPANS_FIELD (assay_spans_field_get_type ())
/**
 * AssaySpansField:
 *
 * The marks of one text, in its order, and whether it has none. Marks are made in the text itself.
 *
 * Keys on a mark: a letter for its type, and another for the type below it; a digit for its
 * severity; `c` comment; Delete. `n` on what says that nothing was found. Activating a mark
 * activates `workbench.show-mark (question, response, id)`.
 */
G_DECLARE_FINAL_TYPE (AssaySpansField, assay_spans_field, ASSAY, SPANS_FIELD, AssayQuestionField)

G_END_DECLS
