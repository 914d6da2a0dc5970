/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The next place in @text at or behind the byte @start where @needle stands, whatever the case of
 * its letters; FALSE if there is none. Both ends in bytes. */
gboolean assay_find_next (const char *text,
                          gsize start,
                          const char *needle,
                          gsize *match_start,
                          gsize *match_end);

G_END_DECLS
