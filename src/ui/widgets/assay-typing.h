/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* From now on it is known when a key was last pressed in @window, whoever takes it. */
void assay_typing_watch (GtkWindow *window);
/* How long, in milliseconds, work that stops the window for longer than a letter may take still has
 * to wait for somebody who types in the window of @widget; 0 when nobody does. */
guint assay_typing_get_wait (GtkWidget *widget);

G_END_DECLS
