/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-session.h"

G_BEGIN_DECLS

/* Shows the newest guideline of @project (its row), with what changed since the version that the
 * person acknowledged, to be acknowledged: before any task of it can be claimed. What is
 * acknowledged is kept, told to the platform, and followed by a round of its account. @parent: what
 * the dialog is presented over. */
void assay_guideline_reading_begin (AssaySession *session, gint64 project, GtkWidget *parent);

G_END_DECLS
