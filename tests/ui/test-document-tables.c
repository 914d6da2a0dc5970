/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tables in a document: how they are laid out, walked through by keys, and marked. */

#define G_LOG_DOMAIN "Assay"

#include <adwaita.h>
#include <libdex.h>
#include <string.h>

#include "assay-comparison.h"
#include "assay-document-table.h"
#include "document-fixture.h"

static gboolean
has_background (GtkWidget *label, const char *text)
{
  PangoAttrList *attributes = gtk_label_get_attributes (GTK_LABEL (label));
  PangoAttrIterator *iterator = pango_attr_list_get_iterator (attributes);
  const char *shown = gtk_label_get_text (GTK_LABEL (label));
  int at = (int) (strstr (shown, text) - shown);
  gboolean found = FALSE;

  do
    {
      int start, end;

      pango_attr_iterator_range (iterator, &start, &end);
      if (start <= at && at < end)
        found = pango_attr_iterator_get (iterator, PANGO_ATTR_BACKGROUND) != NULL;
    }
  while (!found && pango_attr_iterator_next (iterator));
  pango_attr_iterator_destroy (iterator);
  return found;
}

/* What is found in a table stays marked when the differences arrive, and when they go. */
static void
test_search_and_differences (DocumentFixture *fixture, gconstpointer user_data)
{
  g_autoptr (AssayMarkdown) a = assay_markdown_parse ("|find|x|\n|-|-|\n|y|lonely|", -1);
  g_autoptr (AssayMarkdown) b = assay_markdown_parse ("|find|x|\n|-|-|\n|y|other|", -1);
  g_autoptr (AssayComparison) comparison = assay_comparison_new (a, b);
  AssaySide side = ASSAY_SIDE_A;
  g_autoptr (AssayDifferences) differences = assay_differences_new (&comparison, &side, 1);
  GtkWidget *label;

  document_fixture_show (fixture, "|find|x|\n|-|-|\n|y|lonely|");
  label = document_fixture_find (document_fixture_find (GTK_WIDGET (fixture->text),
                                                        ASSAY_TYPE_DOCUMENT_TABLE),
                                 GTK_TYPE_LABEL);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "find");
  document_fixture_search (fixture, "find", ASSAY_PATTERN_PLAIN);
  g_assert_true (has_background (label, "find"));
  assay_document_text_set_differences (fixture->text, differences, ASSAY_DIFFERENCE_OWN);
  g_assert_true (has_background (label, "find"));
  assay_document_text_set_differences (fixture->text, NULL, ASSAY_DIFFERENCE_OWN);
  g_assert_true (has_background (label, "find"));
  document_fixture_search (fixture, NULL, ASSAY_PATTERN_PLAIN);
  g_assert_false (has_background (label, "find"));
}

/* A passage that a person marked is seen in a table as well, whichever came first. */
static void
test_marks (DocumentFixture *fixture, gconstpointer user_data)
{
  static const char source[] = "|find|x|\n|-|-|\n|y|a **lone** word|";
  const char *place = strstr (source, "lone");
  const AssayDocumentMark mark = { place - source, place - source + strlen ("lone"),
                                   ASSAY_MARK_LINE_SINGLE };
  GtkWidget *table;
  GtkWidget *label;

  document_fixture_show (fixture, source);
  for (guint round = 0; round < 2; round++)
    {
      assay_document_view_set_marks (fixture->view, &mark, 1);
      document_fixture_wait (fixture);
      table = document_fixture_find (GTK_WIDGET (fixture->text), ASSAY_TYPE_DOCUMENT_TABLE);
      label = gtk_grid_get_child_at (GTK_GRID (document_fixture_find (table, GTK_TYPE_GRID)), 1, 1);
      g_assert_true (has_background (label, "lone"));
      g_assert_false (has_background (label, "word"));
      /* The next time it is there before the table is. */
      for (int shown = TRUE; shown >= FALSE; shown--)
        {
          AssayRendition *before = assay_document_text_get_rendition (fixture->text);

          assay_document_view_set_show_source (fixture->view, shown);
          while (assay_document_text_get_rendition (fixture->text) == before)
            g_main_context_iteration (NULL, TRUE);
          document_fixture_wait (fixture);
        }
    }
  table = document_fixture_find (GTK_WIDGET (fixture->text), ASSAY_TYPE_DOCUMENT_TABLE);
  label = gtk_grid_get_child_at (GTK_GRID (document_fixture_find (table, GTK_TYPE_GRID)), 1, 1);
  g_assert_true (has_background (label, "lone"));
  assay_document_view_set_marks (fixture->view, NULL, 0);
  g_assert_false (has_background (label, "lone"));
}

static void
test_tables (DocumentFixture *fixture, gconstpointer user_data)
{
  GtkWidget *table;
  GtkWidget *label;

  document_fixture_show (fixture, "before\n\n|a|b|\n|:-|-:|\n|c **d**|e|\n\nafter");
  document_fixture_assert_shown (fixture, "before\n\uFFFC\nafter");
  table = document_fixture_find (GTK_WIDGET (fixture->text), ASSAY_TYPE_DOCUMENT_TABLE);
  g_assert_nonnull (table);
  g_assert_null (document_fixture_find (table, GTK_TYPE_SCROLLED_WINDOW));
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (table), GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (table), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Table, 2 × 2");
  label = document_fixture_find (table, GTK_TYPE_LABEL);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "a");
  for (guint i = 0; i < 2; i++)
    label = gtk_widget_get_next_sibling (label);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "c d");

  gtk_widget_grab_focus (label);
  gtk_label_select_region (GTK_LABEL (label), 0, 3);
  if (gtk_widget_has_focus (label))
    {
      g_autofree char *selection = assay_document_view_dup_selection (fixture->view, NULL, NULL);

      g_assert_cmpstr (selection, ==, "c **d");
    }
}

/* A table keeps its own direction, whatever the interface's. */
static void
test_table_direction (DocumentFixture *fixture, gconstpointer user_data)
{
  static const struct
  {
    const char *source;
    GtkTextDirection table;
    GtkTextDirection number;
  } cases[] = {
    { "|tool|days|\n|-|-|\n|7|8|", GTK_TEXT_DIR_LTR, GTK_TEXT_DIR_LTR },
    { "|כלי|ימים|\n|-|-|\n|7|8|", GTK_TEXT_DIR_RTL, GTK_TEXT_DIR_RTL },
    /* Right is right. */
    { "|כלי|ימים|\n|-:|-|\n|7|8|", GTK_TEXT_DIR_RTL, GTK_TEXT_DIR_LTR },
  };

  for (int rtl = 0; rtl < 2; rtl++)
    {
      gtk_widget_set_default_direction (rtl ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
      for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        {
          GtkWidget *label;

          document_fixture_show (fixture, cases[i].source);
          label = document_fixture_find (document_fixture_find (GTK_WIDGET (fixture->text),
                                                                ASSAY_TYPE_DOCUMENT_TABLE),
                                         GTK_TYPE_LABEL);
          g_assert_cmpint (gtk_widget_get_direction (gtk_widget_get_parent (label)), ==,
                           cases[i].table);
          for (guint c = 0; c < 2; c++)
            label = gtk_widget_get_next_sibling (label);
          g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "7");
          g_assert_cmpint (gtk_widget_get_direction (label), ==, cases[i].number);
        }
    }
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* What follows a table keeps its place, also where directions are mixed and marked. */
static void
test_table_mixed_directions (DocumentFixture *fixture, gconstpointer user_data)
{
  static const char *const sources[] = {
    "|כלי|ימים|\n|-|-|\n|7|8|\n\n# Head",
    "Text.\n\n|a|\n|-|\n|b|\n\n|כלי|\n|-|\n|7|\n\n# Head",
  };

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      GtkTextBuffer *buffer;
      AssayRendition *rendition;
      GtkTextIter start, end;
      g_autofree char *shown = NULL;

      document_fixture_show (fixture, sources[i]);
      rendition = assay_document_text_get_rendition (fixture->text);
      buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->text));
      gtk_text_buffer_get_bounds (buffer, &start, &end);
      shown = gtk_text_buffer_get_slice (buffer, &start, &end, TRUE);
      g_assert_cmpstr (shown, ==, assay_rendition_get_text (rendition));
    }
}

/* A wide table in a narrow view scrolls by itself; it does not push the window's edge away. */
static void
test_table_width (DocumentFixture *fixture, gconstpointer user_data)
{
  GtkWidget *table;
  int minimum;

  document_fixture_show (
      fixture,
      "|a column|another column|a third column with more to say than there is room for it|\n"
      "|-|-|-|\n|one|two|three with some more words in it, to be wrapped|");
  table = document_fixture_find (GTK_WIDGET (fixture->text), ASSAY_TYPE_DOCUMENT_TABLE);
  /* A table can be laid out before the view has its width, and takes its own then. */
  while (gtk_widget_get_width (GTK_WIDGET (fixture->text)) == 0 || gtk_widget_get_width (table) == 0
         || gtk_widget_get_width (table) >= gtk_widget_get_width (GTK_WIDGET (fixture->text)))
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_measure (GTK_WIDGET (fixture->view), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  g_assert_cmpint (minimum, <, 200);
}

/* What a cell says of an address is what any text says of it. */
static void
test_addresses (DocumentFixture *fixture, gconstpointer user_data)
{
  static const char *const expected[] = { "Image: (h.example)",
                                          "www.bank.com\u2009\u2068\u2009leads to "
                                          "evil.example\u2009\u2069",
                                          "here", "Image: a (h.example), b" };
  GtkWidget *grid;

  document_fixture_show (fixture,
                         "|![](http://h.example/x.png)|[www.bank.com](http://evil.example/)|"
                         "\n|-|-|\n|[here](http://evil.example/)|"
                         "![a](http://h.example/x.png), b|");
  grid = document_fixture_find (
      document_fixture_find (GTK_WIDGET (fixture->text), ASSAY_TYPE_DOCUMENT_TABLE), GTK_TYPE_GRID);
  for (int i = 0; i < (int) G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (gtk_label_get_text (
                         GTK_LABEL (gtk_grid_get_child_at (GTK_GRID (grid), i % 2, i / 2))),
                     ==, expected[i]);
}

static const char *
get_focused_cell (DocumentFixture *fixture)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));

  return GTK_IS_LABEL (focus) ? gtk_label_get_text (GTK_LABEL (focus)) : NULL;
}

static gboolean
press_in_table (DocumentFixture *fixture, guint keyval)
{
  GtkWidget *table = document_fixture_find (GTK_WIDGET (fixture->text), ASSAY_TYPE_DOCUMENT_TABLE);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (table);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &handled);
    }
  return handled;
}

/* Tab goes from the text to its tables, one stop each, and out; arrows go through a table, and
 * bring what is beyond its edge into view. */
static void
test_table_keys (DocumentFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GString) text = g_string_new ("Text.\n\n|");
  GtkWidget *table;
  GtkWidget *scroller;
  GtkAdjustment *adjustment;

  for (guint i = 0; i < 12; i++)
    g_string_append_printf (text, "aLongHeading%u|", i);
  g_string_append (text, "\n|");
  for (guint i = 0; i < 12; i++)
    g_string_append (text, "-|");
  g_string_append (text, "\n|");
  for (guint i = 0; i < 12; i++)
    g_string_append_printf (text, "aLongerCell%u|", i);
  g_string_append (text, "\n\n|x|\n|-|\n|y|\n\nEnd.");
  document_fixture_show (fixture, text->str);

  table = document_fixture_find (GTK_WIDGET (fixture->text), ASSAY_TYPE_DOCUMENT_TABLE);
  while ((scroller = document_fixture_find (table, GTK_TYPE_SCROLLED_WINDOW)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  adjustment = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller));
  while (gtk_adjustment_get_upper (adjustment) <= gtk_adjustment_get_page_size (adjustment)
         || gtk_adjustment_get_page_size (adjustment) == 0)
    g_main_context_iteration (NULL, TRUE);

  gtk_widget_grab_focus (GTK_WIDGET (fixture->text));
  g_assert_true (gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_FORWARD));
  g_assert_cmpstr (get_focused_cell (fixture), ==, "aLongHeading0");
  for (guint i = 0; i < 11; i++)
    g_assert_true (press_in_table (fixture, GDK_KEY_Right));
  g_assert_true (press_in_table (fixture, GDK_KEY_Down));
  g_assert_cmpstr (get_focused_cell (fixture), ==, "aLongerCell11");
  while (gtk_adjustment_get_value (adjustment) == 0)
    g_main_context_iteration (NULL, TRUE);
  /* Beyond the last row the text scrolls. */
  g_assert_false (press_in_table (fixture, GDK_KEY_Down));

  g_assert_true (gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_FORWARD));
  g_assert_cmpstr (get_focused_cell (fixture), ==, "x");
  g_assert_true (gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_BACKWARD));
  g_assert_cmpstr (get_focused_cell (fixture), ==, "aLongerCell11");
  g_assert_true (gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_BACKWARD));
  g_assert_true (gtk_widget_is_focus (GTK_WIDGET (fixture->text)));
}

/* A table that loses the room it had keeps who reads it. */
static void
test_table_narrowed (DocumentFixture *fixture, gconstpointer user_data)
{
  GtkWidget *table;
  GtkWidget *label;
  int start, end;

  document_fixture_show (fixture, "|aLongHeading0|aLongHeading1|aLongHeading2|\n|-|-|-|\n|x|y|z|");
  table = document_fixture_find (GTK_WIDGET (fixture->text), ASSAY_TYPE_DOCUMENT_TABLE);
  label = document_fixture_find (table, GTK_TYPE_LABEL);
  while (gtk_widget_get_width (label) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (document_fixture_find (table, GTK_TYPE_SCROLLED_WINDOW));
  gtk_widget_grab_focus (label);
  gtk_label_select_region (GTK_LABEL (label), 1, 5);

  gtk_widget_set_margin_end (GTK_WIDGET (fixture->view), 300);
  while (document_fixture_find (table, GTK_TYPE_SCROLLED_WINDOW) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (get_focused_cell (fixture), ==, "aLongHeading0");
  g_assert_true (gtk_label_get_selection_bounds (GTK_LABEL (label), &start, &end));
  g_assert_cmpint (start, ==, 1);
  g_assert_cmpint (end, ==, 5);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();
  adw_init ();

  DOCUMENT_ADD ("/ui/document-tables/search-and-differences", test_search_and_differences);
  DOCUMENT_ADD ("/ui/document-tables/marks", test_marks);
  DOCUMENT_ADD ("/ui/document-tables/tables", test_tables);
  DOCUMENT_ADD ("/ui/document-tables/direction", test_table_direction);
  DOCUMENT_ADD ("/ui/document-tables/mixed-directions", test_table_mixed_directions);
  DOCUMENT_ADD ("/ui/document-tables/width", test_table_width);
  DOCUMENT_ADD ("/ui/document-tables/addresses", test_addresses);
  DOCUMENT_ADD ("/ui/document-tables/keys", test_table_keys);
  DOCUMENT_ADD ("/ui/document-tables/narrowed", test_table_narrowed);

  return g_test_run ();
}
