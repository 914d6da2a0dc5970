/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-open-secret.h"

#include <string.h>

#include "assay-json-read.h"
#include "assay-open-platform.h"
#include "assay-origin.h"

void
assay_open_wipe (char **text)
{
  g_return_if_fail (text != NULL);

  if (*text != NULL)
    explicit_bzero (*text, strlen (*text));
  g_clear_pointer (text, g_free);
}

void
assay_open_secret_free (AssayOpenSecret *self)
{
  if (self == NULL)
    return;
  assay_open_wipe (&self->access);
  assay_open_wipe (&self->refresh);
  g_free (self->token_endpoint);
  g_free (self->client_id);
  g_free (self);
}

AssayOpenSecret *
assay_open_secret_parse (const char *text)
{
  g_autoptr (AssayOpenSecret) self = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;
  const char *access;

  g_return_val_if_fail (text != NULL, NULL);

  node = assay_json_parse (text, -1, NULL);
  object = node != NULL ? assay_json_node_object (node) : NULL;
  if (object == NULL)
    return NULL;
  access = assay_json_get_string (object, "token");
  if (access == NULL)
    access = assay_json_get_string (object, "access");
  if (access == NULL || *access == '\0')
    return NULL;
  self = g_new0 (AssayOpenSecret, 1);
  self->access = g_strdup (access);
  if (assay_json_has (object, "token"))
    return g_steal_pointer (&self);
  self->refresh = g_strdup (assay_json_get_string (object, "refresh"));
  self->expires_at = assay_json_get_int (object, "expires_at", 0);
  self->token_endpoint = g_strdup (assay_json_get_string (object, "token_endpoint"));
  self->client_id = g_strdup (assay_json_get_string (object, "client_id"));
  return g_steal_pointer (&self);
}

static void
set_string (JsonObject *object, const char *member, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, member, value);
}

char *
assay_open_secret_to_string (const AssayOpenSecret *self)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  g_return_val_if_fail (self != NULL, NULL);

  object = json_object_new ();
  node = assay_json_object_node_new (object);
  set_string (object, "access", self->access);
  set_string (object, "refresh", self->refresh);
  if (self->expires_at != 0)
    json_object_set_int_member (object, "expires_at", self->expires_at);
  set_string (object, "token_endpoint", self->token_endpoint);
  set_string (object, "client_id", self->client_id);
  return assay_json_to_string (node);
}

gboolean
assay_open_secret_can_refresh (const AssayOpenSecret *self)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->refresh == NULL || *self->refresh == '\0' || self->token_endpoint == NULL)
    return FALSE;
  uri = assay_origin_parse_url (self->token_endpoint, NULL);
  return uri != NULL;
}

char *
assay_open_secret_new_for_token (const char *token)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *stripped = NULL;
  JsonObject *object;

  g_return_val_if_fail (token != NULL, NULL);

  /* What is copied from a page of the web often brings a line's end. */
  stripped = g_strstrip (g_strdup (token));
  object = json_object_new ();
  node = assay_json_object_node_new (object);
  json_object_set_string_member (object, "token", stripped);
  return assay_json_to_string (node);
}
