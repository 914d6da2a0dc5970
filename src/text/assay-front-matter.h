/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What stands before a document and says something of it, as static site generators read it: lines
 * of YAML between "---" and "---" or "...". CommonMark would make a rule and a heading of them.
 *
 * Returns: how many bytes at the beginning of @source it takes, without the last line break; 0 if
 *   there is none. Every line between has to be a key, an item, a continuation or a comment. */
gsize assay_front_matter_find (const char *source, gsize length);

G_END_DECLS
