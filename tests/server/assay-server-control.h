/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-server-state.h"

G_BEGIN_DECLS

/* What a platform's people do, for tests. Each is one transaction of its own and is seen in
 * `/changes`. By HTTP: `POST /control/NAME` with the members of the comment.
 *
 * Returns FALSE and a sentence in @error if there is no such command or no such thing.
 *
 * - advance-clock {milliseconds}
 * - set-lease {project, seconds (null: never), max_held, renewals}: for new leases
 * - publish-guideline {guideline, body, summary, must_ack}: the next version
 * - return {submission, message}: to be changed within a week; the newest where none is named
 * - accept {submission}
 * - reject {submission, message}
 * - withdraw-task {task}
 * - grant {qualification, state}
 * - set-rate {requests, seconds}; 0 requests for no limit
 * - set-maintenance {on}
 * - set-defect {name}; "" for none
 * - forget-changes {}: cursors before now are too old
 * - answer-question {question, answer}
 */
gboolean assay_server_control (AssayServerState *state,
                               const char *command,
                               JsonObject *arguments,
                               GError **error);

/* What was committed: `{"submissions": [{id, lease, task, content_sha256}]}`, in the order of
 * arrival. `GET /control/ledger`. (transfer full) */
JsonNode *assay_server_make_ledger (AssayServerState *state);

G_END_DECLS
