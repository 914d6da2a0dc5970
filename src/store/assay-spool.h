/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-database.h"
#include "assay-outbox-item.h"

G_BEGIN_DECLS

/* One file for each submission, `<submission>.json`: a copy for rescue that is never read in normal
 * work. It goes when the submission was withdrawn, and 30 days after it was accepted. */
#define ASSAY_SPOOL_KEEP_US (G_GINT64_CONSTANT (30) * 24 * 3600 * G_USEC_PER_SEC)

/* @record: (nullable): the judgement as it is stored; what is sent may be a platform's own words.
 * Synced when it returns. */
gboolean
assay_spool_write (const char *folder, AssayOutboxItem *item, const char *record, GError **error);
void assay_spool_remove (const char *folder, const char *submission);
/* Removes what is over and writes what a crash left out. */
gboolean
assay_spool_tidy (const char *folder, AssayDatabase *database, gint64 now_us, GError **error);

G_END_DECLS
