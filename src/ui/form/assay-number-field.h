/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-question-field.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_NUMBER_FIELD (assay_number_field_get_type ())
/**
 * AssayNumberField:
 *
 * A number that is typed, or stepped with Up and Down inside the entry. It starts empty: a spin
 * button would show a value that nobody gave.
 */
G_DECLARE_FINAL_TYPE (AssayNumberField, assay_number_field, ASSAY, NUMBER_FIELD, AssayQuestionField)

G_END_DECLS
