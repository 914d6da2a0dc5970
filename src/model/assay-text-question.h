/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-question.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_TEXT_QUESTION (assay_text_question_get_type ())
/**
 * AssayTextQuestion:
 *
 * A written answer. Settings: `min`, `max` (characters, 0: none), `min_words`, `max_words`,
 * `multiline` (true), `placeholder`. Answer: the text. An empty text is no answer.
 */
G_DECLARE_FINAL_TYPE (AssayTextQuestion, assay_text_question, ASSAY, TEXT_QUESTION, AssayQuestion)

guint assay_text_question_get_min_chars (AssayTextQuestion *self);
guint assay_text_question_get_max_chars (AssayTextQuestion *self);
guint assay_text_question_get_min_words (AssayTextQuestion *self);
guint assay_text_question_get_max_words (AssayTextQuestion *self);
gboolean assay_text_question_get_multiline (AssayTextQuestion *self);
const char *assay_text_question_get_placeholder (AssayTextQuestion *self);

/* NULL for an empty text. */
JsonNode *assay_text_answer_new (const char *text);
const char *assay_text_answer_get (JsonNode *answer);

G_END_DECLS
