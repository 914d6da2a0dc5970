/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-question.h"

G_BEGIN_DECLS

/**
 * AssayOption:
 *
 * One option of a choice or a multi question. `exclusive`: cannot stand beside others ("none of
 * these").
 */
typedef struct
{
  char *id;
  char *label;
  char *help;
  gboolean exclusive;
} AssayOption;

#define ASSAY_TYPE_CHOICE_QUESTION (assay_choice_question_get_type ())
/**
 * AssayChoiceQuestion:
 *
 * Exactly one of several options (kind 7.23 and verdicts).
 *
 * Settings: `options` (list of {id, label, help, exclusive}), `other` (false: allow a text of one's
 * own). Answer: the option id, or `{"choice": id, "other": text}` (`choice` absent or "other" with
 * the text alone).
 */
G_DECLARE_FINAL_TYPE (AssayChoiceQuestion,
                      assay_choice_question,
                      ASSAY,
                      CHOICE_QUESTION,
                      AssayQuestion)

guint assay_choice_question_get_n_options (AssayChoiceQuestion *self);
const AssayOption *assay_choice_question_get_option (AssayChoiceQuestion *self, guint index);
gboolean assay_choice_question_get_other (AssayChoiceQuestion *self);

/* @other: NULL for none. */
JsonNode *assay_choice_answer_new (const char *id, const char *other);
const char *assay_choice_answer_get_choice (JsonNode *answer);
const char *assay_choice_answer_get_other (JsonNode *answer);

/* For siblings: reads the list `options` into a GPtrArray of AssayOption; NULL and @error on bad
 * data. */
GPtrArray *assay_options_new_from_json (JsonObject *settings, const char *place, GError **error);
/* NULL if there is none with @id. */
const AssayOption *assay_options_find (GPtrArray *options, const char *id);

G_END_DECLS
