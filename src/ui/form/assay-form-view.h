/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-judgement.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_FORM_VIEW (assay_form_view_get_type ())
/**
 * AssayFormView:
 *
 * The questions of a judgement's form, each with a widget of its type. It does not scroll by
 * itself: place it in a scrolled window, and an [class@CriterionPanel] outside of that window.
 *
 * Plain keys (task-kinds section 5) act while the focus is inside and not in a text field.
 *
 * Properties: `judgement`, `by-response` (how rubrics are read: response by response, or criterion
 * by criterion across the responses), `check-spelling` (FALSE) and `spelling-language` ("" for the
 * desktop's) of the texts that are written in it, `focused-question` and `focused-response` (read
 * only: ids of where the focus is or was last, or NULL).
 *
 * Signals: `criterion-focused (question_id)` when the focus reaches another question.
 */
G_DECLARE_FINAL_TYPE (AssayFormView, assay_form_view, ASSAY, FORM_VIEW, GtkWidget)

GtkWidget *assay_form_view_new (void);

AssayJudgement *assay_form_view_get_judgement (AssayFormView *self);
void assay_form_view_set_judgement (AssayFormView *self, AssayJudgement *judgement);
gboolean assay_form_view_get_by_response (AssayFormView *self);
void assay_form_view_set_by_response (AssayFormView *self, gboolean by_response);
const char *assay_form_view_get_focused_question (AssayFormView *self);
const char *assay_form_view_get_focused_response (AssayFormView *self);

/* @issues: (nullable) (element-type AssayIssue): replaces what was shown. Issues that point at no
 * question of the form are left to others. */
void assay_form_view_set_issues (AssayFormView *self, GPtrArray *issues);
/* FALSE if the issue does not point at a field that is shown here. */
gboolean assay_form_view_focus_issue (AssayFormView *self, AssayIssue *issue);
/* The item of an answer in whose row the focus is, NULL if it is in none. @question, @response:
 * (out) whose it is. Borrowed. */
const char *assay_form_view_get_focused_item (AssayFormView *self,
                                              AssayQuestion **question,
                                              const char **response);
/* Makes @item of an answer what plain keys act on, and brings it into view; the focus stays. FALSE
 * if it is not there. */
gboolean assay_form_view_point_at (AssayFormView *self,
                                   const char *question,
                                   const char *response,
                                   const char *item);
gboolean
assay_form_view_focus_question (AssayFormView *self, const char *question, const char *response);
/* The first question that is required and not answered; else the first of all. */
gboolean assay_form_view_focus_first (AssayFormView *self);
/* Lets a plain key act on the form while the focus is elsewhere on the page and not in a text
 * field, for example in a response. @event is a key press. TRUE if it was used. */
gboolean assay_form_view_handle_key (AssayFormView *self, GdkEvent *event);

G_END_DECLS
