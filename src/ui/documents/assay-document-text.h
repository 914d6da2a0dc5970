/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-differences.h"
#include "assay-document-mark.h"
#include "assay-document-styles.h"
#include "assay-find.h"
#include "assay-rendition.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_DOCUMENT_TEXT (assay_document_text_get_type ())
/**
 * AssayDocumentText:
 *
 * The read-only text view that shows a rendition: filled in slices, styled by tags, with what text
 * cannot be (frames of code, bars of quotations, rules) drawn under it.
 *
 * Signals: `begun` when the first slice is in, `filled` when the last is; `searched`
 * when all that was looked for is marked.
 */
G_DECLARE_FINAL_TYPE (AssayDocumentText, assay_document_text, ASSAY, DOCUMENT_TEXT, GtkTextView)

GtkWidget *assay_document_text_new (void);
/* Empty, and set up as @other is: its size, what is looked for, how the pointer selects. */
GtkWidget *assay_document_text_new_like (AssayDocumentText *other);
/* @rendition: NULL to show nothing. */
void assay_document_text_set_rendition (AssayDocumentText *self, AssayRendition *rendition);
AssayRendition *assay_document_text_get_rendition (AssayDocumentText *self);
/* Whether lines of code are wrapped, as they are by default, or go on beyond the edge, so that the
 * text scrolls sideways. Before anything is shown. */
void assay_document_text_set_wrap_code (AssayDocumentText *self, gboolean wrap_code);
void assay_document_text_set_text_scale (AssayDocumentText *self, double text_scale);
gboolean assay_document_text_get_filled (AssayDocumentText *self);
/* Shows the rest of a text that is so long that only its beginning was filled in so far. A search,
 * a comparison and a selection of everything do so themselves. */
void assay_document_text_fill (AssayDocumentText *self);

/* The selected stretch of the source in bytes, the whole of a partly selected piece included; FALSE
 * if nothing is. */
gboolean assay_document_text_get_selection (AssayDocumentText *self, gsize *start, gsize *end);

/* Marks the words that only this document has, with @own_look, and those that the others have in
 * another place, now and when another rendition of the same document comes; NULL for none. */
void assay_document_text_set_differences (AssayDocumentText *self,
                                          AssayDifferences *differences,
                                          AssayDifferenceLook own_look);

/* Draws the stretches that a person marked, now and when another rendition of the same document
 * comes; those before are forgotten. */
void
assay_document_text_set_marks (AssayDocumentText *self, const AssayDocumentMark *marks, guint n);
/* Whether what is selected with the pointer becomes whole words, unless Alt is held. */
void assay_document_text_set_snaps (AssayDocumentText *self, gboolean snaps);
/* Widens the selection to whole words where they snap. */
void assay_document_text_snap_selection (AssayDocumentText *self);

/* The source's byte that is shown at a height of the view, from 0 at its top to 1 at its bottom,
 * and how many pixels of its line are above that height; FALSE if nothing is shown. */
gboolean assay_document_text_get_place_at (AssayDocumentText *self,
                                           double height,
                                           gsize *source_offset,
                                           double *within);
/* Scrolls so that assay_document_text_get_place_at () gives these. */
void assay_document_text_set_place_at (AssayDocumentText *self,
                                       double height,
                                       gsize source_offset,
                                       double within);

/* Looks for @pattern on a worker thread and marks all places where it is, in this rendition and in
 * those to come; NULL for none. `searched` follows. */
void assay_document_text_search (AssayDocumentText *self, AssayPattern *pattern);
/* NULL if nothing is looked for, and while it is. (transfer none) */
AssayFindings *assay_document_text_get_findings (AssayDocumentText *self);
/* Makes a match the current one and brings it into view. */
void assay_document_text_show_match (AssayDocumentText *self, guint index);
/* Brings the shown characters @start … @end into view and selects them. */
void assay_document_text_show_place (AssayDocumentText *self, guint start, guint end);
/* No match is the current one. */
void assay_document_text_leave_match (AssayDocumentText *self);

G_END_DECLS
