/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "fault-server.h"

G_BEGIN_DECLS

/* One connection, on its own thread. */
typedef struct
{
  FaultServer *server;
  GSocket *socket; /* (owned) */
  GIOStream *stream;
  guint number;
  GString *ahead; /* (owned): read and not yet used */
} FaultConnection;

/* What a fault does with a request. FALSE: the connection is closed. */
typedef gboolean (*FaultFunc) (FaultConnection *connection,
                               FaultRequest *request,
                               const char *argument);

typedef struct
{
  const char *name;
  FaultFunc strike;
  const char *argument;
  gboolean before_body; /* strikes when the headers are read */
} Fault;

const Fault *fault_find (const char *name);
/* As a platform would. */
gboolean fault_serve (FaultConnection *connection, FaultRequest *request);

FaultServerKind fault_server_get_kind (FaultServer *self);
const char *fault_server_get_there (FaultServer *self);
const char *fault_server_get_http2_fault (FaultServer *self);
GCancellable *fault_server_get_stop (FaultServer *self);
/* 0 where it is no front. */
guint16 fault_server_get_upstream (FaultServer *self);
/* What the server behind this one answers; NULL if it does not. (transfer full) */
GByteArray *fault_server_pass_on (FaultServer *self, FaultRequest *request);
/* Writes the body of @request into the ledger; NULL where it names no submission. Behind a front
 * the ledger is that of the server there. */
const char *fault_server_commit (FaultServer *self, FaultRequest *request);
/* Takes @request into the list and gives it its number. */
void fault_server_note (FaultServer *self, FaultRequest *request);

/* FALSE: the other side is gone, or the server stops. */
gboolean fault_write (FaultConnection *connection, const void *data, gsize size);
gboolean fault_print (FaultConnection *connection, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* At least @size bytes are in connection->ahead. */
gboolean fault_read (FaultConnection *connection, gsize size);
/* Reads and forgets until the other side is gone or the server stops. */
void fault_wait_for_end (FaultConnection *connection);
/* Waits so long or until the server stops; FALSE then. For a trickle. */
gboolean fault_pause (FaultConnection *connection, guint ms);
/* The next close sends a reset. */
void fault_reset (FaultConnection *connection);
/* A whole answer. @headers: lines with their ends, or "". */
gboolean fault_answer (FaultConnection *connection,
                       guint status,
                       const char *headers,
                       const char *type,
                       const char *body,
                       gssize length);

void fault_http2_serve (FaultConnection *connection);
void fault_proxy_serve (FaultConnection *connection);

G_END_DECLS
