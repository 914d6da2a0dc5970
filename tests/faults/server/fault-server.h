/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A server that does everything wrong on request. It speaks through sockets alone, so that it can
 * break HTTP itself, on threads of its own, and keeps a ledger of what it committed.
 *
 * An address is http://127.0.0.1:PORT/FAULT/PATH. FAULT is a name from the table in
 * fault-answers.c, or "none". With "@2" it strikes at the second request to that FAULT only, with
 * "@2+" from the second on; otherwise always. Requests that it does not strike are answered as a
 * platform would: GET with {"path": …}, and anything else at PATH "submissions/ID" by committing
 * the body under ID and answering {"id": ID}. */
typedef struct _FaultServer FaultServer;

typedef enum
{
  FAULT_SERVER_PLAIN,
  FAULT_SERVER_TLS,
  FAULT_SERVER_HTTP2,      /* over TLS, to who can; its faults are in fault-http2.c */
  FAULT_SERVER_CUT_TLS,    /* closes within the handshake */
  FAULT_SERVER_MUTE,       /* accepts and never reads */
  FAULT_SERVER_BLACK_HOLE, /* does not even accept: the kernel drops what comes */
  FAULT_SERVER_PROXY,      /* makes connections, as "CONNECT" asks */
  FAULT_SERVER_PROXY_407,  /* wants a password */
  FAULT_SERVER_PROXY_502,  /* cannot make the connection */
  FAULT_SERVER_PROXY_CUT,  /* closes when asked to make a connection */
  FAULT_SERVER_PROXY_LIAR, /* answers everything itself, with a page of its own */
} FaultServerKind;

/* What a request was, as it came. A value. */
typedef struct
{
  guint connection; /* counted from 1 */
  guint number;     /* among those to the same fault, from 1 */
  char *method;
  char *target;
  char *fault;
  char *path;    /* of PATH, or of the whole before a front; unescaped by nobody */
  char *headers; /* all lines as they came */
  GBytes *body;
  gint64 time; /* monotonic */
} FaultRequest;

/* @certificate: a PEM file with certificate and key, for the kinds that need it. */
FaultServer *fault_server_new (FaultServerKind kind, const char *certificate);
/* Cuts what is open and waits for the threads. */
void fault_server_free (FaultServer *self);

guint16 fault_server_get_port (FaultServer *self);
/* (transfer full) */
char *fault_server_dup_url (FaultServer *self, const char *fault, const char *path);
/* Where the redirections of the faults "redirect-…-there" go. */
void fault_server_set_there (FaultServer *self, const char *url);

/* What stands for the method of a request over HTTP/2. */
#define FAULT_HTTP2_WITH_BODY "with a body"
#define FAULT_HTTP2_WITHOUT_BODY "without a body"

/* What an HTTP/2 server does: "none", "goaway-before", "goaway-after", "close-before",
 * "close-after", "rst-before", "rst-refused", "rst-after", "rst-within" or "window". Before it is
 * used. */
void fault_server_set_http2_fault (FaultServer *self, const char *fault);

/* From now on it stands before the server of HTTP at that port of this machine, as its front: what
 * comes is passed on as it is, without a "/none" before it, and the answer comes back. What a fault
 * commits, that server does, and what it answers is dropped. Before the front is used. */
void fault_server_set_upstream (FaultServer *self, guint16 port);
/* The next @n requests with that method whose target contains @part are struck by @fault, a name
 * from the table; the last call counts. 0 for none any more. */
void fault_server_arm (FaultServer *self,
                       const char *method,
                       const char *part,
                       const char *fault,
                       guint n);
/* How many were struck since it was armed. */
guint fault_server_get_n_struck (FaultServer *self);

/* All so far, in the order in which their headers were read. (transfer full) */
GPtrArray *fault_server_list_requests (FaultServer *self);
/* How often a submission was committed; 1 is what every test wants. */
guint fault_server_count_commits (FaultServer *self, const char *submission);
/* What was committed last; NULL if nothing was. (transfer full) */
GBytes *fault_server_dup_committed (FaultServer *self, const char *submission);
/* Something with an empty body was committed, ever: what libsoup sends when it repeats a PUT. */
gboolean fault_server_has_committed_nothing (FaultServer *self);
/* All that ever were, and those that are open now. */
guint fault_server_get_n_connections (FaultServer *self);
guint fault_server_get_n_open (FaultServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultServer, fault_server_free)

G_END_DECLS
