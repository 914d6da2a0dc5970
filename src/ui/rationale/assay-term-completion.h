/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ASSAY_TYPE_TERM_COMPLETION (assay_term_completion_get_type ())
/**
 * AssayTermCompletion:
 *
 * Completes what is typed to the names that the work knows: criteria and the headings of the
 * guideline. Only when asked for, so that it never stands in the way of a sentence; asked again, it
 * goes on to the next name.
 */
G_DECLARE_FINAL_TYPE (AssayTermCompletion, assay_term_completion, ASSAY, TERM_COMPLETION, GObject)

AssayTermCompletion *assay_term_completion_new (void);
/* Completes the word before the cursor. @word: (out) (transfer full): what was typed of it. Returns
 * how many names it could be; nothing changes if that is 0. */
guint
assay_term_completion_complete (AssayTermCompletion *self, GtkTextBuffer *buffer, char **word);
/* @terms: of these, each once. */
void assay_term_completion_set_terms (AssayTermCompletion *self, const char *const *terms);
/* The terms that begin with @word or have a word that does, whatever the case; all for "".
 * (transfer full) */
GStrv assay_term_completion_find (AssayTermCompletion *self, const char *word);

G_END_DECLS
