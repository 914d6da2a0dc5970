/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "assay-platform.h"
#include "assay-reachability.h"
#include "assay-store.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_OUTBOX_WORKER (assay_outbox_worker_get_type ())
/**
 * AssayOutboxWorker:
 *
 * Delivers what waits in the outbox, one row at a time for each account, in order of creation, each
 * after its undo window. Wakes by the store's signal and by one timer for the nearest due row. The
 * result of an attempt is recorded without any cancellable. A row that cannot be sent backs off at
 * random up to 600 s and never blocks the others.
 *
 * An account whose platform does not know it, or to which no safe connection can be had, stops
 * until the person did something. Accounts at one origin send one after another. After an answer
 * that said yes and gave no receipt, the platform is asked whether it is there before anything else
 * is sent.
 *
 * Properties: `n-waiting` (queued, sending, unknown), `n-attention` (refused, or failed 8 times).
 *
 * Signals: `accepted (account, submission)` after the receipt was recorded; `stopped (account,
 * error)` when an attempt stopped the account; `unreached (account, error)` when there was no way
 * to the platform.
 */
G_DECLARE_FINAL_TYPE (AssayOutboxWorker, assay_outbox_worker, ASSAY, OUTBOX_WORKER, GObject)

AssayOutboxWorker *assay_outbox_worker_new (AssayStore *store);
/* Rows of @account go through @platform. */
void assay_outbox_worker_add_platform (AssayOutboxWorker *self,
                                       const char *account,
                                       AssayPlatform *platform);
/* The same, with whom it shares an origin ("https://host"; NULL: with nobody) and whether the
 * person paused it, before anything is sent. */
void assay_outbox_worker_add_account (AssayOutboxWorker *self,
                                      const char *account,
                                      AssayPlatform *platform,
                                      const char *origin,
                                      gboolean paused);
/* Nothing of @account is sent any more; what is on its way is finished and recorded. */
void assay_outbox_worker_remove_platform (AssayOutboxWorker *self, const char *account);
/* The person paused it: nothing is sent, whoever asks. */
void assay_outbox_worker_set_paused (AssayOutboxWorker *self, const char *account, gboolean paused);
/* What others met is not tried again with a submission: not before it is resumed, whoever asks. */
void assay_outbox_worker_stop_account (AssayOutboxWorker *self, const char *account);
/* Goes on with what is due of an account that was stopped. */
void assay_outbox_worker_resume_account (AssayOutboxWorker *self, const char *account);
/* Sends what is due of @account and nothing before its time. Resolves to TRUE when nothing is on
 * its way any more, whatever became of it; rejects with what stopped the account. */
DexFuture *assay_outbox_worker_push (AssayOutboxWorker *self, const char *account);
/* When the network comes back, the oldest row of each account that failed is tried at once. */
void assay_outbox_worker_follow (AssayOutboxWorker *self, AssayReachability *reachability);
void assay_outbox_worker_start (AssayOutboxWorker *self);
void assay_outbox_worker_stop (AssayOutboxWorker *self);
/* Makes the rows of @account (NULL: all) due now and looks at once, also where an attempt had
 * stopped it. */
void assay_outbox_worker_send_now (AssayOutboxWorker *self, const char *account);
guint assay_outbox_worker_get_n_waiting (AssayOutboxWorker *self);

G_END_DECLS
