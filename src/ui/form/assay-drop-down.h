/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ASSAY_TYPE_DROP_DOWN (assay_drop_down_get_type ())
/**
 * AssayDropDown:
 *
 * A choice from a list of names, for rows of which there may be many: a button, and a list that is
 * made when it is opened and goes when it is closed. The longest name may be longer than the pane
 * is wide.
 *
 * Property: `selected`, an index.
 */
G_DECLARE_FINAL_TYPE (AssayDropDown, assay_drop_down, ASSAY, DROP_DOWN, GtkButton)

/* @names: GtkStringObjects, at least one. */
GtkWidget *assay_drop_down_new (GListModel *names);
guint assay_drop_down_get_selected (AssayDropDown *self);
void assay_drop_down_set_selected (AssayDropDown *self, guint selected);
const char *assay_drop_down_get_selected_name (AssayDropDown *self);

G_END_DECLS
