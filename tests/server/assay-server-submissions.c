/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "platformd"

#include "config.h"

#include "assay-json-read.h"
#include "assay-platform-server.h"
#include "assay-server-content.h"
#include "assay-server-gold.h"
#include "assay-server-handlers.h"
#include "assay-server-leases.h"
#include "assay-server-validation.h"

#define SMALL_LIMIT_BYTES (64 * 1024)

/* NULL if @person has none with @id. */
static JsonNode *
make_record (AssayServerState *state, const char *person, const char *id)
{
  AssayStatement *statement = assay_server_state_query (
      state,
      "SELECT s.lease, s.project, s.task, l.form, l.form_version, s.judgement, s.received_at, s.late,"
      " s.counted, s.state, s.editable_until FROM submission AS s JOIN lease AS l ON l.id = s.lease"
      " WHERE s.id = ?1 AND s.person = ?2",
      "ss", id, person);
  JsonObject *record;
  g_autofree char *received = NULL;

  if (!assay_server_row (statement))
    return NULL;
  record = json_object_new ();
  json_object_set_string_member (record, "id", id);
  json_object_set_string_member (record, "lease_id", assay_statement_get_text (statement, 0));
  json_object_set_string_member (record, "project_id", assay_statement_get_text (statement, 1));
  json_object_set_string_member (record, "task_id", assay_statement_get_text (statement, 2));
  json_object_set_object_member (record, "form",
                                 assay_server_make_ref (assay_statement_get_text (statement, 3),
                                                        assay_statement_get_int (statement, 4)));
  json_object_set_member (record, "judgement", assay_server_get_json (statement, 5));
  received = assay_server_state_format_time (state, assay_statement_get_int (statement, 6));
  json_object_set_string_member (record, "received_at", received);
  json_object_set_boolean_member (record, "late", assay_statement_get_int (statement, 7) != 0);
  json_object_set_boolean_member (record, "counted", assay_statement_get_int (statement, 8) != 0);
  json_object_set_string_member (record, "state", assay_statement_get_text (statement, 9));
  if (assay_statement_is_null (statement, 10))
    json_object_set_null_member (record, "editable_until");
  else
    {
      g_autofree char *until =
          assay_server_state_format_time (state, assay_statement_get_int (statement, 10));

      json_object_set_string_member (record, "editable_until", until);
    }
  assay_statement_reset (statement);
  return assay_json_object_node_new (record);
}

void
assay_server_get_submission (AssayServerRequest *request)
{
  JsonNode *record =
      make_record (request->state, request->person, assay_server_request_get_segment (request, 1));

  if (record == NULL)
    assay_server_request_fail (request, "not-found", NULL, NULL);
  else
    assay_server_request_answer (request, SOUP_STATUS_OK, record);
}

/* What is handed in */

typedef struct
{
  const char *id;
  const char *lease;
  const char *form;
  gint64 form_version;
  JsonObject *judgement; /* in the request */
  char *content;         /* (owned): what makes two submissions the same */
  char *stored;          /* (owned): the judgement as it is kept */
} Work;

static void
work_clear (Work *work)
{
  g_free (work->content);
  g_free (work->stored);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static char *
replace_astral_characters (const char *text)
{
  GString *result = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (result, c > 0xffff ? 0xfffd : c);
    }
  return g_string_free_and_steal (result);
}

static char *
make_stored (AssayServerState *state, JsonObject *judgement)
{
  static const char *const known[] = {
    "id",           "task_id",    "kind",           "schema_version", "revision",
    "outcome",      "answers",    "rationale",      "outcome_reason", "outcome_note",
    "flags",        "confidence", "salvage",        "effort",         "salvage_reason",
    "presentation", "times",      "guideline_seen", "read_to_end",    NULL,
  };
  g_autoptr (JsonNode) borrowed = assay_json_object_node_new (json_object_ref (judgement));
  g_autoptr (JsonNode) node = assay_json_copy (borrowed);
  char *text;

  if (assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_DROPS_UNKNOWN))
    {
      g_autoptr (GList) members = json_object_get_members (judgement);

      for (GList *l = members; l != NULL; l = l->next)
        if (!g_strv_contains (known, l->data))
          json_object_remove_member (json_node_get_object (node), l->data);
    }
  text = assay_json_to_string (node);
  if (assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_LOSES_CHARACTERS))
    {
      char *poorer = replace_astral_characters (text);

      g_free (text);
      text = poorer;
    }
  return text;
}

static char *
make_content (const Work *work)
{
  JsonObject *content = json_object_new ();
  g_autoptr (JsonNode) node = assay_json_object_node_new (content);

  json_object_set_string_member (content, "lease_id", work->lease);
  json_object_set_object_member (content, "form",
                                 assay_server_make_ref (work->form, work->form_version));
  json_object_set_object_member (content, "judgement", json_object_ref (work->judgement));
  return assay_json_to_canonical_string (node);
}

static gboolean
is_known_envelope (JsonObject *body)
{
  static const char *const known[] = { "lease_id", "form", "judgement", "client", NULL };
  g_autoptr (GList) members = json_object_get_members (body);

  for (GList *l = members; l != NULL; l = l->next)
    if (!g_strv_contains (known, l->data))
      return FALSE;
  return TRUE;
}

static gboolean
read_work (AssayServerRequest *request, Work *work)
{
  AssayServerState *state = request->state;
  gint64 limit = assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_SMALL_LIMIT)
                     ? SMALL_LIMIT_BYTES
                     : ASSAY_PLATFORM_SERVER_SUBMISSION_BYTES;
  JsonObject *form;

  work->id = assay_server_request_get_segment (request, 1);
  if (!g_uuid_string_is_valid (work->id))
    {
      assay_server_request_fail (request, "malformed", NULL, "The id is not a UUID.");
      return FALSE;
    }
  if (soup_server_message_get_request_body (request->message)->length > limit)
    {
      assay_server_request_fail (request, "too-large", NULL, NULL);
      return FALSE;
    }
  if (!assay_server_request_read_body (request, FALSE)
      || (work->lease = assay_server_request_require (request, "lease_id")) == NULL)
    return FALSE;
  form = assay_json_get_object (request->body, "form");
  work->form = assay_json_get_string (form, "id");
  work->form_version = assay_json_get_int (form, "version", 0);
  work->judgement = assay_json_get_object (request->body, "judgement");
  if (work->form == NULL || work->judgement == NULL
      || (assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_REFUSES_UNKNOWN)
          && !is_known_envelope (request->body)))
    {
      assay_server_request_fail (request, "malformed", NULL,
                                 "A submission is {lease_id, form, judgement, client}.");
      return FALSE;
    }
  work->content = make_content (work);
  work->stored = make_stored (state, work->judgement);
  return TRUE;
}

/* FALSE after it failed the request. */
static gboolean
check_answers (AssayServerRequest *request, AssayServerLease *lease, const Work *work)
{
  g_autoptr (JsonArray) errors =
      assay_server_validate_judgement (request->state, lease, work->judgement);
  JsonObject *members;

  if (json_array_get_length (errors) == 0)
    return TRUE;
  members = json_object_new ();
  if (!assay_server_state_has_defect (request->state, ASSAY_SERVER_DEFECT_POINTS_NOWHERE))
    json_object_set_array_member (members, "errors", g_steal_pointer (&errors));
  assay_server_request_fail (request, "answers-invalid", members, NULL);
  return FALSE;
}

static void
fail_with_current (AssayServerRequest *request, const char *problem, JsonNode *current)
{
  JsonObject *members = json_object_new ();

  if (current != NULL)
    json_object_set_member (members, "current", json_node_copy (current));
  assay_server_request_fail (request, problem, members, NULL);
}

static void
fail_lease (AssayServerRequest *request, AssayServerLease *lease)
{
  JsonObject *members = json_object_new ();

  json_object_set_boolean_member (
      members, "reclaimable",
      lease != NULL && assay_server_lease_is_reclaimable (lease, request->state, request->person));
  assay_server_request_fail (request, "lease-expired", members, NULL);
}

static void
answer_record (AssayServerRequest *request, guint status, const char *id)
{
  assay_server_request_answer (request, status, make_record (request->state, request->person, id));
}

static void
replace_record (AssayServerRequest *request, const Work *work)
{
  AssayServerState *state = request->state;
  g_autoptr (AssayServerLease) lease =
      assay_server_lease_load (state, request->person, work->lease);

  if (lease == NULL)
    {
      fail_lease (request, NULL);
      return;
    }
  if (!check_answers (request, lease, work))
    return;
  assay_server_state_execute (
      state, "UPDATE submission SET content = ?2, judgement = ?3, state = 'received' WHERE id = ?1",
      "sss", work->id, work->content, work->stored);
  assay_server_state_record_change (state, request->person, "submission", work->id, FALSE);
  answer_record (request, SOUP_STATUS_OK, work->id);
}

/* There is a submission with this id. */
static void
submit_again (AssayServerRequest *request, const Work *work, JsonNode *current)
{
  AssayServerState *state = request->state;
  gboolean has_validator = assay_server_request_get_header (request, "If-Match") != NULL;
  g_autofree char *content =
      assay_server_state_query_text (state, "SELECT content FROM submission WHERE id = ?1", "s",
                                     work->id);
  gboolean same = g_str_equal (content, work->content);
  gint64 editable_until =
      assay_server_state_query_int (state, "SELECT editable_until FROM submission WHERE id = ?1",
                                    "s", work->id);

  if (has_validator && !assay_server_request_matches (request, current)
      && !assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_IGNORES_IF_MATCH))
    fail_with_current (request, "precondition-failed", current);
  else if (same && assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_REPEAT_IS_CONFLICT))
    fail_with_current (request, "submission-differs", current);
  else if (same && assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_REPEAT_IS_NEW))
    answer_record (request, SOUP_STATUS_CREATED, work->id);
  else if (same)
    answer_record (request, SOUP_STATUS_OK, work->id);
  else if (!has_validator
           && !assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_LAST_WRITER_WINS))
    fail_with_current (request, "submission-differs", current);
  else if (editable_until <= assay_server_state_get_now (state))
    fail_with_current (request, "not-editable", current);
  else
    replace_record (request, work);
}

/* Whether work is taken under @lease, and whether it is late. FALSE after it failed the request. */
static gboolean
check_lease (AssayServerRequest *request, AssayServerLease *lease, gboolean *late)
{
  AssayServerState *state = request->state;
  JsonObject *members;

  if (g_str_equal (lease->state, "withdrawn"))
    {
      members = json_object_new ();
      json_object_set_string_member (members, "pay", "Work that was begun is paid in full.");
      assay_server_request_fail (request, "task-withdrawn", members, NULL);
      return FALSE;
    }
  if (g_str_equal (lease->state, "submitted"))
    {
      g_autofree char *id =
          assay_server_state_query_text (state, "SELECT id FROM submission WHERE lease = ?1", "s",
                                         lease->id);
      g_autoptr (JsonNode) current = make_record (state, request->person, id);

      if (assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_SECOND_SUBMISSION))
        return TRUE;
      fail_with_current (request, "submission-differs", current);
      return FALSE;
    }
  if (g_str_equal (lease->state, "expired"))
    *late = assay_server_lease_is_reclaimable (lease, state, request->person);
  if (g_str_equal (lease->state, "held") || *late
      || assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_ANY_LEASE))
    return TRUE;
  fail_lease (request, lease);
  return FALSE;
}

static void
submit_first (AssayServerRequest *request, const Work *work)
{
  AssayServerState *state = request->state;
  g_autoptr (AssayServerLease) lease =
      assay_server_lease_load (state, request->person, work->lease);
  gint64 now = assay_server_state_get_now (state);
  gboolean late = FALSE;
  JsonObject *members;

  if (assay_server_request_get_header (request, "If-Match") != NULL)
    {
      fail_with_current (request, "precondition-failed", NULL);
      return;
    }
  if (lease == NULL && assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_LEASE_NOT_FOUND))
    {
      assay_server_request_fail (request, "not-found", NULL, NULL);
      return;
    }
  if (lease == NULL)
    {
      fail_lease (request, NULL);
      return;
    }
  if (!check_lease (request, lease, &late))
    return;
  if ((!g_str_equal (work->form, lease->form) || work->form_version != lease->form_version)
      && !assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_ANY_FORM))
    {
      members = json_object_new ();
      json_object_set_object_member (members, "form",
                                     assay_server_make_ref (lease->form, lease->form_version));
      assay_server_request_fail (request, "form-outdated", members, NULL);
      return;
    }
  if (!check_answers (request, lease, work))
    return;

  assay_server_state_execute (
      state,
      "INSERT INTO submission (id, person, lease, project, task, content, judgement, received_at, late,"
      " counted, editable_until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,"
      /* Where leases do not expire, the first of several people is the one that counts. */
      " NOT EXISTS (SELECT 1 FROM submission WHERE task = ?5 AND counted),"
      " (SELECT nullif(editable_seconds, 0) * 1000 + ?8 FROM project WHERE id = ?4))",
      "sssssssii", work->id, request->person, lease->id, lease->project, lease->task, work->content,
      work->stored, now, (gint64) late);
  assay_server_lease_end (lease, state, request->person, "submitted");
  assay_server_state_execute (state, "DELETE FROM draft WHERE lease = ?1", "s", lease->id);
  assay_server_state_record_change (state, request->person, "submission", work->id, FALSE);
  assay_server_settle_submission (state, lease, request->person, work->id, work->judgement);
  answer_record (request, SOUP_STATUS_CREATED, work->id);
}

void
assay_server_submit (AssayServerRequest *request)
{
  g_auto (Work) work = { 0 };
  g_autoptr (JsonNode) current = NULL;

  if (!read_work (request, &work))
    return;
  if (assay_server_state_query_int (
          request->state, "SELECT count(*) FROM submission WHERE id = ?1 AND person <> ?2", "ss",
          work.id, request->person)
      > 0)
    {
      /* Somebody else's, of which nothing is told. */
      fail_with_current (request, "submission-differs", NULL);
      return;
    }
  current = make_record (request->state, request->person, work.id);
  if (current != NULL)
    submit_again (request, &work, current);
  else
    submit_first (request, &work);
}
