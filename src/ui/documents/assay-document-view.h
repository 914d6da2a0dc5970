/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-differences.h"
#include "assay-document-mark.h"
#include "assay-document-styles.h"
#include "assay-document.h"
#include "assay-find.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_DOCUMENT_VIEW (assay_document_view_get_type ())
/**
 * AssayDocumentView:
 *
 * Shows one document, rendered or as its source. It is parsed on another thread and shown in
 * slices, so that neither its size nor its contents can stop the window; what it says is never
 * markup, and nothing is loaded or opened by showing it.
 *
 * Properties: `document`; `show-source`; `text-scale` (1); `fit-content`: as high as its text
 * instead of scrolling; `read-to-end`: TRUE once the last line was in view; `n-words` of the text
 * as it is read; `notice` about hidden characters, or NULL.
 *
 * Signals: `begun` when the first lines can be painted; `searched` when all that is looked for is
 * marked.
 */
G_DECLARE_FINAL_TYPE (AssayDocumentView, assay_document_view, ASSAY, DOCUMENT_VIEW, GtkWidget)

GtkWidget *assay_document_view_new (void);
/* What a screen reader calls the text. */
void assay_document_view_set_label (AssayDocumentView *self, const char *label);
AssayDocument *assay_document_view_get_document (AssayDocumentView *self);
void assay_document_view_set_document (AssayDocumentView *self, AssayDocument *document);
gboolean assay_document_view_get_show_source (AssayDocumentView *self);
void assay_document_view_set_show_source (AssayDocumentView *self, gboolean show_source);
double assay_document_view_get_text_scale (AssayDocumentView *self);
void assay_document_view_set_text_scale (AssayDocumentView *self, double text_scale);
gboolean assay_document_view_get_fit_content (AssayDocumentView *self);
void assay_document_view_set_fit_content (AssayDocumentView *self, gboolean fit_content);
gboolean assay_document_view_get_read_to_end (AssayDocumentView *self);
const AssayTextCounts *assay_document_view_get_counts (AssayDocumentView *self);
const char *assay_document_view_get_notice (AssayDocumentView *self);

/* The stretch of the document's text that is selected, widened to whole visible characters; @start
 * and @end, which may be NULL, count code points. NULL if nothing is selected; (transfer full). */
char *assay_document_view_dup_selection (AssayDocumentView *self, gsize *start, gsize *end);

/* Marks the words that only this document has, with @own_look, and those that the others have in
 * another place; NULL for none. @description: (nullable): what a screen reader says of them. */
void assay_document_view_set_differences (AssayDocumentView *self,
                                          AssayDifferences *differences,
                                          AssayDifferenceLook own_look,
                                          const char *description);
/* Draws the stretches that a person marked; those before are forgotten. */
void
assay_document_view_set_marks (AssayDocumentView *self, const AssayDocumentMark *marks, guint n);
/* Whether the person marks in it: then the pointer selects whole words, unless Alt is held. */
void assay_document_view_set_marking (AssayDocumentView *self, gboolean marking);
/* Where the view scrolls. (transfer none) */
GtkAdjustment *assay_document_view_get_adjustment (AssayDocumentView *self);
/* What is shown at a height of the view; see assay_document_text_get_place_at (). */
gboolean assay_document_view_get_place_at (AssayDocumentView *self,
                                           double height,
                                           gsize *offset,
                                           double *within);
void assay_document_view_set_place_at (AssayDocumentView *self,
                                       double height,
                                       gsize offset,
                                       double within);
/* The byte of the document's text that stands where show_place () would bring it, so that a reading
 * place can be kept; 0 at the top. */
gsize assay_document_view_get_reading_place (AssayDocumentView *self);

/* Brings a stretch of the document's text into view, at once or when it is shown, and selects it;
 * bytes. A @length of 0 is a place. */
void assay_document_view_show_place (AssayDocumentView *self, gsize start, gsize length);
/* Marks every place where @pattern is; NULL for none. `searched` follows when all are marked, and
 * again with every document to come. */
void assay_document_view_search (AssayDocumentView *self, AssayPattern *pattern);
/* NULL if nothing is looked for, and while it is. (transfer none) */
AssayFindings *assay_document_view_get_findings (AssayDocumentView *self);
guint assay_document_view_get_n_matches (AssayDocumentView *self);
/* Makes a match the current one, or none with -1. */
void assay_document_view_show_match (AssayDocumentView *self, int index);

G_END_DECLS
