/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-account-memory.h"
#include "assay-account-sync.h"
#include "assay-reachability.h"

G_BEGIN_DECLS

/* What the engine does with an account, and what the files of the class know of one another. */

/* Fetches what the account signs in with, and gives it its platform: assay_account_sync_open ().
 * Resolves to TRUE; called again at each round until it does. @owner: as it was given. */
typedef DexFuture *(*AssayAccountOpener) (AssayAccountSync *self, gpointer owner);

struct _AssayAccountSync
{
  GObject parent_instance;

  AssayStore *store;               /* (owned) */
  AssayOutboxWorker *worker;       /* (owned) */
  AssayReachability *reachability; /* (owned) (nullable) */
  AssayAccount *account;           /* (owned) */
  AssayPlatform *platform;         /* (owned) */
  AssayAccountMemory *memory;      /* (owned) */

  AssayAccountState state;
  char *message;  /* (owned) (nullable) */
  char *progress; /* (owned) (nullable) */
  gint64 last_success;
  gboolean busy;

  AssayAccountOpener opener; /* (nullable): nothing to open */
  GObject *owner;            /* a weak pointer */
  gboolean opened;
  guint n_opened;      /* how often it was signed in */
  guint round_opening; /* which of them the round that runs works with */
  gboolean stopped;
  gboolean begun;
  gboolean pushing;
  guint n_failures;
  guint timer;
  gint64 timer_at;      /* monotonic: when it fires */
  gboolean drafts_wait; /* work was left during the round that runs */
  gint64 checked_at;    /* monotonic; 0 for never */
  gint64 retained_at;   /* the same: when texts were last removed */
  char *note;          /* (owned) (nullable): of the round: what did not keep it from ending well */
  DexPromise *current; /* (owned) (nullable): the round that runs */
  DexPromise *next;    /* (owned) (nullable): the one that was asked for meanwhile */

  /* What a whole listing had so far: external id of a project → task ids; NULL outside of one. */
  GHashTable *present; /* (owned) (nullable) */

  /* Leases that the platform spoke of, and whose drafts may be others. */
  GHashTable *touched; /* (owned): ids */

  /* Leases are changed by one at a time. */
  gboolean locked;
  GQueue lock_waiting; /* of DexPromise */
  GHashTable *warned;  /* (owned): ids of leases whose end was told */
  guint lease_timer;
};

/* For the engine. */
void assay_account_sync_follow (AssayAccountSync *self, AssayReachability *reachability);
/* Rounds from now on, the first at once. */
void assay_account_sync_begin (AssayAccountSync *self);
/* Until it is open, rounds begin with @opener. */
void
assay_account_sync_set_opener (AssayAccountSync *self, AssayAccountOpener opener, GObject *owner);
/* What it signs in with is there: @platform has it. */
void assay_account_sync_open (AssayAccountSync *self, AssayPlatform *platform);
/* Resolves to TRUE when it is open; rejects with why it cannot be. */
DexFuture *assay_account_sync_wait_open (AssayAccountSync *self);
/* As if a round had ended with @error. */
void assay_account_sync_fail (AssayAccountSync *self, const GError *error);
void assay_account_sync_set_paused (AssayAccountSync *self, gboolean paused);

/* assay-account-round.c: the steps of a round, on a fiber. */
gboolean assay_account_round_run (AssayAccountSync *self, GError **error);
/* The worker sends one at a time to an origin. NULL where it is not known. (transfer full) */
char *assay_account_sync_dup_origin (AssayAccountSync *self);
void assay_account_sync_set_progress (AssayAccountSync *self, const char *progress);
/* Keeps the first of a round. */
void assay_account_sync_add_note (AssayAccountSync *self, const char *note);
/* Whether the round is to end here. */
gboolean assay_account_sync_is_over (AssayAccountSync *self, GError **error);
void assay_account_sync_emit_removals (AssayAccountSync *self,
                                       gint64 project,
                                       const AssayRemovals *removals);
void assay_account_sync_emit_returned (AssayAccountSync *self, gint64 row, const char *title);
void assay_account_sync_emit_lease_near (AssayAccountSync *self,
                                         gint64 row,
                                         const char *title,
                                         gint64 seconds);

void
assay_account_sync_emit_draft_conflict (AssayAccountSync *self, gint64 row, const char *device);
/* The platform understood, and the answer is no: there is no use in asking the same again. */
gboolean assay_account_sync_is_refusal (const GError *error);

/* assay-account-drafts.c: on a fiber. */
/* Carries unfinished work to the platform and from it. */
gboolean assay_account_drafts_exchange (AssayAccountSync *self, GError **error);

/* assay-account-retention.c: on a fiber. */
/* Removes the texts of tasks that are settled for as long as the person or the platform wants.
 * Needs no network, and looks once an hour. */
gboolean assay_account_retention_keep (AssayAccountSync *self, GError **error);

/* assay-account-leases.c: on a fiber. */
/* Renews what ends soon and claims as far ahead as the person set. */
gboolean assay_account_leases_keep (AssayAccountSync *self, GError **error);
/* (transfer full) GPtrArray of AssayProject. */
GPtrArray *assay_account_sync_list_projects (AssayAccountSync *self, GError **error);
/* The members of @page count as listed, if a whole listing is under way. */
void assay_account_sync_note_present (AssayAccountSync *self, AssayPage *page);
/* Tells what ends soon, and looks again in time. */
void assay_account_leases_watch (AssayAccountSync *self);
/* Gives back what nothing was done for. Stops where the platform cannot be reached. */
void assay_account_leases_release_unused (AssayAccountSync *self);

G_END_DECLS
