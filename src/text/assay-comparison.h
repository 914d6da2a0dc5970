/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-markdown.h"

G_BEGIN_DECLS

typedef enum
{
  ASSAY_SIDE_A,
  ASSAY_SIDE_B,
} AssaySide;

/* Byte offsets into a document's source. */
typedef struct
{
  gsize start;
  gsize end;
} AssayStretch;

/* Two stretches that say the same or nearly so. */
typedef struct
{
  AssayStretch sides[2];
} AssayPassage;

/**
 * AssayComparison:
 *
 * What two documents have in common and what only one of them says: sentences aligned in ascending
 * order, and within and between them the words that only one side has. Markup is not compared;
 * what is compared is what is read. The words that are left when the stretches of both sides are
 * taken away are the same words in the same order. Comparing b with a gives the mirror image of
 * comparing a with b.
 *
 * Immutable, reference counted, made on any thread, in time and memory that grow with the texts'
 * length whatever they hold; texts beyond ASSAY_LIMIT_COMPARISON_BYTES are not compared.
 */
typedef struct _AssayComparison AssayComparison;
#define ASSAY_TYPE_COMPARISON (assay_comparison_get_type ())
GType assay_comparison_get_type (void);

AssayComparison *assay_comparison_new (AssayMarkdown *a, AssayMarkdown *b);
AssayComparison *assay_comparison_ref (AssayComparison *self);
void assay_comparison_unref (AssayComparison *self);

/* The two are one, byte for byte. */
gboolean assay_comparison_get_identical (AssayComparison *self);
/* Neither side has a word or sign that the other has not. */
gboolean assay_comparison_get_same_words (AssayComparison *self);
/* They are too long to be compared; nothing is known of them but whether they are identical. */
gboolean assay_comparison_get_too_long (AssayComparison *self);
/* How many words only this side has. */
guint assay_comparison_get_n_words_only (AssayComparison *self, AssaySide side);
/* What only this side has, ascending; borrowed. */
const AssayStretch *
assay_comparison_get_only (AssayComparison *self, AssaySide side, guint *n_stretches);
/* The two parts of it: what the other side says nowhere, and what it says in another place. */
const AssayStretch *
assay_comparison_get_own (AssayComparison *self, AssaySide side, guint *n_stretches);
const AssayStretch *
assay_comparison_get_displaced (AssayComparison *self, AssaySide side, guint *n_stretches);
/* How many words of this side begin within @stretch; 0 if the texts are identical or too long. */
guint assay_comparison_count_words (AssayComparison *self, AssaySide side, AssayStretch stretch);
/* Sentences that correspond, ascending on both sides; borrowed. */
const AssayPassage *assay_comparison_get_passages (AssayComparison *self, guint *n_passages);
/* Sentences that correspond but stand in another order, ascending on side A; their words are among
 * those that only one side has where they are. Borrowed. */
const AssayPassage *assay_comparison_get_moved (AssayComparison *self, guint *n_passages);
/* Sentences, lines of code and cells of this side that correspond to none of the other, ascending;
 * borrowed. */
const AssayStretch *
assay_comparison_get_added (AssayComparison *self, AssaySide side, guint *n_stretches);
/* The place in the other document that corresponds to a place in this one: within a passage that
 * has a counterpart the place in it, else in proportion between those around it. Never descends
 * where
 * @offset ascends. */
gsize assay_comparison_map (AssayComparison *self, AssaySide from, gsize offset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayComparison, assay_comparison_unref)

G_END_DECLS
