/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A choice from @names, GtkStringObjects, whose longest may be longer than the pane is wide. */
GtkWidget *assay_drop_down_new (GListModel *names);

G_END_DECLS
