/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-import-group.h"

G_BEGIN_DECLS

/* Finds out how the files belong together and what their fields are. @samples: GPtrArray of
 * AssayFileSample. Fails with NOT_TASKS or UNREADABLE, and a sentence that says what is missing.
 * The mapping has no form and no title yet; (transfer full). */
AssayImportMapping *assay_layout_detector_detect (GPtrArray *samples, GError **error);

/* The group of @mapping that each sample belongs to, or NULL: GPtrArray of AssayImportGroup
 * (borrowed), beside @samples; (transfer full). */
GPtrArray *assay_layout_detector_match (GPtrArray *samples, AssayImportMapping *mapping);

/* Whether anything in the mapping is a response. */
gboolean assay_layout_detector_has_responses (AssayImportMapping *mapping);
/* Whether the groups of a set make tasks together. */
gboolean assay_layout_detector_is_whole (AssayImportMapping *mapping, guint set);

G_END_DECLS
