/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-store-accounts.h"
#include "assay-store-private.h"

G_BEGIN_DECLS

/* What the calls that keep the work for accounts share. All on the store's thread, in the caller's
 * transaction; what became different is noted in @changes. */

/* Inserts or updates by external id; what the person chose stays. */
gboolean _assay_store_put_project (AssayDatabase *database,
                                   const char *account,
                                   AssayProject *project,
                                   AssayStoreChanges *changes,
                                   GError **error);
/* Sets @row; 0 for none. */
gboolean _assay_store_find_project (AssayDatabase *database,
                                    const char *account,
                                    const char *external_id,
                                    gint64 *row,
                                    GError **error);
/* With all that is in it, whatever it is. */
gboolean _assay_store_delete_project (AssayDatabase *database,
                                      gint64 project,
                                      gboolean *found,
                                      GError **error);
/* Guidelines and forms that nothing refers to any more. */
gboolean _assay_store_delete_leftovers (AssayDatabase *database, GError **error);

/* @project: whose guideline it is now, 0 for none. What is here under its id and version stays. */
gboolean _assay_store_put_guideline (AssayDatabase *database,
                                     gint64 project,
                                     const AssayPageGuideline *guideline,
                                     AssayStoreChanges *changes,
                                     GError **error);

/* The lease of a task, and what follows from it. */
gboolean _assay_store_put_lease (AssayDatabase *database,
                                 gint64 task_row,
                                 const AssayLease *lease,
                                 AssayStoreChanges *changes,
                                 GError **error);
/* The same for whichever task of @account has it. */
gboolean _assay_store_put_lease_by_id (AssayDatabase *database,
                                       const char *account,
                                       const AssayLease *lease,
                                       AssayStoreChanges *changes,
                                       GError **error);
/* A submission for the task was accepted: its lease is over. */
gboolean _assay_store_end_lease (AssayDatabase *database,
                                 gint64 task_row,
                                 const char *submission,
                                 const char *kind,
                                 GError **error);
/* From the columns ASSAY_STORE_LEASE_COLUMNS of `lease l`; NULL where there is none. (transfer
 * full) */
AssayLease *_assay_store_read_lease (AssayStatement *statement, int first_column);
#define ASSAY_STORE_LEASE_COLUMNS                                                                  \
  "l.id, l.state, l.granted_at, l.expires_at, l.renewals, l.training, l.form, l.form_version,"     \
  " l.submission"
#define ASSAY_STORE_N_LEASE_COLUMNS 9

/* Takes the task away if nothing of the person's is in it. */
gboolean _assay_store_remove_without_work (AssayDatabase *database,
                                           gint64 task_row,
                                           gboolean *removed,
                                           GError **error);
/* A withdrawn task is there again. */
gboolean _assay_store_restore_task (AssayDatabase *database,
                                    gint64 task_row,
                                    AssayStoreChanges *changes,
                                    GError **error);

/* Opens a settled judgement as the next revision's draft. Rejects with CONFLICT where there is
 * none, or work in its place. */
gboolean _assay_store_reopen_task (AssayDatabase *database, gint64 task_row, GError **error);
/* What a platform says that became of a submission of @account. What waits to be sent says more
 * than it, and nothing is acted on twice. */
gboolean _assay_store_put_fate (AssayDatabase *database,
                                const char *account,
                                const AssayPageSubmission *submission,
                                AssayStoreChanges *changes,
                                GError **error);

gboolean _assay_store_put_feedback (AssayDatabase *database,
                                    const char *account,
                                    AssayFeedback *feedback,
                                    AssayStoreChanges *changes,
                                    GError **error);

/* What is to be written into the outbox. */
typedef struct
{
  const char *submission;
  const char *account;
  const char *task; /* the row's id, or a subject with its prefix */
  const AssayFrame *frame;
  gint64 now;
  gint64 due;
} AssayOutboxRecord;

/* (transfer full); NULL on error. */
AssayOutboxItem *_assay_store_insert_outbox (AssayDatabase *database,
                                             const AssayOutboxRecord *record,
                                             GError **error);

G_END_DECLS
