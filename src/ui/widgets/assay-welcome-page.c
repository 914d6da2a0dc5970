/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-welcome-page.h"

#include "assay-widget.h"

struct _AssayWelcomePage
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkMenuButton *menu_button;
  AdwStatusPage *status;
  GtkWidget *practice_button;
  GtkWidget *rescued_button;

  AssaySession *session; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (AssayWelcomePage, assay_welcome_page, ADW_TYPE_BIN)

static gboolean
assay_welcome_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (ASSAY_WELCOME_PAGE (widget)->practice_button);
}

static DexFuture *
health_cb (DexFuture *future, gpointer user_data)
{
  AssayWelcomePage *self = user_data;
  const GValue *value = dex_future_get_value (future, NULL);
  const AssayStoreHealth *health = value != NULL ? g_value_get_boxed (value) : NULL;
  const AssayRescueFigures *figures;

  if (health == NULL || health->rescue == NULL || self->rescued_button == NULL)
    return NULL;
  figures = assay_rescue_report_get_figures (health->rescue);
  gtk_widget_set_visible (self->rescued_button, figures->n_drafts > 0 || figures->n_judgements > 0
                                                    || figures->n_waiting > 0
                                                    || figures->n_spooled > 0);
  return NULL;
}

static void
look_for_rescue (AssayWelcomePage *self)
{
  AssayStore *store = assay_session_get_store (self->session);

  if (store != NULL)
    dex_future_disown (dex_future_finally (assay_store_get_health (store), health_cb,
                                           g_object_ref (self), g_object_unref));
}

static void
session_state_cb (AssayWelcomePage *self)
{
  AssayStore *store = assay_session_get_store (self->session);

  if (store == NULL)
    return;
  g_signal_connect_object (store, "damage-found", G_CALLBACK (look_for_rescue), self,
                           G_CONNECT_SWAPPED);
  look_for_rescue (self);
}

static void
assay_welcome_page_dispose (GObject *object)
{
  AssayWelcomePage *self = ASSAY_WELCOME_PAGE (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_WELCOME_PAGE);

  G_OBJECT_CLASS (assay_welcome_page_parent_class)->dispose (object);
}

static void
assay_welcome_page_class_init (AssayWelcomePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = assay_welcome_page_dispose;
  widget_class->grab_focus = assay_welcome_page_grab_focus;

  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/widgets/assay-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayWelcomePage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, AssayWelcomePage, status);
  gtk_widget_class_bind_template_child (widget_class, AssayWelcomePage, practice_button);
  gtk_widget_class_bind_template_child (widget_class, AssayWelcomePage, rescued_button);
}

static void
assay_welcome_page_init (AssayWelcomePage *self)
{
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());

  gtk_widget_init_template (GTK_WIDGET (self));

  adw_status_page_set_icon_name (self->status, ASSAY_APP_ID);
  if (application != NULL)
    assay_widget_set_menu (self->menu_button,
                           G_MENU_MODEL (
                               gtk_application_get_menu_by_id (application, "primary-menu")));
}

GtkWidget *
assay_welcome_page_new (void)
{
  return g_object_new (ASSAY_TYPE_WELCOME_PAGE, NULL);
}

void
assay_welcome_page_set_session (AssayWelcomePage *self, AssaySession *session)
{
  g_return_if_fail (ASSAY_IS_WELCOME_PAGE (self));
  g_return_if_fail (ASSAY_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "notify::state", G_CALLBACK (session_state_cb), self);
  session_state_cb (self);
}
