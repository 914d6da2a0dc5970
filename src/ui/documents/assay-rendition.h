/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-cell-text.h"
#include "assay-markdown.h"
#include "assay-math-layout.h"

G_BEGIN_DECLS

typedef enum
{
  ASSAY_PART_EXACT,      /* the source's own characters */
  ASSAY_PART_ATOMIC,     /* stands for its stretch of the source as a whole: an entity, a table */
  ASSAY_PART_FORMULA,    /* a formula, or a piece of one, drawn in the place of one character */
  ASSAY_PART_MARK,       /* a label in place of characters that cannot be seen */
  ASSAY_PART_MARKER,     /* a bullet or a number; not in the source, but copied */
  ASSAY_PART_DECORATION, /* not in the source, and never copied */
} AssayPartKind;

/* A stretch of the shown text, in code points; source offsets in bytes. */
typedef struct
{
  guint start;
  guint n_characters;
  AssayPartKind kind;
  AssaySpanStyle style;
  gsize source_start;
  gsize source_end;
  const char *target;
} AssayPart;

/* One line of the shown text: what a text view calls a paragraph. */
typedef struct
{
  gsize text_start; /* bytes */
  gsize text_end;   /* bytes, without the line break */
  guint start;      /* code points */
  guint first_part;
  guint n_parts;
  guint block;
  gint8 direction;      /* -1 right to left, 1 left to right */
  guint8 margin_levels; /* levels of lists and quotations that lie before the line */
  guint8 hang_levels;   /* levels that its own markers take */
  guint8 hang_columns;  /* columns by which what is wrapped is indented further, in code */
  guint is_first : 1;   /* of its block */
  guint is_last : 1;
  guint is_code : 1;
  guint is_marker : 1; /* holds markers alone; the block that they belong to follows */
  guint wrap_by_character : 1;
  guint is_slow : 1;    /* takes long to lay out, short as it is */
  guint continues : 1;  /* the line before it was split; there is no break in the source */
  guint is_formula : 1; /* a displayed formula */
} AssayLine;

/* A piece of a formula, the place of which is one character of the shown text. */
typedef struct
{
  AssayMathLayout *layout;
  guint piece;
  guint part;
  guint line;
  gsize text_start; /* bytes */
} AssayFormulaPlace;

/* How long a text is to its reader; line breaks are no characters. */
typedef struct
{
  guint n_words;
  guint n_sentences;
  guint n_characters;
} AssayTextCounts;

/**
 * AssayRendition:
 *
 * A document's text as a view shows it, and where each piece of it came from. Made from parsed
 * Markdown on any thread, so that all that the main thread has to do is to insert it. Lines are
 * short enough and of such a kind that laying them out cannot take long; characters that cannot be
 * seen have become marks. Immutable, reference counted.
 */
typedef struct _AssayRendition AssayRendition;
#define ASSAY_TYPE_RENDITION (assay_rendition_get_type ())
GType assay_rendition_get_type (void);

/* @direction: -1 or 1 for paragraphs without a direction of their own; 0 to take the document's. */
AssayRendition *assay_rendition_new (AssayMarkdown *markdown, int direction);
AssayRendition *assay_rendition_ref (AssayRendition *self);
void assay_rendition_unref (AssayRendition *self);

AssayMarkdown *assay_rendition_get_markdown (AssayRendition *self);
const char *assay_rendition_get_text (AssayRendition *self);
guint assay_rendition_get_n_characters (AssayRendition *self);
guint assay_rendition_get_n_lines (AssayRendition *self);
const AssayLine *assay_rendition_get_line (AssayRendition *self, guint index);
guint assay_rendition_get_n_parts (AssayRendition *self);
const AssayPart *assay_rendition_get_part (AssayRendition *self, guint index);
const AssayBlock *assay_rendition_get_block (AssayRendition *self, const AssayLine *line);
/* Whether the line is the place of a table that is shown as one. */
gboolean assay_rendition_line_is_table (AssayRendition *self, const AssayLine *line);
/* Such tables, in the order of the text, and what stands in their cells: AssayCellText, row by row.
 * (transfer none) */
guint assay_rendition_get_n_tables (AssayRendition *self);
const AssayBlock *assay_rendition_get_table (AssayRendition *self, guint index);
GPtrArray *assay_rendition_get_cells (AssayRendition *self, guint index);
/* Whether the part is such a table. */
gboolean assay_rendition_part_is_table (AssayRendition *self, guint index);
/* Whether the code block of the lines @first … @last is short enough for the colours of its
 * language. */
gboolean assay_rendition_code_has_colors (AssayRendition *self, guint first, guint last);
/* In the order of the text. */
guint assay_rendition_get_n_formulas (AssayRendition *self);
const AssayFormulaPlace *assay_rendition_get_formula (AssayRendition *self, guint index);
int assay_rendition_get_direction (AssayRendition *self);
const AssayTextCounts *assay_rendition_get_counts (AssayRendition *self);
/* What a notice above the document says about hidden characters and about its size, a line each, or
 * NULL; (transfer full). */
char *assay_rendition_dup_notice (AssayRendition *self);

/* The stretch of the source that the shown characters @start … @end came from, widened to whole
 * pieces; FALSE if they came from nowhere. */
gboolean assay_rendition_map_to_source (AssayRendition *self,
                                        guint start,
                                        guint end,
                                        gsize *source_start,
                                        gsize *source_end);
/* Where the source's byte @source_offset is shown, or what comes after it; in code points. */
guint assay_rendition_map_to_shown (AssayRendition *self, gsize source_offset);
/* What copying the shown characters @start … @end gives; (transfer full). */
char *assay_rendition_dup_text (AssayRendition *self, guint start, guint end);
/* The same of a whole code block, by one of its lines; NULL where there is no code. */
char *assay_rendition_dup_block_text (AssayRendition *self, guint line);
/* The first and last line of the code block that holds @line; FALSE where there is none. */
gboolean assay_rendition_find_code (AssayRendition *self, guint line, guint *first, guint *last);
/* The part at a place in the shown text, or NULL. */
const AssayPart *assay_rendition_find_part (AssayRendition *self, guint offset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayRendition, assay_rendition_unref)

G_END_DECLS
