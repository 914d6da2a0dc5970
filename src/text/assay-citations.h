/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which of the sources a passage names in brackets, as "[1]", "[2, 4–6]", "[^1]", "【1】" or
 * "[source 2]": by number, from 1, or by id. What stands right behind the passage belongs to it;
 * what stands at its beginning belongs to the passage before. @start and @end: bytes of @text.
 * @ids: NULL-terminated. Gives indices of @ids, ascending. (transfer full) (element-type guint) */
GArray *assay_citations_find (const char *text, gsize start, gsize end, const char *const *ids);

G_END_DECLS
