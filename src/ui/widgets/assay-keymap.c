/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-keymap.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-settings.h"

#define KEYS_SETTING "shortcuts"

#define ASSAY_TYPE_KEYMAP (assay_keymap_get_type ())
G_DECLARE_FINAL_TYPE (AssayKeymap, assay_keymap, ASSAY, KEYMAP, GObject)

struct _AssayKeymap
{
  GObject parent_instance;

  GSettings *settings;     /* (owned) (nullable): tests may have none */
  GHashTable *chosen;      /* (owned): id of a row → accelerator */
  GHashTable *translation; /* (owned): symbol pressed → symbol meant */
  gboolean listening;
};

G_DEFINE_FINAL_TYPE (AssayKeymap, assay_keymap, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static char *
dup_first (const AssayShortcut *shortcut)
{
  return g_strndup (shortcut->accels, strcspn (shortcut->accels, " "));
}

/* Letters and signs, which act while no text has the focus. */
static gboolean
is_plain (guint key, GdkModifierType modifiers)
{
  return (modifiers & ~(guint) GDK_SHIFT_MASK) == 0 && key > GDK_KEY_space && key < 0x7f;
}

/* Plain keys are told apart by what they do, not by where the table has them. */
static char *
make_id (const AssayShortcut *shortcut)
{
  g_autofree char *first = NULL;

  if (shortcut->action != NULL)
    return g_strdup (shortcut->action);
  first = dup_first (shortcut);
  return g_strconcat ("key.", first, NULL);
}

gboolean
assay_keymap_is_changeable (const AssayShortcut *shortcut)
{
  g_autofree char *first = NULL;
  guint key;
  GdkModifierType modifiers;

  g_return_val_if_fail (shortcut != NULL, FALSE);

  first = dup_first (shortcut);
  if (strstr (first, "...") != NULL || !gtk_accelerator_parse (first, &key, &modifiers))
    return FALSE;
  return shortcut->action != NULL || is_plain (key, modifiers);
}

static void
read_translation (AssayKeymap *self)
{
  g_hash_table_remove_all (self->translation);
  for (guint i = 0; i < assay_shortcuts_get_n_groups (); i++)
    {
      const AssayShortcutGroup *group = assay_shortcuts_get_group (i);

      for (guint j = 0; j < group->n_shortcuts; j++)
        {
          g_autofree char *id = make_id (&group->shortcuts[j]);
          g_autofree char *first = dup_first (&group->shortcuts[j]);
          const char *accel = g_hash_table_lookup (self->chosen, id);
          guint meant;
          guint pressed;

          if (group->shortcuts[j].action != NULL || accel == NULL
              || !gtk_accelerator_parse (accel, &pressed, NULL)
              || !gtk_accelerator_parse (first, &meant, NULL))
            continue;
          g_hash_table_insert (self->translation, GUINT_TO_POINTER (pressed),
                               GUINT_TO_POINTER (meant));
          if (!g_hash_table_contains (self->translation, GUINT_TO_POINTER (meant)))
            g_hash_table_insert (self->translation, GUINT_TO_POINTER (meant),
                                 GUINT_TO_POINTER (GDK_KEY_VoidSymbol));
        }
    }
}

static void
read_settings (AssayKeymap *self)
{
  g_autoptr (GVariant) value = NULL;
  GVariantIter iter;
  const char *id;
  const char *accel;

  g_hash_table_remove_all (self->chosen);
  if (self->settings != NULL)
    {
      value = g_settings_get_value (self->settings, KEYS_SETTING);
      g_variant_iter_init (&iter, value);
      while (g_variant_iter_next (&iter, "{&s&s}", &id, &accel))
        {
          guint key;

          if (gtk_accelerator_parse (accel, &key, NULL))
            g_hash_table_insert (self->chosen, g_strdup (id), g_strdup (accel));
        }
    }
  read_translation (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
assay_keymap_finalize (GObject *object)
{
  AssayKeymap *self = ASSAY_KEYMAP (object);

  g_clear_object (&self->settings);
  g_hash_table_unref (self->chosen);
  g_hash_table_unref (self->translation);

  G_OBJECT_CLASS (assay_keymap_parent_class)->finalize (object);
}

static void
assay_keymap_class_init (AssayKeymapClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = assay_keymap_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
assay_keymap_init (AssayKeymap *self)
{
  self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->translation = g_hash_table_new (NULL, NULL);
  if (!assay_settings_exist ())
    return;
  self->settings = assay_settings_new ();
  g_signal_connect_object (self->settings, "changed::" KEYS_SETTING, G_CALLBACK (read_settings),
                           self, G_CONNECT_SWAPPED);
  read_settings (self);
}

/* One for the process, as the settings are. */
static AssayKeymap *
get_keymap (void)
{
  static AssayKeymap *keymap = NULL;

  if (keymap == NULL)
    keymap = g_object_new (ASSAY_TYPE_KEYMAP, NULL);
  return keymap;
}

char *
assay_keymap_dup_accels (const AssayShortcut *shortcut, gboolean shown)
{
  g_autofree char *id = NULL;
  const char *more;
  const char *rest;
  const char *accel;

  g_return_val_if_fail (shortcut != NULL, NULL);

  id = make_id (shortcut);
  more = shown ? NULL : shortcut->more;
  accel = g_hash_table_lookup (get_keymap ()->chosen, id);
  if (accel == NULL || !assay_keymap_is_changeable (shortcut))
    return g_strjoin (" ", shortcut->accels, more, NULL);
  rest = strchr (shortcut->accels, ' ');
  if (rest == NULL)
    return g_strjoin (" ", accel, more, NULL);
  return g_strjoin (" ", accel, rest + 1, more, NULL);
}

gboolean
assay_keymap_is_changed (const AssayShortcut *shortcut)
{
  g_autofree char *id = NULL;

  g_return_val_if_fail (shortcut != NULL, FALSE);

  id = make_id (shortcut);
  return g_hash_table_contains (get_keymap ()->chosen, id);
}

static gboolean
means_key (const char *accel, guint key, GdkModifierType modifiers)
{
  const char *dots = strstr (accel, "...");
  guint own_key;
  GdkModifierType own_modifiers;

  if (dots != NULL)
    {
      g_autofree char *begin = g_strndup (accel, dots - accel);

      /* A range goes to nine, and zero follows. */
      return gtk_accelerator_parse (begin, &own_key, &own_modifiers) && own_modifiers == modifiers
             && key >= GDK_KEY_0 && key <= GDK_KEY_9;
    }
  return gtk_accelerator_parse (accel, &own_key, &own_modifiers) && own_modifiers == modifiers
         && gdk_keyval_to_lower (own_key) == gdk_keyval_to_lower (key);
}

/* Another row that has the key. */
static const AssayShortcut *
find_owner (const AssayShortcut *except, guint key, GdkModifierType modifiers)
{
  for (guint i = 0; i < assay_shortcuts_get_n_groups (); i++)
    {
      const AssayShortcutGroup *group = assay_shortcuts_get_group (i);

      for (guint j = 0; j < group->n_shortcuts; j++)
        {
          g_autofree char *all = NULL;
          g_auto (GStrv) accels = NULL;

          if (&group->shortcuts[j] == except)
            continue;
          all = assay_keymap_dup_accels (&group->shortcuts[j], FALSE);
          accels = g_strsplit (all, " ", -1);
          for (guint k = 0; accels[k] != NULL; k++)
            if (means_key (accels[k], key, modifiers))
              return &group->shortcuts[j];
        }
    }
  return NULL;
}

static void
store (AssayKeymap *self)
{
  GVariantBuilder builder;
  GHashTableIter iter;
  const char *id;
  const char *accel;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_hash_table_iter_init (&iter, self->chosen);
  while (g_hash_table_iter_next (&iter, (gpointer *) &id, (gpointer *) &accel))
    g_variant_builder_add (&builder, "{ss}", id, accel);
  g_settings_set_value (self->settings, KEYS_SETTING, g_variant_builder_end (&builder));
}

gboolean
assay_keymap_set (const AssayShortcut *shortcut, const char *accel, char **reason)
{
  AssayKeymap *self = get_keymap ();
  const AssayShortcut *owner;
  g_autofree char *wanted = NULL;
  g_autofree char *id = NULL;
  guint key = 0;
  GdkModifierType modifiers = 0;

  g_return_val_if_fail (shortcut != NULL, FALSE);
  g_return_val_if_fail (assay_keymap_is_changeable (shortcut), FALSE);
  g_return_val_if_fail (reason != NULL, FALSE);

  *reason = NULL;
  wanted = accel != NULL ? g_strdup (accel) : dup_first (shortcut);
  if (!gtk_accelerator_parse (wanted, &key, &modifiers))
    {
      *reason = g_strdup (_ ("This key cannot be used."));
      return FALSE;
    }
  if (shortcut->action == NULL && !is_plain (key, modifiers))
    {
      *reason = g_strdup (_ ("This needs a letter or a sign alone, since it acts on the form."));
      return FALSE;
    }
  if (shortcut->action != NULL && (modifiers & ~(guint) GDK_SHIFT_MASK) == 0
      && !(key >= GDK_KEY_F1 && key <= GDK_KEY_F35))
    {
      *reason =
          g_strdup (_ ("This needs Ctrl, Alt or a function key, since it acts in texts too."));
      return FALSE;
    }
  owner = find_owner (shortcut, key, modifiers);
  if (owner != NULL)
    {
      g_autofree char *label = gtk_accelerator_get_label (key, modifiers);

      /* Translators: a key, and what it is for, as in “Ctrl+S is for “Save the draft now”.” */
      *reason =
          g_strdup_printf (_ ("%1$s is for “%2$s”."), label, assay_shortcut_get_title (owner));
      return FALSE;
    }

  id = make_id (shortcut);
  if (accel != NULL)
    g_hash_table_insert (self->chosen, g_steal_pointer (&id), g_strdup (accel));
  else
    g_hash_table_remove (self->chosen, id);
  if (self->settings != NULL)
    store (self);
  return TRUE;
}

void
assay_keymap_reset (void)
{
  AssayKeymap *self = get_keymap ();

  if (self->settings != NULL)
    g_settings_reset (self->settings, KEYS_SETTING);
}

guint
assay_keymap_translate (guint symbol)
{
  gpointer meant;

  if (g_hash_table_lookup_extended (get_keymap ()->translation, GUINT_TO_POINTER (symbol), NULL,
                                    &meant))
    return GPOINTER_TO_UINT (meant);
  return symbol;
}

void
assay_keymap_set_listening (gboolean listening)
{
  AssayKeymap *self = get_keymap ();

  if (self->listening == listening)
    return;
  self->listening = listening;
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
assay_keymap_get_listening (void)
{
  return get_keymap ()->listening;
}

void
assay_keymap_connect (GObject *object, GCallback callback)
{
  g_return_if_fail (G_IS_OBJECT (object));
  g_return_if_fail (callback != NULL);

  g_signal_connect_object (get_keymap (), "changed", callback, object, G_CONNECT_SWAPPED);
}
