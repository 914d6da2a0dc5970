/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-comparison.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_ADDITIONS_DIALOG (assay_additions_dialog_get_type ())
/**
 * AssayAdditionsDialog:
 *
 * What each of the compared responses says that others do not, or in another order, as lists. To
 * activate a sentence leads to it; each can be quoted.
 *
 * Signals: `place-activated (response, start, length)`, a stretch of that response's text in bytes;
 * `quote-requested (letter, text)`. The dialog closes with both.
 */
G_DECLARE_FINAL_TYPE (AssayAdditionsDialog,
                      assay_additions_dialog,
                      ASSAY,
                      ADDITIONS_DIALOG,
                      AdwDialog)

AssayAdditionsDialog *assay_additions_dialog_new (void);
/* Adds a list of sentences, stretches of @text, which is that of the response with this @letter;
 * @response is given back with "place-activated". Nothing is added where there are none. */
void assay_additions_dialog_add_group (AssayAdditionsDialog *self,
                                       const char *title,
                                       guint response,
                                       const char *letter,
                                       const char *text,
                                       const AssayStretch *stretches,
                                       guint n_stretches);

G_END_DECLS
