/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-preferences-dialog.h"

#include "assay-settings.h"
#include "assay-shortcuts-page.h"

struct _AssayPreferencesDialog
{
  AdwPreferencesDialog parent_instance;

  /* Template widgets */
  GtkWidget *text_size_row;
  GtkWidget *layout_row;
  GtkWidget *spelling_row;
  GtkWidget *by_response_row;
  GtkWidget *undo_row;
  GtkWidget *clock_row;
  GtkWidget *idle_row;

  GSettings *settings; /* (owned) */
};

G_DEFINE_FINAL_TYPE (AssayPreferencesDialog, assay_preferences_dialog, ADW_TYPE_PREFERENCES_DIALOG)

/* The rows of the combo are the values of the enumeration, in its order. */
static gboolean
get_layout (GValue *value, GVariant *variant, gpointer user_data)
{
  g_value_set_uint (value, g_str_equal (g_variant_get_string (variant, NULL), "one-at-a-time"));
  return TRUE;
}

static GVariant *
set_layout (const GValue *value, const GVariantType *type, gpointer user_data)
{
  return g_variant_new_string (g_value_get_uint (value) == 1 ? "one-at-a-time" : "side-by-side");
}

static void
shortcuts_activated_cb (AssayPreferencesDialog *self)
{
  adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (self), assay_shortcuts_page_new ());
}

static void
assay_preferences_dialog_dispose (GObject *object)
{
  AssayPreferencesDialog *self = ASSAY_PREFERENCES_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_PREFERENCES_DIALOG);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (assay_preferences_dialog_parent_class)->dispose (object);
}

static void
assay_preferences_dialog_class_init (AssayPreferencesDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = assay_preferences_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/preferences/assay-preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayPreferencesDialog, text_size_row);
  gtk_widget_class_bind_template_child (widget_class, AssayPreferencesDialog, layout_row);
  gtk_widget_class_bind_template_child (widget_class, AssayPreferencesDialog, spelling_row);
  gtk_widget_class_bind_template_child (widget_class, AssayPreferencesDialog, by_response_row);
  gtk_widget_class_bind_template_child (widget_class, AssayPreferencesDialog, undo_row);
  gtk_widget_class_bind_template_child (widget_class, AssayPreferencesDialog, clock_row);
  gtk_widget_class_bind_template_child (widget_class, AssayPreferencesDialog, idle_row);
  gtk_widget_class_bind_template_callback (widget_class, shortcuts_activated_cb);
}

static void
assay_preferences_dialog_init (AssayPreferencesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = assay_settings_new ();
  g_settings_bind (self->settings, "text-size", self->text_size_row, "value",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (self->settings, "response-layout", self->layout_row, "selected",
                                G_SETTINGS_BIND_DEFAULT, get_layout, set_layout, NULL, NULL);
  g_settings_bind (self->settings, "check-spelling", self->spelling_row, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "by-response", self->by_response_row, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "undo-window", self->undo_row, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "show-clock", self->clock_row, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "idle-time", self->idle_row, "value", G_SETTINGS_BIND_DEFAULT);
}

AdwDialog *
assay_preferences_dialog_new (void)
{
  return g_object_new (ASSAY_TYPE_PREFERENCES_DIALOG, NULL);
}
