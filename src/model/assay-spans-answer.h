/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-span.h"

G_BEGIN_DECLS

/* Answers to an AssaySpansQuestion: `{"errors": [{"id", "span": {…}, "type_path": [ids],
 * "severity", "comment", "suggestion"}], "none_found": true}`. What else is in them survives every
 * change. Functions that give an answer give a new one, (transfer full), and NULL where nothing is
 * left; an answer may be NULL. Of a mark that is not there they change nothing. */

/**
 * AssaySpanMark:
 *
 * One mark of an answer, read. @span is NULL where what stands there is no span.
 */
typedef struct
{
  char *id;
  AssaySpan *span;
  GStrv type_path; /* from the root of the tree; may be empty, never NULL */
  char *severity;
  char *comment;
  char *suggestion;
} AssaySpanMark;

void assay_span_mark_free (AssaySpanMark *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssaySpanMark, assay_span_mark_free)

/* All marks in their order; (transfer full) GPtrArray of AssaySpanMark. */
GPtrArray *assay_spans_answer_list (JsonNode *answer);
/* The same of at most @n marks from the @first on: reading one takes far longer than passing it. */
GPtrArray *assay_spans_answer_list_range (JsonNode *answer, guint first, guint n);
guint assay_spans_answer_get_n (JsonNode *answer);
/* NULL if there is none. (transfer full) */
AssaySpanMark *assay_spans_answer_find (JsonNode *answer, const char *id);
gboolean assay_spans_answer_get_none_found (JsonNode *answer);

/* A mark without a type, in the order of the text. @id: (out) (transfer full) (optional): unique in
 * the answer. What was marked takes back that nothing was found. */
JsonNode *assay_spans_answer_add (JsonNode *answer, const AssaySpan *span, char **id);
JsonNode *assay_spans_answer_remove (JsonNode *answer, const char *id);
JsonNode *assay_spans_answer_with_span (JsonNode *answer, const char *id, const AssaySpan *span);
/* NULL or an empty path: no type. */
JsonNode *
assay_spans_answer_with_type (JsonNode *answer, const char *id, const char *const *type_path);
JsonNode *assay_spans_answer_with_severity (JsonNode *answer, const char *id, const char *severity);
JsonNode *assay_spans_answer_with_comment (JsonNode *answer, const char *id, const char *comment);
JsonNode *
assay_spans_answer_with_suggestion (JsonNode *answer, const char *id, const char *suggestion);
JsonNode *assay_spans_answer_with_none_found (JsonNode *answer, gboolean none_found);

/* With every span that has moved where it stands now, and its new surroundings; NULL if none has.
 * Detached ones stay as they are. */
JsonNode *assay_spans_answer_follow (JsonNode *answer, AssayTask *task);
/* Without a word of the documents: places alone, for where their text may not go. */
JsonNode *assay_spans_answer_without_texts (JsonNode *answer);

G_END_DECLS
