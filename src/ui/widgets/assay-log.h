/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* So many of the newest lines are kept, for the Troubleshooting page. */
#define ASSAY_LOG_LINES 200

/* Keeps what the program logs from now on, its quiet messages included, and hands everything on to
 * where it went before. Once, before anything is logged. */
void assay_log_install (void);
/* The newest lines, oldest first, without what must not be given away. (transfer full) */
GStrv assay_log_dup_lines (void);

G_END_DECLS
