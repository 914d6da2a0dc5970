/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-documents-pane-private.h"

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

void
_assay_documents_pane_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_property_action (widget_class, "documents.show-source", "show-source");
  gtk_widget_class_install_property_action (widget_class, "documents.view-mode", "view-mode");
  gtk_widget_class_install_property_action (widget_class, "documents.differences", "differences");
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

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "documents.find",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, GDK_CONTROL_MASK,
                                       "documents.find-next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "documents.find-previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, GDK_CONTROL_MASK, "documents.quote",
                                       NULL);
  for (int i = 1; i <= 9; i++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0 + i, GDK_CONTROL_MASK,
                                         "documents.focus-response", "i", i);
}
