/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-http-private.h"
#include "assay-platform-error.h"

struct _AssayHttpRequest
{
  GObject parent_instance;

  AssayHttpKind kind;
  char *method;
  char *url;
  const char *route;   /* interned */
  GHashTable *headers; /* (owned): name in lower case → value */
  char *authorization; /* (owned) (nullable): wiped */
  GBytes *body;        /* (owned) (nullable) */
  char *content_type;
  char *submission;
  char *sha256;
  gboolean stays; /* with its origin, also an attachment */
  AssayHttpLimits limits;
};

G_DEFINE_FINAL_TYPE (AssayHttpRequest, assay_http_request, G_TYPE_OBJECT)

#define KIB ((gsize) 1024)
#define ATTACHMENT_SILENCE_MS 30000
#define ATTACHMENT_BYTES_PER_SECOND (4 * KIB)

static const AssayHttpLimits limits_of_kind[] = {
  [ASSAY_HTTP_PROBE] = { 20000, 10000, 1, 256 * KIB },
  [ASSAY_HTTP_PAGE] = { 60000, 30000, 1, 8 * KIB *KIB },
  [ASSAY_HTTP_TASK] = { 60000, 30000, 1, 16 * KIB *KIB },
  [ASSAY_HTTP_SUBMIT] = { 60000, 30000, 1, KIB *KIB },
  [ASSAY_HTTP_ATTACHMENT] = { 600000, ATTACHMENT_SILENCE_MS,
                              ATTACHMENT_BYTES_PER_SECOND *(ATTACHMENT_SILENCE_MS / 1000),
                              64 * KIB *KIB },
};

static const char *const methods[] = { "GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", NULL };

/* What belongs to the connection or to libsoup, and what is set by a function of its own. */
static const char *const refused_headers[] = {
  "accept-encoding",
  "authorization",
  "connection",
  "content-length",
  "content-type",
  "cookie",
  "expect",
  "host",
  "keep-alive",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "user-agent",
  NULL,
};

static void
wipe (char **text)
{
  if (*text != NULL)
    explicit_bzero (*text, strlen (*text));
  g_clear_pointer (text, g_free);
}

/* A token of RFC 9110, 5.6.2. */
static gboolean
is_token (const char *name)
{
  if (*name == '\0')
    return FALSE;
  for (const char *c = name; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("!#$%&'*+-.^_`|~", *c) == NULL)
      return FALSE;
  return TRUE;
}

/* A NUL ends a string of C, so none can be within. */
static gboolean
is_value (const char *value)
{
  for (const char *c = value; *c != '\0'; c++)
    if (((guchar) *c < ' ' && *c != '\t') || *c == 0x7f)
      return FALSE;
  return TRUE;
}

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_ADDRESS, sentence);
  return FALSE;
}

static void
assay_http_request_finalize (GObject *object)
{
  AssayHttpRequest *self = ASSAY_HTTP_REQUEST (object);

  g_free (self->method);
  g_free (self->url);
  g_hash_table_unref (self->headers);
  wipe (&self->authorization);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->content_type);
  g_free (self->submission);
  g_free (self->sha256);

  G_OBJECT_CLASS (assay_http_request_parent_class)->finalize (object);
}

static void
assay_http_request_class_init (AssayHttpRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = assay_http_request_finalize;
}

static void
assay_http_request_init (AssayHttpRequest *self)
{
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

AssayHttpRequest *
assay_http_request_new (AssayHttpKind kind, const char *method, const char *url, const char *route)
{
  AssayHttpRequest *self;

  g_return_val_if_fail (kind < G_N_ELEMENTS (limits_of_kind), NULL);
  g_return_val_if_fail (method != NULL, NULL);
  g_return_val_if_fail (url != NULL, NULL);
  g_return_val_if_fail (route != NULL, NULL);

  self = g_object_new (ASSAY_TYPE_HTTP_REQUEST, NULL);
  self->kind = kind;
  self->method = g_strdup (method);
  self->url = g_strdup (url);
  self->route = g_intern_string (route);
  self->limits = limits_of_kind[kind];
  return self;
}

void
assay_http_request_set_header (AssayHttpRequest *self, const char *name, const char *value)
{
  g_return_if_fail (ASSAY_IS_HTTP_REQUEST (self));
  g_return_if_fail (name != NULL && value != NULL);

  g_hash_table_insert (self->headers, g_ascii_strdown (name, -1), g_strdup (value));
}

void
assay_http_request_set_authorization (AssayHttpRequest *self, const char *value)
{
  g_return_if_fail (ASSAY_IS_HTTP_REQUEST (self));

  wipe (&self->authorization);
  self->authorization = g_strdup (value);
}

void
assay_http_request_set_body (AssayHttpRequest *self, GBytes *body, const char *content_type)
{
  g_return_if_fail (ASSAY_IS_HTTP_REQUEST (self));
  g_return_if_fail (body != NULL);
  g_return_if_fail (content_type != NULL);

  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = g_bytes_ref (body);
  g_set_str (&self->content_type, content_type);
}

void
assay_http_request_set_submission (AssayHttpRequest *self, const char *submission)
{
  g_return_if_fail (ASSAY_IS_HTTP_REQUEST (self));

  g_set_str (&self->submission, submission);
}

void
assay_http_request_set_sha256 (AssayHttpRequest *self, const char *hex)
{
  g_return_if_fail (ASSAY_IS_HTTP_REQUEST (self));

  g_free (self->sha256);
  self->sha256 = hex != NULL ? g_ascii_strdown (hex, -1) : NULL;
}

void
assay_http_request_set_stays (AssayHttpRequest *self, gboolean stays)
{
  g_return_if_fail (ASSAY_IS_HTTP_REQUEST (self));

  self->stays = stays;
}

void
assay_http_request_set_limits (AssayHttpRequest *self,
                               guint total_ms,
                               guint silence_ms,
                               gsize body_bytes)
{
  g_return_if_fail (ASSAY_IS_HTTP_REQUEST (self));

  if (total_ms > 0)
    self->limits.total_ms = total_ms;
  if (silence_ms > 0)
    self->limits.silence_ms = silence_ms;
  if (body_bytes > 0)
    self->limits.body_bytes = body_bytes;
}

AssayHttpKind
assay_http_request_get_kind (AssayHttpRequest *self)
{
  g_return_val_if_fail (ASSAY_IS_HTTP_REQUEST (self), ASSAY_HTTP_PROBE);
  return self->kind;
}

const char *
assay_http_request_get_method (AssayHttpRequest *self)
{
  g_return_val_if_fail (ASSAY_IS_HTTP_REQUEST (self), NULL);
  return self->method;
}

const char *
assay_http_request_get_url (AssayHttpRequest *self)
{
  g_return_val_if_fail (ASSAY_IS_HTTP_REQUEST (self), NULL);
  return self->url;
}

const char *
assay_http_request_get_route (AssayHttpRequest *self)
{
  g_return_val_if_fail (ASSAY_IS_HTTP_REQUEST (self), NULL);
  return self->route;
}

const char *
assay_http_request_get_submission (AssayHttpRequest *self)
{
  g_return_val_if_fail (ASSAY_IS_HTTP_REQUEST (self), NULL);
  return self->submission;
}

const char *
assay_http_request_get_sha256 (AssayHttpRequest *self)
{
  g_return_val_if_fail (ASSAY_IS_HTTP_REQUEST (self), NULL);
  return self->sha256;
}

gboolean
assay_http_request_get_stays (AssayHttpRequest *self)
{
  g_return_val_if_fail (ASSAY_IS_HTTP_REQUEST (self), TRUE);
  return self->stays;
}

const AssayHttpLimits *
assay_http_request_get_limits (AssayHttpRequest *self)
{
  g_return_val_if_fail (ASSAY_IS_HTTP_REQUEST (self), NULL);
  return &self->limits;
}

gboolean
assay_http_request_is_safe (AssayHttpRequest *self)
{
  g_return_val_if_fail (ASSAY_IS_HTTP_REQUEST (self), FALSE);
  return g_str_equal (self->method, "GET") || g_str_equal (self->method, "HEAD");
}

gboolean
assay_http_request_is_conditional (AssayHttpRequest *self)
{
  g_return_val_if_fail (ASSAY_IS_HTTP_REQUEST (self), FALSE);
  return assay_http_request_is_safe (self)
         && (g_hash_table_contains (self->headers, "if-none-match")
             || g_hash_table_contains (self->headers, "if-modified-since"));
}

gboolean
assay_http_request_check (AssayHttpRequest *self, GError **error)
{
  GHashTableIter iter;
  gpointer name, value;

  g_return_val_if_fail (ASSAY_IS_HTTP_REQUEST (self), FALSE);

  if (!g_strv_contains (methods, self->method)
      || (self->body != NULL && assay_http_request_is_safe (self)))
    return refuse (error, _ ("Such a request is never sent."));
  g_hash_table_iter_init (&iter, self->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (!is_token (name) || g_strv_contains (refused_headers, name) || !is_value (value))
      return refuse (error,
                     _ ("What is to be sent with the request holds characters that cannot be "
                        "sent."));
  if ((self->authorization != NULL && !is_value (self->authorization))
      || (self->content_type != NULL && !is_value (self->content_type)))
    return refuse (error, _ ("The token holds characters that cannot be sent."));
  return TRUE;
}

void
assay_http_request_fill (AssayHttpRequest *self, SoupMessage *message, gboolean ours)
{
  SoupMessageHeaders *headers;
  GHashTableIter iter;
  gpointer name, value;

  g_return_if_fail (ASSAY_IS_HTTP_REQUEST (self));
  g_return_if_fail (SOUP_IS_MESSAGE (message));

  headers = soup_message_get_request_headers (message);
  if (self->kind == ASSAY_HTTP_ATTACHMENT)
    {
      /* What arrives is what its length and its digest speak of. */
      soup_message_headers_replace (headers, "Accept-Encoding", "identity");
      soup_message_headers_replace (headers, "Accept", "*/*");
    }
  else
    {
      soup_message_headers_replace (headers, "Accept-Encoding", "gzip");
      soup_message_headers_replace (headers, "Accept",
                                    "application/json, application/problem+json");
    }
  if (!ours)
    return;

  g_hash_table_iter_init (&iter, self->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    soup_message_headers_replace (headers, name, value);
  if (self->authorization != NULL)
    soup_message_headers_replace (headers, "Authorization", self->authorization);
  if (self->body != NULL)
    soup_message_set_request_body_from_bytes (message, self->content_type, self->body);
}
