/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <adwaita.h>
#include <libdex.h>
#include <string.h>

#include "assay-document-table.h"
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

/* What is read at @offset is the text from @start to @end. */
static void
check_read_at (DocumentFixture *fixture,
               guint offset,
               GtkAccessibleTextGranularity granularity,
               guint start,
               guint end)
{
  GtkAccessibleText *accessible = GTK_ACCESSIBLE_TEXT (fixture->text);
  GtkAccessibleTextInterface *iface =
      g_type_interface_peek (G_OBJECT_GET_CLASS (fixture->text), GTK_TYPE_ACCESSIBLE_TEXT);
  guint told_start, told_end;
  g_autoptr (GBytes) told =
      iface->get_contents_at (accessible, offset, granularity, &told_start, &told_end);
  g_autoptr (GBytes) expected = iface->get_contents (accessible, start, end);

  g_assert_cmpuint (told_start, ==, start);
  g_assert_cmpuint (told_end, ==, end);
  g_assert_true (g_bytes_equal (told, expected));
}

/* A formula is read as its source, and every place is counted in what is read. */
static void
test_reading (DocumentFixture *fixture, gconstpointer user_data)
{
  GtkAccessibleText *accessible = GTK_ACCESSIBLE_TEXT (fixture->text);
  GtkAccessibleTextInterface *iface =
      g_type_interface_peek (G_OBJECT_GET_CLASS (fixture->text), GTK_TYPE_ACCESSIBLE_TEXT);
  g_autofree GtkAccessibleTextRange *ranges = NULL;
  GtkTextIter from, to;
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
  check_read_at (fixture, 1, GTK_ACCESSIBLE_TEXT_GRANULARITY_WORD, 0, 3);
  check_read_at (fixture, 5, GTK_ACCESSIBLE_TEXT_GRANULARITY_WORD, 3, 8);
  check_read_at (fixture, 8, GTK_ACCESSIBLE_TEXT_GRANULARITY_WORD, 8, 9);
  check_read_at (fixture, 10, GTK_ACCESSIBLE_TEXT_GRANULARITY_WORD, 9, 13);
  check_read_at (fixture, 17, GTK_ACCESSIBLE_TEXT_GRANULARITY_WORD, 17, 18);
  check_read_at (fixture, 10, GTK_ACCESSIBLE_TEXT_GRANULARITY_CHARACTER, 10, 11);

  document_fixture_show (fixture, "One $x$ is. Two are.\n\nThree.");
  check_read_at (fixture, 6, GTK_ACCESSIBLE_TEXT_GRANULARITY_SENTENCE, 0, 12);
  check_read_at (fixture, 14, GTK_ACCESSIBLE_TEXT_GRANULARITY_SENTENCE, 12, 21);
  check_read_at (fixture, 14, GTK_ACCESSIBLE_TEXT_GRANULARITY_PARAGRAPH, 0, 21);
  check_read_at (fixture, 14, GTK_ACCESSIBLE_TEXT_GRANULARITY_LINE, 0, 21);
  check_read_at (fixture, 23, GTK_ACCESSIBLE_TEXT_GRANULARITY_LINE, 21, 27);
}

static GtkWidget *
get_cell (DocumentFixture *fixture, int column, int row)
{
  GtkWidget *table = document_fixture_find (GTK_WIDGET (fixture->text), ASSAY_TYPE_DOCUMENT_TABLE);

  return gtk_grid_get_child_at (GTK_GRID (document_fixture_find (table, GTK_TYPE_GRID)), column,
                                row);
}

static int
get_width_at (GtkWidget *label, int index)
{
  PangoRectangle place;

  pango_layout_index_to_pos (gtk_label_get_layout (GTK_LABEL (label)), index, &place);
  return place.width;
}

/* What is drawn by a renderer of shapes is a node of Cairo's. */
static gboolean
draws_shapes (GtkWidget *label)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (label);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GBytes) text = NULL;

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (label),
                          gtk_widget_get_height (label));
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  if (node == NULL)
    return FALSE;
  text = gsk_render_node_serialize (node);
  return g_strstr_len (g_bytes_get_data (text, NULL), g_bytes_get_size (text), "cairo {") != NULL;
}

/* In a cell a formula is drawn over its source, which stays what is selected and read. */
static void
test_cells (DocumentFixture *fixture, gconstpointer user_data)
{
  static const char source[] = "|$\\frac{a+b}{2}$ is|$\\foo x$|\n|-|-|\n|$\\|x\\|$|c|";
  g_autofree char *selection = NULL;
  GtkWidget *label;

  if (skip_without_font ())
    return;
  document_fixture_show (fixture, source);
  label = get_cell (fixture, 0, 0);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "$\\frac{a+b}{2}$ is");
  g_assert_cmpint (get_width_at (label, 0), >, 4 * PANGO_SCALE);
  g_assert_cmpint (get_width_at (label, 1), ==, 0);
  g_assert_cmpint (get_width_at (label, strlen ("$\\frac{a+b}{2}")), ==, 0);
  g_assert_cmpint (get_width_at (label, strlen ("$\\frac{a+b}{2}$ ")), >, 0);
  while (!draws_shapes (label))
    g_main_context_iteration (NULL, TRUE);

  /* The place in the source is the same as if it were not drawn. */
  gtk_widget_grab_focus (label);
  gtk_label_select_region (GTK_LABEL (label), 0, strlen ("$\\frac{a+b}{2}$"));
  if (gtk_widget_has_focus (label))
    selection = assay_document_view_dup_selection (fixture->view, NULL, NULL);
  if (selection != NULL)
    g_assert_cmpstr (selection, ==, "$\\frac{a+b}{2}$");

  /* What cannot be typeset is its source, and says why. */
  label = get_cell (fixture, 1, 0);
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (label)), "$\\foo x$"));
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (label)), "\\foo is not known"));
  g_assert_cmpint (get_width_at (label, 1), >, 0);

  /* A bar needs a backslash in a table, which in a formula is a command of its own. */
  label = get_cell (fixture, 0, 1);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "$\\|x\\|$");
  g_assert_cmpint (get_width_at (label, 1), ==, 0);
}

#define N_WIDE_COLUMNS 12

/* A wide table gets a scroller while it is shown; its formulas are still there. */
static void
test_wide_table (DocumentFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GString) source = g_string_new ("|$\\frac{a}{2}$|");
  GtkWidget *table;

  if (skip_without_font ())
    return;
  for (guint i = 0; i < N_WIDE_COLUMNS; i++)
    g_string_append (source, "unbreakable|");
  g_string_append (source, "\n|-|");
  for (guint i = 0; i < N_WIDE_COLUMNS; i++)
    g_string_append (source, "-|");
  document_fixture_show (fixture, source->str);
  table = document_fixture_find (GTK_WIDGET (fixture->text), ASSAY_TYPE_DOCUMENT_TABLE);
  while (document_fixture_find (table, GTK_TYPE_SCROLLED_WINDOW) == NULL)
    g_main_context_iteration (NULL, TRUE);
  document_fixture_wait (fixture);
  while (!draws_shapes (get_cell (fixture, 0, 0)))
    g_main_context_iteration (NULL, TRUE);
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
  DOCUMENT_ADD ("/ui/maths/cells", test_cells);
  DOCUMENT_ADD ("/ui/maths/wide-table", test_wide_table);

  return g_test_run ();
}
