/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "platformd"

#include "config.h"

#include <string.h>

#include "assay-json-read.h"
#include "assay-outcome.h"
#include "assay-platform-server.h"
#include "assay-server-content.h"
#include "assay-server-handlers.h"
#include "assay-server-leases.h"

#define RETRY_SECONDS "60"

AssayServerLease *
assay_server_lease_load (AssayServerState *state, const char *person, const char *id)
{
  g_autoptr (AssayServerLease) self = NULL;
  AssayStatement *statement = assay_server_state_query (
      state,
      "SELECT id, project, task, state, form, form_version, expires_at FROM lease"
      " WHERE id = ?1 AND person = ?2",
      "ss", id, person);

  if (!assay_server_row (statement))
    return NULL;
  self = g_new0 (AssayServerLease, 1);
  self->id = assay_statement_dup_text (statement, 0);
  self->project = assay_statement_dup_text (statement, 1);
  self->task = assay_statement_dup_text (statement, 2);
  self->state = assay_statement_dup_text (statement, 3);
  self->form = assay_statement_dup_text (statement, 4);
  self->form_version = assay_statement_get_int (statement, 5);
  self->expires_at = assay_statement_get_int (statement, 6);
  assay_statement_reset (statement);

  if (g_str_equal (self->state, "held") && self->expires_at != 0
      && self->expires_at <= assay_server_state_get_now (state)
      && !assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_NEVER_LATE))
    g_set_str (&self->state, "expired");
  return g_steal_pointer (&self);
}

void
assay_server_lease_free (AssayServerLease *self)
{
  g_free (self->id);
  g_free (self->project);
  g_free (self->task);
  g_free (self->state);
  g_free (self->form);
  g_free (self);
}

gboolean
assay_server_lease_is_reclaimable (AssayServerLease *self,
                                   AssayServerState *state,
                                   const char *person)
{
  return assay_server_state_query_int (
             state, "SELECT count(*) FROM task AS t WHERE t.id = ?2 AND " ASSAY_SERVER_TASK_IS_FREE,
             "ssi", person, self->task, assay_server_state_get_now (state))
         > 0;
}

void
assay_server_lease_end (AssayServerLease *self,
                        AssayServerState *state,
                        const char *person,
                        const char *end)
{
  assay_server_state_execute (state, "UPDATE lease SET state = ?2 WHERE id = ?1", "ss", self->id,
                              end);
  g_set_str (&self->state, end);
  assay_server_state_record_change (state, person, "lease", self->id,
                                    g_str_equal (end, "released"));
  /* There is one more to claim, or one less. */
  assay_server_state_record_change (state, NULL, "project", self->project, FALSE);
}

/* What a person sees of a task. */
static JsonNode *
load_task (AssayServerState *state, const char *task, const char *base)
{
  AssayStatement *statement =
      assay_server_state_query (state, "SELECT body, gold FROM task WHERE id = ?1", "s", task);
  const char *path = strchr (strstr (base, "://") + strlen ("://"), '/');
  g_autofree char *origin = g_strndup (base, (gsize) (path - base));
  g_autoptr (JsonNode) gold = NULL;
  JsonNode *node;

  if (!assay_server_row (statement))
    g_error ("There is no task “%s”", task);
  node = assay_server_get_json (statement, 0);
  gold = assay_server_get_json (statement, 1);
  assay_statement_reset (statement);
  if (gold != NULL && assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_GOLD_SHOWS))
    json_object_set_member (json_node_get_object (node), "gold", g_steal_pointer (&gold));
  assay_server_sign_attachments (state, json_node_get_object (node), origin);
  return node;
}

static void
set_time (AssayServerState *state, JsonObject *object, const char *member, gint64 time)
{
  g_autofree char *text = assay_server_state_format_time (state, time);

  json_object_set_string_member (object, member, text);
}

/* NULL if there is none. */
static JsonNode *
make_lease (AssayServerRequest *request, const char *id)
{
  AssayServerState *state = request->state;
  g_autoptr (AssayServerLease) lease = assay_server_lease_load (state, request->person, id);
  AssayStatement *statement;
  JsonObject *object;
  g_autofree char *guideline = NULL;
  g_autofree char *submission = NULL;
  gint64 guideline_version;
  JsonNode *pay;

  if (lease == NULL)
    return NULL;
  object = json_object_new ();
  json_object_set_string_member (object, "id", lease->id);
  json_object_set_string_member (object, "project_id", lease->project);
  json_object_set_string_member (object, "state", lease->state);
  json_object_set_object_member (object, "form",
                                 assay_server_make_ref (lease->form, lease->form_version));
  if (lease->expires_at == 0)
    json_object_set_null_member (object, "expires_at");
  else
    set_time (state, object, "expires_at", lease->expires_at);

  statement = assay_server_state_query (
      state,
      "SELECT l.granted_at, l.renewals_left, l.guideline, l.guideline_version, p.kind,"
      " p.body -> 'pay' FROM lease AS l JOIN project AS p ON p.id = l.project WHERE l.id = ?1",
      "s", id);
  if (!assay_server_row (statement))
    g_assert_not_reached ();
  set_time (state, object, "granted_at", assay_statement_get_int (statement, 0));
  json_object_set_int_member (object, "renewals_left", assay_statement_get_int (statement, 1));
  guideline = assay_statement_dup_text (statement, 2);
  guideline_version = assay_statement_get_int (statement, 3);
  json_object_set_string_member (object, "kind", assay_statement_get_text (statement, 4));
  pay = assay_server_get_json (statement, 5);
  assay_statement_reset (statement);

  if (pay != NULL)
    json_object_set_member (object, "pay", pay);
  if (guideline != NULL)
    json_object_set_object_member (
        object, "guideline", assay_server_make_guideline_ref (state, guideline, guideline_version));
  submission =
      assay_server_state_query_text (state, "SELECT id FROM submission WHERE lease = ?1", "s", id);
  if (submission != NULL)
    json_object_set_string_member (object, "submission_id", submission);
  json_object_set_member (object, "task", load_task (state, lease->task, request->base));
  return assay_json_object_node_new (object);
}

static void
answer_lease (AssayServerRequest *request, const char *id)
{
  JsonNode *lease = make_lease (request, id);

  if (lease == NULL)
    assay_server_request_fail (request, "not-found", NULL, NULL);
  else
    assay_server_request_answer (request, SOUP_STATUS_OK, lease);
}

static void
fail_expired (AssayServerRequest *request, AssayServerLease *lease)
{
  JsonObject *members = json_object_new ();

  json_object_set_boolean_member (members, "reclaimable",
                                  assay_server_lease_is_reclaimable (lease, request->state,
                                                                     request->person));
  assay_server_request_fail (request, "lease-expired", members, NULL);
}

/* Claiming */

typedef struct
{
  char *guideline; /* (nullable) */
  gint64 guideline_version;
  char *form;
  gint64 form_version;
  gint64 seconds; /* 0 for never */
  gint64 max_held;
  gint64 renewals;
  JsonNode *qualification; /* (nullable) */
} Terms;

static void
terms_clear (Terms *terms)
{
  g_free (terms->guideline);
  g_free (terms->form);
  g_clear_pointer (&terms->qualification, json_node_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Terms, terms_clear)

static gboolean
load_terms (AssayServerState *state, const char *project, Terms *terms)
{
  AssayStatement *statement = assay_server_state_query (
      state,
      "SELECT p.guideline, p.lease_seconds, p.max_held, p.renewals, q.body,"
      " p.body -> 'form' ->> 'id', p.body -> 'form' ->> 'version'"
      " FROM project AS p LEFT JOIN qualification AS q ON q.id = p.qualification WHERE p.id = ?1",
      "s", project);

  if (!assay_server_row (statement))
    return FALSE;
  terms->guideline = assay_statement_dup_text (statement, 0);
  terms->seconds = assay_statement_get_int (statement, 1);
  terms->max_held = assay_statement_get_int (statement, 2);
  terms->renewals = assay_statement_get_int (statement, 3);
  terms->qualification = assay_server_get_json (statement, 4);
  terms->form = assay_statement_dup_text (statement, 5);
  terms->form_version = assay_statement_get_int (statement, 6);
  assay_statement_reset (statement);
  if (terms->guideline != NULL)
    terms->guideline_version = assay_server_get_newest_guideline (state, terms->guideline);
  return TRUE;
}

/* What keeps the person from claiming; TRUE if nothing does. */
static gboolean
check_terms (AssayServerRequest *request, const Terms *terms)
{
  AssayServerState *state = request->state;
  JsonObject *qualification =
      terms->qualification == NULL ? NULL : json_node_get_object (terms->qualification);
  JsonObject *members;

  if (qualification != NULL
      && g_strcmp0 (assay_json_get_string (qualification, "state"), "granted") != 0)
    {
      members = json_object_new ();
      json_object_set_member (members, "qualification", json_node_copy (terms->qualification));
      assay_server_request_fail (request, "not-qualified", members, NULL);
      return FALSE;
    }
  if (terms->guideline != NULL
      && !assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_NO_ACKNOWLEDGEMENT)
      && assay_server_state_query_int (
             state,
             "SELECT count(*) FROM guideline AS g WHERE g.id = ?1 AND g.version = ?2 AND g.must_ack"
             " AND NOT EXISTS (SELECT 1 FROM ack AS a WHERE a.guideline = g.id"
             "  AND a.version = g.version AND a.person = ?3)",
             "sis", terms->guideline, terms->guideline_version, request->person)
             > 0)
    {
      members = json_object_new ();
      json_object_set_object_member (
          members, "guideline", assay_server_make_ref (terms->guideline, terms->guideline_version));
      assay_server_request_fail (request, "guidelines-not-acknowledged", members, NULL);
      return FALSE;
    }
  return TRUE;
}

static char *
grant (AssayServerRequest *request, const char *project, const char *task, const Terms *terms)
{
  AssayServerState *state = request->state;
  /* Whole seconds, as they are told: a lease must not end at another moment than it says. */
  gint64 now = assay_server_state_get_now (state) / 1000 * 1000;
  char *id = assay_server_state_make_id (state, "l");

  assay_server_state_execute (
      state,
      "INSERT INTO lease (id, n, person, project, task, granted_at, expires_at, renewals_left, form,"
      " form_version, guideline, guideline_version)"
      " VALUES (?1, (SELECT coalesce(max(n), 0) + 1 FROM lease), ?2, ?3, ?4, ?5, nullif(?6, 0), ?7,"
      " ?8, ?9, ?10, nullif(?11, 0))",
      "ssssiiisisi", id, request->person, project, task, now,
      terms->seconds == 0 ? (gint64) 0 : now + terms->seconds * 1000, terms->renewals, terms->form,
      terms->form_version, terms->guideline, terms->guideline_version);
  assay_server_state_record_change (state, request->person, "lease", id, FALSE);
  return id;
}

void
assay_server_claim (AssayServerRequest *request)
{
  AssayServerState *state = request->state;
  const char *project;
  gint64 count;
  gint64 held;
  g_auto (Terms) terms = { 0 };
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (g_free);
  AssayStatement *statement;
  JsonArray *leases;
  JsonObject *answer;

  if (!assay_server_request_read_body (request, FALSE)
      || (project = assay_server_request_require (request, "project_id")) == NULL)
    return;
  count = assay_json_get_int (request->body, "count", 1);
  if (count < 1)
    {
      assay_server_request_fail (request, "malformed", NULL, "/count is less than 1.");
      return;
    }
  if (!load_terms (state, project, &terms))
    {
      assay_server_request_fail (request, "not-found", NULL, NULL);
      return;
    }
  if (!check_terms (request, &terms))
    return;

  held = assay_server_state_query_int (
      state,
      "SELECT count(*) FROM lease WHERE person = ?1 AND project = ?2 AND state = 'held'"
      " AND (expires_at IS NULL OR expires_at > ?3)",
      "ssi", request->person, project, assay_server_state_get_now (state));
  count = MIN (count, ASSAY_PLATFORM_SERVER_CLAIM_MAX);
  count = CLAMP (terms.max_held - held, 0, count);
  statement = assay_server_state_query (
      state,
      "SELECT t.id FROM task AS t WHERE t.project = ?2 AND " ASSAY_SERVER_TASK_IS_FREE
      " ORDER BY t.position LIMIT ?4",
      "ssii", request->person, project, assay_server_state_get_now (state), count);
  while (assay_server_row (statement))
    g_ptr_array_add (tasks, assay_statement_dup_text (statement, 0));

  leases = json_array_new ();
  for (guint i = 0; i < tasks->len; i++)
    {
      gboolean twice = assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_SAME_TASK_TWICE);
      g_autofree char *id = grant (request, project, tasks->pdata[twice ? 0 : i], &terms);

      json_array_add_element (leases, make_lease (request, id));
    }
  if (tasks->len == 0)
    soup_message_headers_replace (soup_server_message_get_response_headers (request->message),
                                  "Retry-After", RETRY_SECONDS);
  else
    assay_server_state_record_change (state, NULL, "project", project, FALSE);
  answer = json_object_new ();
  json_object_set_array_member (answer, "leases", leases);
  assay_server_request_answer_object (request, SOUP_STATUS_CREATED, answer);
}

/* What is held */

static JsonNode *
make_listed (AssayServerRequest *request, guint index, gpointer user_data)
{
  GPtrArray *ids = user_data;

  return make_lease (request, ids->pdata[index]);
}

void
assay_server_list_leases (AssayServerRequest *request)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  AssayStatement *statement =
      assay_server_state_query (request->state,
                                "SELECT id FROM lease WHERE person = ?1 AND state = 'held'"
                                " AND (expires_at IS NULL OR expires_at > ?2) ORDER BY n",
                                "si", request->person, assay_server_state_get_now (request->state));

  while (assay_server_row (statement))
    g_ptr_array_add (ids, assay_statement_dup_text (statement, 0));
  if (assay_server_state_has_defect (request->state, ASSAY_SERVER_DEFECT_HIDES_LEASES))
    g_ptr_array_set_size (ids, 0);
  assay_server_request_answer_page (request, ids->len, make_listed, ids);
}

void
assay_server_get_lease (AssayServerRequest *request)
{
  answer_lease (request, assay_server_request_get_segment (request, 1));
}

void
assay_server_release (AssayServerRequest *request)
{
  AssayServerState *state = request->state;
  g_autoptr (AssayServerLease) lease =
      assay_server_lease_load (state, request->person,
                               assay_server_request_get_segment (request, 1));

  if (lease == NULL
      || (!g_str_equal (lease->state, "held")
          && assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_RELEASE_ONCE)))
    {
      assay_server_request_fail (request, "not-found", NULL, NULL);
      return;
    }
  if (g_str_equal (lease->state, "held"))
    assay_server_lease_end (lease, state, request->person, "released");
  assay_server_request_answer_nothing (request);
}

void
assay_server_renew (AssayServerRequest *request)
{
  AssayServerState *state = request->state;
  g_autoptr (AssayServerLease) lease =
      assay_server_lease_load (state, request->person,
                               assay_server_request_get_segment (request, 1));
  guint n_changed;

  if (lease == NULL)
    {
      assay_server_request_fail (request, "not-found", NULL, NULL);
      return;
    }
  if (!g_str_equal (lease->state, "held"))
    {
      fail_expired (request, lease);
      return;
    }
  n_changed = assay_server_state_execute (
      state,
      "UPDATE lease SET renewals_left = renewals_left - 1, expires_at = expires_at + 1000 *"
      " (SELECT lease_seconds FROM project WHERE project.id = lease.project)"
      " WHERE id = ?1 AND renewals_left > 0 AND expires_at IS NOT NULL",
      "s", lease->id);
  if (n_changed == 0)
    {
      assay_server_request_fail (request, "lease-not-renewable", NULL, NULL);
      return;
    }
  assay_server_state_record_change (state, request->person, "lease", lease->id, FALSE);
  answer_lease (request, lease->id);
}

/* Skipping */

static void
add_error (JsonArray *errors, const char *pointer, const char *code, const char *message)
{
  JsonObject *error = json_object_new ();

  json_object_set_string_member (error, "pointer", pointer);
  json_object_set_string_member (error, "code", code);
  json_object_set_string_member (error, "message", message);
  json_array_add_object_element (errors, error);
}

/* The rules of assay_judgement_validate () for the outcomes that give a task back. */
static gboolean
check_skip (AssayServerRequest *request, AssayServerLease *lease)
{
  g_autoptr (JsonArray) errors = json_array_new ();
  const char *name = assay_json_get_string (request->body, "outcome");
  const char *reason = assay_json_get_string (request->body, "outcome_reason");
  const char *note = assay_json_get_string_or (request->body, "outcome_note", "");
  AssayOutcome outcome;
  guint min, max;
  glong length = g_utf8_strlen (note, -1);
  JsonObject *members;

  if (name == NULL || !assay_outcome_from_string (name, &outcome)
      || outcome == ASSAY_OUTCOME_ANSWERED || outcome == ASSAY_OUTCOME_NOT_RATABLE)
    add_error (errors, "/outcome", "option", "This outcome does not give a task back.");
  else
    {
      const char *const *reasons = assay_outcome_get_reasons (outcome);

      assay_outcome_get_note_limits (outcome, &min, &max);
      if (reasons[0] != NULL && (reason == NULL || !g_strv_contains (reasons, reason)))
        add_error (errors, "/outcome_reason", "out.reason", "The reason is missing.");
      if (length < min || (max > 0 && length > max))
        add_error (errors, "/outcome_note", "out.note", "The note is too short or too long.");
      if (outcome == ASSAY_OUTCOME_SKIPPED
          && assay_server_state_query_int (
              request->state,
              "SELECT body -> 'policy' ->> 'allow_skip' = 0 FROM task WHERE id = ?1", "s",
              lease->task))
        add_error (errors, "/outcome", "out.skip", "This task cannot be skipped.");
    }
  if (json_array_get_length (errors) == 0)
    return TRUE;
  members = json_object_new ();
  json_object_set_array_member (members, "errors", g_steal_pointer (&errors));
  assay_server_request_fail (request, "answers-invalid", members, NULL);
  return FALSE;
}

void
assay_server_skip (AssayServerRequest *request)
{
  AssayServerState *state = request->state;
  g_autoptr (AssayServerLease) lease =
      assay_server_lease_load (state, request->person,
                               assay_server_request_get_segment (request, 1));
  g_autofree char *body = NULL;

  if (lease == NULL)
    {
      assay_server_request_fail (request, "not-found", NULL, NULL);
      return;
    }
  if (!assay_server_request_read_body (request, FALSE) || !check_skip (request, lease))
    return;
  if (g_str_equal (lease->state, "held"))
    {
      body = assay_json_to_string (request->body_node);
      assay_server_state_execute (state, "UPDATE lease SET skip = ?2 WHERE id = ?1", "ss",
                                  lease->id, body);
      assay_server_lease_end (lease, state, request->person, "skipped");
    }
  else if (!g_str_equal (lease->state, "skipped")
           || assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_SKIP_ONCE))
    {
      fail_expired (request, lease);
      return;
    }
  answer_lease (request, lease->id);
}

void
assay_server_refresh_attachment (AssayServerRequest *request)
{
  g_autoptr (JsonNode) lease = make_lease (request, assay_server_request_get_segment (request, 1));
  JsonObject *task =
      lease == NULL ? NULL : assay_json_get_object (json_node_get_object (lease), "task");
  JsonObject *attachment =
      task == NULL
          ? NULL
          : assay_server_find_attachment (task, assay_server_request_get_segment (request, 3));

  if (attachment == NULL)
    assay_server_request_fail (request, "not-found", NULL, NULL);
  else
    assay_server_request_answer_object (request, SOUP_STATUS_OK, json_object_ref (attachment));
}
