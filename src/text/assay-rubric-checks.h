/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-judgement.h"

G_BEGIN_DECLS

/* What can be said of a rubric that a person writes (task-kinds 7.7), one point per line: errors
 * `rubric.count`, `rubric.duplicate`, `rubric.length` and `rubric.positive`; warnings
 * `rubric.points`, `rubric.compound`, `rubric.subjective` and `rubric.context`. The item of an
 * issue is the number of the line among the points, from 1. Nothing for other kinds, and for a
 * rubric that is not begun. The words looked for are English ones. (transfer full) GPtrArray of
 * AssayIssue. */
GPtrArray *assay_rubric_check (AssayJudgement *judgement);

G_END_DECLS
