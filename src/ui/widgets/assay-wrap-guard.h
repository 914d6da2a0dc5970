/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Keeps what a person types, pastes or joins in @buffer from freezing the program: from now on a
 * paragraph with a long stretch in which no line may break is wrapped by characters. For buffers
 * that are shown with word wrap. */
void assay_wrap_guard_attach (GtkTextBuffer *buffer);

G_END_DECLS
