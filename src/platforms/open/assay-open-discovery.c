/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-open-discovery.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-json-read.h"
#include "assay-limits.h"
#include "assay-open-problem.h"
#include "assay-origin.h"

#define DISCOVERY_PATH "/.well-known/evaluator-platform"
#define CORE (ASSAY_PLATFORM_UPDATES | ASSAY_PLATFORM_REPEATABLE | ASSAY_PLATFORM_LEASES)

static const struct
{
  const char *level;
  AssayPlatformAbilities abilities;
} levels[] = {
  { "sync", ASSAY_PLATFORM_CHANGES },
  { "drafts", ASSAY_PLATFORM_DRAFTS },
  { "guidelines", ASSAY_PLATFORM_ACKNOWLEDGES },
  { "feedback", ASSAY_PLATFORM_FEEDBACK | ASSAY_PLATFORM_DISPUTES },
  { "pay", ASSAY_PLATFORM_PAY },
};

/* What a token that does not have the scope cannot do. */
static const struct
{
  const char *scope;
  AssayPlatformAbilities abilities;
} scopes[] = {
  { "feedback", ASSAY_PLATFORM_FEEDBACK | ASSAY_PLATFORM_DISPUTES },
  { "earnings", ASSAY_PLATFORM_PAY },
};

char *
assay_open_discovery_build_url (const char *address, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  g_autofree char *origin = NULL;

  g_return_val_if_fail (address != NULL, NULL);

  uri = assay_origin_parse_url (address, error);
  if (uri == NULL)
    return NULL;
  origin = assay_origin_to_string (uri);
  return g_strconcat (origin, DISCOVERY_PATH, NULL);
}

static gboolean
fail (GError **error, AssayPlatformError code, const char *sentence)
{
  g_propagate_error (error, assay_platform_error_new (code, ASSAY_DELIVERY_ANSWERED, sentence));
  return FALSE;
}

static gboolean
fail_nothing_there (GError **error, AssayPlatformError code)
{
  return fail (error, code, _ ("There is no evaluator platform at that address."));
}

static gboolean
check_protocol (JsonObject *object, GError **error)
{
  const char *protocol = assay_json_get_string (object, "protocol");
  g_autofree char *version = NULL;
  g_autofree char *sentence = NULL;

  if (protocol == NULL || !g_ascii_isdigit (*protocol))
    return fail_nothing_there (error, ASSAY_PLATFORM_ERROR_PROTOCOL);
  if (g_str_has_prefix (protocol, "1."))
    return TRUE;
  version = assay_json_dup_label (protocol);
  sentence =
      /* Translators: a version, like "2.0". */
      g_strdup_printf (_ ("The platform speaks version %s of the protocol for evaluators, which "
                          "this version of Assay does not know. A newer one may."),
                       version);
  return fail (error, ASSAY_PLATFORM_ERROR_NOT_SUPPORTED, sentence);
}

/* Whoever answers at one address may not send the person's secret to another, unless both are
 * known by their certificates. */
static gboolean
check_base (const char *base, GUri *asked, GError **error)
{
  g_autoptr (GUri) uri = assay_origin_parse_url (base, NULL);
  g_autofree char *there = NULL;
  g_autofree char *here = NULL;
  g_autofree char *sentence = NULL;

  if (uri == NULL || g_uri_get_query (uri) != NULL || strchr (base, '#') != NULL)
    return fail (error, ASSAY_PLATFORM_ERROR_PROTOCOL,
                 _ ("The platform names an address of its own that cannot be used."));
  if (assay_origin_equal (uri, asked)
      || (g_str_equal (g_uri_get_scheme (uri), "https")
          && g_str_equal (g_uri_get_scheme (asked), "https")))
    return TRUE;
  here = assay_origin_to_string (asked);
  there = assay_origin_to_string (uri);
  sentence =
      /* Translators: two addresses. */
      g_strdup_printf (_ ("What is at %s says that the platform is at %s. Assay does not follow "
                          "that, because one of the two cannot prove who it is."),
                       here, there);
  return fail (error, ASSAY_PLATFORM_ERROR_PROTOCOL, sentence);
}

/* An address that a person may be sent to; NULL where it is none. */
static char *
dup_address (JsonObject *object, const char *member)
{
  const char *address = assay_json_get_string (object, member);
  g_autoptr (GUri) uri = address != NULL ? assay_origin_parse_url (address, NULL) : NULL;

  return uri != NULL ? g_uri_to_string (uri) : NULL;
}

static void
read_server (AssayPlatformInfo *self, JsonObject *object)
{
  JsonArray *servers = assay_json_get_array (object, "authorization_servers");
  const char *issuer = servers != NULL && json_array_get_length (servers) > 0
                           ? assay_json_node_string (json_array_get_element (servers, 0))
                           : NULL;
  const char *client_id = assay_json_get_string (object, "client_id");
  g_autoptr (GUri) uri = issuer != NULL ? assay_origin_parse_url (issuer, NULL) : NULL;

  /* The issuer's name is compared as it is written. */
  if (uri != NULL && client_id != NULL && strlen (client_id) <= ASSAY_LIMIT_NAME_BYTES)
    {
      self->authorization_server = g_strdup (issuer);
      self->client_id = g_strdup (client_id);
    }
}

static guint
read_limit (JsonObject *limits, const char *member)
{
  return limits == NULL ? 0 : (guint) CLAMP (assay_json_get_int (limits, member, 0), 0, G_MAXINT);
}

static void
read_rules (AssayPlatformInfo *self, JsonObject *rules)
{
  const char *tools;

  if (rules == NULL)
    return;
  self->offline_cache = assay_json_get_boolean (rules, "offline_cache", TRUE);
  self->cache_max_hours =
      (int) CLAMP (assay_json_get_int (rules, "cache_max_hours", -1), -1, G_MAXINT);
  tools = assay_json_get_string (rules, "assistive_writing_tools");
  /* What is not known is as strict as what is. */
  self->spelling_allowed =
      tools == NULL || g_str_equal (tools, "allowed") || g_str_equal (tools, "spelling");
}

AssayPlatformInfo *
assay_open_discovery_read (JsonNode *node, const char *url, GError **error)
{
  g_autoptr (AssayPlatformInfo) self = NULL;
  g_autoptr (GUri) asked = NULL;
  JsonObject *object;
  JsonObject *limits;
  JsonArray *conformance;
  const char *name;
  const char *base;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (url != NULL, NULL);

  asked = assay_origin_parse_url (url, error);
  object = assay_json_node_object (node);
  if (asked == NULL
      || (object == NULL && !fail_nothing_there (error, ASSAY_PLATFORM_ERROR_PROTOCOL))
      || !check_protocol (object, error))
    return NULL;
  name = assay_json_get_string (object, "name");
  base = assay_json_get_string (object, "base");
  if (name == NULL || base == NULL)
    {
      fail_nothing_there (error, ASSAY_PLATFORM_ERROR_PROTOCOL);
      return NULL;
    }
  if (!check_base (base, asked, error))
    return NULL;

  self = assay_platform_info_new ();
  g_free (self->name);
  self->name = assay_json_dup_label (name);
  g_set_str (&self->base, base);
  while (g_str_has_suffix (self->base, "/"))
    self->base[strlen (self->base) - 1] = '\0';
  self->token_page = dup_address (object, "token_page");
  self->support = dup_address (object, "support");
  read_server (self, object);
  limits = assay_json_get_object (object, "limits");
  self->claim_max = read_limit (limits, "claim_max");
  self->submission_bytes = read_limit (limits, "submission_bytes");
  read_rules (self, assay_json_get_object (object, "rules"));

  self->abilities = CORE;
  conformance = assay_json_get_array (object, "conformance");
  for (guint i = 0; conformance != NULL && i < json_array_get_length (conformance); i++)
    for (guint k = 0; k < G_N_ELEMENTS (levels); k++)
      if (g_strcmp0 (assay_json_node_string (json_array_get_element (conformance, i)),
                     levels[k].level)
          == 0)
        self->abilities |= levels[k].abilities;
  return g_steal_pointer (&self);
}

static gboolean
array_has (JsonArray *array, const char *text)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (g_strcmp0 (assay_json_node_string (json_array_get_element (array, i)), text) == 0)
      return TRUE;
  return FALSE;
}

gboolean
assay_open_discovery_read_person (AssayPlatformInfo *self, JsonNode *node, GError **error)
{
  JsonObject *object;
  JsonArray *permitted;
  const char *id;
  const char *name;

  g_return_val_if_fail (self != NULL, FALSE);

  object = node != NULL ? assay_json_node_object (node) : NULL;
  id = object != NULL ? assay_json_get_string (object, "id") : NULL;
  if (id == NULL || *id == '\0' || strlen (id) > ASSAY_LIMIT_NAME_BYTES)
    {
      g_propagate_error (error, assay_open_problem_new_unreadable (self->base, "/me has no id"));
      return FALSE;
    }
  name = assay_json_get_string (object, "name");
  g_free (self->person);
  g_set_str (&self->person_id, id);
  self->person = assay_json_dup_label (name != NULL && *name != '\0' ? name : id);
  permitted = assay_json_get_array (object, "scopes");
  for (guint i = 0; permitted != NULL && i < G_N_ELEMENTS (scopes); i++)
    if (!array_has (permitted, scopes[i].scope))
      self->abilities &= ~scopes[i].abilities;
  return TRUE;
}

AssayPlatformInfo *
assay_open_discovery_ask (AssayOpenClient *client, const char *address, GError **error)
{
  const AssayOpenAsk ask = { .kind = ASSAY_HTTP_PROBE, .route = DISCOVERY_PATH, .anonymous = TRUE };
  g_autofree char *url = assay_open_discovery_build_url (address, error);
  g_autoptr (AssayHttpAnswer) answer = NULL;
  g_autoptr (GError) trouble = NULL;

  if (url == NULL)
    return NULL;
  answer = assay_open_client_ask (client, &ask, url, &trouble);
  if (answer == NULL)
    {
      /* A page of the web, or of a network that asks to sign in. */
      if (g_error_matches (trouble, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_PROTOCOL)
          || g_error_matches (trouble, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_FOUND))
        fail_nothing_there (error, (AssayPlatformError) trouble->code);
      else
        g_propagate_error (error, g_steal_pointer (&trouble));
      return NULL;
    }
  if (assay_http_answer_get_json (answer) == NULL)
    {
      fail_nothing_there (error, ASSAY_PLATFORM_ERROR_PROTOCOL);
      return NULL;
    }
  return assay_open_discovery_read (assay_http_answer_get_json (answer), url, error);
}
