/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-server-state.h"

G_BEGIN_DECLS

/* Puts the demonstration data in: people, guidelines, forms, qualifications, projects and their
 * tasks, from the JSON beside this file. @n_copies: each task so many times. */
gboolean assay_server_demo_load (AssayServerState *state, guint n_copies, GError **error);

G_END_DECLS
