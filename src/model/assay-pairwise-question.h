/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-scale-question.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_PAIRWISE_QUESTION (assay_pairwise_question_get_type ())
/**
 * AssayPairwiseQuestion:
 *
 * Which of two responses is better, and how clearly (kinds 7.1 and 7.2).
 *
 * Settings: `points` 2…8 (7), `allow_tie` (true; even points imply false), `ask_both` (true),
 * `labels` (one per point), `reasons` (list of {id, label}), `allow_na` (false), `comment` ("off",
 * "optional", "required").
 *
 * Answer: `{"choice": "<response id>" | "tie" | "both-good" | "both-bad", "strength": n, "reasons":
 * […], "comment": …}` or `{"na": true}`. `strength` is 1… for a preference and 0 for a tie. The
 * choice names the response, so the shown order never enters the record. `{"choice": "tie"}`
 * without a both-value is incomplete while `ask_both` is set unless it says
 * `"both": "neutral"`.
 */
G_DECLARE_FINAL_TYPE (AssayPairwiseQuestion,
                      assay_pairwise_question,
                      ASSAY,
                      PAIRWISE_QUESTION,
                      AssayQuestion)

typedef enum
{
  ASSAY_BOTH_UNSET,
  ASSAY_BOTH_NEUTRAL,
  ASSAY_BOTH_GOOD,
  ASSAY_BOTH_BAD,
} AssayBoth;

int assay_pairwise_question_get_points (AssayPairwiseQuestion *self);
gboolean assay_pairwise_question_get_allow_tie (AssayPairwiseQuestion *self);
gboolean assay_pairwise_question_get_ask_both (AssayPairwiseQuestion *self);
gboolean assay_pairwise_question_get_allow_na (AssayPairwiseQuestion *self);
/* The greatest strength: 3 for 7 points, 4 for 8, 1 for 2 and 3. */
int assay_pairwise_question_get_max_strength (AssayPairwiseQuestion *self);
/* The label of a signed position as shown (negative: left), translated; borrowed. */
const char *assay_pairwise_question_get_label_for (AssayPairwiseQuestion *self, int position);
/* ASSAY_COMMENT_REQUIRED_BELOW does not occur here. */
AssayCommentRule assay_pairwise_question_get_comment_rule (AssayPairwiseQuestion *self);
/* Ids and labels of the reasons; NULL-terminated, NULL if none. */
const char *const *assay_pairwise_question_get_reason_ids (AssayPairwiseQuestion *self);
const char *assay_pairwise_question_get_reason_label (AssayPairwiseQuestion *self, const char *id);

/* @choice is a response id, or NULL for a tie, where @both says which. */
JsonNode *assay_pairwise_answer_new (const char *choice, int strength, AssayBoth both);
JsonNode *assay_pairwise_answer_new_na (void);
/* Another preference that keeps the reasons, the comment and what else is there. @answer may be
 * NULL. */
JsonNode *assay_pairwise_answer_with_choice (JsonNode *answer,
                                             const char *choice,
                                             int strength,
                                             AssayBoth both);
JsonNode *assay_pairwise_answer_with_na (JsonNode *answer);
/* Copies @answer, which may be NULL, with another list of reasons or comment; NULL if nothing is
 * left. */
JsonNode *assay_pairwise_answer_with_reasons (JsonNode *answer, const char *const *reasons);
JsonNode *assay_pairwise_answer_with_comment (JsonNode *answer, const char *comment);
/* (transfer full), never NULL. */
GStrv assay_pairwise_answer_dup_reasons (JsonNode *answer);
gboolean assay_pairwise_answer_has_reason (JsonNode *answer, const char *reason);
/* NULL for none. */
const char *assay_pairwise_answer_get_comment (JsonNode *answer);
/* FALSE if @answer is NULL, not an answer of this type, or "not applicable". */
gboolean
assay_pairwise_answer_get (JsonNode *answer, const char **choice, int *strength, AssayBoth *both);
gboolean assay_pairwise_answer_is_na (JsonNode *answer);
/* The canonical sign (task-kinds 7.1): negative if the first of @task's responses is preferred,
 * positive for the second, 0 for any tie. FALSE if there is no answer. */
gboolean assay_pairwise_answer_get_signed (JsonNode *answer, AssayTask *task, int *strength);

G_END_DECLS
