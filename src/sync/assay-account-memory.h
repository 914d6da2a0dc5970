/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-store.h"

G_BEGIN_DECLS

/**
 * AssayAccountMemory:
 *
 * What must outlive the program about the exchange with one platform, apart from what came of it:
 * which requests may be repeated and under which keys. One JSON object in the profile's settings.
 * The functions with a GError wait for the store: on a fiber of the main thread.
 *
 * Members: `last_success` (UTC microseconds), `listing` (a whole listing was begun and is not at
 * its end), `claims` (project → `key`, `count`, `at`), `renewals` (lease → key), `drafts` (lease →
 * `etag`, `digest`, and `other`: a draft from elsewhere that waits for a choice, with `task`,
 * `device`, `updated_at`, `judgement`).
 */
typedef struct _AssayAccountMemory AssayAccountMemory;

AssayAccountMemory *assay_account_memory_new (AssayStore *store, const char *account);
void assay_account_memory_free (AssayAccountMemory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayAccountMemory, assay_account_memory_free)

/* Reads it where that was not done yet. */
gboolean assay_account_memory_load (AssayAccountMemory *self, GError **error);
gboolean assay_account_memory_save (AssayAccountMemory *self, GError **error);
/* As far as it was read. Borrowed, to be changed. */
JsonObject *assay_account_memory_get (AssayAccountMemory *self);
/* An object in it, made where it is not there. Borrowed. */
JsonObject *assay_account_memory_get_table (AssayAccountMemory *self, const char *member);
/* For an account that is gone. Resolves to TRUE. */
DexFuture *assay_account_memory_forget (AssayStore *store, const char *account);

G_END_DECLS
