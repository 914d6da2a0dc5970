/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "platformd"

#include "config.h"

#include <gio/gio.h>

#include "assay-json-read.h"
#include "assay-server-content.h"
#include "assay-server-control.h"
#include "assay-server-gold.h"
#include "assay-server-leases.h"

#define RETURNED_EDITABLE_MS (G_GINT64_CONSTANT (7) * 24 * 60 * 60 * 1000)

typedef gboolean (*Command) (AssayServerState *state, JsonObject *arguments, GError **error);

static gboolean
fail_missing (GError **error, const char *what)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no such %s.", what);
  return FALSE;
}

static gboolean
advance_clock (AssayServerState *state, JsonObject *arguments, GError **error)
{
  assay_server_state_advance (state, assay_json_get_int (arguments, "milliseconds", 0));
  return TRUE;
}

static gboolean
set_lease (AssayServerState *state, JsonObject *arguments, GError **error)
{
  const char *project = assay_json_get_string_or (arguments, "project", "");
  guint n_changed = assay_server_state_execute (
      state,
      "UPDATE project SET lease_seconds = nullif(?2, 0), max_held = ?3, renewals = ?4 WHERE id = ?1",
      "siii", project, assay_json_get_int (arguments, "seconds", 0),
      assay_json_get_int (arguments, "max_held", 5), assay_json_get_int (arguments, "renewals", 0));

  if (n_changed == 0)
    return fail_missing (error, "project");
  assay_server_state_record_change (state, NULL, "project", project, FALSE);
  return TRUE;
}

static gboolean
publish_guideline (AssayServerState *state, JsonObject *arguments, GError **error)
{
  const char *id = assay_json_get_string_or (arguments, "guideline", "");
  const char *body = assay_json_get_string_or (arguments, "body", "");
  gint64 version = assay_server_get_newest_guideline (state, id);
  g_autofree char *old = assay_server_state_query_text (
      state, "SELECT body FROM guideline WHERE id = ?1 AND version = ?2", "si", id, version);
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, body, -1);
  g_autofree char *time =
      assay_server_state_format_time (state, assay_server_state_get_now (state));
  gboolean must_ack = assay_json_get_boolean (arguments, "must_ack", TRUE);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  JsonObject *guideline;

  if (old == NULL)
    return fail_missing (error, "guideline");
  node = assay_json_parse (old, -1, error);
  guideline = assay_json_node_object (node);
  json_object_set_int_member (guideline, "version", version + 1);
  json_object_set_string_member (guideline, "body", body);
  json_object_set_string_member (guideline, "sha256", sha256);
  json_object_set_string_member (guideline, "published_at", time);
  json_object_set_string_member (guideline, "summary_of_changes",
                                 assay_json_get_string_or (arguments, "summary", ""));
  json_object_set_boolean_member (guideline, "must_ack", must_ack);
  text = assay_json_to_string (node);
  assay_server_state_execute (state, "INSERT INTO guideline VALUES (?1, ?2, ?3, ?4)", "siis", id,
                              version + 1, (gint64) must_ack, text);
  assay_server_state_record_change (state, NULL, "guideline", id, FALSE);
  return TRUE;
}

/* The person whose it is; NULL if there is none. */
static char *
find_submitter (AssayServerState *state, const char *submission)
{
  return assay_server_state_query_text (state, "SELECT person FROM submission WHERE id = ?1", "s",
                                        submission);
}

static gboolean
settle (AssayServerState *state,
        JsonObject *arguments,
        const char *verdict,
        gint64 editable_until,
        GError **error)
{
  g_autofree char *newest =
      assay_server_state_query_text (state, "SELECT id FROM submission ORDER BY rowid DESC LIMIT 1",
                                     "");
  const char *id = assay_json_get_string_or (arguments, "submission", newest);
  const char *message = assay_json_get_string (arguments, "message");
  g_autofree char *person = id != NULL ? find_submitter (state, id) : NULL;
  g_autofree char *earning = NULL;

  if (person == NULL)
    return fail_missing (error, "submission");
  assay_server_state_execute (
      state, "UPDATE submission SET state = ?2, editable_until = nullif(?3, 0) WHERE id = ?1",
      "ssi", id, verdict, editable_until);
  assay_server_state_record_change (state, person, "submission", id, FALSE);
  assay_server_add_feedback (state, person, id, "review", verdict, message, NULL);
  earning = assay_server_state_query_text (
      state,
      "UPDATE earning SET state = CASE ?2 WHEN 'accepted' THEN 'approved' WHEN 'rejected' THEN"
      " 'rejected' ELSE state END, reason = CASE ?2 WHEN 'rejected' THEN ?3 END"
      " WHERE submission = ?1 RETURNING id",
      "sss", id, verdict, message);
  if (earning != NULL)
    assay_server_state_record_change (state, person, "earnings", earning, FALSE);
  return TRUE;
}

static gboolean
give_back (AssayServerState *state, JsonObject *arguments, GError **error)
{
  return settle (state, arguments, "returned",
                 assay_server_state_get_now (state) + RETURNED_EDITABLE_MS, error);
}

static gboolean
accept (AssayServerState *state, JsonObject *arguments, GError **error)
{
  return settle (state, arguments, "accepted", 0, error);
}

static gboolean
reject (AssayServerState *state, JsonObject *arguments, GError **error)
{
  if (assay_json_get_string (arguments, "message") == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           "Who rejects work says why.");
      return FALSE;
    }
  return settle (state, arguments, "rejected", 0, error);
}

static gboolean
withdraw_task (AssayServerState *state, JsonObject *arguments, GError **error)
{
  const char *task = assay_json_get_string_or (arguments, "task", "");
  g_autoptr (GPtrArray) leases = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *project = assay_server_state_query_text (
      state, "UPDATE task SET withdrawn = 1 WHERE id = ?1 RETURNING project", "s", task);
  AssayStatement *statement;

  if (project == NULL)
    return fail_missing (error, "task");
  statement = assay_server_state_query (
      state, "SELECT id, person FROM lease WHERE task = ?1 AND state = 'held'", "s", task);
  while (assay_server_row (statement))
    {
      g_ptr_array_add (leases, assay_statement_dup_text (statement, 0));
      g_ptr_array_add (people, assay_statement_dup_text (statement, 1));
    }
  for (guint i = 0; i < leases->len; i++)
    {
      assay_server_state_execute (state, "UPDATE lease SET state = 'withdrawn' WHERE id = ?1", "s",
                                  leases->pdata[i]);
      assay_server_state_record_change (state, people->pdata[i], "lease", leases->pdata[i], FALSE);
    }
  assay_server_state_record_change (state, NULL, "project", project, FALSE);
  return TRUE;
}

static gboolean
grant (AssayServerState *state, JsonObject *arguments, GError **error)
{
  const char *id = assay_json_get_string_or (arguments, "qualification", "");

  if (assay_server_state_execute (
          state, "UPDATE qualification SET body = json_set(body, '$.state', ?2) WHERE id = ?1",
          "ss", id, assay_json_get_string_or (arguments, "state", "granted"))
      == 0)
    return fail_missing (error, "qualification");
  assay_server_state_record_change (state, NULL, "qualification", id, FALSE);
  return TRUE;
}

static gboolean
set_rate (AssayServerState *state, JsonObject *arguments, GError **error)
{
  assay_server_state_set_rate (
      state, (guint) CLAMP (assay_json_get_int (arguments, "requests", 0), 0, G_MAXINT),
      (guint) CLAMP (assay_json_get_int (arguments, "seconds", 1), 1, G_MAXINT));
  return TRUE;
}

static gboolean
set_maintenance (AssayServerState *state, JsonObject *arguments, GError **error)
{
  assay_server_state_set_maintenance (state, assay_json_get_boolean (arguments, "on", FALSE));
  return TRUE;
}

static gboolean
set_defect (AssayServerState *state, JsonObject *arguments, GError **error)
{
  const char *name = assay_json_get_string_or (arguments, "name", "");
  AssayServerDefect defect = assay_server_defect_find (name);

  if (defect == ASSAY_SERVER_DEFECT_NONE && *name != '\0')
    return fail_missing (error, "defect");
  assay_server_state_set_defect (state, defect);
  return TRUE;
}

static gboolean
forget_changes (AssayServerState *state, JsonObject *arguments, GError **error)
{
  /* The newest stays, so that it is known where the numbers go on. */
  assay_server_state_record_change (state, "", "project", "-", FALSE);
  assay_server_state_execute (state, "DELETE FROM change WHERE n < (SELECT max(n) FROM change)",
                              "");
  return TRUE;
}

static gboolean
answer_question (AssayServerState *state, JsonObject *arguments, GError **error)
{
  const char *id = assay_json_get_string_or (arguments, "question", "");
  g_autofree char *time =
      assay_server_state_format_time (state, assay_server_state_get_now (state));
  g_autofree char *lease = assay_server_state_query_text (
      state,
      "UPDATE inquiry SET body = json_set(body, '$.answer', ?2, '$.answered_at', ?3) WHERE id = ?1"
      " RETURNING lease",
      "sss", id, assay_json_get_string_or (arguments, "answer", ""), time);
  g_autofree char *person = NULL;

  if (lease == NULL)
    return fail_missing (error, "question");
  person =
      assay_server_state_query_text (state, "SELECT person FROM lease WHERE id = ?1", "s", lease);
  assay_server_state_record_change (state, person, "lease", lease, FALSE);
  return TRUE;
}

/* As if the person had gone on at another device: what changed of the newest draft (RFC 7386). */
static gboolean
write_draft (AssayServerState *state, JsonObject *arguments, GError **error)
{
  g_autoptr (JsonNode) node = assay_json_object_node_new (json_object_ref (arguments));
  g_autofree char *change = assay_json_to_string (node);
  g_autofree char *time =
      assay_server_state_format_time (state, assay_server_state_get_now (state));
  g_autofree char *lease = assay_server_state_query_text (
      state,
      "UPDATE draft SET body = json_set(json_patch(body, ?1), '$.updated_at', ?2)"
      " WHERE rowid = (SELECT max(rowid) FROM draft) RETURNING lease",
      "ss", change, time);
  g_autofree char *person = NULL;

  if (lease == NULL)
    return fail_missing (error, "draft");
  person =
      assay_server_state_query_text (state, "SELECT person FROM lease WHERE id = ?1", "s", lease);
  assay_server_state_record_change (state, person, "lease", lease, FALSE);
  return TRUE;
}

gboolean
assay_server_control (AssayServerState *state,
                      const char *command,
                      JsonObject *arguments,
                      GError **error)
{
  static const struct
  {
    const char *name;
    Command command;
  } commands[] = {
    { "advance-clock", advance_clock },
    { "set-lease", set_lease },
    { "publish-guideline", publish_guideline },
    { "return", give_back },
    { "accept", accept },
    { "reject", reject },
    { "withdraw-task", withdraw_task },
    { "grant", grant },
    { "set-rate", set_rate },
    { "set-maintenance", set_maintenance },
    { "set-defect", set_defect },
    { "forget-changes", forget_changes },
    { "answer-question", answer_question },
    { "write-draft", write_draft },
  };
  AssayDatabase *database;

  g_return_val_if_fail (ASSAY_IS_SERVER_STATE (state), FALSE);
  g_return_val_if_fail (command != NULL, FALSE);
  g_return_val_if_fail (arguments != NULL, FALSE);

  database = assay_server_state_get_database (state);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, command))
      {
        if (!assay_database_begin (database, ASSAY_DURABILITY_PERSON, error))
          return FALSE;
        if (commands[i].command (state, arguments, error))
          return assay_database_commit (database, error);
        assay_database_rollback (database);
        return FALSE;
      }
  return fail_missing (error, "command");
}

JsonNode *
assay_server_make_ledger (AssayServerState *state)
{
  AssayStatement *statement = assay_server_state_query (
      state, "SELECT id, lease, task, content FROM submission ORDER BY rowid", "");
  JsonArray *submissions = json_array_new ();
  JsonObject *ledger = json_object_new ();

  while (assay_server_row (statement))
    {
      JsonObject *entry = json_object_new ();
      g_autofree char *digest =
          g_compute_checksum_for_string (G_CHECKSUM_SHA256, assay_statement_get_text (statement, 3),
                                         -1);

      json_object_set_string_member (entry, "id", assay_statement_get_text (statement, 0));
      json_object_set_string_member (entry, "lease", assay_statement_get_text (statement, 1));
      json_object_set_string_member (entry, "task", assay_statement_get_text (statement, 2));
      json_object_set_string_member (entry, "content_sha256", digest);
      json_array_add_object_element (submissions, entry);
    }
  json_object_set_array_member (ledger, "submissions", submissions);
  return assay_json_object_node_new (ledger);
}
