/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-shortcuts-page.h"

#include <glib/gi18n.h>

#include "assay-announce.h"
#include "assay-keymap.h"
#include "assay-shortcuts.h"

#define SHORTCUT_DATA "assay-shortcut"
#define KEYS_DATA "assay-keys"

struct _AssayShortcutsPage
{
  AdwNavigationPage parent_instance;

  AdwPreferencesPage *page;
  GPtrArray *rows;   /* AdwActionRow, one for each key that can be changed */
  GtkWidget *reset;  /* brings all defaults back */
  AdwDialog *dialog; /* (nullable): listens to a key; weak pointer */
  GtkLabel *refusal; /* in the dialog */
};

G_DEFINE_FINAL_TYPE (AssayShortcutsPage, assay_shortcuts_page, ADW_TYPE_NAVIGATION_PAGE)

static const AssayShortcut *
row_get_shortcut (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), SHORTCUT_DATA);
}

static void
show_keys (AssayShortcutsPage *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      const AssayShortcut *shortcut = row_get_shortcut (row);
      g_autofree char *accels = assay_keymap_dup_accels (shortcut, TRUE);
      g_auto (GStrv) split = g_strsplit (accels, " ", 2);
      gboolean changed = assay_keymap_is_changed (shortcut);
      guint key = 0;
      GdkModifierType modifiers = 0;
      g_autofree char *label = NULL;

      any |= changed;
      gtk_accelerator_parse (split[0], &key, &modifiers);
      label = gtk_accelerator_get_label (key, modifiers);
      gtk_label_set_text (g_object_get_data (G_OBJECT (row), KEYS_DATA), label);
      /* Not by look alone: the row says it too. */
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                                   changed ? C_ ("shortcut", "Changed") : NULL);
    }
  gtk_widget_set_sensitive (self->reset, any);
}

static void
say_refusal (AssayShortcutsPage *self, const char *text)
{
  gtk_label_set_text (self->refusal, text);
  gtk_widget_set_visible (GTK_WIDGET (self->refusal), TRUE);
  assay_announce (GTK_WIDGET (self->refusal), text);
}

static gboolean
key_pressed_cb (AssayShortcutsPage *self,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                GtkEventController *controller)
{
  const AssayShortcut *shortcut = g_object_get_data (G_OBJECT (self->dialog), SHORTCUT_DATA);
  GdkEvent *event = gtk_event_controller_get_current_event (controller);
  guint key = gdk_keyval_to_lower (keyval);
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  g_autofree char *reason = NULL;
  g_autofree char *accel = NULL;

  if (event != NULL && gdk_key_event_is_modifier (event))
    return GDK_EVENT_STOP;
  if (key == GDK_KEY_Escape && modifiers == 0)
    {
      adw_dialog_close (self->dialog);
      return GDK_EVENT_STOP;
    }
  if (key != GDK_KEY_BackSpace || modifiers != 0)
    {
      /* A sign that needs Shift is the sign, with no modifier of its own. */
      if (shortcut->action == NULL)
        modifiers &= ~(guint) GDK_SHIFT_MASK;
      accel = gtk_accelerator_name (key, modifiers);
    }
  if (assay_keymap_set (shortcut, accel, &reason))
    adw_dialog_close (self->dialog);
  else
    say_refusal (self, reason);
  return GDK_EVENT_STOP;
}

static void
dialog_closed_cb (AssayShortcutsPage *self)
{
  g_clear_weak_pointer (&self->dialog);
  self->refusal = NULL;
  assay_keymap_set_listening (FALSE);
}

static void
row_activated_cb (AssayShortcutsPage *self, GtkWidget *row)
{
  const AssayShortcut *shortcut = row_get_shortcut (row);
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_autofree char *text = NULL;
  GtkWidget *label;

  adw_dialog_set_title (dialog, _ ("New Keys"));
  adw_dialog_set_content_width (dialog, 360);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  g_object_set (box, "margin-top", 12, "margin-bottom", 24, "margin-start", 18, "margin-end", 18,
                "focusable", TRUE, NULL);
  /* Translators: %s is what a key is for. */
  text = g_strdup_printf (_ ("Press the keys for “%s”"), assay_shortcut_get_title (shortcut));
  label = g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "justify", GTK_JUSTIFY_CENTER,
                        NULL);
  gtk_widget_add_css_class (label, "title-4");
  gtk_box_append (GTK_BOX (box), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  label = g_object_new (GTK_TYPE_LABEL, "label",
                        _ ("Escape cancels. Backspace brings the default back."), "wrap", TRUE,
                        "justify", GTK_JUSTIFY_CENTER, NULL);
  gtk_widget_add_css_class (label, "dimmed");
  gtk_box_append (GTK_BOX (box), label);
  label = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "justify", GTK_JUSTIFY_CENTER, "visible",
                        FALSE, NULL);
  gtk_widget_add_css_class (label, "error");
  gtk_box_append (GTK_BOX (box), label);
  self->refusal = GTK_LABEL (label);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), box);
  adw_dialog_set_child (dialog, view);
  adw_dialog_set_focus (dialog, box);

  g_object_set_data (G_OBJECT (dialog), SHORTCUT_DATA, (gpointer) shortcut);
  g_set_weak_pointer (&self->dialog, dialog);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (dialog), keys);
  g_signal_connect_object (dialog, "closed", G_CALLBACK (dialog_closed_cb), self,
                           G_CONNECT_SWAPPED);
  assay_keymap_set_listening (TRUE);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
add_row (AssayShortcutsPage *self, AdwPreferencesGroup *group, const AssayShortcut *shortcut)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *keys = gtk_label_new (NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), assay_shortcut_get_title (shortcut));
  gtk_widget_add_css_class (keys, "dimmed");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), keys);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), SHORTCUT_DATA, (gpointer) shortcut);
  g_object_set_data (G_OBJECT (row), KEYS_DATA, keys);
  g_signal_connect_object (row, "activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static void
add_group (AssayShortcutsPage *self, const AssayShortcutGroup *table)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  guint before = self->rows->len;

  adw_preferences_group_set_title (group, assay_shortcut_group_get_title (table));
  for (guint i = 0; i < table->n_shortcuts; i++)
    if (assay_keymap_is_changeable (&table->shortcuts[i]))
      add_row (self, group, &table->shortcuts[i]);
  if (self->rows->len > before)
    adw_preferences_page_add (self->page, group);
  else
    g_object_ref_sink (group), g_object_unref (group);
}

static void
assay_shortcuts_page_dispose (GObject *object)
{
  AssayShortcutsPage *self = ASSAY_SHORTCUTS_PAGE (object);

  if (self->dialog != NULL)
    assay_keymap_set_listening (FALSE);
  g_clear_weak_pointer (&self->dialog);

  G_OBJECT_CLASS (assay_shortcuts_page_parent_class)->dispose (object);
}

static void
assay_shortcuts_page_finalize (GObject *object)
{
  g_ptr_array_unref (ASSAY_SHORTCUTS_PAGE (object)->rows);

  G_OBJECT_CLASS (assay_shortcuts_page_parent_class)->finalize (object);
}

static void
assay_shortcuts_page_class_init (AssayShortcutsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = assay_shortcuts_page_dispose;
  object_class->finalize = assay_shortcuts_page_finalize;
}

static void
assay_shortcuts_page_init (AssayShortcutsPage *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *bar = adw_header_bar_new ();

  self->rows = g_ptr_array_new ();
  self->page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  self->reset = gtk_button_new_with_mnemonic (_ ("_Reset All"));
  g_signal_connect (self->reset, "clicked", G_CALLBACK (assay_keymap_reset), NULL);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), self->reset);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), bar);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->page));
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _ ("Keyboard Shortcuts"));
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
  for (guint i = 0; i < assay_shortcuts_get_n_groups (); i++)
    add_group (self, assay_shortcuts_get_group (i));
  assay_keymap_connect (G_OBJECT (self), G_CALLBACK (show_keys));
  show_keys (self);
}

AdwNavigationPage *
assay_shortcuts_page_new (void)
{
  return g_object_new (ASSAY_TYPE_SHORTCUTS_PAGE, NULL);
}
