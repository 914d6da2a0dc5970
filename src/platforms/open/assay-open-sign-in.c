/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/random.h>

#include "assay-json-read.h"
#include "assay-open-problem.h"
#include "assay-open-redirect.h"
#include "assay-open-secret.h"
#include "assay-open-sign-in-private.h"
#include "assay-open-tokens.h"
#include "assay-origin.h"

#define METADATA_PATH "/.well-known/oauth-authorization-server"
#define SCOPES "tasks submissions feedback earnings"
#define PATIENCE_MS (10 * 60 * 1000)
#define SECRET_BYTES 32

struct _AssayOpenSignIn
{
  GObject parent_instance;

  AssayHttp *http;         /* (owned) */
  AssayPlatformInfo *info; /* (owned) */
  guint patience_ms;

  /* Once it has begun. */
  AssayOpenRedirect *redirect; /* (owned) (nullable) */
  char *token_endpoint;        /* (nullable) */
  char *verifier;              /* (nullable) */
};

G_DEFINE_FINAL_TYPE (AssayOpenSignIn, assay_open_sign_in, G_TYPE_OBJECT)

static void
assay_open_sign_in_dispose (GObject *object)
{
  AssayOpenSignIn *self = ASSAY_OPEN_SIGN_IN (object);

  if (self->redirect != NULL)
    assay_open_redirect_stop (self->redirect);
  g_clear_object (&self->redirect);

  G_OBJECT_CLASS (assay_open_sign_in_parent_class)->dispose (object);
}

static void
assay_open_sign_in_finalize (GObject *object)
{
  AssayOpenSignIn *self = ASSAY_OPEN_SIGN_IN (object);

  g_clear_object (&self->http);
  g_clear_pointer (&self->info, assay_platform_info_free);
  g_free (self->token_endpoint);
  assay_open_wipe (&self->verifier);

  G_OBJECT_CLASS (assay_open_sign_in_parent_class)->finalize (object);
}

static void
assay_open_sign_in_class_init (AssayOpenSignInClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = assay_open_sign_in_dispose;
  object_class->finalize = assay_open_sign_in_finalize;
}

static void
assay_open_sign_in_init (AssayOpenSignIn *self)
{
  self->patience_ms = PATIENCE_MS;
}

AssayOpenSignIn *
assay_open_sign_in_new (AssayHttp *http, const AssayPlatformInfo *info)
{
  AssayOpenSignIn *self;

  g_return_val_if_fail (ASSAY_IS_HTTP (http), NULL);
  g_return_val_if_fail (info != NULL, NULL);

  self = g_object_new (ASSAY_TYPE_OPEN_SIGN_IN, NULL);
  self->http = g_object_ref (http);
  self->info = assay_platform_info_copy (info);
  return self;
}

void
assay_open_sign_in_set_patience (AssayOpenSignIn *self, guint milliseconds)
{
  g_return_if_fail (ASSAY_IS_OPEN_SIGN_IN (self));

  self->patience_ms = milliseconds;
}

/* Numbers that nobody guesses, in base64 for addresses (RFC 7636, appendix A). */

static char *
encode (const guint8 *bytes, gsize length)
{
  char *text = g_base64_encode (bytes, length);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

static char *
make_random (void)
{
  guint8 bytes[SECRET_BYTES];
  char *text;

  /* So few bytes are never cut off; only early in the start of a system may they have to wait. */
  if (getentropy (bytes, sizeof bytes) != 0)
    g_error ("The system gives no random numbers: %s", g_strerror (errno));
  text = encode (bytes, sizeof bytes);
  explicit_bzero (bytes, sizeof bytes);
  return text;
}

static char *
make_challenge (const char *verifier)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guchar *) verifier, (gssize) strlen (verifier));
  g_checksum_get_digest (checksum, digest, &length);
  return encode (digest, length);
}

/* The server's addresses */

static GError *
new_unusable (void)
{
  return assay_platform_error_new (ASSAY_PLATFORM_ERROR_PROTOCOL, ASSAY_DELIVERY_ANSWERED,
                                   _ ("The server that should sign you in does not say how, in a "
                                      "way that can be trusted."));
}

/* RFC 8414, 3.1: the path of the issuer comes behind the well-known one. */
static char *
make_metadata_url (const char *issuer, GError **error)
{
  g_autoptr (GUri) uri = assay_origin_parse_url (issuer, error);
  g_autofree char *origin = NULL;
  g_autofree char *path = NULL;

  if (uri == NULL)
    return NULL;
  origin = assay_origin_to_string (uri);
  path = g_strdup (g_uri_get_path (uri));
  while (g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';
  return g_strconcat (origin, METADATA_PATH, path, NULL);
}

static gboolean
is_address (const char *text)
{
  g_autoptr (GUri) uri = text != NULL ? assay_origin_parse_url (text, NULL) : NULL;

  return uri != NULL;
}

static gboolean
has_method (JsonObject *metadata)
{
  JsonArray *methods = assay_json_get_array (metadata, "code_challenge_methods_supported");

  /* Who says nothing may still be able to. */
  if (methods == NULL)
    return TRUE;
  for (guint i = 0; i < json_array_get_length (methods); i++)
    if (g_strcmp0 (assay_json_node_string (json_array_get_element (methods, i)), "S256") == 0)
      return TRUE;
  return FALSE;
}

static JsonNode *
load_metadata (AssayOpenSignIn *self, GError **error)
{
  g_autofree char *url = make_metadata_url (self->info->authorization_server, error);
  g_autoptr (AssayHttpRequest) request = NULL;
  g_autoptr (AssayHttpAnswer) answer = NULL;
  JsonObject *metadata;

  if (url == NULL)
    return NULL;
  request = assay_http_request_new (ASSAY_HTTP_PROBE, "GET", url, METADATA_PATH);
  answer = dex_await_object (assay_http_send (self->http, request), error);
  if (answer == NULL)
    return NULL;
  metadata = assay_http_answer_get_object (answer);
  if (metadata == NULL
      || g_strcmp0 (assay_json_get_string (metadata, "issuer"), self->info->authorization_server)
             != 0
      || !is_address (assay_json_get_string (metadata, "authorization_endpoint"))
      || !is_address (assay_json_get_string (metadata, "token_endpoint")) || !has_method (metadata))
    {
      g_propagate_error (error, new_unusable ());
      return NULL;
    }
  return json_node_ref (assay_http_answer_get_json (answer));
}

static char *
make_address (AssayOpenSignIn *self, const char *endpoint, const char *state)
{
  g_autofree char *challenge = make_challenge (self->verifier);
  g_autoptr (GString) query = g_string_new (NULL);

  assay_open_tokens_append_field (query, "response_type", "code");
  assay_open_tokens_append_field (query, "client_id", self->info->client_id);
  assay_open_tokens_append_field (query, "redirect_uri",
                                  assay_open_redirect_get_address (self->redirect));
  assay_open_tokens_append_field (query, "scope", SCOPES);
  assay_open_tokens_append_field (query, "state", state);
  assay_open_tokens_append_field (query, "code_challenge", challenge);
  assay_open_tokens_append_field (query, "code_challenge_method", "S256");
  return g_strconcat (endpoint, strchr (endpoint, '?') != NULL ? "&" : "?", query->str, NULL);
}

static DexFuture *
begin_fiber (gpointer user_data)
{
  AssayOpenSignIn *self = user_data;
  g_autoptr (JsonNode) metadata = NULL;
  g_autofree char *state = NULL;
  g_autoptr (GUri) endpoint = NULL;
  g_autofree char *endpoint_url = NULL;
  GError *error = NULL;

  if (self->info->authorization_server == NULL || self->info->client_id == NULL)
    return dex_future_new_reject (ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_SUPPORTED, "%s",
                                  _ ("This platform takes personal tokens only."));
  metadata = load_metadata (self, &error);
  if (metadata == NULL)
    return dex_future_new_for_error (error);

  state = make_random ();
  g_clear_object (&self->redirect);
  self->redirect = assay_open_redirect_new (state, self->info->authorization_server, &error);
  if (self->redirect == NULL)
    {
      g_clear_error (&error);
      return dex_future_new_reject (ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_SUPPORTED, "%s",
                                    _ ("This computer does not let the browser come back to "
                                       "Assay."));
    }
  assay_open_wipe (&self->verifier);
  self->verifier = make_random ();
  g_set_str (&self->token_endpoint,
             assay_json_get_string (assay_json_node_object (metadata), "token_endpoint"));
  /* Without a fragment, behind which nothing would be sent. */
  endpoint = assay_origin_parse_url (
      assay_json_get_string (assay_json_node_object (metadata), "authorization_endpoint"), NULL);
  endpoint_url = g_uri_to_string (endpoint);
  return dex_future_new_take_string (make_address (self, endpoint_url, state));
}

DexFuture *
assay_open_sign_in_begin (AssayOpenSignIn *self)
{
  dex_return_error_if_fail (ASSAY_IS_OPEN_SIGN_IN (self));

  return dex_scheduler_spawn (NULL, 0, begin_fiber, g_object_ref (self), g_object_unref);
}

/* Waiting */

/* What is needed after the browser came back. It does not hold the sign-in, so that letting go of
 * that ends it. */
typedef struct
{
  AssayHttp *http;             /* (owned) */
  AssayOpenRedirect *redirect; /* (owned) */
  char *token_endpoint;
  char *client_id;
  char *verifier;
  guint patience_ms;
} Exchange;

static void
exchange_free (gpointer data)
{
  Exchange *exchange = data;

  g_object_unref (exchange->http);
  g_object_unref (exchange->redirect);
  g_free (exchange->token_endpoint);
  g_free (exchange->client_id);
  assay_open_wipe (&exchange->verifier);
  g_free (exchange);
}

static char *
wait_for_code (Exchange *exchange, GError **error)
{
  g_autoptr (GError) trouble = NULL;
  char *code = dex_await_string (
      dex_future_first (assay_open_redirect_wait (exchange->redirect),
                        dex_timeout_new_msec ((int) MIN (exchange->patience_ms, G_MAXINT)), NULL),
      &trouble);

  /* Whatever else comes there is not for us. */
  assay_open_redirect_stop (exchange->redirect);
  if (code != NULL)
    return code;
  if (trouble->domain == ASSAY_PLATFORM_ERROR)
    g_propagate_error (error, g_steal_pointer (&trouble));
  else if (g_error_matches (trouble, DEX_ERROR, DEX_ERROR_TIMED_OUT))
    g_propagate_error (
        error, assay_platform_error_new (ASSAY_PLATFORM_ERROR_TIMED_OUT, ASSAY_DELIVERY_NOT_SENT,
                                         _ ("Nobody came back from the browser. Try again.")));
  else
    g_propagate_error (error, assay_platform_error_new (ASSAY_PLATFORM_ERROR_CANCELLED,
                                                        ASSAY_DELIVERY_NOT_SENT,
                                                        _ ("Signing in was given up.")));
  return NULL;
}

static DexFuture *
finish_fiber (gpointer user_data)
{
  Exchange *exchange = user_data;
  g_autoptr (AssayOpenSecret) secret = NULL;
  GError *error = NULL;
  char *code = wait_for_code (exchange, &error);

  if (code == NULL)
    return dex_future_new_for_error (error);
  secret =
      assay_open_tokens_ask (exchange->http, exchange->token_endpoint, exchange->client_id, &error,
                             "grant_type", "authorization_code", "code", code, "redirect_uri",
                             assay_open_redirect_get_address (exchange->redirect), "code_verifier",
                             exchange->verifier, NULL);
  assay_open_wipe (&code);
  if (secret == NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_string (assay_open_secret_to_string (secret));
}

DexFuture *
assay_open_sign_in_finish (AssayOpenSignIn *self)
{
  Exchange *exchange;

  dex_return_error_if_fail (ASSAY_IS_OPEN_SIGN_IN (self));
  dex_return_error_if_fail (self->redirect != NULL);

  exchange = g_new0 (Exchange, 1);
  exchange->http = g_object_ref (self->http);
  exchange->redirect = g_object_ref (self->redirect);
  exchange->token_endpoint = g_strdup (self->token_endpoint);
  exchange->client_id = g_strdup (self->info->client_id);
  exchange->verifier = g_strdup (self->verifier);
  exchange->patience_ms = self->patience_ms;
  return dex_scheduler_spawn (NULL, 0, finish_fiber, exchange, exchange_free);
}
