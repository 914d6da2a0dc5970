/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-open-client.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-json.h"
#include "assay-open-problem.h"
#include "assay-open-secret.h"
#include "assay-open-tokens.h"
#include "assay-origin.h"

struct _AssayOpenClient
{
  GObject parent_instance;

  AssayHttp *http; /* (owned) */
  char *base;      /* (nullable) */
  guint submission_bytes;

  AssayOpenSecret *secret; /* (owned) (nullable) */
  guint generation;        /* of the secret: grows with each refresh */
  DexPromise *refreshing;  /* (owned) (nullable): whoever needs another token waits for it */
  gboolean signed_out;     /* the server knows neither the token nor what renews it */
};

G_DEFINE_FINAL_TYPE (AssayOpenClient, assay_open_client, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_SECRET_CHANGED,
} AssayOpenClientSignal;

static guint signals[SIGNAL_SECRET_CHANGED + 1];

static void
assay_open_client_finalize (GObject *object)
{
  AssayOpenClient *self = ASSAY_OPEN_CLIENT (object);

  dex_clear (&self->refreshing);
  g_clear_pointer (&self->secret, assay_open_secret_free);
  g_clear_object (&self->http);
  g_free (self->base);

  G_OBJECT_CLASS (assay_open_client_parent_class)->finalize (object);
}

static void
assay_open_client_class_init (AssayOpenClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = assay_open_client_finalize;

  signals[SIGNAL_SECRET_CHANGED] =
      g_signal_new ("secret-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
assay_open_client_init (AssayOpenClient *self)
{
}

AssayOpenClient *
assay_open_client_new (AssayHttp *http, const char *secret)
{
  AssayOpenClient *self;

  g_return_val_if_fail (ASSAY_IS_HTTP (http), NULL);

  self = g_object_new (ASSAY_TYPE_OPEN_CLIENT, NULL);
  self->http = g_object_ref (http);
  if (secret != NULL)
    {
      self->secret = assay_open_secret_parse (secret);
      self->signed_out = self->secret == NULL;
    }
  return self;
}

gboolean
assay_open_client_has_secret (AssayOpenClient *self)
{
  g_return_val_if_fail (ASSAY_IS_OPEN_CLIENT (self), FALSE);

  return self->secret != NULL || self->signed_out;
}

const char *
assay_open_client_get_base (AssayOpenClient *self)
{
  g_return_val_if_fail (ASSAY_IS_OPEN_CLIENT (self), NULL);

  return self->base;
}

void
assay_open_client_set_base (AssayOpenClient *self, const char *base)
{
  g_return_if_fail (ASSAY_IS_OPEN_CLIENT (self));

  g_set_str (&self->base, base);
}

void
assay_open_client_set_submission_bytes (AssayOpenClient *self, guint submission_bytes)
{
  g_return_if_fail (ASSAY_IS_OPEN_CLIENT (self));

  self->submission_bytes = submission_bytes;
}

char *
assay_open_client_build_url (AssayOpenClient *self, GError **error, const char *segment, ...)
{
  g_autoptr (GPtrArray) segments = g_ptr_array_new_null_terminated (4, NULL, TRUE);
  va_list args;

  g_return_val_if_fail (ASSAY_IS_OPEN_CLIENT (self), NULL);
  g_return_val_if_fail (self->base != NULL, NULL);

  va_start (args, segment);
  for (const char *part = segment; part != NULL; part = va_arg (args, const char *))
    g_ptr_array_add (segments, (gpointer) part);
  va_end (args);
  return assay_origin_build_path (self->base, (const char *const *) segments->pdata, error);
}

/* Renewing the token */

static GError *
new_signed_out (void)
{
  return assay_platform_error_new (ASSAY_PLATFORM_ERROR_SIGNED_OUT, ASSAY_DELIVERY_SIGNED_OUT,
                                   _ ("The platform asks you to sign in again."));
}

/* The server may have given new ones that never came. */
static gboolean
may_have_been_lost (const GError *error)
{
  return assay_platform_error_get_delivery (error) == ASSAY_DELIVERY_UNKNOWN
         && !g_error_matches (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_CANCELLED);
}

/* It says no, and will say so again. Something that is not there now may be there later. */
static gboolean
is_refusal (const GError *error)
{
  switch (assay_platform_error_get_status (error))
    {
    case 400:
    case 401:
    case 403:
      return TRUE;
    default:
      return FALSE;
    }
}

static AssayOpenSecret *
ask_for_tokens (AssayOpenClient *self, GError **error)
{
  return assay_open_tokens_ask (self->http, self->secret->token_endpoint, self->secret->client_id,
                                error, "grant_type", "refresh_token", "refresh_token",
                                self->secret->refresh, NULL);
}

static void
take_secret (AssayOpenClient *self, AssayOpenSecret *secret)
{
  g_autofree char *text = NULL;

  /* A server need not give another one. */
  if (secret->refresh == NULL)
    secret->refresh = g_steal_pointer (&self->secret->refresh);
  assay_open_secret_free (self->secret);
  self->secret = secret;
  self->generation++;

  text = assay_open_secret_to_string (secret);
  g_signal_emit (self, signals[SIGNAL_SECRET_CHANGED], 0, text);
  explicit_bzero (text, strlen (text));
}

static GError *
renew (AssayOpenClient *self)
{
  g_autoptr (GError) error = NULL;
  AssayOpenSecret *secret = ask_for_tokens (self, &error);

  /* If the answer was lost, the old one is either still good or worth nothing; asking shows. */
  if (secret == NULL && may_have_been_lost (error))
    {
      g_clear_error (&error);
      secret = ask_for_tokens (self, &error);
    }
  if (secret != NULL)
    {
      take_secret (self, secret);
      return NULL;
    }
  if (is_refusal (error))
    {
      self->signed_out = TRUE;
      return new_signed_out ();
    }
  /* Nothing that it says is said of what was asked for: not that it is not there, nor that it is
   * refused. */
  if (assay_platform_error_get_delivery (error) == ASSAY_DELIVERY_REFUSED)
    return assay_platform_error_new (ASSAY_PLATFORM_ERROR_SERVER_FAULT, ASSAY_DELIVERY_NOT_SENT,
                                     _ ("The server that signs you in does not work just now."));
  /* The request that noticed was not processed, whatever became of this one. */
  return assay_open_problem_deliver (error, assay_platform_error_get_delivery (error)
                                                    == ASSAY_DELIVERY_NOT_PROCESSED
                                                ? ASSAY_DELIVERY_NOT_PROCESSED
                                                : ASSAY_DELIVERY_NOT_SENT);
}

static DexFuture *
refresh_fiber (gpointer user_data)
{
  AssayOpenClient *self = user_data;
  GError *error = renew (self);
  g_autoptr (DexPromise) promise = g_steal_pointer (&self->refreshing);

  if (error != NULL)
    dex_promise_reject (promise, error);
  else
    dex_promise_resolve_boolean (promise, TRUE);
  return dex_future_new_true ();
}

/* TRUE where there is another token than that of @generation. */
static gboolean
refresh (AssayOpenClient *self, guint generation, GError **error)
{
  if (self->generation != generation)
    return TRUE;
  if (self->signed_out || !assay_open_secret_can_refresh (self->secret))
    {
      g_propagate_error (error, new_signed_out ());
      return FALSE;
    }
  if (self->refreshing == NULL)
    {
      /* One that was begun is finished, whoever still waits: the old token may be spent. */
      self->refreshing = dex_promise_new ();
      dex_future_disown (
          dex_scheduler_spawn (NULL, 0, refresh_fiber, g_object_ref (self), g_object_unref));
    }
  return dex_await (dex_ref (DEX_FUTURE (self->refreshing)), error);
}

/* Asking */

static AssayHttpRequest *
make_request (AssayOpenClient *self, const AssayOpenAsk *ask, const char *url)
{
  AssayHttpRequest *request =
      assay_http_request_new (ask->kind, ask->method != NULL ? ask->method : "GET", url,
                              ask->route);

  if (self->secret != NULL && !ask->anonymous)
    {
      char *value = g_strconcat ("Bearer ", self->secret->access, NULL);

      assay_http_request_set_authorization (request, value);
      assay_open_wipe (&value);
    }
  if (ask->body != NULL)
    assay_http_request_set_body (request, ask->body, "application/json");
  if (ask->key != NULL)
    assay_http_request_set_header (request, "Idempotency-Key", ask->key);
  if (ask->if_match != NULL)
    assay_http_request_set_header (request, "If-Match", ask->if_match);
  if (ask->if_none_match != NULL)
    assay_http_request_set_header (request, "If-None-Match", ask->if_none_match);
  if (ask->submission != NULL)
    assay_http_request_set_submission (request, ask->submission);
  return request;
}

static AssayHttpAnswer *
send (AssayOpenClient *self, const AssayOpenAsk *ask, const char *url, GError **error)
{
  g_autoptr (AssayHttpRequest) request = make_request (self, ask, url);

  return dex_await_object (assay_http_send (self->http, request), error);
}

AssayHttpAnswer *
assay_open_client_ask (AssayOpenClient *self,
                       const AssayOpenAsk *ask,
                       const char *url,
                       GError **error)
{
  AssayHttpAnswer *answer;
  GError *trouble = NULL;
  guint generation;

  g_return_val_if_fail (ASSAY_IS_OPEN_CLIENT (self), NULL);
  g_return_val_if_fail (ask != NULL && ask->route != NULL, NULL);
  g_return_val_if_fail (url != NULL, NULL);

  if (self->signed_out && !ask->anonymous)
    {
      g_propagate_error (error, new_signed_out ());
      return NULL;
    }
  generation = self->generation;
  answer = send (self, ask, url, &trouble);
  if (answer == NULL && !ask->anonymous && self->secret != NULL
      && g_error_matches (trouble, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_SIGNED_OUT))
    {
      /* A 401 is no: nothing was done, so that everything may be sent once more. */
      g_clear_error (&trouble);
      if (refresh (self, generation, &trouble))
        answer = send (self, ask, url, &trouble);
    }
  if (answer == NULL)
    g_propagate_error (error, assay_open_problem_explain (
                                  trouble, self->secret != NULL ? self->secret->access : NULL,
                                  self->submission_bytes));
  return answer;
}

AssayHttpAnswer *
assay_open_client_fetch (AssayOpenClient *self,
                         const char *url,
                         const char *route,
                         const char *sha256,
                         gsize max_bytes,
                         GError **error)
{
  g_autoptr (AssayHttpRequest) request = NULL;

  g_return_val_if_fail (ASSAY_IS_OPEN_CLIENT (self), NULL);
  g_return_val_if_fail (url != NULL && route != NULL, NULL);

  request = assay_http_request_new (ASSAY_HTTP_ATTACHMENT, "GET", url, route);
  if (sha256 != NULL)
    assay_http_request_set_sha256 (request, sha256);
  assay_http_request_set_limits (request, 0, 0, max_bytes);
  return dex_await_object (assay_http_send (self->http, request), error);
}
