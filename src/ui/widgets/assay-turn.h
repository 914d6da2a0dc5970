/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether the sources that are dispatched in this turn of the main loop, the one that calls among
 * them, have worked for @budget microseconds together. To be asked before the first portion too: of
 * four texts that take 8 ms each, all in one turn, a window stops for 32. */
gboolean assay_turn_is_spent (gint64 budget);

G_END_DECLS
