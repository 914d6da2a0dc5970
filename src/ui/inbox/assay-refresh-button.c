/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-refresh-button.h"

#include "assay-widget.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _AssayRefreshButton
{
  GtkWidget parent_instance;

  GtkWidget *button; /* the child */
  GtkWidget *stack;
  GtkWidget *icon;
  GtkWidget *spinner;

  AssaySession *session; /* (owned) (nullable) */
  AssayEngine *engine;   /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (AssayRefreshButton, assay_refresh_button, GTK_TYPE_WIDGET)

static void
update (AssayRefreshButton *self)
{
  gboolean busy = FALSE;

  if (self->engine == NULL || self->button == NULL)
    return;
  g_object_get (self->engine, "busy", &busy, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          g_list_model_get_n_items (G_LIST_MODEL (self->engine)) > 0);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), busy ? self->spinner : self->icon);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_BUSY, busy, -1);
  assay_widget_set_tooltip (self->button, busy ? _ ("Asking the Platforms…") : _ ("Refresh"));
}

static void
session_state_cb (AssayRefreshButton *self)
{
  AssayEngine *engine = assay_session_get_engine (self->session);

  if (engine == NULL || self->engine != NULL)
    return;
  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::busy", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
assay_refresh_button_dispose (GObject *object)
{
  AssayRefreshButton *self = ASSAY_REFRESH_BUTTON (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->button, gtk_widget_unparent);

  G_OBJECT_CLASS (assay_refresh_button_parent_class)->dispose (object);
}

static void
assay_refresh_button_class_init (AssayRefreshButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = assay_refresh_button_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
assay_refresh_button_init (AssayRefreshButton *self)
{
  self->button = gtk_button_new ();
  self->stack = gtk_stack_new ();
  self->icon = gtk_image_new_from_icon_name ("view-refresh-symbolic");
  self->spinner = adw_spinner_new ();
  gtk_stack_add_child (GTK_STACK (self->stack), self->icon);
  gtk_stack_add_child (GTK_STACK (self->stack), self->spinner);
  gtk_button_set_child (GTK_BUTTON (self->button), self->stack);
  gtk_widget_add_css_class (self->button, "image-button");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "win.refresh");
  assay_widget_set_tooltip (self->button, _ ("Refresh"));
  /* What is shown in it changes; what it does not. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Refresh"), -1);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
assay_refresh_button_set_session (AssayRefreshButton *self, AssaySession *session)
{
  g_return_if_fail (ASSAY_IS_REFRESH_BUTTON (self));
  g_return_if_fail (ASSAY_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "notify::state", G_CALLBACK (session_state_cb), self);
  session_state_cb (self);
}
