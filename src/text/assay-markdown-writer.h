/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assay-markdown-private.h"

G_BEGIN_DECLS

/* Writes the blocks and runs of a document while its source is read from the beginning to the end,
 * and keeps account of the bytes of the source that each was made from. */
typedef struct
{
  AssayMarkdown *document;
  const char *source;
  gsize length;

  AssaySpanStyle style; /* of the runs that are added next */
  const char *target;   /* of the link or image that they are in */

  gsize cursor; /* the end of what was taken from the source */
  AssayBlock block;
  AssayTableCell *cell;
  gboolean block_is_open;
  gboolean table_is_text; /* too large for cells: its source is shown */
  gsize indent;           /* spaces of a code line that are still to be added */
  gboolean after_break;   /* <br>: spaces behind it are not shown */
  guint runs_total;

  /*< private >*/
  gsize block_end;            /* the end of the last finished block */
  gboolean block_is_implicit; /* a tight item's text, for which md4c has no block */
  gboolean block_is_fenced;
  guint n_soft_breaks;
  GArray *levels; /* Level */
  GArray *lists;  /* List */
} AssayMarkdownWriter;

void _assay_markdown_writer_init (AssayMarkdownWriter *self, AssayMarkdown *document);
void _assay_markdown_writer_clear (AssayMarkdownWriter *self);

void _assay_markdown_writer_open_list (AssayMarkdownWriter *self,
                                       gboolean is_ordered,
                                       gboolean is_tight,
                                       guint first);
void _assay_markdown_writer_close_list (AssayMarkdownWriter *self);
void _assay_markdown_writer_open_level (AssayMarkdownWriter *self, const AssayListMark *mark);
void _assay_markdown_writer_open_item (AssayMarkdownWriter *self, guint task);
void _assay_markdown_writer_close_level (AssayMarkdownWriter *self);

void _assay_markdown_writer_open_block (AssayMarkdownWriter *self, AssayBlockKind kind);
void _assay_markdown_writer_open_code (AssayMarkdownWriter *self,
                                       char fence_char,
                                       const char *language,
                                       gsize language_length);
/* The source up to @end, as a block of code. */
void _assay_markdown_writer_add_front_matter (AssayMarkdownWriter *self, gsize end);
void _assay_markdown_writer_open_table (AssayMarkdownWriter *self, guint n_columns, guint n_rows);
void _assay_markdown_writer_need_block (AssayMarkdownWriter *self);
void _assay_markdown_writer_close_implicit (AssayMarkdownWriter *self);
void _assay_markdown_writer_close_block (AssayMarkdownWriter *self);

GArray *_assay_markdown_writer_get_runs (AssayMarkdownWriter *self);
void _assay_markdown_writer_add_run (AssayMarkdownWriter *self,
                                     const char *text,
                                     gsize length,
                                     gsize start,
                                     gsize end);
void _assay_markdown_writer_add_source (AssayMarkdownWriter *self, gsize start, gsize length);
void _assay_markdown_writer_add_line_break (AssayMarkdownWriter *self, const char *text);
void _assay_markdown_writer_add_soft_break (AssayMarkdownWriter *self);
void _assay_markdown_writer_stretch_to (AssayMarkdownWriter *self, gsize start);

G_END_DECLS
