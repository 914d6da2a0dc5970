/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-rank-pairs.h"

#include <glib/gi18n.h>

#include "assay-announce.h"

struct _AssayRankPairs
{
  GtkWidget parent_instance;

  GtkLabel *title;
  GtkWidget *first;
  GtkWidget *equal;
  GtkWidget *second;
};

G_DEFINE_FINAL_TYPE (AssayRankPairs, assay_rank_pairs, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
first_clicked_cb (AssayRankPairs *self)
{
  g_signal_emit (self, signals[CHOSEN], 0, -1);
}

static void
equal_clicked_cb (AssayRankPairs *self)
{
  g_signal_emit (self, signals[CHOSEN], 0, 0);
}

static void
second_clicked_cb (AssayRankPairs *self)
{
  g_signal_emit (self, signals[CHOSEN], 0, 1);
}

static void
assay_rank_pairs_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (assay_rank_pairs_parent_class)->dispose (object);
}

static void
assay_rank_pairs_class_init (AssayRankPairsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = assay_rank_pairs_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
add_button (AssayRankPairs *self, GtkWidget *box, GCallback callback)
{
  GtkWidget *button = gtk_button_new ();

  gtk_widget_set_hexpand (button, TRUE);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
assay_rank_pairs_init (AssayRankPairs *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  self->title = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "caption-heading");
  gtk_widget_set_parent (GTK_WIDGET (self->title), GTK_WIDGET (self));
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  self->first = add_button (self, box, G_CALLBACK (first_clicked_cb));
  self->equal = add_button (self, box, G_CALLBACK (equal_clicked_cb));
  self->second = add_button (self, box, G_CALLBACK (second_clicked_cb));
  gtk_button_set_label (GTK_BUTTON (self->equal), C_ ("tie", "Equal"));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  self->title, NULL, -1);
}

GtkWidget *
assay_rank_pairs_new (gboolean allow_ties)
{
  AssayRankPairs *self = g_object_new (ASSAY_TYPE_RANK_PAIRS, NULL);

  gtk_widget_set_visible (self->equal, allow_ties);
  return GTK_WIDGET (self);
}

static void
show_letter (GtkWidget *button, const char *letter)
{
  /* Translators: %s is the letter of a response. */
  g_autofree char *name = g_strdup_printf (_ ("Response %s is better"), letter);

  gtk_button_set_label (GTK_BUTTON (button), letter);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
assay_rank_pairs_show (AssayRankPairs *self,
                       const char *first,
                       const char *second,
                       guint number,
                       guint most)
{
  g_autofree char *text = NULL;

  g_return_if_fail (ASSAY_IS_RANK_PAIRS (self));
  g_return_if_fail (first != NULL && second != NULL);

  /* Translators: the letters of two responses; which comparison it is, of how many at most. */
  text = g_strdup_printf (_ ("Which is better, %1$s or %2$s? %3$u of at most %4$u"), first, second,
                          number, most);
  if (g_str_equal (gtk_label_get_text (self->title), text))
    return;
  gtk_label_set_text (self->title, text);
  show_letter (self->first, first);
  show_letter (self->second, second);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    assay_announce (GTK_WIDGET (self), text);
}

gboolean
assay_rank_pairs_handle_key (AssayRankPairs *self, const AssayFormKey *key)
{
  g_return_val_if_fail (ASSAY_IS_RANK_PAIRS (self), FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  if (key->digit == 1 || assay_form_key_is (key, GDK_KEY_a))
    first_clicked_cb (self);
  else if (key->digit == 2 || assay_form_key_is (key, GDK_KEY_b))
    second_clicked_cb (self);
  else if (gtk_widget_get_visible (self->equal)
           && (assay_form_key_is (key, GDK_KEY_equal) || assay_form_key_is (key, GDK_KEY_t)))
    equal_clicked_cb (self);
  else
    return FALSE;
  return TRUE;
}
