/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-preferences-dialog.h"

#include <glib/gi18n.h>
#include <libspelling.h>

#include "assay-dictionaries.h"
#include "assay-settings.h"
#include "assay-shortcuts-page.h"

struct _AssayPreferencesDialog
{
  AdwPreferencesDialog parent_instance;

  /* Template widgets */
  GtkWidget *text_size_row;
  GtkWidget *layout_row;
  AdwSwitchRow *spelling_row;
  AdwComboRow *language_row;
  GtkWidget *by_response_row;
  GtkWidget *confidence_row;
  GtkWidget *notify_row;
  GtkWidget *undo_row;
  GtkWidget *clock_row;
  GtkWidget *idle_row;

  GSettings *settings;  /* (owned) */
  GPtrArray *languages; /* (owned) of char: codes, in the order of the row */
};

G_DEFINE_FINAL_TYPE (AssayPreferencesDialog, assay_preferences_dialog, ADW_TYPE_PREFERENCES_DIALOG)

/* The rows of the combo are the values of the enumeration, in its order. */
/* In the order of the row. */
static const char *const layouts[] = { "side-by-side", "differences", "one-at-a-time", NULL };

static gboolean
get_layout (GValue *value, GVariant *variant, gpointer user_data)
{
  const char *name = g_variant_get_string (variant, NULL);
  guint selected = 0;

  for (guint i = 0; layouts[i] != NULL; i++)
    if (g_str_equal (layouts[i], name))
      selected = i;
  g_value_set_uint (value, selected);
  return TRUE;
}

static GVariant *
set_layout (const GValue *value, const GVariantType *type, gpointer user_data)
{
  guint selected = g_value_get_uint (value);

  return g_variant_new_string (layouts[selected < G_N_ELEMENTS (layouts) - 1 ? selected : 0]);
}

/* The row is an index into the codes; the first is the desktop's language. */
static gboolean
get_language (GValue *value, GVariant *variant, gpointer user_data)
{
  AssayPreferencesDialog *self = user_data;
  guint index = 0;

  if (!g_ptr_array_find_with_equal_func (self->languages, g_variant_get_string (variant, NULL),
                                         g_str_equal, &index))
    index = 0;
  g_value_set_uint (value, index);
  return TRUE;
}

static GVariant *
set_language (const GValue *value, const GVariantType *type, gpointer user_data)
{
  AssayPreferencesDialog *self = user_data;
  guint index = g_value_get_uint (value);

  return index < self->languages->len ? g_variant_new_string (self->languages->pdata[index]) : NULL;
}

static void
list_languages (AssayPreferencesDialog *self)
{
  g_autoptr (GListModel) found = assay_dictionaries_list ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n = g_list_model_get_n_items (found);

  gtk_string_list_append (names, _ ("As the desktop"));
  g_ptr_array_add (self->languages, g_strdup (""));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SpellingLanguage) language = g_list_model_get_item (found, i);

      gtk_string_list_append (names, spelling_language_get_name (language));
      g_ptr_array_add (self->languages, g_strdup (spelling_language_get_code (language)));
    }
  adw_combo_row_set_model (self->language_row, G_LIST_MODEL (names));
  if (n == 0)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->language_row),
                                 _ ("No dictionary is installed"));
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
  g_clear_pointer (&self->languages, g_ptr_array_unref);

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
  gtk_widget_class_bind_template_child (widget_class, AssayPreferencesDialog, language_row);
  gtk_widget_class_bind_template_child (widget_class, AssayPreferencesDialog, by_response_row);
  gtk_widget_class_bind_template_child (widget_class, AssayPreferencesDialog, confidence_row);
  gtk_widget_class_bind_template_child (widget_class, AssayPreferencesDialog, notify_row);
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
  self->languages = g_ptr_array_new_with_free_func (g_free);
  list_languages (self);
  g_settings_bind (self->settings, "text-size", self->text_size_row, "value",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (self->settings, "response-layout", self->layout_row, "selected",
                                G_SETTINGS_BIND_DEFAULT, get_layout, set_layout, NULL, NULL);
  g_settings_bind (self->settings, "check-spelling", self->spelling_row, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (self->settings, "spelling-language", self->language_row, "selected",
                                G_SETTINGS_BIND_DEFAULT, get_language, set_language, self, NULL);
  g_settings_bind (self->settings, "notify", self->notify_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "ask-confidence", self->confidence_row, "active",
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
