/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

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
 * Properties: `n-waiting` (queued, sending, unknown), `n-attention` (refused, or failed 8 times).
 */
G_DECLARE_FINAL_TYPE (AssayOutboxWorker, assay_outbox_worker, ASSAY, OUTBOX_WORKER, GObject)

AssayOutboxWorker *assay_outbox_worker_new (AssayStore *store);
/* Rows of @account go through @platform. */
void assay_outbox_worker_add_platform (AssayOutboxWorker *self,
                                       const char *account,
                                       AssayPlatform *platform);
/* When the network comes back, the oldest row of each account that failed is tried at once. */
void assay_outbox_worker_follow (AssayOutboxWorker *self, AssayReachability *reachability);
void assay_outbox_worker_start (AssayOutboxWorker *self);
void assay_outbox_worker_stop (AssayOutboxWorker *self);
/* Makes the rows of @account (NULL: all) due now and looks at once. */
void assay_outbox_worker_send_now (AssayOutboxWorker *self, const char *account);
guint assay_outbox_worker_get_n_waiting (AssayOutboxWorker *self);

G_END_DECLS
