/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "fault-server-private.h"

/* Bytes of one direction, on a thread of its own. */
typedef struct
{
  GInputStream *from;
  GOutputStream *to;
  GSocket *end; /* shut down when nothing more comes */
  GCancellable *stop;
} Pipe;

static gpointer
pipe_thread (gpointer data)
{
  Pipe *pipe = data;
  char buffer[16384];
  gssize n;

  while ((n = g_input_stream_read (pipe->from, buffer, sizeof buffer, pipe->stop, NULL)) > 0)
    if (!g_output_stream_write_all (pipe->to, buffer, (gsize) n, NULL, pipe->stop, NULL))
      break;
  g_socket_shutdown (pipe->end, TRUE, TRUE, NULL);
  return NULL;
}

/* Whatever name is asked for, the tests mean this machine. */
static void
make_connection (FaultConnection *connection, guint16 port)
{
  GCancellable *stop = fault_server_get_stop (connection->server);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) target = NULL;
  Pipe there, back;
  GThread *thread;

  g_socket_client_set_enable_proxy (client, FALSE);
  target = g_socket_client_connect_to_host (client, "127.0.0.1", port, stop, NULL);
  if (target == NULL)
    {
      fault_print (connection, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
      return;
    }
  if (!fault_print (connection, "HTTP/1.1 200 Connection established\r\n\r\n"))
    return;

  there = (Pipe) { g_io_stream_get_input_stream (connection->stream),
                   g_io_stream_get_output_stream (G_IO_STREAM (target)),
                   g_socket_connection_get_socket (target), stop };
  back = (Pipe) { g_io_stream_get_input_stream (G_IO_STREAM (target)),
                  g_io_stream_get_output_stream (connection->stream), connection->socket, stop };
  thread = g_thread_new ("fault-pipe", pipe_thread, &there);
  pipe_thread (&back);
  g_thread_join (thread);
}

void
fault_proxy_serve (FaultConnection *connection)
{
  FaultServerKind kind = fault_server_get_kind (connection->server);
  FaultRequest request = { 0 };
  g_autofree char *line = NULL;
  g_auto (GStrv) words = NULL;
  const char *port;

  while (strstr (connection->ahead->str, "\r\n\r\n") == NULL)
    if (!fault_read (connection, connection->ahead->len + 1))
      return;
  line = g_strndup (connection->ahead->str, strcspn (connection->ahead->str, "\r"));
  words = g_strsplit (line, " ", 3);
  request.connection = connection->number;
  request.method = words[0];
  request.target = words[1] != NULL ? words[1] : (char *) "";
  request.fault = (char *) "proxy";
  request.path = (char *) "";
  request.headers = connection->ahead->str;
  fault_server_note (connection->server, &request);
  g_string_truncate (connection->ahead, 0);

  switch (kind)
    {
    case FAULT_SERVER_PROXY_407:
      fault_answer (connection, 407, "Proxy-Authenticate: Basic realm=\"x\"\r\n", "text/html",
                    "<p>Who are you?</p>", -1);
      return;
    case FAULT_SERVER_PROXY_502:
      fault_answer (connection, 502, "", "text/html", "<p>No</p>", -1);
      return;
    case FAULT_SERVER_PROXY_CUT:
      return;
    case FAULT_SERVER_PROXY_LIAR:
      fault_answer (connection, 200, "", "text/html", "<p>Buy something first</p>", -1);
      return;
    default:
      break;
    }

  port = strrchr (request.target, ':');
  if (g_str_equal (request.method, "CONNECT") && port != NULL)
    make_connection (connection, (guint16) g_ascii_strtoull (port + 1, NULL, 10));
}
