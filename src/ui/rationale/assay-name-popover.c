/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-name-popover.h"

struct _AssayNamePopover
{
  GtkPopover parent_instance;

  GtkBox *box; /* (not owned): the child */
};

G_DEFINE_FINAL_TYPE (AssayNamePopover, assay_name_popover, GTK_TYPE_POPOVER)

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
clicked_cb (AssayNamePopover *self, GtkButton *button)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, gtk_button_get_label (button));
}

static void
fill (AssayNamePopover *self, AssayPresentation *presentation)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  for (guint i = 0; i < assay_presentation_get_n (presentation); i++)
    {
      const char *letter =
          assay_presentation_get_letter (presentation,
                                         assay_presentation_get_response (presentation, i));
      GtkWidget *button = gtk_button_new_with_label (letter);

      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_can_focus (button, FALSE);
      g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->box, button);
    }
}

/* In the parent of the popover. */
static gboolean
find_cursor (AssayNamePopover *self, GtkTextView *view, GdkRectangle *place)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter iter;
  graphene_point_t from, to;

  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  gtk_text_view_get_iter_location (view, &iter, place);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, place->x, place->y,
                                         &place->x, &place->y);
  from = GRAPHENE_POINT_INIT (place->x, place->y);
  if (!gtk_widget_compute_point (GTK_WIDGET (view), gtk_widget_get_parent (GTK_WIDGET (self)),
                                 &from, &to))
    return FALSE;
  place->x = to.x;
  place->y = to.y;
  return TRUE;
}

static void
assay_name_popover_class_init (AssayNamePopoverClass *klass)
{
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
assay_name_popover_init (AssayNamePopover *self)
{
  GtkPopover *popover = GTK_POPOVER (self);

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3));
  gtk_popover_set_child (popover, GTK_WIDGET (self->box));
  gtk_popover_set_autohide (popover, FALSE);
  gtk_popover_set_has_arrow (popover, FALSE);
  gtk_popover_set_position (popover, GTK_POS_BOTTOM);
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
}

void
assay_name_popover_offer (AssayNamePopover *self,
                          AssayPresentation *presentation,
                          GtkTextView *view)
{
  GdkRectangle place;

  g_return_if_fail (ASSAY_IS_NAME_POPOVER (self));
  g_return_if_fail (ASSAY_IS_PRESENTATION (presentation));
  g_return_if_fail (GTK_IS_TEXT_VIEW (view));

  fill (self, presentation);
  if (assay_presentation_get_n (presentation) == 0 || !find_cursor (self, view, &place))
    return;
  gtk_popover_set_pointing_to (GTK_POPOVER (self), &place);
  gtk_popover_popup (GTK_POPOVER (self));
}
