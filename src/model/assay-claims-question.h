/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-claims-answer.h"
#include "assay-question.h"
#include "assay-verdicts.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  char *label;
  char *definition; /* (nullable) */
} AssayVerdict;

typedef enum
{
  ASSAY_SEGMENTATION_MANUAL,
  ASSAY_SEGMENTATION_SENTENCE,
  ASSAY_SEGMENTATION_GIVEN,
} AssaySegmentation;

#define ASSAY_TYPE_CLAIMS_QUESTION (assay_claims_question_get_type ())
/**
 * AssayClaimsQuestion:
 *
 * What a response claims, claim by claim, with a verdict and evidence (kinds 7.9 and 7.12).
 *
 * Settings: `basis` ("world"; with "sources" only passages of the task's sources are evidence),
 * `verdicts` (list of {id, label, definition}; the eight of 7.9, or the five of 7.12),
 * `require_evidence_for` (list of verdicts; of the usual ones those that say what evidence says),
 * `citations` (false: whether it cites what it should), `min_sources` (1), `segmentation`
 * ("manual", "sentence", "given"), `given` (object: for each response a list of {text, start, end},
 * code points of it), `require_correction` (false). Answer: assay-claims-answer.h.
 */
G_DECLARE_FINAL_TYPE (AssayClaimsQuestion,
                      assay_claims_question,
                      ASSAY,
                      CLAIMS_QUESTION,
                      AssayQuestion)

guint assay_claims_question_get_n_verdicts (AssayClaimsQuestion *self);
const AssayVerdict *assay_claims_question_get_verdict (AssayClaimsQuestion *self, guint index);
/* -1 if there is none; @id may be NULL. */
int assay_claims_question_find_verdict (AssayClaimsQuestion *self, const char *id);
gboolean assay_claims_question_needs_evidence (AssayClaimsQuestion *self, const char *verdict);
guint assay_claims_question_get_min_sources (AssayClaimsQuestion *self);
AssaySegmentation assay_claims_question_get_segmentation (AssayClaimsQuestion *self);
/* The answer that holds the claims which came with the question for @response; NULL if none did.
 * (transfer full) */
JsonNode *assay_claims_question_begin_with_given (AssayClaimsQuestion *self,
                                                  AssayTask *task,
                                                  const char *response);
gboolean assay_claims_question_get_require_correction (AssayClaimsQuestion *self);
AssayBasis assay_claims_question_get_basis (AssayClaimsQuestion *self);
/* Whether each statement is also asked whether it cites what it should. */
gboolean assay_claims_question_get_ask_citations (AssayClaimsQuestion *self);

G_END_DECLS
