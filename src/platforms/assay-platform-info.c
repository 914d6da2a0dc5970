/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-platform-info.h"

#include "assay-json-read.h"

G_DEFINE_BOXED_TYPE (AssayPlatformInfo,
                     assay_platform_info,
                     assay_platform_info_copy,
                     assay_platform_info_free)

AssayPlatformInfo *
assay_platform_info_new (void)
{
  AssayPlatformInfo *self = g_new0 (AssayPlatformInfo, 1);

  self->name = g_strdup ("");
  self->person = g_strdup ("");
  self->person_id = g_strdup ("");
  self->base = g_strdup ("");
  self->offline_cache = TRUE;
  self->cache_max_hours = -1;
  self->spelling_allowed = TRUE;
  return self;
}

AssayPlatformInfo *
assay_platform_info_copy (const AssayPlatformInfo *self)
{
  AssayPlatformInfo *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->name = g_strdup (self->name);
  copy->person = g_strdup (self->person);
  copy->person_id = g_strdup (self->person_id);
  copy->base = g_strdup (self->base);
  copy->token_page = g_strdup (self->token_page);
  copy->authorization_server = g_strdup (self->authorization_server);
  copy->client_id = g_strdup (self->client_id);
  copy->support = g_strdup (self->support);
  return copy;
}

void
assay_platform_info_free (AssayPlatformInfo *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->person);
  g_free (self->person_id);
  g_free (self->base);
  g_free (self->token_page);
  g_free (self->authorization_server);
  g_free (self->client_id);
  g_free (self->support);
  g_free (self);
}

static void
add_string (JsonObject *object, const char *member, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, member, value);
}

JsonNode *
assay_platform_info_to_json (const AssayPlatformInfo *self)
{
  JsonObject *object;

  g_return_val_if_fail (self != NULL, NULL);

  object = json_object_new ();
  add_string (object, "name", self->name);
  add_string (object, "person", self->person);
  add_string (object, "person_id", self->person_id);
  add_string (object, "base", self->base);
  add_string (object, "token_page", self->token_page);
  add_string (object, "authorization_server", self->authorization_server);
  add_string (object, "client_id", self->client_id);
  add_string (object, "support", self->support);
  json_object_set_int_member (object, "abilities", self->abilities);
  json_object_set_int_member (object, "claim_max", self->claim_max);
  json_object_set_int_member (object, "submission_bytes", self->submission_bytes);
  json_object_set_boolean_member (object, "offline_cache", self->offline_cache);
  json_object_set_int_member (object, "cache_max_hours", self->cache_max_hours);
  json_object_set_boolean_member (object, "spelling_allowed", self->spelling_allowed);
  return assay_json_object_node_new (object);
}

AssayPlatformInfo *
assay_platform_info_new_from_json (JsonNode *node)
{
  JsonObject *object = node != NULL ? assay_json_node_object (node) : NULL;
  AssayPlatformInfo *self;

  if (object == NULL || assay_json_get_string (object, "base") == NULL)
    return NULL;
  self = assay_platform_info_new ();
  g_set_str (&self->name, assay_json_get_string_or (object, "name", ""));
  g_set_str (&self->person, assay_json_get_string_or (object, "person", ""));
  g_set_str (&self->person_id, assay_json_get_string_or (object, "person_id", ""));
  g_set_str (&self->base, assay_json_get_string (object, "base"));
  self->token_page = g_strdup (assay_json_get_string (object, "token_page"));
  self->authorization_server = g_strdup (assay_json_get_string (object, "authorization_server"));
  self->client_id = g_strdup (assay_json_get_string (object, "client_id"));
  self->support = g_strdup (assay_json_get_string (object, "support"));
  self->abilities = (AssayPlatformAbilities) assay_json_get_int (object, "abilities", 0);
  self->claim_max = (guint) CLAMP (assay_json_get_int (object, "claim_max", 0), 0, G_MAXINT);
  self->submission_bytes =
      (guint) CLAMP (assay_json_get_int (object, "submission_bytes", 0), 0, G_MAXINT);
  self->offline_cache = assay_json_get_boolean (object, "offline_cache", TRUE);
  self->cache_max_hours =
      (int) CLAMP (assay_json_get_int (object, "cache_max_hours", -1), -1, G_MAXINT);
  self->spelling_allowed = assay_json_get_boolean (object, "spelling_allowed", TRUE);
  return self;
}

gboolean
assay_platform_info_is_same_person (const AssayPlatformInfo *self, const AssayPlatformInfo *other)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);

  /* Two may have one name, and one may take another. */
  if (*self->person_id != '\0' && *other->person_id != '\0')
    return g_str_equal (self->person_id, other->person_id);
  return g_str_equal (self->person, other->person);
}
