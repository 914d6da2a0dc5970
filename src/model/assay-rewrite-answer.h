/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Answers to an AssayRewriteQuestion: `{"text", "changes": [{"id", "from": {"start", "end"}, "to":
 * {"start", "end"}, "category", "note"}], "unchanged_ok", "issues_fixed": [ids], "effort_level",
 * "mode", "sources": [{"url", "title", "quote", "accessed_at"}], "assumptions", "self_check":
 * {point: true}}`; `from` counts
 * characters of the original, `to` of the text. Where one edits, no text means the original. What
 * else is in them survives every change. Functions that give an answer give a new one, (transfer
 * full), and NULL where nothing is left; an answer may be NULL. */

/**
 * AssayRewriteChange:
 *
 * A stretch of the original that became another in the text; either may be empty.
 */
typedef struct
{
  char *id;
  guint from_start;
  guint from_end;
  guint to_start;
  guint to_end;
  char *category; /* (nullable), as is what follows */
  char *note;
} AssayRewriteChange;

void assay_rewrite_change_free (AssayRewriteChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayRewriteChange, assay_rewrite_change_free)

/* NULL where the answer has none. Borrowed. */
const char *assay_rewrite_answer_get_text (JsonNode *answer);
/* @text: NULL for the original. What was written takes back that nothing needs a change. */
JsonNode *assay_rewrite_answer_with_text (JsonNode *answer, const char *text);

/* All changes in their order; (transfer full) GPtrArray of AssayRewriteChange. */
GPtrArray *assay_rewrite_answer_list_changes (JsonNode *answer);
/* @changes: of AssayRewriteChange. What is known of a change beyond it stays with its id. */
JsonNode *assay_rewrite_answer_with_changes (JsonNode *answer, GPtrArray *changes);
/* Of a change that is not there they change nothing. */
JsonNode *
assay_rewrite_answer_with_category (JsonNode *answer, const char *id, const char *category);
JsonNode *assay_rewrite_answer_with_note (JsonNode *answer, const char *id, const char *note);

gboolean assay_rewrite_answer_get_unchanged_ok (JsonNode *answer);
/* That nothing needs a change takes away what was changed. */
JsonNode *assay_rewrite_answer_with_unchanged_ok (JsonNode *answer, gboolean unchanged_ok);
/* Ids of categories; (transfer full). */
GStrv assay_rewrite_answer_dup_issues_fixed (JsonNode *answer);
JsonNode *assay_rewrite_answer_with_issue_fixed (JsonNode *answer, const char *id, gboolean fixed);

/* The member NULL or blank: takes it away. Borrowed where read. */
const char *assay_rewrite_answer_get_effort (JsonNode *answer);
JsonNode *assay_rewrite_answer_with_effort (JsonNode *answer, const char *effort);
const char *assay_rewrite_answer_get_mode (JsonNode *answer);
JsonNode *assay_rewrite_answer_with_mode (JsonNode *answer, const char *mode);
const char *assay_rewrite_answer_get_assumptions (JsonNode *answer);
JsonNode *assay_rewrite_answer_with_assumptions (JsonNode *answer, const char *assumptions);

/* @id: of a point that the writer goes through. */
gboolean assay_rewrite_answer_get_self_check (JsonNode *answer, const char *id);
JsonNode *assay_rewrite_answer_with_self_check (JsonNode *answer, const char *id, gboolean checked);
/* Ids of the points that are ticked, in their order; (transfer full). */
GStrv assay_rewrite_answer_dup_self_checks (JsonNode *answer);

guint assay_rewrite_answer_get_n_sources (JsonNode *answer);
/* One source on each line, its title and then its address. (transfer full) */
char *assay_rewrite_answer_dup_source_lines (JsonNode *answer);
/* The opposite. A line that was there already keeps what else is known of its source; a new one was
 * looked at @now, in milliseconds. */
JsonNode *assay_rewrite_answer_with_source_lines (JsonNode *answer, const char *lines, gint64 now);

/* Without the words of the original, for where they may not go: each change has what came in as
 * "inserted", and the text is its digest. */
JsonNode *assay_rewrite_answer_without_original (JsonNode *answer);

/* Whether two texts differ in more than white space. */
gboolean assay_rewrite_differs (const char *one, const char *other);
/* Whether @changes make @text of @original, but for white space. */
gboolean assay_rewrite_changes_explain (GPtrArray *changes, const char *original, const char *text);
/* @text with the original of @change in its place again; (transfer full). */
char *assay_rewrite_change_restore (const AssayRewriteChange *change,
                                    const char *original,
                                    const char *text);

G_END_DECLS
