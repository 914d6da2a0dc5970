/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Code that is shown by itself: no line of it is wrapped, and all of it can be reached. */

#define G_LOG_DOMAIN "Assay"

#include <adwaita.h>
#include <libdex.h>
#include <string.h>

#include "assay-document-text-private.h"
#include "assay-paragraphs.h"

typedef struct
{
  GtkWidget *window;
  GtkWidget *document;
  AssayRendition *rendition;
} Fixture;

static void
find_text (GtkWidget *widget, GtkWidget *other, AssayDocumentText **found)
{
  if (ASSAY_IS_DOCUMENT_TEXT (widget) && widget != other)
    *found = ASSAY_DOCUMENT_TEXT (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && *found == NULL;
       child = gtk_widget_get_next_sibling (child))
    find_text (child, other, found);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  fixture->window = adw_window_new ();
  fixture->document = assay_document_text_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), fixture->document);
  adw_window_set_content (ADW_WINDOW (fixture->window), scroller);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 500, 400);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->rendition, assay_rendition_unref);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

/* The view of the dialog that shows the first code block of a document. */
static AssayDocumentText *
show_code (Fixture *fixture, const char *source)
{
  g_autoptr (AssayMarkdown) markdown = assay_markdown_parse (source, -1);
  AssayDocumentText *document = ASSAY_DOCUMENT_TEXT (fixture->document);
  AssayDocumentText *text = NULL;
  guint line = 0;

  g_clear_pointer (&fixture->rendition, assay_rendition_unref);
  fixture->rendition = assay_rendition_new (markdown, 0);
  assay_document_text_set_rendition (document, fixture->rendition);
  while (!assay_document_text_get_filled (document))
    g_main_context_iteration (NULL, TRUE);
  while (!assay_rendition_get_line (fixture->rendition, line)->is_code)
    line++;
  _assay_document_text_present_code (document, line);
  find_text (fixture->window, fixture->document, &text);
  g_assert_nonnull (text);
  while (!assay_document_text_get_filled (text) || gtk_widget_get_width (GTK_WIDGET (text)) == 0)
    g_main_context_iteration (NULL, TRUE);
  return text;
}

static void
close_dialog (Fixture *fixture)
{
  AdwDialog *dialog = adw_window_get_visible_dialog (ADW_WINDOW (fixture->window));

  g_assert_nonnull (dialog);
  adw_dialog_force_close (dialog);
  while (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)) != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static guint
count_display_lines (AssayDocumentText *text)
{
  GtkTextIter iter;
  guint n = 1;

  gtk_text_buffer_get_start_iter (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), &iter);
  while (gtk_text_view_forward_display_line (GTK_TEXT_VIEW (text), &iter)
         && !gtk_text_iter_is_end (&iter))
    n++;
  return n;
}

static void
test_lines (Fixture *fixture, gconstpointer data)
{
  g_autofree char *words = g_strnfill (400, 'a');
  g_autofree char *source = NULL;
  AssayDocumentText *text;
  GtkAdjustment *adjustment;

  for (gsize i = 9; i < 400; i += 10)
    words[i] = ' ';
  source = g_strdup_printf ("words\n\n- item\n\n  ```c\n  int a; /* %s */\n    b;\n  ```\n", words);
  text = show_code (fixture, source);
  g_assert_cmpint (gtk_text_buffer_get_line_count (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text))),
                   ==, 2);
  g_assert_cmpuint (count_display_lines (text), ==, 2);
  g_assert_cmpuint (count_display_lines (ASSAY_DOCUMENT_TEXT (fixture->document)), >, 6);

  /* It scrolls sideways, by the arrow keys as well, and the document does not. */
  adjustment = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (text));
  while (gtk_adjustment_get_upper (adjustment) <= gtk_adjustment_get_page_size (adjustment))
    g_main_context_iteration (NULL, TRUE);
  g_signal_emit_by_name (text, "move-cursor", GTK_MOVEMENT_VISUAL_POSITIONS, 1, FALSE);
  while (gtk_adjustment_get_value (adjustment) <= 0)
    g_main_context_iteration (NULL, TRUE);
  adjustment = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (fixture->document));
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), <=,
                     gtk_adjustment_get_page_size (adjustment));
  close_dialog (fixture);
}

/* Whatever stands in it: fences, hidden characters, a line beyond all bounds. */
static void
test_contents (Fixture *fixture, gconstpointer data)
{
  g_autofree char *endless = g_strnfill (3 * ASSAY_PARAGRAPH_SPLIT_CHARACTERS, 'x');
  const char *const codes[] = {
    "", "a\n\n\tb", "````\n```\n~~~", "a\u202Eb\u200B", "<b>&amp;</b>", endless
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *source = g_strdup_printf ("~~~~ python\n%s\n~~~~\n", codes[i]);
      AssayDocumentText *text = show_code (fixture, source);
      AssayRendition *shown = assay_document_text_get_rendition (text);
      g_autofree char *code =
          assay_rendition_dup_text (shown, 0, assay_rendition_get_n_characters (shown));

      g_assert_cmpstr (code, ==, codes[i]);
      g_assert_cmpint (gtk_text_buffer_get_char_count (
                           gtk_text_view_get_buffer (GTK_TEXT_VIEW (text))),
                       ==, (int) assay_rendition_get_n_characters (shown));
      close_dialog (fixture);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();
  adw_init ();

  g_test_add ("/ui/code-dialog/lines", Fixture, NULL, set_up, test_lines, tear_down);
  g_test_add ("/ui/code-dialog/contents", Fixture, NULL, set_up, test_contents, tear_down);
  return g_test_run ();
}
