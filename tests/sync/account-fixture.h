/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-account-sync-private.h"
#include "assay-engine.h"
#include "fake-network.h"
#include "mock-vendor.h"
#include "store-fixture.h"

G_BEGIN_DECLS

#define ACCOUNT "vendor"

/**
 * AccountFixture:
 *
 * One account against a platform whose every answer a test decides.
 */
typedef struct
{
  TestStore *test;
  AssayOutboxWorker *worker;
  FakeNetwork *network;
  AssayReachability *reachability;
  MockVendor *vendor;
  AssayAccountSync *sync;
  GPtrArray *signals; /* of char*: what was emitted */
} AccountFixture;

void account_start (AccountFixture *fixture);
void account_stop (AccountFixture *fixture);
void account_set_up (AccountFixture *fixture, gconstpointer unused);
void account_tear_down (AccountFixture *fixture, gconstpointer unused);
/* A round; the code that it fails with, or -1. */
int account_run_round (AccountFixture *fixture);
void account_wait_for_log (AccountFixture *fixture, const char *beginning, guint n);
/* Rounds without end, the first of which ends well. */
void account_begin (AccountFixture *fixture);
const char *account_get_log_line (AccountFixture *fixture, const char *beginning, guint i);
guint account_count_tasks (AccountFixture *fixture);
gint64 account_get_row (AccountFixture *fixture, guint i);
AssayProject *account_load_project (AccountFixture *fixture);
AssayProject *account_wait_for_project (AccountFixture *fixture);
void account_set_ahead (AccountFixture *fixture, int ahead);
void account_add_task (AssayPage *page, const char *id, AssayLease *lease);
/* A first pull that brings the project, and with it one task for each name. */
void account_pull_first (AccountFixture *fixture, guint max_held, const char *const *tasks);
void account_pull_leased (AccountFixture *fixture, AssayLease *lease);
char *account_submit (AccountFixture *fixture, gint64 row);

#define assert_round(fixture, code) g_assert_cmpint (account_run_round (fixture), ==, code)

G_END_DECLS
