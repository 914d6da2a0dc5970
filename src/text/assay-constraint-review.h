/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-judgement.h"

G_BEGIN_DECLS

/* Where a person's verdict on an instruction and its check say different things and no comment says
 * why (task-kinds 7.8): warnings `constraint.disagreement`, each with its question, response and
 * item. Responses above ASSAY_LIMIT_DOCUMENT_SOFT_BYTES are left out. (transfer full) GPtrArray of
 * AssayIssue. */
GPtrArray *assay_constraint_review (AssayJudgement *judgement);

G_END_DECLS
