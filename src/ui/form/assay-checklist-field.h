/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-question-field.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_CHECKLIST_FIELD (assay_checklist_field_get_type ())
/**
 * AssayChecklistField:
 *
 * The items of a checklist, each with a verdict for every response that it is asked for, and the
 * points that follow.
 *
 * Keys beside the digits: `y` yes, `n` no, `p` partly, `-` not applicable, `?` cannot tell, each
 * moving on; `c` comment.
 */
G_DECLARE_FINAL_TYPE (AssayChecklistField,
                      assay_checklist_field,
                      ASSAY,
                      CHECKLIST_FIELD,
                      AssayQuestionField)

G_END_DECLS
