/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-store-thread.h"

G_BEGIN_DECLS

/**
 * AssayUpkeep:
 *
 * What the store does for itself after it was opened, whenever nothing else waits: looks for damage
 * after an unclean exit and once a week, tidies the spool, forgets old revisions of settled work,
 * and makes the daily copy, after which old ones are thinned. It may be stopped at any point and
 * begun again.
 */
typedef struct _AssayUpkeep AssayUpkeep;

AssayUpkeep *assay_upkeep_new (gboolean after_crash);
void assay_upkeep_free (AssayUpkeep *self);
/* An AssayJobFunc; the job's data is the AssayUpkeep and its owner the store. */
gboolean assay_upkeep_run (AssayJob *job, AssayDatabase *database, GError **error);
/* The daily copy alone, for when the store is closed before a round of upkeep came to it; nothing
 * where none is due or there is no work that it lacks. On the store's thread. */
gboolean
assay_upkeep_copy_if_due (AssayDatabase *database, AssayProfileFolder *folder, GError **error);
/* Whether a daily copy is due, and nothing was there to be copied: what is made next has none. */
gboolean assay_upkeep_get_copy_owed (AssayUpkeep *self);
/* What was found, or NULL. (transfer full) */
char *assay_upkeep_steal_damage (AssayUpkeep *self);

/* When the store was last found to be sound: UTC us, 0 for never. */
gint64 assay_upkeep_get_checked_at (AssayDatabase *database);
/* It is sound now. */
gboolean assay_upkeep_note_check (AssayDatabase *database, GError **error);

G_END_DECLS
