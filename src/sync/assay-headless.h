/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The program without a window: no display and no bus needed. */

/* Whether the arguments ask for that. */
gboolean assay_headless_is_meant (int argc, char **argv);
/* Does what the arguments say, prints, and returns the exit status. Where a window has the profile
 * open, it is asked over the session bus to do it. Needs dex_init (). */
int assay_headless_run (int argc, char **argv);

G_END_DECLS
