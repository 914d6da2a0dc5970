/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What several widgets of ours do alike. */

/* GtkWidgetClass.focus for a widget whose grab_focus leads to one of its children: Tab would enter
 * it there alone and pass by all that stands before. */
gboolean assay_widget_focus_children (GtkWidget *widget, GtkDirectionType direction);

/* Labels that show data break a long word without a hyphen, which would pass for one of the data.
 * One that has no place to break for so long that layout would take its time is broken anywhere.
 * For all labels within @widget as they are now, with the texts and attributes that they have. */
void assay_widget_keep_words (GtkWidget *widget);

/* gtk_widget_set_tooltip_text(), which asks the display server where the pointer is, and waits for
 * the answer, even for a widget that is in no window yet: for those this does not. */
void assay_widget_set_tooltip (GtkWidget *widget, const char *text);

/* GTK gives the items of its menus no accessible names; this gives them the texts that they show,
 * each time the menu opens. */
void assay_widget_name_menu (GtkPopover *menu);

/* Gives a button a menu that is built, with names, when it is first opened: a window has several,
 * and each is dozens of widgets. */
void assay_widget_set_menu (GtkMenuButton *button, GMenuModel *menu);

/* Draws a symbolic icon at @place in a widget that has no other one for it. */
void assay_widget_snapshot_icon (GtkWidget *widget,
                                 GtkSnapshot *snapshot,
                                 const char *name,
                                 int size,
                                 const graphene_point_t *place,
                                 const GdkRGBA *color);

G_END_DECLS
