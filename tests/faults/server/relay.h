/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What stands before a server of HTTP on this machine and passes requests on. Blocks; for threads
 * of their own. */

/* Appends what comes next to @bytes; FALSE where nothing does. */
gboolean relay_read_more (GInputStream *input, GByteArray *bytes, GCancellable *stop);
/* Sends a request to the server at @port, as the last of its connection. @head: from the request
 * line to the empty line. What the server answers, to its last byte; NULL if it cannot be reached.
 * (transfer full) */
GByteArray *
relay_ask (guint16 port, const char *head, const void *body, gsize size, GCancellable *stop);

G_END_DECLS
