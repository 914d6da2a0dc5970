/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-outbox-item.h"
#include "assay-platform.h"

G_BEGIN_DECLS

/**
 * AssayOutboxAccount:
 *
 * What the outbox's worker knows of one account: it is served by one fiber at a time. Counted, for
 * a fiber may outlive its place in the worker.
 */
typedef struct
{
  char *id;
  char *origin;            /* (nullable) */
  AssayPlatform *platform; /* (owned) */
  gboolean running;
  gboolean again;      /* something changed while it could not run */
  gboolean removed;    /* nobody asks for it any more */
  gboolean paused;     /* by the person */
  gboolean stopped;    /* until the person did something */
  gboolean barred;     /* by a round, whoever asks: its secret may be another person's */
  gboolean suspicious; /* somebody else may have answered in the place of the platform */
  GError *stop_error;  /* (owned) (nullable): why an attempt stopped it */
  gint64 pause_until;  /* monotonic; 0 for none */
  gint64 next_due;     /* wall time; -1 for none */
  GPtrArray *pushes;   /* (owned): of DexPromise */
} AssayOutboxAccount;

AssayOutboxAccount *assay_outbox_account_new (const char *id);
void assay_outbox_account_unref (gpointer account);

gboolean assay_outbox_account_is_repeatable (AssayOutboxAccount *self);
gboolean assay_outbox_account_shares_origin (AssayOutboxAccount *self, AssayOutboxAccount *other);
/* Whether @item may be sent as it is. What a platform may have received is never sent again on a
 * guess, unless it takes repeats for what they are. */
gboolean assay_outbox_account_can_deliver (AssayOutboxAccount *self, AssayOutboxItem *item);

/* An attempt ended so that the next would end no better; whoever asks may try again. */
void assay_outbox_account_stop (AssayOutboxAccount *self, const GError *error);
/* The same for what a round met: nobody may try before it is resumed. */
void assay_outbox_account_bar (AssayOutboxAccount *self);
void assay_outbox_account_resume (AssayOutboxAccount *self);

/* Whoever waited until what was due had its attempt is told that it had. */
void assay_outbox_account_settle_pushes (AssayOutboxAccount *self);

G_END_DECLS
