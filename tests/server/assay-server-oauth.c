/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "platformd"

#include "config.h"

#include <string.h>

#include "assay-json-read.h"
#include "assay-platform-server.h"
#include "assay-server-oauth.h"
#include "assay-server-tokens.h"

#define CODE_SECONDS 60
#define MIN_CHALLENGE_CHARACTERS 43

typedef struct
{
  AssayServerState *state;
  SoupServerMessage *message;
  const char *base;
  char *origin;       /* (owned) */
  GHashTable *fields; /* (owned): of the query, or of the form in the body */
} Exchange;

static void
exchange_clear (Exchange *exchange)
{
  g_free (exchange->origin);
  g_clear_pointer (&exchange->fields, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Exchange, exchange_clear)

/* "" if absent. */
static const char *
get_field (Exchange *exchange, const char *name)
{
  const char *value =
      exchange->fields == NULL ? NULL : g_hash_table_lookup (exchange->fields, name);

  return value == NULL ? "" : value;
}

static void
answer_json (Exchange *exchange, guint status, JsonObject *object)
{
  g_autoptr (JsonNode) node = assay_json_object_node_new (object);
  g_autofree char *text = assay_json_to_string (node);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (exchange->message);

  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_server_message_set_status (exchange->message, status, NULL);
  soup_server_message_set_response (exchange->message, "application/json", SOUP_MEMORY_COPY, text,
                                    strlen (text));
}

/* RFC 6749, 5.2. */
static void
answer_error (Exchange *exchange, const char *error)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "error", error);
  answer_json (exchange, SOUP_STATUS_BAD_REQUEST, object);
}

static void
answer_page (Exchange *exchange, guint status, const char *html)
{
  soup_server_message_set_status (exchange->message, status, NULL);
  soup_server_message_set_response (exchange->message, "text/html; charset=utf-8", SOUP_MEMORY_COPY,
                                    html, strlen (html));
}

static JsonArray *
make_list (const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);
  JsonArray *list = json_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    json_array_add_string_element (list, parts[i]);
  return list;
}

static void
set_address (Exchange *exchange, JsonObject *object, const char *member, const char *path)
{
  g_autofree char *address = g_strconcat (exchange->origin, path, NULL);

  json_object_set_string_member (object, member, address);
}

static void
describe_server (Exchange *exchange)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "issuer", exchange->origin);
  set_address (exchange, object, "authorization_endpoint", "/oauth/authorize");
  set_address (exchange, object, "token_endpoint", "/oauth/token");
  set_address (exchange, object, "revocation_endpoint", "/oauth/revoke");
  json_object_set_array_member (object, "response_types_supported", make_list ("code"));
  json_object_set_array_member (object, "grant_types_supported",
                                make_list ("authorization_code refresh_token"));
  json_object_set_array_member (object, "code_challenge_methods_supported", make_list ("S256"));
  json_object_set_array_member (object, "token_endpoint_auth_methods_supported",
                                make_list ("none"));
  json_object_set_array_member (object, "scopes_supported", make_list (ASSAY_SERVER_ALL_SCOPES));
  json_object_set_boolean_member (object, "authorization_response_iss_parameter_supported", TRUE);
  answer_json (exchange, SOUP_STATUS_OK, object);
}

static void
describe_resource (Exchange *exchange)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "resource", exchange->base);
  json_object_set_array_member (object, "authorization_servers", make_list (exchange->origin));
  json_object_set_array_member (object, "scopes_supported", make_list (ASSAY_SERVER_ALL_SCOPES));
  answer_json (exchange, SOUP_STATUS_OK, object);
}

/* Where a browser may be sent with a code: this machine, by its address and not by a name (RFC
 * 8252, 7.3 and 8.3). */
static gboolean
is_redirect (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_ENCODED, NULL);
  const char *host = uri == NULL ? NULL : g_uri_get_host (uri);

  return uri != NULL && g_strcmp0 (g_uri_get_scheme (uri), "http") == 0
         && (g_strcmp0 (host, "127.0.0.1") == 0 || g_strcmp0 (host, "::1") == 0)
         && g_uri_get_port (uri) > 0 && g_uri_get_fragment (uri) == NULL
         && g_uri_get_userinfo (uri) == NULL;
}

/* Back to the program that asked. @member is "code" or "error". */
static void
redirect (Exchange *exchange, const char *member, const char *value)
{
  const char *target = get_field (exchange, "redirect_uri");
  const char *state = get_field (exchange, "state");
  g_autofree char *escaped_state = g_uri_escape_string (state, NULL, FALSE);
  g_autofree char *issuer = g_uri_escape_string (exchange->origin, NULL, FALSE);
  g_autofree char *address =
      g_strdup_printf ("%s%s%s=%s&state=%s&iss=%s", target, strchr (target, '?') ? "&" : "?",
                       member, value, escaped_state, issuer);

  soup_server_message_set_redirect (exchange->message, SOUP_STATUS_FOUND, address);
}

/* TRUE if the request can be put to the person. What cannot be trusted is never redirected. */
static gboolean
check_request (Exchange *exchange)
{
  if (!g_str_equal (get_field (exchange, "client_id"), ASSAY_PLATFORM_SERVER_CLIENT_ID)
      || !is_redirect (get_field (exchange, "redirect_uri")))
    {
      answer_page (
          exchange, SOUP_STATUS_BAD_REQUEST,
          "<!DOCTYPE html><title>No</title><p>The program that sent you here is not known, "
          "or wants to be called back somewhere else than on your own computer.");
      return FALSE;
    }
  if (!g_str_equal (get_field (exchange, "response_type"), "code"))
    {
      redirect (exchange, "error", "unsupported_response_type");
      return FALSE;
    }
  if (!g_str_equal (get_field (exchange, "code_challenge_method"), "S256")
      || strlen (get_field (exchange, "code_challenge")) < MIN_CHALLENGE_CHARACTERS
      || *get_field (exchange, "state") == '\0')
    {
      redirect (exchange, "error", "invalid_request");
      return FALSE;
    }
  return TRUE;
}

static void
show_page (Exchange *exchange)
{
  static const char *const kept[] = {
    "response_type", "client_id",      "redirect_uri",         "scope",
    "state",         "code_challenge", "code_challenge_method"
  };
  g_autoptr (GString) page = NULL;

  if (!check_request (exchange))
    return;
  page = g_string_new (
      "<!DOCTYPE html><html lang=\"en\"><title>Sign in</title><h1>Example Evaluations</h1>"
      "<p>A program on this computer wants to work for you here."
      "<form method=\"post\" action=\"/oauth/authorize\">");
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autofree char *field =
          g_markup_printf_escaped ("<input type=\"hidden\" name=\"%s\" value=\"%s\">", kept[i],
                                   get_field (exchange, kept[i]));

      g_string_append (page, field);
    }
  g_string_append (page, "<button name=\"decision\" value=\"allow\">Allow</button> "
                         "<button name=\"decision\" value=\"deny\">Deny</button></form></html>");
  answer_page (exchange, SOUP_STATUS_OK, page->str);
}

/* What was asked for, of what there is. (transfer full) */
static char *
choose_scopes (const char *wanted)
{
  g_auto (GStrv) all = g_strsplit (ASSAY_SERVER_ALL_SCOPES, " ", -1);
  g_auto (GStrv) parts = g_strsplit (wanted, " ", -1);
  g_autoptr (GStrvBuilder) chosen = g_strv_builder_new ();
  g_auto (GStrv) scopes = NULL;

  if (*wanted == '\0')
    return g_strdup (ASSAY_SERVER_ALL_SCOPES);
  for (guint i = 0; all[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) parts, all[i]))
      g_strv_builder_add (chosen, all[i]);
  scopes = g_strv_builder_end (chosen);
  return g_strjoinv (" ", scopes);
}

static void
decide (Exchange *exchange)
{
  AssayServerState *state = exchange->state;
  g_autofree char *code = assay_server_make_token ();
  g_autofree char *family = assay_server_make_token ();
  g_autofree char *person = NULL;
  g_autofree char *scopes = NULL;

  if (!check_request (exchange))
    return;
  if (!g_str_equal (get_field (exchange, "decision"), "allow"))
    {
      redirect (exchange, "error", "access_denied");
      return;
    }
  person = assay_server_state_query_text (state, "SELECT id FROM person ORDER BY rowid", "");
  scopes = choose_scopes (get_field (exchange, "scope"));
  assay_server_state_execute (
      state,
      "INSERT INTO code (code, person, scopes, challenge, redirect, expires_at, family)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
      "sssssis", code, person, scopes, get_field (exchange, "code_challenge"),
      get_field (exchange, "redirect_uri"),
      assay_server_state_get_now (state) + CODE_SECONDS * G_GINT64_CONSTANT (1000), family);
  redirect (exchange, "code", code);
}

/* RFC 7636, 4.2: the digest in base64 for addresses, without padding. */
static gboolean
fits_challenge (const char *verifier, const char *challenge)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autofree char *text = NULL;

  g_checksum_update (checksum, (const guchar *) verifier, (gssize) strlen (verifier));
  g_checksum_get_digest (checksum, digest, &length);
  text = g_base64_encode (digest, length);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return g_str_equal (text, challenge);
}

static void
redeem_code (Exchange *exchange)
{
  AssayServerState *state = exchange->state;
  const char *code = get_field (exchange, "code");
  AssayStatement *statement = assay_server_state_query (
      state,
      "SELECT person, scopes, challenge, redirect, expires_at, family, used FROM code"
      " WHERE code = ?1",
      "s", code);
  g_autofree char *person = NULL;
  g_autofree char *scopes = NULL;
  g_autofree char *challenge = NULL;
  g_autofree char *target = NULL;
  g_autofree char *family = NULL;
  gint64 expires_at;
  gboolean used;

  if (!assay_server_row (statement))
    {
      answer_error (exchange, "invalid_grant");
      return;
    }
  person = assay_statement_dup_text (statement, 0);
  scopes = assay_statement_dup_text (statement, 1);
  challenge = assay_statement_dup_text (statement, 2);
  target = assay_statement_dup_text (statement, 3);
  expires_at = assay_statement_get_int (statement, 4);
  family = assay_statement_dup_text (statement, 5);
  used = assay_statement_get_int (statement, 6) != 0;
  assay_statement_reset (statement);

  /* A code that comes twice was seen by somebody else (RFC 6749, 4.1.2). */
  if (used)
    assay_server_tokens_revoke_family (state, family);
  if (used || expires_at <= assay_server_state_get_now (state)
      || !g_str_equal (target, get_field (exchange, "redirect_uri"))
      || !fits_challenge (get_field (exchange, "code_verifier"), challenge))
    {
      answer_error (exchange, "invalid_grant");
      return;
    }
  assay_server_state_execute (state, "UPDATE code SET used = 1 WHERE code = ?1", "s", code);
  answer_json (exchange, SOUP_STATUS_OK, assay_server_tokens_issue (state, person, scopes, family));
}

static void
give_tokens (Exchange *exchange)
{
  const char *grant = get_field (exchange, "grant_type");
  JsonObject *tokens;

  if (!g_str_equal (get_field (exchange, "client_id"), ASSAY_PLATFORM_SERVER_CLIENT_ID))
    answer_error (exchange, "invalid_client");
  else if (g_str_equal (grant, "authorization_code"))
    redeem_code (exchange);
  else if (g_str_equal (grant, "refresh_token"))
    {
      tokens = assay_server_tokens_refresh (exchange->state, get_field (exchange, "refresh_token"));
      if (tokens == NULL)
        answer_error (exchange, "invalid_grant");
      else
        answer_json (exchange, SOUP_STATUS_OK, tokens);
    }
  else
    answer_error (exchange, "unsupported_grant_type");
}

/* RFC 7009: what is not known is revoked already. */
static void
revoke_token (Exchange *exchange)
{
  assay_server_tokens_revoke (exchange->state, get_field (exchange, "token"));
  answer_json (exchange, SOUP_STATUS_OK, json_object_new ());
}

static GHashTable *
read_fields (SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  const char *type =
      soup_message_headers_get_content_type (soup_server_message_get_request_headers (message),
                                             NULL);
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));

  if (g_str_equal (soup_server_message_get_method (message), "POST"))
    return g_strcmp0 (type, "application/x-www-form-urlencoded") == 0 && body->data != NULL
               ? g_uri_parse_params (body->data, body->length, "&", G_URI_PARAMS_WWW_FORM, NULL)
               : NULL;
  return query == NULL ? NULL : g_uri_parse_params (query, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
}

gboolean
assay_server_oauth_handle (AssayServerState *state,
                           SoupServerMessage *message,
                           const char *path,
                           const char *base)
{
  static const struct
  {
    const char *method;
    const char *path;
    void (*handle) (Exchange *exchange);
  } routes[] = {
    { "GET", "/.well-known/oauth-authorization-server", describe_server },
    { "GET", "/.well-known/oauth-protected-resource", describe_resource },
    { "GET", "/.well-known/oauth-protected-resource/eval/v1", describe_resource },
    { "GET", "/oauth/authorize", show_page },
    { "POST", "/oauth/authorize", decide },
    { "POST", "/oauth/token", give_tokens },
    { "POST", "/oauth/revoke", revoke_token },
  };
  const char *end = strchr (strstr (base, "://") + strlen ("://"), '/');
  g_auto (Exchange) exchange = { .state = state, .message = message, .base = base };

  exchange.origin = g_strndup (base, (gsize) (end - base));
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    if (g_str_equal (routes[i].path, path)
        && g_str_equal (routes[i].method, soup_server_message_get_method (message)))
      {
        exchange.fields = read_fields (message);
        routes[i].handle (&exchange);
        return TRUE;
      }
  return FALSE;
}
