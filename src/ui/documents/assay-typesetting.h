/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-math-layout.h"

G_BEGIN_DECLS

/**
 * assay_typeset:
 * @text: a formula without its delimiters
 * @length_bytes: of @text
 * @is_display: as on a line of its own
 * @error: return location for an error of ASSAY_MATH_ERROR
 *
 * Lays out a formula with the desktop's font for mathematics, which there must be. Safe on any
 * thread.
 *
 * Returns: (transfer full): the layout, or NULL with an error where it is better read as its source
 */
AssayMathLayout *
assay_typeset (const char *text, gsize length_bytes, gboolean is_display, GError **error);

/* (transfer full): what stands behind the source of a formula: why it is not typeset. */
char *assay_typeset_dup_reason (const GError *error);

G_END_DECLS
