/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A small window for the test of the driver itself. */

#include <gtk/gtk.h>

static void
clicked_cb (GtkButton *button, GtkLabel *label)
{
  gtk_label_set_label (label, "Pressed");
}

static void
activate_cb (GtkApplication *application)
{
  GtkWidget *window = gtk_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic ("_Press Me");
  GtkWidget *check = gtk_check_button_new_with_label ("Check Me");
  GtkWidget *label = gtk_label_new ("Waiting");
  const char *quit_keys[] = { "<Control>q", NULL };

  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, "Notes",
                                  -1);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_widget_set_vexpand (view, TRUE);
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), label);
  gtk_box_append (GTK_BOX (box), view);
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), label);
  gtk_window_set_title (GTK_WINDOW (window), "Specimen");
  gtk_window_set_default_size (GTK_WINDOW (window), 600, 400);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_application_set_accels_for_action (application, "window.close", quit_keys);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (view);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GtkApplication) application =
      gtk_application_new ("dev.assay.Specimen", G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
