/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-markdown.h"

G_BEGIN_DECLS

struct _AssayMarkdown
{
  char *source;
  gsize length_bytes;
  GArray *blocks; /* AssayBlock */
  GStringChunk *strings;
  guint n_dropped;
  gboolean is_plain;
};

AssayMarkdown *_assay_markdown_alloc (const char *source, gsize length_bytes);
void _assay_markdown_clear_blocks (AssayMarkdown *self);
/* Fills the blocks from the source. FALSE where it cannot be parsed at all. */
gboolean _assay_markdown_fill (AssayMarkdown *self);

void _assay_block_init (AssayBlock *block, AssayBlockKind kind);
void _assay_block_clear (AssayBlock *block);
AssayTableCell *_assay_block_add_cell (AssayBlock *block, int align);
void _assay_block_add_row (AssayBlock *block);
/* Appends a run, or lengthens the last one where the two are one stretch of the source. */
void _assay_runs_add (AssayMarkdown *self, GArray *runs, const AssayRun *run);

G_END_DECLS
