/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Full-text search for every script. The index splits at spaces; Chinese, Japanese, Thai and their
 * like write none, so each of their characters becomes a word of its own, and any stretch of them
 * that a person types a phrase. (A trigram index would be three times as large, and could not find
 * the two characters that most Chinese and Japanese words have.) */

/* What the index is given. (transfer full) */
char *assay_search_text_split (const char *text);

/* Makes the query for what a person typed: every word must be there, the last one may be the
 * beginning of a word. Never a syntax error, whatever is typed; NULL if nothing in it can be
 * searched for. (transfer full) */
char *assay_search_text_make_query (const char *typed);

G_END_DECLS
