/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "platformd"

#include "config.h"

#include "assay-server-waiting.h"

typedef struct
{
  AssayServerRequest *request; /* (owned) */
  AssayServerHandler handler;
  guint timer;
  guint idle;
  gulong changed;
  gulong disconnected;
} Waiting;

static void
waiting_free (Waiting *waiting)
{
  g_clear_handle_id (&waiting->timer, g_source_remove);
  g_clear_handle_id (&waiting->idle, g_source_remove);
  g_clear_signal_handler (&waiting->changed, waiting->request->state);
  g_clear_signal_handler (&waiting->disconnected, waiting->request->message);
  assay_server_request_free (waiting->request);
  g_free (waiting);
}

static void
answer (Waiting *waiting)
{
  AssayServerRequest *request = waiting->request;

  request->pending = FALSE;
  waiting->handler (request);
  assay_server_request_send (request);
  soup_server_message_unpause (request->message);
  waiting_free (waiting);
}

static gboolean
timed_out_cb (gpointer user_data)
{
  Waiting *waiting = user_data;

  waiting->timer = 0;
  answer (waiting);
  return G_SOURCE_REMOVE;
}

static gboolean
idle_cb (gpointer user_data)
{
  Waiting *waiting = user_data;

  waiting->idle = 0;
  answer (waiting);
  return G_SOURCE_REMOVE;
}

/* What recorded it has not committed yet. */
static void
changed_cb (AssayServerState *state, Waiting *waiting)
{
  if (waiting->idle == 0)
    waiting->idle = g_idle_add (idle_cb, waiting);
}

static void
disconnected_cb (SoupServerMessage *message, Waiting *waiting)
{
  waiting_free (waiting);
}

void
assay_server_wait (AssayServerRequest *request, AssayServerHandler handler, guint seconds)
{
  Waiting *waiting;

  g_return_if_fail (request != NULL);
  g_return_if_fail (handler != NULL);

  waiting = g_new0 (Waiting, 1);
  waiting->request = request;
  waiting->handler = handler;
  g_hash_table_remove (request->query, "wait");
  soup_server_message_pause (request->message);
  waiting->timer = g_timeout_add_seconds (seconds, timed_out_cb, waiting);
  waiting->changed = g_signal_connect (request->state, "changed", G_CALLBACK (changed_cb), waiting);
  waiting->disconnected =
      g_signal_connect (request->message, "disconnected", G_CALLBACK (disconnected_cb), waiting);
}
