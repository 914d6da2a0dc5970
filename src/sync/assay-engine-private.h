/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-account-sync-private.h"
#include "assay-engine.h"

G_BEGIN_DECLS

/* What the files of the engine know of one another. */

#define ASSAY_ACCOUNT_SETTING_AUTHORITY "certificate_authority"
#define ASSAY_ACCOUNT_SETTING_PAUSED "paused"
#define ASSAY_ACCOUNT_SETTING_PLATFORM "platform"
#define ASSAY_ACCOUNT_SETTING_SESSION_ONLY "session_only"

struct _AssayEngine
{
  GObject parent_instance;

  AssayStore *store;               /* (owned) */
  AssayOutboxWorker *worker;       /* (owned) */
  AssaySecrets *secrets;           /* (owned) */
  AssayReachability *reachability; /* (owned) */
  AssayHttp *http;                 /* (owned) (nullable): made when it is needed */
  GHashTable *https;               /* (owned): path of an authority → AssayHttp */
  GPtrArray *syncs;                /* (owned): of AssayAccountSync, by title */
  GHashTable *unsaved;             /* (owned): account → its newest secret, being saved */

  gboolean stopped;
  guint n_signed_out;
  gboolean busy;
  AssayAccountState state;
};

/* assay-engine.c */
/* @authority: (nullable). Borrowed. */
AssayHttp *assay_engine_get_http (AssayEngine *self, const char *authority, GError **error);
void assay_engine_insert (AssayEngine *self, AssayAccountSync *sync);
void assay_engine_remove (AssayEngine *self, AssayAccountSync *sync);
/* A sync for @account, that is not open yet. */
AssayAccountSync *
assay_engine_make_sync (AssayEngine *self, AssayAccount *account, AssayPlatform *platform);
/* From now on, what @platform gives in the place of its secret is saved. */
void assay_engine_keep_secret_of (AssayEngine *self, AssayPlatform *platform, const char *account);
/* What is known of the platform of @account. (transfer full) (nullable) */
AssayPlatformInfo *assay_engine_read_info (AssayAccount *account);
char *assay_engine_make_label (AssayAccount *account);
gboolean assay_engine_is_session_only (AssayAccount *account);
void assay_engine_wipe (gpointer secret);

G_END_DECLS
