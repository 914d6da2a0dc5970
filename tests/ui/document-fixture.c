/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "document-fixture.h"

GtkWidget *
document_fixture_find (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = document_fixture_find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

void
document_fixture_find_text (DocumentFixture *fixture)
{
  fixture->text = ASSAY_DOCUMENT_TEXT (
      document_fixture_find (GTK_WIDGET (fixture->view), ASSAY_TYPE_DOCUMENT_TEXT));
}

void
document_fixture_set_up (DocumentFixture *fixture, gconstpointer user_data)
{
  fixture->window = gtk_window_new ();
  fixture->view = ASSAY_DOCUMENT_VIEW (assay_document_view_new ());
  document_fixture_find_text (fixture);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 500, 400);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->view));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

void
document_fixture_tear_down (DocumentFixture *fixture, gconstpointer user_data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

void
document_fixture_wait (DocumentFixture *fixture)
{
  AssayRendition *before = NULL;

  while (!assay_document_text_get_filled (fixture->text))
    g_main_context_iteration (NULL, TRUE);
  /* Let what follows the last slice happen as well. */
  while (before != assay_document_text_get_rendition (fixture->text))
    {
      before = assay_document_text_get_rendition (fixture->text);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

void
document_fixture_show (DocumentFixture *fixture, const char *text)
{
  g_autoptr (AssayDocument) document =
      assay_document_new (ASSAY_DOCUMENT_RESPONSE, "r1", text, NULL, NULL, "secret-model");

  assay_document_view_set_document (fixture->view, document);
  document_fixture_find_text (fixture);
  document_fixture_wait (fixture);
}

void
document_fixture_search (DocumentFixture *fixture, const char *text, AssayPatternFlags flags)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayPattern) pattern = NULL;

  if (text != NULL)
    pattern = assay_pattern_new (text, flags, &error);
  g_assert_no_error (error);
  assay_document_view_search (fixture->view, pattern);
  while (pattern != NULL && assay_document_view_get_findings (fixture->view) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

char *
document_fixture_dup_shown (DocumentFixture *fixture)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->text));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_slice (buffer, &start, &end, TRUE);
}

void
document_fixture_assert_shown (DocumentFixture *fixture, const char *expected)
{
  g_autofree char *shown = document_fixture_dup_shown (fixture);

  g_assert_cmpstr (shown, ==, expected);
}
