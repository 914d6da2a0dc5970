/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The bare GTK work of the inbox, to compare with: as many rows as it is told, each an icon and
 * four labels, of one string each. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <adwaita.h>
#include <stdlib.h>

#include "assay-bench.h"

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *grid = gtk_grid_new ();

  for (int i = 0; i < 4; i++)
    {
      GtkWidget *label = gtk_label_new (NULL);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label),
                               i % 2 == 0 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
      gtk_widget_set_hexpand (label, i % 2 == 0);
      gtk_grid_attach (GTK_GRID (grid), label, i % 2 == 0 ? 0 : 2, i / 2, 1, 1);
    }
  gtk_grid_attach (GTK_GRID (grid), gtk_image_new_from_icon_name ("emblem-ok-symbolic"), 1, 0, 1,
                   1);
  gtk_list_item_set_child (item, grid);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (item));

  for (GtkWidget *child = gtk_widget_get_first_child (gtk_list_item_get_child (item));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LABEL (child))
      gtk_label_set_text (GTK_LABEL (child), text);
}

static gboolean
close_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

static void
activate_cb (GApplication *application, gpointer user_data)
{
  GtkStringList *strings = gtk_string_list_new (NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (application));
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();
  GtkWidget *list;

  for (int i = 0; i < *(int *) user_data; i++)
    gtk_string_list_take (strings, g_strdup_printf ("Reading task %d: which is better?", i));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  list = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (strings))),
                            factory);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);

  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_set_title (GTK_WINDOW (window), "Reference");
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), scrolled);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (shortcuts),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>q"),
                        gtk_callback_action_new (close_cb, NULL, NULL)));
  gtk_widget_add_controller (window, shortcuts);
  assay_bench_watch_window (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (list);
}

int
main (int argc, char *argv[])
{
  g_autoptr (AdwApplication) application = NULL;
  int n = argc == 2 ? atoi (argv[1]) : 0;

  if (n <= 0)
    {
      g_printerr ("usage: reference-list ROWS\n");
      return 2;
    }
  application = adw_application_new ("dev.assay.Reference", G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), &n);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
