/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-row-pager.h"

#include "assay-widget.h"

struct _AssayRowPager
{
  GtkWidget parent_instance;

  guint n;
  guint first;
  GtkWidget *previous;
  GtkWidget *label;
  GtkWidget *next;
};

G_DEFINE_FINAL_TYPE (AssayRowPager, assay_row_pager, GTK_TYPE_WIDGET)

enum
{
  TURNED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
show (AssayRowPager *self)
{
  guint end = assay_row_pager_get_end (self);
  /* Translators: which rows of a long list are shown: "26–50 of 2000". */
  g_autofree char *text = g_strdup_printf (_ ("%u–%u of %u"), self->first + 1, end, self->n);

  gtk_label_set_text (GTK_LABEL (self->label), text);
  gtk_widget_set_sensitive (self->previous, self->first > 0);
  gtk_widget_set_sensitive (self->next, end < self->n);
  gtk_widget_set_visible (GTK_WIDGET (self), self->n > ASSAY_ROW_PAGER_ROWS);
}

static void
turn_to (AssayRowPager *self, guint first)
{
  self->first = first;
  show (self);
  g_signal_emit (self, signals[TURNED], 0);
}

static void
previous_cb (AssayRowPager *self)
{
  turn_to (self, self->first - MIN (self->first, ASSAY_ROW_PAGER_ROWS));
  if (!gtk_widget_is_sensitive (self->previous))
    gtk_widget_grab_focus (self->next);
}

static void
next_cb (AssayRowPager *self)
{
  turn_to (self, self->first + ASSAY_ROW_PAGER_ROWS);
  if (!gtk_widget_is_sensitive (self->next))
    gtk_widget_grab_focus (self->previous);
}

static void
assay_row_pager_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (assay_row_pager_parent_class)->dispose (object);
}

static void
assay_row_pager_class_init (AssayRowPagerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = assay_row_pager_dispose;

  signals[TURNED] = g_signal_new ("turned", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
new_button (AssayRowPager *self, const char *icon, const char *tooltip, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  assay_widget_set_tooltip (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                  -1);
  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  return button;
}

static void
assay_row_pager_init (AssayRowPager *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  self->previous = new_button (self, "go-previous-symbolic", _ ("Show the Rows Before"),
                               G_CALLBACK (previous_cb));
  self->label = g_object_new (GTK_TYPE_LABEL, "hexpand", TRUE, NULL);
  gtk_widget_add_css_class (self->label, "numeric");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  self->next =
      new_button (self, "go-next-symbolic", _ ("Show the Rows Behind"), G_CALLBACK (next_cb));
  show (self);
}

GtkWidget *
assay_row_pager_new (void)
{
  return g_object_new (ASSAY_TYPE_ROW_PAGER, NULL);
}

void
assay_row_pager_set_n (AssayRowPager *self, guint n)
{
  g_return_if_fail (ASSAY_IS_ROW_PAGER (self));

  self->n = n;
  if (self->first >= n)
    self->first = n == 0 ? 0 : (n - 1) / ASSAY_ROW_PAGER_ROWS * ASSAY_ROW_PAGER_ROWS;
  show (self);
}

guint
assay_row_pager_get_first (AssayRowPager *self)
{
  g_return_val_if_fail (ASSAY_IS_ROW_PAGER (self), 0);

  return self->first;
}

guint
assay_row_pager_get_end (AssayRowPager *self)
{
  g_return_val_if_fail (ASSAY_IS_ROW_PAGER (self), 0);

  return MIN (self->first + ASSAY_ROW_PAGER_ROWS, self->n);
}

gboolean
assay_row_pager_reveal (AssayRowPager *self, guint index)
{
  guint first = index / ASSAY_ROW_PAGER_ROWS * ASSAY_ROW_PAGER_ROWS;

  g_return_val_if_fail (ASSAY_IS_ROW_PAGER (self), FALSE);
  g_return_val_if_fail (index < self->n, FALSE);

  if (first == self->first)
    return FALSE;
  self->first = first;
  show (self);
  return TRUE;
}

void
assay_row_pager_list_stops (AssayRowPager *self, GPtrArray *stops)
{
  g_return_if_fail (ASSAY_IS_ROW_PAGER (self));
  g_return_if_fail (stops != NULL);

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  if (gtk_widget_is_sensitive (self->previous))
    g_ptr_array_add (stops, self->previous);
  if (gtk_widget_is_sensitive (self->next))
    g_ptr_array_add (stops, self->next);
}
