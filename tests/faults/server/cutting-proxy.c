/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "cutting-proxy.h"

#include <gio/gio.h>
#include <string.h>

#include "relay.h"

struct _CuttingProxy
{
  GSocket *socket;
  guint16 port;
  guint16 upstream;
  GCancellable *stop;
  GThread *acceptor;

  GMutex mutex; /* for all below */
  GRand *random;
  double before;
  double after;
  guint n_passed;
  guint n_cut_before;
  guint n_cut_after;
  GPtrArray *threads;
};

typedef struct
{
  CuttingProxy *proxy;
  GSocketConnection *client; /* (owned) */
} Connection;

typedef enum
{
  FATE_PASS,
  FATE_CUT_BEFORE,
  FATE_CUT_AFTER,
} Fate;

static Fate
draw_fate (CuttingProxy *self)
{
  double drawn;
  Fate fate = FATE_PASS;

  g_mutex_lock (&self->mutex);
  drawn = g_rand_double (self->random);
  if (drawn < self->before)
    fate = FATE_CUT_BEFORE;
  else if (drawn < self->before + self->after)
    fate = FATE_CUT_AFTER;
  self->n_cut_before += fate == FATE_CUT_BEFORE;
  self->n_cut_after += fate == FATE_CUT_AFTER;
  self->n_passed += fate == FATE_PASS;
  g_mutex_unlock (&self->mutex);
  return fate;
}

static gsize
find_end_of_head (GByteArray *bytes)
{
  const char *end =
      bytes->len > 0 ? g_strstr_len ((const char *) bytes->data, bytes->len, "\r\n\r\n") : NULL;

  return end != NULL ? (gsize) (end - (const char *) bytes->data) + 4 : 0;
}

static gsize
get_content_length (const char *head)
{
  g_auto (GStrv) lines = g_strsplit (head, "\r\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_ascii_strncasecmp (lines[i], "content-length:", strlen ("content-length:")) == 0)
      return (gsize) g_ascii_strtoull (lines[i] + strlen ("content-length:"), NULL, 10);
  return 0;
}

/* A whole request, from its first byte to its last; FALSE if the client went away. */
static gboolean
read_request (Connection *self, char **head, GByteArray **body)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (self->client));
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gsize end, length;

  while ((end = find_end_of_head (bytes)) == 0)
    if (!relay_read_more (input, bytes, self->proxy->stop))
      return FALSE;
  *head = g_strndup ((const char *) bytes->data, end);
  length = get_content_length (*head);
  g_byte_array_remove_range (bytes, 0, (guint) end);
  while (bytes->len < length)
    if (!relay_read_more (input, bytes, self->proxy->stop))
      return FALSE;
  *body = g_steal_pointer (&bytes);
  return TRUE;
}

static void
serve (Connection *self)
{
  g_autofree char *head = NULL;
  g_autoptr (GByteArray) body = NULL;
  g_autoptr (GByteArray) answer = NULL;
  Fate fate;

  if (!read_request (self, &head, &body))
    return;
  fate = draw_fate (self->proxy);
  if (fate == FATE_CUT_BEFORE)
    return;
  answer = relay_ask (self->proxy->upstream, head, body->data, body->len, self->proxy->stop);
  if (fate == FATE_CUT_AFTER || answer == NULL)
    return;
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (self->client)),
                             answer->data, answer->len, NULL, self->proxy->stop, NULL);
}

static gpointer
connection_thread (gpointer data)
{
  Connection *self = data;

  serve (self);
  g_io_stream_close (G_IO_STREAM (self->client), NULL, NULL);
  g_object_unref (self->client);
  g_free (self);
  return NULL;
}

static gpointer
accept_thread (gpointer data)
{
  CuttingProxy *self = data;
  GSocket *socket;

  while ((socket = g_socket_accept (self->socket, self->stop, NULL)) != NULL)
    {
      Connection *connection = g_new0 (Connection, 1);

      connection->proxy = self;
      connection->client = g_socket_connection_factory_create_connection (socket);
      g_object_unref (socket);
      g_mutex_lock (&self->mutex);
      g_ptr_array_add (self->threads,
                       g_thread_new ("cutting-proxy", connection_thread, connection));
      g_mutex_unlock (&self->mutex);
    }
  return NULL;
}

CuttingProxy *
cutting_proxy_new (guint16 upstream, double before, double after, guint32 seed)
{
  CuttingProxy *self = g_new0 (CuttingProxy, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  self->upstream = upstream;
  self->before = before;
  self->after = after;
  self->random = g_rand_new_with_seed (seed);
  self->stop = g_cancellable_new ();
  self->threads = g_ptr_array_new ();
  g_mutex_init (&self->mutex);
  self->socket =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_bind (self->socket, any, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (self->socket, &error);
  g_assert_no_error (error);
  bound = g_socket_get_local_address (self->socket, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  self->acceptor = g_thread_new ("cutting-proxy", accept_thread, self);
  return self;
}

void
cutting_proxy_free (CuttingProxy *self)
{
  g_cancellable_cancel (self->stop);
  g_thread_join (self->acceptor);
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (self->threads->pdata[i]);
  g_ptr_array_unref (self->threads);
  g_socket_close (self->socket, NULL);
  g_object_unref (self->socket);
  g_object_unref (self->stop);
  g_rand_free (self->random);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

guint16
cutting_proxy_get_port (CuttingProxy *self)
{
  return self->port;
}

void
cutting_proxy_set_upstream (CuttingProxy *self, guint16 upstream)
{
  g_mutex_lock (&self->mutex);
  self->upstream = upstream;
  g_mutex_unlock (&self->mutex);
}

void
cutting_proxy_set_odds (CuttingProxy *self, double before, double after)
{
  g_mutex_lock (&self->mutex);
  self->before = before;
  self->after = after;
  g_mutex_unlock (&self->mutex);
}

guint
cutting_proxy_get_n_passed (CuttingProxy *self)
{
  return self->n_passed;
}

guint
cutting_proxy_get_n_cut_before (CuttingProxy *self)
{
  return self->n_cut_before;
}

guint
cutting_proxy_get_n_cut_after (CuttingProxy *self)
{
  return self->n_cut_after;
}
