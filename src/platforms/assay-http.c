/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-http-private.h"
#include "assay-tls-database.h"

#define USER_AGENT "Assay/" PACKAGE_VERSION
#define MAX_CONNECTIONS 8
#define MAX_CONNECTIONS_OF_ORIGIN 2

struct _AssayHttp
{
  GObject parent_instance;

  SoupSession *session; /* (owned) */
  guint total_ms;       /* 0: as the kind of the request says */
  guint silence_ms;
};

G_DEFINE_FINAL_TYPE (AssayHttp, assay_http, G_TYPE_OBJECT)

static void
assay_http_dispose (GObject *object)
{
  AssayHttp *self = ASSAY_HTTP (object);

  g_clear_object (&self->session);

  G_OBJECT_CLASS (assay_http_parent_class)->dispose (object);
}

static void
assay_http_class_init (AssayHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = assay_http_dispose;
}

static void
assay_http_init (AssayHttp *self)
{
  /* The timeout for reads is ours, for each request: see AssayHttpLimits. */
  self->session = soup_session_new_with_options ("max-conns", MAX_CONNECTIONS, "max-conns-per-host",
                                                 MAX_CONNECTIONS_OF_ORIGIN, "user-agent",
                                                 USER_AGENT, "timeout", 0, NULL);
  /* It would answer a 401 by sending the request once more, without a word. */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  /* It hands on a body that is cut or not compressed at all as if it were whole; the exchange
   * decompresses by itself. */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
}

AssayHttp *
assay_http_new (void)
{
  return g_object_new (ASSAY_TYPE_HTTP, NULL);
}

AssayHttp *
assay_http_new_with_authority (const char *path, GError **error)
{
  g_autoptr (GTlsDatabase) database = NULL;
  AssayHttp *self;

  g_return_val_if_fail (path != NULL, NULL);

  database = assay_tls_database_new (path, error);
  if (database == NULL)
    return NULL;
  self = assay_http_new ();
  soup_session_set_tls_database (self->session, database);
  return self;
}

void
assay_http_set_proxy_resolver (AssayHttp *self, GProxyResolver *resolver)
{
  g_return_if_fail (ASSAY_IS_HTTP (self));
  g_return_if_fail (G_IS_PROXY_RESOLVER (resolver));

  soup_session_set_proxy_resolver (self->session, resolver);
}

void
assay_http_set_deadlines (AssayHttp *self, guint total_ms, guint silence_ms)
{
  g_return_if_fail (ASSAY_IS_HTTP (self));

  self->total_ms = total_ms;
  self->silence_ms = silence_ms;
}

void
assay_http_narrow_limits (AssayHttp *self, AssayHttpLimits *limits)
{
  g_return_if_fail (ASSAY_IS_HTTP (self));
  g_return_if_fail (limits != NULL);

  if (self->total_ms > 0)
    limits->total_ms = MIN (limits->total_ms, self->total_ms);
  if (self->silence_ms > 0)
    limits->silence_ms = MIN (limits->silence_ms, self->silence_ms);
}

SoupSession *
assay_http_get_session (AssayHttp *self)
{
  g_return_val_if_fail (ASSAY_IS_HTTP (self), NULL);
  return self->session;
}

DexFuture *
assay_http_send (AssayHttp *self, AssayHttpRequest *request)
{
  dex_return_error_if_fail (ASSAY_IS_HTTP (self));
  dex_return_error_if_fail (ASSAY_IS_HTTP_REQUEST (request));

  return assay_http_exchange_run (self, request);
}
