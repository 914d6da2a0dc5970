/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "matrix-fixture.h"

#include <string.h>

#include "assay-check-answers.h"
#include "assay-engine-private.h"
#include "assay-json-read.h"
#include "assay-open-platform.h"
#include "assay-outbox-words.h"
#include "assay-server-tokens.h"

/* Long enough for a machine under load to answer what is not struck. */
#define SHORT_MS 1500
#define TYPED "What a person typed, and must never have to type again."
#define PROJECT "criteria"

/* libsoup complains to the programmer of one thing that a server does. */
static gboolean
is_about_length (const char *message)
{
  return strstr (message, "'content-length'") != NULL;
}

static gboolean
is_fatal (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  return !is_about_length (message);
}

static void
take_critical (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  if (!is_about_length (message))
    g_log_default_handler (domain, level, message, NULL);
}

gboolean
matrix_settle (DexFuture *taken, GError **error)
{
  g_autoptr (DexFuture) future = taken;

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  return dex_future_get_value (future, error) != NULL;
}

void
matrix_finish (Matrix *self, DexFuture *future)
{
  g_autoptr (GError) error = NULL;

  matrix_settle (future, &error);
  g_assert_no_error (error);
}

void
matrix_wait_idle (Matrix *self)
{
  while (assay_account_sync_get_busy (self->sync))
    g_main_context_iteration (NULL, TRUE);
}

const char *
matrix_get_account (Matrix *self)
{
  return assay_account_get_id (assay_account_sync_get_account (self->sync));
}

void
matrix_control (Matrix *self, const char *command, const char *arguments)
{
  g_autofree char *json = g_strdelimit (g_strdup (arguments), "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = assay_json_parse (json, -1, &error);

  g_assert_no_error (error);
  assay_server_control (self->state, command, assay_json_node_object (node), &error);
  g_assert_no_error (error);
}

void
matrix_forget_changes (Matrix *self)
{
  /* The last that happened is remembered, and after it everything is known. */
  matrix_control (self, "forget-changes", "{}");
  matrix_control (self, "forget-changes", "{}");
}

static void
set_deadlines (Matrix *self, guint total_ms, guint silence_ms)
{
  assay_http_set_deadlines (assay_engine_get_http (self->engine, NULL, NULL), total_ms, silence_ms);
}

void
matrix_arm (Matrix *self, const char *method, const char *part, const FaultLine *line, guint n)
{
  if (line->total_ms > 0)
    set_deadlines (self, line->total_ms < line->silence_ms ? SHORT_MS : 0,
                   line->total_ms < line->silence_ms ? 0 : SHORT_MS);
  fault_server_arm (self->front, method, part, line->fault, n);
}

void
matrix_disarm (Matrix *self)
{
  fault_server_arm (self->front, "GET", "/", "none", 0);
  set_deadlines (self, 0, 0);
}

void
matrix_run (Matrix *self)
{
  matrix_wait_idle (self);
  matrix_settle (assay_account_sync_run (self->sync), NULL);
  matrix_wait_idle (self);
}

void
matrix_run_well (Matrix *self)
{
  matrix_wait_idle (self);
  matrix_finish (self, assay_account_sync_run (self->sync));
  matrix_wait_idle (self);
  g_assert_cmpint (assay_account_sync_get_state (self->sync), ==, ASSAY_ACCOUNT_ONLINE);
}

static char *
make_secret (Matrix *self)
{
  return assay_open_secret_new_for_token (assay_platform_server_get_token (self->server));
}

void
matrix_sign_in (Matrix *self)
{
  g_autofree char *secret = make_secret (self);

  matrix_finish (self,
                 assay_engine_sign_in (self->engine, matrix_get_account (self), secret, TRUE));
}

void
matrix_sign_in_with_tokens (Matrix *self)
{
  g_autofree char *person =
      assay_server_state_query_text (self->state, "SELECT id FROM person ORDER BY rowid", "");
  g_autofree char *family = g_strdup_printf ("family-%u", ++self->counter);
  g_autoptr (JsonObject) tokens =
      assay_server_tokens_issue (self->state, person, ASSAY_SERVER_ALL_SCOPES, family);
  g_autofree char *secret =
      g_strdup_printf ("{\"access\":\"%s\",\"refresh\":\"%s\",\"client_id\":\"%s\","
                       "\"token_endpoint\":\"http://127.0.0.1:%u/oauth/token\"}",
                       assay_json_get_string (tokens, "access_token"),
                       assay_json_get_string (tokens, "refresh_token"),
                       ASSAY_PLATFORM_SERVER_CLIENT_ID, fault_server_get_port (self->front));

  matrix_finish (self,
                 assay_engine_sign_in (self->engine, matrix_get_account (self), secret, TRUE));
}

void
matrix_spend_access (Matrix *self)
{
  matrix_wait_idle (self);
  assay_server_state_execute (self->state, "UPDATE token SET expires_at = 1 WHERE kind = 'access'",
                              "");
}

/* Judging */

gint64
matrix_claim (Matrix *self)
{
  const AssayTaskQuery query = { .project = self->project, .states = 1u << ASSAY_TASK_READY };
  g_autoptr (GArray) before = test_store_query (self->test, &query);
  g_autoptr (GArray) after = NULL;

  g_assert_cmpuint (test_await_uint (assay_account_sync_claim (self->sync, self->project, 1)), ==,
                    1);
  after = test_store_query (self->test, &query);
  g_assert_cmpuint (after->len, ==, before->len + 1);
  for (guint i = 0; i < after->len; i++)
    {
      gint64 row = g_array_index (after, gint64, i);
      gboolean known = FALSE;

      for (guint k = 0; k < before->len; k++)
        known |= g_array_index (before, gint64, k) == row;
      if (!known)
        return row;
    }
  g_assert_not_reached ();
}

DexFuture *
matrix_judge (Matrix *self, gint64 row, gboolean skip)
{
  g_autoptr (AssayOpenTask) open = test_store_load (self->test, row);
  AssayJudgement *judgement = assay_open_task_get_judgement (open);
  g_autofree char *typed = g_strdup_printf ("%s %u", TYPED, ++self->counter);
  g_autofree char *trouble = assay_check_fill_judgement (judgement, typed);
  g_autoptr (GBytes) draft = NULL;

  g_assert_null (trouble);
  if (skip)
    assay_judgement_set_outcome (judgement, ASSAY_OUTCOME_SKIPPED, "seen_before", NULL);
  draft = test_draft_bytes (judgement);
  assay_judgement_finalize_submission (judgement, g_get_real_time () / 1000);
  return assay_engine_submit (self->engine, open, judgement, draft, 0);
}

void
matrix_wait_sent (Matrix *self, gint64 row)
{
  while (test_store_get_state (self->test, row) != ASSAY_TASK_SENT)
    g_main_context_iteration (NULL, FALSE);
  matrix_wait_idle (self);
}

static char *
dup_lease (Matrix *self, gint64 row)
{
  g_autoptr (AssayLease) lease = test_await_boxed (assay_store_load_lease (self->test->store, row));

  return g_strdup (lease->id);
}

guint
matrix_count_in_ledger (Matrix *self, gint64 row)
{
  g_autofree char *lease = dup_lease (self, row);

  return (guint) assay_server_state_query_int (self->state,
                                               "SELECT count(*) FROM submission WHERE lease = ?1",
                                               "s", lease);
}

guint
matrix_count_leases (Matrix *self, gint64 row, const char *state)
{
  g_autofree char *lease = dup_lease (self, row);

  return (guint) assay_server_state_query_int (
      self->state, "SELECT count(*) FROM lease WHERE id = ?1 AND state = ?2", "ss", lease, state);
}

/* The task that is begun */

void
matrix_let_end_soon (Matrix *self)
{
  gint64 now = g_get_real_time ();
  g_autofree char *sql =
      g_strdup_printf ("UPDATE lease SET granted_at = %" G_GINT64_FORMAT
                       ", expires_at = %" G_GINT64_FORMAT ", renewals = %" G_GINT64_FORMAT
                       " WHERE task = %" G_GINT64_FORMAT,
                       now - G_TIME_SPAN_HOUR, now + 10 * G_TIME_SPAN_MINUTE,
                       matrix_count_renewals (self), self->begun);

  /* What the platform still has to tell about it is told first, that its draft came included. */
  matrix_run_well (self);
  matrix_run_well (self);
  test_store_execute (self->test, sql);
}

gboolean
matrix_ends_soon (Matrix *self)
{
  g_autoptr (AssayLease) lease =
      test_await_boxed (assay_store_load_lease (self->test->store, self->begun));

  return lease->expires_at - g_get_real_time () < 20 * G_TIME_SPAN_MINUTE;
}

gint64
matrix_count_renewals (Matrix *self)
{
  return assay_server_state_query_int (self->state, "SELECT renewals_left FROM lease WHERE id = ?1",
                                       "s", self->begun_lease);
}

static void
take_draft (Matrix *self, const AssayRemoteDraft *draft)
{
  g_set_str (&self->etag, draft->etag);
}

static DexFuture *
kept_cb (DexFuture *future, gpointer user_data)
{
  take_draft (user_data, g_value_get_boxed (dex_future_get_value (future, NULL)));
  return dex_ref (future);
}

DexFuture *
matrix_save_draft (Matrix *self)
{
  g_autofree char *text =
      g_strdup_printf ("{\"device\":\"here\",\"judgement\":{\"n\":%u}}", ++self->counter);
  g_autoptr (JsonNode) node = assay_json_parse (text, -1, NULL);

  return dex_future_then (assay_platform_save_draft (assay_account_sync_get_platform (self->sync),
                                                     self->begun_lease, node, self->etag),
                          kept_cb, self, NULL);
}

DexFuture *
matrix_load_draft (Matrix *self)
{
  return dex_future_then (assay_platform_load_draft (assay_account_sync_get_platform (self->sync),
                                                     self->begun_lease),
                          kept_cb, self, NULL);
}

void
matrix_settle_draft (Matrix *self)
{
  g_autoptr (GError) error = NULL;

  if (!matrix_settle (matrix_load_draft (self), &error))
    {
      g_assert_error (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_FOUND);
      g_clear_pointer (&self->etag, g_free);
      matrix_finish (self, matrix_save_draft (self));
    }
}

/* What the platform does */

int
matrix_publish_guideline (Matrix *self, char **id)
{
  g_autofree char *arguments =
      g_strdup_printf ("{'guideline': '" PROJECT "', 'body': 'Version %u', 'must_ack': false}",
                       ++self->counter);

  matrix_control (self, "publish-guideline", arguments);
  matrix_run_well (self);
  *id = g_strconcat (matrix_get_account (self), "/" PROJECT, NULL);
  return (int) assay_server_state_query_int (self->state,
                                             "SELECT max(version) FROM guideline WHERE id = ?1",
                                             "s", PROJECT);
}

char *
matrix_reject (Matrix *self, gint64 row)
{
  g_autofree char *lease = dup_lease (self, row);
  g_autofree char *submission =
      assay_server_state_query_text (self->state, "SELECT id FROM submission WHERE lease = ?1", "s",
                                     lease);
  g_autofree char *arguments =
      g_strdup_printf ("{'submission': '%s', 'message': 'No'}", submission);

  matrix_control (self, "reject", arguments);
  matrix_run_well (self);
  return assay_server_state_query_text (
      self->state, "SELECT id FROM feedback WHERE body ->> '$.submission_id' = ?1", "s",
      submission);
}

/* The outbox */

AssayOutboxItem *
matrix_get_newest (Matrix *self)
{
  g_autoptr (GPtrArray) items = test_await_boxed (assay_store_list_outbox (self->test->store));

  g_assert_cmpuint (items->len, >, 0);
  return g_object_ref (items->pdata[items->len - 1]);
}

static gint64
query_row (Matrix *self, AssayOutboxItem *item, const char *what)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM outbox WHERE id = %" G_GINT64_FORMAT,
                                          what, assay_outbox_item_get_id (item));

  return test_store_query_int (self->test, sql);
}

AssayOutboxState
matrix_get_row_state (Matrix *self, AssayOutboxItem *item)
{
  for (AssayOutboxState state = ASSAY_OUTBOX_QUEUED; state <= ASSAY_OUTBOX_WITHDRAWN; state++)
    {
      g_autofree char *what =
          g_strdup_printf ("state = '%s'", assay_outbox_state_to_string (state));

      if (query_row (self, item, what) != 0)
        return state;
    }
  g_assert_not_reached ();
}

static gint64
count_on_their_way (Matrix *self)
{
  return test_store_query_int (self->test, "SELECT count(*) FROM outbox WHERE state = 'sending'");
}

void
matrix_send_once (Matrix *self)
{
  assay_outbox_worker_start (self->worker);
  assay_outbox_worker_send_now (self->worker, NULL);
  while (fault_server_get_n_struck (self->front) == 0)
    {
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
  /* What is on its way comes to its end; the next attempt is ours to begin. */
  assay_outbox_worker_stop (self->worker);
  while (count_on_their_way (self) > 0)
    g_main_context_iteration (NULL, FALSE);
  test_drain ();
  matrix_wait_idle (self);
}

void
matrix_send_all (Matrix *self)
{
  assay_outbox_worker_start (self->worker);
  assay_outbox_worker_send_now (self->worker, NULL);
  while (test_store_query_int (self->test, "SELECT count(*) FROM outbox WHERE state IN ('queued',"
                                           " 'sending', 'unknown')")
         > 0)
    g_main_context_iteration (NULL, FALSE);
  test_drain ();
  matrix_wait_idle (self);
}

void
matrix_check_words (Matrix *self, AssayOutboxItem *item, AssayOutboxState state)
{
  g_autoptr (AssayOutboxItem) now = NULL;
  g_autoptr (GPtrArray) items = test_await_boxed (assay_store_list_outbox (self->test->store));
  g_autofree char *words = NULL;

  for (guint i = 0; i < items->len; i++)
    if (assay_outbox_item_get_id (items->pdata[i]) == assay_outbox_item_get_id (item))
      now = g_object_ref (items->pdata[i]);
  g_assert_nonnull (now);
  g_assert_nonnull (assay_outbox_class_get_sentence (assay_outbox_item_get_last_class (now)));
  if (state != ASSAY_OUTBOX_REFUSED)
    return;
  words = test_await_string (
      assay_outbox_words_load (self->test->store, assay_outbox_item_get_submission (item)));
  g_assert_cmpstr (words, !=, "");
}

void
matrix_take_back (Matrix *self, AssayOutboxItem *item)
{
  g_autoptr (AssayOpenTask) open = NULL;

  test_await (assay_store_withdraw (self->test->store, assay_outbox_item_get_submission (item)));
  open = test_store_load (self->test, assay_outbox_item_get_task_row (item));
  g_assert_nonnull (
      strstr (assay_judgement_get_rationale (assay_open_task_get_judgement (open)), TYPED));
}

/* As the server's ledger makes it: the members that must be the same. */
static char *
digest_body (GBytes *body)
{
  static const char *const members[] = { "lease_id", "form", "judgement" };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = assay_json_parse_bytes (body, &error);
  JsonObject *content = json_object_new ();
  g_autoptr (JsonNode) content_node = assay_json_object_node_new (content);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    json_object_set_member (content, members[i],
                            json_node_copy (json_object_get_member (assay_json_node_object (node),
                                                                    members[i])));
  text = assay_json_to_canonical_string (content_node);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

void
matrix_check_ledger (Matrix *self, AssayOutboxItem *item)
{
  g_autoptr (JsonNode) node = assay_server_make_ledger (self->state);
  JsonArray *entries = assay_json_get_array (assay_json_node_object (node), "submissions");
  g_autofree char *digest = digest_body (assay_outbox_item_get_body (item));
  g_autofree char *lease = dup_lease (self, assay_outbox_item_get_task_row (item));
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = assay_json_node_object (json_array_get_element (entries, i));

      if (g_strcmp0 (assay_json_get_string (entry, "lease"), lease) != 0)
        continue;
      g_assert_cmpstr (assay_json_get_string (entry, "content_sha256"), ==, digest);
      n++;
    }
  g_assert_cmpuint (n, ==, 1);
}

void
matrix_check (Matrix *self)
{
  g_autoptr (AssayOpenTask) open = test_store_load (self->test, self->begun);
  gint64 held = test_store_query_int (self->test, "SELECT count(*) FROM lease JOIN task ON task.id"
                                                  " = lease.task WHERE lease.state = 'held'");

  g_assert_cmpint (assay_open_task_get_state (open), ==, ASSAY_TASK_STARTED);
  g_assert_cmpstr (assay_judgement_get_rationale (assay_open_task_get_judgement (open)), ==, TYPED);
  g_assert_cmpint (assay_server_state_query_int (
                       self->state, "SELECT count(*) FROM lease WHERE state = 'held'", ""),
                   ==, held);
  g_assert_cmpint (
      assay_server_state_query_int (self->state,
                                    "SELECT count(*) FROM (SELECT task FROM submission GROUP BY"
                                    " task, person HAVING count(*) > 1)",
                                    ""),
      ==, 0);
  g_assert_false (fault_server_has_committed_nothing (self->front));
}

/* Coming and going */

static void
add_account (Matrix *self)
{
  g_autofree char *address =
      g_strdup_printf ("http://127.0.0.1:%u", fault_server_get_port (self->front));
  g_autofree char *secret = make_secret (self);
  g_autoptr (AssayAccountSync) sync =
      test_await_object (assay_engine_add (self->engine, address, NULL, secret, TRUE));
  g_autoptr (GPtrArray) projects = NULL;

  self->sync = sync;
  matrix_wait_idle (self);
  projects = test_await_boxed (assay_store_list_projects (self->test->store));
  for (guint i = 0; i < projects->len; i++)
    if (g_str_equal (assay_project_get_external_id (projects->pdata[i]), PROJECT))
      self->project = assay_project_get_id (projects->pdata[i]);
  g_assert_cmpint (self->project, >, 0);
}

Matrix *
matrix_new (void)
{
  Matrix *self = g_new0 (Matrix, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autofree char *address = NULL;

  /* What a server does wrong is worth a warning. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_test_log_set_fatal_handler (is_fatal, NULL);
  self->log_handler = g_log_set_handler ("GLib-GObject", G_LOG_LEVEL_CRITICAL | G_LOG_FLAG_FATAL,
                                         take_critical, NULL);
  self->server = assay_platform_server_new (NULL, 40, &error);
  g_assert_no_error (error);
  assay_platform_server_start (self->server, 0, &error);
  g_assert_no_error (error);
  self->state = assay_platform_server_get_state (self->server);
  matrix_control (self, "set-lease",
                  "{'project': '" PROJECT "', 'seconds': 864000, 'max_held': 1000,"
                  " 'renewals': 1000}");
  uri = g_uri_parse (assay_platform_server_get_address (self->server), G_URI_FLAGS_NONE, NULL);
  self->front = fault_server_new (FAULT_SERVER_PLAIN, NULL);
  fault_server_set_upstream (self->front, (guint16) g_uri_get_port (uri));
  address = g_strdup_printf ("http://127.0.0.1:%u%s", fault_server_get_port (self->front),
                             g_uri_get_path (uri));
  assay_platform_server_set_public_address (self->server, address);

  self->test = test_store_new ();
  self->reachability = assay_reachability_new (NULL);
  self->worker = assay_outbox_worker_new (self->test->store);
  assay_outbox_worker_start (self->worker);
  self->secrets = assay_secrets_new (self->test->folder->path);
  self->engine =
      assay_engine_new (self->test->store, self->worker, self->secrets, self->reachability);
  test_await (assay_engine_start (self->engine));
  add_account (self);

  self->begun = matrix_claim (self);
  test_store_write (self->test, self->begun, TYPED);
  self->begun_lease = dup_lease (self, self->begun);
  return self;
}

void
matrix_free (Matrix *self)
{
  gboolean busy = TRUE;

  assay_engine_stop (self->engine);
  assay_outbox_worker_stop (self->worker);
  while (busy)
    {
      g_object_get (self->engine, "busy", &busy, NULL);
      if (busy)
        g_main_context_iteration (NULL, TRUE);
    }
  g_object_unref (self->engine);
  g_object_unref (self->secrets);
  g_object_unref (self->worker);
  test_drain ();
  g_object_unref (self->reachability);
  test_store_free (self->test);
  fault_server_free (self->front);
  g_object_unref (self->server);
  g_log_remove_handler ("GLib-GObject", self->log_handler);
  g_free (self->begun_lease);
  g_free (self->etag);
  g_free (self);
}
