/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ASSAY_MARK_DIRECTION, /* bidirectional controls */
  ASSAY_MARK_INVISIBLE, /* zero-width, tags, variation selectors outside emoji */
  ASSAY_MARK_CONTROL,
  ASSAY_MARK_PRIVATE,
  ASSAY_MARK_REPEAT, /* counted white space or combining marks */
} AssayMarkKind;

/**
 * AssayVisiblePiece:
 *
 * A piece of text as it is to be drawn. @label is NULL for text that is drawn as it is; else the
 * piece [start, end) of the source is drawn as a small mark with this label ("U+202E RLO", "×50
 * tab").
 */
typedef struct
{
  gsize start; /* bytes in the source */
  gsize end;
  char *label; /* (owned) (nullable) */
  AssayMarkKind kind;
} AssayVisiblePiece;

/* (transfer full) GArray of AssayVisiblePiece covering @text without gaps; its clear function frees
 * the labels. */
GArray *assay_visible_text_split (const char *text, gsize length_bytes);
/* The number of marks of each kind in a document, for the notice above it. */
void assay_visible_text_count (const char *text,
                               gsize length_bytes,
                               guint counts[ASSAY_MARK_REPEAT + 1]);
/* A name, title or other single value from outside, safe to show in one line, alone or in a
 * sentence: no line breaks, no controls, isolated as assay_bidi_isolate() does, at most
 * @max_characters with an ellipsis. (transfer full) */
char *assay_visible_line (const char *text, guint max_characters);
/* The same for a sentence of the program around values that assay_bidi_isolate() isolated: these
 * isolates stay, and there is none around the whole. (transfer full) */
char *assay_visible_sentence (const char *text, guint max_characters);
/* The base direction by the first strong character: -1 RTL, 1 LTR, 0 none. */
int assay_text_direction (const char *text, gssize length_bytes);

G_END_DECLS
