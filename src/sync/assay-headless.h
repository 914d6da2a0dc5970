/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "assay-store.h"

G_BEGIN_DECLS

/* The program without a window: no display and no bus needed. */

/* Whether the arguments ask for that. */
gboolean assay_headless_is_meant (int argc, char **argv);
/* Does what the arguments say, prints, and returns the exit status. Where a window holds the
 * profile, it is asked over the session bus to do it. Needs dex_init (). */
int assay_headless_run (int argc, char **argv);
/* In the window's process: does what another process asked for. @store is NULL while there is none.
 * Holds @application until the answer is out. For GApplication's `command_line`. */
void assay_headless_answer (GApplication *application,
                            GApplicationCommandLine *command_line,
                            AssayStore *store);

G_END_DECLS
