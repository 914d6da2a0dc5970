/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-comparison.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_ADDITIONS_DIALOG (assay_additions_dialog_get_type ())
/**
 * AssayAdditionsDialog:
 *
 * What each of two compared texts says that the other does not, and what stands in another order,
 * as lists. To activate a sentence leads to it; each can be quoted.
 *
 * Signals: `place-activated (side, start, length)`, a stretch of that side's text in bytes;
 * `quote-requested (letter, text)`. The dialog closes with both.
 */
G_DECLARE_FINAL_TYPE (AssayAdditionsDialog,
                      assay_additions_dialog,
                      ASSAY,
                      ADDITIONS_DIALOG,
                      AdwDialog)

/* @letters and @texts: of both sides, copied. */
AssayAdditionsDialog *assay_additions_dialog_new (AssayComparison *comparison,
                                                  const char *const letters[2],
                                                  const char *const texts[2]);

G_END_DECLS
