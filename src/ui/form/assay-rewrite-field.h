/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-question-field.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_REWRITE_FIELD (assay_rewrite_field_get_type ())
/**
 * AssayRewriteField:
 *
 * A response that is edited, with the list of what was changed in it; or an answer that is written,
 * with what kind of answer it is and its sources. Changes are found on a worker thread.
 *
 * The text among the others as it will be read, and its differences from the original, are shown by
 * the actions `workbench.preview` and `workbench.differences`.
 *
 * In the text, Ctrl+Backspace on a change restores the original there, and deletes a word
 * elsewhere. Keys on a change: a digit for its category, `c` note, Delete and Ctrl+Backspace
 * restore, `]` and `[` the next and the one before; activating it goes to its place in the text.
 */
G_DECLARE_FINAL_TYPE (AssayRewriteField,
                      assay_rewrite_field,
                      ASSAY,
                      REWRITE_FIELD,
                      AssayQuestionField)

G_END_DECLS
