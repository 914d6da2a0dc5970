/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-form-section.h"
#include "assay-judgement.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_QUESTION_FIELD (assay_question_field_get_type ())
/**
 * AssayQuestionField:
 *
 * The field of one question: its label and help, the control of its type, and what is wrong with
 * its answer. Abstract; the table in assay-form-builder.c names the subclass of each question type.
 *
 * Properties (construct only): `judgement`, `question`, `response` (NULL: the task as a whole, or
 * all responses in one field), `show-title`.
 */
G_DECLARE_DERIVABLE_TYPE (AssayQuestionField,
                          assay_question_field,
                          ASSAY,
                          QUESTION_FIELD,
                          GtkWidget)

struct _AssayQuestionFieldClass
{
  GtkWidgetClass parent_class;

  /* Makes the control; once, with all properties set. */
  void (*build) (AssayQuestionField *self);
  /* Shows what the judgement holds. */
  void (*show_answer) (AssayQuestionField *self, JsonNode *answer);
  /* @issues: of this field, maybe empty. The list of messages is shown by the base class; @message
   * is that list. */
  void (*show_issues) (AssayQuestionField *self, GPtrArray *issues, GtkWidget *message);
  void (*list_stops) (AssayQuestionField *self, GPtrArray *stops);
  /* May be absent: the first stop then stands for all. */
  GtkWidget *(*find_item) (AssayQuestionField *self, const char *response, const char *item);
  /* May be absent: the item that @stop is about, NULL for none. */
  const char *(*get_item_of) (AssayQuestionField *self, GtkWidget *stop);
  const char *(*get_response_of) (AssayQuestionField *self, GtkWidget *stop);
  gboolean (*handle_key) (AssayQuestionField *self, GtkWidget *stop, const AssayFormKey *key);
  /* May be absent: the whole answer is taken back then. */
  void (*clear) (AssayQuestionField *self, GtkWidget *stop);
};

AssayJudgement *assay_question_field_get_judgement (AssayQuestionField *self);
AssayQuestion *assay_question_field_get_question (AssayQuestionField *self);
const char *assay_question_field_get_response (AssayQuestionField *self);
/* The question's label, safe to show; with the response's letter where the field is of one
 * response. */
const char *assay_question_field_get_title (AssayQuestionField *self);
JsonNode *assay_question_field_get_answer (AssayQuestionField *self);
/* For a field that has other rows than before: what was said last of its answer. */
void assay_question_field_show_issues_again (AssayQuestionField *self);
/* @answer: (transfer full) (nullable). */
void assay_question_field_take_answer (AssayQuestionField *self, JsonNode *answer);
/* Puts @control below what is there already. */
void assay_question_field_append (AssayQuestionField *self, GtkWidget *control);
/* A small line of words above or below a control, which wraps. */
GtkWidget *assay_question_field_new_caption (const char *text);
/* For a field of one response whose control itself says which: takes the letter away from above it.
 */
void assay_question_field_hide_letter (AssayQuestionField *self);
/* "A", or NULL for the task as a whole. */
const char *assay_question_field_get_letter (AssayQuestionField *self);
/* Names @control by the question's label and describes it by its help. */
void assay_question_field_label (AssayQuestionField *self, GtkWidget *control);
/* Marks an entry as invalid where @message, the field's list of issues, holds an error. */
void assay_question_field_mark (GtkWidget *entry, GtkWidget *message);
/* Says something about what the person just did, until the next change. @notice: "" for nothing. */
void assay_question_field_show_notice (AssayQuestionField *self, const char *notice);
/* The person is done with the field: on to what comes behind its last stop. */
void assay_question_field_advance (AssayQuestionField *self);

G_END_DECLS
