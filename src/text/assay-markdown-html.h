/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-markdown.h"

G_BEGIN_DECLS

/* The few HTML tags that have a meaning, all without attributes; every other tag is shown as the
 * text that it is. */

#define ASSAY_HTML_N_TAGS 14

typedef enum
{
  ASSAY_HTML_TEXT,  /* shown as it stands */
  ASSAY_HTML_BREAK, /* a line break */
  ASSAY_HTML_STYLE, /* begins or ends a style; not shown */
} AssayHtmlTag;

typedef struct
{
  guint open[ASSAY_HTML_N_TAGS];
  /* What was found by the last search, so that all searches together are linear. */
  gsize next_end_tag[ASSAY_HTML_N_TAGS];
  gsize next_empty_line;
  gsize next_line_end;
} AssayHtmlState;

AssaySpanStyle assay_html_state_get_style (const AssayHtmlState *self);
/* The tag of @length_bytes at @offset in @source, which has @source_bytes. A tag has a meaning only
 * if its end follows in the same paragraph, or in the same line if @one_line. Offsets never fall
 * until the state is cleared. */
AssayHtmlTag assay_html_state_take (AssayHtmlState *self,
                                    const char *source,
                                    gsize source_bytes,
                                    gsize offset,
                                    gsize length_bytes,
                                    gboolean one_line);
/* Ends all styles, as the end of a block does. */
void assay_html_state_reset (AssayHtmlState *self);

/* Turns an HTML block whose tags all have a meaning into a paragraph; without any text in it, into
 * a block without runs. Leaves every other block as it is. */
void assay_html_convert_block (AssayMarkdown *document, AssayBlock *block);

G_END_DECLS
