/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "platformd"

#include "config.h"

#include "assay-json-read.h"
#include "assay-server-content.h"
#include "assay-server-handlers.h"
#include "assay-server-leases.h"

/* Who is signed in, and what does not belong to a lease. */

void
assay_server_get_me (AssayServerRequest *request)
{
  AssayServerState *state = request->state;
  AssayStatement *statement =
      assay_server_state_query (state, "SELECT name, language FROM person WHERE id = ?1", "s",
                                request->person);
  JsonObject *me = json_object_new ();
  JsonArray *scopes = json_array_new ();
  g_auto (GStrv) names = g_strsplit (request->scopes, " ", -1);

  json_object_set_string_member (me, "id", request->person);
  if (assay_server_row (statement))
    {
      json_object_set_string_member (me, "name", assay_statement_get_text (statement, 0));
      json_object_set_string_member (me, "language", assay_statement_get_text (statement, 1));
    }
  assay_statement_reset (statement);
  for (guint i = 0; names[i] != NULL; i++)
    json_array_add_string_element (scopes, names[i]);
  json_object_set_array_member (me, "scopes", scopes);
  if (assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_TOKEN_IN_ME))
    json_object_set_string_member (me, "api_key", request->token);
  assay_server_request_answer_object (request, SOUP_STATUS_OK, me);
}

JsonObject *
assay_server_make_ref (const char *id, gint64 version)
{
  JsonObject *ref = json_object_new ();

  json_object_set_string_member (ref, "id", id);
  json_object_set_int_member (ref, "version", version);
  return ref;
}

JsonObject *
assay_server_make_guideline_ref (AssayServerState *state, const char *guideline, gint64 version)
{
  g_autofree char *sha256 = NULL;
  JsonObject *ref;

  if (guideline == NULL)
    return NULL;
  sha256 = assay_server_state_query_text (
      state, "SELECT body ->> 'sha256' FROM guideline WHERE id = ?1 AND version = ?2", "si",
      guideline, version);
  ref = assay_server_make_ref (guideline, version);
  json_object_set_string_member (ref, "sha256", sha256);
  return ref;
}

gint64
assay_server_get_newest_guideline (AssayServerState *state, const char *guideline)
{
  return assay_server_state_query_int (state, "SELECT max(version) FROM guideline WHERE id = ?1",
                                       "s", guideline);
}

AssayForm *
assay_server_load_form (AssayServerState *state, const char *id, gint64 version)
{
  g_autofree char *text =
      assay_server_state_query_text (state, "SELECT body FROM form WHERE id = ?1 AND version = ?2",
                                     "si", id, version);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  AssayForm *form;

  if (text == NULL)
    return NULL;
  node = assay_json_parse (text, -1, &error);
  form = node == NULL ? NULL : assay_form_new_from_json (node, "", &error);
  if (form == NULL)
    g_error ("The form %s is none: %s", id, error->message);
  return form;
}

gint64
assay_server_count_available (AssayServerState *state, const char *person, const char *project)
{
  return assay_server_state_query_int (
      state, "SELECT count(*) FROM task AS t WHERE t.project = ?2 AND " ASSAY_SERVER_TASK_IS_FREE,
      "ssi", person, project, assay_server_state_get_now (state));
}

/* Adds to the guideline of a project when @person acknowledged it, where that is asked. */
static JsonObject *
make_project_guideline (AssayServerState *state, const char *person, const char *guideline)
{
  gint64 version = assay_server_get_newest_guideline (state, guideline);
  JsonObject *ref = assay_server_make_guideline_ref (state, guideline, version);
  gint64 at;

  if (!assay_server_state_query_int (
          state, "SELECT must_ack FROM guideline WHERE id = ?1 AND version = ?2", "si", guideline,
          version))
    return ref;
  at = assay_server_state_query_int (
      state, "SELECT at FROM ack WHERE person = ?1 AND guideline = ?2 AND version = ?3", "ssi",
      person, guideline, version);
  if (at == 0)
    json_object_set_null_member (ref, "acknowledged_at");
  else
    {
      g_autofree char *time = assay_server_state_format_time (state, at);

      json_object_set_string_member (ref, "acknowledged_at", time);
    }
  return ref;
}

/* NULL if there is none. */
static JsonNode *
make_project (AssayServerState *state, const char *person, const char *id)
{
  AssayStatement *statement = assay_server_state_query (
      state,
      "SELECT p.body, p.guideline, p.lease_seconds, p.max_held, p.renewals, q.body ->> 'state'"
      " FROM project AS p LEFT JOIN qualification AS q ON q.id = p.qualification WHERE p.id = ?1",
      "s", id);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *guideline = NULL;
  JsonObject *project;
  JsonObject *lease = json_object_new ();

  if (!assay_server_row (statement))
    {
      json_object_unref (lease);
      return NULL;
    }
  node = assay_server_get_json (statement, 0);
  project = json_node_get_object (node);
  guideline = assay_statement_dup_text (statement, 1);
  if (assay_statement_is_null (statement, 2))
    json_object_set_null_member (lease, "seconds");
  else
    json_object_set_int_member (lease, "seconds", assay_statement_get_int (statement, 2));
  json_object_set_int_member (lease, "max_held", assay_statement_get_int (statement, 3));
  json_object_set_int_member (lease, "renewals", assay_statement_get_int (statement, 4));
  json_object_set_object_member (project, "lease", lease);
  if (!assay_statement_is_null (statement, 5))
    json_object_set_string_member (project, "qualification",
                                   assay_statement_get_text (statement, 5));
  assay_statement_reset (statement);

  if (guideline != NULL)
    json_object_set_object_member (project, "guideline",
                                   make_project_guideline (state, person, guideline));
  if (assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_NUMBERS_AS_TEXT))
    json_object_set_string_member (project, "available", "many");
  else
    json_object_set_int_member (project, "available",
                                assay_server_count_available (state, person, id));
  json_object_set_int_member (
      project, "submitted_by_me",
      assay_server_state_query_int (
          state, "SELECT count(*) FROM submission WHERE project = ?1 AND person = ?2", "ss", id,
          person));
  return g_steal_pointer (&node);
}

void
assay_server_list_projects (AssayServerRequest *request)
{
  AssayServerState *state = request->state;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  AssayStatement *statement =
      assay_server_state_query (state, "SELECT id FROM project ORDER BY position", "");
  JsonArray *items = json_array_new ();

  while (assay_server_row (statement))
    g_ptr_array_add (ids, assay_statement_dup_text (statement, 0));
  for (guint i = 0; i < ids->len; i++)
    json_array_add_element (items, make_project (state, request->person, ids->pdata[i]));
  assay_server_request_answer_list (request, items);
}

void
assay_server_get_project (AssayServerRequest *request)
{
  JsonNode *project =
      make_project (request->state, request->person, assay_server_request_get_segment (request, 1));

  if (project == NULL)
    assay_server_request_fail (request, "not-found", NULL, NULL);
  else
    assay_server_request_answer (request, SOUP_STATUS_OK, project);
}

void
assay_server_get_guideline (AssayServerRequest *request)
{
  AssayServerState *state = request->state;
  const char *id = assay_server_request_get_segment (request, 1);
  gint64 version = assay_server_request_get_version (request, 2);
  AssayStatement *statement =
      assay_server_state_query (state, "SELECT body FROM guideline WHERE id = ?1 AND version = ?2",
                                "si", id, version);
  JsonNode *node;

  if (!assay_server_row (statement))
    {
      assay_server_request_fail (request, "not-found", NULL, NULL);
      return;
    }
  node = assay_server_get_json (statement, 0);
  assay_statement_reset (statement);
  if (assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_FORGETS_GUIDELINES)
      && version < assay_server_get_newest_guideline (state, id))
    {
      json_node_unref (node);
      assay_server_request_fail (request, "not-found", NULL, NULL);
      return;
    }
  if (assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_WRONG_DIGEST))
    json_object_set_string_member (json_node_get_object (node), "body", "Another text.\n");
  assay_server_request_answer (request, SOUP_STATUS_OK, node);
}

void
assay_server_acknowledge (AssayServerRequest *request)
{
  AssayServerState *state = request->state;
  const char *id = assay_server_request_get_segment (request, 1);
  gint64 version = assay_server_request_get_version (request, 2);
  g_autofree char *time = NULL;
  JsonObject *answer;

  if (assay_server_state_query_int (
          state, "SELECT count(*) FROM guideline WHERE id = ?1 AND version = ?2", "si", id, version)
      == 0)
    {
      assay_server_request_fail (request, "not-found", NULL, NULL);
      return;
    }
  assay_server_state_execute (state, "INSERT OR IGNORE INTO ack VALUES (?1, ?2, ?3, ?4)", "ssii",
                              request->person, id, version, assay_server_state_get_now (state));
  time = assay_server_state_format_time (
      state, assay_server_state_query_int (
                 state, "SELECT at FROM ack WHERE person = ?1 AND guideline = ?2 AND version = ?3",
                 "ssi", request->person, id, version));
  answer = assay_server_make_ref (id, version);
  json_object_set_string_member (answer, "acknowledged_at", time);
  assay_server_request_answer_object (request, SOUP_STATUS_OK, answer);
}

void
assay_server_get_form (AssayServerRequest *request)
{
  AssayStatement *statement = assay_server_state_query (
      request->state, "SELECT body FROM form WHERE id = ?1 AND version = ?2", "si",
      assay_server_request_get_segment (request, 1), assay_server_request_get_version (request, 2));

  if (!assay_server_row (statement)
      || assay_server_state_has_defect (request->state, ASSAY_SERVER_DEFECT_FORGETS_FORMS))
    {
      assay_statement_reset (statement);
      assay_server_request_fail (request, "not-found", NULL, NULL);
      return;
    }
  assay_server_request_answer (request, SOUP_STATUS_OK, assay_server_get_json (statement, 0));
  assay_statement_reset (statement);
}

void
assay_server_list_qualifications (AssayServerRequest *request)
{
  AssayStatement *statement =
      assay_server_state_query (request->state, "SELECT body FROM qualification ORDER BY position",
                                "");
  JsonArray *items = json_array_new ();

  while (assay_server_row (statement))
    {
      JsonNode *node = assay_server_get_json (statement, 0);

      if (assay_server_state_has_defect (request->state, ASSAY_SERVER_DEFECT_OWN_STATES))
        json_object_set_string_member (json_node_get_object (node), "state", "PASSED");
      json_array_add_element (items, node);
    }
  assay_server_request_answer_list (request, items);
}
