/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-shortcuts.h"

G_BEGIN_DECLS

/* Which keys the person chose in place of those in the table of shortcuts; kept in the settings. */

/* Whether the row has a key of its own that may be another one: the first of its accelerators.
 * Digits, arrows and the keys that every program shares stay. */
gboolean assay_keymap_is_changeable (const AssayShortcut *shortcut);
/* All accelerators of the row that act now, in the notation of the table; without the row's more
 * where @shown. (transfer full) */
char *assay_keymap_dup_accels (const AssayShortcut *shortcut, gboolean shown);
gboolean assay_keymap_is_changed (const AssayShortcut *shortcut);
/* @accel: what gtk_accelerator_name() makes; NULL for the row's default. FALSE with a sentence for
 * the person where the key cannot be taken, because another row has it or it would get in the way
 * of typing. */
gboolean assay_keymap_set (const AssayShortcut *shortcut, const char *accel, char **reason);
void assay_keymap_reset (void);
/* What a plain key, as GDK names it, stands for in the table: itself, where nothing was chosen;
 * GDK_KEY_VoidSymbol for a key that was given up. */
guint assay_keymap_translate (guint symbol);

/* No command acts while a person presses keys to choose them. */
void assay_keymap_set_listening (gboolean listening);
gboolean assay_keymap_get_listening (void);
/* Calls @callback with @object after the keys changed, for as long as the object lives. */
void assay_keymap_connect (GObject *object, GCallback callback);

G_END_DECLS
