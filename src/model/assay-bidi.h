/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The direction of a character: -1 right to left, 1 left to right, 0 for what takes that of its
 * neighbours. Letters and direction marks are strong; digits, signs and accents are not. */
int assay_bidi_get_direction (gunichar c);
/* Whether the character is one of the invisible ones that turn the direction of others. */
gboolean assay_bidi_is_control (gunichar c);

/**
 * assay_bidi_isolate:
 * @text: a name or other value from outside
 *
 * The value as it stands in a sentence of the program. Where its direction and that of the sentence
 * could mix, it becomes a mark of the sentence's direction, an isolate around the value, and the
 * end of that: a sentence that begins with a name keeps its own direction, too, which Pango would
 * else take from the name. Where nothing can mix, it is left as it is. Controls of direction in it
 * become U+FFFD, so that it cannot leave its isolate.
 *
 * Sentences have the direction of the translation that is in use, whatever way the widgets run.
 *
 * Returns: (transfer full)
 */
char *assay_bidi_isolate (const char *text);
/* The same in a sentence of the direction @sentence: -1 right to left, 1 left to right. */
char *assay_bidi_isolate_in (const char *text, int sentence);

/* @text without what assay_bidi_isolate() put into it, as it was or is to be written down.
 * (transfer full) */
char *assay_bidi_strip (const char *text);
/* The length in bytes of what assay_bidi_isolate() puts before a value, if @text begins with that
 * and with a value that ends; else 0. */
gsize assay_bidi_match_isolate (const char *text);
#define ASSAY_BIDI_POP_ISOLATE 0x2069

G_END_DECLS
