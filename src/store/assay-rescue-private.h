/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-database.h"
#include "assay-rescue-report.h"

G_BEGIN_DECLS

/* Brings over what @database does not have, or has older, from the file at @damaged. */
gboolean assay_rescue_salvage (AssayDatabase *database,
                               const char *damaged,
                               AssayRescueFigures *figures,
                               GError **error);
/* Submissions that are in the folder @spool alone become rows that are looked up before they are
 * sent again. */
gboolean assay_rescue_merge_spool (AssayDatabase *database,
                                   const char *spool,
                                   AssayRescueFigures *figures,
                                   GError **error);

G_END_DECLS
