/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * AssayFormKey:
 *
 * A plain key as the form understands it, whatever the layout (task-kinds section 5, rule 4).
 *
 * @digit: 0…9 by the place on the top row or the keypad, else -1
 * @symbol: the lower-case Latin letter, sign or GDK_KEY_Up … that the key stands for; the keypad's
 * arrows are arrows. On a layout without Latin letters the key's place decides.
 * @modifiers: Shift and Alt, if they are held
 */
typedef struct
{
  int digit;
  guint symbol;
  GdkModifierType modifiers;
} AssayFormKey;

/* FALSE for keys that belong to the command layer (Control, Super …). @keycode: of the hardware. */
gboolean
assay_form_key_init (AssayFormKey *self, guint keyval, guint keycode, GdkModifierType state);
/* Whether the key is @symbol without Alt. */
gboolean assay_form_key_is (const AssayFormKey *self, guint symbol);

G_END_DECLS
