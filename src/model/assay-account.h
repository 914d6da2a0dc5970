/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define ASSAY_ACCOUNT_KIND_OPEN "open"

#define ASSAY_TYPE_ACCOUNT (assay_account_get_type ())
/**
 * AssayAccount:
 *
 * One signed-in identity on one platform, or a local workspace. A plain record; a secret is never
 * part of it.
 *
 * Settings hold what the person chose: `paused` (boolean), `certificate_authority` (path of a PEM
 * file), `session_only` (boolean: the secret is not kept), `device` (a name for drafts); and what
 * was last heard of the platform: `platform` (an AssayPlatformInfo as JSON).
 */
G_DECLARE_FINAL_TYPE (AssayAccount, assay_account, ASSAY, ACCOUNT, GObject)

/* @id: unique in the profile, a UUID for platforms. @kind: "open", "files", "practice". @address:
 * what the person typed, made whole; NULL for local ones. */
AssayAccount *
assay_account_new (const char *id, const char *kind, const char *title, const char *address);
const char *assay_account_get_id (AssayAccount *self);
const char *assay_account_get_kind (AssayAccount *self);
const char *assay_account_get_title (AssayAccount *self);
void assay_account_set_title (AssayAccount *self, const char *title);
const char *assay_account_get_address (AssayAccount *self);
/* Never NULL; borrowed, and the caller may change it before it is saved. */
JsonObject *assay_account_get_settings (AssayAccount *self);
void assay_account_set_settings (AssayAccount *self, JsonObject *settings);
/* Where the last pull ended; opaque; NULL for never. */
const char *assay_account_get_cursor (AssayAccount *self);
void assay_account_set_cursor (AssayAccount *self, const char *cursor);
/* It has no network behind it. */
gboolean assay_account_is_local (AssayAccount *self);

G_END_DECLS
