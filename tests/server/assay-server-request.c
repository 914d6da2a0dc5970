/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "platformd"

#include "config.h"

#include <string.h>

#include "assay-json-read.h"
#include "assay-server-request.h"

#define PAGE_ITEMS 50
#define RETRY_SECONDS "5"

static const struct
{
  const char *name;
  guint status;
  const char *title;
} problems[] = {
  { "malformed", 400, "The request is not what this address takes" },
  { "not-authenticated", 401, "Sign in first" },
  { "not-qualified", 403, "This project needs a qualification" },
  { "guidelines-not-acknowledged", 403, "Read the guideline first" },
  { "scope-missing", 403, "This token may not do that" },
  { "not-found", 404, "There is no such thing" },
  { "method-not-allowed", 405, "This address does not take that" },
  { "lease-expired", 409, "The lease has ended" },
  { "lease-not-renewable", 409, "The lease cannot be renewed" },
  { "submission-differs", 409, "There is another submission" },
  { "not-editable", 409, "The submission cannot be changed any more" },
  { "dispute-closed", 409, "The time for disputes is over" },
  { "task-withdrawn", 410, "The task was withdrawn" },
  { "cursor-expired", 410, "The cursor is too old" },
  { "precondition-failed", 412, "It was changed meanwhile" },
  { "too-large", 413, "That is too large" },
  { "unsupported-media-type", 415, "Send application/json" },
  { "answers-invalid", 422, "The answers do not fit the form" },
  { "form-outdated", 422, "Another form belongs to this lease" },
  { "key-reused", 422, "The key belongs to another request" },
  { "rate-limited", 429, "Too many requests" },
  { "maintenance", 503, "Back soon" },
};

static GStrv
split_path (const char *path)
{
  g_autoptr (GStrvBuilder) segments = g_strv_builder_new ();
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);

  for (guint i = 1; i < g_strv_length (parts); i++)
    {
      char *segment = g_uri_unescape_string (parts[i], NULL);

      g_strv_builder_take (segments, segment != NULL ? segment : g_strdup (""));
    }
  return g_strv_builder_end (segments);
}

AssayServerRequest *
assay_server_request_new (AssayServerState *state, SoupServerMessage *message, const char *base)
{
  AssayServerRequest *self;
  GUri *uri = soup_server_message_get_uri (message);
  const char *path = g_uri_get_path (uri);
  const char *base_path = strstr (base, "://");
  const char *authorization =
      soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                    "Authorization");

  base_path = base_path == NULL ? NULL : strchr (base_path + strlen ("://"), '/');
  self = g_new0 (AssayServerRequest, 1);
  self->state = g_object_ref (state);
  self->message = g_object_ref (message);
  self->method = soup_server_message_get_method (message);
  self->base = g_strdup (base);
  if (base_path != NULL && g_str_has_prefix (path, base_path))
    path += strlen (base_path);
  self->segments = split_path (path);
  if (g_uri_get_query (uri) != NULL)
    self->query = g_uri_parse_params (g_uri_get_query (uri), -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
  if (authorization != NULL && g_ascii_strncasecmp (authorization, "Bearer ", 7) == 0)
    self->token = g_strdup (authorization + 7);
  return self;
}

void
assay_server_request_free (AssayServerRequest *self)
{
  g_clear_object (&self->state);
  g_clear_object (&self->message);
  g_clear_pointer (&self->base, g_free);
  g_clear_pointer (&self->segments, g_strfreev);
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_clear_pointer (&self->token, g_free);
  g_clear_pointer (&self->person, g_free);
  g_clear_pointer (&self->scopes, g_free);
  g_clear_pointer (&self->body_node, json_node_unref);
  g_clear_pointer (&self->answer, json_node_unref);
  g_free (self);
}

const char *
assay_server_request_get_segment (AssayServerRequest *self, guint index)
{
  g_return_val_if_fail (self != NULL, "");

  return index < g_strv_length (self->segments) ? self->segments[index] : "";
}

const char *
assay_server_request_get_query (AssayServerRequest *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->query == NULL ? NULL : g_hash_table_lookup (self->query, name);
}

const char *
assay_server_request_get_header (AssayServerRequest *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);

  return soup_message_headers_get_one (soup_server_message_get_request_headers (self->message),
                                       name);
}

gint64
assay_server_request_get_version (AssayServerRequest *self, guint index)
{
  gint64 version = 0;

  g_return_val_if_fail (self != NULL, 0);

  if (!g_ascii_string_to_signed (assay_server_request_get_segment (self, index), 10, 1, G_MAXINT,
                                 &version, NULL))
    return 0;
  return version;
}

gboolean
assay_server_request_read_body (AssayServerRequest *self, gboolean optional)
{
  SoupMessageBody *raw;
  const char *type;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  raw = soup_server_message_get_request_body (self->message);
  if (raw->length == 0 && optional)
    {
      self->body_node = assay_json_object_node_new (json_object_new ());
      self->body = json_node_get_object (self->body_node);
      return TRUE;
    }
  type = soup_message_headers_get_content_type (
      soup_server_message_get_request_headers (self->message), NULL);
  if (g_strcmp0 (type, "application/json") != 0)
    {
      assay_server_request_fail (self, "unsupported-media-type", NULL, NULL);
      return FALSE;
    }
  self->body_node = assay_json_parse (raw->data, raw->length, &error);
  self->body = self->body_node == NULL ? NULL : assay_json_node_object (self->body_node);
  if (self->body == NULL
      && assay_server_state_has_defect (self->state, ASSAY_SERVER_DEFECT_FAILS_ON_GARBAGE))
    {
      assay_server_request_answer_object (self, SOUP_STATUS_INTERNAL_SERVER_ERROR,
                                          json_object_new ());
      self->is_problem = TRUE;
      return FALSE;
    }
  if (self->body == NULL)
    {
      assay_server_request_fail (self, "malformed", NULL,
                                 error != NULL ? error->message : "The body is not an object.");
      return FALSE;
    }
  return TRUE;
}

const char *
assay_server_request_require (AssayServerRequest *self, const char *member)
{
  const char *value;

  g_return_val_if_fail (self != NULL, NULL);

  value = assay_json_get_string (self->body, member);
  if (value == NULL || *value == '\0')
    {
      g_autofree char *detail = g_strdup_printf ("/%s is missing, or not a text.", member);

      assay_server_request_fail (self, "malformed", NULL, detail);
      return NULL;
    }
  return value;
}

void
assay_server_request_answer (AssayServerRequest *self, guint status, JsonNode *answer)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->answer, json_node_unref);
  self->status = status;
  self->answer = answer;
  self->is_problem = FALSE;
}

void
assay_server_request_answer_object (AssayServerRequest *self, guint status, JsonObject *answer)
{
  assay_server_request_answer (self, status, assay_json_object_node_new (answer));
}

void
assay_server_request_answer_nothing (AssayServerRequest *self)
{
  assay_server_request_answer (self, SOUP_STATUS_NO_CONTENT, NULL);
}

void
assay_server_request_fail (AssayServerRequest *self,
                           const char *problem,
                           JsonObject *members,
                           const char *detail)
{
  JsonObject *object = members != NULL ? members : json_object_new ();
  g_autofree char *type = NULL;

  g_return_if_fail (self != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (problems); i++)
    if (g_str_equal (problems[i].name, problem))
      {
        type = g_strconcat (self->base, "/problems/", problem, NULL);
        json_object_set_string_member (object, "type", type);
        json_object_set_string_member (object, "title", problems[i].title);
        json_object_set_int_member (object, "status", problems[i].status);
        if (detail != NULL)
          json_object_set_string_member (object, "detail", detail);
        assay_server_request_answer_object (self, problems[i].status, object);
        self->is_problem = TRUE;
        return;
      }
  g_error ("There is no problem “%s”", problem);
}

static gint64
get_number (AssayServerRequest *self, const char *name, gint64 fallback)
{
  const char *text = assay_server_request_get_query (self, name);
  gint64 value;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, 0, G_MAXINT, &value, NULL))
    return fallback;
  return value;
}

void
assay_server_request_answer_page (AssayServerRequest *self,
                                  guint n_items,
                                  AssayServerItemFunc make_item,
                                  gpointer user_data)
{
  JsonArray *page = json_array_new ();
  JsonObject *answer = json_object_new ();
  gint64 first = get_number (self, "cursor", 0);
  gint64 limit = CLAMP (get_number (self, "limit", PAGE_ITEMS), 1, PAGE_ITEMS);

  for (gint64 i = first; i < MIN (first + limit, n_items); i++)
    json_array_add_element (page, make_item (self, (guint) i, user_data));
  json_object_set_array_member (answer, "items", page);
  if (first + limit < n_items)
    {
      g_autofree char *next = g_strdup_printf ("%" G_GINT64_FORMAT, first + limit);
      g_autofree char *link =
          g_strdup_printf ("<%s?cursor=%s&limit=%" G_GINT64_FORMAT ">; rel=\"next\"",
                           g_uri_get_path (soup_server_message_get_uri (self->message)), next,
                           limit);

      json_object_set_string_member (answer, "next", next);
      soup_message_headers_append (soup_server_message_get_response_headers (self->message), "Link",
                                   link);
    }
  else
    json_object_set_null_member (answer, "next");
  assay_server_request_answer_object (self, SOUP_STATUS_OK, answer);
}

static JsonNode *
get_item (AssayServerRequest *self, guint index, gpointer items)
{
  return json_node_ref (json_array_get_element (items, index));
}

void
assay_server_request_answer_list (AssayServerRequest *self, JsonArray *items)
{
  g_autoptr (JsonArray) all = items;

  assay_server_request_answer_page (self, json_array_get_length (all), get_item, all);
}

char *
assay_server_make_etag (JsonNode *representation)
{
  g_autofree char *text = assay_json_to_canonical_string (representation);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return g_strdup_printf ("\"%.20s\"", digest);
}

/* A list of validators, or "*" (RFC 9110, 13.1). */
static gboolean
list_has (const char *list, const char *etag)
{
  g_auto (GStrv) parts = g_strsplit (list, ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *part = g_strstrip (parts[i]);

      if (g_str_equal (part, "*") || g_str_equal (part, etag))
        return TRUE;
    }
  return FALSE;
}

gboolean
assay_server_request_matches (AssayServerRequest *self, JsonNode *representation)
{
  const char *wanted;
  g_autofree char *etag = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  wanted = assay_server_request_get_header (self, "If-Match");
  if (wanted == NULL)
    return TRUE;
  etag = assay_server_make_etag (representation);
  return list_has (wanted, etag);
}

static void
send_html (AssayServerRequest *self)
{
  static const char page[] = "<!DOCTYPE html><title>Welcome</title><p>Welcome.";

  soup_server_message_set_status (self->message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (self->message, "text/html", SOUP_MEMORY_STATIC, page,
                                    strlen (page));
}

static void
add_headers (AssayServerRequest *self, SoupMessageHeaders *headers)
{
  AssayServerState *state = self->state;
  g_autoptr (GDateTime) now =
      g_date_time_new_from_unix_utc (assay_server_state_get_now (state) / 1000);
  g_autofree char *date = soup_date_time_to_string (now, SOUP_DATE_HTTP);

  soup_message_headers_replace (headers, "Date", date);
  soup_message_headers_replace (headers, "Cache-Control", "private, no-cache");
  if (self->status == SOUP_STATUS_UNAUTHORIZED)
    soup_message_headers_replace (headers, "WWW-Authenticate", "Bearer realm=\"evaluation\"");
  if (self->status == SOUP_STATUS_SERVICE_UNAVAILABLE)
    soup_message_headers_replace (headers, "Retry-After", RETRY_SECONDS);
}

void
assay_server_request_send (AssayServerRequest *self)
{
  AssayServerState *state = self->state;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);
  g_autofree char *text = NULL;
  const char *type = self->is_problem ? "application/problem+json" : "application/json";
  guint status = self->status;

  g_assert (status != 0);

  if (status == SOUP_STATUS_NOT_FOUND
      && assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_HTML_NOT_FOUND))
    {
      send_html (self);
      return;
    }
  add_headers (self, headers);
  if (self->answer != NULL && !self->is_problem
      && !assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_NO_ETAG))
    {
      g_autofree char *etag = assay_server_make_etag (self->answer);
      const char *known = assay_server_request_get_header (self, "If-None-Match");

      soup_message_headers_replace (headers, "ETag", etag);
      if (g_str_equal (self->method, "GET") && known != NULL && list_has (known, etag)
          && !assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_IGNORES_IF_NONE_MATCH))
        {
          soup_server_message_set_status (self->message, SOUP_STATUS_NOT_MODIFIED, NULL);
          return;
        }
    }
  if (self->is_problem && status < 500
      && assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_ERRORS_AS_200))
    status = SOUP_STATUS_OK;
  if (assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_MEDIA_TYPE))
    type = "text/plain";

  soup_server_message_set_status (self->message, status, NULL);
  if (self->answer == NULL)
    return;
  text = assay_json_to_string (self->answer);
  soup_server_message_set_response (self->message, type, SOUP_MEMORY_COPY, text, strlen (text));
}
