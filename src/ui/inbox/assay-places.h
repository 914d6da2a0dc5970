/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "assay-place.h"
#include "assay-store-accounts.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_PLACES (assay_places_get_type ())
/**
 * AssayPlaces:
 *
 * The rows of the sidebar as a [iface@Gio.ListModel] of AssayPlace: the states; each account with a
 * platform, and below it its projects; the projects of this computer; practice. All by title.
 * Follows the store; a place stays the same object while it exists, so that a selection holds.
 *
 * Properties: `loaded`, `n-projects` (practice included), `n-accounts` (with a platform).
 */
G_DECLARE_FINAL_TYPE (AssayPlaces, assay_places, ASSAY, PLACES, GObject)

AssayPlaces *assay_places_new (void);
void assay_places_set_store (AssayPlaces *self, AssayStore *store);
/* Whether the store has been read once. */
gboolean assay_places_get_loaded (AssayPlaces *self);
guint assay_places_get_n_projects (AssayPlaces *self);
guint assay_places_get_n_accounts (AssayPlaces *self);
/* The accounts changed in a way that the store does not tell of. */
void assay_places_reload (AssayPlaces *self);
/* Borrowed; NULL if there is none. @project: an id, for ASSAY_PLACE_PROJECT. */
AssayPlace *assay_places_find (AssayPlaces *self, AssayPlaceKind kind, gint64 project);

G_END_DECLS
