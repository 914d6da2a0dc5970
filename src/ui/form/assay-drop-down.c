/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-drop-down.h"

#define LIST_HEIGHT_PX 360

struct _AssayDropDown
{
  GtkButton parent_instance;

  GListModel *names; /* (owned) */
  guint selected;
  GtkWidget *label;
  GtkWidget *popover; /* (nullable): only while it is open */
};

G_DEFINE_FINAL_TYPE (AssayDropDown, assay_drop_down, GTK_TYPE_BUTTON)

typedef enum
{
  PROP_SELECTED = 1,
} AssayDropDownProperty;

static GParamSpec *properties[PROP_SELECTED + 1];

/* Its own signal must be over before a popover can go. */
static gboolean
drop_popover_cb (gpointer user_data)
{
  gtk_widget_unparent (user_data);
  return G_SOURCE_REMOVE;
}

static void
closed_cb (AssayDropDown *self)
{
  GtkWidget *popover = g_steal_pointer (&self->popover);

  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE, -1);
  g_signal_handlers_disconnect_by_data (popover, self);
  g_idle_add_full (G_PRIORITY_DEFAULT, drop_popover_cb, g_object_ref (popover), g_object_unref);
}

static void
chosen_cb (AssayDropDown *self, GtkListBoxRow *row)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  gtk_widget_grab_focus (GTK_WIDGET (self));
  assay_drop_down_set_selected (self, (guint) gtk_list_box_row_get_index (row));
}

static GtkWidget *
new_row (AssayDropDown *self, guint index)
{
  g_autoptr (GtkStringObject) name = g_list_model_get_item (self->names, index);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_box_append (GTK_BOX (box),
                  g_object_new (GTK_TYPE_LABEL, "label", gtk_string_object_get_string (name),
                                "xalign", 0.0, "hexpand", TRUE, "ellipsize", PANGO_ELLIPSIZE_END,
                                NULL));
  gtk_widget_set_opacity (check, index == self->selected ? 1 : 0);
  gtk_box_append (GTK_BOX (box), check);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_string_object_get_string (name), -1);
  return row;
}

static void
open (AssayDropDown *self)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkListBoxRow *row;

  self->popover = gtk_popover_new ();
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self->popover), GTK_POS_BOTTOM);
  gtk_widget_add_css_class (self->popover, "menu");
  for (guint i = 0; i < g_list_model_get_n_items (self->names); i++)
    gtk_list_box_append (GTK_LIST_BOX (list), new_row (self, i));
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (chosen_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), LIST_HEIGHT_PX);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_popover_set_child (GTK_POPOVER (self->popover), scrolled);
  gtk_widget_set_size_request (scrolled, gtk_widget_get_width (GTK_WIDGET (self)), -1);
  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (closed_cb), self);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  gtk_popover_popup (GTK_POPOVER (self->popover));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, TRUE, -1);
  row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), (int) self->selected);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
assay_drop_down_clicked (GtkButton *button)
{
  AssayDropDown *self = ASSAY_DROP_DOWN (button);

  if (self->popover == NULL)
    open (self);
}

static void
assay_drop_down_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  AssayDropDown *self = ASSAY_DROP_DOWN (widget);

  GTK_WIDGET_CLASS (assay_drop_down_parent_class)->size_allocate (widget, width, height, baseline);
  if (self->popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->popover));
}

static void
assay_drop_down_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  switch ((AssayDropDownProperty) property)
    {
    case PROP_SELECTED:
      g_value_set_uint (value, ASSAY_DROP_DOWN (object)->selected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
assay_drop_down_set_property (GObject *object,
                              guint property,
                              const GValue *value,
                              GParamSpec *pspec)
{
  switch ((AssayDropDownProperty) property)
    {
    case PROP_SELECTED:
      assay_drop_down_set_selected (ASSAY_DROP_DOWN (object), g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
assay_drop_down_dispose (GObject *object)
{
  AssayDropDown *self = ASSAY_DROP_DOWN (object);

  if (self->popover != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->popover, self);
      g_clear_pointer (&self->popover, gtk_widget_unparent);
    }
  g_clear_object (&self->names);

  G_OBJECT_CLASS (assay_drop_down_parent_class)->dispose (object);
}

static void
assay_drop_down_class_init (AssayDropDownClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = assay_drop_down_get_property;
  object_class->set_property = assay_drop_down_set_property;
  object_class->dispose = assay_drop_down_dispose;
  widget_class->size_allocate = assay_drop_down_size_allocate;
  GTK_BUTTON_CLASS (klass)->clicked = assay_drop_down_clicked;

  properties[PROP_SELECTED] =
      g_param_spec_uint ("selected", NULL, NULL, 0, G_MAXUINT, 0,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_COMBO_BOX);
}

static void
assay_drop_down_init (AssayDropDown *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, "ellipsize",
                              PANGO_ELLIPSIZE_END, NULL);
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  gtk_button_set_child (GTK_BUTTON (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE,
                                  -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE, -1);
}

static void
show_selected (AssayDropDown *self)
{
  const char *name = assay_drop_down_get_selected_name (self);

  gtk_label_set_text (GTK_LABEL (self->label), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, name,
                                  -1);
}

GtkWidget *
assay_drop_down_new (GListModel *names)
{
  AssayDropDown *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (names), NULL);

  self = g_object_new (ASSAY_TYPE_DROP_DOWN, NULL);
  self->names = g_object_ref (names);
  show_selected (self);
  return GTK_WIDGET (self);
}

guint
assay_drop_down_get_selected (AssayDropDown *self)
{
  g_return_val_if_fail (ASSAY_IS_DROP_DOWN (self), 0);

  return self->selected;
}

void
assay_drop_down_set_selected (AssayDropDown *self, guint selected)
{
  g_return_if_fail (ASSAY_IS_DROP_DOWN (self));

  if (self->selected == selected || selected >= g_list_model_get_n_items (self->names))
    return;
  self->selected = selected;
  show_selected (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

const char *
assay_drop_down_get_selected_name (AssayDropDown *self)
{
  g_autoptr (GtkStringObject) name = NULL;

  g_return_val_if_fail (ASSAY_IS_DROP_DOWN (self), NULL);

  name = g_list_model_get_item (self->names, self->selected);
  /* The model keeps it. */
  return name != NULL ? gtk_string_object_get_string (name) : "";
}
