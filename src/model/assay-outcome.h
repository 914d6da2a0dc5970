/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Ways out of a task (task-kinds section 3). */
typedef enum
{
  ASSAY_OUTCOME_ANSWERED,
  ASSAY_OUTCOME_NOT_RATABLE,
  ASSAY_OUTCOME_OUT_OF_EXPERTISE,
  ASSAY_OUTCOME_BROKEN_TASK,
  ASSAY_OUTCOME_SKIPPED,
  ASSAY_OUTCOME_DECLINED_CONTENT,
} AssayOutcome;
#define ASSAY_N_OUTCOMES (ASSAY_OUTCOME_DECLINED_CONTENT + 1)

const char *assay_outcome_to_string (AssayOutcome outcome);
gboolean assay_outcome_from_string (const char *text, AssayOutcome *outcome);
const char *assay_outcome_get_title (AssayOutcome outcome);
const char *assay_outcome_get_description (AssayOutcome outcome);
/* The reason codes, NULL-terminated; an empty list where none are asked. */
const char *const *assay_outcome_get_reasons (AssayOutcome outcome);
const char *assay_outcome_get_reason_title (AssayOutcome outcome, const char *reason);
/* Characters that the note needs: 10…2000 for not ratable, 3…200 for expertise; 0, 0 where none is
 * asked. */
void assay_outcome_get_note_limits (AssayOutcome outcome, guint *min, guint *max);

G_END_DECLS
