/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "assay-keymap.h"
#include "assay-shortcuts.h"

#define PREFIX_DATA "assay-prefix"
#define REFUSAL_DATA "assay-refusal"
#define ACTION_DATA "assay-action"

static const AssayShortcut general[] = {
  { "win.open-files", "<Control>o", N_ ("Open task files") },
  { "win.find", "<Control>f", N_ ("Find") },
  { "win.refresh", "F5", N_ ("Ask the platforms what is new") },
  { "win.help", "F1", N_ ("Help") },
  { "app.preferences", "<Control>comma", N_ ("Preferences") },
  { "app.shortcuts", "<Control>question", N_ ("Keyboard shortcuts") },
  { NULL, "F10", N_ ("Main menu") },
  { "window.close", "<Control>w", N_ ("Close the window") },
  { "app.quit", "<Control>q", N_ ("Quit") },
};

static const AssayShortcut tasks[] = {
  { NULL, "Return", N_ ("Open the task") },
  { NULL, "Menu <Shift>F10", N_ ("Menu of a project") },
  { NULL, "<Alt>Left Escape", N_ ("Back to the list") },
  { "workbench.next-task", "<Control>Page_Down", N_ ("Next task") },
  { "workbench.previous-task", "<Control>Page_Up", N_ ("Previous task") },
};

static const AssayShortcut judging[] = {
  { "workbench.submit", "<Control>Return", N_ ("Submit and open the next task"),
    "<Control>KP_Enter" },
  { "workbench.submit-and-stay", "<Control><Shift>Return", N_ ("Submit and stay") },
  { "win.take-back", "<Control>u", N_ ("Take back what was submitted last") },
  { "workbench.ways-out", "<Control><Shift>x", N_ ("Ways out of the task") },
  { "workbench.undo", "<Control>z", N_ ("Undo any change") },
  { "workbench.redo", "<Control><Shift>z", N_ ("Redo"), "<Control>y" },
  { "workbench.save", "<Control>s", N_ ("Save the draft now") },
  { "workbench.next-error", "<Control>e", N_ ("Next thing that needs attention") },
  { "workbench.rationale", "<Control>r", N_ ("Go to the rationale") },
  { NULL, "<Control>space", N_ ("Complete the name of a criterion") },
  { "workbench.quote", "<Control>m", N_ ("Mark the selection, or quote it in the rationale") },
  { NULL, "F1", N_ ("Guideline for the present question, and back") },
  { "workbench.find-in-guideline", "<Control><Shift>f", N_ ("Find in the guideline") },
  { "workbench.pause-clock", "<Control><Shift>p", N_ ("Pause the clock, or go on") },
};

/* Plain keys, which act while no text field has the focus; the form knows them itself. */
static const AssayShortcut answering[] = {
  { NULL, "j Down", N_ ("Next field") },
  { NULL, "k Up", N_ ("Previous field") },
  { NULL, "1...9", N_ ("Choose the value, and go on") },
  { NULL, "h Left", N_ ("Lower value") },
  { NULL, "l Right", N_ ("Higher value") },
  { NULL, "<Shift>Left <Shift>Right", N_ ("Ten steps lower or higher") },
  { NULL, "n", N_ ("Not applicable; no in a checklist") },
  { NULL, "c", N_ ("Comment on the answer") },
  { NULL, "f", N_ ("Flags and notes") },
  { NULL, "<Control>BackSpace", N_ ("Clear the answer") },
  { NULL, "v", N_ ("Score by criterion or by response") },
  { NULL, "Escape", N_ ("Leave a text field for the form") },
  { NULL, "Return", N_ ("Write in the text field") },
};

static const AssayShortcut comparing[] = {
  { NULL, "a", N_ ("The first is better") },
  { NULL, "b", N_ ("The second is better; the best") },
  { NULL, "w", N_ ("The worst") },
  { NULL, "t", N_ ("Both are equal") },
  { NULL, "g", N_ ("Both are good; acceptable") },
  { NULL, "x", N_ ("Both are bad; not acceptable") },
  { NULL, "<Alt>Up <Alt>Down", N_ ("Move a ranked response") },
  { NULL, "space", N_ ("Pick up and put down") },
  { NULL, "equal", N_ ("Tie with the one above") },
  { NULL, "o", N_ ("The order is right as shown") },
  { NULL, "y", N_ ("Yes in a checklist") },
  { NULL, "p", N_ ("Partly in a checklist") },
  { NULL, "minus", N_ ("Not applicable in a checklist; smaller text") },
  { NULL, "question", N_ ("Cannot tell in a checklist") },
};

static const AssayShortcut reading[] = {
  { "workbench.next-pane", "F6", N_ ("Next pane") },
  { "workbench.previous-pane", "<Shift>F6", N_ ("Previous pane") },
  { "workbench.focus-response", "<Control>1...<Control>9", N_ ("Go to response 1 to 9") },
  { NULL, "<Control>f", N_ ("Find in all texts of the task") },
  { NULL, "<Control>g <Control><Shift>g", N_ ("Next and previous match") },
  { NULL, "bracketright", N_ ("Next turn of the conversation, mark or change") },
  { NULL, "bracketleft", N_ ("Previous turn of the conversation, mark or change") },
  { NULL, "<Alt><Shift>Left <Alt><Shift>Right", N_ ("Select by sentence") },
  { NULL, "m", N_ ("Source or rendered text") },
  { NULL, "d", N_ ("Differences between two texts") },
  { "workbench.differences", "<Control>d", N_ ("Differences between two texts") },
  { "workbench.preview", "<Control>p", N_ ("Preview of the text that is written") },
  { NULL, "y", N_ ("Scroll responses together") },
  { "workbench.linked-scrolling", "<Control>l", N_ ("Scroll responses together") },
  { NULL, "plus", N_ ("Larger text") },
  { "workbench.larger-text", "<Control>plus", N_ ("Larger text"),
    "<Control>equal <Control>KP_Add" },
  { "workbench.smaller-text", "<Control>minus", N_ ("Smaller text"), "<Control>KP_Subtract" },
  { "workbench.normal-text", "<Control>0", N_ ("Normal text size"), "<Control>KP_0" },
};

#define GROUP(title, table) { title, table, G_N_ELEMENTS (table) }

static const AssayShortcutGroup groups[] = {
  GROUP (NC_ ("shortcut group", "General"), general),
  GROUP (NC_ ("shortcut group", "Tasks"), tasks),
  GROUP (NC_ ("shortcut group", "Judging"), judging),
  GROUP (NC_ ("shortcut group", "Answering"), answering),
  GROUP (NC_ ("shortcut group", "Comparing, Ranking and Checking"), comparing),
  GROUP (NC_ ("shortcut group", "Reading"), reading),
};

#undef GROUP

guint
assay_shortcuts_get_n_groups (void)
{
  return G_N_ELEMENTS (groups);
}

const AssayShortcutGroup *
assay_shortcuts_get_group (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (groups), NULL);

  return &groups[index];
}

const char *
assay_shortcut_group_get_title (const AssayShortcutGroup *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "shortcut group", self->title);
}

const char *
assay_shortcut_get_title (const AssayShortcut *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return _ (self->title);
}

static gboolean
belongs_to_window (const AssayShortcut *shortcut)
{
  return shortcut->action != NULL
         && (g_str_has_prefix (shortcut->action, "app.")
             || g_str_has_prefix (shortcut->action, "win.")
             || g_str_has_prefix (shortcut->action, "window."));
}

static GStrv
split_accels (const AssayShortcut *shortcut)
{
  g_autofree char *all = assay_keymap_dup_accels (shortcut, FALSE);

  return g_strsplit (all, " ", -1);
}

static void
set_accels (GtkApplication *application)
{
  static const char *const none[] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    for (guint j = 0; j < groups[i].n_shortcuts; j++)
      {
        const AssayShortcut *shortcut = &groups[i].shortcuts[j];
        g_auto (GStrv) accels = NULL;

        if (!belongs_to_window (shortcut))
          continue;
        accels = split_accels (shortcut);
        gtk_application_set_accels_for_action (application, shortcut->action,
                                               assay_keymap_get_listening ()
                                                   ? none
                                                   : (const char *const *) accels);
      }
}

void
assay_shortcuts_install (GtkApplication *application)
{
  g_return_if_fail (GTK_IS_APPLICATION (application));

  set_accels (application);
  assay_keymap_connect (G_OBJECT (application), G_CALLBACK (set_accels));
}

/* A key whose action is not enabled is not silent: the widget says why nothing happens. */
static gboolean
activate_cb (GtkWidget *widget, GVariant *target, gpointer user_data)
{
  GtkShortcut *shortcut = user_data;
  const char *action = g_object_get_data (G_OBJECT (shortcut), ACTION_DATA);
  AssayShortcutRefusal refuse = g_object_get_data (G_OBJECT (shortcut), REFUSAL_DATA);

  return (refuse != NULL && refuse (widget, action))
         || gtk_widget_activate_action_variant (widget, action, target);
}

static void
add_shortcut (GtkEventController *controller,
              const char *action,
              const char *accel,
              GVariant *target)
{
  GtkShortcutTrigger *trigger = gtk_shortcut_trigger_parse_string (accel);
  GtkShortcut *shortcut;

  g_return_if_fail (trigger != NULL);

  shortcut = gtk_shortcut_new (trigger, NULL);
  g_object_set_data (G_OBJECT (shortcut), ACTION_DATA, (gpointer) action);
  g_object_set_data (G_OBJECT (shortcut), REFUSAL_DATA,
                     g_object_get_data (G_OBJECT (controller), REFUSAL_DATA));
  gtk_shortcut_set_action (shortcut, gtk_callback_action_new (activate_cb, shortcut, NULL));
  if (target != NULL)
    gtk_shortcut_set_arguments (shortcut, target);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
}

/* "<Control>1...<Control>9" becomes nine accelerators, each with its number as the action's target.
 */
static void
add_range (GtkEventController *controller, const AssayShortcut *shortcut, const char *dots)
{
  const char *last = shortcut->accels + strlen (shortcut->accels) - 1;
  g_autofree char *modifiers = g_strndup (shortcut->accels, dots - shortcut->accels - 1);

  for (char key = dots[-1]; key <= *last; key++)
    {
      g_autofree char *accel = g_strdup_printf ("%s%c", modifiers, key);

      add_shortcut (controller, shortcut->action, accel, g_variant_new_int32 (key - '0'));
    }
}

/* The keys as they are now, in place of those that were. */
static void
fill_controller (GtkEventController *controller)
{
  const char *prefix = g_object_get_data (G_OBJECT (controller), PREFIX_DATA);
  g_autoptr (GtkShortcut) first = NULL;

  while ((first = g_list_model_get_item (G_LIST_MODEL (controller), 0)) != NULL)
    {
      gtk_shortcut_controller_remove_shortcut (GTK_SHORTCUT_CONTROLLER (controller), first);
      g_clear_object (&first);
    }
  for (guint i = 0; i < G_N_ELEMENTS (groups) && !assay_keymap_get_listening (); i++)
    for (guint j = 0; j < groups[i].n_shortcuts; j++)
      {
        const AssayShortcut *shortcut = &groups[i].shortcuts[j];
        const char *dots = strstr (shortcut->accels, "...");
        g_auto (GStrv) accels = NULL;

        if (shortcut->action == NULL || !g_str_has_prefix (shortcut->action, prefix))
          continue;
        if (dots != NULL)
          {
            add_range (controller, shortcut, dots);
            continue;
          }
        accels = split_accels (shortcut);
        for (guint k = 0; accels[k] != NULL; k++)
          add_shortcut (controller, shortcut->action, accels[k], NULL);
      }
}

void
assay_shortcuts_add_to_widget (GtkWidget *widget, const char *prefix, AssayShortcutRefusal refuse)
{
  GtkEventController *controller;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (prefix != NULL);

  controller = gtk_shortcut_controller_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_object_set_data_full (G_OBJECT (controller), PREFIX_DATA, g_strdup (prefix), g_free);
  g_object_set_data (G_OBJECT (controller), REFUSAL_DATA, refuse);
  fill_controller (controller);
  assay_keymap_connect (G_OBJECT (controller), G_CALLBACK (fill_controller));
  gtk_widget_add_controller (widget, controller);
}

const AssayShortcut *
assay_shortcuts_find_plain (guint symbol)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    for (guint j = 0; j < groups[i].n_shortcuts; j++)
      {
        const AssayShortcut *shortcut = &groups[i].shortcuts[j];
        g_autofree char *first = g_strndup (shortcut->accels, strcspn (shortcut->accels, " "));
        GdkModifierType modifiers;
        guint key;

        if (shortcut->action == NULL && strstr (first, "...") == NULL
            && gtk_accelerator_parse (first, &key, &modifiers) && modifiers == 0 && key == symbol)
          return shortcut;
      }
  return NULL;
}

#if ASSAY_HAVE_SHORTCUTS_DIALOG

/* Newer than the floor, and there only where the build found it. */
G_GNUC_BEGIN_IGNORE_DEPRECATIONS
void
assay_shortcuts_present (GtkWindow *parent)
{
  AdwDialog *dialog = adw_shortcuts_dialog_new ();

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      AdwShortcutsSection *section =
          adw_shortcuts_section_new (assay_shortcut_group_get_title (&groups[i]));

      for (guint j = 0; j < groups[i].n_shortcuts; j++)
        {
          const AssayShortcut *shortcut = &groups[i].shortcuts[j];
          g_autofree char *accels = assay_keymap_dup_accels (shortcut, TRUE);

          adw_shortcuts_section_add (
              section, adw_shortcuts_item_new (assay_shortcut_get_title (shortcut), accels));
        }
      adw_shortcuts_dialog_add (ADW_SHORTCUTS_DIALOG (dialog), section);
    }
  adw_dialog_present (dialog, GTK_WIDGET (parent));
}
G_GNUC_END_IGNORE_DEPRECATIONS

#else

/* The window that AdwShortcutsDialog replaces is deprecated before its successor is at the floor.
 */
G_GNUC_BEGIN_IGNORE_DEPRECATIONS
void
assay_shortcuts_present (GtkWindow *parent)
{
  GtkShortcutsWindow *window =
      g_object_new (GTK_TYPE_SHORTCUTS_WINDOW, "modal", TRUE, "transient-for", parent, NULL);
  GtkShortcutsSection *section = g_object_new (GTK_TYPE_SHORTCUTS_SECTION, "section-name",
                                               "shortcuts", "max-height", 16, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      GtkShortcutsGroup *group = g_object_new (GTK_TYPE_SHORTCUTS_GROUP, "title",
                                               assay_shortcut_group_get_title (&groups[i]), NULL);

      for (guint j = 0; j < groups[i].n_shortcuts; j++)
        {
          const AssayShortcut *shortcut = &groups[i].shortcuts[j];
          g_autofree char *accels = assay_keymap_dup_accels (shortcut, TRUE);

          gtk_shortcuts_group_add_shortcut (group,
                                            g_object_new (GTK_TYPE_SHORTCUTS_SHORTCUT, "title",
                                                          assay_shortcut_get_title (shortcut),
                                                          "accelerator", accels, NULL));
        }
      gtk_shortcuts_section_add_group (section, group);
    }
  gtk_shortcuts_window_add_section (window, section);
  gtk_window_present (GTK_WINDOW (window));
}
G_GNUC_END_IGNORE_DEPRECATIONS

#endif
