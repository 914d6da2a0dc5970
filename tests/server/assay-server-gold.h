/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-server-leases.h"

G_BEGIN_DECLS

/* What follows from a submission that was taken: the entry of what it earns, and where its task has
 * a known answer, the feedback on it. The answer to the submission itself tells nothing of it. */
void assay_server_settle_submission (AssayServerState *state,
                                     AssayServerLease *lease,
                                     const char *person,
                                     const char *submission,
                                     JsonObject *judgement);
/* Adds feedback of @kind and @verdict. @more: (transfer full) (nullable): further members. */
void assay_server_add_feedback (AssayServerState *state,
                                const char *person,
                                const char *submission,
                                const char *kind,
                                const char *verdict,
                                const char *message,
                                JsonObject *more);

G_END_DECLS
