/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-judgement.h"

G_BEGIN_DECLS

/* Where a person's verdict on an instruction and its check say different things and no comment says
 * why (task-kinds 7.8): warnings `constraint.disagreement`, each with its question, response and
 * item. Where a text that a person wrote fails a constraint (7.13): `constraint.failed`, an error
 * if the constraint is required, else a warning. Texts above ASSAY_LIMIT_DOCUMENT_SOFT_BYTES are
 * left out. (transfer full) GPtrArray of AssayIssue. */
GPtrArray *assay_constraint_review (AssayJudgement *judgement);

G_END_DECLS
