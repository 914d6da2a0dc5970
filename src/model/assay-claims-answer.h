/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-span.h"

G_BEGIN_DECLS

/* Answers to an AssayClaimsQuestion (task-kinds, 7.9): `{"claims": [{"id", "span": {…}, "text",
 * "checkworthy", "verdict", "severity", "subtype", "evidence": [{"url", "title", "quote",
 * "accessed_at", "stance", "source_id", "source_span"}], "correction", "note",
 * "citation_ok", "cited": [source id]}], "none_found": true}`; of kind 7.12 a claim is a statement,
 * and its verdict the support for it. What else is in them survives every change. Functions that
 * give an answer give a new one, (transfer full), and NULL where nothing is left; an answer may be
 * NULL. Of a claim that is not there they change nothing. */

typedef struct
{
  char *url;
  char *title;
  char *quote;
  char *accessed_at; /* ISO 8601 */
  char *stance;
  char *source_id;
  AssaySpan *source_span; /* (nullable) where it stands in a text of the task */
} AssayEvidence;

/**
 * AssayClaim:
 *
 * One claim of an answer, read. @span is NULL where what stands there is no span; it keeps the
 * words of the text, while @text may be written so that it stands alone.
 */
typedef struct
{
  char *id;
  AssaySpan *span;
  char *text; /* never NULL */
  gboolean checkworthy;
  char *verdict;
  char *severity;
  char *subtype;
  char *correction;
  char *note;
  GPtrArray *evidence; /* of AssayEvidence */
  char *citation;      /* `citation_ok`: assay-verdicts.h */
  GStrv cited;         /* (nullable): ids of sources; NULL: nobody said */
} AssayClaim;

void assay_claim_free (AssayClaim *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayClaim, assay_claim_free)

/* All claims in their order; (transfer full) GPtrArray of AssayClaim. */
GPtrArray *assay_claims_answer_list (JsonNode *answer);
guint assay_claims_answer_get_n (JsonNode *answer);
/* NULL if there is none. (transfer full) */
AssayClaim *assay_claims_answer_find (JsonNode *answer, const char *id);

gboolean assay_claims_answer_get_none_found (JsonNode *answer);
/* That there is nothing in the text that could be checked. */
JsonNode *assay_claims_answer_with_none_found (JsonNode *answer, gboolean none_found);

/* A claim in the order of the text; it takes back that there is none. @text: (nullable): the words
 * of the span. @id: (out) (transfer full) (optional): unique in the answer. */
JsonNode *
assay_claims_answer_add (JsonNode *answer, const AssaySpan *span, const char *text, char **id);
JsonNode *assay_claims_answer_remove (JsonNode *answer, const char *id);
/* @member: "text", "verdict", "severity", "subtype", "correction", "note" or "citation_ok". NULL or
 * a blank text takes it away. */
JsonNode *
assay_claims_answer_with (JsonNode *answer, const char *id, const char *member, const char *text);
JsonNode *
assay_claims_answer_with_checkworthy (JsonNode *answer, const char *id, gboolean checkworthy);
/* Which sources it names itself. */
JsonNode *
assay_claims_answer_with_cited (JsonNode *answer, const char *id, const char *const *sources);

/* With every span that has moved where it stands now; NULL if none has. */
JsonNode *assay_claims_answer_follow (JsonNode *answer, AssayTask *task);
/* Without the words of the documents: what spans quote, what is still said in the text's words, and
 * what evidence quotes from a text of the task. */
JsonNode *assay_claims_answer_without_texts (JsonNode *answer);

/* Evidence is named by its index in the claim. */
JsonNode *
assay_claims_answer_add_evidence (JsonNode *answer, const char *id, const AssayEvidence *evidence);
JsonNode *assay_claims_answer_remove_evidence (JsonNode *answer, const char *id, guint index);
/* @member: a member of the evidence. */
JsonNode *assay_claims_answer_with_evidence (JsonNode *answer,
                                             const char *id,
                                             guint index,
                                             const char *member,
                                             const char *text);

/* Two claims of one: the text is cut before its code point @at, and so is the span where it still
 * holds the same words. The second one has no verdict yet. @second: (out) (transfer full)
 * (optional): its id. NULL if there would be nothing on one of the sides. */
JsonNode *assay_claims_answer_split (JsonNode *answer,
                                     const char *id,
                                     guint at,
                                     AssayTask *task,
                                     char **second);
/* One claim of this one and the next one in the same text: their words, their evidence, and the
 * verdict where both have the same. NULL if there is no next one. */
JsonNode *assay_claims_answer_join (JsonNode *answer, const char *id, AssayTask *task);

G_END_DECLS
