/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-widget.h"

#include <string.h>

#include "assay-paragraphs.h"

gboolean
assay_widget_focus_children (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean backward = direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_UP;
  GtkWidget *child;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);

  child = gtk_widget_get_focus_child (widget);
  if (child == NULL)
    child = backward ? gtk_widget_get_last_child (widget) : gtk_widget_get_first_child (widget);
  for (; child != NULL;
       child = backward ? gtk_widget_get_prev_sibling (child) : gtk_widget_get_next_sibling (child))
    {
      if (gtk_widget_child_focus (child, direction))
        return TRUE;
    }
  return FALSE;
}

void
assay_widget_keep_words (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (GTK_IS_LABEL (widget))
    {
      PangoAttrList *before = gtk_label_get_attributes (GTK_LABEL (widget));
      g_autoptr (PangoAttrList) attributes =
          before != NULL ? pango_attr_list_copy (before) : pango_attr_list_new ();

      pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
      gtk_label_set_attributes (GTK_LABEL (widget), attributes);
      if (gtk_label_get_wrap (GTK_LABEL (widget)))
        {
          const char *text = gtk_label_get_text (GTK_LABEL (widget));

          if (assay_paragraph_needs_character_wrap (text, strlen (text)))
            gtk_label_set_wrap_mode (GTK_LABEL (widget), PANGO_WRAP_CHAR);
        }
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    assay_widget_keep_words (child);
}

static void
name_items (GtkWidget *widget)
{
  switch (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)))
    {
    case GTK_ACCESSIBLE_ROLE_MENU_ITEM:
    case GTK_ACCESSIBLE_ROLE_MENU_ITEM_CHECKBOX:
    case GTK_ACCESSIBLE_ROLE_MENU_ITEM_RADIO:
      if (g_object_class_find_property (G_OBJECT_GET_CLASS (widget), "text") != NULL)
        {
          g_autofree char *text = NULL;

          g_object_get (widget, "text", &text, NULL);
          if (text == NULL)
            break;
          /* The label that GTK names it by is told of as nothing. */
          gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget),
                                         GTK_ACCESSIBLE_RELATION_LABELLED_BY);
          gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                          text, -1);
        }
      break;
    default:
      break;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_items (child);
}

void
assay_widget_name_menu (GtkPopover *menu)
{
  g_return_if_fail (GTK_IS_POPOVER (menu));

  g_signal_connect (menu, "map", G_CALLBACK (name_items), NULL);
}

static void
build_menu_cb (GtkMenuButton *button, gpointer user_data)
{
  if (gtk_menu_button_get_popover (button) != NULL)
    return;
  gtk_menu_button_set_menu_model (button, user_data);
  assay_widget_name_menu (gtk_menu_button_get_popover (button));
}

void
assay_widget_set_menu (GtkMenuButton *button, GMenuModel *menu)
{
  g_return_if_fail (GTK_IS_MENU_BUTTON (button));
  g_return_if_fail (G_IS_MENU_MODEL (menu));

  gtk_menu_button_set_create_popup_func (button, build_menu_cb, g_object_ref (menu),
                                         g_object_unref);
}

void
assay_widget_set_tooltip (GtkWidget *widget, const char *text)
{
  gboolean is_asked;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) == 0)
    return;
  /* It is not asked for what is not to be seen. */
  is_asked = gtk_widget_get_root (widget) == NULL && gtk_widget_get_visible (widget);
  if (is_asked)
    gtk_widget_set_visible (widget, FALSE);
  gtk_widget_set_tooltip_text (widget, text);
  if (is_asked)
    gtk_widget_set_visible (widget, TRUE);
}

void
assay_widget_snapshot_icon (GtkWidget *widget,
                            GtkSnapshot *snapshot,
                            const char *name,
                            int size,
                            const graphene_point_t *place,
                            const GdkRGBA *color)
{
  /* For what means success, a warning and an error, too; these icons have no such parts. */
  const GdkRGBA colors[] = { *color, *color, *color, *color };
  g_autoptr (GtkIconPaintable) icon = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (name != NULL);
  g_return_if_fail (place != NULL);
  g_return_if_fail (color != NULL);

  /* The theme remembers what it looked up. */
  icon =
      gtk_icon_theme_lookup_icon (gtk_icon_theme_get_for_display (gtk_widget_get_display (widget)),
                                  name, NULL, size, gtk_widget_get_scale_factor (widget),
                                  gtk_widget_get_direction (widget), 0);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, place);
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, size, size,
                                            colors, G_N_ELEMENTS (colors));
  gtk_snapshot_restore (snapshot);
}
