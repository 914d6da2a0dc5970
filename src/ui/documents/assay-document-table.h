/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-comparison.h"
#include "assay-document-styles.h"

G_BEGIN_DECLS

typedef struct
{
  guint cell;
  guint start; /* bytes in the cell's text */
  guint end;
} AssayTableMatch;

#define ASSAY_TYPE_DOCUMENT_TABLE (assay_document_table_get_type ())
/**
 * AssayDocumentTable:
 *
 * One table of a document: a grid of labels that wraps its cells to the width that it is given, and
 * scrolls sideways where even that is not enough.
 */
G_DECLARE_FINAL_TYPE (AssayDocumentTable, assay_document_table, ASSAY, DOCUMENT_TABLE, GtkWidget)

/* @block: a table of @rendition. */
GtkWidget *assay_document_table_new (AssayRendition *rendition, const AssayBlock *block);
void assay_document_table_set_width (AssayDocumentTable *self, int width);
void assay_document_table_set_text_scale (AssayDocumentTable *self,
                                          AssayDocumentStyles *styles,
                                          double text_scale);
/* Appends AssayTableMatch to @matches. */
void assay_document_table_search (AssayDocumentTable *self, const char *needle, GArray *matches);
/* Marks the matches, until others are given; @current is the index of the one that is looked at, or
 * -1. */
void assay_document_table_show_matches (AssayDocumentTable *self,
                                        AssayDocumentStyles *styles,
                                        const AssayTableMatch *matches,
                                        guint n_matches,
                                        int current);
/* Marks the words that lie in these stretches of the source, ascending. */
void assay_document_table_set_differences (AssayDocumentTable *self,
                                           AssayDocumentStyles *styles,
                                           const AssayStretch *only,
                                           guint n_only);
/* The stretch of the source that is selected in a cell, FALSE if nothing is. */
gboolean assay_document_table_get_selection (AssayDocumentTable *self, gsize *start, gsize *end);
/* The stretch of the source that holds the whole table. */
const AssayBlock *assay_document_table_get_block (AssayDocumentTable *self);

G_END_DECLS
