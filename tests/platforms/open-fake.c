/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "assay-open-platform.h"
#include "open-fake.h"
#include "open-fixture.h"

#define BASE_PATH "/api"

typedef struct
{
  guint status;
  char *body;
  GPtrArray *headers; /* names and values */
  gboolean drop;
} Answer;

struct _OpenFake
{
  SoupServer *server;
  char *origin;
  char *base;
  GHashTable *answers; /* "GET /api/leases" → GPtrArray of Answer */
  GPtrArray *requests;
};

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->body);
  g_ptr_array_unref (answer->headers);
  g_free (answer);
}

static void
request_free (gpointer data)
{
  OpenFakeRequest *request = data;

  g_free (request->method);
  g_free (request->target);
  g_free (request->authorization);
  g_free (request->if_match);
  g_free (request->if_none_match);
  g_free (request->key);
  g_free (request->body);
  g_free (request);
}

static void
note_request (OpenFake *self, SoupServerMessage *message, const char *target)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  OpenFakeRequest *request = g_new0 (OpenFakeRequest, 1);

  request->method = g_strdup (soup_server_message_get_method (message));
  request->target = g_strdup (target);
  request->authorization = g_strdup (soup_message_headers_get_one (headers, "Authorization"));
  request->if_match = g_strdup (soup_message_headers_get_one (headers, "If-Match"));
  request->if_none_match = g_strdup (soup_message_headers_get_one (headers, "If-None-Match"));
  request->key = g_strdup (soup_message_headers_get_one (headers, "Idempotency-Key"));
  request->body = g_strndup (body->data != NULL ? body->data : "", (gsize) body->length);
  g_ptr_array_add (self->requests, request);
}

static Answer *
find_answer (OpenFake *self, const char *method, const char *target)
{
  g_autofree char *key = g_strconcat (method, " ", target, NULL);
  GPtrArray *answers = g_hash_table_lookup (self->answers, key);

  if (answers == NULL && strchr (key, '?') != NULL)
    {
      *strchr (key, '?') = '\0';
      answers = g_hash_table_lookup (self->answers, key);
    }
  return answers != NULL ? answers->pdata[0] : NULL;
}

/* The next one is another, but for the last. */
static void
use_up (OpenFake *self, Answer *answer)
{
  GHashTableIter iter;
  gpointer answers;

  g_hash_table_iter_init (&iter, self->answers);
  while (g_hash_table_iter_next (&iter, NULL, &answers))
    if (((GPtrArray *) answers)->pdata[0] == answer && ((GPtrArray *) answers)->len > 1)
      {
        g_ptr_array_remove_index (answers, 0);
        return;
      }
}

static void
request_cb (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  OpenFake *self = user_data;
  GUri *uri = soup_server_message_get_uri (message);
  const char *raw_query = g_uri_get_query (uri);
  g_autofree char *target = raw_query != NULL
                                ? g_strconcat (g_uri_get_path (uri), "?", raw_query, NULL)
                                : g_strdup (g_uri_get_path (uri));
  const char *condition =
      soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                    "If-None-Match");
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  Answer *answer = find_answer (self, soup_server_message_get_method (message), target);
  const char *etag;

  note_request (self, message, target);
  if (answer == NULL)
    {
      static const char problem[] =
          "{\"type\":\"/problems/not-found\",\"title\":\"Not found\",\"status\":404}";

      soup_server_message_set_status (message, 404, NULL);
      soup_server_message_set_response (message, "application/problem+json", SOUP_MEMORY_STATIC,
                                        problem, strlen (problem));
      return;
    }
  if (answer->drop)
    {
      g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

      g_io_stream_close (stream, NULL, NULL);
      use_up (self, answer);
      return;
    }
  soup_server_message_set_status (message, answer->status, NULL);
  if (answer->body != NULL)
    soup_server_message_set_response (message,
                                      answer->status >= 400 ? "application/problem+json"
                                                            : "application/json",
                                      SOUP_MEMORY_COPY, answer->body, strlen (answer->body));
  for (guint i = 0; i + 1 < answer->headers->len; i += 2)
    soup_message_headers_replace (headers, answer->headers->pdata[i],
                                  answer->headers->pdata[i + 1]);
  etag = soup_message_headers_get_one (headers, "ETag");
  if (condition != NULL && g_strcmp0 (condition, etag) == 0)
    {
      soup_server_message_set_status (message, 304, NULL);
      soup_server_message_set_response (message, NULL, SOUP_MEMORY_STATIC, NULL, 0);
    }
  use_up (self, answer);
}

static char *
make_key (const char *method, const char *target)
{
  return g_str_has_prefix (target, "//") ? g_strconcat (method, " ", target + 1, NULL)
                                         : g_strconcat (method, " " BASE_PATH, target, NULL);
}

static void
add_answer (OpenFake *self, const char *method, const char *target, Answer *answer)
{
  g_autofree char *key = make_key (method, target);
  GPtrArray *answers = g_hash_table_lookup (self->answers, key);

  if (answers == NULL)
    {
      answers = g_ptr_array_new_with_free_func (answer_free);
      g_hash_table_insert (self->answers, g_steal_pointer (&key), answers);
    }
  g_ptr_array_add (answers, answer);
}

void
open_fake_say (OpenFake *self,
               const char *method,
               const char *target,
               guint status,
               const char *json,
               ...)
{
  Answer *answer = g_new0 (Answer, 1);
  va_list args;

  answer->status = status;
  answer->body = json != NULL ? g_strdelimit (g_strdup (json), "'", '"') : NULL;
  answer->headers = g_ptr_array_new_with_free_func (g_free);
  va_start (args, json);
  for (const char *part = va_arg (args, const char *); part != NULL;
       part = va_arg (args, const char *))
    g_ptr_array_add (answer->headers, g_strdup (part));
  va_end (args);
  add_answer (self, method, target, answer);
}

void
open_fake_drop (OpenFake *self, const char *method, const char *target)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->drop = TRUE;
  answer->headers = g_ptr_array_new_with_free_func (g_free);
  add_answer (self, method, target, answer);
}

void
open_fake_forget (OpenFake *self, const char *method, const char *target)
{
  g_autofree char *key = make_key (method, target);

  g_hash_table_remove (self->answers, key);
}

OpenFake *
open_fake_new (const char *without)
{
  static const char *const levels[] = { "sync", "drafts", "guidelines", "feedback", "pay" };
  OpenFake *self = g_new0 (OpenFake, 1);
  g_autoptr (GString) conformance = g_string_new ("'core'");
  g_autofree char *discovery = NULL;
  g_autoptr (GError) error = NULL;
  GSList *addresses;

  self->answers =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->requests = g_ptr_array_new_with_free_func (request_free);
  self->server = g_object_new (SOUP_TYPE_SERVER, "raw-paths", TRUE, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  addresses = soup_server_get_uris (self->server);
  self->origin = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (addresses->data));
  g_slist_free_full (addresses, (GDestroyNotify) g_uri_unref);
  self->base = g_strconcat (self->origin, BASE_PATH, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    if (without == NULL || strstr (without, levels[i]) == NULL)
      g_string_append_printf (conformance, ",'%s'", levels[i]);
  discovery = g_strdup_printf ("{'protocol':'1.0','name':'Fake','base':'%s','conformance':[%s],"
                               "'limits':{'claim_max':20,'submission_bytes':1048576}}",
                               self->base, conformance->str);
  open_fake_say (self, "GET", "//.well-known/evaluator-platform", 200, discovery, NULL);
  open_fake_say (self, "GET", "/me", 200, "{'id':'p','name':'Pat','scopes':['tasks','feedback']}",
                 NULL);
  return self;
}

void
open_fake_furnish (OpenFake *self)
{
  open_fake_say (self, "GET", "/projects", 200,
                 "{'items':[{'id':'p','title':'Project','modality':'text','language':'en',"
                 "'form':{'id':'f','version':1},'guideline':{'id':'g','version':3,"
                 "'sha256':'0','acknowledged_at':'2026-01-01T00:00:00Z'},'available':1,"
                 "'submitted_by_me':0,'lease':{'seconds':60,'max_held':5,'renewals':1}}],"
                 "'next':null}",
                 "ETag", "\"projects-1\"", NULL);
  open_fake_say (self, "GET", "/forms/f/1", 200,
                 "{'id':'f','version':1,'questions':[{'id':'q','type':'choice',"
                 "'options':[{'id':'yes'},{'id':'no'}]}]}",
                 NULL);
  open_fake_say (self, "GET", "/guidelines/g/3", 200,
                 "{'id':'g','version':3,'title':'Guide','media_type':'text/markdown',"
                 "'published_at':'2026-01-01T00:00:00Z','body':'Read this.','sha256':'0',"
                 "'must_ack':true,'summary_of_changes':'New.'}",
                 NULL);
  open_fake_say (self, "GET", "/leases", 200, "{'items':[],'next':null}", "ETag", "\"leases-1\"",
                 NULL);
  open_fake_say (self, "GET", "/feedback", 200, "{'items':[],'next':'f0','more':false}", NULL);
  open_fake_say (self, "GET", "/changes", 200, "{'items':[],'next':'c0','more':false}", NULL);
}

char *
open_fake_make_lease (const char *id, const char *more)
{
  return g_strdup_printf ("{'id':'%s','project_id':'p','state':'held','kind':'work',"
                          "'granted_at':'2026-01-01T00:00:00Z','expires_at':'2099-01-01T00:00:00Z',"
                          "'renewals_left':1,'form':{'id':'f','version':1},"
                          "'guideline':{'id':'g','version':3,'sha256':'0'},"
                          "'task':{'id':'t-%s','prompt':'What?','responses':["
                          "{'id':'a','content':'This.'},{'id':'b','content':'That.'}]}%s}",
                          id, id, more);
}

void
open_fake_free (OpenFake *self)
{
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_hash_table_unref (self->answers);
  g_ptr_array_unref (self->requests);
  g_free (self->origin);
  g_free (self->base);
  g_free (self);
}

const char *
open_fake_get_origin (OpenFake *self)
{
  return self->origin;
}

const char *
open_fake_get_base (OpenFake *self)
{
  return self->base;
}

GPtrArray *
open_fake_get_requests (OpenFake *self)
{
  return self->requests;
}

void
open_fake_clear_requests (OpenFake *self)
{
  g_ptr_array_set_size (self->requests, 0);
}

guint
open_fake_count (OpenFake *self, const char *method, const char *target)
{
  g_autofree char *key = make_key (method, target);
  guint n = 0;

  for (guint i = 0; i < self->requests->len; i++)
    {
      const OpenFakeRequest *request = self->requests->pdata[i];
      g_autofree char *line = g_strconcat (request->method, " ", request->target, NULL);

      n += g_str_has_prefix (line, key);
    }
  return n;
}

AssayPlatform *
open_fake_new_platform (OpenFake *self, AssayHttp *http, const char *secret)
{
  return assay_open_platform_new (http, OPEN_ACCOUNT, self->base, secret, NULL);
}
