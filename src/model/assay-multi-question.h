/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-choice-question.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_MULTI_QUESTION (assay_multi_question_get_type ())
/**
 * AssayMultiQuestion:
 *
 * Any subset of several options (kind 7.23 with `multiple`).
 *
 * Settings: `options`, `min` (0), `max` (0: no limit), `other` (false).
 * Answer: a list of option ids, in the order of the form, or `{"choices": [ids], "other": text}`.
 */
G_DECLARE_FINAL_TYPE (AssayMultiQuestion,
                      assay_multi_question,
                      ASSAY,
                      MULTI_QUESTION,
                      AssayQuestion)

guint assay_multi_question_get_n_options (AssayMultiQuestion *self);
const AssayOption *assay_multi_question_get_option (AssayMultiQuestion *self, guint index);
guint assay_multi_question_get_min (AssayMultiQuestion *self);
guint assay_multi_question_get_max (AssayMultiQuestion *self);
gboolean assay_multi_question_get_other (AssayMultiQuestion *self);

JsonNode *assay_multi_answer_new (const char *const *ids, const char *other);
/* Adds or removes one option, keeping the form's order and the rule on exclusive options; NULL if
 * nothing is left. */
JsonNode *
assay_multi_answer_toggle (AssayMultiQuestion *question, JsonNode *answer, const char *id);
gboolean assay_multi_answer_has (JsonNode *answer, const char *id);
/* (transfer full) */
GStrv assay_multi_answer_dup_ids (JsonNode *answer);
const char *assay_multi_answer_get_other (JsonNode *answer);

G_END_DECLS
