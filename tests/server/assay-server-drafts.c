/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "platformd"

#include "config.h"

#include "assay-json-read.h"
#include "assay-platform-server.h"
#include "assay-server-handlers.h"
#include "assay-server-leases.h"

/* The lease in the path; NULL after it failed the request. */
static AssayServerLease *
load_lease (AssayServerRequest *request)
{
  AssayServerLease *lease = assay_server_lease_load (request->state, request->person,
                                                     assay_server_request_get_segment (request, 1));

  if (lease == NULL)
    assay_server_request_fail (request, "not-found", NULL, NULL);
  return lease;
}

static JsonNode *
load_draft (AssayServerState *state, const char *lease)
{
  AssayStatement *statement =
      assay_server_state_query (state, "SELECT body FROM draft WHERE lease = ?1", "s", lease);
  JsonNode *node;

  if (!assay_server_row (statement))
    return NULL;
  node = assay_server_get_json (statement, 0);
  assay_statement_reset (statement);
  return node;
}

void
assay_server_get_draft (AssayServerRequest *request)
{
  g_autoptr (AssayServerLease) lease = load_lease (request);
  JsonNode *draft;

  if (lease == NULL)
    return;
  draft = load_draft (request->state, lease->id);
  if (draft == NULL)
    assay_server_request_fail (request, "not-found", NULL, NULL);
  else
    assay_server_request_answer (request, SOUP_STATUS_OK, draft);
}

void
assay_server_put_draft (AssayServerRequest *request)
{
  AssayServerState *state = request->state;
  g_autoptr (AssayServerLease) lease = load_lease (request);
  g_autoptr (JsonNode) current = NULL;
  g_autofree char *time = NULL;
  g_autofree char *text = NULL;
  gboolean has_validator;
  JsonObject *members;

  if (lease == NULL)
    return;
  if (soup_server_message_get_request_body (request->message)->length
      > ASSAY_PLATFORM_SERVER_SUBMISSION_BYTES)
    {
      assay_server_request_fail (request, "too-large", NULL, NULL);
      return;
    }
  if (!assay_server_request_read_body (request, FALSE))
    return;
  if (assay_json_get_object (request->body, "judgement") == NULL)
    {
      assay_server_request_fail (request, "malformed", NULL, "/judgement is not an object.");
      return;
    }
  if (!g_str_equal (lease->state, "held") && !g_str_equal (lease->state, "expired"))
    {
      members = json_object_new ();
      json_object_set_boolean_member (members, "reclaimable", FALSE);
      assay_server_request_fail (request, "lease-expired", members, NULL);
      return;
    }
  current = load_draft (state, lease->id);
  has_validator = assay_server_request_get_header (request, "If-Match") != NULL;
  if (!assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_DRAFT_OVERWRITES)
      && (current == NULL ? has_validator
                          : !has_validator || !assay_server_request_matches (request, current)))
    {
      members = json_object_new ();
      if (current != NULL)
        json_object_set_member (members, "current", g_steal_pointer (&current));
      assay_server_request_fail (request, "precondition-failed", members, NULL);
      return;
    }

  time = assay_server_state_format_time (state, assay_server_state_get_now (state));
  json_object_set_string_member (request->body, "updated_at", time);
  text = assay_json_to_string (request->body_node);
  assay_server_state_execute (
      state, "INSERT INTO draft VALUES (?1, ?2) ON CONFLICT (lease) DO UPDATE SET body = ?2", "ss",
      lease->id, text);
  assay_server_state_record_change (state, request->person, "lease", lease->id, FALSE);
  assay_server_request_answer (request, SOUP_STATUS_OK, load_draft (state, lease->id));
}

void
assay_server_delete_draft (AssayServerRequest *request)
{
  g_autoptr (AssayServerLease) lease = load_lease (request);

  if (lease == NULL)
    return;
  assay_server_state_execute (request->state, "DELETE FROM draft WHERE lease = ?1", "s", lease->id);
  assay_server_request_answer_nothing (request);
}

/* The evaluator's questions */

void
assay_server_list_inquiries (AssayServerRequest *request)
{
  g_autoptr (AssayServerLease) lease = load_lease (request);
  AssayStatement *statement;
  JsonArray *items;

  if (lease == NULL)
    return;
  items = json_array_new ();
  statement = assay_server_state_query (request->state,
                                        "SELECT body FROM inquiry WHERE lease = ?1 ORDER BY n", "s",
                                        lease->id);
  while (assay_server_row (statement))
    json_array_add_element (items, assay_server_get_json (statement, 0));
  assay_server_request_answer_list (request, items);
}

void
assay_server_ask (AssayServerRequest *request)
{
  AssayServerState *state = request->state;
  g_autoptr (AssayServerLease) lease = load_lease (request);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *inquiry;
  g_autofree char *id = NULL;
  g_autofree char *time = NULL;
  g_autofree char *body = NULL;
  const char *text;

  if (lease == NULL || !assay_server_request_read_body (request, FALSE)
      || (text = assay_server_request_require (request, "text")) == NULL)
    return;
  id = assay_server_state_make_id (state, "q");
  time = assay_server_state_format_time (state, assay_server_state_get_now (state));
  inquiry = json_object_new ();
  node = assay_json_object_node_new (inquiry);
  json_object_set_string_member (inquiry, "id", id);
  json_object_set_string_member (inquiry, "text", text);
  json_object_set_string_member (inquiry, "asked_at", time);
  json_object_set_null_member (inquiry, "answer");
  body = assay_json_to_string (node);
  assay_server_state_execute (
      state,
      "INSERT INTO inquiry VALUES (?1, (SELECT coalesce(max(n), 0) + 1 FROM inquiry), ?2, ?3)",
      "sss", id, lease->id, body);
  assay_server_request_answer (request, SOUP_STATUS_CREATED, g_steal_pointer (&node));
}
