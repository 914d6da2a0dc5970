/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "platformd"

#include "config.h"

#include "assay-json-read.h"
#include "assay-server-gold.h"

#define DISPUTE_MS (G_GINT64_CONSTANT (7) * 24 * 60 * 60 * 1000)

void
assay_server_add_feedback (AssayServerState *state,
                           const char *person,
                           const char *submission,
                           const char *kind,
                           const char *verdict,
                           const char *message,
                           JsonObject *more)
{
  JsonObject *feedback = more != NULL ? more : json_object_new ();
  g_autoptr (JsonNode) node = assay_json_object_node_new (feedback);
  gint64 now = assay_server_state_get_now (state);
  g_autofree char *id = assay_server_state_make_id (state, "f");
  g_autofree char *at = assay_server_state_format_time (state, now);
  g_autofree char *until = assay_server_state_format_time (state, now + DISPUTE_MS);
  g_autofree char *text = NULL;

  json_object_set_string_member (feedback, "id", id);
  json_object_set_string_member (feedback, "submission_id", submission);
  json_object_set_string_member (feedback, "kind", kind);
  json_object_set_string_member (feedback, "verdict", verdict);
  if (message != NULL)
    json_object_set_string_member (feedback, "message", message);
  json_object_set_string_member (feedback, "at", at);
  json_object_set_string_member (feedback, "dispute_until", until);
  text = assay_json_to_string (node);
  assay_server_state_execute (
      state, "INSERT INTO feedback (id, person, dispute_until, body) VALUES (?1, ?2, ?3, ?4)",
      "ssis", id, person, now + DISPUTE_MS, text);
  assay_server_state_record_change (state, person, "feedback", id, FALSE);
}

/* Pass for the same, partial for the same preference of another strength. */
static const char *
compare (JsonNode *given, JsonNode *expected)
{
  const char *choice = assay_json_get_string (assay_json_node_object (expected), "choice");

  if (given == NULL)
    return "fail";
  if (assay_json_equal (given, expected))
    return "pass";
  if (choice != NULL
      && g_strcmp0 (assay_json_get_string (assay_json_node_object (given), "choice"), choice) == 0)
    return "partial";
  return "fail";
}

typedef struct
{
  JsonArray *places;
  double score;
  guint n;
} Comparison;

static void
compare_place (Comparison *comparison,
               const char *question,
               const char *response,
               JsonNode *given,
               JsonNode *expected)
{
  const char *verdict = compare (given, expected);
  JsonObject *place = json_object_new ();

  json_object_set_string_member (place, "question", question);
  if (response != NULL)
    json_object_set_string_member (place, "response", response);
  json_object_set_string_member (place, "verdict", verdict);
  json_object_set_member (place, "expected", json_node_copy (expected));
  json_array_add_object_element (comparison->places, place);
  comparison->n++;
  comparison->score +=
      g_str_equal (verdict, "pass") ? 1 : (g_str_equal (verdict, "partial") ? 0.5 : 0);
}

/* `gold` is as in AssayTask; `each_response` names the questions whose answers are by response. */
static void
compare_answers (Comparison *comparison, JsonObject *gold, JsonObject *answers)
{
  JsonObject *expected = assay_json_get_object (gold, "answers");
  JsonArray *each = assay_json_get_array (gold, "each_response");
  JsonObjectIter iter;
  const char *question;
  JsonNode *node;

  json_object_iter_init (&iter, expected);
  while (json_object_iter_next (&iter, &question, &node))
    {
      JsonNode *given = answers == NULL ? NULL : json_object_get_member (answers, question);
      gboolean by_response = FALSE;
      JsonObjectIter inner;
      const char *response;
      JsonNode *part;

      for (guint i = 0; each != NULL && i < json_array_get_length (each); i++)
        by_response |= g_str_equal (json_array_get_string_element (each, i), question);
      if (!by_response)
        {
          compare_place (comparison, question, NULL, given, node);
          continue;
        }
      json_object_iter_init (&inner, json_node_get_object (node));
      while (json_object_iter_next (&inner, &response, &part))
        {
          JsonObject *object = given == NULL ? NULL : assay_json_node_object (given);

          compare_place (comparison, question, response,
                         object == NULL ? NULL : json_object_get_member (object, response), part);
        }
    }
}

static void
judge_by_gold (AssayServerState *state,
               const char *task,
               const char *person,
               const char *submission,
               JsonObject *judgement)
{
  g_autofree char *text =
      assay_server_state_query_text (state, "SELECT gold FROM task WHERE id = ?1", "s", task);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *gold;
  JsonObject *more;
  Comparison comparison = { NULL, 0, 0 };

  if (text == NULL)
    return;
  node = assay_json_parse (text, -1, NULL);
  gold = assay_json_node_object (node);
  comparison.places = json_array_new ();
  compare_answers (&comparison, gold, assay_json_get_object (judgement, "answers"));
  more = json_object_new ();
  json_object_set_double_member (more, "score", comparison.score);
  json_object_set_double_member (more, "max_score", MAX (comparison.n, 1));
  json_object_set_array_member (more, "per_question", comparison.places);
  assay_server_add_feedback (state, person, submission, "gold",
                             comparison.score >= comparison.n
                                 ? "pass"
                                 : (comparison.score > 0 ? "partial" : "fail"),
                             assay_json_get_string (gold, "explanation"), more);
}

/* Nothing for what is paid by the hour: that is entered when a day is closed. */
static void
enter_earning (AssayServerState *state,
               AssayServerLease *lease,
               const char *person,
               const char *submission)
{
  AssayStatement *statement = assay_server_state_query (
      state,
      "SELECT body -> 'pay' ->> 'amount_minor', body -> 'pay' ->> 'currency' FROM project"
      " WHERE id = ?1 AND body -> 'pay' ->> 'model' = 'per_task'",
      "s", lease->project);
  g_autofree char *currency = NULL;
  g_autofree char *id = NULL;
  gint64 amount;

  if (!assay_server_row (statement))
    return;
  amount = assay_statement_get_int (statement, 0);
  currency = assay_statement_dup_text (statement, 1);
  assay_statement_reset (statement);
  id = assay_server_state_make_id (state, "e");
  assay_server_state_execute (
      state,
      "INSERT INTO earning (id, person, submission, amount_minor, currency, at)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
      "sssisi", id, person, submission, amount, currency, assay_server_state_get_now (state));
  assay_server_state_record_change (state, person, "earnings", id, FALSE);
}

void
assay_server_settle_submission (AssayServerState *state,
                                AssayServerLease *lease,
                                const char *person,
                                const char *submission,
                                JsonObject *judgement)
{
  enter_earning (state, lease, person, submission);
  judge_by_gold (state, lease->task, person, submission, judgement);
}
