/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-choice-question.h"
#include "assay-scale-question.h"

G_BEGIN_DECLS

/* What the question types share. */

/* The label as it stands in a sentence: see assay_bidi_isolate(). */
const char *assay_question_get_name (AssayQuestion *self);

/* Appends an issue about @self. @message is taken. Values from outside in it are isolated. */
void assay_question_take_issue (AssayQuestion *self,
                                GPtrArray *issues,
                                AssayIssueLevel level,
                                const char *rule,
                                const char *response,
                                const char *item,
                                char *message);

/* `comment`: "off", "optional", "required", "required_below:<n>". */
gboolean assay_question_read_comment_rule (JsonObject *settings,
                                           const char *place,
                                           AssayCommentRule *rule,
                                           double *below,
                                           GError **error);
/* The error where a comment is needed and missing. */
void assay_question_check_comment (AssayQuestion *self,
                                   gboolean needed,
                                   const char *comment,
                                   const char *response,
                                   const char *item,
                                   GPtrArray *issues);

void assay_options_report_unknown (AssayQuestion *question,
                                   const char *response,
                                   const char *id,
                                   GPtrArray *issues);
void assay_options_report_other (AssayQuestion *question, const char *response, GPtrArray *issues);

/* A list of {id, label}, or of ids alone; both stay NULL if it is absent or empty. @ids is
 * NULL-terminated. */
gboolean assay_question_read_names (JsonObject *settings,
                                    const char *member,
                                    const char *place,
                                    GPtrArray **ids,
                                    GPtrArray **labels,
                                    GError **error);
/* The label of @id; NULL if there is none. */
const char *assay_question_find_name (GPtrArray *ids, GPtrArray *labels, const char *id);

/* Answers to questions of types whose values are ids: numbers among them become texts. (transfer
 * full) */
JsonNode *assay_question_normalise_answer (AssayQuestion *self, JsonNode *answer);

/* Characters of @text without white space at both ends; NULL counts as empty. */
guint assay_text_length_trimmed (const char *text);
/* Runs of letters and digits; in scripts without spaces each character counts. */
guint assay_text_length_words (const char *text);
gboolean assay_text_is_blank (const char *text);

/* A copy of @answer as an object, with what it was (a bare value) under @member; NULL gives an
 * empty object. */
JsonObject *assay_answer_to_object (JsonNode *answer, const char *member);
/* The opposite: a bare value if @member is all that is left, NULL for an empty object. Takes
 * @object. */
JsonNode *assay_answer_from_object (JsonObject *object, const char *member);
/* Sets or, for a blank @text, removes a text. */
void assay_answer_set_text (JsonObject *object, const char *member, const char *text);

G_END_DECLS
