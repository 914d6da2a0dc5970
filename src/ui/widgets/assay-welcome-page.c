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
};

G_DEFINE_FINAL_TYPE (AssayWelcomePage, assay_welcome_page, ADW_TYPE_BIN)

static gboolean
assay_welcome_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (ASSAY_WELCOME_PAGE (widget)->practice_button);
}

static void
assay_welcome_page_dispose (GObject *object)
{
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
