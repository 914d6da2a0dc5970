/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * AssayRemovalQueue:
 *
 * Widgets that are gone from the window and still to be taken apart, which takes as long as a
 * frame for some: one goes in each idle turn.
 */
typedef struct _AssayRemovalQueue AssayRemovalQueue;

AssayRemovalQueue *assay_removal_queue_new (void);
/* What is left in it is taken apart at once. */
void assay_removal_queue_free (AssayRemovalQueue *self);
/* Keeps @widget, to be called before its parent lets go of it. */
void assay_removal_queue_push (AssayRemovalQueue *self, GtkWidget *widget);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayRemovalQueue, assay_removal_queue_free)

G_END_DECLS
