/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-question-field.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_CLAIMS_FIELD (assay_claims_field_get_type ())
/**
 * AssayClaimsField:
 *
 * What one text claims, in its order, and what was found about each claim. Claims are cut from the
 * text itself, or made of its sentences.
 *
 * Keys on a claim: a letter or sign for its verdict; `e` evidence; `x` splits it at the cursor, `j`
 * joins it with the next one; Delete. `n` on what says that there is none. Activating a claim
 * activates `workbench.show-mark (question, response, id)`.
 */
G_DECLARE_FINAL_TYPE (AssayClaimsField, assay_claims_field, ASSAY, CLAIMS_FIELD, AssayQuestionField)

G_END_DECLS
