/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Work from an address to an accepted judgement, and back again. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-platform.h"
#include "engine-fixture.h"

static void
stop_server (EngineFixture *fixture)
{
  assay_platform_server_stop (fixture->server);
}

/* Where it was before. */
static void
start_server (EngineFixture *fixture, const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GError) error = NULL;

  assay_platform_server_start (fixture->server, (guint) g_uri_get_port (uri), &error);
  g_assert_no_error (error);
}

/* From an address to an accepted judgement. */
static void
test_whole_way (EngineFixture *fixture, gconstpointer unused)
{
  g_autoptr (AssayPlatformInfo) info = test_await_boxed (assay_engine_look (
      fixture->engine, assay_platform_server_get_address (fixture->server), NULL));
  AssayAccountSync *sync;
  g_autofree char *submission = NULL;
  gint64 row;
  int state;

  g_assert_cmpstr (info->name, !=, "");
  g_assert_cmpstr (info->person, ==, "");
  sync = engine_add_ada (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->engine)), ==, 1);
  g_assert_true (assay_engine_find (fixture->engine, engine_get_id (sync)) == sync);
  g_assert_cmpstr (assay_account_get_title (assay_account_sync_get_account (sync)), ==, info->name);
  /* Nothing is claimed that nobody asked for. */
  g_assert_cmpint (engine_count_held (fixture), ==, 0);
  g_assert_cmpuint (engine_count_tasks (fixture, "criteria"), ==, 0);

  engine_set_ahead (fixture, "criteria", 3);
  engine_run_round (sync);
  g_assert_cmpuint (engine_count_tasks (fixture, "criteria"), ==, 3);
  g_assert_cmpint (engine_count_held (fixture), ==, 3);

  row = engine_get_row (fixture, "criteria", 0);
  submission = engine_judge (fixture, row, 0);
  engine_wait_for_state (fixture, row, ASSAY_TASK_SENT);
  g_assert_cmpuint (engine_count_in_ledger (fixture, submission), ==, 1);
  /* And the next one is there by itself. */
  while (engine_count_tasks (fixture, "criteria") < 4)
    g_main_context_iteration (NULL, FALSE);
  g_object_get (fixture->engine, "state", &state, NULL);
  g_assert_cmpint (state, ==, ASSAY_ACCOUNT_ONLINE);
}

/* Judged where there is no network, sent when there is one: each once. */
static void
test_offline (EngineFixture *fixture, gconstpointer unused)
{
  g_autofree char *address = g_strdup (assay_platform_server_get_address (fixture->server));
  AssayAccountSync *sync = engine_add_ada (fixture);
  g_autoptr (GPtrArray) submissions = g_ptr_array_new_with_free_func (g_free);

  engine_set_ahead (fixture, "criteria", 3);
  engine_run_round (sync);
  stop_server (fixture);
  fake_network_set (fixture->network, FALSE, FALSE);
  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (submissions,
                     engine_judge (fixture, engine_get_row (fixture, "criteria", i), 0));
  engine_assert_error (assay_account_sync_run (sync), ASSAY_PLATFORM_ERROR,
                       ASSAY_PLATFORM_ERROR_OFFLINE);
  g_assert_cmpint (assay_account_sync_get_state (sync), ==, ASSAY_ACCOUNT_OFFLINE);
  g_assert_nonnull (assay_account_sync_get_message (sync));

  /* The program ends and begins in between. */
  engine_fixture_stop (fixture);
  test_store_drop (fixture->test);
  test_store_open (fixture->test);
  engine_fixture_start (fixture);
  sync = g_list_model_get_item (G_LIST_MODEL (fixture->engine), 0);
  g_object_unref (sync);
  engine_wait_for_account_state (sync, ASSAY_ACCOUNT_OFFLINE);
  engine_wait_idle (sync);
  g_assert_cmpuint (engine_count_in_ledger (fixture, NULL), ==, 0);

  start_server (fixture, address);
  fake_network_set (fixture->network, TRUE, FALSE);
  engine_wait_for_account_state (sync, ASSAY_ACCOUNT_ONLINE);
  assay_outbox_worker_send_now (fixture->worker, NULL);
  for (guint i = 0; i < submissions->len; i++)
    {
      while (engine_count_in_ledger (fixture, submissions->pdata[i]) == 0)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpuint (engine_count_in_ledger (fixture, submissions->pdata[i]), ==, 1);
    }
  g_assert_cmpuint (engine_count_in_ledger (fixture, NULL), ==, 3);
  while (assay_outbox_worker_get_n_waiting (fixture->worker) > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_cursor_expired (EngineFixture *fixture, gconstpointer unused)
{
  AssayAccountSync *sync = engine_add_ada (fixture);

  engine_set_ahead (fixture, "criteria", 2);
  engine_run_round (sync);
  test_store_write (fixture->test, engine_get_row (fixture, "criteria", 0), "Begun.");
  engine_control (fixture, "forget-changes", "{}");
  engine_control (fixture, "withdraw-task", "{'task':'everyday-1'}");
  engine_run_round (sync);
  g_assert_cmpint (assay_account_sync_get_state (sync), ==, ASSAY_ACCOUNT_ONLINE);
  g_assert_cmpuint (engine_count_tasks (fixture, "criteria"), ==, 2);
  g_assert_cmpint (test_store_get_state (fixture->test, engine_get_row (fixture, "criteria", 0)),
                   ==, ASSAY_TASK_STARTED);
}

static void
count_cb (AssayAccountSync *sync, gint64 row, const char *title, guint *n)
{
  g_assert_cmpint (row, >, 0);
  g_assert_cmpstr (title, !=, "");
  ++*n;
}

static void
test_returned (EngineFixture *fixture, gconstpointer unused)
{
  AssayAccountSync *sync = engine_add_ada (fixture);
  g_autofree char *submission = NULL;
  g_autofree char *arguments = NULL;
  g_autofree char *second = NULL;
  gint64 row;
  guint n = 0;

  g_signal_connect (sync, "returned", G_CALLBACK (count_cb), &n);
  engine_set_ahead (fixture, "criteria", 1);
  engine_run_round (sync);
  row = engine_get_row (fixture, "criteria", 0);
  submission = engine_judge (fixture, row, 0);
  engine_wait_for_state (fixture, row, ASSAY_TASK_SENT);
  arguments = g_strdup_printf ("{'submission':'%s','message':'More, please.'}", submission);
  engine_control (fixture, "return", arguments);
  engine_run_round (sync);
  g_assert_cmpint (test_store_get_state (fixture->test, row), ==, ASSAY_TASK_RETURNED);
  g_assert_cmpuint (n, ==, 1);

  /* Done again, it replaces what was there. */
  second = engine_judge (fixture, row, 0);
  g_assert_cmpstr (second, !=, submission);
  engine_wait_for_state (fixture, row, ASSAY_TASK_SENT);
  engine_run_round (sync);
  g_assert_cmpuint (engine_count_in_ledger (fixture, submission), ==, 1);
  g_assert_cmpint (test_store_get_state (fixture->test, row), ==, ASSAY_TASK_SENT);
}

static void
test_renewal (EngineFixture *fixture, gconstpointer unused)
{
  AssayAccountSync *sync = engine_add_ada (fixture);
  g_autoptr (AssayLease) lease = NULL;
  gint64 row;

  engine_set_ahead (fixture, "criteria", 1);
  engine_run_round (sync);
  row = engine_get_row (fixture, "criteria", 0);
  /* As if most of its two hours had gone by. */
  engine_control (fixture, "advance-clock", "{'milliseconds':6000000}");
  test_store_execute (fixture->test, "UPDATE lease SET granted_at = granted_at - 6000000000,"
                                     " expires_at = expires_at - 6000000000");
  engine_run_round (sync);
  lease = test_await_boxed (assay_store_load_lease (fixture->test->store, row));
  g_assert_cmpuint (lease->renewals_left, ==, 0);
  g_assert_cmpint (lease->expires_at, >, g_get_real_time () + G_TIME_SPAN_HOUR);
  g_assert_cmpint (
      assay_server_state_query_int (fixture->state, "SELECT renewals_left FROM lease", ""), ==, 0);
}

/* A guideline that must be read keeps its project from giving, and says so. */
static void
test_acknowledge (EngineFixture *fixture, gconstpointer unused)
{
  AssayAccountSync *sync = engine_add_ada (fixture);
  g_autofree char *guideline = g_strconcat (engine_get_id (sync), "/everyday", NULL);

  engine_set_ahead (fixture, "everyday", 2);
  engine_run_round (sync);
  g_assert_cmpuint (engine_count_tasks (fixture, "everyday"), ==, 0);
  g_assert_cmpint (assay_account_sync_get_state (sync), ==, ASSAY_ACCOUNT_ONLINE);
  g_assert_nonnull (assay_account_sync_get_message (sync));
  test_await (assay_engine_acknowledge (fixture->engine, engine_get_id (sync), guideline, 2));
  /* Told, and then they come by themselves. */
  while (engine_count_tasks (fixture, "everyday") < 2)
    g_main_context_iteration (NULL, FALSE);
  engine_wait_idle (sync);
  g_assert_null (assay_account_sync_get_message (sync));
}

static void
conflict_cb (AssayAccountSync *sync, gint64 row, const char *device, guint *n)
{
  ++*n;
}

static char *
dup_rationale (EngineFixture *fixture, gint64 row)
{
  g_autoptr (AssayOpenTask) open = test_store_load (fixture->test, row);

  return g_strdup (assay_judgement_get_rationale (assay_open_task_get_judgement (open)));
}

static void
assert_rationale (EngineFixture *fixture, gint64 row, const char *expected)
{
  g_autofree char *rationale = dup_rationale (fixture, row);

  g_assert_cmpstr (rationale, ==, expected);
}

static guint
count_revisions (EngineFixture *fixture, gint64 row, const char *text)
{
  g_autoptr (GPtrArray) revisions =
      test_await_boxed (assay_store_list_draft_revisions (fixture->test->store, row));
  guint n = 0;

  for (guint i = 0; i < revisions->len; i++)
    n += g_strstr_len (g_bytes_get_data (revisions->pdata[i], NULL),
                       (gssize) g_bytes_get_size (revisions->pdata[i]), text)
         != NULL;
  return n;
}

static void
assert_other (AssayAccountSync *sync, gint64 row, const char *rationale)
{
  g_autoptr (AssayRemoteDraft) other = assay_account_sync_dup_other_draft (sync, row);

  g_assert_nonnull (other);
  g_assert_cmpstr (assay_json_get_string (json_node_get_object (other->judgement), "rationale"), ==,
                   rationale);
}

/* One person with two machines: what was begun on one goes on at the other, and what was written on
 * both is there on both. */
static void
test_drafts (EngineFixture *fixture, gconstpointer unused)
{
  AssayAccountSync *here = engine_add_ada (fixture);
  EngineFixture other = { .server = fixture->server,
                          .state = fixture->state,
                          .test = test_store_new (),
                          .network = g_object_ref (fixture->network),
                          .reachability = g_object_ref (fixture->reachability) };
  AssayAccountSync *there;
  guint n_here = 0;
  guint n_there = 0;
  gint64 row, other_row;

  engine_set_ahead (fixture, "criteria", 1);
  engine_run_round (here);
  row = engine_get_row (fixture, "criteria", 0);
  test_store_write (fixture->test, row, "Begun here.");
  engine_run_round (here);

  engine_fixture_start (&other);
  there = engine_add_ada (&other);
  g_signal_connect (here, "draft-conflict", G_CALLBACK (conflict_cb), &n_here);
  g_signal_connect (there, "draft-conflict", G_CALLBACK (conflict_cb), &n_there);
  other_row = engine_get_row (&other, "criteria", 0);
  assert_rationale (&other, other_row, "Begun here.");
  g_assert_cmpint (test_store_get_state (other.test, other_row), ==, ASSAY_TASK_STARTED);

  /* Gone on with there, while nothing happened here: no conflict there, and here both are kept. */
  test_store_write (other.test, other_row, "Gone on with there.");
  engine_run_round (there);
  g_assert_cmpuint (n_there, ==, 0);
  test_store_write (fixture->test, row, "Begun here, and more.");
  engine_run_round (here);
  g_assert_cmpuint (n_here, ==, 1);
  assert_rationale (fixture, row, "Begun here, and more.");
  g_assert_cmpuint (count_revisions (fixture, row, "Gone on with there."), ==, 1);
  /* It is said once, and until the person chose, what is here goes over nothing. */
  engine_run_round (here);
  g_assert_cmpuint (n_here, ==, 1);
  engine_run_round (there);
  g_assert_cmpuint (n_there, ==, 0);
  assert_other (here, row, "Gone on with there.");
  test_await (assay_account_sync_settle_draft (here, row, FALSE));
  g_assert_null (assay_account_sync_dup_other_draft (here, row));
  engine_run_round (here);
  assert_rationale (fixture, row, "Begun here, and more.");

  /* There nothing was written since, but what is there is not what came: chosen, it is the draft.
   */
  engine_run_round (there);
  g_assert_cmpuint (n_there, ==, 1);
  assert_rationale (&other, other_row, "Gone on with there.");
  assert_other (there, other_row, "Begun here, and more.");
  test_await (assay_account_sync_settle_draft (there, other_row, TRUE));
  assert_rationale (&other, other_row, "Begun here, and more.");
  g_assert_cmpuint (count_revisions (&other, other_row, "Gone on with there."), ==, 1);
  test_await_error (assay_account_sync_settle_draft (there, other_row, TRUE),
                    ASSAY_STORE_ERROR_NOT_FOUND);
  engine_run_round (there);
  engine_run_round (here);
  g_assert_cmpuint (n_here, ==, 1);
  g_assert_cmpuint (n_there, ==, 1);

  engine_fixture_stop (&other);
  g_clear_object (&other.reachability);
  g_clear_object (&other.network);
  g_clear_pointer (&other.test, test_store_free);
}

/* What has no platform behind it is handed in as it always was. */
static gint64
count_drafts (EngineFixture *fixture)
{
  return assay_server_state_query_int (fixture->state, "SELECT count(*) FROM draft", "");
}

typedef struct
{
  AssayAccountSync *sync;
  guint n_rounds;
} Rounds;

static void
busy_cb (Rounds *rounds)
{
  rounds->n_rounds += assay_account_sync_get_busy (rounds->sync);
}

/* What was left is at the platform without anybody asking for a round: once for all that was left
 * meanwhile. Out of reach nothing is tried for it, and it goes with what finds the way back. */
static void
test_left_drafts (EngineFixture *fixture, gconstpointer unused)
{
  AssayAccountSync *sync = engine_add_ada (fixture);
  Rounds rounds = { .sync = sync };

  engine_set_ahead (fixture, "criteria", 2);
  engine_run_round (sync);
  g_signal_connect_swapped (sync, "notify::busy", G_CALLBACK (busy_cb), &rounds);
  for (guint i = 0; i < 2; i++)
    {
      test_store_write (fixture->test, engine_get_row (fixture, "criteria", i), "Left.");
      assay_account_sync_carry_drafts (sync);
    }
  g_assert_cmpuint (count_drafts (fixture), ==, 0);
  while (count_drafts (fixture) < 2)
    g_main_context_iteration (NULL, TRUE);
  engine_wait_idle (sync);
  g_assert_cmpuint (rounds.n_rounds, ==, 1);

  /* During a round, after which nothing else would come for minutes. */
  test_store_write (fixture->test, engine_get_row (fixture, "criteria", 0), "Left again.");
  dex_future_disown (assay_account_sync_run (sync));
  assay_account_sync_carry_drafts (sync);
  while (rounds.n_rounds < 3)
    g_main_context_iteration (NULL, TRUE);
  engine_wait_idle (sync);
}

static void
test_local (EngineFixture *fixture, gconstpointer unused)
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
  engine_wait_for_state (fixture, row, ASSAY_TASK_SENT);
}

static void
add_tests (void)
{
#define ADD(name, function)                                                                        \
  g_test_add ("/engine-work/" name, EngineFixture, NULL, engine_fixture_set_up, function,          \
              engine_fixture_tear_down)
  ADD ("whole-way", test_whole_way);
  ADD ("offline", test_offline);
  ADD ("cursor-expired", test_cursor_expired);
  ADD ("returned", test_returned);
  ADD ("renewal", test_renewal);
  ADD ("acknowledge", test_acknowledge);
  ADD ("drafts", test_drafts);
  ADD ("left-drafts", test_left_drafts);
  ADD ("local", test_local);
#undef ADD
}

int
main (int argc, char *argv[])
{
  return engine_fixture_run (argc, argv, add_tests);
}
