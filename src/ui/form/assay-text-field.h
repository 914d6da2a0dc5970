/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-question-field.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_TEXT_FIELD (assay_text_field_get_type ())
/**
 * AssayTextField:
 *
 * A written answer, with its length against the limits.
 */
G_DECLARE_FINAL_TYPE (AssayTextField, assay_text_field, ASSAY, TEXT_FIELD, AssayQuestionField)

G_END_DECLS
