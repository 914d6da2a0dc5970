/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-rewrite-answer.h"

G_BEGIN_DECLS

/* A stretch of a text that became another in a second text, in characters; either may be empty.
 * @is_space: they differ in white space alone. */
typedef struct
{
  guint from_start;
  guint from_end;
  guint to_start;
  guint to_end;
  gboolean is_space;
} AssayRewriteRegion;

/**
 * AssayRewriteChanges:
 *
 * Where an edited text differs from its original, ascending and apart on both sides: put in their
 * places in the original, all regions give the edited text. Whole words and signs differ, never
 * parts of them. Long texts are aligned by line and sentence first, then by word; beyond
 * ASSAY_LIMIT_COMPARISON_BYTES all that is between the common ends is one region.
 *
 * Immutable, reference counted, made on any thread.
 */
typedef struct
{
  GArray *regions; /* AssayRewriteRegion */
  guint n_words_inserted;
  guint n_words_deleted;
  guint n_characters_inserted;
  guint n_characters_deleted;
  guint n_words;      /* of the edited text */
  guint n_word_edits; /* words inserted, deleted or put in the place of another */
} AssayRewriteChanges;
#define ASSAY_TYPE_REWRITE_CHANGES (assay_rewrite_changes_get_type ())
GType assay_rewrite_changes_get_type (void);

AssayRewriteChanges *assay_rewrite_changes_new (const char *original, const char *edited);
AssayRewriteChanges *assay_rewrite_changes_ref (AssayRewriteChanges *self);
void assay_rewrite_changes_unref (AssayRewriteChanges *self);
/* Edits for each word of the edited text; 0 if it has none. */
double assay_rewrite_changes_get_hter (AssayRewriteChanges *self);

/* The regions, but for white space, as changes of an answer: each takes on the id, the category and
 * the note of the one of @known (GPtrArray of AssayRewriteChange) whose stretch of the original it
 * shares most of; else of one that says the same, if @known_text, the text that @known is about, is
 * given. (transfer full) GPtrArray of AssayRewriteChange. */
GPtrArray *assay_rewrite_changes_carry (AssayRewriteChanges *self,
                                        GPtrArray *known,
                                        const char *original,
                                        const char *known_text,
                                        const char *edited);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayRewriteChanges, assay_rewrite_changes_unref)

G_END_DECLS
