/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-engine.h"
#include "assay-platform-server.h"
#include "fake-network.h"
#include "store-fixture.h"

G_BEGIN_DECLS

/**
 * EngineFixture:
 *
 * The engine with everything that it has in the program: the store, the keyring (libsecret's own,
 * in a file), and the open platform at the reference server, which is in this process.
 */
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
} EngineFixture;

void engine_fixture_start (EngineFixture *fixture);
void engine_fixture_stop (EngineFixture *fixture);
void engine_fixture_set_up (EngineFixture *fixture, gconstpointer unused);
void engine_fixture_tear_down (EngineFixture *fixture, gconstpointer unused);
void engine_control (EngineFixture *fixture, const char *command, const char *arguments);
void engine_assert_error (DexFuture *taken, GQuark domain, int code);
DexFuture *engine_add_with (EngineFixture *fixture, const char *token, gboolean session_only);
void engine_wait_idle (AssayAccountSync *sync);
/* Ada's account, after its first round. Borrowed. */
AssayAccountSync *engine_add_ada (EngineFixture *fixture);
const char *engine_get_id (AssayAccountSync *sync);
void engine_run_round (AssayAccountSync *sync);
void engine_set_ahead (EngineFixture *fixture, const char *id, int ahead);
guint engine_count_tasks (EngineFixture *fixture, const char *id);
gint64 engine_get_row (EngineFixture *fixture, const char *id, guint i);
gint64 engine_count_held (EngineFixture *fixture);
char *engine_judge (EngineFixture *fixture, gint64 row, gint64 undo_window_us);
guint engine_count_in_ledger (EngineFixture *fixture, const char *submission);
void engine_wait_for_state (EngineFixture *fixture, gint64 row, AssayTaskState state);
void engine_wait_for_account_state (AssayAccountSync *sync, AssayAccountState state);
/* The whole of a main (), with the keyring in place before anybody asks for it. */
int engine_fixture_run (int argc, char **argv, void (*add_tests) (void));

G_END_DECLS
