/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-http-private.h"
#include "assay-json.h"
#include "assay-link-header.h"
#include "assay-retry-after.h"

struct _AssayHttpAnswer
{
  GObject parent_instance;

  guint status;
  gint64 date;
  gint64 received_at;
  GHashTable *headers; /* (owned): name in lower case → value */
  GBytes *body;        /* (owned) */
  JsonNode *json;      /* (owned) (nullable): sealed */
};

G_DEFINE_FINAL_TYPE (AssayHttpAnswer, assay_http_answer, G_TYPE_OBJECT)

static void
take_header (const char *name, const char *value, gpointer user_data)
{
  GHashTable *headers = user_data;
  g_autofree char *key = g_ascii_strdown (name, -1);
  const char *earlier = g_hash_table_lookup (headers, key);
  char *text = g_utf8_make_valid (value, -1);

  if (earlier != NULL)
    {
      char *joined = g_strconcat (earlier, ", ", text, NULL);

      g_free (text);
      text = joined;
    }
  g_hash_table_insert (headers, g_steal_pointer (&key), text);
}

static void
assay_http_answer_finalize (GObject *object)
{
  AssayHttpAnswer *self = ASSAY_HTTP_ANSWER (object);

  g_hash_table_unref (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->json, json_node_unref);

  G_OBJECT_CLASS (assay_http_answer_parent_class)->finalize (object);
}

static void
assay_http_answer_class_init (AssayHttpAnswerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = assay_http_answer_finalize;
}

static void
assay_http_answer_init (AssayHttpAnswer *self)
{
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

AssayHttpAnswer *
assay_http_answer_new (SoupMessage *message, gint64 received_at, GBytes *body, JsonNode *json)
{
  AssayHttpAnswer *self;
  const char *date;

  g_return_val_if_fail (SOUP_IS_MESSAGE (message), NULL);
  g_return_val_if_fail (body != NULL, NULL);

  self = g_object_new (ASSAY_TYPE_HTTP_ANSWER, NULL);
  self->status = soup_message_get_status (message);
  self->received_at = received_at;
  self->body = g_bytes_ref (body);
  self->json = json != NULL ? json_node_ref (json) : NULL;
  soup_message_headers_foreach (soup_message_get_response_headers (message), take_header,
                                self->headers);
  date = assay_http_answer_get_header (self, "Date");
  self->date = date != NULL ? assay_retry_after_parse_date (date) : -1;
  return self;
}

guint
assay_http_answer_get_status (AssayHttpAnswer *self)
{
  g_return_val_if_fail (ASSAY_IS_HTTP_ANSWER (self), 0);
  return self->status;
}

const char *
assay_http_answer_get_header (AssayHttpAnswer *self, const char *name)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (ASSAY_IS_HTTP_ANSWER (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  key = g_ascii_strdown (name, -1);
  return g_hash_table_lookup (self->headers, key);
}

JsonNode *
assay_http_answer_get_json (AssayHttpAnswer *self)
{
  g_return_val_if_fail (ASSAY_IS_HTTP_ANSWER (self), NULL);
  return self->json;
}

JsonObject *
assay_http_answer_get_object (AssayHttpAnswer *self)
{
  g_return_val_if_fail (ASSAY_IS_HTTP_ANSWER (self), NULL);
  return assay_json_node_object (self->json);
}

GBytes *
assay_http_answer_get_body (AssayHttpAnswer *self)
{
  g_return_val_if_fail (ASSAY_IS_HTTP_ANSWER (self), NULL);
  return self->body;
}

gint64
assay_http_answer_get_date (AssayHttpAnswer *self)
{
  g_return_val_if_fail (ASSAY_IS_HTTP_ANSWER (self), -1);
  return self->date;
}

gint64
assay_http_answer_get_received_at (AssayHttpAnswer *self)
{
  g_return_val_if_fail (ASSAY_IS_HTTP_ANSWER (self), 0);
  return self->received_at;
}

char *
assay_http_answer_dup_link (AssayHttpAnswer *self, const char *relation)
{
  const char *value;

  g_return_val_if_fail (ASSAY_IS_HTTP_ANSWER (self), NULL);
  g_return_val_if_fail (relation != NULL, NULL);

  value = assay_http_answer_get_header (self, "Link");
  return value != NULL ? assay_link_header_find (value, relation) : NULL;
}
