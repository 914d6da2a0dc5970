/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the kernel adds up for all mappings of a process, in megabytes. @name as in proc(5)'s
 * smaps_rollup: "Pss", "Private_Dirty"; 0 if the process is gone. */
double process_read_memory_mb (int process, const char *name);

G_END_DECLS
