/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-judgement.h"

G_BEGIN_DECLS

/**
 * AssayRationaleFacts:
 *
 * What a rationale names; counted, never graded.
 */
typedef struct
{
  guint words;
  guint characters;
  guint responses_named;
  guint criteria_named;
  guint quotations;
} AssayRationaleFacts;

AssayRationaleFacts assay_rationale_get_facts (AssayJudgement *judgement);

/* rat.contradiction, rat.reuse, rat.empty_praise, rat.one_sided, time.floor, and what
 * assay_response_check () finds (hints).
 * @earlier: the person's last rationales in the project, NULL-terminated, or NULL.
 * (transfer full) GPtrArray of AssayIssue. */
GPtrArray *assay_rationale_check (AssayJudgement *judgement, const char *const *earlier);

/* Only what the words of the rationale say: cheap enough to be asked whenever typing rests. */
GPtrArray *assay_rationale_check_text (AssayJudgement *judgement, const char *const *earlier);

/* The selection as a quotation for the rationale: `@A: “…”`, at most 200 characters around the
 * middle, one line.
 * @letter: NULL for a text that is not a response. (transfer full) */
char *assay_rationale_quote (const char *letter, const char *selection);

G_END_DECLS
