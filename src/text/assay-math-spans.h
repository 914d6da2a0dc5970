/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ASSAY_MATH_DOLLAR,        /* $…$ */
  ASSAY_MATH_DOUBLE_DOLLAR, /* $$…$$ */
  ASSAY_MATH_PARENTHESIS,   /* \(…\) */
  ASSAY_MATH_BRACKET,       /* \[…\] */
} AssayMathDelimiter;

/* Whether what stands between two delimiters is a formula: dollars are money far more often than
 * formulas, and brackets with a backslash are sometimes just brackets. @before is the character
 * before the opening delimiter, @after the one after the closing; 0 for none. */
gboolean assay_math_is_formula (AssayMathDelimiter delimiter,
                                const char *content,
                                gsize length_bytes,
                                gunichar before,
                                gunichar after);

/**
 * assay_math_mark_brackets:
 * @text: a copy of a document's source, changed in place
 * @length_bytes: its length
 *
 * Markdown takes the backslash in `\(` and `\[` for an escape and gives the formula's underscores
 * and asterisks a meaning. Turns each such pair into two backticks, which have the same length, so
 * that the parser leaves the formula alone.
 *
 * Returns: how many pairs were turned
 */
guint assay_math_mark_brackets (char *text, gsize length_bytes);

G_END_DECLS
