/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-form.h"
#include "assay-server-state.h"

G_BEGIN_DECLS

/* `{"id", "version", "sha256"}` of a guideline; NULL for none. (transfer full) */
JsonObject *
assay_server_make_guideline_ref (AssayServerState *state, const char *guideline, gint64 version);
/* `{"id", "version"}`. (transfer full) */
JsonObject *assay_server_make_ref (const char *id, gint64 version);
/* The newest version; 0 for none. */
gint64 assay_server_get_newest_guideline (AssayServerState *state, const char *guideline);
/* How many tasks of @project @person can claim now. */
gint64
assay_server_count_available (AssayServerState *state, const char *person, const char *project);
/* NULL if there is none. (transfer full) */
AssayForm *assay_server_load_form (AssayServerState *state, const char *id, gint64 version);

G_END_DECLS
