/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-server-state.h"

G_BEGIN_DECLS

#define ASSAY_PLATFORM_SERVER_CLAIM_MAX 20
#define ASSAY_PLATFORM_SERVER_SUBMISSION_BYTES (2 * 1024 * 1024)
#define ASSAY_PLATFORM_SERVER_CLIENT_ID "native"

#define ASSAY_TYPE_PLATFORM_SERVER (assay_platform_server_get_type ())
/**
 * AssayPlatformServer:
 *
 * The reference server: what data/platform-api/openapi.yaml says, at all levels, on loopback. For
 * vendors to copy from and for our own tests to talk to; runs on the main context that it was
 * started on, so that a test can have it in its own process. `assay-platformd` is the same as a
 * process.
 */
G_DECLARE_FINAL_TYPE (AssayPlatformServer, assay_platform_server, ASSAY, PLATFORM_SERVER, GObject)

/* @folder: an existing folder for its database; NULL for a new one, which goes away with the
 * server. The demonstration data is put in where there is none yet; each of its tasks @n_copies
 * times. */
AssayPlatformServer *assay_platform_server_new (const char *folder, guint n_copies, GError **error);
/* Listens on 127.0.0.1; @port 0 takes a free one. */
gboolean assay_platform_server_start (AssayPlatformServer *self, guint port, GError **error);
/* Closes every connection and listens no more. It can be started again. */
void assay_platform_server_stop (AssayPlatformServer *self);
/* "http://127.0.0.1:8080/eval/v1"; NULL if it was not started. */
const char *assay_platform_server_get_address (AssayPlatformServer *self);
/* What the discovery says in its place, for a server that is behind something else; before it is
 * asked for. */
void assay_platform_server_set_public_address (AssayPlatformServer *self, const char *address);
/* A personal token of the first person, with all scopes. */
const char *assay_platform_server_get_token (AssayPlatformServer *self);
/* For the clock, the rate and the defects. */
AssayServerState *assay_platform_server_get_state (AssayPlatformServer *self);
/* Whether `POST /control/…` does what assay-server-control.h says: for a test that has the server
 * as another process. Off. */
void assay_platform_server_set_control (AssayPlatformServer *self, gboolean control);

G_END_DECLS
