/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-server-leases.h"

G_BEGIN_DECLS

/* What is wrong with a judgement that is handed in under @lease, by the rules of the model:
 * objects with `pointer` (into the submission), `code` and `message`. Empty if nothing is.
 * (transfer full) */
JsonArray *assay_server_validate_judgement (AssayServerState *state,
                                            AssayServerLease *lease,
                                            JsonObject *judgement);

G_END_DECLS
