/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-effort.h"

G_BEGIN_DECLS

typedef enum
{
  ASSAY_CLOCK_STOPPED, /* no task */
  ASSAY_CLOCK_RUNNING,
  ASSAY_CLOCK_IDLE, /* nothing was pressed or moved for a while, or another window has the focus */
  ASSAY_CLOCK_PAUSED, /* by the person */
} AssayClockState;

#define ASSAY_TYPE_EFFORT_CLOCK (assay_effort_clock_get_type ())
/**
 * AssayEffortClock:
 *
 * Counts the time that a task takes into an AssayEffort: active, idle and paused apart, by a
 * monotonic clock. It ticks once a second, and only while it runs.
 *
 * Properties: `state`, `active-ms` (notified at each tick), `paused` (by the person; writable),
 * `focused` (whether the window has the focus; writable), `idle-time` (seconds, writable).
 */
G_DECLARE_FINAL_TYPE (AssayEffortClock, assay_effort_clock, ASSAY, EFFORT_CLOCK, GObject)

AssayEffortClock *assay_effort_clock_new (void);
/* For tests: where the time comes from, in monotonic microseconds; by default g_get_monotonic_time
 * (). */
typedef gint64 (*AssayEffortTimeFunc) (void);
void assay_effort_clock_set_time_func (AssayEffortClock *self, AssayEffortTimeFunc get_time);
/* Looks at the time, as each second by itself. */
void assay_effort_clock_tick (AssayEffortClock *self);
/* Counts into @effort until it is told otherwise; NULL stops. The caller keeps @effort alive
 * meanwhile. */
void assay_effort_clock_set_effort (AssayEffortClock *self, AssayEffort *effort);
AssayClockState assay_effort_clock_get_state (AssayEffortClock *self);
gint64 assay_effort_clock_get_active_ms (AssayEffortClock *self);
/* The person pressed a key or moved the pointer. */
void assay_effort_clock_poke (AssayEffortClock *self);
void assay_effort_clock_set_focused (AssayEffortClock *self, gboolean focused);
void assay_effort_clock_set_paused (AssayEffortClock *self, gboolean paused);
/* Puts the time until now into the effort. */
void assay_effort_clock_settle (AssayEffortClock *self);

G_END_DECLS
