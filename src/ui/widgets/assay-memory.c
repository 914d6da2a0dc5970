/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-memory.h"

#include <libdex.h>
#ifdef HAVE_MALLOC_TRIM
#include <malloc.h>
#endif

#define INTERVAL_US (60 * G_USEC_PER_SEC)

#ifdef HAVE_MALLOC_TRIM

static DexFuture *
trim_fiber (gpointer user_data)
{
  malloc_trim (0);
  return dex_future_new_true ();
}

/* The system takes its time with it, which need not be the main loop's. */
static void
idle_cb (gpointer user_data)
{
  dex_future_disown (
      dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, trim_fiber, NULL, NULL));
}

#endif

void
assay_memory_give_back_soon (void)
{
#ifdef HAVE_MALLOC_TRIM
  static gint64 last = 0;
  gint64 now = g_get_monotonic_time ();

  if (last != 0 && now - last < INTERVAL_US)
    return;
  last = now;
  g_idle_add_once (idle_cb, NULL);
#endif
}
