/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-question-field.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_CHOICE_FIELD (assay_choice_field_get_type ())
/**
 * AssayChoiceField:
 *
 * One of several options, as radio rows.
 */
G_DECLARE_FINAL_TYPE (AssayChoiceField, assay_choice_field, ASSAY, CHOICE_FIELD, AssayQuestionField)

G_END_DECLS
