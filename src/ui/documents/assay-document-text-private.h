/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-code-colors.h"
#include "assay-document-styles.h"
#include "assay-document-table.h"
#include "assay-document-text.h"

G_BEGIN_DECLS

typedef struct
{
  guint start; /* code points; the place of the table for a match in one */
  guint end;
  int table; /* -1 for none */
  AssayTableMatch in_table;
} Match;

typedef struct
{
  AssayDocumentTable *widget; /* borrowed from the view */
  guint line;
} Table;

struct _AssayDocumentText
{
  GtkTextView parent_instance;

  AssayDocumentStyles *styles;
  AssayCodeColors *colors;
  AssayRendition *rendition;
  double text_scale;

  guint next_line;
  gsize next_byte;
  guint fill_source;
  guint color_source;
  gboolean began;

  GArray *tables;  /* Table */
  GArray *matches; /* Match */
  int current_match;
  char *needle;

  char *link; /* under the pointer, for the menu */
};

void
_assay_document_text_apply_tag (AssayDocumentText *self, GtkTextTag *tag, guint start, guint end);

G_END_DECLS
