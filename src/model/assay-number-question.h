/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-question.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_NUMBER_QUESTION (assay_number_question_get_type ())
/**
 * AssayNumberQuestion:
 *
 * A number. Settings: `min`, `max` (none), `step` (0: any), `unit`, `integer` (false). Answer: the
 * number.
 */
G_DECLARE_FINAL_TYPE (AssayNumberQuestion,
                      assay_number_question,
                      ASSAY,
                      NUMBER_QUESTION,
                      AssayQuestion)

/* FALSE if there is no bound. */
gboolean assay_number_question_get_min (AssayNumberQuestion *self, double *min);
gboolean assay_number_question_get_max (AssayNumberQuestion *self, double *max);
double assay_number_question_get_step (AssayNumberQuestion *self);
gboolean assay_number_question_get_integer (AssayNumberQuestion *self);
const char *assay_number_question_get_unit (AssayNumberQuestion *self);

JsonNode *assay_number_answer_new (double value);
gboolean assay_number_answer_get (JsonNode *answer, double *value);

G_END_DECLS
