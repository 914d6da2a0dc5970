/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <adwaita.h>
#include <libdex.h>
#include <string.h>

#include "assay-formula.h"
#include "document-fixture.h"

static gboolean
skip_without_font (void)
{
  if (assay_math_font_get_default () != NULL)
    return FALSE;
  g_test_skip ("no font with a MATH table is installed");
  return TRUE;
}

static void
get_iter (DocumentFixture *fixture, int offset, GtkTextIter *iter)
{
  gtk_text_buffer_get_iter_at_offset (gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->text)),
                                      iter, offset);
}

static GdkPaintable *
get_formula (DocumentFixture *fixture, int offset)
{
  GdkPaintable *paintable;
  GtkTextIter iter;

  get_iter (fixture, offset, &iter);
  paintable = gtk_text_iter_get_paintable (&iter);
  g_assert_true (ASSAY_IS_FORMULA (paintable));
  return paintable;
}

/* Of all tags at a place. */
static int
get_rise (DocumentFixture *fixture, int offset)
{
  g_autoptr (GSList) tags = NULL;
  GtkTextIter iter;
  int rise = 0;

  get_iter (fixture, offset, &iter);
  tags = gtk_text_iter_get_tags (&iter);
  for (GSList *l = tags; l != NULL; l = l->next)
    {
      int value;

      g_object_get (l->data, "rise", &value, NULL);
      rise = value != 0 ? value : rise;
    }
  return rise;
}

static void
test_baseline (DocumentFixture *fixture, gconstpointer user_data)
{
  AssayFormula *fraction, *letter;

  if (skip_without_font ())
    return;
  document_fixture_show (fixture, "a $\\frac{1}{2}$ b $x$ c");
  document_fixture_assert_shown (fixture, "a \uFFFC b \uFFFC c");
  fraction = ASSAY_FORMULA (get_formula (fixture, 2));
  letter = ASSAY_FORMULA (get_formula (fixture, 6));
  g_assert_cmpint (assay_formula_get_depth (fraction), >, 2);
  g_assert_cmpint (get_rise (fixture, 2), ==, -PANGO_SCALE * assay_formula_get_depth (fraction));
  g_assert_cmpint (get_rise (fixture, 6), ==, -PANGO_SCALE * assay_formula_get_depth (letter));
  g_assert_cmpint (assay_formula_get_depth (letter), <, assay_formula_get_depth (fraction));
}

static void
test_size (DocumentFixture *fixture, gconstpointer user_data)
{
  const char *wide =
      "$$\\left(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\\right)$$";
  int height, width;

  if (skip_without_font ())
    return;
  document_fixture_show (fixture, "a $\\frac{1}{2}$");
  height = gdk_paintable_get_intrinsic_height (get_formula (fixture, 2));
  g_assert_cmpint (height, >, 10);
  assay_document_view_set_text_scale (fixture->view, 2);
  g_assert_cmpint (ABS (gdk_paintable_get_intrinsic_height (get_formula (fixture, 2)) - 2 * height),
                   <=, 3);
  g_assert_cmpint (get_rise (fixture, 2), ==,
                   -PANGO_SCALE
                       * assay_formula_get_depth (ASSAY_FORMULA (get_formula (fixture, 2))));

  /* As wide as the column at most. */
  document_fixture_show (fixture, wide);
  while ((width = gtk_widget_get_width (GTK_WIDGET (fixture->text))) == 0
         || gdk_paintable_get_intrinsic_width (get_formula (fixture, 0)) > width)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (get_formula (fixture, 0)), >, width / 2);
}

static void
test_search (DocumentFixture *fixture, gconstpointer user_data)
{
  GtkTextBuffer *buffer;
  GtkTextIter iter;

  if (skip_without_font ())
    return;
  document_fixture_show (fixture,
                         "alpha $\\alpha$ beta\n\n|alpha|\n|-|\n|x|\n\n$\\alpha+\\alpha$ alpha");
  document_fixture_search (fixture, "alpha", ASSAY_PATTERN_PLAIN);
  g_assert_cmpuint (assay_document_view_get_n_matches (fixture->view), ==, 6);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->text));
  assay_document_view_show_match (fixture->view, 1);
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  g_assert_cmpint (gtk_text_iter_get_offset (&iter), ==, 6);
  assay_document_view_show_match (fixture->view, 4);
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  g_assert_true (ASSAY_IS_FORMULA (gtk_text_iter_get_paintable (&iter)));
}

static void
test_selection (DocumentFixture *fixture, gconstpointer user_data)
{
  GtkTextIter start, end;
  g_autofree char *selection = NULL;
  gsize from, to;

  if (skip_without_font ())
    return;
  document_fixture_show (fixture, "😀 so $x^2$ holds");
  get_iter (fixture, 5, &start);
  get_iter (fixture, 8, &end);
  gtk_text_buffer_select_range (gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->text)), &start,
                                &end);
  selection = assay_document_view_dup_selection (fixture->view, &from, &to);
  g_assert_cmpstr (selection, ==, "$x^2$ h");
  g_assert_cmpuint (from, ==, 5);
  g_assert_cmpuint (to, ==, 12);
}

static void
check_read (DocumentFixture *fixture, guint start, guint end, const char *expected)
{
  GtkAccessibleTextInterface *iface =
      g_type_interface_peek (G_OBJECT_GET_CLASS (fixture->text), GTK_TYPE_ACCESSIBLE_TEXT);
  g_autoptr (GBytes) bytes = iface->get_contents (GTK_ACCESSIBLE_TEXT (fixture->text), start, end);
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  g_assert_cmpmem (text, length, expected, strlen (expected));
}

/* A formula is read as its source, and every place is counted in what is read. */
static void
test_reading (DocumentFixture *fixture, gconstpointer user_data)
{
  GtkAccessibleText *accessible = GTK_ACCESSIBLE_TEXT (fixture->text);
  GtkAccessibleTextInterface *iface =
      g_type_interface_peek (G_OBJECT_GET_CLASS (fixture->text), GTK_TYPE_ACCESSIBLE_TEXT);
  g_autofree GtkAccessibleTextRange *ranges = NULL;
  g_autoptr (GBytes) word = NULL;
  GtkTextIter from, to;
  guint start, end;
  gsize n_ranges;

  if (skip_without_font ())
    return;
  document_fixture_show (fixture, "so $x^2$ and $y$ é");
  check_read (fixture, 0, G_MAXUINT, "so $x^2$ and $y$ é");
  check_read (fixture, 0, 2, "so");
  check_read (fixture, 4, 7, "x^2");
  check_read (fixture, 7, 11, "$ an");
  check_read (fixture, 13, 18, "$y$ é");
  check_read (fixture, 17, 18, "é");
  check_read (fixture, 18, 18, "");
  check_read (fixture, 30, 40, "");

  get_iter (fixture, 5, &from);
  get_iter (fixture, 8, &to);
  gtk_text_buffer_select_range (gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->text)), &from,
                                &to);
  g_assert_cmpuint (iface->get_caret_position (accessible), ==, 9);
  g_assert_true (iface->get_selection (accessible, &n_ranges, &ranges));
  g_assert_cmpuint (n_ranges, ==, 1);
  g_assert_cmpuint (ranges[0].start, ==, 9);
  g_assert_cmpuint (ranges[0].length, ==, 3);
  word =
      iface->get_contents_at (accessible, 10, GTK_ACCESSIBLE_TEXT_GRANULARITY_WORD, &start, &end);
  g_assert_cmpuint (start, <=, 9);
  g_assert_cmpuint (end, >=, 12);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();
  adw_init ();

  DOCUMENT_ADD ("/ui/maths/baseline", test_baseline);
  DOCUMENT_ADD ("/ui/maths/size", test_size);
  DOCUMENT_ADD ("/ui/maths/search", test_search);
  DOCUMENT_ADD ("/ui/maths/selection", test_selection);
  DOCUMENT_ADD ("/ui/maths/reading", test_reading);

  return g_test_run ();
}
