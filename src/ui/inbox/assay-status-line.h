/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-session.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_STATUS_LINE (assay_status_line_get_type ())
/**
 * AssayStatusLine:
 *
 * One line that always tells whether drafts are saved and how much waits to be sent, and where
 * there are accounts with a platform, whether it can be. A press shows the outbox (the action
 * `win.outbox`).
 *
 * Property: `session`.
 */
G_DECLARE_FINAL_TYPE (AssayStatusLine, assay_status_line, ASSAY, STATUS_LINE, GtkWidget)

void assay_status_line_set_session (AssayStatusLine *self, AssaySession *session);

G_END_DECLS
