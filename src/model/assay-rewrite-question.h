/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-document.h"
#include "assay-question.h"
#include "assay-rewrite-answer.h"
#include "assay-text-constraint.h"

G_BEGIN_DECLS

typedef enum
{
  ASSAY_REWRITE_EDIT,  /* begins with the text of a response */
  ASSAY_REWRITE_WRITE, /* begins with nothing */
} AssayRewriteMode;

typedef enum
{
  ASSAY_CHANGE_LOG_OFF,
  ASSAY_CHANGE_LOG_PER_REGION, /* each change has a category */
  ASSAY_CHANGE_LOG_SUMMARY,    /* the text as a whole says what was fixed */
} AssayChangeLog;

#define ASSAY_TYPE_REWRITE_QUESTION (assay_rewrite_question_get_type ())
/**
 * AssayRewriteQuestion:
 *
 * A response that is edited (kind 7.13), or an answer that is written (7.14).
 *
 * Settings: `mode` ("edit", "write"), `change_log` ("off", "per_region", "summary"; for "edit"),
 * `categories` (list of {id, label} or ids; ten from factual to concision), `min`, `max`
 * (characters, 0: none; at most 50 000 where one writes), `min_words`, `max_words`, `must_keep`
 * (list of passages that the text must hold), `constraints` (assay-text-constraint.h),
 * `sources_required` (false), `answer_modes` (list of
 * "answer", "partial_answer", "refuse", "ask_back"; all four where one writes, none where one
 * edits), `effort` (false: whether it is asked how much was changed), `self_check` (list of {id,
 * label} or ids: points that the writer goes through), `self_check_required` (false: all are
 * ticked). Answer: assay-rewrite-answer.h.
 */
G_DECLARE_FINAL_TYPE (AssayRewriteQuestion,
                      assay_rewrite_question,
                      ASSAY,
                      REWRITE_QUESTION,
                      AssayQuestion)

AssayRewriteMode assay_rewrite_question_get_mode (AssayRewriteQuestion *self);
AssayChangeLog assay_rewrite_question_get_change_log (AssayRewriteQuestion *self);
guint assay_rewrite_question_get_n_categories (AssayRewriteQuestion *self);
const char *assay_rewrite_question_get_category_id (AssayRewriteQuestion *self, guint index);
const char *assay_rewrite_question_get_category_label (AssayRewriteQuestion *self, guint index);
/* -1 if there is none. */
int assay_rewrite_question_find_category (AssayRewriteQuestion *self, const char *id);
/* 0 for no limit. */
guint assay_rewrite_question_get_min_chars (AssayRewriteQuestion *self);
guint assay_rewrite_question_get_max_chars (AssayRewriteQuestion *self);
guint assay_rewrite_question_get_min_words (AssayRewriteQuestion *self);
guint assay_rewrite_question_get_max_words (AssayRewriteQuestion *self);
/* NULL-terminated; borrowed. */
const char *const *assay_rewrite_question_get_must_keep (AssayRewriteQuestion *self);
guint assay_rewrite_question_get_n_constraints (AssayRewriteQuestion *self);
const AssayTextConstraint *
assay_rewrite_question_get_constraint (AssayRewriteQuestion *self, guint index);
gboolean assay_rewrite_question_get_sources_required (AssayRewriteQuestion *self);
gboolean assay_rewrite_question_get_asks_effort (AssayRewriteQuestion *self);
guint assay_rewrite_question_get_n_self_checks (AssayRewriteQuestion *self);
const char *assay_rewrite_question_get_self_check_id (AssayRewriteQuestion *self, guint index);
const char *assay_rewrite_question_get_self_check_label (AssayRewriteQuestion *self, guint index);
gboolean assay_rewrite_question_get_self_check_required (AssayRewriteQuestion *self);
/* Names of answer modes, NULL-terminated and maybe none; borrowed. */
const char *const *assay_rewrite_question_get_answer_modes (AssayRewriteQuestion *self);
/* What a person calls a mode or a degree of effort; NULL for one that is not known. Borrowed. */
const char *assay_rewrite_answer_mode_get_label (const char *mode);
const char *assay_rewrite_effort_get_label (const char *effort);
/* "light", "medium", "rewrite", NULL. */
extern const char *const assay_rewrite_efforts[];

/* The response that the answer for @response edits: that one, or the only one of @task where the
 * question is asked once. NULL where one writes, or there is none. Borrowed. */
AssayDocument *assay_rewrite_question_get_original (AssayRewriteQuestion *self,
                                                    AssayTask *task,
                                                    const char *response);
/* What an answer amounts to: its text, or the original's where that was left as it is. Borrowed;
 * never NULL. */
const char *assay_rewrite_question_get_text (AssayRewriteQuestion *self,
                                             AssayTask *task,
                                             const char *response,
                                             JsonNode *answer);

G_END_DECLS
