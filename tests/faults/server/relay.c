/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "relay.h"

#include <string.h>

#define READ_BYTES 16384

/* The request as the server is to see it: this connection is its last. */
static char *
rewrite_head (const char *head)
{
  g_auto (GStrv) lines = g_strsplit (head, "\r\n", -1);
  g_autoptr (GString) text = g_string_new (lines[0]);

  g_string_append (text, "\r\nConnection: close\r\n");
  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    if (*lines[i] != '\0'
        && g_ascii_strncasecmp (lines[i], "connection:", strlen ("connection:")) != 0)
      g_string_append_printf (text, "%s\r\n", lines[i]);
  g_string_append (text, "\r\n");
  return g_string_free_and_steal (g_steal_pointer (&text));
}

gboolean
relay_read_more (GInputStream *input, GByteArray *bytes, GCancellable *stop)
{
  guint8 buffer[READ_BYTES];
  gssize n = g_input_stream_read (input, buffer, sizeof buffer, stop, NULL);

  if (n <= 0)
    return FALSE;
  g_byte_array_append (bytes, buffer, (guint) n);
  return TRUE;
}

GByteArray *
relay_ask (guint16 port, const char *head, const void *body, gsize size, GCancellable *stop)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) server = NULL;
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  g_autofree char *rewritten = rewrite_head (head);
  GOutputStream *output;

  g_socket_client_set_enable_proxy (client, FALSE);
  server = g_socket_client_connect_to_host (client, "127.0.0.1", port, stop, NULL);
  if (server == NULL)
    return NULL;
  output = g_io_stream_get_output_stream (G_IO_STREAM (server));
  if (!g_output_stream_write_all (output, rewritten, strlen (rewritten), NULL, stop, NULL)
      || !g_output_stream_write_all (output, body, size, NULL, stop, NULL))
    return NULL;
  while (relay_read_more (g_io_stream_get_input_stream (G_IO_STREAM (server)), answer, stop))
    ;
  return g_steal_pointer (&answer);
}
