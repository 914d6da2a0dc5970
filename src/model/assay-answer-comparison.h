/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-judgement.h"

G_BEGIN_DECLS

/**
 * AssayAnswerComparison:
 *
 * One line of two judgements of a task side by side: the question (an item of a checklist), both
 * answers in words, and whether they agree. @distance is how far apart they are (points of a scale,
 * steps of a preference, pairs of a ranking in another order, labels that only one has), else 0.
 * What a person wrote is only set side by side: @comparable is FALSE.
 */
typedef struct
{
  char *label;
  char *own;
  char *other;
  gboolean comparable;
  gboolean agrees;
  double distance;
} AssayAnswerComparison;

void assay_answer_comparison_free (AssayAnswerComparison *self);
/* The questions that either of them answers. @self's letters name the responses. @tolerances:
 * (nullable): by the question's id, up to which distance they agree. (transfer full) GPtrArray of
 * AssayAnswerComparison. */
GPtrArray *
assay_judgement_compare (AssayJudgement *self, AssayJudgement *other, JsonObject *tolerances);

G_END_DECLS
