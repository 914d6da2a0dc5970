/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The shortest and the longest time that a server can make us wait. */
#define ASSAY_RETRY_AFTER_MIN_US G_USEC_PER_SEC
#define ASSAY_RETRY_AFTER_MAX_US (G_GINT64_CONSTANT (24) * 60 * 60 * G_USEC_PER_SEC)

/* How long to wait, in microseconds, by the value of a "Retry-After" (RFC 9110, 10.2.3): seconds or
 * a date, held between the two above. @server_now: what the server's clock said with it, in
 * microseconds of UTC, so that a wrong clock on either side does not matter. What is neither, or
 * lies in the past, is the shortest: who sends the header asks for patience. Any thread. */
gint64 assay_retry_after_parse (const char *value, gint64 server_now);

/* A date of HTTP in microseconds of UTC, or -1. Any thread. */
gint64 assay_retry_after_parse_date (const char *value);

G_END_DECLS
