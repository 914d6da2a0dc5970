/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-document.h"
#include "assay-scale-question.h"
#include "assay-spans-answer.h"

G_BEGIN_DECLS

#define ASSAY_SPAN_TYPE_DEPTH 3

typedef struct _AssaySpanType AssaySpanType;
/**
 * AssaySpanType:
 *
 * A node of the tree of types. @is_positive: a strength, neither graded nor counted. @is_exclusive:
 * says of the whole text what makes other marks pointless.
 */
struct _AssaySpanType
{
  char *id;
  char *label;
  char *definition; /* (nullable) */
  gboolean is_positive;
  gboolean is_exclusive;
  gboolean has_children;
  guint depth; /* 0 for a root */
  const AssaySpanType *parent;
  /* What a mark of this type counts for at each severity. */
  double *weights;
};

typedef struct
{
  char *id;
  char *label;
  double weight;
} AssaySpanSeverity;

#define ASSAY_TYPE_SPANS_QUESTION (assay_spans_question_get_type ())
/**
 * AssaySpansQuestion:
 *
 * Stretches of the text that are marked, typed and graded (kinds 7.10 and 7.11).
 *
 * Settings: `types` (tree of {id, label, definition, children, weight, weights: {severity: weight},
 * exclusive}, at most three levels; ids are unique among siblings, and what a node says of weights
 * holds below it), `positive_types` (list of ids), `severities` (list of {id, label, weight};
 * minor 1, major 5, critical 10; an empty list asks for none), `max_per_doc` (0: no limit),
 * `allow_overlap` (true), `allow_zero_length` (false), `documents` (list of "response", "source",
 * "prompt", "system", "turn", "reference": where marks may be; "response"), `comment`, `score`
 * (false). Answer: assay-spans-answer.h.
 */
G_DECLARE_FINAL_TYPE (AssaySpansQuestion,
                      assay_spans_question,
                      ASSAY,
                      SPANS_QUESTION,
                      AssayQuestion)

/* Types in the order of the tree, a node before its children. */
guint assay_spans_question_get_n_types (AssaySpansQuestion *self);
const AssaySpanType *assay_spans_question_get_type_at (AssaySpansQuestion *self, guint index);
/* NULL if there is none at the end of @path, or the path is empty. */
const AssaySpanType *
assay_spans_question_find_type (AssaySpansQuestion *self, const char *const *path);
/* The ids from the root to @type; (transfer full). */
GStrv assay_span_type_dup_path (const AssaySpanType *type);
/* "Accuracy › Omission"; (transfer full). */
char *assay_span_type_dup_title (const AssaySpanType *type);

guint assay_spans_question_get_n_severities (AssaySpansQuestion *self);
const AssaySpanSeverity *assay_spans_question_get_severity (AssaySpansQuestion *self, guint index);
const AssaySpanSeverity *
assay_spans_question_find_severity (AssaySpansQuestion *self, const char *id);

AssayCommentRule assay_spans_question_get_comment_rule (AssaySpansQuestion *self);
guint assay_spans_question_get_max_per_document (AssaySpansQuestion *self);
gboolean assay_spans_question_get_allow_overlap (AssaySpansQuestion *self);
gboolean assay_spans_question_get_allow_zero_length (AssaySpansQuestion *self);
/* Whether marks of the answer for @response (NULL where it is asked once) may be in @document. */
gboolean assay_spans_question_allows_document (AssaySpansQuestion *self,
                                               const char *response,
                                               AssayDocument *document);

/* The sum of the weights of the errors; one of an exclusive type counts alone. */
double assay_spans_question_get_penalty (AssaySpansQuestion *self, JsonNode *answer);
/* 100 less the penalty for each hundred words of the texts that are marked, not below 0. FALSE if
 * the form asks for none, nothing was answered, or there are no words. */
gboolean assay_spans_question_get_score (AssaySpansQuestion *self,
                                         AssayTask *task,
                                         const char *response,
                                         JsonNode *answer,
                                         double *score);

G_END_DECLS
