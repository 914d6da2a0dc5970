/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * AssayShortcut:
 *
 * One row of the only table of shortcuts: what the application sets as accelerators is what the
 * shortcuts window shows.
 *
 * @action: a detailed action name, or NULL where a widget handles the key by itself and the row
 * only tells of it. A row with a range of accelerators activates the action with the number of the
 * key.
 * @accels: in the notation of GtkShortcutsShortcut: several parted by spaces, a range as
 * "<Control>1...<Control>9".
 */
typedef struct
{
  const char *action; /* (nullable) */
  const char *accels;
  const char *title; /* untranslated; use the getter */
  const char *more;  /* (nullable) */
} AssayShortcut;

typedef struct
{
  const char *title; /* untranslated; use the getter */
  const AssayShortcut *shortcuts;
  guint n_shortcuts;
} AssayShortcutGroup;

/* TRUE if @action cannot act now, which the function says to the person. */
typedef gboolean (*AssayShortcutRefusal) (GtkWidget *widget, const char *action);

guint assay_shortcuts_get_n_groups (void);
const AssayShortcutGroup *assay_shortcuts_get_group (guint index);
const char *assay_shortcut_group_get_title (const AssayShortcutGroup *self);
const char *assay_shortcut_get_title (const AssayShortcut *self);

/* Sets the accelerators of the application's and the window's actions. */
void assay_shortcuts_install (GtkApplication *application);
/* Lets the keys of all actions whose name begins with @prefix act while the focus is inside of
 * @widget, before any other widget there sees them: an application reaches the actions of its
 * windows alone. @refuse is asked first; NULL where nothing refuses. */
void
assay_shortcuts_add_to_widget (GtkWidget *widget, const char *prefix, AssayShortcutRefusal refuse);
/* The row that tells of a plain key, NULL if there is none. */
const AssayShortcut *assay_shortcuts_find_plain (guint symbol);
/* Shows the table. */
void assay_shortcuts_present (GtkWindow *parent);

G_END_DECLS
