/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-claims-question.h"
#include "assay-judgement.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_CLAIM_ROW (assay_claim_row_get_type ())
/**
 * AssayClaimRow:
 *
 * One claim in the form: its words, its verdict, and, once it is unfolded, how grave it is, the
 * evidence, a correction and a note.
 *
 * Signals: `shown` when the person wants to see the place in its text;
 * `unfolded` when it is for the first time, and is to be shown anew; `edited (member, text)`,
 * the member of AssayClaim that was changed; `checkworthy-chosen (checkworthy)`;
 * `cited-changed (ids)`, the sources that it names; `evidence-added`;
 * `evidence-edited (index, member, text)`; `evidence-removed (index)`; `split (at)`, before that
 * code point of the claim's words; `joined`; `removed`.
 */
G_DECLARE_FINAL_TYPE (AssayClaimRow, assay_claim_row, ASSAY, CLAIM_ROW, GtkWidget)

/* @verdicts: what can be chosen, the first entry for none. */
GtkWidget *assay_claim_row_new (const char *id,
                                AssayClaimsQuestion *question,
                                GListModel *verdicts,
                                AssayJudgement *judgement);
const char *assay_claim_row_get_id (AssayClaimRow *self);
/* What takes the focus from field to field. */
GtkWidget *assay_claim_row_get_stop (AssayClaimRow *self);
/* @cited: ids of the sources that it names; read only where citations are asked about. @number:
 * from 1, as it is read out. @is_detached: it has no place in the text any more. */
void assay_claim_row_show (AssayClaimRow *self,
                           const AssayClaim *claim,
                           const char *const *cited,
                           guint number,
                           gboolean is_detached);
/* @issues: (element-type AssayIssue): of this claim. */
void assay_claim_row_set_issues (AssayClaimRow *self, GPtrArray *issues);
void assay_claim_row_set_expanded (AssayClaimRow *self, gboolean expanded);
/* The focus goes to the last evidence. */
void assay_claim_row_focus_evidence (AssayClaimRow *self);
/* The code point that the cursor stands before in the claim's words; 0 while it is folded. */
guint assay_claim_row_get_cursor (AssayClaimRow *self);

G_END_DECLS
