/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A word, or one other character that is no white space; byte offsets. */
typedef struct
{
  gsize start;
  gsize end;
  guint is_word : 1;
  guint begins_sentence : 1;
} AssayToken;

/* Words by the boundaries of Unicode Annex 29 (Pango's log attributes); linear in the length. */
guint assay_words_count (const char *text);
/* Lower-cased words, NULL-terminated; (transfer full). */
GStrv assay_words_split (const char *text);
/* Code points of @text without white space at both ends. */
guint assay_characters_count_trimmed (const char *text);
/* Jaccard similarity of the 5-word shingles of two texts, 0…1; 0 if either has fewer than 5 words.
 */
double assay_words_similarity (const char *a, const char *b);
/* Sentences as (start, end) byte offsets: a GArray of gsize pairs; (transfer full). */
GArray *assay_sentences_split (const char *text);
/* Appends the AssayToken of a stretch of text to @tokens, their offsets counted from @origin.
 * Between them lies white space alone. */
void assay_tokens_append (const char *text, gsize length_bytes, gsize origin, GArray *tokens);

/* Moves the ends of a stretch of @text, in code points, outwards to those of the words that they
 * are in, and inwards over white space. */
void assay_words_widen (const char *text, guint *start, guint *end);

/* White space at both ends removed, and each run of it one space. (transfer full) */
char *assay_words_fold_space (const char *text);

G_END_DECLS
