/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "platformd"

#include "config.h"

#include "assay-platform-server.h"

#include <glib/gstdio.h>
#include <string.h>

#include "assay-json-read.h"
#include "assay-server-control.h"
#include "assay-server-demo.h"
#include "assay-server-handlers.h"
#include "assay-server-oauth.h"
#include "assay-server-tokens.h"

#define BASE_PATH "/eval/v1"

struct _AssayPlatformServer
{
  GObject parent_instance;

  AssayServerState *state; /* (owned) */
  SoupServer *server;      /* (owned) (nullable) */
  char *folder;            /* (owned) (nullable): to be removed */
  char *address;           /* (owned) (nullable) */
  char *origin;            /* (owned) (nullable) */
  char *public_address;    /* (owned) (nullable) */
  char *token;             /* (owned) */
  gboolean control;
};

G_DEFINE_FINAL_TYPE (AssayPlatformServer, assay_platform_server, G_TYPE_OBJECT)

/* A star stands for one segment. */
static const struct
{
  const char *method;
  const char *path;
  const char *scope; /* NULL: any token */
  AssayServerHandler handler;
} routes[] = {
  { "GET", "me", NULL, assay_server_get_me },
  { "GET", "projects", "tasks", assay_server_list_projects },
  { "GET", "projects/*", "tasks", assay_server_get_project },
  { "GET", "guidelines/*/*", "tasks", assay_server_get_guideline },
  { "PUT", "guidelines/*/*/ack", "tasks", assay_server_acknowledge },
  { "GET", "forms/*/*", "tasks", assay_server_get_form },
  { "POST", "leases", "tasks", assay_server_claim },
  { "GET", "leases", "tasks", assay_server_list_leases },
  { "GET", "leases/*", "tasks", assay_server_get_lease },
  { "DELETE", "leases/*", "tasks", assay_server_release },
  { "POST", "leases/*/renew", "tasks", assay_server_renew },
  { "PUT", "leases/*/skip", "submissions", assay_server_skip },
  { "GET", "leases/*/attachments/*", "tasks", assay_server_refresh_attachment },
  { "GET", "leases/*/draft", "submissions", assay_server_get_draft },
  { "PUT", "leases/*/draft", "submissions", assay_server_put_draft },
  { "DELETE", "leases/*/draft", "submissions", assay_server_delete_draft },
  { "GET", "leases/*/questions", "tasks", assay_server_list_inquiries },
  { "POST", "leases/*/questions", "tasks", assay_server_ask },
  { "PUT", "submissions/*", "submissions", assay_server_submit },
  { "GET", "submissions/*", "submissions", assay_server_get_submission },
  { "GET", "changes", "tasks", assay_server_list_changes },
  { "GET", "feedback", "feedback", assay_server_list_feedback },
  { "PUT", "feedback/*/dispute", "feedback", assay_server_dispute },
  { "GET", "qualifications", "tasks", assay_server_list_qualifications },
  { "GET", "earnings", "earnings", assay_server_list_earnings },
};

static gboolean
path_fits (const char *pattern, GStrv segments)
{
  g_auto (GStrv) parts = g_strsplit (pattern, "/", -1);

  if (g_strv_length (parts) != g_strv_length (segments))
    return FALSE;
  for (guint i = 0; parts[i] != NULL; i++)
    if (!g_str_equal (parts[i], "*") && !g_str_equal (parts[i], segments[i]))
      return FALSE;
  return TRUE;
}

/* FALSE after it failed the request. */
static gboolean
find_route (AssayServerRequest *request, guint *route)
{
  gboolean path_exists = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    if (path_fits (routes[i].path, request->segments))
      {
        path_exists = TRUE;
        if (g_str_equal (routes[i].method, request->method))
          {
            *route = i;
            return TRUE;
          }
      }
  assay_server_request_fail (request, path_exists ? "method-not-allowed" : "not-found", NULL, NULL);
  return FALSE;
}

static gboolean
has_word (const char *words, const char *word)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);

  return g_strv_contains ((const char *const *) parts, word);
}

/* FALSE after it failed the request. */
static gboolean
authenticate (AssayPlatformServer *self, AssayServerRequest *request)
{
  if (request->token != NULL
      && assay_server_tokens_check (self->state, request->token, &request->person,
                                    &request->scopes))
    return TRUE;
  if (request->token != NULL
      && assay_server_state_has_defect (self->state, ASSAY_SERVER_DEFECT_OPEN_DOOR))
    return assay_server_tokens_check (self->state, self->token, &request->person, &request->scopes);
  assay_server_request_fail (request, "not-authenticated", NULL, NULL);
  return FALSE;
}

static gboolean
check_scope (AssayServerRequest *request, const char *scope)
{
  JsonObject *members;

  if (scope == NULL || has_word (request->scopes, scope))
    return TRUE;
  members = json_object_new ();
  json_object_set_string_member (members, "scope", scope);
  assay_server_request_fail (request, "scope-missing", members, NULL);
  return FALSE;
}

/* Keys */

/* What tells two requests with one key apart. (transfer full) */
static char *
describe_request (AssayServerRequest *request)
{
  SoupMessageBody *body = soup_server_message_get_request_body (request->message);
  g_autofree char *digest =
      g_compute_checksum_for_data (G_CHECKSUM_SHA256,
                                   (const guchar *) (body->data != NULL ? body->data : ""),
                                   (gsize) body->length);
  g_autofree char *path = g_strjoinv ("/", request->segments);

  return g_strdup_printf ("%s %s", path, digest);
}

static gboolean
ignores_keys (AssayServerRequest *request)
{
  static const struct
  {
    AssayServerDefect defect;
    const char *path;
  } ignorant[] = {
    { ASSAY_SERVER_DEFECT_CLAIM_TWICE, "leases" },
    { ASSAY_SERVER_DEFECT_RENEWS_TWICE, "leases/*/renew" },
    { ASSAY_SERVER_DEFECT_ASKS_TWICE, "leases/*/questions" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ignorant); i++)
    if (assay_server_state_has_defect (request->state, ignorant[i].defect)
        && path_fits (ignorant[i].path, request->segments))
      return TRUE;
  return FALSE;
}

/* TRUE if the request is answered: by what it was answered before, or as a misuse of the key. */
static gboolean
answer_from_memory (AssayServerRequest *request, const char *key, const char *description)
{
  AssayStatement *statement = assay_server_state_query (
      request->state, "SELECT request, status, body FROM answered WHERE person = ?1 AND key = ?2",
      "ss", request->person, key);
  gboolean same;

  if (!assay_server_row (statement))
    return FALSE;
  same = g_str_equal (assay_statement_get_text (statement, 0), description)
         || assay_server_state_has_defect (request->state, ASSAY_SERVER_DEFECT_KEY_FOR_ANYTHING);
  if (same)
    assay_server_request_answer (request, (guint) assay_statement_get_int (statement, 1),
                                 assay_server_get_json (statement, 2));
  assay_statement_reset (statement);
  if (!same)
    assay_server_request_fail (request, "key-reused", NULL, NULL);
  return TRUE;
}

static void
remember_answer (AssayServerRequest *request, const char *key, const char *description)
{
  g_autofree char *body = request->answer == NULL ? NULL : assay_json_to_string (request->answer);

  assay_server_state_execute (request->state, "INSERT INTO answered VALUES (?1, ?2, ?3, ?4, ?5)",
                              "sssis", request->person, key, description, (gint64) request->status,
                              body);
}

/* Everything within one transaction; what is refused leaves nothing behind. */
static void
handle_in_transaction (AssayServerRequest *request, guint route)
{
  AssayDatabase *database = assay_server_state_get_database (request->state);
  const char *key = g_str_equal (request->method, "POST") && !ignores_keys (request)
                        ? assay_server_request_get_header (request, "Idempotency-Key")
                        : NULL;
  g_autofree char *description = NULL;
  g_autoptr (GError) error = NULL;

  /* It outlives its process and not the machine's: nobody's work is at stake. */
  if (!assay_database_begin (database, ASSAY_DURABILITY_BULK, &error))
    g_error ("%s", error->message);
  if (key != NULL)
    description = describe_request (request);
  if (key == NULL || !answer_from_memory (request, key, description))
    {
      routes[route].handler (request);
      if (key != NULL && !request->is_problem)
        remember_answer (request, key, description);
    }
  if (request->is_problem)
    assay_database_rollback (database);
  else if (!assay_database_commit (database, &error))
    g_error ("%s", error->message);
}

static void
handle_api (AssayPlatformServer *self, SoupServerMessage *message)
{
  g_autoptr (AssayServerRequest) request =
      assay_server_request_new (self->state, message, self->address);
  guint retry_after;
  guint route;

  if (assay_server_state_get_maintenance (self->state))
    assay_server_request_fail (request, "maintenance", NULL, NULL);
  else if (assay_server_state_count_request (self->state, &retry_after))
    {
      g_autofree char *seconds = g_strdup_printf ("%u", retry_after);

      soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                    "Retry-After", seconds);
      assay_server_request_fail (request, "rate-limited", NULL, NULL);
    }
  else if (authenticate (self, request) && find_route (request, &route)
           && check_scope (request, routes[route].scope))
    {
      if (g_str_equal (request->method, "GET"))
        routes[route].handler (request);
      else
        handle_in_transaction (request, route);
    }
  /* Who waits has taken it. */
  if (request->pending)
    g_steal_pointer (&request);
  else
    assay_server_request_send (request);
}

/* What needs no token */

static void
answer_json (SoupServerMessage *message, guint status, JsonNode *node)
{
  g_autofree char *text = assay_json_to_string (node);

  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text,
                                    strlen (text));
}

static void
discover (AssayPlatformServer *self, SoupServerMessage *message)
{
  static const char *const levels[] = { "core",      "sync",     "drafts",        "guidelines",
                                        "questions", "feedback", "qualification", "pay" };
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = assay_json_object_node_new (object);
  g_autoptr (JsonObject) limits = json_object_new ();
  JsonObject *rules = json_object_new ();
  JsonArray *conformance = json_array_new ();
  JsonArray *servers = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    json_array_add_string_element (conformance, levels[i]);
  json_array_add_string_element (servers, self->origin);
  json_object_set_int_member (limits, "claim_max", ASSAY_PLATFORM_SERVER_CLAIM_MAX);
  json_object_set_int_member (limits, "submission_bytes", ASSAY_PLATFORM_SERVER_SUBMISSION_BYTES);
  json_object_set_boolean_member (rules, "offline_cache", TRUE);
  json_object_set_int_member (rules, "cache_max_hours", 24);
  json_object_set_string_member (rules, "assistive_writing_tools", "spelling");
  json_object_set_string_member (object, "protocol", "1.0");
  json_object_set_string_member (object, "name", "Example Evaluations");
  json_object_set_string_member (object, "base",
                                 self->public_address != NULL ? self->public_address
                                                              : self->address);
  json_object_set_array_member (object, "authorization_servers", servers);
  json_object_set_string_member (object, "client_id", ASSAY_PLATFORM_SERVER_CLIENT_ID);
  json_object_set_array_member (object, "conformance", conformance);
  if (!assay_server_state_has_defect (self->state, ASSAY_SERVER_DEFECT_NO_LIMITS))
    json_object_set_object_member (object, "limits", json_object_ref (limits));
  json_object_set_object_member (object, "rules", rules);
  answer_json (message, SOUP_STATUS_OK, node);
}

/* Until the time in its address, and not longer. */
static void
send_file (AssayPlatformServer *self, SoupServerMessage *message, const char *escaped)
{
  g_autofree char *id = g_uri_unescape_string (escaped, NULL);
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  gint64 until = 0;
  AssayStatement *statement;

  if (query != NULL && g_str_has_prefix (query, "until="))
    until = g_ascii_strtoll (query + strlen ("until="), NULL, 10);
  statement =
      assay_server_state_query (self->state, "SELECT media_type, content FROM file WHERE id = ?1",
                                "s", id);
  if (until < assay_server_state_get_now (self->state) || !assay_server_row (statement))
    {
      soup_server_message_set_status (message, SOUP_STATUS_FORBIDDEN, NULL);
      return;
    }
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, assay_statement_get_text (statement, 0),
                                    SOUP_MEMORY_COPY, assay_statement_get_text (statement, 1),
                                    strlen (assay_statement_get_text (statement, 1)));
  assay_statement_reset (statement);
}

static void
control (AssayPlatformServer *self, SoupServerMessage *message, const char *command)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *arguments;

  if (g_str_equal (command, "ledger"))
    {
      node = assay_server_make_ledger (self->state);
      answer_json (message, SOUP_STATUS_OK, node);
      return;
    }
  node = assay_json_parse (body->length > 0 ? body->data : "{}",
                           body->length > 0 ? (gssize) body->length : 2, &error);
  arguments = node == NULL ? NULL : assay_json_node_object (node);
  if (arguments != NULL && assay_server_control (self->state, command, arguments, &error))
    soup_server_message_set_status (message, SOUP_STATUS_NO_CONTENT, NULL);
  else
    {
      const char *sentence = error != NULL ? error->message : "The body is not an object.";

      soup_server_message_set_status (message, SOUP_STATUS_BAD_REQUEST, NULL);
      soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_COPY, sentence,
                                        strlen (sentence));
    }
}

static void
request_cb (SoupServer *server,
            SoupServerMessage *message,
            const char *decoded_path,
            GHashTable *query,
            gpointer user_data)
{
  AssayPlatformServer *self = ASSAY_PLATFORM_SERVER (user_data);
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));

  if (g_str_has_prefix (path, BASE_PATH "/"))
    handle_api (self, message);
  else if (g_str_equal (path, "/.well-known/evaluator-platform"))
    discover (self, message);
  else if (g_str_has_prefix (path, "/files/"))
    send_file (self, message, path + strlen ("/files/"));
  else if (self->control && g_str_has_prefix (path, "/control/"))
    control (self, message, path + strlen ("/control/"));
  else if (!assay_server_oauth_handle (self->state, message, path, self->address))
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
assay_platform_server_finalize (GObject *object)
{
  AssayPlatformServer *self = ASSAY_PLATFORM_SERVER (object);

  assay_platform_server_stop (self);
  g_clear_object (&self->state);
  if (self->folder != NULL)
    remove_folder (self->folder);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->token, g_free);
  g_clear_pointer (&self->public_address, g_free);

  G_OBJECT_CLASS (assay_platform_server_parent_class)->finalize (object);
}

static void
assay_platform_server_class_init (AssayPlatformServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = assay_platform_server_finalize;
}

static void
assay_platform_server_init (AssayPlatformServer *self)
{
}

AssayPlatformServer *
assay_platform_server_new (const char *folder, guint n_copies, GError **error)
{
  g_autoptr (AssayPlatformServer) self = g_object_new (ASSAY_TYPE_PLATFORM_SERVER, NULL);
  g_autofree char *person = NULL;

  if (folder == NULL)
    {
      self->folder = g_dir_make_tmp ("assay-platformd-XXXXXX", error);
      if (self->folder == NULL)
        return NULL;
      folder = self->folder;
    }
  self->state = assay_server_state_new (folder, error);
  if (self->state == NULL
      || (assay_server_state_is_empty (self->state)
          && !assay_server_demo_load (self->state, MAX (n_copies, 1), error)))
    return NULL;

  self->token = assay_server_state_query_text (
      self->state, "SELECT token FROM token WHERE kind = 'personal' ORDER BY rowid", "");
  if (self->token == NULL)
    {
      self->token = assay_server_make_token ();
      person =
          assay_server_state_query_text (self->state, "SELECT id FROM person ORDER BY rowid", "");
      assay_server_tokens_add_personal (self->state, person, self->token);
    }
  return g_steal_pointer (&self);
}

gboolean
assay_platform_server_start (AssayPlatformServer *self, guint port, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  GSList *uris;

  g_return_val_if_fail (ASSAY_IS_PLATFORM_SERVER (self), FALSE);
  g_return_val_if_fail (self->server == NULL, FALSE);

  self->server = soup_server_new ("server-header", "assay-platformd ", "raw-paths", TRUE, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  if (!soup_server_listen_local (self->server, port, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    {
      g_clear_object (&self->server);
      return FALSE;
    }
  uris = soup_server_get_uris (self->server);
  uri = g_uri_ref (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  self->origin = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uri));
  self->address = g_strconcat (self->origin, BASE_PATH, NULL);
  return TRUE;
}

void
assay_platform_server_stop (AssayPlatformServer *self)
{
  g_return_if_fail (ASSAY_IS_PLATFORM_SERVER (self));

  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->origin, g_free);
}

const char *
assay_platform_server_get_address (AssayPlatformServer *self)
{
  g_return_val_if_fail (ASSAY_IS_PLATFORM_SERVER (self), NULL);

  return self->address;
}

void
assay_platform_server_set_public_address (AssayPlatformServer *self, const char *address)
{
  g_return_if_fail (ASSAY_IS_PLATFORM_SERVER (self));

  g_set_str (&self->public_address, address);
}

const char *
assay_platform_server_get_token (AssayPlatformServer *self)
{
  g_return_val_if_fail (ASSAY_IS_PLATFORM_SERVER (self), NULL);

  return self->token;
}

AssayServerState *
assay_platform_server_get_state (AssayPlatformServer *self)
{
  g_return_val_if_fail (ASSAY_IS_PLATFORM_SERVER (self), NULL);

  return self->state;
}

void
assay_platform_server_set_control (AssayPlatformServer *self, gboolean allowed)
{
  g_return_if_fail (ASSAY_IS_PLATFORM_SERVER (self));

  self->control = allowed;
}
