/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AssayClockWatch:
 *
 * Notices when somebody sets the clock. Wall time is what is stored; what it is compared with goes
 * on through sleep, and cannot be set. Starts as all zeros.
 */
typedef struct
{
  gint64 offset; /* of wall time; 0: not looked yet */
} AssayClockWatch;

/* By how much the clock was set since assay_clock_watch_settle (), in microseconds; 0 for what is
 * less than a second, or for the first time. */
gint64 assay_clock_watch_get_jump (AssayClockWatch *self);
/* What depends on the clock was moved along by @jump. */
void assay_clock_watch_settle (AssayClockWatch *self, gint64 jump);

G_END_DECLS
