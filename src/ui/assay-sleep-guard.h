/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

/* Called before the machine sleeps; it waits until the future is settled. */
typedef DexFuture *(*AssaySleepGuardFunc) (gpointer user_data);

#define ASSAY_TYPE_SLEEP_GUARD (assay_sleep_guard_get_type ())
/**
 * AssaySleepGuard:
 *
 * Delays suspend until drafts are on disk, where logind can be reached. Where it cannot (a sandbox,
 * another system), it does nothing: drafts are written within a quarter of a second anyway.
 */
G_DECLARE_FINAL_TYPE (AssaySleepGuard, assay_sleep_guard, ASSAY, SLEEP_GUARD, GObject)

/* @user_data must outlive the guard. */
AssaySleepGuard *assay_sleep_guard_new (AssaySleepGuardFunc prepare, gpointer user_data);

G_END_DECLS
