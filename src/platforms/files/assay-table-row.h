/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Takes one row of a table apart (RFC 4180; with tabs as separators, quotation marks only around a
 * whole cell). @text must be valid UTF-8. (transfer full) GStrv. */
GStrv assay_table_row_split (const char *text, gsize length, char separator);

/* The separator that a header uses most outside quotation marks: comma, semicolon or tab. */
char assay_table_guess_separator (const char *header, gsize length);

G_END_DECLS
