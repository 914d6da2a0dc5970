/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "platformd"

#include "config.h"

#include <string.h>

#include "assay-json-read.h"
#include "assay-server-handlers.h"
#include "assay-server-waiting.h"

/* What comes back to the person: changes, feedback, money. */

#define PAGE_ITEMS 50
#define MAX_WAIT_SECONDS 60

/* Reads the cursor "PREFIX-12"; FALSE if it is none of ours. Without one @place stays. */
static gboolean
read_cursor (AssayServerRequest *request, const char *prefix, gint64 newest, gint64 *place)
{
  const char *since = assay_server_request_get_query (request, "since");

  if (since == NULL)
    return TRUE;
  return g_str_has_prefix (since, prefix)
         && g_ascii_string_to_signed (since + strlen (prefix), 10, 0, newest, place, NULL);
}

static guint
get_limit (AssayServerRequest *request)
{
  const char *text = assay_server_request_get_query (request, "limit");
  gint64 limit = PAGE_ITEMS;

  if (text != NULL)
    g_ascii_string_to_signed (text, 10, 1, PAGE_ITEMS, &limit, NULL);
  return (guint) limit;
}

static void
answer_journal (AssayServerRequest *request,
                JsonArray *items,
                const char *prefix,
                gint64 place,
                gboolean more)
{
  JsonObject *answer = json_object_new ();
  g_autofree char *next = g_strdup_printf ("%s%" G_GINT64_FORMAT, prefix, place);

  json_object_set_array_member (answer, "items", items);
  json_object_set_string_member (answer, "next", next);
  json_object_set_boolean_member (answer, "more", more);
  assay_server_request_answer_object (request, SOUP_STATUS_OK, answer);
}

/* The time that the client lets us take; 0 for none. */
static guint
get_wait (AssayServerRequest *request)
{
  const char *text = assay_server_request_get_query (request, "wait");
  gint64 seconds = 0;

  if (text != NULL)
    g_ascii_string_to_signed (text, 10, 0, MAX_WAIT_SECONDS, &seconds, NULL);
  return (guint) seconds;
}

void
assay_server_list_changes (AssayServerRequest *request)
{
  AssayServerState *state = request->state;
  gint64 newest = assay_server_state_query_int (state, "SELECT max(n) FROM change", "");
  gint64 oldest = assay_server_state_query_int (state, "SELECT min(n) FROM change", "");
  gint64 place = newest;
  guint limit = get_limit (request);
  gboolean more = FALSE;
  JsonArray *items;
  AssayStatement *statement;

  if (!read_cursor (request, "c-", newest, &place) || place + 1 < oldest)
    {
      if (!assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_CURSOR_FORGIVEN))
        {
          assay_server_request_fail (request, "cursor-expired", NULL, NULL);
          return;
        }
      place = newest;
    }

  items = json_array_new ();
  statement = assay_server_state_query (
      state,
      "SELECT n, type, id, at, deleted FROM change WHERE n > ?1 AND (person IS NULL OR person = ?2)"
      " ORDER BY n",
      "is", place, request->person);
  while (assay_server_row (statement))
    {
      JsonObject *item;
      g_autofree char *at = NULL;

      more = json_array_get_length (items) == limit;
      if (more)
        break;
      place = assay_statement_get_int (statement, 0);
      at = assay_server_state_format_time (state, assay_statement_get_int (statement, 3));
      item = json_object_new ();
      json_object_set_string_member (item, "type", assay_statement_get_text (statement, 1));
      json_object_set_string_member (item, "id", assay_statement_get_text (statement, 2));
      json_object_set_string_member (item, "at", at);
      if (assay_statement_get_int (statement, 4))
        json_object_set_boolean_member (item, "deleted", TRUE);
      json_array_add_object_element (items, item);
    }
  assay_statement_reset (statement);

  if (json_array_get_length (items) == 0 && get_wait (request) > 0
      && assay_server_request_get_query (request, "since") != NULL)
    {
      json_array_unref (items);
      request->pending = TRUE;
      assay_server_wait (request, assay_server_list_changes, get_wait (request));
      return;
    }
  answer_journal (request, items, "c-", place, more);
}

void
assay_server_list_feedback (AssayServerRequest *request)
{
  AssayServerState *state = request->state;
  gint64 newest = assay_server_state_query_int (state, "SELECT max(n) FROM feedback", "");
  gint64 place = 0;
  guint limit = get_limit (request);
  gboolean more = FALSE;
  JsonArray *items;
  AssayStatement *statement;

  if (!read_cursor (request, "f-", newest, &place))
    {
      assay_server_request_fail (request, "cursor-expired", NULL, NULL);
      return;
    }
  items = json_array_new ();
  statement = assay_server_state_query (
      state, "SELECT n, body FROM feedback WHERE n > ?1 AND person = ?2 ORDER BY n", "is", place,
      request->person);
  while (assay_server_row (statement))
    {
      JsonNode *node;

      more = json_array_get_length (items) == limit;
      if (more)
        break;
      place = assay_statement_get_int (statement, 0);
      node = assay_server_get_json (statement, 1);
      if (assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_OWN_VERDICTS))
        json_object_set_string_member (json_node_get_object (node), "verdict", "B+");
      json_array_add_element (items, node);
    }
  assay_statement_reset (statement);
  answer_journal (request, items, "f-", place, more);
}

void
assay_server_dispute (AssayServerRequest *request)
{
  AssayServerState *state = request->state;
  const char *id = assay_server_request_get_segment (request, 1);
  AssayStatement *statement = assay_server_state_query (
      state, "SELECT body, dispute_until FROM feedback WHERE id = ?1 AND person = ?2", "ss", id,
      request->person);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *feedback;
  JsonObject *dispute;
  g_autofree char *at = NULL;
  g_autofree char *body = NULL;
  const char *text;
  gint64 until;

  if (!assay_server_row (statement))
    {
      assay_server_request_fail (request, "not-found", NULL, NULL);
      return;
    }
  node = assay_server_get_json (statement, 0);
  until = assay_statement_get_int (statement, 1);
  assay_statement_reset (statement);
  if (!assay_server_request_read_body (request, FALSE)
      || (text = assay_server_request_require (request, "text")) == NULL)
    return;

  feedback = json_node_get_object (node);
  dispute = assay_json_get_object (feedback, "dispute");
  if (dispute != NULL && g_strcmp0 (assay_json_get_string (dispute, "text"), text) == 0)
    {
      assay_server_request_answer (request, SOUP_STATUS_OK, g_steal_pointer (&node));
      return;
    }
  if (assay_server_state_get_now (state) >= until)
    {
      assay_server_request_fail (request, "dispute-closed", NULL, NULL);
      return;
    }
  at = assay_server_state_format_time (state, assay_server_state_get_now (state));
  dispute = json_object_new ();
  json_object_set_string_member (dispute, "text", text);
  json_object_set_string_member (dispute, "state", "open");
  json_object_set_string_member (dispute, "at", at);
  json_object_set_object_member (feedback, "dispute", dispute);
  body = assay_json_to_string (node);
  if (!assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_LOSES_DISPUTES))
    assay_server_state_execute (state, "UPDATE feedback SET body = ?2 WHERE id = ?1", "ss", id,
                                body);
  assay_server_state_record_change (state, request->person, "feedback", id, FALSE);
  assay_server_request_answer (request, SOUP_STATUS_OK, g_steal_pointer (&node));
}

/* A bound of the query; @fallback where it is absent. FALSE if it is no time. */
static gboolean
read_bound (AssayServerRequest *request, const char *name, gint64 fallback, gint64 *bound)
{
  const char *text = assay_server_request_get_query (request, name);
  g_autoptr (GDateTime) moment = NULL;

  *bound = fallback;
  if (text == NULL)
    return TRUE;
  moment = g_date_time_new_from_iso8601 (text, NULL);
  if (moment == NULL)
    {
      assay_server_request_fail (request, "malformed", NULL, "from and to are times in UTC.");
      return FALSE;
    }
  *bound = g_date_time_to_unix_usec (moment) / 1000;
  return TRUE;
}

void
assay_server_list_earnings (AssayServerRequest *request)
{
  AssayServerState *state = request->state;
  gboolean fractional = assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_FRACTIONAL_MONEY);
  JsonArray *items;
  AssayStatement *statement;
  gint64 from, to;

  if (!read_bound (request, "from", 0, &from) || !read_bound (request, "to", G_MAXINT64, &to))
    return;
  items = json_array_new ();
  statement = assay_server_state_query (
      state,
      "SELECT id, submission, amount_minor, currency, state, reason, at FROM earning"
      " WHERE person = ?1 AND at >= ?2 AND at < ?3 ORDER BY n",
      "sii", request->person, from, to);
  while (assay_server_row (statement))
    {
      JsonObject *item = json_object_new ();
      gint64 amount = assay_statement_get_int (statement, 2);
      g_autofree char *at =
          assay_server_state_format_time (state, assay_statement_get_int (statement, 6));

      json_object_set_string_member (item, "id", assay_statement_get_text (statement, 0));
      json_object_set_string_member (item, "submission_id",
                                     assay_statement_get_text (statement, 1));
      if (fractional)
        json_object_set_double_member (item, "amount_minor", (double) amount + 0.5);
      else
        json_object_set_int_member (item, "amount_minor", amount);
      json_object_set_string_member (item, "currency", assay_statement_get_text (statement, 3));
      json_object_set_string_member (item, "state", assay_statement_get_text (statement, 4));
      if (!assay_statement_is_null (statement, 5))
        json_object_set_string_member (item, "reason", assay_statement_get_text (statement, 5));
      json_object_set_string_member (item, "at", at);
      json_array_add_object_element (items, item);
    }
  assay_server_request_answer_list (request, items);
}
