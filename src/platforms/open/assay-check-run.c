/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-check-run.h"

#include <glib/gi18n.h>

#include "assay-check-answers.h"
#include "assay-json-read.h"
#include "assay-origin.h"

/* What a list may have; one that goes on for ever is a fault. */
#define MAX_PAGES 100

void
assay_check_fail (AssayCheckRun *run, const char *format, ...)
{
  va_list args;

  if (run->outcome == ASSAY_CHECK_FAILED)
    return;
  g_free (run->seen);
  va_start (args, format);
  run->seen = g_strdup_vprintf (format, args);
  va_end (args);
  run->outcome = ASSAY_CHECK_FAILED;
}

void
assay_check_skip (AssayCheckRun *run, const char *sentence)
{
  if (run->outcome != ASSAY_CHECK_PASSED)
    return;
  g_set_str (&run->seen, sentence);
  run->outcome = ASSAY_CHECK_SKIPPED;
}

void
assay_check_note (AssayCheckRun *run, const char *format, ...)
{
  va_list args;

  if (run->outcome != ASSAY_CHECK_PASSED)
    return;
  g_free (run->seen);
  va_start (args, format);
  run->seen = g_strdup_vprintf (format, args);
  va_end (args);
}

/* Asking */

void
assay_check_answer_free (AssayCheckAnswer *self)
{
  g_clear_pointer (&self->node, json_node_unref);
  g_free (self->etag);
  g_free (self->problem);
  g_free (self->words);
  g_free (self);
}

static AssayHttpRequest *
make_request (AssayCheckRun *run, const AssayCheckRequest *request, const char *url)
{
  const char *method = request->method != NULL ? request->method : "GET";
  const char *token = request->token != NULL ? request->token : run->token;
  AssayHttpRequest *http =
      assay_http_request_new (g_str_equal (method, "GET") ? ASSAY_HTTP_PAGE : ASSAY_HTTP_SUBMIT,
                              method, url, "/{check}");

  if (token != NULL && *token != '\0')
    {
      g_autofree char *value = g_strconcat ("Bearer ", token, NULL);

      assay_http_request_set_authorization (http, value);
      explicit_bzero (value, strlen (value));
    }
  if (request->key != NULL)
    assay_http_request_set_header (http, "Idempotency-Key", request->key);
  if (request->if_match != NULL)
    assay_http_request_set_header (http, "If-Match", request->if_match);
  if (request->if_none_match != NULL)
    assay_http_request_set_header (http, "If-None-Match", request->if_none_match);
  if (request->body != NULL || request->raw_body != NULL)
    {
      char *text = request->raw_body != NULL ? g_strdup (request->raw_body)
                                             : assay_json_to_string (request->body);
      g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

      assay_http_request_set_body (http, bytes, "application/json");
    }
  if (request->total_ms > 0)
    assay_http_request_set_limits (http, request->total_ms, 0, 0);
  return http;
}

static void
take_error (AssayCheckAnswer *self, const GError *error)
{
  JsonNode *node = assay_platform_error_get_answer (error);

  self->status = assay_platform_error_get_status (error);
  self->problem = g_strdup (assay_platform_error_get_problem (error));
  if (node != NULL)
    self->node = json_node_ref (node);
  self->acceptable = self->status >= 400 && self->problem != NULL;
  if (self->acceptable)
    self->words = g_strdup_printf ("%u %s", self->status, self->problem);
  else if (self->status >= 400)
    /* Translators: a status of HTTP. */
    self->words = g_strdup_printf (_ ("%u without problem details"), self->status);
  else if (self->status > 0)
    /* Translators: a status of HTTP, then a sentence. */
    self->words = g_strdup_printf (_ ("%u, and: %s"), self->status, error->message);
  else
    self->words = g_strdup (error->message);
}

static void
take_answer (AssayCheckRun *run, AssayCheckAnswer *self, AssayHttpAnswer *answer)
{
  JsonNode *node = assay_http_answer_get_json (answer);

  self->status = assay_http_answer_get_status (answer);
  self->etag = g_strdup (assay_http_answer_get_header (answer, "ETag"));
  self->words = g_strdup_printf ("%u", self->status);
  self->acceptable = TRUE;
  if (node != NULL)
    self->node = json_node_ref (node);
  run->date = assay_http_answer_get_date (answer);
}

AssayCheckAnswer *
assay_check_ask_url (AssayCheckRun *run, const AssayCheckRequest *request, const char *url)
{
  g_autoptr (AssayHttpRequest) http = make_request (run, request, url);
  g_autoptr (AssayHttpAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  AssayCheckAnswer *self = g_new0 (AssayCheckAnswer, 1);

  answer = dex_await_object (assay_http_send (run->http, http), &error);
  if (answer == NULL)
    take_error (self, error);
  else
    take_answer (run, self, answer);
  self->object = self->node == NULL ? NULL : assay_json_node_object (self->node);
  return self;
}

static AssayCheckAnswer *
ask_path (AssayCheckRun *run, const AssayCheckRequest *request, const char *segment, va_list args)
{
  g_autoptr (GPtrArray) segments = g_ptr_array_new ();
  g_autofree char *path = NULL;
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;

  for (const char *part = segment; part != NULL; part = va_arg (args, const char *))
    g_ptr_array_add (segments, (gpointer) part);
  g_ptr_array_add (segments, NULL);
  path = assay_origin_build_path (run->base, (const char *const *) segments->pdata, &error);
  if (path == NULL)
    {
      AssayCheckAnswer *self = g_new0 (AssayCheckAnswer, 1);

      self->words = g_strdup (error->message);
      return self;
    }
  url = request->query == NULL ? g_strdup (path) : g_strconcat (path, "?", request->query, NULL);
  return assay_check_ask_url (run, request, url);
}

AssayCheckAnswer *
assay_check_ask (AssayCheckRun *run, const AssayCheckRequest *request, const char *segment, ...)
{
  AssayCheckAnswer *answer;
  va_list args;

  va_start (args, segment);
  answer = ask_path (run, request, segment, args);
  va_end (args);
  return answer;
}

AssayCheckAnswer *
assay_check_get (AssayCheckRun *run, const char *segment, ...)
{
  const AssayCheckRequest request = { 0 };
  AssayCheckAnswer *answer;
  va_list args;

  va_start (args, segment);
  answer = ask_path (run, &request, segment, args);
  va_end (args);
  return answer;
}

/* Comparing */

gboolean
assay_check_expect (AssayCheckRun *run, AssayCheckAnswer *answer, guint status, const char *problem)
{
  if (answer->acceptable && answer->status == status && g_strcmp0 (answer->problem, problem) == 0)
    return TRUE;
  if (problem != NULL)
    assay_check_fail (run,
                      /* Translators: a status and a name, like "409 submission-differs"; then what
                       * was seen instead. */
                      _ ("Expected %u %s, saw %s"), status, problem, answer->words);
  else
    assay_check_fail (run, _ ("Expected %u, saw %s"), status, answer->words);
  return FALSE;
}

gboolean
assay_check_same (AssayCheckRun *run, JsonNode *expected, JsonNode *actual, const char *what)
{
  if (expected != NULL && actual != NULL && assay_json_equal (expected, actual))
    return TRUE;
  /* Translators: what was compared, like "/judgement". */
  assay_check_fail (run, _ ("%s does not come back as it was"), what);
  return FALSE;
}

/* Claiming */

static gboolean
is_claimable (JsonObject *project)
{
  JsonObject *guideline = assay_json_get_object (project, "guideline");
  JsonNode *acknowledged =
      guideline == NULL ? NULL : json_object_get_member (guideline, "acknowledged_at");
  const char *qualification = assay_json_get_string (project, "qualification");

  return assay_json_get_int (project, "available", 0) > 0
         && g_strcmp0 (assay_json_get_string (project, "modality"), "text") == 0
         && (qualification == NULL || g_str_equal (qualification, "granted"))
         && (acknowledged == NULL || !JSON_NODE_HOLDS_NULL (acknowledged));
}

/* Long enough for what a check does in between. */
static gboolean
has_time (JsonObject *project)
{
  JsonObject *lease = assay_json_get_object (project, "lease");

  return assay_json_get_int (lease, "seconds", G_MAXINT) >= 60;
}

JsonObject *
assay_check_find_project (AssayCheckRun *run)
{
  JsonObject *best = NULL;
  gint64 most = 0;

  for (guint i = 0; i < run->projects->len; i++)
    {
      JsonObject *project = assay_json_node_object (run->projects->pdata[i]);
      gint64 room =
          MIN (assay_json_get_int (project, "available", 0),
               assay_json_get_int (assay_json_get_object (project, "lease"), "max_held", 0));

      if (is_claimable (project) && has_time (project) && room > most)
        {
          best = project;
          most = room;
        }
    }
  return best;
}

AssayForm *
assay_check_load_form (AssayCheckRun *run, JsonObject *object)
{
  JsonObject *ref = assay_json_get_object (object, "form");
  const char *id = assay_json_get_string (ref, "id");
  g_autofree char *version =
      g_strdup_printf ("%" G_GINT64_FORMAT, assay_json_get_int (ref, "version", 0));
  g_autofree char *key = NULL;
  g_autoptr (AssayCheckAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  AssayForm *form;

  if (id == NULL)
    {
      assay_check_fail (run, _ ("%s is missing"), "/form/id");
      return NULL;
    }
  key = g_strconcat (id, "/", version, NULL);
  form = g_hash_table_lookup (run->forms, key);
  if (form != NULL)
    return form;
  answer = assay_check_get (run, "forms", id, version, NULL);
  if (!assay_check_expect (run, answer, 200, NULL))
    return NULL;
  form = answer->node == NULL ? NULL : assay_form_new_from_json (answer->node, "", &error);
  if (form == NULL)
    {
      assay_check_fail (run, "%s", error != NULL ? error->message : answer->words);
      return NULL;
    }
  g_hash_table_insert (run->forms, g_steal_pointer (&key), form);
  return form;
}

void
assay_check_lease_free (AssayCheckLease *self)
{
  g_clear_pointer (&self->node, json_node_unref);
  g_clear_object (&self->task);
  g_free (self);
}

AssayCheckLease *
assay_check_read_lease (AssayCheckRun *run, JsonNode *node)
{
  g_autoptr (AssayCheckLease) lease = g_new0 (AssayCheckLease, 1);
  JsonObject *object = assay_json_node_object (node);
  JsonNode *task = object == NULL ? NULL : json_object_get_member (object, "task");
  g_autoptr (GError) error = NULL;
  AssayForm *form;

  if (task == NULL || assay_json_get_string (object, "id") == NULL)
    {
      assay_check_fail (run, _ ("A lease has no id or no task"));
      return NULL;
    }
  form = assay_check_load_form (run, object);
  if (form == NULL)
    return NULL;
  lease->task = assay_task_new_with_form (task, form, &error);
  if (lease->task == NULL)
    {
      /* Translators: a sentence on what is wrong. */
      assay_check_fail (run, _ ("A task cannot be read: %s"), error->message);
      return NULL;
    }
  lease->node = json_node_ref (node);
  lease->object = object;
  lease->id = assay_json_get_string (object, "id");
  return g_steal_pointer (&lease);
}

AssayCheckLease *
assay_check_take_lease (AssayCheckRun *run, JsonObject *project)
{
  g_autoptr (AssayCheckAnswer) answer = NULL;
  g_autoptr (JsonNode) body = assay_json_object_node_new (json_object_new ());
  AssayCheckRequest request = { .method = "POST", .body = body };
  JsonArray *leases;

  if (project == NULL)
    project = assay_check_find_project (run);
  if (project == NULL)
    {
      assay_check_skip (run, _ ("There is no project with tasks that could be claimed for it"));
      return NULL;
    }
  json_object_set_string_member (json_node_get_object (body), "project_id",
                                 assay_json_get_string (project, "id"));
  json_object_set_int_member (json_node_get_object (body), "count", 1);
  answer = assay_check_ask (run, &request, "leases", NULL);
  if (!assay_check_expect (run, answer, 201, NULL))
    return NULL;
  leases = assay_json_get_array (answer->object, "leases");
  if (leases == NULL)
    {
      assay_check_fail (run, _ ("%s is missing"), "/leases");
      return NULL;
    }
  if (json_array_get_length (leases) == 0)
    {
      assay_check_skip (run, _ ("No task was left that could be claimed for it"));
      return NULL;
    }
  g_ptr_array_add (run->seen_leases, json_node_ref (json_array_get_element (leases, 0)));
  return assay_check_read_lease (run, json_array_get_element (leases, 0));
}

void
assay_check_release (AssayCheckRun *run, AssayCheckLease *lease)
{
  const AssayCheckRequest request = { .method = "DELETE" };
  g_autoptr (AssayCheckAnswer) answer = NULL;

  answer = assay_check_ask (run, &request, "leases", lease->id, NULL);
  assay_check_expect (run, answer, 204, NULL);
}

/* Submitting */

JsonNode *
assay_check_make_submission (AssayCheckRun *run, AssayCheckLease *lease, const char *rationale)
{
  g_autoptr (AssayJudgement) judgement = assay_judgement_new (lease->task);
  g_autofree char *trouble = assay_check_fill_judgement (judgement, rationale);
  JsonObject *guideline = assay_json_get_object (lease->object, "guideline");
  JsonObject *submission;
  JsonObject *client;

  if (trouble != NULL)
    {
      g_autofree char *sentence =
          /* Translators: a sentence on what is missing. */
          g_strdup_printf (_ ("The form cannot be answered by a check: %s"), trouble);

      assay_check_skip (run, sentence);
      return NULL;
    }
  if (guideline != NULL)
    assay_judgement_set_guideline_seen (judgement,
                                        (int) assay_json_get_int (guideline, "version", 0),
                                        assay_json_get_string (guideline, "sha256"), 0);
  assay_judgement_finalize_submission (judgement, g_get_real_time () / 1000);

  submission = json_object_new ();
  json_object_set_string_member (submission, "lease_id", lease->id);
  json_object_set_member (submission, "form",
                          assay_json_copy (json_object_get_member (lease->object, "form")));
  json_object_set_member (submission, "judgement", assay_judgement_to_json (judgement, FALSE));
  client = json_object_new ();
  json_object_set_string_member (client, "name", "assay --check-platform");
  json_object_set_string_member (client, "version", PACKAGE_VERSION);
  json_object_set_object_member (submission, "client", client);
  return assay_json_object_node_new (submission);
}

JsonNode *
assay_check_claim_submission (AssayCheckRun *run, const char *rationale, AssayCheckLease **lease)
{
  g_autoptr (AssayCheckLease) claimed = assay_check_take_lease (run, NULL);
  JsonNode *submission;

  if (claimed == NULL)
    return NULL;
  submission = assay_check_make_submission (run, claimed, rationale);
  if (submission == NULL)
    assay_check_release (run, claimed);
  else if (lease != NULL)
    *lease = g_steal_pointer (&claimed);
  return submission;
}

AssayCheckAnswer *
assay_check_submit (AssayCheckRun *run, const char *id, JsonNode *submission, const char *if_match)
{
  const AssayCheckRequest request = { .method = "PUT", .body = submission, .if_match = if_match };

  return assay_check_ask (run, &request, "submissions", id, NULL);
}

/* Lists */

gboolean
assay_check_read_list (AssayCheckRun *run, const char *segment, GPtrArray *items)
{
  g_autofree char *cursor = NULL;

  for (guint page = 0; page < MAX_PAGES; page++)
    {
      g_autofree char *escaped = cursor == NULL ? NULL : g_uri_escape_string (cursor, NULL, FALSE);
      g_autofree char *query = cursor == NULL ? NULL : g_strconcat ("cursor=", escaped, NULL);
      const AssayCheckRequest request = { .query = query };
      g_autoptr (AssayCheckAnswer) answer = assay_check_ask (run, &request, segment, NULL);
      JsonArray *array;

      if (!assay_check_expect (run, answer, 200, NULL))
        return FALSE;
      array = assay_json_get_array (answer->object, "items");
      if (array == NULL || !json_object_has_member (answer->object, "next"))
        {
          assay_check_fail (run, _ ("%s is missing"), array == NULL ? "/items" : "/next");
          return FALSE;
        }
      for (guint i = 0; i < json_array_get_length (array); i++)
        g_ptr_array_add (items, json_node_ref (json_array_get_element (array, i)));
      g_free (g_steal_pointer (&cursor));
      cursor = g_strdup (assay_json_get_string (answer->object, "next"));
      if (cursor == NULL)
        return TRUE;
    }
  assay_check_fail (run, _ ("The list has no end"));
  return FALSE;
}
