/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-store.h"

G_BEGIN_DECLS

typedef enum
{
  ASSAY_DRAFT_SAVED,  /* the commit of the newest change returned */
  ASSAY_DRAFT_DIRTY,  /* a change is not yet on disk */
  ASSAY_DRAFT_FAILED, /* the last write failed; it is tried again after 1, 5, 30 s */
} AssayDraftState;

#define ASSAY_TYPE_DRAFT_STATE (assay_draft_state_get_type ())
GType assay_draft_state_get_type (void);

#define ASSAY_TYPE_DRAFT_KEEPER (assay_draft_keeper_get_type ())
/**
 * AssayDraftKeeper:
 *
 * Keeps the draft of one judgement in the store while it is worked on: the first write at once,
 * then at most one each 250 ms, at most one in flight and one pending, the latest wins. `state` is
 * what the saved dot shows: it never says more than the disk knows.
 *
 * Properties: `state`, `error-message` (while failed).
 *
 * Signal `writing`: the judgement is about to be written. Whoever knows what is no change of it
 * (the cursor, the time worked) puts it there now.
 */
G_DECLARE_FINAL_TYPE (AssayDraftKeeper, assay_draft_keeper, ASSAY, DRAFT_KEEPER, GObject)

AssayDraftKeeper *
assay_draft_keeper_new (AssayStore *store, gint64 task_row, AssayJudgement *judgement);
AssayDraftState assay_draft_keeper_get_state (AssayDraftKeeper *self);
const char *assay_draft_keeper_get_error_message (AssayDraftKeeper *self);
/* Whether the last write failed because there is no room. */
gboolean assay_draft_keeper_get_disk_full (AssayDraftKeeper *self);
/* Writes now what is not yet written (focus change, task change, close, signals). Resolves to TRUE
 * when the newest change is on disk; rejects if it cannot be written. */
DexFuture *assay_draft_keeper_flush (AssayDraftKeeper *self);
/* The store may have lost what was written: it is written again, however little changed since. */
void assay_draft_keeper_distrust (AssayDraftKeeper *self);
/* No more writes: the judgement was submitted. */
void assay_draft_keeper_stop (AssayDraftKeeper *self);

G_END_DECLS
