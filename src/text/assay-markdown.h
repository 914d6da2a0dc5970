/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  ASSAY_BLOCK_PARAGRAPH,
  ASSAY_BLOCK_HEADING,
  ASSAY_BLOCK_CODE,
  ASSAY_BLOCK_HTML,
  ASSAY_BLOCK_RULE,
  ASSAY_BLOCK_TABLE,
} AssayBlockKind;

typedef enum
{
  ASSAY_SPAN_PLAIN = 0,
  ASSAY_SPAN_EMPHASIS = 1 << 0,
  ASSAY_SPAN_STRONG = 1 << 1,
  ASSAY_SPAN_CODE = 1 << 2,
  ASSAY_SPAN_STRIKE = 1 << 3,
  ASSAY_SPAN_LINK = 1 << 4,
  ASSAY_SPAN_IMAGE = 1 << 5,
  ASSAY_SPAN_MATH = 1 << 6,
  ASSAY_SPAN_MATH_DISPLAY = 1 << 7,
  ASSAY_SPAN_UNDERLINE = 1 << 8,
  ASSAY_SPAN_SUBSCRIPT = 1 << 9,
  ASSAY_SPAN_SUPERSCRIPT = 1 << 10,
} AssaySpanStyle;

/**
 * AssayRun:
 *
 * A stretch of shown text with one style; lines are divided by "\n". @source_start and @source_end
 * are byte offsets into the document's source; they cover what the run was made from. Where the
 * shown text is the source's own bytes, the two have the same length and map one to one; otherwise
 * (an entity, a soft break) the run is atomic.
 */
typedef struct
{
  const char *text;
  gsize length_bytes;
  gsize source_start;
  gsize source_end;
  AssaySpanStyle style;
  const char *target; /* the address of a link or an image, or NULL */
} AssayRun;

/**
 * AssayListMark:
 *
 * One level of list or quotation around a block. @ordinal: the item's number, where @is_ordered.
 * @task: 0 none, 1 open, 2 done.
 */
typedef struct
{
  gboolean is_quote;
  gboolean is_ordered;
  gboolean is_tight; /* no empty lines between the list's items */
  guint ordinal;
  guint task;
  gboolean first; /* the block begins the item: the mark is drawn before it */
} AssayListMark;

typedef struct
{
  GArray *runs; /* AssayRun */
  int align;    /* -1 start, 0 centre, 1 end */
} AssayTableCell;

/**
 * AssayBlock:
 *
 * A block of a document, flat: nesting is in @marks, from the outside in. Tables have @rows of
 * cells, the first being the head; everything else has @runs.
 */
typedef struct
{
  AssayBlockKind kind;
  guint level;          /* 1…6 for a heading */
  const char *language; /* a code block's info word, or NULL */
  gsize source_start;
  gsize source_end;
  GArray *marks;   /* AssayListMark */
  GArray *runs;    /* AssayRun */
  GPtrArray *rows; /* GPtrArray of AssayTableCell */
} AssayBlock;

/* What a document's source holds, with what went beyond the limits of assay-limits.h. */
typedef struct
{
  guint n_blocks;
  guint depth; /* levels of the innermost list or quotation */
  guint n_links;
  guint n_images;
  guint n_text_tables; /* too large for cells: code blocks with their source */
} AssayMarkdownSize;

/**
 * AssayMarkdown:
 *
 * A parsed document: an immutable list of blocks that keeps its source. Reference counted; safe to
 * make on any thread. Depth, blocks, links and images are capped by assay-limits.h: deeper levels
 * are flattened, links and images beyond are text, and a document with more blocks is plain.
 */
typedef struct _AssayMarkdown AssayMarkdown;
#define ASSAY_TYPE_MARKDOWN (assay_markdown_get_type ())
GType assay_markdown_get_type (void);

/* @source: valid UTF-8. */
AssayMarkdown *assay_markdown_parse (const char *source, gssize length);
/* The same for what a person wrote in a text editor, such as a guideline: a single line break
 * within a paragraph is a space, as in CommonMark. What models write keeps its lines, because they
 * mean them; only paragraphs that are clearly wrapped at a column are joined there. */
AssayMarkdown *assay_markdown_parse_prose (const char *source, gssize length);
/* The source as it stands, in blocks of whole lines: the "source" view, and what is too large for
 * the other. */
AssayMarkdown *assay_markdown_plain (const char *source, gssize length);
AssayMarkdown *assay_markdown_ref (AssayMarkdown *self);
void assay_markdown_unref (AssayMarkdown *self);
const char *assay_markdown_get_source (AssayMarkdown *self);
guint assay_markdown_get_n_blocks (AssayMarkdown *self);
const AssayBlock *assay_markdown_get_block (AssayMarkdown *self, guint index);
/* How many blocks went beyond the limits. If there are any, the document is plain: nothing is ever
 * left out. */
guint assay_markdown_get_n_dropped (AssayMarkdown *self);
/* All 0 for what came from assay_markdown_plain (). */
const AssayMarkdownSize *assay_markdown_get_size (AssayMarkdown *self);
/* Whether it came from assay_markdown_plain (), or was too large for anything else. */
gboolean assay_markdown_get_is_plain (AssayMarkdown *self);
/* Whether @run's text is the source's own bytes, so that each of its characters has a place there.
 */
gboolean assay_markdown_run_is_exact (AssayMarkdown *self, const AssayRun *run);

/* How the text begins once it is shown, without the marks that make a list or a heading of it: the
 * first line that says something, or "" if none of the first does. (transfer full) */
char *assay_markdown_make_beginning (const char *source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayMarkdown, assay_markdown_unref)

G_END_DECLS
