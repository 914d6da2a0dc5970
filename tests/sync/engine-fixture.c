/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "engine-fixture.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "assay-check-answers.h"
#include "assay-json.h"
#include "assay-open-platform.h"
#include "assay-server-control.h"

void
engine_fixture_start (EngineFixture *fixture)
{
  fixture->worker = assay_outbox_worker_new (fixture->test->store);
  assay_outbox_worker_start (fixture->worker);
  fixture->secrets = assay_secrets_new (fixture->test->folder->path);
  fixture->engine = assay_engine_new (fixture->test->store, fixture->worker, fixture->secrets,
                                      fixture->reachability);
  test_await (assay_engine_start (fixture->engine));
}

void
engine_fixture_stop (EngineFixture *fixture)
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

void
engine_fixture_set_up (EngineFixture *fixture, gconstpointer unused)
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
  engine_fixture_start (fixture);
}

void
engine_fixture_tear_down (EngineFixture *fixture, gconstpointer unused)
{
  if (fixture->engine != NULL)
    engine_fixture_stop (fixture);
  g_clear_object (&fixture->reachability);
  g_clear_object (&fixture->network);
  g_clear_pointer (&fixture->test, test_store_free);
  g_clear_object (&fixture->server);
}

void
engine_control (EngineFixture *fixture, const char *command, const char *arguments)
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

void
engine_assert_error (DexFuture *taken, GQuark domain, int code)
{
  g_autoptr (DexFuture) future = taken;
  g_autoptr (GError) error = NULL;

  g_assert_null (wait_for (future, &error));
  g_assert_error (error, domain, code);
  g_assert_cmpstr (error->message, !=, "");
}

DexFuture *
engine_add_with (EngineFixture *fixture, const char *token, gboolean session_only)
{
  g_autofree char *secret = assay_open_secret_new_for_token (token);

  return assay_engine_add (fixture->engine, assay_platform_server_get_address (fixture->server),
                           NULL, secret, session_only);
}

void
engine_wait_idle (AssayAccountSync *sync)
{
  while (assay_account_sync_get_busy (sync))
    g_main_context_iteration (NULL, TRUE);
}

AssayAccountSync *
engine_add_ada (EngineFixture *fixture)
{
  g_autoptr (AssayAccountSync) sync = test_await_object (
      engine_add_with (fixture, assay_platform_server_get_token (fixture->server), FALSE));

  engine_wait_idle (sync);
  g_assert_cmpstr (assay_account_sync_get_message (sync), ==, NULL);
  g_assert_cmpint (assay_account_sync_get_state (sync), ==, ASSAY_ACCOUNT_ONLINE);
  return sync;
}

const char *
engine_get_id (AssayAccountSync *sync)
{
  return assay_account_get_id (assay_account_sync_get_account (sync));
}

void
engine_run_round (AssayAccountSync *sync)
{
  test_await (assay_account_sync_run (sync));
}

static AssayProject *
load_project (EngineFixture *fixture, const char *id)
{
  g_autoptr (GPtrArray) projects =
      test_await_boxed (assay_store_list_projects (fixture->test->store));

  for (guint i = 0; i < projects->len; i++)
    if (g_str_equal (assay_project_get_external_id (projects->pdata[i]), id))
      return g_object_ref (projects->pdata[i]);
  g_error ("There is no project %s", id);
}

void
engine_set_ahead (EngineFixture *fixture, const char *id, int ahead)
{
  g_autoptr (AssayProject) project = load_project (fixture, id);

  json_object_set_int_member (assay_project_get_settings (project), ASSAY_PROJECT_SETTING_AHEAD,
                              ahead);
  test_await (assay_store_save_project (fixture->test->store, project));
}

static GArray *
query (EngineFixture *fixture, const char *id)
{
  g_autoptr (AssayProject) project = load_project (fixture, id);
  const AssayTaskQuery one = { .project = assay_project_get_id (project) };

  return test_store_query (fixture->test, &one);
}

guint
engine_count_tasks (EngineFixture *fixture, const char *id)
{
  g_autoptr (GArray) rows = query (fixture, id);

  return rows->len;
}

gint64
engine_get_row (EngineFixture *fixture, const char *id, guint i)
{
  g_autoptr (GArray) rows = query (fixture, id);

  g_assert_cmpuint (rows->len, >, i);
  return g_array_index (rows, gint64, i);
}

gint64
engine_count_held (EngineFixture *fixture)
{
  return assay_server_state_query_int (fixture->state,
                                       "SELECT count(*) FROM lease WHERE state = 'held'", "");
}

char *
engine_judge (EngineFixture *fixture, gint64 row, gint64 undo_window_us)
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

guint
engine_count_in_ledger (EngineFixture *fixture, const char *submission)
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

void
engine_wait_for_state (EngineFixture *fixture, gint64 row, AssayTaskState state)
{
  while (test_store_get_state (fixture->test, row) != state)
    g_main_context_iteration (NULL, FALSE);
}

void
engine_wait_for_account_state (AssayAccountSync *sync, AssayAccountState state)
{
  while (assay_account_sync_get_state (sync) != state)
    g_main_context_iteration (NULL, TRUE);
}

int
engine_fixture_run (int argc, char **argv, void (*add_tests) (void))
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
  add_tests ();
  status = g_test_run ();
  g_unlink (keyring);
  return status;
}
