/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-judgement.h"
#include "assay-store-accounts.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_FEEDBACK_VIEW (assay_feedback_view_get_type ())
/**
 * AssayFeedbackView:
 *
 * What came back about a judgement, newest first, to be read beside the own answers: who says what,
 * its message, what was expected question by question, and a dispute where there can be one. It is
 * not visible while there is nothing.
 *
 * Signal `dispute-requested (feedback)` (AssayFeedback).
 */
G_DECLARE_FINAL_TYPE (AssayFeedbackView, assay_feedback_view, ASSAY, FEEDBACK_VIEW, GtkWidget)

GtkWidget *assay_feedback_view_new (void);
/* @feedback: (nullable): of AssayTaskFeedback; the entries are kept. @judgement: names questions
 * and responses as they were shown. @with_disputes: the platform takes them. */
void assay_feedback_view_set_feedback (AssayFeedbackView *self,
                                       GPtrArray *feedback,
                                       AssayJudgement *judgement,
                                       gboolean with_disputes);

G_END_DECLS
