/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-places.h"
#include "assay-session.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_SIDEBAR (assay_sidebar_get_type ())
/**
 * AssaySidebar:
 *
 * The places where tasks are, and at the bottom whether everything is saved and sent. The row of an
 * account shows its page (the action `accounts.show-account`).
 *
 * Properties: `session`, `selected` (AssayPlace), `status` (the status line's own page is opened by
 * its action `win.outbox`).
 *
 * Signal: `place-activated` when the person chose a place, even the one that is selected.
 */
G_DECLARE_FINAL_TYPE (AssaySidebar, assay_sidebar, ASSAY, SIDEBAR, AdwNavigationPage)

void assay_sidebar_set_session (AssaySidebar *self, AssaySession *session);
void assay_sidebar_set_places (AssaySidebar *self, AssayPlaces *places);
AssayPlace *assay_sidebar_get_selected (AssaySidebar *self);
void assay_sidebar_set_selected (AssaySidebar *self, AssayPlace *place);
void assay_sidebar_open_menu (AssaySidebar *self);

G_END_DECLS
