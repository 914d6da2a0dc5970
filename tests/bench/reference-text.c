/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The bare GTK work of opening a task and typing a rationale, to compare with: plain text views
 * side by side and one to type into. Ctrl+Page Down shows the next of the files that it was given,
 * one in each; Ctrl+1 goes to the first view, Ctrl+R to the entry, which has the first file's text
 * with
 * --filled. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <adwaita.h>
#include <stdlib.h>

#include "assay-bench.h"

#define VIEWS_MAX 8

typedef struct
{
  guint n_views;
  gboolean is_filled;
  char **files;
  guint n_files;
  guint next;
  GtkWidget *window;
  GtkTextView *views[VIEWS_MAX];
  GtkTextView *entry;
} Reference;

static GtkWidget *
add_view (GtkBox *box, GtkTextView **view, gboolean editable)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *text = gtk_text_view_new ();

  *view = GTK_TEXT_VIEW (text);
  gtk_text_view_set_wrap_mode (*view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_editable (*view, editable);
  gtk_widget_set_hexpand (scrolled, TRUE);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), text);
  gtk_box_append (box, scrolled);
  return text;
}

static void
set_text (GtkTextView *view, const char *file)
{
  g_autofree char *content = NULL;
  gsize length;

  if (g_file_get_contents (file, &content, &length, NULL))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), content, length);
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        gpointer user_data)
{
  Reference *self = user_data;

  if ((state & GDK_CONTROL_MASK) == 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_r)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->entry));
      return GDK_EVENT_STOP;
    }
  if (keyval == GDK_KEY_q)
    {
      gtk_window_close (GTK_WINDOW (self->window));
      return GDK_EVENT_STOP;
    }
  if (keyval == GDK_KEY_1)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->views[0]));
      return GDK_EVENT_STOP;
    }
  if (keyval != GDK_KEY_Page_Down)
    return GDK_EVENT_PROPAGATE;

  assay_bench_mark ("task-open*");
  for (guint i = 0; i < self->n_views; i++)
    set_text (self->views[i], self->files[self->next++ % self->n_files]);
  assay_bench_mark_painted (self->window, "task-painted*");
  return GDK_EVENT_STOP;
}

static void
activate_cb (GApplication *application, gpointer user_data)
{
  Reference *self = user_data;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *paned = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  GtkEventController *controller = gtk_event_controller_key_new ();

  self->window = adw_application_window_new (GTK_APPLICATION (application));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1280, 800);
  gtk_window_set_title (GTK_WINDOW (self->window), "Reference");
  for (guint i = 0; i < self->n_views; i++)
    add_view (GTK_BOX (box), &self->views[i], FALSE);
  add_view (GTK_BOX (side), &self->entry, TRUE);
  if (self->is_filled)
    set_text (self->entry, self->files[0]);
  gtk_paned_set_start_child (GTK_PANED (paned), box);
  gtk_paned_set_end_child (GTK_PANED (paned), side);
  gtk_paned_set_position (GTK_PANED (paned), 850);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self->window), paned);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->window, controller);
  assay_bench_watch_window (GTK_WINDOW (self->window));
  gtk_window_present (GTK_WINDOW (self->window));
}

int
main (int argc, char *argv[])
{
  Reference self = { 0 };
  g_autoptr (AdwApplication) application = NULL;

  if (argc > 1 && g_str_equal (argv[1], "--filled"))
    {
      self.is_filled = TRUE;
      argc--;
      argv++;
    }
  self.n_views = argc > 1 ? (guint) atoi (argv[1]) : 0;
  if (argc < 3 || self.n_views < 1 || self.n_views > VIEWS_MAX)
    {
      g_printerr ("usage: reference-text [--filled] VIEWS FILE…\n");
      return 2;
    }
  self.files = argv + 2;
  self.n_files = (guint) argc - 2;
  application = adw_application_new ("dev.assay.Reference", G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), &self);
  return g_application_run (G_APPLICATION (application), 0, NULL);
}
