/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-import-mapping.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_IMPORT_PLACES (assay_import_places_get_type ())
/**
 * AssayImportPlaces:
 *
 * The places in the files that make a task, one row each, to be corrected by hand: what is chosen
 * goes into the mapping at once.
 *
 * Signal: `corrected`, after the mapping was changed here.
 */
G_DECLARE_FINAL_TYPE (AssayImportPlaces, assay_import_places, ASSAY, IMPORT_PLACES, AdwExpanderRow)

/* @fields: (nullable): the places to choose from, a GPtrArray of GStrv {path, example}. @can_join:
 * whether there are several files that may belong together. */
void assay_import_places_set_mapping (AssayImportPlaces *self,
                                      AssayImportMapping *mapping,
                                      GPtrArray *fields,
                                      gboolean can_join);

G_END_DECLS
