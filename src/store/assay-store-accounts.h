/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-account.h"
#include "assay-frame.h"
#include "assay-page.h"
#include "assay-store.h"

G_BEGIN_DECLS

/* The part of an AssayStore that keeps what accounts with a platform behind them bring: accounts,
 * pages of a pull, leases and feedback. Futures and errors as in assay-store.h. */

/* Resolves to a GPtrArray of AssayAccount (boxed as G_TYPE_PTR_ARRAY), by title; local ones
 * included. */
DexFuture *assay_store_list_accounts (AssayStore *self);
/* Inserts or updates by id, without its cursor. Resolves to TRUE. */
DexFuture *assay_store_save_account (AssayStore *self, AssayAccount *account);

/**
 * AssayAccountStock:
 *
 * What is kept of an account, for the question before it is forgotten.
 */
typedef struct
{
  guint n_projects;
  guint n_tasks;
  guint n_drafts;
  guint n_judgements; /* settled: they are the person's record */
  guint n_unsent;     /* queued, refused */
  guint n_doubtful;   /* sending, unknown: they may have arrived */
} AssayAccountStock;

#define ASSAY_TYPE_ACCOUNT_STOCK (assay_account_stock_get_type ())
GType assay_account_stock_get_type (void);
AssayAccountStock *assay_account_stock_copy (const AssayAccountStock *self);
/* Resolves to an AssayAccountStock (boxed). */
DexFuture *assay_store_take_stock (AssayStore *self, const char *account);
/* The account with its projects, tasks, drafts, judgements and feedback. What waits unsent is taken
 * back and goes too if @with_unsent; otherwise the call rejects with CONFLICT while something
 * waits. It always does while something may be on its way. Resolves to TRUE. */
DexFuture *assay_store_forget_account (AssayStore *self, const char *account, gboolean with_unsent);

/* Pulling. */
/* Stores @page and its cursor in one transaction (NORMAL durability: it can be pulled again).
 * Projects are inserted or updated by external id, and keep the person's settings; tasks are added
 * or replaced as by assay_store_add_tasks (), their leases always; a lease that is held no more
 * takes its task away unless there is work in it; a submission's "returned" makes its task
 * returned; feedback is inserted or updated by id and its task found by the submission. Where
 * something of a task waits in the outbox, what became of an earlier submission says nothing; a
 * return counts once for each revision that the platform has.
 *
 * The account's cursor becomes the page's, NULL included where the page is of a whole listing; one
 * that has none and is of no listing was claimed, and leaves the cursor as it is.
 *
 * Resolves to guint: the number of new tasks. */
DexFuture *assay_store_apply_page (AssayStore *self, const char *account, AssayPage *page);
/* Removes the texts of a project's tasks whose last judgement was submitted before @settled_before
 * (UTC microseconds) and has arrived, and from the search; see assay_task_forget_texts().
 * Judgements, drafts and what is not delivered or came back stay. Copies of the store that were
 * made before keep them for as long as those are kept. Resolves to guint: how many tasks. */
DexFuture *assay_store_forget_texts (AssayStore *self, gint64 project, gint64 settled_before);
/* Before a pull that begins anew. Resolves to TRUE. */
DexFuture *assay_store_forget_cursor (AssayStore *self, const char *account);
/* After a whole pull: as assay_store_apply_removals () for each project of @account, with the
 * external ids of projects and the task ids that were listed: @present is a GHashTable of char*
 * project external id → GPtrArray of char* task ids (boxed as G_TYPE_HASH_TABLE). A project that is
 * listed no more is kept while there is work or a record in it. A task whose lease ended is not in
 * doubt. Resolves to an AssayRemovals (boxed), the sum. */
DexFuture *assay_store_end_whole_pull (AssayStore *self, const char *account, GHashTable *present);

/* Leases. */
/**
 * AssayLeasedTask:
 *
 * A task with its lease, as it is renewed, warned of and released.
 */
typedef struct
{
  gint64 row;
  gint64 project;
  char *project_external_id; /* (owned) */
  char *title;               /* (owned) */
  AssayLease *lease;         /* (owned) */
  AssayTaskState state;
} AssayLeasedTask;

void assay_leased_task_free (AssayLeasedTask *self);
/* Those of @account that are held, by the time at which they end. Resolves to a GPtrArray of
 * AssayLeasedTask (its free function is set). */
DexFuture *assay_store_list_leases (AssayStore *self, const char *account);
/* Of the task as it is now; resolves to an AssayLease (boxed), or rejects with NOT_FOUND where
 * there is none. */
DexFuture *assay_store_load_lease (AssayStore *self, gint64 task_row);
/* Its new terms, by (account, id), with all that follows from them: see assay_store_apply_page ().
 * Resolves to TRUE, also where no task has it any more. */
DexFuture *
assay_store_update_lease (AssayStore *self, const char *account, const AssayLease *lease);

/* Submission to a platform. */
/* assay_store_submit () with what is to be sent, in the place of the judgement alone. The store
 * puts the id in where @frame's target has ASSAY_FRAME_SUBMISSION: that of the first revision that
 * was accepted under the task's lease, or the submission's own; NULL as there. */
DexFuture *assay_store_submit_framed (AssayStore *self,
                                      gint64 task_row,
                                      AssayJudgement *judgement,
                                      GBytes *draft,
                                      const AssayFrame *frame,
                                      gint64 undo_window_us);
/* Something else than a judgement that must arrive: the acknowledgement of a guideline, a dispute.
 * One outbox row, due at once; CONFLICT while one of that kind and subject waits; one that was
 * refused is withdrawn. @subject: what the row is about, in the place of a task. Resolves to the
 * AssayOutboxItem. */
DexFuture *assay_store_queue (AssayStore *self,
                              const char *account,
                              const char *subject,
                              const AssayFrame *frame);

/* Feedback. */
/**
 * AssayTaskFeedback:
 *
 * A feedback with the task that it is about.
 */
typedef struct
{
  AssayFeedback *feedback; /* (owned) */
  gint64 row;              /* 0: not here any more */
  char *title;             /* (owned) (nullable) */
  gboolean seen;
} AssayTaskFeedback;

void assay_task_feedback_free (AssayTaskFeedback *self);
/* Of one task, newest first, or of all (@task_row 0). Resolves to a GPtrArray of AssayTaskFeedback
 * (its free function is set). */
DexFuture *assay_store_list_feedback (AssayStore *self, gint64 task_row);
/* The person saw what is there about @task_row, or all (0). Resolves to TRUE. */
DexFuture *assay_store_mark_feedback_seen (AssayStore *self, gint64 task_row);

/* Guidelines. */
/* All versions that are kept, newest first: a GPtrArray of AssayGuideline. */
DexFuture *assay_store_list_guideline_versions (AssayStore *self, const char *id);
/* What the platform said beside the text of a guideline, and what the person answered: resolves to
 * a JSON text with `must_acknowledge`, `acknowledged`, `summary_of_changes`; NOT_FOUND for none. */
DexFuture *assay_store_get_guideline_terms (AssayStore *self, const char *id, int version);
/* The person acknowledged it; that it is told to the platform is another matter. Resolves to TRUE.
 */
DexFuture *assay_store_acknowledge_guideline (AssayStore *self, const char *id, int version);
/* The started tasks of @project that were begun under an older version than @version of its
 * guideline. Resolves to a GStrv: their titles, in the project's order, at most 100. */
DexFuture *assay_store_list_touched_tasks (AssayStore *self, gint64 project, int version);

G_END_DECLS
