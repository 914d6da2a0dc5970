/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-form-key.h"

#include "assay-keymap.h"

/* Hardware codes of X11 and Wayland alike: those of the kernel plus 8. */
#define KEYCODE_DIGIT_ONE 10
#define KEYCODE_DIGIT_ZERO 19

typedef struct
{
  guint first;
  const char *symbols;
} AssayKeyRow;

/* What stands on the keys of a US keyboard, from a first hardware code on. */
static const AssayKeyRow key_rows[] = {
  { 20, "-=" },
  { 24, "qwertyuiop[]" },
  { 38, "asdfghjkl;'" },
  { 52, "zxcvbnm,./" },
};

static guint
symbol_at_place (guint keycode, GdkModifierType state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (key_rows); i++)
    {
      guint place = keycode - key_rows[i].first;

      if (keycode >= key_rows[i].first && place < strlen (key_rows[i].symbols))
        {
          char symbol = key_rows[i].symbols[place];

          return symbol == '/' && (state & GDK_SHIFT_MASK) != 0 ? '?' : (guint) symbol;
        }
    }
  return 0;
}

static guint
plain_symbol (guint keyval)
{
  switch (keyval)
    {
    case GDK_KEY_KP_Up:
      return GDK_KEY_Up;
    case GDK_KEY_KP_Down:
      return GDK_KEY_Down;
    case GDK_KEY_KP_Left:
      return GDK_KEY_Left;
    case GDK_KEY_KP_Right:
      return GDK_KEY_Right;
    case GDK_KEY_KP_Home:
      return GDK_KEY_Home;
    case GDK_KEY_KP_End:
      return GDK_KEY_End;
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      return GDK_KEY_Return;
    case GDK_KEY_ISO_Left_Tab:
      return GDK_KEY_Tab;
    case GDK_KEY_KP_Subtract:
      return GDK_KEY_minus;
    case GDK_KEY_KP_Add:
      return GDK_KEY_plus;
    case GDK_KEY_KP_Equal:
      return GDK_KEY_equal;
    default:
      return gdk_keyval_to_lower (keyval);
    }
}

gboolean
assay_form_key_init (AssayFormKey *self, guint keyval, guint keycode, GdkModifierType state)
{
  gunichar character;

  g_return_val_if_fail (self != NULL, FALSE);

  self->digit = -1;
  self->modifiers = state & (GDK_SHIFT_MASK | GDK_ALT_MASK);
  self->symbol = plain_symbol (keyval);
  if ((state & (GDK_CONTROL_MASK | GDK_SUPER_MASK | GDK_HYPER_MASK | GDK_META_MASK)) != 0)
    return FALSE;

  if (keyval >= GDK_KEY_KP_0 && keyval <= GDK_KEY_KP_9)
    self->digit = keyval - GDK_KEY_KP_0;
  else if (keyval >= GDK_KEY_0 && keyval <= GDK_KEY_9)
    self->digit = keyval - GDK_KEY_0;
  else if (keycode >= KEYCODE_DIGIT_ONE && keycode <= KEYCODE_DIGIT_ZERO
           && (state & GDK_SHIFT_MASK) == 0)
    self->digit = (keycode - KEYCODE_DIGIT_ONE + 1) % 10;

  character = gdk_keyval_to_unicode (self->symbol);
  if (character > 0x7f)
    {
      guint symbol = symbol_at_place (keycode, state);

      if (symbol != 0)
        self->symbol = symbol;
    }
  if ((state & GDK_ALT_MASK) == 0)
    self->symbol = assay_keymap_translate (self->symbol);
  return TRUE;
}

gboolean
assay_form_key_is (const AssayFormKey *self, guint symbol)
{
  return self->symbol == symbol && (self->modifiers & GDK_ALT_MASK) == 0;
}
