/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-spelling.h"

#include <glib/gi18n.h>
#include <libspelling.h>

struct _AssaySpelling
{
  GObject parent_instance;

  GtkSourceView *view;                /* (nullable): weak pointer */
  GMenuModel *menu;                   /* (owned) (nullable) */
  SpellingTextBufferAdapter *adapter; /* (owned) (nullable): made when first needed */
  char *language;                     /* "" for the desktop's */
  char *note;
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

static gboolean
has_dictionaries (void)
{
  g_autoptr (GListModel) languages =
      spelling_provider_list_languages (spelling_provider_get_default ());

  return languages != NULL && g_list_model_get_n_items (languages) > 0;
}

/* A choice in the menu of the view is the person's for other texts too. */
static void
language_chosen_cb (AssaySpelling *self)
{
  if (!self->applying)
    assay_spelling_set_language (self, spelling_text_buffer_adapter_get_language (self->adapter));
}

static void
apply_language (AssaySpelling *self)
{
  SpellingProvider *provider = spelling_provider_get_default ();
  const char *wanted =
      *self->language != '\0' ? self->language : spelling_provider_get_default_code (provider);

  if (self->adapter == NULL)
    return;
  set_note (self, "");
  if (wanted == NULL || !spelling_provider_supports_language (provider, wanted))
    {
      g_autofree char *note = NULL;

      if (*self->language == '\0')
        return;
      /* Translators: %s is the code of a language, as in "de_DE". */
      note = g_strdup_printf (_ ("Spelling is not checked: no dictionary for “%s” is installed."),
                              self->language);
      set_note (self, note);
      spelling_text_buffer_adapter_set_enabled (self->adapter, FALSE);
      return;
    }
  self->applying = TRUE;
  spelling_text_buffer_adapter_set_language (self->adapter, wanted);
  self->applying = FALSE;
}

static void
make_adapter (AssaySpelling *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkSourceBuffer *buffer =
      GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)));

  self->adapter = spelling_text_buffer_adapter_new (buffer, spelling_checker_get_default ());
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

AssaySpelling *
assay_spelling_new (GtkSourceView *view, GMenuModel *menu)
{
  AssaySpelling *self;

  g_return_val_if_fail (GTK_SOURCE_IS_VIEW (view), NULL);
  g_return_val_if_fail (menu == NULL || G_IS_MENU_MODEL (menu), NULL);

  self = g_object_new (ASSAY_TYPE_SPELLING, NULL);
  g_set_weak_pointer (&self->view, view);
  g_set_object (&self->menu, menu);
  if (menu != NULL)
    gtk_text_view_set_extra_menu (GTK_TEXT_VIEW (view), menu);
  return self;
}

void
assay_spelling_set_wanted (AssaySpelling *self, gboolean wanted)
{
  g_return_if_fail (ASSAY_IS_SPELLING (self));

  if (!wanted || self->view == NULL)
    {
      set_note (self, "");
      if (self->adapter != NULL)
        spelling_text_buffer_adapter_set_enabled (self->adapter, FALSE);
      return;
    }
  if (self->adapter == NULL)
    {
      if (!has_dictionaries ())
        {
          g_message ("No spelling dictionary is installed");
          set_note (self, _ ("Spelling is not checked: no dictionary is installed."));
          return;
        }
      make_adapter (self);
    }
  spelling_text_buffer_adapter_set_enabled (self->adapter, TRUE);
  apply_language (self);
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
  if (self->adapter != NULL && spelling_text_buffer_adapter_get_enabled (self->adapter))
    apply_language (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LANGUAGE]);
}

const char *
assay_spelling_get_note (AssaySpelling *self)
{
  g_return_val_if_fail (ASSAY_IS_SPELLING (self), NULL);

  return self->note;
}
