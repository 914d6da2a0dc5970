/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-account-sync.h"
#include "assay-http.h"
#include "assay-reachability.h"
#include "assay-secrets.h"

G_BEGIN_DECLS

/* Names of a project's settings that the engine keeps to. */
#define ASSAY_PROJECT_SETTING_AHEAD "claim_ahead" /* integer: how many unfinished tasks to hold */
#define ASSAY_CLAIM_AHEAD_MOST 100
/* integer: the texts of a task are removed so many days after it was settled */
#define ASSAY_PROJECT_SETTING_FORGET_DAYS "forget_after_days"
#define ASSAY_FORGET_DAYS_MOST 3650

#define ASSAY_TYPE_ENGINE (assay_engine_get_type ())
/**
 * AssayEngine:
 *
 * All accounts that have a platform behind them: makes each at start, hands it to the outbox
 * worker, adds and forgets. A list model of AssayAccountSync, by title.
 *
 * Properties: `n-signed-out`, `busy` (any account), `state` (AssayAccountState: ONLINE if any
 * account is, else the worst; ONLINE where there is none).
 */
G_DECLARE_FINAL_TYPE (AssayEngine, assay_engine, ASSAY, ENGINE, GObject)

AssayEngine *assay_engine_new (AssayStore *store,
                               AssayOutboxWorker *worker,
                               AssaySecrets *secrets,
                               AssayReachability *reachability);
/* Loads the accounts and begins. Resolves to TRUE when all are there, whatever becomes of them. */
DexFuture *assay_engine_start (AssayEngine *self);
void assay_engine_stop (AssayEngine *self);
AssayAccountSync *assay_engine_find (AssayEngine *self, const char *account);
/* A round of each account that is not paused. */
void assay_engine_run (AssayEngine *self);

/* Adding an account. */
/* What is at @address, without signing in: resolves to an AssayPlatformInfo. @authority:
 * (nullable): the path of a PEM file. */
DexFuture *assay_engine_look (AssayEngine *self, const char *address, const char *authority);
/* Tries @secret at @address; saves the account, its secret and begins with it, in that order, or
 * nothing of it. Resolves to the AssayAccountSync; rejects with an ASSAY_PLATFORM_ERROR, an
 * ASSAY_SECRETS_ERROR (UNAVAILABLE: ask whether for this session only) or an ASSAY_STORE_ERROR;
 * CONFLICT of the store's where the same person at the same platform is there already. */
DexFuture *assay_engine_add (AssayEngine *self,
                             const char *address,
                             const char *authority,
                             const char *secret,
                             gboolean session_only);
/* The same for an account that is there: tried first, and another person's secret is refused with
 * NOT_ALLOWED. Resolves to TRUE. */
DexFuture *assay_engine_sign_in (AssayEngine *self,
                                 const char *account,
                                 const char *secret,
                                 gboolean session_only);
/* Tries the account as it is. Resolves to an AssayPlatformInfo. */
DexFuture *assay_engine_test (AssayEngine *self, const char *account);
void assay_engine_set_paused (AssayEngine *self, const char *account, gboolean paused);
/* See assay_store_forget_account (); held leases are given back first where that can be done.
 * Resolves to TRUE. */
DexFuture *assay_engine_forget (AssayEngine *self, const char *account, gboolean with_unsent);

/* Frames the judgement of @task for its platform and submits it. Resolves to the AssayOutboxItem.
 * Local accounts need no engine: NULL frames as it is. */
DexFuture *assay_engine_submit (AssayEngine *self,
                                AssayOpenTask *task,
                                AssayJudgement *judgement,
                                GBytes *draft,
                                gint64 undo_window_us);
/* Queues the acknowledgement of a guideline of that account, or a dispute. Resolve to TRUE. */
DexFuture *assay_engine_acknowledge (AssayEngine *self,
                                     const char *account,
                                     const char *guideline,
                                     int version);
DexFuture *assay_engine_dispute (AssayEngine *self,
                                 const char *account,
                                 const char *feedback,
                                 const char *text);

G_END_DECLS
