/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-spelling.h"

#include <libspelling.h>

#include "assay-dictionaries.h"

struct _AssaySpelling
{
  GObject parent_instance;

  GtkSourceView *view;                /* (nullable): weak pointer */
  GMenuModel *menu;                   /* (owned) (nullable) */
  SpellingTextBufferAdapter *adapter; /* (owned) (nullable): made when first needed */
  char *language;                     /* "" for the desktop's */
  char *note;
  DexFuture *loading; /* (owned) (nullable): of the dictionary that is wanted now */
  gboolean wanted;
  gboolean applying; /* the adapter follows the property */
};

G_DEFINE_FINAL_TYPE (AssaySpelling, assay_spelling, G_TYPE_OBJECT)

typedef enum
{
  PROP_LANGUAGE = 1,
  PROP_NOTE,
} AssaySpellingProperty;

static GParamSpec *properties[PROP_NOTE + 1];

static void
set_note (AssaySpelling *self, const char *note)
{
  if (g_set_str (&self->note, note))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTE]);
}

/* A choice in the menu of the view is the person's for other texts too. */
static void
language_chosen_cb (AssaySpelling *self)
{
  if (!self->applying)
    assay_spelling_set_language (self, spelling_text_buffer_adapter_get_language (self->adapter));
}

static void
make_adapter (AssaySpelling *self, SpellingChecker *checker)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkSourceBuffer *buffer =
      GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)));

  self->adapter = spelling_text_buffer_adapter_new (buffer, checker);
  g_signal_connect_object (self->adapter, "notify::language", G_CALLBACK (language_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_menu_append_section (menu, NULL, spelling_text_buffer_adapter_get_menu_model (self->adapter));
  if (self->menu != NULL)
    g_menu_append_section (menu, NULL, self->menu);
  gtk_text_view_set_extra_menu (GTK_TEXT_VIEW (self->view), G_MENU_MODEL (menu));
  gtk_widget_insert_action_group (GTK_WIDGET (self->view), "spelling",
                                  G_ACTION_GROUP (self->adapter));
}

static void
use_dictionary (AssaySpelling *self, const char *code)
{
  if (self->adapter == NULL)
    {
      g_autoptr (SpellingChecker) checker =
          spelling_checker_new (spelling_provider_get_default (), code);

      make_adapter (self, checker);
    }
  self->applying = TRUE;
  spelling_text_buffer_adapter_set_language (self->adapter, code);
  self->applying = FALSE;
}

static DexFuture *
loaded_cb (DexFuture *future, gpointer user_data)
{
  AssaySpelling *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *code = dex_future_get_value (future, &error);

  if (self->loading != future || self->view == NULL)
    return NULL;
  dex_clear (&self->loading);
  if (code != NULL)
    use_dictionary (self, g_value_get_string (code));
  else
    g_message ("%s", error->message);
  set_note (self, code != NULL ? "" : error->message);
  if (self->adapter != NULL)
    spelling_text_buffer_adapter_set_enabled (self->adapter, code != NULL);
  return NULL;
}

static void
load_dictionary (AssaySpelling *self)
{
  dex_clear (&self->loading);
  self->loading = assay_dictionaries_load (self->language);
  dex_future_disown (
      dex_future_finally (dex_ref (self->loading), loaded_cb, g_object_ref (self), g_object_unref));
}

static void
assay_spelling_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  AssaySpelling *self = ASSAY_SPELLING (object);

  switch ((AssaySpellingProperty) property)
    {
    case PROP_LANGUAGE:
      g_value_set_string (value, self->language);
      break;
    case PROP_NOTE:
      g_value_set_string (value, self->note);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
assay_spelling_set_property (GObject *object,
                             guint property,
                             const GValue *value,
                             GParamSpec *pspec)
{
  switch ((AssaySpellingProperty) property)
    {
    case PROP_LANGUAGE:
      assay_spelling_set_language (ASSAY_SPELLING (object), g_value_get_string (value));
      break;
    case PROP_NOTE:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
assay_spelling_finalize (GObject *object)
{
  AssaySpelling *self = ASSAY_SPELLING (object);

  g_clear_weak_pointer (&self->view);
  g_clear_object (&self->menu);
  g_clear_object (&self->adapter);
  dex_clear (&self->loading);
  g_free (self->language);
  g_free (self->note);

  G_OBJECT_CLASS (assay_spelling_parent_class)->finalize (object);
}

static void
assay_spelling_class_init (AssaySpellingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = assay_spelling_get_property;
  object_class->set_property = assay_spelling_set_property;
  object_class->finalize = assay_spelling_finalize;

  properties[PROP_LANGUAGE] =
      g_param_spec_string ("language", NULL, NULL, "",
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_NOTE] =
      g_param_spec_string ("note", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
assay_spelling_init (AssaySpelling *self)
{
  self->language = g_strdup ("");
  self->note = g_strdup ("");
}

static gboolean
key_pressed_cb (GtkWidget *view, guint keyval, guint keycode, GdkModifierType state)
{
  guint back =
      gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL ? GDK_KEY_Right : GDK_KEY_Left;

  if ((state & gtk_accelerator_get_default_mod_mask ()) != GDK_ALT_MASK
      || (keyval != GDK_KEY_Left && keyval != GDK_KEY_Right && keyval != GDK_KEY_Up
          && keyval != GDK_KEY_Down))
    return GDK_EVENT_PROPAGATE;
  if (keyval == back)
    gtk_widget_activate_action (view, "navigation.pop", NULL);
  return GDK_EVENT_STOP;
}

AssaySpelling *
assay_spelling_new (GtkSourceView *view, GMenuModel *menu)
{
  AssaySpelling *self;
  GtkEventController *keys;

  g_return_val_if_fail (GTK_SOURCE_IS_VIEW (view), NULL);
  g_return_val_if_fail (menu == NULL || G_IS_MENU_MODEL (menu), NULL);

  self = g_object_new (ASSAY_TYPE_SPELLING, NULL);
  g_set_weak_pointer (&self->view, view);
  g_set_object (&self->menu, menu);
  if (menu != NULL)
    gtk_text_view_set_extra_menu (GTK_TEXT_VIEW (view), menu);
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), view);
  gtk_widget_add_controller (GTK_WIDGET (view), keys);
  return self;
}

void
assay_spelling_set_wanted (AssaySpelling *self, gboolean wanted)
{
  g_return_if_fail (ASSAY_IS_SPELLING (self));

  wanted = wanted && self->view != NULL;
  if (wanted && self->wanted && *self->note == '\0')
    return;
  self->wanted = wanted;
  if (wanted)
    {
      load_dictionary (self);
      return;
    }
  dex_clear (&self->loading);
  set_note (self, "");
  if (self->adapter != NULL)
    spelling_text_buffer_adapter_set_enabled (self->adapter, FALSE);
}

const char *
assay_spelling_get_language (AssaySpelling *self)
{
  g_return_val_if_fail (ASSAY_IS_SPELLING (self), NULL);

  return self->language;
}

void
assay_spelling_set_language (AssaySpelling *self, const char *language)
{
  g_return_if_fail (ASSAY_IS_SPELLING (self));

  if (!g_set_str (&self->language, language != NULL ? language : ""))
    return;
  if (self->wanted)
    load_dictionary (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LANGUAGE]);
}

const char *
assay_spelling_get_note (AssaySpelling *self)
{
  g_return_val_if_fail (ASSAY_IS_SPELLING (self), NULL);

  return self->note;
}
