/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What keeps text layout from freezing the program (robustness, section 6): with word wrap, Pango's
 * cost grows with a paragraph's length × its longest stretch without a place to break. */

/* Characters that may stand without a line-break opportunity before a paragraph is wrapped by
 * characters. */
#define ASSAY_UNBREAKABLE_CHARACTERS 120
/* Characters of a paragraph before it is split for display. */
#define ASSAY_PARAGRAPH_SPLIT_CHARACTERS 4000
/* How often a paragraph may go from one script to another before it is split: each time is a layout
 * item of its own, and often another font. */
#define ASSAY_PARAGRAPH_SCRIPT_CHANGES 250

typedef struct
{
  gsize start; /* bytes */
  gsize end;
  gboolean wrap_by_character;
  gboolean is_slow; /* to lay out, for its length */
  gboolean
      continues; /* the piece before it belongs to the same paragraph: a soft-break mark is drawn */
} AssayParagraphPiece;

/* Classifies one paragraph (no line break inside) and splits it at grapheme borders. Pure; any
 * thread. (transfer full) GArray of AssayParagraphPiece that covers the text without gaps. */
GArray *assay_paragraph_classify (const char *text, gsize length_bytes);

/* Whether a text of several paragraphs that is laid out as a whole, as a label does, must be
 * wrapped by characters. */
gboolean assay_paragraph_needs_character_wrap (const char *text, gsize length_bytes);

/* Whether text is kept from freezing the program: always, but where a build with fixtures runs with
 * ASSAY_BENCH_UNGUARDED in its environment, to measure what that buys. */
gboolean assay_paragraph_is_guarded (void);

G_END_DECLS
