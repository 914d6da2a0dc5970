/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <string.h>

#include "assay-markdown.h"

G_BEGIN_DECLS

struct _AssayMarkdown
{
  char *source;
  gsize length_bytes;
  GArray *blocks; /* AssayBlock */
  GStringChunk *strings;
  guint n_dropped;
  AssayMarkdownSize size;
  gboolean is_plain;
  gboolean is_prose;
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

/* strspn () and strcspn () for a place within a text whose length is known: the C library's, and
 * above all what checks them, may look as far as the text's end each time. */
static inline gsize
_assay_span (const char *text, gsize length, gsize offset, const char *accept)
{
  gsize end = offset;

  while (end < length && text[end] != '\0' && strchr (accept, text[end]) != NULL)
    end++;
  return end - offset;
}

static inline gsize
_assay_span_to (const char *text, gsize length, gsize offset, const char *reject)
{
  gsize end = offset;

  while (end < length && strchr (reject, text[end]) == NULL)
    end++;
  return end - offset;
}

G_END_DECLS
