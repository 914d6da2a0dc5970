/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-account.h"
#include "assay-outbox-worker.h"
#include "assay-platform.h"
#include "assay-store-accounts.h"

G_BEGIN_DECLS

/**
 * AssayAccountState:
 * @ASSAY_ACCOUNT_STARTING: nothing was tried yet
 * @ASSAY_ACCOUNT_ONLINE: the last attempt succeeded
 * @ASSAY_ACCOUNT_OFFLINE: it could not be reached; it is tried again
 * @ASSAY_ACCOUNT_SIGNED_OUT: a secret is needed
 * @ASSAY_ACCOUNT_INSECURE: no safe connection; nothing is tried until the person says so
 * @ASSAY_ACCOUNT_FAILING: it is reached and answers wrongly; it is tried again
 * @ASSAY_ACCOUNT_PAUSED: by the person
 */
typedef enum
{
  ASSAY_ACCOUNT_STARTING,
  ASSAY_ACCOUNT_ONLINE,
  ASSAY_ACCOUNT_OFFLINE,
  ASSAY_ACCOUNT_SIGNED_OUT,
  ASSAY_ACCOUNT_INSECURE,
  ASSAY_ACCOUNT_FAILING,
  ASSAY_ACCOUNT_PAUSED,
} AssayAccountState;

#define ASSAY_TYPE_ACCOUNT_SYNC (assay_account_sync_get_type ())
/**
 * AssayAccountSync:
 *
 * One account at work: sends what waits, then pulls page by page, renews leases in time, claims
 * ahead as far as the person set. One round at a time; a round is asked for by the person, by a
 * timer, by the network coming back, and after a submission. What fails backs off at random and
 * never touches another account.
 *
 * Properties, all for binding: `state` (AssayAccountState), `busy`, `message` (a sentence about the
 * state, NULL if there is nothing to say), `progress` (a short sentence while busy, else NULL),
 * `last-success` (UTC microseconds, 0 for never), `account` (AssayAccount).
 *
 * Signals: `lease-near (row, title, seconds)` when a lease with work in it ends soon and cannot be
 * renewed; `returned (row, title)` when work came back; `removals (project, removals)` when the
 * person is to be asked about tasks that are gone; `draft-conflict (row, device)` when unfinished
 * work came from another device, and there is work here as well (@device: its name, untrusted, or
 * NULL): both are kept, and the person is to choose.
 */
G_DECLARE_FINAL_TYPE (AssayAccountSync, assay_account_sync, ASSAY, ACCOUNT_SYNC, GObject)

AssayAccountSync *assay_account_sync_new (AssayStore *store,
                                          AssayOutboxWorker *worker,
                                          AssayAccount *account,
                                          AssayPlatform *platform);
AssayAccount *assay_account_sync_get_account (AssayAccountSync *self);
AssayPlatform *assay_account_sync_get_platform (AssayAccountSync *self);
AssayAccountState assay_account_sync_get_state (AssayAccountSync *self);
const char *assay_account_sync_get_message (AssayAccountSync *self);
gint64 assay_account_sync_get_last_success (AssayAccountSync *self);
gboolean assay_account_sync_get_busy (AssayAccountSync *self);
/* A round now. Resolves to TRUE when it ended well, rejects with what went wrong. */
DexFuture *assay_account_sync_run (AssayAccountSync *self);
/* Work on a task was left: a round comes soon, where drafts are kept at the platform and it can be
 * reached; one for all that is left within a few seconds. Where it cannot, the round that finds it
 * again takes them along. */
void assay_account_sync_carry_drafts (AssayAccountSync *self);
/* The draft from another device that waits beside the one of @task_row; (transfer full), NULL for
 * none. */
AssayRemoteDraft *assay_account_sync_dup_other_draft (AssayAccountSync *self, gint64 task_row);
/* The person chose: @take: the other draft is the draft now, and the one that was here a revision;
 * else the one that is here stays, and goes over the other at the platform. Resolves to TRUE;
 * rejects with ASSAY_STORE_ERROR_NOT_FOUND where none waits, CONFLICT where the task was submitted
 * meanwhile. */
DexFuture *assay_account_sync_settle_draft (AssayAccountSync *self, gint64 task_row, gboolean take);
/* No more rounds; what is on its way is finished. */
void assay_account_sync_stop (AssayAccountSync *self);

/* Claims up to @count tasks of @project (its row) now. Resolves to guint: how many there were. */
DexFuture *assay_account_sync_claim (AssayAccountSync *self, gint64 project, guint count);
/* Gives the task back. It is gone here, unless something was written for it: then it stays with its
 * draft, under a lease that is over. Resolves to TRUE. */
DexFuture *assay_account_sync_release (AssayAccountSync *self, gint64 task_row);

G_END_DECLS
