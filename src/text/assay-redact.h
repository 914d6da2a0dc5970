/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @line without what a log must not give away to whoever reads it: the name of the home folder and
 * of the person, addresses of people, what follows the host in an address of the network and what
 * stands before it, and anything that looks like a token. Any thread. (transfer full) */
char *assay_redact_line (const char *line);

G_END_DECLS
