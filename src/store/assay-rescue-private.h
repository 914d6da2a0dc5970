/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-database.h"

G_BEGIN_DECLS

/* What was found in a damaged file. */
typedef struct
{
  guint n_rows;       /* brought over */
  guint n_unreadable; /* tables, or stretches of them, that could not be read */
  guint n_spooled;    /* submissions that only the spool had */
} AssayRescueCounts;

/* Brings over what @database does not have, or has older, from the file at @damaged. */
gboolean assay_rescue_salvage (AssayDatabase *database,
                               const char *damaged,
                               AssayRescueCounts *counts,
                               GError **error);
/* Submissions that are in the folder @spool alone become rows that are looked up before they are
 * sent again. */
gboolean assay_rescue_merge_spool (AssayDatabase *database,
                                   const char *spool,
                                   AssayRescueCounts *counts,
                                   GError **error);

G_END_DECLS
