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
/* After both: numbers of tasks and projects go on behind those that the file at @damaged gave. The
 * outbox, the places that were kept and the pages that are open call a task by its number, also one
 * that was lost; another under its number would look as if it had been judged. */
gboolean
assay_rescue_continue_numbers (AssayDatabase *database, const char *damaged, GError **error);

G_END_DECLS
