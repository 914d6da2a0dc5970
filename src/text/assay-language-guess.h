/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Letters of a text below which its language is not guessed (task-kinds, appendix A). */
#define ASSAY_LANGUAGE_LETTERS_MIN 20

/* The language that @text is most likely written in, as a code of ISO 639-1, or NULL where that
 * cannot be told: too few letters, a language that is not known here, or several. By the script, by
 * letters that only one of its languages has, and by the short words that each sentence is full of.
 * Static. */
const char *assay_language_guess (const char *text);

G_END_DECLS
