/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-question-field.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_PAIRWISE_FIELD (assay_pairwise_field_get_type ())
/**
 * AssayPairwiseField:
 *
 * A ◀ 3 2 1 · 0 · 1 2 3 ▶ B: the sides as they are shown, the answer by response id. After a tie it
 * asks what kind of tie, where the form wants to know.
 *
 * Keys beside the digits: `a` and `b` middle strength, `t` equal, `g` both good, `x` both bad, `n`
 * not applicable, `c` comment.
 */
G_DECLARE_FINAL_TYPE (AssayPairwiseField,
                      assay_pairwise_field,
                      ASSAY,
                      PAIRWISE_FIELD,
                      AssayQuestionField)

G_END_DECLS
