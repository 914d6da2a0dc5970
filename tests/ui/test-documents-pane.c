/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include <adwaita.h>
#include <libdex.h>
#include <string.h>

#include "assay-context-item.h"
#include "documents-fixture.h"

#define SHORT_WORDS 3

static void
test_order (DocumentsFixture *fixture, gconstpointer user_data)
{
  static const char *const labels[] = { "Response A", "Response B", "Response C" };

  documents_show_task (fixture, 3);
  documents_wait_until_filled (fixture);
  documents_check_visible (fixture, "ABC");
  for (guint i = 0; i < 3; i++)
    {
      AssayResponseColumn *column = documents_get_column (fixture, i);
      AssayDocument *document =
          assay_document_view_get_document (assay_response_column_get_view (column));

      g_assert_cmpstr (assay_document_get_key (document), ==,
                       assay_presentation_get_response (fixture->presentation, i));
      gtk_test_accessible_assert_role (GTK_ACCESSIBLE (column), GTK_ACCESSIBLE_ROLE_GROUP);
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (column), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                           labels[i]);
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (documents_get_text (fixture, i)),
                                           GTK_ACCESSIBLE_PROPERTY_LABEL, labels[i]);
    }
}

/* Whatever is shown, said or popped up: never who wrote it. */
static void
test_blind (DocumentsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) widgets = NULL;

  documents_show_task (fixture, 3);
  documents_wait_until_filled (fixture);
  widgets = documents_find_all (fixture, GTK_TYPE_WIDGET);
  for (guint i = 0; i < widgets->len; i++)
    {
      GtkWidget *widget = g_ptr_array_index (widgets, i);
      const char *tooltip = gtk_widget_get_tooltip_text (widget);

      g_assert_true (tooltip == NULL || strstr (tooltip, "secret") == NULL);
      if (GTK_IS_LABEL (widget))
        g_assert_null (strstr (gtk_label_get_text (GTK_LABEL (widget)), "secret"));
      if (GTK_IS_TEXT_VIEW (widget))
        {
          g_autofree char *text = NULL;

          g_object_get (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget)), "text", &text, NULL);
          g_assert_null (strstr (text, "secret"));
        }
    }
}

static void
test_filling_order (DocumentsFixture *fixture, gconstpointer user_data)
{
  AssayDocumentView *views[2];

  documents_show_task (fixture, 2);
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    views[i] = assay_response_column_get_view (documents_get_column (fixture, i));
  /* The columns of a first task come before its texts. */
  g_assert_false (assay_documents_pane_get_begun (fixture->pane));
  g_assert_null (assay_document_view_get_document (views[0]));
  while (assay_document_view_get_document (views[0]) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (assay_documents_pane_get_begun (fixture->pane));
  /* The second waits until the first can be seen. */
  g_assert_null (assay_document_view_get_document (views[1]));
  documents_wait_until_filled (fixture);
  g_assert_nonnull (assay_document_view_get_document (
      assay_response_column_get_view (documents_get_column (fixture, 1))));
}

static void
test_layouts (DocumentsFixture *fixture, gconstpointer user_data)
{
  documents_show_task (fixture, 4);
  documents_check_visible (fixture, "ABCD");
  assay_documents_pane_set_view_mode (fixture->pane, ASSAY_VIEW_MODE_ONE_AT_A_TIME);
  documents_check_visible (fixture, "A");
  g_assert_true (assay_documents_pane_focus_response (fixture->pane, 2));
  documents_check_visible (fixture, "C");
  g_assert_cmpuint (assay_documents_pane_get_current_response (fixture->pane), ==, 2);
  g_assert_false (assay_documents_pane_focus_response (fixture->pane, 4));
  documents_check_visible (fixture, "C");
  assay_documents_pane_set_view_mode (fixture->pane, ASSAY_VIEW_MODE_SIDE_BY_SIDE);
  documents_check_visible (fixture, "ABCD");
}

static void
test_many (DocumentsFixture *fixture, gconstpointer user_data)
{
  documents_show_task (fixture, 7);
  documents_check_visible (fixture, "AB");
  assay_documents_pane_focus_response (fixture->pane, 4);
  documents_check_visible (fixture, "AE");
  assay_documents_pane_focus_response (fixture->pane, 0);
  documents_check_visible (fixture, "AE");
  g_signal_emit_by_name (documents_get_column (fixture, 4), "pin-requested");
  documents_check_visible (fixture, "AE");
  assay_documents_pane_focus_response (fixture->pane, 6);
  documents_check_visible (fixture, "EG");
  documents_wait_until_filled (fixture);
}

static void
test_narrow (DocumentsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) items = NULL;

  documents_show_task (fixture, 2);
  items = documents_find_all (fixture, ASSAY_TYPE_CONTEXT_ITEM);
  assay_documents_pane_set_narrow (fixture->pane, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (gtk_widget_get_mapped (g_ptr_array_index (items, 0)));
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (documents_get_column (fixture, 0))));
  assay_documents_pane_focus_response (fixture->pane, 1);
  while (!gtk_widget_get_mapped (GTK_WIDGET (documents_get_column (fixture, 1))))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (gtk_widget_get_mapped (g_ptr_array_index (items, 0)));
  documents_check_visible (fixture, "B");
  g_assert_true (assay_documents_pane_focus_prompt (fixture->pane));
  while (!gtk_widget_get_mapped (g_ptr_array_index (items, 0)))
    g_main_context_iteration (NULL, TRUE);
}

/* Whoever is at a response stays there when the window becomes narrow, and whoever came back to the
 * prompt stays at that. */
static void
test_becomes_narrow (DocumentsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) items = NULL;

  documents_show_task (fixture, 2);
  items = documents_find_all (fixture, ASSAY_TYPE_CONTEXT_ITEM);
  assay_documents_pane_focus_response (fixture->pane, 1);
  assay_documents_pane_set_narrow (fixture->pane, TRUE);
  while (gtk_widget_get_mapped (GTK_WIDGET (documents_get_column (fixture, 0))))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (documents_get_column (fixture, 1))));
  documents_check_visible (fixture, "B");

  assay_documents_pane_set_narrow (fixture->pane, FALSE);
  g_assert_true (assay_documents_pane_focus_prompt (fixture->pane));
  assay_documents_pane_set_narrow (fixture->pane, TRUE);
  while (!gtk_widget_get_mapped (g_ptr_array_index (items, 0)))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (documents_get_column (fixture, 1))));
}

static void
test_context (DocumentsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) items = NULL;
  AssayContextItem *reference;

  documents_show_task (fixture, 2);
  items = documents_find_all (fixture, ASSAY_TYPE_CONTEXT_ITEM);
  g_assert_cmpuint (items->len, ==, 3);
  g_assert_cmpstr (assay_context_item_get_title (g_ptr_array_index (items, 0)), ==,
                   "System Prompt");
  g_assert_cmpstr (assay_context_item_get_title (g_ptr_array_index (items, 1)), ==, "Prompt");
  g_assert_true (assay_context_item_get_expanded (g_ptr_array_index (items, 1)));
  reference = g_ptr_array_index (items, 2);
  g_assert_cmpstr (assay_context_item_get_title (reference), ==, "Reference Answer");
  g_assert_false (assay_context_item_get_expanded (reference));
  /* What is folded costs nothing. */
  g_assert_null (assay_document_view_get_document (assay_context_item_get_view (reference)));
  assay_context_item_set_expanded (reference, TRUE);
  g_assert_nonnull (assay_document_view_get_document (assay_context_item_get_view (reference)));
}

static void
select_all (AssayDocumentText *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (text));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_select_range (buffer, &start, &end);
}

static void
test_quote (DocumentsFixture *fixture, gconstpointer user_data)
{
  g_autofree char *expected = NULL;
  g_autofree char *selection = NULL;
  AssayDocument *document = NULL;
  gsize start, end;

  documents_show_task (fixture, 2);
  documents_wait_until_filled (fixture);
  g_assert_false (assay_documents_pane_quote (fixture->pane));
  assay_documents_pane_focus_response (fixture->pane, 1);
  select_all (documents_get_text (fixture, 1));
  expected = g_strdup_printf ("Answer **number %s** with a needle.",
                              assay_presentation_get_response (fixture->presentation, 1) + 1);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->pane), "documents.quote", NULL));
  g_assert_cmpstr (fixture->quoted_letter, ==, "B");
  g_assert_cmpstr (fixture->quoted_text, ==, expected);

  selection = assay_documents_pane_dup_selection (fixture->pane, &document, &start, &end);
  g_assert_cmpstr (selection, ==, expected);
  g_assert_cmpstr (assay_document_get_key (document), ==,
                   assay_presentation_get_response (fixture->presentation, 1));
  g_assert_cmpuint (start, ==, 0);
  g_assert_cmpuint (end, ==, strlen (expected));
}

static void
test_ways_of_showing (DocumentsFixture *fixture, gconstpointer user_data)
{
  AssayDocumentView *view;

  documents_show_task (fixture, 2);
  documents_wait_until_filled (fixture);
  view = assay_response_column_get_view (documents_get_column (fixture, 1));
  gtk_widget_activate_action (GTK_WIDGET (fixture->pane), "documents.larger-text", NULL);
  g_assert_cmpfloat (assay_document_view_get_text_scale (view), >, 1);
  gtk_widget_activate_action (GTK_WIDGET (fixture->pane), "documents.normal-text", NULL);
  g_assert_cmpfloat (assay_document_view_get_text_scale (view), ==, 1);
  for (guint i = 0; i < 100; i++)
    assay_documents_pane_zoom (fixture->pane, -1);
  g_assert_cmpfloat (assay_document_view_get_text_scale (view), >=, 0.5);

  gtk_widget_activate_action (GTK_WIDGET (fixture->pane), "documents.show-source", NULL);
  g_assert_true (assay_document_view_get_show_source (view));
  gtk_widget_activate_action (GTK_WIDGET (fixture->pane), "documents.view-mode", "s",
                              "one-at-a-time");
  g_assert_cmpint (assay_documents_pane_get_view_mode (fixture->pane), ==,
                   ASSAY_VIEW_MODE_ONE_AT_A_TIME);
  gtk_widget_activate_action (GTK_WIDGET (fixture->pane), "documents.focus-response", "i", 2);
  documents_check_visible (fixture, "B");
}

static void
test_read_to_end (DocumentsFixture *fixture, gconstpointer user_data)
{
  documents_show_task (fixture, 2);
  while (fixture->read->len < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_ptr_array_find_with_equal_func (fixture->read, "r0", g_str_equal, NULL));
  g_assert_true (g_ptr_array_find_with_equal_func (fixture->read, "r1", g_str_equal, NULL));
}

/* The place that shows a response. */
static guint
find_place (DocumentsFixture *fixture, const char *response)
{
  for (guint i = 0; i < assay_presentation_get_n (fixture->presentation); i++)
    if (g_str_equal (assay_presentation_get_response (fixture->presentation, i), response))
      return i;
  g_assert_not_reached ();
}

static void
wait_for_comparison (DocumentsFixture *fixture, const char *expected)
{
  g_autoptr (GPtrArray) labels = documents_find_all (fixture, GTK_TYPE_LABEL);

  for (;;)
    {
      for (guint i = 0; i < labels->len; i++)
        if (gtk_widget_get_mapped (g_ptr_array_index (labels, i))
            && strstr (gtk_label_get_text (g_ptr_array_index (labels, i)), expected) != NULL)
          {
            while (g_main_context_iteration (NULL, FALSE))
              ;
            return;
          }
      g_main_context_iteration (NULL, TRUE);
    }
}

/* What is marked as only here: underlined, so that it does not depend on colour. */
/* What stands with a line under it, or with @property of its tags set. */
static char *
dup_marked (AssayDocumentText *text, const char *property)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (text));
  g_autoptr (GString) marked = g_string_new (NULL);
  GtkTextIter iter;

  gtk_text_buffer_get_start_iter (buffer, &iter);
  do
    {
      g_autoptr (GSList) tags = gtk_text_iter_get_tags (&iter);
      gboolean underlined = FALSE;

      for (GSList *l = tags; l != NULL; l = l->next)
        {
          gboolean is_set;

          g_object_get (l->data, property, &is_set, NULL);
          underlined = underlined || is_set;
        }
      if (underlined)
        g_string_append_unichar (marked, gtk_text_iter_get_char (&iter));
    }
  while (gtk_text_iter_forward_char (&iter));
  return g_string_free_and_steal (g_steal_pointer (&marked));
}

static void
check_underlined (DocumentsFixture *fixture, const char *response, const char *expected)
{
  g_autofree char *marked =
      dup_marked (documents_get_text (fixture, find_place (fixture, response)), "underline-set");

  g_assert_cmpstr (marked, ==, expected);
}

static void
test_differences (DocumentsFixture *fixture, gconstpointer user_data)
{
  static const char *const texts[] = { "The **red** fox ran home.", "The grey fox ran home.",
                                       NULL };
  static const char *const same[] = { "One *two*.", "One two.", NULL };
  static const char *const identical[] = { "One two.", "One two.", NULL };

  documents_show_texts (fixture, texts);
  check_underlined (fixture, "r0", "");
  assay_documents_pane_set_differences (fixture->pane, TRUE);
  g_assert_cmpint (assay_documents_pane_get_view_mode (fixture->pane), ==,
                   ASSAY_VIEW_MODE_DIFFERENCES);
  wait_for_comparison (fixture, "1 word of A and 1 word of B have no counterpart");
  check_underlined (fixture, "r0", "red");
  check_underlined (fixture, "r1", "grey");

  /* The source has the same marks. */
  assay_documents_pane_set_show_source (fixture->pane, TRUE);
  documents_wait_until_filled (fixture);
  check_underlined (fixture, "r0", "red");
  assay_documents_pane_set_show_source (fixture->pane, FALSE);
  documents_wait_until_filled (fixture);

  assay_documents_pane_set_differences (fixture->pane, FALSE);
  g_assert_cmpint (assay_documents_pane_get_view_mode (fixture->pane), ==,
                   ASSAY_VIEW_MODE_SIDE_BY_SIDE);
  check_underlined (fixture, "r0", "");

  assay_documents_pane_set_differences (fixture->pane, TRUE);
  documents_show_texts (fixture, same);
  wait_for_comparison (fixture, "A and B say the same; only the formatting differs");
  documents_show_texts (fixture, identical);
  wait_for_comparison (fixture, "A and B are identical");
}

static void
set_draft (DocumentsFixture *fixture, const char *text)
{
  g_autoptr (AssayDocument) draft =
      assay_document_new (ASSAY_DOCUMENT_REFERENCE, "draft", text, NULL, NULL, NULL);

  assay_documents_pane_set_draft (fixture->pane, draft, "r0");
  while (assay_documents_pane_get_draft (fixture->pane) != draft)
    g_main_context_iteration (NULL, TRUE);
  documents_wait_until_filled (fixture);
}

/* What is written stands behind the responses, and goes without a trace. */
static void
test_draft (DocumentsFixture *fixture, gconstpointer user_data)
{
  static const char *const texts[] = { "The **red** fox ran home.\n\n| a | b |\n|---|---|\n"
                                       "| gone | kept |\n",
                                       "The blue fox.", NULL };
  guint original;
  g_autofree char *gone = NULL;
  g_autofree char *added = NULL;

  documents_show_texts (fixture, texts);
  original = find_place (fixture, "r0");
  assay_documents_pane_set_current_response (fixture->pane, 1);
  set_draft (fixture, "The grey fox ran home.\n\n| a | b |\n|---|---|\n| new | kept |\n");
  documents_check_visible (fixture, original == 0 ? "AYour Text" : "BYour Text");
  g_assert_cmpuint (assay_documents_pane_get_current_response (fixture->pane), ==, 1);
  assay_documents_pane_set_differences (fixture->pane, TRUE);
  wait_for_comparison (fixture, ": 2 words taken out, struck through there; 2 words added");
  gone = dup_marked (documents_get_text (fixture, original), "strikethrough-set");
  added = dup_marked (documents_get_text (fixture, 2), "underline-set");
  g_assert_cmpstr (gone, ==, "red");
  g_assert_cmpstr (added, ==, "grey");

  /* Each state takes the place of the one before, with its table. */
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *text =
          g_strdup_printf ("The fox ran home.\n\n| a | b |\n|---|---|\n| %u | kept |\n", i);

      set_draft (fixture, text);
    }
  wait_for_comparison (fixture, ": 2 words taken out, struck through there; 1 word added");

  assay_documents_pane_set_draft (fixture->pane, NULL, NULL);
  g_assert_null (assay_documents_pane_get_draft (fixture->pane));
  documents_check_visible (fixture, "AB");
  wait_for_comparison (fixture, "have no counterpart");
  g_assert_cmpuint (assay_documents_pane_get_current_response (fixture->pane), ==, 1);
  g_assert_cmpuint (fixture->read->len, <=, 2);
}

/* One that is not ready yet when the task goes is forgotten with it. */
static void
test_draft_too_late (DocumentsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (AssayDocument) draft =
      assay_document_new (ASSAY_DOCUMENT_REFERENCE, "draft", "Late.", NULL, NULL, NULL);

  documents_show_task (fixture, 1);
  assay_documents_pane_set_draft (fixture->pane, draft, NULL);
  documents_show_task (fixture, 2);
  assay_documents_pane_set_draft (fixture->pane, draft, NULL);
  assay_documents_pane_set_draft (fixture->pane, NULL, NULL);
  documents_wait_until_filled (fixture);
  documents_check_visible (fixture, "AB");
  g_assert_null (assay_documents_pane_get_draft (fixture->pane));
}

static void
test_differences_of_many (DocumentsFixture *fixture, gconstpointer user_data)
{
  documents_show_task (fixture, 4);
  assay_documents_pane_set_differences (fixture->pane, TRUE);
  documents_check_visible (fixture, "AB");
  wait_for_comparison (fixture, "A and B:");
  assay_documents_pane_focus_response (fixture->pane, 3);
  documents_check_visible (fixture, "AD");
  wait_for_comparison (fixture, "A and D:");
  /* On a page of its own, it is still compared with the pinned one. */
  assay_documents_pane_set_paged (fixture->pane, TRUE);
  documents_check_visible (fixture, "D");
  wait_for_comparison (fixture, "A and D:");
  assay_documents_pane_set_differences (fixture->pane, FALSE);
  assay_documents_pane_set_paged (fixture->pane, FALSE);
  documents_check_visible (fixture, "ABCD");
}

/* @words: how many of its words no other has. */
static void
choose_base (DocumentsFixture *fixture, const char *response, const char *words)
{
  guint place = find_place (fixture, response);
  char letter = (char) ('A' + place);
  g_autofree char *expected =
      g_strdup_printf ("%c against all. In no other: %s of %c. Not in %c:", letter, words, letter,
                       letter);

  assay_documents_pane_show_pair (fixture->pane, place, (place + 1) % 3);
  wait_for_comparison (fixture, expected);
}

static void
test_against_all (DocumentsFixture *fixture, gconstpointer user_data)
{
  static const char *const texts[] = { "The sly red fox.", "The old fox.", "The red fox.", NULL };

  documents_show_texts (fixture, texts);
  assay_documents_pane_set_differences (fixture->pane, TRUE);
  documents_check_visible (fixture, "AB");
  assay_documents_pane_set_against_all (fixture->pane, TRUE);
  documents_check_visible (fixture, "ABC");
  documents_wait_until_filled (fixture);
  choose_base (fixture, "r0", "1 word");
  check_underlined (fixture, "r0", "sly");
  check_underlined (fixture, "r1", "old");
  check_underlined (fixture, "r2", "");
  choose_base (fixture, "r1", "1 word");
  check_underlined (fixture, "r0", "sly red");
  check_underlined (fixture, "r1", "old");
  check_underlined (fixture, "r2", "red");
  assay_documents_pane_set_against_all (fixture->pane, FALSE);
  wait_for_comparison (fixture, "have no counterpart");
  check_underlined (fixture, "r1", "old");
}

static void
test_displaced (DocumentsFixture *fixture, gconstpointer user_data)
{
#define TIDES "The moon pulls the water of the sea."
#define WIND "Wind drives waves across the open ocean."
#define SALT "Rivers carry salt from the rocks inland."
  static const char *const texts[] = { TIDES " " WIND " " SALT " New.", WIND " " SALT " " TIDES,
                                       NULL };

  documents_show_texts (fixture, texts);
  assay_documents_pane_set_differences (fixture->pane, TRUE);
  wait_for_comparison (fixture,
                       "In another place, with a double line: 8 words of A, 8 words of B.");
  check_underlined (fixture, "r0", TIDES "New.");
  check_underlined (fixture, "r1", TIDES);
}

static GtkAdjustment *
get_adjustment (DocumentsFixture *fixture, guint place)
{
  return assay_document_view_get_adjustment (
      assay_response_column_get_view (documents_get_column (fixture, place)));
}

static char *
make_long_text (guint n_more)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 120; i++)
    {
      g_string_append_printf (text, "Paragraph number w%u is about thing x%u.\n\n", i, i);
      if (i == 10)
        for (guint j = 0; j < n_more; j++)
          g_string_append_printf (text, "Something else y%u entirely z%u.\n\n", j, j);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static gboolean
has_range (DocumentsFixture *fixture, guint place)
{
  GtkAdjustment *adjustment = get_adjustment (fixture, place);

  return gtk_adjustment_get_upper (adjustment) > 3 * gtk_adjustment_get_page_size (adjustment);
}

static void
test_linked_scrolling (DocumentsFixture *fixture, gconstpointer user_data)
{
  g_autofree char *a = make_long_text (0);
  g_autofree char *b = make_long_text (60);
  const char *const texts[] = { a, b, NULL };
  const char *const sources[] = { a, b };
  guint places[2];
  gsize offsets[2];
  double within;
  GtkAdjustment *adjustment;

  documents_show_texts (fixture, texts);
  places[0] = find_place (fixture, "r0");
  places[1] = find_place (fixture, "r1");
  assay_documents_pane_set_linked_scrolling (fixture->pane, TRUE);
  assay_documents_pane_focus_response (fixture->pane, places[0]);
  while (!has_range (fixture, 0) || !has_range (fixture, 1))
    g_main_context_iteration (NULL, TRUE);

  adjustment = get_adjustment (fixture, places[0]);
  /* The comparison is made on another thread: the first step that finds it is followed. */
  for (double value = 1; gtk_adjustment_get_value (get_adjustment (fixture, places[1])) == 0;
       value = value < 500 ? value + 1 : 1)
    {
      gtk_adjustment_set_value (adjustment, value);
      g_main_context_iteration (NULL, FALSE);
    }
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) / 2);
  for (guint i = 0; i < 2; i++)
    {
      double height =
          gtk_adjustment_get_value (adjustment)
          / (gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment));

      g_assert_true (assay_document_view_get_place_at (
          assay_response_column_get_view (documents_get_column (fixture, places[i])), height,
          &offsets[i], &within));
    }
  /* The same passage, though the other text is longer by far before it. */
  g_assert_cmpuint (ABS ((int) (strlen (sources[0]) - offsets[0])
                         - (int) (strlen (sources[1]) - offsets[1])),
                    <=, 60);

  assay_documents_pane_set_linked_scrolling (fixture->pane, FALSE);
  within = gtk_adjustment_get_value (get_adjustment (fixture, places[1]));
  gtk_adjustment_set_value (adjustment, 0);
  g_assert_cmpfloat (gtk_adjustment_get_value (get_adjustment (fixture, places[1])), ==, within);
}

static void
test_reading_place (DocumentsFixture *fixture, gconstpointer user_data)
{
  g_autofree char *a = make_long_text (0);
  const char *const texts[] = { a, "Short.", NULL };
  guint place, character;
  gsize offset;
  double within;
  g_autoptr (AssayTask) task = NULL;
  g_autoptr (AssayPresentation) presentation = NULL;

  documents_show_texts (fixture, texts);
  place = find_place (fixture, "r0");
  g_assert_cmpuint (assay_documents_pane_get_reading_place (fixture->pane, place), ==, 0);
  while (!has_range (fixture, place))
    g_main_context_iteration (NULL, TRUE);
  gtk_adjustment_set_value (get_adjustment (fixture, place), 900);
  character = assay_documents_pane_get_reading_place (fixture->pane, place);
  g_assert_cmpuint (character, >, 100);

  task = g_object_ref (fixture->task);
  presentation = g_object_ref (fixture->presentation);
  assay_documents_pane_set_task (fixture->pane, NULL, NULL);
  assay_documents_pane_set_task (fixture->pane, task, presentation);
  assay_documents_pane_set_reading_place (fixture->pane, place, character);
  /* Left before it was shown, it is kept as well. */
  g_assert_cmpuint (assay_documents_pane_get_reading_place (fixture->pane, place), ==, character);
  documents_wait_until_filled (fixture);
  /* Heights are guessed at first, and scrolling follows them. */
  do
    g_main_context_iteration (NULL, TRUE);
  while (!assay_document_view_get_place_at (assay_response_column_get_view (
                                                documents_get_column (fixture, place)),
                                            0.05, &offset, &within)
         || offset != character);
}

/* The columns of one task are those of the next: nothing that was done to its texts is left. */
static void
test_next_task (DocumentsFixture *fixture, gconstpointer user_data)
{
  g_autofree char *a = make_long_text (0);
  const char *const before[] = { a, a, a, a, a, NULL };
  /* At most SHORT_WORDS each. */
  const char *const after[] = { "עברית היא שפה", "Short needle.", NULL };
  g_autoptr (AssayPattern) pattern = assay_pattern_new ("a", 0, NULL);
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  guint n_columns;
  g_autoptr (GPtrArray) columns = NULL;
  AssayResponseColumn *first;
  AssayDocumentText *text;

  documents_show_texts (fixture, before);
  first = documents_get_column (fixture, 0);
  text = documents_get_text (fixture, 0);
  g_object_add_weak_pointer (G_OBJECT (text), (gpointer *) &text);
  assay_documents_pane_set_differences (fixture->pane, TRUE);
  for (guint i = 0; i < 2; i++)
    {
      AssayDocumentView *view = assay_response_column_get_view (documents_get_column (fixture, i));

      assay_document_view_search (view, pattern);
      while (assay_document_view_get_n_matches (view) == 0)
        g_main_context_iteration (NULL, TRUE);
      assay_document_view_show_place (view, 400, 5);
      gtk_adjustment_set_value (get_adjustment (fixture, i), 900);
      assay_document_view_set_show_source (view, TRUE);
    }
  documents_wait_until_filled (fixture);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (documents_get_text (fixture, 0)));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_select_range (buffer, &start, &end);
  gtk_widget_grab_focus (GTK_WIDGET (documents_get_text (fixture, 0)));
  assay_documents_pane_set_differences (fixture->pane, FALSE);

  documents_set_texts (fixture, after);
  for (guint i = 0; i < 2; i++)
    {
      AssayResponseColumn *column = documents_get_column (fixture, i);
      AssayDocumentView *view = assay_response_column_get_view (column);

      /* Whether its own text is there yet or not. */
      g_assert_cmpuint (assay_document_view_get_counts (view)->n_words, <=, SHORT_WORDS);
      g_assert_cmpuint (assay_document_view_get_n_matches (view), ==, 0);
      g_assert_false (assay_document_view_get_show_source (view));
      g_assert_cmpuint (assay_document_view_get_reading_place (view), ==, 0);
    }
  g_assert_null (assay_documents_pane_dup_selection (fixture->pane, NULL, NULL, NULL));
  documents_check_visible (fixture, "AB");
  documents_wait_until_filled (fixture);
  for (guint i = 0; i < 2; i++)
    {
      AssayDocumentView *view = assay_response_column_get_view (documents_get_column (fixture, i));
      gboolean hebrew = i == find_place (fixture, "r0");

      g_assert_cmpint (gtk_widget_get_direction (GTK_WIDGET (documents_get_text (fixture, i))), ==,
                       hebrew ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
      g_assert_cmpuint (assay_document_view_get_n_matches (view), ==, 0);
      g_assert_cmpfloat (gtk_adjustment_get_value (get_adjustment (fixture, i)), ==, 0);
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (documents_get_text (fixture, i)),
                                           GTK_ACCESSIBLE_PROPERTY_LABEL,
                                           i == 0 ? "Response A" : "Response B");
    }
  /* The column is the same, what was in it is gone. */
  g_assert_true (documents_get_column (fixture, 0) == first);
  while (text != NULL)
    g_main_context_iteration (NULL, TRUE);
  columns = documents_find_all (fixture, ASSAY_TYPE_RESPONSE_COLUMN);
  n_columns = columns->len;
  g_assert_cmpuint (n_columns, <=, 4);
  for (guint i = 2; i < n_columns; i++)
    g_assert_null (assay_document_view_get_document (
        assay_response_column_get_view (g_ptr_array_index (columns, i))));
}

static void
test_lifetime (void)
{
  GtkWidget *pane = g_object_ref_sink (assay_documents_pane_new ());

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (AssayTask) task = documents_make_task (2 + i % 6);
      g_autoptr (AssayPresentation) presentation = assay_presentation_new (task, i);

      assay_documents_pane_prepare (task);
      assay_documents_pane_set_task (ASSAY_DOCUMENTS_PANE (pane), task, presentation);
      if (i % 3 == 0)
        while (g_main_context_iteration (NULL, FALSE))
          ;
    }
  assay_documents_pane_set_task (ASSAY_DOCUMENTS_PANE (pane), NULL, NULL);
  g_assert_null (assay_documents_pane_get_task (ASSAY_DOCUMENTS_PANE (pane)));
  g_assert_finalize_object (pane);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();
  adw_init ();

#define ADD(path, function)                                                                        \
  g_test_add (path, DocumentsFixture, NULL, documents_set_up, function, documents_tear_down)
  ADD ("/ui/documents-pane/order", test_order);
  ADD ("/ui/documents-pane/blind", test_blind);
  ADD ("/ui/documents-pane/filling-order", test_filling_order);
  ADD ("/ui/documents-pane/layouts", test_layouts);
  ADD ("/ui/documents-pane/many", test_many);
  ADD ("/ui/documents-pane/narrow", test_narrow);
  ADD ("/ui/documents-pane/becomes-narrow", test_becomes_narrow);
  ADD ("/ui/documents-pane/context", test_context);
  ADD ("/ui/documents-pane/quote", test_quote);
  ADD ("/ui/documents-pane/ways-of-showing", test_ways_of_showing);
  ADD ("/ui/documents-pane/read-to-end", test_read_to_end);
  ADD ("/ui/documents-pane/differences", test_differences);
  ADD ("/ui/documents-pane/draft", test_draft);
  ADD ("/ui/documents-pane/draft-too-late", test_draft_too_late);
  ADD ("/ui/documents-pane/differences-of-many", test_differences_of_many);
  ADD ("/ui/documents-pane/against-all", test_against_all);
  ADD ("/ui/documents-pane/displaced", test_displaced);
  ADD ("/ui/documents-pane/linked-scrolling", test_linked_scrolling);
  ADD ("/ui/documents-pane/reading-place", test_reading_place);
  ADD ("/ui/documents-pane/next-task", test_next_task);
#undef ADD
  g_test_add_func ("/ui/documents-pane/lifetime", test_lifetime);

  return g_test_run ();
}
