/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <libdex.h>

G_BEGIN_DECLS

/* Shows @dialog, an AdwAlertDialog, (transfer floating), over @parent. Resolves to a string: the
 * response, which is the close response also where the window went away with the question. */
DexFuture *assay_ask (AdwDialog *dialog, GtkWidget *parent);

G_END_DECLS
