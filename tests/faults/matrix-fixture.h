/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-engine.h"
#include "assay-platform-server.h"
#include "assay-server-control.h"
#include "fault-lines.h"
#include "fault-server.h"
#include "store-fixture.h"

G_BEGIN_DECLS

/* An account of the engine, with a store of its own, at the reference server behind a front that
 * breaks what it is told to. It holds one task that is begun, whose text is never lost. */
typedef struct
{
  AssayPlatformServer *server;
  AssayServerState *state;
  FaultServer *front;
  TestStore *test;
  AssayReachability *reachability;
  AssaySecrets *secrets;
  AssayOutboxWorker *worker;
  AssayEngine *engine;
  AssayAccountSync *sync; /* of the engine */
  gint64 project;         /* its row */
  gint64 begun;           /* the row of the task that is begun */
  char *begun_lease;
  char *etag; /* (nullable): of the draft that is kept at the platform */
  guint counter;
  guint log_handler;
} Matrix;

Matrix *matrix_new (void);
void matrix_free (Matrix *self);

const char *matrix_get_account (Matrix *self);
void
matrix_arm (Matrix *self, const char *method, const char *part, const FaultLine *line, guint n);
void matrix_disarm (Matrix *self);
/* @arguments: with ' for ". */
void matrix_control (Matrix *self, const char *command, const char *arguments);
/* The next round lists everything anew. */
void matrix_forget_changes (Matrix *self);
/* Until no round runs. */
void matrix_wait_idle (Matrix *self);
/* As a person does who signs in again; its round begins. */
void matrix_sign_in (Matrix *self);
/* The same with a token that ends, and one to renew it with. */
void matrix_sign_in_with_tokens (Matrix *self);
/* The token that opens the platform ends now. */
void matrix_spend_access (Matrix *self);
/* A round, whatever becomes of it. */
void matrix_run (Matrix *self);
/* A round that ends well. */
void matrix_run_well (Matrix *self);
/* FALSE and @error where it is rejected. Takes @future. */
gboolean matrix_settle (DexFuture *future, GError **error);
/* It ends well. */
void matrix_finish (Matrix *self, DexFuture *future);

/* The row of a task more. */
gint64 matrix_claim (Matrix *self);
/* Hands it in, or gives it back for a reason. */
DexFuture *matrix_judge (Matrix *self, gint64 row, gboolean skip);
void matrix_wait_sent (Matrix *self, gint64 row);
guint matrix_count_in_ledger (Matrix *self, gint64 row);
guint matrix_count_leases (Matrix *self, gint64 row, const char *state);

/* The lease of the task that is begun. */
void matrix_let_end_soon (Matrix *self);
gboolean matrix_ends_soon (Matrix *self);
gint64 matrix_count_renewals (Matrix *self);
DexFuture *matrix_save_draft (Matrix *self);
DexFuture *matrix_load_draft (Matrix *self);
/* One is kept there, and it is known which. */
void matrix_settle_draft (Matrix *self);

/* A new version, known here. @id: (out). */
int matrix_publish_guideline (Matrix *self, char **id);
/* The id of the feedback, known here. (transfer full) */
char *matrix_reject (Matrix *self, gint64 row);

/* The outbox. */
AssayOutboxItem *matrix_get_newest (Matrix *self);
AssayOutboxState matrix_get_row_state (Matrix *self, AssayOutboxItem *item);
/* Lets the worker go until it was struck, and stops it before it tries again. */
void matrix_send_once (Matrix *self);
/* Until nothing waits any more. */
void matrix_send_all (Matrix *self);
/* A sentence that the person can read. */
void matrix_check_words (Matrix *self, AssayOutboxItem *item, AssayOutboxState state);
/* A task that was refused is begun again, with what was typed. */
void matrix_take_back (Matrix *self, AssayOutboxItem *item);
/* The bytes of @item are there once. */
void matrix_check_ledger (Matrix *self, AssayOutboxItem *item);
/* What holds after everything. */
void matrix_check (Matrix *self);

G_END_DECLS
