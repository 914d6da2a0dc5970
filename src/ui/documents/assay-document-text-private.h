/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-code-colors.h"
#include "assay-document-styles.h"
#include "assay-document-table.h"
#include "assay-document-text.h"
#include "assay-formula.h"

G_BEGIN_DECLS

typedef struct
{
  AssayDocumentTable *widget; /* borrowed from the view */
  guint line;
} Table;

typedef struct
{
  AssayFormula *paintable; /* borrowed from the buffer */
  int width;               /* of the column when it was laid out */
  GtkTextTag *depth;       /* borrowed from the styles; NULL for none */
  guint read_start;        /* code points of what assistive technology reads, its source */
  guint n_read;
} Formula;

/* What marks look like: their line, and whether they are the current one's. */
#define N_MARK_LOOKS (2 * ASSAY_N_MARK_LINES)

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
  guint difference_source;
  int expected_width; /* until it has one; 0 if nobody knows */
  gboolean began;
  gboolean whole_wanted; /* however long it is */

  GArray *tables;   /* Table */
  GArray *formulas; /* Formula, in the order of the rendition's */

  AssayPattern *pattern;   /* (nullable) what is looked for */
  GCancellable *finding;   /* (nullable) while it is */
  AssayFindings *findings; /* (nullable) */
  guint match_source;      /* while they are marked */
  guint next_place;
  int current_match;

  GArray *marks;                 /* AssayDocumentMark, in the order of the source */
  GArray *covered[N_MARK_LOOKS]; /* AssayStretch: what they cover together */
  gboolean snaps;

  AssayDifferences *differences; /* (nullable) */
  AssayDifferenceLook own_look;  /* of what only this text has */
  guint next_part; /* to be looked at for differences, and the stretch that it is looked at with */
  guint next_stretch;

  /* What the menu was opened over. */
  char *link;
  char *image_text; /* (nullable): what the text says of the image that lies there */
  int menu_code;    /* the first line of a code block, or -1 */

  GtkWidget *code_bar; /* borrowed from the view */
  GtkLabel *code_language;
  guint code_first;
};

void
_assay_document_text_apply_tag (AssayDocumentText *self, GtkTextTag *tag, guint start, guint end);

/* Gives a tag to what the stretch of the source covers of @part. */
void _assay_document_text_tag_part (AssayDocumentText *self,
                                    const AssayPart *part,
                                    gsize source_start,
                                    gsize source_end,
                                    GtkTextTag *tag);
/* Draws the person's marks in lines that are filled, and in a table. */
void _assay_document_text_draw_marks (AssayDocumentText *self, guint first_line, guint end_line);
void _assay_document_text_draw_marks_in_table (AssayDocumentText *self, AssayDocumentTable *table);

/* Looks for the pattern, once the text is filled; and forgets what was found. */
void _assay_document_text_queue_search (AssayDocumentText *self);
void _assay_document_text_forget_findings (AssayDocumentText *self);
/* Marks what differs, once the text is filled. */
void _assay_document_text_queue_differences (AssayDocumentText *self);

/* Width for what stands in a line, where that is known or expected. */
gboolean _assay_document_text_knows_width (AssayDocumentText *self);
int _assay_document_text_get_width (AssayDocumentText *self, const AssayLine *line);

/* Formulas: inserts the next one at the buffer's end; and gives all that were inserted their size
 * and colour anew, or only those that the column's width changes. */
void _assay_document_text_insert_formula (AssayDocumentText *self);
void _assay_document_text_update_formulas (AssayDocumentText *self, gboolean all);

void _assay_document_text_init_accessible (GtkAccessibleTextInterface *iface);

/* Links and the menu. */
void _assay_document_text_install_menu_actions (GtkWidgetClass *widget_class);
void _assay_document_text_add_menu (AssayDocumentText *self);
gboolean _assay_document_text_query_tooltip (GtkWidget *widget,
                                             int x,
                                             int y,
                                             gboolean keyboard,
                                             GtkTooltip *tooltip);

/* Selecting as what is marked wants it: by sentence, and by whole words with the pointer. */
void _assay_document_text_install_selection (GtkWidgetClass *widget_class);
void _assay_document_text_watch_selection (AssayDocumentText *self);

/* The bar that copies the code block under the pointer, and the same for the menu. */
void _assay_document_text_watch_code (AssayDocumentText *self);
void _assay_document_text_hide_code_bar (AssayDocumentText *self);
/* The first line of the code block that holds a line, or -1. */
int _assay_document_text_find_code (AssayDocumentText *self, guint line);
int _assay_document_text_find_code_at (AssayDocumentText *self, double y);
void _assay_document_text_copy_code (AssayDocumentText *self, guint first);
void _assay_document_text_present_code (AssayDocumentText *self, guint first);

G_END_DECLS
