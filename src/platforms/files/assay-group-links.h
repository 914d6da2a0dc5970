/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-file-sample.h"
#include "assay-import-group.h"

G_BEGIN_DECLS

/* Decides which groups make tasks together, and by what their records are joined: sets `set` and
 * `join` of each. @groups: GPtrArray of AssayImportGroup; @members: beside it, GPtrArray of the
 * AssayFileSample of each. */
void assay_group_links_assign (GPtrArray *groups, GPtrArray *members);

G_END_DECLS
