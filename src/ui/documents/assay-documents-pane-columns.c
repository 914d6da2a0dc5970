/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-documents-pane-private.h"

/* The texts of a task: what is made for each of them, what is heard of it, and how it goes. */

static void
pin_requested_cb (AssayDocumentsPane *self, AssayResponseColumn *column)
{
  guint place;

  if (!g_ptr_array_find (self->columns, column, &place) || place == self->pinned)
    return;
  /* The one that was pinned is now the one beside. */
  self->beside = self->pinned;
  self->pinned = place;
  _assay_documents_pane_choose_response (self, place);
}

/* What was selected stays selected while the person goes through other texts. */
static void
enter_view (AssayDocumentsPane *self, AssayDocumentView *view)
{
  g_autofree char *selection = self->last_view != NULL && self->last_view != view
                                   ? assay_document_view_dup_selection (self->last_view, NULL, NULL)
                                   : NULL;

  if (selection != NULL)
    g_set_weak_pointer (&self->selected_view, self->last_view);
  g_set_weak_pointer (&self->last_view, view);
}

static void
entered_cb (GtkEventControllerFocus *controller, AssayDocumentsPane *self)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  guint place;

  if (ASSAY_IS_CONTEXT_ITEM (widget))
    {
      self->at_response = FALSE;
      enter_view (self, assay_context_item_get_view (ASSAY_CONTEXT_ITEM (widget)));
      return;
    }
  enter_view (self, assay_response_column_get_view (ASSAY_RESPONSE_COLUMN (widget)));
  if (g_ptr_array_find (self->columns, widget, &place) && place != self->current)
    _assay_documents_pane_choose_response (self, place);
}

void
_assay_documents_pane_watch_focus (AssayDocumentsPane *self, GtkWidget *widget)
{
  GtkEventController *controller = gtk_event_controller_focus_new ();

  g_signal_connect_object (controller, "enter", G_CALLBACK (entered_cb), self, 0);
  gtk_widget_add_controller (widget, controller);
}

static void
read_to_end_cb (AssayDocumentsPane *self, GParamSpec *pspec, AssayDocumentView *view)
{
  AssayDocument *document = assay_document_view_get_document (view);

  if (assay_document_view_get_read_to_end (view) && document != NULL && document != self->draft)
    g_signal_emit_by_name (self, "read-to-end", assay_document_get_key (document));
}

void
_assay_documents_pane_watch_view (AssayDocumentsPane *self, AssayDocumentView *view)
{
  g_object_bind_property (self, "show-source", view, "show-source", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "text-scale", view, "text-scale", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (view, "searched", G_CALLBACK (_assay_documents_pane_find_update), self,
                           G_CONNECT_SWAPPED);
}

AssayResponseColumn *
_assay_documents_pane_make_column (AssayDocumentsPane *self)
{
  AssayResponseColumn *column = ASSAY_RESPONSE_COLUMN (assay_response_column_new ());
  AssayDocumentView *view = assay_response_column_get_view (column);

  _assay_documents_pane_watch_view (self, view);
  _assay_documents_pane_watch_focus (self, GTK_WIDGET (column));
  _assay_documents_pane_watch_scrolling (self, column);
  g_signal_connect_object (view, "begun", G_CALLBACK (_assay_documents_pane_begun), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "notify::read-to-end", G_CALLBACK (read_to_end_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (column, "pin-requested", G_CALLBACK (pin_requested_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_visible (GTK_WIDGET (column), FALSE);
  gtk_box_append (GTK_BOX (self->columns_box), GTK_WIDGET (column));
  return column;
}

static AssayResponseColumn *
take_column (AssayDocumentsPane *self)
{
  AssayResponseColumn *column;

  if (self->spare_columns->len == 0)
    return _assay_documents_pane_make_column (self);
  column = g_ptr_array_steal_index (self->spare_columns, 0);
  assay_document_view_search (assay_response_column_get_view (column), NULL);
  /* Also of one that was never filled: it may have been told where to begin. */
  assay_document_view_set_document (assay_response_column_get_view (column), NULL);
  return column;
}

void
_assay_documents_pane_add_responses (AssayDocumentsPane *self)
{
  for (guint i = 0; i < assay_presentation_get_n (self->presentation); i++)
    {
      AssayResponseColumn *column = take_column (self);

      assay_response_column_set_letter (
          column,
          assay_presentation_get_letter (self->presentation,
                                         assay_presentation_get_response (self->presentation, i)));
      /* The person may have switched only this one. */
      assay_document_view_set_show_source (assay_response_column_get_view (column),
                                           self->show_source);
      g_ptr_array_add (self->columns, column);
    }
}

static void
remove_from (AssayDocumentsPane *self, GtkWidget *box, GtkWidget *child, AssayDocumentView *view)
{
  g_signal_handlers_disconnect_by_data (view, self);
  assay_removal_queue_push (self->removed, child);
  gtk_box_remove (GTK_BOX (box), child);
}

void
_assay_documents_pane_put_aside (AssayDocumentsPane *self)
{
  g_ptr_array_extend_and_steal (self->spare_items, self->items);
  self->items = g_ptr_array_new ();
  g_ptr_array_extend_and_steal (self->spare_columns, self->columns);
  self->columns = g_ptr_array_new ();
}

void
_assay_documents_pane_remove_spare (AssayDocumentsPane *self)
{
  for (guint i = 0; i < self->spare_items->len; i++)
    {
      AssayContextItem *item = g_ptr_array_index (self->spare_items, i);

      remove_from (self, self->upper_box, GTK_WIDGET (item), assay_context_item_get_view (item));
    }
  g_ptr_array_set_size (self->spare_items, 0);
  for (guint i = 0; i < self->spare_columns->len; i++)
    {
      AssayResponseColumn *column = g_ptr_array_index (self->spare_columns, i);

      remove_from (self, self->columns_box, GTK_WIDGET (column),
                   assay_response_column_get_view (column));
    }
  g_ptr_array_set_size (self->spare_columns, 0);
}
