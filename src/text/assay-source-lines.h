/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The lines of a source of @length bytes, which ends with a zero byte. Offsets are in bytes. */

gsize _assay_source_find_line_start (const char *source, gsize length, gsize offset);
gsize _assay_source_find_line_end (const char *source, gsize length, gsize offset);
gsize _assay_source_skip_line_break (const char *source, gsize length, gsize offset);
gsize _assay_source_find_next_line (const char *source, gsize length, gsize offset);
gboolean _assay_source_line_has (const char *source,
                                 gsize length,
                                 gsize offset,
                                 const char *characters,
                                 guint n);
/* Whether the line at @offset ends the code block whose fence is in the line at @opening: as many
 * of the same marks or more and nothing else, within the same containers: for each from the
 * outermost on, @are_quotes says whether it is a quotation or else the item of a list. */
gboolean _assay_source_line_closes_fence (const char *source,
                                          gsize length,
                                          gsize opening,
                                          gsize offset,
                                          const gboolean *are_quotes,
                                          guint n_containers);
/* How wide the characters @start … @end are that begin a line; tabs go on to each fourth column. */
gsize _assay_source_count_columns (const char *source, gsize start, gsize end);
gboolean _assay_source_line_is_empty (const char *source, gsize length, gsize offset);
gboolean
_assay_source_is_wrapped_by_hand (const char *source, gsize length, gsize first, gsize last);

G_END_DECLS
