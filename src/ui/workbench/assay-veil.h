/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ASSAY_TYPE_VEIL (assay_veil_get_type ())
/**
 * AssayVeil:
 *
 * Stands before texts that carry a content warning: says of what they warn, and lets the person
 * look or decline. No reason is asked for either.
 *
 * Signals: `lifted`, `declined`.
 */
G_DECLARE_FINAL_TYPE (AssayVeil, assay_veil, ASSAY, VEIL, AdwBin)

/* @warnings: hazard codes, NULL-terminated. */
void assay_veil_set_warnings (AssayVeil *self, const char *const *warnings);

G_END_DECLS
