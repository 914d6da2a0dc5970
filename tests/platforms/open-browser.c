/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "open-browser.h"

typedef struct
{
  GUri *uri; /* (owned) */
  char *request;
  GString *answer; /* (owned) */
  gboolean reached;
} Visit;

static void
visit_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Visit *visit = data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect_to_host (client, g_uri_get_host (visit->uri),
                                       (guint16) g_uri_get_port (visit->uri), NULL, NULL);
  char buffer[4096];
  gssize length;

  visit->reached = connection != NULL;
  if (connection != NULL)
    {
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                                 visit->request, strlen (visit->request), NULL, NULL, NULL);
      while ((length = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                                            buffer, sizeof buffer, NULL, NULL))
             > 0)
        g_string_append_len (visit->answer, buffer, length);
    }
  g_task_return_boolean (task, TRUE);
}

static char *
make_request (const char *method, GUri *uri, const char *body)
{
  const char *query = g_uri_get_query (uri);

  return g_strdup_printf ("%s %s%s%s HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\n"
                          "Content-Type: application/x-www-form-urlencoded\r\n"
                          "Content-Length: %zu\r\n\r\n%s",
                          method, g_uri_get_path (uri), query != NULL ? "?" : "",
                          query != NULL ? query : "", g_uri_get_host (uri), g_uri_get_port (uri),
                          body != NULL ? strlen (body) : 0, body != NULL ? body : "");
}

static OpenPage *
read_answer (const Visit *visit)
{
  OpenPage *page = g_new0 (OpenPage, 1);
  const char *end = strstr (visit->answer->str, "\r\n\r\n");
  g_autofree char *head = NULL;
  g_auto (GStrv) lines = NULL;

  page->body = g_strdup (end != NULL ? end + strlen ("\r\n\r\n") : "");
  if (end == NULL)
    return page;
  head = g_strndup (visit->answer->str, (gsize) (end - visit->answer->str));
  lines = g_strsplit (head, "\r\n", -1);
  page->status = (guint) g_ascii_strtoull (strchr (lines[0], ' ') + 1, NULL, 10);
  for (guint i = 1; lines[i] != NULL; i++)
    if (g_ascii_strncasecmp (lines[i], "Location: ", strlen ("Location: ")) == 0)
      page->location = g_strdup (lines[i] + strlen ("Location: "));
  return page;
}

void
open_page_free (OpenPage *self)
{
  g_free (self->location);
  g_free (self->body);
  g_free (self);
}

OpenPage *
open_browser_visit (const char *method, const char *url, const char *body)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  Visit visit = { .uri = uri };
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);
  OpenPage *page;

  g_assert_nonnull (uri);
  visit.request = make_request (method, uri, body);
  visit.answer = g_string_new (NULL);
  g_task_set_task_data (task, &visit, NULL);
  g_task_run_in_thread (task, visit_thread);
  while (!g_task_get_completed (task))
    g_main_context_iteration (NULL, TRUE);
  page = read_answer (&visit);
  g_free (visit.request);
  g_string_free (visit.answer, TRUE);
  return page;
}
