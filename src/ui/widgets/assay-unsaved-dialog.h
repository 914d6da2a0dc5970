/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-session.h"

G_BEGIN_DECLS

/* Asks what to do about changes that cannot be saved: make room where the profile is, or save a
 * copy of them in another place. Nothing is lost by closing it; saving is tried on. */
void assay_unsaved_dialog_present (AssaySession *session, GtkWidget *parent);

G_END_DECLS
