/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-document-view.h"
#include "assay-feedback-view.h"
#include "assay-form-view.h"
#include "assay-guideline-view.h"
#include "assay-judgement.h"
#include "assay-notes-view.h"
#include "assay-rationale-editor.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_JUDGEMENT_PANE (assay_judgement_pane_get_type ())
/**
 * AssayJudgementPane:
 *
 * The side where the person decides: the form with the rationale, the guideline, and the notes, one
 * at a time. What stands against a submission is listed below all three.
 *
 * Properties: `page` ("judgement", "guideline" or "notes"); `text-scale` (1) of the guideline.
 *
 * Signal `dispute-requested (feedback)` (AssayFeedback).
 */
G_DECLARE_FINAL_TYPE (AssayJudgementPane, assay_judgement_pane, ASSAY, JUDGEMENT_PANE, GtkWidget)

/* The form stays empty until assay_judgement_pane_show_form (): it takes long to make. */
void assay_judgement_pane_set_judgement (AssayJudgementPane *self, AssayJudgement *judgement);
void assay_judgement_pane_show_form (AssayJudgementPane *self);
/* What came back stands above the form; see assay_feedback_view_set_feedback (). */
void assay_judgement_pane_set_feedback (AssayJudgementPane *self,
                                        GPtrArray *feedback,
                                        AssayJudgement *judgement,
                                        gboolean with_disputes);
/* NULL: the project has none. */
void assay_judgement_pane_set_guideline (AssayJudgementPane *self, AssayGuideline *guideline);
const char *assay_judgement_pane_get_page (AssayJudgementPane *self);
void assay_judgement_pane_set_page (AssayJudgementPane *self, const char *page);

AssayFormView *assay_judgement_pane_get_form (AssayJudgementPane *self);
AssayRationaleEditor *assay_judgement_pane_get_rationale (AssayJudgementPane *self);
AssayNotesView *assay_judgement_pane_get_notes (AssayJudgementPane *self);

/* @issues: (nullable) (element-type AssayIssue): replaces what was shown. */
void assay_judgement_pane_set_issues (AssayJudgementPane *self, GPtrArray *issues);
gboolean assay_judgement_pane_get_issues_shown (AssayJudgementPane *self);
/* FALSE if nothing stands against a submission. */
gboolean assay_judgement_pane_focus_next_issue (AssayJudgementPane *self);

void assay_judgement_pane_focus_form (AssayJudgementPane *self);
void assay_judgement_pane_focus_rationale (AssayJudgementPane *self);
/* The guideline, at the place of the criterion that has the focus. */
void assay_judgement_pane_show_guideline (AssayJudgementPane *self);
void assay_judgement_pane_search_guideline (AssayJudgementPane *self);

double assay_judgement_pane_get_scroll (AssayJudgementPane *self);
void assay_judgement_pane_set_scroll (AssayJudgementPane *self, double value);

G_END_DECLS
