/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-documents-pane-private.h"

#define TEXT_STEP 1.1

gboolean
assay_documents_pane_focus_response (AssayDocumentsPane *self, guint place)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENTS_PANE (self), FALSE);

  if (place >= self->columns->len)
    return FALSE;
  _assay_documents_pane_choose_response (self, place);
  gtk_widget_grab_focus (GTK_WIDGET (_assay_documents_pane_get_column (self, place)));
  return TRUE;
}

guint
assay_documents_pane_get_current_response (AssayDocumentsPane *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENTS_PANE (self), 0);

  return _assay_documents_pane_is_draft (self, self->current) ? self->before_draft[0]
                                                              : self->current;
}

void
assay_documents_pane_set_current_response (AssayDocumentsPane *self, guint place)
{
  gboolean on_prompt_page;
  gboolean at_response;

  g_return_if_fail (ASSAY_IS_DOCUMENTS_PANE (self));

  if (place >= self->columns->len || place == self->current)
    return;
  on_prompt_page = self->on_prompt_page;
  at_response = self->at_response;
  _assay_documents_pane_choose_response (self, place);
  self->at_response = at_response;
  if (on_prompt_page)
    {
      self->on_prompt_page = TRUE;
      _assay_documents_pane_update_layout (self);
    }
}

gboolean
assay_documents_pane_focus_prompt (AssayDocumentsPane *self)
{
  GtkWidget *item = NULL;

  g_return_val_if_fail (ASSAY_IS_DOCUMENTS_PANE (self), FALSE);

  if (self->items->len == 0)
    return FALSE;
  for (guint i = 0; i < self->items->len && item == NULL; i++)
    if (assay_context_item_get_expanded (g_ptr_array_index (self->items, i)))
      item = g_ptr_array_index (self->items, i);
  self->on_prompt_page = TRUE;
  _assay_documents_pane_update_layout (self);
  return gtk_widget_grab_focus (item ? item : g_ptr_array_index (self->items, 0));
}

void
assay_documents_pane_show_pair (AssayDocumentsPane *self, guint first, guint second)
{
  g_return_if_fail (ASSAY_IS_DOCUMENTS_PANE (self));

  if (first >= self->columns->len || second >= self->columns->len)
    return;
  self->pinned = first;
  _assay_documents_pane_choose_response (self, second);
}

gboolean
assay_documents_pane_step_context (AssayDocumentsPane *self, int step)
{
  GtkWidget *focus;
  AssayContextItem *item;
  int from = -1;
  int to;

  g_return_val_if_fail (ASSAY_IS_DOCUMENTS_PANE (self), FALSE);
  g_return_val_if_fail (step == -1 || step == 1, FALSE);

  focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  for (guint i = 0; i < self->items->len && focus != NULL; i++)
    if (focus == g_ptr_array_index (self->items, i)
        || gtk_widget_is_ancestor (focus, g_ptr_array_index (self->items, i)))
      from = (int) i;
  to = from >= 0 ? from + step : step > 0 ? 0 : (int) self->items->len - 1;
  if (to < 0 || to >= (int) self->items->len)
    return FALSE;
  item = g_ptr_array_index (self->items, to);
  assay_context_item_set_expanded (item, TRUE);
  self->on_prompt_page = TRUE;
  _assay_documents_pane_update_layout (self);
  return gtk_widget_grab_focus (GTK_WIDGET (item));
}

void
assay_documents_pane_zoom (AssayDocumentsPane *self, int step)
{
  g_return_if_fail (ASSAY_IS_DOCUMENTS_PANE (self));

  assay_documents_pane_set_text_scale (self, step > 0   ? self->text_scale * TEXT_STEP
                                             : step < 0 ? self->text_scale / TEXT_STEP
                                                        : 1);
}

char *
assay_documents_pane_dup_selection (AssayDocumentsPane *self,
                                    AssayDocument **document,
                                    gsize *start,
                                    gsize *end)
{
  AssayDocumentView *views[] = { NULL, NULL };

  g_return_val_if_fail (ASSAY_IS_DOCUMENTS_PANE (self), NULL);

  views[0] = self->last_view;
  /* Whoever is in a text means that text, and not what is selected elsewhere. */
  if (gtk_widget_get_focus_child (GTK_WIDGET (self)) == NULL)
    views[1] = self->selected_view;

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      char *selection =
          views[i] != NULL ? assay_document_view_dup_selection (views[i], start, end) : NULL;

      if (selection == NULL)
        continue;
      if (document != NULL)
        *document = assay_document_view_get_document (views[i]);
      return selection;
    }
  return NULL;
}

static void
zoom_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  assay_documents_pane_zoom (ASSAY_DOCUMENTS_PANE (widget),
                             g_str_has_suffix (action, "larger-text")    ? 1
                             : g_str_has_suffix (action, "smaller-text") ? -1
                                                                         : 0);
}

static void
focus_response_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  int number = g_variant_get_int32 (parameter);

  if (number < 1
      || !assay_documents_pane_focus_response (ASSAY_DOCUMENTS_PANE (widget), number - 1))
    gtk_widget_error_bell (widget);
}

static void
find_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  assay_documents_pane_find (ASSAY_DOCUMENTS_PANE (widget));
}

static void
find_again_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  assay_documents_pane_find_again (ASSAY_DOCUMENTS_PANE (widget),
                                   g_str_has_suffix (action, "next") ? 1 : -1);
}

static void
quote_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (!assay_documents_pane_quote (ASSAY_DOCUMENTS_PANE (widget)))
    gtk_widget_error_bell (widget);
}

static void
mark_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (!assay_documents_pane_mark (ASSAY_DOCUMENTS_PANE (widget)))
    gtk_widget_error_bell (widget);
}

static gboolean
take_selection_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  if (!assay_documents_pane_take_selection (ASSAY_DOCUMENTS_PANE (widget)))
    gtk_widget_error_bell (widget);
  return GDK_EVENT_STOP;
}

static void
additions_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  _assay_documents_pane_list_additions (ASSAY_DOCUMENTS_PANE (widget));
}

void
_assay_documents_pane_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_property_action (widget_class, "documents.show-source", "show-source");
  gtk_widget_class_install_property_action (widget_class, "documents.view-mode", "view-mode");
  gtk_widget_class_install_property_action (widget_class, "documents.differences", "differences");
  gtk_widget_class_install_property_action (widget_class, "documents.against-all", "against-all");
  gtk_widget_class_install_property_action (widget_class, "documents.linked-scrolling",
                                            "linked-scrolling");
  gtk_widget_class_install_action (widget_class, "documents.larger-text", NULL, zoom_action_cb);
  gtk_widget_class_install_action (widget_class, "documents.smaller-text", NULL, zoom_action_cb);
  gtk_widget_class_install_action (widget_class, "documents.normal-text", NULL, zoom_action_cb);
  gtk_widget_class_install_action (widget_class, "documents.focus-response", "i",
                                   focus_response_action_cb);
  gtk_widget_class_install_action (widget_class, "documents.find", NULL, find_action_cb);
  gtk_widget_class_install_action (widget_class, "documents.find-next", NULL, find_again_action_cb);
  gtk_widget_class_install_action (widget_class, "documents.find-previous", NULL,
                                   find_again_action_cb);
  gtk_widget_class_install_action (widget_class, "documents.quote", NULL, quote_action_cb);
  gtk_widget_class_install_action (widget_class, "documents.mark", NULL, mark_action_cb);
  gtk_widget_class_install_action (widget_class, "documents.additions", NULL, additions_action_cb);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "documents.find",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, GDK_CONTROL_MASK,
                                       "documents.find-next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "documents.find-previous", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_m, GDK_CONTROL_MASK, take_selection_cb, NULL);
  for (int i = 1; i <= 9; i++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0 + i, GDK_CONTROL_MASK,
                                         "documents.focus-response", "i", i);
}
