/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-store.h"

G_BEGIN_DECLS

/**
 * assay_project_removal_ask:
 * @parent: a widget of the window that asks
 *
 * Removes a project, if the person confirms it after being told what goes with it: there is no way
 * back.
 *
 * Returns: (transfer full): a future that resolves to a boolean, whether it was removed; rejects
 * with an error of the store
 */
DexFuture *assay_project_removal_ask (AssayStore *store, AssayProject *project, GtkWidget *parent);

G_END_DECLS
