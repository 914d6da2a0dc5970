/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-server-handlers.h"

G_BEGIN_DECLS

/* Puts the answer off until something is recorded for `/changes`, or for @seconds, and asks
 * @handler again then; the request has lost its query's `wait` by that time. Takes @request, which
 * the caller marks as pending. */
void assay_server_wait (AssayServerRequest *request, AssayServerHandler handler, guint seconds);

G_END_DECLS
