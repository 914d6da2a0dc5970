/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/socket.h>

#include "fault-server-private.h"
#include "relay.h"

#define HEADERS_MAX_BYTES (64 * 1024)
/* A connection to a full queue of one waits for ever. */
#define BLACK_HOLE_FILL 4

struct _FaultServer
{
  FaultServerKind kind;
  char *certificate;
  char *there;
  char *http2_fault;
  guint16 upstream; /* 0: it is no front */

  GSocket *socket; /* (owned) */
  guint16 port;
  GThread *thread;
  GPtrArray *fill; /* (owned): sockets that fill the queue of a black hole */
  GCancellable *stop;

  GMutex mutex;
  GCond paused;
  GPtrArray *threads;  /* (owned): of GThread */
  GPtrArray *sockets;  /* (owned): of their GSocket */
  GPtrArray *requests; /* (owned): of FaultRequest */
  GHashTable *counts;  /* (owned): fault → number of requests */
  GHashTable *ledger;  /* (owned): submission → GPtrArray of GBytes */
  gboolean committed_nothing;
  guint n_connections;
  guint n_open;
  /* What a front is to strike. */
  char *armed_method;
  char *armed_part;
  char *armed_fault;
  guint n_armed;
  guint n_struck;
};

static void
request_free (gpointer data)
{
  FaultRequest *request = data;

  g_free (request->method);
  g_free (request->target);
  g_free (request->fault);
  g_free (request->path);
  g_free (request->headers);
  g_clear_pointer (&request->body, g_bytes_unref);
  g_free (request);
}

static FaultRequest *
request_copy (const FaultRequest *request)
{
  FaultRequest *copy = g_new0 (FaultRequest, 1);

  copy->connection = request->connection;
  copy->number = request->number;
  copy->method = g_strdup (request->method);
  copy->target = g_strdup (request->target);
  copy->fault = g_strdup (request->fault);
  copy->path = g_strdup (request->path);
  copy->headers = g_strdup (request->headers);
  copy->body = request->body != NULL ? g_bytes_ref (request->body) : g_bytes_new (NULL, 0);
  copy->time = request->time;
  return copy;
}

gboolean
fault_write (FaultConnection *connection, const void *data, gsize size)
{
  return g_output_stream_write_all (g_io_stream_get_output_stream (connection->stream), data, size,
                                    NULL, NULL, NULL);
}

gboolean
fault_print (FaultConnection *connection, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return fault_write (connection, text, strlen (text));
}

gboolean
fault_read (FaultConnection *connection, gsize size)
{
  while (connection->ahead->len < size)
    {
      char buffer[16384];
      gssize n = g_input_stream_read (g_io_stream_get_input_stream (connection->stream), buffer,
                                      sizeof buffer, NULL, NULL);

      if (n <= 0)
        return FALSE;
      g_string_append_len (connection->ahead, buffer, n);
    }
  return TRUE;
}

void
fault_wait_for_end (FaultConnection *connection)
{
  while (fault_read (connection, 1))
    g_string_truncate (connection->ahead, 0);
}

gboolean
fault_pause (FaultConnection *connection, guint ms)
{
  FaultServer *self = connection->server;
  gint64 until = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;
  gboolean stopped;

  g_mutex_lock (&self->mutex);
  while (!(stopped = g_cancellable_is_cancelled (self->stop))
         && g_cond_wait_until (&self->paused, &self->mutex, until))
    ;
  g_mutex_unlock (&self->mutex);
  return !stopped;
}

void
fault_reset (FaultConnection *connection)
{
  struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

  g_assert_no_errno (setsockopt (g_socket_get_fd (connection->socket), SOL_SOCKET, SO_LINGER,
                                 &at_once, sizeof at_once));
}

gboolean
fault_answer (FaultConnection *connection,
              guint status,
              const char *headers,
              const char *type,
              const char *body,
              gssize length)
{
  gsize size = length < 0 ? strlen (body) : (gsize) length;

  return fault_print (connection, "HTTP/1.1 %u Status\r\n%s", status, headers)
         && (type == NULL || fault_print (connection, "Content-Type: %s\r\n", type))
         && fault_print (connection, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", size)
         && fault_write (connection, body, size);
}

FaultServerKind
fault_server_get_kind (FaultServer *self)
{
  return self->kind;
}

const char *
fault_server_get_there (FaultServer *self)
{
  return self->there;
}

const char *
fault_server_get_http2_fault (FaultServer *self)
{
  return self->http2_fault != NULL ? self->http2_fault : "none";
}

GCancellable *
fault_server_get_stop (FaultServer *self)
{
  return self->stop;
}

guint16
fault_server_get_upstream (FaultServer *self)
{
  return self->upstream;
}

GByteArray *
fault_server_pass_on (FaultServer *self, FaultRequest *request)
{
  g_autofree char *head = g_strdup_printf ("%s /%s HTTP/1.1\r\n%s\r\n", request->method,
                                           request->path, request->headers);

  g_mutex_lock (&self->mutex);
  self->committed_nothing |=
      g_str_equal (request->method, "PUT") && g_bytes_get_size (request->body) == 0;
  g_mutex_unlock (&self->mutex);
  return relay_ask (self->upstream, head, g_bytes_get_data (request->body, NULL),
                    g_bytes_get_size (request->body), self->stop);
}

const char *
fault_server_commit (FaultServer *self, FaultRequest *request)
{
  const char *prefix = "submissions/";
  GPtrArray *bodies;

  if (self->upstream != 0)
    {
      g_autoptr (GByteArray) answer = fault_server_pass_on (self, request);

      return NULL;
    }
  if (!g_str_has_prefix (request->path, prefix))
    return NULL;
  g_mutex_lock (&self->mutex);
  bodies = g_hash_table_lookup (self->ledger, request->path + strlen (prefix));
  if (bodies == NULL)
    {
      bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
      g_hash_table_insert (self->ledger, g_strdup (request->path + strlen (prefix)), bodies);
    }
  g_ptr_array_add (bodies, g_bytes_ref (request->body));
  /* What is deleted has no body. */
  self->committed_nothing |=
      g_bytes_get_size (request->body) == 0 && !g_str_equal (request->method, "DELETE");
  g_mutex_unlock (&self->mutex);
  return request->path + strlen (prefix);
}

void
fault_server_note (FaultServer *self, FaultRequest *request)
{
  g_mutex_lock (&self->mutex);
  request->number = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, request->fault)) + 1;
  g_hash_table_insert (self->counts, g_strdup (request->fault), GUINT_TO_POINTER (request->number));
  g_ptr_array_add (self->requests, request_copy (request));
  g_mutex_unlock (&self->mutex);
}

/* The body came; the copy in the list gets it too. */
static void
note_body (FaultServer *self, FaultRequest *request)
{
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->requests->len; i++)
    {
      FaultRequest *noted = self->requests->pdata[i];

      if (noted->number == request->number && g_str_equal (noted->fault, request->fault))
        {
          g_bytes_unref (noted->body);
          noted->body = g_bytes_ref (request->body);
        }
    }
  g_mutex_unlock (&self->mutex);
}

/* "name", "name@2" or "name@2+". */
static gboolean
strikes (FaultRequest *request, const Fault **fault)
{
  g_autofree char *name = g_strdup (request->fault);
  char *at = strchr (name, '@');
  guint64 n = 0;
  gboolean from_then_on = FALSE;

  if (at != NULL)
    {
      *at++ = '\0';
      from_then_on = g_str_has_suffix (at, "+");
      n = g_ascii_strtoull (at, NULL, 10);
    }
  *fault = fault_find (name);
  return *fault != NULL
         && (n == 0 || request->number == n || (from_then_on && request->number > n));
}

/* Whoever talks to a front knows nothing of faults in addresses; only a fault leads there. */
static void
take_for_front (FaultServer *self, FaultRequest *request)
{
  if (!g_str_equal (request->fault, "none") && fault_find (request->fault) == NULL)
    g_set_str (&request->path, request->target + 1);
  g_mutex_lock (&self->mutex);
  if (self->n_armed > 0 && g_str_equal (request->method, self->armed_method)
      && strstr (request->target, self->armed_part) != NULL)
    {
      self->n_armed--;
      self->n_struck++;
      g_set_str (&request->fault, self->armed_fault);
    }
  g_mutex_unlock (&self->mutex);
}

static FaultRequest *
read_request (FaultConnection *connection)
{
  FaultRequest *request;
  const char *end;
  g_autofree char *head = NULL;
  g_auto (GStrv) words = NULL;
  const char *rest;
  const char *slash;

  while ((end = strstr (connection->ahead->str, "\r\n\r\n")) == NULL)
    if (connection->ahead->len > HEADERS_MAX_BYTES
        || !fault_read (connection, connection->ahead->len + 1))
      return NULL;

  head = g_strndup (connection->ahead->str, (gsize) (end - connection->ahead->str) + 2);
  g_string_erase (connection->ahead, 0, end - connection->ahead->str + 4);
  words = g_strsplit (head, " ", 3);
  if (g_strv_length (words) < 3)
    return NULL;

  request = g_new0 (FaultRequest, 1);
  request->connection = connection->number;
  request->time = g_get_monotonic_time ();
  request->method = g_strdup (words[0]);
  request->target = g_strdup (words[1]);
  request->headers = g_strdup (strstr (head, "\r\n") + 2);
  /* A proxy gets the whole address. */
  rest = request->target;
  if (strstr (rest, "://") != NULL)
    rest = strchr (strstr (rest, "://") + 3, '/');
  rest = rest != NULL && *rest == '/' ? rest + 1 : "";
  slash = strchr (rest, '/');
  request->fault = slash != NULL ? g_strndup (rest, (gsize) (slash - rest)) : g_strdup (rest);
  request->path = g_strdup (slash != NULL ? slash + 1 : "");
  if (connection->server->upstream != 0)
    take_for_front (connection->server, request);
  fault_server_note (connection->server, request);
  return request;
}

static gboolean
read_request_body (FaultConnection *connection, FaultRequest *request)
{
  g_autofree char *lower = g_ascii_strdown (request->headers, -1);
  const char *header = strstr (lower, "content-length:");
  gsize length =
      header != NULL ? (gsize) g_ascii_strtoull (header + strlen ("content-length:"), NULL, 10) : 0;

  if (!fault_read (connection, length))
    return FALSE;
  request->body = g_bytes_new (connection->ahead->str, length);
  g_string_erase (connection->ahead, 0, (gssize) length);
  note_body (connection->server, request);
  return TRUE;
}

static gboolean
serve_request (FaultConnection *connection, FaultRequest *request)
{
  const Fault *fault;
  gboolean struck = strikes (request, &fault);

  if (struck && fault->before_body)
    return fault->strike (connection, request, fault->argument);
  if (!read_request_body (connection, request))
    return FALSE;
  if (struck)
    return fault->strike (connection, request, fault->argument);
  return fault_serve (connection, request);
}

static gboolean
shake_hands (FaultConnection *connection)
{
  static const char *const protocols[] = { "h2", "http/1.1", NULL };
  FaultServer *self = connection->server;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate =
      g_tls_certificate_new_from_file (self->certificate, &error);
  GIOStream *tls;

  g_assert_no_error (error);
  tls = g_tls_server_connection_new (connection->stream, certificate, &error);
  g_assert_no_error (error);
  g_tls_connection_set_advertised_protocols (
      G_TLS_CONNECTION (tls), protocols + (self->kind == FAULT_SERVER_HTTP2 ? 0 : 1));
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
  g_object_unref (connection->stream);
  connection->stream = tls;
  /* Who does not trust us goes away, and that is no error. */
  return g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, NULL);
}

static void
serve (FaultConnection *connection)
{
  gboolean more = TRUE;

  switch (connection->server->kind)
    {
    case FAULT_SERVER_MUTE:
      /* The other side learns nothing and we read nothing: only the stop ends it. */
      while (fault_pause (connection, 60 * 1000))
        ;
      return;
    case FAULT_SERVER_CUT_TLS:
      fault_read (connection, 1);
      return;
    case FAULT_SERVER_PROXY:
    case FAULT_SERVER_PROXY_407:
    case FAULT_SERVER_PROXY_502:
    case FAULT_SERVER_PROXY_CUT:
    case FAULT_SERVER_PROXY_LIAR:
      fault_proxy_serve (connection);
      return;
    case FAULT_SERVER_HTTP2:
    case FAULT_SERVER_TLS:
      if (!shake_hands (connection))
        return;
      if (g_strcmp0 (g_tls_connection_get_negotiated_protocol (
                         G_TLS_CONNECTION (connection->stream)),
                     "h2")
          == 0)
        {
          fault_http2_serve (connection);
          return;
        }
      break;
    case FAULT_SERVER_PLAIN:
    case FAULT_SERVER_BLACK_HOLE:
    default:
      break;
    }

  while (more)
    {
      FaultRequest *request = read_request (connection);

      if (request == NULL)
        break;
      more = serve_request (connection, request);
      request_free (request);
    }
}

static gpointer
connection_thread (gpointer data)
{
  FaultConnection *connection = data;
  FaultServer *self = connection->server;

  serve (connection);
  /* Closed at once, also below TLS: what a fault left unsaid stays so. */
  g_socket_close (connection->socket, NULL);
  g_object_unref (connection->stream);
  g_object_unref (connection->socket);
  g_string_free (connection->ahead, TRUE);
  g_free (connection);
  g_mutex_lock (&self->mutex);
  self->n_open--;
  g_mutex_unlock (&self->mutex);
  return NULL;
}

static gpointer
accept_thread (gpointer data)
{
  FaultServer *self = data;
  GSocket *socket;

  while ((socket = g_socket_accept (self->socket, self->stop, NULL)) != NULL)
    {
      FaultConnection *connection = g_new0 (FaultConnection, 1);

      connection->server = self;
      connection->socket = socket;
      connection->stream = G_IO_STREAM (g_socket_connection_factory_create_connection (socket));
      connection->ahead = g_string_new (NULL);
      g_mutex_lock (&self->mutex);
      connection->number = ++self->n_connections;
      self->n_open++;
      g_ptr_array_add (self->sockets, g_object_ref (socket));
      g_ptr_array_add (self->threads,
                       g_thread_new ("fault-connection", connection_thread, connection));
      g_mutex_unlock (&self->mutex);
    }
  return NULL;
}

/* The kernel lets so many wait, and drops the others without a word. */
static void
fill_queue (FaultServer *self)
{
  for (guint i = 0; i < BLACK_HOLE_FILL; i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
      g_autoptr (GSocketAddress) name = g_inet_socket_address_new (address, self->port);
      GSocket *socket =
          g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

      g_socket_set_blocking (socket, FALSE);
      g_socket_connect (socket, name, NULL, NULL);
      g_ptr_array_add (self->fill, socket);
    }
}

FaultServer *
fault_server_new (FaultServerKind kind, const char *certificate)
{
  FaultServer *self = g_new0 (FaultServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  self->kind = kind;
  self->certificate = g_strdup (certificate);
  self->stop = g_cancellable_new ();
  self->threads = g_ptr_array_new ();
  self->sockets = g_ptr_array_new_with_free_func (g_object_unref);
  self->fill = g_ptr_array_new_with_free_func (g_object_unref);
  self->requests = g_ptr_array_new_with_free_func (request_free);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->ledger =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->paused);

  self->socket =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_bind (self->socket, any, TRUE, &error);
  g_assert_no_error (error);
  if (kind == FAULT_SERVER_BLACK_HOLE)
    g_socket_set_listen_backlog (self->socket, 0);
  g_socket_listen (self->socket, &error);
  g_assert_no_error (error);
  bound = g_socket_get_local_address (self->socket, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));

  if (kind == FAULT_SERVER_BLACK_HOLE)
    fill_queue (self);
  else
    self->thread = g_thread_new ("fault-server", accept_thread, self);
  return self;
}

void
fault_server_free (FaultServer *self)
{
  g_mutex_lock (&self->mutex);
  g_cancellable_cancel (self->stop);
  g_cond_broadcast (&self->paused);
  g_mutex_unlock (&self->mutex);
  if (self->thread != NULL)
    g_thread_join (self->thread);
  /* TLS leaks the error of a read that is cancelled, so what reads is cut instead. */
  for (guint i = 0; i < self->sockets->len; i++)
    g_socket_shutdown (self->sockets->pdata[i], TRUE, TRUE, NULL);
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (self->threads->pdata[i]);

  g_ptr_array_unref (self->threads);
  g_ptr_array_unref (self->sockets);
  g_ptr_array_unref (self->fill);
  g_ptr_array_unref (self->requests);
  g_hash_table_unref (self->counts);
  g_hash_table_unref (self->ledger);
  g_object_unref (self->socket);
  g_object_unref (self->stop);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->paused);
  g_free (self->certificate);
  g_free (self->there);
  g_free (self->http2_fault);
  g_free (self->armed_method);
  g_free (self->armed_part);
  g_free (self->armed_fault);
  g_free (self);
}

guint16
fault_server_get_port (FaultServer *self)
{
  return self->port;
}

char *
fault_server_dup_url (FaultServer *self, const char *fault, const char *path)
{
  gboolean tls = self->kind == FAULT_SERVER_TLS || self->kind == FAULT_SERVER_HTTP2
                 || self->kind == FAULT_SERVER_CUT_TLS;

  return g_strdup_printf ("%s://127.0.0.1:%u/%s/%s", tls ? "https" : "http", self->port, fault,
                          path);
}

void
fault_server_set_there (FaultServer *self, const char *url)
{
  g_set_str (&self->there, url);
}

void
fault_server_set_http2_fault (FaultServer *self, const char *fault)
{
  g_set_str (&self->http2_fault, fault);
}

void
fault_server_set_upstream (FaultServer *self, guint16 port)
{
  self->upstream = port;
}

void
fault_server_arm (FaultServer *self,
                  const char *method,
                  const char *part,
                  const char *fault,
                  guint n)
{
  g_assert_true (n == 0 || fault_find (fault) != NULL);
  g_mutex_lock (&self->mutex);
  g_set_str (&self->armed_method, method);
  g_set_str (&self->armed_part, part);
  g_set_str (&self->armed_fault, fault);
  self->n_armed = n;
  self->n_struck = 0;
  g_mutex_unlock (&self->mutex);
}

guint
fault_server_get_n_struck (FaultServer *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->n_struck;
  g_mutex_unlock (&self->mutex);
  return n;
}

GPtrArray *
fault_server_list_requests (FaultServer *self)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func (request_free);

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->requests->len; i++)
    g_ptr_array_add (copies, request_copy (self->requests->pdata[i]));
  g_mutex_unlock (&self->mutex);
  return copies;
}

guint
fault_server_count_commits (FaultServer *self, const char *submission)
{
  GPtrArray *bodies;
  guint n;

  g_mutex_lock (&self->mutex);
  bodies = g_hash_table_lookup (self->ledger, submission);
  n = bodies != NULL ? bodies->len : 0;
  g_mutex_unlock (&self->mutex);
  return n;
}

GBytes *
fault_server_dup_committed (FaultServer *self, const char *submission)
{
  GPtrArray *bodies;
  GBytes *body = NULL;

  g_mutex_lock (&self->mutex);
  bodies = g_hash_table_lookup (self->ledger, submission);
  if (bodies != NULL)
    body = g_bytes_ref (bodies->pdata[bodies->len - 1]);
  g_mutex_unlock (&self->mutex);
  return body;
}

gboolean
fault_server_has_committed_nothing (FaultServer *self)
{
  gboolean nothing;

  g_mutex_lock (&self->mutex);
  nothing = self->committed_nothing;
  g_mutex_unlock (&self->mutex);
  return nothing;
}

guint
fault_server_get_n_connections (FaultServer *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->n_connections;
  g_mutex_unlock (&self->mutex);
  return n;
}

guint
fault_server_get_n_open (FaultServer *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->n_open;
  g_mutex_unlock (&self->mutex);
  return n;
}
