/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A network for this process and what it starts: nothing but the loopback, so that it can be taken
 * away as a cable is pulled. */

/* Before there is a second thread. FALSE where the system does not let a process have its own. */
gboolean own_network_enter (void);
/* Without it there is no route to anything, and whoever listens for such things is told. */
void own_network_set_up (gboolean up);

G_END_DECLS
