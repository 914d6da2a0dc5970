/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-turn.h"

gboolean
assay_turn_is_spent (gint64 budget)
{
  GSource *source = g_main_current_source ();

  g_return_val_if_fail (source != NULL, FALSE);

  /* This clock stands still for as long as a turn's sources are dispatched. */
  return g_get_monotonic_time () - g_source_get_time (source) >= budget;
}
