/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The engine with everything that it has in the program: the store, the keyring (libsecret's own,
 * in a file), and the open platform at the reference server, which is in this process. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>

#include "assay-check-answers.h"
#include "assay-engine.h"
#include "assay-json.h"
#include "assay-open-platform.h"
#include "assay-platform-server.h"
#include "assay-server-control.h"
#include "assay-server-tokens.h"
#include "fake-network.h"
#include "store-fixture.h"

typedef struct
{
  AssayPlatformServer *server;
  AssayServerState *state;
  TestStore *test;
  FakeNetwork *network;
  AssayReachability *reachability;
  AssaySecrets *secrets;
  AssayOutboxWorker *worker;
  AssayEngine *engine;
} Fixture;

static void
start_engine (Fixture *fixture)
{
  fixture->worker = assay_outbox_worker_new (fixture->test->store);
  assay_outbox_worker_start (fixture->worker);
  fixture->secrets = assay_secrets_new (fixture->test->folder->path);
  fixture->engine = assay_engine_new (fixture->test->store, fixture->worker, fixture->secrets,
                                      fixture->reachability);
  test_await (assay_engine_start (fixture->engine));
}

static void
stop_engine (Fixture *fixture)
{
  gboolean busy = TRUE;

  assay_engine_stop (fixture->engine);
  assay_outbox_worker_stop (fixture->worker);
  while (busy)
    {
      g_object_get (fixture->engine, "busy", &busy, NULL);
      if (busy)
        g_main_context_iteration (NULL, TRUE);
    }
  g_clear_object (&fixture->engine);
  g_clear_object (&fixture->secrets);
  g_clear_object (&fixture->worker);
  test_drain ();
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture->server = assay_platform_server_new (NULL, 2, &error);
  g_assert_no_error (error);
  assay_platform_server_start (fixture->server, 0, &error);
  g_assert_no_error (error);
  fixture->state = assay_platform_server_get_state (fixture->server);
  fixture->test = test_store_new ();
  fixture->network = fake_network_new (TRUE);
  fixture->reachability = assay_reachability_new (G_NETWORK_MONITOR (fixture->network));
  assay_reachability_set_longest_delay_ms (fixture->reachability, 0);
  start_engine (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  if (fixture->engine != NULL)
    stop_engine (fixture);
  g_clear_object (&fixture->reachability);
  g_clear_object (&fixture->network);
  g_clear_pointer (&fixture->test, test_store_free);
  g_clear_object (&fixture->server);
}

static void
stop_server (Fixture *fixture)
{
  assay_platform_server_stop (fixture->server);
}

/* Where it was before. */
static void
start_server (Fixture *fixture, const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GError) error = NULL;

  assay_platform_server_start (fixture->server, (guint) g_uri_get_port (uri), &error);
  g_assert_no_error (error);
}

static void
control (Fixture *fixture, const char *command, const char *arguments)
{
  g_autofree char *json = g_strdelimit (g_strdup (arguments), "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = assay_json_parse (json, -1, &error);

  g_assert_no_error (error);
  assay_server_control (fixture->state, command, assay_json_node_object (node), &error);
  g_assert_no_error (error);
}

static const GValue *
wait_for (DexFuture *future, GError **error)
{
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  return dex_future_get_value (future, error);
}

static void
assert_error (DexFuture *taken, GQuark domain, int code)
{
  g_autoptr (DexFuture) future = taken;
  g_autoptr (GError) error = NULL;

  g_assert_null (wait_for (future, &error));
  g_assert_error (error, domain, code);
  g_assert_cmpstr (error->message, !=, "");
}

static DexFuture *
add_with (Fixture *fixture, const char *token, gboolean session_only)
{
  g_autofree char *secret = assay_open_secret_new_for_token (token);

  return assay_engine_add (fixture->engine, assay_platform_server_get_address (fixture->server),
                           NULL, secret, session_only);
}

static void
wait_idle (AssayAccountSync *sync)
{
  while (assay_account_sync_get_busy (sync))
    g_main_context_iteration (NULL, TRUE);
}

/* Ada's account, after its first round. Borrowed. */
static AssayAccountSync *
add (Fixture *fixture)
{
  g_autoptr (AssayAccountSync) sync = test_await_object (
      add_with (fixture, assay_platform_server_get_token (fixture->server), FALSE));

  wait_idle (sync);
  g_assert_cmpstr (assay_account_sync_get_message (sync), ==, NULL);
  g_assert_cmpint (assay_account_sync_get_state (sync), ==, ASSAY_ACCOUNT_ONLINE);
  return sync;
}

static const char *
get_id (AssayAccountSync *sync)
{
  return assay_account_get_id (assay_account_sync_get_account (sync));
}

static void
run_round (AssayAccountSync *sync)
{
  test_await (assay_account_sync_run (sync));
}

static AssayProject *
load_project (Fixture *fixture, const char *id)
{
  g_autoptr (GPtrArray) projects =
      test_await_boxed (assay_store_list_projects (fixture->test->store));

  for (guint i = 0; i < projects->len; i++)
    if (g_str_equal (assay_project_get_external_id (projects->pdata[i]), id))
      return g_object_ref (projects->pdata[i]);
  g_error ("There is no project %s", id);
}

static void
set_ahead (Fixture *fixture, const char *id, int ahead)
{
  g_autoptr (AssayProject) project = load_project (fixture, id);

  json_object_set_int_member (assay_project_get_settings (project), ASSAY_PROJECT_SETTING_AHEAD,
                              ahead);
  test_await (assay_store_save_project (fixture->test->store, project));
}

static GArray *
query (Fixture *fixture, const char *id)
{
  g_autoptr (AssayProject) project = load_project (fixture, id);
  const AssayTaskQuery one = { .project = assay_project_get_id (project) };

  return test_store_query (fixture->test, &one);
}

static guint
count_tasks (Fixture *fixture, const char *id)
{
  g_autoptr (GArray) rows = query (fixture, id);

  return rows->len;
}

static gint64
get_row (Fixture *fixture, const char *id, guint i)
{
  g_autoptr (GArray) rows = query (fixture, id);

  g_assert_cmpuint (rows->len, >, i);
  return g_array_index (rows, gint64, i);
}

static gint64
count_held (Fixture *fixture)
{
  return assay_server_state_query_int (fixture->state,
                                       "SELECT count(*) FROM lease WHERE state = 'held'", "");
}

static char *
judge (Fixture *fixture, gint64 row, gint64 undo_window_us)
{
  g_autoptr (AssayOpenTask) open = test_store_load (fixture->test, row);
  AssayJudgement *judgement = assay_open_task_get_judgement (open);
  g_autofree char *trouble = assay_check_fill_judgement (judgement, "Because it is so.");
  g_autoptr (GBytes) draft = NULL;
  g_autoptr (AssayOutboxItem) item = NULL;

  g_assert_null (trouble);
  draft = test_draft_bytes (judgement);
  assay_judgement_finalize_submission (judgement, g_get_real_time () / 1000);
  item = test_await_object (
      assay_engine_submit (fixture->engine, open, judgement, draft, undo_window_us));
  return g_strdup (assay_outbox_item_get_submission (item));
}

static guint
count_in_ledger (Fixture *fixture, const char *submission)
{
  g_autoptr (JsonNode) node = assay_server_make_ledger (fixture->state);
  JsonArray *submissions = assay_json_get_array (assay_json_node_object (node), "submissions");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (submissions); i++)
    {
      JsonObject *entry = assay_json_node_object (json_array_get_element (submissions, i));

      n += submission == NULL || g_strcmp0 (assay_json_get_string (entry, "id"), submission) == 0;
    }
  return n;
}

static void
wait_for_state (Fixture *fixture, gint64 row, AssayTaskState state)
{
  while (test_store_get_state (fixture->test, row) != state)
    g_main_context_iteration (NULL, FALSE);
}

static void
wait_for_account_state (AssayAccountSync *sync, AssayAccountState state)
{
  while (assay_account_sync_get_state (sync) != state)
    g_main_context_iteration (NULL, TRUE);
}

/* From an address to an accepted judgement. */
static void
test_whole_way (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (AssayPlatformInfo) info = test_await_boxed (assay_engine_look (
      fixture->engine, assay_platform_server_get_address (fixture->server), NULL));
  AssayAccountSync *sync;
  g_autofree char *submission = NULL;
  gint64 row;
  int state;

  g_assert_cmpstr (info->name, !=, "");
  g_assert_cmpstr (info->person, ==, "");
  sync = add (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->engine)), ==, 1);
  g_assert_true (assay_engine_find (fixture->engine, get_id (sync)) == sync);
  g_assert_cmpstr (assay_account_get_title (assay_account_sync_get_account (sync)), ==, info->name);
  /* Nothing is claimed that nobody asked for. */
  g_assert_cmpint (count_held (fixture), ==, 0);
  g_assert_cmpuint (count_tasks (fixture, "criteria"), ==, 0);

  set_ahead (fixture, "criteria", 3);
  run_round (sync);
  g_assert_cmpuint (count_tasks (fixture, "criteria"), ==, 3);
  g_assert_cmpint (count_held (fixture), ==, 3);

  row = get_row (fixture, "criteria", 0);
  submission = judge (fixture, row, 0);
  wait_for_state (fixture, row, ASSAY_TASK_SENT);
  g_assert_cmpuint (count_in_ledger (fixture, submission), ==, 1);
  /* And the next one is there by itself. */
  while (count_tasks (fixture, "criteria") < 4)
    g_main_context_iteration (NULL, FALSE);
  g_object_get (fixture->engine, "state", &state, NULL);
  g_assert_cmpint (state, ==, ASSAY_ACCOUNT_ONLINE);
}

/* Judged where there is no network, sent when there is one: each once. */
static void
test_offline (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *address = g_strdup (assay_platform_server_get_address (fixture->server));
  AssayAccountSync *sync = add (fixture);
  g_autoptr (GPtrArray) submissions = g_ptr_array_new_with_free_func (g_free);

  set_ahead (fixture, "criteria", 3);
  run_round (sync);
  stop_server (fixture);
  fake_network_set (fixture->network, FALSE, FALSE);
  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (submissions, judge (fixture, get_row (fixture, "criteria", i), 0));
  assert_error (assay_account_sync_run (sync), ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_OFFLINE);
  g_assert_cmpint (assay_account_sync_get_state (sync), ==, ASSAY_ACCOUNT_OFFLINE);
  g_assert_nonnull (assay_account_sync_get_message (sync));

  /* The program ends and begins in between. */
  stop_engine (fixture);
  test_store_drop (fixture->test);
  test_store_open (fixture->test);
  start_engine (fixture);
  sync = g_list_model_get_item (G_LIST_MODEL (fixture->engine), 0);
  g_object_unref (sync);
  wait_for_account_state (sync, ASSAY_ACCOUNT_OFFLINE);
  wait_idle (sync);
  g_assert_cmpuint (count_in_ledger (fixture, NULL), ==, 0);

  start_server (fixture, address);
  fake_network_set (fixture->network, TRUE, FALSE);
  wait_for_account_state (sync, ASSAY_ACCOUNT_ONLINE);
  assay_outbox_worker_send_now (fixture->worker, NULL);
  for (guint i = 0; i < submissions->len; i++)
    {
      while (count_in_ledger (fixture, submissions->pdata[i]) == 0)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpuint (count_in_ledger (fixture, submissions->pdata[i]), ==, 1);
    }
  g_assert_cmpuint (count_in_ledger (fixture, NULL), ==, 3);
  while (assay_outbox_worker_get_n_waiting (fixture->worker) > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_nothing_kept (Fixture *fixture)
{
  g_autoptr (GPtrArray) accounts =
      test_await_boxed (assay_store_list_accounts (fixture->test->store));

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->engine)), ==, 0);
  for (guint i = 0; i < accounts->len; i++)
    g_assert_true (assay_account_is_local (accounts->pdata[i]));
}

static void
test_wrong_token (Fixture *fixture, gconstpointer unused)
{
  assert_error (add_with (fixture, "wrong", FALSE), ASSAY_PLATFORM_ERROR,
                ASSAY_PLATFORM_ERROR_SIGNED_OUT);
  assert_nothing_kept (fixture);
}

static void
test_no_such_place (Fixture *fixture, gconstpointer unused)
{
  static const char missing[] = "/nonexistent/authority.pem";

  assert_error (assay_engine_add (fixture->engine, "http://example.org", NULL, "{}", FALSE),
                ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_ADDRESS);
  assert_error (assay_engine_look (fixture->engine, "http://127.0.0.1:1", NULL),
                ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_OFFLINE);
  assert_error (assay_engine_look (fixture->engine, "https://example.org", missing),
                ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_INSECURE);
  assert_error (assay_engine_add (fixture->engine, "https://example.org", missing, "{}", FALSE),
                ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_INSECURE);
  assert_nothing_kept (fixture);
}

/* Nobody keeps secrets on this machine: nothing is left of the attempt, and for as long as the
 * program runs it can be had. */
static void
test_no_keyring (Fixture *fixture, gconstpointer unused)
{
  if (!g_test_subprocess ())
    {
      g_setenv ("SECRET_BACKEND", "service", TRUE);
      g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_setenv ("SECRET_BACKEND", "file", TRUE);
      g_test_trap_assert_passed ();
      return;
    }
  assert_error (add_with (fixture, assay_platform_server_get_token (fixture->server), FALSE),
                ASSAY_SECRETS_ERROR, ASSAY_SECRETS_ERROR_UNAVAILABLE);
  assert_nothing_kept (fixture);
  {
    g_autoptr (AssayAccountSync) sync = test_await_object (
        add_with (fixture, assay_platform_server_get_token (fixture->server), TRUE));

    wait_for_account_state (sync, ASSAY_ACCOUNT_ONLINE);
    wait_idle (sync);
  }

  /* The next start needs it again, and says so. */
  stop_engine (fixture);
  start_engine (fixture);
  {
    g_autoptr (AssayAccountSync) sync = g_list_model_get_item (G_LIST_MODEL (fixture->engine), 0);
    g_autofree char *secret =
        assay_open_secret_new_for_token (assay_platform_server_get_token (fixture->server));
    guint n_signed_out;

    wait_for_account_state (sync, ASSAY_ACCOUNT_SIGNED_OUT);
    g_assert_nonnull (assay_account_sync_get_message (sync));
    g_object_get (fixture->engine, "n-signed-out", &n_signed_out, NULL);
    g_assert_cmpuint (n_signed_out, ==, 1);
    test_await (assay_engine_sign_in (fixture->engine, get_id (sync), secret, TRUE));
    wait_for_account_state (sync, ASSAY_ACCOUNT_ONLINE);
  }
}

/* One person once; another person at the same place, under a name that tells them apart. */
static void
test_two_people (Fixture *fixture, gconstpointer unused)
{
  AssayAccountSync *ada = add (fixture);
  g_autoptr (AssayAccountSync) boris = NULL;

  assert_error (add_with (fixture, assay_platform_server_get_token (fixture->server), FALSE),
                ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CONFLICT);
  assay_server_tokens_add_personal (fixture->state, "boris", "boris-token");
  boris = test_await_object (add_with (fixture, "boris-token", FALSE));
  wait_idle (boris);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->engine)), ==, 2);
  g_assert_cmpstr (assay_account_get_title (assay_account_sync_get_account (boris)), !=,
                   assay_account_get_title (assay_account_sync_get_account (ada)));

  /* One who is signed out keeps the other from nothing. */
  assay_server_tokens_revoke (fixture->state, "boris-token");
  assert_error (assay_account_sync_run (boris), ASSAY_PLATFORM_ERROR,
                ASSAY_PLATFORM_ERROR_SIGNED_OUT);
  run_round (ada);
  g_assert_cmpint (assay_account_sync_get_state (ada), ==, ASSAY_ACCOUNT_ONLINE);
  {
    guint n_signed_out;
    int state;

    g_object_get (fixture->engine, "n-signed-out", &n_signed_out, "state", &state, NULL);
    g_assert_cmpuint (n_signed_out, ==, 1);
    g_assert_cmpint (state, ==, ASSAY_ACCOUNT_ONLINE);
  }
}

static void
test_sign_in (Fixture *fixture, gconstpointer unused)
{
  AssayAccountSync *sync = add (fixture);
  g_autofree char *wrong = assay_open_secret_new_for_token ("boris-token");
  g_autofree char *right = assay_open_secret_new_for_token ("ada-token");
  g_autofree char *kept = NULL;
  g_autofree char *submission = NULL;
  gint64 row;

  set_ahead (fixture, "criteria", 1);
  run_round (sync);
  row = get_row (fixture, "criteria", 0);
  assay_server_tokens_revoke (fixture->state, assay_platform_server_get_token (fixture->server));
  submission = judge (fixture, row, 0);
  wait_for_account_state (sync, ASSAY_ACCOUNT_SIGNED_OUT);
  g_assert_nonnull (assay_account_sync_get_message (sync));
  g_assert_cmpint (test_store_get_state (fixture->test, row), ==, ASSAY_TASK_QUEUED);
  assert_error (assay_engine_test (fixture->engine, get_id (sync)), ASSAY_PLATFORM_ERROR,
                ASSAY_PLATFORM_ERROR_SIGNED_OUT);

  /* Somebody else's does not open it. */
  assay_server_tokens_add_personal (fixture->state, "boris", "boris-token");
  assert_error (assay_engine_sign_in (fixture->engine, get_id (sync), wrong, FALSE),
                ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_ALLOWED);
  g_assert_cmpint (assay_account_sync_get_state (sync), ==, ASSAY_ACCOUNT_SIGNED_OUT);

  assay_server_tokens_add_personal (fixture->state, "ada", "ada-token");
  test_await (assay_engine_sign_in (fixture->engine, get_id (sync), right, FALSE));
  wait_for_state (fixture, row, ASSAY_TASK_SENT);
  wait_for_account_state (sync, ASSAY_ACCOUNT_ONLINE);
  g_assert_cmpuint (count_in_ledger (fixture, submission), ==, 1);
  kept = test_await_string (assay_secrets_load (fixture->secrets, get_id (sync)));
  g_assert_cmpstr (kept, ==, right);
  assay_platform_info_free (test_await_boxed (assay_engine_test (fixture->engine, get_id (sync))));
}

/* A secret that the keyring does not have any more makes an account signed out, not gone. */
static void
test_restart (Fixture *fixture, gconstpointer unused)
{
  AssayAccountSync *sync = add (fixture);
  g_autofree char *id = g_strdup (get_id (sync));
  gint64 n_leases;

  set_ahead (fixture, "criteria", 2);
  run_round (sync);
  n_leases = count_held (fixture);
  stop_engine (fixture);
  start_engine (fixture);
  sync = assay_engine_find (fixture->engine, id);
  g_assert_nonnull (sync);
  wait_for_account_state (sync, ASSAY_ACCOUNT_ONLINE);
  wait_idle (sync);
  g_assert_cmpint (count_held (fixture), ==, n_leases);
  g_assert_cmpuint (count_tasks (fixture, "criteria"), ==, 2);

  test_await (assay_secrets_forget (fixture->secrets, id));
  stop_engine (fixture);
  start_engine (fixture);
  sync = assay_engine_find (fixture->engine, id);
  wait_for_account_state (sync, ASSAY_ACCOUNT_SIGNED_OUT);
  g_assert_nonnull (assay_account_sync_get_message (sync));
  g_assert_cmpuint (count_tasks (fixture, "criteria"), ==, 2);
}

static void
test_cursor_expired (Fixture *fixture, gconstpointer unused)
{
  AssayAccountSync *sync = add (fixture);

  set_ahead (fixture, "criteria", 2);
  run_round (sync);
  test_store_write (fixture->test, get_row (fixture, "criteria", 0), "Begun.");
  control (fixture, "forget-changes", "{}");
  control (fixture, "withdraw-task", "{'task':'everyday-1'}");
  run_round (sync);
  g_assert_cmpint (assay_account_sync_get_state (sync), ==, ASSAY_ACCOUNT_ONLINE);
  g_assert_cmpuint (count_tasks (fixture, "criteria"), ==, 2);
  g_assert_cmpint (test_store_get_state (fixture->test, get_row (fixture, "criteria", 0)), ==,
                   ASSAY_TASK_STARTED);
}

static void
count_cb (AssayAccountSync *sync, gint64 row, const char *title, guint *n)
{
  g_assert_cmpint (row, >, 0);
  g_assert_cmpstr (title, !=, "");
  ++*n;
}

static void
test_returned (Fixture *fixture, gconstpointer unused)
{
  AssayAccountSync *sync = add (fixture);
  g_autofree char *submission = NULL;
  g_autofree char *arguments = NULL;
  g_autofree char *second = NULL;
  gint64 row;
  guint n = 0;

  g_signal_connect (sync, "returned", G_CALLBACK (count_cb), &n);
  set_ahead (fixture, "criteria", 1);
  run_round (sync);
  row = get_row (fixture, "criteria", 0);
  submission = judge (fixture, row, 0);
  wait_for_state (fixture, row, ASSAY_TASK_SENT);
  arguments = g_strdup_printf ("{'submission':'%s','message':'More, please.'}", submission);
  control (fixture, "return", arguments);
  run_round (sync);
  g_assert_cmpint (test_store_get_state (fixture->test, row), ==, ASSAY_TASK_RETURNED);
  g_assert_cmpuint (n, ==, 1);

  /* Done again, it replaces what was there. */
  second = judge (fixture, row, 0);
  g_assert_cmpstr (second, !=, submission);
  wait_for_state (fixture, row, ASSAY_TASK_SENT);
  run_round (sync);
  g_assert_cmpuint (count_in_ledger (fixture, submission), ==, 1);
  g_assert_cmpint (test_store_get_state (fixture->test, row), ==, ASSAY_TASK_SENT);
}

static void
test_renewal (Fixture *fixture, gconstpointer unused)
{
  AssayAccountSync *sync = add (fixture);
  g_autoptr (AssayLease) lease = NULL;
  gint64 row;

  set_ahead (fixture, "criteria", 1);
  run_round (sync);
  row = get_row (fixture, "criteria", 0);
  /* As if most of its two hours had gone by. */
  control (fixture, "advance-clock", "{'milliseconds':6000000}");
  test_store_execute (fixture->test, "UPDATE lease SET granted_at = granted_at - 6000000000,"
                                     " expires_at = expires_at - 6000000000");
  run_round (sync);
  lease = test_await_boxed (assay_store_load_lease (fixture->test->store, row));
  g_assert_cmpuint (lease->renewals_left, ==, 0);
  g_assert_cmpint (lease->expires_at, >, g_get_real_time () + G_TIME_SPAN_HOUR);
  g_assert_cmpint (
      assay_server_state_query_int (fixture->state, "SELECT renewals_left FROM lease", ""), ==, 0);
}

/* Signed in with the browser: whenever the platform trades the tokens for new ones, the new ones
 * are what the next start finds, for the old ones are worth nothing. */
static void
test_rotation (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GUri) uri =
      g_uri_parse (assay_platform_server_get_address (fixture->server), G_URI_FLAGS_NONE, NULL);
  JsonObject *tokens =
      assay_server_tokens_issue (fixture->state, "ada", ASSAY_SERVER_ALL_SCOPES, "family");
  g_autofree char *secret =
      g_strdup_printf ("{\"access\":\"%s\",\"refresh\":\"%s\",\"client_id\":\"%s\","
                       "\"token_endpoint\":\"http://127.0.0.1:%d/oauth/token\"}",
                       assay_json_get_string (tokens, "access_token"),
                       assay_json_get_string (tokens, "refresh_token"),
                       ASSAY_PLATFORM_SERVER_CLIENT_ID, g_uri_get_port (uri));
  g_autoptr (AssayAccountSync) added = NULL;
  AssayAccountSync *sync;
  g_autofree char *id = NULL;
  g_autofree char *first = NULL;

  json_object_unref (tokens);
  /* Traded while they are tried already. */
  control (fixture, "advance-clock", "{'milliseconds':1000000}");
  added = test_await_object (assay_engine_add (
      fixture->engine, assay_platform_server_get_address (fixture->server), NULL, secret, FALSE));
  id = g_strdup (get_id (added));
  first = test_await_string (assay_secrets_load (fixture->secrets, id));
  g_assert_cmpstr (first, !=, secret);
  wait_for_account_state (added, ASSAY_ACCOUNT_ONLINE);
  wait_idle (added);
  g_clear_object (&added);

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *before = test_await_string (assay_secrets_load (fixture->secrets, id));
      gboolean same = TRUE;

      control (fixture, "advance-clock", "{'milliseconds':1000000}");
      run_round (assay_engine_find (fixture->engine, id));
      while (same)
        {
          g_autofree char *now = test_await_string (assay_secrets_load (fixture->secrets, id));

          same = g_str_equal (now, before);
        }
      stop_engine (fixture);
      start_engine (fixture);
      sync = assay_engine_find (fixture->engine, id);
      wait_for_account_state (sync, ASSAY_ACCOUNT_ONLINE);
      wait_idle (sync);
    }
}

/* A guideline that must be read keeps its project from giving, and says so. */
static void
test_acknowledge (Fixture *fixture, gconstpointer unused)
{
  AssayAccountSync *sync = add (fixture);
  g_autofree char *guideline = g_strconcat (get_id (sync), "/everyday", NULL);

  set_ahead (fixture, "everyday", 2);
  run_round (sync);
  g_assert_cmpuint (count_tasks (fixture, "everyday"), ==, 0);
  g_assert_cmpint (assay_account_sync_get_state (sync), ==, ASSAY_ACCOUNT_ONLINE);
  g_assert_nonnull (assay_account_sync_get_message (sync));
  test_await (assay_engine_acknowledge (fixture->engine, get_id (sync), guideline, 2));
  /* Told, and then they come by themselves. */
  while (count_tasks (fixture, "everyday") < 2)
    g_main_context_iteration (NULL, FALSE);
  wait_idle (sync);
  g_assert_null (assay_account_sync_get_message (sync));
}

static void
test_pause (Fixture *fixture, gconstpointer unused)
{
  AssayAccountSync *sync = add (fixture);
  g_autofree char *id = g_strdup (get_id (sync));

  assay_engine_set_paused (fixture->engine, id, TRUE);
  stop_engine (fixture);
  start_engine (fixture);
  sync = assay_engine_find (fixture->engine, id);
  g_assert_cmpint (assay_account_sync_get_state (sync), ==, ASSAY_ACCOUNT_PAUSED);
  assay_engine_run (fixture->engine);
  test_drain ();
  g_assert_false (assay_account_sync_get_busy (sync));
  assay_engine_set_paused (fixture->engine, id, FALSE);
  wait_for_account_state (sync, ASSAY_ACCOUNT_ONLINE);
}

static void
test_forget (Fixture *fixture, gconstpointer unused)
{
  AssayAccountSync *sync = add (fixture);
  g_autofree char *id = g_strdup (get_id (sync));
  g_autofree char *submission = NULL;

  set_ahead (fixture, "criteria", 3);
  run_round (sync);
  /* What waits is not thrown away by mistake, and then nothing is given back either. */
  submission = judge (fixture, get_row (fixture, "criteria", 0), G_TIME_SPAN_HOUR);
  assert_error (assay_engine_forget (fixture->engine, id, FALSE), ASSAY_STORE_ERROR,
                ASSAY_STORE_ERROR_CONFLICT);
  g_assert_cmpint (count_held (fixture), ==, 3);
  run_round (sync);

  test_store_write (fixture->test, get_row (fixture, "criteria", 1), "Begun.");
  test_await (assay_engine_forget (fixture->engine, id, TRUE));
  g_assert_null (assay_engine_find (fixture->engine, id));
  assert_nothing_kept (fixture);
  /* Those that were untouched: of three that were not handed in, one was begun. */
  g_assert_cmpint (assay_server_state_query_int (
                       fixture->state, "SELECT count(*) FROM lease WHERE state = 'released'", ""),
                   ==, 2);
  assert_error (assay_secrets_load (fixture->secrets, id), ASSAY_SECRETS_ERROR,
                ASSAY_SECRETS_ERROR_NOT_FOUND);
  assert_error (assay_engine_test (fixture->engine, id), ASSAY_STORE_ERROR,
                ASSAY_STORE_ERROR_NOT_FOUND);
  g_assert_cmpuint (count_in_ledger (fixture, submission), ==, 0);
}

static void
conflict_cb (AssayAccountSync *sync, gint64 row, const char *device, guint *n)
{
  ++*n;
}

static char *
dup_rationale (Fixture *fixture, gint64 row)
{
  g_autoptr (AssayOpenTask) open = test_store_load (fixture->test, row);

  return g_strdup (assay_judgement_get_rationale (assay_open_task_get_judgement (open)));
}

static void
assert_rationale (Fixture *fixture, gint64 row, const char *expected)
{
  g_autofree char *rationale = dup_rationale (fixture, row);

  g_assert_cmpstr (rationale, ==, expected);
}

/* One person with two machines: what was begun on one goes on at the other, and what was written on
 * both is there on both. */
static void
test_drafts (Fixture *fixture, gconstpointer unused)
{
  AssayAccountSync *here = add (fixture);
  Fixture other = { .server = fixture->server,
                    .state = fixture->state,
                    .test = test_store_new (),
                    .network = g_object_ref (fixture->network),
                    .reachability = g_object_ref (fixture->reachability) };
  AssayAccountSync *there;
  g_autoptr (GPtrArray) revisions = NULL;
  guint n_here = 0;
  guint n_there = 0;
  gint64 row, other_row;

  set_ahead (fixture, "criteria", 1);
  run_round (here);
  row = get_row (fixture, "criteria", 0);
  test_store_write (fixture->test, row, "Begun here.");
  run_round (here);

  start_engine (&other);
  there = add (&other);
  g_signal_connect (here, "draft-conflict", G_CALLBACK (conflict_cb), &n_here);
  g_signal_connect (there, "draft-conflict", G_CALLBACK (conflict_cb), &n_there);
  other_row = get_row (&other, "criteria", 0);
  assert_rationale (&other, other_row, "Begun here.");
  g_assert_cmpint (test_store_get_state (other.test, other_row), ==, ASSAY_TASK_STARTED);

  /* Gone on with there, while nothing happened here: no conflict there, and here both are kept. */
  test_store_write (other.test, other_row, "Gone on with there.");
  run_round (there);
  g_assert_cmpuint (n_there, ==, 0);
  test_store_write (fixture->test, row, "Begun here, and more.");
  run_round (here);
  g_assert_cmpuint (n_here, ==, 1);
  assert_rationale (fixture, row, "Begun here, and more.");
  revisions = test_await_boxed (assay_store_list_draft_revisions (fixture->test->store, row));
  {
    guint n = 0;

    for (guint i = 0; i < revisions->len; i++)
      n += g_strstr_len (g_bytes_get_data (revisions->pdata[i], NULL),
                         (gssize) g_bytes_get_size (revisions->pdata[i]), "Gone on with there.")
           != NULL;
    g_assert_cmpuint (n, ==, 1);
  }
  /* It is said once. */
  run_round (here);
  g_assert_cmpuint (n_here, ==, 1);
  run_round (there);
  g_assert_cmpuint (n_there, ==, 1);
  assert_rationale (&other, other_row, "Gone on with there.");

  stop_engine (&other);
  g_clear_object (&other.reachability);
  g_clear_object (&other.network);
  g_clear_pointer (&other.test, test_store_free);
}

/* What has no platform behind it is handed in as it always was. */
static void
test_local (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (AssayPlatform) local = assay_local_platform_new ();
  gint64 row;

  assay_outbox_worker_add_platform (fixture->worker, "files", local);
  test_store_add_many (fixture->test, 1);
  row = test_store_first_row (fixture->test);
  {
    g_autoptr (AssayOpenTask) open = test_store_load (fixture->test, row);
    AssayJudgement *judgement = assay_open_task_get_judgement (open);
    g_autoptr (GBytes) draft = NULL;

    assay_judgement_set_rationale (judgement, "Because.");
    draft = test_draft_bytes (judgement);
    assay_judgement_finalize_submission (judgement, g_get_real_time () / 1000);
    g_object_unref (
        test_await_object (assay_engine_submit (fixture->engine, open, judgement, draft, 0)));
  }
  wait_for_state (fixture, row, ASSAY_TASK_SENT);
}

int
main (int argc, char *argv[])
{
  g_autofree char *keyring = NULL;
  int status;

  /* libsecret asks for these once. */
  if (g_getenv ("SECRET_BACKEND") == NULL)
    g_setenv ("SECRET_BACKEND", "file", TRUE);
  keyring = g_strdup_printf ("%s/assay-test-keyring-%d", g_get_tmp_dir (), (int) getpid ());
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "password", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

#define ADD(name, function) g_test_add ("/engine/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("whole-way", test_whole_way);
  ADD ("offline", test_offline);
  ADD ("wrong-token", test_wrong_token);
  ADD ("no-such-place", test_no_such_place);
  ADD ("no-keyring", test_no_keyring);
  ADD ("two-people", test_two_people);
  ADD ("sign-in", test_sign_in);
  ADD ("restart", test_restart);
  ADD ("rotation", test_rotation);
  ADD ("cursor-expired", test_cursor_expired);
  ADD ("returned", test_returned);
  ADD ("renewal", test_renewal);
  ADD ("acknowledge", test_acknowledge);
  ADD ("pause", test_pause);
  ADD ("forget", test_forget);
  ADD ("drafts", test_drafts);
  ADD ("local", test_local);
#undef ADD

  status = g_test_run ();
  g_unlink (keyring);
  return status;
}
