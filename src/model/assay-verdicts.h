/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-claims-answer.h"
#include "assay-marking-question.h"

G_BEGIN_DECLS

/* What claims are checked against: all that can be found out (kind 7.9), or the sources of the task
 * and nothing else (kind 7.12). */
typedef enum
{
  ASSAY_BASIS_WORLD,
  ASSAY_BASIS_SOURCES,
} AssayBasis;

/**
 * AssayUsualVerdict:
 *
 * A verdict that forms have where they name none. @label and @definition are not translated yet,
 * the label in the context "verdict". @states: the passage states something that can be right or
 * wrong.
 */
typedef struct
{
  const char *id;
  const char *label;
  const char *definition;
  AssayBasis basis;
  gboolean needs_evidence;
  gboolean counts; /* for the precision of kind 7.9 */
  gboolean states;
  AssayMarkGrade grade;
} AssayUsualVerdict;

const AssayUsualVerdict *assay_usual_verdicts_get (guint *n);
/* NULL if it is none; @id may be NULL. */
const AssayUsualVerdict *assay_usual_verdict_find (const char *id);

/* Supported claims among those that are supported, refuted, unsupported or outdated, from 0 to 1;
 * FALSE if there are none of these. */
gboolean assay_claims_answer_get_precision (JsonNode *answer, double *precision);

/* Severities of a claim that is wrong. */
guint assay_claim_get_n_severities (void);
const char *assay_claim_get_severity (guint index);
/* Translated. */
const char *assay_claim_get_severity_label (guint index);
/* What evidence does to a claim. */
guint assay_evidence_get_n_stances (void);
const char *assay_evidence_get_stance (guint index);
/* Translated. */
const char *assay_evidence_get_stance_label (guint index);

/* Whether a statement cites what it should (`citation_ok`, kind 7.12). */
guint assay_citation_get_n (void);
const char *assay_citation_get (guint index);
/* Translated. */
const char *assay_citation_get_label (guint index);
/* -1 if there is none; @id may be NULL. */
int assay_citation_find (const char *id);

/* Correct citations among those that are correct or wrong, and statements with full support and a
 * correct citation among those that need one, from 0 to 1; FALSE if there are none of these. */
gboolean assay_claims_answer_get_citation_precision (JsonNode *answer, double *precision);
gboolean assay_claims_answer_get_citation_recall (JsonNode *answer, double *recall);

G_END_DECLS
