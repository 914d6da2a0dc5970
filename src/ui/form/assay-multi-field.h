/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-question-field.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_MULTI_FIELD (assay_multi_field_get_type ())
/**
 * AssayMultiField:
 *
 * Any of several options, as check rows.
 */
G_DECLARE_FINAL_TYPE (AssayMultiField, assay_multi_field, ASSAY, MULTI_FIELD, AssayQuestionField)

G_END_DECLS
