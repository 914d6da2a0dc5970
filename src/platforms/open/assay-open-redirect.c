/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-open-redirect.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>

#include "assay-json-read.h"
#include "assay-platform-error.h"

#define PATH "/signed-in"
#define MAX_CODE_BYTES 4096

struct _AssayOpenRedirect
{
  GObject parent_instance;

  SoupServer *server;   /* (owned) (nullable): until somebody came */
  DexPromise *answered; /* (owned) */
  gboolean heard;       /* and will be answered once the page is with the browser */
  char *code;           /* (nullable) */
  GError *refusal;      /* (owned) (nullable) */
  char *state;
  char *issuer;
  char *address;
};

G_DEFINE_FINAL_TYPE (AssayOpenRedirect, assay_open_redirect, G_TYPE_OBJECT)

static void
assay_open_redirect_dispose (GObject *object)
{
  assay_open_redirect_stop (ASSAY_OPEN_REDIRECT (object));

  G_OBJECT_CLASS (assay_open_redirect_parent_class)->dispose (object);
}

static void
assay_open_redirect_finalize (GObject *object)
{
  AssayOpenRedirect *self = ASSAY_OPEN_REDIRECT (object);

  dex_clear (&self->answered);
  g_free (self->code);
  g_clear_error (&self->refusal);
  g_free (self->state);
  g_free (self->issuer);
  g_free (self->address);

  G_OBJECT_CLASS (assay_open_redirect_parent_class)->finalize (object);
}

static void
assay_open_redirect_class_init (AssayOpenRedirectClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = assay_open_redirect_dispose;
  object_class->finalize = assay_open_redirect_finalize;
}

static void
assay_open_redirect_init (AssayOpenRedirect *self)
{
  self->answered = dex_promise_new ();
}

static void
show_page (SoupServerMessage *message, guint status, const char *sentence)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);
  g_autofree char *page =
      g_strdup_printf ("<!DOCTYPE html><meta charset=\"utf-8\"><title>Assay</title>"
                       "<meta name=\"viewport\" content=\"width=device-width\">"
                       "<body style=\"font:1.2em sans-serif;margin:4em auto;max-width:30em\">"
                       "<p>%s</p></body>",
                       escaped);

  /* The address holds the code: it goes to nobody, and is not kept. */
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "Content-Security-Policy",
                                "default-src 'none'; style-src 'unsafe-inline'");
  soup_message_headers_replace (headers, "Connection", "close");
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_COPY, page,
                                    strlen (page));
}

static GError *
make_refusal (const char *error, const char *description)
{
  g_autofree char *words = NULL;
  g_autofree char *sentence = NULL;

  if (g_str_equal (error, "access_denied"))
    return assay_platform_error_new (ASSAY_PLATFORM_ERROR_NOT_ALLOWED, ASSAY_DELIVERY_ANSWERED,
                                     _ ("You did not allow Assay to work for you there."));
  words = assay_json_dup_label (description != NULL ? description : error);
  sentence =
      /* Translators: the words of a server. */
      g_strdup_printf (_ ("The server does not sign you in. It says: “%s”"), words);
  return assay_platform_error_new (ASSAY_PLATFORM_ERROR_PROTOCOL, ASSAY_DELIVERY_ANSWERED,
                                   sentence);
}

/* Whether @query is the answer to what we asked: anything on this machine can come here. */
static gboolean
is_ours (AssayOpenRedirect *self, GHashTable *query)
{
  const char *state = query != NULL ? g_hash_table_lookup (query, "state") : NULL;
  const char *issuer = query != NULL ? g_hash_table_lookup (query, "iss") : NULL;

  return g_strcmp0 (state, self->state) == 0
         && (issuer == NULL || g_str_equal (issuer, self->issuer));
}

/* Not before: whoever waits stops the server. */
static void
finished_cb (AssayOpenRedirect *self)
{
  if (!dex_future_is_pending (DEX_FUTURE (self->answered)))
    return;
  if (self->refusal != NULL)
    dex_promise_reject (self->answered, g_steal_pointer (&self->refusal));
  else
    dex_promise_resolve_string (self->answered, g_steal_pointer (&self->code));
}

static void
request_cb (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  AssayOpenRedirect *self = user_data;
  const char *code;
  const char *error;

  if (!g_str_equal (path, PATH) || !g_str_equal (soup_server_message_get_method (message), "GET")
      || self->heard || !is_ours (self, query))
    {
      show_page (message, SOUP_STATUS_NOT_FOUND, _ ("There is nothing here."));
      return;
    }
  error = g_hash_table_lookup (query, "error");
  code = g_hash_table_lookup (query, "code");
  if (error != NULL)
    {
      show_page (message, SOUP_STATUS_OK,
                 _ ("You are not signed in. You can close this page and go back to Assay."));
      self->refusal = make_refusal (error, g_hash_table_lookup (query, "error_description"));
    }
  else if (code != NULL && *code != '\0' && strlen (code) <= MAX_CODE_BYTES)
    {
      show_page (message, SOUP_STATUS_OK,
                 _ ("Almost done. You can close this page and go back to Assay."));
      self->code = g_strdup (code);
    }
  else
    {
      show_page (message, SOUP_STATUS_BAD_REQUEST, _ ("There is nothing here."));
      return;
    }
  self->heard = TRUE;
  g_signal_connect_object (message, "finished", G_CALLBACK (finished_cb), self, G_CONNECT_SWAPPED);
}

static void
drop_server (gpointer data)
{
  SoupServer *server = data;

  soup_server_disconnect (server);
  g_object_unref (server);
}

AssayOpenRedirect *
assay_open_redirect_new (const char *state, const char *issuer, GError **error)
{
  g_autoptr (AssayOpenRedirect) self = NULL;
  GSList *addresses;

  g_return_val_if_fail (state != NULL, NULL);
  g_return_val_if_fail (issuer != NULL, NULL);

  self = g_object_new (ASSAY_TYPE_OPEN_REDIRECT, NULL);
  self->state = g_strdup (state);
  self->issuer = g_strdup (issuer);
  self->server = g_object_new (SOUP_TYPE_SERVER, NULL);
  if (!soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return NULL;
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  addresses = soup_server_get_uris (self->server);
  self->address = g_strdup_printf ("http://127.0.0.1:%d" PATH, g_uri_get_port (addresses->data));
  g_slist_free_full (addresses, (GDestroyNotify) g_uri_unref);
  return g_steal_pointer (&self);
}

const char *
assay_open_redirect_get_address (AssayOpenRedirect *self)
{
  g_return_val_if_fail (ASSAY_IS_OPEN_REDIRECT (self), NULL);

  return self->address;
}

DexFuture *
assay_open_redirect_wait (AssayOpenRedirect *self)
{
  dex_return_error_if_fail (ASSAY_IS_OPEN_REDIRECT (self));

  return dex_ref (DEX_FUTURE (self->answered));
}

void
assay_open_redirect_stop (AssayOpenRedirect *self)
{
  g_return_if_fail (ASSAY_IS_OPEN_REDIRECT (self));

  g_clear_pointer (&self->server, drop_server);
  if (dex_future_is_pending (DEX_FUTURE (self->answered)))
    dex_promise_reject (self->answered, assay_platform_error_new (ASSAY_PLATFORM_ERROR_CANCELLED,
                                                                  ASSAY_DELIVERY_NOT_SENT,
                                                                  _ ("Signing in was given up.")));
}
