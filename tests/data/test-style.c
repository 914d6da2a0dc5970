/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <gtk/gtk.h>

/* GTK takes what it can of a broken style sheet and says so only to a terminal. */

static void
parsing_error_cb (GtkCssProvider *provider, GtkCssSection *section, const GError *error, guint *n)
{
  g_autofree char *place = gtk_css_section_to_string (section);

  g_test_message ("%s: %s", place, error->message);
  *n += 1;
}

static guint
count_errors (const char *text, const char *path)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  guint n = 0;

  g_signal_connect (provider, "parsing-error", G_CALLBACK (parsing_error_cb), &n);
  if (text != NULL)
    gtk_css_provider_load_from_string (provider, text);
  else
    gtk_css_provider_load_from_path (provider, path);
  return n;
}

static void
test_style (void)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("ASSAY_SOURCE_DIR"), "src", "ui", "resources", "style.css", NULL);

  /* What is looked for is found: a block that does not end. */
  g_assert_cmpuint (count_errors ("label { color: red;\n\nbutton { color: blue; }\n", NULL), >, 0);
  g_assert_cmpuint (count_errors (NULL, path), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/data/style", test_style);
  return g_test_run ();
}
