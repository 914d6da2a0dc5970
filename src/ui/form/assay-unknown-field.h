/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-question-field.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_UNKNOWN_FIELD (assay_unknown_field_get_type ())
/**
 * AssayUnknownField:
 *
 * Says that a question needs a newer version of the program, and what was asked.
 */
G_DECLARE_FINAL_TYPE (AssayUnknownField,
                      assay_unknown_field,
                      ASSAY,
                      UNKNOWN_FIELD,
                      AssayQuestionField)

G_END_DECLS
