/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "assay-session.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_NOTIFIER (assay_notifier_get_type ())
/**
 * AssayNotifier:
 *
 * Tells outside the window what cannot wait until somebody looks: that the time for a task runs
 * out, that work came back, that an account needs a sign-in. Nothing while the window is looked at,
 * each thing once, and nothing at all where the person switched it off. What is told is taken back
 * when it is no longer so, or was seen.
 *
 * It holds neither texts nor answers: a notification may be read by whoever is at the screen.
 */
G_DECLARE_FINAL_TYPE (AssayNotifier, assay_notifier, ASSAY, NOTIFIER, GObject)

/* @application outlives it. */
AssayNotifier *assay_notifier_new (GApplication *application, AssaySession *session);
/* Somebody looks at the window, or does no more. */
void assay_notifier_set_watched (AssayNotifier *self, gboolean watched);

G_END_DECLS
