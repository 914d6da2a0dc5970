/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define ASSAY_TYPE_REACHABILITY (assay_reachability_get_type ())
/**
 * AssayReachability:
 *
 * What the system says of the network: a hint, and never a reason not to try. A network that the
 * system takes for none may lead to a platform all the same, and one that is there may lead
 * nowhere.
 *
 * Properties: `available`, `metered`. Signal `came-back`: the network became available, 0 to 5 s
 * ago, at random, so that not everybody knocks at the same moment.
 */
G_DECLARE_FINAL_TYPE (AssayReachability, assay_reachability, ASSAY, REACHABILITY, GObject)

/* @monitor: NULL for the system's. */
AssayReachability *assay_reachability_new (GNetworkMonitor *monitor);
gboolean assay_reachability_get_available (AssayReachability *self);
/* Somebody pays for each byte: what nobody asked for can wait. */
gboolean assay_reachability_get_metered (AssayReachability *self);
/* The longest time until `came-back`; 5000 at first. */
void assay_reachability_set_longest_delay_ms (AssayReachability *self, guint longest_delay_ms);

G_END_DECLS
