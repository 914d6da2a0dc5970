/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-differences.h"
#include "assay-document-styles.h"
#include "assay-find.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_DOCUMENT_TABLE (assay_document_table_get_type ())
/**
 * AssayDocumentTable:
 *
 * One table of a document: a grid of labels that wraps its cells to the width that it is given, and
 * scrolls sideways where even that is not enough.
 */
G_DECLARE_FINAL_TYPE (AssayDocumentTable, assay_document_table, ASSAY, DOCUMENT_TABLE, GtkWidget)

/* The table @index of @rendition. */
GtkWidget *assay_document_table_new (AssayRendition *rendition, guint index);
void assay_document_table_set_width (AssayDocumentTable *self, int width);
void assay_document_table_set_text_scale (AssayDocumentTable *self,
                                          AssayDocumentStyles *styles,
                                          double text_scale);
/* Marks the matches, by their cells, until others are given; @current is the index of the one that
 * is looked at, or -1. */
void assay_document_table_show_matches (AssayDocumentTable *self,
                                        AssayDocumentStyles *styles,
                                        const AssayFoundPlace *matches,
                                        guint n_matches,
                                        int current);
/* Marks the words that lie in these stretches of the source, ascending. */
void assay_document_table_set_differences (AssayDocumentTable *self,
                                           AssayDocumentStyles *styles,
                                           const AssayDifference *differences,
                                           guint n_differences,
                                           AssayDifferenceLook own_look);
/* Draws what of @marks is on its cells. */
void assay_document_table_set_marks (AssayDocumentTable *self,
                                     AssayDocumentStyles *styles,
                                     const AssayDocumentMark *marks,
                                     guint n_marks);
/* What opens over a cell, beside what is there for any text. */
void assay_document_table_set_menu (AssayDocumentTable *self, GMenuModel *menu);
/* The link or the image at a point of @relative_to, or in what is selected in the cell that has the
 * focus: whether it is an image, and all that the cell says of it, (transfer full). NULL if there
 * is none; borrowed from the rendition. */
const char *assay_document_table_get_target_at (AssayDocumentTable *self,
                                                GtkWidget *relative_to,
                                                double x,
                                                double y,
                                                gboolean *is_image,
                                                char **text);
const char *
assay_document_table_get_focused_target (AssayDocumentTable *self, gboolean *is_image, char **text);
/* The stretch of the source that is selected in a cell, FALSE if nothing is. */
gboolean assay_document_table_get_selection (AssayDocumentTable *self, gsize *start, gsize *end);

G_END_DECLS
