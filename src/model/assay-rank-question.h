/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-question.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_RANK_QUESTION (assay_rank_question_get_type ())
/**
 * AssayRankQuestion:
 *
 * The order of N responses (kind 7.3).
 *
 * Settings: `mode` ("full", "top_k", "best_worst"), `k` (3), `allow_ties` (true), `ask_quality`
 * (false), `buckets` (list of {id, label}).
 *
 * Answer: `{"order": [["r2"], ["r1", "r3"]], "quality": {id: "acceptable"|"unacceptable"},
 * "buckets": {bucket: [ids]}}`, best first, ties together; `{"best": id, "worst": id}` in
 * best_worst mode. The answer exists once the person moved or confirmed something: there is no
 * preset order. Competition ranks ("1224") are derived.
 */
G_DECLARE_FINAL_TYPE (AssayRankQuestion, assay_rank_question, ASSAY, RANK_QUESTION, AssayQuestion)

typedef enum
{
  ASSAY_RANK_FULL,
  ASSAY_RANK_TOP_K,
  ASSAY_RANK_BEST_WORST,
} AssayRankMode;

AssayRankMode assay_rank_question_get_mode (AssayRankQuestion *self);
int assay_rank_question_get_k (AssayRankQuestion *self);
gboolean assay_rank_question_get_allow_ties (AssayRankQuestion *self);
gboolean assay_rank_question_get_ask_quality (AssayRankQuestion *self);
/* NULL-terminated ids of the named groups; NULL if there are none. */
const char *const *assay_rank_question_get_bucket_ids (AssayRankQuestion *self);
const char *assay_rank_question_get_bucket_label (AssayRankQuestion *self, const char *id);

/* @order: a GPtrArray of NULL-terminated string vectors (GStrv), best first. */
JsonNode *assay_rank_answer_new (GPtrArray *order);
JsonNode *assay_rank_answer_new_best_worst (const char *best, const char *worst);
/* Another order, or other ends, that keep quality, buckets and what else is there. @answer may be
 * NULL. */
JsonNode *assay_rank_answer_with_order (JsonNode *answer, GPtrArray *order);
/* One more comparison of two, on the way to an order (task-kinds 7.3, merging): @sign is negative
 * if
 * @first is better, positive for @second, 0 if they are equal. */
JsonNode *assay_rank_answer_with_comparison (JsonNode *answer,
                                             const char *first,
                                             const char *second,
                                             int sign);
/* The comparisons so far, an array of [first, second, sign]; NULL if there are none. Borrowed. */
JsonArray *assay_rank_answer_get_comparisons (JsonNode *answer);
JsonNode *assay_rank_answer_with_best_worst (JsonNode *answer, const char *best, const char *worst);
JsonNode *
assay_rank_answer_with_quality (JsonNode *answer, const char *response, gboolean acceptable);
/* NULL if nothing is left. */
JsonNode *assay_rank_answer_without_quality (JsonNode *answer, const char *response);
/* @bucket: NULL takes @response out of the one it is in. NULL is returned if nothing is left. */
JsonNode *
assay_rank_answer_with_bucket (JsonNode *answer, const char *response, const char *bucket);
/* NULL if @response is in none. */
const char *assay_rank_answer_get_bucket (JsonNode *answer, const char *response);
/* FALSE if nothing was said about @response. */
gboolean
assay_rank_answer_get_quality (JsonNode *answer, const char *response, gboolean *acceptable);
/* (transfer full) GPtrArray of GStrv, or NULL. */
GPtrArray *assay_rank_answer_dup_order (JsonNode *answer);
const char *assay_rank_answer_get_best (JsonNode *answer);
const char *assay_rank_answer_get_worst (JsonNode *answer);
/* The competition rank of @response, 1 for the best; 0 if it is not ranked. */
int assay_rank_answer_get_rank (JsonNode *answer, const char *response);

G_END_DECLS
