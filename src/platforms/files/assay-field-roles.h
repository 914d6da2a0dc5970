/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-file-sample.h"
#include "assay-import-group.h"

G_BEGIN_DECLS

/* Finds out what the fields of a group's records are, and sets the group's kind, places and
 * responses accordingly. A group that holds neither prompts nor responses stays as it is. @samples:
 * GPtrArray of AssayFileSample of the same shape. */
void assay_field_roles_assign (AssayImportGroup *group, GPtrArray *samples);

G_END_DECLS
