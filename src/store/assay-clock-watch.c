/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <time.h>

#include "assay-clock-watch.h"

/* The two clocks are read one after the other, and one of them is slewed. */
#define SMALLEST_JUMP_US G_USEC_PER_SEC

/* Unlike g_get_monotonic_time() it does not stand still while the machine sleeps. */
static gint64
get_boot_time (void)
{
  struct timespec time;

  if (clock_gettime (CLOCK_BOOTTIME, &time) != 0)
    return g_get_monotonic_time ();
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

gint64
assay_clock_watch_get_jump (AssayClockWatch *self)
{
  gint64 offset = g_get_real_time () - get_boot_time ();
  gint64 jump;

  g_return_val_if_fail (self != NULL, 0);

  if (self->offset == 0)
    self->offset = offset;
  jump = offset - self->offset;
  return ABS (jump) >= SMALLEST_JUMP_US ? jump : 0;
}

void
assay_clock_watch_settle (AssayClockWatch *self, gint64 jump)
{
  g_return_if_fail (self != NULL);
  self->offset += jump;
}
