/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Accounts come, go, stop and go on. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-json.h"
#include "assay-open-platform.h"
#include "assay-server-tokens.h"
#include "engine-fixture.h"

static void
assert_nothing_kept (EngineFixture *fixture)
{
  g_autoptr (GPtrArray) accounts =
      test_await_boxed (assay_store_list_accounts (fixture->test->store));

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->engine)), ==, 0);
  for (guint i = 0; i < accounts->len; i++)
    g_assert_true (assay_account_is_local (accounts->pdata[i]));
}

static void
test_wrong_token (EngineFixture *fixture, gconstpointer unused)
{
  engine_assert_error (engine_add_with (fixture, "wrong", FALSE), ASSAY_PLATFORM_ERROR,
                       ASSAY_PLATFORM_ERROR_SIGNED_OUT);
  assert_nothing_kept (fixture);
}

static void
test_no_such_place (EngineFixture *fixture, gconstpointer unused)
{
  static const char missing[] = "/nonexistent/authority.pem";

  engine_assert_error (assay_engine_add (fixture->engine, "http://example.org", NULL, "{}", FALSE),
                       ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_ADDRESS);
  engine_assert_error (assay_engine_look (fixture->engine, "http://127.0.0.1:1", NULL),
                       ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_OFFLINE);
  engine_assert_error (assay_engine_look (fixture->engine, "https://example.org", missing),
                       ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_INSECURE);
  engine_assert_error (assay_engine_add (fixture->engine, "https://example.org", missing, "{}",
                                         FALSE),
                       ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_INSECURE);
  assert_nothing_kept (fixture);
}

/* Nobody keeps secrets on this machine: nothing is left of the attempt, and for as long as the
 * program runs it can be had. */
static void
test_no_keyring (EngineFixture *fixture, gconstpointer unused)
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
  engine_assert_error (engine_add_with (fixture, assay_platform_server_get_token (fixture->server),
                                        FALSE),
                       ASSAY_SECRETS_ERROR, ASSAY_SECRETS_ERROR_UNAVAILABLE);
  assert_nothing_kept (fixture);
  {
    g_autoptr (AssayAccountSync) sync = test_await_object (
        engine_add_with (fixture, assay_platform_server_get_token (fixture->server), TRUE));

    engine_wait_for_account_state (sync, ASSAY_ACCOUNT_ONLINE);
    engine_wait_idle (sync);
  }

  /* The next start needs it again, and says so. */
  engine_fixture_stop (fixture);
  engine_fixture_start (fixture);
  {
    g_autoptr (AssayAccountSync) sync = g_list_model_get_item (G_LIST_MODEL (fixture->engine), 0);
    g_autofree char *secret =
        assay_open_secret_new_for_token (assay_platform_server_get_token (fixture->server));
    guint n_signed_out;

    engine_wait_for_account_state (sync, ASSAY_ACCOUNT_SIGNED_OUT);
    g_assert_nonnull (assay_account_sync_get_message (sync));
    g_object_get (fixture->engine, "n-signed-out", &n_signed_out, NULL);
    g_assert_cmpuint (n_signed_out, ==, 1);
    test_await (assay_engine_sign_in (fixture->engine, engine_get_id (sync), secret, TRUE));
    engine_wait_for_account_state (sync, ASSAY_ACCOUNT_ONLINE);
  }
}

/* Pressed twice: it is there once, and nothing is left of the second. */
static void
test_added_at_once (EngineFixture *fixture, gconstpointer unused)
{
  const char *token = assay_platform_server_get_token (fixture->server);
  DexFuture *futures[] = { engine_add_with (fixture, token, FALSE),
                           engine_add_with (fixture, token, FALSE) };
  g_autoptr (GPtrArray) accounts = NULL;
  guint n_resolved = 0;
  guint n_remote = 0;

  for (guint i = 0; i < G_N_ELEMENTS (futures); i++)
    {
      while (dex_future_is_pending (futures[i]))
        g_main_context_iteration (NULL, TRUE);
      n_resolved += dex_future_is_resolved (futures[i]);
      dex_unref (futures[i]);
    }
  g_assert_cmpuint (n_resolved, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->engine)), ==, 1);
  accounts = test_await_boxed (assay_store_list_accounts (fixture->test->store));
  for (guint i = 0; i < accounts->len; i++)
    n_remote += !assay_account_is_local (accounts->pdata[i]);
  g_assert_cmpuint (n_remote, ==, 1);
}

/* One person once; another person at the same place, under a name that tells them apart. */
static void
test_two_people (EngineFixture *fixture, gconstpointer unused)
{
  AssayAccountSync *ada = engine_add_ada (fixture);
  g_autoptr (AssayAccountSync) boris = NULL;

  engine_assert_error (engine_add_with (fixture, assay_platform_server_get_token (fixture->server),
                                        FALSE),
                       ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CONFLICT);
  assay_server_tokens_add_personal (fixture->state, "boris", "boris-token");
  boris = test_await_object (engine_add_with (fixture, "boris-token", FALSE));
  engine_wait_idle (boris);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->engine)), ==, 2);
  g_assert_cmpstr (assay_account_get_title (assay_account_sync_get_account (boris)), !=,
                   assay_account_get_title (assay_account_sync_get_account (ada)));

  /* One who is signed out keeps the other from nothing. */
  assay_server_tokens_revoke (fixture->state, "boris-token");
  engine_assert_error (assay_account_sync_run (boris), ASSAY_PLATFORM_ERROR,
                       ASSAY_PLATFORM_ERROR_SIGNED_OUT);
  engine_run_round (ada);
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
test_sign_in (EngineFixture *fixture, gconstpointer unused)
{
  AssayAccountSync *sync = engine_add_ada (fixture);
  g_autofree char *wrong = assay_open_secret_new_for_token ("boris-token");
  g_autofree char *right = assay_open_secret_new_for_token ("ada-token");
  g_autofree char *kept = NULL;
  g_autofree char *submission = NULL;
  gint64 row;

  engine_set_ahead (fixture, "criteria", 1);
  engine_run_round (sync);
  row = engine_get_row (fixture, "criteria", 0);
  assay_server_tokens_revoke (fixture->state, assay_platform_server_get_token (fixture->server));
  submission = engine_judge (fixture, row, 0);
  engine_wait_for_account_state (sync, ASSAY_ACCOUNT_SIGNED_OUT);
  g_assert_nonnull (assay_account_sync_get_message (sync));
  g_assert_cmpint (test_store_get_state (fixture->test, row), ==, ASSAY_TASK_QUEUED);
  engine_assert_error (assay_engine_test (fixture->engine, engine_get_id (sync)),
                       ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_SIGNED_OUT);

  /* Somebody else's does not open it. */
  assay_server_tokens_add_personal (fixture->state, "boris", "boris-token");
  engine_assert_error (assay_engine_sign_in (fixture->engine, engine_get_id (sync), wrong, FALSE),
                       ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_ALLOWED);
  g_assert_cmpint (assay_account_sync_get_state (sync), ==, ASSAY_ACCOUNT_SIGNED_OUT);

  assay_server_tokens_add_personal (fixture->state, "ada", "ada-token");
  test_await (assay_engine_sign_in (fixture->engine, engine_get_id (sync), right, FALSE));
  engine_wait_for_state (fixture, row, ASSAY_TASK_SENT);
  engine_wait_for_account_state (sync, ASSAY_ACCOUNT_ONLINE);
  g_assert_cmpuint (engine_count_in_ledger (fixture, submission), ==, 1);
  kept = test_await_string (assay_secrets_load (fixture->secrets, engine_get_id (sync)));
  g_assert_cmpstr (kept, ==, right);
  assay_platform_info_free (
      test_await_boxed (assay_engine_test (fixture->engine, engine_get_id (sync))));
}

/* Texts go when the person said, counted from when the task was settled, and when the platform
 * says. */
static void
test_retention (EngineFixture *fixture, gconstpointer unused)
{
  static const struct
  {
    int allowed_hours;
    guint days;
    guint hours_ago;
    gint64 n_forgotten;
  } cases[] = { { -1, 0, 4000, 0 }, { -1, 2, 47, 0 }, { -1, 2, 49, 1 }, { 72, 0, 71, 0 },
                { 72, 0, 73, 1 },   { 72, 9, 73, 1 }, { 72, 1, 25, 1 }, { 0, 0, 1, 1 } };
  AssayAccountSync *sync = engine_add_ada (fixture);
  g_autofree char *id = g_strdup (engine_get_id (sync));
  g_autofree char *submission = NULL;
  gint64 row;

  engine_set_ahead (fixture, "criteria", 1);
  engine_run_round (sync);
  row = engine_get_row (fixture, "criteria", 0);
  submission = engine_judge (fixture, row, 0);
  engine_wait_for_state (fixture, row, ASSAY_TASK_SENT);
  engine_wait_idle (sync);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *settings =
          g_strdup_printf ("UPDATE project SET settings = '{\"forget_after_days\": %u}'",
                           cases[i].days);
      g_autofree char *settled =
          g_strdup_printf ("UPDATE judgement SET submitted_at = %" G_GINT64_FORMAT,
                           g_get_real_time () - cases[i].hours_ago * G_TIME_SPAN_HOUR);
      g_autofree char *allowed = g_strdup_printf (
          "UPDATE account SET settings = json_set (settings, '$.platform.cache_max_hours', %d)",
          cases[i].allowed_hours);

      test_store_execute (fixture->test, allowed);
      test_store_execute (fixture->test, settings);
      test_store_execute (fixture->test, settled);
      engine_fixture_stop (fixture);
      engine_fixture_start (fixture);
      sync = assay_engine_find (fixture->engine, id);
      engine_wait_for_account_state (sync, ASSAY_ACCOUNT_ONLINE);
      engine_wait_idle (sync);
      g_assert_cmpint (test_store_query_int (fixture->test,
                                             "SELECT count(*) FROM task WHERE digest = ''"),
                       ==, cases[i].n_forgotten);
      test_store_execute (fixture->test, "UPDATE task SET digest = 'x' WHERE digest = ''");
    }
}

/* Who somebody is, is what the platform calls them, not their name. */
static void
test_same_person (EngineFixture *fixture, gconstpointer unused)
{
  AssayAccountSync *sync = engine_add_ada (fixture);
  g_autofree char *right = assay_open_secret_new_for_token ("ada-token");
  g_autofree char *wrong = assay_open_secret_new_for_token ("boris-token");

  assay_server_tokens_add_personal (fixture->state, "ada", "ada-token");
  assay_server_tokens_add_personal (fixture->state, "boris", "boris-token");
  assay_server_state_execute (fixture->state, "UPDATE person SET name = 'Same Name'", "");
  engine_assert_error (assay_engine_sign_in (fixture->engine, engine_get_id (sync), wrong, FALSE),
                       ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_ALLOWED);
  test_await (assay_engine_sign_in (fixture->engine, engine_get_id (sync), right, FALSE));
  engine_wait_idle (sync);
  g_assert_cmpint (assay_account_sync_get_state (sync), ==, ASSAY_ACCOUNT_ONLINE);
}

/* A token that opens what is another's: nothing of the one goes to the other. */
static void
test_token_of_another (EngineFixture *fixture, gconstpointer unused)
{
  AssayAccountSync *sync = engine_add_ada (fixture);
  g_autofree char *id = g_strdup (engine_get_id (sync));
  g_autofree char *right = assay_open_secret_new_for_token ("ada-token");
  g_autofree char *submission = NULL;
  gint64 row;

  engine_set_ahead (fixture, "criteria", 1);
  engine_run_round (sync);
  row = engine_get_row (fixture, "criteria", 0);
  assay_server_state_execute (fixture->state, "UPDATE token SET person = 'boris'", "");
  engine_fixture_stop (fixture);
  engine_fixture_start (fixture);
  sync = assay_engine_find (fixture->engine, id);
  engine_wait_for_account_state (sync, ASSAY_ACCOUNT_SIGNED_OUT);
  engine_wait_idle (sync);
  g_assert_nonnull (strstr (assay_account_sync_get_message (sync), "Ada"));
  submission = engine_judge (fixture, row, 0);
  assay_outbox_worker_send_now (fixture->worker, NULL);
  engine_wait_idle (sync);
  g_assert_cmpuint (engine_count_in_ledger (fixture, submission), ==, 0);

  assay_server_tokens_add_personal (fixture->state, "ada", "ada-token");
  test_await (assay_engine_sign_in (fixture->engine, id, right, FALSE));
  engine_wait_for_state (fixture, row, ASSAY_TASK_SENT);
  g_assert_cmpuint (engine_count_in_ledger (fixture, submission), ==, 1);
}

/* A secret that the keyring does not have any more makes an account signed out, not gone. */
static void
test_restart (EngineFixture *fixture, gconstpointer unused)
{
  AssayAccountSync *sync = engine_add_ada (fixture);
  g_autofree char *id = g_strdup (engine_get_id (sync));
  gint64 n_leases;

  engine_set_ahead (fixture, "criteria", 2);
  engine_run_round (sync);
  n_leases = engine_count_held (fixture);
  engine_fixture_stop (fixture);
  engine_fixture_start (fixture);
  sync = assay_engine_find (fixture->engine, id);
  g_assert_nonnull (sync);
  engine_wait_for_account_state (sync, ASSAY_ACCOUNT_ONLINE);
  engine_wait_idle (sync);
  g_assert_cmpint (engine_count_held (fixture), ==, n_leases);
  g_assert_cmpuint (engine_count_tasks (fixture, "criteria"), ==, 2);

  test_await (assay_secrets_forget (fixture->secrets, id));
  engine_fixture_stop (fixture);
  engine_fixture_start (fixture);
  sync = assay_engine_find (fixture->engine, id);
  engine_wait_for_account_state (sync, ASSAY_ACCOUNT_SIGNED_OUT);
  g_assert_nonnull (assay_account_sync_get_message (sync));
  g_assert_cmpuint (engine_count_tasks (fixture, "criteria"), ==, 2);
}

/* Signed in with the browser: whenever the platform trades the tokens for new ones, the new ones
 * are what the next start finds, for the old ones are worth nothing. */
static void
test_rotation (EngineFixture *fixture, gconstpointer unused)
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
  engine_control (fixture, "advance-clock", "{'milliseconds':1000000}");
  added = test_await_object (assay_engine_add (
      fixture->engine, assay_platform_server_get_address (fixture->server), NULL, secret, FALSE));
  id = g_strdup (engine_get_id (added));
  first = test_await_string (assay_secrets_load (fixture->secrets, id));
  g_assert_cmpstr (first, !=, secret);
  engine_wait_for_account_state (added, ASSAY_ACCOUNT_ONLINE);
  engine_wait_idle (added);
  g_clear_object (&added);

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *before = test_await_string (assay_secrets_load (fixture->secrets, id));
      gboolean same = TRUE;

      engine_control (fixture, "advance-clock", "{'milliseconds':1000000}");
      engine_run_round (assay_engine_find (fixture->engine, id));
      while (same)
        {
          g_autofree char *now = test_await_string (assay_secrets_load (fixture->secrets, id));

          same = g_str_equal (now, before);
        }
      engine_fixture_stop (fixture);
      engine_fixture_start (fixture);
      sync = assay_engine_find (fixture->engine, id);
      engine_wait_for_account_state (sync, ASSAY_ACCOUNT_ONLINE);
      engine_wait_idle (sync);
    }
}

static void
test_pause (EngineFixture *fixture, gconstpointer unused)
{
  AssayAccountSync *sync = engine_add_ada (fixture);
  g_autofree char *id = g_strdup (engine_get_id (sync));

  assay_engine_set_paused (fixture->engine, id, TRUE);
  engine_fixture_stop (fixture);
  engine_fixture_start (fixture);
  sync = assay_engine_find (fixture->engine, id);
  g_assert_cmpint (assay_account_sync_get_state (sync), ==, ASSAY_ACCOUNT_PAUSED);
  assay_engine_run (fixture->engine);
  test_drain ();
  g_assert_false (assay_account_sync_get_busy (sync));
  assay_engine_set_paused (fixture->engine, id, FALSE);
  engine_wait_for_account_state (sync, ASSAY_ACCOUNT_ONLINE);
}

static void
test_forget (EngineFixture *fixture, gconstpointer unused)
{
  AssayAccountSync *sync = engine_add_ada (fixture);
  g_autofree char *id = g_strdup (engine_get_id (sync));
  g_autofree char *submission = NULL;

  engine_set_ahead (fixture, "criteria", 3);
  engine_run_round (sync);
  /* What waits is not thrown away by mistake, and then nothing is given back either. */
  submission = engine_judge (fixture, engine_get_row (fixture, "criteria", 0), G_TIME_SPAN_HOUR);
  engine_assert_error (assay_engine_forget (fixture->engine, id, FALSE), ASSAY_STORE_ERROR,
                       ASSAY_STORE_ERROR_CONFLICT);
  g_assert_cmpint (engine_count_held (fixture), ==, 3);
  engine_run_round (sync);

  test_store_write (fixture->test, engine_get_row (fixture, "criteria", 1), "Begun.");
  test_await (assay_engine_forget (fixture->engine, id, TRUE));
  g_assert_null (assay_engine_find (fixture->engine, id));
  assert_nothing_kept (fixture);
  /* Those that were untouched: of three that were not handed in, one was begun. */
  g_assert_cmpint (assay_server_state_query_int (
                       fixture->state, "SELECT count(*) FROM lease WHERE state = 'released'", ""),
                   ==, 2);
  engine_assert_error (assay_secrets_load (fixture->secrets, id), ASSAY_SECRETS_ERROR,
                       ASSAY_SECRETS_ERROR_NOT_FOUND);
  engine_assert_error (assay_engine_test (fixture->engine, id), ASSAY_STORE_ERROR,
                       ASSAY_STORE_ERROR_NOT_FOUND);
  g_assert_cmpuint (engine_count_in_ledger (fixture, submission), ==, 0);
}

static void
add_tests (void)
{
#define ADD(name, function)                                                                        \
  g_test_add ("/engine/" name, EngineFixture, NULL, engine_fixture_set_up, function,               \
              engine_fixture_tear_down)
  ADD ("wrong-token", test_wrong_token);
  ADD ("no-such-place", test_no_such_place);
  ADD ("no-keyring", test_no_keyring);
  ADD ("added-at-once", test_added_at_once);
  ADD ("two-people", test_two_people);
  ADD ("sign-in", test_sign_in);
  ADD ("retention", test_retention);
  ADD ("same-person", test_same_person);
  ADD ("token-of-another", test_token_of_another);
  ADD ("restart", test_restart);
  ADD ("rotation", test_rotation);
  ADD ("pause", test_pause);
  ADD ("forget", test_forget);
#undef ADD
}

int
main (int argc, char *argv[])
{
  return engine_fixture_run (argc, argv, add_tests);
}
