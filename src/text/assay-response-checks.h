/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-judgement.h"

G_BEGIN_DECLS

/* What is worth knowing of the responses before they are judged (task-kinds 7.1, edge cases), each
 * a hint: `doc.identical` (the same text but for white space; the issue is of the later one, its
 * item the id of the earlier), `doc.empty`, `doc.truncated`, `doc.script` (written in different
 * scripts, so probably in different languages). (transfer full) GPtrArray of AssayIssue. */
GPtrArray *assay_response_check (AssayJudgement *judgement);

G_END_DECLS
