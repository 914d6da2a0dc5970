/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the names of fields say, as people who publish evaluation data choose them. @words: a name
 * as assay_field_split_words () takes it apart. Scores are 0 for "surely not". */

guint assay_field_words_prompt_score (GStrv words);
guint assay_field_words_response_score (GStrv words);
guint assay_field_words_reference_score (GStrv words);
guint assay_field_words_system_score (GStrv words);
guint assay_field_words_model_score (GStrv words);
/* High for what names a question or a pair, low for what names an answer. */
guint assay_field_words_id_score (GStrv words);
guint assay_field_words_source_score (GStrv words);
gboolean assay_field_words_are_conversation (GStrv words);
gboolean assay_field_words_are_language (GStrv words);
/* Somebody's verdict on the responses: never shown. */
gboolean assay_field_words_are_verdict (GStrv words);
/* Written by a judge: the record as a whole is about a judgement. */
gboolean assay_field_words_are_judge (GStrv words);
/* Which of several responses a name ends or begins with ("a", "2", "left"), and the name without
 * it; (transfer full) (nullable).
 * @place: a number that orders the names. */
char *assay_field_words_split_place (GStrv words, guint *place);
/* Names that say which response was better: 1 for the better one, 2 for the worse, 0 for neither.
 * @base: (transfer full) the rest of the name. */
guint assay_field_words_split_verdict (GStrv words, char **base);

G_END_DECLS
