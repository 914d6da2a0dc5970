/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is no text, for people: lines of eight bytes in hexadecimal, each with its place and, beside
 * it, the ASCII characters among them. @offset: the place of the first byte. (transfer full) */
char *assay_hex_view (const void *bytes, gsize length, guint64 offset);
/* The same of the bytes around the first that is neither UTF-8 nor free of NUL; NULL where there is
 * none. (transfer full) */
char *assay_hex_view_of_fault (const char *text, gsize length);

G_END_DECLS
