/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-question.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_SCALE_QUESTION (assay_scale_question_get_type ())
/**
 * AssayScaleQuestion:
 *
 * A score on a scale: a rating (kind 7.4) or a criterion of a rubric (kind 7.5).
 *
 * Settings: `min`, `max`, `step` (1), `anchors` ({"1": "text", …}), `allow_na` (false), `weight`
 * (1), `comment` ("off", "optional", "required", "required_below:<n>"), `neutral` (false: a higher
 * value is better; true: only more of it, never shown as good or bad).
 *
 * Answer: the number itself, or `{"value": n, "comment": …}`, or `{"na": true, "comment": …}`.
 */
G_DECLARE_FINAL_TYPE (AssayScaleQuestion,
                      assay_scale_question,
                      ASSAY,
                      SCALE_QUESTION,
                      AssayQuestion)

typedef enum
{
  ASSAY_COMMENT_OFF,
  ASSAY_COMMENT_OPTIONAL,
  ASSAY_COMMENT_REQUIRED,
  ASSAY_COMMENT_REQUIRED_BELOW,
} AssayCommentRule;

double assay_scale_question_get_min (AssayScaleQuestion *self);
double assay_scale_question_get_max (AssayScaleQuestion *self);
double assay_scale_question_get_step (AssayScaleQuestion *self);
/* The number of values on the grid. */
guint assay_scale_question_get_n_points (AssayScaleQuestion *self);
double assay_scale_question_get_point (AssayScaleQuestion *self, guint index);
gboolean assay_scale_question_is_on_grid (AssayScaleQuestion *self, double value);
/* The description of a point, or NULL; untrusted text. */
const char *assay_scale_question_get_anchor (AssayScaleQuestion *self, double value);
gboolean assay_scale_question_has_anchors (AssayScaleQuestion *self);
gboolean assay_scale_question_get_allow_na (AssayScaleQuestion *self);
gboolean assay_scale_question_get_neutral (AssayScaleQuestion *self);
double assay_scale_question_get_weight (AssayScaleQuestion *self);
/* @below: set for ASSAY_COMMENT_REQUIRED_BELOW. */
AssayCommentRule assay_scale_question_get_comment_rule (AssayScaleQuestion *self, double *below);

JsonNode *assay_scale_answer_new (double value);
JsonNode *assay_scale_answer_new_na (void);
/* @answer may be NULL: a comment can be written before the score. An empty comment removes it. */
JsonNode *assay_scale_answer_with_comment (JsonNode *answer, const char *comment);
/* Keeps the comment and what else is there, with another value. */
JsonNode *assay_scale_answer_with_value (JsonNode *answer, double value);
JsonNode *assay_scale_answer_with_na (JsonNode *answer);
gboolean assay_scale_answer_get_value (JsonNode *answer, double *value);
gboolean assay_scale_answer_is_na (JsonNode *answer);
const char *assay_scale_answer_get_comment (JsonNode *answer);

G_END_DECLS
