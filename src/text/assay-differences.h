/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-comparison.h"
#include "assay-rewrite-changes.h"

G_BEGIN_DECLS

/**
 * AssayDifferences:
 *
 * What is marked in one text that is compared with another one or with several: what none of them
 * says (own), and what each of them that says it has in another place (displaced). The two do not
 * overlap.
 *
 * Immutable, reference counted.
 */
typedef struct _AssayDifferences AssayDifferences;

typedef struct
{
  AssayStretch stretch;
  gboolean displaced;
} AssayDifference;

#define ASSAY_TYPE_DIFFERENCES (assay_differences_get_type ())
GType assay_differences_get_type (void);

/* @comparisons: those of one text, whose side is given for each, with the others; at least one. */
AssayDifferences *assay_differences_new (AssayComparison *const *comparisons,
                                         const AssaySide *sides,
                                         guint n_comparisons);
/* What an edit took out of a text (ASSAY_SIDE_A) or brought into it (ASSAY_SIDE_B); @text: of that
 * side. Nothing is displaced or added. */
AssayDifferences *
assay_differences_new_of_edit (AssayRewriteChanges *changes, AssaySide side, const char *text);
AssayDifferences *assay_differences_ref (AssayDifferences *self);
void assay_differences_unref (AssayDifferences *self);

/* Ascending; borrowed. */
const AssayDifference *assay_differences_get_places (AssayDifferences *self, guint *n_places);
guint assay_differences_get_n_own_words (AssayDifferences *self);
guint assay_differences_get_n_displaced_words (AssayDifferences *self);
/* Sentences, lines of code and cells that correspond to none of any other text; borrowed. */
const AssayStretch *assay_differences_get_added (AssayDifferences *self, guint *n_stretches);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayDifferences, assay_differences_unref)

G_END_DECLS
