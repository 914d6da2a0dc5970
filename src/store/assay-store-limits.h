/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* The longest that anything may ask a row to wait: a server's Retry-After is capped at a day. */
#define ASSAY_STORE_LONGEST_WAIT_US (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)
/* A row that was scheduled this far in the future says that the clock was set back since. */
#define ASSAY_STORE_CLOCK_TOLERANCE_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

/* When a waiting row of `outbox o` is due, with ?1 for now: 0 where its times show that the clock
 * moved. The two numbers are the constants above, in microseconds. */
#define ASSAY_STORE_SQL_DUE_AT                                                                     \
  "(CASE WHEN o.next_at > ?1 + 86400000000 OR o.changed_at > ?1 + 60000000 THEN 0 ELSE o.next_at END)"

/* A turn of an export reads no more than this, so that a draft never waits 20 ms behind it. */
#define ASSAY_STORE_EXPORT_TURN_BYTES (256 * 1024)

/* A pull that takes away more tasks than these, and more than half of a project's, is asked about.
 */
#define ASSAY_STORE_BELIEVED_REMOVALS 10

#define ASSAY_STORE_DRAFT_REVISIONS 20
#define ASSAY_STORE_REVISION_INTERVAL_US (G_GINT64_CONSTANT (5) * 60 * G_USEC_PER_SEC)
/* A judgement that a person settled keeps its older drafts this long. */
#define ASSAY_STORE_KEEP_REVISIONS_US (G_GINT64_CONSTANT (30) * 24 * 3600 * G_USEC_PER_SEC)
/* Failed attempts after which a row asks for attention. */
#define ASSAY_STORE_ATTENTION_ATTEMPTS 8
