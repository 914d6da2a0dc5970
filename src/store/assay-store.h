/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "assay-guideline.h"
#include "assay-judgement.h"
#include "assay-lease.h"
#include "assay-outbox-item.h"
#include "assay-project.h"
#include "assay-rescue-report.h"
#include "assay-store-error.h"
#include "assay-store-health.h"
#include "assay-task-query.h"
#include "assay-task-summary.h"
#include "assay-task.h"

G_BEGIN_DECLS

/* The window in which a submission can be taken back before it is sent. */
#define ASSAY_UNDO_WINDOW_US (G_GINT64_CONSTANT (10) * G_USEC_PER_SEC)

#define ASSAY_TYPE_STORE (assay_store_get_type ())
/**
 * AssayStore:
 *
 * The local cache and the record of a person's work: one SQLite file in a profile folder, owned by
 * one thread. Every call returns a future that resolves on the main context; none blocks. Futures
 * of writes resolve only after the commit returned (synchronous=FULL for everything that a person
 * made). Dropping such a future does not cancel the write.
 *
 * Errors are ASSAY_STORE_ERROR, with a sentence for the person.
 *
 * Signals, on the main context, after the commit: `tasks-changed (project)` for added, removed or
 * re-stated rows (0: many projects), `task-changed (row)` for one row, `outbox-changed ()`,
 * `projects-changed ()`; and `damage-found (report)` (AssayRescueReport) when the file was not
 * sound and was rescued; damage that is found while it is opened is in the report alone.
 */
G_DECLARE_FINAL_TYPE (AssayStore, assay_store, ASSAY, STORE, GObject)

/* Opens or makes the store in @folder (made with mode 0700), takes the exclusive lock beside it,
 * backs up and migrates an older one, moves `sending` rows to `unknown`. Resolves to an AssayStore;
 * rejects with BUSY, NEWER, DAMAGED, READ_ONLY … */
DexFuture *assay_store_open (const char *folder);
/* $XDG_DATA_HOME/assay, or the folder in the environment's ASSAY_PROFILE (tests, second profiles).
 * (transfer full) */
char *assay_store_dup_default_folder (void);
const char *assay_store_get_folder (AssayStore *self);
/* What was done about a damaged file and the person was not told yet, also when an earlier run did
 * it; or NULL. */
AssayRescueReport *assay_store_get_rescue_report (AssayStore *self);
/* The person was told of @report. Resolves to TRUE. */
DexFuture *assay_store_settle_rescue_report (AssayStore *self, AssayRescueReport *report);
/* Finishes what waits, makes the daily copy if it is due, checkpoints, marks the exit as clean.
 * Resolves to TRUE. */
DexFuture *assay_store_close (AssayStore *self);

/* Accounts and projects. */
/* Makes the account if it is not there ("files", "practice" are local). Resolves to TRUE. */
DexFuture *
assay_store_ensure_account (AssayStore *self, const char *id, const char *kind, const char *title);
/* Inserts or updates by (account, external id), without the terms of one that is there; sets the id
 * of @project. Resolves to gint64, the id. */
DexFuture *assay_store_save_project (AssayStore *self, AssayProject *project);
/* Resolves to a GPtrArray of AssayProject (boxed as G_TYPE_PTR_ARRAY), by account and title. */
DexFuture *assay_store_list_projects (AssayStore *self);
/* With all its tasks, drafts and settled judgements; refused with CONFLICT while something waits in
 * the outbox. */
DexFuture *assay_store_remove_project (AssayStore *self, gint64 project);
DexFuture *assay_store_save_guideline (AssayStore *self, gint64 project, AssayGuideline *guideline);
/* @version 0: the newest. Resolves to an AssayGuideline, or rejects with NOT_FOUND. */
DexFuture *assay_store_load_guideline (AssayStore *self, const char *id, int version);
/* Takes a guideline that came with tasks; what is here under its id and version stays. Resolves to
 * a boolean: whether that is the same text. */
DexFuture *assay_store_add_guideline (AssayStore *self, AssayGuideline *guideline);

/* Tasks. */
/* Adds tasks at the end of a project, or replaces the content of those with the same id that have
 * no draft and were not submitted. With NORMAL durability (they can be imported again), in slices
 * so small that a draft never waits long; an error keeps the slices before it. Resolves to guint:
 * the number of new ones. */
DexFuture *assay_store_add_tasks (AssayStore *self, gint64 project, GPtrArray *tasks);
/* Resolves to a GArray of gint64 row ids (boxed as G_TYPE_ARRAY) in order. */
DexFuture *assay_store_query_tasks (AssayStore *self, const AssayTaskQuery *query);
/* Fills the summaries (GPtrArray of AssayTaskSummary) from the store. Resolves to TRUE. */
DexFuture *assay_store_fill_summaries (AssayStore *self, GPtrArray *summaries);
/* What there is to filter by: the kinds and the languages of all tasks, each once, sorted. Resolve
 * to a GStrv. */
DexFuture *assay_store_list_kinds (AssayStore *self);
DexFuture *assay_store_list_languages (AssayStore *self);
/* Counts by state for the sidebar, all projects or one. Resolves to a GArray of guint,
 * ASSAY_N_TASK_STATES long. */
DexFuture *assay_store_count_tasks (AssayStore *self, gint64 project);

/**
 * AssayRemovals:
 * @n_removed: tasks that are gone; nothing of the person's was in them
 * @n_withdrawn: tasks that were marked as withdrawn, and stay
 * @in_doubt: so many are gone that the person is asked: assay_store_settle_removals ()
 * @project: of a whole pull, the first project that is in doubt
 */
typedef struct
{
  guint n_removed;
  guint n_withdrawn;
  gboolean in_doubt;
  gint64 project;
} AssayRemovals;

#define ASSAY_TYPE_REMOVALS (assay_removals_get_type ())
GType assay_removals_get_type (void);
AssayRemovals *assay_removals_copy (const AssayRemovals *self);
/* After a whole pull, whose task ids are @present: removes the tasks of @project that are not among
 * them, if there is no work in them; marks them where there is, and all of them where the platform
 * would take away more than half of a project. What was withdrawn and is listed again is there
 * again. Resolves to an AssayRemovals (boxed). */
DexFuture *
assay_store_apply_removals (AssayStore *self, gint64 project, const char *const *present);
/* The person's answer about withdrawn tasks: removed where there is no work in them, or all of them
 * as they were before. Resolves to TRUE. */
DexFuture *assay_store_settle_removals (AssayStore *self, gint64 project, gboolean remove);

/* What the workbench needs of one task, in at most a few statements. Resolves to an AssayOpenTask.
 */
#define ASSAY_TYPE_OPEN_TASK (assay_open_task_get_type ())
/**
 * AssayOpenTask:
 *
 * A task as it is opened: with its project and its draft, or a new judgement where there is none
 * (not stored until something changes), or the final one.
 */
G_DECLARE_FINAL_TYPE (AssayOpenTask, assay_open_task, ASSAY, OPEN_TASK, GObject)
gint64 assay_open_task_get_row (AssayOpenTask *self);
/* Of the task's JSON, its form included. */
gsize assay_open_task_get_n_bytes (AssayOpenTask *self);
AssayTask *assay_open_task_get_task (AssayOpenTask *self);
AssayProject *assay_open_task_get_project (AssayOpenTask *self);
AssayJudgement *assay_open_task_get_judgement (AssayOpenTask *self);
/* The guideline in force, or NULL. */
AssayGuideline *assay_open_task_get_guideline (AssayOpenTask *self);
AssayTaskState assay_open_task_get_state (AssayOpenTask *self);
/* As it was when the task was opened; NULL where there is none. Borrowed. */
const AssayLease *assay_open_task_get_lease (AssayOpenTask *self);
DexFuture *assay_store_load_task (AssayStore *self, gint64 row);

/* Drafts. */
/* Writes one draft (FULL). @draft: assay_judgement_to_draft_json (); serialised by the caller's
 * thread. @digest: of the task. Older revisions that differ by a paragraph or 5 minutes are kept
 * (20). Resolves to TRUE; CONFLICT if the task was submitted meanwhile (the text is kept as a
 * revision). Use AssayDraftKeeper. */
DexFuture *assay_store_save_draft (AssayStore *self,
                                   gint64 task_row,
                                   const char *judgement_id,
                                   const char *digest,
                                   GBytes *draft,
                                   gboolean is_empty);
/* A draft that was written elsewhere: it becomes the draft of a task that nobody began here, and is
 * kept as a revision otherwise. Resolves to a boolean: whether it is the draft now. */
DexFuture *assay_store_offer_draft (AssayStore *self,
                                    gint64 task_row,
                                    const char *judgement_id,
                                    const char *digest,
                                    GBytes *draft);
/* A draft that the person chose over the one that is here, which is kept as a revision. Resolves to
 * TRUE; CONFLICT as assay_store_save_draft(). */
DexFuture *assay_store_replace_draft (AssayStore *self,
                                      gint64 task_row,
                                      const char *judgement_id,
                                      const char *digest,
                                      GBytes *draft);
/* Resolves to a GPtrArray of GBytes, newest first. */
DexFuture *assay_store_list_draft_revisions (AssayStore *self, gint64 task_row);

/* What became of a judgement that was made elsewhere. */
typedef enum
{
  ASSAY_JUDGEMENT_ADDED,
  ASSAY_JUDGEMENT_ADDED_AS_DRAFT,
  ASSAY_JUDGEMENT_LEFT_OUT, /* its task has a draft or a judgement here, which stays */
  ASSAY_JUDGEMENT_REFUSED,  /* it cannot be read; the message says why */
} AssayJudgementFate;

/**
 * AssayNewJudgement:
 *
 * A judgement that was made elsewhere: what assay_judgement_to_json () gave, or a line of an
 * export. A true member `draft`, or no time of submission, makes it a draft.
 */
typedef struct
{
  char *task_id;
  JsonNode *node; /* an object */
  AssayJudgementFate fate;
  char *message; /* (nullable) */
} AssayNewJudgement;

void assay_new_judgement_free (AssayNewJudgement *self);
/* Adds judgements (AssayNewJudgement) to tasks of @project that nobody worked on here, in slices so
 * small that a draft never waits long; an error keeps the slices before it. They are settled or
 * drafts, and never in the outbox. Sets the fate of each. Resolves to TRUE. */
DexFuture *assay_store_add_judgements (AssayStore *self, gint64 project, GPtrArray *judgements);

/* Submission. */
/* One transaction: the final judgement, its draft form for a later undo, and the outbox row with a
 * new submission UUID and the frozen bytes, due after the undo window (0 us for at once); then the
 * spool file. Resolves to the AssayOutboxItem; CONFLICT if a submission of this task already waits.
 * @judgement: already finalized. @draft: its draft JSON from before that, to go back to on undo. */
DexFuture *assay_store_submit (AssayStore *self,
                               gint64 task_row,
                               AssayJudgement *judgement,
                               GBytes *draft,
                               gint64 undo_window_us);
/* Takes a queued (or refused) submission back: the row is withdrawn, the draft is what it was.
 * CONFLICT if it is on its way. */
DexFuture *assay_store_withdraw (AssayStore *self, const char *submission);
/* A submitted and accepted judgement is opened as the next revision's draft. Resolves to TRUE. */
DexFuture *assay_store_reopen (AssayStore *self, gint64 task_row);

/* Outbox, for sync and for the outbox page. */
/* All that is not accepted or withdrawn, oldest first; a GPtrArray of AssayOutboxItem. */
DexFuture *assay_store_list_outbox (AssayStore *self);
/* Those of @account (NULL: all) that are queued or unknown and due at @now_us (a due time further
 * ahead than the longest back-off counts as due: the clock moved). GPtrArray of AssayOutboxItem. */
DexFuture *assay_store_list_due (AssayStore *self, const char *account, gint64 now_us);
/* When the next queued row of @account (NULL: all) is due, or also the next unknown one, UTC us (0:
 * it is overdue because the clock moved); -1 for none. Resolves to gint64. */
DexFuture *assay_store_next_due (AssayStore *self, const char *account, gboolean with_unknown);
/* Makes the queued and unknown rows of @account (NULL: all) due now, their undo windows included.
 * Resolves to TRUE. */
DexFuture *assay_store_make_due (AssayStore *self, const char *account);
/* Makes the oldest row of each account that failed before due now: not one that the platform put
 * off, nor one whose undo window is open. Resolves to TRUE. */
DexFuture *assay_store_make_oldest_due (AssayStore *self);
/* How many rows wait (queued, sending, unknown) and how many need attention (refused, or failed 8
 * times): resolves to a GArray of two guint (boxed as G_TYPE_ARRAY). */
DexFuture *assay_store_count_outbox (AssayStore *self);
/* Committed before the first byte leaves. Resolves to TRUE, or CONFLICT if it was withdrawn
 * meanwhile. */
DexFuture *assay_store_outbox_begin (AssayStore *self, gint64 id);
/* Records the end of an attempt: the new state, its class, the HTTP status (0 none), the receipt
 * for accepted, and when a row that goes back to queued or unknown is due. Never cancellable. */
DexFuture *assay_store_outbox_end (AssayStore *self,
                                   gint64 id,
                                   AssayOutboxState state,
                                   const char *result_class,
                                   int status,
                                   const char *receipt,
                                   gint64 next_at_us);

/* Export. */
/**
 * AssayExportRow:
 *
 * One task with its judgement, as an exporter reads them. A settled judgement is its last revision.
 */
typedef struct
{
  gint64 row;
  char *task_id;             /* (owned) */
  char *title;               /* (owned) */
  AssayTask *task;           /* (owned) (nullable) if it could not be read */
  AssayJudgement *judgement; /* (owned) (nullable) */
  gboolean is_draft;
  guint n_earlier; /* settled revisions before @judgement */
  GError *error;   /* (owned) (nullable) why the task or its judgement could not be read */
} AssayExportRow;
/* The rows of at most @limit tasks with a row id above @after, by row id, and fewer where they are
 * large: a draft does not wait behind them. The draft of a judgement that was reopened is a row of
 * its own, behind that of the settled one.
 * Resolves to a GPtrArray of AssayExportRow (its free function is set); empty at the end. */
DexFuture *assay_store_list_export_rows (AssayStore *self,
                                         gint64 project,
                                         gint64 after,
                                         guint limit,
                                         gboolean with_drafts);
/* The stored rationales of the last @limit final judgements in a project: a GStrv, newest first. */
DexFuture *assay_store_list_rationales (AssayStore *self, gint64 project, guint limit);

/* Small settings that belong to the profile (import mappings, window places). Values are JSON
 * texts. */
DexFuture *assay_store_set_value (AssayStore *self, const char *key, const char *json);
/* Resolves to a string, or rejects with NOT_FOUND. */
DexFuture *assay_store_get_value (AssayStore *self, const char *key);

/* Health. */
/* Resolves to an AssayStoreHealth (boxed). */
DexFuture *assay_store_get_health (AssayStore *self);
/* Looks at all of it. Resolves to a string: "ok", or what SQLite found; a damaged store is rescued
 * then, see `damage-found`. */
DexFuture *assay_store_check (AssayStore *self);
/* A verified copy in the profile's backup folder. Resolves to its path. */
DexFuture *assay_store_back_up (AssayStore *self);

G_END_DECLS
