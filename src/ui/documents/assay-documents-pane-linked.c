/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-documents-pane-private.h"

/* Linked scrolling: what is read is at the top of a text that has just been opened and at the
 * bottom of one that was read to its end, and in between in between. */
static double
get_reading_height (GtkAdjustment *adjustment)
{
  double range = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  return range > 0 ? CLAMP (gtk_adjustment_get_value (adjustment) / range, 0, 1) : 0;
}

static void
scrolled_cb (GtkAdjustment *adjustment, AssayResponseColumn *leader)
{
  GtkWidget *pane = gtk_widget_get_ancestor (GTK_WIDGET (leader), ASSAY_TYPE_DOCUMENTS_PANE);
  AssayDocumentsPane *self;
  guint place;
  double height, within;
  gsize offset;

  if (pane == NULL)
    return;
  self = ASSAY_DOCUMENTS_PANE (pane);
  /* Those that follow, and those whose lines are still being measured, lead nobody. */
  if (!self->linked || self->in_link || self->leader != leader
      || !g_ptr_array_find (self->columns, leader, &place))
    return;
  height = get_reading_height (adjustment);
  if (!assay_document_view_get_place_at (assay_response_column_get_view (leader), height, &offset,
                                         &within))
    return;

  self->in_link = TRUE;
  for (guint i = 0; i < self->columns->len; i++)
    {
      AssayResponseColumn *column = _assay_documents_pane_get_column (self, i);
      AssayComparison *comparison;

      if (i == place || !gtk_widget_get_visible (GTK_WIDGET (column)))
        continue;
      comparison = _assay_documents_pane_get_comparison (self, place, i);
      if (comparison == NULL)
        continue;
      assay_document_view_set_place_at (
          assay_response_column_get_view (column), height,
          assay_comparison_map (comparison, place < i ? ASSAY_SIDE_A : ASSAY_SIDE_B, offset),
          within);
    }
  self->in_link = FALSE;
}

static void
lead (GtkEventController *controller)
{
  GtkWidget *column = gtk_event_controller_get_widget (controller);
  GtkWidget *pane = gtk_widget_get_ancestor (column, ASSAY_TYPE_DOCUMENTS_PANE);

  if (pane != NULL)
    g_set_weak_pointer (&ASSAY_DOCUMENTS_PANE (pane)->leader, ASSAY_RESPONSE_COLUMN (column));
}

static gboolean
event_cb (GtkEventController *controller, GdkEvent *event)
{
  switch (gdk_event_get_event_type (event))
    {
    case GDK_SCROLL:
    case GDK_BUTTON_PRESS:
    case GDK_TOUCH_BEGIN:
    case GDK_KEY_PRESS:
      lead (controller);
      break;
    default:
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

void
_assay_documents_pane_watch_scrolling (AssayDocumentsPane *self, AssayResponseColumn *column)
{
  GtkEventController *events = gtk_event_controller_legacy_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect (events, "event", G_CALLBACK (event_cb), NULL);
  gtk_widget_add_controller (GTK_WIDGET (column), events);
  g_signal_connect (focus, "enter", G_CALLBACK (lead), NULL);
  gtk_widget_add_controller (GTK_WIDGET (column), focus);
  g_signal_connect_object (assay_document_view_get_adjustment (
                               assay_response_column_get_view (column)),
                           "value-changed", G_CALLBACK (scrolled_cb), column, 0);
}

void
_assay_documents_pane_prepare_links (AssayDocumentsPane *self)
{
  if (!self->linked)
    return;
  for (guint a = 0; a < self->columns->len; a++)
    for (guint b = a + 1; b < self->columns->len; b++)
      if (gtk_widget_get_visible (GTK_WIDGET (_assay_documents_pane_get_column (self, a)))
          && gtk_widget_get_visible (GTK_WIDGET (_assay_documents_pane_get_column (self, b))))
        _assay_documents_pane_get_comparison (self, a, b);
}
