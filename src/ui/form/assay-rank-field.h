/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-question-field.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_RANK_FIELD (assay_rank_field_get_type ())
/**
 * AssayRankField:
 *
 * The responses as rows in the order that the person gives them.
 *
 * Keys: digits set the rank of the focused row, Alt+Up and Alt+Down move it, Space picks it up and
 * puts it down, `=` ties it with the one above, `o` says that the order is right as shown; `b` and
 * `w` best and worst; `g` and `x` acceptable and not, where that is asked.
 */
G_DECLARE_FINAL_TYPE (AssayRankField, assay_rank_field, ASSAY, RANK_FIELD, AssayQuestionField)

G_END_DECLS
