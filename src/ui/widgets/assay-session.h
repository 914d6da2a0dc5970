/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "assay-draft-keeper.h"
#include "assay-engine.h"
#include "assay-outbox-worker.h"
#include "assay-store.h"

G_BEGIN_DECLS

typedef enum
{
  ASSAY_SESSION_OPENING,
  ASSAY_SESSION_OPEN,
  ASSAY_SESSION_FAILED,
  ASSAY_SESSION_CLOSED,
} AssaySessionState;

#define ASSAY_TYPE_SESSION (assay_session_get_type ())
/**
 * AssaySession:
 *
 * The profile that a running program has open: its store, the outbox worker, the accounts, and the
 * tasks whose drafts are not yet all on disk. The application makes it and hands it to the window,
 * the window to its pages; nobody reaches for it otherwise.
 *
 * Properties: `state` (notified when `store` and `error` change), `drafts-state` (AssayDraftState,
 * the worst of all live drafts), `drafts-error`, `n-waiting`, `n-attention` (of the outbox).
 */
G_DECLARE_FINAL_TYPE (AssaySession, assay_session, ASSAY, SESSION, GObject)

AssaySession *assay_session_new (const char *folder);
const char *assay_session_get_folder (AssaySession *self);
/* Opens the store; again after a failure. */
void assay_session_open (AssaySession *self);
AssaySessionState assay_session_get_state (AssaySession *self);
/* Why opening failed, or NULL. */
const GError *assay_session_get_error (AssaySession *self);
/* NULL unless the state is OPEN. */
AssayStore *assay_session_get_store (AssaySession *self);
AssayOutboxWorker *assay_session_get_worker (AssaySession *self);
/* NULL unless the state is OPEN. It has no accounts until it was started. */
AssayEngine *assay_session_get_engine (AssaySession *self);
/* Has the engine load its accounts and begin, once: what nobody waits for comes after the first
 * frame. Resolves to TRUE; rejects where nothing is open. */
DexFuture *assay_session_start_engine (AssaySession *self);

/* Resolves to an AssayOpenTask: the one in memory while its draft is not wholly on disk, else as it
 * is in the store, read ahead if it was foreseen. */
DexFuture *assay_session_load_task (AssaySession *self, gint64 row);
/* Reads a task that is probably opened next. Resolves to it, for those who can prepare more. */
DexFuture *assay_session_foresee_task (AssaySession *self, gint64 row);
/* The keeper of the task's draft; borrowed, alive until the task is left and its draft is on disk.
 */
AssayDraftKeeper *assay_session_keep_draft (AssaySession *self, AssayOpenTask *task);
/* The task is no longer worked on: writes what is not yet written, and lets go of it when it is. */
void assay_session_leave_task (AssaySession *self, gint64 row);
/* The task's judgement was submitted: nothing is left to write. */
void assay_session_drop_draft (AssaySession *self, gint64 row);

AssayDraftState assay_session_get_drafts_state (AssaySession *self);
const char *assay_session_get_drafts_error (AssaySession *self);
gboolean assay_session_get_disk_full (AssaySession *self);
/* The judgements that are not wholly on disk, as JSON Lines in Assay's own form; "" for none.
 * (transfer full) */
char *assay_session_dup_unsaved (AssaySession *self);
guint assay_session_get_n_waiting (AssaySession *self);
guint assay_session_get_n_attention (AssaySession *self);

/* Writes all drafts now. Resolves to TRUE, or rejects with the first failure. */
DexFuture *assay_session_flush (AssaySession *self);
/* Flushes, stops sending, closes the store. Resolves to TRUE. Rejects, and stays open, if a draft
 * could not be written. */
DexFuture *assay_session_close (AssaySession *self);

G_END_DECLS
